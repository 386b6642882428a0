"""Phrases in capitals and acronyms in a text, which may be names. The lexicon is no part of it: this judges it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_WORD = re.compile(r"[^\W_]+(?:[-\u2019'][^\W_]+)*")
_ACRONYM = re.compile(r"(?<![^\W_])[A-Z]{2,}s?(?![^\W_])")
_JOINS = frozenset(("of", "the", "for", "and", "on", "or", "to", "against", "de", "del", "do", "in"))
"""Words in small letters that stand inside names."""
_MONTHS = frozenset(
    ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
     "December")
)  # fmt: skip
"""Their capitals are of a date, and dates are found by themselves."""
_OPENING = '\u201c"[('
"""Signs that may stand between the end of a sentence and the first word of the next."""

Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Phrase:
    """Two or more words in capitals, or an acronym, and where its words in capitals stand."""

    text: str
    start: int
    end: int
    words: tuple[Place, ...]

    def is_covered(self, places: Iterable[Place]) -> bool:
        """Whether each of its words in capitals lies in one of these places."""
        listed = tuple(places)
        return all(any(start <= word[0] and word[1] <= end for start, end in listed) for word in self.words)


def phrases_in(text: str) -> list[Phrase]:
    """Every phrase of two or more words in capitals, and every acronym, in the order of the text.

    Words in small letters such as `of the` join two capitals to one phrase; a comma, a number or another word ends it.

    >>> [each.text for each in phrases_in("Support the Committee on Hemispheric Security of the OAS. Hold talks.")]
    ['Committee on Hemispheric Security of the OAS', 'OAS']
    """
    found = [*_capitals(text), *_acronyms(text)]
    return sorted(set(found), key=lambda phrase: (phrase.start, -phrase.end))


def _acronyms(text: str) -> Iterator[Phrase]:
    for match in _ACRONYM.finditer(text):
        yield Phrase(match[0], match.start(), match.end(), (match.span(),))


def _capitals(text: str) -> Iterator[Phrase]:
    run: list[Place] = []
    last = -1
    for match in _WORD.finditer(text):
        gap = text[last : match.start()] if last >= 0 else ""
        if run and gap != " ":
            yield from _phrase(text, run)
            run = []
        if match[0][0].isupper() and match[0] not in _MONTHS:
            if not _begins(text, match.start()):
                run.append(match.span())
        elif match[0] not in _JOINS:
            yield from _phrase(text, run)
            run = []
        last = match.end()
    yield from _phrase(text, run)


def _begins(text: str, place: int) -> bool:
    """Whether a sentence begins there, so that a capital says nothing."""
    head = text[max(0, place - 8) : place]
    bare = head.rstrip(_OPENING).rstrip()
    return (place <= len(head) and not bare) or (
        bare[-1:] in tuple(".:;!?]") and head[len(bare) : len(bare) + 1].isspace()
    )


def _phrase(text: str, run: list[Place]) -> Iterator[Phrase]:
    if len(run) > 1:
        start, end = run[0][0], run[-1][1]
        yield Phrase(text[start:end], start, end, tuple(run))
