"""Keys with their lines in bounded memory: what is too much for it lies in a temporary file, by parts.

A key falls in the same part wherever it comes from, so two collections are compared part by part.
"""

from __future__ import annotations

import heapq
import marshal
import weakref
from array import array
from collections.abc import Iterable, Iterator, Sequence
from typing import IO, TypeAlias

Key: TypeAlias = "str | int | tuple[str | int | None, ...] | None"
Entry = tuple[Key, int]
"""A key and the line that has it."""

PARTS = 64
IN_MEMORY = 200_000
"""Entries that are held in memory before any is written."""

_BUFFER = 1024


class Entries:
    """Keys with lines, in the order in which they were added."""

    def __init__(self) -> None:
        self._size = 0
        self._buffers: list[list[Entry]] = [[] for _ in range(PARTS)]
        self._written: list[list[tuple[int, int]]] = [[] for _ in range(PARTS)]
        self._file: IO[bytes] | None = None

    def __len__(self) -> int:
        """How many there are."""
        return self._size

    def add(self, entries: Iterable[Entry]) -> None:
        """Further entries."""
        buffers = self._buffers
        count = 0
        for entry in entries:
            buffers[hash(entry[0]) % PARTS].append(entry)
            count += 1
        self._size += count
        if self._size > IN_MEMORY:
            for part, buffer in enumerate(buffers):
                if len(buffer) > _BUFFER or self._file is None:
                    self._write(part, buffer)

    def part(self, number: int) -> list[Entry]:
        """The entries of one part, in order."""
        found: list[Entry] = []
        if self._file is not None:
            for start, size in self._written[number]:
                self._file.seek(start)
                found += marshal.loads(self._file.read(size))  # noqa: S302 - our own file of a moment ago
        return found + self._buffers[number]

    def parts(self) -> Iterator[list[Entry]]:
        """The entries, part by part."""
        return map(self.part, range(PARTS))

    def _write(self, part: int, buffer: list[Entry]) -> None:
        if self._file is None:
            import tempfile

            self._file = tempfile.TemporaryFile(prefix="mandates-data-")  # noqa: SIM115 - closed with this object
            weakref.finalize(self, self._file.close)
        start = self._file.seek(0, 2)
        content = marshal.dumps(buffer)
        self._file.write(content)
        self._written[part].append((start, len(content)))
        buffer.clear()


def repeated(entries: Entries) -> Iterator[tuple[int, int]]:
    """Each line whose key stands on an earlier line too, with that line; by line.

    A negative line is one that has a key, but is not blamed for it.
    """
    yield from _by_line(map(_repeated_in, entries.parts()))


def _repeated_in(entries: Sequence[Entry]) -> Iterable[tuple[int, int]]:
    first: dict[Key, int] = {}
    twice = []
    for key, line in entries:
        before = first.setdefault(key, abs(line))
        if before != line and line > 0:
            twice.append((line, before))
    return _packed(sorted(twice))


def absent(wanted: Entries, there: Entries) -> Iterator[int]:
    """The lines of those wanted keys that are not there; by line."""
    for line, _ in _by_line(map(_absent_in, wanted.parts(), there.parts())):
        yield line


def _absent_in(wanted: Sequence[Entry], there: Sequence[Entry]) -> Iterable[tuple[int, int]]:
    known = {key for key, _line in there}
    return _packed(sorted((line, 0) for key, line in wanted if key not in known))


def _packed(pairs: Sequence[tuple[int, int]]) -> Iterable[tuple[int, int]]:
    """The pairs in a tenth of the memory."""
    ones, others = (array("q", [pair[side] for pair in pairs]) for side in (0, 1))
    return zip(ones, others, strict=True)


def _by_line(parts: Iterable[Iterable[tuple[int, int]]]) -> Iterator[tuple[int, int]]:
    return heapq.merge(*list(parts))
