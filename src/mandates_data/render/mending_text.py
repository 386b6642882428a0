"""A mending for a person: what was mended and put back in each file, what is left, and a last line that sums it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import IO, TypeVar

from ..mending.values import Left, Mending, Place, Restored, TableMending
from ..validate.findings import column_letter, quoted
from .summary import neutral

_SHOWN = 20
"""Cells of one kind in one column that are told one by one; the others are counted."""


def write_text(mending: Mending, out: IO[str], *, written: bool) -> None:
    """Write it. `written` tells whether the files were written, or only looked at."""
    for table in mending.tables:
        for line in _table(table, written=written):
            out.write(neutral(line) + "\n")
    if mending.refreshed:
        what = f"size and hash of {', '.join(mending.refreshed)}"
        out.write(neutral(f"Descriptor: {what} {'stated anew' if written else 'to be stated anew'}.") + "\n")
    out.write(neutral(summary(mending, written=written)) + "\n")


def summary(mending: Mending, *, written: bool) -> str:
    """The last line: which files change, and what of the cells became."""
    done = [f"{'Written' if written else 'Would change'}: {', '.join(mending.changed)}."] if mending.changed else []
    restored = sum(len(table.restored) for table in mending.tables)
    if restored:
        done.append(f"{_number(restored, 'cell')} put back.")
    kept = [
        _number(count, noun)
        for noun, count in (
            ("edited cell", sum(len(table.edits) for table in mending.tables)),
            ("new row", sum(table.added for table in mending.tables)),
            ("removed row", sum(table.removed for table in mending.tables)),
        )
        if count
    ]
    if kept:
        done.append(f"Kept as changes against {mending.against}: {', '.join(kept)}.")
    if mending.left:
        done.append(f"{_number(mending.left, 'thing')} left that only you can mend.")
    if not mending.changed and not mending.left:
        done.insert(0, "Every table is in canonical form; nothing to mend.")
    return " ".join(done)


def _table(table: TableMending, *, written: bool) -> Iterator[str]:
    if table.repairs:
        verb = "mended" if written else "to be mended"
        yield f"{table.path}: {verb}: {', '.join(repair.words for repair in table.repairs)}."
    elif table.state == "left":
        yield f"{table.path}: left as it is."
    for one, more in _bounded(table.restored, _SHOWN):
        place = _place(table.path, one.place, written=written)
        yield f"{place}{quoted(one.seen)} {one.words}. Put back: {quoted(one.text)}.{_again(more)}"
    mend = ""
    for left, more in _bounded(table.left, _SHOWN + 1):  # the last may be a count of others
        code = f"{left.code}  " if left.code else ""
        count = f" ({left.count:,} places)" if left.count > 1 and left.place.line is not None else ""
        yield f"{_place(table.path, left.place, written=written)}{code}{left.message}{count}{_again(more)}"
        if left.mend and left.mend != mend:
            yield f"        {left.mend}"
        mend = left.mend


_Told = TypeVar("_Told", Restored, Left)


def _bounded(told: Sequence[_Told], limit: int) -> Iterator[tuple[_Told, int]]:
    """What is told one by one, the last one of a kind and column with how many more there are."""
    totals = Counter((one.kind, one.place.field) for one in told)
    seen: Counter[tuple[str, str | None]] = Counter()
    for one in told:
        kind = (one.kind, one.place.field)
        seen[kind] += 1
        if seen[kind] <= limit:
            yield one, totals[kind] - limit if seen[kind] == limit else 0


def _again(more: int) -> str:
    return f" ({more:,} more of this kind in the column)" if more > 0 else ""


def _place(path: str, place: Place, *, written: bool) -> str:
    """Path, line and column, of the file that the reader finds: the mended one when it was written."""
    line, column = place.line, place.column
    if written and place.new_line is not None:
        line, column = place.new_line, place.new_column
    parts = [path]
    if line is not None:
        parts.append(str(line))
        if column is not None:
            parts.append(column_letter(column))
    row = place.row_key if place.row_key is None or len(place.row_key) <= 60 else place.row_key[:59] + "…"
    names = ", ".join(name for name in (row, place.field) if name)
    return f"{':'.join(parts)}  {names}{': ' if names else ''}"


def _number(count: int, noun: str) -> str:
    return f"{count:,} {noun}" + ("" if count == 1 else "s")
