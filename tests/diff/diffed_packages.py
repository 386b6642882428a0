"""Small packages for the tests of diff."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mandates_data.package.model import Package
from mandates_data.package.opening import open_package

Fields = Sequence[str | Mapping[str, Any]]


def schema(fields: Fields, key: Sequence[str] = ("id",), **more: Any) -> dict[str, Any]:
    """A Table Schema: a field's name alone is a string field."""
    listed = [{"name": field, "type": "string"} if isinstance(field, str) else dict(field) for field in fields]
    return {"fields": listed, **({"primaryKey": list(key)} if key else {}), **more}


def write_package(folder: Path, tables: Mapping[str, tuple[Mapping[str, Any], bytes | str]], **metadata: Any) -> Path:
    """A package folder of tables, each a Table Schema and the content of its file."""
    (folder / "data").mkdir(parents=True, exist_ok=True)
    resources = []
    for name, (table_schema, content) in tables.items():
        path = f"data/{name}.csv"
        (folder / path).write_bytes(content.encode() if isinstance(content, str) else content)
        resources.append({"name": name, "path": path, "encoding": "utf-8", "schema": table_schema})
    descriptor = {"name": "small", "version": "1.0.0", **metadata, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def package(folder: Path, content: bytes | str, table_schema: Mapping[str, Any] | None = None) -> Package:
    """A package of one table `t`, with the string fields id, a and b unless said otherwise."""
    return open_package(write_package(folder, {"t": (table_schema or schema(["id", "a", "b"]), content)}))
