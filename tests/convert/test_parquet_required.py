"""A Parquet column of a required field admits no gap, so a table with one is refused in words."""

import json
from pathlib import Path

import pytest

from mandates_data.convert.formats import FORMATS
from mandates_data.convert.run import convert_out
from mandates_data.errors import TableError
from mandates_data.package.opening import open_package


def package(folder: Path, rows: str) -> Path:
    fields = [{"name": "id", "type": "string"}, {"name": "kind", "type": "string", "constraints": {"required": True}}]
    table = {"name": "t", "path": "t.csv", "encoding": "utf-8", "schema": {"fields": fields, "primaryKey": "id"}}
    folder.mkdir()
    (folder / "t.csv").write_text(f"id,kind\n{rows}", encoding="utf-8", newline="")
    (folder / "datapackage.json").write_text(json.dumps({"name": "p", "resources": [table]}), encoding="utf-8")
    return folder


def test_a_required_field_without_a_value_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    source = open_package(package(tmp_path / "p", "a,x\nb,\n"))
    with pytest.raises(TableError) as refused:
        convert_out(source, FORMATS["parquet"], tmp_path / "out")
    assert str(refused.value) == (
        "Table t, line 3: kind has no value. Nothing was written. Run: mandates-data validate"
    )
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


def test_a_required_field_with_all_its_values_is_a_column_without_gaps(tmp_path: Path) -> None:
    import pyarrow.parquet as pq

    convert_out(open_package(package(tmp_path / "p", "a,x\nb,y\n")), FORMATS["parquet"], tmp_path / "out")
    written = pq.read_table(tmp_path / "out" / "t.parquet")
    assert [field.nullable for field in written.schema] == [True, False]
    assert written.to_pydict() == {"id": ["a", "b"], "kind": ["x", "y"]}
