"""Mandates by summit and by document, and how long their texts are."""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Iterable, Sequence

from ...mandates.lead_in import without_lead_in
from .base import SUMMIT, YEAR, counted, preamble_note, said, summits_of
from .facts import Facts, Mandate
from .model import Asked, Column, Row, Statistic

_MANDATES = Column("mandates", "integer", "mandates, preambles left out")
_PREAMBLES = Column("preambles", "integer", "preambles, which only state grounds and introduce")
_ITEMS = Column("items", "integer", "lettered, numbered or bulleted points under them that are published")


def by_summit(facts: Facts, _asked: Asked) -> Statistic:
    """Every summit of the package with its documents, mandates, preambles and items."""
    documents = Counter(row["summit_id"] for row in facts["documents"])
    mandates = list(facts.mandates.values())
    counts = _counts(facts, {mandate.mandate_id: mandate.summit.summit_id for mandate in mandates})
    rows: list[Row] = [
        (key, summit.city or None, summit.year, documents[key], *(each[key] for each in counts))
        for key, summit in facts.summits.items()
    ]
    columns = (
        SUMMIT,
        Column("city", "string", "where the heads of state met"),
        YEAR,
        Column("documents", "integer", "documents of it that the source pages cite"),
        *(_MANDATES, _PREAMBLES, _ITEMS),
    )
    return Statistic(
        "summits",
        "Mandates by summit",
        "number of mandates, preambles and items",
        counts[0].total(),
        "mandates",
        columns,
        tuple(rows),
        facts.package.name,
        facts.package.version,
        total=_total(rows, "all summits", 3),
        notes=("A summit with 0 is one of which no page read so far prints a mandate.",),
    )


def by_document(facts: Facts, _asked: Asked) -> Statistic:
    """Every document of the package with its mandates, preambles, items and words."""
    place = {mandate.mandate_id: mandate.document_id for mandate in facts.mandates.values()}
    counts = _counts(facts, place)
    words: Counter[str] = Counter()
    for mandate_id, number in _words(facts).items():
        words[place[mandate_id]] += number
    order = {key: n for n, key in enumerate(facts.summits)}
    listed = sorted(facts["documents"], key=lambda row: (order.get(row["summit_id"], len(order)), row["document_id"]))
    rows: list[Row] = [
        (
            row["document_id"],
            row["kind"] or None,
            facts.known(facts.summits, row["summit_id"], "documents", "summit_id").year,
            *(each[row["document_id"]] for each in (*counts, words)),
        )
        for row in listed
    ]
    columns = (
        Column("document_id", "string", "the document"),
        Column("kind", "string", "what sort of document it is"),
        YEAR,
        *(_MANDATES, _PREAMBLES, _ITEMS),
        Column("words", "integer", "words of all three together, lead-ins in square brackets left out"),
    )
    return Statistic(
        "documents",
        "Mandates by document",
        "number of mandates, preambles and items, and of words",
        counts[0].total(),
        "mandates",
        columns,
        tuple(rows),
        facts.package.name,
        facts.package.version,
        total=_total(rows, "all documents", 3),
    )


def lengths(facts: Facts, asked: Asked) -> Statistic:
    """How many words the mandates of each summit have."""
    mandates = counted(facts, asked)
    words = _words(facts)
    columns = (
        SUMMIT,
        YEAR,
        Column("mandates", "integer", "mandates whose words are counted"),
        Column("words", "integer", "words of all of them"),
        Column("shortest", "integer", "words of the shortest mandate"),
        Column(
            "median", "number", "words of the mandate in the middle; between the two in the middle of an even number"
        ),
        Column("mean", "number", "words a mandate, to one decimal"),
        Column("longest", "integer", "words of the longest mandate"),
    )
    rows: list[Row] = []
    for summit in summits_of(facts, mandates.values()):
        own = [words[mandate.mandate_id] for mandate in mandates.values() if mandate.summit is summit]
        rows.append((summit.summit_id, summit.year, *_spread(own)))
    whole = [words[key] for key in mandates]
    return Statistic(
        "words",
        "Length of the mandates in words",
        "words a mandate",
        len(mandates),
        "mandates",
        columns,
        tuple(rows),
        facts.package.name,
        facts.package.version,
        total=("all summits", None, *_spread(whole)) if whole else None,
        notes=said(
            preamble_note(facts, asked),
            "A word is what stands between blanks and has a letter or digit; items count with their mandate, their "
            "labels and lead-ins in square brackets do not.",
        ),
    )


def number_of_words(text: str) -> int:
    """How many words a text has: what stands between blanks and has a letter or digit.

    >>> number_of_words("Combat drugs - and arms, inter alia.")
    6
    """
    return sum(any(sign.isalnum() for sign in word) for word in text.split())


def _words(facts: Facts) -> dict[str, int]:
    """The words of each mandate with its items."""
    words = {key: number_of_words(without_lead_in(mandate.text)) for key, mandate in facts.mandates.items()}
    for row in facts["items"]:
        words[facts.mandate(row, "items").mandate_id] += number_of_words(row["text"])
    return words


def _counts(facts: Facts, place: dict[str, str]) -> tuple[Counter[str], Counter[str], Counter[str]]:
    """Mandates, preambles and items by what `place` says of each mandate."""

    def of(mandates: Iterable[Mandate]) -> Counter[str]:
        return Counter(place[mandate.mandate_id] for mandate in mandates)

    both = facts.mandates.values()
    items = [facts.mandate(row, "items") for row in facts["items"]]
    return of(one for one in both if not one.preamble), of(one for one in both if one.preamble), of(items)


def _spread(words: Sequence[int]) -> Row:
    mean = round(sum(words) / len(words), 1)
    return len(words), sum(words), min(words), float(statistics.median(words)), mean, max(words)


def _total(rows: Sequence[Row], label: str, first: int) -> Row | None:
    """The sums of the columns from `first` on; None where there is no row."""
    columns = list(zip(*rows, strict=True))[first:]
    sums = [sum(value for value in column if isinstance(value, int)) for column in columns]
    return (label, *(None,) * (first - 1), *sums) if rows else None
