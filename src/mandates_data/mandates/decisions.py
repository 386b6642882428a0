"""What an archived page does not say and a person decided: `<source_id>.decisions.csv`, written by hand.

Its columns are `line` (of the page; empty where the page as a whole is meant), `decision`, `value` and `reason`.
"""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from ..errors import TableError
from ..package.model import Dialect
from ..package.reader import Flaw, TableReader
from ..package.writer import format_row

COLUMNS = ("line", "decision", "value", "reason")

_ID = r"[a-z0-9]+(-[a-z0-9]+)*"
_LINE = r"[1-9][0-9]{0,8}"
_TEXT = r"(?s:\S|\S.*\S)"

ON_PAGE: Mapping[str, tuple[str, str]] = {
    "archived_on": (r"\d{4}-\d{2}-\d{2}", "a day as YYYY-MM-DD"),
    "language": (r"[a-z]{2,3}(-[A-Za-z0-9]+)*", "a language tag such as en"),
    "publisher": (_TEXT, "the publisher's name"),
    "rights": (_TEXT, "what is known of the rights"),
    "topic": (_ID, "a topic_id"),
    "url": (r"https?://\S+", "an address that begins with http:// or https://"),
}
"""Decisions about the page as a whole: the form of their value, and that form in words."""

ON_LINE: Mapping[str, tuple[str, str]] = {
    "boilerplate": (_TEXT, "the text of the line"),
    "completeness": (r"items_missing|opening_missing", "items_missing or opening_missing"),
    "document": (_ID, "a document_id"),
    "item": (_LINE, "the line of the paragraph that the item belongs to"),
    "near_twin": (r"distinct", "the word distinct"),
    "paragraph": (r"\d+(\.\d+)*", "an official number such as 68 or 6.1"),
    "preamble": (_LINE, "the line of the preamble"),
    "role": (r"preamble", "the word preamble (mandate is what any other paragraph is)"),
    "section": (_TEXT, "the section's name"),
}
"""Decisions about one line."""

REQUIRED = ("language", "publisher", "rights")


@dataclass(frozen=True, slots=True)
class Decision:
    """One row. `line` is None for the page as a whole; `row` is the line of the decisions file."""

    line: int | None
    name: str
    value: str
    reason: str
    row: int = 0


def parse_decisions(content: bytes, label: str) -> list[Decision]:
    """The rows of a decisions file, whatever they say.

    Raises
    ------
    TableError
        The file is no table of these columns, or a line number is not a number.
    """

    def refuse(flaw: Flaw) -> None:
        if flaw.kind not in ("byte-order-mark", "carriage-returns", "no-final-line-end"):
            raise TableError(
                f"{label}:{flaw.line or 1} cannot be read as a table: {flaw.kind.replace('-', ' ')}.",
                "Save it as comma-separated text in UTF-8.",
            )

    reader = TableReader(io.BytesIO(content), Dialect(), "utf-8", refuse)
    if tuple(reader.header) != COLUMNS:
        raise TableError(f"{label}: the header is {','.join(reader.header)!r}.", f"Write {','.join(COLUMNS)!r}.")
    found = []
    for batch in reader.batches():
        for record in batch:
            line, name, value, reason = record.cells
            if line and not re.fullmatch(_LINE, line, re.ASCII):
                raise TableError(f"{label}:{record.line}: the line is {line!r}.", "Write a line number of the page.")
            found.append(Decision(int(line) if line else None, name, value, reason, record.line))
    return found


def format_decisions(decisions: list[Decision]) -> bytes:
    """A decisions file in its one form: sorted by line, then by decision; UTF-8, LF, quotes where needed."""
    rows = sorted(decisions, key=lambda decision: (decision.line or 0, decision.name, decision.value))
    lines = [format_row(COLUMNS)]
    lines += [format_row([str(d.line or ""), d.name, d.value, d.reason]) for d in rows]
    return "".join(lines).encode("utf-8")


def fault(decision: Decision) -> str:
    """What is wrong with a decision in itself, in words; empty where nothing is."""
    known, other = (ON_PAGE, ON_LINE) if decision.line is None else (ON_LINE, ON_PAGE)
    if decision.name not in known:
        if decision.name in other:
            return "is about a line: name it" if decision.line is None else "is about the page: leave its line empty"
        return f"is not known; known are {', '.join(sorted({**ON_PAGE, **ON_LINE}))}"
    form, words = known[decision.name]
    if not re.fullmatch(form, decision.value, re.ASCII if form != _TEXT else 0):
        return f"has the value {decision.value!r}; expected {words}"
    return "" if decision.reason.strip() else "gives no reason"


class Docket:
    """Hands out decisions, and knows at the end which were never called for."""

    def __init__(self, decisions: list[Decision]) -> None:
        self._open: dict[tuple[int | None, str], Decision] = {}
        self.faults: list[tuple[Decision, str]] = []
        for decision in decisions:
            wrong = fault(decision)
            if not wrong and (decision.line, decision.name) in self._open:
                wrong = "is given twice"
            if wrong:
                self.faults.append((decision, wrong))
            else:
                self._open[decision.line, decision.name] = decision
        self._taken: set[tuple[int | None, str]] = set()

    def take(self, line: int | None, name: str) -> str:
        """The value decided there, which counts as called for; empty where none is."""
        decision = self._open.get((line, name))
        if decision is None:
            return ""
        self._taken.add((line, name))
        return decision.value

    def lines_of(self, name: str) -> list[int]:
        """The lines for which that decision is given, in order. They do not count as called for yet."""
        return sorted(line for line, known in self._open if known == name and line is not None)

    def left(self) -> list[Decision]:
        """The sound decisions that nothing on the page called for."""
        return [decision for place, decision in self._open.items() if place not in self._taken]
