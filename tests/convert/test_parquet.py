"""Parquet keeps types, descriptions and the facts of the package, and gives the tables back."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from exported_packages import REAL, field, out, refused, schema, tree, write_package

from mandates_data.convert.formats import FORMATS
from mandates_data.convert.run import convert_back
from mandates_data.errors import CapacityError, MandatesDataError, PackageError, TableError

PARQUET = FORMATS["parquet"]
PEOPLE = schema(
    field("id", title="Person", description="Who it is, é.", constraints={"required": True}),
    field("rank", "integer"),
    field("size", "number"),
    field("active", "boolean"),
    field("since", "date"),
    field("born", "year"),
    field("tags", "list"),
    primaryKey="id",
)
CONTENT = """\
id,rank,size,active,since,born,tags
a,1,0.5,true,2001-04-20,1966,"x,y"
b,,,,,,
"""
FACTS = {
    "name": "staff",
    "version": "2.1.0",
    "id": "urn:uuid:1",
    "created": "2026-11-24T00:00:00Z",
    "title": "Staff, é",
    "description": "All of us.",
}


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A Parquet file of one table."""
    out(write_package(tmp_path / "p", {"people": (PEOPLE, CONTENT)}, **FACTS), PARQUET, tmp_path / "out")
    return tmp_path / "out" / "people.parquet"


def metadata(path: Path) -> dict[str, str]:
    """What the file says of itself, but for its schema in Arrow's own form."""
    found = pq.read_schema(path).metadata
    return {key.decode(): value.decode() for key, value in found.items() if key != b"ARROW:schema"}


def brought_back(path: Path) -> str:
    convert_back(path, path.parent / "back")
    (file,) = (path.parent / "back").iterdir()
    return file.read_text(encoding="utf-8")


def one_line(path: Path) -> str:
    """The message on a damaged file, after which nothing is there that was not."""
    before = tree(path.parent)
    with pytest.raises(MandatesDataError) as error:
        convert_back(path, path.parent / "back")
    assert tree(path.parent) == before
    assert "\n" not in str(error.value)
    assert str(path) in str(error.value)
    return str(error.value)


def test_columns_have_the_types_of_their_fields(people: Path) -> None:
    table = pq.read_table(people)
    assert {column.name: str(column.type) for column in table.schema} == {
        "id": "string", "rank": "int64", "size": "double", "active": "bool", "since": "date32[day]", "born": "int64",
        "tags": "string",
    }  # fmt: skip
    first, second = (tuple(row.values()) for row in table.to_pylist())
    assert first == ("a", 1, 0.5, True, dt.date(2001, 4, 20), 1966, "x,y")
    assert second == ("b", None, None, None, None, None, None)


def test_columns_carry_title_description_and_type(people: Path) -> None:
    read = pq.read_schema(people)
    told = {key.decode(): value.decode() for key, value in read.field("id").metadata.items()}
    assert {key: told[key] for key in ("title", "description", "type")} == {
        "title": "Person",
        "description": "Who it is, é.",
        "type": "string",
    }
    assert read.field("born").metadata[b"type"] == b"year"
    assert b"title" not in read.field("born").metadata


def test_the_file_carries_the_facts_of_the_package_and_the_schema(people: Path) -> None:
    told = metadata(people)
    assert {key: value for key, value in told.items() if key.startswith("mandates_data:package_")} == {
        f"mandates_data:package_{name}": value for name, value in FACTS.items()
    }
    assert told["mandates_data:table"] == "people"
    assert json.loads(told["mandates_data:schema"]) == PEOPLE


def test_what_the_package_does_not_say_is_not_in_the_file(tmp_path: Path) -> None:
    out(write_package(tmp_path / "p", {"t": (schema("a"), "a\nx\n")}, created=None), PARQUET, tmp_path / "out")
    told = metadata(tmp_path / "out" / "t.parquet")
    assert told["mandates_data:package_name"] == "small"
    assert "mandates_data:package_created" not in told
    assert "mandates_data:package_title" not in told


def test_the_published_tables_say_what_they_are(tmp_path: Path) -> None:
    out(REAL, PARQUET, tmp_path)
    assert len(list(tmp_path.glob("*.parquet"))) == 19
    mandates = pq.read_schema(tmp_path / "mandates.parquet")
    assert mandates.metadata[b"mandates_data:package_name"] == b"summits-of-the-americas-mandates"
    version = json.loads((REAL / "datapackage.json").read_text(encoding="utf-8"))["version"]
    assert mandates.metadata[b"mandates_data:package_version"].decode() == version
    assert all(column.metadata[b"description"] for column in mandates)
    assert str(pq.read_schema(tmp_path / "documents.parquet").field("adopted_on").type) == "date32[day]"


def test_a_required_field_without_a_value_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    described = schema("id", field("kind", constraints={"required": True}))
    package = write_package(tmp_path / "p", {"t": (described, "id,kind\na,x\nb,\n")})
    with pytest.raises(TableError) as error:
        out(package, PARQUET, tmp_path / "out")
    assert str(error.value) == "Table t, line 3: kind has no value. Nothing was written. Run: mandates-data validate"
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_a_required_field_with_all_its_values_is_a_column_without_gaps(people: Path) -> None:
    assert [column.nullable for column in pq.read_schema(people)] == [False, True, True, True, True, True, True]


def test_a_file_that_pyarrow_has_saved_again_comes_back(people: Path) -> None:
    table = pq.read_table(people)
    table = table.set_column(0, table.schema.field("id"), table.column("id").cast(pa.large_string()).cast(pa.string()))
    pq.write_table(table.slice(1), people, compression="snappy", row_group_size=1)
    assert brought_back(people) == "id,rank,size,active,since,born,tags\nb,,,,,,\n"


def test_a_file_that_pandas_has_saved_again_comes_back(people: Path) -> None:
    import pandas as pd

    frame = pd.read_parquet(people)
    arrow = pa.Table.from_pandas(frame, preserve_index=False)
    own = {key: value for key, value in pq.read_schema(people).metadata.items() if key.startswith(b"mandates_data:")}
    pq.write_table(arrow.replace_schema_metadata({**(arrow.schema.metadata or {}), **own}), people)
    assert str(pq.read_schema(people).field("rank").type) == "double"
    assert brought_back(people) == CONTENT


def with_column(path: Path, name: str, values: Any) -> Path:
    """The file with other values in a column, and the schema that it had."""
    table = pq.read_table(path)
    place = table.schema.names.index(name)
    changed = table.set_column(place, pa.field(name, values.type), values)
    pq.write_table(changed.replace_schema_metadata(table.schema.metadata), path)
    return path


@pytest.mark.parametrize(
    ("name", "values", "message"),
    [
        ("id", pa.array([1, 2]), "expected a text in row 1, field id."),
        ("id", pa.array(["a", "x\0"]), "expected a text without a null character in row 2, field id."),
        ("rank", pa.array([1.0, 1.5]), "expected a whole number in row 2, field rank."),
        ("rank", pa.array(["1", "2"]), "expected a number in row 1, field rank."),
        ("size", pa.array([1.0, float("nan")]), "expected a finite number in row 2, field size."),
        ("active", pa.array([1, 7]), "expected True or False in row 2, field active."),
        ("since", pa.array(["2001-04-20", None]), "expected a value of type date in row 1, field since."),
        ("id", pa.array([b"a", b"\xff"]), "expected a text in row 1, field id."),
    ],
)
def test_values_of_another_type_are_named_by_row_and_field(people: Path, name: str, values: Any, message: str) -> None:
    told = one_line(with_column(people, name, values))
    assert told == (
        f"A value of the table people in {people} does not fit its schema: {message} Nothing was written. "
        "Mend it there, or convert the package again."
    )


def test_a_row_without_its_key_comes_back_as_it_is(people: Path) -> None:
    assert brought_back(with_column(people, "rank", pa.array([7, 8]))).splitlines()[1:] == [
        'a,7,0.5,true,2001-04-20,1966,"x,y"',
        "b,8,,,,,",
    ]


def test_a_missing_value_that_the_schema_does_not_know_is_named(tmp_path: Path) -> None:
    package = write_package(tmp_path / "p", {"t": (schema("a", missingValues=[]), "a\nx\n")})
    path = out(package, PARQUET, tmp_path / "out") / "t.parquet"
    told = one_line(with_column(path, "a", pa.array([None], pa.string())))
    assert "expected a value: the schema has no missing ones in row 1, field a." in told


@pytest.mark.parametrize("content", [b"", b"PAR1", b"PAR1PAR1", b"id,rank\na,1\n", b"PAR1" + b"\xff" * 100 + b"PAR1"])
def test_a_file_that_is_no_parquet_is_one_line(people: Path, content: bytes) -> None:
    people.write_bytes(content)
    assert one_line(people).startswith(f"{people} is not a sound Parquet file.")


def test_a_file_of_other_makers_is_told(people: Path) -> None:
    pq.write_table(pa.table({"a": [1]}), people)
    assert "was not written by mandates-data: it holds no schema." in one_line(people)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({b"mandates_data:schema": b"{"}, "The schema in "),
        ({b"mandates_data:schema": b"[]"}, "the schema in "),
        ({b"mandates_data:schema": b'{"fields": [{"name": "id"}]}'}, "The columns of "),
        ({b"mandates_data:table": b"../../t"}, "uses the name '../../t', which no file is given here."),
        ({b"mandates_data:table": b"\xff/"}, "which no file is given here."),
    ],
)
def test_metadata_that_were_changed_are_one_line(people: Path, change: dict[bytes, bytes], message: str) -> None:
    table = pq.read_table(people)
    pq.write_table(table.replace_schema_metadata({**table.schema.metadata, **change}), people)
    assert message in one_line(people)


def told_or_read(path: Path) -> str:
    """The message on a file that may be damaged; empty where it was brought back."""
    try:
        convert_back(path, path.parent / "back")
    except (PackageError, CapacityError) as error:
        return str(error)
    return ""


def test_damage_anywhere_in_the_file_is_one_line_or_no_harm(people: Path) -> None:
    whole = people.read_bytes()
    for start in range(0, len(whole), 97):
        for damaged in (whole[:start] + b"\xff\x00\x7f" + whole[start + 3 :], whole[:start]):
            people.write_bytes(damaged)
            assert "\n" not in told_or_read(people)


def test_a_folder_of_files_comes_back_table_by_table(people: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert refused(capsys, people.parent, "--to", "csv", "--table", "peple", "-o", people.parent / "x") == (
        "There is no table 'peple'. Did you mean 'people'? Tables: people."
    )
    pq.write_table(pa.table({"a": [1]}), people.parent / "zebra.parquet")
    assert "zebra.parquet was not written by mandates-data" in refused(
        capsys, people.parent, "--to", "csv", "-o", people.parent / "x"
    )
    assert not (people.parent / "x").exists()
