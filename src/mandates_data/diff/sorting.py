"""The rows of a table in the order of a key, whatever their order in the file, in bounded memory.

Rows are sorted in runs; all runs but a lone one go to one temporary file, from which they are merged.
"""

from __future__ import annotations

import heapq
import json
import operator
import tempfile
from collections.abc import Callable, Iterable, Iterator
from typing import IO

from .changeset import Key

RUN = 8 * 1024**2
"""Bytes of rows that are held in memory at once, as Python holds them."""
_ROW, _CELL = 150, 60
"""Bytes that Python needs for a row and for a cell, beside their texts."""
_BUFFERS = 8 * 1024**2

Keyed = tuple[Key, int, list[str]]
"""A row's key, its line and its cells."""


class SortedRows:
    """The rows, to be gone through as often as is wanted; close it when that is done.

    Parameters
    ----------
    rows
        Each row's line and cells.
    key
        A function from the cells of a row to its key.
    """

    def __init__(self, rows: Iterable[tuple[int, list[str]]], key: Callable[[list[str]], Key]) -> None:
        self._file: IO[bytes] | None = None
        self._places: list[tuple[int, int]] = []
        self._last: list[Keyed] = []
        size = 0
        for line, cells in rows:
            self._last.append((key(cells), line, cells))
            size += _ROW + _CELL * len(cells) + sum(map(len, cells))
            if size > RUN:
                self._spill()
                size = 0
        self._last.sort(key=operator.itemgetter(0, 1))

    def _spill(self) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - `close` does it
        start = self._file.seek(0, 2)
        self._last.sort(key=operator.itemgetter(0, 1))
        self._file.writelines(json.dumps(row).encode() + b"\n" for row in self._last)
        self._places.append((start, self._file.tell()))
        self._last = []

    def __iter__(self) -> Iterator[Keyed]:
        runs: list[Iterable[Keyed]] = [self._run(*place) for place in self._places]
        return heapq.merge(*runs, self._last, key=operator.itemgetter(0, 1)) if runs else iter(self._last)

    def _run(self, start: int, end: int) -> Iterator[Keyed]:
        """The rows of a run. All runs share one file, so each reads a block at its own place."""
        assert self._file is not None
        block = max(_BUFFERS // len(self._places), 4096)
        rest = b""
        while start < end:
            self._file.seek(start)
            piece = self._file.read(min(block, end - start))
            start += len(piece)
            *lines, rest = (rest + piece).split(b"\n")
            for text in lines:
                key, line, cells = json.loads(text)
                yield tuple(key), line, cells

    def close(self) -> None:
        """Give the temporary file back."""
        if self._file is not None:
            self._file.close()

    def __enter__(self) -> SortedRows:
        return self

    def __exit__(self, *_error: object) -> None:
        self.close()
