"""The tables of mandates as rows of text, and what was printed where a correction has changed a cell since."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from ..package.corrections import Ledger
from ..package.model import Package
from ..package.reader import read_rows

Row = dict[str, str]

_WHOLE = re.compile("[1-9][0-9]{0,8}")

FIELDS: Mapping[str, tuple[str, ...]] = {
    "summits": ("summit_id", "ordinal", "city", "start_date"),
    "documents": ("document_id", "summit_id", "cited_as"),
    "topics": ("topic_id", "parent_topic_id", "title"),
    "sources": (
        "source_id", "topic_id", "title", "publisher", "language", "rights", "path", "sha256", "url", "archived_on",
    ),
    "mandates": (
        "mandate_id", "document_id", "document_basis", "section", "paragraph", "role", "preamble_id", "completeness",
        "text",
    ),
    "items": ("item_id", "mandate_id", "position", "label", "text"),
    "printings": ("source_id", "source_line", "mandate_id", "item_id", "citation", "marker"),
    "mandate_topics": ("mandate_id", "topic_id", "position"),
    "corrections": ("correction_id", "table", "row_id", "field", "old", "new"),
    "retired_ids": ("retirement_id", "retired_id", "table", "replaced_by"),
}  # fmt: skip
"""The tables and fields that the rules and the reading of pages need."""


class PlacedRow(dict[str, str]):
    """A row by field that knows the line of the file on which it begins."""

    def __init__(self, cells: Iterable[tuple[str, str]], line: int) -> None:
        super().__init__(cells)
        self.line = line


@dataclass(frozen=True)
class Tables:
    """The rows of a package's tables, as text, and their places in the package for messages."""

    package: Package
    rows: Mapping[str, tuple[PlacedRow, ...]]

    def __getitem__(self, name: str) -> tuple[PlacedRow, ...]:
        return self.rows[name]

    def place(self, table: str, row: Row, field: str | None = None) -> dict[str, Any]:
        """Where a row, or its cell in `field`, stands: the arguments that a finding takes."""
        resource = self.package.resource(table)
        column = resource.schema.field_names.index(field) + 1 if field else None
        key = "/".join(row.get(name, "") for name in resource.schema.primary_key)
        line = row.line if isinstance(row, PlacedRow) else None
        place = {"resource": table, "path": resource.path, "line": line, "column": column, "field": field}
        return place | {"row_key": key, "seen": row[field] if field else None}

    @cached_property
    def ledger(self) -> Ledger:
        """What the table `corrections` says."""
        return Ledger(self["corrections"])

    @cached_property
    def mandates(self) -> Mapping[str, PlacedRow]:
        """Rows of `mandates` by their key."""
        return {row["mandate_id"]: row for row in self["mandates"]}

    @cached_property
    def items(self) -> Mapping[str, PlacedRow]:
        """Rows of `items` by their key."""
        return {row["item_id"]: row for row in self["items"]}

    @cached_property
    def items_of(self) -> Mapping[str, list[PlacedRow]]:
        """Rows of `items` by their mandate, in the order of their positions."""
        found: dict[str, list[PlacedRow]] = {}
        for row in sorted(self["items"], key=lambda row: (whole(row["position"]), row["item_id"])):
            found.setdefault(row["mandate_id"], []).append(row)
        return found

    def printed(self, table: str, row: Row, field: str) -> str:
        """What was printed in a cell: its text with the corrections undone."""
        return self.ledger.oldest(table, row_id(table, row), field, row[field])


def read_tables(package: Package) -> Tables:
    """The tables of a package that holds mandates.

    Raises
    ------
    UnknownNameError, TableError, PackageError
        A table or one of its fields (`FIELDS`) is not there, or it cannot be read.
    """
    return Tables(package, {name: table_rows(package, name, wanted) for name, wanted in FIELDS.items()})


def table_rows(package: Package, name: str, wanted: Iterable[str]) -> tuple[PlacedRow, ...]:
    """The rows of one table, which has to have the fields `wanted`. Raises as `read_tables`."""
    resource = package.resource(name)
    fields = resource.schema.field_names
    for field in wanted:
        resource.schema.field(field)
    batches = read_rows(package, resource)
    return tuple(PlacedRow(zip(fields, row.cells, strict=True), row.line) for batch in batches for row in batch)


KEYS: Mapping[str, tuple[str, ...]] = {
    "summits": ("summit_id",),
    "documents": ("document_id",),
    "topics": ("topic_id",),
    "sources": ("source_id",),
    "mandates": ("mandate_id",),
    "items": ("item_id",),
    "printings": ("source_id", "source_line"),
    "mandate_topics": ("mandate_id", "topic_id"),
}
"""The primary keys of the tables whose rows a correction may name."""


def row_id(table: str, row: Row) -> str:
    """A row's primary key as one text.

    >>> row_id("printings", {"source_id": "security", "source_line": "12"})
    'security/12'
    """
    return "/".join(row[field] for field in KEYS[table])


def whole(text: str) -> int:
    """A cell as a whole number from 1, spelled without leading zeros; 0 where it is none.

    >>> whole("12"), whole("012"), whole("twelve")
    (12, 0, 0)
    """
    return int(text) if _WHOLE.fullmatch(text) else 0


def topic_order(tables: Mapping[str, Iterable[Row]]) -> list[Row]:
    """The rows of `mandate_topics` that `sources` and `printings` call for.

    A topic's mandates are counted in the order in which its pages print them, a mandate where it stands first.
    """
    topics = {row["source_id"]: row["topic_id"] for row in tables["sources"]}
    rows: dict[tuple[str, str], Row] = {}
    counts: dict[str, int] = {}
    for row in sorted(tables["printings"], key=lambda row: (row["source_id"], whole(row["source_line"]))):
        topic = topics.get(row["source_id"], "")
        place = (row["mandate_id"], topic)
        if topic and not row["item_id"] and place not in rows:
            counts[topic] = counts.get(topic, 0) + 1
            rows[place] = {"mandate_id": place[0], "topic_id": topic, "position": str(counts[topic])}
    return list(rows.values())
