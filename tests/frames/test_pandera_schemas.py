"""The pandera schema accepts what `load` gives, tells each kind of fault, and agrees with `validate`."""

import builtins
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd
import pandera.errors
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from mandates_data import frame_schema, load, save
from mandates_data.errors import MissingExtraError, TableError, UnknownNameError
from mandates_data.validate.run import validate

BOXES: dict[str, Any] = {
    "title": "Boxes",
    "description": "One row a box.",
    "fields": [
        {"name": "box_id", "type": "string", "title": "Box", "description": "Its name.",
         "constraints": {"pattern": "b[0-9]|b[0-9]{2}"}},
        {"name": "inside", "type": "string"},
        {"name": "place", "type": "integer", "constraints": {"minimum": 1, "exclusiveMaximum": 100}},
        {"name": "name", "type": "string",
         "constraints": {"required": True, "minLength": 2, "maxLength": 6, "unique": True}},
        {"name": "size", "type": "string", "constraints": {"required": True, "enum": ["small", "large"]}},
        {"name": "made", "type": "date", "constraints": {"minimum": "1994-01-01", "maximum": "2022-12-31"}},
        {"name": "weight", "type": "number", "constraints": {"exclusiveMinimum": 0, "maximum": 0.1}},
        {"name": "code", "type": "integer", "constraints": {"unique": True}},
        {"name": "mail", "type": "string", "format": "email"},
        {"name": "open", "type": "boolean"},
    ],
    "missingValues": [""],
    "primaryKey": ["box_id"],
    "uniqueKeys": [["inside", "place"]],
    "foreignKeys": [{"fields": ["inside"], "reference": {"fields": ["box_id"]}}],
}  # fmt: skip
BOXES_CSV = """\
box_id,inside,place,name,size,made,weight,code,mail,open
b1,,1,lemons,small,1994-01-01,0.1,1,a@example.org,true
b2,b1,1,apples,large,2022-12-31,,,,false
b30,b1,2,pears,small,,0.05,,,
b4,,1,NA,large,,,2,,
"""


@pytest.fixture
def boxes(make_package: Callable[..., Path]) -> Path:
    return make_package(boxes=(BOXES, BOXES_CSV))


def failed_checks(frame: pd.DataFrame, package: Path, table: str = "boxes") -> list[tuple[Any, ...]]:
    """What pandera tells: column, check and the value that failed."""
    try:
        frame_schema(table, package).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors as error:
        cases = error.failure_cases[["column", "check", "failure_case"]]
        return list(cases.itertuples(index=False, name=None))
    return []


def is_sound(frame: pd.DataFrame, package: Path) -> bool:
    try:
        frame_schema("boxes", package).validate(frame, lazy=True)
    except pandera.errors.SchemaErrors:
        return False
    return True


def validate_accepts(frame: pd.DataFrame, package: Path) -> bool:
    """Whether `validate` finds nothing wrong in the file that `save` writes; no where there is no such file."""
    try:
        save(frame, "boxes", package / "boxes.csv", package)
    except TableError:
        return False
    return not [finding for finding in validate(package).findings if finding.severity == "error"]


def test_what_load_gives_is_accepted_and_unchanged(boxes: Path) -> None:
    frame = load("boxes", boxes)
    pd.testing.assert_frame_equal(frame_schema("boxes", boxes).validate(frame, lazy=True), frame)
    assert validate_accepts(frame, boxes)


def test_the_schema_carries_titles_and_descriptions(boxes: Path) -> None:
    schema = frame_schema("boxes", boxes)
    assert (schema.name, schema.title, schema.description) == ("boxes", "Boxes", "One row a box.")
    assert (schema.columns["box_id"].title, schema.columns["box_id"].description) == ("Box", "Its name.")


def put(column: str, value: Any) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """A change that sets one cell of the third row."""

    def change(frame: pd.DataFrame) -> pd.DataFrame:
        frame.loc[2, column] = value
        return frame

    return change


FAULTS = [
    (put("box_id", "b300"), "box_id", "expected pattern b[0-9]|b[0-9]{2}"),
    (put("box_id", "b3x"), "box_id", "expected pattern b[0-9]|b[0-9]{2}"),
    (put("box_id", None), "box_id", "not_nullable"),
    (put("box_id", "b2"), "box_id", "multiple_fields_uniqueness"),
    (put("place", 0), "place", "expected at least 1"),
    (put("place", 100), "place", "expected less than 100"),
    (put("name", None), "name", "not_nullable"),
    (put("name", "x"), "name", "expected length at least 2"),
    (put("name", "pineapple"), "name", "expected length at most 6"),
    (put("name", "apples"), "name", "expected a value that stands there once"),
    (put("size", None), "size", "not_nullable"),
    (put("made", pd.Timestamp(1993, 12, 31)), "made", "expected at least 1994-01-01"),
    (put("made", pd.Timestamp(2023, 1, 1)), "made", "expected at most 2022-12-31"),
    (put("made", pd.Timestamp(2001, 1, 1, 12)), "made", "expected a value of type date that a cell can hold"),
    (put("weight", 0.0), "weight", "expected more than 0"),
    (put("weight", 0.11), "weight", "expected at most 0.1"),
    (put("code", 2), "code", "expected a value that stands there once"),
    (put("mail", "nobody"), "mail", "expected a value of type string that a cell can hold"),
    (put("inside", ""), "inside", "expected a value of type string that a cell can hold"),
    (put("inside", "b1\0"), "inside", "expected a value of type string that a cell can hold"),
    (put("place", 1), "boxes", "expected no two rows with the same inside, place"),
    (put("inside", "b9"), "boxes", "expected inside to name a row of the table"),
]


@pytest.mark.parametrize(("change", "column", "check"), FAULTS)
def test_each_kind_of_fault_is_told_by_pandera_and_by_validate(
    boxes: Path, change: Callable[[pd.DataFrame], pd.DataFrame], column: str, check: str
) -> None:
    frame = change(load("boxes", boxes))
    told = failed_checks(frame, boxes)
    assert (column, check) in {(where, found) for where, found, _value in told} | {
        ("boxes", found) for _where, found, _value in told if "row" in found
    }
    assert not validate_accepts(frame, boxes)


def test_a_row_that_fails_is_told_with_its_index_and_value(boxes: Path) -> None:
    frame = load("boxes", boxes)
    frame.loc[3, "place"] = 100
    with pytest.raises(pandera.errors.SchemaErrors) as caught:
        frame_schema("boxes", boxes).validate(frame, lazy=True)
    cases = caught.value.failure_cases
    assert cases[["column", "failure_case", "index"]].to_numpy().tolist() == [["place", 100, 3]]


@pytest.mark.parametrize(
    ("column", "dtype"),
    [
        ("place", "float64"),
        ("size", "str"),
        ("made", "object"),
        ("open", "str"),
        ("size", pd.CategoricalDtype(["large", "small"], ordered=True)),
        ("size", pd.CategoricalDtype(["small", "large"])),
        ("size", pd.CategoricalDtype(["small", "large", "huge"], ordered=True)),
        ("code", "float64"),
    ],
)
def test_a_column_of_another_dtype_is_told(boxes: Path, column: str, dtype: Any) -> None:
    changed = load("boxes", boxes).astype({column: dtype})
    assert {where for where, check, _value in failed_checks(changed, boxes) if check.startswith("dtype")} == {column}


@pytest.mark.parametrize("unit", ["s", "ms", "us", "ns"])
def test_dates_may_have_any_unit(boxes: Path, unit: str) -> None:
    assert is_sound(load("boxes", boxes).astype({"made": f"datetime64[{unit}]"}), boxes)


@pytest.mark.parametrize("dtype", ["str", "string", "object"])
def test_texts_may_be_stored_in_any_way(boxes: Path, dtype: str) -> None:
    assert is_sound(load("boxes", boxes).astype({"name": dtype}), boxes)


def test_a_number_among_texts_is_told(boxes: Path) -> None:
    frame = load("boxes", boxes).astype({"inside": "object"})
    frame.loc[1, "inside"] = 7
    assert ("inside", "expected a value of type string that a cell can hold", "7") in [
        (where, check, str(value)) for where, check, value in failed_checks(frame, boxes)
    ]


def test_columns_that_are_missing_added_moved_or_doubled_are_told(boxes: Path) -> None:
    frame = load("boxes", boxes)
    assert ("boxes", "column_in_dataframe", "open") in failed_checks(frame.drop(columns="open"), boxes)
    assert ("boxes", "column_in_schema", "colour") in failed_checks(frame.assign(colour="red"), boxes)
    moved = frame[[*frame.columns[1:], "box_id"]]
    assert "column_ordered" in {check for _where, check, _value in failed_checks(moved, boxes)}
    assert not is_sound(pd.concat([frame, frame[["open"]]], axis="columns"), boxes)


@pytest.mark.parametrize(
    ("matching", "added", "lacking", "moved"),
    [
        ("exact", False, False, False),
        ("equal", False, False, True),
        ("subset", True, False, True),
        ("superset", False, True, True),
        ("partial", True, True, True),
    ],
)
def test_fields_match_says_which_columns_a_frame_may_have(
    make_package: Callable[..., Path], matching: str, added: bool, lacking: bool, moved: bool
) -> None:
    schema = {"fields": [{"name": "a"}, {"name": "b"}], "fieldsMatch": [matching]}
    package = make_package(t=(schema, "a,b\n1,2\n"))
    frame = load("t", package)
    assert (failed_checks(frame.assign(c="3"), package, "t") == []) == added
    assert (failed_checks(frame[["a"]], package, "t") == []) == lacking
    assert (failed_checks(frame[["b", "a"]], package, "t") == []) == moved


def test_rows_put_together_with_their_old_index_are_judged_too(boxes: Path) -> None:
    frame = load("boxes", boxes)
    other = frame.assign(box_id=["b5", "b6", "b7", "b8"], name=["plums", "figs", "dates", "kiwis"])
    other["code"] = pd.array([pd.NA] * 4, dtype="Int64")
    other["place"] = other["place"] + 10
    both = pd.concat([frame, other])
    assert both.index.tolist() == [0, 1, 2, 3, 0, 1, 2, 3]
    assert is_sound(both, boxes)
    other.loc[0, "name"] = "apples"
    assert not is_sound(pd.concat([frame, other]), boxes)


def test_unique_values_and_keys_may_be_missing_more_than_once(boxes: Path) -> None:
    frame = load("boxes", boxes)
    frame["code"] = pd.array([pd.NA] * 4, dtype="Int64")
    frame["inside"] = pd.Series([None] * 4, dtype="str")
    frame["place"] = pd.array([5] * 4, dtype="Int64")
    assert is_sound(frame, boxes)
    assert validate_accepts(frame, boxes)


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ({"type": "year", "constraints": {"minimum": "1994"}}, "1994", "1993"),
        ({"type": "yearmonth", "constraints": {"maximum": "2022-06"}}, "2022-06", "2022-07"),
        ({"type": "time", "constraints": {"minimum": "12:00:00"}}, "12:00:00", "11:59:59"),
        ({"type": "duration", "constraints": {"minimum": "P1M"}}, "P32D", "P27D"),
        ({"type": "datetime", "constraints": {"minimum": "2001-01-01T00:00:00Z"}}, "2001-01-01T00:00:00Z",
         "2000-12-31T23:59:59Z"),
        ({"type": "datetime"}, "2001-01-01T00:00:00", None),
        ({"type": "array", "constraints": {"maxLength": 1}}, "[1]", "[1, 2]"),
        ({"type": "object", "constraints": {"minLength": 1}}, '{""x"": 1}', "{}"),
        ({"type": "list", "constraints": {"unique": True}}, "a,b", None),
        ({"type": "geopoint"}, "1, 2", None),
        ({"type": "number", "constraints": {"enum": [0.1, 2]}}, "0.1", "0.2"),
        ({"type": "integer", "categories": [1, 2]}, "2", None),
    ],
)  # fmt: skip
def test_every_type_of_the_standard_is_judged(
    one_field: Callable[..., Path], field: dict[str, Any], good: str, bad: str | None
) -> None:
    package = one_field(field, good, "")
    assert failed_checks(load("t", package), package, "t") == []
    if bad is not None:
        package = one_field(field, good, bad)
        assert [check.split()[0] for _where, check, _value in failed_checks(load("t", package), package, "t")] == [
            "expected"
        ]


def test_a_table_without_rows_is_accepted(make_package: Callable[..., Path]) -> None:
    package = make_package(boxes=(BOXES, BOXES_CSV.splitlines(keepends=True)[0]))
    frame = load("boxes", package)
    assert len(frame) == 0
    assert is_sound(frame, package)


POOLS: dict[str, list[Any]] = {
    "box_id": ["b1", "b2", "b3", "b44", "b444", "", None, "b1\n", "x"],
    "inside": [None, "b1", "b2", "b3", "b44", "b9"],
    "place": [None, 0, 1, 2, 3, 4, 99, 100],
    "name": [None, "a", "ab", "abc", "NA", "a\nb", "abcdef", "abcdefg", "éé😀"],
    "size": [None, "small", "large"],
    "made": [None, "1993-12-31", "1994-01-01", "2022-12-31T01:00", "2023-01-01"],
    "weight": [None, -0.5, 0.0, 1e-9, 0.1, 0.1000001, float("inf")],
    "code": [None, 1, 2, 3, 4, -5],
    "mail": [None, "a@example.org", "a@", ""],
    "open": [None, True, False],
}
GOOD: list[list[Any]] = [
    ["b1", None, 1, "ab", "small", None, None, None, None, None],
    ["b2", "b1", 1, "abcdef", "large", "2022-12-31", 0.1, 1, "a@example.org", True],
    ["b44", "b1", 2, "NA", "small", "1994-01-01", 1e-9, 2, None, False],
]
CHANGES = st.lists(
    st.sampled_from(sorted(POOLS)).flatmap(
        lambda name: st.tuples(st.integers(0, 2), st.just(name), st.sampled_from(POOLS[name]))
    ),
    max_size=3,
)


@settings(deadline=None, max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(changes=CHANGES, count=st.integers(0, 3))
@example(changes=[], count=3)
def test_pandera_and_validate_come_to_the_same_verdict(
    make_package: Callable[..., Path], changes: list[tuple[int, str, Any]], count: int
) -> None:
    package = make_package(boxes=(BOXES, BOXES_CSV))
    rows = [dict(zip(POOLS, row, strict=True)) for row in GOOD]
    for place, name, value in changes:
        rows[place][name] = value
    dtypes = load("boxes", package).dtypes
    frame = pd.DataFrame({name: pd.Series([row[name] for row in rows[:count]], dtype=dtypes[name]) for name in POOLS})
    assert is_sound(frame, package) == validate_accepts(frame, package)


def test_without_pandera_the_message_says_what_to_install(boxes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    true_import = builtins.__import__

    def refuse(name: str, *rest: Any, **named: Any) -> Any:
        if name.startswith("pandera"):
            raise ImportError(name)
        return true_import(name, *rest, **named)

    monkeypatch.setattr(builtins, "__import__", refuse)
    with pytest.raises(MissingExtraError) as caught:
        frame_schema("boxes", boxes)
    assert str(caught.value) == (
        'frame_schema needs pandera, which is not installed. Run: pip install "mandates-data[pandera]"'
    )


def test_a_table_or_schema_that_is_not_there_is_one_line(boxes: Path) -> None:
    with pytest.raises(UnknownNameError, match="Did you mean 'boxes'"):
        frame_schema("boxs", boxes)
    descriptor = json.loads((boxes / "datapackage.json").read_text())
    descriptor["resources"][0]["schema"]["fields"][0]["type"] = "whole"
    (boxes / "datapackage.json").write_text(json.dumps(descriptor))
    with pytest.raises(TableError, match="The schema of boxes cannot be used"):
        frame_schema("boxes", boxes)
