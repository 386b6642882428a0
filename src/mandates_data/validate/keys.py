"""Keys of rows: which were seen, which are there twice, and which rows they refer to.

Equality is that of logical values ("uniqueKeys" and "foreignKeys" of the Table Schema standard): in a column of whole
numbers `07` and `7` are one key. Rows whose key has a missing part are left out of every comparison, as in SQL.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..package.model import ForeignKey, Resource
from ..package.reader import Record
from . import codes_row as codes
from . import wording
from .cells import UNTYPED, Column
from .findings import Finding, Rule, quoted

Key = Any
"""A typed value for a key of one field, a tuple of them for more."""

Columns = Sequence[Sequence[str]]
"""The cells of a batch by column of the file."""

Place = Callable[..., Finding]
"""Words a finding at the cell of a field in a record: see `rows.RowChecker.at`."""


class KeyReader:
    """Reads the key of some fields from the columns of a batch."""

    def __init__(self, fields: Sequence[str], columns: Mapping[str, Column], places: Mapping[str, int]) -> None:
        self.fields = tuple(fields)
        self.places = tuple(places[name] for name in fields)
        self._columns = tuple(columns[name] for name in fields)

    def keys(self, columns: Columns) -> list[Key]:
        """One key a row: None (all parts missing), a tuple with None in it (some), or the key itself."""
        parts = [self._part(column, columns[place]) for column, place in zip(self._columns, self.places, strict=True)]
        return list(parts[0]) if len(parts) == 1 else list(zip(*parts, strict=True))

    def key(self, record: Record) -> Key:
        """The key of one row; None where the row is too short."""
        if max(self.places) >= len(record.cells):
            return None
        return self.keys([[cell] for cell in record.cells])[0]

    def text(self, record: Record) -> str:
        """The key as it is written, its parts joined with `/`."""
        return "/".join(record.cells[place] if place < len(record.cells) else "" for place in self.places)

    @staticmethod
    def _part(column: Column, cells: Sequence[str]) -> Sequence[Any]:
        if column.plain:
            if column.missing.isdisjoint(cells):
                return cells
            return [None if cell in column.missing else cell for cell in cells]
        typed = {cell: column.typed(cell) for cell in set(cells)}
        return [typed[cell] for cell in cells]


def is_whole(key: Key) -> bool:
    """Whether no part of a key is missing or without a value.

    >>> is_whole("a"), is_whole(None), is_whole(("a", None))
    (True, False, False)
    """
    parts = key if isinstance(key, tuple) else (key,)
    return not any(part is None or part is UNTYPED for part in parts)


class KeyIndex:
    """The keys of a table, each with the line of the first row that has it.

    `complete` tells whether every row was seen; where one was not, nothing can be said to be missing.
    """

    def __init__(self, fields: Sequence[str], rule: Rule | None) -> None:
        self.fields = tuple(fields)
        self.rule = rule
        self.complete = False
        self.lines: dict[Key, int] = {}

    def add(self, keys: list[Key], records: Sequence[Record]) -> list[tuple[Record, int]]:
        """The rows of a batch whose key was seen before, each with the line that had it first."""
        fresh = set(keys)
        lines = self.lines
        if len(fresh) == len(keys) and self._all_whole(fresh) and lines.keys().isdisjoint(fresh):
            lines.update(zip(keys, [record.line for record in records], strict=True))
            return []
        twice = []
        for key, record in zip(keys, records, strict=True):
            if not is_whole(key):
                continue
            first = lines.setdefault(key, record.line)
            if first != record.line and self.rule is not None:
                twice.append((record, first))
        return twice

    def _all_whole(self, keys: set[Key]) -> bool:
        if len(self.fields) == 1:
            return None not in keys and UNTYPED not in keys
        return all(map(is_whole, keys))

    def note(self, key: Key, record: Record) -> None:
        """A row that is not judged, so that rows which refer to it are not blamed."""
        if is_whole(key):
            self.lines.setdefault(key, record.line)


@dataclass(frozen=True, slots=True)
class Pending:
    """A row whose reference has not been found yet."""

    key: Key
    record: Record


class Reference:
    """A foreign key, with the rows that it could not resolve while the other table was being read."""

    def __init__(self, key: ForeignKey, source: Resource, target: KeyIndex, target_name: str) -> None:
        self.fields = key.fields
        self._target = target
        self._named = source.name if key.resource is None else target_name
        self._own = key.resource is None
        self._reader: KeyReader | None = None
        self._place: Place | None = None
        self._pending: list[Pending] = []

    def start(self, reader: KeyReader, place: Place) -> None:
        """Begin with the table that refers; `place` words findings in it."""
        self._reader, self._place = reader, place

    def add(self, columns: Columns, records: Sequence[Record]) -> Iterator[Finding]:
        """Keep what is not resolved yet; yield what can be told at once."""
        assert self._reader is not None
        keys = self._reader.keys(columns)
        unknown = set(keys).difference(self._target.lines)
        unknown = {key for key in unknown if not _says_nothing(key)}
        if not unknown:
            return
        for key, record in zip(keys, records, strict=True):
            if key not in unknown:
                continue
            if is_whole(key):
                self._pending.append(Pending(key, record))
            else:
                yield self._half(key, record)

    def finish(self) -> Iterator[Finding]:
        """What is still unresolved once every table has been read."""
        if not self._target.complete:
            return
        for pending in self._pending:
            if pending.key not in self._target.lines:
                yield self._unknown(pending.record)

    def _half(self, key: Key, record: Record) -> Finding:
        assert self._reader is not None
        assert self._place is not None
        empty = [name for name, part in zip(self.fields, key, strict=True) if part is None]
        said = f"{', '.join(empty)} is empty, though another part of the reference ({', '.join(self.fields)}) is not."
        return self._place(codes.REFERENCE_HALF, record, empty[0], said, expected="all parts, or none")

    def _unknown(self, record: Record) -> Finding:
        assert self._reader is not None
        assert self._place is not None
        text = self._reader.text(record)
        where = "this table" if self._own else self._named
        said = f"{quoted(text)} names no row of {where} ({', '.join(self._target.fields)})."
        near = wording.nearest(text, [_as_text(key) for key in self._near()])
        mend = f"Did you mean {quoted(near)}?" if near else None
        expected = f"a key of {where}"
        return self._place(codes.REFERENCE_UNKNOWN, record, self.fields[0], said, expected=expected, mend=mend)

    def _near(self) -> list[Key]:
        return list(self._target.lines) if len(self._target.lines) <= 5000 else []


def _says_nothing(key: Key) -> bool:
    """Whether all parts are missing, or one of them has no value, which is told elsewhere."""
    parts = key if isinstance(key, tuple) else (key,)
    return UNTYPED in parts or all(part is None for part in parts)


def _as_text(key: Key) -> str:
    return "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
