"""The security page, read; every number and line here was counted on the page by hand."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from mandates_data.mandates.citations import Citations
from mandates_data.mandates.decisions import format_decisions, parse_decisions
from mandates_data.mandates.reading import Paragraph, Reading, read_page
from mandates_data.mandates.tables import read_tables
from mandates_data.package.opening import open_package

ROOT = Path(__file__).resolve().parents[2]
DECISIONS = (ROOT / "data/source/security.decisions.csv").read_bytes()


@pytest.fixture(scope="module")
def reading() -> Reading:
    tables = read_tables(open_package(ROOT))
    citations = Citations(tables["documents"], tables["summits"])
    content = (ROOT / "data/source/security.txt").read_bytes()
    return read_page(content, "security.txt", parse_decisions(DECISIONS, "decisions"), citations)


def at(reading: Reading, line: int) -> Paragraph:
    return next(paragraph for paragraph in reading.paragraphs if paragraph.line == line)


def test_every_line_is_explained_and_every_decision_called_for(reading: Reading) -> None:
    assert reading.problems == ()


def test_it_has_139_paragraphs_of_which_16_have_official_numbers_on_the_page(reading: Reading) -> None:
    markers = Counter(paragraph.marker for paragraph in reading.paragraphs)
    assert markers.pop("1.") == 123
    assert sorted(markers.elements()) == sorted(
        [*(f"• 6.{n}" for n in range(1, 14)), *(f"• 7.{n}" for n in range(1, 4))]
    )


def test_it_has_7_items_below_4_paragraphs(reading: Reading) -> None:
    with_items = {p.line: [(i.line, i.marker, i.label) for i in p.items] for p in reading.paragraphs if p.items}
    assert with_items == {
        12: [(14, "• g.", "g"), (16, "• h.", "h")],
        20: [(22, "• c.", "c")],
        44: [(46, "• d.", "d")],
        148: [(150, "•", ""), (152, "•", ""), (154, "", "")],
    }


def test_17_names_stand_in_20_spellings(reading: Reading) -> None:
    printed = [piece for paragraph in reading.paragraphs for piece in (paragraph, *paragraph.items)]
    assert len({piece.citation for piece in printed if piece.citation}) == 20
    assert sum(bool(piece.citation) for piece in printed) == 137
    assert len({(paragraph.document_id, paragraph.section) for paragraph in reading.paragraphs}) == 17


def test_two_paragraphs_have_no_citation_and_four_are_cited_on_their_last_item(reading: Reading) -> None:
    by_basis: dict[str, list[int]] = {"item": [], "inferred": [], "printed": []}
    for paragraph in reading.paragraphs:
        by_basis[paragraph.document_basis].append(paragraph.line)
    assert by_basis["inferred"] == [134, 136]
    assert by_basis["item"] == [12, 20, 44, 148]
    assert len(by_basis["printed"]) == 133


@pytest.mark.parametrize(
    ("line", "end", "citation"),
    [
        (116, "strengthen cooperation among our states", "(Declaration of Mar del Plata, 2005)."),
        (52, "retaliatory actions.", "(Lima Commitment. Peru, 2018)"),
        (142, "Evaluation Mechanism (MEM):", "(Plan of Action Québec, 2001)."),
        (146, "situation of each country ;", "( Plan of Action Québec, 2001)."),
        (154, "necessary technical assistance;", "(Plan of Action Québec, 2001)."),
        (160, "persons and illicit crops ;", "( Plan of Action Québec, 2001)."),
        (192, "further consolidate mutual confidence", "Plan of Action Québec, 2001)."),
        (222, "(also known as money laundering);", "(Plan of Action Santiago, 1998)."),
        (228, "eradication and interdiction.", "(Plan of Action Santiago, 1998)."),
        (262, "disarmament and arms control; and;", "(Plan of Action Santiago, 1998)."),
        (272, "rehabilitation of addicts", "(Declaration of Principles Miami, 1994)"),
    ],
)  # fmt: skip
def test_text_and_citation_part_where_a_reader_would_part_them(
    reading: Reading, line: int, end: str, citation: str
) -> None:
    printed = {piece.line: piece for paragraph in reading.paragraphs for piece in (paragraph, *paragraph.items)}
    assert printed[line].text.endswith(end)
    assert printed[line].citation == citation


def test_a_citation_may_follow_the_text_without_a_blank(reading: Reading) -> None:
    item = at(reading, 44).items[0]
    assert item.text.endswith("particularly during health emergencies;")
    assert item.citation.startswith("(Action Plan on Health and Resilience in the Americas, IX Summit")


def test_sections_stand_apart_from_the_name_of_the_document(reading: Reading) -> None:
    assert (at(reading, 60).section, at(reading, 60).document_id) == ("Migration", "2015-panama-mandates")
    assert (at(reading, 62).section, at(reading, 62).document_id) == ("Security", "2015-panama-mandates")
    assert at(reading, 76).section == "Citizen Security and Transnational Organized Crime"
    assert at(reading, 24).section == ""


def test_official_numbers_come_from_the_page_or_from_a_decision(reading: Reading) -> None:
    assert [at(reading, line).paragraph for line in (276, 294, 306)] == ["6.1", "6.10", "7.3"]
    assert [at(reading, line).paragraph for line in (94, 96, 98, 100)] == ["68", "69", "70", ""]


def test_the_decisions_file_is_in_its_one_form() -> None:
    assert format_decisions(parse_decisions(DECISIONS, "decisions")) == DECISIONS
