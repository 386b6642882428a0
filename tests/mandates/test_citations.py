from __future__ import annotations

import pytest

from mandates_data.mandates.citations import Citations, looks_cited

SUMMITS = [
    {"summit_id": "1994-miami", "ordinal": "1", "city": "Miami", "start_date": "1994-12-09"},
    {"summit_id": "2001-quebec", "ordinal": "3", "city": "Quebec City", "start_date": "2001-04-20"},
    {"summit_id": "2004-nuevo-leon", "ordinal": "", "city": "Monterrey", "start_date": "2004-01-12"},
    {"summit_id": "2012-cartagena", "ordinal": "6", "city": "Cartagena", "start_date": "2012-04-14"},
    {"summit_id": "2015-panama", "ordinal": "7", "city": "Panama City", "start_date": "2015-04-10"},
    {"summit_id": "2022-los-angeles", "ordinal": "9", "city": "Los Angeles", "start_date": "2022-06-08"},
]
DOCUMENTS = [
    {"document_id": "1994-miami-poa", "summit_id": "1994-miami", "cited_as": "Plan of Action Miami"},
    {"document_id": "2001-quebec-poa", "summit_id": "2001-quebec", "cited_as": "Plan of Action Québec"},
    {"document_id": "2004-nuevo-leon-dec", "summit_id": "2004-nuevo-leon", "cited_as": "Declaration of Nuevo León"},
    {"document_id": "2012-cartagena-mandates", "summit_id": "2012-cartagena", "cited_as": "Citizen Security"},
    {
        "document_id": "2015-panama-mandates",
        "summit_id": "2015-panama",
        "cited_as": "Initiatives VII Summit of the Americas",
    },
    {
        "document_id": "2022-los-angeles-digital",
        "summit_id": "2022-los-angeles",
        "cited_as": "Regional Agenda for Digital Transformation",
    },
]
CITATIONS = Citations(DOCUMENTS, SUMMITS)
TEXT = "Act, as the parties (OAS) agreed in 2001;"


@pytest.mark.parametrize(
    ("citation", "document_id", "section"),
    [
        ("(Plan of Action Québec, 2001).", "2001-quebec-poa", ""),
        ("( Plan of Action Québec, 2001).", "2001-quebec-poa", ""),
        ("(Plan of Action Québec, 2001)", "2001-quebec-poa", ""),
        ("(Plan of Action Québec, 2001.", "2001-quebec-poa", ""),
        ("Plan of Action Québec, 2001).", "2001-quebec-poa", ""),
        ("(Plan  of Action Québec ,2001 ) .", "2001-quebec-poa", ""),
        ("(Plan of\u00a0Action Québec, 2001).", "2001-quebec-poa", ""),
        ("(Plan of Action Québec, III Summit of the Americas, Quebec City, 2001).", "2001-quebec-poa", ""),
        ("(Citizen Security, Cartagena, 2012).", "2012-cartagena-mandates", ""),
        ("(Citizen Security, VI Summit of the Americas, 2012).", "2012-cartagena-mandates", ""),
        (
            "(Security, Initiatives VII Summit of the Americas, Panama City, 2015).",
            "2015-panama-mandates",
            "Security",
        ),
        (
            "( Peace and Security , Plan of Action Québec, 2001).",
            "2001-quebec-poa",
            "Peace and Security",
        ),
        (
            "(Regional Agenda for Digital Transformation, IX Summit of the Americas, Los Angeles, 2022).",
            "2022-los-angeles-digital",
            "",
        ),
    ],
)
@pytest.mark.parametrize("gap", ["", " ", "  ", "\u00a0"])
def test_spacing_brackets_and_stop_explain_a_citation(citation: str, document_id: str, section: str, gap: str) -> None:
    split = CITATIONS.split(TEXT + gap + citation)
    assert (split.text, split.citation, split.document_id, split.section) == (TEXT, citation, document_id, section)


@pytest.mark.parametrize(
    "printed",
    [
        "Act. (Plan of Action Québec, 2002).",  # another year
        "Act. (Plan of Action Quebec, 2001).",  # another letter
        "Act. (plan of action Québec, 2001).",  # small letters
        "Act. (Plan of Action. Québec, 2001).",  # a stop inside
        "Act. (Plan of Action Québec).",  # no year
        "Act. (Plan of Action Québec, Panama City, 2001).",  # another city
        "Act. (Plan of Action Québec, IX Summit of the Americas, 2001).",  # another summit
        "Act. (Plan of Action Québec, 2001);",  # another ending
        "Act as in the Plan of Action Québec, 2001.",  # words of the text: no bracket at all
        "Act (see also the Plan of Action Québec, 2001).",  # words of the text before the name
        "Act (a matter of the kind, Plan of Action Québec, 2001).",  # a section has a capital
        "Act. (First. Second, Plan of Action Québec, 2001).",
        "Act on the Master-Plan of Action Québec (2001).",
        "ActPlan of Action Québec, 2001).",  # the name is not a word of its own
        "(Plan of Action Québec, 2001).",  # no text
    ],
)
def test_any_other_spelling_is_left_to_a_person(printed: str) -> None:
    split = CITATIONS.split(printed)
    assert (split.text, split.citation, split.document_id) == (printed, "", "")


def test_a_name_in_the_text_is_not_taken_for_the_citation_at_its_end() -> None:
    printed = "Carry out the Plan of Action Miami, 1994, and this one (Plan of Action Québec, 2001)."
    split = CITATIONS.split(printed)
    assert split.text == "Carry out the Plan of Action Miami, 1994, and this one"
    assert split.document_id == "2001-quebec-poa"


def test_the_longest_name_wins_over_one_that_ends_it() -> None:
    documents = [
        *DOCUMENTS,
        {"document_id": "x", "summit_id": "2001-quebec", "cited_as": "Peace, Plan of Action Québec"},
    ]
    split = Citations(documents, SUMMITS).split("Act. (Peace, Plan of Action Québec, 2001).")
    assert (split.document_id, split.section) == ("x", "")


def test_two_documents_of_one_name_are_told_apart_by_the_year() -> None:
    documents = [
        {"document_id": "a", "summit_id": "1994-miami", "cited_as": "Plan of Action"},
        {"document_id": "b", "summit_id": "2001-quebec", "cited_as": "Plan of Action"},
    ]
    citations = Citations(documents, SUMMITS)
    assert citations.split("Act. (Plan of Action, 1994).").document_id == "a"
    assert citations.split("Act. (Plan of Action, 2001).").document_id == "b"


@pytest.mark.parametrize(
    ("printed", "text", "citation"),
    [
        ("Act. (Plan of Acton Québec, 2001)", "Act.", "(Plan of Acton Québec, 2001)"),
        ("Act. (Plan of Action. Québec, 2001).", "Act.", "(Plan of Action. Québec, 2001)."),
        ("Act Plan of Action Québec, 2001.", "Act", "Plan of Action Québec, 2001."),
        ("Act on the convention (1998).", "Act on the convention (1998).", ""),
        ("Act.", "Act.", ""),
    ],
)
def test_a_named_document_takes_what_stands_in_brackets_at_the_end(printed: str, text: str, citation: str) -> None:
    split = CITATIONS.split_as("2001-quebec-poa", printed)
    assert (split.text, split.citation, split.document_id) == (text, citation, "2001-quebec-poa")


def test_a_bracket_with_a_name_and_a_year_looks_like_a_citation() -> None:
    assert looks_cited("Act. (Lima Commitment. Peru, 2018)")
    assert not looks_cited("Act on the convention (1998).")
    assert not looks_cited("Act (as said).")
