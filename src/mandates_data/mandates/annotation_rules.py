"""Whether mentions and deadlines stand where they say, and are what the lexicon and the dates make of the texts."""

from __future__ import annotations

from collections.abc import Iterator

from ..errors import MandatesDataError
from ..validate.findings import Finding, quoted
from . import codes
from .annotate import FIELDS, MADE, Annotation, Change, Sources, annotate, read_sources, row_of
from .lexicon import DATES, LEXICON, UNCOVERED
from .places import Text
from .tables import PlacedRow, Tables, whole

MEND = "Add the words to data/source/lexicon.csv or dates.csv where they should count, then run: mandates-data annotate"


def check_annotations(tables: Tables) -> Iterator[Finding]:
    """Every finding on mentions and deadlines; none for a package that has no such table."""
    names = tables.package.resource_names
    if not any(name in names for name in MADE):
        return
    try:
        sources = read_sources(tables.package)
    except MandatesDataError as error:
        said = f"The names and dates could not be checked: {error.message}"
        path = next((one for one in (LEXICON, DATES, UNCOVERED) if error.message.startswith(one)), "datapackage.json")
        yield codes.ANNOTATION_REFUSED.finding(said, path=path, mend=error.next_step or None)
        return
    broken: set[str] = set()
    for name in MADE:
        for row in sources.tables[name]:
            found = list(_wrong_row(tables, sources, name, row))
            if found:
                broken.add(row_of(row))
            yield from found
    annotation = annotate(sources)
    for fault in annotation.faults:
        yield codes.ANNOTATION_REFUSED.finding(fault.message, path=fault.path, line=fault.line or None)
    yield from _drift(tables, sources, annotation, broken)


def _wrong_row(tables: Tables, sources: Sources, table: str, row: PlacedRow) -> Iterator[Finding]:
    """A row whose mandate and item do not fit, or whose place does not have its words."""
    text = sources.texts.get(row_of(row))
    if text is None:
        return  # the reference leads nowhere (MD401)
    if row["item_id"] and text.mandate_id != row["mandate_id"]:
        message = f"{row['item_id']} is an item of {text.mandate_id}, not of {quoted(row['mandate_id'])}."
        place = tables.place(table, row, "mandate_id")
        yield codes.MENTION_ROW.finding(message, **place, expected=text.mandate_id)
        return
    name = row[FIELDS[table][0]]
    if name.rpartition(".")[0] != row_of(row):
        message = f"{quoted(name)} is not named after {row_of(row)}, in whose text it stands."
        yield codes.MENTION_ROW.finding(message, **tables.place(table, row, FIELDS[table][0]))
        return
    yield from _wrong_place(tables, table, row, text)


def _wrong_place(tables: Tables, table: str, row: PlacedRow, text: Text) -> Iterator[Finding]:
    start, end = _offset(row["start"]), _offset(row["end"])
    if start is None or end is None:
        return  # told as a cell that is no whole number
    if not start < end <= len(text.text):
        place = f"from {start} to {end}"
        message = f"The place {place} is not in the text of {text.row_id}, which has {len(text.text)} characters."
        yield codes.MENTION_PLACE.finding(message, **tables.place(table, row, "start"))
    elif text.text[start:end] != row["surface"]:
        seen = quoted(text.text[start:end])
        message = f"In the text of {text.row_id} that place has {seen}, not {quoted(row['surface'])}."
        yield codes.MENTION_PLACE.finding(message, **tables.place(table, row, "surface"), expected=text.text[start:end])


def _offset(text: str) -> int | None:
    return 0 if text == "0" else whole(text) or None


def _drift(tables: Tables, sources: Sources, annotation: Annotation, broken: set[str]) -> Iterator[Finding]:
    """What the annotation would change, one finding a text; texts with a broken row were told of."""
    changes: dict[tuple[str, str], list[Change]] = {}
    for change in annotation.changes:
        row_id = row_of(change.new or change.old or {})
        if row_id not in broken and row_id in sources.texts:
            changes.setdefault((change.table, row_id), []).append(change)
    for (table, row_id), found in changes.items():
        first = found[0]
        row = first.new or first.old or {}
        how = "lacks" if first.old is None else "has" if first.new is None else "has otherwise"
        more = f", and {len(found) - 1} more" if len(found) > 1 else ""
        message = f"By the texts and the decisions on them, {table} {how} {quoted(row['surface'])} in {row_id}{more}."
        line = next((one.line for one in sources.tables[table] if row_of(one) == row_id), None)
        place = {"resource": table, "path": tables.package.resource(table).path, "line": line}
        yield codes.NOT_AS_ANNOTATED.finding(message, **place, row_key=first.row_id, mend=MEND)
