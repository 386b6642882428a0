"""`search`: the mandates and items that have the words, the best first, with the words marked."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import UnknownNameError
from ..package.model import Package
from .filters import narrowed
from .opened import opened
from .passages import Passage, passages_of
from .queries import QueryError, Term, Text, merged, terms_of

_SATURATION, _LENGTH = 1.2, 0.75
"""k1 and b of Okapi BM25 (S. Robertson, H. Zaragoza, "The Probabilistic Relevance Framework", 2009): their usual
values."""

TextForm = Literal["corrected", "printed"]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text, and whether it is what was looked for."""

    text: str
    marked: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A mandate or item that was found; its stretches, joined, are its text. The score is 0 where no word was asked."""

    passage: Passage
    score: float
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What a search gave: every hit, the best first, and where it was looked for."""

    query: str
    where: Mapping[str, tuple[str, ...]]
    hits: tuple[Hit, ...]
    searched: int
    text: TextForm
    package: str
    version: str


def search(
    query: str = "",
    package: str | Path | Package | None = None,
    *,
    where: Mapping[str, str | Iterable[str]] | None = None,
    any_word: bool = False,
    text: TextForm = "corrected",
) -> Found:
    """The mandates and items in which every word and phrase of the query stands, the best first.

    Parameters
    ----------
    query
        Words, "phrases in quotes", and beginnings of words (`traffick*`). Capitals, accents, hyphens and the spellings
        listed in `variants.csv` make no difference. It may be empty where `where` is given.
    package
        What `open_package` takes; None for the one that came with this library, whatever the current folder is.
    where
        Values by field: document, summit, year (`1998` or `1998-2004`), topic, role, and, in packages that have these
        tables, code, entity, verb, strength. Several values of a field are alternatives.
    any_word
        Whether one of the words and phrases is enough.
    text
        `"printed"` looks in the texts as the pages print them.

    Returns
    -------
    Found
        Its hits are ranked by Okapi BM25: a word counts the more the rarer it is among all texts, and the less the
        longer the text. Equal ones stand in the order of the tables.

    Raises
    ------
    QueryError
        The query cannot be understood, or nothing is asked for.
    UnknownNameError
        A field, a value or a table is not there.
    TableError, PackageError
        The package, or one of its tables, cannot be read.

    Examples
    --------
    >>> import mandates_data
    >>> found = mandates_data.search("firearms tracing", where={"year": "2009"})
    >>> [hit.passage.row_id for hit in found.hits]
    ['2009-port-of-spain-dec-008']
    """
    if text not in ("corrected", "printed"):
        raise UnknownNameError.of("form of the text", text, ("corrected", "printed"))
    terms = terms_of(query)
    asked = {field: _values(values) for field, values in (where or {}).items()}
    asked = {field: values for field, values in asked.items() if values}
    if not terms and not asked:
        raise QueryError("Nothing is looked for.", "Name a word, a phrase in quotes, or a filter.")
    source = opened(package)
    passages = passages_of(source, printed=text == "printed")
    kept = narrowed(source, passages, asked)
    hits = _ranked(passages, kept, terms, any_word=any_word) if terms else [_whole(passage) for passage in kept]
    return Found(query, asked, tuple(hits), len(passages), text, source.name, source.version)


def _values(values: str | Iterable[str]) -> tuple[str, ...]:
    return (values,) if isinstance(values, str) else tuple(values)


def _whole(passage: Passage) -> Hit:
    return Hit(passage, 0.0, (Stretch(passage.text, marked=False),))


def _ranked(
    passages: Sequence[Passage], kept: Sequence[Passage], terms: Sequence[Term], *, any_word: bool
) -> list[Hit]:
    """The hits, best first. How rare a word is, is counted in all texts: a filter does not change a score."""
    texts = {passage.row_id: Text(passage.text) for passage in passages}
    spans = {row_id: [text.spans(term) for term in terms] for row_id, text in texts.items()}
    average = sum(len(text.words) for text in texts.values()) / max(len(texts), 1)
    weights = [_rarity(len(texts), sum(1 for found in spans.values() if found[n])) for n in range(len(terms))]
    hits = []
    for passage in kept:
        found = spans[passage.row_id]
        if (any if any_word else all)(found):
            longer = 1 - _LENGTH + _LENGTH * len(texts[passage.row_id].words) / average
            score = sum(
                weight * len(places) * (_SATURATION + 1) / (len(places) + _SATURATION * longer)
                for weight, places in zip(weights, found, strict=True)
            )
            marks = merged([span for places in found for span in places])
            hits.append(Hit(passage, round(score, 4), tuple(_stretches(passage.text, marks))))
    return sorted(hits, key=lambda hit: -hit.score)


def _rarity(texts: int, having: int) -> float:
    return math.log(1 + (texts - having + 0.5) / (having + 0.5))


def _stretches(text: str, marks: Sequence[tuple[int, int]]) -> list[Stretch]:
    found, here = [], 0
    for start, end in marks:
        if here < start:
            found.append(Stretch(text[here:start], marked=False))
        found.append(Stretch(text[start:end], marked=True))
        here = end
    if here < len(text) or not found:
        found.append(Stretch(text[here:], marked=False))
    return found
