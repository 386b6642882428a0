"""Delimited text: the canonical tables, and tables for Excel.

A table for Excel has a byte order mark, by which Excel knows that the text is UTF-8 and shows its accents whole, and
line ends CR LF. A cell that Excel could take for a formula (it begins with =, +, -, @, a tab or a carriage return) gets
an apostrophe before it, and so does a cell that begins with an apostrophe: the way back takes one off.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ..errors import CellError, PackageError, TableError
from ..package.model import Dialect, Resource, Schema
from ..package.reader import HARMLESS, Flaw, TableReader, read_rows
from ..package.writer import canonical, format_row, key_of
from .columns import columns_of, refused
from .tables import BackTable, Export, Row

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def write(export: Export, target: Path) -> None:
    """Write the one table of `export` in canonical form, cell by cell as it is."""
    (table,) = export.tables
    rows = (record.cells for batch in read_rows(export.package, table.resource) for record in batch)
    write_canonical(table.schema, rows, target)


def write_canonical(schema: Schema, rows: Iterable[Sequence[str]], target: Path) -> None:
    """Write rows of cells in canonical form. They stream; only a table out of order is sorted in memory."""
    key = key_of(schema)
    before: tuple[str, ...] | None = None
    in_order = True
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write(format_row(schema.field_names))
        for row in rows:
            now = key(row)
            in_order = in_order and (before is None or before <= now)
            before = now
            file.write(format_row(row))
    if not in_order:
        with target.open("rb") as written:
            reader = TableReader(written, Dialect(), "utf-8", lambda _flaw: None)
            cells = [record.cells for batch in reader.batches() for record in batch]
        target.write_bytes(canonical(schema, cells))


def write_excel(export: Export, target: Path) -> None:
    """Write the one table of `export` for Excel."""
    (table,) = export.tables
    with target.open("w", encoding="utf-8", newline="") as file:
        file.write(codecs.BOM_UTF8.decode("utf-8"))
        file.write(_excel_line(table.schema.field_names))
        columns = columns_of(table.schema)
        for batch in read_rows(export.package, table.resource):
            for record in batch:
                for column, cell in zip(columns, record.cells, strict=True):
                    if "\r" in cell:
                        raise refused(table.name, record.line, column, cell, CellError("no carriage return in a cell"))
                file.write(_excel_line(record.cells))


def read_excel(path: Path, resource: Resource) -> BackTable:
    """The table in a file that `write_excel` made, also when Excel or another program has saved it again."""
    return BackTable(resource.name, _as_text(resource.schema), _excel_rows(path, resource))


def _excel_rows(path: Path, resource: Resource) -> Iterator[list[Row]]:
    def refuse(flaw: Flaw) -> None:
        if flaw.kind not in HARMLESS:
            where = f"{path}:{flaw.line}" if flaw.line else str(path)
            raise TableError(
                f"{where} cannot be read as a table: {flaw.kind.replace('-', ' ')}.", "Save it as CSV UTF-8."
            )

    try:
        with path.open("rb") as file:
            reader = TableReader(file, Dialect(), "utf-8", refuse)
            if tuple(map(_unguarded, reader.header)) != resource.schema.field_names:
                raise TableError(
                    f"{path}: the header is not that of the table {resource.name}.", "Restore the first line."
                )
            for batch in reader.batches():
                yield [[_unguarded(cell) for cell in record.cells] for record in batch]
    except OSError as error:
        raise PackageError(f"Cannot read {path}: {error.strerror}.", "Check the path.") from error


def _as_text(schema: Schema) -> Schema:
    """The schema for cells that are text already: nothing is cast, and an empty cell stays empty."""
    from dataclasses import replace

    fields = tuple(replace(field, type="any", format="default", missing_values=()) for field in schema.fields)
    return replace(schema, fields=fields)


def _excel_line(cells: Sequence[str]) -> str:
    return format_row([_guarded(cell) for cell in cells])[:-1] + "\r\n"


def _guarded(cell: str) -> str:
    return "'" + cell if cell.startswith((*_FORMULA, "'")) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if cell.startswith("'") else cell
