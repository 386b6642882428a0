"""The tables that a command of this floor makes, as files of the package that they go into."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from ..errors import PackageError
from ..package.model import Package
from ..package.refresh import refreshed_descriptor
from ..package.store import FolderStore


def pending(package: Package, files: Mapping[str, bytes]) -> dict[Path, bytes]:
    """The files, by path in the package, and the refreshed descriptor, by their places on disk. None for no files.

    Raises
    ------
    PackageError
        The package is no folder.
    """
    if not isinstance(package.store, FolderStore):
        raise PackageError("Tables can be written into a folder only.", "Unpack the package and name the folder.")
    if not files:
        return {}
    folder = package.store.folder
    contents = {folder / path: content for path, content in files.items()}
    contents[folder / package.store.descriptor] = refreshed_descriptor(folder, contents)
    return contents


def differing(pending_files: Mapping[Path, bytes]) -> list[Path]:
    """Those of the files that the disk holds otherwise, or not at all."""
    return [path for path, content in pending_files.items() if not path.is_file() or path.read_bytes() != content]
