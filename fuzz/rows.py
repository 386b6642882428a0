"""Damage to rows in a table that stays a table: cells of other rows and tables, hostile texts, rows twice or gone.

What reads the mandates is refused by the first broken descriptor or quotation mark; this reaches what is behind.
"""

from __future__ import annotations

import csv
import dataclasses
import io
from collections.abc import Mapping
from random import Random

from . import tables
from .cases import Case

READERS = frozenset({"site", "explore", "tell", "annotate", "correct"})
"""The targets whose cases are damaged like this half of the time."""
_LONGEST = 60
_OF_TEXT = tuple(cell for cell in tables.CELLS if "\ud800" not in cell and "\0" not in cell and len(cell) < 5000)


def damaged(case: Case, rng: Random) -> Case:
    """The case with a few rows of some of its tables changed."""
    read = {path: _rows(content) for path, content in case.files.items() if path.endswith(".csv")}
    read = {path: rows for path, rows in read.items() if len(rows) > 1}
    if not read:
        return case
    files = dict(case.files)
    for path in rng.sample(sorted(read), min(len(read), rng.choice((1, 1, 1, 2, 4)))):
        for _ in range(rng.choice((1, 1, 2, 5, 20))):
            _change(read[path], read, rng)
        files[path] = _written(read[path])
    return dataclasses.replace(case, files=files)


def _rows(content: bytes) -> list[list[str]]:
    try:
        return [row for row in csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True) if row]
    except (UnicodeDecodeError, csv.Error):
        return []


def _written(rows: list[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return out.getvalue().encode("utf-8")


def _change(rows: list[list[str]], others: Mapping[str, list[list[str]]], rng: Random) -> None:
    if len(rows) < 2:
        return
    number, what = rng.randrange(1, len(rows)), rng.random()
    place = rng.randrange(len(rows[number]))
    if what < 0.75:
        rows[number][place] = _cell(others, rng)
    elif what < 0.85:
        rows.append(list(rows[number]))
    elif what < 0.9:
        del rows[number]
    else:
        cell = _cell(others, rng)
        for row in rows[1:]:
            row[min(place, len(row) - 1)] = cell


def _cell(others: Mapping[str, list[list[str]]], rng: Random) -> str:
    """A cell from anywhere, a hostile one or none."""
    what = rng.random()
    if what < 0.15:
        return ""
    if what < 0.6:
        return rng.choice(_OF_TEXT)
    row = rng.choice(others[rng.choice(sorted(others))])
    return rng.choice(row)[:_LONGEST]
