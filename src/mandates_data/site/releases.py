"""The releases that a package knows, with what each changed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..diff.words import Piece, word_diff
from ..history.layout import layout_of
from ..package.model import Package
from ..package.rows import Row, Tables, whole


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the table of changes; the pieces are those of a changed cell."""

    row: Row
    pieces: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class TableChanges:
    """What a release changed in one table: identifiers of rows that came and went, and the cells that changed."""

    table: str
    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """A release, with its changes against the one before, by table."""

    row: Row
    changes: tuple[TableChanges, ...]
    first: bool

    @property
    def version(self) -> str:
        """Its number."""
        return self.row["version"]


def releases_of(package: Package, tables: Tables) -> Iterator[Release]:
    """The releases that the package knows, the newest first."""
    layout = layout_of(package)
    if layout is None:
        return
    changes = tables.grouped(layout.changes, "version") if layout.changes else {}
    rows = sorted(tables[layout.releases], key=lambda row: [whole(part) for part in row["version"].split(".")])
    for place in reversed(range(len(rows))):
        by_table: dict[str, list[Row]] = {}
        for row in changes.get(rows[place]["version"], ()):
            by_table.setdefault(row["table"], []).append(row)
        told = tuple(_table_changes(name, by_table[name]) for name in by_table)
        yield Release(rows[place], told, first=place == 0)


def _table_changes(table: str, rows: Sequence[Row]) -> TableChanges:
    return TableChanges(
        table,
        tuple(dict.fromkeys(row["row_id"] for row in rows if row["change"] == "added")),
        tuple(dict.fromkeys(row["row_id"] for row in rows if row["change"] == "removed")),
        tuple(
            Change(row, word_diff(row["old"], row["new"])) for row in rows if row["change"] not in ("added", "removed")
        ),
    )
