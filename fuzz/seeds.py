"""Where cases begin: our package (whole, and cut down to one small page), the example folders, and conversions."""

from __future__ import annotations

import functools
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from mandates_data.convert.formats import EXCEL, FORMATS
from mandates_data.convert.run import convert_out
from mandates_data.mandates.extract import extract, write_extraction
from mandates_data.package.opening import open_package
from mandates_data.package.writer import canonical, format_row

from .cases import Case

ROOT = Path(__file__).resolve().parent.parent
EXAMPLES = ROOT / "tests" / "examples"
PAGES = ROOT / "tests" / "mandates" / "pages"
DECISIONS = b"line,decision,value,reason\n,language,en,known\n,publisher,OAS,known\n,rights,quoted,known\n"
EXCEPTIONS = b"code,resource,row_key,field,reason\nMD228,first,,thing,known\nMD305,second,a,id,\n"
_EMPTIED = (
    *("topics", "sources", "mandates", "items", "printings", "mandate_topics", "corrections", "changes"),
    *("mentions", "deadlines", "subtopics", "mandate_subtopics", "acts", "lineages"),
)
"""The tables that a page fills, and those that name its mandates."""

Files = Mapping[str, bytes]


def seeds(target: str, *, whole: bool = True) -> list[Case]:
    """The cases that a target begins with. Without `whole`, our own package is only there cut down to a small page."""
    made = list(_MAKERS[target]())
    return [*made, *_whole(target)] if whole else made


def _whole(target: str) -> Iterator[Case]:
    published = below(_published(), "package")
    if target in ("open", "validate", "load"):
        yield Case(target, {"reference": "package"}, published)
    elif target == "command":
        yield Case(target, {"words": ["validate", "package", "--format", "json"]}, published)
    elif target == "extract":
        page, decisions = (_published()[f"data/source/security.{end}"] for end in ("txt", "decisions.csv"))
        files = {**published, "security.txt": page, "security.decisions.csv": decisions}
        yield Case(target, {"page": "security.txt"}, files)


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
def _published() -> Files:
    found = {"datapackage.json": (ROOT / "datapackage.json").read_bytes()}
    for folder in ("data", "schemas"):
        found |= below(_read(ROOT / folder), folder)
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
        return _read(folder)


@functools.lru_cache(maxsize=1)
def empty() -> Files:
    """Our own package as before the first page was read."""
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        _write_emptied(folder)
        return _read(folder)


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
    return {code: _read(folder) for code, folder in folders.items() if (folder / "datapackage.json").is_file()}


def _example_zips() -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted(EXAMPLES.glob("*/bad/*.zip")))


def _read(folder: Path) -> Files:
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _packages() -> Iterator[tuple[str, Files]]:
    """Small packages, each with what names it."""
    yield "package", below(small(), "package")
    yield "package", below(typed(), "package")
    yield "package.zip", {"package.zip": packed(typed(), "inside/")}
    yield "package.zip", {"package.zip": packed(small())}
    for content in _example_zips():
        yield "package.zip", {"package.zip": content}
    for files in examples().values():
        yield "package/datapackage.json", below(files, "package")


def _plain(target: str) -> Iterator[Case]:
    for reference, files in _packages():
        yield Case(target, {"reference": reference}, files)


def _of_against() -> Iterator[Case]:
    pairs = [(typed(), typed()), (small(), small()), (typed(), small())]
    for example in sorted(EXAMPLES.glob("*/base")):
        pairs += [(_read(example), _read(example.parent / side)) for side in ("bad", "good")]
    for base, files in pairs:
        yield Case(
            "against", {"reference": "package", "base": "base"}, {**below(files, "package"), **below(base, "base")}
        )


def _of_fmt() -> Iterator[Case]:
    for _reference, files in _packages():
        if "package.zip" not in files:
            yield Case("fmt", {"base": None, "tables": []}, files)
    for case in _of_against():
        yield Case("fmt", {"base": "base", "tables": []}, case.files)


def _of_commands() -> Iterator[Case]:
    both = {**below(typed(), "package"), **below(small(), "other")}
    for words in (
        ["validate", "package"],
        ["validate", "package", "--format", "json"],
        ["validate", "package", "--against", "other", "--format", "github", "--report", "markdown=out/summary.md"],
        ["validate", "package", "--exceptions", "exceptions.csv", "--strict", "--format", "markdown"],
        ["validate", "other", "--select", "MD2,MD301", "--ignore", "MD204", "--format", "text"],
        ["fmt", "package", "--check"],
        ["fmt", "package", "--diff", "--against", "other", "--format", "json"],
        ["fmt", "other", "--table", "mandates"],
        ["diff", "package", "other"],
        ["diff", "package", "other", "--format", "json", "--table", "first"],
        ["convert", "package", "--to", "json", "-o", "out"],
        ["convert", "package", "--to", "csv", "--excel", "--table", "first", "--format", "json"],
        ["convert", "other", "--to", "json", "--nested"],
        ["explain", "MD204"],
        ["explain", "--format", "json"],
        ["extract", "page.txt", "--package", "other", "--check", "--format", "json", "--topic", "gangs"],
    ):
        files = {**both, **_page("nested-topic", "page"), "exceptions.csv": EXCEPTIONS}
        yield Case("command", {"words": words}, files)


def _of_convert() -> Iterator[Case]:
    for to in (*FORMATS, "nested", "excel"):
        for files in (typed(), small()):
            yield Case("convert", {"reference": "package", "to": to, "tables": []}, below(files, "package"))
        yield Case("convert", {"reference": "package.zip", "to": to, "tables": []}, {"package.zip": packed(typed())})
    for files in examples().values():
        yield Case("convert", {"reference": "package", "to": "jsonl", "tables": []}, below(files, "package"))


def _of_back() -> Iterator[Case]:
    for format_ in (*FORMATS.values(), EXCEL):
        for number, files in enumerate((typed(), small())):
            with tempfile.TemporaryDirectory() as made:
                folder = Path(made)
                Case("", {}, below(files, "package")).write(folder)
                many = format_.many
                target = folder / "out" / ("" if many else f"all{format_.suffix}")
                convert_out(open_package(folder / "package"), format_, target)
                found = below(_read(folder / "out"), "out")
            if many and format_.name == "parquet":
                found = dict(sorted(found.items())[-2:])
                yield Case("back", {"source": next(iter(found)), "tables": []}, found)
            source = "out" if many else f"out/all{format_.suffix}"
            yield Case("back", {"source": source, "tables": []}, found)
            if format_.name in ("json", "jsonl") and not number:
                yield Case("back", {"source": f"out/first{format_.suffix}", "tables": ["first"]}, found)


def _of_diff() -> Iterator[Case]:
    pairs = [(typed(), typed()), (small(), small()), (typed(), small())]
    for old, new in pairs:
        yield Case("diff", {"old": "old", "new": "new", "tables": []}, {**below(old, "old"), **below(new, "new")})
    for code in ("MD141", "MD142", "MD301", "MD305", "MD401", "MD104"):
        old, new = examples()[code], examples()[code]
        yield Case("diff", {"old": "old", "new": "new", "tables": []}, {**below(old, "old"), **below(new, "new")})
    files = {"old.zip": packed(typed()), **below(typed(), "new")}
    yield Case("diff", {"old": "old.zip", "new": "new", "tables": []}, files)


def _page(name: str, called: str) -> Files:
    return {f"{called}.txt": (PAGES / f"{name}.txt").read_bytes(), f"{called}.decisions.csv": DECISIONS}


def _of_extract() -> Iterator[Case]:
    for name in ("nested-topic", "no-heading-repeated"):
        for package in (empty(), small()):
            arguments = {"page": "page.txt", "topic": "" if name == "nested-topic" else "gangs"}
            yield Case("extract", arguments, {**below(package, "package"), **_page(name, "page")})


_MAKERS = {
    "open": lambda: _plain("open"),
    "validate": lambda: _plain("validate"),
    "load": lambda: _plain("load"),
    "against": _of_against,
    "command": _of_commands,
    "convert": _of_convert,
    "back": _of_back,
    "diff": _of_diff,
    "fmt": _of_fmt,
    "extract": _of_extract,
}
