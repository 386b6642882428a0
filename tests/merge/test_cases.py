"""The cases that a merge can lose, each by its name."""

from __future__ import annotations

import json

import pytest
from diffed_packages import schema, write_package

from mandates_data.diff.content import read_content
from mandates_data.diff.merging.conflicts import Conflict
from mandates_data.diff.merging.packages import merge
from mandates_data.package.opening import open_package

FIELDS = schema(["id", "a", "b"])
BASE = "id,a,b\n1,x,p\n2,y,q\n"


@pytest.fixture
def merged(tmp_path):
    """Merges three packages of tables; each is a CSV text for a table `t` or a mapping of tables."""

    def run(base, ours, theirs):
        def content(name, side):
            tables = {"t": (FIELDS, side)} if isinstance(side, str) else dict(side)
            metadata = tables.pop("metadata", {})
            order = tables.pop("order", list(tables))
            folder = write_package(tmp_path / name, {table: tables[table] for table in order}, **metadata)
            return read_content(open_package(folder))

        sides = [content(*each) for each in (("base", base), ("ours", ours), ("theirs", theirs))]
        there, back = merge(*sides), merge(sides[0], sides[2], sides[1])
        assert {str(each) for each in back.conflicts} == {str(each.swapped()) for each in there.conflicts}
        return there

    return run


def table(merge_, name="t"):
    found = merge_.content.table(name)
    return "".join(",".join(row) + "\n" for row in (found.description.columns, *found.rows))


def test_cells_of_one_row_that_each_side_changed_are_merged(merged):
    found = merged(BASE, "id,a,b\n1,X,p\n2,y,q\n", "id,a,b\n1,x,P\n2,y,Q\n")
    assert (table(found), found.conflicts) == ("id,a,b\n1,X,P\n2,y,Q\n", ())


def test_rows_that_came_and_went_are_merged(merged):
    found = merged(BASE, "id,a,b\n1,x,p\n2,y,q\n3,z,r\n", "id,a,b\n2,y,q\n4,w,s\n")
    assert (table(found), found.conflicts) == ("id,a,b\n2,y,q\n3,z,r\n4,w,s\n", ())


def test_one_cell_that_both_changed_differently_is_a_conflict_and_stays_as_in_ours(merged):
    found = merged(BASE, "id,a,b\n1,X,p\n2,y,q\n", "id,a,b\n1,Z,P\n2,y,q\n")
    assert table(found) == "id,a,b\n1,X,P\n2,y,q\n"
    assert found.conflicts == (Conflict("cell", "t", ("1",), "a", "", "x", "X", "Z"),)


def test_the_same_change_on_both_sides_is_none(merged):
    found = merged(BASE, "id,a,b\n1,X,p\n2,y,q\n", "id,a,b\n1,X,p\n2,y,Q\n")
    assert (table(found), found.conflicts) == ("id,a,b\n1,X,p\n2,y,Q\n", ())


def test_a_row_removed_here_and_changed_there_is_a_conflict(merged):
    found = merged(BASE, "id,a,b\n2,y,q\n", "id,a,b\n1,X,p\n2,y,q\n")
    assert table(found) == "id,a,b\n2,y,q\n"
    rows = {"id": "1", "a": "x", "b": "p"}, None, {"id": "1", "a": "X", "b": "p"}
    assert found.conflicts == (Conflict("row_removed", "t", ("1",), "", "", *rows),)


def test_a_row_changed_here_and_removed_there_is_a_conflict(merged):
    found = merged(BASE, "id,a,b\n1,X,p\n2,y,q\n", "id,a,b\n2,y,q\n")
    assert table(found) == "id,a,b\n1,X,p\n2,y,q\n"
    rows = {"id": "1", "a": "x", "b": "p"}, {"id": "1", "a": "X", "b": "p"}, None
    assert found.conflicts == (Conflict("row_removed", "t", ("1",), "", "", *rows),)


def test_a_key_that_both_added_with_other_cells_is_a_conflict_in_each_of_them(merged):
    found = merged(BASE, BASE + "3,n,m\n", BASE + "3,N,m\n")
    assert table(found) == BASE + "3,n,m\n"
    assert found.conflicts == (Conflict("row_added", "t", ("3",), "a", "", None, "n", "N"),)


def test_a_key_that_both_added_with_the_same_cells_is_none(merged):
    found = merged(BASE, BASE + "3,n,m\n", BASE + "3,n,m\n")
    assert (table(found), found.conflicts) == (BASE + "3,n,m\n", ())


def test_a_key_changed_here_and_a_cell_of_that_row_there_is_a_conflict(merged):
    found = merged(BASE, "id,a,b\n2,y,q\n9,x,p\n", "id,a,b\n1,X,p\n2,y,q\n")
    assert table(found) == "id,a,b\n2,y,q\n9,x,p\n"
    assert [(each.kind, each.key, each.ours) for each in found.conflicts] == [("row_removed", ("1",), None)]


RENAMED = {"t": (schema(["id", "c", "b"]), "id,c,b\n1,x,p\n2,y,q\n")}
EDITED = {"t": (FIELDS, "id,a,b\n1,X,p\n2,y,q\n")}


def test_a_column_renamed_here_and_a_cell_of_it_changed_there_is_a_conflict(merged):
    found = merged(BASE, RENAMED, EDITED)
    assert table(found) == "id,c,b\n1,x,p\n2,y,q\n"
    assert found.conflicts == (Conflict("column_removed", "t", ("1",), "a", "", "x", None, "X"),)


def test_a_column_renamed_there_and_a_cell_of_it_changed_here_is_a_conflict_and_the_column_stays(merged):
    found = merged(BASE, EDITED, RENAMED)
    assert table(found) == "id,a,c,b\n1,X,x,p\n2,y,y,q\n"
    assert found.conflicts == (Conflict("column_removed", "t", ("1",), "a", "", "x", "X", None),)


NARROW = {"t": (schema(["id", "b"]), "id,b\n1,p\n2,q\n")}


def test_a_column_removed_and_nothing_changed_in_it_is_gone(merged):
    found = merged(BASE, NARROW, "id,a,b\n1,x,P\n2,y,q\n")
    assert (table(found), found.conflicts) == ("id,b\n1,P\n2,q\n", ())


def test_a_column_removed_here_and_filled_in_a_new_row_there_is_a_conflict(merged):
    found = merged(BASE, NARROW, BASE + "3,z,r\n")
    assert table(found) == "id,b\n1,p\n2,q\n3,r\n"
    assert found.conflicts == (Conflict("column_removed", "t", ("3",), "a", "", None, None, "z"),)


def test_a_column_removed_there_and_described_anew_here_is_a_conflict_and_the_column_stays(merged):
    described = {"t": (schema(["id", {"name": "a", "type": "string", "title": "A"}, "b"]), BASE)}
    found = merged(BASE, described, NARROW)
    assert table(found) == BASE
    assert [(each.kind, each.field, each.theirs) for each in found.conflicts] == [("column_removed", "a", None)]


def test_a_table_removed_here_and_changed_there_is_a_conflict(merged):
    both = {"t": (FIELDS, BASE), "u": (FIELDS, BASE)}
    found = merged(both, {"u": both["u"]}, {"t": (FIELDS, BASE + "3,,\n"), "u": both["u"]})
    assert [each.name for each in found.content.tables] == ["u"]
    assert found.conflicts == (Conflict("table_removed", "t", (), "", "", 2, None, 3),)


def test_a_table_removed_there_and_changed_here_is_a_conflict_and_the_table_stays(merged):
    both = {"t": (FIELDS, BASE), "u": (FIELDS, BASE)}
    found = merged(both, {"t": (FIELDS, BASE + "3,,\n"), "u": both["u"]}, {"u": both["u"]})
    assert [each.name for each in found.content.tables] == ["t", "u"]
    assert found.conflicts == (Conflict("table_removed", "t", (), "", "", 2, 3, None),)


def test_a_table_removed_and_not_changed_is_gone(merged):
    both = {"t": (FIELDS, BASE), "u": (FIELDS, BASE)}
    found = merged(both, both, {"u": both["u"]})
    assert ([each.name for each in found.content.tables], found.conflicts) == (["u"], ())


def test_a_table_that_both_added_differently_is_a_conflict(merged):
    only = {"u": (FIELDS, BASE)}
    found = merged(only, {**only, "t": (FIELDS, BASE)}, {**only, "t": (FIELDS, BASE + "3,,\n")})
    assert found.conflicts == (Conflict("table_added", "t", (), "", "", None, 2, 3),)
    assert table(found) == BASE


def test_a_column_that_both_added_with_other_values_is_a_conflict(merged):
    def wider(cell):
        return {"t": (schema(["id", "a", "b", "c"]), f"id,a,b,c\n1,x,p,{cell}\n2,y,q,k\n")}

    found = merged(BASE, wider("n"), wider("m"))
    assert table(found) == "id,a,b,c\n1,x,p,n\n2,y,q,k\n"
    assert found.conflicts == (Conflict("column_added", "t", ("1",), "c", "", None, "n", "m"),)


def test_a_column_that_both_added_with_another_schema_is_a_conflict(merged):
    def wider(type_):
        return {"t": (schema(["id", "a", "b", {"name": "c", "type": type_}]), "id,a,b,c\n1,x,p,7\n2,y,q,8\n")}

    found = merged(BASE, wider("integer"), wider("string"))
    values = None, {"name": "c", "type": "integer"}, {"name": "c", "type": "string"}
    assert found.conflicts == (Conflict("column_added", "t", (), "c", "", *values),)


def test_different_columns_that_both_added_are_merged(merged):
    ours = {"t": (schema(["id", "a", "b", "c"]), "id,a,b,c\n1,x,p,n\n2,y,q,\n")}
    theirs = {"t": (schema(["id", "d", "a", "b"]), "id,d,a,b\n1,k,x,p\n2,,y,Q\n3,l,,\n")}
    found = merged(BASE, ours, theirs)
    assert (table(found), found.conflicts) == ("id,d,a,b,c\n1,k,x,p,n\n2,,y,Q,\n3,l,,,\n", ())


def test_a_type_that_both_changed_differently_is_a_conflict(merged):
    def typed(type_):
        return {"t": (schema(["id", {"name": "a", "type": type_}, "b"]), BASE)}

    found = merged(typed("string"), typed("integer"), typed("number"))
    assert found.conflicts == (Conflict("property", "t", (), "a", "/type", "string", "integer", "number"),)
    assert found.content.table("t").description.schema["fields"][1]["type"] == "integer"


def test_a_primary_key_changed_here_and_rows_added_there_is_a_conflict(merged):
    keyed = {"t": (schema(["id", "a", "b"], ["id", "a"]), BASE + "2,z,q\n")}
    found = merged(BASE, keyed, BASE + "3,,\n")
    values = ["id"], ["id", "a"], ["id"]
    assert found.conflicts == (Conflict("key_changed", "t", (), "", "/schema/primaryKey", *values),)
    assert table(found) == BASE + "2,z,q\n"


def test_a_primary_key_changed_here_and_only_words_there_is_none(merged):
    keyed = {"t": (schema(["id", "a", "b"], ["id", "a"]), BASE + "2,z,q\n")}
    found = merged(BASE, keyed, {"t": (schema(["id", "a", "b"], title="T"), BASE)})
    assert (table(found), found.conflicts) == (BASE + "2,z,q\n", ())
    assert found.content.table("t").description.schema["title"] == "T"


LOOSE = schema(["a", "b"], ())


def test_rows_of_a_table_without_a_key_that_came_and_went_are_merged(merged):
    base = {"t": (LOOSE, "a,b\nx,1\ny,2\ny,2\n")}
    found = merged(base, {"t": (LOOSE, "a,b\ny,2\ny,2\nz,3\n")}, {"t": (LOOSE, "a,b\nw,4\nx,1\ny,2\n")})
    assert (table(found), found.conflicts) == ("a,b\nw,4\ny,2\nz,3\n", ())


def test_a_row_of_a_table_without_a_key_that_both_may_have_changed_is_a_conflict(merged):
    base = {"t": (LOOSE, "a,b\nx,1\ny,2\n")}
    found = merged(base, {"t": (LOOSE, "a,b\nX,1\ny,2\n")}, {"t": (LOOSE, "a,b\nx,9\ny,2\n")})
    values = [{"a": "x", "b": "1"}], [{"a": "X", "b": "1"}], [{"a": "x", "b": "9"}]
    assert found.conflicts == (Conflict("rows_without_key", "t", (), "", "", *values),)
    assert table(found) == "a,b\nX,1\ny,2\n"


def test_columns_moved_here_and_a_column_added_there_are_merged(merged):
    ours = {"t": (schema(["id", "b", "a"]), "id,b,a\n1,p,x\n2,q,y\n")}
    theirs = {"t": (schema(["id", "a", "b", "c"]), "id,a,b,c\n1,x,p,n\n2,y,q,\n")}
    found = merged(BASE, ours, theirs)
    assert (table(found), found.conflicts) == ("id,b,a,c\n1,p,x,n\n2,q,y,\n", ())


def test_columns_that_both_moved_against_each_other_are_a_conflict(merged):
    ours = {"t": (schema(["a", "id", "b"]), "a,id,b\nx,1,p\ny,2,q\n")}
    theirs = {"t": (schema(["id", "b", "a"]), "id,b,a\n1,p,x\n2,q,y\n")}
    found = merged(BASE, ours, theirs)
    values = ["id", "a", "b"], ["a", "id", "b"], ["id", "b", "a"]
    assert found.conflicts == (Conflict("order", "t", (), "", "/schema/fields", *values),)
    assert table(found).startswith("a,id,b\n")


def test_tables_in_another_order_here_and_a_new_one_there_are_merged(merged):
    both = {"t": (FIELDS, BASE), "u": (FIELDS, BASE)}
    found = merged(both, {**both, "order": ["u", "t"]}, {**both, "v": (FIELDS, BASE)})
    assert ([each.name for each in found.content.tables], found.conflicts) == (["u", "t", "v"], ())


def test_properties_of_the_package_are_merged_or_a_conflict(merged):
    def said(**metadata):
        return {"t": (FIELDS, BASE), "metadata": metadata}

    base = said(title="T", keywords=["k"], description="D")
    ours = said(title="O", keywords=["k", "o"], description="D2")
    found = merged(base, ours, said(title="T", keywords=["j", "k"], description="D3"))
    assert (found.content.descriptor["title"], found.content.descriptor["keywords"]) == ("O", ["j", "k", "o"])
    assert found.conflicts == (Conflict("property", "", (), "", "/description", "D", "D2", "D3"),)


def test_two_rows_of_a_ledger_are_merged_since_their_keys_differ(merged):
    ledger = schema(["correction_id", "old", "new"], ["correction_id"])
    head = "correction_id,old,new\n"
    base = {"t": (FIELDS, BASE), "l": (ledger, head)}
    ours = {"t": (FIELDS, "id,a,b\n1,X,p\n2,y,q\n"), "l": (ledger, head + "1.a.1,x,X\n")}
    theirs = {"t": (FIELDS, "id,a,b\n1,x,p\n2,Y,q\n"), "l": (ledger, head + "2.a.1,y,Y\n")}
    found = merged(base, ours, theirs)
    assert (table(found), found.conflicts) == ("id,a,b\n1,X,p\n2,Y,q\n", ())
    assert table(found, "l") == head + "1.a.1,x,X\n2.a.1,y,Y\n"


def test_a_conflict_can_be_written_as_json(merged):
    found = merged(BASE, "id,a,b\n2,y,q\n", "id,a,b\n1,X,p\n2,y,q\n")
    assert json.loads(json.dumps(found.conflicts[0].theirs)) == {"id": "1", "a": "X", "b": "p"}
