"""Checking only the rows that differ from the base says what checking the whole table against it says."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_packages import field, resource, write_package

from mandates_data.validate.changes import changed_rows
from mandates_data.validate.run import validate

FIELDS = [
    field("id", constraints={"required": True, "pattern": "[a-z][0-9]+"}),
    field("of", constraints={"required": True}),
    field("n", "integer", constraints={"minimum": 1}),
    field("day", "date"),
    field("text", constraints={"maxLength": 60}),
]
KEY = {"fields": ["of"], "reference": {"resource": "groups", "fields": ["name"]}}
GROUPS = resource("groups", [field("name")], primaryKey=["name"])
ROWS = [
    [f"a{n:03}", "north" if n % 3 else "south", str(n + 1), f"2001-04-{n % 28 + 1:02}", f"Text, number {n} of many"]
    for n in range(120)
]
EDITS = (
    lambda row, chance: row | {4: row[4].replace("Text", "The text")},
    lambda row, chance: row | {3: "/".join((row[3][8:], row[3][5:7], row[3][:4]))},
    lambda row, chance: row | {2: "x"},
    lambda row, chance: row | {2: "00" + row[2]},
    lambda row, chance: row | {1: "west"},
    lambda row, chance: row | {0: f"b{chance.randrange(900)}"},
    lambda row, chance: row | {4: row[4] * 4},
    lambda row, chance: row | {4: ""},
)


def line(row):
    return ",".join('"' + cell.replace('"', '""') + '"' if set(cell) & set(',"') else cell for cell in row) + "\n"


def table(rows):
    return "id,of,n,day,text\n" + "".join(line(row) for row in rows)


def package(folder, rows, groups="name\nnorth\nsouth\n", **more):
    described = resource("t", FIELDS, primaryKey=["id"], foreignKeys=[KEY], **more)
    own = {"canonical": True, "retired_ids": "gone"}
    gone = resource("gone", [field("retired_id"), field("table")], primaryKey=["retired_id"]), "retired_id,table\n"
    return write_package(folder, (GROUPS, groups), (described, table(rows)), gone, own=own)


def both_ways(new, base):
    """The report by changed rows alone, and the one by the whole table; with how many rows the first has looked at."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(changed_rows, "LEAST", 0)
        quick = validate(new, against=base).to_dict()
    whole = validate(new, against=base).to_dict()
    looked_at = [tables["tables"][1]["rows"] for tables in (quick, whole)]
    return {**quick, "tables": []}, {**whole, "tables": []}, looked_at


@settings(deadline=None, max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(seed=st.integers(0, 10**6), edits=st.integers(0, 6), removals=st.integers(0, 3), additions=st.integers(0, 3))
def test_the_rows_that_differ_are_judged_as_in_the_whole_table(tmp_path, seed, edits, removals, additions):
    chance = random.Random(seed)
    rows = [dict(enumerate(row)) for row in ROWS]
    for _ in range(edits):
        place = chance.randrange(len(rows))
        rows[place] = chance.choice(EDITS)(rows[place], chance)
    for _ in range(removals):
        del rows[chance.randrange(len(rows))]
    rows += [{0: f"c{chance.randrange(99)}", 1: "north", 2: "7", 3: "", 4: f"new {n}"} for n in range(additions)]
    new = sorted([list(row.values()) for row in rows], key=lambda row: row[0])
    quick, whole, _rows = both_ways(package(tmp_path / "new", new), package(tmp_path / "base", ROWS))
    assert quick == whole


def test_only_the_rows_that_differ_are_looked_at(tmp_path):
    new = [[*row[:4], row[4] + "!"] if row[0] == "a050" else row for row in ROWS]
    quick, whole, rows = both_ways(package(tmp_path / "new", new), package(tmp_path / "base", ROWS))
    assert quick == whole
    assert rows == [1, 120]


def test_a_finding_stands_on_the_line_of_the_file(tmp_path):
    new = [[*row[:2], "0", *row[3:]] if row[0] == "a050" else row for row in ROWS]
    quick, _whole, _rows = both_ways(package(tmp_path / "new", new), package(tmp_path / "base", ROWS))
    assert [(one["code"], one["line"], one["row_key"]) for one in quick["findings"] if one["code"] == "MD223"] == [
        ("MD223", 52, "a050")
    ]


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"groups": "name\nnorth\n"}, "MD401"),
        ({"hash": "md5:0"}, "MD132"),
        ({"rows": [*ROWS[:50], ROWS[51], ROWS[50], *ROWS[52:]]}, "MD142"),
        ({"rows": [*ROWS[:50], ROWS[49], *ROWS[50:]]}, "MD305"),
        ({"rows": [*ROWS, ROWS[3]]}, "MD305"),
    ],
    ids=["a row that is referred to is gone", "hash", "order", "a row twice", "a row twice, far apart"],
)
def test_what_the_rows_that_differ_do_not_show_is_found_too(tmp_path, change, said):
    change = {"rows": ROWS} | change
    new = package(tmp_path / "new", change.pop("rows"), **change)
    quick, whole, _rows = both_ways(new, package(tmp_path / "base", ROWS))
    assert said in {one["code"] for one in quick["findings"]}
    assert quick == whole


def test_a_schema_that_was_changed_is_held_against_every_row(tmp_path):
    new = package(tmp_path / "new", ROWS)
    descriptor = new / "datapackage.json"
    text = descriptor.read_text()
    assert '"minimum": 1' in text
    descriptor.write_text(text.replace('"minimum": 1', '"minimum": 3'))
    quick, whole, rows = both_ways(new, package(tmp_path / "base", ROWS))
    assert [one["line"] for one in quick["findings"] if one["code"] == "MD223"] == [2, 3]
    assert quick == whole
    assert rows == [120, 120]


def test_a_base_that_promises_no_order_is_not_trusted(tmp_path):
    base = package(tmp_path / "base", [ROWS[1], ROWS[0], *ROWS[2:]])
    text = (base / "datapackage.json").read_text()
    (base / "datapackage.json").write_text(text.replace('"canonical": true', '"canonical": false'))
    quick, whole, rows = both_ways(package(tmp_path / "new", ROWS), base)
    assert quick == whole
    assert rows == [120, 120]
