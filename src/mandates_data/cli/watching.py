"""How far a comparison has come, told by the bytes that it reads: nothing below has to know of it."""

from __future__ import annotations

import dataclasses
import os
from collections.abc import Callable, Collection, Iterator
from types import TracebackType
from typing import Any, BinaryIO, cast

from ..diff.canonical import SMALL
from ..package.model import Package
from ..package.store import FolderStore, Store
from ..render.progress import Progress


def watched(
    packages: tuple[Package, Package], tables: Collection[str], processes: int, progress: Progress
) -> tuple[Package, Package]:
    """The two packages, whose files tell `progress` what is read of them; as they are where nothing is drawn."""
    if not progress.is_live:
        return packages
    total = sum(_sizes(packages, tables, processes))
    ours, done = os.getpid(), 0

    def told(size: int) -> None:
        nonlocal done
        done += size
        if os.getpid() == ours:  # a forked process counts for itself and draws nothing
            progress.update(min(done, total) if total else done, total)

    old, new = (dataclasses.replace(each, store=_WatchedStore(cast(Store, each.store), told)) for each in packages)
    return old, new


def _sizes(packages: tuple[Package, Package], tables: Collection[str], processes: int) -> Iterator[int]:
    """The bytes that this process will read of each table, where the files can be asked for their size."""
    names = {name for each in packages for name in each.resource_names}
    for name in names & set(tables) if tables else names:
        size = sum(_size(each, name) for each in packages if name in each.resource_names)
        yield size // processes if size > SMALL else size


def _size(package: Package, name: str) -> int:
    store = package.store
    try:
        return (store.folder / package.resource(name).path).stat().st_size if isinstance(store, FolderStore) else 0
    except OSError:  # whoever opens it says so
        return 0


class _WatchedStore:
    """A store that tells how many bytes are read of its files."""

    def __init__(self, store: Store, told: Callable[[int], None]) -> None:
        self._store = store
        self._told = told
        self.label, self.descriptor = store.label, store.descriptor

    def open(self, path: str) -> BinaryIO:
        """See `Store.open`."""
        return cast(BinaryIO, _WatchedFile(self._store.open(path), self._told))

    def exists(self, path: str) -> bool:
        """See `Store.exists`."""
        return self._store.exists(path)

    def check(self, path: str) -> None:
        """See `Store.check`."""
        self._store.check(path)


class _WatchedFile:
    def __init__(self, file: BinaryIO, told: Callable[[int], None]) -> None:
        self._file = file
        self._told = told

    def read(self, size: int = -1) -> bytes:
        found = self._file.read(size)
        self._told(len(found))
        return found

    def readline(self) -> bytes:
        return self._file.readline()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)

    def __enter__(self) -> _WatchedFile:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._file.close()
