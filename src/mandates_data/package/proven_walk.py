"""Two canonical tables, walked together once: only the lines that differ are ever looked at one by one.

While it walks, the walk proves of both files that a line is a row: UTF-8, LF, as many cells on each line as there are
columns, no line break inside quotes, no quote inside an unquoted cell, keys rising from line to line as text and so
none twice. Lines that both files have are proven once. Memory holds two blocks of lines, whatever the files' size.
A file that is not so is `NotCanonicalError`, which may come after lines were given: the whole walk counts, or nothing.
"""

from __future__ import annotations

import csv
import operator
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from itertools import compress, repeat
from typing import BinaryIO, NamedTuple, TypeAlias

from .writer import format_row

BLOCK = 1 << 16
"""Bytes of lines that are looked at together: small enough that most blocks of two releases are equal."""

Key: TypeAlias = bytes | tuple[bytes, ...]
_BESIDE_QUOTES = frozenset(b",\n")
"""What stands outside before an opening quote and after a closing one."""


class NotCanonicalError(Exception):
    """The table has to be compared otherwise; no error of the user's."""


class Step(NamedTuple):
    """A line that differs, without its line end: None where the other file has no line of that key.

    `key` is that of the line, a tuple where the table's has several parts, in UTF-8. `line` is the place of `new` in
    its file, counting from 1, 0 where there is none.
    """

    key: Key
    old: bytes | None
    new: bytes | None
    line: int


class Form:
    """How the lines of a table are taken apart.

    Parameters
    ----------
    names, key
        Its columns, and the names of those that are the key, at least one.
    """

    def __init__(self, names: Sequence[str], key: Sequence[str]) -> None:
        self._places = [names.index(name) for name in key]
        self._leading = self._places == list(range(len(key)))
        self._commas = len(names) - 1
        self.header = format_row(names).encode()

    def keys(self, lines: list[bytes]) -> list[Key]:
        """The keys of lines, in an order like that of their texts by code points, part by part."""
        keys = self._leading_keys(lines)
        return self._parsed_keys(lines) if keys is None else keys

    def prove(self, block: bytes) -> list[bytes]:
        """The lines of a block without what stands in quotes, when each line is one row.

        Raises
        ------
        NotCanonicalError
            One of them may be none.
        """
        if b"\r" in block:
            raise NotCanonicalError
        pieces = block.split(b'"')
        if not block.isascii():
            _prove_text(pieces)
        lines = split(_without_quoted(pieces) if len(pieces) > 1 else block)
        if not set(map(bytes.count, lines, repeat(b","))) <= {self._commas} or (not self._commas and b"" in lines):
            raise NotCanonicalError
        return lines

    def prove_keys(self, block: bytes, last: Key | None) -> tuple[int, Key | None]:
        """How many lines a block has, and its last key, when each line is one row and the keys rise from `last` on."""
        lines = self.prove(block)
        keys = self._leading_keys(lines)
        return len(lines), rising(self._parsed_keys(split(block)) if keys is None else keys, last)

    def _leading_keys(self, lines: list[bytes]) -> list[Key] | None:
        """The keys, where they stand first and no quotes are around them."""
        count = len(self._places)
        if not self._leading:
            return None
        if count == 1:
            keys = [line.partition(b",")[0] for line in lines]
            return None if b'"' in b"".join(keys) else keys  # type: ignore[return-value]  # a list of one kind of key
        parts = [tuple(line.split(b",", count)[:count]) for line in lines]
        return None if any(b'"' in part for key in parts for part in key) else parts  # type: ignore[return-value]

    def _parsed_keys(self, lines: list[bytes]) -> list[Key]:
        try:
            rows = list(csv.reader([line.decode() for line in lines], strict=True))
            if len(self._places) == 1:
                place = self._places[0]
                return [row[place].encode() for row in rows]
            return [tuple([row[place].encode() for place in self._places]) for row in rows]
        except (csv.Error, ValueError, IndexError) as error:
            raise NotCanonicalError from error


def _prove_text(pieces: list[bytes]) -> None:
    """Decoding is what costs, so only the pieces are decoded that are not ASCII."""
    try:
        b'"'.join([piece for piece in pieces if not piece.isascii()]).decode()
    except UnicodeDecodeError as error:
        raise NotCanonicalError from error


def _without_quoted(pieces: list[bytes]) -> bytes:
    """What stands outside the quotes that a block was split at, with one quote in place of each quoted piece."""
    outsides = pieces[::2]
    if len(pieces) % 2 == 0 or b"\n" in b"".join(pieces[1::2]):
        raise NotCanonicalError
    try:
        beside = {*map(_FIRST, outsides[1:]), *map(_LAST, outsides[:-1])}
    except IndexError:  # an empty piece: two quotes that stand for one, or the block begins or ends with a quote
        beside = {piece[0] for piece in outsides[1:] if piece} | {piece[-1] for piece in outsides[:-1] if piece}
    if not beside <= _BESIDE_QUOTES:
        raise NotCanonicalError
    return b'"'.join(outsides)


_FIRST, _LAST = operator.itemgetter(0), operator.itemgetter(-1)


def split(block: bytes) -> list[bytes]:
    """The lines of a block that ends in a line end, without their ends."""
    lines = block.split(b"\n")
    lines.pop()
    return lines


def rising(keys: list[Key], last: Key | None) -> Key | None:
    """The last key, when they rise from `last` on. Raises `NotCanonicalError` when not."""
    if not keys:
        return last
    if last is not None and not last < keys[0]:  # type: ignore[operator]  # keys of one table are of one kind
        raise NotCanonicalError
    if not all(map(operator.lt, keys, keys[1:])):
        raise NotCanonicalError
    return keys[-1]


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
    olds, news = _Lines(old, form, part.old if part else None), _Lines(new, form, part.new if part else None)
    yield from _Walk(olds, news, form).batches()
    for lines in (olds, news):
        if part is not None and part.end is not None and lines.last is not None and not lines.last < part.end:  # type: ignore[operator]  # keys of one table are of one kind
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
            (key,) = form.keys([line.rstrip(b"\n")])
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
        if line and form.keys([line.rstrip(b"\n")])[0] < key:  # type: ignore[operator]  # keys are of one kind
            low = file.tell()
        else:
            high = middle
    file.seek(low)
    for line in iter(file.readline, b""):
        if not form.keys([line.rstrip(b"\n")])[0] < key:  # type: ignore[operator]  # as above
            break
        low += len(line)
    return low


class _Lines:
    """The whole lines of a file after its header, block by block."""

    def __init__(self, file: BinaryIO | None, form: Form, stretch: tuple[int, int | None] | None) -> None:
        self._file = file
        self._place = 0
        self._end: int | None = None
        self.left = b""
        self.ended = file is None
        self.number = 2  # of the first line that is left
        self.last: Key | None = None
        if file is not None:
            if file.readline() != form.header:
                raise NotCanonicalError
            if stretch is not None:
                start, self._end = stretch
                file.seek(start)
                self._place = start

    def fill(self) -> bytes:
        """What is left, of a block at least where the file has so much."""
        if not self.ended and len(self.left) < BLOCK:
            assert self._file is not None
            more = self._file.read(BLOCK if self._end is None else min(BLOCK, self._end - self._place))
            if more and more[-1] != _LINE_END:
                more += self._file.readline()
                if more[-1] != _LINE_END:
                    raise NotCanonicalError
            self._place += len(more)
            self.ended = not more
            self.left = self.left + more if self.left else more
        return self.left

    def take(self, block: bytes, lines: list[bytes], keys: list[Key], end: Key | None) -> bytes:
        """Go past the lines with keys up to `end`, all where it is None; the other ones go from the lists."""
        count = len(keys) if end is None else bisect_right(keys, end)
        self.left = b"".join([line + b"\n" for line in lines[count:]])
        del lines[count:], keys[count:]
        self.last = keys[-1] if keys else self.last
        return block[: len(block) - len(self.left)]


_LINE_END = ord("\n")
_GLANCE = 1 << 12
"""Bytes after which two blocks that differ mostly do."""


class _Walk:
    """Two files under way, both read up to the same key."""

    def __init__(self, old: _Lines, new: _Lines, form: Form) -> None:
        self._old = old
        self._new = new
        self._form = form

    def batches(self) -> Iterator[list[Step]]:
        while True:
            before, after = self._old.fill(), self._new.fill()
            if not before and not after:
                return
            if not self._same_start(before, after):
                steps = self._steps(before, after)
                if steps:
                    yield steps

    def _same_start(self, before: bytes, after: bytes) -> bool:
        """Whether the shorter block is how the other one begins, and then both files are past it."""
        old, new = self._old, self._new
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
        count, last = self._form.prove_keys(before, _later(old.last, new.last))
        old.last = new.last = last
        new.number += count
        return True

    def _steps(self, before: bytes, after: bytes) -> list[Step]:
        """The lines that differ in two blocks, as far as both go; the rest is left."""
        form, old, new = self._form, self._old, self._new
        olds, news = split(before), split(after)
        old_keys, new_keys = form.keys(olds), form.keys(news)
        rising(old_keys, old.last)
        rising(new_keys, new.last)
        ends = [keys[-1] for side, keys in ((old, old_keys), (new, new_keys)) if keys and not side.ended]
        end = min(ends, default=None)
        before = old.take(before, olds, old_keys, end)
        new.take(after, news, new_keys, end)
        form.prove(before)
        number = new.number
        new.number += len(news)
        steps = _differing(olds, news, old_keys, new_keys, number)
        form.prove(b"".join([step.new + b"\n" for step in steps if step.new is not None]))
        return steps


def _later(old: Key | None, new: Key | None) -> Key | None:
    if old is None or new is None:
        return new if old is None else old
    return max(old, new)


def _differing(
    olds: list[bytes], news: list[bytes], old_keys: list[Key], new_keys: list[Key], number: int
) -> list[Step]:
    """The steps from lines to lines; the first of the new lines is that of this `number`."""
    if old_keys == new_keys:
        return [Step(new_keys[n], olds[n], news[n], n + number) for n in _unequal(olds, news)]
    numbers = list(range(number, number + len(news)))
    gone, come = set(old_keys).difference(new_keys), set(new_keys).difference(old_keys)
    found = []
    for key in sorted(gone, reverse=True):
        found.append(Step(key, olds.pop(bisect_left(old_keys, key)), None, 0))
    for key in sorted(come, reverse=True):
        place = bisect_left(new_keys, key)
        found.append(Step(key, None, news.pop(place), numbers.pop(place)))
        del new_keys[place]
    found += [Step(new_keys[n], olds[n], news[n], numbers[n]) for n in _unequal(olds, news)]
    found.sort(key=_FIRST)
    return found


def _unequal(olds: list[bytes], news: list[bytes]) -> Iterator[int]:
    """The places at which two lists of one length differ."""
    return compress(range(len(olds)), map(operator.ne, olds, news))
