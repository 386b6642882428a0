"""Entities, mentions and dates as published, held against the texts with nothing but the csv module.

The phrases in capitals are found here once more, by another way than the library's; words and counts are taken by eye.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
Row = dict[str, str]


def rows(path: str) -> list[Row]:
    with (ROOT / "data" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TEXTS = {row["mandate_id"]: row["text"] for row in rows("mandates.csv")}
TEXTS |= {row["item_id"]: row["text"] for row in rows("items.csv")}
ENTITIES = {row["entity_id"]: row for row in rows("entities.csv")}
MENTIONS = rows("mentions.csv")
DEADLINES = rows("deadlines.csv")
LEXICON = rows("source/lexicon.csv")
UNCOVERED = {row["phrase"]: row["reason"] for row in rows("source/uncovered.csv")}

JOINS = {"of", "the", "for", "and", "on", "or", "to", "against", "de", "del", "do", "in"}
MONTHS = re.findall("[A-Z][a-z]+", "JanuaryFebruaryMarchAprilMayJuneJulyAugustSeptemberOctoberNovemberDecember")


def home(row: Row) -> str:
    return row["item_id"] or row["mandate_id"]


def capitals(text: str) -> list[list[tuple[int, int]]]:
    """Each phrase of two or more words in capitals as the places of those words, and each acronym as one place."""
    words = [(m[0], m.start(), m.end()) for m in re.finditer(r"[A-Za-zÀ-ÿ0-9]+(?:[-'\u2019][A-Za-zÀ-ÿ0-9]+)*", text)]
    runs: list[list[tuple[int, int]]] = [[]]
    for number, (word, start, end) in enumerate(words):
        apart = number and text[words[number - 1][2] : start] != " "
        before = text[:start].rstrip(' “"[(')
        begins = not before or (before[-1] in ".:;!?]" and text[len(before)] == " ")
        if apart or (not word[0].isupper() and word not in JOINS) or word in MONTHS:
            runs.append([])
        if word[0].isupper() and word not in MONTHS and not begins:
            runs[-1].append((start, end))
    found = [run for run in runs if len(run) > 1]
    return found + [[m.span()] for m in re.finditer(r"\b[A-Z]{2,}s?\b", text)]


PHRASES = [(key, run) for key, text in TEXTS.items() for run in capitals(text)]


def said(key: str, run: list[tuple[int, int]]) -> str:
    return TEXTS[key][run[0][0] : run[-1][1]]


def is_covered(key: str, run: list[tuple[int, int]]) -> bool:
    places = [(int(row["start"]), int(row["end"])) for row in MENTIONS if home(row) == key]
    return all(any(start <= a and b <= end for start, end in places) for a, b in run)


LEFT = [said(key, run) for key, run in PHRASES if not is_covered(key, run)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Support the Committee on Hemispheric Security.", ["Committee on Hemispheric Security"]),
        ("We note the Convention of Belém do Pará.", ["Convention of Belém do Pará"]),
        ("Hold talks. Trade Arms with the OAS-IDB.", ["OAS", "IDB"]),
        ("held in Mexico City in October 2003", ["Mexico City"]),
        ("the MDBs, and States", ["MDBs"]),
        ("Recognizing that States act", []),
    ],
)
def test_the_finder_finds_names_and_not_the_first_word_of_a_sentence(text: str, expected: list[str]) -> None:
    assert [text[run[0][0] : run[-1][1]] for run in capitals(text)] == expected


def test_of_all_phrases_in_capitals_at_most_one_in_twenty_is_in_no_mention() -> None:
    assert len(PHRASES) > 200
    assert len(LEFT) <= 0.05 * len(PHRASES)


def test_each_that_is_in_no_mention_has_a_reason_and_no_reason_is_left_over() -> None:
    assert sorted(set(LEFT)) == sorted(UNCOVERED)
    assert set(UNCOVERED.values()) <= {"place", "term"}


def test_every_mention_and_date_stands_where_it_says() -> None:
    for row in (*MENTIONS, *DEADLINES):
        assert TEXTS[home(row)][int(row["start"]) : int(row["end"])] == row["surface"], row
        assert home(row).startswith(row["mandate_id"])


def test_every_entity_is_mentioned_and_every_wording_is_used() -> None:
    assert {row["entity_id"] for row in MENTIONS} == set(ENTITIES)
    used = {(row["surface"], row["entity_id"]) for row in MENTIONS}
    assert [row for row in LEXICON if (row["wording"], row["entity_id"]) not in used] == []


def test_an_acronym_of_an_entity_is_one_that_the_texts_print() -> None:
    printed = {(row["entity_id"], row["surface"]) for row in MENTIONS if row["basis"] == "acronym"}
    told = {(key, row["acronym"]) for key, row in ENTITIES.items() if row["acronym"]}
    assert told <= printed


def test_only_instruments_were_adopted_and_every_fact_says_where_it_is_from() -> None:
    assert {row["kind"] for row in ENTITIES.values() if row["adopted_on"]} == {"instrument"}
    assert [key for key, row in ENTITIES.items() if (row["adopted_on"] or row["place"]) and not row["reference"]] == []
    known = {*TEXTS, *(row["summit_id"] for row in rows("summits.csv"))}
    cited = [row["reference"] for row in ENTITIES.values() if row["reference"]]
    assert [one for one in cited if one not in known and not one.startswith("http")] == []


def test_a_mention_lies_in_another_or_beside_it_but_never_across_its_end() -> None:
    for one in MENTIONS:
        for other in MENTIONS:
            if home(one) == home(other) and int(one["start"]) < int(other["start"]) < int(one["end"]):
                assert int(other["end"]) <= int(one["end"]), (one, other)


@pytest.mark.parametrize(
    ("entity", "count", "mandates"),
    [("cicad", 19, 11), ("mem", 8, 4), ("cifta", 5, 4), ("mesicic", 3, 1), ("declaration-on-security", 4, 4)],
)
def test_an_entity_has_the_mentions_that_were_counted_by_eye(entity: str, count: int, mandates: int) -> None:
    found = [row for row in MENTIONS if row["entity_id"] == entity]
    assert (len(found), len({row["mandate_id"] for row in found})) == (count, mandates)


def test_words_that_point_back_have_the_thing_that_they_point_to() -> None:
    points = {(home(row), row["surface"]): row["entity_id"] for row in MENTIONS if row["basis"].startswith("reference")}
    assert points["2005-mar-del-plata-poa-003", "said Mechanism"] == "mesicic"
    assert points["2009-port-of-spain-dec-005", "Mechanism"] == "mem"
    assert points["2015-panama-mandates-007", "Treaty"] == "arms-trade-treaty"


def test_the_dates_are_those_of_the_texts() -> None:
    assert Counter(row["kind"] for row in DEADLINES) == {"past": 13, "scheduled": 9, "deadline": 4}
    (row,) = [row for row in DEADLINES if row["mandate_id"] == "2005-mar-del-plata-poa-003"]
    assert (row["surface"], row["date_from"], row["date_to"]) == ("before December 2006", "", "2006-11-30")
    (row,) = [row for row in DEADLINES if row["mandate_id"] == "1994-miami-poa-004"]
    assert (row["surface"], row["date_from"], row["date_to"]) == ("November 5-6, 1992", "1992-11-05", "1992-11-06")
