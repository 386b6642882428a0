"""Excel: a workbook with a sheet a table, and sheets that say what is in it.

Every cell is text, with the number format "text", so that an identifier such as 007 stays; a date is the text
`2001-04-20`. A missing value is an empty cell. No cell is a formula: those that begin like one also carry the mark that
Excel sets for a leading apostrophe. `_fields` is the data dictionary, `_tables` the tables with their sheets and
schemas (in several rows, one a part, where a schema is long), `_package` the facts of the package.

A workbook that was saved again by another program is read back as well, as long as its cells are texts. What that
program changes is changed: LibreOffice makes carriage returns and line feeds one line end.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import CapacityError, CellError, MissingExtraError
from ..package.words import constraints_in_words
from .columns import Column, refused
from .tables import BackTable, Export, OutTable, Row, schema_text
from .xlsx_archive import discard, moment, save
from .xlsx_reading import workbook_tables
from .xlsx_texts import MAX_COLUMNS, MAX_ROWS, is_formula, parts, sheet_names, shown, spelled

if TYPE_CHECKING:
    from openpyxl.cell import Cell
    from openpyxl.workbook import Workbook

METADATA = ("_fields", "_tables", "_package")
FIELDS_HEADER = ("table", "field", "type", "title", "description", "rules")
TABLES_HEADER = ("position", "table", "sheet", "title", "description", "part", "schema")
_WIDEST = 60
_LINE = 15
"""Points that a line of text takes."""
_TALLEST = 27
"""Lines that a row may show: Excel allows 409 points."""


def write(export: Export, target: Path) -> None:
    """Write all tables of an export to the workbook `target`, row by row.

    Raises
    ------
    MissingExtraError
        openpyxl is not installed.
    CapacityError
        A text, a table or a name is more than a workbook holds, or a cell would not come back as it is.
    TableError
        A table cannot be read as rows.
    """
    book = _new_workbook()
    try:
        sheets = sheet_names([table.name for table in export.tables], METADATA)
        for table, sheet in zip(export.tables, sheets, strict=True):
            _write_table(book, table, sheet)
        _write_plain(book, "_fields", FIELDS_HEADER, _field_rows(export))
        _write_plain(book, "_tables", TABLES_HEADER, _table_rows(export, sheets))
        _write_plain(book, "_package", ("name", "value"), [[name, shown(said)] for name, said in export.facts.items()])
        time = moment(export.facts["created"])
        properties = book.properties
        properties.created = properties.modified = time
        properties.creator, properties.title = "mandates-data", shown(export.facts["title"])
        save(book, target, time)
    finally:
        discard(book)


def read(path: Path) -> Iterator[BackTable]:
    """The tables of a workbook that `write` made, in the order in which they were written.

    Raises
    ------
    PackageError
        The file is no workbook, is damaged, was not made by mandates-data, or a cell is no value of its field.
    """
    return workbook_tables(path)


def _new_workbook() -> Workbook:
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise MissingExtraError(
            "Excel workbooks need openpyxl, which is not installed.", 'Run: pip install "mandates-data[excel]"'
        ) from error
    return Workbook(write_only=True)


@dataclass(frozen=True, slots=True)
class _Look:
    """The cells that a column is written with: one plain, one for a text that begins like a formula."""

    plain: Cell
    guarded: Cell

    def cell(self, text: str, spelling: str) -> Cell:
        cell = self.guarded if is_formula(text) else self.plain
        cell.value = spelling
        return cell

    def empty(self) -> Cell:
        """A cell with the format and no text; to be written before another one is asked for."""
        self.plain.value = None
        return self.plain


@cache
def _text_cell() -> type[Cell]:
    """A cell that holds the text that it is given, where openpyxl's own looks whether it is a formula or an error."""
    from openpyxl.cell import Cell

    class TextCell(Cell):
        __slots__ = ()

        @property
        def value(self) -> Any:
            return self._value

        @value.setter
        def value(self, spelling: Any) -> None:
            self._value = spelling
            self.data_type = "n" if spelling is None else "s"

    return TextCell


def _look(sheet: Any, *, wrap: bool, bold: bool = False) -> _Look:
    from openpyxl.styles import Alignment, Font

    plain, guarded = (_text_cell()(sheet, row=1, column=1) for _ in range(2))
    for cell in (plain, guarded):
        cell.number_format = "@"
        cell.alignment = Alignment(vertical="top", wrap_text=wrap)
        if bold:
            cell.font = Font(name="Calibri", size=11, bold=True)
    guarded.quotePrefix = True
    return _Look(plain, guarded)


def _new_sheet(book: Workbook, name: str, header: Sequence[str], widths: Sequence[int]) -> tuple[Any, list[_Look]]:
    """A sheet with its header row, and the look of each column's cells."""
    from openpyxl.utils import get_column_letter

    sheet: Any = book.create_sheet(name)
    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        column = sheet.column_dimensions[get_column_letter(number)]
        column.width = min(width + 2, _WIDEST)
        column.number_format = "@"  # what is typed into new rows is text as well
    bold = _look(sheet, wrap=False, bold=True)
    spellings = [spelled(text) for text in header]
    sheet.append(bold.cell(text, spelling) for text, spelling in zip(header, spellings, strict=True))
    looks = {wrap: _look(sheet, wrap=wrap) for wrap in (False, True)}
    return sheet, [looks[width + 2 > _WIDEST] for width in widths]


def _write_table(book: Workbook, table: OutTable, name: str) -> None:
    columns = table.columns
    header = table.schema.field_names
    if not 0 < len(columns) <= MAX_COLUMNS:
        raise CapacityError(
            f"Table {table.name} has {len(columns):,} columns; an Excel sheet holds 1 to {MAX_COLUMNS:,}.",
            "Convert it to another format.",
        )
    try:
        for text in (table.name, *header):
            spelled(text)
    except CellError as error:
        raise CapacityError(
            f"Table {table.name}: Excel cannot hold its name or that of a field; expected {error.expected}.",
            "Rename it.",
        ) from error
    batches = table.batches()
    first = next(batches, [])
    cells = [[column.spell(row[n]) for _, row in first if row[n] is not None] for n, column in enumerate(columns)]
    widths = [max(map(_width, [title, *texts])) for title, texts in zip(header, cells, strict=True)]
    sheet, looks = _new_sheet(book, name, header, widths)
    number = 1
    for batch in itertools.chain([first], batches):
        for line, row in batch:
            number += 1
            _append(sheet, table, columns, looks, (number, line, row))


def _append(
    sheet: Any, table: OutTable, columns: Sequence[Column], looks: Sequence[_Look], numbered: tuple[int, int, Row]
) -> None:
    number, line, row = numbered
    if number > MAX_ROWS:
        raise CapacityError(
            f"Table {table.name}, line {line}: an Excel sheet ends after {MAX_ROWS:,} rows. Nothing was written.",
            "Convert it to another format.",
        )
    texts: list[tuple[str, str] | None] = []
    for column, value in zip(columns, row, strict=True):
        text = None if value is None else column.spell(value)
        try:
            texts.append(None if text is None else (text, _held(text)))
        except CellError as error:
            raise refused(table.name, line, column, str(text), error) from error
    if not any(texts):
        sheet.append([looks[0].empty()])  # with a format it keeps an empty row where it is
        return
    _append_texts(sheet, number, looks, texts)


def _append_texts(sheet: Any, number: int, looks: Sequence[_Look], texts: Sequence[tuple[str, str] | None]) -> None:
    """Append row `number` of a sheet: the texts of its cells, each with how the file spells it; None for no cell."""
    pairs = list(zip(looks, texts, strict=True))
    # LibreOffice leaves wrapped text in a row of one line unless the height is stated.
    lines = max((_lines(pair[0], look) for look, pair in pairs if pair), default=1)
    if lines > 1:
        sheet.row_dimensions[number].height = _LINE * min(lines, _TALLEST)
    sheet.append(look.cell(*pair) if pair else None for look, pair in pairs)
    sheet.row_dimensions.clear()


def _lines(text: str, look: _Look) -> int:
    """About how many lines a text takes in its column."""
    if not look.plain.alignment.wrap_text:
        return 1
    return sum(len(line) * 11 // (_WIDEST * 10) + 1 for line in text.split("\n"))


def _held(text: str) -> str:
    if not text:
        raise CellError("a text that is not empty, since in Excel that is a missing value")
    return spelled(text)


def _width(text: str) -> int:
    return max(map(len, text.split("\n"))) if text else 0


def _write_plain(book: Workbook, name: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    widths = [max(map(_width, texts)) for texts in zip(header, *rows, strict=True)]
    sheet, looks = _new_sheet(book, name, header, widths)
    for number, row in enumerate(rows, 2):
        _append_texts(sheet, number, looks, [(text, spelled(text)) if text else None for text in row])


def _field_rows(export: Export) -> list[list[str]]:
    return [
        [
            table.name,
            field.name,
            shown(field.type),
            shown(field.title),
            shown(field.description),
            shown("; ".join(constraints_in_words(table.schema, field))),
        ]
        for table in export.tables
        for field in table.schema.fields
    ]


def _table_rows(export: Export, sheets: Sequence[str]) -> list[list[str]]:
    rows = []
    for position, (table, sheet) in enumerate(zip(export.tables, sheets, strict=True), 1):
        title = table.resource.title or table.schema.title
        description = table.resource.description or table.schema.description
        for part, piece in enumerate(parts(schema_text(table.schema)), 1):
            told = (shown(title), shown(description)) if part == 1 else ("", "")
            rows.append([str(position), table.name, sheet, *told, str(part), piece])
    return rows
