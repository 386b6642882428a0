"""What may be wrong on an archived page and is not settled: `doubts.csv`, written by hand.

A doubt a row: the mandate or item, the line of the page, the words in doubt (letter by letter, ` … ` where some are
left out), why, and what would settle it. A doubt that is settled becomes a correction, or leaves the table.
"""

from __future__ import annotations

from dataclasses import dataclass

from ..package.model import Package
from .assembly import ARCHIVE
from .written import written_rows

DOUBTS = f"{ARCHIVE}/doubts.csv"


@dataclass(frozen=True, slots=True)
class Doubt:
    """A row of the doubts."""

    row_id: str
    source_line: str
    printed: str
    why: str
    settles: str


def read_doubts(package: Package) -> list[Doubt]:
    """The doubts of a package, in the order of the page; empty where it lists none.

    Raises
    ------
    TableError
        It is no table of these columns.
    """
    columns = ("row_id", "source_line", "printed", "why", "settles")
    return [Doubt(*cells) for _line, cells in written_rows(package, DOUBTS, columns)]
