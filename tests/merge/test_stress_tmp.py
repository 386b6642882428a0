"""Laws of the merge (design, section 5), on generated packages and on the published tables."""

from __future__ import annotations

import dataclasses
import json
from pathlib import Path

from generated import chains, edited, files, package_in_memory, packages
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.diff.content import in_canonical_order, primary_key, read_content
from mandates_data.diff.merging.packages import merge
from mandates_data.package.opening import open_package

ROOT = Path(__file__).resolve().parents[2]
laws = settings(deadline=None, max_examples=4000)


@st.composite
def forks(draw, *, keys=True):
    """A package and two edits of it."""
    base = draw(packages(None if keys else ("id",)))
    return base, draw(edited(base, keys=keys)), draw(edited(base, keys=keys))


any_three = forks() | forks(keys=False) | chains(3) | st.tuples(packages(), packages(), packages())


def keys_of(table):
    places = [table.description.columns.index(name) for name in primary_key(table.description)]
    return [tuple(row[place] for place in places) for row in table.rows] if places else []


@given(any_three)
@laws
def test_where_one_side_did_nothing_the_other_is_the_result_byte_for_byte(three):
    base, ours, _ = three
    for merged in (merge(base, ours, base), merge(base, base, ours)):
        assert (merged.content, merged.conflicts) == (ours, ())
        assert files(merged.content) == files(ours)


@given(any_three)
@laws
def test_where_both_did_the_same_that_is_the_result_byte_for_byte(three):
    base, ours, _ = three
    merged = merge(base, ours, ours)
    assert (merged.content, merged.conflicts) == (ours, ())
    assert files(merged.content) == files(ours)


@given(any_three)
@laws
def test_both_ways_have_the_same_conflicts_and_without_any_the_same_result(three):
    base, ours, theirs = three
    there, back = merge(base, ours, theirs), merge(base, theirs, ours)
    assert in_words(there.conflicts) == in_words(each.swapped() for each in back.conflicts)
    if not there.conflicts:
        assert there.content == back.content
        assert files(there.content) == files(back.content)


def in_words(conflicts):
    return sorted(json.dumps(dataclasses.asdict(each), sort_keys=True) for each in conflicts)


@given(any_three)
@laws
def test_no_key_stands_twice_and_what_is_written_is_read_again(three):
    merged = merge(*three).content
    for table in merged.tables:
        assert len(set(keys_of(table))) == len(keys_of(table))
    if merged.tables:
        assert read_content(package_in_memory(merged)) == merged


@given(any_three)
@laws
def test_every_cell_stood_in_the_same_column_of_a_side_before(three):
    for table in merge(*three).content.tables:
        sides = [side.table(table.name) for side in three]
        known = {
            (name, cell)
            for side in sides
            if side
            for row in side.rows
            for name, cell in zip(side.description.columns, row, strict=True)
        }
        known |= {(name, "") for name in table.description.columns}
        assert {(n, c) for row in table.rows for n, c in zip(table.description.columns, row, strict=True)} <= known


@given(any_three)
@laws
def test_the_result_of_a_conflict_is_settled_by_ours(three):
    base, ours, theirs = three
    merged = merge(base, ours, theirs)
    for conflict in merged.conflicts:
        if conflict.kind in ("cell", "row_added"):
            table = merged.content.table(conflict.table)
            place = table.description.columns.index(conflict.field)
            [row] = [row for row, key in zip(table.rows, keys_of(table), strict=True) if key == conflict.key]
            assert row[place] == conflict.ours


PUBLISHED = read_content(open_package(ROOT))
NAMES = [table.name for table in PUBLISHED.tables if table.rows]


@st.composite
def edits(draw):
    """The published package with some cells changed and some rows gone."""
    tables = {table.name: table for table in PUBLISHED.tables}
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)):
        table = tables[name]
        columns, key = table.description.columns, primary_key(table.description)
        rows = [list(row) for row in table.rows]
        for number in sorted(draw(st.sets(st.integers(0, len(rows) - 1), max_size=4)), reverse=True):
            place = draw(st.sampled_from(range(len(columns))))
            if columns[place] in key:
                del rows[number]
            else:
                rows[number][place] = draw(st.sampled_from(["", "x", "y"]))
        tables[name] = dataclasses.replace(table, rows=in_canonical_order(map(tuple, rows), columns, key))
    return dataclasses.replace(PUBLISHED, tables=tuple(tables.values()))


@given(edits(), edits())
@settings(deadline=None, max_examples=25)
def test_the_laws_hold_for_the_published_tables(ours, theirs):
    there, back = merge(PUBLISHED, ours, theirs), merge(PUBLISHED, theirs, ours)
    assert merge(PUBLISHED, ours, PUBLISHED).content == ours
    assert merge(PUBLISHED, ours, ours).content == ours
    assert in_words(there.conflicts) == in_words(each.swapped() for each in back.conflicts)
    assert there.conflicts or files(there.content) == files(back.content)
    assert {conflict.kind for conflict in there.conflicts} <= {"cell", "row_removed"}
