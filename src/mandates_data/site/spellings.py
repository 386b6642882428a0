"""Spellings of one word, as the explore page takes them for one: those of the toolkit's own search."""

from __future__ import annotations

import csv
from importlib.resources import files

Spellings = dict[str, dict[str, str]]


def spellings() -> Spellings:
    """By the way of writing that is replaced, the one that stands for both: for whole words, and for endings."""
    listed = files("mandates_data") / "explore" / "variants.csv"
    found: Spellings = {"words": {}, "endings": {}}
    if listed.is_file():
        for row in csv.DictReader(listed.read_text(encoding="utf-8").splitlines()):
            found[f"{row['kind']}s"][row["written"]] = row["folded"]
    return found
