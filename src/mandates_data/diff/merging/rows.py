"""The rows of one table merged by key and cell, and the columns that they are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from ..changeset import Key
from ..content import Row
from .conflicts import Conflict, TellConflict

Cells = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Rows:
    """One side's columns, and its rows with their cells in that order."""

    columns: Key = ()
    rows: Sequence[Row] = field(default=(), repr=False)

    def content(self) -> tuple[frozenset[str], Counter[Row]]:
        """The rows, whatever their order and that of the columns."""
        places = [self.columns.index(name) for name in sorted(self.columns)]
        return frozenset(self.columns), Counter(tuple([row[place] for place in places]) for row in self.rows)

    def arranged(self, columns: Key) -> tuple[Row, ...]:
        """The rows with their cells in another order of the same columns."""
        places = [self.columns.index(name) for name in columns]
        return tuple(tuple([row[place] for place in places]) for row in self.rows)


class Keyed:
    """The rows of three sides by their key, which tells the rows of each side apart."""

    def __init__(self, table: str, key: Key, sides: Sequence[Rows]) -> None:
        self._table = table
        self._key = key
        self._sides = sides
        self._rows = tuple(_by_key(side, key) for side in self._sides)

    @property
    def are_apart(self) -> bool:
        """Whether the key does tell the rows of each side apart."""
        return all(len(rows) == len(side.rows) for rows, side in zip(self._rows, self._sides, strict=True))

    def lost_cells(self, column: str) -> list[Conflict]:
        """What one side changed in a column that the other removed. Rows that are gone are another matter."""
        base, ours, theirs = self._sides
        removed_by_us = column not in ours.columns
        olds = self._rows[0]
        kept, other = (self._rows[2], self._rows[1]) if removed_by_us else (self._rows[1], self._rows[2])
        place = (theirs if removed_by_us else ours).columns.index(column)
        old_place = base.columns.index(column)
        found = []
        for key, row in kept.items():
            old = olds.get(key)
            before = None if old is None else old[old_place]
            if row[place] != (before or "") and (old is None or key in other):
                values = (None, row[place]) if removed_by_us else (row[place], None)
                found.append(Conflict("column_removed", self._table, key, column, "", before, *values))
        return found

    def merged(self, columns: Key, tell: TellConflict) -> list[Row]:
        """The rows with these columns, in no order."""
        return list(self._merged(columns, tell))

    def _merged(self, columns: Key, tell: TellConflict) -> Iterator[Row]:
        olds, lefts, rights = self._rows
        alike = all(side.columns == columns for side in self._sides)
        for key in dict.fromkeys((*olds, *lefts, *rights)):
            old, left, right = olds.get(key), lefts.get(key), rights.get(key)
            if alike and (left in (right, old)):
                chosen = right
            elif alike and old == right:
                chosen = left
            else:
                chosen = self._row(key, columns, tell)
            if chosen is not None:
                yield chosen

    def _row(self, key: Key, columns: Key, tell: TellConflict) -> Row | None:
        old, left, right = (
            None if row is None else dict(zip(side.columns, row, strict=True))
            for side, row in zip(self._sides, (rows.get(key) for rows in self._rows), strict=True)
        )
        if left is not None and right is not None:
            return tuple([self._cell(key, name, (old, left, right), tell) for name in columns])
        kept = left if right is None else right
        if kept is None:
            return None
        if old is not None:
            if all(kept[name] == cell for name, cell in old.items() if name in kept):
                return None
            tell(Conflict("row_removed", self._table, key, base=old, ours=left, theirs=right))
            if left is None:
                return None
        return tuple([kept.get(name, "") for name in columns])

    def _cell(self, key: Key, name: str, row: tuple[Cells | None, Cells, Cells], tell: TellConflict) -> str:
        """A cell of a row that both sides have."""
        old = None if row[0] is None else row[0].get(name)
        left, right = row[1].get(name), row[2].get(name)
        if left is None or right is None:  # one side's column
            return left or right or ""
        if right in (left, old):
            return left
        if old == left:
            return right
        kind = "row_added" if row[0] is None else "column_added" if old is None else "cell"
        tell(Conflict(kind, self._table, key, name, "", old, left, right))  # type: ignore[arg-type]
        return left


def _by_key(side: Rows, key: Key) -> dict[Key, Row]:
    places = [side.columns.index(name) for name in key]
    if len(places) == 1:
        place = places[0]
        return {(row[place],): row for row in side.rows}
    return {tuple([row[place] for place in places]): row for row in side.rows}


def merged_without_key(table: str, sides: Sequence[Rows], tell: TellConflict) -> Rows:
    """The rows of a table without a key, each told by all its cells and counted.

    A row that both sides took away may be one that both changed: then, if they did not add the same rows, nothing tells
    which belong together, and the table stays as in ours. So it does where both changed it and one has other columns.
    """
    base, ours, theirs = sides
    old, left, right = (side.content() for side in sides)
    if right in (left, old):
        return ours
    if old == left:
        return theirs
    doubtful: list[Row] = []
    if old[0] == left[0] == right[0]:
        rows = dict.fromkeys((*old[1], *left[1], *right[1]))
        changes = {row: (left[1][row] - old[1][row], right[1][row] - old[1][row]) for row in rows}
        doubtful = _doubtful(changes)
        if not doubtful:
            counts = {row: old[1][row] + (we or they) for row, (we, they) in changes.items()}
            merged = Rows(tuple(sorted(old[0])), [row for row, count in counts.items() for _ in range(count)])
            return Rows(ours.columns, merged.arranged(ours.columns))
    listed = _listed(base, doubtful), _listed(ours, left[1] - old[1]), _listed(theirs, right[1] - old[1])
    tell(Conflict("rows_without_key", table, (), "", "", *listed))
    return ours


def _doubtful(changes: Mapping[Row, tuple[int, int]]) -> list[Row]:
    """The rows of which it is not known what was meant, from how many came or went on each side."""
    differ = any(max(we, 0) != max(they, 0) for we, they in changes.values())
    return [row for row, (we, they) in changes.items() if we and they and (we != they or (we < 0 and differ))]


def _listed(side: Rows, rows: Counter[Row] | Sequence[Row]) -> list[dict[str, str]]:
    names = sorted(side.columns)
    listed = rows.elements() if isinstance(rows, Counter) else rows
    return [dict(zip(names, row, strict=True)) for row in sorted(listed)]
