"""The counts as pandas frames."""

from pathlib import Path

import pytest
from counted_packages import ROOT, counted

import mandates_data

DTYPES = {
    "summits": ["str", "str", "Int64", "Int64", "Int64", "Int64", "Int64"],
    "documents": ["str", "str", "Int64", "Int64", "Int64", "Int64", "Int64"],
    "words": ["str", "Int64", "Int64", "Int64", "Int64", "float64", "float64", "Int64"],
    "codes": ["str", "str", "str", "Int64", "Int64"],
    "strength": ["str", "str", "Int64", "Int64"],
    "verbs": ["str", "str", "Int64", "Int64", "Int64", "Int64"],
    "entities": ["str", "str", "str", "str", "str", "Int64", "Int64", "Int64"],
    "lineages": ["str", "Int64", "Int64", "Int64", "Int64", "Int64", "str"],
    "corrections": ["str", "str", "Int64"],
}


@pytest.mark.parametrize("name", DTYPES)
def test_columns_are_typed_with_rows_and_without(name: str, tmp_path: Path) -> None:
    full = mandates_data.stats(name, counted(tmp_path / "full"))
    assert [str(dtype) for dtype in full.dtypes] == DTYPES[name]
    assert list(full.columns) == list(full.attrs["fields"])


def test_the_documentation_names_every_count_with_its_columns(tmp_path: Path) -> None:
    told = " ".join(str(mandates_data.stats.__doc__).split())
    small = counted(tmp_path)
    for name in DTYPES:
        head = told.split(f"- `{name}`: ")[1].split(" - `")[0]
        places = [head.find(f"`{column}`") for column in mandates_data.stats(name, small).columns]
        assert places == sorted(places)
        assert -1 not in places


def test_missing_values_are_an_acronym_and_an_unreleased_version(tmp_path: Path) -> None:
    small = counted(tmp_path)
    assert mandates_data.stats("entities", small)["acronym"].isna().sum() == 2
    assert mandates_data.stats("corrections", small)["version"].isna().sum() == 2


def test_a_frame_says_what_was_counted(tmp_path: Path) -> None:
    found = mandates_data.stats("codes", counted(tmp_path)).attrs
    assert (found["name"], found["package"], found["version"], found["n"]) == ("codes", "small", "1.2.3", 3)
    assert found["fields"]["mandates"] == {
        "type": "integer",
        "description": "mandates that have it as the first of their codes",
    }


def test_the_published_package_is_counted_and_every_release_of_it() -> None:
    first = mandates_data.stats("summits", ROOT, version="0.1.0")
    assert first["mandates"].sum() == 136
    assert first.attrs["version"] == "0.1.0"
    assert mandates_data.stats("corrections", ROOT, version="0.1.0").empty
