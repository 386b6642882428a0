"""What a package says of itself and of its tables, and what of that differs between two sides."""

from __future__ import annotations

from typing import Any

from ..package.model import Package, Resource
from .changeset import Description, Key, MetadataChange, ResourceChange, Side
from .documents import json_changes
from .schema_changes import schema_changes

GENERATED = ("bytes", "hash")
"""Properties of a resource that are computed from its file: they say nothing that the rows do not."""


def describe_package(package: Package, *, whole: bool = True) -> Side:
    """The package as a side of a comparison, whole or of some tables only."""
    if not whole:
        return Side(package.name, package.version)
    names = list(package.resource_names)
    descriptor = {name: names if name == "resources" else value for name, value in package.raw.items()}
    return Side(package.name, package.version, {**descriptor, "resources": names})


def describe_table(resource: Resource, columns: Key) -> Description:
    """What a resource and its schema and dialect say."""
    descriptor = dict(resource.raw)
    for name in ("schema", "dialect"):
        if not isinstance(descriptor.get(name, ""), str):
            descriptor[name] = None
    for name in GENERATED:
        if name in descriptor:
            descriptor[name] = left_open(name, descriptor[name])
    return Description(descriptor, dict(resource.schema.raw), dict(resource.dialect.raw), columns)


def left_open(name: str, value: Any) -> Any:
    """What a patch has to know of a generated property: that it is there, and the algorithm of a hash.

    >>> left_open("bytes", 7), left_open("hash", "sha256:2c26"), left_open("hash", "acbd18db")
    (None, 'sha256:', '')
    """
    if name != "hash":
        return None
    return "".join(str(value).rpartition(":")[:2])


def package_changes(old: Side, new: Side) -> tuple[MetadataChange, ...]:
    """The properties of the package's own descriptor that differ; its tables are compared apart.

    When the tables that both have stand in another order, `/resources` has the names of each side.
    """
    if old.descriptor is None or new.descriptor is None:
        return ()
    found = list(json_changes(old.descriptor, new.descriptor, leave_out={"resources"}))
    before, after = old.descriptor["resources"], new.descriptor["resources"]
    if [name for name in before if name in after] != [name for name in after if name in before]:
        found.append(MetadataChange("changed", "/resources", before, after))
    return tuple(sorted(found, key=lambda change: change.path))


def described_change(name: str, key: Key, old: Description | None, new: Description | None) -> ResourceChange:
    """The change of a table, without its rows; at least one side has it."""
    if old is None or new is None:
        return ResourceChange(name, "added" if old is None else "removed", key, old=old, new=new)
    schema = schema_changes(old.schema, new.schema)
    return ResourceChange(name, key=key, schema=schema, metadata=_resource_changes(old, new), old=old, new=new)


def _resource_changes(old: Description, new: Description) -> tuple[MetadataChange, ...]:
    """The properties of a resource that differ, but for the generated ones and what its schema says.

    `/schema` is among them where the file differs that the schema stands in, not what the schema says. A dialect in
    a file of its own is compared by what it says too.
    """
    found = list(json_changes(old.descriptor, new.descriptor, leave_out={*GENERATED, "schema", "dialect"}))
    found += json_changes(old.dialect, new.dialect, "/dialect")
    found += json_changes(_files(old), _files(new))
    return tuple(sorted(found, key=lambda change: change.path))


def _files(side: Description) -> dict[str, Any]:
    descriptor = side.descriptor
    return {name: descriptor[name] for name in ("schema", "dialect") if isinstance(descriptor.get(name), str)}
