"""What programs and people do to the rows of a whole file, each one finding with its count and its first lines.

`FileCauses.settle` goes over each batch before any rule does, and takes out what is no record: rows of commas, the
marks of a merge, a header in the middle, totals. Rows that only have empty cells too many are cut to their width. So
nothing else is said of them. A batch in which all is well costs a look at its first column.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from ..package.batches import Batch
from ..package.model import Package, Resource
from ..package.reader import Flaw, Record
from . import codes_file as codes
from .cells import Column
from .findings import Finding, Rule, quoted
from .header_causes import is_marker
from .structure import Header

_FIRST = 5
"""Lines that a finding names."""

_WORDS = (
    "total", "totals", "grand total", "subtotal", "sum", "totales", "total general", "suma", "totais", "soma", "totaux",
    "somme", "gesamt", "summe", "totale",
)  # fmt: skip
_TOTALS = frozenset(
    form + end for word in _WORDS for form in (word, word.capitalize(), word.title(), word.upper()) for end in ("", ":")
)

Headers = Sequence[tuple[str, Sequence[str]]]
"""The names of other tables, with their columns."""


def other_headers(package: Package, resource: Resource) -> Headers:
    """The headers of the other tables that could be told apart from a row."""
    others = [(one.name, one.schema.field_names) for one in package.resources if one.name != resource.name]
    return tuple((name, names) for name, names in others if len(names) > 1 and names != resource.schema.field_names)


@dataclass(frozen=True, slots=True)
class Cause:
    """What happened to some rows: the rule that it breaks, how many rows, the first lines, and what was seen."""

    rule: Rule
    count: int
    lines: tuple[int, ...]
    seen: str = ""

    def moved(self, lines: int) -> Cause:
        """The same, so many lines further down."""
        return replace(self, lines=tuple(line + lines for line in self.lines))

    def joined(self, after: Cause) -> Cause:
        """The same with what happened to later rows."""
        return replace(self, count=self.count + after.count, lines=(*self.lines, *after.lines)[:_FIRST])


def joined(causes: Iterable[Cause]) -> list[Cause]:
    """Causes in the order of the file, those of one rule in one.

    >>> [cause.lines for cause in joined([Cause(codes.EMPTY_ROWS, 1, (4,)), Cause(codes.EMPTY_ROWS, 1, (7,))])]
    [(4, 7)]
    """
    by_rule: dict[tuple[str, str], Cause] = {}
    for cause in causes:
        kind = (cause.rule.code, cause.seen)
        by_rule[kind] = by_rule[kind].joined(cause) if kind in by_rule else cause
    return list(by_rule.values())


@dataclass(frozen=True, slots=True)
class Settled:
    """A batch without what is no record, and what that was. From line `end` on no row is of this table, where not 0."""

    batch: Batch
    causes: Sequence[Cause] = ()
    end: int = 0


class FileCauses:
    """Looks for causes in the batches of one table, in any order and in any process.

    Parameters
    ----------
    resource
        The table.
    header
        What is known of its columns.
    columns
        The checks of its fields, with their places.
    others
        See `other_headers`.
    """

    def __init__(
        self, resource: Resource, header: Header, columns: Sequence[tuple[Column, int]], others: Headers = ()
    ) -> None:
        self._names = list(resource.schema.field_names) if resource.dialect.header else []
        self._width = width = header.width
        self._numbered = header.numbered
        self._columns = columns
        self._blank = width > 1 and all("" in column.missing for column, _place in columns)
        self._may_be_blank = not any(column.problems("") for column, _place in columns)
        self._others = {tuple(names): name for name, names in others}
        self._beginnings = {names[0] for names in self._others if len(names) == width}

    def settle(self, batch: Batch) -> Settled:
        """A batch as the rules should see it."""
        if not batch.odd and not self._doubtful(batch):
            return Settled(batch)
        told: list[Cause] = []
        kept: list[Record] = []
        for record in _in_order(batch):
            if table := self._others.get(tuple(record.cells)):
                told.append(Cause(codes.SECOND_TABLE, 1, (record.line,), table))
                return Settled(_batch(kept, self._width), joined(told), record.line)
            rule, cells = self._judged(record.cells)
            if rule is not None:
                told.append(Cause(rule, 1, (record.line,), record.cells[0] if rule is codes.TOTALS_ROW else ""))
            if cells:
                kept.append(Record(record.line, cells))
        return Settled(_batch(kept, self._width), joined(told)) if told else Settled(batch)

    def _judged(self, cells: list[str]) -> tuple[Rule | None, list[str]]:
        """What was done to a row, and the record that is left of it; no cells where it is none."""
        if self._blank and not any(cells) and len(cells) == self._width and self._may_be_blank:
            return codes.ROWS_WITHOUT_VALUES, cells
        rule = self._no_record(cells)
        if rule is not None:
            return rule, []
        if self._numbered and len(cells) == self._width + 1 and re.fullmatch("[0-9]+", cells[0]):
            return codes.INDEX_COLUMN, cells[1:]
        if len(cells) > self._width > 0 and not any(cells[self._width :]):
            return codes.EMPTY_COLUMNS, cells[: self._width]
        return None, cells

    def _doubtful(self, batch: Batch) -> bool:
        if self._width < 2 or not batch.lines:
            return bool(batch.lines) and bool(batch.columns) and "=======" in batch.columns[0]
        first = batch.columns[0]
        if self._blank and "" in first and any(not any(row) for row in zip(*batch.columns, strict=True) if not row[0]):
            return True
        if self._names and self._names[0] in first:
            return True
        if any(beginning in first for beginning in self._beginnings):
            return True
        return not _TOTALS.isdisjoint(first)

    def _no_record(self, cells: list[str]) -> Rule | None:
        if cells and is_marker(cells[0]):
            return codes.CONFLICT
        if self._blank and not any(cells):
            return codes.EMPTY_ROWS
        if self._width > 1 and cells == self._names:
            return codes.SECOND_TABLE
        return codes.TOTALS_ROW if cells and cells[0] in _TOTALS and self._is_total(cells) else None

    def _is_total(self, cells: Sequence[str]) -> bool:
        """Only where the row breaks a rule of the schema: "Total" may be a category like any other."""
        if len(cells) != self._width:
            return True
        found = (problem for column, place in self._columns for problem in column.problems(cells[place]))
        return any(problem.rule.severity == "error" for problem in found)


def _in_order(batch: Batch) -> Iterator[Record]:
    rows = [batch.record(place) for place in range(len(batch.lines))]
    return iter(sorted([*rows, *batch.odd], key=lambda record: record.line) if batch.odd else rows)


def _batch(records: Sequence[Record], width: int) -> Batch:
    even = [record for record in records if len(record.cells) == width]
    odd = [record for record in records if len(record.cells) != width]
    columns = list(zip(*[record.cells for record in even], strict=True)) if even else [()] * width
    return Batch([record.line for record in even], columns, odd)


def unexplained(flaws: Iterable[Flaw], causes: Sequence[Cause], end: int) -> list[Flaw]:
    """The flaws of a file that its causes do not bring about: none of another table, no gap before a second header."""
    left = sorted(flaws, key=lambda flaw: flaw.line)
    gaps = {flaw.line for flaw in left if flaw.kind == "blank-line"}
    for cause in causes:
        for line in cause.lines if cause.rule.code == codes.SECOND_TABLE.code else ():
            while line - 1 in gaps:
                line -= 1  # noqa: PLW2901 - upwards, as far as the gap goes
                gaps.remove(line)
    return [
        flaw for flaw in left if not (end and flaw.line >= end) and (flaw.kind != "blank-line" or flaw.line in gaps)
    ]


def cause_findings(causes: Iterable[Cause], resource: Resource) -> Iterator[Finding]:
    """One finding a cause."""
    for cause in joined(causes):
        rule = cause.rule
        said = _SAID[rule.code].format(seen=quoted(cause.seen), lines=on_lines(cause))
        if rule.code == codes.SECOND_TABLE.code and cause.seen:
            said = f"From line {cause.lines[0]} on stands another table, {cause.seen}. Nothing after it was checked."
        count = cause.count if rule.code != codes.CONFLICT.code else max(1, cause.count // 3)
        yield rule.finding(
            said, resource=resource.name, path=resource.path, line=cause.lines[0], mend=rule.mend, count=count,
            seen=cause.seen or None, cause=rule.name,
        )  # fmt: skip


_SAID: Mapping[str, str] = {
    codes.INDEX_COLUMN.code: "A cell that only counts the rows stands before the others {lines}.",
    codes.EMPTY_COLUMNS.code: "Empty cells stand after the last column {lines}.",
    codes.EMPTY_ROWS.code: "There are only commas {lines}.",
    codes.ROWS_WITHOUT_VALUES.code: "There are only commas {lines}.",
    codes.CONFLICT.code: "The marks of an unfinished merge stand {lines}.",
    codes.TOTALS_ROW.code: "The row begins with {seen}: it adds up the others.",
    codes.SECOND_TABLE.code: "The header stands again {lines}.",
}


def on_lines(cause: Cause) -> str:
    """The first lines of a cause, and how many more there are.

    >>> on_lines(Cause(codes.EMPTY_ROWS, 9, (4, 5, 6, 7, 8)))
    'on lines 4, 5, 6, 7, 8 and 4 more'
    """
    lines = [str(line) for line in cause.lines[:_FIRST]]
    if cause.count == 1:
        return f"on line {lines[0]}"
    more = cause.count - len(lines)
    last = f"{more:,} more" if more else lines.pop()
    return f"on lines {', '.join(lines)} and {last}"
