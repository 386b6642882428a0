"""The rule on rows of the ledger of corrections that a person has not finished yet."""

from __future__ import annotations

from .findings import Rule

UNFINISHED = Rule(
    "MD713", "correction-unfinished", "A correction lacks its kind, its reason or its evidence",
    "The ledger of corrections says of each correction what kind of mistake was mended, why the old text is wrong, and "
    "where that can be checked. No program can know these, so a row that fmt has drafted waits for them.",
    "Say them: mandates-data correct ROW COLUMN --kind KIND --reason TEXT --evidence ADDRESS. To take the correction "
    "back instead: mandates-data correct ROW COLUMN --undo.",
)  # fmt: skip

RULES = (UNFINISHED,)
