"""The lines that sum a report up, the same in every format for people."""

from __future__ import annotations

import re

from ..validate.findings import Report, visible
from ..validate.policy import EVERYTHING, Policy
from .groups import number

_FEW_CODES = 6
_LONGEST_NAME = 200
_COMMAND = re.compile(r"^(\s*)::|##\[", re.MULTILINE)


def verdict(report: Report) -> str:
    """Whether the package is sound, what was looked at, and what was found."""
    name = " ".join(part for part in (report.package, report.version) if part)
    name = name if len(name) <= _LONGEST_NAME else name[: _LONGEST_NAME - 1] + "…"
    seen = f"{number(len(report.tables), 'table')}, {number(report.rows, 'row')}"
    errors, warnings = report.errors, report.warnings
    if not errors and not warnings:
        return f"{name} is sound: {seen}, no errors, no warnings."
    found = f"{number(errors, 'error')}, {number(warnings, 'warning')}"
    return f"{name} is {'not ' if errors else ''}sound: {seen}, {found}."


def notes(report: Report, policy: Policy = EVERYTHING) -> str:
    """What the verdict leaves out, and why it may fail all the same; empty where nothing is to be said."""
    said = []
    if policy.select is not None:
        said.append(f"Looked at {_codes(policy.select)} only.")
    if policy.ignore:
        said.append(f"Not looked at: {_codes(policy.ignore)}.")
    if report.excepted:
        said.append(f"Accepted by {policy.exceptions.path or 'exceptions'}: {number(report.excepted, 'finding')}.")
    if policy.strict and not report.errors and report.warnings:
        said.append("Warnings fail too.")
    return " ".join(said)


def neutral(text: str) -> str:
    r"""The text as a line of a log: visible, and no command to the runner of a GitHub workflow.

    The runner takes a line that begins with `::`, blanks before it or not, and `##[` anywhere in one, for the
    beginning of a command (its `ActionCommand`).

    >>> print(neutral("::error::gone\x1b[2J ##[add-mask]a"))
    \x3a:error::gone\x1b[2J #\x23[add-mask]a
    """
    return without_commands(visible(text))


def without_commands(text: str) -> str:
    """The same for lines that are visible already."""
    if "::" not in text and "##[" not in text:
        return text
    return _COMMAND.sub(lambda found: "#\\x23[" if found[0] == "##[" else f"{found[1]}\\x3a:", text)


def _codes(codes: frozenset[str]) -> str:
    return ", ".join(sorted(codes)) if len(codes) <= _FEW_CODES else number(len(codes), "rule")
