"""A workbook as rows of cells, read with nothing but the standard library, in memory that does not grow with a sheet.

It sees texts as they are: openpyxl's reader drops the letters `x005F_` from shared strings, which changes cells of a
workbook that was saved again.
"""

from __future__ import annotations

import contextlib
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO
from xml.etree import ElementTree as ET

from ..errors import PackageError
from .xlsx_texts import MAX_COLUMNS, MAX_ROWS, plain

ANOTHER = "Name a file that convert wrote, or convert the package again."
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


@contextlib.contextmanager
def _damage(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise PackageError(f"Cannot read {path}: {error.strerror or error}.", "Check the path.") from error
    except _DAMAGE as error:
        raise PackageError(f"{path} is no sound Excel workbook: {error}.", ANOTHER) from error


def open_book(path: Path) -> Book:
    """The workbook at `path`, none of its sheets read yet.

    Raises
    ------
    PackageError
        It is none, or is damaged.
    """
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
