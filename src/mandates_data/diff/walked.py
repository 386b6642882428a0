"""The rows of two canonical tables that differ, from their lines to their lines of JSON without a detour.

In a large changeset nearly all time goes into rows, and nearly all rows are plain: nothing in their lines has to be
escaped in JSON, and the cells that differ are texts. Those are joined from the bytes of the lines. All others become
`RowTuple` first, and a test holds that both ways give the same line.
"""

from __future__ import annotations

import csv
import operator
from collections.abc import Iterator, Sequence
from json.encoder import encode_basestring

from ..package.canonical_lines import Key as LineKey
from ..package.canonical_lines import NotCanonicalError
from ..package.proven_walk import Step
from .cells import RowComparer, kind_of
from .changeset import CellKind, Key, Kind
from .notation import Written, written

_ESCAPED = bytes(range(32)) + b"\\"
"""What JSON writes otherwise, but for quotes, which are looked for where they may stand."""
_CELL_KINDS: tuple[CellKind, ...] = ("changed", "filled", "cleared", "respelled")
_ADDED: Kind = "added"
_REMOVED: Kind = "removed"
Piece = tuple[int, bytes, bytes]
"""The place of a cell that differs in two lines, with what stands there on each side."""


class Lines:
    """Takes the steps of a walk to rows.

    Parameters
    ----------
    names
        The columns of both tables.
    comparer
        What tells the kinds of changes.
    """

    def __init__(self, names: Sequence[str], comparer: RowComparer) -> None:
        self._names = names
        self._comparer = comparer
        quoted = [encode_basestring(name) for name in names]
        self._members = [f'{name}: "'.encode() for name in quoted]
        self._cells: list[dict[CellKind, bytes]] = [
            {kind: f'{{"field": {name}, "kind": "{kind}", "old": "'.encode() for kind in _CELL_KINDS} for name in quoted
        ]
        self._missing = [comparer.missing_texts(name) for name in names]

    def rows(self, steps: Sequence[Step]) -> Iterator[Written]:
        """The rows of some steps.

        Raises
        ------
        NotCanonicalError
            A line is no row after all.
        """
        together = b"".join([line for step in steps for line in (step.old, step.new) if line])
        plain = len(together.translate(None, _ESCAPED)) == len(together)
        for step in steps:
            if step.old is None or step.new is None:
                yield self._whole(step, plain=plain)
                continue
            pieces = unequal(step.old, step.new)
            row = self._plain(step.key, pieces) if plain and pieces else None
            if row is None:
                row = self._changed(step.key, step.old, step.new, pieces)
            if row is not None:
                yield row

    def _plain(self, key: LineKey, pieces: list[Piece]) -> Written | None:
        """The changed row, where it is plain."""
        shown = _plain_key(key)
        if shown is None:
            return None
        if len(pieces) > 1:
            pieces.sort(key=lambda piece: self._names[piece[0]])
        kinds: list[tuple[str, CellKind]] = []
        parts = [b'{"kind": "changed", "key": ["', shown, b'"], "cells": [']
        for place, old, new in pieces:
            missing = self._missing[place]
            if missing is None:
                return None
            kind = kind_of(was_missing=old in missing[0], is_missing=new in missing[1])
            if kinds:
                parts.append(b", ")
            kinds.append((self._names[place], kind))
            parts += (self._cells[place][kind], old, b'", "new": "', new, b'"}')
        parts.append(b"]}")
        return "changed", (), kinds, {}, b"".join(parts)

    def _changed(self, key: LineKey, old: bytes, new: bytes, pieces: list[Piece] | None) -> Written | None:
        if pieces is None:
            cells = self._comparer.changes(parsed(old), parsed(new))
        else:
            cells = self._comparer.changes_at([(place, a.decode(), b.decode()) for place, a, b in pieces])
        return written(("changed", _texts(key), cells, {})) if cells else None

    def _whole(self, step: Step, *, plain: bool) -> Written:
        """The row that came or went."""
        kind, line = (_REMOVED, step.old) if step.new is None else (_ADDED, step.new)
        assert line is not None
        cells, shown, key = taken_apart(line), _plain_key(step.key), _texts(step.key)
        if cells is None or shown is None or not plain:
            return written((kind, key, (), dict(zip(self._names, parsed(line), strict=True))))
        members = b'", '.join(map(operator.add, self._members, cells))
        text = b"".join((f'{{"kind": "{kind}", "key": ["'.encode(), shown, b'"], "row": {', members, b'"}}'))
        texts = b"\n".join(cells).decode().split("\n")
        return kind, key, (), dict(zip(self._names, texts, strict=True)), text


def _plain_key(key: LineKey) -> bytes | None:
    """The parts of a key as they stand in JSON between the outer quotes; None where one of them has a quote."""
    if isinstance(key, bytes):
        return None if b'"' in key else key
    return None if any(b'"' in part for part in key) else b'", "'.join(key)


def _texts(key: LineKey) -> Key:
    return (key.decode(),) if isinstance(key, bytes) else tuple([part.decode() for part in key])


def parsed(line: bytes) -> list[str]:
    """The cells of any line."""
    try:
        return next(csv.reader((line.decode(),), strict=True))
    except (csv.Error, StopIteration, ValueError) as error:
        raise NotCanonicalError from error


def taken_apart(line: bytes) -> list[bytes] | None:
    """The cells of a line in which no two quotes stand for one; None where they may.

    >>> taken_apart(b'1,"a, b",,"c"'), taken_apart(b'"a ""b"" c",d')
    ([b'1', b'a, b', b'', b'c'], None)
    """
    pieces = line.split(b'"')
    if len(pieces) == 1:
        return line.split(b",")
    if b"" in pieces[2:-1:2]:
        return None
    cells = pieces[0].split(b",")
    for quoted, after in zip(pieces[1::2], pieces[2::2], strict=True):
        cells[-1] = quoted
        cells += after.split(b",")[1:]
    return cells


def unequal(old: bytes, new: bytes) -> list[Piece] | None:
    """The cells that differ in two lines, taken apart only where they do.

    None where the quotes of the two lines do not stand one for one, or two of them may stand for one.

    >>> unequal(b'1,x,"a, b",', b'1,y,"a, c",')
    [(1, b'x', b'y'), (2, b'a, b', b'a, c')]
    """
    olds, news = old.split(b'"'), new.split(b'"')
    if len(olds) != len(news) or b"" in olds[2:-1:2] or b"" in news[2:-1:2]:
        return None
    found: list[Piece] = []
    place = 0
    for number, (left, right) in enumerate(zip(olds, news, strict=True)):
        if number % 2:  # what stands in quotes is one cell
            if left != right:
                found.append((place, left, right))
        elif left == right:
            place += left.count(b",")
        else:
            lefts, rights = left.split(b","), right.split(b",")
            if len(lefts) != len(rights):
                return None
            pairs = enumerate(zip(lefts, rights, strict=True), place)
            found += [(number, *pair) for number, pair in pairs if pair[0] != pair[1]]
            place += len(lefts) - 1
    return found
