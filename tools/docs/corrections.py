"""A block on the corrections: what each changed, by which evidence, since which release."""

from __future__ import annotations

import csv
from pathlib import Path

from mandates_data.diff.words import word_diff

from .blocks import table

ROOT = Path(__file__).resolve().parent.parent.parent
BESIDE = 12
"""Letters that are shown on either side of what differs."""
KEPT = "\N{OPEN BOX}"
"""A space that would not be seen."""


def corrections(argument: str, content: str) -> str:
    """One row a correction of the ledger, the words that differ with a little of what stands beside them."""
    del argument, content
    with (ROOT / "data" / "corrections.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, strict=True))
    return table(
        ("row", "column", "printed", "corrected", "kind", "evidence", "since"),
        [
            (
                f"`{row['row_id']}`",
                f"`{row['field']}`",
                *difference(row["old"], row["new"]),
                row["kind"],
                row["evidence"] if row["evidence"] == "text" else f"<{row['evidence']}>",
                row["version"] or "not released",
            )
            for row in rows
        ],
    )


def difference(old: str, new: str) -> tuple[str, str]:
    """The stretch of two texts that holds all that differs, with a little on either side.

    >>> difference("the draft of a plan of action", "the draft of the plan of action")
    ('"…draft of **a** plan of act…"', '"…draft of **the** plan of act…"')
    """
    pieces = word_diff(old, new)
    first, *_, last = [number for number, piece in enumerate(pieces) if piece.old != piece.new] * 2
    before = "".join(piece.old for piece in pieces[:first])
    after = "".join(piece.old for piece in pieces[last + 1 :])
    left = f"…{before[-BESIDE:].lstrip()}" if len(before) > BESIDE else before
    right = f"{after[:BESIDE].rstrip()}…" if len(after) > BESIDE else after
    sides = (
        "".join(piece.old for piece in pieces[first : last + 1]),
        "".join(piece.new for piece in pieces[first : last + 1]),
    )
    marked = [f"**{side if side.strip() else side.replace(' ', KEPT)}**" if side else "" for side in sides]
    return f'"{left}{marked[0]}{right}"', f'"{left}{marked[1]}{right}"'
