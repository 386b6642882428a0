"""What differs between two packages, as frozen values.

`Changeset > ResourceChange > RowChange > CellChange`, with `SchemaChange` and `MetadataChange` beside. A changeset
is complete: it names every cell of an added or removed row and every value of an added or removed field, so that the
new package can be made from the old one and the old from the new.

Four rules give each value one meaning:

- `old` is None where nothing stood there before (`new` likewise for after); an empty cell is the empty text `""`.
- A field that was added or removed has its values in the rows, as cells of kind `field_added` or `field_removed`.
  A cell that is not listed there is empty. Such cells belong to the change of the schema and are not counted.
- Cells come by the names of their fields, whatever the order of the columns on either side.
- Rows come in the order of their keys (code point order, part by part), rows of a table without a key in the order
  of their cells.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Kind = Literal["added", "removed", "changed"]
SchemaKind = Literal["added", "removed", "moved", "changed"]
CellKind = Literal["changed", "filled", "cleared", "respelled", "field_added", "field_removed"]


@dataclass(frozen=True, slots=True)
class Side:
    """Which package stands on one side of the comparison: its name and version as its descriptor says them."""

    name: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell. Its kind is told by both schemas.

    `filled` and `cleared`: a missing value stood or stands there. `respelled`: another text for the same typed value
    (`7` and `007` in an integer field). `field_added` and `field_removed`: the column itself came or went.
    """

    field: str
    old: str | None
    new: str | None
    kind: CellKind = "changed"


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row.

    `key` holds its cells in the fields of `ResourceChange.key`; it is empty in a table without a key. `cells` has the
    cells of a changed row that changed. `row` has all cells of an added or removed row, by field, in column order.
    """

    kind: Kind
    key: tuple[str, ...]
    cells: tuple[CellChange, ...] = ()
    row: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether this is more than the values of a field that came or went."""
        return self.kind != "changed" or any(not cell.kind.startswith("field_") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class SchemaChange:
    """A field that came, went or moved, or a property of the schema or of one field that changed.

    `field` is None for a property of the schema itself. `property` is a JSON Pointer (RFC 6901) from the field, or
    from the schema, to what changed; it is empty where the whole field is meant, and then `old` or `new` is the
    field's descriptor. A property that was not there before has `old` None, as has one that was null. Positions
    count from 0 among all fields of their side.
    """

    kind: SchemaKind
    field: str | None = None
    property: str = ""
    old: Any = None
    new: Any = None
    old_position: int | None = None
    new_position: int | None = None


@dataclass(frozen=True, slots=True)
class MetadataChange:
    """A property of the package's or a resource's descriptor; `path` is a JSON Pointer (RFC 6901) from there."""

    kind: Kind
    path: str
    old: Any = None
    new: Any = None


@dataclass(frozen=True, slots=True)
class ResourceChange:
    """A table that was added, removed or changed.

    `key` has the fields by which its rows were matched, none where whole rows were. For an added or removed table
    `descriptor` is the resource as its package describes it (without the generated `bytes` and `hash`) and
    `table_schema` its Table Schema; positions count from 0 among the resources of their side.
    """

    name: str
    kind: Kind = "changed"
    key: tuple[str, ...] = ()
    schema: tuple[SchemaChange, ...] = ()
    metadata: tuple[MetadataChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    descriptor: Mapping[str, Any] | None = None
    table_schema: Mapping[str, Any] | None = None
    old_position: int | None = None
    new_position: int | None = None


@dataclass(frozen=True, slots=True)
class Changeset:
    """All that differs between two packages. `resources` has only the tables in which something does."""

    old: Side = Side()
    new: Side = Side()
    metadata: tuple[MetadataChange, ...] = ()
    resources: tuple[ResourceChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs but how the files are written."""
        return not self.metadata and not self.resources

    def comparison(self) -> Comparison:
        """The same as a `Comparison`, which is what the renderers read."""
        tables = tuple(
            TableComparison(dataclasses.replace(change, rows=()), _again(change.rows)) for change in self.resources
        )
        return Comparison(self.old, self.new, self.metadata, tables)


@dataclass(frozen=True, slots=True)
class TableComparison:
    """One table of a comparison: its change without the rows, and a function that gives the rows, one by one."""

    change: ResourceChange
    rows: Callable[[], Iterator[RowChange]]


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two packages that are proven comparable: no key twice, every table readable. Rows come as they are asked for.

    `tables` has every table of both, also those in which nothing differs.
    """

    old: Side
    new: Side
    metadata: tuple[MetadataChange, ...]
    tables: tuple[TableComparison, ...]

    def changeset(self) -> Changeset:
        """All of it at once, in memory."""
        changes = [dataclasses.replace(table.change, rows=tuple(table.rows())) for table in self.tables]
        return Changeset(self.old, self.new, self.metadata, tuple(change for change in changes if differs(change)))


def differs(change: ResourceChange) -> bool:
    """Whether the change says anything at all."""
    return change.kind != "changed" or bool(change.schema or change.metadata or change.rows)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows and cells of one table differ. Values of a field that came or went are in `field_values`."""

    rows_added: int = 0
    rows_removed: int = 0
    rows_changed: int = 0
    cells_changed: int = 0
    cells_filled: int = 0
    cells_cleared: int = 0
    cells_respelled: int = 0
    field_values: Mapping[str, int] = dataclasses.field(default_factory=dict)


class Counter:
    """Counts rows as they pass."""

    def __init__(self) -> None:
        self._rows: dict[str, int] = {}
        self._cells: dict[str, int] = {}
        self._fields: dict[str, int] = {}

    def count(self, rows: Iterable[RowChange]) -> Iterator[RowChange]:
        """The same rows, each counted."""
        for row in rows:
            if row.counts:
                self._rows[row.kind] = self._rows.get(row.kind, 0) + 1
            for cell in row.cells:
                tally, name = (self._fields, cell.field) if cell.kind.startswith("field_") else (self._cells, cell.kind)
                tally[name] = tally.get(name, 0) + 1
            yield row

    def result(self) -> Counts:
        """The counts of all rows that have passed."""
        rows = {f"rows_{kind}": self._rows.get(kind, 0) for kind in ("added", "removed", "changed")}
        kinds = ("changed", "filled", "cleared", "respelled")
        cells = {f"cells_{kind}": self._cells.get(kind, 0) for kind in kinds}
        return Counts(**rows, **cells, field_values=dict(self._fields))


def invert(changeset: Changeset) -> Changeset:
    """The changeset that leads back: `invert(diff(a, b)) == diff(b, a)`."""
    return Changeset(
        old=changeset.new,
        new=changeset.old,
        metadata=tuple(map(_invert_metadata, changeset.metadata)),
        resources=tuple(sorted(map(_invert_resource, changeset.resources), key=lambda change: change.name)),
    )


_OPPOSITE: Mapping[str, Any] = {
    "added": "removed",
    "removed": "added",
    "filled": "cleared",
    "cleared": "filled",
    "field_added": "field_removed",
    "field_removed": "field_added",
}


def _opposite(kind: str) -> Any:
    return _OPPOSITE.get(kind, kind)


def _invert_metadata(change: MetadataChange) -> MetadataChange:
    return MetadataChange(_opposite(change.kind), change.path, change.new, change.old)


def _invert_schema(change: SchemaChange) -> SchemaChange:
    return SchemaChange(
        _opposite(change.kind),
        change.field,
        change.property,
        change.new,
        change.old,
        change.new_position,
        change.old_position,
    )


def _invert_row(change: RowChange) -> RowChange:
    cells = tuple(CellChange(cell.field, cell.new, cell.old, _opposite(cell.kind)) for cell in change.cells)
    return RowChange(_opposite(change.kind), change.key, cells, change.row)


def _invert_resource(change: ResourceChange) -> ResourceChange:
    return dataclasses.replace(
        change,
        kind=_opposite(change.kind),
        schema=in_schema_order(map(_invert_schema, change.schema)),
        metadata=tuple(map(_invert_metadata, change.metadata)),
        rows=in_row_order(map(_invert_row, change.rows)),
        old_position=change.new_position,
        new_position=change.old_position,
    )


def in_schema_order(changes: Iterable[SchemaChange]) -> tuple[SchemaChange, ...]:
    """The schema's own properties first, then field by field, by name: the whole field, then its properties."""
    return tuple(sorted(changes, key=lambda change: (change.field is not None, change.field or "", change.property)))


def in_row_order(rows: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """By key; rows of a table without a key by their cells."""
    return tuple(sorted(rows, key=lambda row: (row.key, [] if row.key else sorted(row.row.items()))))


def _again(rows: tuple[RowChange, ...]) -> Callable[[], Iterator[RowChange]]:
    return lambda: iter(rows)
