"""Two files whose lines rise by a key, walked side by side: equal stretches are compared as bytes, and never split.

Memory holds a block of each. Nothing is proven of lines that are equal, which is what makes it cheap: the caller knows
one of the two files to be in order, and every line that differs is held against its neighbours here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

BLOCK = 1 << 17
"""Bytes of each file that are compared at once."""

LINE = 1 << 12
"""Bytes that are read in the hope of a whole line."""


class NotInOrderError(Exception):
    """A line does not rise above the one before it, or does not end: the files cannot be walked."""


@dataclass(frozen=True, slots=True)
class Step:
    """Two lines with one key that are not equal; None where the other file has no line with this key.

    `offset` is the byte at which the new line begins, or would.
    """

    old: bytes | None
    new: bytes | None
    offset: int


class _Side:
    """One of the files, at the byte `offset`. What was seen ahead of it is read again: that costs less than to copy."""

    def __init__(self, file: BinaryIO, start: int) -> None:
        self._file = file
        self.start = self.offset = start
        self._ahead = b""
        self._ahead_at = -1

    def read(self, size: int) -> bytes:
        """The next bytes, not passed yet; fewer only at the end of the file."""
        self._file.seek(self.offset)
        found = self._file.read(size)
        while len(found) < size and (more := self._file.read(size - len(found))):
            found += more
        return found

    def line(self) -> bytes:
        """The line that begins here, not passed yet; empty at the end of the file."""
        here = self.offset - self._ahead_at
        end = self._ahead.find(b"\n", here) + 1 if 0 <= here < len(self._ahead) else 0
        size = LINE
        while not end:
            self._ahead, self._ahead_at, here = self.read(size), self.offset, 0
            end = self._ahead.find(b"\n") + 1
            if not end and len(self._ahead) < size:
                if self._ahead:
                    raise NotInOrderError  # the last line does not end
                return b""
            size *= 16
        return self._ahead[here:end]

    def line_start(self, offset: int) -> int:
        """Where the line begins that holds the byte at `offset`, or ends before it."""
        size = LINE
        while True:
            first = max(self.start, offset - size)
            self._file.seek(first)
            cut = self._file.read(offset - first).rfind(b"\n")
            if cut >= 0 or first == self.start:
                return first + cut + 1
            size *= 16

    def last_line(self) -> bytes:
        """The line before this one; empty at the start."""
        if self.offset == self.start:
            return b""
        first = self.line_start(self.offset - 1)
        self._file.seek(first)
        return self._file.read(self.offset - first)


def walk(old: BinaryIO, new: BinaryIO, start: tuple[int, int], key: Callable[[bytes], Any]) -> Iterator[Step]:
    """The lines that differ, in the order of their keys.

    Parameters
    ----------
    old, new
        The files, with LF after every line. The lines of `old` rise by their key.
    start
        The byte of each at which its first line begins.
    key
        Gives a line's key, in an order; it may raise `NotInOrderError`.

    Raises
    ------
    NotInOrderError
        A line of `new` that differs does not rise above the one before it, or the next one not above it.
    """
    left, right = _Side(old, start[0]), _Side(new, start[1])
    while True:
        one, other = left.read(BLOCK), right.read(BLOCK)
        if one == other:
            if not one:
                return
            left.offset += len(one)
            right.offset += len(one)
            continue
        same = _same(one, other)
        right.offset = right.line_start(at := right.offset + same)
        left.offset += same - (at - right.offset)
        yield from _differing(left, right, key)


def _same(one: bytes, other: bytes) -> int:
    """How many bytes two blocks have in common at their beginning."""
    shorter, longer = (one, other) if len(one) <= len(other) else (other, one)
    if longer.startswith(shorter):
        return len(shorter)
    low, high = 0, len(shorter)
    while high - low > 1:
        middle = (low + high) // 2
        if longer.startswith(shorter[low:middle], low):
            low = middle
        else:
            high = middle
    return low


def _differing(left: _Side, right: _Side, key: Callable[[bytes], Any]) -> Iterator[Step]:
    """Steps from here to the next two lines that are equal."""
    before_it = right.last_line()
    last = key(before_it) if before_it else None
    while True:
        before, after = left.line(), right.line()
        if before == after:
            if after and last is not None and not last < key(after):
                raise NotInOrderError
            return
        old_key, new_key = key(before) if before else None, key(after) if after else None
        goes = new_key is None or (old_key is not None and old_key <= new_key)
        comes = old_key is None or (new_key is not None and new_key <= old_key)
        yield Step(before if goes else None, after if comes else None, right.offset)
        left.offset += len(before) * goes
        if comes:
            if last is not None and not last < new_key:
                raise NotInOrderError
            last = new_key
            right.offset += len(after)
