"""Small packages on disk, as frictionless and we read them."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))  # for `mutations`


def _write(
    folder: Path, tables: Mapping[str, tuple[dict[str, Any], bytes]], more: Mapping[str, Any] | None = None
) -> Path:
    resources = []
    for name, (schema, content) in tables.items():
        (folder / f"{name}.csv").write_bytes(content)
        dialect = {"header": True, "headerRows": [1], "delimiter": ",", "skipInitialSpace": False}
        resource = {"name": name, "type": "table", "path": f"{name}.csv", "encoding": "utf-8", "dialect": dialect}
        resources.append({**resource, "schema": schema, **(more or {})})
    (folder / "datapackage.json").write_text(json.dumps({"name": "made-up", "resources": resources}), "utf-8")
    return folder


@pytest.fixture(scope="session")
def write_package() -> Callable[..., Path]:
    """A function that writes tables (schema and bytes, by name) and their descriptor into a folder."""
    return _write
