"""What is named of the rows themselves while they pass by: cells of no value, keys that stand twice, line breaks."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Any

from ..package.model import Resource, Schema
from ..validate import codes_cell, codes_file, codes_row
from ..validate.cells import Column, Problem, compile_columns
from ..validate.findings import quoted
from .values import Left, Place

Columns = Sequence[Sequence[str]]

LIMIT = 20
"""Places of one kind in one column that are told one by one; the others are counted."""

_TYPES = frozenset(rule.code for rule in codes_cell.BY_TYPE.values())
_LEFT_BY_PROGRAMS = "MD23"
"""How the codes begin of rules on what programs leave in cells: see `explain`."""


class Watch:
    """Looks at rows, whose columns stand in the order of `schema`, and gathers what has to be named.

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
        self._schema = schema
        self._keyed = bool(schema.primary_key)
        self._promised = promised
        self._last: Any = None
        self._kept: list[Left] = []
        self._seen: Counter[tuple[str, str | None]] = Counter()

    def add(
        self,
        lines: Sequence[int],
        columns: Columns,
        known: Sequence[Sequence[str | None] | None] | None = None,
    ) -> None:
        """Look at the next rows, in the order of their keys: the lines that they begin on, and their cells by column.

        `known` holds the base's cells of each row, None for a new one: what stands there is not named again.
        """
        if not lines:
            return
        for column, place in self._columns:
            doubtful = column.unproven(columns[place])
            if doubtful:
                self._cells(lines, columns, known, column, place, set(doubtful))
        if self._keyed:
            self._keys(lines, columns)
        if any("\n" in cell for cells in columns for cell in cells):
            for number, line in enumerate(lines):
                if any("\n" in cells[number] for cells in columns):
                    self._break(line, columns, number)

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
        lines: Sequence[int],
        columns: Columns,
        known: Sequence[Sequence[str | None] | None] | None,
        column: Column,
        place: int,
        doubtful: set[str],
    ) -> None:
        for number, cell in enumerate(columns[place]):
            base = known[number] if known is not None else None
            if cell not in doubtful or (base is not None and base[place] == cell):
                continue
            for problem in column.problems(cell):
                if problem.rule.code in _TYPES or (problem.rule.code[:4] == _LEFT_BY_PROGRAMS and _is_error(problem)):
                    kind = "not-a-value" if problem.rule.code in _TYPES else "left-by-a-program"
                    left = Left(kind, problem.message, problem.mend, problem.rule.code, seen=cell)
                    self._tell(left, lines[number], columns, number, place)

    def _keys(self, lines: Sequence[int], columns: Columns) -> None:
        keys = keys_of(self._schema, columns)
        for number, (before, key) in enumerate(zip(chain([self._last], keys), keys, strict=False)):
            if before == key:
                rule = codes_row.KEY_TWICE
                said = f"Two rows have the key {quoted(_text(key))}."
                self._tell(Left("duplicate-key", said, rule.mend, rule.code), lines[number], columns, number, None)
        self._last = keys[-1]

    def _break(self, line: int, columns: Columns, number: int) -> None:
        rule = codes_file.LINE_BREAK_IN_CELL
        said = "A cell of the row that begins here goes over more than one line."
        left = Left("line-break-in-cell", said, rule.mend, rule.code, counts=self._promised)
        self._tell(left, line, columns, number, None)

    def _tell(self, left: Left, line: int, columns: Columns, number: int, place: int | None) -> None:
        field = None if place is None else self._schema.field_names[place]
        self._seen[left.kind, field] += 1
        if self._seen[left.kind, field] <= LIMIT:
            key = None
            if self._keyed:
                key = _text(keys_of(self._schema, [cells[number : number + 1] for cells in columns])[0])
            column = None if place is None else place + 1
            self._kept.append(dataclasses.replace(left, place=Place(line, column, field, key)))


def keys_of(schema: Schema, columns: Columns) -> Sequence[Any]:
    """By what the rows are sorted: their key, or all their cells. One a row: a text, or a tuple of several."""
    names = schema.primary_key or schema.field_names
    parts = [columns[schema.field_names.index(name)] for name in names]
    return parts[0] if len(parts) == 1 else list(zip(*parts, strict=True))


def _text(key: Any) -> str:
    return key if isinstance(key, str) else "/".join(key)


def _is_error(problem: Problem) -> bool:
    return problem.rule.severity == "error"
