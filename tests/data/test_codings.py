"""The published codings: complete, resting on words of the texts, and every disagreement settled with its reason."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

Row = dict[str, str]
PASSES = ("first", "second")
CODES = [
    "ARMS",
    "CITSEC",
    "CIVIC",
    "CORR",
    "CSBM",
    "CYBER",
    "DISARM",
    "DRUGS",
    "GANG",
    "HEALTH",
    "MONEY",
    "MULTI",
    "PEACE",
    "SIDS",
    "TERR",
    "TIP",
    "TOC",
    "VAW",
]


def rows(path: str) -> list[Row]:
    with (ROOT / "data" / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def ranked(coder: str) -> dict[str, list[str]]:
    """By mandate, the codes of a coder in the order of their ranks."""
    found: dict[str, list[tuple[int, str]]] = {}
    for row in rows("mandate_subtopics.csv"):
        if row["coder"] == coder:
            found.setdefault(row["mandate_id"], []).append((int(row["rank"]), row["code"]))
    return {mandate: [code for _, code in sorted(codes)] for mandate, codes in found.items()}


def acts() -> dict[str, dict[str, Row]]:
    """By coder and mandate, the act."""
    found = {coder: {} for coder in PASSES} | {"adjudicated": {row["mandate_id"]: row for row in rows("acts.csv")}}
    for row in rows("source/acts.passes.csv"):
        found[row["coder"]][row["mandate_id"]] = row
    return found


MANDATES = [row["mandate_id"] for row in rows("mandates.csv")]


def test_the_codebook_has_the_18_codes() -> None:
    assert [row["code"] for row in rows("subtopics.csv")] == CODES


def test_each_of_the_139_mandates_is_coded_by_each_coder_and_has_one_act_by_each() -> None:
    assert len(MANDATES) == 139
    for coder in (*PASSES, "adjudicated"):
        assert sorted(ranked(coder)) == sorted(MANDATES)
        assert sorted(acts()[coder]) == sorted(MANDATES)


def test_the_words_of_the_adjudicated_rows_stand_in_the_texts_as_they_are_today() -> None:
    texts: dict[str, list[str]] = {}
    for row in (*rows("mandates.csv"), *rows("items.csv")):
        texts.setdefault(row["mandate_id"], []).append(row["text"])
    decided = [row for row in rows("mandate_subtopics.csv") if row["coder"] == "adjudicated"] + rows("acts.csv")
    assert len(decided) == 203 + 139
    assert [row for row in decided if not any(row["basis"] in text for text in texts[row["mandate_id"]])] == []


def differing() -> dict[tuple[str, str], tuple[str, str, str]]:
    """Where the two passes differ, or the third reading from both: the three values."""
    found = {}
    codes = {coder: ranked(coder) for coder in (*PASSES, "adjudicated")}
    for mandate in MANDATES:
        three = [codes[coder][mandate] for coder in (*PASSES, "adjudicated")]
        for code in CODES:
            found[mandate, code] = tuple("given" if code in one else "not given" for one in three)
        common = set(three[0]) & set(three[1]) & set(three[2])
        found[mandate, "order"] = tuple(" ".join(code for code in one if code in common) for one in three)
        for field in ("verb", "complement", "strength"):
            found[mandate, field] = tuple(acts()[coder][mandate][field] for coder in (*PASSES, "adjudicated"))
    return {place: (a, b, c) for place, (a, b, c) in found.items() if len({a, b, c}) > 1}


def test_every_disagreement_stands_in_the_table_of_adjudication_and_nothing_else_does() -> None:
    table = rows("source/adjudication.csv")
    told = {(row["mandate_id"], row["aspect"]): (row["first"], row["second"], row["decided"]) for row in table}
    assert told == differing()
    assert len(told) == len(table) == 54
    assert all(len(row["reason"]) > 20 and row["reason"].endswith(".") for row in table)


def test_eleven_decisions_depart_from_both_passes() -> None:
    assert sum(row["first"] == row["second"] for row in rows("source/adjudication.csv")) == 11


def test_the_passes_are_as_their_coder_left_them() -> None:
    """Counted in the files that the two passes delivered."""
    count = Counter(row["coder"] for row in rows("mandate_subtopics.csv"))
    assert (count["first"], count["second"]) == (201, 205)
    assert [len(acts()[coder]) for coder in PASSES] == [139, 139]


def test_what_the_two_kinds_of_plan_are_mainly_about() -> None:
    """Counted by eye in the texts: the plan of 1994 is on drugs, laundering, arms and terrorism alone."""
    primary = {mandate: codes[0] for mandate, codes in ranked("adjudicated").items()}
    of_1994 = Counter(primary[mandate] for mandate in MANDATES if mandate.startswith("1994-miami-poa"))
    assert of_1994 == {"DRUGS": 8, "MONEY": 4, "TERR": 3, "ARMS": 1}
    assert Counter(row["strength"] for row in rows("acts.csv"))["directing"] == 5
