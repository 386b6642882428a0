"""What the ledger's own table says of a draft, told once a row and with the command that finishes it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from shlex import quote

from ..package.corrections import WORDS
from . import codes_cell
from .codes_ledger import UNFINISHED
from .findings import Finding


def told_once(findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings on the ledger, those on empty words of one row as one under `UNFINISHED`, where the first stands."""
    listed = list(findings)
    gaps: dict[tuple[int | None, str | None], list[Finding]] = {}
    for finding in listed:
        if _is_gap(finding):
            gaps.setdefault((finding.line, finding.row_key), []).append(finding)
    for finding in listed:
        if not _is_gap(finding):
            yield finding
        elif gaps[finding.line, finding.row_key][0] is finding:
            yield _unfinished(finding, [str(one.field) for one in gaps[finding.line, finding.row_key]])


def _is_gap(finding: Finding) -> bool:
    return finding.code == codes_cell.REQUIRED.code and finding.field in WORDS


def _unfinished(finding: Finding, fields: list[str]) -> Finding:
    message = f"The correction lacks its {said(fields)}."
    mend = how_to_finish(finding.row_key or "", fields)
    return dataclasses.replace(
        finding, code=UNFINISHED.code, severity=UNFINISHED.severity, message=message, mend=mend, expected="a value"
    )


def said(fields: list[str]) -> str:
    """The words that are missing, as the end of a sentence.

    >>> said(["kind", "reason", "evidence"])
    'kind, its reason and its evidence'
    """
    return ", its ".join(fields[:-1]) + (" and its " if len(fields) > 1 else "") + fields[-1]


def how_to_finish(correction_id: str, fields: Iterable[str]) -> str:
    """The command that gives a draft its words.

    >>> how_to_finish("a-1.text.1", ["evidence"])
    'Fill it in there, or run: mandates-data correct a-1 text --evidence ADDRESS'
    """
    row_id, _, rest = correction_id.rpartition(".")[0].rpartition(".")
    values = {"kind": "--kind KIND", "reason": '--reason "WHY"', "evidence": "--evidence ADDRESS"}
    missing = [values[name] for name in fields]
    them = "it" if len(missing) == 1 else "them"
    return f"Fill {them} in there, or run: mandates-data correct {quote(row_id)} {quote(rest)} {' '.join(missing)}"
