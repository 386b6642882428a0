"""The only writer of delimited tables, and the canonical form: one byte sequence for one table.

UTF-8 without a byte order mark, LF, commas, quotes only where a cell needs them, rows sorted by the primary key as
text (code point order, a composite key part by part), one final LF.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence

from ..errors import PackageError, brief
from .model import Schema

_NEEDS_QUOTES = re.compile(r'[",\r\n]')

Row = Sequence[str]


def format_row(cells: Row) -> str:
    r"""One line of a canonical table, with its line end.

    >>> format_row(["1994-miami", "a, b", 'the "Plan" ', ""])
    '1994-miami,"a, b","the ""Plan"" ",\n'
    """
    if len(cells) == 1 and not cells[0]:
        return '""\n'  # a bare empty line would be no record at all
    return ",".join([_cell(cell) if _NEEDS_QUOTES.search(cell) else cell for cell in cells]) + "\n"


def _cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def key_of(schema: Schema) -> Callable[[Row], tuple[str, ...]]:
    """A function from a row (cells in the schema's order) to its primary key, as text.

    A schema without a primary key sorts by the whole row.

    Raises
    ------
    PackageError
        The primary key names a field that the schema has not.
    """
    place_of = {name: place for place, name in enumerate(schema.field_names)}
    names = schema.primary_key or schema.field_names
    if unknown := [name for name in names if name not in place_of]:
        raise PackageError(
            f"The primary key names {brief(unknown[0])}, which is no field of its schema.", "Correct `primaryKey`."
        )
    places = [place_of[name] for name in names]
    if len(places) < 2:
        return lambda row: tuple([row[place] for place in places])
    return operator.itemgetter(*places)


def canonical(schema: Schema, rows: Iterable[Row]) -> bytes:
    """The canonical bytes of a table whose rows have their cells in the schema's order.

    Sorting holds all rows in memory.
    """
    lines = [format_row(schema.field_names)]
    lines.extend(format_row(row) for row in sorted(rows, key=key_of(schema)))
    return "".join(lines).encode("utf-8")
