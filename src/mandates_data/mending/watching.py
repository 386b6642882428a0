"""What is named of the rows themselves while they pass by: cells of no value, keys that stand twice, line breaks."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence

from ..package.model import Resource, Schema
from ..package.reader import Record
from ..package.writer import key_of
from ..validate import codes_cell, codes_file, codes_row
from ..validate.cells import Column, Problem, compile_columns
from ..validate.damage import suspected
from ..validate.findings import quoted
from .values import Left, Place

LIMIT = 20
"""Places of one kind in one column that are told one by one; the others are counted."""

_TYPES = frozenset(rule.code for rule in codes_cell.BY_TYPE.values())


class Watch:
    """Looks at rows, each with its cells in the order of `schema`, and gathers what has to be named.

    Parameters
    ----------
    resource, schema
        The table, and the columns that its file has.
    promised
        Whether the package promises canonical form, to which a line break in a cell is contrary.
    """

    def __init__(self, resource: Resource, schema: Schema, *, promised: bool) -> None:
        columns = compile_columns(resource.schema, codes_row.KEY_MISSING)
        self._columns = [(columns[name], place) for place, name in enumerate(schema.field_names) if name in columns]
        self._names = schema.field_names
        self._keyed = bool(schema.primary_key)
        self._key = key_of(schema)
        self._promised = promised
        self._last: tuple[str, ...] | None = None
        self._kept: list[Left] = []
        self._seen: Counter[tuple[str, str | None]] = Counter()

    def add(self, records: Sequence[Record], known: Sequence[Sequence[str | None] | None] | None = None) -> None:
        """Look at the next rows, in the order of their keys.

        `known` holds the base's cells of each row, None for a new one: what stands there is not named again.
        """
        if not records:
            return
        for column, place in self._columns:
            doubtful = column.unproven([record.cells[place] for record in records])
            if doubtful:
                self._cells(records, known, column, place, set(doubtful))
        if self._keyed:
            for record in records:
                self._keys(record)
        for record in records:
            if any("\n" in cell for cell in record.cells):
                self._break(record)

    def left(self) -> Iterator[Left]:
        """All that was gathered, then how many more of each kind there are."""
        yield from self._kept
        for (kind, field), count in self._seen.items():
            if count > LIMIT:
                said = f"And {count - LIMIT:,} more of the same kind, which are not listed."
                first = next(one for one in self._kept if (one.kind, one.place.field) == (kind, field))
                place = Place(field=field)
                yield dataclasses.replace(first, message=said, mend="", place=place, seen=None, count=count - LIMIT)

    def _cells(
        self,
        records: Sequence[Record],
        known: Sequence[Sequence[str | None] | None] | None,
        column: Column,
        place: int,
        doubtful: set[str],
    ) -> None:
        for number, record in enumerate(records):
            cell = record.cells[place]
            base = known[number] if known is not None else None
            if cell not in doubtful or (base is not None and base[place] == cell):
                continue
            damage = suspected(cell, column.field)
            problem = next((one for one in column.problems(cell) if one.rule.code in _TYPES), None)
            if damage is None and problem is None:
                continue
            self._tell(_of_cell(cell, problem, damage.words if damage else ""), record, place)

    def _keys(self, record: Record) -> None:
        key = tuple(self._key(record.cells))
        if self._last == key:
            said = f"Two rows have the key {quoted('/'.join(key))}."
            rule = codes_row.KEY_TWICE
            self._tell(Left("duplicate-key", said, rule.mend, rule.code), record, None)
        self._last = key

    def _break(self, record: Record) -> None:
        rule = codes_file.LINE_BREAK_IN_CELL
        said = "A cell of the row that begins here goes over more than one line."
        self._tell(Left("line-break-in-cell", said, rule.mend, rule.code, counts=self._promised), record, None)

    def _tell(self, left: Left, record: Record, place: int | None) -> None:
        field = None if place is None else self._names[place]
        self._seen[left.kind, field] += 1
        if self._seen[left.kind, field] <= LIMIT:
            key = "/".join(self._key(record.cells)) if self._keyed else None
            column = None if place is None else place + 1
            self._kept.append(dataclasses.replace(left, place=Place(record.line, column, field, key)))


def _of_cell(cell: str, problem: Problem | None, damage: str) -> Left:
    """A cell that a program has probably changed, or that is no value of its type; the base could settle the first."""
    if problem is not None and not damage:
        return Left("not-a-value", problem.message, problem.mend, problem.rule.code, seen=cell)
    said = f"{quoted(cell)} {damage}."
    mend = problem.mend if problem is not None else "Write what stood there, or have the base say it (--against REV)."
    code = problem.rule.code if problem is not None else None
    return Left("suspected-damage", said, mend, code, seen=cell)
