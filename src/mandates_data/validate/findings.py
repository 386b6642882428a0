"""What `validate` yields: rules with their codes, findings with their place, and the report that holds them."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

Severity = Literal["error", "warning"]

_SHOWN = 80
"""Characters of a cell that a message quotes."""

_UNSEEN = (
    "[\x00-\x1f\x7f-\x9f\xa0\xad\u061c\u180e\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3000\ud800-\udfff\ufeff"
    "\ufff9-\ufffb\U000e0000-\U000e007f]"
)
"""Characters that a terminal obeys or that a reader cannot see."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule that data must keep, with the page that `explain` prints on it.

    `code` never changes its meaning; `name` is a slug; `why` and `mend` are paragraphs for someone who has never
    programmed.
    """

    code: str
    name: str
    title: str
    why: str
    mend: str
    severity: Severity = "error"

    def finding(self, message: str, **place: Any) -> Finding:
        """A finding under this rule; `place` holds the other fields of `Finding`."""
        return Finding(self.code, self.severity, message, **place)


@dataclass(frozen=True, slots=True)
class Finding:
    """One defect, where it is and how to mend it; None where something does not apply.

    Attributes
    ----------
    code, severity
        Of the rule.
    message
        What is wrong, as a sentence that quotes what was seen. Place, field and row are not repeated in it.
    resource, path
        The table and its file (or the descriptor's file).
    line
        Line of the file, counting from 1, on which the cell or row begins.
    column
        Column of the file, counting from 1; `column_letter` names it as a spreadsheet does.
    field, row_key
        Name of the field, and the row's primary key as text, its parts joined with `/`.
    seen, expected
        The cell's text as it stands; what a sound one is like.
    mend
        The next step, as a sentence.
    fix
        The text that would mend the cell, where a machine can know it.
    count
        How many defects of the same kind this one stands for.
    cause
        A slug that findings of one cause share, such as `date-rewritten`: what a program did to many cells.
    """

    code: str
    severity: Severity
    message: str
    resource: str | None = None
    path: str | None = None
    line: int | None = None
    column: int | None = None
    field: str | None = None
    row_key: str | None = None
    seen: str | None = None
    expected: str | None = None
    mend: str | None = None
    fix: str | None = None
    count: int = 1
    cause: str | None = None

    @property
    def column_letter(self) -> str | None:
        """The column as a spreadsheet names it: A, B, ... Z, AA."""
        return None if self.column is None else column_letter(self.column)

    def to_dict(self) -> dict[str, Any]:
        """The finding as JSON has it: every field, and `column_letter`."""
        return dataclasses.asdict(self) | {"column_letter": self.column_letter}


@dataclass(frozen=True, slots=True)
class TableCount:
    """How much of a table was read: its name and number of rows, without the header."""

    resource: str
    rows: int


@dataclass(frozen=True, slots=True)
class Report:
    """All findings of one run, in the order of tables and lines, and what was looked at."""

    findings: Sequence[Finding]
    tables: tuple[TableCount, ...] = ()
    package: str = ""
    version: str = ""
    excepted: int = 0
    """Defects that the exceptions file accepts; they are in none of the counts."""

    @property
    def errors(self) -> int:
        """How many defects make the package unsound."""
        return self._count("error")

    @property
    def warnings(self) -> int:
        """How many defects deserve a look."""
        return self._count("warning")

    def _count(self, severity: Severity) -> int:
        counts: Mapping[tuple[str, str], int] | None = getattr(self.findings, "counts", None)  # of `SpooledFindings`
        if counts is not None:
            return sum(count for (_code, of), count in counts.items() if of == severity)
        return sum(finding.count for finding in self.findings if finding.severity == severity)

    @property
    def rows(self) -> int:
        """How many rows were read, in all tables."""
        return sum(table.rows for table in self.tables)

    @property
    def sound(self) -> bool:
        """Whether there is no error."""
        return not self.errors

    def with_findings(self, more: Iterable[Finding]) -> Report:
        """The report with further findings at its end."""
        with_more = getattr(self.findings, "with_more", None)
        return dataclasses.replace(self, findings=with_more(more) if with_more else (*self.findings, *more))

    def to_dict(self) -> dict[str, Any]:
        """The report as JSON has it."""
        return {
            "package": self.package,
            "version": self.version,
            "sound": self.sound,
            "errors": self.errors,
            "warnings": self.warnings,
            "tables": [{"resource": table.resource, "rows": table.rows} for table in self.tables],
            "findings": [finding.to_dict() for finding in self.findings],
        }


def by_code(rules: Iterable[Rule]) -> Mapping[str, Rule]:
    """Rules by their code."""
    return {rule.code: rule for rule in rules}


def column_letter(number: int) -> str:
    """A column's number as a spreadsheet writes it.

    >>> column_letter(6), column_letter(26), column_letter(27), column_letter(703)
    ('F', 'Z', 'AA', 'AAA')
    """
    letters = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def visible(text: str) -> str:
    r"""The text with every character that a terminal obeys, or that nobody sees, written out.

    >>> visible("red: \x1b[31m")
    'red: \\x1b[31m'
    """
    return re.sub(_UNSEEN, lambda found: found.group().encode("unicode_escape").decode("ascii"), text)


def quoted(text: str, limit: int = _SHOWN) -> str:
    r"""A cell as a message quotes it: visible, on one line, and shortened in its middle.

    >>> quoted("two\nlines"), quoted("abcdefgh", 5)
    ('"two\\nlines"', '"abc…h"')
    """
    if len(text) > limit:
        tail = limit // 4
        text = f"{text[: limit - 1 - tail]}…{text[len(text) - tail :]}"
    return f'"{visible(text)}"'
