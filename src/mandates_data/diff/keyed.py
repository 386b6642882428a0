"""Tables in any form, compared by key, or by whole rows where there is none.

One of the two tables and the changes are held in memory, both tables where they have no key in common.
"""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterable, Sequence

from .cells import Row, RowComparer
from .changeset import RowChange, in_row_order
from .tables import Table, refuse

Key = tuple[str, ...]


class KeyTwiceError(Exception):
    """A key that is not the table's own does not tell its rows apart."""


def compare_by_key(
    old: Table | None, new: Table | None, key: Sequence[str], comparer: RowComparer
) -> tuple[RowChange, ...]:
    """The rows that differ, in the order of their keys. A side that is None is an empty table.

    Raises
    ------
    TableError
        A primary key stands twice in its table.
    KeyTwiceError
        The fields of `key` are not the table's primary key, and do not tell its rows apart.
    """
    left = {} if old is None else read_by_key(old, key)
    found = []
    if new is not None:
        for of_key, cells in read_by_key(new, key).items():
            before = left.pop(of_key, None)
            change = _added(new, of_key, cells) if before is None else comparer.row(of_key, before, cells)
            if change is not None:
                found.append(change)
    if old is not None:
        found += [RowChange("removed", of_key, row=_row(old, cells)) for of_key, cells in left.items()]
    return in_row_order(found)


def read_by_key(table: Table, key: Sequence[str]) -> dict[Key, list[str]]:
    """All rows by the cells of their key. Raises as `compare_by_key`."""
    of_key = key_function(table, key)
    rows: dict[Key, list[str]] = {}
    for line, cells in table.rows():
        value = of_key(cells)
        if value in rows:
            if tuple(key) != table.key:
                raise KeyTwiceError
            refuse_twice(table, line, value)
        rows[value] = cells
    return rows


def check_key(table: Table) -> None:
    """Refuse the table where its primary key stands twice."""
    of_key = key_function(table, table.key)
    seen: set[Key] = set()
    for line, cells in table.rows():
        value = of_key(cells)
        if value in seen:
            refuse_twice(table, line, value)
        seen.add(value)


def refuse_twice(table: Table, line: int, value: Key) -> None:
    """Say which key stands twice."""
    shown = ", ".join(f"{name} {text!r}" for name, text in zip(table.key, value, strict=True))
    refuse(table.package, table.resource, line, f"the key {shown} stands on an earlier line too")


def key_function(table: Table, key: Sequence[str]) -> Callable[[Row], Key]:
    """A function from a row to the cells of its key."""
    places = [table.names.index(name) for name in key]
    if len(places) == 1:
        place = places[0]
        return lambda row: (row[place],)
    return operator.itemgetter(*places)


def compare_whole_rows(old: Table | None, new: Table | None) -> tuple[RowChange, ...]:
    """Rows added and removed, in tables without a key: a row that stands more than once counts each time.

    Rows are compared by the columns of both sides; a column that a side lacks is empty there.
    """
    names = sorted({name for table in (old, new) if table is not None for name in table.names})
    left, right = _count(old, names), _count(new, names)
    removed = _rows(old, "removed", (left - right).elements(), names)
    added = _rows(new, "added", (right - left).elements(), names)
    return in_row_order([*removed, *added])


def _count(table: Table | None, names: Sequence[str]) -> Counter[Key]:
    if table is None:
        return Counter()
    at = {name: place for place, name in enumerate(table.names)}
    places = [at.get(name) for name in names]
    return Counter(tuple("" if p is None else cells[p] for p in places) for _, cells in table.rows())


def _rows(table: Table | None, kind: str, rows: Iterable[Key], names: Sequence[str]) -> list[RowChange]:
    if table is None:
        return []
    at = {name: place for place, name in enumerate(names)}
    changes = []
    for cells in rows:
        row = {name: cells[at[name]] for name in table.names}
        changes.append(RowChange("added" if kind == "added" else "removed", (), row=row))
    return changes


def _added(table: Table, key: Key, cells: Sequence[str]) -> RowChange:
    return RowChange("added", key, row=_row(table, cells))


def _row(table: Table, cells: Sequence[str]) -> dict[str, str]:
    return dict(zip(table.names, cells, strict=True))
