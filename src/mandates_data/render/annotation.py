"""What `annotate` found, as lines of text and as the value that `--format json` writes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..mandates.annotate import Annotation, Change, row_of
from ..mandates.tables import Row
from ..validate.findings import quoted

Uncovered = Sequence[tuple[str, str]]
"""Rows with a phrase that no mention covers."""
_SIGNS = {(False, True): "+", (True, False): "-", (True, True): "~"}


def as_text(annotation: Annotation, uncovered: Uncovered, paths: Sequence[str], *, check: bool) -> Iterator[str]:
    """What came (+), went (-) and changed (~), or why the annotation is refused."""
    for fault in annotation.faults:
        yield f"{fault.path}:{f'{fault.line}:' if fault.line else ''} {fault.message}"
    if annotation.faults:
        count = len(annotation.faults)
        yield f"Refused, {count} problem{'s' if count > 1 else ''}; nothing was written."
        return
    for change in annotation.changes:
        yield from _change(change)
    for row_id, phrase in uncovered:
        yield f"{row_id} has {quoted(phrase)}, which is in no mention: add it to the lexicon, or to uncovered.csv."
    mentions, deadlines = annotation.rows["mentions"], annotation.rows["deadlines"]
    texts = len({row_of(row) for row in mentions})
    entities = len({row["entity_id"] for row in mentions})
    yield f"{len(mentions)} mentions of {entities} entities in {texts} texts; {len(deadlines)} dates."
    if not paths:
        yield "The tables hold all of it already; no file changes."
    else:
        yield f"{'Would change' if check else 'Written'}: {', '.join(paths)}"


def _change(change: Change) -> Iterator[str]:
    sign = _SIGNS[change.old is not None, change.new is not None]
    row = change.new or change.old or {}
    yield f"{sign} {change.row_id}  {_said(row)}"
    if change.old is not None and change.new is not None:
        yield f"    it was {_said(change.old)}"
    elif change.new is None:
        yield f"    Where it was published, give {change.row_id} a row in retired_ids."


def _said(row: Row) -> str:
    what = f"{row['kind']} {row['date_from']}/{row['date_to']}" if "kind" in row else row["entity_id"] or "no entity"
    basis = f"  ({row['basis']})" if row.get("basis") else ""
    return f"{what}  {quoted(row['surface'])} at {row['start']}-{row['end']}{basis}"


def as_json(annotation: Annotation, uncovered: Uncovered, paths: Sequence[str], *, check: bool) -> dict[str, Any]:
    """The value that holds to `annotation.schema.json`."""
    mentions = annotation.rows.get("mentions", ())
    return {
        "format": "mandates-data/annotation",
        "format_version": 1,
        "accepted": not annotation.faults,
        "problems": [
            {"path": fault.path, "line": fault.line or None, "message": fault.message} for fault in annotation.faults
        ],
        "mentions": len(mentions),
        "entities": len({row["entity_id"] for row in mentions}),
        "deadlines": len(annotation.rows.get("deadlines", ())),
        "changes": [
            {"table": one.table, "row_id": one.row_id, "old": one.old, "new": one.new} for one in annotation.changes
        ],
        "uncovered": [{"row_id": row_id, "phrase": phrase} for row_id, phrase in uncovered],
        "checked_only": check,
        "changed_files": list(paths),
    }
