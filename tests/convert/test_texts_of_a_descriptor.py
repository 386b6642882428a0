"""A descriptor may hold texts that no file does: they are refused, each at the first place that can tell."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from exported_packages import ROUND, out, schema, write_package

from mandates_data.convert.formats import NESTED, Format
from mandates_data.errors import PackageError

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
@pytest.mark.parametrize("name", ["a\0", "\0"], ids=ascii)
def test_a_field_whose_name_no_table_can_hold_is_refused(tmp_path: Path, name: str, format_: Format) -> None:
    source = package(tmp_path / "p", schema(name), "x\n", **WITHOUT_HEADER)
    with pytest.raises(PackageError) as error:
        out(source, format_, tmp_path / "out")
    assert str(error.value) == (
        f"Table t: the field {name!r} has a character in its name that no table can hold. Rename it."
    )
    assert [path.name for path in tmp_path.iterdir()] == ["p"]


@pytest.mark.parametrize("where", ["title", "description", "name", "example"])
def test_half_a_character_in_a_descriptor_is_refused_before_anything_is_read(tmp_path: Path, where: str) -> None:
    source = package(tmp_path / "p", schema({"name": "a", where: HALF}), "a\nx\n")
    with pytest.raises(PackageError, match=r"^datapackage.json holds '\\ud800', half a character\."):
        out(source, ROUND["json"], tmp_path / "out")
    assert [path.name for path in tmp_path.iterdir()] == ["p"]
