"""Laws of changesets and patches (design, section 5), on generated packages and on the published tables."""

from __future__ import annotations

import dataclasses
import json
from importlib.resources import files as resources
from pathlib import Path

import jsonschema
from generated import cells, chains, files, package_in_memory, packages
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.diff.apply import apply
from mandates_data.diff.changeset_file import changeset_bytes, read_changeset
from mandates_data.diff.compare import diff
from mandates_data.diff.composition import compose
from mandates_data.diff.content import in_canonical_order, read_content
from mandates_data.diff.inversion import invert
from mandates_data.errors import ChangesetError
from mandates_data.package.opening import open_package

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((resources("mandates_data.render") / "schemas/changeset.schema.json").read_text(encoding="utf-8"))
laws = settings(deadline=None, max_examples=100)


def changes(old, new):
    return diff(package_in_memory(old), package_in_memory(new))


def lines(changeset):
    """The file of a changeset, line by line, without renames and counts, which a changeset in memory has not."""
    return [line for line in changeset_bytes(changeset).decode().split("\n") if not line.startswith('   "renames"')]


@given(packages())
@laws
def test_what_is_read_is_what_was_written(content):
    assert read_content(package_in_memory(content)) == content
    assert files(read_content(package_in_memory(content))) == files(content)


@given(chains(2) | st.tuples(packages(), packages()))
@laws
def test_the_changeset_makes_the_new_package_from_the_old_one_byte_for_byte(pair):
    old, new = pair
    assert files(apply(old, changes(old, new))) == files(new)


@given(chains(2) | st.tuples(packages(), packages()))
@laws
def test_the_inverse_leads_back_and_is_the_changeset_of_the_way_back(pair):
    old, new = pair
    there, back = changes(old, new), changes(new, old)
    assert lines(invert(there)) == lines(back)
    assert files(apply(new, invert(there))) == files(old)


@given(chains(2) | st.tuples(packages(), packages()))
@laws
def test_a_changeset_survives_its_own_file(pair):
    old, new = pair
    changeset = changes(old, new)
    again = read_changeset(changeset_bytes(changeset))
    assert lines(again) == lines(changeset)
    assert files(apply(old, again)) == files(new)


@given(packages())
@laws
def test_a_package_does_not_differ_from_itself(content):
    changeset = changes(content, content)
    assert (changeset.is_empty, changeset.metadata, changeset.resources) == (True, (), ())


@given(chains(3, key=("id",)) | chains(3, key=("id", "lang")))
@laws
def test_two_changesets_compose_to_the_one_between_the_first_package_and_the_last(three):
    first, middle, last = three
    composed = compose(changes(first, middle), changes(middle, last))
    assert lines(composed) == lines(changes(first, last))


@given(chains(3, key=()))
@laws
def test_so_do_those_of_tables_without_keys(three):
    first, middle, last = three
    composed = compose(changes(first, middle), changes(middle, last))
    assert lines(composed) == lines(changes(first, last))


@given(chains(3))
@laws
def test_where_keys_change_too_they_compose_to_the_same_or_not_at_all(three):
    first, middle, last = three
    try:
        composed = compose(changes(first, middle), changes(middle, last))
    except ChangesetError as error:
        refused = str(error)
    else:
        assert lines(composed) == lines(changes(first, last))
        return
    assert "The key of the table" in refused


@given(chains(2))
@settings(deadline=None, max_examples=30)
def test_a_changeset_holds_to_its_published_schema(pair):
    jsonschema.Draft202012Validator(SCHEMA).validate(json.loads(changeset_bytes(changes(*pair))))


PUBLISHED = read_content(open_package(ROOT))
NAMES = [table.name for table in PUBLISHED.tables if table.rows]


@st.composite
def edits(draw, content):
    """The published package with some cells changed, some rows gone and some come."""
    tables = {table.name: table for table in content.tables}
    for name in draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=3, unique=True)):
        table = tables[name]
        columns, key = table.description.columns, table.description.schema["primaryKey"]
        rows = [list(row) for row in table.rows]
        for number in sorted(draw(st.sets(st.integers(0, max(len(rows) - 1, 0)), max_size=4)), reverse=True):
            if number >= len(rows):
                continue
            place = draw(st.sampled_from(range(len(columns))))
            if columns[place] in key:
                rows.append([*rows.pop(number)[:place], draw(st.uuids()).hex, *[""] * (len(columns) - place - 1)])
            else:
                rows[number][place] = draw(cells)
        unique = {tuple(row[columns.index(field)] for field in key): tuple(row) for row in rows}
        listed = in_canonical_order(unique.values(), columns, tuple(key))
        tables[name] = dataclasses.replace(table, rows=listed)
    return dataclasses.replace(content, tables=tuple(tables.values()))


@given(st.data())
@settings(deadline=None, max_examples=15)
def test_the_laws_hold_for_the_published_tables(data):
    first = PUBLISHED
    middle = data.draw(edits(first))
    last = data.draw(edits(middle))
    there, onward = changes(first, middle), changes(middle, last)
    assert files(apply(first, there)) == files(middle)
    assert files(apply(middle, invert(there))) == files(first)
    assert lines(compose(there, onward)) == lines(changes(first, last))
    assert lines(read_changeset(changeset_bytes(there))) == lines(there)
