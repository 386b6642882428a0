"""Tables in any form, compared by key, or by whole rows where there is none, in bounded memory."""

from __future__ import annotations

import operator
from collections.abc import Callable, Iterator, Sequence

from .cells import RowComparer
from .changeset import Key, RowTuple
from .sorting import Keyed, SortedRows
from .tables import Table, refuse


class KeyTwiceError(Exception):
    """A key that is not the table's own does not tell its rows apart."""


def compare_by_key(
    old: Table | None, new: Table | None, key: Sequence[str], comparer: RowComparer
) -> Iterator[RowTuple]:
    """The rows that differ, in the order of their keys. A side that is None is an empty table.

    Raises
    ------
    TableError
        A primary key stands twice in its table.
    KeyTwiceError
        The fields of `key` are not the table's primary key, and do not tell its rows apart.
    """
    with _sorted(old, key) as olds, _sorted(new, key) as news:
        for left, right in _pairs(_once(old, key, olds), _once(new, key, news)):
            if left is None and right is not None and new is not None:
                yield "added", right[0], (), _row(new, right[2])
            elif right is None and left is not None and old is not None:
                yield "removed", left[0], (), _row(old, left[2])
            elif left is not None and right is not None:
                cells = comparer.changes(left[2], right[2])
                if cells:
                    yield "changed", left[0], cells, {}


def _sorted(table: Table | None, key: Sequence[str]) -> SortedRows:
    if table is None:
        return SortedRows((), tuple)
    return SortedRows(table.rows(), key_function(table, key))


def _once(table: Table | None, key: Sequence[str], rows: SortedRows) -> Iterator[Keyed]:
    """The rows, while no key stands twice."""
    last: Key | None = None
    for row in rows:
        if row[0] == last:
            assert table is not None
            if tuple(key) != table.key:
                raise KeyTwiceError
            refuse_twice(table, row[1], row[0])
        last = row[0]
        yield row


def _pairs(olds: Iterator[Keyed], news: Iterator[Keyed]) -> Iterator[tuple[Keyed | None, Keyed | None]]:
    """Rows with one key side by side, None where a side has none."""
    old, new = next(olds, None), next(news, None)
    while old is not None or new is not None:
        if new is None or (old is not None and old[0] < new[0]):
            yield old, None
            old = next(olds, None)
        elif old is None or new[0] < old[0]:
            yield None, new
            new = next(news, None)
        else:
            yield old, new
            old, new = next(olds, None), next(news, None)


def check_key(table: Table) -> None:
    """Refuse the table where its primary key stands twice."""
    with _sorted(table, table.key) as rows:
        for _ in _once(table, table.key, rows):
            pass


def refuse_twice(table: Table, line: int, value: Key) -> None:
    """Say which key stands twice."""
    shown = ", ".join(f"{name} {text!r}" for name, text in zip(table.key, value, strict=True))
    refuse(table.package, table.resource, line, f"the key {shown} stands on an earlier line too")


def key_function(table: Table, key: Sequence[str]) -> Callable[[list[str]], Key]:
    """A function from a row to the cells of its key."""
    places = [table.names.index(name) for name in key]
    if len(places) == 1:
        place = places[0]
        return lambda row: (row[place],)
    return operator.itemgetter(*places)


def compare_whole_rows(old: Table | None, new: Table | None) -> Iterator[RowTuple]:
    """Rows added and removed, in tables without a key: a row that stands more than once counts each time.

    Rows are compared by the columns of both sides; a column that a side lacks is empty there.
    """
    names = sorted({name for table in (old, new) if table is not None for name in table.names})
    with _sorted_whole(old, names) as olds, _sorted_whole(new, names) as news:
        for left, right in _pairs(_counted(olds), _counted(news)):
            surplus = (left[1] if left else 0) - (right[1] if right else 0)
            for _ in range(surplus):
                assert left is not None
                assert old is not None
                yield "removed", (), (), _row(old, left[2])
            for _ in range(-surplus):
                assert right is not None
                assert new is not None
                yield "added", (), (), _row(new, right[2])


def _sorted_whole(table: Table | None, names: Sequence[str]) -> SortedRows:
    if table is None:
        return SortedRows((), tuple)
    at = {name: place for place, name in enumerate(table.names)}
    places = [at.get(name) for name in names]
    return SortedRows(table.rows(), lambda cells: tuple(["" if p is None else cells[p] for p in places]))


def _counted(rows: SortedRows) -> Iterator[Keyed]:
    """Each row once, with how often it stands in place of its line."""
    last: Keyed | None = None
    count = 0
    for row in rows:
        if last is not None and row[0] != last[0]:
            yield last[0], count, last[2]
            count = 0
        last = row
        count += 1
    if last is not None:
        yield last[0], count, last[2]


def _row(table: Table, cells: Sequence[str]) -> dict[str, str]:
    return dict(zip(table.names, cells, strict=True))
