"""A merge for a person: each conflict with what either side did there, then the files."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping, Sequence
from typing import IO, Any

from ..diff.changeset import CellChange
from ..diff.merging.conflicts import Conflict
from ..diff.patching import Patched
from .changeset_view import cell_view, json_text
from .shown_texts import escaped, plural, quoted, start_of
from .summary import without_commands

SHOWN = 50
"""Conflicts that are told in the text; all are in the JSON."""
_CELLS = 4

_SENTENCES: Mapping[str, str] = {
    "cell": "both sides changed this cell",
    "row_added": "both sides added this row, with different values here",
    "column_added": "both sides added this column, and differently",
    "property": "both sides changed this, and differently",
    "order": "both sides moved the same things to different places",
    "key_changed": "one side changed the primary key, the other one rows; the table stays as in ours",
    "rows_without_key": "both sides changed rows, and nothing tells which belong together; the table stays as in ours",
    "table_added": "both sides added this table, and differently",
    "table_unreadable": "both sides changed this file, which cannot be merged by rows",
    "digest": "its size and digest cannot be told here; once all is merged, run: mandates-data fmt",
}
_REMOVED: Mapping[str, str] = {"row_removed": "row", "column_removed": "column", "table_removed": "table"}


def sentence(conflict: Conflict) -> str:
    """What the two sides did."""
    if conflict.kind not in _REMOVED:
        return _SENTENCES[conflict.kind]
    removed, changed = ("ours", "theirs") if conflict.ours is None else ("theirs", "ours")
    what = _REMOVED[conflict.kind]
    here = "a cell in it" if conflict.kind == "column_removed" and conflict.key else "it"
    stays = "removed" if removed == "ours" else "as in ours"
    return f"{removed} removed this {what}, {changed} changed {here}; it stays {stays}"


def place(conflict: Conflict) -> str:
    """Where it is: table and row, then the column or the property."""
    where = " ".join(escaped(part) for part in (conflict.table, "/".join(conflict.key)) if part) or "package"
    what = [conflict.field, conflict.property.removeprefix("/")]
    return ", ".join([where, *(escaped(part) for part in what if part)])


def write_conflicts(conflicts: Sequence[Conflict], out: IO[str], *, width: int | None = None) -> None:
    """Write the conflicts, a paragraph each, broken to a width."""
    for conflict in conflicts[:SHOWN]:
        write_line(out, f"{place(conflict)}: {sentence(conflict)}.", width=width)
        for line in sides(conflict):
            write_line(out, line, indent="    ", width=width)
    if len(conflicts) > SHOWN:
        write_line(out, f"and {plural(len(conflicts) - SHOWN, 'more conflict')} (the JSON has all)", width=width)


def write_line(out: IO[str], text: str, *, indent: str = "", width: int | None = None) -> None:
    """Write a line, broken to a width, in which neither a terminal nor the runner of a workflow sees a command."""
    if width is None:
        shown = indent + text
    else:
        shown = textwrap.fill(
            text,
            max(width, 30),
            initial_indent=indent,
            subsequent_indent=indent + "    ",
            break_long_words=False,
            break_on_hyphens=False,
        )
    out.write(without_commands(shown) + "\n")


def sides(conflict: Conflict) -> Iterator[str]:
    """What each side has there, ours first, since that stands."""
    if conflict.kind == "digest":
        return
    for name, value in (("ours, which stands", conflict.ours), ("theirs", conflict.theirs)):
        yield f"{name}: {_shown(conflict, value)}"


def _shown(conflict: Conflict, value: Any) -> str:
    base = conflict.base
    if value is None:
        return "not there" if base is None else "removed"
    if conflict.kind in ("table_added", "table_removed"):
        return plural(value, "row")
    if isinstance(base, str) and isinstance(value, str):
        return "unchanged" if base == value else _change(CellChange(conflict.field, base, value))
    if conflict.kind == "row_removed":
        cells = [CellChange(name, base.get(name), cell) for name, cell in value.items() if base.get(name) != cell]
        more = f", and {plural(len(cells) - _CELLS, 'more cell')}" if len(cells) > _CELLS else ""
        return ", ".join(f"{escaped(cell.field)}: {_change(cell)}" for cell in cells[:_CELLS]) + more
    return quoted(start_of(value)) if isinstance(value, str) else escaped(start_of(json_text(value)))


def _change(cell: CellChange) -> str:
    view = cell_view(cell, quotes=True)
    if not view.words:
        return " -> ".join(part.text for part in view.parts)
    marks = {"old": "[-{}-]", "new": "{{+{}+}}"}
    return "".join(marks.get(part.kind, "{}").format(part.text) for part in view.parts)


def write_files_text(patched: Patched, out: IO[str], *, written: bool) -> None:
    """Write a line a file."""
    done = ("written", "removed") if written else ("would be written", "would be removed")
    for path in sorted(patched.write):
        write_line(out, f"{escaped(path)} {done[0]}")
    for path in patched.remove:
        write_line(out, f"{escaped(path)} {done[1]}")
