"""Words as search and comparison take them: without capitals and accents, one spelling of a word for all.

What counts as another spelling of the same word stands in `variants.csv`, each with its rule: whole words, and endings
of words of six letters or more. A hyphen parts words, and words that one writes as one and another as two
(`anti-personnel`, `anti personnel`, `antipersonnel`) are brought together by whoever compares them.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

_WORD = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+(?:['\u2019](?:[^\W_]|[\u0300-\u036f])+)*")
_SHORTEST_WITH_ENDING = 6


class Word(NamedTuple):
    """A folded word, and from where to where it stands in its text (code points)."""

    folded: str
    start: int
    end: int


def words_of(text: str) -> list[Word]:
    """The words of a text, folded, in order.

    >>> [word.folded for word in words_of("We recognise QU\u00c9BEC's anti-personnel programmes.")]
    ['we', 'recognize', 'quebec', 'anti', 'personnel', 'programs']
    """
    return [Word(folded(found[0]), *found.span()) for found in _WORD.finditer(text)]


def folded_words(text: str) -> list[str]:
    """The same without their places."""
    return list(map(folded, _WORD.findall(text)))


@cache
def folded(word: str) -> str:
    """One word as all its spellings are written here.

    >>> folded("Organised"), folded("organized"), folded("Nuevo"), folded("states\u2019")
    ('organized', 'organized', 'nuevo', 'states')
    """
    plain = word.lower()
    if not plain.isascii():
        apart = unicodedata.normalize("NFKD", plain).casefold()
        plain = "".join([sign for sign in apart if not unicodedata.combining(sign)])
    plain = plain.replace("\u2019", "'").removesuffix("'s").replace("'", "")
    whole, endings = variants()
    if plain in whole:
        return whole[plain]
    if len(plain) >= _SHORTEST_WITH_ENDING:
        for ending, other in endings:
            if plain.endswith(ending):
                return plain[: -len(ending)] + other
    return plain


@cache
def variants() -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """The other spellings of whole words, and the endings, longest first."""
    lines = Path(__file__).with_name("variants.csv").read_text(encoding="utf-8").splitlines()[1:]
    rows = [line.split(",", 3) for line in lines]
    whole = {written: other for kind, written, other, _rule in rows if kind == "word"}
    endings = [(written, other) for kind, written, other, _rule in rows if kind == "ending"]
    return whole, tuple(sorted(endings, key=lambda pair: -len(pair[0])))
