"""Two packages compared: first everything is proven comparable, then the rows that differ are given one by one."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterator

from ..errors import UnknownNameError
from ..package.model import Package, Resource, Schema
from . import canonical, keyed
from .cells import RowComparer
from .changeset import Changeset, Comparison, ResourceChange, RowChange, Side, TableComparison
from .descriptor_changes import package_changes, resource_changes, without_generated
from .schema_changes import schema_changes
from .tables import Table, open_table

Rows = Callable[[], Iterator[RowChange]]
_NO_SCHEMA = Schema(())


def diff(old: Package, new: Package, tables: Collection[str] = ()) -> Changeset:
    """All that differs between two packages, in memory. See `compare`."""
    return compare(old, new, tables).changeset()


def compare(old: Package, new: Package, tables: Collection[str] = ()) -> Comparison:
    """The comparison of two packages, or of some of their tables and nothing else.

    Rows are matched by the text of their primary key, in tables without one as whole rows. Where the two sides have
    different keys, the first of these that tells the rows of both apart is taken: the longer one, then the one whose
    names come first; if neither does, whole rows are compared.

    Canonical tables with the same columns are read twice, in flat memory: to prove them, and when their rows are
    asked for. Of any other, one side and the changes are held in memory.

    Raises
    ------
    TableError
        A table cannot be read beyond doubt, or a primary key stands twice in it.
    PackageError
        A file is missing.
    UnknownNameError
        One of `tables` is in neither package.
    """
    names = sorted(set(old.resource_names) | set(new.resource_names))
    for name in tables:
        if name not in names:
            raise UnknownNameError(f"There is no table {name!r} on either side.", f"Tables: {', '.join(names)}.")
    wanted = [name for name in names if not tables or name in tables]
    return Comparison(
        old=Side(old.name, old.version),
        new=Side(new.name, new.version),
        metadata=() if tables else package_changes(old, new),
        tables=tuple(_table(old, new, name) for name in wanted),
    )


def _table(old: Package, new: Package, name: str) -> TableComparison:
    before, after = (_find(package, name) for package in (old, new))
    left = None if before is None else open_table(old, before)
    right = None if after is None else open_table(new, after)
    key, rows = _rows(left, right)
    if before is not None and after is not None:
        change = ResourceChange(
            name, key=key, schema=schema_changes(before.schema, after.schema), metadata=resource_changes(before, after)
        )
    else:
        only = before if after is None else after
        assert only is not None
        change = ResourceChange(
            name,
            "removed" if after is None else "added",
            key,
            descriptor=without_generated(only.raw),
            table_schema=only.schema.raw,
            old_position=None if before is None else old.resource_names.index(name),
            new_position=None if after is None else new.resource_names.index(name),
        )
    return TableComparison(change, rows)


def _find(package: Package, name: str) -> Resource | None:
    return package.resource(name) if name in package.resource_names else None


def _rows(old: Table | None, new: Table | None) -> tuple[tuple[str, ...], Rows]:
    """The fields that the rows are matched by, and the rows that differ."""
    comparer = _comparer(old, new)
    left, right = old or new, new or old
    assert left is not None
    assert right is not None
    if canonical.may_be_walked(left, right):
        try:
            canonical.prove(old, new)
        except canonical.NotCanonicalError:
            pass
        else:
            return left.key, functools.partial(canonical.walk, old, new, comparer)
    for key in _keys(left, right):
        try:
            changes = keyed.compare_by_key(old, new, key, comparer)
        except keyed.KeyTwiceError:
            continue
        return key, functools.partial(iter, changes)
    changes = keyed.compare_whole_rows(old, new)
    return (), functools.partial(iter, changes)


def _keys(old: Table, new: Table) -> list[tuple[str, ...]]:
    """The keys that both sides have the columns for. Each side's own key is proven where both are not the same."""
    if old.key == new.key:
        return [old.key] if old.key else []
    for table in (old, new):
        if table.key:
            keyed.check_key(table)
    both = set(old.names) & set(new.names)
    keys = {table.key for table in (old, new) if table.key and both.issuperset(table.key)}
    if len(set(map(frozenset, keys))) < len(keys):
        keys = {tuple(sorted(old.key))}  # the same fields in two orders: neither side's order is the other's
    return sorted(keys, key=lambda names: (-len(names), sorted(names)))


def _comparer(old: Table | None, new: Table | None) -> RowComparer:
    return RowComparer(
        old.columns if old else (),
        new.columns if new else (),
        old_schema=old.resource.schema if old else _NO_SCHEMA,
        new_schema=new.resource.schema if new else _NO_SCHEMA,
    )
