"""A count as a Markdown table, and as CSV."""

from __future__ import annotations

from collections.abc import Iterator

from ..explore.statistics.model import Statistic, Value, wide
from ..package.writer import format_row
from .markdown import escaped, row, table_head
from .shown_texts import escaped as plain


def as_markdown(statistic: Statistic) -> str:
    """The count with its title, data, unit, notes and caveat."""
    shown = wide(statistic)
    said = f"{statistic.data}; n = {statistic.n:,} {statistic.n_of}; unit: {statistic.unit}"
    heads = [
        f"{escaped(head)} " if number else escaped(head)
        for head, number in zip(shown.heads, shown.numbers, strict=True)
    ]
    lines = [f"**{escaped(statistic.title)}**\n\n{escaped(said)}\n\n"]
    if shown.rows:
        lines += [table_head(*heads), *(row(*map(_cell, cells)) for cells in shown.rows)]
        last = map(_cell, statistic.total or ())
        lines += [row(*(f"**{cell}**" if cell else "" for cell in last))] if statistic.total else []
    else:
        lines.append("Nothing to count.\n")
    return "".join([*lines, *(f"\n{escaped(note)}\n" for note in (*statistic.notes, statistic.caveat))])


def as_csv(statistic: Statistic) -> str:
    """The rows alone: a header line, then a line each, an empty cell where a value is missing."""
    lines = [format_row(statistic.names), *(format_row([_plain(value) for value in cells]) for cells in statistic.rows)]
    return "".join(lines)


def about(statistic: Statistic) -> Iterator[str]:
    """What the rows alone do not say: title, data, unit, notes and caveat, a line each."""
    yield plain(f"{statistic.title}. {statistic.data}; n = {statistic.n:,} {statistic.n_of}; unit: {statistic.unit}.")
    yield from map(plain, (*statistic.notes, statistic.caveat))


def _cell(value: Value) -> str:
    return escaped(_plain(value))


def _plain(value: Value) -> str:
    return "" if value is None else str(value)
