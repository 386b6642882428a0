"""Reads a workbook's tables back, row by row, with nothing but the standard library.

It sees texts as they are: openpyxl's reader drops the letters `x005F_` from shared strings, which changes cells of a
workbook that was saved again.
"""

from __future__ import annotations

import contextlib
import itertools
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from ..errors import CellError, PackageError
from ..package.model import Schema
from .columns import Column, Value, columns_of
from .tables import BackTable, Row, schema_from_text
from .xlsx_texts import MAX_COLUMNS, MAX_ROWS, plain

_ANOTHER = "Name a file that convert wrote, or convert the package again."
_BATCH = 4096
_MOST_SHARED = 512 * 1024**2
"""Bytes of the entries that are read as a whole; the rows of a sheet are not."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    ET.ParseError,
    EOFError,
    NotImplementedError,  # a compression that Python does not know
    RuntimeError,  # an entry that is encrypted
    KeyError,
    IndexError,
    ValueError,
)
_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell with something in it. `kind` is the workbook's own: s text, n number, b boolean, e error, f formula."""

    kind: str
    text: str


Cells = dict[int, Cell]
"""The cells of a row by column, from 0."""


@dataclass(frozen=True)
class Book:
    """A workbook: which entry of the zip holds which sheet, and the texts that its sheets share."""

    path: Path
    sheets: Mapping[str, str]
    shared: Sequence[str] = field(repr=False)

    def rows(self, sheet: str) -> Iterator[tuple[int, Cells]]:
        """The rows that a sheet has, each with its number, counting from 1."""
        with _damage(self.path), zipfile.ZipFile(self.path) as archive, archive.open(self.sheets[sheet]) as file:
            yield from _parsed(file, self.shared)


def workbook_tables(path: Path) -> Iterator[BackTable]:
    """The tables of a workbook, in the order of its sheet `_tables`.

    Raises
    ------
    PackageError
        As `xlsx.read` says.
    """
    book = _open(path)
    if "_tables" not in book.sheets:
        raise PackageError(f"{path} was not written by mandates-data: it has no sheet _tables.", _ANOTHER)
    for name, (sheet, text) in _listed(book).items():
        if sheet not in book.sheets:
            raise PackageError(f"{path} has no sheet {sheet!r}, where the table {name} was.", _ANOTHER)
        schema = schema_from_text(text, str(path))
        yield BackTable(name, schema, _batches(book, sheet, schema))


@contextlib.contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PackageError(f"Cannot read {path}: {error.strerror or error}.", "Check the path.") from error
    except _DAMAGE as error:
        raise PackageError(f"{path} is no sound Excel workbook: {error}.", _ANOTHER) from error


def _open(path: Path) -> Book:
    with _damage(path), zipfile.ZipFile(path) as archive:
        links = {
            link.get("Id", ""): (
                link.get("Type", ""),
                posixpath.normpath(posixpath.join("/xl", link.get("Target", ""))),
            )
            for link in ET.fromstring(_small(archive, "xl/_rels/workbook.xml.rels"))  # noqa: S314 # expat >= 2.4
        }
        sheets = {}
        for element in ET.fromstring(_small(archive, "xl/workbook.xml")).iter():  # noqa: S314 # expat >= 2.4
            if _tag(element) == "sheet":
                link = next((value for key, value in element.items() if key.endswith("}id")), "")
                sheets[element.get("name", "")] = links[link][1].lstrip("/")
        shared = next((target for kind, target in links.values() if kind.endswith("/sharedStrings")), None)
        texts = _shared(archive, shared.lstrip("/")) if shared else []
    return Book(path, sheets, texts)


def _small(archive: zipfile.ZipFile, name: str) -> bytes:
    _check_size(archive, name)
    return archive.read(name)


def _check_size(archive: zipfile.ZipFile, name: str) -> None:
    if archive.getinfo(name).file_size > _MOST_SHARED:
        raise ValueError(f"{name} is larger than {_MOST_SHARED:,} bytes")


def _shared(archive: zipfile.ZipFile, name: str) -> list[str]:
    _check_size(archive, name)
    texts = []
    with archive.open(name) as file:
        root = None
        for event, element in ET.iterparse(file, ("start", "end")):  # noqa: S314 # expat >= 2.4
            root = element if root is None else root
            if event == "end" and _tag(element) == "si":
                texts.append(_text(element))
                root.clear()
    return texts


def _tag(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2]


def _text(element: ET.Element) -> str:
    """The text of a shared or inline string, its runs joined, without what tells how to pronounce it."""
    found = []
    for child in element:
        if _tag(child) == "t":
            found.append(plain(child.text or ""))
        elif _tag(child) == "r":
            found += [plain(run.text or "") for run in child if _tag(run) == "t"]
    return "".join(found)


def _parsed(file: IO[bytes], shared: Sequence[str]) -> Iterator[tuple[int, Cells]]:
    number = 0
    data = None
    for event, element in ET.iterparse(file, ("start", "end")):  # noqa: S314 # expat >= 2.4
        tag = _tag(element)
        if event == "start":
            data = element if tag == "sheetData" else data
        elif tag == "row" and data is not None:
            number = int(element.get("r", number + 1))
            if number > MAX_ROWS:
                raise ValueError(f"row {number}")
            if len(element):
                yield number, _cells(element, shared)
            data.clear()


def _cells(row: ET.Element, shared: Sequence[str]) -> Cells:
    cells: Cells = {}
    column = -1
    for element in row:
        place = _PLACE.fullmatch(element.get("r", ""))
        column = _column_number(place[1]) if place else column + 1
        cell = _cell(element, shared)
        if cell is not None:
            cells[column] = cell
    return cells


def _column_number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    if number > MAX_COLUMNS:
        raise ValueError(f"column {letters}")
    return number - 1


def _cell(element: ET.Element, shared: Sequence[str]) -> Cell | None:
    kind = element.get("t", "n")
    inside = {_tag(child): child for child in element}
    if "f" in inside:
        return Cell("f", inside["f"].text or "")
    if kind == "inlineStr":
        text = _text(inside["is"]) if "is" in inside else ""
    else:
        text = inside["v"].text or "" if "v" in inside else ""
        if kind == "s" and text:
            text = shared[int(text)]
        elif kind == "str":
            text = plain(text)
    return Cell("s" if kind in ("s", "str", "inlineStr") else kind, text) if text else None


def _listed(book: Book) -> dict[str, tuple[str, str]]:
    """The tables, in order: the sheet of each and its schema, put together from its parts."""
    rows = book.rows("_tables")
    _, first = next(rows, (0, {}))
    header = {cell.text: column for column, cell in first.items()}
    if not {"position", "table", "sheet", "part", "schema"} <= header.keys():
        raise PackageError(f"{book.path} was not written by mandates-data: its sheet _tables is another.", _ANOTHER)
    pieces = []
    for number, cells in rows:
        told = {name: cells[column].text for name, column in header.items() if column in cells}
        try:
            pieces.append((int(told["position"]), int(told["part"]), told["table"], told["sheet"], told["schema"]))
        except (KeyError, ValueError) as error:
            raise PackageError(f"{book.path}: row {number} of the sheet _tables is damaged.", _ANOTHER) from error
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
