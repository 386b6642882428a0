"""Another Python, for work beside the program: it needs nothing of the caller, and starts alike on every system."""

from __future__ import annotations

import sys
from pathlib import Path

_LIBRARY = str(Path(__file__).resolve().parents[2])


def own_python(module: str) -> list[str]:
    """The command that runs the function `serve` of one of the library's modules; arguments may follow it."""
    code = f"import sys; sys.path.insert(0, {_LIBRARY!r}); from {module} import serve; serve()"
    # -P: a module that lies in the current folder must not be taken for one of the library's.
    return [sys.executable, "-P", "-c", code]
