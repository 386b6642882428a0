"""Two canonical tables, walked together once: only the lines that differ are ever looked at one by one.

While it walks, the walk proves of both files that a line is a row: UTF-8, LF, as many cells on each line as there are
columns, no line break inside quotes, no quote inside an unquoted cell, keys rising from line to line as text and so
none twice. Lines that both files have are proven once. Memory holds two blocks of lines, whatever the files' size.
A file that is not so is `NotCanonicalError`, which may come after lines were given: the whole walk counts, or nothing.
"""

from __future__ import annotations

import io
import operator
from collections.abc import Iterator
from itertools import compress, count, islice
from typing import BinaryIO, NamedTuple

from .canonical_lines import Form, Key, NotCanonicalError, rising

BLOCK = 1 << 16
"""Bytes of lines that are looked at together: small enough that most blocks of two releases are equal."""
_GLANCE = 1 << 12
"""Bytes after which two blocks that differ mostly do."""
_LINE_END = ord("\n")


class Step(NamedTuple):
    """A line that differs, without its line end: None where the other file has no line of that key.

    `line` is the place of `new` in its file, counting from 1, 0 where there is none.
    """

    key: Key
    old: bytes | None
    new: bytes | None
    line: int


class Part(NamedTuple):
    """A stretch of both files that holds the same keys: where it begins and ends in each, and the key after it.

    The last part ends with the files, at None.
    """

    old: tuple[int, int | None]
    new: tuple[int, int | None]
    end: Key | None


def walk(old: BinaryIO | None, new: BinaryIO | None, form: Form, part: Part | None = None) -> Iterator[list[Step]]:
    """The lines that differ, in the order of their keys, in batches. A side that is None is an empty table.

    Of a `part` alone, which proves nothing of the others; lines are then counted from its beginning.

    Raises
    ------
    NotCanonicalError
        One of the files cannot be walked.
    """
    olds, news = _Lines(old, form, part and part.old), _Lines(new, form, part and part.new)
    while True:
        before, after = olds.fill(), news.fill()
        if not before and not after:
            break
        if not _same_start(olds, news, form):
            steps = _Blocks(olds, news, form).steps()
            if steps:
                yield steps
    end = None if part is None else part.end
    for last in (olds.last, news.last):
        if end is not None and last is not None and not last < end:  # type: ignore[operator]  # keys are of one kind
            raise NotCanonicalError


def parts(old: BinaryIO, new: BinaryIO, form: Form, count: int) -> list[Part]:
    """Both files cut into about `count` parts of one size, which can be walked at the same time.

    Raises
    ------
    NotCanonicalError
        A line at a cut is no row.
    """
    cuts: list[tuple[int, int, Key]] = []
    start = len(form.header)
    size = old.seek(0, 2)
    for number in range(1, count):
        old.seek(start + (size - start) * number // count)
        old.readline()
        place = old.tell()
        line = old.readline()
        if line and (not cuts or place > cuts[-1][0]):
            key = form.key(line)
            cuts.append((place, _first_from(new, form, key), key))
    starts = [(start, start), *((here, there) for here, there, _ in cuts)]
    ends = [*cuts, (None, None, None)]
    return [
        Part((old_start, old_end), (new_start, new_end), key)
        for (old_start, new_start), (old_end, new_end, key) in zip(starts, ends, strict=True)
    ]


def _first_from(file: BinaryIO, form: Form, key: Key) -> int:
    """The place of the first line whose key is not before this one, as far as the keys rise."""
    low, high = len(form.header), file.seek(0, 2)
    while high - low > BLOCK:
        middle = (low + high) // 2
        file.seek(middle)
        file.readline()
        line = file.readline()
        if line and form.key(line) < key:  # type: ignore[operator]  # keys of one table are of one kind
            low = file.tell()
        else:
            high = middle
    file.seek(low)
    for line in iter(file.readline, b""):
        if not form.key(line) < key:  # type: ignore[operator]  # as above
            break
        low += len(line)
    return low


class _Lines:
    """The whole lines of a file after its header, block by block."""

    def __init__(self, file: BinaryIO | None, form: Form, stretch: tuple[int, int | None] | None) -> None:
        self._file = file
        self._place, self._end = (0, None) if stretch is None else stretch
        self.left = b""
        self.ended = file is None
        self.number = 2  # of the first line that is left
        self.last: Key | None = None
        if file is not None and file.readline() != form.header:
            raise NotCanonicalError
        if file is not None and stretch is not None:
            file.seek(self._place)

    def fill(self) -> bytes:
        """What is left, of a block at least where the file has so much.

        Hardly more than a block: what one file is ahead of the other is looked at twice.
        """
        if not self.ended and len(self.left) < BLOCK:
            assert self._file is not None
            wanted = BLOCK - len(self.left)
            more = self._file.read(wanted if self._end is None else min(wanted, self._end - self._place))
            if more and more[-1] != _LINE_END:
                more += self._file.readline()
                if more[-1] != _LINE_END:
                    raise NotCanonicalError
            self._place += len(more)
            self.ended = not more
            self.left = self.left + more if self.left else more
        return self.left


def _same_start(old: _Lines, new: _Lines, form: Form) -> bool:
    """Whether the shorter block is how the other one begins, and then both files are past it."""
    before, after = old.left, new.left
    if before == after:
        old.left = new.left = b""
    else:
        if before[:_GLANCE] != after[:_GLANCE]:
            return False
        shorter, longer = (before, after) if len(before) < len(after) else (after, before)
        common = longer.rfind(b"\n", 0, len(shorter)) + 1
        if not common or before[:common] != after[:common]:
            return False
        old.left, new.left = before[common:], after[common:]
        before = before[:common]
    lines = form.prove(before)
    old.last = new.last = rising(form.keys(lines, before), _later(old.last, new.last))
    new.number += len(lines)
    return True


def _later(old: Key | None, new: Key | None) -> Key | None:
    if old is None or new is None:
        return new if old is None else old
    return max(old, new)


class _Blocks:
    """Two blocks with differences in them, gone through as far as both go; the rest of either is left."""

    def __init__(self, old: _Lines, new: _Lines, form: Form) -> None:
        self._old, self._new, self._form = old, new, form
        self._keys = form.keys(form.prove(old.left), old.left)
        self._olds, self._news = _split(old.left), _split(new.left)
        self._steps: list[Step] = []
        self._last = _later(old.last, new.last)
        self._shift = new.number  # between the place in the old block and the number of the new line

    def steps(self) -> list[Step]:
        """The lines that differ."""
        old, new, form = self._old, self._new, self._form
        olds, news = self._olds, self._news
        rising(self._keys, old.last)
        here = there = 0
        is_past = True
        while is_past:
            here, there = self._abreast(here, there)
            if here == len(olds):
                break
            there, is_past = self._differing(here, there)
            here += is_past
        old.left = b"".join(olds[here:])
        old.last = self._keys[here - 1] if here else old.last
        self._last = _later(self._last, old.last)
        if here == len(olds) and old.ended:
            self._rest(here, b"".join(news[there:]))
            there = len(news)
        new.left, new.last, new.number = b"".join(news[there:]), self._last, self._shift + here
        form.prove(b"".join([step.new + b"\n" for step in self._steps if step.new is not None]))
        return self._steps

    def _abreast(self, here: int, there: int) -> tuple[int, int]:
        """The first places from two on that have not the same key: all before is equal, or a step.

        A line with the key of an old one is in its place in the new file too, since the keys of the old one rise.
        """
        olds, news, keys, form = self._olds, self._news, self._keys, self._form
        apart = there - here
        unequal = map(operator.ne, islice(olds, here, None), islice(news, there, None))
        for place in compress(count(here), unequal):
            line = news[place + apart]
            if form.key(line) != keys[place]:
                return place, place + apart
            self._steps.append(Step(keys[place], olds[place][:-1], line[:-1], self._shift + place))
        end = min(len(olds), len(news) - apart)
        return end, end + apart

    def _differing(self, here: int, there: int) -> tuple[int, bool]:
        """Where the new block goes on, and whether that is past the old line, with which it does not go on at once."""
        news, line, key = self._news, self._olds[here], self._keys[here]
        if here and (self._last is None or self._last < self._keys[here - 1]):  # type: ignore[operator]  # as below
            self._last = self._keys[here - 1]
        while there == len(news) or news[there] != line:
            if there == len(news) and not self._new.ended:
                return there, False
            new_key = self._form.key(news[there]) if there < len(news) else None
            if new_key is None or key < new_key:  # type: ignore[operator]  # keys of one table are of one kind
                self._steps.append(Step(key, line[:-1], None, 0))
                self._shift -= 1
                return there, True
            if self._last is not None and not self._last < new_key:  # type: ignore[operator]  # as above
                raise NotCanonicalError
            self._last = new_key
            found = news[there][:-1]
            there += 1
            if key == new_key:
                self._steps.append(Step(key, line[:-1], found, self._shift + here))
                return there, True
            self._steps.append(Step(new_key, None, found, self._shift + here))
            self._shift += 1
        return there + 1, True

    def _rest(self, here: int, block: bytes) -> None:
        """All of a block was added, behind the last old line."""
        if not block:
            return
        keys = self._form.keys(self._form.prove(block), block)
        self._last = rising(keys, self._last)
        for key, line in zip(keys, block.split(b"\n"), strict=False):
            self._steps.append(Step(key, None, line, self._shift + here))
            self._shift += 1


def _split(block: bytes) -> list[bytes]:
    """The lines of a block with their ends: three times as fast as `splitlines`, which looks for other ends too."""
    return io.BytesIO(block).readlines()
