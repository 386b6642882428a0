"""Why a file is left as it stands, in words: one cause is one entry, with its first place and its count."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

from ..package.model import Resource
from ..package.reader import FATAL, Flaw
from ..validate import codes_file, codes_row
from ..validate.findings import Rule
from ..validate.header_causes import SAMPLE, is_marker
from ..validate.structure import flaw_findings, judge_header
from .layout import Reading
from .values import Left, Place

_WORDS: dict[str, tuple[str, str, Rule]] = {
    "conflict-markers": (
        "The marks of a merge that nobody sorted out stand here.", codes_file.CONFLICT.mend, codes_file.CONFLICT,
    ),
    "two-tables": (
        "A header stands here again: two tables were pasted into one.",
        codes_file.SECOND_TABLE.mend, codes_file.SECOND_TABLE,
    ),
    "unnamed-column": (
        "The row has a text in a column without a name.",
        "Delete the column, or give it a name that the schema knows.",
        codes_file.COLUMN_EXTRA,
    ),
    "blank-line": (
        "The line is blank, and rows follow, so that something may be lost here.",
        "Delete the line if nothing is missing.",
        codes_file.BLANK_LINE,
    ),
    "empty-rows": (
        "The row holds nothing but separators, and rows follow, so that something may be lost here.",
        "Delete the row if nothing is missing.",
        codes_file.EMPTY_ROWS,
    ),
    "row-too-short": (
        "The row has fewer cells than the header.", codes_row.ROW_TOO_SHORT.mend, codes_row.ROW_TOO_SHORT,
    ),
    "row-too-long": (
        "The row has more cells than the header.", codes_row.ROW_TOO_LONG.mend, codes_row.ROW_TOO_LONG,
    ),
    "null-character": (
        "The line has a null character.", codes_file.NULL_CHARACTER.mend, codes_file.NULL_CHARACTER,
    ),
}  # fmt: skip
"""What is said of each misfit, in the order in which causes come before what they bring about."""
_ALONE = ("conflict-markers", "two-tables")
"""Causes that bring about all others."""


def why_left(text: bytes, readings: Iterable[Reading], stated: Reading, resource: Resource) -> tuple[Left, ...]:
    """What keeps the text from being rows; at least one entry.

    `readings` are those whose header fits, `stated` is the one with the stated sign.
    """
    conflict = _conflict(text)
    if conflict:
        return conflict
    fatal = [flaw for flaw in stated.flaws if flaw.kind in FATAL]
    reading = next(iter(readings), None)
    if reading is not None:
        fatal = [flaw for flaw in reading.flaws if flaw.kind in FATAL]
    if fatal:
        return tuple(_fatal(fatal, resource))
    if reading is None:
        return tuple(_header(stated, resource))
    return tuple(_misfits(reading, resource))


def _conflict(text: bytes) -> tuple[Left, ...]:
    """Git's marks, where they begin a line, whatever else the file is."""
    if not re.search(rb"^(?:<{7}|>{7}) ", text, re.MULTILINE):
        return ()
    lines = re.split(r"\r\n|\r|\n", text.decode("utf-8"))
    marks = [number for number, line in enumerate(lines, 1) if is_marker(line)]
    said, mend, rule = _WORDS["conflict-markers"]
    return (Left("conflict-markers", said, mend, rule.code, Place(line=marks[0]), count=len(marks)),) if marks else ()


def _fatal(flaws: list[Flaw], resource: Resource) -> Iterator[Left]:
    for flaw in flaws:
        for finding in flaw_findings([flaw], {}, resource):
            yield Left.of(flaw.kind, finding)


def _header(stated: Reading, resource: Resource) -> Iterator[Left]:
    findings = judge_header(stated.header, resource, lambda: stated.records[:SAMPLE]).findings
    for finding in findings:
        yield Left.of("header", finding)
    if not findings:
        said = "The header does not name the columns of the schema."
        yield Left("header", said, codes_file.HEADER_MISSING.mend, place=Place(line=stated.first_line))


def _misfits(reading: Reading, resource: Resource) -> Iterator[Left]:
    counts: Counter[str] = Counter()
    first: dict[str, int] = {}
    for kind, line in reading.misfits():
        counts[kind] += 1
        first.setdefault(kind, line)
    alone = [kind for kind in _ALONE if kind in counts]
    for kind, (said, mend, rule) in _WORDS.items():
        if kind in counts and (not alone or kind == alone[0]):
            index = _index_column(reading, resource) if kind == "unnamed-column" else None
            place = Place(line=first[kind])
            yield index or Left(kind, said, mend, rule.code, place, count=counts[kind])


def _index_column(reading: Reading, resource: Resource) -> Left | None:
    """The column without a name that only counts the rows, where it is that."""
    findings = judge_header(reading.header, resource, lambda: reading.records[:SAMPLE]).findings
    rule = codes_file.INDEX_COLUMN
    return next((Left.of(rule.name, finding) for finding in findings if finding.code == rule.code), None)
