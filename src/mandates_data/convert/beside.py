"""The descriptor that stands beside tables in formats that cannot hold a schema: a Data Package of its own."""

from __future__ import annotations

from typing import Any

from ..package.model import Resource
from ..package.refresh import descriptor_text
from .tables import Export

NAME = "datapackage.json"
_LEFT_OUT = ("path", "schema", "bytes", "hash", "dialect", "format", "mediatype", "encoding", "$schema")


def descriptor_beside(export: Export, suffix: str, properties: dict[str, Any]) -> bytes:
    """A descriptor with the package's own words, and each table's schema written out in it.

    Parameters
    ----------
    suffix
        Of the files beside it, such as `.json`.
    properties
        What is to be said of each resource: its `format`, `mediatype` and so on.
    """
    raw = {name: value for name, value in export.package.raw.items() if name not in ("resources", "mandates_data")}
    raw["resources"] = [_resource(table.resource, suffix, properties) for table in export.tables]
    return descriptor_text(raw)


def _resource(resource: Resource, suffix: str, properties: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in resource.raw.items() if name not in _LEFT_OUT}
    return kept | {"path": resource.name + suffix, "encoding": "utf-8", **properties, "schema": resource.schema.raw}
