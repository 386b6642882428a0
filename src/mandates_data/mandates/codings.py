"""The rules on what each mandate is about: its codes, its acts, and the codebook.

A package without these tables (a release before them) is told nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from functools import cached_property

from ..errors import MandatesDataError
from ..validate.findings import Finding, quoted
from . import codes
from .tables import PlacedRow, Row, Tables, row_id, table_rows

FIELDS: Mapping[str, tuple[str, ...]] = {
    "subtopics": ("code", "example"),
    "mandate_subtopics": ("mandate_id", "code", "coder", "rank", "basis"),
    "acts": ("mandate_id", "basis"),
}
"""The tables and the fields of them that the rules need."""

SETTLED = "adjudicated"
"""The coder whose coding settles what the others disagree on."""


class Codings:
    """The rows of the tables of codings; none of a table that is missing or cannot be read."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self.rows = {name: _rows(tables, name) for name in FIELDS}

    @cached_property
    def by_coder(self) -> dict[str, dict[str, list[PlacedRow]]]:
        """The rows of `mandate_subtopics` by coder and mandate."""
        found: dict[str, dict[str, list[PlacedRow]]] = {}
        for row in self.rows["mandate_subtopics"]:
            found.setdefault(row["coder"], {}).setdefault(row["mandate_id"], []).append(row)
        return found

    @cached_property
    def texts(self) -> dict[str, set[str]]:
        """By mandate, its text and those of its items, as they stand and as they stood before each correction."""
        found: dict[str, set[str]] = {}
        for table in ("mandates", "items"):
            for row in self._tables[table]:
                steps = self._tables.ledger.of(table, row_id(table, row), "text")
                found.setdefault(row["mandate_id"], set()).update([row["text"], *(step["old"] for step in steps)])
        return found


def _rows(tables: Tables, name: str) -> tuple[PlacedRow, ...]:
    if name not in tables.package.resource_names:
        return ()
    try:
        return table_rows(tables.package, name, FIELDS[name])
    except MandatesDataError:
        return ()  # the table's own findings tell why


def codings_fit(tables: Tables, unproved: Collection[str] = ()) -> Iterator[Finding]:
    """Every finding on the tables of codings.

    `unproved` are mandates whose texts are not what was printed: no words are looked for in them.
    """
    codings = Codings(tables)
    yield from _ranks(tables, codings)
    yield from _bases(tables, codings, unproved)
    yield from _coded_by_each(tables, codings)
    yield from _acts(tables, codings)
    yield from _examples(tables, codings)


def _ranks(tables: Tables, codings: Codings) -> Iterator[Finding]:
    """The ranks of a mandate and coder count from 1 without a gap, so exactly one code is primary."""
    for coder, mandates in codings.by_coder.items():
        for mandate_id, rows in mandates.items():
            expected = [str(number) for number in range(1, len(rows) + 1)]
            ranks = [row["rank"] for row in rows]
            if sorted(ranks) != sorted(expected):
                wrong = next(row for number, row in enumerate(rows) if _is_out(row, ranks[:number], expected))
                seen, wanted = ", ".join(sorted(ranks, key=lambda rank: (len(rank), rank))), ", ".join(expected)
                message = f"{coder} gives {mandate_id} the ranks {seen}; expected {wanted}."
                yield codes.RANKS.finding(message, **tables.place("mandate_subtopics", wrong, "rank"))


def _is_out(row: Row, before: list[str], expected: list[str]) -> bool:
    """Whether a row has a rank that none or another of its mandate's rows should have."""
    return row["rank"] in before or row["rank"] not in expected


def _bases(tables: Tables, codings: Codings, unproved: Collection[str]) -> Iterator[Finding]:
    """The words that decided stand in the text or in an item, now or before a correction."""
    for table in ("mandate_subtopics", "acts"):
        for row in codings.rows[table]:
            texts = None if row["mandate_id"] in unproved else codings.texts.get(row["mandate_id"])
            if texts is not None and not any(row["basis"] in text for text in texts):
                message = f"{quoted(row['basis'])} stands neither in the text of {row['mandate_id']} nor in its items."
                yield codes.CODING_BASIS.finding(message, **tables.place(table, row, "basis"))


def _coded_by_each(tables: Tables, codings: Codings) -> Iterator[Finding]:
    """Every coder has coded every mandate."""
    for coder, mandates in codings.by_coder.items():
        for row in tables["mandates"]:
            if row["mandate_id"] not in mandates:
                message = f"The table mandate_subtopics has no code that {coder} gives to {row['mandate_id']}."
                yield codes.NOT_CODED.finding(message, **tables.place("mandates", row, "mandate_id"))


def _acts(tables: Tables, codings: Codings) -> Iterator[Finding]:
    """Every mandate has its act."""
    known = {row["mandate_id"] for row in codings.rows["acts"]}
    for row in tables["mandates"] if known else ():
        if row["mandate_id"] not in known:
            message = f"The table acts has no row on {row['mandate_id']}."
            yield codes.NO_ACT.finding(message, **tables.place("mandates", row, "mandate_id"))


def _examples(tables: Tables, codings: Codings) -> Iterator[Finding]:
    """The example of a code is a mandate that has it as its primary code."""
    settled = codings.by_coder.get(SETTLED)
    for row in codings.rows["subtopics"] if settled else ():
        assert settled is not None
        primary = {one["code"] for one in settled.get(row["example"], ()) if one["rank"] == "1"}
        if row["example"] in tables.mandates and row["code"] not in primary:
            message = f"{row['code']} is not the primary code of {row['example']}."
            yield codes.CODE_EXAMPLE.finding(message, **tables.place("subtopics", row, "example"))
