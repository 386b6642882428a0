from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mandates_data import load, save
from mandates_data.errors import TableError, UnknownNameError, WriteError
from mandates_data.frames.columns import column
from mandates_data.frames.saving import to_csv
from mandates_data.package.model import Field, Schema

CANONICAL = """\
shelf_id,height,built,size,open,weight
007,12,2001-04-20,large,true,1.5
NA,,,small,,
null,-3,0001-01-01,large,false,-2
"""


def test_a_loaded_table_is_saved_as_the_same_bytes(library: Path, tmp_path: Path) -> None:
    save(load("shelves", library), "shelves", tmp_path / "again.csv", library)
    assert (tmp_path / "again.csv").read_bytes() == CANONICAL.encode()


def test_rows_are_sorted_and_columns_brought_into_order(library: Path, tmp_path: Path) -> None:
    shuffled = load("shelves", library).iloc[[2, 0, 1]][["open", "weight", "size", "shelf_id", "built", "height"]]
    save(shuffled, "shelves", str(tmp_path / "again.csv"), library)
    assert (tmp_path / "again.csv").read_bytes() == CANONICAL.encode()


def test_a_changed_cell_is_what_changes(library: Path, tmp_path: Path) -> None:
    frame = load("shelves", library)
    frame.loc[1, "height"] = 40
    frame.loc[1, "built"] = pd.Timestamp(2022, 6, 10)
    save(frame, "shelves", tmp_path / "again.csv", library)
    assert (tmp_path / "again.csv").read_text() == CANONICAL.replace("NA,,,small", "NA,40,2022-06-10,small")


def test_whole_numbers_that_pandas_made_fractions_of_are_whole_again(library: Path) -> None:
    frame = load("shelves", library).astype({"height": "float64", "size": "str"})
    schema = Schema((Field("height", "integer"), Field("size")))
    assert to_csv(frame[["height", "size"]], schema) == b"height,size\n,small\n-3,large\n12,large\n"


CELLS = [
    ({"type": "number"}, ["-0.001", "0", "1.5", "1000000", "INF"]),
    ({"type": "number", "decimalChar": ","}, ["1,5"]),
    ({"type": "boolean", "trueValues": ["yes"], "falseValues": ["no"]}, ["no", "yes"]),
    ({"type": "date", "format": "%d.%m.%Y"}, ["20.04.2001"]),
    ({"type": "datetime"}, ["2001-04-20T10:11:12", "2001-04-20T10:11:12.500000"]),
    ({"type": "datetime"}, ["2001-04-20T10:11:12Z"]),
    ({"type": "time"}, ["10:11:12"]),
    ({"type": "year"}, ["-0044", "0999", "1994"]),
    ({"type": "yearmonth"}, ["0999-01", "1994-12"]),
    ({"type": "duration"}, ["-P1M", "P1Y2M3DT4H5M6.5S", "PT0S"]),
    ({"type": "list", "itemType": "integer", "delimiter": ";"}, ["1", "1;2"]),
    ({"type": "array"}, ["[1, \u201cx\u201d]".replace("\u201c", '""').replace("\u201d", '""')]),
    ({"type": "geopoint"}, ["1.5, 2"]),
    ({"type": "integer", "constraints": {"enum": [2, 1]}}, ["", "1", "2"]),
    ({"type": "string", "missingValues": ["-", "."]}, ["", "-", "x"]),
]


@pytest.mark.parametrize(("field", "cells"), CELLS)
def test_every_type_is_spelled_as_it_was(
    one_field: Callable[..., Path], tmp_path: Path, field: dict[str, Any], cells: list[str]
) -> None:
    package = one_field(field, *cells)
    save(load("t", package), "t", tmp_path / "again.csv", package)
    pd.testing.assert_frame_equal(
        pd.read_csv(tmp_path / "again.csv", dtype="str", keep_default_na=False, skip_blank_lines=False),
        pd.DataFrame({"a": [cell.replace('""', '"') for cell in cells]}, dtype="str"),
    )


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ({"type": "string"}, 7, "expected a text"),
        ({"type": "string"}, "null\0character", "a text without a null character"),
        ({"type": "string"}, "half \ud83d character", "a value of type string"),
        ({"type": "string"}, "", "a text that does not stand for a missing value"),
        ({"type": "integer"}, 1.5, "expected a whole number"),
        ({"type": "integer"}, "x", "a value of type integer"),
        ({"type": "boolean"}, 2, "expected True or False"),
        ({"type": "date"}, pd.Timestamp(2001, 4, 20, 10), "a date without a time of day"),
        ({"type": "date"}, "2001-04-20", "a value of type date"),
        ({"type": "geopoint"}, (200, 0), "longitude"),
        ({"type": "list"}, 3, "a value of type list"),
    ],
)
def test_a_value_of_another_type_is_refused_with_its_row_and_nothing_is_written(
    one_field: Callable[..., Path], tmp_path: Path, field: dict[str, Any], value: Any, expected: str
) -> None:
    package = one_field(field)
    frame = pd.DataFrame({"a": pd.Series([value], dtype="object")})
    with pytest.raises(TableError, match="Row 0 of the frame, a: ") as caught:
        save(frame, "t", tmp_path / "again.csv", package)
    assert expected in str(caught.value)
    assert not (tmp_path / "again.csv").exists()


def test_columns_that_are_not_those_of_the_table_are_named(library: Path, tmp_path: Path) -> None:
    frame = load("shelves", library)
    with pytest.raises(TableError, match="no column: height, open"):
        save(frame.drop(columns=["open", "height"]), "shelves", tmp_path / "x.csv", library)
    with pytest.raises(TableError, match="a column that the table has not: colour"):
        save(frame.assign(colour="red"), "shelves", tmp_path / "x.csv", library)
    with pytest.raises(TableError, match="twice the column: open"):
        save(pd.concat([frame, frame[["open"]]], axis="columns"), "shelves", tmp_path / "x.csv", library)
    with pytest.raises(UnknownNameError):
        save(frame, "shelf", tmp_path / "x.csv", library)
    assert list(tmp_path.glob("*.csv*")) == []


def test_a_place_that_cannot_be_written_is_one_line(library: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(WriteError):
        save(load("shelves", library), "shelves", tmp_path / "file" / "x.csv", library)


TEXTS = st.one_of(
    st.sampled_from(["", "NA", "null", "n/a", "007", '"', ",", "é", "😀", " x ", "1e5", "=1+1", "true", "x" * 5000]),
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=20),
)


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=st.lists(st.tuples(TEXTS, TEXTS), max_size=12))
def test_texts_of_every_kind_come_back_unchanged(make_package: Callable[..., Path], rows: list[Any]) -> None:
    schema = Schema((Field("a", "string"), Field("b", "any")))
    frame = pd.DataFrame(
        {field.name: column(schema, field, [row[n] for row in rows]) for n, field in enumerate(schema.fields)}
    )
    content = to_csv(frame, schema)
    package = make_package(t=({"fields": [{"name": "a", "type": "string"}, {"name": "b", "type": "any"}]}, ""))
    (package / "t.csv").write_bytes(content)
    again = load("t", package)
    found = [tuple("" if pd.isna(cell) else cell for cell in row) for row in again.itertuples(index=False, name=None)]
    assert found == sorted(rows)
    assert to_csv(again, schema) == content


NUMBERS = st.integers(-(2**63), 2**63 - 1)


@settings(deadline=None, max_examples=100)
@given(
    integers=st.lists(st.none() | NUMBERS, max_size=8),
    numbers=st.lists(st.none() | st.floats(allow_nan=False, allow_subnormal=False), max_size=8),
    days=st.lists(st.none() | st.dates(), max_size=8),
    moments=st.lists(st.none() | st.datetimes(), max_size=8),
)
def test_values_of_every_size_come_back_unchanged(
    integers: list[Any], numbers: list[Any], days: list[Any], moments: list[Any]
) -> None:
    for kind, dtype, values in (
        ("integer", "Int64", integers),
        ("number", "float64", numbers),
        ("date", "datetime64[s]", days),
        ("datetime", "datetime64[us]", moments),
    ):
        schema = Schema((Field("n", "integer"), Field("a", kind)), primary_key=("n",))
        frame = pd.DataFrame({"n": range(10, 10 + len(values)), "a": pd.Series(values, dtype=dtype)})
        lines = to_csv(frame, schema).decode().splitlines()[1:]
        again = column(schema, schema.fields[1], [line.partition(",")[2] for line in lines])
        pd.testing.assert_series_equal(again, frame["a"], check_names=False)
