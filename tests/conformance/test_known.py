"""Each known difference is real and needed: without its entry the example below it is a disagreement."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from mandates_data.conformance import comparison, disagreements, known
from mandates_data.package.opening import open_package
from mandates_data.validate.run import validate

Writer = Callable[..., Path]


def one_field(cell: str, **field: Any) -> tuple[dict[str, Any], bytes]:
    quoted = '"' + cell.replace('"', '""') + '"'
    return {"fields": [{"name": "v", **field}]}, f"v\n{quoted}\n".encode()


TWO = [{"name": "a", "type": "string"}, {"name": "b", "type": "string"}]
EXAMPLES: dict[str, tuple[dict[str, Any], bytes]] = {
    "lexical form": one_field(" 7 ", type="integer"),
    "pattern of the whole value": one_field("catXX", type="string", constraints={"pattern": "cat|dog"}),
    "unique keys": ({"fields": TWO, "uniqueKeys": [["a", "b"]]}, b"a,b\n1,2\n1,2\n"),
    "references with a missing part": (
        {"fields": TWO, "foreignKeys": [{"fields": ["a", "b"], "reference": {"fields": ["a", "b"]}}]},
        b"a,b\n1,\n",
    ),
    "categories": one_field("huge", type="string", categories=["small", "large"]),
    "part of a primary key": ({"fields": TWO, "primaryKey": ["a", "b"]}, b"a,b\n1,\n"),
    "other hashes": one_field("x", type="string"),
    "form of the file": ({"fields": TWO}, b"\xef\xbb\xbfa,b\n1,2\n"),
    "end of the day": one_field("24:00:00", type="time"),
    "JSON without numbers that are none": one_field('{"a": NaN}', type="object"),
    "addresses with blanks": one_field("https://example.org/a b", type="string", format="uri"),
    "UUIDs without hyphens": one_field("123e4567e89b42d3a456426614174000", type="string", format="uuid"),
    "Base64 with other signs": one_field("aGVs-bG8=", type="string", format="binary"),
    "dates that could be mistaken": one_field("04/06/2009", type="date", format="any"),
    "bounds of durations": one_field("P1D", type="duration", constraints={"minimum": "P1M"}),
    "allowed values of lists": one_field("a,b", type="list", constraints={"enum": ["b,a"]}),
    "signs between thousands": one_field("1,000", type="integer", groupChar=","),
    "numbers among words": one_field("NaN", type="number", bareNumber=False),
    "years beyond four digits": one_field("12345", type="year"),
    "patterns that are not Python's": one_field("xyz", type="string", constraints={"pattern": "[a-z-[aeiou]]+"}),
    "patterns that Python cannot read": one_field("1", type="string", constraints={"pattern": r"\p{L}"}),
    "keys of lists and JSON": (
        {"fields": [{"name": "v", "type": "list", "constraints": {"unique": True}}]},
        b"v\na\na\n",
    ),
    "names of columns with blanks": ({"fields": TWO}, b" a,b\n1,2\n"),
    "keys that are no number": (
        {"fields": [{"name": "a", "type": "number"}, TWO[1]], "primaryKey": ["a"]},
        b"a,b\nNaN,1\nNaN,2\n",
    ),
    "numbers that begin with the point": one_field(
        ".5", type="number", bareNumber=False, constraints={"maximum": "0.5"}
    ),
    "e-mail addresses of other scripts": one_field("ana@example.org2", type="string", format="email"),
    "e-mail addresses with spaces": one_field("a\n@example.org", type="string", format="email"),
    "digits of other scripts in dates": one_field("1٣/04/2009", type="date", format="%d/%m/%Y"),
}
MORE = {"other hashes": {"hash": "sha1:" + hashlib.sha1(b"another file", usedforsecurity=False).hexdigest()}}


@pytest.mark.parametrize("name", [entry.name for entry in known.KNOWN])
def test_known_difference_is_needed(
    name: str, tmp_path: Path, write_package: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_package(tmp_path, {"t": EXAMPLES[name]}, MORE.get(name))
    package, report = open_package(folder), validate(folder)
    assert disagreements(package, report) == []
    entry = next(entry for entry in known.KNOWN if entry.name == name)
    monkeypatch.setattr(known, "KNOWN", tuple(other for other in known.KNOWN if other.name != name))
    (found,) = comparison.disagreements(package, report)
    assert entry.side in (found.side, "either")
    assert entry.covers(found.said, package.resources[0])


def test_every_known_difference_says_why_and_quotes_the_standard() -> None:
    assert set(EXAMPLES) == {entry.name for entry in known.KNOWN}
    for entry in known.KNOWN:
        assert entry.reason.endswith(".")
        assert entry.sentence.startswith(("Table Schema,", "Data Resource,"))
