"""What differs between two Table Schemas: fields that came, went or moved, and properties."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from ..package.model import Schema
from .changeset import MetadataChange, SchemaChange, SchemaKind, in_schema_order
from .descriptor_changes import json_changes

_KINDS: Mapping[str, SchemaKind] = {"added": "added", "removed": "removed", "changed": "changed"}


def schema_changes(old: Schema, new: Schema) -> tuple[SchemaChange, ...]:
    """All that differs between what two schemas say, in the order of `in_schema_order`.

    Compared are the schemas as written: `"primaryKey": "id"` and `"primaryKey": ["id"]` mean the same and differ.
    """
    found = [_property(change, None) for change in json_changes(old.raw, new.raw, leave_out={"fields"})]
    found += _fields(old, new)
    for name in set(old.field_names) & set(new.field_names):
        changes = json_changes(old.field(name).raw, new.field(name).raw, leave_out={"name"})
        found += [_property(change, name) for change in changes]
    return in_schema_order(found)


def _property(change: MetadataChange, field: str | None) -> SchemaChange:
    return SchemaChange(_KINDS[change.kind], field, change.path, change.old, change.new)


def _fields(old: Schema, new: Schema) -> Iterator[SchemaChange]:
    before = {name: place for place, name in enumerate(old.field_names)}
    after = {name: place for place, name in enumerate(new.field_names)}
    for name in before.keys() - after.keys():
        yield SchemaChange("removed", name, old=dict(old.field(name).raw), old_position=before[name])
    for name in after.keys() - before.keys():
        yield SchemaChange("added", name, new=dict(new.field(name).raw), new_position=after[name])
    both = [name for name in old.field_names if name in after]
    kept = set(_longest_in_order(both, after))
    for name in both:
        if name not in kept:
            yield SchemaChange("moved", name, old_position=before[name], new_position=after[name])


def _longest_in_order(names: Sequence[str], places: Mapping[str, int]) -> tuple[str, ...]:
    """The longest run of names (with gaps) whose places rise; of several, the first by the alphabet.

    The choice is the same seen from either side, so that the way back moves the same fields.
    """
    if all(places[one] < places[other] for one, other in pairwise(names)):
        return tuple(names)  # nothing has moved, as a rule: what follows takes long for thousands of names
    best: list[tuple[int, tuple[str, ...]]] = []
    for index, name in enumerate(names):
        runs = [best[n] for n in range(index) if places[names[n]] < places[name]]
        length, run = min(runs, default=(0, ()))
        best.append((length - 1, (*run, name)))
    return min(best, default=(0, ()))[1]
