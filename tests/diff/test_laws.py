"""Laws of diff, on generated tables held in memory."""

from __future__ import annotations

import io
import random

import pytest
from diffed_packages import schema
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.diff import canonical
from mandates_data.diff.changeset import CellChange, Changeset, ResourceChange, RowChange
from mandates_data.diff.changeset_file import write_changeset
from mandates_data.diff.compare import compare, diff
from mandates_data.diff.inversion import invert
from mandates_data.errors import MandatesDataError
from mandates_data.package import proven_walk as walk
from mandates_data.package.model import Package, Resource
from mandates_data.package.parse import parse_schema
from mandates_data.package.writer import format_row

NAMES = ("k", "l", "a", "b")
texts = st.text(st.sampled_from("ab ,\"'é\u0301😀-07NA\t;\\\x01"), max_size=3)
keys = st.tuples(texts, texts)
tables = st.dictionaries(keys, st.tuples(texts, texts), max_size=8)
laws = settings(deadline=None, max_examples=150)


class Memory:
    """A store of one file."""

    label, descriptor = "memory", "datapackage.json"

    def __init__(self, content):
        self._content = content

    def open(self, path):
        return io.BytesIO(self._content)

    def exists(self, path):
        return True


def package_of(content: str, key=("k", "l"), names=NAMES) -> Package:
    resource = Resource("t", "t.csv", parse_schema(schema(names, key)))
    return Package((resource,), store=Memory(content.encode()))


def written(table, columns=NAMES, shuffle: random.Random | None = None, **how) -> Package:
    listed = [dict(zip(NAMES, (*key, *cells), strict=True)) for key, cells in sorted(table.items())]
    if shuffle is not None:
        shuffle.shuffle(listed)
    lines = [format_row(columns), *(format_row([row[name] for name in columns]) for row in listed)]
    return package_of("".join(lines), **how)


def expected_changes(old, new) -> Changeset:
    """The changeset of two tables, by a second way that is too simple to be wrong."""
    found = []
    for key in sorted(old.keys() | new.keys()):
        if key in old and key in new:
            cells = [
                CellChange(field, *pair, "filled" if not pair[0] else "changed" if pair[1] else "cleared")
                for field, *pair in zip(("a", "b"), old[key], new[key], strict=True)
                if pair[0] != pair[1]
            ]
            found += [RowChange("changed", key, tuple(cells))] if cells else []
        else:
            cells = old.get(key) or new[key]
            kind = "removed" if key in old else "added"
            found.append(RowChange(kind, key, row=dict(zip(NAMES, (*key, *cells), strict=True))))
    return Changeset(resources=(ResourceChange("t", key=("k", "l"), rows=tuple(found)),) if found else ())


@given(tables)
@laws
def test_a_table_does_not_differ_from_itself(table):
    assert diff(written(table), written(table)).is_empty


@given(tables, st.data())
@laws
def test_exactly_the_edits_are_reported(old, data):
    """Half of the rows stay, so that the edits are few."""
    edits = data.draw(
        st.dictionaries(st.sampled_from(sorted(old)) if old else keys, st.tuples(texts, texts), max_size=3)
    )
    gone = data.draw(st.sets(st.sampled_from(sorted(old)), max_size=2)) if old else set()
    come = data.draw(st.dictionaries(keys, st.tuples(texts, texts), max_size=2))
    new = {key: cells for key, cells in {**come, **old, **edits}.items() if key not in gone}
    changeset = diff(written(old), written(new))
    assert changeset == expected_changes(old, new)
    assert changeset.is_empty == (old == new)


@given(tables, tables, st.randoms(use_true_random=False), st.permutations(NAMES))
@laws
def test_the_form_of_the_files_does_not_change_the_changeset(old, new, shuffle, columns):
    canonically = compare(written(old), written(new))
    otherwise = compare(written(old, shuffle=shuffle), written(new, columns, shuffle))
    assert otherwise.changeset() == canonically.changeset()
    assert [(each.counts, each.renames) for each in otherwise.tables] == [
        (each.counts, each.renames) for each in canonically.tables
    ]


@given(tables, tables)
@laws
def test_lines_that_are_walked_become_the_same_json_as_rows_that_are_sorted(old, new):
    found = []
    for may_be_walked in (canonical.may_be_walked, lambda *_: False):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(canonical, "may_be_walked", may_be_walked)
            out = io.BytesIO()
            write_changeset(compare(written(old), written(new)), out)
            found.append(out.getvalue())
    assert found[0] == found[1]


@given(tables, tables)
@laws
def test_the_way_back_is_the_inverse(old, new):
    changeset = diff(written(old), written(new))
    assert invert(changeset) == diff(written(new), written(old))
    assert invert(invert(changeset)) == changeset


@given(tables, tables, st.sampled_from([(), ("k",), ("a", "k", "l")]), st.permutations(NAMES))
@laws
def test_the_way_back_is_the_inverse_when_the_key_and_the_fields_change(old, new, key, names):
    left = written({(k, ""): cells for (k, _), cells in old.items()}, key=("k",))
    right = written({(k, ""): cells for (k, _), cells in new.items()}, names[:3], key=(), names=names[:3])
    assert invert(diff(left, right)) == diff(right, left)
    if set(key) <= set(names[:3]):
        right = written({(k, ""): cells for (k, _), cells in new.items()}, names[:3], key=key, names=names[:3])
        assert invert(diff(left, right)) == diff(right, left)


@given(st.lists(st.tuples(texts, texts), max_size=6), st.lists(st.tuples(texts, texts), max_size=6))
@laws
def test_whole_rows_differ_only_by_how_often_they_stand(old, new):
    sides = [package_of("a,b\n" + "".join(map(format_row, rows)), (), ("a", "b")) for rows in (old, new)]
    changeset = diff(*sides)
    assert changeset.is_empty == (sorted(old) == sorted(new))
    assert invert(changeset) == diff(*reversed(sides))


pieces = st.lists(
    st.sampled_from(["a", "b", "c", ",", ",", "\n", "\n", '"', '""', "\r", " ", "a,b\n", '"c,"']), max_size=12
)


@given(pieces, pieces, pieces, pieces, st.sampled_from([1, 6, 1 << 20]))
@settings(deadline=None, max_examples=600)
def test_on_any_text_the_walk_gives_what_the_keyed_comparison_gives(before, old, new, after, block):
    packages = [
        package_of("k,v\n" + "".join([*before, *middle, *after]) + "\n", ("k",), ("k", "v")) for middle in (old, new)
    ]
    outcomes = []
    for ways in ((walk, "BLOCK", block), (canonical, "may_be_walked", lambda *_: False)):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(*ways)
            try:
                outcomes.append(diff(*packages))
            except MandatesDataError as error:
                outcomes.append(str(error))
    assert outcomes[0] == outcomes[1]
