"""Reports and rules as JSON; `schemas/report.schema.json` and `schemas/rules.schema.json` describe it.

A report is complete at any size: its findings are written as they come, one a line.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterable
from functools import lru_cache
from json.encoder import encode_basestring  # in C where Python has it: a tenth of what a whole encoder takes
from typing import IO, Any

from ..validate.findings import Finding, Report, Rule, column_letter
from ..validate.policy import EVERYTHING, Policy
from .plain_json import safe

REPORT_VERSION = 2
"""Of the form of reports: 2 has one finding a line, `policy`, `codes`, and in a finding `cause`."""

RULES_VERSION = 1
_BATCH = 256  # findings that are written at once


def write_json(report: Report, out: IO[str], *, policy: Policy = EVERYTHING) -> None:
    """Write the report, complete. The same package gives the same bytes."""
    head = {
        "format": "mandates-data/report",
        "format_version": REPORT_VERSION,
        "package": report.package,
        "version": report.version,
        "sound": not report.errors,
        "errors": report.errors,
        "warnings": report.warnings,
        "policy": _policy(report, policy),
        "tables": [{"resource": table.resource, "rows": table.rows} for table in report.tables],
    }
    out.write("{\n" + "".join(f" {_dump(name)}: {_dump(value)},\n" for name, value in head.items()))
    out.write(' "findings": [')
    codes = _write_findings(report.findings, out)
    out.write(f'{chr(10) + " " if codes else ""}],\n "codes": {_dump(dict(sorted(codes.items())))}\n}}\n')


def write_rules(rules: Iterable[Rule], out: IO[str]) -> None:
    """Write the rules with their pages."""
    listed = [dataclasses.asdict(rule) for rule in rules]
    value = {"format": "mandates-data/rules", "format_version": RULES_VERSION, "rules": listed}
    json.dump(value, out, ensure_ascii=False, indent=1)
    out.write("\n")


def _write_findings(findings: Iterable[Finding], out: IO[str]) -> dict[str, int]:
    """Write each on a line of its own; how many defects there are of each code."""
    codes: dict[str, int] = {}
    lines: list[str] = []
    between = "\n  "
    for finding in findings:
        lines.append(_line(finding))
        codes[finding.code] = codes.get(finding.code, 0) + finding.count
        if len(lines) == _BATCH:
            out.write(between + ",\n  ".join(lines))
            lines.clear()
            between = ",\n  "
    if lines:
        out.write(between + ",\n  ".join(lines))
    return codes


def _line(finding: Finding) -> str:
    """The finding as one line of JSON. It is put together by hand: an encoder takes several times as long."""
    line, column = finding.line, finding.column
    text = (
        f'{{"code": {_text(finding.code)}, "severity": {_text(finding.severity)}, '
        f'"message": {encode_basestring(finding.message)}, '
        f'"resource": {_text(finding.resource)}, "path": {_text(finding.path)}, '
        f'"line": {"null" if line is None else line}, "column": {"null" if column is None else column}, '
        f'"column_letter": {_letter(column)}, "field": {_text(finding.field)}, '
        f'"row_key": {_cell(finding.row_key)}, "seen": {_cell(finding.seen)}, '
        f'"expected": {_cell(finding.expected)}, "mend": {_cell(finding.mend)}, "fix": {_cell(finding.fix)}, '
        f'"cause": {_text(finding.cause)}, "count": {finding.count}}}'
    )
    return text if text.isascii() and "##[" not in text else safe(text)


@lru_cache(maxsize=4096)
def _text(text: str | None) -> str:
    """A text that many findings share."""
    return "null" if text is None else encode_basestring(text)


def _cell(text: str | None) -> str:
    return "null" if text is None else encode_basestring(text)


@lru_cache(maxsize=4096)
def _letter(column: int | None) -> str:
    return "null" if column is None else f'"{column_letter(column)}"'


def _policy(report: Report, policy: Policy) -> dict[str, Any]:
    return {
        "select": None if policy.select is None else sorted(policy.select),
        "ignore": sorted(policy.ignore),
        "strict": policy.strict,
        "exceptions": policy.exceptions.path or None,
        "excepted": report.excepted,
    }


def _dump(value: Any) -> str:
    return safe(json.dumps(value, ensure_ascii=False))
