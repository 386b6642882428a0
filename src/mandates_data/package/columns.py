"""Plain delimited text taken apart in bulk: a block of whole lines becomes columns of cells, or is given back.

`split_block` understands what nearly every table is made of: one record a line, quotation marks around whole cells.
What it gives is what the csv module would give (a property test holds that), at a third of the cost; of anything else
it says that it does not know, and `reader.TableReader` takes over.
"""

from __future__ import annotations

import codecs
import operator
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import repeat
from operator import contains

from .model import Dialect

_COPY = "\0"
"""Stands for a quoted cell while the text around it is split; a block that has it itself is given back."""

_ONE_BYTE = frozenset({"utf-8", "ascii", "iso8859-1", "cp1252"})
"""Encodings in which the bytes of ASCII stand for nothing but themselves."""


@dataclass(slots=True)
class Block:
    """Consecutive records, by column of the file.

    Attributes
    ----------
    columns
        One list of texts a column, all of one length.
    lines
        The line of each record, counting from the first line of the block as 0.
    odd
        Records of another width, with their line and cells; they stand in no column.
    blank
        Lines with nothing on them.
    height
        How many lines the block has.
    line_end
        What every line ends in.
    quoted
        The cells that stand in quotation marks.
    delimiter
        Between the cells.
    """

    columns: list[list[str]]
    lines: Sequence[int]
    height: int
    line_end: str
    odd: list[tuple[int, list[str]]] = field(default_factory=list)
    blank: list[int] = field(default_factory=list)
    quoted: Sequence[str] = ()
    delimiter: str = ","

    def is_canonical(self) -> bool:
        """Whether every line is written as `writer.format_row` writes it."""
        plain = self.delimiter == "," and self.line_end == "\n" and not self.blank
        if not plain or all(map(contains, self.quoted, repeat(","))):
            return plain
        return all("," in cell or '"' in cell for cell in self.quoted)


def is_plain(dialect: Dialect, encoding: str) -> bool:
    """Whether tables written so can be split in bulk at all."""
    return (
        dialect.quote_char == '"'
        and dialect.double_quote
        and dialect.escape_char is None
        and dialect.comment_char is None
        and not dialect.skip_initial_space
        and dialect.delimiter.isascii()
        and dialect.delimiter not in ('"', _COPY, "\n", "\r")
        and codecs.lookup(encoding).name in _ONE_BYTE
    )


def split_block(block: bytes, width: int, delimiter: str = ",", encoding: str = "utf-8") -> Block | None:
    r"""The cells of whole lines by column; None where these lines want a closer look.

    >>> split_block(b'1,"a, b"\n2,c\n', 2).columns
    [['1', '2'], ['a, b', 'c']]

    Parameters
    ----------
    block
        Lines that each end in LF or all in CRLF, the first of which begins a record.
    width
        How many cells a record has.
    delimiter, encoding
        As the table states them: see `is_plain`.
    """
    # Read as Latin-1, text is one byte a letter: it is split at the speed of bytes. Cells with other letters than
    # those of ASCII are read again below.
    text = block.decode("latin-1")
    if _COPY in text or not text.endswith("\n"):
        return None
    line_end = "\n"
    if "\r" in text:
        line_end = "\r\n"
        if not text.count("\r\n") == text.count("\r") == text.count("\n"):
            return None
        text = text.replace("\r\n", "\n")
    outside, inside = _quotes(text)
    if not outside:
        return None
    if "\n" in "".join(inside):
        return None
    bare = _COPY.join(outside)
    codec = codecs.lookup(encoding).name
    try:
        if not text.isascii():
            _read_again(inside, codec)
            bare = bare if bare.isascii() else bare.encode("latin-1").decode(codec)
    except UnicodeDecodeError:
        return None
    found = _rows(bare, inside, width, delimiter)
    if found is not None:
        found.line_end, found.quoted, found.delimiter = line_end, inside, delimiter
    return found


def _quotes(text: str) -> tuple[list[str], list[str]]:
    """What stands outside quotation marks and what inside; nothing at all where they do not close."""
    pieces = text.split('"')
    if len(pieces) % 2 == 0:
        return [], []
    outside, inside = pieces[::2], pieces[1::2]
    if len(outside) > 2 and "" in outside[1:-1]:  # two marks that stand for one
        gaps, cells = outside, inside
        outside, inside = [gaps[0]], [cells[0]]
        for gap, cell in zip(gaps[1:-1], cells[1:], strict=True):
            if gap:
                outside.append(gap)
                inside.append(cell)
            else:
                inside[-1] += '"' + cell
        outside.append(gaps[-1])
    return outside, inside


def _rows(bare: str, inside: list[str], width: int, delimiter: str) -> Block | None:
    flat = bare.replace("\n", f"{delimiter}\n{delimiter}").split(delimiter)
    flat.pop()
    height, rest = divmod(len(flat), width + 1)
    if rest or not flat[width :: width + 1].count("\n") == bare.count("\n") == height:
        return _ragged(bare, inside, width, delimiter)
    columns = [flat[place :: width + 1] for place in range(width)]
    if width == 1 and "" in columns[0]:
        return None  # a blank line, or a lone cell that is empty
    if inside and not _fill(columns, inside):
        return None
    return Block(columns, range(height), height, "\n")


def _fill(columns: list[list[str]], inside: list[str]) -> bool:
    """Put the quoted cells into their places. False where a quotation mark does not open or close a whole cell."""
    places = [place for place, column in enumerate(columns) if _COPY in column]
    count = len(places)
    cells: list[str] = [""] * (count * len(columns[0]))
    for number, place in enumerate(places):
        cells[number::count] = columns[place]
    quoted = iter(inside)
    cells = [next(quoted) if cell == _COPY else cell for cell in cells]
    if next(quoted, None) is not None:
        return False
    for number, place in enumerate(places):
        columns[place] = cells[number::count]
    return True


def _ragged(bare: str, inside: list[str], width: int, delimiter: str) -> Block | None:
    """The same for a block in which some lines are of another width: those are taken out."""
    lines = bare.split("\n")
    lines.pop()
    counts = list(map(operator.methodcaller("count", delimiter), lines))
    if width == 1 and "" in lines:
        return None
    odd: list[tuple[int, list[str]]] = []
    blank: list[int] = []
    kept: list[str] = []
    kept_inside: list[str] = []
    numbers: list[int] = []
    at = 0
    for number, (line, count) in enumerate(zip(lines, counts, strict=True)):
        quoted = line.count(_COPY)
        own = inside[at : at + quoted]
        at += quoted
        if count == width - 1:
            kept.append(line)
            kept_inside += own
            numbers.append(number)
        elif not line:
            blank.append(number)
        else:
            cells = [[cell] for cell in line.split(delimiter)]
            if own and not _fill(cells, own):
                return None
            odd.append((number, [cell for (cell,) in cells]))
    block: Block | None = Block([[] for _ in range(width)], [], 0, "\n")
    if kept:
        block = _rows("".join(line + "\n" for line in kept), kept_inside, width, delimiter)
    if block is None:
        return None
    block.lines, block.height, block.odd, block.blank = numbers, len(lines), odd, blank
    return block


def _read_again(cells: list[str], encoding: str) -> None:
    """Read in their own encoding the cells that have letters beyond ASCII."""
    for place in beyond_ascii(cells):
        cells[place] = cells[place].encode("latin-1").decode(encoding)


def beyond_ascii(texts: Sequence[str]) -> Iterator[int]:
    """The places of the texts that have other letters than those of ASCII, at the speed of the C library.

    >>> list(beyond_ascii(["Lima", "Québec", "Miami", "Asunción"]))
    [1, 3]
    """
    plain = list(map(str.isascii, texts))
    place = -1
    for _ in range(plain.count(False)):
        place = plain.index(False, place + 1)
        yield place
