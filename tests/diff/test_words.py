"""Inside a changed text, the words that changed, and what of it the eye cannot see."""

from __future__ import annotations

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.diff.signs import difference
from mandates_data.diff.words import Piece, tokens, word_diff

texts = st.text(st.sampled_from("ab é\u0301,.\u00a0-'\n"), max_size=20)


def changed(old, new):
    return [(piece.old, piece.new) for piece in word_diff(old, new) if not piece.same]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", []),
        ("the OAS's plan, 1998", ["the", " ", "OAS's", " ", "plan", ",", " ", "1998"]),
        ("cafe\u0301 né", ["cafe\u0301", " ", "né"]),
        ("a  b\u00a0c\n", ["a", " ", " ", "b", "\u00a0", "c", "\n"]),
        ("U.N.-led", ["U", ".", "N", ".", "-", "led"]),
    ],
)
def test_a_text_is_words_blanks_and_signs(text, expected):
    assert tokens(text) == expected


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("same", "same", []),
        ("", "new", [("", "new")]),
        ("fight all crime", "fight every crime", [("all", "every")]),
        ("fight crime", "fight all crime", [("", "all ")]),
        ("one two three four", "one 2 three 4", [("two", "2"), ("four", "4")]),
        ("red big house", "blue small house", [("red", "blue"), ("big", "small")]),
        ("we commit to a new plan", "we commit to the old one, a plan", [("", "the old one, "), ("new ", "")]),
        ("a  b", "a b", [(" ", "")]),
        ("crime.", "crime;", [(".", ";")]),
        ("of crime", "of\u00a0crime", [(" ", "\u00a0")]),
        ("the and the and the", "the and the", [("the and ", "")]),
        ("x y z", "p q", [("x y z", "p q")]),
        ("a new plan", "a plan", [("new ", "")]),
        ("a plan", "a plan again", [("", " again")]),
    ],
)
def test_the_words_that_changed_are_found_and_aligned(old, new, expected):
    assert changed(old, new) == expected


def test_a_moved_sentence_leaves_the_others_alone():
    old = "We reaffirm peace. We promote trade. We fight crime."
    new = "We promote trade. We reaffirm peace. We fight crime."
    assert changed(old, new) == [("We reaffirm peace. ", ""), ("", "We reaffirm peace. ")]


@given(texts, texts)
@settings(deadline=None, max_examples=400)
def test_the_pieces_joined_are_the_two_texts_and_alternate(old, new):
    pieces = word_diff(old, new)
    assert "".join(piece.old for piece in pieces) == old
    assert "".join(piece.new for piece in pieces) == new
    assert all(left.same is not right.same for left, right in itertools.pairwise(pieces))
    assert all(piece.old or piece.new for piece in pieces)


@given(texts)
@settings(deadline=None)
def test_a_text_does_not_differ_from_itself(text):
    assert word_diff(text, text) == ((Piece(text, text),) if text else ())


def test_long_texts_without_a_word_in_common_are_done_at_once():
    chance = random.Random(1)
    old, new = (" ".join(chance.choice("abcd") * 3 for _ in range(20_000)) for _ in range(2))
    pieces = word_diff(old, new)
    assert "".join(piece.new for piece in pieces) == new


@pytest.mark.parametrize(
    ("old", "new", "nature", "note"),
    [
        (" ", "\u00a0", "spacing", "spacing: space -> NO-BREAK SPACE (U+00A0)"),
        ("", "  ", "spacing", "spacing: nothing -> 2 spaces"),
        (" ", "\n", "spacing", "spacing: space -> line break"),
        ("é", "e\u0301", "form", "the same letters: composed (NFC) -> decomposed (NFD)"),
        ("cafe\u0301", "café", "form", "the same letters: decomposed (NFD) -> composed (NFC)"),
        (
            "\u1e69",
            "\u1e61\u0323",
            "form",
            "the same letters: composed (NFC) -> neither composed nor decomposed throughout",
        ),
        ("coop", "co\u00adop", "invisible", "invisible: nothing -> SOFT HYPHEN (U+00AD)"),
        ("\ufeffThe", "The", "invisible", "invisible: ZERO WIDTH NO-BREAK SPACE (U+FEFF) -> nothing"),
        (
            "abc",
            "\u0430bc",
            "look-alike",
            "look-alikes: LATIN SMALL LETTER A (U+0061) -> CYRILLIC SMALL LETTER A (U+0430)",
        ),
        ("'", "\u2019", "punctuation", "signs: APOSTROPHE (U+0027) -> RIGHT SINGLE QUOTATION MARK (U+2019)"),
        ("-", "\u2013", "punctuation", "signs: HYPHEN-MINUS (U+002D) -> EN DASH (U+2013)"),
        (",", ";", "punctuation", ""),
        ("The", "THE", "capitals", ""),
        ("Mexico", "México", "accents", ""),
        ("all", "every", "words", ""),
        ("all", "every\u200b", "words", "unseen: nothing -> ZERO WIDTH SPACE (U+200B)"),
    ],
)
def test_what_the_eye_cannot_see_is_named(old, new, nature, note):
    found = difference(old, new)
    assert (found.nature, found.note) == (nature, note)
