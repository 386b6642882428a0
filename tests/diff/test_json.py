from __future__ import annotations

import io
import json
from importlib.resources import files

import jsonschema
from diffed_packages import package, schema, write_package

from mandates_data.diff.changeset import CellChange, Changeset, ResourceChange, RowChange, Side
from mandates_data.diff.changeset_file import as_comparison
from mandates_data.diff.compare import compare
from mandates_data.package.opening import open_package
from mandates_data.render.changeset_json import write_json

SCHEMA = json.loads((files("mandates_data.render") / "schemas/changeset.schema.json").read_text(encoding="utf-8"))


def json_of(comparison, **how):
    out = io.BytesIO()
    differs = write_json(comparison, out, **how)
    value = json.loads(out.getvalue())
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    assert value["same"] is not differs
    assert out.getvalue().endswith(b"}\n")
    return value


SIDE = {
    "name": "small",
    "version": "1.0.0",
    "descriptor": {"name": "small", "version": "1.0.0", "resources": ["t"]},
}
HEAD = {"format": "mandates-data/changeset", "format_version": 2, "old": SIDE, "new": SIDE, "metadata": []}
NOUGHT = {
    "rows_added": 0,
    "rows_removed": 0,
    "rows_changed": 0,
    "rows_renamed": 0,
    "cells_changed": 0,
    "cells_filled": 0,
    "cells_cleared": 0,
    "cells_respelled": 0,
    "field_values": {},
}
RESOURCE = {"name": "t", "path": "data/t.csv", "encoding": "utf-8", "schema": None}


def test_the_schema_is_sound():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


def test_the_same_packages_give_an_empty_changeset(tmp_path):
    same = package(tmp_path, "id,a,b\n1,x,\n")
    assert json_of(compare(same, same)) == {**HEAD, "resources": [], "same": True}


def test_rows_fields_and_metadata_are_all_there(tmp_path):
    fields = schema(["id", "a", "b"])
    fields_now = schema(["id", "c", {"name": "a", "title": "A"}])
    old = package(tmp_path / "o", "id,a,b\n1,x,\n2,y,\n3,z,q\n", fields)
    new = package(tmp_path / "n", "id,c,a\n1,r,X\n3,,z\n4,,\n", fields_now)
    assert json_of(compare(old, new)) == {
        **HEAD,
        "resources": [
            {
                "name": "t",
                "kind": "changed",
                "key": ["id"],
                "old": {"descriptor": RESOURCE, "table_schema": fields},
                "new": {"descriptor": RESOURCE, "table_schema": fields_now},
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
                "renames": [],
                "counts": {
                    **NOUGHT,
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
    assert (went["kind"], went["old"]["table_schema"], "new" in went) == ("removed", table[0], False)
    assert (came["kind"], came["new"]["descriptor"]["path"], "old" in came) == ("added", "data/v.csv", False)
    assert [found[side]["descriptor"]["resources"] for side in ("old", "new")] == [["t", "u"], ["u", "v"]]
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
    out = io.BytesIO()
    write_json(as_comparison(changeset), out)
    (table,) = json.loads(out.getvalue())["resources"]
    assert table["rows"][0]["cells"] == [{"field": nasty, "kind": "changed", "old": nasty, "new": "\ud800"}]


def test_words_are_added_to_the_cells_when_they_are_asked_for(tmp_path):
    old = package(tmp_path / "o", "id,a,b\n1,fight all crime,x\n2,co-op,\n")
    new = package(tmp_path / "n", "id,a,b\n1,fight every crime,\n2,co\u2011op,y\n")
    (table,) = json_of(compare(old, new), words=True)["resources"]
    cells = [cell for row in table["rows"] for cell in row["cells"]]
    assert [cell.get("words") for cell in cells] == [
        [{"same": "fight "}, {"old": "all", "new": "every", "nature": "words"}, {"same": " crime"}],
        None,
        [
            {"same": "co"},
            {
                "old": "-",
                "new": "\u2011",
                "nature": "punctuation",
                "note": "signs: HYPHEN-MINUS (U+002D) -> NON-BREAKING HYPHEN (U+2011)",
            },
            {"same": "op"},
        ],
        None,
    ]


def test_rows_may_be_left_out_for_the_counts(tmp_path):
    old, new = package(tmp_path / "o", "id,a,b\n1,x,\n"), package(tmp_path / "n", "id,a,b\n1,y,\n")
    (table,) = json_of(compare(old, new), rows=False)["resources"]
    assert "rows" not in table
    assert table["counts"] == {**NOUGHT, "rows_changed": 1, "cells_changed": 1}
