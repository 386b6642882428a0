"""Wherever frictionless judges too, we agree with it: on tables with faults of every kind, put in at random."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hypothesis import given, settings
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
ODD = [
    "", "1", "2", "3", "x", "007", " 7 ", "1_000", "-1", "0", "1.5", "1e3", "1,5", "٣", "NaN", "INF", "true", "True", "yes", "guest",
    "Host", "1980-02-30", "1980-2-9", "04/06/2009", "2021-01-01", "1994", "199", "12345", "a@example.org", "-", "NULL",
    "Ana", "Josephine", "é", "a\nb", 'a"b', "a,b", " ", "\t",
]  # fmt: skip
CELL = st.one_of(st.sampled_from(ODD), st.text(max_size=4).filter(lambda text: text.isprintable()))


def as_csv(rows: list[list[str]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def write_package(folder: Path, tables: Mapping[str, tuple[dict[str, Any], bytes]]) -> Path:
    resources = []
    for name, (schema, content) in tables.items():
        (folder / f"{name}.csv").write_bytes(content)
        dialect = {"header": True, "headerRows": [1], "delimiter": ",", "skipInitialSpace": False}
        resources.append(
            {
                "name": name,
                "type": "table",
                "path": f"{name}.csv",
                "encoding": "utf-8",
                "dialect": dialect,
                "schema": schema,
            }
        )
    (folder / "datapackage.json").write_text(json.dumps({"name": "made-up", "resources": resources}), "utf-8")
    return folder


def judged(tables: Mapping[str, tuple[dict[str, Any], bytes]]) -> list[str]:
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


@given(people=mutated(PEOPLE_ROWS), visits=mutated(VISITS_ROWS))
@settings(deadline=None, max_examples=1000)
def test_tables_with_faults_are_judged_alike(people: list[list[str]], visits: list[list[str]]) -> None:
    assert judged({"people": (PEOPLE, as_csv(people)), "visits": (VISITS, as_csv(visits))}) == []
