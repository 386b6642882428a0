"""Small packages to load from."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Make = Callable[..., Path]

DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
    "headerRows": [1],
    "skipInitialSpace": False,
}

SHELVES: dict[str, Any] = {
    "title": "Shelves",
    "description": "One row a shelf.",
    "fields": [
        {"name": "shelf_id", "type": "string", "title": "Shelf", "description": "Its name.", "example": "a1"},
        {"name": "height", "type": "integer", "constraints": {"minimum": 1}},
        {"name": "built", "type": "date"},
        {"name": "size", "type": "string", "constraints": {"required": True, "enum": ["small", "large"]}},
        {"name": "open", "type": "boolean"},
        {"name": "weight", "type": "number"},
    ],
    "missingValues": [""],
    "primaryKey": ["shelf_id"],
}
SHELVES_CSV = """\
shelf_id,height,built,size,open,weight
007,12,2001-04-20,large,true,1.5
NA,,,small,,
null,-3,0001-01-01,large,false,-2
"""


@pytest.fixture
def make_package(tmp_path: Path) -> Make:
    """A function that writes a package of the tables `name=(schema, csv)` and gives its folder."""

    def make(_folder: str = "package", **tables: tuple[dict[str, Any], str]) -> Path:
        folder = tmp_path / _folder
        folder.mkdir(exist_ok=True)
        resources = []
        for name, (schema, text) in tables.items():
            (folder / f"{name}.csv").write_bytes(text.encode("utf-8"))
            resources.append(
                {
                    "name": name,
                    "path": f"{name}.csv",
                    "type": "table",
                    "format": "csv",
                    "mediatype": "text/csv",
                    "encoding": "utf-8",
                    "dialect": DIALECT,
                    "schema": {"$schema": "https://datapackage.org/profiles/2.0/tableschema.json", **schema},
                }
            )
        descriptor = {
            "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
            "name": "library",
            "version": "3.1.4",
            "resources": resources,
        }
        (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        return folder

    return make


@pytest.fixture
def library(make_package: Make) -> Path:
    """A package with one table, `shelves`, of a column of each common type."""
    return make_package(shelves=(SHELVES, SHELVES_CSV))


@pytest.fixture
def one_field(make_package: Make) -> Callable[..., Path]:
    """A function that writes a package whose table `t` has the column `a`, described by `field`, with these cells."""

    def make(field: dict[str, Any], *cells: str, **schema: Any) -> Path:
        text = "a\n" + "".join('""\n' if not cell else f'"{cell}"\n' for cell in cells)
        return make_package(t=({"fields": [{"name": "a", **field}], **schema}, text))

    return make
