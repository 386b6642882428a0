"""The descriptor that stands beside tables in formats that cannot hold a schema: a Data Package of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from ..errors import WriteError
from ..package.model import Resource
from ..package.refresh import descriptor_text
from .formats import FORMATS, Format
from .tables import Export

NAME = "datapackage.json"
_LEFT_OUT = ("path", "schema", "bytes", "hash", "dialect", "format", "mediatype", "encoding", "$schema")


def descriptor_beside(export: Export, format_: Format) -> bytes:
    """A descriptor with the package's own words, and each table's schema written out in it.

    Foreign keys to tables that are not converted are left out, as are the rules that the package asks for: what they
    look at is not in the folder. Only canonical tables are said to be canonical. `mandates_data.converted_to` tells by
    whom the descriptor was written.
    """
    left_out = ("rules",) if format_ == FORMATS["csv"] else ("rules", "canonical")
    raw = {name: value for name, value in export.package.raw.items() if name not in ("resources", "mandates_data")}
    raw["mandates_data"] = {name: value for name, value in export.package.settings.items() if name not in left_out}
    raw["mandates_data"]["converted_to"] = format_.name
    raw["resources"] = [_resource(table.resource, export, format_) for table in export.tables]
    return descriptor_text(raw)


def refuse_foreign(folder: Path, format_: Format) -> None:
    """Nothing, when `folder` has no descriptor yet or one of an earlier conversion to that format.

    Raises
    ------
    WriteError
        Another descriptor stands there, which may be the only one of its package.
    """
    place = folder / NAME
    if not place.exists():
        return
    try:
        own = json.loads(place.read_bytes()).get("mandates_data")
        ours = isinstance(own, dict) and own.get("converted_to") == format_.name
    except (OSError, ValueError, AttributeError, RecursionError):
        ours = False
    if not ours:
        raise WriteError(
            f"{folder} holds a package of its own or of another format, whose {NAME} would be lost.",
            "Name another folder with -o.",
        )


def _resource(resource: Resource, export: Export, format_: Format) -> dict[str, Any]:
    kept = {name: value for name, value in resource.raw.items() if name not in _LEFT_OUT}
    where = {"path": resource.name + format_.suffix, "encoding": "utf-8"}
    return kept | where | dict(format_.beside) | {"schema": _schema(resource, {table.name for table in export.tables})}


def _schema(resource: Resource, known: set[str]) -> dict[str, Any]:
    raw = dict(resource.schema.raw)
    keys = zip(raw.get("foreignKeys", []), resource.schema.foreign_keys, strict=True)
    kept = [key for key, parsed in keys if parsed.resource is None or parsed.resource in known]
    if "foreignKeys" in raw:
        raw["foreignKeys"] = kept
    return {name: value for name, value in raw.items() if name != "foreignKeys" or kept}
