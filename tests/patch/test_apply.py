"""What a patch demands of a package, and what it leaves alone."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from diffed_packages import package, schema

from mandates_data.diff.apply import Conflict, ConflictError, apply
from mandates_data.diff.changeset import Changeset, Side
from mandates_data.diff.changeset_file import changeset_bytes, read_changeset
from mandates_data.diff.compare import compare, diff
from mandates_data.diff.composition import compose
from mandates_data.diff.content import canonical_files, package_in_memory, read_content
from mandates_data.diff.inversion import invert
from mandates_data.diff.selection import select
from mandates_data.errors import ChangesetError
from mandates_data.package.opening import open_package

ROOT = Path(__file__).resolve().parents[2]
OLD = "id,a,b\n1,x,\n2,y,yy\n3,z,zz\n"
NEW = "id,a,b\n1,x,w\n3,Z,\n4,n,\n"


def files(content):
    return canonical_files(content, "datapackage.json")


@pytest.fixture
def pair(tmp_path):
    return package(tmp_path / "o", OLD), package(tmp_path / "n", NEW)


CONFLICTS = {
    "a changed cell is another": ("id,a,b\n1,x,\n2,y,yy\n3,q,zz\n", Conflict("t", ("3",), "a", "z", "q")),
    "a cell to fill is filled": ("id,a,b\n1,x,w\n2,y,yy\n3,z,zz\n", Conflict("t", ("1",), "b", "", "w")),
    "a changed row is not there": ("id,a,b\n1,x,\n2,y,yy\n", Conflict("t", ("3",), "", "a row of this key", None)),
    "a removed row is not there": ("id,a,b\n1,x,\n3,z,zz\n", Conflict("t", ("2",), "", "a row of this key", None)),
    "a removed row is another": ("id,a,b\n1,x,\n2,y,q\n3,z,zz\n", Conflict("t", ("2",), "b", "yy", "q")),
    "an added row is there": (OLD + "4,n,\n", Conflict("t", ("4",), "", None, "a row of this key")),
}


@pytest.mark.parametrize(("content", "conflict"), CONFLICTS.values(), ids=CONFLICTS)
def test_a_value_that_is_not_the_one_before_is_a_conflict(tmp_path, pair, content, conflict):
    with pytest.raises(ConflictError) as caught:
        apply(read_content(package(tmp_path / "x", content)), diff(*pair))
    assert caught.value.conflicts == (conflict,)


def test_all_conflicts_are_told_and_the_first_one_is_in_the_message(tmp_path, pair):
    with pytest.raises(ConflictError, match=r"t 1 b: '' was expected, 'q' is there, and 2 more\. Nothing") as caught:
        apply(read_content(package(tmp_path / "x", "id,a,b\n1,x,q\n3,z,q\n")), diff(*pair))
    assert [(each.key, each.place) for each in caught.value.conflicts] == [(("1",), "b"), (("2",), ""), (("3",), "b")]


def test_what_the_changeset_does_not_touch_may_be_otherwise(tmp_path, pair):
    other = package(tmp_path / "x", "id,a,b\n0,new,\n1,other,\n2,y,yy\n3,z,zz\n", schema(["id", "a", "b"], title="T"))
    after = apply(read_content(other), diff(*pair)).table("t")
    assert after.rows == (("0", "new", ""), ("1", "other", "w"), ("3", "Z", ""), ("4", "n", ""))
    assert after.description.schema["title"] == "T"


def test_a_field_that_goes_has_to_hold_what_the_changeset_says(tmp_path):
    old = package(tmp_path / "o", "id,a\n1,x\n2,\n", schema(["id", "a"]))
    changeset = diff(old, package(tmp_path / "n", "id\n1\n2\n", schema(["id"])))
    assert apply(read_content(old), changeset).table("t").rows == (("1",), ("2",))
    for content, conflict in (
        ("id,a\n1,x\n2,q\n", Conflict("t", ("2",), "a", "", "q")),
        ("id,a\n1,\n2,\n", Conflict("t", ("1",), "a", "x", "")),
    ):
        with pytest.raises(ConflictError) as caught:
            apply(read_content(package(tmp_path / conflict.found, content, schema(["id", "a"]))), changeset)
        assert caught.value.conflicts == (conflict,)


def test_rows_of_a_table_without_a_key_are_taken_as_often_as_they_are_named(tmp_path):
    fields = schema(["a", "b"], ())
    old, new = (
        package(tmp_path / "o", "a,b\nx,1\nx,1\ny,2\n", fields),
        package(tmp_path / "n", "a,b\ny,2\nz,3\n", fields),
    )
    assert files(apply(read_content(old), diff(old, new))) == files(read_content(new))
    with pytest.raises(ConflictError, match="1 times more"):
        apply(read_content(package(tmp_path / "x", "a,b\nx,1\ny,2\n", fields)), diff(old, new))


def test_descriptors_and_schemas_are_patched_property_by_property(tmp_path, pair):
    old = dataclasses.replace(pair[0], raw={**pair[0].raw, "title": "A", "version": "1"})
    new = dataclasses.replace(pair[0], raw={**pair[0].raw, "title": "B", "licenses": []})
    ours = dataclasses.replace(pair[0], raw={**pair[0].raw, "title": "A", "version": "1", "homepage": "h"})
    changeset = diff(old, new)
    assert dict(apply(read_content(ours), changeset).descriptor) == {
        "name": "small", "version": "1.0.0", "resources": ["t"], "title": "B", "licenses": [], "homepage": "h",
    }  # fmt: skip
    wrong = dataclasses.replace(ours, raw={**ours.raw, "title": "C"})
    with pytest.raises(ConflictError) as caught:
        apply(read_content(wrong), changeset)
    assert caught.value.conflicts == (Conflict("", (), "/title", "A", "C"),)


def test_a_result_in_which_a_key_stands_twice_is_a_conflict(tmp_path):
    fields = schema(["id", "lang", "v"], ("id", "lang"))
    old = package(tmp_path / "o", "id,lang,v\n1,en,x\n", fields)
    new = package(tmp_path / "n", "id,lang,v\n1,en,y\n", schema(["id", "lang", "v"]))
    ours = package(tmp_path / "x", "id,lang,v\n1,en,x\n1,es,x\n", fields)
    with pytest.raises(ConflictError, match="one row of this key"):
        apply(read_content(ours), diff(old, new))


def test_a_changeset_that_left_something_out_is_refused(pair):
    selected = select(compare(*pair), only=["added"]).changeset()
    with pytest.raises(ChangesetError, match="leaves out all but added"):
        apply(read_content(pair[0]), selected)
    with pytest.raises(ChangesetError, match="leaves out all but added"):
        compose(selected, diff(*pair))


def test_changesets_that_do_not_follow_on_each_other_are_refused(tmp_path, pair):
    with pytest.raises(ChangesetError, match="do not follow on each other: b in the row 1 of t differs"):
        compose(diff(*pair), diff(*pair))
    other = package(tmp_path / "x", OLD, schema(["id", "a", "b"], title="T"))
    with pytest.raises(ChangesetError, match="the table t in the middle differs"):
        compose(diff(*pair), diff(other, pair[0]))


def test_a_cell_that_is_changed_twice_is_changed_once(tmp_path):
    fields = schema(["id", {"name": "a", "type": "integer"}, "b"])
    texts = ("id,a,b\n1,7,p\n2,1,\n3,,x\n", "id,a,b\n1,8,q\n2,1,new\n3,5,x\n", "id,a,b\n1,007,p\n2,1,newer\n3,,x\n")
    packages = [package(tmp_path / str(n), text, fields) for n, text in enumerate(texts)]
    composed = compose(diff(*packages[:2]), diff(*packages[1:]))
    (table,) = composed.resources
    assert [(row.key, [(c.field, c.old, c.new, c.kind) for c in row.cells]) for row in table.rows] == [
        (("1",), [("a", "7", "007", "respelled")]),
        (("2",), [("b", "", "newer", "filled")]),
    ]
    assert composed == diff(packages[0], packages[2])


def edited(content):
    """The published package with edits of rows, cells, fields and metadata."""
    tables = []
    for table in content.tables:
        columns, rows = table.description.columns, [list(row) for row in table.rows]
        if table.name == "mandates":
            rows[3][columns.index("text")] += " \u2192 NULL 007 \"'\u00a0e\u0301"
            rows.pop(10)
        if table.name == "topics":
            rows.append(["tourism", *[""] * (len(columns) - 2), "Tourism"])
        if table.name != "changes":
            description = table.description
            if table.name == "summits":
                listed = [field for field in description.schema["fields"] if field["name"] != "theme"]
                place = columns.index("theme")
                columns = columns[:place] + columns[place + 1 :]
                rows = [row[:place] + row[place + 1 :] for row in rows]
                description = dataclasses.replace(
                    description, schema={**description.schema, "fields": listed}, columns=columns
                )
            tables.append(dataclasses.replace(table, description=description, rows=tuple(map(tuple, rows))))
    names = [table.name for table in tables]
    return dataclasses.replace(
        content, descriptor={**content.descriptor, "version": "0.2.0", "resources": names}, tables=tuple(tables)
    )


def test_the_published_tables_there_and_back_byte_for_byte():
    old = read_content(open_package(ROOT))
    new = edited(old)
    changeset = diff(package_in_memory(old), package_in_memory(new))
    assert [change.name for change in changeset.resources] == ["changes", "mandates", "summits", "topics"]
    assert files(apply(old, changeset)) == files(new)
    assert files(apply(new, invert(changeset))) == files(old)
    again = read_changeset(changeset_bytes(changeset))
    assert again == changeset
    assert files(apply(old, again)) == files(new)
    assert compose(changeset, invert(changeset)).is_empty


def test_the_published_files_are_what_the_content_of_the_package_makes():
    package_ = open_package(ROOT)
    made = files(read_content(package_))
    assert {path: content for path, content in made.items() if (ROOT / path).read_bytes() != content} == {}
    assert set(made) == {"datapackage.json", *(p for r in package_.resources for p in (r.path, r.raw["schema"]))}


def test_a_changeset_of_rows_alone_can_be_made_by_hand(pair):
    (table,) = diff(*pair).resources
    by_hand = Changeset(Side(), Side(), (), (dataclasses.replace(table, old=None, new=None),))
    assert files(apply(read_content(pair[0]), by_hand)) == files(read_content(pair[1]))
