"""The rows that counts are made from, read once and checked as far as a count leans on them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from ...errors import PackageError, TableError
from ...package.model import Package
from ...package.rows import Row, rows_of

Found = TypeVar("Found")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "summits": ("summit_id", "city", "start_date"),
    "documents": ("document_id", "summit_id", "kind"),
    "mandates": ("mandate_id", "document_id", "role", "text"),
    "items": ("item_id", "mandate_id", "text"),
    "subtopics": ("code", "title"),
    "mandate_subtopics": ("mandate_id", "code", "coder", "rank"),
    "acts": ("mandate_id", "verb", "strength"),
    "entities": ("entity_id", "kind", "name", "acronym"),
    "mentions": ("mention_id", "entity_id", "mandate_id"),
    "lineages": ("lineage_id", "position", "mandate_id", "previous_id"),
    "corrections": ("correction_id", "kind", "version"),
}
"""The tables and fields that counts and pictures are made from (design section 2)."""

_YEAR = re.compile(r"([0-9]{4})-[0-9]{2}-[0-9]{2}")
_RANK = re.compile(r"[0-9]{1,9}")


@dataclass(frozen=True, slots=True)
class Summit:
    """A summit; `year` is that of its first day, None where no day is given."""

    summit_id: str
    city: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Mandate:
    """A mandate with the summit that its document leads to."""

    mandate_id: str
    document_id: str
    summit: Summit
    preamble: bool
    text: str


class Facts:
    """The tables of a package, each read when it is first asked for.

    Raises
    ------
    PackageError
        A table or field is not there; the message names what can be counted on this package.
    TableError
        A table cannot be read, or a row of it refers to one that is not there.
    """

    def __init__(self, package: Package) -> None:
        self.package = package
        self._rows: dict[str, tuple[Row, ...]] = {}

    def __getitem__(self, name: str) -> tuple[Row, ...]:
        """The rows of a table by field, a missing value as the empty text."""
        if name not in self._rows:
            self._rows[name] = tuple(rows_of(self.package, name, *FIELDS[name]))
        return self._rows[name]

    @cached_property
    def summits(self) -> dict[str, Summit]:
        """The summits by their key, the oldest first."""
        found = []
        for row in self["summits"]:
            dated = _YEAR.fullmatch(row["start_date"])
            year = int(dated[1]) if dated else None
            found.append((row["start_date"] or "~", Summit(row["summit_id"], row["city"], year)))
        ordered = sorted(found, key=lambda pair: (pair[0], pair[1].summit_id))
        return {summit.summit_id: summit for _day, summit in ordered}

    @cached_property
    def mandates(self) -> dict[str, Mandate]:
        """The mandates by their key, preambles among them, in the order of the table."""
        documents = {row["document_id"]: row["summit_id"] for row in self["documents"]}
        found = {}
        for row in self["mandates"]:
            summit_id = self.known(documents, row["document_id"], "mandates", "document_id")
            summit = self.known(self.summits, summit_id, "documents", "summit_id")
            preamble = row["role"] == "preamble"
            found[row["mandate_id"]] = Mandate(row["mandate_id"], row["document_id"], summit, preamble, row["text"])
        return found

    def mandate(self, row: Row, table: str) -> Mandate:
        """The mandate that a row of another table names."""
        return self.known(self.mandates, row["mandate_id"], table, "mandate_id")

    def known(self, rows: Mapping[str, Found], key: str, table: str, field: str) -> Found:
        """The row of that key, which a cell refers to."""
        if key not in rows:
            said = f"{self.package.resource(table).path} has {key!r} in {field}, which leads to no row."
            raise TableError(said, "Run: mandates-data validate")
        return rows[key]

    def whole(self, row: Row, table: str, field: str) -> int:
        """A cell as a whole number."""
        if not _RANK.fullmatch(row[field]):
            said = f"{self.package.resource(table).path} has {row[field]!r} in {field}, where a whole number belongs."
            raise TableError(said, "Run: mandates-data validate")
        return int(row[field])

    def listed(self, table: str, field: str, found: Iterable[str]) -> list[str]:
        """Values in the order in which the schema lists them, those that it does not list after them."""
        allowed = self.package.resource(table).schema.field(field).constraints.enum or ()
        values = set(found)
        return [*(str(one) for one in allowed if one in values), *sorted(values - set(map(str, allowed)))]

    def require(self, tables: Iterable[str], what: str, possible: Iterable[str]) -> None:
        """Nothing, where the package has the tables that `what` is made from.

        Raises
        ------
        PackageError
            It lacks some; the message names what is `possible` with those that there are.
        """
        lacking = [name for name in tables if name not in self.package.resource_names]
        if not lacking:
            return
        data = " ".join(filter(None, [self.package.name or "The package", self.package.version]))
        kind = "table" if len(lacking) == 1 else "tables"
        choice = ", ".join(possible)
        raise PackageError(
            f"{data} has no {kind} {', '.join(lacking)}, which {what} is made from.",
            f"Name a package or version that has, or choose from what this one allows: {choice}."
            if choice
            else "Name a package or version that has.",
        )
