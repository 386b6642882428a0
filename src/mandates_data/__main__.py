"""`python -m mandates_data` is `mandates-data`."""

from .cli import main

if __name__ == "__main__":
    main()
