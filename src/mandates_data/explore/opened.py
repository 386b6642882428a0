"""The package that a call asks about."""

from __future__ import annotations

from pathlib import Path

from ..history.references import open_package
from ..package.model import Package
from ..package.opening import installed_folder


def opened(package: str | Path | Package | None) -> Package:
    """The package itself, or the one that is named; the one that came with this library where none is."""
    if isinstance(package, Package):
        return package
    return open_package(installed_folder() if package is None else package)
