"""The nested documents follow from the foreign keys of any package, and leave no row out."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mandates_data.convert.formats import NESTED
from mandates_data.convert.run import convert_out
from mandates_data.package.opening import open_package

Table = tuple[str, Mapping[str, Any]]


def table(rows: str, primary: str | list[str], **keys: tuple[str, str]) -> Table:
    """A table of texts; `a__b=("t", "x__y")` is a foreign key from a and b to x and y of t."""
    fields = [{"name": name, "type": "string"} for name in rows.partition("\n")[0].split(",")]
    foreign = [
        {"fields": own.split("__"), "reference": {"resource": other, "fields": theirs.split("__")}}
        for own, (other, theirs) in keys.items()
    ]
    return rows, {"fields": fields, "primaryKey": primary, "foreignKeys": foreign}


def nested(folder: Path, root: str, **tables: Table) -> Any:
    resources = []
    for name, (rows, schema) in tables.items():
        (folder / f"{name}.csv").write_text(rows, encoding="utf-8", newline="")
        resources.append({"name": name, "path": f"{name}.csv", "encoding": "utf-8", "schema": schema})
    descriptor = {"name": "p", "mandates_data": {"nested_root": root}, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    convert_out(open_package(folder), NESTED, folder / "nested.json")
    return json.loads((folder / "nested.json").read_text(encoding="utf-8"))


def test_parents_stand_as_objects_and_children_as_arrays(tmp_path: Path) -> None:
    assert nested(
        tmp_path,
        "books",
        authors=table("author_id,name\nb,Borges\n", "author_id"),
        books=table("book_id,author_id\n1,b\n2,\n", "book_id", author_id=("authors", "author_id")),
        copies=table("copy_id,book_id\nx,1\ny,1\n", "copy_id", book_id=("books", "book_id")),
    ) == [
        {
            "book_id": "1",
            "author_id": "b",
            "author": {"author_id": "b", "name": "Borges"},
            "copies": [{"copy_id": "x", "book_id": "1"}, {"copy_id": "y", "book_id": "1"}],
        },
        {"book_id": "2", "author_id": None, "copies": []},
    ]


def test_a_table_with_two_keys_to_the_root_stands_under_both(tmp_path: Path) -> None:
    assert nested(
        tmp_path,
        "people",
        people=table("id\n1\n2\n", "id"),
        pairs=table("k,left_id,right_id\nx,1,2\n", "k", left_id=("people", "id"), right_id=("people", "id")),
    ) == [
        {"id": "1", "pairs_by_left_id": [{"k": "x", "left_id": "1", "right_id": "2"}], "pairs_by_right_id": []},
        {"id": "2", "pairs_by_left_id": [], "pairs_by_right_id": [{"k": "x", "left_id": "1", "right_id": "2"}]},
    ]


def test_a_field_with_the_name_of_a_table_hides_no_rows(tmp_path: Path) -> None:
    assert nested(
        tmp_path,
        "boxes",
        boxes=table("id,items\n1,three\n", "id"),
        items=table("k,box\nx,1\n", "k", box=("boxes", "id")),
    ) == [{"id": "1", "items": "three", "items_by_box": [{"k": "x", "box": "1"}]}]


def test_a_key_of_several_fields_is_followed(tmp_path: Path) -> None:
    assert nested(
        tmp_path,
        "visits",
        rooms=table("house,room,name\nA,1,Hall\n", ["house", "room"]),
        visits=table("id,house,room\n1,A,1\n2,A,\n", "id", house__room=("rooms", "house__room")),
    ) == [
        {"id": "1", "house": "A", "room": "1", "rooms": {"house": "A", "room": "1", "name": "Hall"}},
        {"id": "2", "house": "A", "room": None},
    ]


def test_missing_keys_are_not_taken_for_each_other(tmp_path: Path) -> None:
    assert nested(
        tmp_path,
        "shelves",
        shelves=table("id,code\n1,\n", "id"),
        books=table("k,code\nx,\n", "k", code=("shelves", "code")),
    ) == [{"id": "1", "code": None, "books": []}]


def test_tables_that_lead_to_each_other_or_to_themselves_end(tmp_path: Path) -> None:
    assert nested(
        tmp_path,
        "a",
        a=table("id,b_id,up\n1,1,1\n", "id", b_id=("b", "id"), up=("a", "id")),
        b=table("id,a_id\n1,1\n", "id", a_id=("a", "id")),
    ) == [{"id": "1", "b_id": "1", "up": "1", "b": {"id": "1", "a_id": "1"}, "b_by_a_id": [{"id": "1", "a_id": "1"}]}]
