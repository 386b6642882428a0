"""How the tests of laws choose their cases: the same ones in every run of `make test`, others with `make laws`.

What the same commit passes today it passes tomorrow; looking for new cases is a task of its own, as fuzzing is.
"""

from hypothesis import settings

settings.register_profile("same", derandomize=True)
settings.register_profile("others", derandomize=False, print_blob=True)
settings.load_profile("same")
