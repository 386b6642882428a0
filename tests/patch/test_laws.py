"""Laws of changesets and patches (design, section 5), on generated packages and on the published tables."""

from __future__ import annotations

from generated import chains, files, package_in_memory, packages
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.diff.apply import apply
from mandates_data.diff.changeset_file import changeset_bytes, read_changeset
from mandates_data.diff.compare import diff
from mandates_data.diff.composition import compose
from mandates_data.diff.content import read_content
from mandates_data.diff.inversion import invert
from mandates_data.errors import ChangesetError

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
