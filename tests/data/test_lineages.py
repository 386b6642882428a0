"""The published lineages: what they say of the texts is there, and each goes through several summits."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SHORTEST = 2
"""Summits that a lineage goes through at least."""

Row = dict[str, str]


def rows(table: str) -> list[Row]:
    with (ROOT / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


TEXTS = {row["mandate_id"]: [row["text"]] for row in rows("mandates")}
for item in rows("items"):
    TEXTS[item["mandate_id"]].append(item["text"])
LINEAGES: dict[str, list[Row]] = defaultdict(list)
for link in rows("lineages"):
    LINEAGES[link["lineage_id"]].append(link)


def links(name: str) -> list[tuple[str, str]]:
    return [(row["mandate_id"], row["previous_id"]) for row in sorted(LINEAGES[name], key=lambda r: int(r["position"]))]


def test_the_words_that_show_a_link_stand_in_the_texts() -> None:
    missing = []
    for row in rows("lineages"):
        texts = " ".join([*TEXTS[row["mandate_id"]], *TEXTS.get(row["previous_id"], [])])
        quotes = re.findall("“([^“”]+)”", row["basis"])
        assert quotes, row
        missing += [(row["lineage_id"], row["mandate_id"], quote) for quote in quotes if quote not in texts]
    assert missing == []


def test_every_lineage_goes_through_several_summits_in_their_order() -> None:
    for name, found in LINEAGES.items():
        years = [mandate[:4] for mandate, _ in links(name)]
        assert years == sorted(years), name
        assert len(set(years)) >= SHORTEST, name
        assert len(found) == len({row["mandate_id"] for row in found})


def test_no_preamble_stands_in_a_lineage() -> None:
    preambles = {row["mandate_id"] for row in rows("mandates") if row["role"] == "preamble"}
    assert preambles
    assert {row["mandate_id"] for row in rows("lineages")} & preambles == set()


@pytest.mark.parametrize(
    ("name", "chain"),
    [
        (
            "firearms",
            [
                ("1994-miami-poa-009", ""),
                ("1998-santiago-poa-010", "1994-miami-poa-009"),
                ("2001-quebec-poa-014", "1998-santiago-poa-010"),
                ("2001-quebec-poa-015", "1998-santiago-poa-010"),
                ("2001-quebec-poa-021", "1998-santiago-poa-010"),
                ("2009-port-of-spain-dec-008", "2001-quebec-poa-015"),
                ("2015-panama-mandates-006", "2009-port-of-spain-dec-008"),
            ],
        ),
        ("small-island-states", [("1998-santiago-poa-021", ""), ("2001-quebec-poa-019", "1998-santiago-poa-021")]),
        (
            "special-conference-on-security",
            [
                ("1998-santiago-poa-028", ""),
                ("1998-santiago-poa-030", "1998-santiago-poa-028"),
                ("2001-quebec-poa-017", "1998-santiago-poa-030"),
                ("2004-nuevo-leon-dec-001", "2001-quebec-poa-017"),
            ],
        ),
    ],
)
def test_known_chains_are_there(name: str, chain: list[tuple[str, str]]) -> None:
    assert links(name) == chain
