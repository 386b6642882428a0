"""The rules on what the ledger of corrections says of the cells, with the pages that `explain` prints on them."""

from __future__ import annotations

from ...validate.findings import Rule

CORRECTION = Rule(
    "MD613", "correction", "A correction does not fit the tables",
    "The ledger of corrections explains every published cell that differs from the page. Each correction names a "
    "cell, begins with the text that the one before it left, and the newest ends with the cell as it stands.",
    "Correct the row in the table corrections, or the cell that it names. A correction that is not released is taken "
    "back with mandates-data correct ROW COLUMN --undo.",
)  # fmt: skip
PUT_BACK = Rule(
    "MD617", "correction-put-back", "A correction puts back what an earlier one removed",
    "An earlier correction took a misprint out, with evidence, and this one brings it in again: often because it was "
    "made on an old copy. Where the earlier one was the mistake, the reason of the later one names it.",
    "Take the correction back with mandates-data correct ROW COLUMN --undo, or name the earlier one in its reason: "
    "mandates-data correct ROW COLUMN --reason TEXT.",
)  # fmt: skip

RULES = (CORRECTION, PUT_BACK)
