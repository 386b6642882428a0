"""Two revisions of one file of a package compared, as git's diff driver asks for it."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from ...package.model import Package, Resource
from ...package.parse import read_json
from ...package.reader import TableReader
from ...package.store import DESCRIPTOR
from ..changeset import Comparison, Side
from ..compare import compare
from ..content import MemoryStore
from ..describe import GENERATED
from ..documents import json_changes
from ..schema_changes import fields_apart


def compare_table_files(resource: Resource, old: bytes | None, new: bytes | None) -> Comparison:
    """Two revisions of a table, None where there is none, by the key and the types of its schema today.

    Columns are those of each file. Raises as `compare`.
    """
    sides = [_package(resource, content) for content in (old, new)]
    return compare(sides[0], sides[1], [resource.name])


def _package(resource: Resource, content: bytes | None) -> Package:
    store = MemoryStore({} if content is None else {resource.path: content})
    if content is None:
        return Package((), store=store)
    schema = resource.schema
    if resource.dialect.header:
        with store.open(resource.path) as file:
            header = list(TableReader(file, resource.dialect, resource.encoding, lambda _flaw: None).header)
        fields = tuple(field for field in schema.fields if field.name in header)
        raw = {**schema.raw, "fields": [dict(field.raw) for field in fields]}
        schema = dataclasses.replace(schema, fields=fields, fields_match="partial", raw=raw)
    return Package((dataclasses.replace(resource, schema=schema),), store=store)


def compare_json_files(old: bytes | None, new: bytes | None) -> tuple[Comparison, bool]:
    """Two revisions of a descriptor or schema, and whether only what is generated in it differs.

    Tables and fields are compared by their names. Raises `PackageError` where one is no JSON.
    """
    sides = [{} if content is None else _named(_json(content)) for content in (old, new)]
    found = list(json_changes(sides[0], sides[1]))
    changes = [each for each in found if each.path.rpartition("/")[2] not in GENERATED]
    return Comparison(Side(), Side(), tuple(changes), ()), bool(found) and not changes


def _json(content: bytes) -> Any:
    return read_json(MemoryStore({DESCRIPTOR: content}), DESCRIPTOR)


def _named(raw: Any) -> Mapping[str, Any]:
    """The document with its tables and fields by their names, where they have some."""
    if not isinstance(raw, dict):
        return {"": raw}
    listed = raw.get("resources")
    if isinstance(listed, list) and all(
        isinstance(each, dict) and isinstance(each.get("name"), str) for each in listed
    ):
        return {**raw, "resources": {each["name"]: _named(each) for each in listed}}
    fields = raw.get("fields")
    if isinstance(fields, list) and all(
        isinstance(each, dict) and isinstance(each.get("name"), str) for each in fields
    ):
        return fields_apart(raw)
    return raw
