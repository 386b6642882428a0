"""What programs do to a header, each the one cause of much that would otherwise be told cell by cell.

The first rows tell what the header alone does not: whether a column only counts them, or holds nothing.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping, Sequence

from ..package.model import Resource
from ..package.reader import Record
from . import codes_file as codes
from .findings import Finding, quoted

FirstRows = Callable[[], Sequence[Record]]
"""Gives the first rows of a table: read only when a header gives reason to."""

SAMPLE = 12
"""Rows that are enough to tell."""

_INDEX_NAMES = frozenset(
    {"", "index", "level_0", "...1", "x", "x1", "row", "rows", "rownames", "row_names", "row.names", "row_number",
     "rownum", "rn", "#", "no", "no.", "nr", "nr.", "n", "id", "column1", "_index", "__index_level_0__"}
)  # fmt: skip
"""What programs call the column that counts the rows; pandas also writes `Unnamed: 0`."""

_MARKS = ("<<<<<<< ", "||||||| ", ">>>>>>> ")


def is_marker(cell: str) -> bool:
    """Whether a line that begins with this cell is one of those that git puts between two changes.

    >>> is_marker("<<<<<<< HEAD"), is_marker("======="), is_marker("===")
    (True, True, False)
    """
    return cell == "=======" or cell.startswith(_MARKS)


def counts(cells: Sequence[str], least: int = 2) -> bool:
    """Whether cells count from 0 or 1 on.

    >>> counts(["1", "2", "3"]), counts(["1", "3"]), counts(["7", "8"])
    (True, False, False)
    """
    if len(cells) < least or cells[0] not in ("0", "1"):
        return False
    return list(cells) == [str(n) for n in range(int(cells[0]), int(cells[0]) + len(cells))]


def blank_columns(names: Sequence[str], first_rows: FirstRows | None) -> int:
    """How many columns without a name stand at the end, with nothing in them as far as the first rows tell."""
    blank = len(names) - len("\n".join(names).rstrip("\n").split("\n")) if names and not names[-1] else 0
    if blank and first_rows is not None:
        start = len(names) - blank
        return 0 if any(any(row.cells[start:]) for row in first_rows()) else blank
    return blank


def counts_rows(names: Sequence[str], resource: Resource, first_rows: FirstRows | None) -> bool:
    """Whether the first column was added by a program that numbers the rows."""
    wanted = resource.schema.field_names
    name = names[0].strip().lower() if names else ""
    if len(names) < 2 or names[0] in wanted or not set(names[1:]) & set(wanted):
        return False
    unnamed = not name or name.startswith("unnamed: ")
    if not unnamed and (name not in _INDEX_NAMES or resource.schema.fields_match in ("subset", "partial")):
        return False
    rows = first_rows() if first_rows is not None else ()
    cells = [row.cells[0] for row in rows if row.cells]
    return counts(cells, 1) if cells else unnamed


def no_header(names: Sequence[str], resource: Resource) -> Finding | None:
    """What else than a header the first line is, by which nothing that follows can be read."""
    place = {"resource": resource.name, "path": resource.path, "line": 1}
    wanted = resource.schema.field_names
    first = names[0] if names else ""
    if is_marker(first):
        rule = codes.CONFLICT
        return rule.finding("The file begins with the marks of an unfinished merge.", mend=rule.mend, **place)
    if first.lower().startswith("sep=") and len(first) <= 5 and "".join(names[1:]) == "":
        rule = codes.SEPARATOR_LINE
        said = f"The first line is {quoted(first)}, a note to Excel, and no header."
        return rule.finding(said, seen=first, expected=",".join(wanted), mend=rule.mend, **place)
    inside = _split(first, resource.dialect.delimiter)
    if len(names) == 1 and len(inside) > 1 and set(inside) & set(wanted):
        rule = codes.ROWS_IN_QUOTES
        said = f"The whole header stands in quotation marks: {quoted(first)}."
        return rule.finding(said, seen=first, expected=",".join(wanted), mend=rule.mend, **place)
    return None


def _split(line: str, delimiter: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=delimiter), [])
    except csv.Error:
        return []


def index_column(names: Sequence[str], resource: Resource) -> Finding:
    """The finding on a column that counts the rows."""
    rule = codes.INDEX_COLUMN
    called = quoted(names[0]) if names[0] else "without a name"
    said = f"The first column, {called}, only counts the rows."
    place = {"resource": resource.name, "path": resource.path, "line": 1, "column": 1}
    return rule.finding(said, seen=names[0], mend=rule.mend, cause=rule.name, **place)


def empty_columns(names: Sequence[str], blank: int, resource: Resource) -> Finding:
    """The finding on columns at the end that hold nothing."""
    rule = codes.EMPTY_COLUMNS
    many = "An empty column stands" if blank == 1 else f"{blank:,} empty columns stand"
    said = f"{many} after the last one."
    place = {"resource": resource.name, "path": resource.path, "line": 1, "column": len(names) - blank + 1}
    return rule.finding(said, mend=rule.mend, cause=rule.name, **place)


def rows_are_numbered(rows: Sequence[Record], width: int) -> bool:
    """Whether each row has one cell more than the header, which counts them, as R writes tables."""
    return all(len(row.cells) == width + 1 > 1 for row in rows) and counts([row.cells[0] for row in rows])


def renumbered(resource: Resource, places: Mapping[str, int], rows: Sequence[Record]) -> Finding | None:
    """The finding on a key that counts 1, 2, 3 though the schema wants another form; None where it does not.

    Only where the schema refuses such keys: a table may well be numbered.
    """
    schema = resource.schema
    if len(schema.primary_key) != 1 or schema.primary_key[0] not in places:
        return None
    field = schema.field(schema.primary_key[0])
    if field.type != "string" or (field.constraints.pattern is None and field.constraints.enum is None):
        return None
    place = places[field.name]
    cells = [row.cells[place] for row in rows if place < len(row.cells)]
    if not counts(cells, 3):
        return None
    from .cells import Column

    if not all(map(Column(field, schema, None).problems, cells)):
        return None
    rule = codes.RENUMBERED
    said = f"The rows are numbered {', '.join(cells[:3])} … instead of having their identifiers."
    at = {"resource": resource.name, "path": resource.path, "line": rows[0].line, "column": place + 1}
    example = field.example if isinstance(field.example, str) else None
    return rule.finding(said, field=field.name, seen=cells[0], expected=example, mend=rule.mend, cause=rule.name, **at)
