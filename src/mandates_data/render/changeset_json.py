"""A comparison as JSON, complete: the changeset file itself; `schemas/changeset.schema.json` describes it."""

from __future__ import annotations

import json
from typing import Any, BinaryIO

from ..diff.changeset import Comparison, RowChange, tuple_of
from ..diff.changeset_file import write_changeset
from ..diff.notation import row_text
from ..diff.signs import difference
from ..diff.words import word_diff


def write_json(comparison: Comparison, out: BinaryIO, *, rows: bool = True, words: bool = False) -> bool:
    """Write the comparison, in UTF-8; whether anything differs.

    Parameters
    ----------
    comparison, out
        What to write, and where.
    rows
        Whether the rows are written, or only their counts.
    words
        Whether each changed cell has its words as well: pieces that are the same, and pieces that are not.
    """
    return write_changeset(comparison, out, rows=rows, row_form=_with_words if words else None)


def _with_words(row: RowChange) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(row_text(tuple_of(row)))
    for cell, written in zip(row.cells, found.get("cells", ()), strict=False):
        if cell.old and cell.new:
            written["words"] = [_piece(piece.old, piece.new) for piece in word_diff(cell.old, cell.new)]
    return found


def _piece(old: str, new: str) -> dict[str, str]:
    if old == new:
        return {"same": old}
    what = difference(old, new)
    return {"old": old, "new": new, "nature": what.nature, **({"note": what.note} if what.note else {})}
