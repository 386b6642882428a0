"""No JSON value makes a traceback as a descriptor, and what cannot be read has a finding that says why."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mandates_data.errors import MandatesDataError, PackageError, UnsafeReferenceError
from mandates_data.package.parse import read_package
from mandates_data.validate.descriptors.descriptor import check_descriptor
from mandates_data.validate.descriptors.shapes import ANY_VALUE, SHAPES

BASE = json.loads((Path(__file__).parent / "base.json").read_text("utf-8"))
NAMES = sorted(
    {name for shapes in SHAPES.values() for name in shapes} | {n for names in ANY_VALUE.values() for n in names}
)
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.floats(allow_nan=False),
    st.sampled_from(
        ["", "id", "people", "exact", "string", "integer", "date", "%Y", "default", "table", "(", "a|b", "٣"]
    ),
    st.text(max_size=4),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(st.sampled_from([*NAMES, "value", "label", "$ref"]), inner, max_size=3),
    ),
    max_leaves=8,
)
THOROUGH = settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])


def _places(value: Any, way: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield way
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for step, item in items:
        yield from _places(item, (*way, step))


PLACES = sorted((place for place in _places(BASE) if place), key=str)


def _refusal(store: Any) -> MandatesDataError | None:
    try:
        read_package(store)
    except MandatesDataError as error:
        return error
    return None


def _judge(store: Any) -> None:
    refused = _refusal(store)
    assert "\n" not in str(refused)
    assert len(str(refused)) < 2100
    try:
        found = check_descriptor(store)
    except UnsafeReferenceError:
        assert isinstance(refused, UnsafeReferenceError)
        return
    except PackageError:
        assert isinstance(refused, PackageError)
        return
    for finding in found:
        json.dumps(finding.to_dict())
        assert finding.path is not None
        assert len(finding.message) < 500
    if refused is not None:
        assert any(finding.severity == "error" for finding in found), refused


@given(value=VALUES)
@THOROUGH
def test_any_json_as_descriptor(value: Any, memory_store: Any) -> None:
    _judge(memory_store({"datapackage.json": json.dumps(value).encode()}))


@given(place=st.sampled_from(PLACES), value=VALUES, remove=st.booleans())
@settings(THOROUGH, max_examples=300)
def test_any_json_at_any_place_of_a_sound_package(
    place: tuple[str | int, ...], value: Any, remove: bool, memory_store: Any
) -> None:
    files = copy.deepcopy(BASE)
    at: Any = files
    for step in place[:-1]:
        at = at[step]
    if remove and len(place) > 1:
        del at[place[-1]]
    else:
        at[place[-1]] = value
    _judge(memory_store({path: json.dumps(content).encode() for path, content in files.items()}))


@given(kind=st.sampled_from(["resource", "dialect", "schema", "field", "constraints"]), data=st.data())
@settings(THOROUGH, max_examples=200)
def test_any_json_as_any_property(kind: Any, data: st.DataObject, memory_store: Any) -> None:
    files = copy.deepcopy(BASE)
    resource = files["datapackage.json"]["resources"][0]
    field = resource["schema"]["fields"][1]
    at = {
        "resource": resource, "dialect": resource["dialect"], "schema": resource["schema"], "field": field,
        "constraints": field["constraints"],
    }[kind]  # fmt: skip
    names = [*SHAPES[kind], *ANY_VALUE.get(kind, ())]
    at[data.draw(st.sampled_from(names))] = data.draw(VALUES)
    _judge(memory_store({path: json.dumps(content).encode() for path, content in files.items()}))


@pytest.mark.parametrize(
    "value",
    [
        "[" * 900 + "]" * 900,
        '{"a":' * 900 + "1" + "}" * 900,
        "[" * 100_000,
        '"' + "x" * 100_000 + '"',
        "1" * 5000,
        "1e999",
        "-1e999",
        "NaN",
        '"\\ud800"',
        '"\\u0000"',
        "[1, 2",
        "",
    ],
)
@pytest.mark.parametrize(
    "name", ["name", "path", "schema", "fields", "minimum", "enum", "pattern", "example", "jsonSchema"]
)
def test_extreme_json(name: str, value: str, memory_store: Any) -> None:
    text = json.dumps(BASE["datapackage.json"])
    schema = json.dumps(BASE["schemas/visits.schema.json"])
    if name in ("name", "path", "schema"):
        text = text.replace(f'"{name}": "', f'"{name}": {value}, "x": "')
        _judge(memory_store({"datapackage.json": text.encode(), "schemas/visits.schema.json": schema.encode()}))
        text = text.replace('"x": "', '"xx": "', 1)
    elif name in ("fields", "example"):
        schema = schema.replace('"fields": [', f'"{name}": {value}, "fields_": [', 1)
    else:
        schema = schema.replace('"type": "integer"', f'"type": "integer", "constraints": {{"{name}": {value}}}', 1)
    _judge(memory_store({"datapackage.json": text.encode(), "schemas/visits.schema.json": schema.encode()}))


@given(content=st.binary(max_size=60))
@settings(THOROUGH, max_examples=60)
def test_any_bytes_as_descriptor(content: bytes, memory_store: Any) -> None:
    _judge(memory_store({"datapackage.json": content}))
    _judge(
        memory_store(
            {"datapackage.json": json.dumps(BASE["datapackage.json"]).encode(), "schemas/visits.schema.json": content}
        )
    )
