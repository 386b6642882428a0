"""Tables as they were in an earlier release, and rows by identifiers of any age."""

from __future__ import annotations

import subprocess
import sys
import warnings
from pathlib import Path

import pytest

import mandates_data
from mandates_data.errors import PackageError, RetiredIdWarning, TableError, UnknownNameError
from mandates_data.package.model import Package


@pytest.fixture
def package() -> Package:
    sys.path.insert(0, str(Path(__file__).parents[1] / "history"))
    try:
        from released_packages import RETIRED, Draft, fields, opened
    finally:
        sys.path.pop(0)
    draft = Draft(own={"retired_ids": "retired"})
    draft.add("words", fields("id", "text"), [("a", "wrod"), ("b", "two")])
    draft.add("retired", RETIRED)
    draft.add("pairs", fields("left", "right", primaryKey=["left", "right"]), [("1", "2"), ("1", "3")])
    draft.add("loose", {"fields": [{"name": "x", "type": "string"}]}, [("1",)])
    draft.release("0.1.0")
    draft.rows["words"] = [("a", "word"), ("c", "two")]
    draft.rows["retired"] = [("b.1", "b", "words", "0.2.0", "c", "Better."), ("z.1", "z", "words", "0.2.0", "", "No.")]
    draft.add("words", {**draft.schemas["words"], "title": "Words"}, draft.rows["words"])
    return opened(draft.release("0.2.0"))


def test_a_table_is_loaded_as_it_was(package: Package) -> None:
    frame = mandates_data.load("words", package, version="0.1.0")
    assert frame["text"].tolist() == ["wrod", "two"]
    assert (frame.attrs["version"], frame.attrs["title"]) == ("0.1.0", "")
    assert mandates_data.load("words", package).attrs["version"] == "0.2.0"


def test_all_tables_and_their_descriptions_are_those_of_the_release(package: Package) -> None:
    assert mandates_data.load_all(package, version="0.1.0")["words"]["id"].tolist() == ["a", "b"]
    assert mandates_data.tables(package, version="0.1.0").set_index("name").loc["retired", "rows"] == 0
    assert mandates_data.describe("words", package, version="0.1.0")["name"].tolist() == ["id", "text"]


def test_the_published_tables_are_loaded_by_their_version() -> None:
    version = mandates_data.data_version
    assert mandates_data.load("mandates", version=version).equals(mandates_data.load("mandates"))
    assert mandates_data.corpus(version=version).attrs["version"] == version
    assert mandates_data.open_package(version).version == version
    assert mandates_data.load("summits", version).attrs["version"] == version


def test_a_release_that_is_not_known_is_told_with_those_that_are(package: Package) -> None:
    with pytest.raises(PackageError, match=r"memory knows no release 0\.3\.0\. Releases: 0\.1\.0, 0\.2\.0\."):
        mandates_data.load("words", package, version="0.3.0")
    with pytest.raises(PackageError, match=r"'latest' is not a version\. Write three numbers"):
        mandates_data.load("words", package, version="latest")


def test_rows_are_given_in_the_order_of_the_identifiers(package: Package) -> None:
    frame = mandates_data.load("words", package, ids=["c", "a", "c"])
    assert (frame["id"].tolist(), frame.index.tolist()) == (["c", "a", "c"], [0, 1, 2])
    assert frame.attrs["version"] == "0.2.0"
    assert mandates_data.load("words", package, ids="a")["id"].tolist() == ["a"]
    assert mandates_data.load("words", package, ids=[]).shape == (0, 2)
    assert mandates_data.load("pairs", package, ids=["1/3"])["right"].tolist() == ["3"]


def test_an_identifier_out_of_use_is_a_warning_that_says_where_to_look(package: Package) -> None:
    with pytest.warns(RetiredIdWarning) as told:
        frame = mandates_data.load("words", package, ids=["b", "a", "z"])
    assert frame["id"].tolist() == ["a"]
    where = "mandates_data.resolve({0!r}, table='words'), or: mandates-data resolve {0} --table words"
    assert [str(one.message) for one in told] == [
        f"b was replaced by c; no row is given for it. When and why: {where.format('b')}",
        f"z was withdrawn, and nothing replaces it; no row is given for it. When and why: {where.format('z')}",
    ]
    assert {one.filename for one in told} == {__file__}


def test_an_old_identifier_is_no_warning_in_the_release_that_has_it(package: Package) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert mandates_data.load("words", package, version="0.1.0", ids=["b"])["text"].tolist() == ["two"]


def test_an_identifier_that_was_never_given_is_an_error_with_near_ones() -> None:
    with pytest.raises(UnknownNameError) as told:
        mandates_data.load("mandates", ids=["1994-miami-dec-01"])
    assert str(told.value).startswith(
        "mandates never had the identifier '1994-miami-dec-01'. Near it: 1994-miami-dec-001"
    )


def test_a_table_without_a_key_has_no_identifiers(package: Package) -> None:
    with pytest.raises(TableError, match="The table loose has no primary key to ask for"):
        mandates_data.load("loose", package, ids=["1"])


@pytest.mark.parametrize("code", ["mandates_data.load('summits')", "mandates_data.open_package()"])
def test_what_asks_for_no_version_loads_nothing_of_diff(code: str) -> None:
    shown = f"import sys, mandates_data\n{code}\nprint([n for n in sys.modules if n.startswith('mandates_data.diff')])"
    done = subprocess.run([sys.executable, "-c", shown], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
