"""Two changesets as one where the key of a table changes on the way; both cases were found by the laws."""

from __future__ import annotations

import pytest
from generated import package_in_memory

from mandates_data.diff.changeset import Changeset, Description
from mandates_data.diff.compare import diff
from mandates_data.diff.composition import compose
from mandates_data.diff.content import PackageContent, TableContent
from mandates_data.errors import ChangesetError


def package(columns: tuple[str, ...], key: tuple[str, ...], *rows: tuple[str, ...]) -> PackageContent:
    schema = {"fields": [{"name": name, "type": "string"} for name in columns], "primaryKey": list(key)}
    description = Description({"name": "t", "path": "data/t.csv", "schema": None}, schema, {}, columns)
    return PackageContent({"name": "p", "resources": ["t"]}, (TableContent("t", description, rows),))


def changes(old: PackageContent, new: PackageContent) -> Changeset:
    return diff(package_in_memory(old), package_in_memory(new))


def test_rows_are_matched_by_the_greater_key_after_columns_changed_places() -> None:
    first = package(("id", "lang", "a"), ("id",))
    middle = package(("id", "a", "lang"), ("id",))
    last = package(("id", "a", "lang"), ("id", "a"))
    (change,) = compose(changes(first, middle), changes(middle, last)).resources
    assert change.key == ("id", "a")
    assert change == changes(first, last).resources[0]


def test_so_they_are_where_the_key_grows_first() -> None:
    first = package(("id", "lang", "a"), ("id",), ("1", "en", "x"))
    middle = package(("id", "lang", "a"), ("id", "lang"), ("1", "en", "x"))
    last = package(("a", "id", "lang"), ("id", "lang"), ("x", "1", "en"))
    (change,) = compose(changes(first, middle), changes(middle, last)).resources
    assert (change.key, change.rows) == (("id", "lang"), ())
    assert change == changes(first, last).resources[0]


def test_a_column_that_goes_and_comes_back_into_the_key_leaves_the_rows_unmatched() -> None:
    first, middle = package(("id", "lang"), ("id",)), package(("id",), ("id",))
    last = package(("id", "lang"), ("id", "lang"))
    with pytest.raises(ChangesetError, match="The key of the table t changes, and so which of its rows are the same"):
        compose(changes(first, middle), changes(middle, last))
