"""Rows as texts by field: what is missing, what is not there, and what stood there before corrections."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mandates_data.errors import TableError, UnknownNameError
from mandates_data.package.model import Package
from mandates_data.package.opening import open_package
from mandates_data.package.rows import Tables, rows_of, whole

DESCRIPTOR = {
    "name": "birds",
    "resources": [
        {
            "name": "birds",
            "path": "birds.csv",
            "schema": {
                "fields": [{"name": "id", "type": "string"}, {"name": "colour", "type": "string"}],
                "missingValues": ["", "NA"],
                "primaryKey": "id",
            },
        },
        {
            "name": "log",
            "path": "log.csv",
            "schema": {
                "fields": [
                    {"name": name, "type": "string"}
                    for name in ("correction_id", "table", "row_id", "field", "old", "new")
                ],
                "primaryKey": "correction_id",
            },
        },
    ],
    "mandates_data": {"corrections": {"table": "log"}},
}


@pytest.fixture
def birds(tmp_path: Path) -> Package:
    (tmp_path / "birds.csv").write_bytes(b"id,colour\ncrow,black\nheron,NA\n")
    (tmp_path / "log.csv").write_bytes(
        b"correction_id,table,row_id,field,old,new\ncrow.colour.1,birds,crow,colour,blak,black\n"
    )
    (tmp_path / "datapackage.json").write_text(json.dumps(DESCRIPTOR))
    return open_package(tmp_path)


def test_a_missing_value_is_the_empty_text_however_the_table_writes_it(birds: Package) -> None:
    assert list(rows_of(birds, "birds")) == [{"id": "crow", "colour": "black"}, {"id": "heron", "colour": ""}]


def test_before_every_correction_the_old_text_stands(birds: Package) -> None:
    assert [row["colour"] for row in rows_of(birds, "birds", printed=True)] == ["blak", ""]


def test_a_field_that_is_not_there_is_empty_unless_it_was_asked_for(birds: Package) -> None:
    assert next(rows_of(birds, "birds"))["size"] == ""
    with pytest.raises(UnknownNameError, match="size"):
        next(rows_of(birds, "birds", "size"))


def test_a_table_that_is_not_there_has_no_rows(birds: Package) -> None:
    tables = Tables(birds)
    assert tables["fish"] == ()
    assert "fish" not in tables
    assert tables.by_key("birds", "id")["heron"] == {"id": "heron", "colour": ""}
    assert list(tables.grouped("birds", "colour")) == ["black", ""]


def test_a_row_with_a_cell_too_many_is_an_error_with_its_line(birds: Package, tmp_path: Path) -> None:
    (tmp_path / "birds.csv").write_bytes(b"id,colour\ncrow,black,big\n")
    with pytest.raises(TableError, match=r"birds\.csv:2"):
        list(rows_of(birds, "birds"))


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("12", 12), ("-1", -1), ("1.5", -1), ("\u0661", -1)])
def test_a_cell_as_a_whole_number(text: str, number: int) -> None:
    assert whole(text) == number
