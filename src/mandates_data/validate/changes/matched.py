"""A table beside the same table in the base revision: which columns and keys the two have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ...package.model import Field, Resource
from ...package.reader import Record
from ..findings import Finding, Rule
from .ledgers import Cells


@dataclass(frozen=True, slots=True)
class Both:
    """A field of both sides: its two definitions, its place in a base row and in the file, whether it is of the key."""

    before: Field
    field: Field
    here: int
    place: int
    in_key: bool


class MatchedTable:
    """The columns of a table by which its rows are held against the base.

    Parameters
    ----------
    base, resource
        The table in the base revision, and the table now.
    places
        Where each field's column is in the file.

    Attributes
    ----------
    key
        The fields by which rows are matched: the primary key of the base. Empty where it has none, and where the
        schema or the file lacks a part of it.
    both
        The fields whose cells can be compared. One whose type was changed is left out: that is a change of the schema,
        and none of each cell.
    """

    def __init__(self, base: Resource, resource: Resource, places: Mapping[str, int]) -> None:
        self.base, self.resource, self._places = base, resource, places
        names = base.schema.field_names
        there = set(names) & set(resource.schema.field_names) & places.keys()
        self.key = base.schema.primary_key if set(base.schema.primary_key) <= there else ()
        self.both = tuple(
            Both(old, resource.schema.field(old.name), here, places[old.name], old.name in self.key)
            for here, old in enumerate(base.schema.fields)
            if old.name in there and _same_kind(old, resource.schema.field(old.name))
        )
        self._here = tuple(names.index(name) for name in self.key)
        self._there = tuple(places[name] for name in self.key)

    def aligned(self, width: int) -> bool:
        """Whether rows of so many cells are equal exactly when they are as lists."""
        names, places = self.base.schema.field_names, self._places
        return width == len(names) and all(places.get(name) == place for place, name in enumerate(names))

    def old_key(self, cells: Cells) -> tuple[str, ...]:
        """The key of a base row."""
        return tuple([cells[place] for place in self._here])

    def new_key(self, record: Record) -> tuple[str, ...] | None:
        """The key by which a row of the file is looked for; None where it has none, or is too short for one."""
        if not self._there or max(self._there) >= len(record.cells):
            return None
        key = tuple([record.cells[place] for place in self._there])
        return key if any(key) else None

    def old_id(self, cells: Cells) -> str:
        """The key of a base row as one text, as ledgers and findings name a row."""
        return "/".join(self.old_key(cells))

    def new_id(self, record: Record) -> str:
        """The key of a row of the file as one text."""
        return "/".join(self.new_key(record) or ())

    def old_rest(self, cells: Cells) -> tuple[str, ...]:
        """What a base row says beside its key."""
        return tuple([cells[both.here] for both in self.both if not both.in_key])

    def new_rest(self, record: Record) -> tuple[str, ...]:
        """What a row of the file says beside its key, as far as it can be compared."""
        return tuple([record.cells[both.place] for both in self.both if not both.in_key])

    def differing(self, old: Cells, new: Record) -> list[Both]:
        """The fields in which two rows differ."""
        cells = new.cells
        return [both for both in self.both if old[both.here] != cells[both.place]]

    def at(self, rule: Rule, record: Record, field: str, message: str, **more: Any) -> Finding:
        """A finding at a cell of the file."""
        place = self._places[field]
        before = "".join(record.cells[:place])
        breaks = before.count("\n") + before.count("\r") - before.count("\r\n")
        where = {"line": record.line + breaks, "column": place + 1, "field": field, "seen": record.cells[place]}
        return self.on_table(rule, message, **(where | {"row_key": self.new_id(record) or None} | more))

    def on_table(self, rule: Rule, message: str, **more: Any) -> Finding:
        """A finding on the table, or on a row that is in the base alone."""
        place = {"resource": self.resource.name, "path": self.resource.path, "mend": rule.mend}
        return rule.finding(message, **(place | more))


def _same_kind(old: Field, new: Field) -> bool:
    return (old.type, old.format, old.decimal_char) == (new.type, new.format, new.decimal_char)
