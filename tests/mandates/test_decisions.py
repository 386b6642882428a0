"""What a page does not say is decided by a person; what is missing, wrong or not called for is listed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mandates_data.errors import MandatesDataError, TableError
from mandates_data.mandates.decisions import Decision, parse_decisions

HEAD = b"line,decision,value,reason\n"


def problems(bench: Any, decisions: list[tuple[str, str, str]]) -> list[tuple[str, int, str]]:
    """The problems of the security page with these decisions, without the texts that were seen."""
    bench.empty()
    lines, _ = bench.security()
    extraction = bench.extract(bench.page("security", "\n".join(lines), decisions))
    assert extraction.problems or extraction.files
    return [(problem.kind, problem.line, problem.message) for problem in extraction.problems]


def without(bench: Any, line: str, name: str) -> list[tuple[str, str, str]]:
    decisions = bench.security()[1]
    kept = [row for row in decisions if row[:2] != (line, name)]
    assert len(kept) == len(decisions) - 1
    return kept


def test_a_paragraph_without_citation_asks_for_its_document(bench: Any) -> None:
    (found,) = problems(bench, without(bench, "134", "document"))
    assert found[:2] == ("missing decision", 134)
    assert found[2].startswith("no citation of a known document: name the document that it stands in")


def test_a_citation_in_another_spelling_asks_for_its_document(bench: Any) -> None:
    (found,) = problems(bench, without(bench, "52", "document"))
    assert found[:2] == ("missing decision", 52)
    assert found[2].startswith("spacing, brackets and final stop do not explain the citation")


@pytest.mark.parametrize("name", ["language", "publisher", "rights"])
def test_every_page_asks_for_its_language_publisher_and_rights(bench: Any, name: str) -> None:
    (found,) = problems(bench, without(bench, "", name))
    assert found[:2] == ("missing decision", 0)
    assert f"decision {name}" in found[2]


def test_a_lost_bullet_without_a_decision_is_an_unexplained_line(bench: Any) -> None:
    found = problems(bench, without(bench, "154", "item"))
    assert ("unexplained line", 154, "no rule explains this line") in found


def test_all_that_is_missing_is_listed_at_once(bench: Any) -> None:
    found = problems(bench, [])
    lines = {line for kind, line, _ in found if kind == "missing decision"}
    assert lines == {0, 52, 54, 56, 134, 136, 148}  # 148: its citation stands on line 154, whose bullet was lost
    assert ("unexplained line", 154, "no rule explains this line") in found


@pytest.mark.parametrize(
    ("extra", "line", "message"),
    [
        (("60", "document", "2015-panama-mandates"), 60, "does not call for it, or says otherwise"),
        (("60", "document", "2018-lima-commitment"), 60, "does not call for it, or says otherwise"),
        (("12", "document", "2022-los-angeles-governance"), 12, "does not call for it, or says otherwise"),
        (("60", "section", "Security"), 60, "does not call for it, or says otherwise"),
        (("276", "paragraph", "6.1"), 276, "does not call for it, or says otherwise"),
        (("14", "item", "12"), 14, "does not call for it, or says otherwise"),
        (("50", "boilerplate", "_" * 47), 50, "does not call for it, or says otherwise"),
        (("14", "role", "preamble"), 14, "does not call for it, or says otherwise"),
        (("13", "role", "preamble"), 13, "the line is empty"),
        (("999", "role", "preamble"), 999, "the page has only 315 lines"),
        (("60", "mood", "good"), 60, "mood is not known; known are archived_on, boilerplate"),
        (("60", "publisher", "OAS"), 60, "publisher is about the page: leave its line empty"),
        (("", "role", "preamble"), 0, "role is about a line: name it"),
        (("60", "role", "mandate"), 60, "role has the value 'mandate'; expected the word preamble"),
        (("60", "completeness", "whole"), 60, "expected items_missing or opening_missing"),
        (("60", "paragraph", "six"), 60, "expected an official number"),
        (("60", "near_twin", "distinct"), 60, "no known mandate of its document is close to it"),
        (("60", "preamble", "58"), 60, "line 58 has not the role of a preamble"),
        (("60", "preamble", "142"), 60, "the preamble on line 142 is of another document"),
        (("170", "preamble", "142"), 170, "a preamble introduces mandates that stand below it"),
        (("142", "role", "preamble"), 142, "role is given twice"),
        (("", "topic", "drug-problem"), 0, "the heading says 'security', the decision says 'drug-problem'"),
        (("", "archived_on", "4 June"), 0, "expected a day as YYYY-MM-DD"),
        (("", "url", "sec.html"), 0, "expected an address"),
    ],
)
def test_a_decision_that_does_not_fit_the_page_is_refused(
    bench: Any, extra: tuple[str, str, str], line: int, message: str
) -> None:
    found = problems(bench, [*bench.security()[1], extra])
    assert any(kind == "refused decision" and where == line and message in said for kind, where, said in found), found


def test_a_document_that_is_not_in_the_table_is_refused(bench: Any) -> None:
    found = problems(bench, [*without(bench, "134", "document"), ("134", "document", "2004-monterrey-dec")])
    assert ("refused decision", 134, "the table documents has no '2004-monterrey-dec'") in found


def test_a_topic_that_the_heading_says_too_is_no_contradiction(bench: Any) -> None:
    assert problems(bench, [*bench.security()[1], ("", "topic", "security")]) == []


def test_a_reason_is_never_left_out(bench: Any) -> None:
    bench.empty()
    page = bench.page("security", "\n".join(bench.security()[0]), bench.security()[1])
    decisions = page.with_suffix(".decisions.csv")
    decisions.write_bytes(
        decisions.read_bytes().replace(
            b"134,document,2004-nuevo-leon-dec,A reason.", b"134,document,2004-nuevo-leon-dec,"
        )
    )
    found = [(p.line, p.message) for p in bench.extract(page).problems]
    assert (134, "document gives no reason") in found


def test_a_line_of_no_mandate_is_explained_by_its_text(
    bench: Any, form: Callable[[str], str], about_the_page: list[tuple[str, str, str]]
) -> None:
    bench.without_annotations()
    text = form("nested-topic").replace("MANDATES\n", "MANDATES\n  Last updated in May\n")
    page = bench.page("nested-topic", text, about_the_page)
    assert [(p.kind, p.line) for p in bench.extract(page).problems] == [("unexplained line", 11)]
    page = bench.page("nested-topic", text, [*about_the_page, ("11", "boilerplate", "Last updated in June")])
    assert [(p.kind, p.line) for p in bench.extract(page).problems] == [("refused decision", 11)]
    page = bench.page("nested-topic", text, [*about_the_page, ("11", "boilerplate", "Last updated in May")])
    assert bench.extract(page).problems == ()
    assert bench.codes_but_of_codings() == set()


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"line,decision,value\n", "the header is"),
        (HEAD + b"twelve,role,preamble,why\n", "the line is 'twelve'"),
        (HEAD + b"0,role,preamble,why\n", "the line is '0'"),
        (HEAD + b'12,role,"preamble,why\n', "unclosed quote"),
        (HEAD + b"12,role,preamble\n", "row too short"),
        (HEAD + b"12,role,pr\xe9amble,why\n", "wrong encoding"),
        (b"", "empty file"),
    ],
)
def test_a_file_that_is_no_table_of_decisions_is_an_error_with_its_line(content: bytes, message: str) -> None:
    with pytest.raises(TableError, match=message):
        parse_decisions(content, "x.decisions.csv")


def test_a_decisions_file_from_excel_is_read() -> None:
    content = b"\xef\xbb\xbf" + HEAD.replace(b"\n", b"\r\n") + b"12,role,preamble,why\r\n"
    assert parse_decisions(content, "x") == [Decision(12, "role", "preamble", "why", 2)]


def test_a_page_whose_name_is_no_identifier_is_an_error(bench: Any, form: Callable[[str], str]) -> None:
    page = bench.page("Nested Topic", form("nested-topic"))
    with pytest.raises(MandatesDataError, match="Rename the file"):
        bench.extract(page)
