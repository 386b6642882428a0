"""A comparison as text: a line of counts a table, then what differs, row by row and word by word."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from ..diff.changeset import (
    CellChange,
    Comparison,
    MetadataChange,
    Rename,
    ResourceChange,
    RowChange,
    SchemaChange,
    TableComparison,
)
from .changeset_view import (
    BASES,
    CellView,
    Part,
    Shown,
    cell_view,
    field_type,
    key_text,
    loose_fields,
    moved_text,
    row_total,
    summary,
    value_views,
    visible_rows,
)
from .shown_texts import escaped, plural, quoted, start_of

_SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": "~"}
_COLOURS = {"+": "32", "-": "31", "~": "33", ">": "36", "?": "36"}
_RED, _GREEN, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[0m"


def write_text(comparison: Comparison, out: IO[str], *, shown: Shown | None = None, colour: bool = False) -> bool:
    """Write the comparison; whether anything differs. Rows are never held, whatever the size of the tables."""
    writer = _Writer(out, shown or Shown(), colour=colour)
    if comparison.metadata:
        writer.package(comparison)
    for table in comparison.tables:
        if table.differs:
            writer.table(table)
    for what in comparison.left_out:
        out.write(f"left out: {escaped(what)}\n")
    if not comparison.differs:
        out.write("no changes\n" if not comparison.left_out else "no other changes\n")
    return comparison.differs


class _Writer:
    def __init__(self, out: IO[str], shown: Shown, *, colour: bool) -> None:
        self._out = out
        self._shown = shown
        self._colour = colour

    def package(self, comparison: Comparison) -> None:
        """What differs in the package's own descriptor."""
        number = plural(len(comparison.metadata), "property", "properties")
        self._out.write(f"package: {number} changed\n")
        if not self._shown.stat:
            for change in comparison.metadata:
                self._line("  ", _metadata_line(change))

    def table(self, table: TableComparison) -> None:
        """A line of counts, and what differs in the table."""
        self._out.write(f"{escaped(table.change.name)}: {summary(table)}\n")
        if self._shown.stat:
            return
        for line in _schema_lines(table):
            self._line("  ", line)
        written = 0
        for rename, row in visible_rows(table, self._shown):
            written += 1
            self._row(table.change, rename, row)
        for rename in table.renames:
            if rename.basis != "declared":
                self._line("", f"? {_pair_of_keys(table.change, rename)} ({BASES[rename.basis]})")
        left = row_total(table.counts) - written
        if left:
            self._out.write(f"  {plural(left, 'more row')} not shown (--limit {self._shown.limit})\n")

    def _row(self, change: ResourceChange, rename: Rename | None, row: RowChange) -> None:
        if rename is not None:
            self._line("", f"> {_pair_of_keys(change, rename)} ({BASES[rename.basis]})")
        else:
            name = " ".join([_SIGNS[row.kind], escaped(change.name), escaped(key_text(row.key))])
            self._line("", name.rstrip())
        for field, text in row.row.items():
            if text:
                self._out.write(f"    {escaped(field)}: {quoted(start_of(text))}\n")
        for cell in row.cells:
            self._out.write(f"    {self._cell(cell)}\n")

    def _cell(self, cell: CellChange) -> str:
        view = cell_view(cell, quotes=True)
        body = "".join(map(self._part, view.parts)) if view.words else self._pair(view)
        notes = f" ({'; '.join(map(escaped, view.notes))})" if view.notes else ""
        return f"{escaped(cell.field)}: {body}{notes}"

    def _pair(self, view: CellView) -> str:
        return " -> ".join(part.text for part in view.parts)

    def _part(self, part: Part) -> str:
        """A piece of a text, its changes between signs as `git diff --word-diff` sets them."""
        if part.kind not in ("old", "new"):
            return part.text
        text = f"[-{part.text}-]" if part.kind == "old" else f"{{+{part.text}+}}"
        return f"{_RED if part.kind == 'old' else _GREEN}{text}{_PLAIN}" if self._colour else text

    def _line(self, indent: str, line: str) -> None:
        painted = f"\x1b[{_COLOURS[line[0]]}m{line}{_PLAIN}" if self._colour else line
        self._out.write(f"{indent}{painted}\n")


def _pair_of_keys(change: ResourceChange, rename: Rename) -> str:
    return f"{escaped(change.name)} {escaped(key_text(rename.old))} -> {escaped(key_text(rename.new))}"


def _schema_lines(table: TableComparison) -> Iterator[str]:
    values = table.counts.field_values
    for change in table.change.schema:
        yield _schema_line(change, values.get(change.field or "", 0))
    for name in loose_fields(table):
        number = plural(values[name], "value")
        yield f"~ column {escaped(name)}, which the schema does not name, came or went with {number}"
    for metadata_change in table.change.metadata:
        yield _metadata_line(metadata_change)


def _schema_line(change: SchemaChange, values: int) -> str:
    sign = _SIGNS[change.kind]
    if change.field is None:
        return f"{sign} schema, {_place(change.property)}: {_values(change)}"
    name = f"{sign} field {escaped(change.field)}"
    if change.kind == "moved":
        return f"{name}: {moved_text(change)}"
    if not change.property:
        return f"{name} ({escaped(field_type(change))}){', ' + plural(values, 'value') if values else ''}"
    return f"{name}, {_place(change.property)}: {_values(change)}"


def _metadata_line(change: MetadataChange) -> str:
    return f"{_SIGNS[change.kind]} {_place(change.path)}: {_values(change)}"


def _place(pointer: str) -> str:
    """A JSON Pointer as a person reads it."""
    return escaped(pointer.removeprefix("/"))


def _values(change: MetadataChange | SchemaChange) -> str:
    return " -> ".join(value_views(change))
