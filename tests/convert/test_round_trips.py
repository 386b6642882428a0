"""What goes into a format comes back as the same bytes, or is refused by name."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from exported_packages import (
    AWKWARD,
    FOLDERS,
    REAL,
    ROUND,
    UNHELD,
    back,
    canonical_tables,
    canonical_text,
    field,
    out,
    round_trip,
    schema,
    tree,
    write_package,
)
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.convert.formats import EXCEL, Format
from mandates_data.errors import CapacityError

each_format = pytest.mark.parametrize("format_", ROUND.values(), ids=ROUND)
each_folder = pytest.mark.parametrize("format_", FOLDERS.values(), ids=FOLDERS)


@each_format
def test_every_table_of_the_real_package_comes_back_as_the_same_bytes(tmp_path: Path, format_: Format) -> None:
    there = out(REAL, format_, tmp_path / "out")
    came = {name: content for name, content in tree(back(there, format_, tmp_path / "back")).items() if ".csv" in name}
    assert came == {path.name: path.read_bytes() for path in (REAL / "data").glob("*.csv")}
    assert len(came) == 19


@pytest.mark.parametrize("name", ROUND)
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_canonical_table_comes_back_as_the_same_bytes(name: str, data: st.DataObject) -> None:
    described, content = data.draw(canonical_tables(UNHELD.get(name, ""), empty_texts=name != "xlsx"))
    with tempfile.TemporaryDirectory() as folder:
        assert round_trip(Path(folder), ROUND[name], described, content) == content


@each_folder
@pytest.mark.parametrize("missing", [[""], ["NA"], ["null", "-"], []], ids=repr)
def test_texts_that_programs_like_to_change_come_back(tmp_path: Path, format_: Format, missing: list[str]) -> None:
    unheld = set(missing[1:]) | ({text for text in AWKWARD if "\r" in text} if format_ is EXCEL else set())
    cells = sorted({*AWKWARD, "x" * 40_000} - unheld)
    content = canonical_text([["a"], *([cell] for cell in cells)])
    assert round_trip(tmp_path, format_, schema("a", missingValues=missing), content) == content


def test_a_carriage_return_in_a_cell_is_refused_for_excel(tmp_path: Path) -> None:
    with pytest.raises(CapacityError, match=r"^Table t, line 4, field b: .* expected no carriage return in a cell"):
        round_trip(tmp_path, EXCEL, schema("a", "b"), 'a,b\n1,"x\ny"\n2,"x\r\ny"\n')
    assert set(tree(tmp_path)) == {"package", "package/table0.csv", "package/datapackage.json"}


TYPED = """\
i,n,b,d,y,m,t,s,l,o,x,p,z
,,,,,,,,,,,,
-9223372036854775808,-0.5,false,0001-01-01,-0044,2009-04,08:05:00,1994-12-09T08:00:00Z,"a,b","{""a"": 1.10}",[1],"90.50, 45",P1Y
0,0.1,true,9999-12-31,2009,,23:59:59.5,2001-04-20T00:00:00,,{},[ ],"-1,2",PT0S
9223372036854775807,10000000000000000000000,true,2009-04-19,0001,1994-12,,,"x,,y",,,,
"""  # noqa: E501 - a table

TYPES = {
    "i": "integer", "n": "number", "b": "boolean", "d": "date", "y": "year", "m": "yearmonth", "t": "time",
    "s": "datetime", "l": "list", "o": "object", "x": "array", "p": "geopoint", "z": "duration",
}  # fmt: skip


@each_format
def test_values_of_every_type_come_back(tmp_path: Path, format_: Format) -> None:
    assert round_trip(tmp_path, format_, schema(*(field(*pair) for pair in TYPES.items())), TYPED) == TYPED


@each_format
def test_numbers_dates_and_booleans_in_forms_of_their_own_come_back(tmp_path: Path, format_: Format) -> None:
    fields = [
        field("money", "number", decimalChar=",", groupChar="."),
        field("share", "number", bareNumber=False),
        field("count", "integer", groupChar="."),
        field("day", "date", format="%d/%m/%Y"),
        field("yes", "boolean", trueValues=["sí"], falseValues=["no"]),
    ]
    content = 'money,share,count,day,yes\n"1.234,50",12%,1.000,19/04/2009,sí\n"2,0",€ 007,7,,no\n'
    assert round_trip(tmp_path, format_, schema(*fields), content) == content


ODD: dict[str, tuple[dict[str, Any], str]] = {
    "no rows": (schema("a"), "a\n"),
    "no typed rows": (schema(field("a", "integer"), field("b", "date")), "a,b\n"),
    "empty cells": (schema("a"), 'a\n""\n""\n'),
    "empty typed cells": (schema(field("a", "integer")), 'a\n""\n5\n'),
    "a zero below zero": (schema(field("a", "number")), "a\n-0\n0\n"),
    "names": (schema("=a", "'b", '"c"'), '=a,\'b,"""c"""\n=1,\'1,""""\n'),
    "own missing": (
        schema(field("a", missingValues=["-"]), field("b", "integer"), missingValues=["NA"]),
        "a,b\n,NA\n-,1\n",
    ),
    "composite key": (schema("a", "b", primaryKey=["b", "a"]), "a,b\nz,1\na,2\nb,2\n"),
    "order of texts": (schema(field("a", "integer"), primaryKey="a"), "a\n1\n10\n2\n"),
}


@each_folder
@pytest.mark.parametrize("odd", ODD)
def test_odd_tables_come_back(tmp_path: Path, format_: Format, odd: str) -> None:
    described, content = ODD[odd]
    assert round_trip(tmp_path, format_, described, content) == content


@each_format
def test_a_table_in_another_form_comes_back_in_canonical_form(tmp_path: Path, format_: Format) -> None:
    content = '\ufeffk,v\r\n"b",x\r\na,"y"\r\n'
    assert round_trip(tmp_path, format_, schema("k", "v", primaryKey="k"), content) == "k,v\na,y\nb,x\n"


@each_format
def test_ten_thousand_rows_come_back(tmp_path: Path, format_: Format) -> None:
    rows = [[f"{n:05}", str(n), f"text {n}", ""] for n in range(10_000)]
    content = canonical_text([["id", "n", "a", "b"], *rows])
    described = schema("id", field("n", "integer"), "a", field("b", "number"), primaryKey="id")
    assert round_trip(tmp_path, format_, described, content) == content


REFUSED = [
    ("number", "1.10", "the value spelled '1.1'"),
    ("number", "1e3", "the value spelled '1000'"),
    ("number", "+1", "the value spelled '1'"),
    ("number", "NaN", "a finite number"),
    ("number", "INF", "a finite number"),
    ("number", "0.1000000000000000055511151231257827", "the value spelled '0.1'"),
    ("number", "9007199254740993", "the value spelled '9007199254740992'"),
    ("number", "twelve", "a number, such as 12 or 3.5"),
    ("integer", "007", "the value spelled '7'"),
    ("integer", "-0", "the value spelled '0'"),
    ("integer", "12345678901234567890", "a whole number of at most 64 bits"),
    ("integer", "1.0", "a whole number, such as 12"),
    ("boolean", "TRUE", "the value spelled 'true'"),
    ("boolean", "yes", "one of true, True, TRUE, 1 (yes) or false, False, FALSE, 0 (no)"),
    ("date", "2009-4-19", "a date"),
    ("date", "2009-02-30", "a day that the calendar has"),
    ("string", "n/a", "'' for a missing value"),
]
TYPED_FORMATS = [name for name in ROUND if not name.startswith("csv")]


@pytest.mark.parametrize("name", TYPED_FORMATS)
@pytest.mark.parametrize(("kind", "cell", "expected"), REFUSED)
def test_what_would_come_back_otherwise_is_refused_by_table_line_and_field(
    tmp_path: Path, name: str, kind: str, cell: str, expected: str
) -> None:
    described = schema("id", field("v", kind), missingValues=["", "n/a"])
    package = write_package(tmp_path / "package", {"t": (described, f"id,v\n1,\n2,{cell}\n")})
    with pytest.raises(CapacityError) as error:
        out(package, ROUND[name], tmp_path / "new" / "folder")
    told = f"Table t, line 3, field v: {cell!r} cannot be converted exactly; expected {expected}"
    assert str(error.value).startswith(told)
    assert "Nothing was written." in str(error.value)
    assert set(tree(tmp_path)) == {"package", "package/table0.csv", "package/datapackage.json"}


@pytest.mark.parametrize("name", ["csv", "csv --excel"])
@pytest.mark.parametrize(("kind", "cell"), [(kind, cell) for kind, cell, _expected in REFUSED])
def test_as_csv_the_same_cells_are_only_copied(tmp_path: Path, name: str, kind: str, cell: str) -> None:
    content = f"id,v\n1,\n2,{cell}\n"
    described = schema("id", field("v", kind), missingValues=["", "n/a"])
    assert round_trip(tmp_path, ROUND[name], described, content) == content


def test_a_refusal_in_a_later_table_leaves_the_earlier_files_of_the_folder(tmp_path: Path) -> None:
    tables = {"a": (schema("x"), "x\n1\n"), "b": (schema(field("y", "integer")), "y\n1\n07\n")}
    package = write_package(tmp_path / "p", tables)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "a.parquet").write_bytes(b"old")
    (tmp_path / "out" / "notes.txt").write_bytes(b"mine")
    with pytest.raises(CapacityError, match="Table b, line 3, field y"):
        out(package, ROUND["parquet"], tmp_path / "out")
    assert tree(tmp_path / "out") == {"a.parquet": b"old", "notes.txt": b"mine"}
