"""Release patches: what leads from one release to the next, and back.

A patch is a changeset like any other, without the rows that tell of the new release in the tables of releases and of
changes: an earlier release has those up to its own version, so they need no undoing, and a digest of the release could
not be in what it is taken over. What else changes in those two tables (their fields, a word in an old row) it has.
"""

from __future__ import annotations

from ..diff.changeset import Changeset
from ..diff.changeset_file import read_changeset
from ..diff.compare import compare
from ..errors import ChangesetError, PackageError
from ..package.model import Package
from ..package.store import read_bytes
from ..package.versions import Version
from .layout import Layout, layout_of
from .ledgers import package_cut_off

_RESTORE = "Restore the file, or install again."


def release_patch(old: Package, new: Package) -> Changeset:
    """The patch of a release: all that differs from the release before, but for the rows that tell of the new one.

    Parameters
    ----------
    old
        The release before.
    new
        The package as it is to be released.

    Raises
    ------
    PackageError
        The new package keeps no history, or the old one has no version.
    TableError
        A table cannot be read beyond doubt, or a key stands twice in it.
    """
    if layout_of(new) is None:
        raise PackageError(
            "The package keeps no history.", "Name its place in the descriptor: `mandates_data.history`."
        )
    return compare(old, package_cut_off(new, Version.read(old.version))).changeset()


def read_patch(package: Package, layout: Layout, version: Version, before: Version) -> Changeset:
    """The patch that led from the release `before` to the release `version`.

    Raises
    ------
    PackageError
        It is not there.
    ChangesetError
        It is no changeset, or one between other versions.
    """
    store = package.store
    assert store is not None
    path = layout.patch(version)
    if not store.exists(path):
        raise PackageError(f"The patch {path} of the release {version} is not in {store.label}.", _RESTORE)
    try:
        found = read_changeset(read_bytes(store, path))
    except ChangesetError as error:
        why = error.message.removeprefix("It is no changeset that can be used: ")
        raise ChangesetError(f"The patch {path} cannot be used: {why}", _RESTORE) from error
    sides = (found.old.version, found.new.version)
    if sides != (str(before), str(version)):
        raise ChangesetError(
            f"The patch {path} leads from {sides[0]} to {sides[1]}, not from {before} to {version}.",
            _RESTORE,
        )
    return found
