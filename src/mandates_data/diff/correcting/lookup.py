"""The cell that a correction names: looked up by the identifier of its row, in the tables that the ledger is for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from ...package.corrections import Promise, lacking, promise_of, row_id_of
from ...package.model import Field, Package, Resource
from ...package.reader import read_rows
from ...validate.findings import quoted
from .values import Wanted, refuse

_LONGEST = 300
"""Characters of an identifier or of a name."""
_COMPARED = 5_000
"""Identifiers among which near ones are looked for."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table, and its row, whose cells are in the schema's order."""

    resource: Resource
    row: tuple[str, ...]
    field: Field

    @property
    def text(self) -> str:
        """The cell as it stands."""
        return self.row[self.resource.schema.field_names.index(self.field.name)]

    @property
    def key(self) -> tuple[str, ...]:
        """The primary key of its row."""
        names = self.resource.schema.field_names
        return tuple(self.row[names.index(name)] for name in self.resource.schema.primary_key)


def ledger_of(package: Package) -> Promise:
    """The ledger that the package names.

    Raises
    ------
    RefusedError
        It names none, or one that cannot be used.
    """
    promise = promise_of(package)
    if promise is None:
        said = "This package keeps no ledger of corrections: name its table in `mandates_data.corrections`."
        raise refuse("no-ledger", said)
    why = lacking(package, promise)
    if why is not None:
        raise refuse("no-ledger", f"`mandates_data.corrections` {why}: correct the name, or add it.")
    return promise


def rows_of(package: Package, row_id: str, table: str | None = None) -> list[tuple[Resource, tuple[str, ...]]]:
    """Every row of a table with a key that has this identifier; of one table, where it is named."""
    found = []
    for resource in package.resources if table is None else [package.resource(table)]:
        if _has_key(resource):
            found += [(resource, row) for key, row in _rows(package, resource) if key == row_id]
    return found


def near(package: Package, row_id: str, tables: list[Resource]) -> list[str]:
    """The identifiers that are nearest to one that is not there."""
    known: list[str] = []
    for resource in tables:
        for key, _row in _rows(package, resource) if _has_key(resource) else ():
            known.append(key)
            if len(known) > _COMPARED:
                return []
    found = get_close_matches(row_id, known, n=3, cutoff=0.8)
    return found or [key for key in known if key.casefold() == row_id.casefold()]


def find_cell(package: Package, promise: Promise, wanted: Wanted) -> Cell:
    """The cell that is to be corrected.

    Raises
    ------
    RefusedError
        There is no such row or field, several rows have the identifier, or the ledger is not for this cell.
    """
    for what, text in (("identifier", wanted.row_id), ("name of a column", wanted.field)):
        if not text or len(text) > _LONGEST or not text.isprintable():
            raise refuse("no-name", f"{quoted(text)} is no {what}: copy it from the table, and nothing else.")
    tables = _correctable(package, promise, wanted.table)
    found = [(one, row) for one in tables for key, row in _rows(package, one) if key == wanted.row_id]
    if not found:
        raise _unknown_row(package, wanted, tables)
    if len(found) > 1:
        with_field = [(one, row) for one, row in found if wanted.field in _covered(one, promise)]
        found = with_field if len(with_field) == 1 else found
    names = sorted({one.name for one, _row in found})
    if len(names) > 1:
        said = f"{quoted(wanted.row_id)} is a row of {' and of '.join(names)}: say which with --table."
        raise refuse("several-tables", said)
    if len(found) > 1:
        raise refuse("several-rows", f"{quoted(wanted.row_id)} names several rows of {names[0]}: validate it first.")
    (resource, row) = found[0]
    return Cell(resource, row, _field(resource, promise, wanted.field))


def _correctable(package: Package, promise: Promise, table: str | None) -> list[Resource]:
    left_out = {*package.bookkeeping, promise.table}
    tables = [one for one in package.resources if one.name not in left_out and _has_key(one)]
    if table is None:
        return tables
    named = [one for one in tables if one.name == table]
    if not named:
        names = ", ".join(one.name for one in tables)
        raise refuse("unknown-table", f"{quoted(table)} is no table whose cells are corrected: name one of {names}.")
    return named


def _has_key(resource: Resource) -> bool:
    key = resource.schema.primary_key
    return bool(key) and set(key) <= set(resource.schema.field_names)


def _rows(package: Package, resource: Resource) -> Iterator[tuple[str, tuple[str, ...]]]:
    for batch in read_rows(package, resource):
        for record in batch:
            yield row_id_of(resource, record.cells), tuple(record.cells)


def _unknown_row(package: Package, wanted: Wanted, tables: list[Resource]) -> Exception:
    listed = near(package, wanted.row_id, tables)
    if len(wanted.row_id.split()) > 1:
        step = "name one row, and nothing else"
    elif listed:
        step = f"did you mean {' or '.join(listed)}?"
    else:
        step = "copy the identifier from the first column"
    where = f"in {wanted.table}" if wanted.table else "with this identifier"
    end = "" if step.endswith("?") else "."
    return refuse("unknown-row", f"There is no row {where}, {quoted(wanted.row_id)}: {step}{end}")


def _covered(resource: Resource, promise: Promise) -> list[str]:
    """The fields of a table that are corrected through the ledger."""
    names, key = resource.schema.field_names, resource.schema.primary_key
    return [name for name in names if promise.covers(resource.name, name) and name not in key]


def _field(resource: Resource, promise: Promise, name: str) -> Field:
    names = resource.schema.field_names
    covered = _covered(resource, promise)
    listed = f"name one of {', '.join(covered)}" if covered else "no column of it is"
    if name not in names:
        close = get_close_matches(name.casefold(), names, n=1)
        step = f"did you mean {close[0]}?" if close else f"{listed}."
        raise refuse("unknown-field", f"The table {resource.name} has no column {quoted(name)}: {step}")
    if name in resource.schema.primary_key:
        said = f"{name} is the key by which others cite a row of {resource.name}, and is never corrected: {listed}."
        raise refuse("key-field", said)
    if name not in covered:
        covers = f"{' and '.join(covered)} alone" if covered else "nothing"
        said = (
            f"Of {resource.name} the ledger covers {covers}: say in an issue without the form what is wrong in {name}."
        )
        raise refuse("not-covered", said)
    return resource.schema.field(name)
