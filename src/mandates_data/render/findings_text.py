"""A report for a person: a paragraph a finding, or one for many of the same cause, and a last line that sums it up."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from ..validate.findings import Report, Rule
from ..validate.policy import EVERYTHING, Policy
from .groups import Cell, Gathered, Group, gathered, number, title_of
from .summary import neutral, notes, verdict, without_commands

WORDED = 10_000
"""Findings that are worded; the others are counted."""

_OF_A_CAUSE = 5
_INDENT = " " * 8
_COLOURS = {"error": "\x1b[31m", "warning": "\x1b[33m"}


def write_text(
    report: Report,
    out: IO[str],
    *,
    width: int | None = None,
    colour: bool = False,
    policy: Policy = EVERYTHING,
    rules: Mapping[str, Rule] | None = None,
) -> None:
    """Write the report.

    Parameters
    ----------
    report, out
        What to write, and where.
    width
        Columns of the terminal; None where lines are not to be broken.
    colour
        Whether codes are coloured by severity.
    policy, rules
        What the report leaves out; the rules by code, whose titles stand over many findings of one cause.
    """
    found = gathered(report.findings, total=WORDED, cells=WORDED, of_a_cause=_OF_A_CAUSE)
    page = _Page(out, width, colour=colour)
    for paragraph in _paragraphs(found, rules or {}):
        page.write(paragraph)
    left_out = found.found - len(found.order)
    if left_out:
        are = "is" if left_out == 1 else "are"
        page.line(f"{left_out:,} of {found.found:,} findings {are} only counted here. All of them: --format json")
    said = notes(report, policy)
    if said:
        page.line(said)
    on_a_code = f" On a code: mandates-data explain {found.groups[0].code}" if found.groups else ""
    page.line(verdict(report) + on_a_code)


@dataclass(frozen=True, slots=True)
class _Paragraph:
    """A line that begins with a place and a code, the next step, and lines on single cells."""

    place: str
    group: Group
    message: str
    mend: str | None
    cells: tuple[str, ...] = ()


def _paragraphs(found: Gathered, rules: Mapping[str, Rule]) -> Iterator[_Paragraph]:
    """One for each finding that is worded alone, and one for each group of many, where its first finding stands."""
    alone: dict[int, Iterator[Cell]] = {}
    done: set[int] = set()
    for group in found.order:
        if group.is_many or group.found > len(group.cells):
            if id(group) not in done:
                done.add(id(group))
                yield _together(group, rules)
        else:
            cell = next(alone.setdefault(id(group), iter(group.cells)))
            more = f" ({cell.places:,} places)" if cell.places > 1 and cell.line is not None else ""
            message = f"{_named(cell.row_key, group.field)}{cell.message}{more}"
            yield _Paragraph(_place(group, cell), group, message, cell.mend)


def _together(group: Group, rules: Mapping[str, Rule]) -> _Paragraph:
    common = group.mend
    title = title_of(group.code, rules) or group.cells[0].message.rstrip(".")
    below = []
    for cell in group.cells:
        own = f" {cell.mend}" if cell.mend and cell.mend != common else ""
        place = ":".join(part for part in (str(cell.line or ""), cell.letter) if part)
        below.append(f"{place}{'  ' if place else ''}{_named(cell.row_key)}{cell.message}{own}")
    if group.found > len(group.cells):
        below.append(f"and {group.found - len(group.cells):,} more")
    message = f"{_named(group.field)}{title} ({number(group.count, 'place')})."
    return _Paragraph(group.place, group, message, common, tuple(below))


class _Page:
    """Writes paragraphs to a stream, broken to a width."""

    def __init__(self, out: IO[str], width: int | None, *, colour: bool) -> None:
        self._out = out
        self._width = width
        self._colour = colour
        self._last: tuple[str, str | None] | None = None

    def write(self, paragraph: _Paragraph) -> None:
        """A paragraph; a next step that the one before it has named already is left out."""
        code, severity = paragraph.group.code, paragraph.group.severity
        kind = " warning" if severity == "warning" else ""
        text = self._wrapped(f"{paragraph.place}  {code}{kind}  {paragraph.message}")
        if self._colour:
            place, mark, rest = text.partition(code)
            text = f"{place}{_COLOURS[severity]}{mark}\x1b[0m{rest}"
        self._out.write(text + "\n")
        mend = (code, paragraph.mend)
        if paragraph.mend and mend != self._last:
            self.line(paragraph.mend, _INDENT)
        self._last = mend
        for line in paragraph.cells:
            self.line(line, _INDENT)

    def line(self, text: str, indent: str = "") -> None:
        """A line, indented."""
        self._out.write(self._wrapped(text, indent) + "\n")

    def _wrapped(self, text: str, indent: str = "") -> str:
        text = neutral(text)
        if self._width is None:
            return indent + text
        return without_commands(
            textwrap.fill(
                text,
                max(self._width, 30),
                initial_indent=indent,
                subsequent_indent=indent or "    ",
                break_long_words=False,
                break_on_hyphens=False,
            )
        )


def write_page(rule: Rule, out: IO[str], *, width: int | None = None) -> None:
    """Write the page on a rule."""
    out.write(f"{rule.code}  {rule.title} ({rule.severity})\n")
    for paragraph in (rule.why, f"How to mend it: {rule.mend}"):
        out.write("\n" + (textwrap.fill(paragraph, width) if width else paragraph) + "\n")


def write_index(rules: Iterable[Rule], out: IO[str]) -> None:
    """Write one line a rule."""
    for rule in rules:
        out.write(f"{rule.code}  {rule.title}{'' if rule.severity == 'error' else ' (warning)'}\n")


def _place(group: Group, cell: Cell) -> str:
    parts = [group.place]
    if cell.line is not None:
        parts.append(str(cell.line))
        if cell.letter:
            parts.append(cell.letter)
    return ":".join(parts)


def _named(*names: str | None) -> str:
    said = ", ".join(name for name in names if name)
    return f"{said}: " if said else ""
