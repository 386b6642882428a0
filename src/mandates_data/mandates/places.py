"""Where the wordings of the lexicon and the decided dates stand in a text, as offsets in code points.

**Names in names.** Every name is a mention, also one that stands in a longer name: in "OAS General Assembly" both the
Assembly and the OAS are named. A wording of the same entity inside a longer one of it is none of its own. Two mentions
never overlap in part, and the same words name two things only where the lexicon says so for that one text, with its
reason ("these meetings").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from .lexicon import DATES, LEXICON, Dated, Fault, Wording

_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_DATE = re.compile(rf"\b(?:1[89]|20)\d\d\b|\b(?:{_MONTHS})(?=,? \d)|\d (?:{_MONTHS})\b")
"""What a date is recognized by, so that none on a new page is passed over: a year, or a month beside a number."""


@dataclass(frozen=True, slots=True)
class Text:
    """A mandate's or an item's text; `item_id` is empty for a mandate."""

    mandate_id: str
    item_id: str
    text: str

    @property
    def row_id(self) -> str:
        """The identifier of the row that has the text."""
        return self.item_id or self.mandate_id


@dataclass(frozen=True, slots=True)
class Mention:
    """A wording of the lexicon where it stands in a text."""

    start: int
    end: int
    row: Wording

    def holds(self, other: Mention) -> bool:
        """Whether the other lies in it and is shorter."""
        return self.start <= other.start and other.end <= self.end and (self.end - self.start) > other.end - other.start


@dataclass(frozen=True, slots=True)
class Deadline:
    """A decided date where it stands in a text."""

    start: int
    end: int
    row: Dated


class Finder:
    """Finds the wordings of a lexicon."""

    def __init__(self, lexicon: Sequence[Wording]) -> None:
        self._everywhere = [(_pattern(row.wording), row) for row in lexicon if not row.within]
        self._within: dict[str, list[tuple[re.Pattern[str], Wording]]] = {}
        for row in lexicon:
            if row.within:
                self._within.setdefault(row.within, []).append((_pattern(row.wording), row))

    def mentions(self, text: Text) -> list[Mention]:
        """The mentions in a text, in its order, a longer one before those in it."""
        rows = [*self._everywhere, *self._within.get(text.row_id, ())]
        here = [(pattern, row) for pattern, row in rows if row.wording in text.text]  # most are not, and this is quick
        found = [
            Mention(match.start(), match.end(), row) for pattern, row in here for match in pattern.finditer(text.text)
        ]
        outer = [one for one in found if not any(o.holds(one) and o.row.entity_id == one.row.entity_id for o in found)]
        return sorted(outer, key=lambda one: (one.start, -one.end, one.row.entity_id))


def _pattern(wording: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(wording)}(?!\w)")


def clashes(text: Text, mentions: Sequence[Mention]) -> Iterator[Fault]:
    """Mentions that overlap in part, and words that name two things unsaid."""
    for place, one in enumerate(mentions):
        for other in mentions[place + 1 :]:
            if other.start >= one.end:
                break
            if (one.start, one.end) == (other.start, other.end):
                if one.row.points and other.row.points:
                    continue
                both = f"the entities {one.row.entity_id} and {other.row.entity_id}"
                said = f"{one.row.wording!r} stands for {both} in {text.row_id}: keep one of them"
            elif one.end < other.end:
                said = f"{one.row.wording!r} and {other.row.wording!r} overlap in {text.row_id}: lengthen one of them"
            else:
                continue
            yield Fault(LEXICON, other.row.line, f"{said}, or say with `within` where each is meant.")


def unused(lexicon: Sequence[Wording], texts: Mapping[str, Text], used: set[Wording]) -> Iterator[Fault]:
    """Rows for one text that is not there, or that does not have the words."""
    for row in lexicon:
        if row.within and row.within not in texts:
            yield Fault(LEXICON, row.line, f"There is no mandate or item {row.within!r}: correct `within`.")
        elif row.within and row not in used:
            said = f"{row.within} does not have the words {row.wording!r}: correct them, or delete the row."
            yield Fault(LEXICON, row.line, said)


def deadlines_in(
    dates: Sequence[Dated] | None, texts: Mapping[str, Text]
) -> tuple[dict[str, list[Deadline]], list[Fault]]:
    """The decided dates by text, and what is wrong with them: not there, there twice, or a date without a decision."""
    found: dict[str, list[Deadline]] = {}
    faults = []
    for row in dates or ():
        text = texts.get(row.within)
        places = [match.span() for match in _pattern(row.wording).finditer(text.text)] if text else []
        if text is None:
            faults.append(Fault(DATES, row.line, f"There is no mandate or item {row.within!r}: correct `within`."))
        elif len(places) != 1:
            times = f"{len(places)} times" if places else "not"
            said = f"The words {row.wording!r} stand {times} in {row.within}: write as many words as stand there once."
            faults.append(Fault(DATES, row.line, said))
        else:
            found.setdefault(row.within, []).append(Deadline(*places[0], row))
    for text in texts.values() if dates is not None else ():
        decided = found.get(text.row_id, ())
        for match in _DATE.finditer(text.text):
            if not any(one.start <= match.start() and match.end() <= one.end for one in decided):
                said = f"The date at {match[0]!r} in {text.row_id} is not decided: add a row with its words."
                faults.append(Fault(DATES, 0, said))
    return found, faults
