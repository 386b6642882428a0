"""A descriptor may hold texts that UTF-8 does not: in titles they are kept, in names and values they are refused."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exported_packages import FOLDERS, ROUND, back, field, out, schema, write_package

from mandates_data.convert.formats import NESTED, Format
from mandates_data.errors import PackageError, WriteError
from mandates_data.package.opening import open_package

HALF = "\ud800"
WITHOUT_HEADER = {"dialect": {"header": False}}


def package(folder: Path, described: dict[str, Any], content: str, **resource: Any) -> Path:
    """A package of a table t, with more said of its resource."""

    write_package(folder, {"t": (described, content)}, mandates_data={"nested_root": "t"})
    place = folder / "datapackage.json"
    descriptor = json.loads(place.read_text(encoding="utf-8"))
    descriptor["resources"][0].update(resource)
    place.write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


@pytest.mark.parametrize("format_", [*ROUND.values(), NESTED], ids=[*ROUND, "nested"])
@pytest.mark.parametrize("name", [HALF, "a\0"], ids=ascii)
def test_a_field_whose_name_no_table_can_hold_is_refused(tmp_path: Path, name: str, format_: Format) -> None:
    source = package(tmp_path / "p", schema(name), "x\n", **WITHOUT_HEADER)
    with pytest.raises(PackageError) as error:
        out(source, format_, tmp_path / "out")
    assert str(error.value) == (
        f"Table t: the field {name!r} has a character in its name that no table can hold. Rename it."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


@pytest.mark.parametrize("format_", FOLDERS.values(), ids=FOLDERS)
def test_half_a_character_in_a_title_or_description_is_kept(tmp_path: Path, format_: Format) -> None:
    described = schema(field("a", title=HALF, description=f"x{HALF}"), title=HALF)
    there = out(package(tmp_path / "p", described, "a\nx\n", title=HALF), format_, tmp_path / "out")
    assert (back(there, format_, tmp_path / "back") / "t.csv").read_text(encoding="utf-8") == "a\nx\n"
    if format_.beside:
        (table,) = open_package(there).resources
        assert table.schema.fields[0].description == f"x{HALF}"


@pytest.mark.parametrize("format_", FOLDERS.values(), ids=FOLDERS)
def test_half_a_character_as_missing_value_is_refused_where_it_would_be_written(
    tmp_path: Path, format_: Format
) -> None:
    described = schema("a", "b", missingValues=[HALF], fieldsMatch="superset")
    source = package(tmp_path / "p", described, "a\nx\n")
    with pytest.raises(WriteError, match=r"a schema holds half of a character, '\\ud800'\. Mend it\.$"):
        back(out(source, format_, tmp_path / "out"), format_, tmp_path / "back")
