"""The lines of a canonical table: proof that each is one row, and their keys, a block of lines at a time."""

from __future__ import annotations

import csv
import operator
from collections.abc import Sequence
from itertools import repeat
from typing import TypeAlias

from .writer import format_row

Key: TypeAlias = bytes | tuple[bytes, ...]
"""A line's key in UTF-8, a tuple where it has several parts: in an order like that of the texts by code points."""
_BESIDE_QUOTES = frozenset(b",\n")
"""What stands outside before an opening quote and after a closing one."""
_FIRST, _LAST = operator.itemgetter(0), operator.itemgetter(-1)


class NotCanonicalError(Exception):
    """The table has to be read otherwise; no error of the user's."""


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

    def prove(self, block: bytes) -> list[bytes]:
        """The lines of a block without what stands in quotes, and without their ends, when each line is one row.

        Raises
        ------
        NotCanonicalError
            One of them may be none.
        """
        if b"\r" in block:
            raise NotCanonicalError
        pieces = block.split(b'"')
        outside = _without_quoted(pieces) if len(pieces) > 1 else block
        if not block.isascii():
            _prove_text(outside, pieces[1::2])
        lines = outside.split(b"\n")
        if lines.pop():
            raise NotCanonicalError  # the last one does not end
        if not set(map(bytes.count, lines, repeat(b","))) <= {self._commas} or (not self._commas and b"" in lines):
            raise NotCanonicalError
        return lines

    def keys(self, outside: list[bytes], block: bytes) -> list[Key]:
        """The keys of the lines of a block, and `outside`, what `prove` gave of it."""
        count = len(self._places)
        keys: list[Key] | None = None
        if self._leading and count == 1:
            firsts = list(map(_FIRST, map(bytes.partition, outside, repeat(b","))))
            keys = None if b'"' in b"".join(firsts) else [*firsts]
        elif self._leading:
            parts = [tuple(line.split(b",", count)[:count]) for line in outside]
            keys = None if any(b'"' in part for key in parts for part in key) else [*parts]
        return self._parsed_keys(block) if keys is None else keys

    def key(self, line: bytes) -> Key:
        """The key of one line."""
        if self._leading and len(self._places) == 1:
            key = line.partition(b",")[0].rstrip(b"\n")
            if b'"' not in key:
                return key
        (found,) = self._parsed_keys(line)
        return found

    def _parsed_keys(self, block: bytes) -> list[Key]:
        try:
            rows = list(csv.reader(block.decode().split("\n")[:-1], strict=True))
            if len(self._places) == 1:
                place = self._places[0]
                return [row[place].encode() for row in rows]
            return [tuple([row[place].encode() for place in self._places]) for row in rows]
        except (csv.Error, ValueError, IndexError) as error:
            raise NotCanonicalError from error


def _prove_text(outside: bytes, quoted: list[bytes]) -> None:
    """Decoding is what costs, so only what is not ASCII is decoded."""
    try:
        outside.isascii() or outside.decode()
        b'"'.join([piece for piece in quoted if not piece.isascii()]).decode()
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


def rising(keys: list[Key], last: Key | None) -> Key | None:
    """The last key, when they rise from `last` on. Raises `NotCanonicalError` when not."""
    if not keys:
        return last
    if last is not None and not last < keys[0]:  # type: ignore[operator]  # keys of one table are of one kind
        raise NotCanonicalError
    if not all(map(operator.lt, keys, keys[1:])):
        raise NotCanonicalError
    return keys[-1]
