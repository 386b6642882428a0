"""What differs between two packages, as frozen values.

`Changeset > ResourceChange > RowChange > CellChange`, with `SchemaChange` and `MetadataChange` beside. A changeset
is complete: it names every cell of an added or removed row and every value of an added or removed field, and holds
what both sides say of themselves and of every table in it, so that the new package can be made from the old one and
the old from the new, byte for byte where both are canonical.

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
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

Kind = Literal["added", "removed", "changed"]
SchemaKind = Literal["added", "removed", "moved", "changed"]
CellKind = Literal["changed", "filled", "cleared", "respelled", "field_added", "field_removed"]
Basis = Literal["declared", "cells", "text"]
Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """Which package stands on one side of the comparison: its name and version as its descriptor says them.

    `descriptor` is the package's descriptor as written, with the names of its tables in `resources`; None where only
    some of the tables were compared.
    """

    name: str = ""
    version: str = ""
    descriptor: Mapping[str, Any] | None = dataclasses.field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Description:
    """What one side says of a table, in the order in which it is written.

    `descriptor` is the resource without what follows from other things: `bytes` is None, `hash` is its algorithm
    with the colon (empty for a bare md5), and a schema or dialect that stands in the descriptor itself is None there.
    `schema` and `dialect` are what those say, wherever they stand. `columns` are the columns that are compared.
    """

    descriptor: Mapping[str, Any]
    schema: Mapping[str, Any]
    dialect: Mapping[str, Any]
    columns: tuple[str, ...]


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
    key: Key
    cells: tuple[CellChange, ...] = ()
    row: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def counts(self) -> bool:
        """Whether this is more than the values of a field that came or went."""
        return self.kind != "changed" or any(not cell.kind.startswith("field_") for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Rename:
    """A removed row and an added one that are the same under another key.

    `basis` says how it is known: `declared` by the table of retired identifiers, or suggested, since all other cells
    are equal (`cells`) or most of a long text is (`text`); `renames` has the rules.
    """

    old: Key
    new: Key
    basis: Basis


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

    `key` has the fields by which its rows were matched, none where whole rows were. `old` and `new` are what each
    side says of the table, None where it has no such table; `schema` and `metadata` follow from the two.
    """

    name: str
    kind: Kind = "changed"
    key: Key = ()
    schema: tuple[SchemaChange, ...] = ()
    metadata: tuple[MetadataChange, ...] = ()
    rows: tuple[RowChange, ...] = ()
    old: Description | None = dataclasses.field(default=None, compare=False, repr=False)
    new: Description | None = dataclasses.field(default=None, compare=False, repr=False)

    @property
    def differs(self) -> bool:
        """Whether anything differs but how descriptor and schema are written."""
        return self.kind != "changed" or bool(self.schema or self.metadata or self.rows)


@dataclass(frozen=True, slots=True)
class Changeset:
    """All that differs between two packages.

    `resources` has the tables in which something does, also where it is only the order in which the members of a
    descriptor or schema are written: that is no difference, but a patch has to know it. `left_out` says in words
    what a comparison was told to leave out; empty where the changeset is complete.
    """

    old: Side = Side()
    new: Side = Side()
    metadata: tuple[MetadataChange, ...] = ()
    resources: tuple[ResourceChange, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs but how the files are written."""
        return not self.metadata and not any(change.differs for change in self.resources)


@dataclass(frozen=True, slots=True)
class Counts:
    """How many rows and cells of one table differ. Values of a field that came or went are in `field_values`.

    `rows_renamed` counts the declared renames, whose rows are in neither `rows_added` nor `rows_removed`.
    """

    rows_added: int = 0
    rows_removed: int = 0
    rows_changed: int = 0
    rows_renamed: int = 0
    cells_changed: int = 0
    cells_filled: int = 0
    cells_cleared: int = 0
    cells_respelled: int = 0
    field_values: Mapping[str, int] = dataclasses.field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TableComparison:
    """One table of a comparison: its change without the rows, what is counted, and the rows, as often as asked for.

    `copy` writes the rows as JSON into a binary file, a comma and a line end between them.
    """

    change: ResourceChange
    counts: Counts
    renames: tuple[Rename, ...]
    rows: Callable[[], Iterator[RowChange]]
    copy: Callable[[BinaryIO], None]
    has_rows: bool

    @property
    def differs(self) -> bool:
        """Whether anything differs but how descriptor and schema are written."""
        return self.has_rows or self.change.differs


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two packages that were compared to the end: no key twice, every table readable. Rows come as they are asked for.

    `tables` has the tables that a `Changeset` has; `left_out` is that of `Changeset`.
    """

    old: Side
    new: Side
    metadata: tuple[MetadataChange, ...]
    tables: tuple[TableComparison, ...]
    left_out: tuple[str, ...] = ()

    @property
    def differs(self) -> bool:
        """Whether anything differs but how the files are written."""
        return bool(self.metadata) or any(table.differs for table in self.tables)

    def changeset(self) -> Changeset:
        """All of it at once, in memory."""
        changes = tuple(dataclasses.replace(table.change, rows=tuple(table.rows())) for table in self.tables)
        return Changeset(self.old, self.new, self.metadata, changes, self.left_out)


CellTuple = tuple[str, str | None, str | None, CellKind]
RowTuple = tuple[Kind, Key, Sequence[CellTuple], Mapping[str, str]]
"""A cell and a row on their way from the comparison to its file, of which there may be millions: plain tuples."""


def row_of(row: RowTuple) -> RowChange:
    """The row as the value that it is."""
    kind, key, cells, whole = row
    return RowChange(kind, key, tuple([CellChange(*cell) for cell in cells]), whole)


def tuple_of(row: RowChange) -> RowTuple:
    """The row as it goes into a file."""
    return row.kind, row.key, [(cell.field, cell.old, cell.new, cell.kind) for cell in row.cells], row.row


def in_schema_order(changes: Iterable[SchemaChange]) -> tuple[SchemaChange, ...]:
    """The schema's own properties first, then field by field, by name: the whole field, then its properties."""
    return tuple(sorted(changes, key=lambda change: (change.field is not None, change.field or "", change.property)))


def in_row_order(rows: Iterable[RowChange]) -> tuple[RowChange, ...]:
    """By key; rows of a table without a key by their cells, field by field as the fields are called."""
    listed = list(rows)
    names = sorted({name for row in listed if not row.key for name in row.row})
    return tuple(sorted(listed, key=lambda row: (row.key, () if row.key else tuple(row.row.get(n, "") for n in names))))
