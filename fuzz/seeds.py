"""Where cases begin: our package (whole, and cut down to one small page), the example folders, and conversions."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mandates_data.convert.formats import EXCEL, FORMATS
from mandates_data.convert.run import convert_out
from mandates_data.package.opening import open_package

from .cases import Case
from .packages import (
    DECISIONS,
    EXAMPLES,
    PAGES,
    Files,
    below,
    empty,
    examples,
    excerpt,
    loose,
    packed,
    published,
    read,
    small,
    typed,
)

EXCEPTIONS = b"code,resource,row_key,field,reason\nMD228,first,,thing,known\nMD305,second,a,id,\n"


def seeds(target: str, *, whole: bool = True) -> list[Case]:
    """The cases that a target begins with. Without `whole`, our own package is only there cut down to a small page."""
    made = list(_MAKERS[target]())
    return [*made, *_whole(target)] if whole else made


def _whole(target: str) -> Iterator[Case]:
    whole = below(published(), "package")
    if target in ("open", "validate", "load"):
        yield Case(target, {"reference": "package"}, whole)
    elif target == "site":
        yield Case(target, {"reference": "package", "address": "https://example.org/"}, whole)
    elif target == "explore":
        yield Case(target, {**_ASKED, "reference": "package"}, whole)
    elif target == "command":
        yield Case(target, {"words": ["validate", "package", "--format", "json"]}, whole)
    elif target == "extract":
        page, decisions = (published()[f"data/source/security.{end}"] for end in ("txt", "decisions.csv"))
        files = {**whole, "security.txt": page, "security.decisions.csv": decisions}
        yield Case(target, {"page": "security.txt"}, files)


def _example_zips() -> Iterator[bytes]:
    return (path.read_bytes() for path in sorted(EXAMPLES.glob("*/bad/*.zip")))


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
        pairs += [(read(example), read(example.parent / side)) for side in ("bad", "good")]
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
    for words in (
        ["search", "mines", "--any", "--year", "1998-2004", "--package", "other", "--format", "json"],
        ["search", "traffick*", "a phrase", "--printed", "--whole", "--limit", "3", "--package", "other"],
        ["similar", "2001-quebec-poa-022", "--lineage", "--package", "other", "--format", "json"],
        ["cite", "2001-quebec-poa-022", "--package", "other", "--format", "bibtex"],
        ["cite", "--package", "other", "--format", "csl-json"],
        ["stats", "codes", "other", "--codes", "every", "--preambles", "--format", "csv"],
        ["stats", "--format", "json"],
        ["show", "2001-quebec-poa-022", "--package", "other", "--format", "json"],
        ["history", "2001-quebec-poa-022", "other", "--format", "json"],
        ["resolve", "2001-quebec-poa-022", "other", "--table", "mandates"],
        ["agreement", "other/data/mandate_subtopics.csv", "--first", "first", "--second", "second", "--format", "json"],
        ["agreement", "other/data/source/acts.passes.csv", "--field", "strength"],
        ["annotate", "--package", "other", "--check", "--format", "json"],
        ["correct", "2001-quebec-poa-022", "text", "--to", "Less.", "--package", "other", "--dry-run"],
        ["site", "other", "-o", "out", "--address", "https://example.org/", "--format", "json"],
        ["release", "check", "other", "--against", "package", "--format", "json"],
        ["release", "prepare", "other", "--against", "package"],
        ["release", "build", "other", "-o", "out"],
    ):
        yield Case("command", {"words": words}, below(excerpt(), "other") | below(typed(), "package"))


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
                found = below(read(folder / "out"), "out")
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


_ASKED = {"query": 'drug* "anti-personnel mines"', "where": [], "row_id": "2001-quebec-poa-004", "coder": ""}


def _readable() -> Iterator[tuple[str, Files]]:
    """Small packages of mandates, each with what names it."""
    for files in (excerpt(), loose(), small()):
        yield "package", below(files, "package")
    yield "package.zip", {"package.zip": packed(excerpt())}


def _of_site() -> Iterator[Case]:
    for reference, files in _readable():
        for address in ("", "https://example.org/mandates/"):
            yield Case("site", {"reference": reference, "address": address}, files)


def _of_explore() -> Iterator[Case]:
    for reference, files in _readable():
        for more in (
            {},
            {"query": "mines", "where": ["year=1998-2004", "topic=security", "role=mandate", "entity=OAS"]},
            {"query": "", "where": ["document=Plan of Action", "summit=Quebec", "code=ARMS", "verb=support"]},
            {"row_id": "2001-quebec-poa-004.b01", "where": ["strength=committing"], "coder": "first"},
        ):
            yield Case("explore", {**_ASKED, **more, "reference": reference}, files)


def _of_tell() -> Iterator[Case]:
    for reference, files in _readable():
        for row_id, table in (("2001-quebec-poa-004", None), ("security/1", None), ("ARMS", "subtopics")):
            yield Case("tell", {"reference": reference, "row_id": row_id, "table": table}, files)


def _of_annotate() -> Iterator[Case]:
    for files in (excerpt(), loose(), {**small(), **_HAND_WRITTEN}):
        yield Case("annotate", {"reference": "package"}, below(files, "package"))


_HAND_WRITTEN = {
    "data/source/lexicon.csv": b"wording,entity_id,within,basis\nOAS,oas,,acronym\n",
    "data/source/dates.csv": b"within,wording,kind,date_from,date_to,reason\n,2001,past,2001-01-01,2001-12-31,So.\n",
    "data/source/uncovered.csv": b"phrase,reason\nAIDS,term\n",
}


def _of_correct() -> Iterator[Case]:
    said = {"kind": "typo", "reason": "A letter is missing.", "evidence": "text", "table": None}
    for files in (excerpt(), loose(), small()):
        text = _first_text(files)
        for more in (
            {"row_id": text["mandate_id"], "field": "text", "text": text["text"].replace("e", "ee", 1), **said},
            {"row_id": text["mandate_id"], "field": "text", "text": f"And {text['text']}", **said},
            {"row_id": "2001-quebec-poa-004.b01", "field": "text", "text": None, **said},
            {"row_id": "2001-quebec-poa", "field": "title", "text": "Plan", **said, "table": "documents"},
        ):
            yield Case("correct", more, below(files, "package"))


def _first_text(files: Files) -> dict[str, str]:
    return next(csv.DictReader(io.StringIO(files["data/mandates.csv"].decode("utf-8"))))


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
    "site": _of_site,
    "explore": _of_explore,
    "tell": _of_tell,
    "annotate": _of_annotate,
    "correct": _of_correct,
}
