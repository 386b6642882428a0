"""Two packages compared to the end; the rows that differ are then given as often as asked for."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator, Mapping

from ..errors import TableError, UnknownNameError
from ..package.canonical_lines import NotCanonicalError
from ..package.model import Package, Schema
from . import canonical, keyed
from .cells import RowComparer
from .changeset import Changeset, Comparison, Key, TableComparison
from .describe import describe_package, describe_table, described_change, package_changes
from .documents import same_text
from .notation import Written, description_json, written
from .spool import Declared, RowSpool
from .tables import Table, open_table

_NO_SCHEMA = Schema(())


def diff(old: Package, new: Package, tables: Collection[str] = ()) -> Changeset:
    """All that differs between two packages, in memory. See `compare`."""
    return compare(old, new, tables).changeset()


def compare(
    old: Package,
    new: Package,
    tables: Collection[str] = (),
    *,
    keys: Mapping[str, Key] | None = None,
    retired: Mapping[str, Declared] | None = None,
    processes: int = 1,
) -> Comparison:
    """The comparison of two packages, or of some of their tables and nothing else.

    Rows are matched by the text of their primary key, in tables without one as whole rows. Where the two sides have
    different keys, the first of these that tells the rows of both apart is taken: the longer one, then the one whose
    names come first; if neither does, whole rows are compared.

    Canonical tables with the same columns are walked once; any other is sorted by its key in temporary files. Either
    way memory does not grow with the tables.

    Parameters
    ----------
    old, new, tables
        The packages, and the tables to compare; all of them where that is empty.
    keys
        By table, the fields to match its rows by in place of its primary key.
    retired
        By table, the retired identifiers and what replaced them (`retired_identifiers`).
    processes
        How many may work at once; large tables are split over them (`processes.available`).

    Raises
    ------
    TableError
        A table cannot be read beyond doubt, or a key stands twice in it.
    PackageError
        A file is missing.
    UnknownNameError
        One of `tables` or `keys` is in neither package.
    """
    names = sorted(set(old.resource_names) | set(new.resource_names))
    for name in (*tables, *(keys or ())):
        if name not in names:
            raise UnknownNameError(f"There is no table {name!r} on either side.", f"Tables: {', '.join(names)}.")
    wanted = [name for name in names if not tables or name in tables]
    sides = [describe_package(package, whole=not tables) for package in (old, new)]
    compared = [
        _table(old, new, name, (keys or {}).get(name), (retired or {}).get(name, ()), processes) for name in wanted
    ]
    return Comparison(
        old=sides[0],
        new=sides[1],
        metadata=package_changes(*sides),
        tables=tuple(table for table in compared if table.differs or not _is_same(table)),
    )


def _is_same(table: TableComparison) -> bool:
    """Whether both sides describe the table alike, down to the order in which they write it."""
    old, new = table.change.old, table.change.new
    assert old is not None
    assert new is not None
    return same_text(description_json(old), description_json(new))


def _table(
    old: Package, new: Package, name: str, key: Key | None, declared: Declared, processes: int
) -> TableComparison:
    before, after = _open(old, name), _open(new, name)
    olds, news = (None if table is None else describe_table(table.resource, table.names) for table in (before, after))
    matched, spool = _rows(before, after, key, declared, processes)
    return spool.compared(described_change(name, matched, olds, news))


def _open(package: Package, name: str) -> Table | None:
    return open_table(package, package.resource(name)) if name in package.resource_names else None


def _rows(
    old: Table | None, new: Table | None, wanted: Key | None, declared: Declared, processes: int
) -> tuple[Key, RowSpool]:
    """The fields that the rows are matched by, and the rows that differ."""
    left, right = old or new, new or old
    assert left is not None
    assert right is not None
    comparer = _comparer(old, new)
    for key in _keys(left, right) if wanted is None else [_checked(wanted, left, right)]:
        if canonical.may_be_walked(left, right, key):
            try:
                return key, _walked(old, new, key, declared, comparer, processes)
            except NotCanonicalError:
                pass
        try:
            return key, _filled(
                key, _columns(old, new), declared, map(written, keyed.compare_by_key(old, new, key, comparer))
            )
        except keyed.KeyTwiceError:
            if wanted is not None:
                raise TableError(
                    f"{', '.join(wanted)} do not tell the rows of {left.resource.name} apart.",
                    "Name more fields with --key, or other ones.",
                ) from None
    return (), _filled((), _columns(old, new), declared, map(written, keyed.compare_whole_rows(old, new)))


def _walked(
    old: Table | None, new: Table | None, key: Key, declared: Declared, comparer: RowComparer, processes: int
) -> RowSpool:
    parts = canonical.parts_of(old, new, processes)
    if not parts:
        return _filled(key, _columns(old, new), declared, canonical.compare_by_walking(old, new, comparer))
    from .processes import fill

    columns = _columns(old, new)
    spool = RowSpool(key, columns, declared)
    tasks = [functools.partial(canonical.compare_by_walking, old, new, comparer, part) for part in parts]
    fill(spool, tasks, lambda file: RowSpool(key, columns, declared, file))
    return spool


def _filled(key: Key, columns: Collection[str], declared: Declared, rows: Iterator[Written]) -> RowSpool:
    spool = RowSpool(key, columns, declared)
    spool.fill(rows)
    return spool


def _columns(old: Table | None, new: Table | None) -> frozenset[str]:
    return frozenset(name for table in (old, new) if table is not None for name in table.names)


def _checked(key: Key, old: Table, new: Table) -> Key:
    for table in (old, new):
        for name in key:
            if name not in table.names:
                raise UnknownNameError.of("field", name, table.names)
    return key


def _keys(old: Table, new: Table) -> list[Key]:
    """The keys to match rows by, the first choice first. Each side's own is proven where both are not the same."""
    if old.key != new.key:
        for table in (old, new):
            if table.key:
                keyed.check_key(table)
    return key_choices(old.key, old.names, new.key, new.names)


def key_choices(old_key: Key, old_names: Key, new_key: Key, new_names: Key) -> list[Key]:
    """The keys that both sides have the columns for, the first choice first; one alone where both have the same key."""
    if old_key == new_key:
        return [old_key] if old_key else []
    both = set(old_names) & set(new_names)
    keys = {key for key in (old_key, new_key) if key and both.issuperset(key)}
    if len(set(map(frozenset, keys))) < len(keys):
        keys = {tuple(sorted(old_key))}  # the same fields in two orders: neither side's order is the other's
    return sorted(keys, key=lambda names: (-len(names), sorted(names)))


def _comparer(old: Table | None, new: Table | None) -> RowComparer:
    return RowComparer(
        old.columns if old else (),
        new.columns if new else (),
        old_schema=old.resource.schema if old else _NO_SCHEMA,
        new_schema=new.resource.schema if new else _NO_SCHEMA,
    )
