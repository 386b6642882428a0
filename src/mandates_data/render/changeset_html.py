"""A comparison as one HTML page that needs nothing else: no script, no address, light and dark, and fit for print."""

from __future__ import annotations

import html
from collections.abc import Iterator
from importlib.resources import files
from typing import IO

from ..diff.changeset import CellChange, Comparison, MetadataChange, Rename, RowChange, SchemaChange, TableComparison
from .changeset_view import (
    BASES,
    Part,
    Shown,
    cell_view,
    field_type,
    key_text,
    loose_fields,
    moved_text,
    row_total,
    summary,
    value_views,
    visible_rows,
)
from .shown_texts import escaped, plural, visible

_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
_SIGNS = {"added": "+", "removed": "\u2212", "changed": "~", "moved": "~"}


def write_html(comparison: Comparison, out: IO[str], *, shown: Shown | None = None) -> bool:
    """Write the comparison; whether anything differs."""
    shown = shown or Shown()
    out.writelines(_head(comparison))
    tables = [table for table in comparison.tables if table.differs]
    out.writelines(_overview(comparison, tables))
    if comparison.metadata and not shown.stat:
        out.write('<section id="package">\n<h2>Package</h2>\n<ul>\n')
        out.writelines(_metadata_line(change) for change in comparison.metadata)
        out.write("</ul>\n</section>\n")
    if not shown.stat:
        for number, table in enumerate(tables):
            out.writelines(_table(table, number, shown))
    out.write("</main>\n</body>\n</html>\n")
    return comparison.differs


def text(value: str) -> str:
    """A text from the data, with nothing in it that is mark-up or that the eye cannot see.

    >>> text('<b>"x"</b>')
    '&lt;b&gt;&quot;x&quot;&lt;/b&gt;'
    """
    return html.escape(escaped(value))


def _head(comparison: Comparison) -> Iterator[str]:
    style = (files(__package__) / "changeset.css").read_text(encoding="utf-8")
    sides = [" ".join(part for part in (side.name, side.version) if part) for side in (comparison.old, comparison.new)]
    named = text(" → ".join(side for side in dict.fromkeys(sides) if side))
    title = "Changes" if comparison.differs else "No changes"
    yield f'<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n<title>{title}: {named}</title>\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="color-scheme" content="light dark">\n<link rel="icon" href="data:,">\n'
    yield f"<style>\n{style}</style>\n</head>\n<body>\n<main>\n<h1>{title}</h1>\n<p>{named}</p>\n"
    for what in comparison.left_out:
        yield f'<p class="note">Left out: {text(what)}</p>\n'


def _overview(comparison: Comparison, tables: list[TableComparison]) -> Iterator[str]:
    yield "<ul>\n"
    if comparison.metadata:
        number = plural(len(comparison.metadata), "property", "properties")
        yield f'<li><a href="#package">package</a>: {number} changed</li>\n'
    for place, table in enumerate(tables):
        yield f'<li><a href="#t{place}">{text(table.change.name)}</a>: {text(summary(table))}</li>\n'
    yield "</ul>\n"


def _table(table: TableComparison, number: int, shown: Shown) -> Iterator[str]:
    yield f'<section id="t{number}">\n<h2>{text(table.change.name)}</h2>\n<p>{text(summary(table))}</p>\n'
    lines = [*_schema_lines(table), *map(_metadata_line, table.change.metadata), *_suggestions(table)]
    if lines:
        yield "<ul>\n"
        yield from lines
        yield "</ul>\n"
    written = 0
    for rename, row in visible_rows(table, shown):
        if not written:
            yield '<table>\n<thead><tr><th scope="col">Row</th><th scope="col">Field</th>'
            yield '<th scope="col">What differs</th></tr></thead>\n'
        written += 1
        yield from _row(rename, row)
    if written:
        yield "</table>\n"
    left = row_total(table.counts) - written
    if left:
        yield f'<p class="note">{plural(left, "more row")} not shown (--limit {shown.limit}).</p>\n'
    yield "</section>\n"


def _row(rename: Rename | None, row: RowChange) -> Iterator[str]:
    cells = [(cell.field, _cell(cell)) for cell in row.cells]
    tag = {"added": "ins", "removed": "del"}.get(row.kind)
    cells += [(name, f"<{tag}>{_whole(cell)}</{tag}>") for name, cell in row.row.items() if cell]
    kind, name = "renamed" if rename else row.kind, text(key_text(row.key))
    if rename is not None:
        name = f"{text(key_text(rename.old))} → {text(key_text(rename.new))} ({BASES[rename.basis]})"
    head = f'<span class="kind">{_SIGNS.get(kind, "→")} {kind}</span> {name}'
    yield f'<tbody class="{kind}">\n'
    for place, (field, body) in enumerate(cells or [("", "")]):
        yield "<tr>"
        if not place:
            yield f'<th scope="rowgroup" rowspan="{max(len(cells), 1)}">{head}</th>'
        yield f'<td class="field">{text(field)}</td><td dir="auto">{body}</td></tr>\n'
    yield "</tbody>\n"


def _whole(cell: str) -> str:
    return html.escape(visible(cell, blanks=not cell.strip()))


def _cell(cell: CellChange) -> str:
    view = cell_view(cell, whole=True)
    between = "" if view.words else " → "
    body = between.join(map(_part, view.parts))
    notes = "; ".join(view.notes)
    return f'{body} <span class="note">({text(notes)})</span>' if notes else body


def _part(part: Part) -> str:
    if part.kind not in ("old", "new"):
        return html.escape(part.text)
    tag = "del" if part.kind == "old" else "ins"
    return f"<{tag}>{html.escape(part.text) or '<span class=note>empty</span>'}</{tag}>"


def _suggestions(table: TableComparison) -> Iterator[str]:
    for rename in table.renames:
        if rename.basis != "declared":
            pair = f"{text(key_text(rename.old))} → {text(key_text(rename.new))}"
            yield f"<li>{pair} <span class=note>({BASES[rename.basis]})</span></li>\n"


def _schema_lines(table: TableComparison) -> Iterator[str]:
    values = table.counts.field_values
    for change in table.change.schema:
        yield f"<li>{_schema_words(change, values.get(change.field or '', 0))}</li>\n"
    for name in loose_fields(table):
        number = plural(values[name], "value")
        yield f"<li>column <b>{text(name)}</b>, which the schema does not name, came or went with {number}</li>\n"


def _schema_words(change: SchemaChange, values: int) -> str:
    sign = _SIGNS[change.kind]
    if change.field is None:
        return f"{sign} schema, {text(change.property.removeprefix('/'))}: {_values(change)}"
    name = f"{sign} field <b>{text(change.field)}</b>"
    if change.kind == "moved":
        return f"{name} {moved_text(change)}"
    if not change.property:
        return f"{name} ({text(field_type(change))}){', ' + plural(values, 'value') if values else ''}"
    return f"{name}, {text(change.property.removeprefix('/'))}: {_values(change)}"


def _metadata_line(change: MetadataChange) -> str:
    return f"<li>{_SIGNS[change.kind]} {text(change.path.removeprefix('/'))}: {_values(change)}</li>\n"


def _values(change: MetadataChange | SchemaChange) -> str:
    views = [html.escape(view) for view in value_views(change)]
    if change.kind == "changed":
        return f"<del>{views[0]}</del> → <ins>{views[1]}</ins>"
    tag = "ins" if change.kind == "added" else "del"
    return f"<{tag}>{views[0]}</{tag}>"
