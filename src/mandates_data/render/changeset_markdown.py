"""A comparison as Markdown for a pull request: counts first, then each table folded, never too long for a comment.

All that comes from the data stands in code spans, in which nothing has a meaning: no mark-up, mention, link or picture.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from typing import IO

from ..diff.changeset import Comparison, MetadataChange, Rename, RowChange, SchemaChange, TableComparison
from .changeset_view import (
    BASES,
    Part,
    Shown,
    cell_counts,
    cell_view,
    field_type,
    key_text,
    loose_fields,
    moved_text,
    row_counts,
    row_total,
    summary,
    value_views,
    visible_rows,
    without_empty,
)
from .shown_texts import escaped, plural, start_of

LIMIT = 60_000
"""Characters that the whole stays under; a comment on GitHub holds 65,536."""
_FOOT = 1500
"""Of these, what is kept for saying what was left out."""
_COUNTS = 15_000
"""Of these, at most for the table of counts."""
_LEAST = 400
"""Characters below which a table is not begun."""


def write_markdown(comparison: Comparison, out: IO[str], *, shown: Shown | None = None) -> bool:
    """Write the comparison; whether anything differs."""
    shown = shown or Shown()
    tables = [table for table in comparison.tables if table.differs]
    head = [*_head(comparison), *_counts(comparison, tables)]
    room = LIMIT - _FOOT - sum(map(len, head))
    sections = [] if shown.stat else list(_sections(comparison, tables, room, shown))
    left = [what for _, what in sections if what]
    out.writelines([*head, *(text for text, _ in sections), *_foot(left)])
    return comparison.differs


def code(text: str) -> str:
    """The text as a code span, on one line.

    >>> print(code("a `b`"), code("|"), code(" "))
    `` a `b` `` `|` `␣`
    """
    shown = escaped(text)
    if not shown.strip():
        shown = shown.replace(" ", "␣") or "∅"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    pad = " " if shown[0] in " `" or shown[-1] in " `" else ""
    return f"{fence}{pad}{shown}{pad}{fence}"


def _in_table(text: str) -> str:
    """A code span in a cell of a table, where a bar would end the cell even so."""
    return code(text).replace("|", "\\|")


def _head(comparison: Comparison) -> Iterator[str]:
    sides = [" ".join(part for part in (side.name, side.version) if part) for side in (comparison.old, comparison.new)]
    named = " → ".join(code(start_of(side)) for side in dict.fromkeys(sides) if side)
    what = "Changes" if comparison.differs else "No changes"
    yield f"### {what}{': ' + named if named else ''}\n\n"
    for left_out in comparison.left_out:
        yield f"Left out: {code(start_of(left_out))}\n\n"


def _counts(comparison: Comparison, tables: Sequence[TableComparison]) -> Iterator[str]:
    if comparison.metadata:
        yield f"{plural(len(comparison.metadata), 'property', 'properties')} of the package changed.\n\n"
    if not tables:
        return
    yield "| table | rows | cells | schema and properties |\n|---|---|---|---|\n"
    room = _COUNTS
    for number, table in enumerate(tables):
        line = _count_line(table)
        room -= len(line)
        if room < 0:
            yield f"| {plural(len(tables) - number, 'more table')} | | | |\n"
            break
        yield line
    yield "\n"


def _count_line(table: TableComparison) -> str:
    change, counts = table.change, table.counts
    rows, cells = (", ".join(part) for part in (row_counts(counts), cell_counts(counts)))
    rows, cells = (re.sub(" (?:rows?|cells?) ", " ", part) for part in (rows, cells))
    other = [] if change.kind == "changed" else [f"table {change.kind}"]
    schema = len(change.schema) + len(loose_fields(table))
    other += [plural(schema, "change") + " of the schema"] if schema else []
    other += [plural(len(change.metadata), "property", "properties")] if change.metadata else []
    return f"| {_in_table(start_of(change.name))} | {rows} | {cells} | {', '.join(other)} |\n"


def _sections(
    comparison: Comparison, tables: Sequence[TableComparison], room: int, shown: Shown
) -> Iterator[tuple[str, str]]:
    """Each section with what it leaves out, in words; each has its share of what room there is left."""
    waiting = len(tables) + bool(comparison.metadata)
    if comparison.metadata:
        lines = [_metadata_line(change) for change in comparison.metadata]
        text, left = _section("package", iter(lines), len(lines), room // waiting)
        yield text, plural(left, "property", "properties") + " of the package" if left else ""
        room, waiting = room - len(text), waiting - 1
    for table in tables:
        lines = list(_schema_lines(table))
        total = len(lines) + row_total(table.counts)
        title = f"{start_of(table.change.name)}: {summary(table)}"
        text, left = _section(title, _table_lines(table, lines, shown), total, room // waiting)
        yield text, f"{plural(left, 'change')} of {code(start_of(table.change.name))}" if left else ""
        room, waiting = room - len(text), waiting - 1


def _section(title: str, lines: Iterator[str], total: int, room: int) -> tuple[str, int]:
    """A folded section of as many lines as there is room for, and how many are not in it."""
    name, colon, rest = escaped(title).partition(": ")
    head = f"<details><summary><code>{html.escape(name)}</code>{colon}{html.escape(rest)}</summary>\n\n"
    end = "\n</details>\n\n"
    room -= len(head) + len(end) + 100
    if room < _LEAST or not total:
        return "", total
    kept = []
    for line in lines:
        room -= len(line)
        if room < 0:
            break
        kept.append(line)
    left = total - len(kept)
    more = f"- {plural(left, 'more change')} not shown here\n" if left else ""
    return f"{head}{''.join(kept)}{more}{end}", left


def _table_lines(table: TableComparison, schema: Sequence[str], shown: Shown) -> Iterator[str]:
    yield from schema
    suggested = {rename.old: rename for rename in table.renames if rename.basis != "declared"}
    for rename, row in visible_rows(table, shown):
        yield _row(rename, row, suggested)


def _row(rename: Rename | None, row: RowChange, suggested: dict[tuple[str, ...], Rename]) -> str:
    if rename is not None:
        lines = [f"- renamed {code(key_text(rename.old))} → {code(key_text(rename.new))} ({BASES[rename.basis]})\n"]
    else:
        lines = [f"- {row.kind} {code(key_text(row.key)) if row.key else 'row'}"]
        maybe = suggested.get(row.key) if row.kind == "removed" else None
        lines[0] += f" ({BASES[maybe.basis]} in {code(key_text(maybe.new))})\n" if maybe else "\n"
    lines += [f"  - {code(name)}: {code(start_of(cell))}\n" for name, cell in without_empty(row).items()]
    for cell in row.cells:
        view = cell_view(cell)
        body = "".join(map(_part, view.parts)) if view.words else " → ".join(map(_part, view.parts))
        notes = f" ({'; '.join(map(_words, view.notes))})" if view.notes else ""
        lines.append(f"  - {code(cell.field)}: {body}{notes}\n")
    return "".join(lines)


def _part(part: Part) -> str:
    if part.kind == "gap":
        return "…"
    tag = {"old": "del", "new": "ins"}.get(part.kind)
    return f"<{tag}>{code(part.text)}</{tag}>" if tag else code(part.text)


def _words(note: str) -> str:
    """A note, which is in our words but for the names of characters."""
    return html.escape(escaped(note))


def _schema_lines(table: TableComparison) -> Iterator[str]:
    values = table.counts.field_values
    for change in table.change.schema:
        yield f"- {_schema_words(change, values.get(change.field or '', 0))}\n"
    for name in loose_fields(table):
        number = plural(values[name], "value")
        yield f"- column {code(name)}, which the schema does not name, came or went with {number}\n"
    yield from map(_metadata_line, table.change.metadata)


def _schema_words(change: SchemaChange, values: int) -> str:
    if change.field is None:
        return f"schema {change.kind} {code(change.property.removeprefix('/'))}: {_values(change)}"
    if change.kind == "moved":
        return f"field {code(change.field)} {moved_text(change)}"
    if not change.property:
        number = f", {plural(values, 'value')}" if values else ""
        return f"field {change.kind}: {code(change.field)} ({code(field_type(change))}{number})"
    return f"field {code(change.field)}, {change.kind} {code(change.property.removeprefix('/'))}: {_values(change)}"


def _metadata_line(change: MetadataChange) -> str:
    return f"- {change.kind} {code(change.path.removeprefix('/'))}: {_values(change)}\n"


def _values(change: MetadataChange | SchemaChange) -> str:
    return " → ".join(map(code, value_views(change)))


def _foot(left: Sequence[str]) -> Iterator[str]:
    if not left:
        return
    shown, room = [], _FOOT - 400
    for what in left:
        room -= len(what) + 2
        if room < 0:
            break
        shown.append(what)
    more = f" and what differs in {plural(len(left) - len(shown), 'other table')}" if len(left) > len(shown) else ""
    yield f"**Left out here:** {', '.join(shown)}{more}. `mandates-data diff OLD NEW` shows all of it.\n"
