"""What counts as the same word, whoever writes it."""

from __future__ import annotations

import csv
import itertools
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandates_data.explore import folding
from mandates_data.explore.folding import folded, folded_words, words_of

VARIANTS = Path(folding.__file__).with_name("variants.csv")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recognise", "recognize"),
        ("Organised", "ORGANIZED"),
        ("organisations", "organizations"),
        ("analysing", "analyzing"),
        ("defence", "defense"),
        ("offences", "offenses"),
        ("programme", "program"),
        ("labour", "labor"),
        ("fulfilment", "fulfillment"),
        ("Québec", "quebec"),
        ("Belém", "Belem"),
        ("Le\u00f3n", "Leo\u0301n"),
        ("channelled", "channeled"),
        ("OAS's", "OAS"),
        ("OAS\u2019s", "oas"),
    ],
)
def test_two_spellings_are_one_word(one: str, other: str) -> None:
    assert folded(one) == folded(other)


@pytest.mark.parametrize(("one", "other"), [("wise", "wize"), ("arms", "arm"), ("to", "two"), ("drug", "drugs")])
def test_other_words_stay_apart(one: str, other: str) -> None:
    assert folded(one) != folded(other)


def test_words_know_their_places() -> None:
    text = "“Anti-drug” programmes, 2001."
    assert [(w.folded, text[w.start : w.end]) for w in words_of(text)] == [
        ("anti", "Anti"),
        ("drug", "drug"),
        ("programs", "programmes"),
        ("2001", "2001"),
    ]


@given(st.text())
def test_any_text_has_words_in_order_inside_it(text: str) -> None:
    words = words_of(text)
    assert all(0 <= word.start < word.end <= len(text) for word in words)
    assert all(left.end <= right.start for left, right in itertools.pairwise(words))
    assert [word.folded for word in words] == folded_words(text)


def test_each_variant_has_its_rule_and_leads_to_a_form_that_stays() -> None:
    rows = list(csv.DictReader(VARIANTS.read_text(encoding="utf-8").splitlines()))
    assert len(rows) > 40
    assert {row["kind"] for row in rows} == {"word", "ending"}
    assert all(row["rule"] for row in rows)
    assert len({(row["kind"], row["written"]) for row in rows}) == len(rows)
    assert [row["written"] for row in rows if row["kind"] == "word" and folded(row["folded"]) != row["folded"]] == []
