"""What every rendering of a comparison shares: words for counts and kinds, and changed cells as pieces to be shown."""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..diff.changeset import (
    CellChange,
    Counts,
    Key,
    MetadataChange,
    Rename,
    ResourceChange,
    RowChange,
    SchemaChange,
    TableComparison,
)
from ..diff.signs import difference
from ..diff.words import Piece, word_diff
from .shown_texts import around_difference, escaped, plural, quoted, start_of, visible

CONTEXT = 32
"""Characters of unchanged text that are shown beside a change."""
REWRITTEN = 400
"""Characters of one changed piece that are shown."""
NOTES: Mapping[str, str] = {
    "filled": "filled",
    "cleared": "cleared",
    "respelled": "the same value, spelled otherwise",
    "field_added": "the field is new",
    "field_removed": "the field is gone",
}
"""What a cell's kind adds to what is seen."""
BASES: Mapping[str, str] = {
    "declared": "declared in the retired identifiers",
    "cells": "perhaps renamed: all other cells are equal",
    "text": "perhaps renamed: most of a long text is the same",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """How much is shown: `stat` is counts alone; `limit` is the most rows a table, None for all of them."""

    stat: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a changed cell as it is shown; a `gap` stands for unchanged text that is left out."""

    kind: Literal["same", "old", "new", "gap"]
    text: str


@dataclass(frozen=True, slots=True)
class CellView:
    """A changed cell as it is shown.

    `parts` are the words in their order where the two texts share some, else one old and one new part (each may be
    the empty text), and `words` says which. `notes` name what the eye cannot see, then what the cell's kind adds.
    """

    field: str
    words: bool
    parts: tuple[Part, ...]
    notes: tuple[str, ...]


def cell_view(cell: CellChange, *, whole: bool = False, quotes: bool = False) -> CellView:
    """The cell as it is shown.

    Parameters
    ----------
    cell
        A cell of a changed row.
    whole
        Whether long unchanged text is shown too.
    quotes
        Whether texts that share no words stand in quotes.
    """
    old, new = cell.old or "", cell.new or ""
    pieces = word_diff(old, new) if old and new else (Piece(old, new),)
    words = any(character.isspace() for character in old) and any(
        piece.same and any(map(str.isalnum, piece.old)) for piece in pieces
    )
    found = [difference(piece.old, piece.new) for piece in pieces if not piece.same and old and new]
    notes = list(dict.fromkeys(each.note for each in found if each.note))
    if cell.kind in NOTES:
        notes.append(NOTES[cell.kind])
    parts = _word_parts(pieces, whole=whole) if words else _pair_parts(old, new, whole=whole, quotes=quotes)
    return CellView(cell.field, words, tuple(parts), tuple(notes))


def _pair_parts(old: str, new: str, *, whole: bool, quotes: bool) -> Iterator[Part]:
    before, after = (old, new) if whole else around_difference(old, new)
    apart, show = _same_letters(before, after), quoted if quotes else visible
    yield Part("old", show(before, blanks=not before.strip(), apart=apart))
    yield Part("new", show(after, blanks=not after.strip(), apart=apart))


def _word_parts(pieces: Sequence[Piece], *, whole: bool) -> Iterator[Part]:
    last = len(pieces) - 1
    for place, piece in enumerate(pieces):
        if piece.same:
            yield from [Part("same", escaped(piece.old))] if whole else _context(piece.old, place == 0, place == last)
            continue
        apart = _same_letters(piece.old, piece.new)
        if piece.old:
            yield Part("old", _piece(piece.old, whole=whole, apart=apart))
        if piece.new:
            yield Part("new", _piece(piece.new, whole=whole, apart=apart))


def _piece(text: str, *, whole: bool, apart: bool) -> str:
    shown = text if whole or len(text) <= REWRITTEN else text[: REWRITTEN - 1] + "…"
    return visible(shown, blanks=not text.strip(), apart=apart)


def _context(text: str, first: bool, last: bool) -> Iterator[Part]:
    room = CONTEXT if first or last else 2 * CONTEXT
    if len(text) <= room + CONTEXT // 2:
        yield Part("same", escaped(text))
        return
    if not first:
        yield Part("same", escaped(text[:CONTEXT]))
    yield Part("gap", "…")
    if not last:
        yield Part("same", escaped(text[-CONTEXT:]))


def _same_letters(old: str, new: str) -> bool:
    return old != new and unicodedata.normalize("NFC", old) == unicodedata.normalize("NFC", new)


def row_counts(counts: Counts) -> list[str]:
    """The counts of rows, in words, without those that are nought."""
    kinds = {
        "added": counts.rows_added,
        "removed": counts.rows_removed,
        "renamed": counts.rows_renamed,
        "changed": counts.rows_changed,
    }
    return [f"{plural(number, 'row')} {kind}" for kind, number in kinds.items() if number]


def cell_counts(counts: Counts) -> list[str]:
    """The counts of cells, in words, without those that are nought."""
    kinds = {
        "changed": counts.cells_changed,
        "filled": counts.cells_filled,
        "cleared": counts.cells_cleared,
        "spelled otherwise": counts.cells_respelled,
    }
    return [f"{plural(number, 'cell')} {kind}" for kind, number in kinds.items() if number]


def summary(table: TableComparison) -> str:
    """What differs in a table, in one line without its name."""
    change, counts = table.change, table.counts
    if change.kind != "changed":
        return f"table {change.kind}, {plural(counts.rows_added + counts.rows_removed, 'row')}"
    parts = row_counts(counts)
    cells = cell_counts(counts)
    if cells:
        parts[-1] += f" ({', '.join(cells)})"
    suggested = sum(rename.basis != "declared" for rename in table.renames)
    if suggested:
        parts.append(f"{plural(suggested, 'row')} perhaps renamed")
    schema = len(change.schema) + len(loose_fields(table))
    if schema:
        parts.append(plural(schema, "change") + " of the schema")
    if change.metadata:
        parts.append(plural(len(change.metadata), "property", "properties") + " changed")
    return ", ".join(parts)


def loose_fields(table: TableComparison) -> list[str]:
    """Columns with values that came or went and that neither schema names."""
    named = {part.field for part in table.change.schema if part.kind in ("added", "removed")}
    return sorted(name for name in table.counts.field_values if name not in named)


def key_text(key: Key) -> str:
    """A row's key as it is shown."""
    return "/".join(key)


def json_text(value: Any) -> str:
    """A value of a descriptor as it is shown."""
    return json.dumps(value, ensure_ascii=False)


def value_views(change: MetadataChange | SchemaChange) -> tuple[str, ...]:
    """The values of a changed property as texts: the one there is, or the old and the new one, cut where long."""
    if change.kind == "changed":
        values = (change.old, change.new)
        if all(isinstance(value, str) for value in values):
            return tuple(map(quoted, around_difference(*values)))
        return tuple(map(escaped, around_difference(*map(json_text, values))))
    value = change.new if change.kind == "added" else change.old
    return (quoted(start_of(value)) if isinstance(value, str) else escaped(start_of(json_text(value))),)


def moved_text(change: SchemaChange) -> str:
    """From where to where a field moved, counted from 1."""
    before, after = (-1 if place is None else place for place in (change.old_position, change.new_position))
    return f"moved from place {before + 1} to place {after + 1}"


def field_type(change: SchemaChange) -> str:
    """The type of a field that came or went."""
    descriptor = change.old if change.kind == "removed" else change.new
    return str(descriptor.get("type", "any")) if isinstance(descriptor, Mapping) else "any"


def declared_renames(table: TableComparison) -> dict[Key, tuple[Rename, RowChange]]:
    """The declared renames by their old keys, each with the cells that differ beside the key."""
    declared = [rename for rename in table.renames if rename.basis == "declared"]
    if not declared:
        return {}
    gone, come = {rename.old for rename in declared}, {rename.new for rename in declared}
    olds: dict[Key, Mapping[str, str]] = {}
    news: dict[Key, Mapping[str, str]] = {}
    for row in table.rows():
        if row.kind == "removed" and row.key in gone:
            olds[row.key] = row.row
        elif row.kind == "added" and row.key in come:
            news[row.key] = row.row
    return {
        rename.old: (rename, _renamed(table.change, rename, olds[rename.old], news[rename.new])) for rename in declared
    }


def _renamed(change: ResourceChange, rename: Rename, old: Mapping[str, str], new: Mapping[str, str]) -> RowChange:
    names = [name for name in sorted({**old, **new}) if name not in change.key and old.get(name) != new.get(name)]
    return RowChange("changed", rename.new, tuple(CellChange(name, old.get(name), new.get(name)) for name in names))


def visible_rows(table: TableComparison, shown: Shown) -> Iterator[tuple[Rename | None, RowChange]]:
    """The rows to show, as many as the limit lets: declared renames in place of the two rows that they are."""
    if shown.stat:
        return
    declared = declared_renames(table)
    come = {rename.new for rename, _ in declared.values()}
    given = 0
    for row in table.rows():
        if shown.limit is not None and given >= shown.limit:
            return
        if row.kind == "removed" and row.key in declared:
            yield declared[row.key]
        elif not row.counts or (row.kind == "added" and row.key in come):
            continue
        else:
            yield None, row
        given += 1


def row_total(counts: Counts) -> int:
    """How many rows of a table there are to show."""
    return counts.rows_added + counts.rows_removed + counts.rows_changed + counts.rows_renamed


def without_empty(row: RowChange) -> dict[str, str]:
    """The cells of an added or removed row that are not empty."""
    return {name: cell for name, cell in row.row.items() if cell}
