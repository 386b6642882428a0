"""Three packages on disk merged: the files that differ from ours, and the merged package before anything is written."""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from ...errors import PackageError, WriteError
from ...package.model import Package
from ...package.store import Store, check_path, read_bytes
from ..content import PackageContent, canonical_files, path_of, read_content
from ..patching import Patched, files_between
from .conflicts import Conflict
from .packages import merge
from .tables import same_table

SIDECAR = "merge-conflicts.json"
"""The file beside the descriptor that the conflicts go to."""
FORMAT = "mandates-data/merge"
"""What that file says it is."""


class MergedStore:
    """The files of a package as they will be; `used` are those that were read and that no merge touches."""

    def __init__(self, files: Mapping[str, bytes], removed: tuple[str, ...], under: Store) -> None:
        self._files = files
        self._removed = removed
        self._under = under
        self.label, self.descriptor = under.label, under.descriptor
        self.used: set[str] = set()

    def before(self) -> MergedStore:
        """The same package as it is."""
        return MergedStore({}, (), self._under)

    def open(self, path: str) -> BinaryIO:
        """See `Store.open`."""
        content = self._files.get(check_path(path))
        if content is not None:
            return io.BytesIO(content)
        if path in self._removed:
            raise PackageError(f"{path!r} is gone after the merge.", "Look at what each side did to it.")
        file = self._under.open(path)
        self.used.add(path)
        return file

    def exists(self, path: str) -> bool:
        """See `Store.exists`."""
        return path in self._files or (path not in self._removed and self._under.exists(path))

    def check(self, path: str) -> None:
        """See `Store.check`."""
        self._under.check(path)


@dataclass(frozen=True, slots=True)
class MergedFiles:
    """What a merge does to the files of ours.

    `patched` are the files that differ from ours; `files_before` and `files` are the paths of all files of the package.
    """

    conflicts: tuple[Conflict, ...]
    patched: Patched
    files_before: frozenset[str]
    files: frozenset[str]
    store: MergedStore


def merge_packages(base: Package, ours: Package, theirs: Package) -> MergedFiles:
    """The merge of three packages; nothing is written. What the merge leaves as in ours stays as it is written.

    Raises
    ------
    TableError
        A table of a side cannot be read beyond doubt, or a primary key stands twice in it.
    ChangesetError, UnsafeReferenceError
        The result would write over a file that is not the package's.
    """
    before = read_content(ours)
    merged = merge(read_content(base), before, read_content(theirs))
    before, after = _only_what_differs(before, merged.content)
    patched = files_between(ours, before, after)
    assert ours.store is not None
    files_before, files = (
        frozenset({*canonical_files(content, ours.store.descriptor), *map(path_of, content.tables)})
        for content in (before, after)
    )
    store = MergedStore(patched.write, patched.remove, ours.store)
    return MergedFiles(merged.conflicts, patched, files_before, files, store)


def _only_what_differs(before: PackageContent, after: PackageContent) -> tuple[PackageContent, PackageContent]:
    """Both without the rows of tables that are the same, whose files then stay as they are."""
    same = {
        table.name: old
        for table in after.tables
        if (old := before.table(table.name)) is not None and same_table(old, table)
    }
    olds, news = (
        dataclasses.replace(
            content,
            tables=tuple(
                dataclasses.replace(each, rows=None, generated=same[each.name].generated) if each.name in same else each
                for each in content.tables
            ),
        )
        for content in (before, after)
    )
    return olds, news


def whole_package(merged: MergedFiles, more: Collection[str]) -> dict[str, bytes]:
    """The files of the merged package, and `more` of ours that it needs, by path."""
    return {path: read_bytes(merged.store, path) for path in sorted({*merged.files, *more})}


def is_sidecar(content: bytes) -> bool:
    """Whether a file is one that a merge has written its conflicts to."""
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and value.get("format") == FORMAT


def sidecar_in(store: Store) -> bool:
    """Whether there is a file of conflicts beside the descriptor.

    Raises
    ------
    WriteError
        Another file has its name.
    """
    if not store.exists(SIDECAR):
        return False
    if not is_sidecar(read_bytes(store, SIDECAR)):
        raise WriteError(f"{SIDECAR} is a file of yours, and conflicts are written there.", "Rename it.")
    return True
