"""Small packages for tests, written to a folder."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mandates_data.validate.findings import Finding, Report
from mandates_data.validate.run import validate


def field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def resource(name: str, fields: list[dict[str, Any]], **more: Any) -> dict[str, Any]:
    """A table in `<name>.csv`. What is no property of a resource belongs to its schema."""
    schema = {"fields": fields} | {key: more.pop(key) for key in list(more) if key.endswith(("Key", "Keys", "Match"))}
    dialect = {"$schema": "https://datapackage.org/profiles/2.0/tabledialect.json"} | more.pop("dialect", {})
    schema["$schema"] = "https://datapackage.org/profiles/2.0/tableschema.json"
    base = {"$schema": "https://datapackage.org/profiles/2.0/dataresource.json", "name": name, "path": f"{name}.csv"}
    rest = {"type": "table", "format": "csv", "encoding": "utf-8", "dialect": dialect, "schema": schema}
    return base | rest | more


def write_package(
    folder: Path, *tables: tuple[dict[str, Any], bytes | str], own: Mapping[str, Any] | None = None
) -> Path:
    """A package whose tables have these bytes; gives its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for described, content in tables:
        data = content.encode("utf-8") if isinstance(content, str) else content
        (folder / described["path"]).write_bytes(data)
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "small",
        "id": "small",
        "licenses": [{"name": "CC0-1.0"}],
        "resources": [described for described, _content in tables],
    }
    if own is not None:
        descriptor["mandates_data"] = dict(own)
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def report_on(folder: Path, *tables: tuple[dict[str, Any], bytes | str], **more: Any) -> Report:
    return validate(write_package(folder, *tables, own=more.pop("own", None)), **more)


def findings_in(folder: Path, fields: list[dict[str, Any]], content: bytes | str, **more: Any) -> Sequence[Finding]:
    """The findings in one table `t`."""
    own = more.pop("own", None)
    return report_on(folder, (resource("t", fields, **more), content), own=own).findings


def places(findings: tuple[Finding, ...]) -> list[str]:
    """Findings as `code line:letter`."""
    return [f"{one.code} {one.line or '-'}:{one.column_letter or '-'}" for one in findings]
