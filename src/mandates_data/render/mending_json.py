"""A mending as JSON; `schemas/mending.schema.json` describes it."""

from __future__ import annotations

import json
from typing import IO, Any

from ..mending.values import Edit, Left, Mending, Place, Restored, TableMending
from ..validate.findings import column_letter

FORMAT_VERSION = 1


def write_json(mending: Mending, out: IO[str], *, written: bool, diffs: dict[str, str] | None = None) -> None:
    """Write the mending, complete. The same package gives the same bytes.

    Parameters
    ----------
    mending, out
        What to write, and where.
    written
        Whether the files were written, or only looked at.
    diffs
        What would change in each file, line by line, by path; None where nobody asked.
    """
    value = {
        "format": "mandates-data/mending",
        "format_version": FORMAT_VERSION,
        "package": mending.package,
        "against": mending.against,
        "written": written,
        "changed_files": list(mending.changed),
        "refreshed": list(mending.refreshed),
        "left": mending.left,
        "tables": [_table(table) for table in mending.tables],
        "diffs": diffs,
    }
    json.dump(value, out, ensure_ascii=False, indent=1)
    out.write("\n")


def _table(table: TableMending) -> dict[str, Any]:
    return {
        "resource": table.resource,
        "path": table.path,
        "state": table.state,
        "rows": table.rows,
        "encoding": table.encoding,
        "repairs": [{"kind": repair.kind, "words": repair.words} for repair in table.repairs],
        "restored": [_restored(one) for one in table.restored],
        "left": [_left(one) for one in table.left],
        "edits": [_edit(one) for one in table.edits],
        "rows_added": table.added,
        "rows_removed": table.removed,
    }


def _place(place: Place) -> dict[str, Any]:
    return {
        "line": place.line,
        "column": place.column,
        "column_letter": None if place.column is None else column_letter(place.column),
        "new_line": place.new_line,
        "new_column": place.new_column,
        "field": place.field,
        "row_key": place.row_key,
    }


def _restored(one: Restored) -> dict[str, Any]:
    return _place(one.place) | {"seen": one.seen, "text": one.text, "kind": one.kind, "words": one.words}


def _edit(one: Edit) -> dict[str, Any]:
    return _place(one.place) | {"old": one.old, "new": one.new}


def _left(one: Left) -> dict[str, Any]:
    said = {"kind": one.kind, "code": one.code, "message": one.message, "mend": one.mend or None, "seen": one.seen}
    return _place(one.place) | said | {"count": one.count, "counts": one.counts}
