"""Wherever frictionless judges too, we agree with it: on tables with faults of every kind, put in at random."""

from __future__ import annotations

import csv
import io
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mandates_data.conformance import disagreements
from mandates_data.package.opening import open_package
from mandates_data.validate.run import validate

PEOPLE: dict[str, Any] = {
    "fields": [
        {"name": "id", "type": "integer", "constraints": {"required": True, "minimum": 1}},
        {"name": "name", "type": "string", "constraints": {"required": True, "maxLength": 5, "pattern": "[A-Za-zé ]+"}},
        {"name": "born", "type": "date", "constraints": {"maximum": "2020-12-31"}},
        {"name": "height", "type": "number", "constraints": {"exclusiveMinimum": 0}},
        {"name": "kind", "type": "string", "constraints": {"enum": ["guest", "host"]}},
        {"name": "member", "type": "boolean"},
        {"name": "mail", "type": "string", "constraints": {"unique": True}},
    ],
    "primaryKey": ["id"],
}
VISITS: dict[str, Any] = {
    "fields": [
        {"name": "person", "type": "integer"},
        {"name": "year", "type": "year"},
        {"name": "after", "type": "string", "missingValues": ["", "-"]},
        {"name": "length", "type": "string", "constraints": {"minLength": 2}},
    ],
    "primaryKey": ["person", "year"],
    "foreignKeys": [{"fields": ["person"], "reference": {"resource": "people", "fields": ["id"]}}],
}
PEOPLE_ROWS = [
    ["id", "name", "born", "height", "kind", "member", "mail"],
    ["1", "Ana", "1980-02-29", "1.70", "guest", "true", "a@example.org"],
    ["2", "José", "", "1.8", "host", "false", ""],
    ["3", "Al Z", "2001-12-31", "", "", "", ""],
    ["10", "Bo", "1999-01-01", "2", "guest", "1", "b@example.org"],
]
VISITS_ROWS = [
    ["person", "year", "after", "length"],
    ["1", "1994", "", ""],
    ["1", "1998", "-", "two"],
    ["3", "2001", "x", "day"],
]
Writer = Callable[..., Path]
ODD = [
    "", "1", "2", "3", "x", "007", " 7 ", "1_000", "-1", "0", "1.5", "1e3", "1,5", "٣", "NaN", "INF", "true", "True",
    "yes", "guest", "Host", "1980-02-30", "1980-2-9", "04/06/2009", "2021-01-01", "1994", "199", "12345",
    "a@example.org", "-", "NULL", "Ana", "Josephine", "é", "a\nb", 'a"b', "a,b", " ", "\t",
]  # fmt: skip
ODDER = [
    "12:30:00", "12:30", "24:00:00", "9:05:00", "12:30:00Z", "2020-01-01T00:00:00", "2020-01-01T00:00:00Z",
    "2020-01-01T00:00:00.5+01:00", "2020-01-01 00:00:00", "2020-01-01T24:00:00", "2020-13-01T00:00:00", "2001-13",
    "2001-12", "2001-1", "200112", "P1Y", "P1Y2M3DT4H5M6S", "-P1D", "P", "PT", "P1W", "PT0.5S", "1Y", "P1.5Y",
    "[1,2]", "[]", "{}", "{\"a\":1}", "{\"a\":NaN}", "[1,]", "1,2", "90.5, 45.5", "90.5,45.5", "181,0", "0,91",
    "[90.5, 45.5]", "{\"lon\": 1, \"lat\": 2}", "{\"lon\": 1}", "{\"type\":\"Point\",\"coordinates\":[1,2]}",
    "{\"type\":\"X\"}", "a;b", "1;2", "1e400", "+5", "5.", ".5", "--5", "1 000", "1,000", "95%", "€95", "-INF",
    "inf", "infinity", "nan", "0x10", "1E5", "false", "FALSE", "no", "https://example.org/a b",
    "https://example.org", "mailto:a@b", "example.org", "aGVsbG8=", "aGVsbG8",
    "123e4567-e89b-42d3-a456-426614174000", "123e4567e89b42d3a456426614174000", "a@b", "ana@example.org", "1e+5",
    "00", "-0", "١٢", "0000", "10000", "-0044", "2000Z", "९९", "2020-01-01T00:00:00+0100", "20200101",
    "2020-W01-1", "19:00:00.5", "1.", "1_0.5", "Infinity", "+INF", "1e", "0.1e-3", "1\n", "abc\n",
]  # fmt: skip
CELL = st.one_of(st.sampled_from(ODD), st.text(max_size=4).filter(lambda text: text.isprintable()))


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def judged(write_package: Writer, tables: Mapping[str, tuple[dict[str, Any], bytes]]) -> list[str]:
    with tempfile.TemporaryDirectory() as name:
        folder = write_package(Path(name), tables)
        return [str(one) for one in disagreements(open_package(folder), validate(folder))]


@st.composite
def mutated(draw: st.DrawFn, rows: list[list[str]]) -> list[list[str]]:
    rows = [list(row) for row in rows]
    for _ in range(draw(st.integers(0, 3))):
        place = draw(st.integers(1, len(rows) - 1))
        change = draw(st.sampled_from(["cell", "cell", "cell", "drop", "add", "twice", "blank", "empty", "header"]))
        if change == "cell" and rows[place]:
            rows[place][draw(st.integers(0, len(rows[place]) - 1))] = draw(CELL)
        elif change == "drop":
            rows[place] = rows[place][:-1]
        elif change == "add":
            rows[place].append(draw(CELL))
        elif change == "twice":
            rows.insert(draw(st.integers(1, len(rows))), list(rows[place]))
        elif change == "blank":
            rows.insert(place, [])
        elif change == "empty":
            rows.insert(place, [""] * len(rows[0]))
        elif change == "header":
            rows[0][draw(st.integers(0, len(rows[0]) - 1))] = draw(CELL)
    return rows


FEW = settings(deadline=None, max_examples=100, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(people=mutated(PEOPLE_ROWS), visits=mutated(VISITS_ROWS))
@FEW
def test_tables_with_faults_are_judged_alike(
    people: list[list[str]], visits: list[list[str]], write_package: Writer
) -> None:
    tables = {"people": (PEOPLE, as_csv(people)), "visits": (VISITS, as_csv(visits))}
    assert judged(write_package, tables) == []


@pytest.mark.parametrize(
    "field",
    [
        {"type": "integer"},
        {"type": "integer", "constraints": {"unique": True}},
        {"type": "integer", "constraints": {"enum": [1, 2]}},
        {"type": "integer", "groupChar": ","},
        {"type": "integer", "bareNumber": False},
        {"type": "number"},
        {"type": "number", "groupChar": " ", "decimalChar": ","},
        {"type": "number", "bareNumber": False},
        {"type": "number", "constraints": {"enum": ["1", 1.5]}},
        {"type": "boolean"},
        {"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]},
        {"type": "date"},
        {"type": "date", "format": "%d/%m/%Y"},
        {"type": "date", "format": "any"},
        {"type": "date", "constraints": {"minimum": "1990-01-01", "unique": True}},
        {"type": "time"},
        {"type": "datetime"},
        {"type": "year", "constraints": {"maximum": 1998}},
        {"type": "yearmonth", "constraints": {"maximum": "2000-12"}},
        {"type": "duration", "constraints": {"minimum": "P1M"}},
        {"type": "list"},
        {"type": "list", "itemType": "integer", "delimiter": ";", "constraints": {"enum": ["1;2"]}},
        {"type": "array", "constraints": {"minLength": 1}},
        {"type": "object", "constraints": {"jsonSchema": {"type": "object"}}},
        {"type": "geopoint"},
        {"type": "geopoint", "format": "array"},
        {"type": "geopoint", "format": "object"},
        {"type": "geojson"},
        {"type": "any"},
        {"type": "string", "format": "email"},
        {"type": "string", "format": "uri"},
        {"type": "string", "format": "uuid"},
        {"type": "string", "format": "binary"},
        {"type": "string", "constraints": {"pattern": "[a-z]+|1", "minLength": 2, "maxLength": 12}},
    ],
    ids=str,
)
def test_cells_of_every_kind_are_judged_alike_as_every_type(field: dict[str, Any], write_package: Writer) -> None:
    schema = {"fields": [{"name": "n", "type": "string"}, {"name": "v", **field}]}
    rows = [["n", "v"], *([str(number), cell] for number, cell in enumerate(ODD + ODDER))]
    assert judged(write_package, {"t": (schema, as_csv(rows))}) == []
