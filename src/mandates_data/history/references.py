"""From whatever a user names to a package: also a version number, which is looked for where releases are known.

Nothing of `diff` is loaded before a version is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import MandatesDataError, PackageError
from ..package import opening
from ..package.model import Package
from ..package.parse import read_package
from ..package.store import FolderStore, GitStore, Store
from ..package.versions import Version, is_version

if TYPE_CHECKING:
    from subprocess import CompletedProcess

_LOOKED_AT = 200
"""Git revisions in which a release is looked for, the newest first."""
_LIKE_A_VERSION = re.compile(r"[vV]?[0-9]+(\.[0-9A-Za-z+-]+)*", re.ASCII)


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
    if names_version(reference):
        return released(str(reference))
    return read_package(open_store(reference))


def open_store(reference: str | Path | None = None) -> Store:
    """The files of the package that `reference` names, before its descriptor is understood; see `open_package`."""
    if names_version(reference):
        store = released(str(reference)).store
        assert store is not None
        return store
    try:
        return opening.open_store(reference)
    except PackageError as error:
        if not _LIKE_A_VERSION.fullmatch(str(reference)) or str(reference).isdigit():
            raise
        raise PackageError(
            f"{error.message.rstrip('.')}, and it is not a version.", "A version is three numbers, as in 0.1.0."
        ) from error


def names_version(reference: object) -> bool:
    """Whether a reference is a version, and no file or folder has that name."""
    return isinstance(reference, str | Path) and is_version(str(reference)) and not Path(reference).exists()


def released(version: str, package: Package | None = None) -> Package:
    """A release of a package: as it is tagged in git, rebuilt from its patches, or found in git by its digest.

    Parameters
    ----------
    version
        The release, as in `0.1.0`.
    package
        The package; None for the one around the current folder, else the installed one. Where it does not have the
        release and the installed one is the same by name, that is asked too.

    Raises
    ------
    PackageError
        No release of that version is known, or it cannot be made.
    """
    wanted = Version.read(version)
    first: MandatesDataError | None = None
    for home in _homes(package):
        try:
            return _release_of(home, wanted)
        except MandatesDataError as error:
            first = first or error
    assert first is not None
    raise first


def _release_of(package: Package, version: Version) -> Package:
    """The release of this package; a tag goes first, since the tables around it may have changed since."""
    from .rebuilding import rebuilt

    for tagged in tagged_revisions(package, version):
        if tagged.name == package.name:
            return tagged
    try:
        return rebuilt(package, version)
    except MandatesDataError as error:
        found = _in_git(package, version)
        if found is not None:
            return found
        if package.store is not None and _is_shallow(package.store):
            raise type(error)(error.message, "This clone is shallow. Run: git fetch --unshallow --tags") from error
        raise


def against(reference: str, store: Store) -> str | Package:
    """What a base names: a version is a release of the package in `store`, all else stays for `open_base`."""
    if not names_version(reference):
        return reference
    try:
        package = read_package(store)
    except PackageError:  # it will be told as a finding; the base is looked for elsewhere
        return released(reference)
    return released(reference, package)


def revisions_ahead(reference: str, store: Store) -> int:
    """How many revisions a base has that the checkout around the package lacks.

    0 where it is no revision in git, or where a shallow clone cannot tell. The base has to be one that could be opened.
    """
    is_path = not reference.startswith("git:") and Path(reference).exists()
    if not isinstance(store, FolderStore) or is_path or names_version(reference):
        return 0
    counted = _git(store, "rev-list", "--count", f"HEAD..{reference.removeprefix('git:')}", "--")
    if counted is None or not counted.stdout.strip().isdigit() or _is_shallow(store):
        return 0
    return int(counted.stdout)


def _homes(package: Package | None) -> Iterator[Package]:
    """The packages that may know a release."""
    here = opening.open_package() if package is None else package
    yield here
    installed = opening.installed_folder()
    store = here.store
    if not isinstance(store, FolderStore) or store.folder.resolve() != installed.resolve():
        other = opening.open_package(installed)
        if other.name == here.name:
            yield other


def tagged_revisions(package: Package, version: Version) -> Iterator[Package]:
    """The package in the git revisions that are tagged as the version (`v0.1.0`, `0.1.0`) and say that they have it."""
    store = package.store
    if not isinstance(store, FolderStore):
        return
    for tag in (f"v{version}", str(version)):
        found = _at(f"refs/tags/{tag}", store)
        if found is not None and found.version == str(version):
            yield found


def _in_git(package: Package, version: Version) -> Package | None:
    """The release by the newest revision that is just what was released, under that version or a later one."""
    from .layout import is_as_released, releases_of
    from .rebuilding import rebuilt

    for found in _revisions(package):
        try:
            known = {release.version for release in releases_of(found)}
            if version in known and is_as_released(found):
                return rebuilt(found, version)
        except MandatesDataError:  # a table or patch of that revision cannot be read
            continue
    return None


def _revisions(package: Package) -> Iterator[Package]:
    """The package in each revision that touched its descriptor; the newest first."""
    store = package.store
    if not isinstance(store, FolderStore):
        return
    listed = _git(store, "log", f"-n{_LOOKED_AT}", "--format=%H", "--", store.descriptor)
    for revision in listed.stdout.decode("ascii", "replace").split() if listed is not None else ():
        found = _at(revision, store)
        if found is not None and found.name == package.name:
            yield found


def _at(revision: str, store: FolderStore) -> Package | None:
    try:
        found = GitStore(revision, store.folder)
        found.descriptor = store.descriptor
        return read_package(found)
    except PackageError:
        return None


def _is_shallow(store: Store) -> bool:
    asked = _git(store, "rev-parse", "--is-shallow-repository") if isinstance(store, FolderStore) else None
    return asked is not None and asked.stdout.strip() == b"true"


def _git(store: FolderStore, *arguments: str) -> CompletedProcess[bytes] | None:
    """What git says in the folder of the package; None without git, which then holds no release either."""
    import subprocess

    try:
        return subprocess.run(["git", "-C", str(store.folder), *arguments], capture_output=True, check=False)
    except OSError:
        return None
