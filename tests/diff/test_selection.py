"""Some of a comparison, and what the command's options for it say."""

from __future__ import annotations

import json

import pytest
from diffed_packages import package, schema, write_package

from mandates_data.diff.changeset import CellChange, MetadataChange, RowChange
from mandates_data.diff.compare import compare
from mandates_data.diff.selection import check_ignored, select
from mandates_data.errors import TableError, UnknownNameError
from mandates_data.package.opening import open_package

FIELDS = ["id", {"name": "n", "type": "integer"}, "a"]


@pytest.fixture
def sides(tmp_path):
    old = {"t": (schema(FIELDS), "id,n,a\n1,7,x\n2,1,\n3,1,gone away\n4,1,w\n5,1,moved on\n")}
    new = {"t": (schema([*FIELDS, "b"]), "id,n,a,b\n1,007,y,\n2,1,z,\n4,1,,new\n6,2,come\u0301,\n9,1,moved on,\n")}
    return [
        open_package(write_package(tmp_path / "o", old, title="A")),
        open_package(write_package(tmp_path / "n", new, title="B")),
    ]


def rows_of(comparison):
    (table,) = comparison.tables
    return list(table.rows())


@pytest.mark.parametrize(
    ("only", "expected"),
    [
        (["added"], [RowChange("added", ("6",), row={"id": "6", "n": "2", "a": "come\u0301", "b": ""})]),
        (["changed"], [RowChange("changed", ("1",), (CellChange("a", "x", "y"),))]),
        (["respelled"], [RowChange("changed", ("1",), (CellChange("n", "7", "007", "respelled"),))]),
        (
            ["filled", "cleared"],
            [
                RowChange("changed", ("2",), (CellChange("a", "", "z", "filled"),)),
                RowChange("changed", ("4",), (CellChange("a", "w", "", "cleared"),)),
            ],
        ),
        (["schema"], [RowChange("changed", ("4",), (CellChange("b", None, "new", "field_added"),))]),
        (["metadata"], []),
    ],
)
def test_only_changes_of_a_kind(sides, only, expected):
    selected = select(compare(*sides, retired={"t": {("5", "9")}}), only=only)
    assert rows_of(selected) == expected
    assert selected.left_out == (f"all but {', '.join(only)} (--only)",)
    assert bool(selected.tables[0].change.schema) == ("schema" in only)
    assert selected.metadata == ((MetadataChange("changed", "/title", "A", "B"),) if "metadata" in only else ())


def test_renamed_rows_are_a_kind_of_their_own_when_they_are_declared(sides):
    declared = compare(*sides, retired={"t": {("5", "9")}})
    assert [row.key for row in rows_of(select(declared, only=["renamed"]))] == [("5",), ("9",)]
    counts = select(declared, only=["renamed"]).tables[0].counts
    assert (counts.rows_renamed, counts.rows_added, counts.rows_removed) == (1, 0, 0)
    assert [row.key for row in rows_of(select(declared, only=["removed"]))] == [("3",)]
    assert [row.key for row in rows_of(select(compare(*sides), only=["removed"]))] == [("3",), ("5",)]


def test_a_field_is_ignored_wherever_it_is(sides):
    selected = select(compare(*sides), ignored=["a", "t.b"])
    assert rows_of(selected) == [
        RowChange("changed", ("1",), (CellChange("n", "7", "007", "respelled"),)),
        RowChange("removed", ("3",), row={"id": "3", "n": "1"}),
        RowChange("removed", ("5",), row={"id": "5", "n": "1"}),
        RowChange("added", ("6",), row={"id": "6", "n": "2"}),
        RowChange("added", ("9",), row={"id": "9", "n": "1"}),
    ]
    assert selected.tables[0].change.schema == ()
    assert selected.left_out == ("the field a (--ignore-field)", "the field t.b (--ignore-field)")


def test_a_field_that_is_nowhere_and_one_that_rows_are_matched_by_are_refused(sides):
    check_ignored(sides, ["b", "t.a"])
    for name in ("c", "u.a"):
        with pytest.raises(UnknownNameError, match=f"There is no field '{name}'"):
            check_ignored(sides, [name])
    with pytest.raises(UnknownNameError, match="matched by the field 'id'"):
        select(compare(*sides), ignored=["id"])


def test_nothing_selected_is_the_whole(sides):
    comparison = compare(*sides)
    assert select(comparison) is comparison


def test_rows_are_matched_by_other_fields_when_asked(tmp_path):
    old, new = (
        package(tmp_path / str(n), text) for n, text in enumerate(("id,a,b\n1,x,p\n2,y,q\n", "id,a,b\n8,x,p\n2,y,r\n"))
    )
    (table,) = compare(old, new, keys={"t": ("a",)}).tables
    assert (table.change.key, list(table.rows())) == (
        ("a",),
        [
            RowChange("changed", ("x",), (CellChange("id", "1", "8"),)),
            RowChange("changed", ("y",), (CellChange("b", "q", "r"),)),
        ],
    )


def test_fields_that_tell_no_rows_apart_or_are_not_there_are_refused(tmp_path):
    twice = package(tmp_path, "id,a,b\n1,x,p\n2,x,q\n")
    with pytest.raises(TableError, match="a do not tell the rows of t apart"):
        compare(twice, twice, keys={"t": ("a",)})
    with pytest.raises(UnknownNameError, match="no field 'c'"):
        compare(twice, twice, keys={"t": ("c",)})
    with pytest.raises(UnknownNameError, match="no table 'u'"):
        compare(twice, twice, keys={"u": ("a",)})


def test_a_changeset_says_in_its_file_that_it_is_not_whole(sides):
    from mandates_data.diff.changeset_file import as_comparison, changeset_bytes

    whole = compare(*sides).changeset()
    assert "left_out" not in json.loads(changeset_bytes(whole))
    part = select(as_comparison(whole), only=["added"]).changeset()
    assert json.loads(changeset_bytes(part))["left_out"] == ["all but added (--only)"]
