"""Identifiers, given once: a paragraph that is known keeps its own wherever it stands, a new one gets the next number.

Known is a paragraph of the same document with the same printed text and the same items. One that differs from a known
paragraph by little is its near twin: a misprint, or another mandate. That is for a person to decide, never merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from .reading import Paragraph, Problem, ProblemKind
from .tables import Tables, whole

NEAR = 0.9
"""Near twins have at least this share of their words in common: twice the matching words by the words of both
(difflib's ratio), in lower case and without punctuation; or the same text with other items."""

Printed = tuple[str, str, tuple[tuple[str, str], ...]]
"""What makes a paragraph the same: its document, its printed text, and the label and printed text of its items."""


@dataclass(frozen=True, slots=True)
class Known:
    """A mandate with an identifier, as printed, with the identifiers of its items in order."""

    mandate_id: str
    printed: Printed
    item_ids: tuple[str, ...]


@dataclass(frozen=True)
class Assignment:
    """The identifiers of a page's paragraphs, in page order, and those of them that are new."""

    known: tuple[Known, ...]
    new: frozenset[str]
    problems: tuple[Problem, ...]


def known_mandates(tables: Tables) -> list[Known]:
    """The mandates of the tables, with corrections undone."""
    found = []
    for mandate_id, row in tables.mandates.items():
        items = tables.items_of.get(mandate_id, [])
        texts = tuple((item["label"], tables.printed("items", item, "text")) for item in items)
        document_id = tables.printed("mandates", row, "document_id")
        printed = (document_id, tables.printed("mandates", row, "text"), texts)
        found.append(Known(mandate_id, printed, tuple(item["item_id"] for item in items)))
    return found


def assign(paragraphs: Sequence[Paragraph], known: Iterable[Known], retired: Iterable[str]) -> Assignment:
    """The identifier of every paragraph.

    Parameters
    ----------
    retired
        Identifiers that are no longer in use, and never used again.
    """
    registry = _Registry(known, retired)
    found = [registry.identify(paragraph) for paragraph in paragraphs]
    return Assignment(tuple(found), frozenset(registry.new), tuple(registry.problems))


class _Registry:
    def __init__(self, known: Iterable[Known], retired: Iterable[str]) -> None:
        self._by_print: dict[Printed, Known] = {}
        self._of_document: dict[str, list[Known]] = {}
        self._highest: dict[str, int] = {}
        self.new: list[str] = []
        self.problems: list[Problem] = []
        for mandate in known:
            self._add(mandate)
        for identifier in retired:
            self._count(identifier.partition(".")[0])

    def identify(self, paragraph: Paragraph) -> Known:
        printed = as_printed(paragraph)
        mandate = self._by_print.get(printed)
        twin = None
        if mandate is None or paragraph.distinct:
            others = self._of_document.get(paragraph.document_id, [])
            twin = next((other for other in others if other is not mandate and near(other.printed, printed)), None)
        if paragraph.distinct and twin is None:
            self._tell("refused decision", paragraph, "near_twin: no known mandate of its document is close to it")
        if mandate is not None:
            return mandate
        if twin is not None and not paragraph.distinct:
            self._tell("missing decision", paragraph, _twin_message(printed, twin))
        mandate_id = f"{paragraph.document_id}-{self._highest.get(paragraph.document_id, 0) + 1:03}"
        mandate = Known(mandate_id, printed, tuple(item_ids(mandate_id, [label for label, _ in printed[2]])))
        self._add(mandate)
        self.new.append(mandate_id)
        return mandate

    def _add(self, mandate: Known) -> None:
        self._by_print.setdefault(mandate.printed, mandate)
        self._of_document.setdefault(mandate.printed[0], []).append(mandate)
        self._count(mandate.mandate_id)

    def _count(self, mandate_id: str) -> None:
        document, _, number = mandate_id.rpartition("-")
        self._highest[document] = max(self._highest.get(document, 0), whole(number.lstrip("0")))

    def _tell(self, kind: ProblemKind, paragraph: Paragraph, message: str) -> None:
        self.problems.append(Problem(kind, paragraph.line, message, paragraph.text[:90]))


def as_printed(paragraph: Paragraph) -> Printed:
    """What makes the paragraph the same as another."""
    items = tuple((item.label, item.text) for item in paragraph.items)
    return (paragraph.document_id, paragraph.text, items)


def item_ids(mandate_id: str, labels: Iterable[str]) -> list[str]:
    """The identifiers of a mandate's items: by their label, else by their count among those without.

    >>> item_ids("2001-quebec-poa-004", ["g", "", ""])
    ['2001-quebec-poa-004.g', '2001-quebec-poa-004.b01', '2001-quebec-poa-004.b02']
    """
    found = []
    bullets = 0
    for label in labels:
        bullets += not label
        found.append(f"{mandate_id}.{label or f'b{bullets:02}'}")
    return found


def near(one: Printed, other: Printed) -> bool:
    """Whether two paragraphs of one document are equal but for a few words (`NEAR`), or but for their items."""
    if one == other:
        return False
    if one[1] == other[1]:
        return True
    matcher = SequenceMatcher(None, _words(one), _words(other), autojunk=False)
    return matcher.real_quick_ratio() >= NEAR and matcher.quick_ratio() >= NEAR and matcher.ratio() >= NEAR


def _words(printed: Printed) -> list[str]:
    text = " ".join([printed[1], *(text for _, text in printed[2])])
    return re.findall(r"\w+", text.lower())


def _twin_message(printed: Printed, twin: Known) -> str:
    here, there = _words(printed), _words(twin.printed)
    difference = "other punctuation or other items"
    for what, start, end, other_start, other_end in SequenceMatcher(None, there, here, autojunk=False).get_opcodes():
        if what != "equal":
            difference = f"{_said(here[other_start:other_end])} where that has {_said(there[start:end])}"
            break
    return f"near twin of {twin.mandate_id} ({difference}): if it is a mandate of its own, decide near_twin distinct"


def _said(words: list[str]) -> str:
    return repr(" ".join(words)) if words else "nothing"
