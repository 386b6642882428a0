"""Damage to delimited text, as spreadsheets, scripts and people do it."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from . import raw

CELLS = (
    "", " ", "  a ", "0", "-0", "7", "007", "+7", "1_000", "1,000", "1.000,5", "1.5", ".5", "5.", "1e5", "1E+15",
    "1e999999999", "-1e-999999999", "1e400", "NaN", "-INF", "INF", "9" * 25, "9" * 4400, "0." + "1" * 4400, "٣", "１",
    "true", "TRUE", "yes", "no", "null", "N/A", "-", "#N/A", "#REF!", "=1+1", '=HYPERLINK("x")', "@a", "'a",
    "2001-04-20", "2001-4-2", "20/04/2001", "04/06/2009", "2001-02-30", "0000-00-00", "9999-12-31", "-2001-01-01",
    "10000-01-01", "2001", "-9999", "2001-04", "2001-13", "10:30:00", "24:00:00", "23:59:60", "10:30",
    "10:30:00.123456789",
    "2001-04-20T10:30:00Z", "2001-04-20T10:30:00+99:99", "2001-04-20T10:30:00-00:00", "0001-01-01T00:00:00+14:00",
    "P1Y2M3DT4H5M6.7S", "P", "PT", "-P1D", "P" + "9" * 5000 + "D", "P1.5Y", "P99999999999D", "[]", "[1, 2]", "{}",
    '{"a": {"a": 1}}', "[" * 500 + "]" * 500, "[" * 100_000, '{"a":' * 900 + "1" + "}" * 900, "[NaN]", "[1e999]",
    '["\\ud800"]', "1;2;3", ";;", "a|b", "90.5, 45.5", "180, 90", "181, 0", "1e999999, 0", "[90.5, 45.5]",
    '{"lon": 1, "lat": 2}', '{"lon": 1e9999, "lat": null}', '{"type": "Point", "coordinates": [0, 0]}',
    '{"type": "Polygon", "coordinates": [[[0, 0]]]}', '{"type": "GeometryCollection", "geometries": [{}, null]}',
    '{"type": "Feature", "geometry": null, "properties": {}}', '{"type": "Topology", "objects": {}, "arcs": []}',
    "small", "ab-12", "a" * 40, "a" * 40 + "!", "x" * 100_000, "é", "e\u0301", "Ã©", "\u200b", "\xa0", "\u202eabc",
    "\ufeff", "\x00", "\x1b[31m", "\x07", "a\nb", "a\r\nb", "a\rb", 'a"b', '"', "\u2028", "\u0085", "\ud800",
    "\U0001f600",
    "<hurt>", '"><hurt onload="x">', "' onload=x hurt='", "</title></script></style></svg><hurt>", "--><!--hurt", "]]>",
    "</p><p hurt>", "{{ 7 * 7 }}{% hurt %}", "javascript:hurt", "data:text/html,<hurt>", "//example.org/hurt",
    "../../hurt", 'https://example.org/" onload="hurt', "https://example.org/hurt", "&lt;hurt&gt;", "\\begin{hurt}",
    "}", "{",
    "a,b", "a;b", "a\tb", "\\", "\\n", "gangs", "1994-miami-poa-001", "1994-miami-poa-001.a", "2001-quebec-dec",
)  # fmt: skip

_ENDS = ("\n", "\n", "\n", "\r\n", "\r", "\u2028")


def damaged(content: bytes, rng: Random) -> bytes:
    """The table after one change of its rows, columns or cells; of its bytes, now and then."""
    text = content.decode("utf-8", "surrogateescape")
    lines = text.split("\n")
    lines = rng.choice(_ACTS)(lines, rng)
    end = rng.choice(_ENDS) if rng.random() < 0.1 else "\n"
    return end.join(lines).encode("utf-8", "surrogatepass" if "\ud800" in text else "surrogateescape")[: raw.LARGEST]


def encoded(cell: str) -> str:
    """A cell as a file holds it, where a lone half of a pair has become three bytes that are no text."""
    return cell.encode("utf-8", "surrogatepass").decode("utf-8", "surrogateescape")


def cell(rng: Random) -> str:
    """A cell that is hard to judge."""
    return rng.choice(CELLS)


def _written(text: str, rng: Random) -> str:
    text = encoded(text)
    if rng.random() < 0.8 and set(text) & set(',"\n\r'):
        return '"' + text.replace('"', '""') + '"'
    return text if rng.random() < 0.9 else f'"{text}"'


def _any_row(lines: list[str], rng: Random) -> int:
    """A row's number; the last entry is what follows the last line end, which is no row."""
    return rng.randrange(max(1, len(lines) - 1))


def _cells(line: str) -> list[str]:
    return line.split(",")


def _replace_cell(lines: list[str], rng: Random) -> list[str]:
    number = _any_row(lines, rng)
    cells = _cells(lines[number])
    cells[rng.randrange(len(cells))] = _written(cell(rng), rng)
    return [*lines[:number], ",".join(cells), *lines[number + 1 :]]


def _change_cell(lines: list[str], rng: Random) -> list[str]:
    """A letter more, less or other."""
    number = _any_row(lines, rng)
    line = lines[number]
    place = rng.randint(0, len(line))
    new = rng.choice(("", "a", "1", "-", " ", '"', "\xe9"))
    return [*lines[:number], line[:place] + new + line[place + rng.randint(0, 1) :], *lines[number + 1 :]]


def _swap_cells(lines: list[str], rng: Random) -> list[str]:
    number = _any_row(lines, rng)
    cells = _cells(lines[number])
    first, second = rng.randrange(len(cells)), rng.randrange(len(cells))
    cells[first], cells[second] = cells[second], cells[first]
    return [*lines[:number], ",".join(cells), *lines[number + 1 :]]


def _copy_cell(lines: list[str], rng: Random) -> list[str]:
    """A cell of one row in another: twins, wrong references."""
    number = _any_row(lines, rng)
    source, cells = _cells(lines[_any_row(lines, rng)]), _cells(lines[number])
    place = rng.randrange(len(cells))
    cells[place] = source[min(place, len(source) - 1)]
    return [*lines[:number], ",".join(cells), *lines[number + 1 :]]


def _widen(lines: list[str], rng: Random) -> list[str]:
    number = _any_row(lines, rng)
    more = "," * rng.choice((1, 2, 5000))
    return [*lines[:number], rng.choice((more + lines[number], lines[number] + more)), *lines[number + 1 :]]


def _narrow(lines: list[str], rng: Random) -> list[str]:
    number = _any_row(lines, rng)
    cells = _cells(lines[number])
    del cells[rng.randrange(len(cells))]
    return [*lines[:number], ",".join(cells), *lines[number + 1 :]]


def _copy_row(lines: list[str], rng: Random) -> list[str]:
    row = [lines[_any_row(lines, rng)]] * rng.choice((1, 1, 2, 3000))
    place = _any_row(lines, rng)
    return [*lines[:place], *row, *lines[place:]]


def _drop_row(lines: list[str], rng: Random) -> list[str]:
    number = _any_row(lines, rng)
    return [*lines[:number], *lines[number + 1 :]]


def _move_row(lines: list[str], rng: Random) -> list[str]:
    lines = list(lines)
    row = lines.pop(_any_row(lines, rng))
    lines.insert(_any_row(lines, rng), row)
    return lines


def _add_row(lines: list[str], rng: Random) -> list[str]:
    width = len(_cells(lines[0])) + rng.choice((0, 0, 0, 1, -1))
    row = ",".join(_written(cell(rng), rng) for _ in range(max(width, 1)))
    place = rng.choice((len(lines) - 1, _any_row(lines, rng)))
    return [*lines[:place], row, *lines[place:]]


def _drop_column(lines: list[str], rng: Random) -> list[str]:
    place = rng.randrange(len(_cells(lines[0])))
    return [",".join(cells[:place] + cells[place + 1 :]) for cells in map(_cells, lines)]


def _swap_columns(lines: list[str], rng: Random) -> list[str]:
    return [",".join(cells[1:] + cells[:1]) if len(cells) > 1 else "".join(cells) for cells in map(_cells, lines)]


def filled(content: bytes, cell: str) -> bytes:
    """The table with that text in every cell below its header."""
    lines = content.decode("utf-8", "surrogateescape").split("\n")
    kept = [",".join([f'"{cell}"'] * len(_cells(line))) if line else line for line in lines[1:]]
    return "\n".join([lines[0], *kept]).encode("utf-8", "surrogateescape")[: raw.LARGEST]


def _fill_column(lines: list[str], rng: Random) -> list[str]:
    """Every cell of a column the same: an index, a default, an error of a formula."""
    place, text = rng.randrange(len(_cells(lines[0]))), _written(cell(rng)[:200], rng)
    return [
        ",".join([*cells[:place], text, *cells[place + 1 :]]) if number and place < len(cells) else ",".join(cells)
        for number, cells in enumerate(map(_cells, lines))
    ]


def _other_delimiter(lines: list[str], rng: Random) -> list[str]:
    sign = rng.choice((";", "\t", "|", " ", "\xa6"))
    return [line.replace(",", sign) for line in lines]


def _quoted(lines: list[str], _rng: Random) -> list[str]:
    return [",".join(f'"{text}"' for text in _cells(line)) if line else line for line in lines]


def _other_quotes(lines: list[str], rng: Random) -> list[str]:
    sign = rng.choice(("'", "\u201d", "\u2018", ""))
    return [line.replace('"', sign) for line in lines]


def _blank(lines: list[str], rng: Random) -> list[str]:
    place = rng.choice((0, len(lines), _any_row(lines, rng)))
    return [*lines[:place], *[rng.choice(("", "", " ", ",,,"))] * rng.choice((1, 3, 200)), *lines[place:]]


def _no_rows(lines: list[str], _rng: Random) -> list[str]:
    return [lines[0], ""]


def _bytes(lines: list[str], rng: Random) -> list[str]:
    content = raw.damaged("\n".join(lines).encode("utf-8", "surrogateescape"), rng)
    return content.decode("utf-8", "surrogateescape").split("\n")


_ACTS: tuple[Callable[[list[str], Random], list[str]], ...] = (
    _replace_cell, _replace_cell, _replace_cell, _replace_cell, _change_cell, _change_cell, _swap_cells, _copy_cell,
    _widen, _narrow, _copy_row, _drop_row, _move_row, _add_row, _add_row, _drop_column, _swap_columns, _fill_column,
    _other_delimiter, _quoted, _other_quotes, _blank, _no_rows, _bytes, _bytes,
)  # fmt: skip
