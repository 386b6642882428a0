"""A count as an aligned table for a terminal, and the list of counts or pictures that there are."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from ..explore.statistics.model import Statistic, Value, Wide, wide
from .shown_texts import escaped

_LAYOUTS = ((2, 18), (1, 8))
"""The blanks between columns, and how narrow a column of text may become; where neither fits, each row is a list."""
_WIDEST = 120


def as_text(statistic: Statistic, *, width: int | None) -> str:
    """The count with its title, data, unit, notes and caveat; broken at `width`, None leaves lines as they are."""
    shown = wide(statistic)
    lines = [*_wrapped(escaped(statistic.title), width), *_wrapped(_about(statistic), width), ""]
    lines += _table(shown, _last_row(statistic), width, dots=statistic.across is not None)
    lines += ["", *(line for note in _notes(statistic) for line in _wrapped(note, width))]
    return "".join(f"{line.rstrip()}\n" for line in lines)


def choices_text(
    command: str, choices: Mapping[str, str], lacking: Mapping[str, Sequence[str]], width: int | None
) -> str:
    """What may be asked of a command, a line each; `lacking` has the tables that the package does not have."""
    longest = max(map(len, choices))
    lines = []
    for name, title in choices.items():
        gone = f" (needs {', '.join(lacking[name])}: not in this package)" if lacking.get(name) else ""
        lines += _wrapped(f"{name:<{longest}}  {title}{gone}", width, " " * (longest + 2))
    return "".join(f"{line}\n" for line in [*lines, f"Ask for one: mandates-data {command} {next(iter(choices))}"])


def _about(statistic: Statistic) -> str:
    return escaped(f"{statistic.data}; n = {statistic.n:,} {statistic.n_of}; unit: {statistic.unit}")


def _notes(statistic: Statistic) -> Iterator[str]:
    if statistic.across is not None and any(0 in row for row in statistic.rows):
        yield "A · is 0."
    yield from map(escaped, (*statistic.notes, statistic.caveat))


def _last_row(statistic: Statistic) -> tuple[Value, ...] | None:
    return statistic.total


def _table(shown: Wide, total: tuple[Value, ...] | None, width: int | None, *, dots: bool) -> Iterator[str]:
    if not shown.rows:
        yield "Nothing to count."
        return
    heads = [escaped(head) for head in shown.heads]
    body = [[_cell(value, dots=dots) for value in row] for row in shown.rows]
    last = [] if total is None else [[_cell(value, dots=False) for value in total]]
    for gap, least in _LAYOUTS:
        widths = _fitted([heads, *body, *last], shown.numbers, width, gap, least)
        if widths is not None:
            break
    else:
        yield from _as_lists(heads, [*body, *last], width or _WIDEST)
        return
    rule = "-" * (sum(widths) + gap * (len(widths) - 1))
    yield from _row(heads, widths, shown.numbers, gap)
    yield rule
    for cells in body:
        yield from _row(cells, widths, shown.numbers, gap)
    for cells in last:
        yield rule
        yield from _row(cells, widths, shown.numbers, gap)


def _cell(value: Value, *, dots: bool) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.1f}"
    if isinstance(value, int):
        return "·" if dots and value == 0 else str(value)
    return escaped(value)


def _fitted(
    rows: Sequence[Sequence[str]], numbers: Sequence[bool], width: int | None, gap: int, least: int
) -> list[int] | None:
    """The width of each column, texts narrowed until all fit; None where they cannot."""
    widths = [max(map(shown_width, column)) for column in zip(*rows, strict=True)]
    if width is None:
        return widths
    room = min(width, _WIDEST) - gap * (len(widths) - 1)
    while sum(widths) > room:
        texts = [place for place, number in enumerate(numbers) if not number and widths[place] > least]
        if not texts:
            return None
        widest = max(texts, key=lambda place: widths[place])
        widths[widest] -= min(sum(widths) - room, widths[widest] - least, 4)
    return widths


def _row(cells: Sequence[str], widths: Sequence[int], numbers: Sequence[bool], gap: int) -> Iterator[str]:
    """A row on as many lines as its longest text takes."""
    broken = [_broken(cell, room) for cell, room in zip(cells, widths, strict=True)]
    for line in range(max(map(len, broken))):
        parts = []
        for lines, room, number in zip(broken, widths, numbers, strict=True):
            text = lines[line] if line < len(lines) else ""
            blank = " " * (room - shown_width(text))
            parts.append(blank + text if number else text + blank)
        yield (" " * gap).join(parts).rstrip()


def _broken(text: str, room: int) -> list[str]:
    """The text in lines of no more than `room` columns, broken between words where that goes."""
    if shown_width(text) <= room:
        return [text]
    lines, line = [], ""
    for word in text.split(" "):
        joined = f"{line} {word}" if line else word
        if shown_width(joined) <= room:
            line = joined
            continue
        lines += [line] if line else []
        *whole, line = _cut(word, room)
        lines += whole
    return [*lines, line]


def _cut(word: str, room: int) -> Iterator[str]:
    """A word in pieces of no more than `room` columns."""
    piece, used = "", 0
    for sign in word:
        size = shown_width(sign)
        if piece and used + size > room:
            yield piece
            piece, used = "", 0
        piece, used = piece + sign, used + size
    yield piece


def shown_width(text: str) -> int:
    """How many columns of a terminal a text takes: two for a wide sign, none for an accent of its own.

    >>> shown_width("Cartagena"), shown_width("e" + chr(0x301)), shown_width(chr(0x4E2D))
    (9, 1, 2)
    """
    if text.isascii():
        return len(text)
    return sum(0 if unicodedata.combining(sign) else 1 + (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def _as_lists(heads: Sequence[str], rows: Sequence[Sequence[str]], width: int) -> Iterator[str]:
    """Each row as lines of a name and a value, for a window that is too narrow for the table."""
    for number, cells in enumerate(rows):
        yield from ([""] if number else [])
        for head, cell in zip(heads, cells, strict=True):
            if cell not in ("", "·"):
                yield from _wrapped(f"{head}: {cell}", width, "  ")


def _wrapped(text: str, width: int | None, indent: str = "") -> list[str]:
    if width is None or shown_width(text) <= width:
        return [text]
    room = max(20, min(width, _WIDEST))
    return textwrap.wrap(text, room, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
