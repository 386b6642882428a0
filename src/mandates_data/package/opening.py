"""From what a user names (a folder, a descriptor, a zip, a wheel, `git:REV`) to a package."""

from __future__ import annotations

from pathlib import Path

from ..errors import PackageError, brief
from .model import Package
from .parse import read_package
from .store import DESCRIPTOR, FolderStore, GitStore, Store, ZipStore

INSTALLED = "_package"
"""The folder inside the installed library that holds the published package."""


def open_package(reference: str | Path | None = None) -> Package:
    """The package that `reference` names; None for the one around the current folder, else the installed one.

    Raises
    ------
    PackageError
        There is none, or its descriptor cannot be understood.
    UnsafeReferenceError
        A path in it leaves the package, is remote, or an archive unpacks to too much.
    """
    return read_package(open_store(reference))


def open_store(reference: str | Path | None = None) -> Store:
    """The store that `reference` names, before anything but its table of contents is read."""
    if reference is None:
        return FolderStore(_around(_here()) or installed_folder())
    text = str(reference)
    if text.startswith("git:"):
        return GitStore(text[4:], _here())
    try:
        return _open_path(Path(text))
    except OSError as error:  # a folder that may not be entered, a name that is too long
        raise PackageError(f"Cannot read {brief(text)}: {error.strerror}.", "Check the path and its rights.") from error


def _open_path(path: Path) -> Store:
    if path.is_dir():
        if not (path / DESCRIPTOR).is_file():
            raise PackageError(f"There is no {DESCRIPTOR} in {brief(str(path))}.", "Name the folder that holds it.")
        return FolderStore(path)
    if path.suffix.lower() in (".zip", ".whl"):
        return ZipStore(path)
    if path.suffix.lower() == ".json":
        if not path.is_file():
            raise PackageError(f"There is no file {path}.", "Check the path.")
        return FolderStore(path.parent, path.name)
    raise PackageError(
        f"There is no package at {brief(str(path))}.",
        "Name a folder, a datapackage.json, a zip, a wheel, git:REV or a version (0.1.0).",
    )


def installed_folder() -> Path:
    """The folder of the package that came with this library: inside a wheel's install, else the checkout's root.

    Raises
    ------
    PackageError
        Neither is there.
    """
    library = Path(__file__).resolve().parent.parent
    for folder in (library / INSTALLED, library.parent.parent):
        if (folder / DESCRIPTOR).is_file():
            return folder
    raise PackageError("The installed mandates-data has no tables.", "Install it again: pip install mandates-data")


def _here() -> Path:
    try:
        return Path.cwd()
    except OSError as error:
        raise PackageError("The current folder is gone.", "Change into one that is there.") from error


def _around(folder: Path) -> Path | None:
    for candidate in (folder, *folder.parents):
        if (candidate / DESCRIPTOR).is_file():
            return candidate
    return None
