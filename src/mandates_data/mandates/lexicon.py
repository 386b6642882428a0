"""What a person decided on the names and dates in the texts: `lexicon.csv` and `dates.csv`, written by hand.

The lexicon has a wording a row, letter by letter as the texts print it, with the entity that it stands for. `within`
names the one mandate or item in which it does so; empty, it stands for it everywhere. `basis` says what the wording is:
`name`, `acronym`, `variant` (another wording of the name), or, after a colon and with the reason, `reference` (it
points back to what the same text names) or `inference` (a reader or another source says which is meant).

`dates.csv` has a date a row: the mandate or item, the words, and what they mean.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..package.model import Package
from .assembly import ARCHIVE
from .written import written_rows

LEXICON = f"{ARCHIVE}/lexicon.csv"
DATES = f"{ARCHIVE}/dates.csv"
UNCOVERED = f"{ARCHIVE}/uncovered.csv"

BASIS = r"name|acronym|variant|(reference|inference): \S.*"
KINDS = ("deadline", "scheduled", "past")
REASONS = ("place", "term", "part")
"""Why a phrase in capitals is no name of an entity: a place, a term or a thing that is no actor, part of a name."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a hand-written file cannot be used: its path, its line (0 for the whole file), and a sentence."""

    path: str
    line: int
    message: str


@dataclass(frozen=True, slots=True)
class Wording:
    """A row of the lexicon."""

    wording: str
    entity_id: str
    within: str
    basis: str
    line: int

    @property
    def points(self) -> bool:
        """Whether the wording, in the one text that it is for, points to a thing rather than names it."""
        return bool(self.within) and self.basis.startswith(("reference", "inference"))


@dataclass(frozen=True, slots=True)
class Dated:
    """A row of the dates. `date_from` and `date_to` are ISO days, empty where the text does not fix them."""

    within: str
    wording: str
    kind: str
    date_from: str
    date_to: str
    reason: str
    line: int


@dataclass(frozen=True, slots=True)
class Uncovered:
    """A phrase in capitals that is no mention, with one of `REASONS`."""

    phrase: str
    reason: str
    line: int


def read_lexicon(package: Package) -> list[Wording]:
    """The lexicon of a package; empty where it has none.

    Raises
    ------
    TableError
        It is no table of these columns.
    """
    rows = written_rows(package, LEXICON, ("wording", "entity_id", "within", "basis"))
    return [Wording(said, entity, within, basis, line) for line, (said, entity, within, basis) in rows]


def read_dates(package: Package) -> list[Dated] | None:
    """The decisions on dates; None where there is no such file. Raises as `read_lexicon`."""
    assert package.store is not None
    if not package.store.exists(DATES):
        return None
    rows = written_rows(package, DATES, ("within", "wording", "kind", "date_from", "date_to", "reason"))
    return [Dated(where, said, kind, first, last, why, line) for line, (where, said, kind, first, last, why) in rows]


def read_uncovered(package: Package) -> list[Uncovered]:
    """The phrases that are no mentions; empty where none is listed. Raises as `read_lexicon`."""
    rows = written_rows(package, UNCOVERED, ("phrase", "reason"))
    return [Uncovered(phrase, reason, line) for line, (phrase, reason) in rows]


def faults_of_lexicon(lexicon: Sequence[Wording], entities: Iterable[str]) -> Iterator[Fault]:
    """What is wrong with the rows of the lexicon in themselves."""
    known, seen = set(entities), set()
    for row in lexicon:
        if not row.wording.strip() or row.wording != row.wording.strip():
            wrong = "The wording is empty or has blanks around it: write it as the texts print it"
        elif row.entity_id not in known:
            wrong = f"There is no entity {row.entity_id!r}: add it to the table entities, or correct the name"
        elif not re.fullmatch(BASIS, row.basis):
            wrong = f"The basis is {row.basis!r}: write name, acronym, variant, `reference: WHY` or `inference: WHY`"
        elif (row.wording, row.within, row.entity_id) in seen:
            wrong = f"The wording {row.wording!r} is there twice: delete one row"
        else:
            seen.add((row.wording, row.within, row.entity_id))
            continue
        yield Fault(LEXICON, row.line, f"{wrong}.")


def faults_of_dates(dates: Sequence[Dated]) -> Iterator[Fault]:
    """What is wrong with the rows of the dates in themselves."""
    seen = set()
    for row in dates:
        days = [day for day in (row.date_from, row.date_to) if day]
        if row.kind not in KINDS:
            wrong = f"The kind is {row.kind!r}: write {', '.join(KINDS[:-1])} or {KINDS[-1]}"
        elif any(not _is_day(day) for day in days):
            wrong = "A day is not written as YYYY-MM-DD: correct it, or leave it empty where the text fixes none"
        elif len(days) == 2 and row.date_from > row.date_to:
            wrong = "The first day is after the last: correct one of them"
        elif not row.reason.strip():
            wrong = "The reason is missing: write it"
        elif (row.within, row.wording) in seen:
            wrong = f"The words {row.wording!r} are there twice: delete one row"
        else:
            seen.add((row.within, row.wording))
            continue
        yield Fault(DATES, row.line, f"{wrong}.")


def _is_day(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        return False
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True
