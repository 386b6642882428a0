"""Findings brought together by their cause, in one pass over any number of them, in memory that has a bound."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from ..validate.findings import Finding, Rule, Severity, column_letter

MANY_OF_A_CAUSE = 3
"""Findings with one known cause that are still told one by one."""

MANY_OF_A_COLUMN = 20
"""Findings of one rule in one column, their cause unknown, that are still told one by one."""

MOST_GROUPS = 5000
"""Groups that are told apart; what comes after is told by code and file alone."""

_LONGEST = 1000  # characters of a sentence


class Cell(NamedTuple):
    """What of one finding is told when its group has said the rest."""

    line: int | None
    column: int | None
    row_key: str | None
    message: str
    mend: str | None
    places: int

    @property
    def letter(self) -> str:
        """The column as a spreadsheet names it; empty where there is none."""
        return "" if self.column is None else column_letter(self.column)


@dataclass(slots=True)
class Group:
    """The findings of one code, file, table, field and cause, with the first of them.

    Attributes
    ----------
    code, severity, path, resource, field, cause
        What they share; None where they have none.
    found, count
        How many findings there are, and how many defects they stand for.
    cells
        The first of them, in their order.
    mixed
        Whether it holds what was not told apart: its cells stand in several columns of the file.
    """

    code: str
    severity: Severity
    path: str | None = None
    resource: str | None = None
    field: str | None = None
    cause: str | None = None
    found: int = 0
    count: int = 0
    cells: list[Cell] = dataclasses.field(default_factory=list)
    mixed: bool = False

    @property
    def is_many(self) -> bool:
        """Whether the findings are better told together than one by one."""
        return self.mixed or self.found > (MANY_OF_A_COLUMN if self.cause is None else MANY_OF_A_CAUSE)

    @property
    def mend(self) -> str | None:
        """The next step that most of the kept cells share; None where most have one of their own."""
        ((mend, cells),) = Counter(cell.mend for cell in self.cells).most_common(1)
        return mend if cells > len(self.cells) / 2 else None

    @property
    def place(self) -> str:
        """The file, or what comes nearest to one."""
        return self.path or self.resource or "package"


@dataclass(slots=True)
class Gathered:
    """All groups, in the order of their first findings, and the group of each cell that is kept, in their order."""

    groups: list[Group]
    order: list[Group]

    @property
    def found(self) -> int:
        """How many findings there are."""
        return sum(group.found for group in self.groups)

    def errors_first(self) -> list[Group]:
        """The groups, errors before warnings."""
        return sorted(self.groups, key=lambda group: group.severity != "error")


def gathered(findings: Iterable[Finding], *, total: int, cells: int, of_a_cause: int) -> Gathered:
    """The findings by their cause.

    Parameters
    ----------
    findings
        Iterated once.
    total
        Cells that are kept in all; the first of a group is kept also when they are used up.
    cells, of_a_cause
        Cells that are kept of a group; of one with a known cause.
    """
    groups: dict[tuple[str | None, ...], Group] = {}
    order: list[Group] = []
    for finding in findings:
        cause = finding.cause
        key = (finding.code, finding.path, finding.resource, finding.field, cause)
        group = groups.get(key) or _new_group(groups, key, finding)
        group.found += 1
        group.count += finding.count
        kept = len(group.cells)
        if kept < (cells if cause is None else of_a_cause) and (len(order) < total or not kept):
            group.cells.append(_cell(finding))
            order.append(group)
    return Gathered(list(groups.values()), order)


def _new_group(groups: dict[tuple[str | None, ...], Group], key: tuple[str | None, ...], finding: Finding) -> Group:
    if len(groups) >= MOST_GROUPS:
        rest = Group(finding.code, finding.severity, finding.path, finding.resource, mixed=True)
        return groups.setdefault((finding.code, finding.path), rest)
    _code, path, resource, name, cause = key
    groups[key] = group = Group(finding.code, finding.severity, path, resource, _cut(name, 100), cause)
    return group


def _cell(finding: Finding) -> Cell:
    return Cell(
        finding.line,
        finding.column,
        _cut(finding.row_key, 60),
        _cut(finding.message, _LONGEST) or "",
        _cut(finding.mend, _LONGEST),
        finding.count,
    )


def _cut(text: str | None, limit: int) -> str | None:
    return text if text is None or len(text) <= limit else text[: limit - 1] + "…"


def title_of(code: str, rules: Mapping[str, Rule]) -> str:
    """What a rule says is wrong; empty where the rule is not known."""
    rule = rules.get(code)
    return "" if rule is None else rule.title


def number(count: int, noun: str) -> str:
    """The count with its noun.

    >>> number(1, "row"), number(2000, "row")
    ('1 row', '2,000 rows')
    """
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
