"""The least version number that a change calls for, change by change, and the law that two changes keep together."""

from __future__ import annotations

import dataclasses

import pytest
from diffed_packages import package, schema, write_package
from generated import chains, package_in_memory
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.diff.bump import LEVELS, Promises, Reason, least_bump
from mandates_data.diff.changeset import Description
from mandates_data.diff.compare import compare, diff
from mandates_data.diff.composition import compose
from mandates_data.diff.content import PackageContent, TableContent
from mandates_data.diff.selection import select
from mandates_data.errors import ChangesetError
from mandates_data.package.opening import open_package

ROWS = "id,a,b\n1,x,y\n2,x,y\n"


NOTHING = (Promises(), Promises())


def bump_of_tables(tmp_path, old, new, before=None, after=None, promises=NOTHING):
    """The bump between two tables `t`, each its content and its schema."""
    sides = [package(tmp_path / name, *side) for name, side in (("old", (old, before)), ("new", (new, after)))]
    return least_bump(diff(*sides), *promises)


def told(bump):
    """The level, and of each reason what it is and where."""
    return bump.level, [(reason.what, reason.field, reason.property) for reason in bump.reasons]


def test_nothing_is_called_for_where_nothing_differs(tmp_path):
    assert told(bump_of_tables(tmp_path, ROWS, ROWS)) == ("none", [])


def test_a_file_written_otherwise_calls_for_nothing(tmp_path):
    assert told(bump_of_tables(tmp_path, ROWS, '\ufeffb,id,a\r\ny,2,x\r\n"y",1,x\r\n')) == ("none", [])


def test_a_value_spelled_otherwise_calls_for_nothing(tmp_path):
    numbers = schema(["id", {"name": "a", "type": "integer"}])
    assert told(bump_of_tables(tmp_path, "id,a\n1,7\n", "id,a\n1,007\n", numbers, numbers)) == ("none", [])


@pytest.mark.parametrize(("old", "new"), [("x", "z"), ("", "z"), ("x", "")], ids=["corrected", "filled", "cleared"])
def test_a_cell_corrected_filled_or_cleared_calls_for_a_patch(tmp_path, old, new):
    bump = bump_of_tables(tmp_path, f"id,a,b\n1,{old},y\n", f"id,a,b\n1,{new},y\n")
    assert bump.level == "patch"
    assert bump.reasons == (Reason("patch", "cell_changed", "t", "a", keys=(("1",),)),)


def test_reasons_count_all_rows_and_name_the_first(tmp_path):
    rows = [f"{number},x,y\n" for number in range(10, 15)]
    bump = bump_of_tables(tmp_path, "id,a,b\n" + "".join(rows), "id,a,b\n")
    assert bump.reasons == (
        Reason("major", "row_removed", "t", keys=(("10",), ("11",), ("12",)), new_keys=((), (), ()), count=5),
    )


def test_a_row_added_calls_for_a_minor_version(tmp_path):
    bump = bump_of_tables(tmp_path, ROWS, ROWS + "3,x,y\n")
    assert told(bump) == ("minor", [("row_added", "", "")])


def test_a_row_removed_calls_for_a_major_version_and_for_a_minor_one_where_it_is_retired(tmp_path):
    retired = Promises(retired={"t": frozenset({("2", "")})})
    gone = "id,a,b\n1,x,y\n"
    assert told(bump_of_tables(tmp_path / "plain", ROWS, gone)) == ("major", [("row_removed", "", "")])
    bump = bump_of_tables(tmp_path / "retired", ROWS, gone, promises=(Promises(), retired))
    assert told(bump) == ("minor", [("row_retired", "", "")])


def test_the_retirement_of_another_table_or_row_does_not_count(tmp_path):
    for number, pairs in enumerate(({"u": frozenset({("2", "")})}, {"t": frozenset({("1", "")})})):
        promises = (Promises(), Promises(retired=pairs))
        bump = bump_of_tables(tmp_path / str(number), ROWS, "id,a,b\n1,x,y\n", promises=promises)
        assert bump.level == "major"


def test_a_changed_key_counts_as_a_removed_row_and_names_the_new_key(tmp_path):
    sides = [
        package(tmp_path / name, f"id,a,b\n{key},a long text,y\n") for name, key in (("old", "one"), ("new", "two"))
    ]
    bump = least_bump(compare(*sides))
    assert bump.forcing == (Reason("major", "row_removed", "t", keys=(("one",),), new_keys=(("two",),)),)


def test_a_declared_rename_is_told_once(tmp_path):
    sides = [package(tmp_path / name, f"id,a,b\n{key},text,y\n") for name, key in (("old", "one"), ("new", "two"))]
    pairs = {"t": frozenset({("one", "two")})}
    bump = least_bump(compare(*sides, retired=pairs), Promises(), Promises(retired=pairs))
    assert bump.reasons == (Reason("minor", "row_retired", "t", keys=(("one",),), new_keys=(("two",),)),)


def test_a_retirement_that_is_taken_back_calls_for_a_major_version(tmp_path):
    promises = (Promises(retired={"t": frozenset({("0", "1")})}), Promises())
    bump = bump_of_tables(tmp_path, ROWS, ROWS, promises=promises)
    assert bump.reasons == (Reason("major", "retirement_removed", "t", keys=(("0",),)),)


def test_another_replacement_of_a_retired_identifier_takes_nothing_back(tmp_path):
    promises = tuple(Promises(retired={"t": frozenset({("0", into)})}) for into in ("1", "2"))
    assert told(bump_of_tables(tmp_path, ROWS, ROWS, promises=promises)) == ("none", [])


def test_the_rows_of_a_bookkeeping_table_do_not_count_but_its_fields_do(tmp_path):
    ledger = Promises(bookkeeping=frozenset({"t"}))
    bump = bump_of_tables(tmp_path / "rows", ROWS, "id,a,b\n3,z,z\n", promises=(ledger, ledger))
    assert told(bump) == ("none", [])
    less = schema(["id", "a"])
    bump = bump_of_tables(tmp_path / "field", ROWS, "id,a\n1,x\n", None, less, promises=(ledger, ledger))
    assert told(bump) == ("major", [("field_removed", "b", "")])


@pytest.mark.parametrize("begins", [True, False])
def test_a_table_whose_rows_begin_or_cease_to_count_calls_for_a_major_version(tmp_path, begins):
    sides = (Promises(bookkeeping=frozenset({"t"})), Promises())
    bump = bump_of_tables(tmp_path, ROWS, ROWS, promises=sides if begins else sides[::-1])
    assert told(bump) == ("major", [("bookkeeping_changed", "", "")])


def test_a_table_added_is_minor_and_a_table_removed_is_major(tmp_path):
    one = write_package(tmp_path / "one", {"t": (schema(["id"]), "id\n1\n")})
    two = write_package(tmp_path / "two", {"t": (schema(["id"]), "id\n1\n"), "u": (schema(["id"]), "id\n1\n")})
    old, new = open_package(one), open_package(two)
    assert least_bump(diff(old, new)).reasons == (Reason("minor", "table_added", "u"),)
    assert least_bump(diff(new, old)).reasons == (Reason("major", "table_removed", "u"),)


def test_version_and_day_of_a_package_do_not_count_and_other_words_are_a_patch(tmp_path):
    table = {"t": (schema(["id"]), "id\n1\n")}
    sides = [
        open_package(write_package(tmp_path / version, table, version=version, created=day, title=title))
        for version, day, title in (("1.0.0", "2026-01-01", "T"), ("2.0.0", "2026-02-02", "T"), ("1", "1", "U"))
    ]
    assert told(least_bump(diff(sides[0], sides[1]))) == ("none", [])
    assert told(least_bump(diff(sides[0], sides[2]))) == ("patch", [("described", "", "title")])


def test_where_a_file_and_a_schema_stand_does_not_count(tmp_path):
    old = write_package(tmp_path / "old", {"t": (schema(["id"]), "id\n1\n")})
    new = write_package(tmp_path / "new", {"t": (schema(["id"]), "id\n1\n")})
    (new / "data/t.csv").rename(new / "t.csv")
    text = (new / "datapackage.json").read_text().replace("data/t.csv", "t.csv").replace('"utf-8"', '"utf8"')
    (new / "datapackage.json").write_text(text)
    assert told(least_bump(diff(open_package(old), open_package(new)))) == ("none", [])


def test_a_selection_of_changes_is_refused(tmp_path):
    sides = [package(tmp_path / name, ROWS) for name in ("old", "new")]
    for part in (compare(*sides, tables=["t"]), select(compare(*sides), only=["added"])):
        with pytest.raises(ChangesetError, match="from a whole comparison only"):
            least_bump(part)


FIELD_CASES = [
    ({}, {"title": "A"}, "patch", "described", "title"),
    ({}, {"constraints": {"required": False}}, "patch", "described", ""),
    ({}, {"constraints": {"required": True}}, "major", "rule_tightened", "required"),
    ({"constraints": {"required": True}}, {}, "minor", "rule_loosened", "required"),
    ({}, {"constraints": {"unique": True}}, "major", "rule_tightened", "unique"),
    ({"constraints": {"minLength": 2}}, {"constraints": {"minLength": 3}}, "major", "rule_tightened", "minLength"),
    ({"constraints": {"minLength": 2}}, {}, "minor", "rule_loosened", "minLength"),
    ({"constraints": {"maxLength": 2}}, {"constraints": {"maxLength": 3}}, "minor", "rule_loosened", "maxLength"),
    ({}, {"constraints": {"maxLength": 3}}, "major", "rule_tightened", "maxLength"),
    ({"constraints": {"enum": ["x"]}}, {"constraints": {"enum": ["z", "x"]}}, "minor", "rule_loosened", "enum"),
    ({"constraints": {"enum": ["x", "z"]}}, {"constraints": {"enum": ["x"]}}, "major", "rule_tightened", "enum"),
    ({"constraints": {"enum": ["x", "z"]}}, {"constraints": {"enum": ["x", "w"]}}, "major", "rule_changed", "enum"),
    ({"constraints": {"enum": ["x", "z"]}}, {"constraints": {"enum": ["z", "x"]}}, "patch", "described", ""),
    ({}, {"constraints": {"pattern": "x+"}}, "major", "rule_tightened", "pattern"),
    ({"constraints": {"pattern": "x+"}}, {"constraints": {"pattern": "x*"}}, "major", "rule_changed", "pattern"),
    ({"constraints": {"pattern": "x+"}}, {}, "minor", "rule_loosened", "pattern"),
    ({"categories": ["x"]}, {"categories": ["x", "z"]}, "minor", "rule_loosened", "categories"),
    ({"categories": ["x", "z"]}, {"categories": ["z"]}, "major", "rule_tightened", "categories"),
    (
        {"categories": ["x", "z"], "categoriesOrdered": True},
        {"categories": ["z", "x"], "categoriesOrdered": True},
        "major",
        "rule_changed",
        "categories",
    ),
    (
        {"categories": ["x", "z"], "categoriesOrdered": True},
        {"categories": ["x", "y", "z"], "categoriesOrdered": True},
        "minor",
        "rule_loosened",
        "categories",
    ),
    ({"categories": ["x", "z"]}, {"categories": ["z", "x"]}, "patch", "described", ""),
    ({}, {"missingValues": ["", "-"]}, "major", "reading_changed", "missingValues"),
    ({"format": "email"}, {"format": "uri"}, "major", "reading_changed", "format"),
    ({}, {"type": "any"}, "major", "type_changed", "type"),
]


@pytest.mark.parametrize(("before", "after", "level", "what", "name"), FIELD_CASES)
def test_a_change_of_a_field_calls_for(tmp_path, before, after, level, what, name):
    schemas = [schema(["id", {"name": "a", "type": "string", **more}]) for more in (before, after)]
    bump = bump_of_tables(tmp_path, "id,a\n", "id,a\n", *schemas)
    assert told(bump) == (level, [(what, "a" if name else "", name)])


BOUND_CASES = [
    ("integer", {"minimum": 5}, {"minimum": 6}, "rule_tightened"),
    ("integer", {"minimum": 10}, {"minimum": 9}, "rule_loosened"),
    ("number", {"maximum": 5}, {"maximum": 5.5}, "rule_loosened"),
    ("number", {"maximum": "5.5"}, {"maximum": 5}, "rule_tightened"),
    ("date", {"minimum": "2026-01-01"}, {"minimum": "2025-12-31"}, "rule_loosened"),
    ("date", {}, {"exclusiveMaximum": "2026-01-01"}, "rule_tightened"),
    ("date", {"exclusiveMinimum": "2026-01-01"}, {"exclusiveMinimum": "2026-01-02"}, "rule_tightened"),
    ("duration", {"minimum": "P1M"}, {"minimum": "P30D"}, "rule_changed"),
    ("datetime", {"minimum": "2026-01-01T00:00:00Z"}, {"minimum": "2026-01-01T00:00:01"}, "rule_tightened"),
]


@pytest.mark.parametrize(("kind", "before", "after", "what"), BOUND_CASES)
def test_bounds_are_compared_as_values_of_their_type(tmp_path, kind, before, after, what):
    schemas = [schema(["id", {"name": "a", "type": kind, "constraints": bounds}]) for bounds in (before, after)]
    bump = bump_of_tables(tmp_path, "id,a\n", "id,a\n", *schemas)
    assert [reason.what for reason in bump.reasons] == [what]


SCHEMA_CASES = [
    ({"primaryKey": "id"}, {"primaryKey": ["id"]}, "patch", "described"),
    ({"primaryKey": "id"}, {"primaryKey": ["id", "a"]}, "major", "key_changed"),
    ({"primaryKey": ["id", "a"]}, {"primaryKey": ["a", "id"]}, "major", "key_changed"),
    ({}, {"uniqueKeys": [["a", "b"]]}, "major", "rule_tightened"),
    ({"uniqueKeys": [["a", "b"]]}, {"uniqueKeys": [["b", "a"]]}, "patch", "described"),
    ({"uniqueKeys": [["a", "b"]]}, {}, "minor", "rule_loosened"),
    (
        {},
        {"foreignKeys": [{"fields": "a", "reference": {"resource": "", "fields": "id"}}]},
        "minor",
        "reference_changed",
    ),
    ({"fieldsMatch": "equal"}, {}, "major", "rule_tightened"),
    ({"fieldsMatch": "subset"}, {"fieldsMatch": "superset"}, "major", "rule_changed"),
    ({"fieldsMatch": "superset"}, {"fieldsMatch": "partial"}, "minor", "rule_loosened"),
    ({}, {"description": "Of tests."}, "patch", "described"),
]


@pytest.mark.parametrize(("before", "after", "level", "what"), SCHEMA_CASES)
def test_a_change_of_a_schema_calls_for(tmp_path, before, after, level, what):
    schemas = [schema(["id", "a", "b"], **{"primaryKey": ["id"], **more}) for more in (before, after)]
    bump = bump_of_tables(tmp_path, "id,a,b\n", "id,a,b\n", *schemas)
    assert (bump.level, [reason.what for reason in bump.reasons]) == (level, [what])


@pytest.mark.parametrize(("match", "level"), [("exact", "major"), ("equal", "minor"), ("partial", "minor")])
def test_a_field_added_is_judged_by_whether_the_order_of_fields_is_promised(tmp_path, match, level):
    before, after = schema(["id"], fieldsMatch=match), schema(["id", "a"], fieldsMatch=match)
    bump = bump_of_tables(tmp_path, "id\n1\n", "id,a\n1,x\n", before, after)
    assert told(bump) == (level, [("field_added", "a", "")])


@pytest.mark.parametrize(
    ("match", "expected"),
    [("exact", ("major", [("field_moved", "b", "")])), ("equal", ("patch", [("described", "", "")]))],
)
def test_so_is_a_field_that_moved(tmp_path, match, expected):
    before, after = (schema(fields, fieldsMatch=match) for fields in (["id", "a", "b"], ["id", "b", "a"]))
    assert told(bump_of_tables(tmp_path, "id,a,b\n", "id,b,a\n", before, after)) == expected


def test_a_field_renamed_is_one_removed_and_one_added(tmp_path):
    bump = bump_of_tables(tmp_path, "id,a\n1,x\n", "id,z\n1,x\n", schema(["id", "a"]), schema(["id", "z"]))
    assert told(bump) == ("major", [("field_removed", "a", ""), ("field_added", "z", "")])


# -- Law 7 -------------------------------------------------------------------------------------------------------------

RULES = {
    "required": st.booleans(),
    "unique": st.booleans(),
    "minLength": st.integers(0, 2),
    "maxLength": st.integers(3, 5),
    "minimum": st.sampled_from([1, 2, "x"]),
    "exclusiveMaximum": st.sampled_from([8, 9, "9"]),
    "pattern": st.sampled_from(["a+", "a*"]),
    "enum": st.lists(st.sampled_from(["1", "2", "3"]), min_size=1, max_size=3, unique=True),
}
IDENTIFIERS = ["1", "2", "3", "4", "1/1", "2/1"]


@st.composite
def ruled(draw, content):
    """The package with other rules in its schemas: few, so that steps that only loosen are met often."""
    tables = []
    for table in content.tables:
        described = dict(table.description.schema)
        if draw(st.booleans()):
            described["fieldsMatch"] = draw(st.sampled_from(["exact", "equal", "subset", "superset", "partial"]))
        names = [field["name"] for field in described["fields"]]
        if draw(st.integers(0, 3)) == 0:
            described["uniqueKeys"] = draw(st.lists(st.permutations(names[:2]), max_size=2))
        if draw(st.integers(0, 3)) == 0:
            described["foreignKeys"] = [{"fields": names[0], "reference": {"resource": "", "fields": names[-1]}}]
        described["fields"] = [draw(ruled_fields(field)) for field in described["fields"]]
        description = dataclasses.replace(table.description, schema=described)
        tables.append(dataclasses.replace(table, description=description))
    return PackageContent(content.descriptor, tuple(tables))


@st.composite
def ruled_fields(draw, field):
    wanted = draw(st.sets(st.sampled_from(sorted(RULES)), max_size=2))
    more = {"constraints": {name: draw(RULES[name]) for name in sorted(wanted)}} if draw(st.booleans()) else {}
    if draw(st.integers(0, 3)) == 0:
        more["categories"] = draw(st.lists(st.sampled_from(["a", "b", "c"]), min_size=1, max_size=3, unique=True))
        more["categoriesOrdered"] = draw(st.booleans())
    return {**field, **more}


@st.composite
def promises(draw):
    """Three packages' promises: mostly the same ones, since any change of them may be major."""
    found = [draw(one_sided())]
    while len(found) < 3:
        found.append(found[-1] if draw(st.integers(0, 2)) else draw(one_sided()))
    return found


@st.composite
def one_sided(draw):
    retired = st.dictionaries(
        st.sampled_from(["t", "u"]),
        st.frozensets(st.tuples(st.sampled_from(IDENTIFIERS), st.just("")), max_size=4),
    )
    return Promises(draw(st.frozensets(st.sampled_from(["t", "u", "v"]), max_size=2)), draw(retired))


def check_law(three, sides):
    first, middle, last = map(package_in_memory, three)
    one, other = diff(first, middle), diff(middle, last)
    try:
        both = compose(one, other)
    except ChangesetError:  # the keys differ, and then the packages themselves are compared
        both = diff(first, last)
    steps = [least_bump(one, sides[0], sides[1]).level, least_bump(other, sides[1], sides[2]).level]
    assert LEVELS.index(least_bump(both, sides[0], sides[2]).level) <= max(map(LEVELS.index, steps))


@given(chains(3, key=("id",)) | chains(3), promises())
@settings(deadline=None, max_examples=200)
def test_two_changes_together_call_for_no_more_than_the_greater_one(three, sides):
    check_law(three, sides)


@given(st.data(), promises())
@settings(deadline=None, max_examples=200)
def test_nor_do_they_where_only_rules_change(data, sides):
    content = data.draw(chains(1))[0]
    check_law([data.draw(ruled(content)) for _ in range(3)], sides)


@given(st.data(), promises())
@settings(deadline=None, max_examples=100)
def test_nor_where_rules_fields_and_rows_change(data, sides):
    check_law([data.draw(ruled(each)) for each in data.draw(chains(3))], sides)


ASPECTS = {
    "rows": st.frozensets(st.sampled_from("12"), max_size=2),
    "retired": st.frozensets(st.sampled_from("12"), max_size=2),
    "bookkeeping": st.booleans(),
    "match": st.sampled_from(["exact", "equal", "subset", "superset", "partial"]),
    "fields": st.sampled_from([("id", "a"), ("id", "a", "b"), ("id", "b", "a")]),
    "categories": st.sampled_from([None, "x", "xy", "yx", "xyz", "yz"]),
    "ordered": st.booleans(),
    "minimum": st.sampled_from([None, 1, 2, "2", "no number"]),
}
"""What a package of one table can be in, so small that two steps often meet in the same thing."""


@st.composite
def steps_of_one_aspect(draw):
    """Three packages, each the one before with one or two of its aspects drawn again."""
    found = [{name: draw(values) for name, values in ASPECTS.items()}]
    while len(found) < 3:
        again = draw(st.lists(st.sampled_from(sorted(ASPECTS)), min_size=1, max_size=2))
        found.append({**found[-1], **{name: draw(ASPECTS[name]) for name in again}})
    return found


def small_package(aspects):
    """The package and the promises that an entry of `ASPECTS` each describes."""
    a = {"name": "a", "type": "string"}
    if aspects["categories"] is not None:
        a |= {"categories": list(aspects["categories"]), "categoriesOrdered": aspects["ordered"]}
    b = {"name": "b", "type": "integer", "constraints": {"minimum": aspects["minimum"]}}
    if aspects["minimum"] is None:
        del b["constraints"]
    fields = [{"id": {"name": "id", "type": "string"}, "a": a, "b": b}[name] for name in aspects["fields"]]
    described = {"fields": fields, "primaryKey": ["id"], "fieldsMatch": aspects["match"]}
    rows = tuple((key, *[""] * (len(fields) - 1)) for key in sorted(aspects["rows"]))
    table = TableContent(
        "t", Description({"name": "t", "path": "t.csv", "schema": None}, described, {}, aspects["fields"]), rows
    )
    retired = {"t": frozenset((key, "") for key in aspects["retired"])}
    promised = Promises(frozenset({"t"} if aspects["bookkeeping"] else ()), retired)
    return PackageContent({"name": "p", "resources": ["t"]}, (table,)), promised


@given(steps_of_one_aspect())
@settings(deadline=None, max_examples=1000)
def test_nor_where_both_change_the_same_thing(three):
    contents, sides = zip(*map(small_package, three), strict=True)
    check_law(contents, sides)


LAYOUTS = (["id", "a"], ["id", "a", "b"], ["id", "b", "a"])
MATCHES = ("exact", "equal", "subset", "superset", "partial")
WALKED = {
    "fields and how they are matched": [
        (schema(layout, fieldsMatch=[match]), Promises()) for layout in LAYOUTS for match in MATCHES
    ],
    "categories": [
        (schema(["id", {"name": "a", "categories": names, "categoriesOrdered": ordered}]), Promises())
        for names in (["x"], ["y"], ["x", "y"], ["y", "x"], ["x", "z", "y"])
        for ordered in (False, True)
    ],
    "bounds": [
        (schema(["id", {"name": "a", "constraints": bounds}]), Promises())
        for bounds in (
            {}, {"minLength": 1}, {"minLength": 2}, {"maxLength": 3}, {"minLength": 2, "maxLength": 3}, {"enum": ["x"]},
            {"enum": ["x", "y"]}, {"pattern": "x*"}, {"pattern": "y*"}, {"required": True}, {"unique": True},
        )
    ],
    "promises": [
        (schema(["id", "a"]), Promises(bookkeeping=frozenset(tables), retired=retired))
        for tables in ((), ("t",))
        for retired in ({}, {"t": frozenset({("2", "")})}, {"t": frozenset({("2", "1")})})
    ],
}  # fmt: skip
"""By aspect, schemas and promises of one small table."""


@pytest.mark.parametrize("aspect", WALKED)
def test_nor_on_any_way_of_two_steps_through_the_states_of_one_aspect(tmp_path, aspect):
    states = []
    for number, (of_table, promised) in enumerate(WALKED[aspect]):
        names = [field["name"] for field in of_table["fields"]]
        for rows in (("1", "2"), ("1",)):
            content = "".join(",".join([row, *("x" for _ in names[1:])]) + "\n" for row in rows)
            folder = tmp_path / f"{number}-{len(rows)}"
            states.append((package(folder, ",".join(names) + "\n" + content, of_table), promised))
    levels = [
        [LEVELS.index(least_bump(diff(old, new), before, after).level) for new, after in states]
        for old, before in states
    ]
    numbers = range(len(states))
    broken = [
        (first, middle, last)
        for first in numbers
        for middle in numbers
        for last in numbers
        if levels[first][last] > max(levels[first][middle], levels[middle][last])
    ]
    assert broken == []
    assert {level for row in levels for level in row} >= {LEVELS.index("none"), LEVELS.index("major")}
