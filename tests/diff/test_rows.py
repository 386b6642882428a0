from __future__ import annotations

import pytest
from diffed_packages import package, schema, write_package

from mandates_data.diff.changeset import CellChange, Changeset, ResourceChange, RowChange, Side
from mandates_data.diff.compare import compare, diff
from mandates_data.diff.tables import open_table
from mandates_data.errors import MandatesDataError, PackageError, TableError, UnknownNameError
from mandates_data.package import proven_walk as walk
from mandates_data.package.opening import open_package

OLD = "id,a,b\n1,x,\n2,y,yy\n3,z,zz\n"
NEW = "id,a,b\n1,x,w\n3,Z,\n4,n,\n"


def one_table(*rows: RowChange, key: tuple[str, ...] = ("id",)) -> Changeset:
    side = Side("small", "1.0.0")
    return Changeset(side, side, (), (ResourceChange("t", key=key, rows=rows),))


EXPECTED = one_table(
    RowChange("changed", ("1",), (CellChange("b", "", "w", "filled"),)),
    RowChange("removed", ("2",), row={"id": "2", "a": "y", "b": "yy"}),
    RowChange("changed", ("3",), (CellChange("a", "z", "Z", "changed"), CellChange("b", "zz", "", "cleared"))),
    RowChange("added", ("4",), row={"id": "4", "a": "n", "b": ""}),
)


def test_rows_and_cells_that_differ_are_named_in_the_order_of_their_keys(tmp_path):
    assert diff(package(tmp_path / "o", OLD), package(tmp_path / "n", NEW)) == EXPECTED


@pytest.mark.parametrize(
    "new",
    [
        pytest.param("id,a,b\n4,n,\n3,Z,\n1,x,w\n", id="another order of rows"),
        pytest.param("b,id,a\nw,1,x\n,3,Z\n,4,n\n", id="another order of columns"),
        pytest.param("id,a,b\r\n1,x,w\r\n3,Z,\r\n4,n,\r\n", id="CRLF"),
        pytest.param("id,a,b\r1,x,w\r3,Z,\r4,n,\r", id="CR"),
        pytest.param("\ufeffid,a,b\n1,x,w\n3,Z,\n4,n,\n", id="a byte order mark"),
        pytest.param("id,a,b\n1,x,w\n3,Z,\n4,n,", id="no final line end"),
        pytest.param('"id",a,b\n"1","x",w\n3,"Z",""\n4,n,\n', id="needless quotes"),
        pytest.param("id,a,b\n\n1,x,w\n3,Z,\n\n4,n,\n", id="blank lines"),
    ],
)
def test_the_form_of_a_file_is_no_difference(tmp_path, new):
    canonical = package(tmp_path / "n", NEW)
    other = package(tmp_path / "m", new)
    assert diff(canonical, other).is_empty
    assert diff(package(tmp_path / "o", OLD), other) == EXPECTED


def test_line_breaks_inside_cells_are_compared_as_text(tmp_path):
    old = package(tmp_path / "o", 'id,a,b\n1,"x\ny",\n2,p,q\n')
    new = package(tmp_path / "n", 'id,a,b\n1,"x\nz",\n2,p,q\n')
    assert diff(old, new) == one_table(RowChange("changed", ("1",), (CellChange("a", "x\ny", "x\nz"),)))


def test_a_literal_quote_that_opens_a_cell_over_two_lines_is_not_mistaken_for_two_rows(tmp_path):
    old = package(tmp_path / "o", 'id,a,b\n1,x",",\n2,y,"\n')
    new = package(tmp_path / "n", 'id,a,b\n1,x",",\n2,z,"\n')
    expected = RowChange("changed", ("1",), (CellChange("b", ",\n2,y,", ",\n2,z,"),))
    assert diff(old, new) == one_table(expected)


def test_keys_of_several_parts_are_ordered_part_by_part(tmp_path):
    fields = schema(["p", "q", "v"], ("p", "q"))
    old = package(tmp_path / "o", "p,q,v\na,2,x\na b,1,x\n", fields)
    new = package(tmp_path / "n", "p,q,v\na,10,x\na,2,y\na b,1,z\n", fields)
    assert diff(old, new) == one_table(
        RowChange("added", ("a", "10"), row={"p": "a", "q": "10", "v": "x"}),
        RowChange("changed", ("a", "2"), (CellChange("v", "x", "y"),)),
        RowChange("changed", ("a b", "1"), (CellChange("v", "x", "z"),)),
        key=("p", "q"),
    )


def test_quoted_keys_and_keys_that_are_not_the_first_column(tmp_path):
    quoted_old = package(tmp_path / "a", 'id,a,b\n"1,1",x,\n"1,2",y,\n')
    quoted_new = package(tmp_path / "b", 'id,a,b\n"1,2",Y,\n"1,3",z,\n')
    assert diff(quoted_old, quoted_new) == one_table(
        RowChange("removed", ("1,1",), row={"id": "1,1", "a": "x", "b": ""}),
        RowChange("changed", ("1,2",), (CellChange("a", "y", "Y"),)),
        RowChange("added", ("1,3",), row={"id": "1,3", "a": "z", "b": ""}),
    )
    last = schema(["v", "id"])
    old = package(tmp_path / "c", 'v,id\n"x,",1\ny,2\n', last)
    new = package(tmp_path / "d", 'v,id\n"x,",1\nz,2\n', last)
    assert diff(old, new) == one_table(RowChange("changed", ("2",), (CellChange("v", "y", "z"),)))


def test_a_table_without_a_key_is_compared_by_whole_rows_as_often_as_they_stand(tmp_path):
    fields = schema(["a", "b"], ())
    old = package(tmp_path / "o", "a,b\nx,1\nx,1\ny,2\n", fields)
    new = package(tmp_path / "n", "a,b\ny,2\nx,1\nz,3\nz,3\n", fields)
    assert diff(old, new) == one_table(
        RowChange("removed", (), row={"a": "x", "b": "1"}),
        RowChange("added", (), row={"a": "z", "b": "3"}),
        RowChange("added", (), row={"a": "z", "b": "3"}),
        key=(),
    )


CELLS = [
    ({"type": "integer"}, "7", "007", "respelled"),
    ({"type": "integer"}, "7", "8", "changed"),
    ({"type": "integer"}, "7", "seven", "changed"),
    ({"type": "string"}, "7", "007", "changed"),
    ({"type": "number"}, "1.0", "1.00", "respelled"),
    ({"type": "number"}, "NaN", "nan", "respelled"),
    ({"type": "boolean"}, "true", "1", "respelled"),
    ({"type": "boolean"}, "true", "0", "changed"),
    ({"type": "array"}, "[1]", "[ 1 ]", "respelled"),
    ({"type": "array"}, "[1]", "[true]", "changed"),
    ({"type": "array"}, "[{}]", "[[]]", "changed"),
    ({"type": "array"}, "[0.1]", "[0.10000000000000000001]", "changed"),
    ({"type": "object"}, '{"a":1,"b":2}', '{"b":2,"a":1}', "respelled"),
    ({"type": "object"}, '{"a":1,"a":2}', '{"a":2}', "changed"),
    ({"type": "string", "missingValues": ["", "-"]}, "", "-", "respelled"),
    ({"type": "string", "missingValues": ["", "-"]}, "-", "x", "filled"),
    ({"type": "string", "missingValues": ["", "-"]}, "x", "-", "cleared"),
    ({"type": "string", "missingValues": ["-"]}, "x", "", "changed"),
    ({"type": "no such type"}, "x", "y", "changed"),
]


@pytest.mark.parametrize(("field", "old", "new", "kind"), CELLS)
def test_the_kind_of_a_cell_change_follows_the_schema(tmp_path, field, old, new, kind):
    fields = schema(["id", {"name": "v", **field}, "w"])
    contents = ['id,v,w\n1,"{}",\n'.format(text.replace('"', '""')) for text in (old, new)]
    packages = [package(tmp_path / str(n), content, fields) for n, content in enumerate(contents)]
    assert diff(*packages) == one_table(RowChange("changed", ("1",), (CellChange("v", old, new, kind),)))


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (
            "id,a,b\n1,x,\n1,y,\n",
            "t.csv:3 in {folder} cannot be compared: the key id '1' stands on an earlier line too",
        ),
        ("id,a,b\n2,x,\n1,y,\n2,y,\n", "t.csv:4"),
        ("id,a,b\n1,x\n", "row too short"),
        ("id,a\n1,x\n", "no column 'b'"),
        ("id,a,b,c\n1,x,,\n", "column 'c'"),
        ("id,a,a\n1,x,\n", "two columns are called 'a'"),
        ('id,a,b\n1,"x,\n', "unclosed quote"),
        ('id,a,b\n1,"x"y,\n', "text after quote"),
        (b"id,a,b\n1,\xff,\n", "wrong encoding"),
        (b"", "empty file"),
        (b"PK\x03\x04", "not text"),
    ],
)
def test_a_table_that_leaves_a_doubt_is_refused_on_either_side_and_on_both(tmp_path, content, says):
    good, bad = package(tmp_path / "g", OLD), package(tmp_path / "b", content)
    for pair in ((good, bad), (bad, good), (bad, bad)):
        with pytest.raises(TableError) as caught:
            diff(*pair)
        assert says.format(folder=tmp_path / "b") in str(caught.value)


def test_a_blank_line_in_a_table_of_one_column_is_refused_for_it_may_be_a_row(tmp_path):
    fields = schema(["id"])
    good, bad = package(tmp_path / "g", "id\n1\n2\n", fields), package(tmp_path / "b", "id\n1\n\n2\n", fields)
    with pytest.raises(TableError, match="blank line"):
        diff(good, bad)


def test_a_missing_file_and_an_unknown_table_are_errors(tmp_path):
    good, gone = package(tmp_path / "g", OLD), package(tmp_path / "b", OLD)
    (tmp_path / "b/data/t.csv").unlink()
    with pytest.raises(PackageError, match=r"t\.csv"):
        diff(good, gone)
    with pytest.raises(UnknownNameError, match="Tables: t"):
        diff(good, good, ["nope"])


def test_a_file_that_changes_while_it_is_read_gives_an_error_and_no_wrong_rows(tmp_path):
    new = package(tmp_path / "n", NEW)
    table = open_table(new, new.resource("t"))
    (tmp_path / "n/data/t.csv").write_text("a,id,b\n1,2,3\n")
    with pytest.raises(MandatesDataError, match="changed while it was compared"):
        list(table.rows())


def test_a_comparison_is_done_when_it_is_there(tmp_path):
    comparison = compare(package(tmp_path / "o", OLD), package(tmp_path / "n", NEW))
    (tmp_path / "n/data/t.csv").write_text("other\n1\n")
    assert comparison.changeset() == EXPECTED
    assert comparison.changeset() == EXPECTED


def test_tables_that_need_more_than_one_block_are_walked_whole(tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "BLOCK", 40)
    monkeypatch.setattr("mandates_data.diff.keyed.compare_by_key", None)  # the walk alone has to do it
    old = [f"{n:04},a,\n" for n in range(200)]
    new = [line for n, line in enumerate(old) if n not in (3, 153)]
    new[101] = "0102,a,b\n"
    packages = [package(tmp_path / str(n), "id,a,b\n" + "".join(lines)) for n, lines in enumerate((old, new))]
    assert diff(*packages) == one_table(
        RowChange("removed", ("0003",), row={"id": "0003", "a": "a", "b": ""}),
        RowChange("changed", ("0102",), (CellChange("b", "", "b", "filled"),)),
        RowChange("removed", ("0153",), row={"id": "0153", "a": "a", "b": ""}),
    )


@pytest.mark.parametrize("content", ["id,a,b\n1,x,\n1,x,\n", "id,a,b\n2,x,\n1,x,\n2,x,\n"])
def test_a_key_that_stands_twice_is_found_across_blocks_and_in_equal_files(tmp_path, monkeypatch, content):
    monkeypatch.setattr(walk, "BLOCK", 1)
    with pytest.raises(TableError, match="stands on an earlier line too"):
        diff(package(tmp_path / "o", content), package(tmp_path / "n", content))


def test_one_table_may_be_compared_alone(tmp_path):
    tables = {name: (schema(["id"]), "id\n1\n") for name in ("t", "u")}
    changed = {"t": tables["t"], "u": (schema(["id"]), "id\n2\n")}
    old = open_package(write_package(tmp_path / "o", tables))
    new = open_package(write_package(tmp_path / "n", changed, title="New"))
    assert diff(old, new, ["t"]).is_empty
    assert [change.name for change in diff(old, new).resources] == ["u"]
