"""What is looked for: words, "phrases in quotes" and beginnings of words (`traffick*`); and where they stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import MandatesDataError
from .folding import words_of

LONGEST = 2_000
"""Characters of a query."""
MOST = 50
"""Words and phrases in one query."""

_QUOTES = str.maketrans(dict.fromkeys("\u201c\u201d\u201e\u00ab\u00bb", '"'))
_PART = re.compile(r'"([^"]*)"|([^\s"]+)')


class QueryError(MandatesDataError):
    """A query that cannot be understood."""


@dataclass(frozen=True, slots=True)
class Term:
    """A word or phrase, folded; `open_end` where its last word is only a beginning.

    `joined` holds this word together with a neighbour in the query: `anti personnel` also finds `antipersonnel`.
    """

    words: tuple[str, ...]
    open_end: bool = False
    joined: tuple[str, ...] = ()


def terms_of(query: str) -> tuple[Term, ...]:
    """The words and phrases of a query, each once.

    >>> [term.words for term in terms_of('firearms "Organised Crime"')]
    [('firearms',), ('organized', 'crime')]

    Raises
    ------
    QueryError
        A quotation mark is not closed, nothing but signs stands in it, or it is too long.
    """
    if len(query) > LONGEST:
        raise QueryError(f"The query has {len(query):,} characters.", f"Look for less: at most {LONGEST:,} characters.")
    plain = query.translate(_QUOTES)
    if plain.count('"') % 2:
        raise QueryError("A quotation mark is opened and not closed.", "Put one at both ends of the phrase.")
    found: list[Term] = []
    before = ""
    for part in _PART.finditer(plain):
        words = tuple(word.folded for word in words_of(part[0]))
        single = words[0] if len(words) == 1 and part[1] is None else ""
        if before and single:
            found[-1] = Term(found[-1].words, found[-1].open_end, (*found[-1].joined, before + single))
        if words:
            joined = (before + single,) if before and single else ()
            found.append(Term(words, part[0].rstrip('"').endswith("*"), joined))
        before = single
    if query.strip() and not found:
        raise QueryError("There is no word in the query, only signs.", "Name a word, or a phrase in quotes.")
    if len(found) > MOST:
        raise QueryError(f"The query has {len(found)} words and phrases.", f"Look for at most {MOST} at a time.")
    once: dict[tuple[tuple[str, ...], bool], Term] = {}
    for term in found:
        name = term.words, term.open_end
        before_it = once[name].joined if name in once else ()
        once[name] = Term(*name, tuple(dict.fromkeys([*before_it, *term.joined])))
    return tuple(once.values())


class Text:
    """A text with its folded words, in which terms are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words = words_of(text)
        self._places: dict[str, list[int]] = {}
        for place, word in enumerate(self.words):
            self._places.setdefault(word.folded, []).append(place)

    def spans(self, term: Term) -> list[tuple[int, int]]:
        """From where to where the term stands, each place once, in order."""
        found = {span for place in self._starts(term.words[0], term) if (span := self._at(place, term))}
        for joined in term.joined:
            found |= {(self.words[place].start, self.words[place].end) for place in self._places.get(joined, ())}
        return sorted(found)

    def _starts(self, first: str, term: Term) -> Sequence[int]:
        """The places at which a term may begin: at its first word, at it with the next one, or at a part of it."""
        open_end = term.open_end and len(term.words) <= 2
        second = first + term.words[1] if len(term.words) > 1 else ""
        return [
            place
            for word, places in self._places.items()
            if word in (first, second) or first.startswith(word) or (open_end and word.startswith(first))
            for place in places
        ]

    def _at(self, place: int, term: Term) -> tuple[int, int] | None:
        """Where the term ends if it begins here; what one writes as one word may be two in the other."""
        here, wanted, last = place, 0, len(term.words) - 1
        while wanted <= last:
            if here >= len(self.words):
                return None
            if self._is(self.words[here].folded, term, wanted):
                here, wanted = here + 1, wanted + 1
            elif self._next_too(here) and self._is(self._pair(here), term, wanted):
                here, wanted = here + 2, wanted + 1
            elif wanted < last and self._is(self.words[here].folded, term, wanted, wanted + 1):
                here, wanted = here + 1, wanted + 2
            else:
                return None
        return self.words[place].start, self.words[here - 1].end

    @staticmethod
    def _is(word: str, term: Term, first: int, to: int | None = None) -> bool:
        end = first if to is None else to
        wanted = "".join(term.words[first : end + 1])
        if term.open_end and end == len(term.words) - 1:
            return word.startswith(wanted)
        return word == wanted

    def _pair(self, place: int) -> str:
        return self.words[place].folded + self.words[place + 1].folded

    def _next_too(self, place: int) -> bool:
        """Whether the next word may belong to this one: nothing but a hyphen or a blank stands between."""
        if place + 1 >= len(self.words):
            return False
        left, right = self.words[place], self.words[place + 1]
        return self.text[left.end : right.start] in _BETWEEN


_BETWEEN = frozenset({" ", "-", "\u2010", "\u2011", "\u00a0"})


def merged(spans: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Spans without an overlap, in order.

    >>> merged([(5, 9), (0, 3), (2, 4)])
    [(0, 4), (5, 9)]
    """
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start < found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found
