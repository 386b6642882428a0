"""The tables of a workbook, as typed values."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..errors import CellError, PackageError
from ..package.model import Schema
from .columns import Column, Value, columns_of
from .tables import BackTable, Row, schema_from_text
from .xlsx_parsing import ANOTHER, Book, Cell, Cells, open_book

_BATCH = 4096


def workbook_tables(path: Path) -> Iterator[BackTable]:
    """The tables of a workbook, in the order of its sheet `_tables`.

    Raises
    ------
    PackageError
        As `xlsx.read` says.
    """
    book = open_book(path)
    if "_tables" not in book.sheets:
        raise PackageError(f"{path} was not written by mandates-data: it has no sheet _tables.", ANOTHER)
    for name, (sheet, text) in _listed(book).items():
        if sheet not in book.sheets:
            raise PackageError(f"{path} has no sheet {sheet!r}, where the table {name} was.", ANOTHER)
        schema = schema_from_text(text, str(path))
        yield BackTable(name, schema, _batches(book, sheet, schema))


def _listed(book: Book) -> dict[str, tuple[str, str]]:
    """The tables, in order: the sheet of each and its schema, put together from its parts."""
    rows = book.rows("_tables")
    _, first = next(rows, (0, {}))
    header = {cell.text: column for column, cell in first.items()}
    if not {"position", "table", "sheet", "part", "schema"} <= header.keys():
        raise PackageError(f"{book.path} was not written by mandates-data: its sheet _tables is another.", ANOTHER)
    pieces = []
    for number, cells in rows:
        told = {name: cells[column].text for name, column in header.items() if column in cells}
        try:
            pieces.append((int(told["position"]), int(told["part"]), told["table"], told["sheet"], told["schema"]))
        except (KeyError, ValueError) as error:
            raise PackageError(f"{book.path}: row {number} of the sheet _tables is damaged.", ANOTHER) from error
    tables: dict[str, tuple[str, str]] = {}
    for _, _, name, sheet, piece in sorted(pieces):
        tables[name] = (sheet, tables.get(name, ("", ""))[1] + piece)
    return tables


def _batches(book: Book, sheet: str, schema: Schema) -> Iterator[list[Row]]:
    rows = _typed_rows(book, sheet, schema)
    while batch := list(itertools.islice(rows, _BATCH)):
        yield batch


def _typed_rows(book: Book, sheet: str, schema: Schema) -> Iterator[Row]:
    columns = columns_of(schema)
    rows = book.rows(sheet)
    _, first = next(rows, (0, {}))
    header = [first[n].text if n in first else "" for n in range(max([*first, len(columns) - 1]) + 1)]
    if header != list(schema.field_names):
        raise PackageError(
            f"{book.path}, sheet {sheet}: the header is {header}, not {list(schema.field_names)}.",
            "Put the columns back as they were.",
        )
    # A row of a table with a key is never wholly empty: such rows are what spreadsheets leave behind.
    skipped = bool(schema.primary_key) or any(one.constraints.required for one in schema.fields)
    expected = 2
    for number, cells in rows:
        if not skipped:
            yield from itertools.repeat([None] * len(columns), number - expected)
        expected = number + 1
        if cells or not skipped:
            yield _typed(book, sheet, columns, number, cells)


def _typed(book: Book, sheet: str, columns: Sequence[Column], number: int, cells: Cells) -> list[Value]:
    if cells and max(cells) >= len(columns):
        raise PackageError(
            f"{book.path}, sheet {sheet}, row {number}: a value stands to the right of the table.", "Remove it there."
        )
    values: list[Value] = []
    for place, column in enumerate(columns):
        cell = cells.get(place)
        try:
            values.append(None if cell is None else _value(column, cell))
        except (CellError, ArithmeticError, ValueError) as error:
            expected = error.expected if isinstance(error, CellError) else "a number"
            assert cell is not None
            raise PackageError(
                f"{book.path}, sheet {sheet}, row {number}, column {column.field.name}: expected {expected}, "
                f"found {cell.text!r:.60}.",
                "Mend the cell and keep it formatted as text.",
            ) from error
    return values


def _value(column: Column, cell: Cell) -> Value:
    """A text by its field; a number or a boolean, which somebody has typed, where the field is one."""
    if cell.kind == "s":
        return column.value(cell.text)
    if cell.kind == "n" and column.kind in ("integer", "number"):
        return column.value(column.spell(float(cell.text) if column.kind == "number" else _whole(cell.text)))
    if cell.kind == "b" and column.kind == "boolean" and cell.text in ("0", "1"):
        return cell.text == "1"
    raise CellError("a cell that is a text, not a formula, a number or an error of Excel")


def _whole(text: str) -> int:
    from decimal import Decimal

    value = Decimal(text)
    if not value.is_finite() or value != int(value):
        raise CellError("a whole number")
    return int(value)
