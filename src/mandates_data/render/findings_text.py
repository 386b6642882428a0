"""A report for a person: one paragraph a finding, and a last line that sums it up."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable
from typing import IO

from ..validate.findings import Finding, Report, Rule, visible

_INDENT = " " * 8
_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m"}


def write_text(report: Report, out: IO[str], *, width: int | None = None, colour: bool = False) -> None:
    """Write the report.

    Parameters
    ----------
    report, out
        What to write, and where.
    width
        Columns of the terminal; None where lines are not to be broken.
    colour
        Whether codes are coloured by severity.
    """
    last = None
    for finding in report.findings:
        paint = (_COLOURS[finding.severity], "\x1b[0m") if colour else ("", "")
        head = f"{_place(finding)}  {finding.code}{_severity(finding)}  "
        line = head + visible(f"{_row(finding)}{finding.message}{_count(finding)}")
        text = _wrapped(line, "", width).replace(finding.code, f"{paint[0]}{finding.code}{paint[1]}", 1)
        out.write(text + "\n")
        mend = (finding.code, finding.mend)
        if finding.mend and mend != last:
            out.write(_wrapped(visible(finding.mend), _INDENT, width) + "\n")
        last = mend
    out.write(_wrapped(visible(summary(report)), "", width) + "\n")


def summary(report: Report) -> str:
    """The last line: what was looked at, and what was found."""
    name = " ".join(part for part in (report.package, report.version) if part)
    seen = f"{_number(len(report.tables), 'table')}, {_number(report.rows, 'row')}"
    if not report.findings:
        return f"{name} is sound: {seen}, no errors, no warnings."
    found = f"{_number(report.errors, 'error')}, {_number(report.warnings, 'warning')}"
    state = "is sound" if report.sound else "is not sound"
    return f"{name} {state}: {seen}, {found}. On a code: mandates-data explain {report.findings[0].code}"


def write_page(rule: Rule, out: IO[str], *, width: int | None = None) -> None:
    """Write the page on a rule."""
    out.write(f"{rule.code}  {rule.title} ({rule.severity})\n")
    for paragraph in (rule.why, f"How to mend it: {rule.mend}"):
        out.write("\n" + (textwrap.fill(paragraph, width) if width else paragraph) + "\n")


def write_index(rules: Iterable[Rule], out: IO[str]) -> None:
    """Write one line a rule."""
    for rule in rules:
        out.write(f"{rule.code}  {rule.title}{'' if rule.severity == 'error' else ' (warning)'}\n")


def _place(finding: Finding) -> str:
    parts = [visible(finding.path or finding.resource or "package")]
    if finding.line is not None:
        parts.append(str(finding.line))
        if finding.column_letter is not None:
            parts.append(finding.column_letter)
    return ":".join(parts)


def _severity(finding: Finding) -> str:
    return " warning" if finding.severity == "warning" else ""


def _row(finding: Finding) -> str:
    key = finding.row_key if finding.row_key is None or len(finding.row_key) <= 60 else finding.row_key[:59] + "…"
    names = [name for name in (key, finding.field) if name]
    return f"{', '.join(names)}: " if names else ""


def _count(finding: Finding) -> str:
    return f" ({finding.count:,} places)" if finding.count > 1 and finding.line is not None else ""


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")


def _wrapped(text: str, indent: str, width: int | None) -> str:
    if width is None:
        return indent + text
    return textwrap.fill(
        text,
        max(width, 30),
        initial_indent=indent,
        subsequent_indent=indent or "    ",
        break_long_words=False,
        break_on_hyphens=False,
    )
