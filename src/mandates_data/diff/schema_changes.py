"""What differs between two Table Schemas: fields that came, went or moved, and properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from .changeset import MetadataChange, SchemaChange, SchemaKind, in_schema_order
from .documents import json_changes, longest_in_order

_KINDS: Mapping[str, SchemaKind] = {"added": "added", "removed": "removed", "changed": "changed"}
Document = Mapping[str, Any]


def schema_changes(old: Document, new: Document) -> tuple[SchemaChange, ...]:
    """All that differs between what two schemas say, in the order of `in_schema_order`.

    Compared are the schemas as written: `"primaryKey": "id"` and `"primaryKey": ["id"]` mean the same and differ.
    """
    found = [_property(change, None) for change in json_changes(old, new, leave_out={"fields"})]
    before, after = fields_by_name(old), fields_by_name(new)
    found += _fields(before, after)
    for name in before.keys() & after.keys():
        found += [_property(change, name) for change in json_changes(before[name], after[name], leave_out={"name"})]
    return in_schema_order(found)


def fields_by_name(schema: Document) -> dict[str, Document]:
    """The descriptors of a schema's fields, in its order."""
    return {field["name"]: field for field in schema.get("fields", ())}


def fields_apart(schema: Document) -> dict[str, Any]:
    """The schema with its fields by their names in place of a list, so that a patch finds each wherever it stands."""
    if "fields" not in schema:
        return dict(schema)
    return {**schema, "fields": fields_by_name(schema)}


def fields_together(schema: Document) -> dict[str, Any]:
    """The schema again from what `fields_apart` made of it."""
    if "fields" not in schema:
        return dict(schema)
    return {**schema, "fields": list(schema["fields"].values())}


def _property(change: MetadataChange, field: str | None) -> SchemaChange:
    return SchemaChange(_KINDS[change.kind], field, change.path, change.old, change.new)


def _fields(old: Mapping[str, Document], new: Mapping[str, Document]) -> Iterator[SchemaChange]:
    before, after = ({name: place for place, name in enumerate(side)} for side in (old, new))
    for name in before.keys() - after.keys():
        yield SchemaChange("removed", name, old=dict(old[name]), old_position=before[name])
    for name in after.keys() - before.keys():
        yield SchemaChange("added", name, new=dict(new[name]), new_position=after[name])
    both = [name for name in old if name in after]
    kept = set(longest_in_order(both, after))
    for name in both:
        if name not in kept:
            yield SchemaChange("moved", name, old_position=before[name], new_position=after[name])
