"""A comparison as text: a line of counts a table, then what differs, row by row."""

from __future__ import annotations

import json
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from itertools import chain
from typing import IO, Any

from ..diff.changeset import (
    CellChange,
    Comparison,
    Counter,
    Counts,
    MetadataChange,
    ResourceChange,
    RowChange,
    SchemaChange,
    TableComparison,
)

WIDTH = 72
"""Characters of a long text that are shown."""
LEAD = 24
"""Of these, characters before the first difference."""
_SIGNS = {"added": "+", "removed": "-", "changed": "~", "moved": "~"}
_COLOURS = {"+": "32", "-": "31", "~": "33"}
_SPOOL = 4 * 1024**2


def write_text(comparison: Comparison, out: IO[str], *, colour: bool = False) -> bool:
    """Write the comparison; whether anything differs. Rows are never held, so the size of the tables does not matter.

    Raises
    ------
    MandatesDataError
        A table can no longer be read; what was written until then is no result.
    """
    paint = _paint if colour else _plain
    if comparison.metadata:
        out.write(f"package: {_plural(len(comparison.metadata), 'property', 'properties')} changed\n")
        for change in comparison.metadata:
            out.write(f"  {paint(_metadata_line(change))}\n")
    differing = [_write_table(table, out, colour=colour) for table in comparison.tables]
    if not comparison.metadata and not any(differing):
        out.write("no changes\n")
        return False
    return True


def _write_table(table: TableComparison, out: IO[str], *, colour: bool) -> bool:
    change = table.change
    paint = _paint if colour else _plain
    counter = Counter()
    rows = counter.count(table.rows())
    first = next(rows, None)
    if first is None and change.kind == "changed" and not change.schema and not change.metadata:
        return False
    with tempfile.SpooledTemporaryFile(_SPOOL, "w+", encoding="utf-8", newline="") as body:
        for row in chain([] if first is None else [first], rows):
            if row.counts:
                lines = _row_lines(change, row)
                body.write(f"{paint(next(lines))}\n")
                body.writelines(f"    {line}\n" for line in lines)
        counts = counter.result()
        out.write(f"{_summary(change, counts)}\n")
        for line in _schema_lines(change, counts):
            out.write(f"  {paint(line)}\n")
        body.seek(0)
        shutil.copyfileobj(body, out)
    return True


def _summary(change: ResourceChange, counts: Counts) -> str:
    name = escaped(change.name)
    if change.kind != "changed":
        rows = counts.rows_added + counts.rows_removed
        return f"{name}: table {change.kind}, {_plural(rows, 'row')}"
    parts = [
        f"{_plural(number, 'row')} {kind}"
        for number, kind in (
            (counts.rows_added, "added"),
            (counts.rows_removed, "removed"),
            (counts.rows_changed, "changed"),
        )
        if number
    ]
    cells = [
        f"{_plural(number, 'cell')} {kind}"
        for number, kind in (
            (counts.cells_changed, "changed"),
            (counts.cells_filled, "filled"),
            (counts.cells_cleared, "cleared"),
            (counts.cells_respelled, "spelled otherwise"),
        )
        if number
    ]
    if cells:
        parts[-1] += f" ({', '.join(cells)})"
    loose = _loose_fields(change, counts)
    if change.schema or loose:
        parts.append(_plural(len(change.schema) + len(loose), "change") + " of the schema")
    if change.metadata:
        parts.append(_plural(len(change.metadata), "property", "properties") + " changed")
    return f"{name}: {', '.join(parts)}"


def _schema_lines(change: ResourceChange, counts: Counts) -> Iterator[str]:
    for schema_change in change.schema:
        yield _schema_line(schema_change, counts.field_values)
    for name in _loose_fields(change, counts):
        number = _plural(counts.field_values[name], "value")
        yield f"~ column {escaped(name)}, which the schema does not name, came or went with {number}"
    for metadata_change in change.metadata:
        yield _metadata_line(metadata_change)


def _loose_fields(change: ResourceChange, counts: Counts) -> list[str]:
    named = {part.field for part in change.schema if part.kind in ("added", "removed")}
    return sorted(name for name in counts.field_values if name not in named)


def _schema_line(change: SchemaChange, values: Mapping[str, int]) -> str:
    sign = _SIGNS[change.kind]
    if change.field is None:
        return f"{sign} schema, {_place(change.property)}: {_pair(change)}"
    name = f"{sign} field {escaped(change.field)}"
    if change.kind == "moved":
        before, after = (-1 if place is None else place for place in (change.old_position, change.new_position))
        return f"{name}: moved from place {before + 1} to place {after + 1}"
    if not change.property:
        descriptor = change.old if change.kind == "removed" else change.new
        kind = descriptor.get("type", "any") if isinstance(descriptor, Mapping) else "any"
        number = values.get(change.field, 0)
        return f"{name} ({escaped(str(kind))}){', ' + _plural(number, 'value') if number else ''}"
    return f"{name}, {_place(change.property)}: {_pair(change)}"


def _metadata_line(change: MetadataChange) -> str:
    return f"{_SIGNS[change.kind]} {_place(change.path)}: {_pair(change)}"


def _place(pointer: str) -> str:
    """A JSON Pointer as a person reads it."""
    return escaped(pointer.removeprefix("/"))


def _pair(change: MetadataChange | SchemaChange) -> str:
    if change.kind == "added":
        return _value(change.new)
    if change.kind == "removed":
        return _value(change.old)
    if isinstance(change.old, str) and isinstance(change.new, str):
        return " -> ".join(quoted(text) for text in around_difference(change.old, change.new))
    texts = (_json(change.old), _json(change.new))
    return " -> ".join(escaped(text) for text in around_difference(*texts))


def _value(value: Any) -> str:
    return quoted(_start(value)) if isinstance(value, str) else escaped(_start(_json(value)))


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def _row_lines(change: ResourceChange, row: RowChange) -> Iterator[str]:
    """The line that names the row, then one a cell. Of a row that came or went, the cells that are not empty."""
    name = " ".join([_SIGNS[row.kind], escaped(change.name), escaped("/".join(row.key))])
    yield name.rstrip()
    for field, text in row.row.items():
        if text:
            yield f"{escaped(field)}: {quoted(_start(text))}"
    for cell in row.cells:
        yield _cell_line(cell)


_NOTES = {
    "filled": " (filled)",
    "cleared": " (cleared)",
    "respelled": " (the same value, spelled otherwise)",
    "field_added": " (the field is new)",
    "field_removed": " (the field is gone)",
}


def _cell_line(cell: CellChange) -> str:
    old, new = around_difference(cell.old or "", cell.new or "")
    return f"{escaped(cell.field)}: {quoted(old)} -> {quoted(new)}{_NOTES.get(cell.kind, '')}"


def around_difference(old: str, new: str) -> tuple[str, str]:
    """Both texts, the long ones cut to where they begin to differ.

    >>> around_difference("a" * 100 + "b", "a" * 100 + "c")
    ('…aaaaaaaaaaaaaaaaaaaaaaaab', '…aaaaaaaaaaaaaaaaaaaaaaaac')
    """
    if max(len(old), len(new)) <= WIDTH:
        return old, new
    shared = 0
    for left, right in zip(old, new, strict=False):
        if left != right:
            break
        shared += 1
    start = max(0, shared - LEAD)
    return _window(old, start), _window(new, start)


def _start(text: str) -> str:
    return _window(text, 0)


def _window(text: str, start: int) -> str:
    before = "…" if start else ""
    after = "…" if len(text) > start + WIDTH else ""
    return f"{before}{text[start : start + WIDTH]}{after}"


def quoted(text: str) -> str:
    r"""The text between quotes, on one line and without a character that the eye cannot see.

    >>> print(quoted('the "Plan"' + chr(10)))
    "the \"Plan\"\n"
    """
    return '"' + escaped(text.replace("\\", "\\\\").replace('"', '\\"')) + '"'


def escaped(text: str) -> str:
    r"""The text with its control, format and unusual space characters written as escapes.

    >>> print(escaped("a" + chr(27) + "[31m" + chr(0xA0) + "é"))
    a\x1b[31m\xa0é
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_escaped_character, text))


def _escaped_character(character: str) -> str:
    if character == " " or unicodedata.category(character) not in ("Cc", "Cf", "Cs", "Zl", "Zp", "Zs"):
        return character
    return character.encode("unicode_escape").decode("ascii")


def _paint(line: str) -> str:
    return f"\x1b[{_COLOURS[line[0]]}m{line}\x1b[0m"


def _plain(line: str) -> str:
    return line


def _plural(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or one + 's'}"
