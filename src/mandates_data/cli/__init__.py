"""The command line: one module a command, loaded when it is called. `main` is the entry point."""

from .app import main

__all__ = ["main"]
