"""The only reader of delimited tables: strict, exact about lines, and streaming.

A table that is not what its dialect says (encoding, byte order mark, line ends, quotes, widths) is a `Flaw`, told to
`on_flaw` with its place. `read_rows` is for callers who want rows or an exception; `validate` listens to the flaws.
Structure follows the Table Dialect standard and, where that is silent, RFC 4180.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO, Literal

from ..errors import PackageError, TableError, brief
from .magic import is_wide, what_it_is
from .model import Dialect, Package, Resource

BATCH = 8192
"""Records in a batch."""

FlawKind = Literal[
    "empty-file",
    "not-text",
    "web-page",
    "json-file",
    "pointer-file",
    "byte-order-mark",
    "wrong-encoding",
    "null-character",
    "carriage-returns",
    "mixed-line-ends",
    "no-final-line-end",
    "unclosed-quote",
    "text-after-quote",
    "unreadable",
    "blank-line",
    "row-too-short",
    "row-too-long",
    "line-break-in-cell",
]
FATAL: frozenset[FlawKind] = frozenset(
    {
        "empty-file",
        "not-text",
        "web-page",
        "json-file",
        "pointer-file",
        "wrong-encoding",
        "unclosed-quote",
        "text-after-quote",
        "unreadable",
    }
)
"""Flaws after which no further record of the table is read."""

HARMLESS: frozenset[FlawKind] = frozenset(
    {"byte-order-mark", "carriage-returns", "mixed-line-ends", "no-final-line-end", "line-break-in-cell"}
)
"""Flaws under which every cell is still beyond doubt: `read_rows` reads on."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """Something wrong with the file as such. `line` counts from 1, 0 where the whole file is meant."""

    kind: FlawKind
    line: int
    seen: str = ""
    width: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the physical line that it starts on (counting from 1) and its cells as text."""

    line: int
    cells: list[str]


_UNDECODED = re.compile("[\udc80-\udcff]+")
"""Bytes that are no text in the stated encoding, as Python's `surrogateescape` marks them: so the line is exact."""

OnFlaw = Callable[[Flaw], None]


class TableReader:
    """Reads one delimited table, once. Iterate `batches()` after looking at `header`.

    Parameters
    ----------
    file
        The bytes of the table; the reader does not close it.
    dialect, encoding
        As the resource states them. `utf-8` is strict: a byte order mark is a flaw.
    on_flaw
        Told every flaw, in file order. After one of `FATAL` the iteration ends.
    lines_before, width
        For a reader that goes on in the middle of a table: how many lines stand before its first byte, which begins a
        record, and how many cells a record has. There is no header then.

    Attributes
    ----------
    header
        The cells of the header row; empty where the dialect has none or the file is empty.
    """

    def __init__(
        self,
        file: BinaryIO,
        dialect: Dialect,
        encoding: str,
        on_flaw: OnFlaw,
        *,
        lines_before: int = 0,
        width: int = 0,
    ) -> None:
        self._on_flaw = on_flaw
        self._dialect = dialect
        self._before = lines_before
        self._width = width
        self._encoding = _codec(encoding)
        self._line_ends: dict[str, int] = {}
        self._first_of_end: dict[str, int] = {}
        self._dead = False
        csv.field_size_limit(min(sys.maxsize, 2**31 - 1))
        raw: io.BufferedReader = io.BufferedReader(_Raw(file))
        if not lines_before:
            self._check_start(raw)
        text = io.TextIOWrapper(raw, encoding=self._encoding, errors="surrogateescape", newline="")
        self._text = text
        self._csv = csv.reader(self._lines(text), _csv_dialect(dialect))
        self._records = self._read()
        self.header: list[str] = []
        if dialect.header and not lines_before and not self._dead:
            first = next(self._records, None)
            if first is not None:
                self.header = first.cells
            elif not self._dead:
                self._tell("empty-file", 0)

    @property
    def line_ends(self) -> Mapping[str, int]:
        """How many of the lines read so far end in each way; what a line without an end ends in counts too."""
        return self._line_ends

    @property
    def first_lines(self) -> Mapping[str, int]:
        """The first line that ends in each way, of those read so far."""
        return self._first_of_end

    def batches(self, size: int = BATCH) -> Iterator[list[Record]]:
        """The records after the header, in lists of at most `size`. Blank lines are left out (each is a flaw).

        A record with too few or too many cells is told as a flaw and still given, as it stands.
        """
        batch: list[Record] = []
        for record in self._records:
            batch.append(record)
            if len(batch) >= size:
                yield batch
                batch = []
        if batch:
            yield batch
        self._finish()

    def _read(self) -> Iterator[Record]:
        width, before = self._width, self._before
        comment = self._dialect.comment_char
        while not self._dead:
            line = before + self._csv.line_num + 1
            try:
                cells = next(self._csv)
            except StopIteration:
                return
            except csv.Error as error:
                self._tell(_csv_flaw(str(error)), line, str(error))
                return
            except UnicodeError as error:
                self._tell("wrong-encoding", before + self._csv.line_num + 1, _undecoded(error))
                return
            if not cells:
                self._tell("blank-line", line)
                continue
            if comment and cells[0].startswith(comment):
                continue
            if before + self._csv.line_num != line:
                self._tell("line-break-in-cell", line)
            if width and len(cells) != width:
                kind: FlawKind = "row-too-short" if len(cells) < width else "row-too-long"
                self._tell(kind, line, str(len(cells)), width)
            width = width or len(cells)
            yield Record(line, cells)

    def _lines(self, text: io.TextIOWrapper) -> Iterator[str]:
        number = self._before
        last = "\n"
        counts = self._line_ends
        for line in text:
            number += 1
            if "\0" in line:
                self._tell("null-character", number)
            if not line.isascii() and (foreign := _foreign(line)):
                self._tell("wrong-encoding", number, foreign)
                return
            last = "\r\n" if line[-2:] == "\r\n" else line[-1]
            if last in counts:
                counts[last] += 1
            else:
                self._first_of_end[last if last in "\r\n" else ""] = number
                counts[last] = 1
            yield line
        if number > self._before and last not in ("\n", "\r", "\r\n"):
            self._tell("no-final-line-end", number)

    def _check_start(self, raw: io.BufferedReader) -> None:
        start = raw.peek(512)[:512]
        plain = not self._encoding.startswith(("utf-16", "utf-32"))
        if not start:
            self._tell("empty-file", 0)
        elif plain and (start.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or is_wide(start)):
            self._tell("wrong-encoding", 1, "UTF-16")
        elif plain and (found := what_it_is(start)):
            self._tell(found[0], 0, found[1])
        elif start.startswith(codecs.BOM_UTF8):
            self._tell("byte-order-mark", 1)
            raw.read(3)

    def _finish(self) -> None:
        for flaw in line_end_flaws(self._line_ends, self._first_of_end):
            self._on_flaw(flaw)

    def _tell(self, kind: FlawKind, line: int, seen: str = "", width: int = 0) -> None:
        if kind in FATAL:
            self._dead = True
        self._on_flaw(Flaw(kind, line, seen, width))


class _Raw(io.RawIOBase):
    """Gives any binary stream the face that `BufferedReader` wants."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        chunk = self._file.read(len(buffer))
        buffer[: len(chunk)] = chunk
        return len(chunk)


def line_end_flaws(line_ends: Mapping[str, int], first_lines: Mapping[str, int]) -> Iterator[Flaw]:
    """What the line ends of a whole table say, by how many lines end in each way and the first that does."""
    ends = {end: count for end, count in line_ends.items() if end in ("\n", "\r", "\r\n")}
    if len(ends) > 1:
        rare = min(ends, key=lambda end: ends[end])
        yield Flaw("mixed-line-ends", first_lines.get(rare, 0), repr(rare))
    elif ends and "\n" not in ends:
        yield Flaw("carriage-returns", 0, repr(next(iter(ends))))


def is_text_encoding(name: str) -> bool:
    """Whether tables can be read in an encoding of that name.

    >>> is_text_encoding("utf-8"), is_text_encoding("base64"), is_text_encoding("Excel")
    (True, False, False)
    """
    try:
        "".encode(name)
    except (LookupError, ValueError):
        return False
    return codecs.lookup(name).name not in _NO_TABLES


_NO_TABLES = frozenset({"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape"})
"""Encodings of Python that are for names and source code."""


def _codec(encoding: str) -> str:
    if not is_text_encoding(encoding):
        raise PackageError(f"The encoding {brief(encoding)} is not known.", "Write utf-8, and save the table so.")
    return codecs.lookup(encoding).name


def _csv_dialect(dialect: Dialect) -> type[csv.Dialect]:
    class Strict(csv.Dialect):
        delimiter = dialect.delimiter
        quotechar = dialect.quote_char
        doublequote = dialect.double_quote
        escapechar = dialect.escape_char
        skipinitialspace = dialect.skip_initial_space
        quoting = csv.QUOTE_NONE if dialect.quote_char is None else csv.QUOTE_MINIMAL
        lineterminator = "\n"
        strict = True

    return Strict


def _foreign(line: str) -> str:
    """The first bytes of a line that are no text, in hexadecimal; empty where all is text."""
    try:
        line.encode("utf-8")  # refuses what `_UNDECODED` would find, and is ten times as fast on sound lines
    except UnicodeEncodeError:
        found = _UNDECODED.search(line)
        return found.group().encode("utf-8", "surrogateescape").hex(" ") if found else "half a character"
    return ""


def _undecoded(error: UnicodeError) -> str:
    """The bytes that are no text, or what the codec has against them (UTF-16 without its mark, say)."""
    if isinstance(error, UnicodeDecodeError):
        return error.object[error.start : error.end].hex(" ")
    return str(error)


def _csv_flaw(message: str) -> FlawKind:
    if "unexpected end of data" in message:
        return "unclosed-quote"
    return "text-after-quote" if "expected after" in message else "unreadable"


def read_rows(package: Package, resource: Resource) -> Iterator[list[Record]]:
    """The records of a table after its header, in batches, each as wide as the schema.

    Columns are brought into the schema's order by name; a column that the schema has and the file has not is
    filled with the first missing value, where `fieldsMatch` lets it be away.

    Raises
    ------
    TableError
        The file has a flaw that is not harmless, or its header is not the schema's; `validate` tells all of them.
    """
    assert package.store is not None
    with package.store.open(resource.path) as file:
        yield from _rows(TableReader(file, resource.dialect, resource.encoding, _refuse(resource)), resource)


def _rows(reader: TableReader, resource: Resource) -> Iterator[list[Record]]:
    names = list(resource.schema.field_names)
    if not resource.dialect.header or reader.header == names:
        for batch in reader.batches():
            if names and not resource.dialect.header and len(batch[0].cells) != len(names):
                said = f"{resource.path}:{batch[0].line} has {len(batch[0].cells)} cells, the schema {len(names)}."
                raise TableError(said, "Run: mandates-data validate")
            yield batch
        return
    places = _places(reader.header, resource)
    missing = [_blank(resource.schema.missing_values_of(field)) for field in resource.schema.fields]
    sources = list(zip(places, missing, strict=True))
    for batch in reader.batches():
        yield [Record(r.line, [r.cells[p] if p is not None else blank for p, blank in sources]) for r in batch]


def _blank(missing: frozenset[str]) -> str:
    return "" if "" in missing or not missing else min(missing)


def _places(header: list[str], resource: Resource) -> list[int | None]:
    schema = resource.schema
    missing = [name for name in schema.field_names if name not in header]
    extra = [name for name in header if name not in schema.field_names]
    ordered = schema.fields_match != "exact" and len(set(header)) == len(header)
    may_lack = schema.fields_match in ("superset", "partial")
    may_add = schema.fields_match in ("subset", "partial")
    if not ordered or (missing and not may_lack) or (extra and not may_add):
        raise TableError(
            f"{resource.path}: the header is {header}, the schema has {list(schema.field_names)}.",
            "Run: mandates-data validate",
        )
    return [header.index(name) if name in header else None for name in schema.field_names]


def _refuse(resource: Resource) -> OnFlaw:
    def refuse(flaw: Flaw) -> None:
        if flaw.kind in HARMLESS:
            return
        where = f"{resource.path}:{flaw.line}" if flaw.line else resource.path
        raise TableError(
            f"{where} cannot be read as a table: {flaw.kind.replace('-', ' ')}.", "Run: mandates-data validate"
        )

    return refuse
