"""The way back: the changeset that leads from the new package to the old one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from .changeset import CellChange, Changeset, MetadataChange, ResourceChange, RowChange, SchemaChange, in_schema_order

_OPPOSITE: Mapping[str, Any] = {
    "added": "removed",
    "removed": "added",
    "filled": "cleared",
    "cleared": "filled",
    "field_added": "field_removed",
    "field_removed": "field_added",
}


def invert(changeset: Changeset) -> Changeset:
    """The changeset that leads back: `invert(diff(a, b)) == diff(b, a)`."""
    return Changeset(
        old=changeset.new,
        new=changeset.old,
        metadata=tuple(map(_invert_metadata, changeset.metadata)),
        resources=tuple(map(invert_table, changeset.resources)),
        left_out=changeset.left_out,
    )


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


def invert_table(change: ResourceChange) -> ResourceChange:
    """The way back for one table."""
    return ResourceChange(
        change.name,
        _opposite(change.kind),
        change.key,
        schema=in_schema_order(map(_invert_schema, change.schema)),
        metadata=tuple(map(_invert_metadata, change.metadata)),
        rows=tuple(map(_invert_row, change.rows)),
        old=change.new,
        new=change.old,
    )
