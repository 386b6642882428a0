import datetime as dt
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

import mandates_data
from mandates_data import load, load_all, open_package
from mandates_data.errors import CapacityError, TableError, UnknownNameError
from mandates_data.package.temporal import Duration

LIBRARY = Path(mandates_data.__file__).parent


def test_a_table_comes_in_the_order_of_schema_and_file_with_a_plain_index(library: Path) -> None:
    frame = load("shelves", library)
    assert list(frame.columns) == ["shelf_id", "height", "built", "size", "open", "weight"]
    assert frame.index.equals(pd.RangeIndex(3))
    assert frame["shelf_id"].tolist() == ["007", "NA", "null"]


def test_each_type_has_its_dtype(library: Path) -> None:
    assert load("shelves", library).dtypes.astype(str).to_dict() == {
        "shelf_id": "str",
        "height": "Int64",
        "built": "datetime64[s]",
        "size": "category",
        "open": "boolean",
        "weight": "float64",
    }


def test_values_are_typed_and_empty_cells_are_missing(library: Path) -> None:
    frame = load("shelves", library)
    assert frame["height"].tolist() == [12, pd.NA, -3]
    assert frame["built"].tolist() == [pd.Timestamp(2001, 4, 20), pd.NaT, pd.Timestamp(1, 1, 1)]
    assert frame["open"].tolist() == [True, pd.NA, False]
    assert frame["weight"].dropna().tolist() == [1.5, -2.0]
    assert frame.isna().sum().to_dict() == {
        "shelf_id": 0, "height": 1, "built": 1, "size": 0, "open": 1, "weight": 1,
    }  # fmt: skip


@pytest.mark.parametrize("text", ["NA", "null", "n/a", "NaN", "None", "-", " ", "nan", "<NA>", "007", "1e5", "é😀"])
def test_a_text_stays_that_text(one_field: Callable[..., Path], text: str) -> None:
    frame = load("t", one_field({"type": "string"}, text))
    assert frame["a"].tolist() == [text]


def test_only_the_missing_values_of_the_schema_are_missing(one_field: Callable[..., Path]) -> None:
    package = one_field({"type": "string"}, "-", "", "n/a", missingValues=["-", "n/a"])
    assert load("t", package)["a"].isna().tolist() == [True, False, True]
    own = one_field({"type": "integer", "missingValues": ["unknown"]}, "unknown", "4")
    assert load("t", own)["a"].tolist() == [pd.NA, 4]


@pytest.mark.parametrize(
    ("field", "cells", "dtype", "values"),
    [
        ({"type": "any"}, ["1", "x"], "str", ["1", "x"]),
        ({"type": "integer"}, ["9223372036854775807", "-9223372036854775808"], "Int64", [2**63 - 1, -(2**63)]),
        ({"type": "number"}, ["INF", "-inf", "1E3"], "float64", [float("inf"), float("-inf"), 1000.0]),
        ({"type": "number", "decimalChar": ",", "groupChar": "."}, ["1.234,5"], "float64", [1234.5]),
        ({"type": "boolean", "trueValues": ["ja"], "falseValues": ["nee"]}, ["ja", "nee"], "boolean", [True, False]),
        ({"type": "date", "format": "%d/%m/%Y"}, ["04/06/2009"], "datetime64[s]", [pd.Timestamp(2009, 6, 4)]),
        ({"type": "datetime"}, ["2001-04-20T10:11:12"], "datetime64[us]", [pd.Timestamp(2001, 4, 20, 10, 11, 12)]),
        (
            {"type": "datetime"},
            ["2001-04-20T10:00:00Z", "2001-04-20T10:00:00+02:00"],
            "datetime64[us, UTC]",
            [pd.Timestamp("2001-04-20T10:00Z"), pd.Timestamp("2001-04-20T08:00Z")],
        ),
        ({"type": "time"}, ["10:11:12"], "object", [dt.time(10, 11, 12)]),
        ({"type": "year"}, ["1994", "-0044"], "Int64", [1994, -44]),
        ({"type": "yearmonth"}, ["1994-12"], "period[M]", [pd.Period("1994-12", freq="M")]),
        ({"type": "duration"}, ["P1Y2M3DT4H"], "object", [Duration(14, Decimal(273600))]),
        ({"type": "list", "itemType": "integer", "delimiter": ";"}, ["1;2"], "object", [(1, 2)]),
        ({"type": "array"}, ["[1, 2]"], "object", [[1, 2]]),
        ({"type": "geopoint"}, ["1.5, 2"], "object", [(Decimal("1.5"), Decimal(2))]),
    ],
)
def test_every_type_of_the_standard_is_read(
    one_field: Callable[..., Path], field: dict[str, Any], cells: list[str], dtype: str, values: list[Any]
) -> None:
    series = load("t", one_field(field, *cells))["a"]
    assert str(series.dtype) == dtype
    assert series.tolist() == values


@pytest.mark.parametrize(
    ("kind", "dtype"),
    [
        ("string", "str"),
        ("integer", "Int64"),
        ("number", "float64"),
        ("boolean", "boolean"),
        ("date", "datetime64[s]"),
        ("datetime", "datetime64[us]"),
        ("yearmonth", "period[M]"),
        ("time", "object"),
        ("object", "object"),
    ],
)
def test_a_column_without_values_keeps_its_type(one_field: Callable[..., Path], kind: str, dtype: str) -> None:
    empty_table = load("t", one_field({"type": kind}))
    assert (len(empty_table), str(empty_table["a"].dtype)) == (0, dtype)
    all_missing = load("t", one_field({"type": kind}, "", ""))["a"]
    assert (all_missing.isna().tolist(), str(all_missing.dtype)) == ([True, True], dtype)


def test_moments_with_and_without_a_zone_in_one_column_stay_python_values(one_field: Callable[..., Path]) -> None:
    series = load("t", one_field({"type": "datetime"}, "2001-04-20T10:00:00Z", "2001-04-20T10:00:00"))["a"]
    assert series.tolist() == [dt.datetime(2001, 4, 20, 10, tzinfo=dt.UTC), dt.datetime(2001, 4, 20, 10)]


def test_enumerated_values_are_categories_in_the_order_of_the_schema(library: Path) -> None:
    size = load("shelves", library)["size"]
    assert size.cat.categories.tolist() == ["small", "large"]
    assert size.cat.ordered
    assert (size > "small").tolist() == [True, False, True]


def test_categories_alone_are_ordered_when_the_schema_says_so(one_field: Callable[..., Path]) -> None:
    listed = {"type": "integer", "categories": [{"value": 2, "label": "two"}, {"value": 1, "label": "one"}]}
    plain = load("t", one_field(listed, "1", ""))["a"]
    assert (plain.cat.categories.tolist(), plain.cat.ordered, plain.tolist()[0]) == ([2, 1], False, 1)
    assert plain.isna().tolist() == [False, True]
    assert load("t", one_field({**listed, "categoriesOrdered": True}, "1"))["a"].cat.ordered


def test_a_missing_value_that_the_schema_enumerates_is_missing_and_no_category(one_field: Callable[..., Path]) -> None:
    series = load("t", one_field({"type": "string", "constraints": {"enum": ["", "x"]}}, "", "x"))["a"]
    assert series.cat.categories.tolist() == ["x"]
    assert series.isna().tolist() == [True, False]


def test_the_frame_carries_what_the_package_says_of_it(library: Path) -> None:
    attrs = load("shelves", library).attrs
    assert {key: attrs[key] for key in ("name", "title", "description", "package", "version")} == {
        "name": "shelves",
        "title": "Shelves",
        "description": "One row a shelf.",
        "package": "library",
        "version": "3.1.4",
    }
    assert attrs["fields"]["shelf_id"] == {"title": "Shelf", "description": "Its name.", "type": "string"}
    assert list(attrs["fields"]) == ["shelf_id", "height", "built", "size", "open", "weight"]


def test_what_it_carries_survives_copies_filters_joins_and_parquet(library: Path, tmp_path: Path) -> None:
    frame = load("shelves", library)
    frame.to_parquet(tmp_path / "shelves.parquet")
    for made in (
        frame.copy(),
        frame[frame["height"] > 0],
        pd.concat([frame, frame]),
        frame.sort_values("height"),
        pd.read_parquet(tmp_path / "shelves.parquet"),
    ):
        assert made.attrs == frame.attrs


def test_a_table_that_is_not_there_is_told_with_the_nearest_name(library: Path) -> None:
    with pytest.raises(UnknownNameError) as caught:
        load("shelfs", library)
    assert str(caught.value) == "There is no table 'shelfs'. Did you mean 'shelves'? Tables: shelves."


@pytest.mark.parametrize(
    ("field", "cell", "message"),
    [
        ({"type": "integer"}, "x7", "t.csv:3, a: 'x7', expected a whole number, such as 12."),
        ({"type": "date"}, "2001-4-2", "t.csv:3, a: '2001-4-2', expected a date written YYYY-MM-DD, such as"),
        ({"type": "string", "constraints": {"enum": ["ok", "b"]}}, "B", "t.csv:3, a: 'B', expected one of ok, b."),
    ],
)
def test_a_cell_that_is_no_value_of_its_field_is_told_with_its_line(
    one_field: Callable[..., Path], field: dict[str, Any], cell: str, message: str
) -> None:
    first = {"integer": "1", "date": "2001-04-02", "string": "ok"}[field["type"]]
    with pytest.raises(TableError) as caught:
        load("t", one_field(field, first, cell))
    assert message in str(caught.value)
    assert caught.value.next_step == "Run: mandates-data validate"


@pytest.mark.parametrize(
    "text",
    ["", "a,b\n1\n", "b,a\n1,2\n", 'a,b\n1,"2\n', "a,b\n1,2,3\n"],
    ids=["empty", "short", "header", "quote", "long"],
)
def test_a_file_that_is_no_table_is_refused(make_package: Callable[..., Path], text: str) -> None:
    package = make_package(t=({"fields": [{"name": "a"}, {"name": "b"}]}, text))
    with pytest.raises(TableError):
        load("t", package)


@pytest.mark.parametrize(
    "text",
    ["a,b\r\n1,2\r\n", "\ufeffa,b\n1,2\n", "a,b\n1,2", '"a",b\n1,"2"\n', "a,b\r1,2\r"],
    ids=["windows", "mark", "end", "quotes", "mac"],
)
def test_the_form_of_a_file_does_not_matter_where_its_cells_are_beyond_doubt(
    make_package: Callable[..., Path], text: str
) -> None:
    package = make_package(t=({"fields": [{"name": "a"}, {"name": "b"}]}, text))
    assert load("t", package).to_dict("list") == {"a": ["1"], "b": ["2"]}


def test_a_line_break_in_a_cell_is_kept(make_package: Callable[..., Path]) -> None:
    package = make_package(t=({"fields": [{"name": "a"}]}, 'a\n"one\ntwo"\nthree\n'))
    assert load("t", package)["a"].tolist() == ["one\ntwo", "three"]


def test_columns_come_in_the_order_of_the_schema_and_a_column_that_may_be_away_is_missing(
    make_package: Callable[..., Path],
) -> None:
    fields = [{"name": "a"}, {"name": "b", "type": "integer"}, {"name": "c", "missingValues": ["-", "?"]}]
    package = make_package(t=({"fields": fields, "fieldsMatch": ["superset"]}, "b,a\n1,x\n"))
    frame = load("t", package)
    assert list(frame.columns) == ["a", "b", "c"]
    assert (frame["a"].tolist(), frame["b"].tolist(), frame["c"].isna().tolist()) == (["x"], [1], [True])


@pytest.mark.parametrize(
    ("kind", "cell"),
    [
        ("integer", "9223372036854775808"),
        ("integer", "-9223372036854775809"),
        ("number", "1e400"),
        ("year", "9999999999999999999"),
        ("yearmonth", "9999999-01"),
    ],
)
def test_a_value_that_pandas_cannot_hold_is_refused_and_not_changed(
    one_field: Callable[..., Path], kind: str, cell: str
) -> None:
    with pytest.raises(CapacityError, match=f"Field a: pandas cannot hold {cell}"):
        load("t", one_field({"type": kind}, cell))


@pytest.mark.parametrize("field", [{"type": "integer", "constraints": {"enum": ["x"]}}, {"type": "whole"}])
def test_a_schema_that_makes_no_sense_ends_in_one_line(one_field: Callable[..., Path], field: dict[str, Any]) -> None:
    with pytest.raises(TableError, match="The schema of t cannot be used: field a, expected"):
        load("t", one_field(field, "1"))


def test_all_tables_come_by_name_in_the_order_of_the_descriptor(make_package: Callable[..., Path]) -> None:
    one = ({"fields": [{"name": "a"}]}, "a\n1\n")
    package = make_package(second=one, first=one)
    assert {name: frame["a"].tolist() for name, frame in load_all(package).items()} == {"second": ["1"], "first": ["1"]}
    assert list(load_all(package)) == ["second", "first"]


def test_a_package_may_be_named_by_text_path_descriptor_or_value(library: Path) -> None:
    expected = load("shelves", library)
    for package in (str(library), library / "datapackage.json", open_package(library)):
        pd.testing.assert_frame_equal(load("shelves", package), expected)


def test_the_current_folder_does_not_matter(library: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(library)
    assert load("summits").loc[0, "summit_id"] == "1994-miami"


def test_a_library_laid_out_as_a_wheel_installs_it_reads_its_own_tables(library: Path, tmp_path: Path) -> None:
    site = tmp_path / "site"
    shutil.copytree(LIBRARY, site / "mandates_data", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(library, site / "mandates_data" / "_package")
    code = "import mandates_data as m; print(m.__file__, m.__version__, m.data_version, *m.load('shelves')['shelf_id'])"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={**os.environ, "PYTHONPATH": str(site)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == [str(site / "mandates_data" / "__init__.py"), "3.1.4", "3.1.4", "007", "NA", "null"]
