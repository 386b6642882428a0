"""Where a paragraph's text ends and its citation begins, and which document the citation names.

    citation = [ "(" ], [ section, "," ], cited_as, [ "," ordinal "Summit of the Americas" ], [ "," city ],
               "," year, [ ")" ], [ "." ]

`cited_as` is the name in the table `documents`; ordinal (in roman numerals), city and year are the summit's. Between
the words any blanks may stand. One bracket may be missing, not both: words of the text must not pass for a citation. A
section is told only inside brackets and before the name. Any other spelling is for a person to decide.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .boilerplate import BLANKS

Row = Mapping[str, str]

_B = "[ \u00a0]"
_OPENING = re.compile(rf"\({_B}*(?:(?P<section>[^\W\d_a-z][^()\[\].;:]*?){_B}*,{_B}*)?$")
_CLOSING = re.compile(rf"\){_B}*\.?$")
_IN_BRACKETS = re.compile(rf"\((?P<inside>[^()]*)\)?{_B}*\.?$")
_YEAR = re.compile("[0-9]{4}-")
_NAME_AND_YEAR = re.compile(rf".*[^\W\d_].*,{_B}*\d{{4}}{_B}*")


@dataclass(frozen=True, slots=True)
class Split:
    """A line's text and citation, both as printed. `document_id` is empty where the citation explains no document."""

    text: str
    citation: str = ""
    document_id: str = ""
    section: str = ""


class Citations:
    """Splits citations off, by the documents and summits of a package."""

    def __init__(self, documents: Iterable[Row], summits: Iterable[Row]) -> None:
        of_summit = {row["summit_id"]: row for row in summits}
        self._names: dict[str, re.Pattern[str]] = {}
        # The longest name first: "Plan of Action Miami" must not lose its first words to a shorter name.
        for document in sorted(documents, key=lambda row: (-len(row["cited_as"]), row["document_id"])):
            summit = of_summit.get(document["summit_id"])
            if summit and document["cited_as"].strip() and _YEAR.match(summit["start_date"]):
                self._names[document["document_id"]] = re.compile(_name_pattern(document["cited_as"], summit))

    def __contains__(self, document_id: str) -> bool:
        return document_id in self._names

    def split(self, printed: str) -> Split:
        """The text and the citation that the rules explain; no citation where they explain none."""
        for document_id, pattern in self._names.items():
            if not (name := pattern.search(printed)):
                continue
            before = printed[: name.start()]
            opening = _OPENING.search(before)
            if opening:
                return _cut(printed, opening.start(), document_id, opening["section"] or "")
            if _CLOSING.search(printed) and _ends_a_word(before) and before.count("(") == before.count(")"):
                return _cut(printed, name.start(), document_id)
        return Split(printed)

    def split_as(self, document_id: str, printed: str) -> Split:
        """The same where a person has named the document: any spelling in brackets at the end is its citation."""
        name = self._names[document_id].search(printed)
        if name and not _OPENING.search(printed[: name.start()]) and _ends_a_word(printed[: name.start()]):
            return _cut(printed, name.start(), document_id)
        if looks_cited(printed):
            found = _IN_BRACKETS.search(printed)
            assert found is not None
            return _cut(printed, found.start(), document_id)
        return Split(printed, document_id=document_id)


def looks_cited(printed: str) -> bool:
    """Whether a line ends in brackets that hold a name, a comma and a year, as a citation does.

    >>> looks_cited("Protecting whistleblowers. (Lima Commitment. Peru, 2018)")
    True
    >>> looks_cited("the Convention of Belém do Pará (1994).")
    False
    """
    found = _IN_BRACKETS.search(printed)
    return bool(found and found.start() and _NAME_AND_YEAR.fullmatch(found["inside"]))


def roman(number: int) -> str:
    """A number from 1 to 39 in roman numerals.

    >>> [roman(number) for number in (1, 4, 9, 14)]
    ['I', 'IV', 'IX', 'XIV']
    """
    ones = ("", "I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX")
    return "X" * (number // 10) + ones[number % 10]


def _name_pattern(cited_as: str, summit: Row) -> str:
    """A document's name at the end of a line, with what may follow it."""
    may_follow = [summit["city"]]
    if re.fullmatch("[1-3]?[0-9]", summit["ordinal"]):
        may_follow.insert(0, f"{roman(int(summit['ordinal']))} Summit of the Americas")
    tail = "".join(rf"(?:{_B}*,{_B}*{_words(name)})?" for name in may_follow)
    year = summit["start_date"][:4]
    return rf"{_words(cited_as)}{tail}{_B}*,{_B}*{year}{_B}*\)?{_B}*\.?$"


def _words(text: str) -> str:
    """The words of a text with any blanks between them and around commas."""
    parts = (rf"{_B}+".join(re.escape(word) for word in part.split()) for part in text.split(","))
    return rf"{_B}*,{_B}*".join(parts)


def _ends_a_word(before: str) -> bool:
    """Whether a name that follows begins a word of its own, after some text."""
    return bool(before.strip(BLANKS)) and not before[-1].isalnum()


def _cut(printed: str, place: int, document_id: str, section: str = "") -> Split:
    text = printed[:place].rstrip(BLANKS)
    return Split(text, printed[place:], document_id, section) if text else Split(printed)
