"""A row as text and as JSON: its cells, and of a corrected one the words that differ from what was printed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ..diff.correcting.showing import ShownCell, ShownRow
from ..package.corrections import VERSION
from .correction import cell_json, words_of, wrapped
from .plain_json import document


def as_text(rows: Sequence[ShownRow], *, width: int | None) -> str:
    """The rows for a person; cells that are empty and were never corrected are left out."""
    lines = [line for number, row in enumerate(rows) for line in (*([""] if number else []), *_row(row))]
    return "".join(f"{line}\n" for line in wrapped(lines, width))


def _row(row: ShownRow) -> Iterator[str]:
    yield f"{row.table} {row.row_id}"
    for cell in row.cells:
        if cell.text or cell.corrections:
            yield f"  {cell.field}: {cell.text}"
            yield from _corrections(cell)
    for one in row.context:
        yield f"  {one.label} {one.row_id}: {one.text}"


def _corrections(cell: ShownCell) -> Iterator[str]:
    if cell.printed is not None:
        yield f"      printed and corrected: {words_of(cell.printed)}"
    elif cell.corrections:
        yield "      it reads as printed again"
    for step in cell.corrections:
        yield f"      {_correction(step)}"


def _correction(step: Mapping[str, str]) -> str:
    since = f"released with {step[VERSION]}" if step.get(VERSION) else "not released yet"
    words = "; ".join(f"{name}: {step[name]}" for name in ("kind", "reason", "evidence") if step.get(name))
    return f"{step['correction_id']} ({since}){': ' + words if words else ''}"


def as_json(rows: Sequence[ShownRow]) -> str:
    """The rows for a program; `schemas/row.schema.json` describes it."""
    return document("row", 1, {"rows": [_row_json(row) for row in rows]})


def _row_json(row: ShownRow) -> dict[str, Any]:
    return {
        "table": row.table,
        "row_id": row.row_id,
        "cells": [
            {
                "field": cell.field,
                "text": cell.text,
                "printed": None if cell.printed is None else cell_json(cell.printed),
                "corrections": [dict(step) for step in cell.corrections],
            }
            for cell in row.cells
        ],
        "context": [{"label": one.label, "row_id": one.row_id, "text": one.text} for one in row.context],
    }
