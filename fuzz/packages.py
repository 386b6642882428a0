"""The packages that cases begin as: our own, whole, cut down to a few mandates or to one small page; and examples."""

from __future__ import annotations

import functools
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mandates_data.mandates.extract import extract, write_extraction
from mandates_data.package.opening import open_package
from mandates_data.package.writer import canonical, format_row

from .excerpt import ROOT, write_excerpt

EXAMPLES = ROOT / "tests" / "examples"
PAGES = ROOT / "tests" / "mandates" / "pages"
DECISIONS = b"line,decision,value,reason\n,language,en,known\n,publisher,OAS,known\n,rights,quoted,known\n"
_EMPTIED = (
    *("topics", "sources", "mandates", "items", "printings", "mandate_topics", "corrections", "changes"),
    *("mentions", "deadlines", "subtopics", "mandate_subtopics", "acts", "lineages"),
)
"""The tables that a page fills, and those that name its mandates."""

Files = Mapping[str, bytes]
"""The bytes of each file by its path."""


def below(files: Files, folder: str) -> dict[str, bytes]:
    """The files in a folder."""
    return {f"{folder}/{path}": content for path, content in files.items()}


def packed(files: Files, folder: str = "") -> bytes:
    """The files as a zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for path, content in files.items():
            archive.writestr(zipfile.ZipInfo(f"{folder}{path}"), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


@functools.lru_cache(maxsize=1)
def published() -> Files:
    """Our own package as it stands, without its earlier releases."""
    found = {"datapackage.json": (ROOT / "datapackage.json").read_bytes()}
    for folder in ("data", "schemas"):
        found |= below(read(ROOT / folder), folder)
    return found


@functools.lru_cache(maxsize=1)
def small() -> Files:
    """Our own package with one made-up page of four paragraphs in it, sound under every rule."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _write_emptied(folder)
        (folder / "page.txt").write_bytes((PAGES / "nested-topic.txt").read_bytes())
        (folder / "page.decisions.csv").write_bytes(DECISIONS)
        package = open_package(folder)
        extraction = extract(package, folder / "page.txt")
        assert not extraction.problems
        write_extraction(package, extraction)
        for name in ("page.txt", "page.decisions.csv"):
            (folder / name).unlink()
        return read(folder)


@functools.lru_cache(maxsize=1)
def excerpt() -> Files:
    """Our own package with some of its mandates and all that its tables say of them, sound under every rule."""
    with tempfile.TemporaryDirectory() as made:
        write_excerpt(Path(made))
        return read(Path(made))


@functools.lru_cache(maxsize=1)
def loose() -> Files:
    """The same where every field is a text and none refers to another: what readers get when no rule has held."""
    descriptor = json.loads(excerpt()["datapackage.json"])
    for resource in descriptor["resources"]:
        schema = json.loads(excerpt()[resource["schema"]])
        fields = [{"name": field["name"], "type": "string"} for field in schema["fields"]]
        resource["schema"] = {"fields": fields, "primaryKey": schema["primaryKey"]}
    own = descriptor["mandates_data"]
    descriptor["mandates_data"] = {name: own[name] for name in ("corrections", "history", "nested_root", "cited_as")}
    tables = {path: content for path, content in excerpt().items() if not path.endswith(".json")}
    return {"datapackage.json": json.dumps(descriptor, indent=1).encode(), **tables}


@functools.lru_cache(maxsize=1)
def empty() -> Files:
    """Our own package as before the first page was read."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _write_emptied(folder)
        return read(folder)


def _write_emptied(folder: Path) -> None:
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "datapackage.json", folder)
    shutil.rmtree(folder / "data" / "source")
    package = open_package(folder)
    for name in _EMPTIED:
        (folder / f"data/{name}.csv").write_bytes(canonical(package.resource(name).schema, []))


@functools.lru_cache(maxsize=1)
def typed() -> Files:
    """A made-up package with a field of every type, keys of every kind and a second table that refers to the first."""
    kinds: dict[str, tuple[str, str, dict[str, Any]]] = {
        "id": ("string", "a", {"constraints": {"required": True, "maxLength": 9, "minLength": 1}}),
        "whole": ("integer", "7", {"constraints": {"minimum": 0, "maximum": 9}, "groupChar": " ", "bareNumber": True}),
        "part": ("number", "1.5", {"decimalChar": ".", "constraints": {"exclusiveMaximum": 10}}),
        "truth": ("boolean", "yes", {"trueValues": ["yes"], "falseValues": ["no"]}),
        "day": ("date", "2001-04-20", {"constraints": {"minimum": "1994-01-01"}}),
        "hour": ("time", "10:30:00", {}),
        "moment": ("datetime", "2001-04-20T10:30:00Z", {}),
        "year": ("year", "2001", {}),
        "month": ("yearmonth", "2001-04", {}),
        "span": ("duration", "P1Y2M", {"constraints": {"maximum": "P9Y"}}),
        "thing": ("object", '{"a": 1}', {"constraints": {"jsonSchema": {"type": "object"}}}),
        "row": ("array", "[1, 2]", {"constraints": {"minLength": 1}}),
        "listed": ("list", "1;2", {"delimiter": ";", "itemType": "integer"}),
        "point": ("geopoint", "90.5, 45.5", {"format": "default"}),
        "shape": ("geojson", '{"type": "Point", "coordinates": [0, 0]}', {}),
        "size": ("string", "small", {"categories": ["small", "large"], "categoriesOrdered": True}),
        "form": ("string", "ab-12", {"constraints": {"pattern": "[a-z]{2}-[0-9]+", "enum": ["ab-12", "cd-3"]}}),
        "what": ("any", "x", {"constraints": {"unique": True}}),
    }
    fields = [{"name": name, "type": kind, **more} for name, (kind, _cell, more) in kinds.items()]
    schema = {"fields": fields, "primaryKey": ["id"], "uniqueKeys": [["whole", "day"]], "missingValues": ["", "-"]}
    second = {
        "fields": [{"name": name, "type": kind} for name, kind in (("id", "string"), ("of", "any"), ("n", "integer"))],
        "fieldsMatch": ["partial"],
        "primaryKey": "id",
        "foreignKeys": [
            {"fields": ["of"], "reference": {"resource": "first", "fields": ["id"]}},
            {"fields": "of", "reference": {"fields": "id"}},
        ],
    }
    descriptor = {
        "name": "typed",
        "id": "typed",
        "version": "1.0.0",
        "licenses": [{"name": "CC0-1.0"}],
        "mandates_data": {"canonical": True, "nested_root": "first"},
        "resources": [
            {"name": "first", "path": "first.csv", "schema": schema, "dialect": {"delimiter": ",", "header": True}},
            {"name": "second", "path": "data/second.csv", "schema": "second.json", "encoding": "utf-8", "bytes": 19},
        ],
    }
    rows = [list(kinds), [cell for _kind, cell, _more in kinds.values()], ["b", *[""] * (len(kinds) - 1)]]
    return {
        "datapackage.json": json.dumps(descriptor, indent=1).encode(),
        "second.json": json.dumps(second, indent=1).encode(),
        "first.csv": "".join(map(format_row, rows)).encode(),
        "data/second.csv": b"id,of,n\na,,1\nb,a,2\n",
    }


@functools.lru_cache(maxsize=1)
def examples() -> Mapping[str, Files]:
    """The bad side of every example that is a folder, by its code."""
    folders = {path.name.partition("-")[0]: path / "bad" for path in sorted(EXAMPLES.iterdir())}
    return {code: read(folder) for code, folder in folders.items() if (folder / "datapackage.json").is_file()}


def read(folder: Path) -> Files:
    """The files of a folder."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}
