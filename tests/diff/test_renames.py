"""Rows whose key changed: told as removed and added, suggested as renamed, and counted as such when declared."""

from __future__ import annotations

import pytest
from diffed_packages import package, schema

from mandates_data.diff import renames
from mandates_data.diff.changeset import Rename
from mandates_data.diff.compare import compare
from mandates_data.diff.retired import retired_identifiers
from mandates_data.errors import PackageError

LONG = "We resolve to strengthen cooperation against all forms of organized crime in the hemisphere by joint action"
ALIKE = LONG.replace("resolve", "agree").replace("joint", "common")


def compared(tmp_path, old, new, fields=("id", "a", "b"), key=("id",), declared=()):
    header = ",".join(fields) + "\n"
    sides = [package(tmp_path / str(n), header + rows, schema(fields, key)) for n, rows in enumerate((old, new))]
    (table,) = compare(*sides, retired={"t": declared}).tables
    return table


def suggested(*pairs, basis="cells"):
    return tuple(Rename((old,), (new,), basis) for old, new in pairs)


def test_a_row_whose_other_cells_are_all_equal_is_perhaps_renamed_and_stays_removed_and_added(tmp_path):
    table = compared(tmp_path, "1,x,y\n2,same,\n", "2,same,\n9,x,y\n")
    assert [(row.kind, row.key) for row in table.rows()] == [("removed", ("1",)), ("added", ("9",))]
    assert table.renames == suggested(("1", "9"))
    assert (table.counts.rows_added, table.counts.rows_removed, table.counts.rows_renamed) == (1, 1, 0)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("1,x,\n2,x,\n", "9,x,\n", id="two rows could have become it"),
        pytest.param("1,x,\n", "8,x,\n9,x,\n", id="it could have become either of two"),
        pytest.param("1,,\n", "9,,\n", id="nothing is in the other cells"),
        pytest.param("1,7,12\n", "9,7,12\n", id="only numbers are in the other cells"),
        pytest.param("1,x,y\n", "9,x,z\n", id="a cell differs"),
        pytest.param("1,x,y\n", "9,y,x\n", id="the same cells in other fields"),
    ],
)
def test_nothing_is_suggested_where_it_is_not_sure(tmp_path, old, new):
    assert compared(tmp_path, old, new).renames == ()


def test_most_of_a_long_text_is_enough(tmp_path):
    table = compared(tmp_path, f"1,{LONG},p\n", f"9,{ALIKE},q\n")
    assert table.renames == suggested(("1", "9"), basis="text")


def test_less_than_half_of_a_long_text_is_not(tmp_path):
    words = LONG.split()
    other = " ".join([*words[:8], *reversed(words[8:])])
    assert compared(tmp_path, f"1,{LONG},p\n", f"9,{other},q\n").renames == ()


def test_a_long_text_that_two_rows_have_is_none(tmp_path):
    assert compared(tmp_path, f"1,{LONG},p\n", f"8,{ALIKE},q\n9,{ALIKE}!,q\n").renames == ()


def test_equal_cells_come_before_texts_that_are_alike(tmp_path):
    table = compared(tmp_path, f"1,{LONG},p\n2,{ALIKE},\n", f"8,{LONG},p\n9,{ALIKE}.,\n")
    assert table.renames == (Rename(("1",), ("8",), "cells"), Rename(("2",), ("9",), "text"))


def test_a_declared_rename_counts_as_one_and_as_no_row_added_or_removed(tmp_path):
    table = compared(tmp_path, "1,x,y\n2,q,\n", "8,z,z\n9,q,\n", declared={("1", "8"), ("5", "2")})
    assert table.renames == (Rename(("1",), ("8",), "declared"), Rename(("2",), ("9",), "cells"))
    assert (table.counts.rows_added, table.counts.rows_removed, table.counts.rows_renamed) == (1, 1, 1)
    back = compared(tmp_path / "b", "8,z,z\n9,q,\n", "1,x,y\n2,q,\n", declared={("1", "8")})
    assert back.renames == (Rename(("8",), ("1",), "declared"), Rename(("9",), ("2",), "cells"))


def test_a_split_or_a_merger_is_no_rename(tmp_path):
    assert compared(tmp_path / "s", "1,x,\n", "8,y,\n9,z,\n", declared={("1", "8"), ("1", "9")}).renames == ()
    assert compared(tmp_path / "m", "1,x,\n2,y,\n", "9,z,\n", declared={("1", "9"), ("2", "9")}).renames == ()


def test_a_key_of_several_fields_is_declared_with_its_parts_joined(tmp_path):
    table = compared(tmp_path, "m,1,x\n", "m,2,y\n", key=("id", "a"), declared={("m/1", "m/2")})
    assert table.renames == (Rename(("m", "1"), ("m", "2"), "declared"),)


def test_tables_without_a_key_have_no_renames(tmp_path):
    assert compared(tmp_path, "1,x,y\n", "9,x,y\n", key=()).renames == ()


def test_where_too_many_rows_came_or_went_nothing_is_suggested(tmp_path, monkeypatch):
    old, new = f"1,{LONG},\n2,q,r\n", f"8,{ALIKE},\n9,q,r\n"
    assert compared(tmp_path / "a", old, new).renames == (
        Rename(("1",), ("8",), "text"),
        Rename(("2",), ("9",), "cells"),
    )
    monkeypatch.setattr(renames, "MOST_TEXTS", 1)
    assert compared(tmp_path / "b", old, new).renames == suggested(("2", "9"))
    monkeypatch.setattr(renames, "MOST", 1)
    assert compared(tmp_path / "c", old, new, declared={("1", "8")}).renames == suggested(("1", "8"), basis="declared")


RETIRED = ("retirement_id", "retired_id", "table", "replaced_by")


def test_the_table_of_retired_identifiers_is_read(tmp_path):
    rows = "1.1,1,t,8\n1.2,1,t,9\n2.1,2,t,\n3.1,3,u,4\n"
    retired = package(tmp_path, f"{','.join(RETIRED)}\n{rows}", schema(RETIRED, ("retirement_id",)))
    assert retired_identifiers(retired, "t") == {
        "t": {("1", "8"), ("1", "9"), ("2", "")},
        "u": {("3", "4")},
    }


def test_a_table_that_is_none_of_retired_identifiers_is_refused(tmp_path):
    other = package(tmp_path, "id,a,b\n")
    with pytest.raises(PackageError, match="has no field 'retired_id'"):
        retired_identifiers(other, "t")
    with pytest.raises(PackageError, match="no table 'u'"):
        retired_identifiers(other, "u")
