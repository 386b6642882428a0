"""Some of a comparison: kinds of changes, and without some fields. It says of itself that it is not complete."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable, Iterator

from ..errors import UnknownNameError
from ..package.model import Package
from .changeset import Comparison, ResourceChange, RowChange, TableComparison, tuple_of
from .notation import written
from .spool import RowSpool

ROW_KINDS = ("added", "removed", "renamed")
CELL_KINDS = ("changed", "filled", "cleared", "respelled")
KINDS = (*ROW_KINDS, *CELL_KINDS, "schema", "metadata")
"""What can be asked for: rows that were added, removed or renamed; cells by their kind; schemas; metadata."""


def select(comparison: Comparison, *, only: Collection[str] = (), ignored: Collection[str] = ()) -> Comparison:
    """The comparison with changes of the kinds `only`, and without the fields that are `ignored`.

    Parameters
    ----------
    comparison
        The comparison of two packages.
    only
        Some of `KINDS`; all where it is empty.
    ignored
        Names of fields, in all tables, or `table.field`; see `check_ignored`.

    Raises
    ------
    UnknownNameError
        Rows are matched by an ignored field.
    """
    if not only and not ignored:
        return comparison
    for table in comparison.tables:
        for name in table.change.key:
            if _is_in(table.change, name, ignored):
                raise UnknownNameError(
                    f"The rows of {table.change.name} are matched by the field {name!r}.",
                    "Leave out another one, or match them by others with --key.",
                )
    words = [f"all but {', '.join(kind for kind in KINDS if kind in only)} (--only)"] if only else []
    words += [f"the field {name} (--ignore-field)" for name in ignored]
    return dataclasses.replace(
        comparison,
        metadata=comparison.metadata if not only or "metadata" in only else (),
        tables=tuple(_select(table, only, ignored) for table in comparison.tables),
        left_out=(*comparison.left_out, *words),
    )


def check_ignored(packages: Iterable[Package], ignored: Iterable[str]) -> None:
    """Refuse the name of a field that no table of the packages has: it is misspelt.

    Raises
    ------
    UnknownNameError
        One is in none of them; the message names those that there are.
    """
    tables = {
        (resource.name, name)
        for each in packages
        for resource in each.resources
        for name in resource.schema.field_names
    }
    plain = {name for _, name in tables}
    for name in ignored:
        if name not in plain and name not in {f"{table}.{field}" for table, field in tables}:
            raise UnknownNameError.of("field", name, sorted(plain))


def _select(table: TableComparison, only: Collection[str], ignored: Collection[str]) -> TableComparison:
    change = table.change
    columns = {name for side in (change.old, change.new) if side is not None for name in side.columns}
    without = {name for name in columns if _is_in(change, name, ignored)}
    wants_schema, wants_metadata, wants_renames = (
        not only or kind in only for kind in ("schema", "metadata", "renamed")
    )
    kept = dataclasses.replace(
        change,
        schema=tuple(part for part in change.schema if part.field not in without) if wants_schema else (),
        metadata=change.metadata if wants_metadata else (),
    )
    spool = RowSpool(change.key, columns)
    spool.fill(written(tuple_of(row)) for row in _rows(table, only, without))
    return spool.compared(kept, table.renames if wants_renames else ())


def _is_in(change: ResourceChange, name: str, ignored: Collection[str]) -> bool:
    return name in ignored or f"{change.name}.{name}" in ignored


def _rows(table: TableComparison, only: Collection[str], without: Collection[str]) -> Iterator[RowChange]:
    renamed = {("removed", rename.old): rename.basis for rename in table.renames}
    renamed |= {("added", rename.new): rename.basis for rename in table.renames}
    for row in table.rows():
        if row.kind == "changed":
            cells = tuple(cell for cell in row.cells if cell.field not in without and _is_wanted(cell.kind, only))
            if cells:
                yield dataclasses.replace(row, cells=cells)
            continue
        basis = renamed.get((row.kind, row.key))
        wanted = basis != "declared" and row.kind in only
        if not only or wanted or (basis is not None and "renamed" in only):
            yield dataclasses.replace(row, row={name: cell for name, cell in row.row.items() if name not in without})


def _is_wanted(kind: str, only: Collection[str]) -> bool:
    """Values of a field that came or went belong to the schema."""
    return not only or ("schema" if kind.startswith("field_") else kind) in only
