"""A table as batches of columns, in two gears: plain lines are split in bulk, all else is read record by record.

`TableReader` is the reference for what a record is; `columns.split_block` takes what it can prove. From the first block
that it gives back, the rest of the file is left to the reference.
"""

from __future__ import annotations

import dataclasses
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import BinaryIO

from .columns import Block, is_plain, split_block
from .model import Dialect, Resource
from .reader import Flaw, FlawKind, OnFlaw, Record, TableReader, line_end_flaws
from .writer import format_row

BLOCK = 1 << 18
"""Bytes that are split together: enough to make the work on each block small, little enough for the cache."""

_LONGEST_HEADER = 1 << 20
_NO_FILE: BinaryIO = io.BytesIO()
_OF_THE_WHOLE: frozenset[FlawKind] = frozenset({"mixed-line-ends", "carriage-returns"})
"""Flaws that only the whole file can have: told by `BatchReader.finish`, not by the reader of a part."""


@dataclass(frozen=True, slots=True)
class Batch:
    """Consecutive records.

    Attributes
    ----------
    lines
        The line on which each record starts, counting from 1.
    columns
        Its cells, a list a column of the file.
    odd
        Records that have another number of cells than the header; they are in no column.
    block
        The lines that it was split from; None where it was read record by record.
    """

    lines: Sequence[int]
    columns: Sequence[Sequence[str]]
    odd: Sequence[Record] = field(default=())
    block: Block | None = None

    def is_canonical(self) -> bool:
        """Whether every line is proven to be written in canonical form, its order aside."""
        return self.block is not None and not self.odd and self.block.is_canonical()

    def record(self, place: int) -> Record:
        """The record at a place of the batch."""
        return Record(self.lines[place], [column[place] for column in self.columns])


class BatchReader:
    """Reads one delimited table, once. Iterate `batches` after looking at `header`.

    Parameters are those of `TableReader`, and flaws are told as it tells them.

    Attributes
    ----------
    header
        The cells of the header row; empty where the dialect has none or the file is empty.
    bulk
        Whether the body is read in bulk so far; then `start` is where it begins, in bytes.
    canonical_header
        Whether the header row is proven to be written in canonical form.
    """

    def __init__(self, file: BinaryIO, dialect: Dialect, encoding: str, on_flaw: OnFlaw) -> None:
        self._file = file
        self._dialect, self._encoding, self._on_flaw = dialect, encoding, on_flaw
        self._ends: Counter[str] = Counter()
        self._first_of_end: dict[str, int] = {}
        self._reader: TableReader | None = None
        self.header: list[str] = []
        self.bulk = False
        self.canonical_header = False
        self.start = self.height = self._width = 0
        self._rest = b""
        if file is not _NO_FILE:
            self._open()

    @classmethod
    def of_body(cls, resource: Resource, width: int, on_flaw: OnFlaw) -> BatchReader:
        """A reader of blocks of a table's body, for `split` alone."""
        reader = cls(_NO_FILE, resource.dialect, resource.encoding, on_flaw)
        reader._width = width
        return reader

    def _open(self) -> None:
        head = b""
        if is_plain(self._dialect, self._encoding) and self._dialect.header:
            while b"\n" not in head and len(head) < _LONGEST_HEADER and (more := self._file.read(BLOCK)):
                head += more
            line, end, rest = head.partition(b"\n")
            flaws: list[Flaw] = []
            reader = TableReader(io.BytesIO(line + end), self._dialect, self._encoding, flaws.append)
            if end and reader.header and {flaw.kind for flaw in flaws} <= {"byte-order-mark"}:
                for flaw in flaws:
                    self._on_flaw(flaw)
                self.header, self.bulk, self._rest = reader.header, True, rest
                self.canonical_header = line + end == format_row(reader.header).encode()
                self.start = len(line) + 1
                self.count_lines("\r\n" if line.endswith(b"\r") else "\n", 1, 1)
                return
        self._go_exact(head, 0)
        assert self._reader is not None
        self.header = self._reader.header

    @property
    def line_ends(self) -> Mapping[str, int]:
        """How many of the lines read so far end in each way; what a line without an end ends in counts too."""
        exact = Counter() if self._reader is None else Counter(self._reader.line_ends)
        return self._ends + exact

    @property
    def first_lines(self) -> Mapping[str, int]:
        """The first line that ends in each way, of those read in bulk."""
        return self._first_of_end

    def count_lines(self, end: str, count: int, first: int) -> None:
        """So many lines, the first of them the line `first`, end in this way."""
        self._ends[end] += count
        self._first_of_end.setdefault(end, first)

    def first_records(self, count: int) -> list[Record] | None:
        """The first records after the header, which `batches` gives again; None where only another look can tell."""
        if not self.bulk:
            return None
        body = self._rest[: self._rest.rfind(b"\n") + 1]
        dialect = dataclasses.replace(self._dialect, header=False)
        reader = TableReader(io.BytesIO(body), dialect, self._encoding, lambda _flaw: None, lines_before=1)
        return next(reader.batches(count), [])

    def batches(self, width: int = 0) -> Iterator[Batch]:
        """The records after the header, each of `width` cells; 0 stands for the width of the header or first record.

        Blank lines are left out (each is a flaw).
        """
        self._width = width = width or len(self.header)
        if self.bulk:
            yield from self._in_bulk()
        if self._reader is not None:
            for records in self._reader.batches():
                width = width or len(records[0].cells)
                yield of_records(records, width)
        self.finish()

    def go_on(self, file: BinaryIO, lines_before: int) -> None:
        """Leave the rest of the table, from the record that `file` is at, to the reference."""
        self._file = file
        self._go_exact(b"", lines_before)

    def finish(self) -> None:
        """Tell what is only known at the end of the file."""
        firsts = dict(self._first_of_end)
        if self._reader is not None:
            for end, line in self._reader.first_lines.items():
                firsts.setdefault(end, line)
        for flaw in line_end_flaws(self.line_ends, firsts):
            self._on_flaw(flaw)

    def _in_bulk(self) -> Iterator[Batch]:
        line = 1
        rest = self._rest
        self._rest = b""
        while True:
            more = self._file.read(max(BLOCK, len(rest)))  # an endless line is not copied anew for every block
            if not more and not rest:
                return
            cut = len(rest) + more.rfind(b"\n") + 1 if b"\n" in more else 0
            block = rest + more
            if not more:
                cut = len(block)
            elif not cut and b"\n" in rest:
                cut = rest.rfind(b"\n") + 1
            if not cut:
                rest = block
                continue
            block, rest = block[:cut], block[cut:]
            batch = self.split(block, line)
            if batch is None:
                self._go_exact(block + rest, line)
                return
            line += self.height
            yield batch

    def split(self, block: bytes, lines_before: int) -> Batch | None:
        """A block of whole lines as a batch, its flaws told; None, and nothing told, where it cannot be split.

        `height` then says how many lines it has.
        """
        whole = block.endswith(b"\n")
        found = split_block(block if whole else block + b"\n", self._width, self._dialect.delimiter, self._encoding)
        if found is None or (not whole and found.line_end != "\n"):
            return None
        self.height = found.height
        self.note_block(found, lines_before, whole=whole)
        return batch_of(found, lines_before)

    def note_flaws(self, flaws: Iterable[Flaw]) -> None:
        """Tell flaws that were found elsewhere."""
        for flaw in flaws:
            self._on_flaw(flaw)

    def note_block(self, block: Block, lines_before: int, *, whole: bool) -> None:
        """Tell the flaws of a block, and count its lines."""
        width = self._width
        self.count_lines(block.line_end, block.height - (not whole), lines_before + 1)
        for number in block.blank:
            self._on_flaw(Flaw("blank-line", lines_before + number + 1))
        for number, cells in block.odd:
            kind: FlawKind = "row-too-short" if len(cells) < width else "row-too-long"
            self._on_flaw(Flaw(kind, lines_before + number + 1, str(len(cells)), width))
        if not whole:
            self._on_flaw(Flaw("no-final-line-end", lines_before + block.height))

    def _go_exact(self, head: bytes, lines_before: int) -> None:
        self.bulk = False
        dialect = self._dialect if not lines_before else dataclasses.replace(self._dialect, header=False)
        rest: BinaryIO = _Chained(head, self._file)  # type: ignore[assignment]  # only `read` is called
        self._reader = TableReader(
            rest, dialect, self._encoding, self._tell, lines_before=lines_before, width=self._width or len(self.header)
        )

    def _tell(self, flaw: Flaw) -> None:
        if flaw.kind not in _OF_THE_WHOLE:
            self._on_flaw(flaw)


class _Chained:
    """Some bytes that were read already, then the rest of their file."""

    def __init__(self, head: bytes, file: BinaryIO) -> None:
        self._head, self._file = io.BytesIO(head), file

    def read(self, size: int = -1) -> bytes:
        return self._head.read(size) or self._file.read(size)


def batch_of(block: Block, lines_before: int) -> Batch:
    """A block as a batch, after so many lines."""
    first = lines_before + 1
    lines: Sequence[int] = block.lines
    lines = range(first, first + len(lines)) if isinstance(lines, range) else [first + line for line in lines]
    odd = [Record(first + line, cells) for line, cells in block.odd]
    return Batch(lines, block.columns, odd, block)


def of_records(records: Sequence[Record], width: int) -> Batch:
    """Records as a batch whose columns are those of the records of this width."""
    even = [record for record in records if len(record.cells) == width]
    odd = [record for record in records if len(record.cells) != width]
    columns = list(zip(*[record.cells for record in even], strict=True)) if even else [()] * width
    return Batch([record.line for record in even], columns, odd)
