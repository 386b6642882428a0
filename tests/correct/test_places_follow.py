"""Places in a text move along with a correction of it, in the same changeset, or the correction is refused."""

from __future__ import annotations

import re

import pytest
from corrected_packages import contents, corrected, published, refusals, rows, wanted
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.cli.rulebook import extra_rules
from mandates_data.diff.correcting.correct import undo
from mandates_data.diff.correcting.following import Mover
from mandates_data.diff.patching import patch, write_patched
from mandates_data.package.opening import open_package
from mandates_data.validate.run import validate

TERROR = "2001-quebec-poa-026"
FUND = "2001-quebec-poa-024"
ITEM = "2001-quebec-poa-004.b01"


def text_of(folder, row_id):
    table, key = ("items", "item_id") if row_id.count(".") else ("mandates", "mandate_id")
    (row,) = [row for row in rows(folder, table) if row[key] == row_id]
    return row["text"]


def places(folder, row_id, table="mentions"):
    """The rows in one text, with what the text has there."""
    text = text_of(folder, row_id)
    key = f"{table[:-1]}_id"
    found = [row for row in rows(folder, table) if (row["item_id"] or row["mandate_id"]) == row_id]
    return {row[key].rpartition(".")[2]: (row["surface"], text[int(row["start"]) : int(row["end"])]) for row in found}


def correct_text(folder, row_id, old, new):
    text = text_of(folder, row_id)
    assert old in text
    return corrected(folder, wanted(text.replace(old, new, 1), row_id))


@pytest.fixture
def folder(tmp_path):
    return published(tmp_path / "p")


def test_mentions_and_dates_after_a_correction_move_and_keep_their_names(folder):
    before = places(folder, TERROR)
    found = correct_text(folder, TERROR, "Support the work", "Support all the good work")
    assert [one.name for one in found.changeset.resources] == ["corrections", "deadlines", "mandates", "mentions"]
    assert places(folder, TERROR) == before
    assert places(folder, TERROR, "deadlines") == {"d01": ("1998", "1998")}
    assert validate(folder, extra_rules=extra_rules()).findings == ()


def test_the_places_of_an_item_move_and_those_of_its_mandate_stay(folder):
    mandate = places(folder, "2001-quebec-poa-004")
    correct_text(folder, ITEM, "Intensifying", "Making stronger")
    assert places(folder, ITEM) == {"m01": ("IDB", "IDB"), "m02": ("CICAD", "CICAD")}
    assert places(folder, "2001-quebec-poa-004") == mandate
    assert validate(folder, extra_rules=extra_rules()).findings == ()


def test_a_mention_whose_words_are_corrected_gets_the_new_words(folder):
    correct_text(folder, TERROR, "Inter American Committee", "Inter-American Committee")
    assert places(folder, TERROR)["m01"] == ("Inter-American Committee on Terrorism",) * 2
    (finding,) = validate(folder, extra_rules=extra_rules()).findings
    assert (finding.code, finding.row_key) == ("MD620", f"{TERROR}.m01")
    assert finding.mend is not None
    assert "lexicon.csv" in finding.mend


def test_a_correction_that_removes_a_mention_is_refused_with_the_next_step(folder):
    before = contents(folder)
    said = refusals(folder, wanted(text_of(folder, FUND).replace(" among OAS member states", ""), FUND))
    name = f"{FUND}.m03"
    step = f"give {name} a row in retired_ids, take it out of mentions, and correct the text then."
    assert said == [f'place-lost: The correction cuts through "OAS", which {name} of mentions marks: {step}']
    assert contents(folder) == before


def test_undoing_a_correction_moves_everything_back(folder):
    before = contents(folder)
    correct_text(folder, TERROR, "Support the work", "Support all the good work")
    package = open_package(folder)
    write_patched(folder, patch(package, undo(package, TERROR, "text").changeset))
    assert contents(folder) == before


def test_a_correction_of_another_column_moves_nothing(folder):
    found = corrected(folder, wanted("2001-quebec-dec", TERROR, "document_id", kind="attribution"))
    assert [one.name for one in found.changeset.resources] == ["corrections", "mandates"]


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, ["corrections", "mandates"]),
        ([], ["corrections", "mandates"]),
        ({"mentions": {}}, ["corrections", "mandates"]),
        ({"mentions": [{"table": "mandates"}]}, ["corrections", "mandates"]),
        ({"nowhere": [{"table": "mandates", "key": "mandate_id", "field": "text"}]}, ["corrections", "mandates"]),
    ],
)
def test_a_descriptor_that_names_no_places_rightly_moves_none(folder, said, expected):
    import json

    path = folder / "datapackage.json"
    descriptor = json.loads(path.read_text(encoding="utf-8"))
    descriptor["mandates_data"]["places"] = said
    path.write_text(json.dumps(descriptor, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    found = correct_text(folder, TERROR, "Support the work", "Support all the good work")
    assert [one.name for one in found.changeset.resources] == expected


WORDS = st.lists(st.sampled_from(["a", "b", "OAS", ",", "x-y", "é", "\U0001d49c"]), max_size=12)
OTHERS = st.lists(st.sampled_from(["c", "d", "MEM", ";"]), max_size=12)


@settings(deadline=None, max_examples=200)
@given(before=WORDS, after=OTHERS, left=WORDS, right=OTHERS)
def test_a_name_between_other_words_is_found_again(before, after, left, right):
    old, new = (" ".join([*one, "THE NAME", *other]) for one, other in ((before, after), (left, right)))
    start = old.index("THE NAME")
    assert Mover(old, new).moved(start, start + 8) == (new.index("THE NAME"), new.index("THE NAME") + 8)


@settings(deadline=None, max_examples=200)
@given(old=WORDS, new=WORDS, data=st.data())
def test_a_place_moves_into_the_new_text_or_nowhere(old, new, data):
    one, other = " ".join(old), " ".join(new)
    start = data.draw(st.integers(0, len(one)))
    end = data.draw(st.integers(start, len(one)))
    moved = Mover(one, other).moved(start, end)
    assert moved is None or 0 <= moved[0] < moved[1] <= len(other)
    if one == other and start < end:
        assert moved == (start, end)


def test_the_sentence_of_a_refusal_names_no_word_of_programmers(folder):
    (said,) = refusals(folder, wanted(text_of(folder, FUND).replace(" among OAS member states", ""), FUND))
    assert not set(re.findall(r"\w+", said.lower())) & {"regex", "constraint", "parse", "string", "offset"}
