"""What Python users get of the published package: every table typed, described, judged and saved as it was."""

from pathlib import Path

import pandas as pd
import pytest

from mandates_data import describe, frame_schema, load, load_all, save
from mandates_data.package.opening import installed_folder, open_package

TABLES = open_package(installed_folder()).resource_names


@pytest.mark.parametrize("table", TABLES)
def test_a_published_table_is_loaded_and_saved_as_the_same_bytes(table: str, tmp_path: Path) -> None:
    save(load(table), table, tmp_path / "again.csv")
    assert (tmp_path / "again.csv").read_bytes() == (installed_folder() / "data" / f"{table}.csv").read_bytes()


@pytest.mark.parametrize("table", TABLES)
def test_pandera_accepts_a_published_table_as_it_is_loaded(table: str) -> None:
    frame = load(table)
    pd.testing.assert_frame_equal(frame_schema(table).validate(frame, lazy=True), frame)


@pytest.mark.parametrize("table", TABLES)
def test_every_published_column_is_described(table: str) -> None:
    described = describe(table)
    assert described["title"].str.len().min() > 0
    assert described["description"].str.len().min() > 0


@pytest.mark.parametrize("table", ["summits", "documents", "mandates", "items", "printings"])
def test_a_published_table_survives_parquet_but_for_the_unit_of_its_dates(table: str, tmp_path: Path) -> None:
    frame = load(table)
    frame.to_parquet(tmp_path / "t.parquet")
    again = pd.read_parquet(tmp_path / "t.parquet")
    assert again.attrs == frame.attrs
    for name in frame.select_dtypes("datetime"):
        assert str(again[name].dtype) == "datetime64[ms]"  # Parquet counts no whole seconds
        again[name] = again[name].astype("datetime64[s]")
    pd.testing.assert_frame_equal(again, frame)


def test_the_mandates_have_the_types_that_the_documentation_names() -> None:
    mandates = load("mandates")
    assert len(mandates) == 139
    assert mandates.dtypes.astype(str).to_dict() == {
        "mandate_id": "str",
        "document_id": "str",
        "document_basis": "category",
        "section": "str",
        "paragraph": "str",
        "role": "category",
        "preamble_id": "str",
        "completeness": "category",
        "text": "str",
    }
    assert mandates["role"].cat.categories.tolist() == ["mandate", "preamble"]
    assert {"6.1", "6.10"} <= set(mandates["paragraph"].dropna())


def test_the_first_summit_is_known_with_its_days() -> None:
    summits = load_all()["summits"]
    miami = summits[summits["summit_id"] == "1994-miami"].iloc[0]
    assert miami[["ordinal", "kind", "city", "country"]].tolist() == [1, "regular", "Miami", "USA"]
    assert (miami["start_date"], miami["end_date"]) == (pd.Timestamp(1994, 12, 9), pd.Timestamp(1994, 12, 11))
