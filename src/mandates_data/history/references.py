"""From whatever a user names to a package: also a version number, which is looked for where releases are known."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

from ..errors import MandatesDataError, PackageError
from ..package import opening
from ..package.model import Package
from ..package.parse import read_package
from ..package.store import FolderStore, GitStore
from ..package.versions import Version, is_version
from .layout import is_as_released, layout_of, releases_of
from .rebuilding import rebuilt

_LOOKED_AT = 200
"""Git revisions in which a release is looked for, the newest first."""


def open_package(reference: str | Path | None = None) -> Package:
    """The package that `reference` names: a folder, a `datapackage.json`, a zip, a wheel, `git:REV` or a version.

    A version (`0.1.0`) is a release of the package around the current folder, else of the installed one; see
    `released`. A file or folder of that name goes before it. None is the package around the current folder, else the
    installed one.

    Raises
    ------
    PackageError
        There is none, its descriptor cannot be understood, or the release is not known.
    UnsafeReferenceError
        A path in it leaves the package, is remote, or an archive unpacks to too much.
    """
    text = str(reference)
    if reference is None or not is_version(text) or Path(text).exists():
        return opening.open_package(reference)
    return released(text)


def released(version: str, package: Package | None = None) -> Package:
    """A release of a package: rebuilt from its patches, or found in git where the package has changed since.

    Parameters
    ----------
    version
        The release, as in `0.1.0`.
    package
        The package; None for the one around the current folder, else the installed one. Where the one around the
        current folder does not have the release and the installed one is the same by name, that is asked too.

    Raises
    ------
    PackageError
        No release of that version is known, or it cannot be made.
    """
    wanted = Version.read(version)
    first: MandatesDataError | None = None
    for home in _homes(package):
        try:
            return rebuilt(home, wanted)
        except MandatesDataError as error:
            first = first or error
        found = _in_git(home, wanted)
        if found is not None:
            return found
    assert first is not None
    raise first


def _homes(package: Package | None) -> Iterator[Package]:
    """The packages that may know a release."""
    if package is not None:
        yield package
        return
    here = opening.open_package()
    yield here
    installed = opening.installed_folder()
    store = here.store
    if isinstance(store, FolderStore) and store.folder.resolve() != installed.resolve():
        other = opening.open_package(installed)
        if other.name == here.name:
            yield other


def _in_git(package: Package, version: Version) -> Package | None:
    """The release in the git history of the repository that the package lies in.

    A revision counts where it is tagged as the version (`v0.1.0`, `0.1.0`) and says that it has it; or where its
    content has the digest that the table of releases has for the version.
    """
    store = package.store
    if not isinstance(store, FolderStore):
        return None
    for tag in (f"v{version}", str(version)):
        tagged = _at(f"refs/tags/{tag}", store)
        if tagged is not None and tagged.version == str(version):
            return tagged
    layout = layout_of(package)
    if layout is None or version not in {release.version for release in releases_of(package)}:
        return None
    return next((found for found in _revisions(store, version) if is_as_released(found)), None)


def _revisions(store: FolderStore, version: Version) -> Iterator[Package]:
    """The package in each revision that touched its descriptor, where it says that version; the newest first."""
    command = ["git", "-C", str(store.folder), "log", f"-n{_LOOKED_AT}", "--format=%H", "--", store.descriptor]
    try:
        listed = subprocess.run(command, capture_output=True, check=False).stdout
    except OSError:  # no git: then there is no history in it either
        return
    for revision in listed.decode("ascii", "replace").split():
        found = _at(revision, store)
        if found is not None and found.version == str(version):
            yield found


def _at(revision: str, store: FolderStore) -> Package | None:
    try:
        return read_package(GitStore(revision, store.folder))
    except PackageError:
        return None
