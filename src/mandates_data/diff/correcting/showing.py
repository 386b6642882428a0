"""A row of any table with its corrections: of each corrected cell what was printed, and every step since."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...errors import UnknownNameError, brief
from ...package.corrections import Ledger, read_ledger
from ...package.model import Package, Resource
from ..changeset import CellChange
from .lookup import near, rows_of


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A cell; `printed` leads from what was printed to what it is, None where it was not corrected."""

    field: str
    text: str
    printed: CellChange | None = None
    corrections: Sequence[Mapping[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Context:
    """Something that a row belongs to or that belongs to it: what it is called, its identifier, and its text."""

    label: str
    row_id: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row, its cells in the order of the schema."""

    table: str
    row_id: str
    cells: tuple[ShownCell, ...]
    context: tuple[Context, ...] = ()

    def with_context(self, context: Sequence[Context]) -> ShownRow:
        """The row with what belongs to it."""
        return dataclasses.replace(self, context=tuple(context))


def show(package: Package, row_id: str, table: str | None = None) -> tuple[ShownRow, ...]:
    """Every row with this identifier; in one table where it is named.

    A table that only says more on the rows of another, by the same key, is shown where it is named.

    Raises
    ------
    UnknownNameError
        There is no such row, or no such table.
    TableError
        A table cannot be read.
    """
    found = rows_of(package, row_id, table)
    if not found:
        tables = list(package.resources) if table is None else [package.resource(table)]
        listed = near(package, row_id[:300], tables)
        step = f"Did you mean {' or '.join(listed)}?" if listed else "Copy the identifier from the first column."
        raise UnknownNameError(f"There is no row {brief(row_id)}.", step)
    names = {resource.name for resource, _row in found}
    found = [(resource, row) for resource, row in found if resource.schema.extends not in names]
    ledger = read_ledger(package) or Ledger(())
    return tuple(_shown(resource, row, row_id, ledger) for resource, row in found)


def _shown(resource: Resource, row: Sequence[str], row_id: str, ledger: Ledger) -> ShownRow:
    cells = []
    for field, text in zip(resource.schema.field_names, row, strict=True):
        steps = ledger.of(resource.name, row_id, field)
        printed = ledger.oldest(resource.name, row_id, field, text)
        change = CellChange(field, printed, text) if printed != text else None
        cells.append(ShownCell(field, text, change, tuple(steps)))
    return ShownRow(resource.name, row_id, tuple(cells))
