"""A merge as JSON, on standard output and in the file of conflicts; `schemas/merge.schema.json` describes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from ..diff.merging.conflicts import Conflict
from ..diff.merging.files import FORMAT
from ..diff.patching import Patched
from ..validate.findings import Report
from .merge_text import place, sentence
from .plain_json import safe

VERSION = 1


def merge_json(
    sides: Sequence[str],
    conflicts: Iterable[Conflict],
    patched: Patched,
    report: Report | None = None,
    *,
    written: bool,
) -> str:
    """The document.

    Parameters
    ----------
    sides
        What base, ours and theirs are called.
    conflicts, patched
        The merge, and the files that it writes and removes.
    report
        On the result; None where it was not validated.
    written
        Whether the files are written.
    """
    document = {
        "format": FORMAT,
        "format_version": VERSION,
        "base": sides[0],
        "ours": sides[1],
        "theirs": sides[2],
        "written": written,
        "write": sorted(patched.write),
        "remove": list(patched.remove),
        "conflicts": [conflict_json(each) for each in conflicts],
        "sound": None if report is None else report.sound,
        "findings": [] if report is None else [finding.to_dict() for finding in report.findings],
    }
    return json_text(document)


def json_text(document: Any) -> str:
    """JSON that UTF-8 can hold, with one line end."""
    return safe(json.dumps(document, ensure_ascii=False, indent=2)) + "\n"


def conflict_json(conflict: Conflict) -> dict[str, Any]:
    """One conflict."""
    return {
        "kind": conflict.kind,
        "table": conflict.table,
        "key": list(conflict.key),
        "field": conflict.field,
        "property": conflict.property,
        "base": conflict.base,
        "ours": conflict.ours,
        "theirs": conflict.theirs,
        "message": f"{place(conflict)}: {sentence(conflict)}",
    }
