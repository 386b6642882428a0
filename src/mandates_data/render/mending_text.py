"""A mending for a person: what was mended and put back in each file, what is left, and a last line that sums it up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import IO

from ..mending.values import Left, Mending, Place, Restored, TableMending
from ..validate.findings import column_letter, quoted, visible

_SHOWN = 20
"""Cells put back for one reason in one column that are told one by one; the others are counted."""


def write_text(mending: Mending, out: IO[str], *, written: bool) -> None:
    """Write it. `written` tells whether the files were written, or only looked at."""
    for table in mending.tables:
        for line in _table(table, written=written):
            out.write(visible(line) + "\n")
    if mending.refreshed:
        what = f"size and hash of {', '.join(mending.refreshed)}"
        out.write(visible(f"Descriptor: {what} {'stated anew' if written else 'to be stated anew'}.") + "\n")
    out.write(visible(summary(mending, written=written)) + "\n")


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
    for one, more in _bounded(table.restored):
        place = _place(table.path, one.place, written=written)
        again = f" ({more:,} more of this kind in the column)" if more else ""
        yield f"{place}{quoted(one.seen)} {one.words}. Put back: {quoted(one.text)}.{again}"
    for left in table.left:
        yield from _left(table.path, left, written=written)


def _bounded(restored: tuple[Restored, ...]) -> Iterator[tuple[Restored, int]]:
    """The cells to tell, the last one of a kind and column with how many more there are."""
    totals = Counter((one.kind, one.place.field) for one in restored)
    seen: Counter[tuple[str, str | None]] = Counter()
    for one in restored:
        kind = (one.kind, one.place.field)
        seen[kind] += 1
        if seen[kind] <= _SHOWN:
            yield one, totals[kind] - _SHOWN if seen[kind] == _SHOWN else 0


def _left(path: str, left: Left, *, written: bool) -> Iterator[str]:
    code = f"{left.code}  " if left.code else ""
    count = f" ({left.count:,} places)" if left.count > 1 and left.place.line is not None else ""
    yield f"{_place(path, left.place, written=written)}{code}{left.message}{count}"
    if left.mend:
        yield f"        {left.mend}"


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
