"""What differs between two JSON values of a descriptor, member by member."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from ..package.model import Package, Resource
from .changeset import MetadataChange

GENERATED = frozenset({"bytes", "hash"})
"""Properties of a resource that are computed from its file: they say nothing that the rows do not."""


def package_changes(old: Package, new: Package) -> tuple[MetadataChange, ...]:
    """The properties of the package's own descriptor that differ; its resources are compared apart.

    When the tables that both have stand in another order, `/resources` has the names of each side.
    """
    found = list(json_changes(old.raw, new.raw, leave_out={"resources"}))
    both = set(old.resource_names) & set(new.resource_names)
    orders = [[name for name in package.resource_names if name in both] for package in (old, new)]
    if orders[0] != orders[1]:
        names = [list(package.resource_names) for package in (old, new)]
        found.append(MetadataChange("changed", "/resources", *names))
    return tuple(sorted(found, key=lambda change: change.path))


def resource_changes(old: Resource, new: Resource) -> tuple[MetadataChange, ...]:
    """The properties of a resource that differ, but for the generated ones and what its schema says.

    `/schema` is among them where the reference to the schema differs, not what the schema says. A dialect in a file
    of its own is compared by what it says too.
    """
    found = list(json_changes(old.raw, new.raw, leave_out=GENERATED | {"schema", "dialect"}))
    found += json_changes(old.dialect.raw, new.dialect.raw, "/dialect")
    for name in ("schema", "dialect"):
        references = [side.raw.get(name) for side in (old, new)]
        if any(isinstance(reference, str) for reference in references) and references[0] != references[1]:
            found.append(_change(f"/{name}", old.raw, new.raw, name))
    return tuple(sorted(found, key=lambda change: change.path))


def without_generated(raw: Mapping[str, Any]) -> dict[str, Any]:
    """A resource's descriptor as it was written by hand."""
    return {name: value for name, value in raw.items() if name not in GENERATED}


def json_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], path: str = "", leave_out: Collection[str] = ()
) -> Iterator[MetadataChange]:
    """The members of two JSON objects that differ, by JSON Pointer (RFC 6901).

    Objects are compared member by member, lists of one length item by item; any other difference is one change of
    the whole value. The order of an object's members is no difference.

    >>> [(c.kind, c.path, c.old, c.new) for c in json_changes({"a": {"b": 1}}, {"a": {"b": 2}, "c": None})]
    [('changed', '/a/b', 1, 2), ('added', '/c', None, None)]
    """
    for name in sorted(old.keys() | new.keys()):
        place = f"{path}/{name.replace('~', '~0').replace('/', '~1')}"
        if name in leave_out:
            continue
        if name in old and name in new:
            yield from _value_changes(old[name], new[name], place)
        else:
            yield _change(place, old, new, name)


def _change(place: str, old: Mapping[str, Any], new: Mapping[str, Any], name: str) -> MetadataChange:
    if name not in old:
        return MetadataChange("added", place, None, new[name])
    if name not in new:
        return MetadataChange("removed", place, old[name], None)
    return MetadataChange("changed", place, old[name], new[name])


def _value_changes(old: Any, new: Any, path: str) -> Iterator[MetadataChange]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from json_changes(old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (left, right) in enumerate(zip(old, new, strict=True)):
            yield from _value_changes(left, right, f"{path}/{place}")
    elif not same_json(old, new):
        yield MetadataChange("changed", path, old, new)


def same_json(old: Any, new: Any) -> bool:
    """Whether two JSON values are the same: 1 is neither 1.0 nor true."""
    if type(old) is not type(new):
        return False
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(same_json(value, new[name]) for name, value in old.items())
    if isinstance(old, list):
        return len(old) == len(new) and all(map(same_json, old, new))
    return bool(old == new)
