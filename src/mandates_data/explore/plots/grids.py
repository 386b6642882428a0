"""Counts against summits: bars a summit, and rows with a cell or a disc for each summit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ...errors import CapacityError
from ..statistics.facts import Summit
from .lettering import broken, clean, cut, width_of
from .shades import INK, MUTED, PATTERNS, Colour, ink_on, shade, shades
from .sheet import BODY, MARGIN, SMALL, WIDTH, Sheet

_ROW = 0.235
_LINE = 0.135
_MOST_LINES = 3
_BESIDE = 0.07
_MOST_SUMMITS = 30
_MOST_ROWS = 200
_LETTER = 0.038
"""Half the height of a letter of `BODY`, in inches: what a text stands below the middle of its row."""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row of a grid: a name in bold, more words, a number for each summit, and one at the end."""

    name: str
    more: str
    values: tuple[int, ...]
    total: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of each bar: its name, its shade and pattern, and a number a summit."""

    name: str
    colour: Colour
    pattern: str
    values: Sequence[int]


def parts_of(values: Mapping[str, Sequence[int]]) -> list[Part]:
    """Parts that are told apart by shade and pattern, the first the lightest."""
    return [
        Part(name, colour, PATTERNS[n % len(PATTERNS)], numbers)
        for n, ((name, numbers), colour) in enumerate(zip(values.items(), shades(len(values)), strict=True))
    ]


def bars(sheet: Sheet, summits: Sequence[Summit], parts: Sequence[Part], nothing: str, *, added: bool = True) -> None:
    """A bar a summit, made of parts.

    Its end has the sum of them, and each part its own number inside; or, where they are not `added` up, all the
    numbers at the end. `nothing` stands where a summit has none of any.
    """
    if nothing_in(sheet, summits, parts):
        return
    _key(sheet, parts)
    names = [_named(summit) for summit in summits]
    left = MARGIN + min(max([0.0, *(width_of(clean(name), BODY) for name in names)]), 2.2) + 0.1
    sums = [sum(part.values[number] for part in parts) for number in range(len(summits))]
    scale = (WIDTH - MARGIN - 0.55 - left) / max([1, *sums])
    top = sheet.y
    for number, name in enumerate(names):
        middle = sheet.y + _ROW / 2
        sheet.text(left - 0.1, middle + _LETTER, cut(name, BODY, left - MARGIN - 0.1), align="right")
        x = left
        there = [part for part in parts if part.values[number]]
        for part in there:
            wide = part.values[number] * scale
            sheet.box((x, middle - 0.085), (wide, 0.17), part.colour, part.pattern)
            if added and len(there) > 1:
                _inside(sheet, str(part.values[number]), (x, wide), middle, part.colour)
            x += wide
        said = str(sums[number]) if added else " + ".join(str(part.values[number]) for part in there)
        if there:
            sheet.text(x + 0.06, middle + _LETTER, said, bold=True)
        else:
            sheet.text(x + 0.06, middle + _LETTER, nothing, size=SMALL, colour=MUTED)
        sheet.y += _ROW
    sheet.line([(left, top), (left, sheet.y)], MUTED)


def _inside(sheet: Sheet, text: str, place: tuple[float, float], middle: float, colour: Colour) -> None:
    """The number of a part on a patch of its own, so that no pattern crosses it; none where it has no room."""
    x, wide = place
    needed = width_of(text, SMALL) + 0.04
    if wide >= needed:
        sheet.box((x + wide / 2 - needed / 2, middle - 0.065), (needed, 0.13), colour, edge=0)
        sheet.text(x + wide / 2, middle + _LETTER - 0.004, text, size=SMALL, colour=ink_on(colour), align="center")


def _key(sheet: Sheet, parts: Sequence[Part]) -> None:
    """What each shade and pattern stands for, in the order of the bar, on as many lines as it takes."""
    x = MARGIN
    for part in parts:
        shown = cut(part.name, BODY, 2.0)
        wide = 0.3 + width_of(shown, BODY) + 0.2
        if x + wide > WIDTH - MARGIN and x > MARGIN:
            x = MARGIN
            sheet.y += 0.2
        sheet.box((x, sheet.y), (0.24, 0.14), part.colour, part.pattern)
        sheet.text(x + 0.3, sheet.y + 0.11, shown)
        x += wide
    sheet.y += 0.28


def cells(sheet: Sheet, summits: Sequence[Summit], rows: Sequence[GridRow], sums: Sequence[int] | None) -> None:
    """A row each with a cell a summit, the darker the more, its number in it; `sums` below, where it is given."""
    if nothing_in(sheet, summits, rows):
        return
    below = [] if sums is None else [GridRow("n", "mandates of the summit", tuple(sums), sum(sums))]
    grid = _Grid(sheet, summits, [*rows, *below], "all")
    most = max([value for row in rows for value in row.values] or [1]) or 1
    for row in rows:
        middle = grid.begin(row)
        for x, value in zip(grid.middles, row.values, strict=True):
            if not value:
                sheet.text(x, middle + _LETTER, "·", colour=MUTED, align="center")
                continue
            colour = shade(0.1 + 0.9 * value / most)
            sheet.box((x - grid.step / 2, middle - grid.height / 2), (grid.step, grid.height), colour)
            sheet.text(x, middle + _LETTER, str(value), colour=ink_on(colour), align="center")
        grid.end()
    for row in below:
        sheet.line([(MARGIN, sheet.y + 0.02), (WIDTH - MARGIN, sheet.y + 0.02)], MUTED)
        middle = grid.begin(row)
        for x, value in zip(grid.middles, row.values, strict=True):
            sheet.text(x, middle + _LETTER, str(value), align="center")
        grid.end()


def discs(sheet: Sheet, summits: Sequence[Summit], rows: Sequence[GridRow]) -> None:
    """A row each with a disc a summit, its area by the number in it, and a line from the first to the last."""
    if nothing_in(sheet, summits, rows):
        return
    grid = _Grid(sheet, summits, rows, "all")
    most = max([value for row in rows for value in row.values] or [1]) or 1
    largest = min(_ROW, grid.step) * 0.49
    for row in rows:
        middle = grid.begin(row)
        sheet.line([(grid.middles[0] - grid.step / 2, middle), (WIDTH - MARGIN - 0.35, middle)])
        there = [x for x, value in zip(grid.middles, row.values, strict=True) if value]
        if len(there) > 1:
            sheet.line([(there[0], middle), (there[-1], middle)], INK, 1.0)
        for x, value in zip(grid.middles, row.values, strict=True):
            if value:
                colour = shade(0.1 + 0.9 * value / most)
                sheet.disc(x, middle, max(0.078, largest * (value / most) ** 0.5), colour)
                sheet.text(x, middle + 0.031, str(value), size=SMALL, colour=ink_on(colour), align="center")
        grid.end()


class _Grid:
    """The heads of a grid's columns, and where its cells stand."""

    def __init__(self, sheet: Sheet, summits: Sequence[Summit], rows: Sequence[GridRow], last: str) -> None:
        self._sheet = sheet
        self.height = _ROW
        wanted = [_label_width(row) for row in rows]
        self._room = min(max([0.6, *wanted]), max(1.2, min(3.2, WIDTH - 0.7 - 0.34 * len(summits))))
        left = MARGIN + self._room + 0.1
        self.step = (WIDTH - MARGIN - 0.35 - left) / max(1, len(summits))
        self.middles = [left + self.step * (n + 0.5) for n in range(len(summits))]
        self._heads(summits, last)

    def _heads(self, summits: Sequence[Summit], last: str) -> None:
        places = [cut(summit.city or summit.summit_id, SMALL, 1.2) for summit in summits]
        self._sheet.y += max([0.0, *(width_of(place, SMALL) for place in places)]) + 0.05
        for x, summit, place in zip(self.middles, summits, places, strict=True):
            self._sheet.text(x + 0.035, self._sheet.y, place, size=SMALL, colour=MUTED, upright=True)
            year = str(summit.year) if summit.year is not None else "?"
            self._sheet.text(x, self._sheet.y + 0.14, year, size=SMALL if self.step > 0.28 else 5.5, align="center")
        self._sheet.text(WIDTH - MARGIN, self._sheet.y + 0.14, last, size=SMALL, align="right")
        self._sheet.y += 0.2

    def begin(self, row: GridRow) -> float:
        """Write the row's name and total, and give the middle of its cells; a long name takes more lines."""
        lines = self._label(row)
        self.height = max(_ROW, 0.065 + _LINE * len(lines))
        middle = self._sheet.y + self.height / 2
        for line, pieces in enumerate(lines):
            x = MARGIN
            y = middle + _LETTER + (line - (len(lines) - 1) / 2) * _LINE
            for text, size, bold in pieces:
                self._sheet.text(x, y, text, size=size, bold=bold, colour=INK if bold else MUTED)
                x += width_of(text, size, bold=bold) + _BESIDE
        self._sheet.text(WIDTH - MARGIN, middle + _LETTER, str(row.total), bold=True, align="right")
        return middle

    def _label(self, row: GridRow) -> list[list[tuple[str, float, bool]]]:
        """The name of a row and what is said beside it, as the pieces of one line or more."""
        name = broken(row.name, BODY, self._room, lines=_MOST_LINES, bold=True)
        lines = [[(text, BODY, True)] for text in name]
        if not row.more or len(name) > 1:
            return lines
        beside = self._room - width_of(name[0], BODY, bold=True) - _BESIDE
        if beside < 0.3:
            return lines
        first, *rest = broken(row.more, SMALL, beside, lines=99)
        lines[0].append((first, SMALL, False))
        if rest:
            left = clean(row.more).removeprefix(first).strip()
            more = broken(left, SMALL, self._room, lines=_MOST_LINES - 1)
            lines += [[(text, SMALL, False)] for text in more]
        return lines

    def end(self) -> None:
        """Go on to the next row."""
        self._sheet.y += self.height


def _label_width(row: GridRow) -> float:
    more = _BESIDE + width_of(clean(row.more), SMALL) if row.more else 0.0
    return width_of(clean(row.name), BODY, bold=True) + more + 0.02


def _named(summit: Summit) -> str:
    place = summit.city or summit.summit_id
    return f"{place}  {summit.year}" if summit.year is not None else place


def nothing_in(sheet: Sheet, summits: Sequence[Summit], rows: Sequence[object]) -> bool:
    """Whether there is nothing to draw; the sheet then says so.

    Raises
    ------
    CapacityError
        There is too much.
    """
    refuse_many(len(summits), len(rows))
    if summits and rows:
        return False
    sheet.paragraph(MARGIN, "Nothing to draw.", WIDTH)
    return True


def refuse_many(summits: int, rows: int) -> None:
    """Nothing, where so many summits and rows can be read on a page.

    Raises
    ------
    CapacityError
        They cannot.
    """
    for number, most, what in ((summits, _MOST_SUMMITS, "summits"), (rows, _MOST_ROWS, "rows")):
        if number > most:
            raise CapacityError(
                f"A picture of {number} {what} cannot be read; {most} are the most that are drawn.",
                "Look at the numbers instead: mandates-data stats",
            )
