"""Whatever a descriptor or a table holds: it is converted, or refused in one line with nothing left behind."""

from __future__ import annotations

import copy
import json
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from exported_packages import ROUND, back, field, out, schema
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.convert.formats import NESTED, Format
from mandates_data.errors import MandatesDataError
from mandates_data.validate.descriptors.shapes import ANY_VALUE, SHAPES

FORMATS = {**ROUND, "nested": NESTED}
PEOPLE = schema(
    field("id", "integer", title="Number", constraints={"minimum": 1, "required": True}, missingValues=["-"]),
    field("name", constraints={"enum": ["Ana", "Eva"], "unique": True}),
    field("born", "date", description="When."),
    field("height", "number", decimalChar=",", groupChar="."),
    field("member", "boolean", trueValues=["yes"], falseValues=["no"]),
    field("tags", "list", delimiter=";"),
    primaryKey=["id"],
    uniqueKeys=[["name", "born"]],
    missingValues=["", {"value": "NA", "label": "unknown"}],
)
VISITS = schema(
    field("visit", "integer"),
    field("person", "integer"),
    primaryKey=["visit"],
    foreignKeys=[{"fields": ["person"], "reference": {"resource": "people", "fields": ["id"]}}],
)
TABLES = {
    "people.csv": 'id,name,born,height,member,tags\n1,Ana,1990-01-31,"1,5",yes,a;b\n2,Eva,,,,\n',
    "visits.csv": "visit,person\n1,1\n2,\n3,2\n",
}
PACKAGE = {
    "name": "made-up",
    "version": "1.0.0",
    "title": "Made up",
    "mandates_data": {"nested_root": "visits", "full_text": {"people": ["name"]}, "canonical": True},
    "resources": [
        {"name": name, "path": f"{name}.csv", "encoding": "utf-8", "dialect": {"delimiter": ","}, "schema": described}
        for name, described in (("people", PEOPLE), ("visits", VISITS))
    ],
}
NAMES = sorted({name for names in (*SHAPES.values(), *ANY_VALUE.values()) for name in names})
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(),
    st.sampled_from(
        [
            "",
            "id",
            "people",
            "People",
            "visits",
            "exact",
            "string",
            "integer",
            "date",
            "any",
            "%Y",
            "rowid",
            "\0",
            "\ud800",
            "(",
        ]
    ),
    st.text(max_size=4),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(NAMES), inner, max_size=3),
    max_leaves=8,
)


def places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The way to everything in a JSON value."""
    yield way
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from places(item, (*way, step))


SIGNS = [b'"', b"\n", b"\r", b",", b"\0", b"\xff", b"NA", b"-", b"\xc3\xa9"]
PLACES = sorted((place for place in places(PACKAGE) if place), key=str)


def refusal(work: Callable[[], object]) -> str:
    """What is said against the work; empty where it was done."""
    try:
        work()
    except MandatesDataError as error:
        return str(error)
    return ""


def converts_or_refuses(descriptor: Any, tables: dict[str, bytes], format_: Format) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        package = folder / "p"
        package.mkdir()
        (package / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
        for table, content in tables.items():
            (package / table).write_bytes(content)
        said = refusal(lambda: out(package, format_, folder / "out"))
        assert "\n" not in said
        assert [path.name for path in folder.iterdir()] == ["p"] or not said
        if not said and format_ is not NESTED:
            there = folder / "out" if format_.many else folder / "out" / f"all{format_.suffix}"
            assert "\n" not in refusal(lambda: back(there, format_, folder / "back"))


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=60)
@given(place=st.sampled_from(PLACES), value=VALUES, removed=st.booleans())
def test_any_value_at_any_place_of_a_descriptor(
    name: str, place: tuple[str | int, ...], value: Any, removed: bool
) -> None:
    descriptor = copy.deepcopy(PACKAGE)
    at: Any = descriptor
    for step in place[:-1]:
        at = at[step]
    if removed:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    converts_or_refuses(descriptor, {path: text.encode() for path, text in TABLES.items()}, FORMATS[name])


@pytest.mark.parametrize("name", FORMATS)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_bytes_in_a_table(name: str, data: st.DataObject) -> None:
    whole = TABLES["people.csv"].encode()
    start = data.draw(st.integers(0, len(whole)))
    put = data.draw(
        st.binary(max_size=8) | st.sampled_from([b'"', b"\n", b"\r", b",", b"\0", b"\xff", b"NA", b"-", "é".encode()])
    )
    end = data.draw(st.integers(start, len(whole)))
    tables = {"people.csv": whole[:start] + put + whole[end:], "visits.csv": TABLES["visits.csv"].encode()}
    converts_or_refuses(PACKAGE, tables, FORMATS[name])
