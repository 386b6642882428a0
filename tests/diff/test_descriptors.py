from __future__ import annotations

import json

from diffed_packages import package, schema, write_package

from mandates_data.diff.changeset import (
    CellChange,
    Changeset,
    Description,
    MetadataChange,
    ResourceChange,
    RowChange,
    SchemaChange,
)
from mandates_data.diff.compare import diff
from mandates_data.diff.inversion import invert
from mandates_data.package.opening import open_package

TABLE = (schema(["id", "a"]), "id,a\n1,x\n")


def opened(folder, tables, **metadata):
    return open_package(write_package(folder, tables, **metadata))


def only_table(changeset: Changeset) -> ResourceChange:
    (change,) = changeset.resources
    return change


def test_metadata_is_compared_member_by_member(tmp_path):
    old = opened(tmp_path / "o", {"t": TABLE}, title="A", keywords=["x"], contributors=[{"title": "P", "a/b": 1}])
    new = opened(
        tmp_path / "n", {"t": TABLE}, version="1.0.1", keywords=["x", "y"], contributors=[{"title": "Q", "a/b": 1.0}],
        homepage=None,
    )  # fmt: skip
    changeset = diff(old, new)
    assert changeset.metadata == (
        MetadataChange("changed", "/contributors/0/a~1b", 1, 1.0),
        MetadataChange("changed", "/contributors/0/title", "P", "Q"),
        MetadataChange("added", "/homepage", None, None),
        MetadataChange("changed", "/keywords", ["x"], ["x", "y"]),
        MetadataChange("removed", "/title", "A", None),
        MetadataChange("changed", "/version", "1.0.0", "1.0.1"),
    )
    assert (changeset.old.version, changeset.new.version, changeset.resources) == ("1.0.0", "1.0.1", ())


def edit_resource(folder, **properties):
    descriptor = json.loads((folder / "datapackage.json").read_text())
    descriptor["resources"][0].update(properties)
    (folder / "datapackage.json").write_text(json.dumps(descriptor))


def test_generated_properties_and_the_order_of_members_are_no_change(tmp_path):
    old = write_package(tmp_path / "o", {"t": TABLE})
    new = write_package(tmp_path / "n", {"t": TABLE})
    edit_resource(new, bytes=12, hash="sha256:" + "0" * 64)
    descriptor = json.loads((new / "datapackage.json").read_text())
    (new / "datapackage.json").write_text(json.dumps(dict(reversed(descriptor.items())), indent=4))
    assert diff(open_package(old), open_package(new)).is_empty


def test_a_resource_has_metadata_of_its_own_and_its_schema_may_move_to_a_file(tmp_path):
    old = write_package(tmp_path / "o", {"t": TABLE})
    new = write_package(tmp_path / "n", {"t": TABLE})
    (new / "t.schema.json").write_text(json.dumps(TABLE[0]))
    edit_resource(new, title="T", schema="t.schema.json", dialect={"delimiter": ","})
    change = only_table(diff(open_package(old), open_package(new)))
    assert change.schema == ()
    assert change.metadata == (
        MetadataChange("added", "/dialect/delimiter", None, ","),
        MetadataChange("added", "/schema", None, "t.schema.json"),
        MetadataChange("added", "/title", None, "T"),
    )


def test_properties_of_fields_and_keys_of_the_schema_are_named(tmp_path):
    old = schema(["id", {"name": "a", "type": "integer", "constraints": {"minimum": 1}}])
    new = schema(
        ["id", {"name": "a", "type": "number", "description": "A.", "constraints": {"minimum": 2}}],
        uniqueKeys=[["a"]],
    )
    changeset = diff(package(tmp_path / "o", "id,a\n1,7\n", old), package(tmp_path / "n", "id,a\n1,7\n", new))
    assert only_table(changeset).schema == (
        SchemaChange("added", None, "/uniqueKeys", None, [["a"]]),
        SchemaChange("changed", "a", "/constraints/minimum", 1, 2),
        SchemaChange("added", "a", "/description", None, "A."),
        SchemaChange("changed", "a", "/type", "integer", "number"),
    )
    assert only_table(changeset).rows == ()


def test_fields_that_come_and_go_bring_their_values_and_are_not_counted_as_changed_rows(tmp_path):
    old = package(tmp_path / "o", "id,a,b\n1,x,p\n2,y,\n", schema(["id", "a", "b"]))
    new = package(tmp_path / "n", "id,c,a\n1,q,x\n2,,Y\n3,r,z\n", schema(["id", "c", "a"]))
    change = only_table(diff(old, new))
    assert change.schema == (
        SchemaChange("removed", "b", old={"name": "b", "type": "string"}, old_position=2),
        SchemaChange("added", "c", new={"name": "c", "type": "string"}, new_position=1),
    )
    assert change.rows == (
        RowChange(
            "changed", ("1",), (CellChange("b", "p", None, "field_removed"), CellChange("c", None, "q", "field_added"))
        ),
        RowChange("changed", ("2",), (CellChange("a", "y", "Y"),)),
        RowChange("added", ("3",), row={"id": "3", "c": "r", "a": "z"}),
    )
    assert [row.counts for row in change.rows] == [False, True, True]


def test_only_the_fields_that_left_the_common_order_have_moved_seen_from_either_side(tmp_path):
    old = package(tmp_path / "o", "id,a,b,c\n1,2,3,4\n", schema(["id", "a", "b", "c"]))
    new = package(tmp_path / "n", "c,id,a,b\n4,1,2,3\n", schema(["c", "id", "a", "b"]))
    swapped = package(tmp_path / "s", "id,b,a,c\n1,3,2,4\n", schema(["id", "b", "a", "c"]))
    there, back = diff(old, new), diff(new, old)
    assert only_table(there).schema == (SchemaChange("moved", "c", old_position=3, new_position=0),)
    assert only_table(there).rows == ()
    assert invert(there) == back
    assert only_table(diff(old, swapped)).schema == (SchemaChange("moved", "b", old_position=2, new_position=1),)
    assert invert(diff(old, swapped)) == diff(swapped, old)


def test_tables_that_come_and_go_are_kept_whole(tmp_path):
    old = opened(tmp_path / "o", {"s": TABLE, "t": TABLE})
    new = opened(tmp_path / "n", {"t": TABLE, "u": (schema(["v"], ()), "v\nq\n")})
    went, came = diff(old, new).resources
    assert went == ResourceChange(
        "s", "removed", ("id",), rows=(RowChange("removed", ("1",), row={"id": "1", "a": "x"}),)
    )
    descriptor = {"name": "s", "path": "data/s.csv", "encoding": "utf-8", "schema": None}
    assert (went.old, went.new) == (Description(descriptor, TABLE[0], {}, ("id", "a")), None)
    assert came.rows == (RowChange("added", (), row={"v": "q"}),)
    assert (came.name, came.kind, came.key) == ("u", "added", ())
    assert invert(diff(old, new)) == diff(new, old)


def test_tables_in_another_order_are_a_change_of_the_package(tmp_path):
    old, new = (opened(tmp_path / "".join(names), dict.fromkeys(names, TABLE)) for names in ("st", "ts"))
    assert diff(old, new) == Changeset(
        diff(old, new).old, diff(old, new).new, (MetadataChange("changed", "/resources", ["s", "t"], ["t", "s"]),)
    )


def test_when_the_key_changes_rows_are_matched_by_the_key_that_fits_both(tmp_path):
    old = package(tmp_path / "o", "id,lang,v\n1,en,x\n2,en,y\n", schema(["id", "lang", "v"]))
    new = package(tmp_path / "n", "id,lang,v\n1,en,X\n1,es,z\n2,en,y\n", schema(["id", "lang", "v"], ("id", "lang")))
    change = only_table(diff(old, new))
    assert change.schema == (SchemaChange("changed", None, "/primaryKey/0", "id", "id"),) or change.schema == (
        SchemaChange("changed", None, "/primaryKey", ["id"], ["id", "lang"]),
    )
    assert change.key == ("id", "lang")
    assert change.rows == (
        RowChange("changed", ("1", "en"), (CellChange("v", "x", "X"),)),
        RowChange("added", ("1", "es"), row={"id": "1", "lang": "es", "v": "z"}),
    )
    assert invert(diff(old, new)) == diff(new, old)


def test_when_no_key_fits_both_whole_rows_are_compared(tmp_path):
    old = package(tmp_path / "o", "id,v\n1,x\n2,x\n", schema(["id", "v"]))
    new = package(tmp_path / "n", "code,v\n1,x\n2,x\n", schema(["code", "v"], ("code",)))
    change = only_table(diff(old, new))
    assert change.key == ()
    assert [row.kind for row in change.rows] == ["removed", "removed", "added", "added"]
    swapped = [schema(["p", "q"], key) for key in (("p", "q"), ("q", "p"))]
    tables = [package(tmp_path / f"k{n}", f"p,q\n1,{n}\n", each) for n, each in enumerate(swapped)]
    assert only_table(diff(*tables)).key == ("p", "q")
    assert invert(diff(*tables)) == diff(*reversed(tables))


def test_columns_that_the_schema_does_not_name_are_compared_too(tmp_path):
    loose = schema(["id"], fieldsMatch="subset")
    old = package(tmp_path / "o", "id,x\n1,a\n2,b\n", loose)
    new = package(tmp_path / "n", "y,id,x\nq,1,a\n,2,c\n", loose)
    assert only_table(diff(old, new)).rows == (
        RowChange("changed", ("1",), (CellChange("y", None, "q", "field_added"),)),
        RowChange("changed", ("2",), (CellChange("x", "b", "c"),)),
    )


def test_a_column_that_the_file_may_lack_is_one_of_missing_values(tmp_path):
    loose = schema(["id", {"name": "a", "missingValues": ["-"]}], fieldsMatch="superset")
    old, new = package(tmp_path / "o", "id\n1\n", loose), package(tmp_path / "n", "id,a\n1,-\n", loose)
    assert diff(old, new).is_empty


def test_a_table_without_a_schema_takes_its_columns_from_its_header(tmp_path):
    old, new = (
        package(tmp_path / "o", "a,b\n1,2\n", {"fields": []}),
        package(tmp_path / "n", "a,b\n1,3\n", {"fields": []}),
    )
    assert [row.row for row in only_table(diff(old, new)).rows] == [{"a": "1", "b": "2"}, {"a": "1", "b": "3"}]
