"""A correction as text and as JSON: the words that change, the row of the ledger, the files; or why it is refused."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import Any

from ..diff.changeset import CellChange
from ..diff.correcting.values import Corrected, Refusal
from ..diff.signs import difference
from ..diff.words import word_diff
from ..package.corrections import WORDS
from .changeset_view import cell_view
from .plain_json import document
from .summary import neutral

_DONE = {
    "added": ("corrected", "would be corrected"),
    "completed": ("completed", "would be completed"),
    "undone": ("taken back", "would be taken back"),
}


def words_of(cell: CellChange, *, whole: bool = False) -> str:
    """The cell's text with its changes between signs, as `git diff --word-diff` sets them, and notes on the unseen."""
    view = cell_view(cell, quotes=True, whole=whole)
    signs = {"old": "[-{}-]", "new": "{{+{}+}}"}
    parts = [signs.get(part.kind, "{}").format(part.text) if view.words else part.text for part in view.parts]
    notes = f" ({'; '.join(view.notes)})" if view.notes else ""
    return ("" if view.words else " -> ").join(parts) + notes


def as_text(corrected: Corrected, files: Sequence[str], *, done: bool, output: str = "", width: int | None) -> str:
    """What was done, or would be, for a person."""
    name = f"{corrected.table} {corrected.row_id}, {corrected.field}"
    lines = [f"{name}: {_DONE[corrected.action][not done and not output]}"]
    if corrected.cell is not None:
        lines.append(f"    {words_of(corrected.cell)}")
    row = corrected.correction
    words = "; ".join(f"{word}: {row[word]}" for word in WORDS if row.get(word))
    gone = " (the row goes)" if corrected.action == "undone" else ""
    lines.append(f"{corrected.ledger} {row['correction_id']}{gone}{': ' + words if words else ''}")
    if output:
        lines.append(f"{output} written: mandates-data patch applies it. The package is as it was.")
    else:
        lines += [f"{path} {'written' if done else 'would be written'}" for path in files]
    return "".join(f"{line}\n" for line in wrapped(lines, width))


def refused_text(refusals: Sequence[Refusal], *, width: int | None) -> str:
    """Why a correction is refused, a line a reason."""
    lines = [f"Refused: {one.sentence}" for one in refusals]
    return "".join(f"{line}\n" for line in wrapped([*lines, "Nothing was changed."], width))


def wrapped(lines: Sequence[str], width: int | None) -> Iterator[str]:
    """The lines, harmless to a terminal and to the runner of a workflow, broken to the width of a terminal."""
    for line in lines:
        indent = " " * (len(line) - len(line.lstrip(" ")))
        text = neutral(line)
        if width is None or len(text) <= width:
            yield text
        else:
            yield from map(
                neutral,
                textwrap.wrap(
                    text.strip(" "),
                    max(width, 30),
                    initial_indent=indent,
                    subsequent_indent=indent + "    ",
                    break_long_words=False,
                    break_on_hyphens=False,
                ),
            )


def as_json(
    corrected: Corrected | None,
    *,
    files: Sequence[str] = (),
    done: bool = False,
    output: str | None = None,
    refusals: Sequence[Refusal] = (),
) -> str:
    """The same for a program; `schemas/correction.schema.json` describes it."""
    members: dict[str, Any] = {
        "accepted": corrected is not None,
        "written": done,
        "action": None if corrected is None else corrected.action,
        "table": None if corrected is None else corrected.table,
        "row_id": None if corrected is None else corrected.row_id,
        "field": None if corrected is None else corrected.field,
        "cell": None if corrected is None or corrected.cell is None else cell_json(corrected.cell),
        "correction": None if corrected is None else dict(corrected.correction),
        "files": list(files),
        "output": output,
        "refusals": [{"kind": one.kind, "sentence": one.sentence} for one in refusals],
    }
    return document("correction", 1, members)


def cell_json(cell: CellChange) -> dict[str, Any]:
    """A changed cell with its words."""
    old, new = cell.old or "", cell.new or ""
    pieces = [{"same": p.old} if p.same else _unequal(p.old, p.new) for p in word_diff(old, new)]
    return {"old": old, "new": new, "words": pieces}


def _unequal(old: str, new: str) -> dict[str, str]:
    note = difference(old, new).note
    return {"old": old, "new": new, **({"note": note} if note else {})}
