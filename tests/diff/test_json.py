from __future__ import annotations

import io
import json
from importlib.resources import files

import jsonschema
from diffed_packages import package, schema, write_package

from mandates_data.diff.changeset import CellChange, Changeset, ResourceChange, RowChange, Side
from mandates_data.diff.compare import compare
from mandates_data.package.opening import open_package
from mandates_data.render.changeset_json import write_json

SCHEMA = json.loads((files("mandates_data.render") / "schemas/changeset.schema.json").read_text(encoding="utf-8"))


def json_of(comparison):
    out = io.StringIO()
    differs = write_json(comparison, out)
    value = json.loads(out.getvalue())
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    assert value["same"] is not differs
    assert out.getvalue().endswith("}\n")
    return value


SIDE = {"name": "small", "version": "1.0.0"}
HEAD = {"format": "mandates-data/changeset", "format_version": 1, "old": SIDE, "new": SIDE, "metadata": []}
NO_CELLS = {"cells_changed": 0, "cells_filled": 0, "cells_cleared": 0, "cells_respelled": 0, "field_values": {}}


def test_the_schema_is_sound():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_same_packages_give_an_empty_changeset(tmp_path):
    same = package(tmp_path, "id,a,b\n1,x,\n")
    assert json_of(compare(same, same)) == {**HEAD, "resources": [], "same": True}


def test_rows_fields_and_metadata_are_all_there(tmp_path):
    fields = schema(["id", "a", "b"])
    old = package(tmp_path / "o", "id,a,b\n1,x,\n2,y,\n3,z,q\n", fields)
    new = package(tmp_path / "n", "id,c,a\n1,r,X\n3,,z\n4,,\n", schema(["id", "c", {"name": "a", "title": "A"}]))
    assert json_of(compare(old, new)) == {
        **HEAD,
        "resources": [
            {
                "name": "t",
                "kind": "changed",
                "key": ["id"],
                "schema": [
                    {"kind": "added", "field": "a", "property": "/title", "new": "A"},
                    {"kind": "removed", "field": "a", "property": "/type", "old": "string"},
                    {"kind": "removed", "field": "b", "old": {"name": "b", "type": "string"}, "old_position": 2},
                    {"kind": "added", "field": "c", "new": {"name": "c", "type": "string"}, "new_position": 1},
                ],
                "metadata": [],
                "rows": [
                    {
                        "kind": "changed",
                        "key": ["1"],
                        "cells": [
                            {"field": "a", "kind": "changed", "old": "x", "new": "X"},
                            {"field": "c", "kind": "field_added", "new": "r"},
                        ],
                    },
                    {"kind": "removed", "key": ["2"], "row": {"id": "2", "a": "y", "b": ""}},
                    {
                        "kind": "changed",
                        "key": ["3"],
                        "cells": [{"field": "b", "kind": "field_removed", "old": "q"}],
                    },
                    {"kind": "added", "key": ["4"], "row": {"id": "4", "c": "", "a": ""}},
                ],
                "counts": {
                    **NO_CELLS,
                    "rows_added": 1,
                    "rows_removed": 1,
                    "rows_changed": 1,
                    "cells_changed": 1,
                    "field_values": {"b": 1, "c": 1},
                },
            }
        ],
        "same": False,
    }


def test_tables_that_come_and_go_and_metadata(tmp_path):
    table = (schema(["id", "a"]), "id,a\n1,x\n")
    old = open_package(write_package(tmp_path / "o", {"t": table, "u": table}, title="Old", n=None))
    new = open_package(write_package(tmp_path / "n", {"u": table, "v": table}, n=1))
    found = json_of(compare(old, new))
    assert found["metadata"] == [
        {"kind": "changed", "path": "/n", "old": None, "new": 1},
        {"kind": "removed", "path": "/title", "old": "Old"},
    ]
    went, came = found["resources"]
    assert (went["kind"], went["position"], went["table_schema"]) == ("removed", 0, table[0])
    assert (came["kind"], came["position"], came["descriptor"]["path"]) == ("added", 1, "data/v.csv")
    assert came["rows"] == [{"kind": "added", "key": ["1"], "row": {"id": "1", "a": "x"}}]


def test_fields_that_move_say_from_where_to_where(tmp_path):
    old = package(tmp_path / "o", "id,a,b\n", schema(["id", "a", "b"]))
    new = package(tmp_path / "n", "b,id,a\n", schema(["b", "id", "a"]))
    (table,) = json_of(compare(old, new))["resources"]
    assert table["schema"] == [{"kind": "moved", "field": "b", "old_position": 2, "new_position": 0}]


def test_every_character_survives_and_half_a_pair_of_surrogates_can_be_written():
    nasty = "→ NULL 007 \"' \\ \n\r\t\x00\x1b\u2028\ufeff😀e\u0301"
    rows = (RowChange("changed", (nasty,), (CellChange(nasty, nasty, "\ud800"),)),)
    changeset = Changeset(Side(), Side(), (), (ResourceChange(nasty, key=("id",), rows=rows),))
    out = io.StringIO()
    write_json(changeset.comparison(), out)
    out.getvalue().encode("utf-8")
    (table,) = json.loads(out.getvalue())["resources"]
    assert table["rows"][0]["cells"] == [{"field": nasty, "kind": "changed", "old": nasty, "new": "\ud800"}]
