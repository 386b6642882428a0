"""What a query is taken for, and where its words stand in a text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandates_data.explore.queries import QueryError, Text, merged, terms_of


def found(query: str, text: str) -> list[list[str]]:
    """The stretches of the text that each word or phrase of the query stands in."""
    looked = Text(text)
    return [[text[start:end] for start, end in looked.spans(term)] for term in terms_of(query)]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("firearms", "Firearms and firearms.", [["Firearms", "firearms"]]),
        ("firearm", "Firearms.", [[]]),
        ("traffick*", "trafficking, traffic, traffickers", [["trafficking", "traffickers"]]),
        ('"organised crime"', "Organized crime is crime, organized.", [["Organized crime"]]),
        ('"organised crim*"', "Organized criminals", [["Organized criminals"]]),
        ("“organized crime”", "organised crime", [["organised crime"]]),
        ("antipersonnel", "anti-personnel, antipersonnel, anti personnel", [["anti-personnel", "antipersonnel",
                                                                              "anti personnel"]]),
        ("anti-personnel", "antipersonnel and anti-personnel", [["antipersonnel", "anti-personnel"]]),
        ("anti personnel", "antipersonnel", [["antipersonnel"], ["antipersonnel"]]),
        ("anti-person*", "Antipersonnel", [["Antipersonnel"]]),
        ("antiperson*", "anti-personnel", [["anti-personnel"]]),
        ("sub-regional", "subregional", [["subregional"]]),
        ('"anti-personnel mines"', "antipersonnel mines", [["antipersonnel mines"]]),
        ('"antipersonnel landmines"', "anti-personnel landmines", [["anti-personnel landmines"]]),
        ('"peace keeping"', "peacekeeping and peace, keeping", [["peacekeeping", "peace, keeping"]]),
        ("peacekeeping", "peace, keeping", [[]]),
        ("Québec", "The Plan of QUEBEC", [["QUEBEC"]]),
        ("nothing", "", [[]]),
    ],
)  # fmt: skip
def test_words_are_found_however_they_are_written(query: str, text: str, marked: list[list[str]]) -> None:
    assert found(query, text) == marked


def test_a_word_that_is_asked_for_twice_counts_once() -> None:
    assert len(terms_of("drugs Drugs drugs")) == 1
    assert len(terms_of('"drug problem" "Drug Problem"')) == 1


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ('"organized crime', "A quotation mark is opened and not closed."),
        ('organized "crime" mines"', "A quotation mark is opened and not closed."),
        ("...", "There is no word in the query, only signs."),
        ('""', "There is no word in the query, only signs."),
        ("*", "There is no word in the query, only signs."),
        ("a" * 2001, "The query has 2,001 characters."),
        (" ".join(f"w{n}" for n in range(51)), "The query has 51 words and phrases."),
    ],
)
def test_a_query_that_means_nothing_is_told_so(query: str, message: str) -> None:
    with pytest.raises(QueryError) as told:
        terms_of(query)
    assert told.value.message == message
    assert told.value.next_step


def test_no_query_is_no_word() -> None:
    assert terms_of("") == terms_of("  ") == ()


@given(st.text(alphabet='ab "*-\u00e9\u0301', max_size=40), st.text(alphabet="ab -\u00e9\u0301", max_size=40))
def test_no_query_makes_more_than_an_error_of_its_own(query: str, text: str) -> None:
    try:
        terms = terms_of(query)
    except QueryError:
        return
    looked = Text(text)
    for term in terms:
        assert all(0 <= start < end <= len(text) for start, end in looked.spans(term))


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(1, 9)).map(lambda pair: (pair[0], sum(pair)))))
def test_merged_spans_cover_the_same_and_never_overlap(spans: list[tuple[int, int]]) -> None:
    joined = merged(spans)
    covered = {place for start, end in spans for place in range(start, end)}
    assert {place for start, end in joined for place in range(start, end)} == covered
    assert all(left[1] <= right[0] for left, right in itertools.pairwise(joined))
