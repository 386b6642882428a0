"""Reads an archived page with its decisions: what each line is, whose text it is, and what is still undecided.

Nothing is guessed. A line that neither the grammar nor a person explains, a decision that is missing and one that the
page does not call for are `Problem`s; a page with any of them is not taken into the tables.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from .boilerplate import BLANKS, is_blank, unexplained
from .citations import Citations, Split, looks_cited
from .decisions import REQUIRED, Decision, Docket
from .page import ItemLine, Page, ParagraphLine, page_lines, parse_page
from .topics import topics_of

ProblemKind = Literal["unexplained line", "missing decision", "refused decision"]


@dataclass(frozen=True, slots=True)
class Problem:
    """Why a page is refused. `line` is of the page, 0 for the page as a whole; `seen` is its text, where it helps."""

    kind: ProblemKind
    line: int
    message: str
    seen: str = ""


@dataclass(frozen=True, slots=True)
class PrintedItem:
    """An item as printed. `label` is empty for a bullet, `citation` but on the last one of a paragraph."""

    line: int
    marker: str
    label: str
    text: str
    citation: str


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph as printed, with what the page or a person says of it. Empty texts and None are missing values."""

    line: int
    marker: str
    text: str
    citation: str
    items: tuple[PrintedItem, ...]
    document_id: str
    document_basis: str
    section: str
    paragraph: str
    role: str
    preamble_line: int | None
    completeness: str
    distinct: bool


@dataclass(frozen=True)
class Reading:
    """All that a page holds. `facts` are the decisions about the page as a whole; the heading may be empty."""

    paragraphs: tuple[Paragraph, ...]
    heading: str
    topic_id: str
    facts: Mapping[str, str]
    problems: tuple[Problem, ...]


def read_page(content: bytes, label: str, decisions: list[Decision], citations: Citations, topic: str = "") -> Reading:
    """Read a page.

    Parameters
    ----------
    content, label
        The bytes of the archived page, and its name for messages.
    topic
        The `topic_id` that the caller states, empty where it is left to the page and its decisions.

    Raises
    ------
    PageError
        The bytes cannot be read as a page at all.
    """
    lines = page_lines(content, label)
    reader = _Reader(decisions, citations)
    return reader.read(lines, topic)


class _Reader:
    """One reading: hands the decisions out and collects the problems."""

    def __init__(self, decisions: list[Decision], citations: Citations) -> None:
        self._docket = Docket(decisions)
        self._citations = citations
        self._problems: list[Problem] = []

    def read(self, lines: list[str], topic: str) -> Reading:
        page = parse_page(lines, frozenset(self._docket.lines_of("item")))
        self._check_others(page)
        paragraphs = [paragraph for printed in page.paragraphs if (paragraph := self._paragraph(printed))]
        self._check_preambles(paragraphs)
        facts = {name: self._docket.take(None, name) for name in (*REQUIRED, "url", "archived_on")}
        for name in REQUIRED:
            if not facts[name]:
                self._missing(0, f"say the {name} of the page (decision {name}, with an empty line)")
        topic_id = self._topic(page.heading, topic)
        self._refuse_the_rest(lines)
        problems = sorted(self._problems, key=lambda problem: (problem.line, problem.kind, problem.message))
        return Reading(tuple(paragraphs), page.heading, topic_id, facts, tuple(problems))

    def _check_others(self, page: Page) -> None:
        """Every line but the paragraphs and items is boilerplate by a rule or by decision."""
        if not page.paragraphs:
            self._problem("unexplained line", 0, "the page has no paragraph of a mandate")
        found = unexplained(page.others, page.first_line, page.last_line, lambda line: line == page.heading != "")
        for number, wrong in found:
            seen = page.others.get(number, "")
            decided = self._docket.take(number, "boilerplate") if number else ""
            if not decided:
                self._problem("unexplained line", number, wrong, seen)
            elif decided != seen.strip(BLANKS):
                self._problem("refused decision", number, f"boilerplate {decided!r}: the line says otherwise", seen)

    def _paragraph(self, printed: ParagraphLine) -> Paragraph | None:
        own, last, basis = self._document(printed)
        items = self._items(printed, last)
        if not basis:
            return None
        take, line = self._docket.take, printed.line
        preamble = take(line, "preamble")
        return Paragraph(
            line=line,
            marker=printed.marker,
            text=own.text,
            citation=own.citation,
            items=items,
            document_id=own.document_id or last.document_id,
            document_basis=basis,
            section=own.section or last.section or take(line, "section"),
            paragraph=printed.official or take(line, "paragraph"),
            role=take(line, "role") or "mandate",
            preamble_line=int(preamble) if preamble else None,
            completeness=take(line, "completeness") or "whole",
            distinct=bool(take(line, "near_twin")),
        )

    def _document(self, printed: ParagraphLine) -> tuple[Split, Split, str]:
        """Text and citation of a paragraph and of its last item, and what its document rests on (empty: nothing)."""
        own = self._citations.split(printed.rest)
        item = printed.items[-1] if printed.items else None
        last = self._citations.split(item.rest) if item else Split("")
        if own.document_id:
            if last.document_id not in ("", own.document_id):
                assert item is not None
                self._problem(
                    "unexplained line", item.line, f"cites another document than line {printed.line}", item.rest
                )
            return own, last, "printed"
        if looks_cited(printed.rest) or not last.document_id:
            decided = self._decided_document(printed.line)
            if decided:
                own = self._citations.split_as(decided, printed.rest)
                return own, last, "printed" if own.citation else "inferred"
        if last.document_id:
            return own, last, "item"
        if item and looks_cited(item.rest):
            decided = self._decided_document(item.line)
            if decided:
                return own, self._citations.split_as(decided, item.rest), "item"
        self._ask_for_document(printed, item)
        return own, last, ""

    def _decided_document(self, line: int) -> str:
        document_id = self._docket.take(line, "document")
        if document_id and document_id not in self._citations:
            self._problem("refused decision", line, f"the table documents has no {document_id!r}")
            return ""
        return document_id

    def _ask_for_document(self, printed: ParagraphLine, item: ItemLine | None) -> None:
        cited = printed if looks_cited(printed.rest) else item if item and looks_cited(item.rest) else None
        if cited:
            what = "spacing, brackets and final stop do not explain the citation: name its document"
        else:
            what = "no citation of a known document: name the document that it stands in"
        line = cited or printed
        self._missing(line.line, f"{what} (decision document)", line.rest[-90:])

    def _items(self, printed: ParagraphLine, last: Split) -> tuple[PrintedItem, ...]:
        found = []
        labels = [item.label for item in printed.items if item.label]
        for item in printed.items:
            split = last if item is printed.items[-1] else Split(item.rest)
            if split is not last and self._citations.split(item.rest).citation:
                self._problem("unexplained line", item.line, "cites a document but is not the last item", item.rest)
            if labels.count(item.label) > 1:
                self._problem("unexplained line", item.line, f"the label {item.label!r} stands twice", item.rest)
            if not item.marker and self._docket.take(item.line, "item") != str(printed.line):
                self._problem(
                    "refused decision", item.line, f"item: the paragraph above it is on line {printed.line}", item.rest
                )
            found.append(PrintedItem(item.line, item.marker, item.label, split.text, split.citation))
        return tuple(found)

    def _check_preambles(self, paragraphs: list[Paragraph]) -> None:
        by_line = {paragraph.line: paragraph for paragraph in paragraphs}
        for paragraph in paragraphs:
            if paragraph.preamble_line is None:
                continue
            preamble = by_line.get(paragraph.preamble_line)
            if preamble is None or preamble.role != "preamble":
                wrong = f"line {paragraph.preamble_line} has not the role of a preamble"
            elif preamble.document_id != paragraph.document_id:
                wrong = f"the preamble on line {preamble.line} is of another document"
            elif preamble.line >= paragraph.line or paragraph.role == "preamble":
                wrong = "a preamble introduces mandates that stand below it"
            else:
                continue
            self._problem("refused decision", paragraph.line, f"preamble: {wrong}")

    def _topic(self, heading: str, stated: str) -> str:
        """The topic by the heading, the decision or the caller, who have to agree."""
        by_heading = topics_of(heading)[-1]["topic_id"] if heading else ""
        named = {"the heading": by_heading, "the decision": self._docket.take(None, "topic"), "the caller": stated}
        given = {who: topic for who, topic in named.items() if topic}
        if len(set(given.values())) > 1:
            said = ", ".join(f"{who} says {topic!r}" for who, topic in given.items())
            self._problem("refused decision", 0, f"topic: {said}")
        return next(iter(given.values()), "")

    def _refuse_the_rest(self, lines: list[str]) -> None:
        for decision, wrong in self._docket.faults:
            self._problem("refused decision", decision.line or 0, f"{decision.name} {wrong}")
        for decision in self._docket.left():
            line = decision.line or 0
            if line > len(lines):
                wrong = f"the page has only {len(lines)} lines"
            elif line and is_blank(lines[line - 1]):
                wrong = "the line is empty"
            else:
                wrong = "the page itself does not call for it, or says otherwise"
            seen = lines[line - 1][:90] if 0 < line <= len(lines) else ""
            self._problem("refused decision", line, f"{decision.name} {decision.value!r}: {wrong}", seen)

    def _missing(self, line: int, message: str, seen: str = "") -> None:
        self._problem("missing decision", line, message, seen)

    def _problem(self, kind: ProblemKind, line: int, message: str, seen: str = "") -> None:
        self._problems.append(Problem(kind, line, message, seen))
