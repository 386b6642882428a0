"""One file of a package merged three ways, as git's merge driver asks for it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ...errors import MandatesDataError
from ...package.model import Package, Resource
from ...package.parse import read_json
from ...package.refresh import GENERATED, descriptor_text
from ...package.store import DESCRIPTOR
from ..changeset import Description
from ..content import MemoryStore, PackageContent, TableContent, canonical_files, in_canonical_order
from ..documents import same_text
from ..keyed import check_key
from ..merging.conflicts import Conflict, or_none
from ..merging.tables import merge_table, same_table
from ..merging.values import merged_value, settled_order
from ..schema_changes import fields_apart, fields_together
from ..tables import open_table
from .places import by_header

Beside = Callable[[int, Mapping[str, Any]], bytes | None]
"""Gives the table that a resource of one side describes (0 base, 1 ours, 2 theirs); None where it is not found."""


@dataclass(frozen=True, slots=True)
class MergedFile:
    """The content of the merged file, and the conflicts, in which ours stands."""

    content: bytes
    conflicts: tuple[Conflict, ...] = ()


def merge_table_file(resource: Resource, sides: Sequence[bytes]) -> MergedFile:
    """A table merged by key and cell; base, ours and theirs are its content, the base empty where there is none.

    A table that cannot be read, or not be written as a canonical one, stays as in ours, which is a conflict.
    """
    conflicts: list[Conflict] = []
    try:
        ours, theirs = (_table(resource, content) for content in sides[1:])
        base = _table(resource, sides[0]) if sides[0] else TableContent(resource.name, ours.description, ())
        merged = merge_table(base, ours, theirs, conflicts.append)
        if same_table(merged, ours):
            return MergedFile(sides[1], tuple(conflicts))
        files = canonical_files(PackageContent({"resources": [resource.name]}, (merged,)), DESCRIPTOR)
        return MergedFile(files[resource.path], tuple(conflicts))
    except MandatesDataError as error:
        return MergedFile(sides[1], (Conflict("table_unreadable", resource.name, base=error.message),))


def _table(resource: Resource, content: bytes) -> TableContent:
    shown = by_header(resource)
    table = open_table(Package((shown,), store=MemoryStore({resource.path: content})), shown)
    if table.key:
        check_key(table)
    columns = table.header or table.names
    schema: dict[str, Any] = {"fields": [{"name": name} for name in columns]}
    if table.key:
        schema["primaryKey"] = list(table.key)
    places = [table.names.index(name) for name in columns]
    rows = in_canonical_order((tuple([cells[p] for p in places]) for _, cells in table.rows()), columns, table.key)
    descriptor = {"name": resource.name, "path": resource.path, "encoding": resource.encoding}
    dialect = dict(resource.dialect.raw)
    return TableContent(
        resource.name,
        Description({**descriptor, **({"dialect": None} if dialect else {})}, schema, dialect, columns),
        rows,
    )


def merge_json_file(table: str, sides: Sequence[bytes]) -> MergedFile:
    """A schema, or any other JSON of a table in a file of its own. Raises `PackageError` where one is no JSON."""
    conflicts: list[Conflict] = []
    values = [_apart(_json(content)) if content else {} for content in sides]

    def tell(place: str, *found: Any) -> None:
        field, pointer = "", f"/schema{place}"
        if place.startswith("/fields/"):
            name, slash, rest = place.removeprefix("/fields/").partition("/")
            field, pointer = name.replace("~1", "/").replace("~0", "~"), slash + rest
        conflicts.append(Conflict("property", table, (), field, pointer, *map(or_none, found)))

    merged = merged_value(values, tell)
    if isinstance(merged, dict):
        merged = _with_order(merged, values, table, conflicts)
    return MergedFile(_written(sides[1], values[1], merged, _together), tuple(conflicts))


def _with_order(merged: dict[str, Any], values: Sequence[Any], table: str, conflicts: list[Conflict]) -> dict[str, Any]:
    """The schema with its fields in the order that both sides ask for, which is no order of members."""
    fields = merged.get("fields")
    if not isinstance(fields, dict):
        return merged
    listed = [list(side["fields"]) if isinstance(side.get("fields"), dict) else [] for side in values]

    def tell() -> None:
        conflicts.append(Conflict("order", table, (), "", "/schema/fields", *listed))

    unsure = {each.field for each in conflicts if each.field and not each.property}
    return {**merged, "fields": {name: fields[name] for name in settled_order(listed, fields, unsure, tell)}}


def _apart(value: Any) -> Any:
    """A schema with its fields by their names, where they have such."""
    fields = value.get("fields") if isinstance(value, dict) else None
    if not isinstance(fields, list) or not all(isinstance(each, dict) for each in fields):
        return value
    names = [each.get("name") for each in fields]
    return fields_apart(value) if all(isinstance(n, str) for n in names) and len(set(names)) == len(names) else value


def _together(value: Any) -> Any:
    return fields_together(value) if isinstance(value, dict) and isinstance(value.get("fields"), dict) else value


def _json(content: bytes) -> Any:
    return read_json(MemoryStore({DESCRIPTOR: content}), DESCRIPTOR)


def _written(before: bytes, ours: Any, merged: Any, together: Callable[[Any], Any]) -> bytes:
    return before if same_text(ours, merged) else descriptor_text(together(merged))


def merge_descriptor_file(resources: Sequence[Resource], sides: Sequence[bytes], beside: Beside) -> MergedFile:
    """A descriptor, its resources by their names; sizes and digests that both sides changed are those of the merge.

    Raises
    ------
    PackageError
        A side is no JSON, or lists no resources by distinct names.
    """
    conflicts: list[Conflict] = []
    raws = [_json(content) if content else {"resources": []} for content in sides]
    values = [_by_name(raw) for raw in raws]
    if any(value is None for value in values):
        raise MandatesDataError("A side lists no resources by distinct names.", "Mend its descriptor.")

    def tell(place: str, *found: Any) -> None:
        table, pointer = "", place
        if place.startswith("/resources/"):
            name, slash, rest = place.removeprefix("/resources/").partition("/")
            table, pointer = name.replace("~1", "/").replace("~0", "~"), slash + rest
        conflicts.append(Conflict("property", table, (), "", pointer, *map(or_none, found)))

    merged = merged_value(values, tell)
    _settle_generated(merged["resources"], raws, resources, conflicts, beside)
    listed = [list(value["resources"]) if value else [] for value in values]

    def tell_order() -> None:
        conflicts.append(Conflict("order", "", (), "", "/resources", *listed))

    unsure = {each.table for each in conflicts if each.table and not each.property}
    names = settled_order(listed, merged["resources"], unsure, tell_order)
    document = {**merged, "resources": [_resource_together(merged["resources"][name]) for name in names]}
    return MergedFile(_written(sides[1], raws[1], document, lambda value: value), tuple(conflicts))


def _by_name(raw: Any) -> dict[str, Any] | None:
    """The descriptor with its resources by their names, and without what is generated in them."""
    listed = raw.get("resources") if isinstance(raw, dict) else None
    if not isinstance(listed, list) or not all(isinstance(each, dict) for each in listed):
        return None
    found = {each.get("name"): _without_generated(each) for each in listed}
    if len(found) < len(listed) or not all(isinstance(name, str) for name in found):
        return None
    return {**raw, "resources": found}


def _without_generated(resource: Mapping[str, Any]) -> dict[str, Any]:
    """The resource with what is generated as null: that it is there is no matter of its value."""
    shown = {name: None if name in GENERATED else value for name, value in resource.items()}
    return {**shown, "schema": _apart(shown["schema"])} if "schema" in shown else shown


def _resource_together(resource: Mapping[str, Any]) -> dict[str, Any]:
    return {**resource, "schema": _together(resource["schema"])} if "schema" in resource else dict(resource)


def _settle_generated(
    merged: dict[str, Any],
    raws: Sequence[Any],
    resources: Sequence[Resource],
    conflicts: list[Conflict],
    beside: Beside,
) -> None:
    """Fill in sizes and digests: those of the side that changed them, else of the tables merged here as well."""
    sides = [{each["name"]: each for each in raw["resources"]} for raw in raws]
    known = {each.name: each for each in resources}
    for name, resource in merged.items():
        wanted = [each for each in GENERATED if each in resource]
        if not wanted:
            continue
        says = [side.get(name, {}) for side in sides]
        old, left, right = ({each: side[each] for each in wanted if each in side} for side in says)
        chosen = left if right in (old, left) else right if left in (old, right) else None
        if chosen is None or len(chosen) < len(wanted):
            content = _merged_beside(known.get(name), says, beside)
            if content is None:
                conflicts.append(Conflict("digest", name, (), "", "/hash"))
                chosen = {each: next(side[each] for side in says[::-1] if each in side) for each in wanted} | left
            else:
                chosen = _generated(wanted, says, content)
        resource.update(chosen)


def _generated(wanted: Sequence[str], says: Sequence[Mapping[str, Any]], content: bytes) -> dict[str, Any]:
    import hashlib

    found: dict[str, Any] = {}
    for each in wanted:
        if each == "bytes":
            found[each] = len(content)
        else:
            stated = next(side["hash"] for side in (says[1], says[2], says[0]) if "hash" in side)
            algorithm, colon, _ = str(stated).rpartition(":")
            digest = hashlib.new(algorithm.replace("-", "") or "md5", content, usedforsecurity=False)
            found[each] = f"{algorithm}{colon}{digest.hexdigest()}"
    return found


def _merged_beside(resource: Resource | None, says: Sequence[Mapping[str, Any]], beside: Beside) -> bytes | None:
    """The table as git's call for its own file will merge it; None where its sides are not to be found."""
    if resource is None:
        return None
    contents = [beside(number, side) if side else b"" for number, side in enumerate(says)]
    if any(content is None for content in contents):
        return None
    return merge_table_file(resource, [content or b"" for content in contents]).content
