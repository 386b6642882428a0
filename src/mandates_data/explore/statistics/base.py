"""What all counts of mandates share: which mandates are counted, and the grid of a table by summit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from .facts import Facts, Mandate, Summit
from .model import Asked, Column

Key = TypeVar("Key")

SUMMIT = Column("summit_id", "string", "the summit")
YEAR = Column("year", "integer", "year of the summit's first day; missing where no day is given")


def counted(facts: Facts, asked: Asked) -> dict[str, Mandate]:
    """The mandates that count, by their key: preambles only where they are asked for."""
    return {key: mandate for key, mandate in facts.mandates.items() if asked.preambles or not mandate.preamble}


def preamble_note(facts: Facts, asked: Asked) -> str:
    """What is said of preambles; empty where there are none."""
    number = sum(mandate.preamble for mandate in facts.mandates.values())
    if not number:
        return ""
    if asked.preambles:
        return f"Preambles, which only state grounds and introduce, are counted as well: {number}."
    return f"Preambles, which only state grounds and introduce, are left out: {number}."


def summits_of(facts: Facts, mandates: Iterable[Mandate]) -> list[Summit]:
    """The summits that any of the mandates is of, the oldest first: of the others nothing has been read."""
    found = {mandate.summit.summit_id for mandate in mandates}
    return [summit for key, summit in facts.summits.items() if key in found]


def grid(keys: Sequence[Key], summits: Sequence[Summit]) -> Iterator[tuple[Key, Summit]]:
    """Each key with each summit, so that a zero is a row too."""
    return ((key, summit) for key in keys for summit in summits)


def by_size(sizes: Mapping[str, int]) -> list[str]:
    """The keys, the largest first, equal ones in order of their text."""
    return sorted(sizes, key=lambda key: (-sizes[key], key))


def said(*notes: str) -> tuple[str, ...]:
    """The notes that say something."""
    return tuple(note for note in notes if note)
