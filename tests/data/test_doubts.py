"""The doubts as published: each leads to a row and to words that stand there, with nothing but the csv module."""

from __future__ import annotations

import csv
from pathlib import Path

DATA = Path(__file__).resolve().parents[2] / "data"


def rows(path: str) -> list[dict[str, str]]:
    with (DATA / path).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


DOUBTS = rows("source/doubts.csv")


def test_the_words_of_each_doubt_stand_in_its_row_as_it_is_or_was_printed() -> None:
    texts = {row["mandate_id"]: [row["text"]] for row in rows("mandates.csv")}
    texts |= {row["item_id"]: [row["text"]] for row in rows("items.csv")}
    for row in rows("corrections.csv"):
        if row["field"] == "text":
            texts[row["row_id"]].append(row["old"])
    assert len(DOUBTS) == 16
    for doubt in DOUBTS:
        for words in doubt["printed"].split(" … "):
            assert any(words in text for text in texts[doubt["row_id"]]), doubt


def test_each_doubt_names_the_line_that_prints_its_row() -> None:
    printed = {(row["item_id"] or row["mandate_id"], row["source_line"]) for row in rows("printings.csv")}
    for doubt in DOUBTS:
        assert (doubt["row_id"], doubt["source_line"]) in printed, doubt
        assert doubt["why"]
        assert doubt["settles"]
