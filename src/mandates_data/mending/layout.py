"""From a file's text to its rows: which sign separates the columns, which emptiness is none of the table.

Another sign than the stated one is believed only where the header and the width of every row fit exactly.
"""

from __future__ import annotations

import dataclasses
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..package.model import Resource, Schema
from ..package.reader import FATAL, Flaw, Record, TableReader
from ..validate.header_causes import is_marker
from .forms import schema_of
from .values import Repair

_SIGNS = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
_ENDS = {"\r\n": "CRLF (Windows)", "\r": "CR (old Mac)"}
_SEP_LINE = re.compile(rb'"?sep=([;,|\t])"?[;,|\t]*(?:\r\n|\r|\n)', re.IGNORECASE)
_ABOUT_LINE_ENDS = ("carriage-returns", "mixed-line-ends", "no-final-line-end")
QUOTES = Repair("quotes", "quotation marks where no cell needs them, or none where one does")


@dataclass(frozen=True, slots=True)
class Reading:
    """A text as records, taken apart at one sign.

    `schema` and `places` (of its columns in the file, without those that have no name) are None and empty where the
    header does not fit; `first_line` is that of the header.
    """

    sign: str
    header: list[str]
    records: list[Record]
    flaws: list[Flaw]
    schema: Schema | None
    places: tuple[int, ...]
    repairs: tuple[Repair, ...]
    first_line: int = 1
    no_records: frozenset[tuple[str, ...]] = frozenset()

    @property
    def fits(self) -> bool:
        """Whether every row is beyond doubt."""
        return self.schema is not None and next(self.misfits(), None) is None

    def misfits(self) -> Iterator[tuple[str, int]]:
        """What is against it, and on which line: a kind of flaw, `conflict-markers`, `two-tables`, `unnamed-column`."""
        for flaw in self.flaws:
            if flaw.kind in FATAL or flaw.kind in ("null-character", "blank-line"):
                yield flaw.kind, flaw.line
        named, width = set(self.places), len(self.header)
        for record in self.records:
            cells = record.cells
            if is_marker(cells[0]):
                yield "conflict-markers", record.line
            elif tuple(cells) in self.no_records or (cells == self.header and width > 1):
                yield "two-tables", record.line
            elif width > 1 and not any(cells):
                yield "empty-rows", record.line
            elif len(cells) != width:  # a cell too many may be a comma that nobody quoted, though the last one is empty
                yield "row-too-short" if len(cells) < width else "row-too-long", record.line
            elif len(named) != width and any(cell and n not in named for n, cell in enumerate(cells)):
                yield "unnamed-column", record.line


def readings(text: bytes, resource: Resource, headers: frozenset[tuple[str, ...]] = frozenset()) -> Iterator[Reading]:
    """The text taken apart at each sign whose header fits, the stated sign first.

    `headers` are those of all tables: see `forms.headers`.
    """
    for reading in _tried(text, resource):
        if reading.schema is not None:
            yield dataclasses.replace(reading, no_records=headers)


def _tried(text: bytes, resource: Resource) -> Iterator[Reading]:
    stated = resource.dialect.delimiter
    sep = _SEP_LINE.match(text)
    if sep is not None:
        said = sep[1].decode()
        repair = Repair("sep-line", "a first line that only names the separator")
        for sign in dict.fromkeys((said, stated, *_SIGNS)):
            yield _read(text[sep.end() :], sign, resource, (repair,), first_line=2)
    for sign in dict.fromkeys((stated, *_SIGNS)):
        yield _read(text, sign, resource)
    unwrapped = _unwrapped(text, resource)
    if unwrapped is not None:
        repair = Repair("rows-in-quotes", "quotation marks around whole rows")
        for sign in dict.fromkeys((stated, *_SIGNS)):
            yield _read(unwrapped, sign, resource, (repair,))


def _unwrapped(text: bytes, resource: Resource) -> bytes | None:
    """The text whose every line is one cell in quotation marks, without these; None where it is no such text."""
    if not text.startswith(b'"') or len(resource.schema.fields) < 2:
        return None
    flaws: list[Flaw] = []
    reader = TableReader(io.BytesIO(text), resource.dialect, "utf-8", flaws.append)
    lines = [reader.header, *(record.cells for batch in reader.batches() for record in batch)]
    if any(flaw.kind not in _ABOUT_LINE_ENDS for flaw in flaws) or any(len(cells) != 1 for cells in lines):
        return None
    return "".join(f"{cells[0]}\n" for cells in lines).encode()


def as_stated(text: bytes, resource: Resource) -> Reading:
    """The text taken apart at the stated sign, whether or not its header fits."""
    return _read(text, resource.dialect.delimiter, resource)


def _read(text: bytes, sign: str, resource: Resource, repairs: tuple[Repair, ...] = (), first_line: int = 1) -> Reading:
    flaws: list[Flaw] = []
    reader = TableReader(io.BytesIO(text), dataclasses.replace(resource.dialect, delimiter=sign), "utf-8", flaws.append)
    header = reader.header
    above_header = max((flaw.line for flaw in flaws), default=0)
    schema = schema_of([name for name in header if name], resource.schema)
    unproven = sign != resource.dialect.delimiter and len(header) == 1  # one column fits any sign
    if schema is None or unproven or "" in resource.schema.field_names:
        return Reading(sign, header, [], flaws, None, (), (), first_line)
    records = [record for batch in reader.batches() for record in batch]
    kept = _without_empty_end(records, schema)
    last = kept[-1].line if kept else above_header
    blank_is_row = len(header) == 1 and not _never_empty(schema)  # a line with nothing on it may be its empty cell
    told = len(flaws)
    if not blank_is_row:
        flaws = [flaw for flaw in flaws if flaw.kind != "blank-line" or flaw.line <= last]
    gone = len(flaws) < told
    moved = [dataclasses.replace(flaw, line=flaw.line + first_line - 1) for flaw in flaws]
    if first_line > 1:
        kept = [Record(record.line + first_line - 1, record.cells) for record in kept]
    found = [*repairs, *_repairs(sign, resource, flaws, reader)]
    if gone or len(kept) < len(records):
        found.append(Repair("empty-rows", "empty rows at the end"))
    if "" in header:
        found.append(Repair("empty-columns", "empty columns without a name"))
    if text.count(b'"') != _quotes_needed([header, *(record.cells for record in records)], sign):
        found.append(QUOTES)
    places = tuple(header.index(name) for name in schema.field_names)
    return Reading(sign, header, kept, moved, schema, places, tuple(found), first_line)


def _without_empty_end(records: list[Record], schema: Schema) -> list[Record]:
    """The records without those at the end that have no cell with a text.

    In a table of one column an empty cell may be a row.
    """
    if len(schema.fields) == 1 and not _never_empty(schema):
        return records
    last = len(records)
    while last and not any(records[last - 1].cells):
        last -= 1
    return records[:last]


def _never_empty(schema: Schema) -> bool:
    """Whether some column needs a value in every row, and an empty cell is none."""
    return any(
        "" in schema.missing_values_of(field) and (field.constraints.required or field.name in schema.primary_key)
        for field in schema.fields
    )


def _repairs(sign: str, resource: Resource, flaws: Sequence[Flaw], reader: TableReader) -> Iterator[Repair]:
    if sign != resource.dialect.delimiter:
        yield Repair("separator", f"{_SIGNS[sign]} between the columns instead of commas")
    ends = [words for end, words in _ENDS.items() if end in reader.line_ends]
    if ends:
        also = " and LF" if "\n" in reader.line_ends else ""
        yield Repair("line-ends", f"line ends {' and '.join(ends)}{also} instead of LF")
    if any(flaw.kind == "no-final-line-end" for flaw in flaws):
        yield Repair("final-line-end", "a last line that did not end")


def _quotes_needed(rows: Sequence[Sequence[str]], sign: str) -> int:
    """How many quotation marks the rows have when only cells that need them stand in them."""
    needs = re.compile(f'[{re.escape(sign)}"\r\n]')
    total = 0
    for row in rows:
        if len(row) == 1 and not row[0]:
            total += 2
        total += sum(2 + 2 * cell.count('"') for cell in row if needs.search(cell))
    return total
