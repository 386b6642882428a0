"""Keys of rows: which are there twice, and which rows they refer to.

Equality is that of logical values ("uniqueKeys" and "foreignKeys" of the Table Schema standard): in a column of whole
numbers `07` and `7` are one key. Rows whose key has a missing part are left out of every comparison, as in SQL.
"""

from __future__ import annotations

import operator
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeAlias

from ..package.model import ForeignKey, Schema
from ..package.reader import Record
from . import codes_row as codes
from .cells import UNTYPED, Column
from .findings import Rule
from .spill import Entries, Entry, Key

Columns: TypeAlias = Sequence[Sequence[str]]
"""The cells of a batch by column of the file."""

FEW = 20_000
"""Keys of a table that are handed to the readers of those that refer to it, so that a wrong name is found at once."""


class KeyReader:
    """Reads the key of some fields from the columns of a batch."""

    def __init__(self, fields: Sequence[str], columns: Mapping[str, Column], places: Mapping[str, int]) -> None:
        self.fields = tuple(fields)
        self.places = tuple(places[name] for name in fields)
        self._columns = tuple(columns[name] for name in fields)
        self.plain = all(column.plain for column in self._columns)

    def keys(self, columns: Columns) -> Sequence[Any]:
        """One key a row: None or a tuple with None in it (a part is missing), else the key itself."""
        parts = [column.typed_all(columns[place]) for column, place in zip(self._columns, self.places, strict=True)]
        return parts[0] if len(parts) == 1 else list(zip(*parts, strict=True))

    def texts(self, columns: Columns) -> Sequence[Any]:
        """The keys as they are written."""
        parts = [columns[place] for place in self.places]
        return parts[0] if len(parts) == 1 else list(zip(*parts, strict=True))

    def key(self, record: Record) -> Any:
        """The key of one row; None where the row is too short."""
        if max(self.places) >= len(record.cells):
            return None
        return self.keys([[cell] for cell in record.cells])[0]

    def text(self, record: Record) -> str:
        """The key as it is written, its parts joined with `/`."""
        return "/".join(record.cells[place] if place < len(record.cells) else "" for place in self.places)


def is_whole(key: Any) -> bool:
    """Whether no part of a key is missing or without a value.

    >>> is_whole("a"), is_whole(None), is_whole(("a", None)), is_whole(UNTYPED)
    (True, False, False, False)
    """
    if key is None or key == UNTYPED:
        return False
    return not isinstance(key, tuple) or not any(part is None or part == UNTYPED for part in key)


def says_nothing(key: Any) -> bool:
    """Whether all parts are missing, or one of them has no value, which is told elsewhere."""
    if key is None or key == UNTYPED:
        return True
    return isinstance(key, tuple) and (UNTYPED in key or all(part is None for part in key))


def rise(keys: Sequence[Any]) -> bool:
    """Whether each key is greater than the one before it, so that none stands twice."""
    try:
        return all(map(operator.lt, keys, islice(keys, 1, None)))
    except TypeError:  # a part is missing, or has no value
        return False


@dataclass(frozen=True, slots=True)
class KeyPlan:
    """What is asked of the keys of a table.

    Attributes
    ----------
    fields
        Of the key.
    rule
        What a row breaks whose key stands twice; None where it may.
    collect
        Whether the keys are handed over one by one. If not, they are only proven to rise from row to row.
    """

    fields: tuple[str, ...]
    rule: Rule | None
    collect: bool


@dataclass(frozen=True, slots=True)
class ReferencePlan:
    """A foreign key. `known` are all keys that it may name, where they are few and known already."""

    fields: tuple[str, ...]
    target: str
    target_fields: tuple[str, ...]
    own: bool
    known: frozenset[Key] | None


class KeyIndex:
    """A key of a table, and what its batches said of it.

    Attributes
    ----------
    wanted
        Whether a table refers to it.
    complete
        Whether every row was seen; where one was not, nothing can be said to be missing.
    entries
        The keys themselves, where they were collected.
    """

    def __init__(self, fields: Sequence[str], rule: Rule | None) -> None:
        self.fields = tuple(fields)
        self.rule = rule
        self.complete = False
        self.wanted = False
        self.entries = Entries()

    def plan(self, *, collect: bool) -> KeyPlan:
        """What is asked of each batch."""
        return KeyPlan(self.fields, self.rule, collect)

    def few(self) -> frozenset[Key] | None:
        """All keys, where every row was seen and they are few; else None."""
        if not self.complete or len(self.entries) > FEW:
            return None
        return frozenset(key for part in self.entries.parts() for key, _line in part)


def whole_entries(keys: Sequence[Any], lines: Sequence[int]) -> list[Entry]:
    """The keys that are whole, with their lines."""
    return [(key, line) for key, line in zip(keys, lines, strict=True) if is_whole(key)]


def key_rules(schema: Schema) -> Iterator[tuple[tuple[str, ...], Rule]]:
    """The keys that no two rows of a table may share, with the rule that they would break."""
    if has_fields(schema, schema.primary_key):
        yield schema.primary_key, codes.KEY_TWICE
    for field in schema.fields:
        if field.constraints.unique:
            yield (field.name,), codes.NOT_UNIQUE
    for key in schema.unique_keys:
        if has_fields(schema, key):
            yield key, codes.UNIQUE_KEY_TWICE


def has_fields(schema: Schema, fields: tuple[str, ...]) -> bool:
    """Whether there are any, and all are of the schema."""
    return bool(fields) and set(fields) <= set(schema.field_names)


class Reference:
    """A foreign key of a table, with the rows whose key has not been looked up yet."""

    def __init__(self, key: ForeignKey, target: KeyIndex, target_name: str) -> None:
        self.fields = key.fields
        self.target = target
        self.target_name = target_name
        self.own = key.resource is None
        self.pending = Entries()

    def plan(self) -> ReferencePlan:
        """What is asked of each batch."""
        return ReferencePlan(self.fields, self.target_name, self.target.fields, self.own, self.target.few())
