from __future__ import annotations

import pytest

from mandates_data.mandates.boilerplate import is_blank, unexplained
from mandates_data.mandates.page import PageError, page_lines, parse_page
from mandates_data.mandates.topics import heading_of, is_heading, topics_of

NBSP = "\u00a0"
TOP = {
    1: "Organization of American States Summits of the Americas",
    2: "Follow-up and Implementation: Mandates",
    3: "2",
    4: "Click here for Related Ministerials",
    5: "SECURITY",
    6: "MANDATES",
}
FOOT = {20: "2", 21: "© Summits of the Americas"}


def wrong(lines: dict[int, str]) -> list[int]:
    return [number for number, _ in unexplained(lines, 10, 12, lambda line: line == "SECURITY")]


def test_a_list_number_and_an_official_number_each_begin_a_paragraph() -> None:
    page = parse_page(["  1. Support free elections.", "", "  • 6.10 Hold a conference."])
    assert [(p.line, p.marker, p.official, p.rest) for p in page.paragraphs] == [
        (1, "1.", "", "Support free elections."),
        (3, "• 6.10", "6.10", "Hold a conference."),
    ]


def test_letters_numbers_and_bullets_begin_items_of_the_paragraph_above() -> None:
    page = parse_page(["  1. To:", "    • g. Go;", "    • Stay;", "    3. Wait;", "    • iv. Rest."])
    assert [(i.line, i.marker, i.label, i.rest) for i in page.paragraphs[0].items] == [
        (2, "• g.", "g", "Go;"),
        (3, "•", "", "Stay;"),
        (4, "3.", "3", "Wait;"),
        (5, "• iv.", "iv", "Rest."),
    ]


def test_a_word_before_a_stop_is_no_label() -> None:
    page = parse_page(["  1. To:", "    • etc. is no letter."])
    assert [(i.label, i.rest) for i in page.paragraphs[0].items] == [("", "etc. is no letter.")]


def test_lines_of_non_breaking_spaces_are_blank_and_tabs_are_not() -> None:
    assert is_blank(f"{NBSP} {NBSP}")
    assert not is_blank("\t")


def test_a_line_without_bullet_is_an_item_only_where_a_person_says_so() -> None:
    lines = ["  1. To:", "    Developing a strategy."]
    assert parse_page(lines).others == {2: "    Developing a strategy."}
    items = parse_page(lines, frozenset({2})).paragraphs[0].items
    assert [(i.line, i.marker, i.label, i.rest) for i in items] == [(2, "", "", "Developing a strategy.")]


@pytest.mark.parametrize(
    "line",
    [
        "1. No indentation.",
        " 1. One blank.",
        "   1. Three blanks.",
        "  1.  Two blanks after the number.",
        "  1.No blank after the number.",
        "  1) Another bracket.",
        "  • A bullet without a number.",
        "  • 6. A single number after a bullet.",
        "      • a. Deeper than an item.",
        "    No bullet.",
        f"  1.{NBSP}Another blank.",
        "  \u0661. Digits of another script.",
    ],
)
def test_a_line_of_any_other_form_is_left_unexplained(line: str) -> None:
    page = parse_page(["  1. To:", line])
    assert page.others == {2: line}


def test_an_item_without_a_paragraph_is_left_unexplained() -> None:
    assert parse_page(["    • a. Alone."]).others == {1: "    • a. Alone."}


def test_head_and_foot_of_a_page_are_explained_in_their_order() -> None:
    assert wrong(TOP | {11: "_" * 47} | FOOT) == []


def test_a_page_without_counter_and_heading_is_explained_too() -> None:
    short = {1: TOP[1], 2: TOP[2], 21: FOOT[21]}
    assert wrong(short) == []


@pytest.mark.parametrize("number", [1, 2, 21])
def test_masthead_title_and_footer_are_never_away(number: int) -> None:
    lines = {n: line for n, line in (TOP | FOOT).items() if n != number}
    assert wrong(lines) == [0]


@pytest.mark.parametrize("number", [3, 20])
def test_the_counter_stands_at_both_ends_or_nowhere(number: int) -> None:
    assert wrong({n: line for n, line in (TOP | FOOT).items() if n != number}) == [0]


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (4, "Click here for Related Ministerial"),
        (5, "SECURITy"),
        (6, " MANDATES"),
        (7, "MANDATES"),
        (11, "_" * 46),
        (11, "2"),
        (21, "© Summits of the Americas "),
        (22, "2"),
    ],
)
def test_one_character_or_one_line_too_many_is_not_explained(number: int, line: str) -> None:
    assert number in wrong(TOP | FOOT | {number: line})


def test_the_heading_is_the_line_in_capitals_before_the_list_heading() -> None:
    assert parse_page([*TOP.values(), "  1. Text."]).heading == "SECURITY"
    assert parse_page([TOP[1], TOP[2], "2", "MANDATES"]).heading == ""
    assert parse_page([TOP[1], TOP[2], TOP[4], "MANDATES"]).heading == ""


def test_a_nested_heading_names_the_topic_and_its_parent() -> None:
    assert topics_of("SECURITY: Harbour Safety") == [
        {"topic_id": "security", "parent_topic_id": "", "title": "Security"},
        {"topic_id": "security-harbour-safety", "parent_topic_id": "security", "title": "Harbour Safety"},
    ]


@pytest.mark.parametrize(
    "heading", ["SECURITY", "SECURITY: Drug Problem", "SCIENCE AND TECHNOLOGY", "EDUCAÇÃO: Básica"]
)
def test_a_topic_gives_its_heading_back(heading: str) -> None:
    rows = topics_of(heading)
    assert is_heading(heading)
    assert heading_of(rows[-1]["topic_id"], rows) == heading


def test_a_page_that_is_not_utf_8_names_the_line() -> None:
    with pytest.raises(PageError, match=r"page\.txt:2 is not UTF-8 text"):
        page_lines(b"one\nQu\xe9bec\n", "page.txt")


def test_carriage_returns_and_an_empty_page_are_refused() -> None:
    with pytest.raises(PageError, match=r"page\.txt:2 ends in a carriage return"):
        page_lines(b"one\ntwo\r\n", "page.txt")
    with pytest.raises(PageError, match="is empty"):
        page_lines(b" \n\n", "page.txt")
