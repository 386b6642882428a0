"""Release patches: what leads from one release to the next, and back.

A patch is a changeset like any other, without the rows of the tables of releases and of changes: an earlier release
has the rows of its own time there, so they need no undoing, and the digest of a release could not be in what it is
taken over.
"""

from __future__ import annotations

import dataclasses

from ..diff.changeset import Changeset, ResourceChange
from ..diff.changeset_file import read_changeset
from ..diff.compare import compare
from ..diff.documents import same_text
from ..diff.notation import description_json
from ..errors import ChangesetError, PackageError
from ..package.model import Package
from ..package.store import read_bytes
from ..package.versions import Version
from .layout import Layout, layout_of


def release_patch(old: Package, new: Package) -> Changeset:
    """The patch of a release: all that differs from the release before, but for the rows of the two ledgers.

    Raises
    ------
    PackageError
        The new package keeps no history.
    TableError
        A table cannot be read beyond doubt, or a key stands twice in it.
    """
    layout = layout_of(new)
    if layout is None:
        raise PackageError(
            "The package keeps no history.", "Name its place in the descriptor: `mandates_data.history`."
        )
    changes = compare(old, new).changeset()
    resources = (_without_rows(change) if change.name in layout.ledgers else change for change in changes.resources)
    return dataclasses.replace(changes, resources=tuple(change for change in resources if change is not None))


def _without_rows(change: ResourceChange) -> ResourceChange | None:
    """The change of the table's description alone; None where that is the same."""
    if change.old is not None and change.new is not None:
        sides = [description_json(side) for side in (change.old, change.new)]
        if same_text(*sides):
            return None
    return dataclasses.replace(change, rows=())


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
        raise PackageError(
            f"The patch {path} of the release {version} is not in {store.label}.", "Restore the file, or install again."
        )
    try:
        found = read_changeset(read_bytes(store, path))
    except ChangesetError as error:
        raise ChangesetError(f"The patch {path} cannot be used: {error.message}", error.next_step) from error
    sides = (found.old.version, found.new.version)
    if sides != (str(before), str(version)):
        raise ChangesetError(
            f"The patch {path} leads from {sides[0]} to {sides[1]}, not from {before} to {version}.",
            "Restore the file.",
        )
    return found
