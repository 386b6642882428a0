"""Whether the tables say what the archived pages and their decisions say, by reading the pages again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..errors import MandatesDataError
from ..validate.findings import Finding, quoted
from . import codes
from .boilerplate import TITLE
from .citations import Citations
from .facts import Printing, archived_reading, mandates_by_line, merge, printings_of
from .reading import Paragraph, PrintedItem, Problem, Reading
from .tables import PlacedRow, Tables, whole

SOURCE_FACTS = ("publisher", "language", "rights", "url", "archived_on")


def compare(tables: Tables, sources: list[PlacedRow]) -> Iterator[Finding]:
    """What the given pages, whose proof holds, say otherwise than the tables."""
    citations = Citations(tables["documents"], tables["summits"])
    printings: list[tuple[str, Printing]] = []
    for source in sources:
        try:
            assert tables.package.store is not None
            reading = archived_reading(tables.package.store, source, citations)
        except MandatesDataError as error:
            place = tables.place("sources", source, "path")
            yield codes.PAGE_REFUSED.finding(error.message, mend=error.next_step, **place)
            continue
        for problem in reading.problems:
            yield _refused(source, problem)
        if not reading.problems:
            yield from _source(tables, source, reading)
            yield from _lines(tables, source, reading)
            printings += printings_of(source["source_id"], reading, mandates_by_line(tables, source["source_id"]))
    yield from _mandates(tables, printings)


def _refused(source: PlacedRow, problem: Problem) -> Finding:
    message = f"{problem.kind.capitalize()}: {problem.message}."
    return codes.PAGE_REFUSED.finding(
        message, path=source["path"], line=problem.line or None, seen=problem.seen or None
    )


def _differs(tables: Tables, table: str, row: PlacedRow, field: str, expected: str) -> Iterator[Finding]:
    """A finding where a cell, with its corrections undone, is not what a page says."""
    if tables.printed(table, row, field) != expected:
        said = quoted(expected) if expected else "nothing"
        seen = quoted(row[field]) if row[field] else "empty"
        message = f"The cell is {seen}; the page and its decisions say {said}."
        mend = (
            "Put it back. If the page is to be read otherwise, change its decisions, in the file beside it, and run "
            "mandates-data extract."
        )
        yield codes.NOT_AS_READ.finding(message, **tables.place(table, row, field), expected=expected, mend=mend)


def _source(tables: Tables, source: PlacedRow, reading: Reading) -> Iterator[Finding]:
    yield from _differs(tables, "sources", source, "title", TITLE)
    for name in SOURCE_FACTS:
        yield from _differs(tables, "sources", source, name, reading.facts[name])
    if reading.topic_id:
        yield from _differs(tables, "sources", source, "topic_id", reading.topic_id)


def _lines(tables: Tables, source: PlacedRow, reading: Reading) -> Iterator[Finding]:
    """Markers, citations and texts end where the grammar ends them; labels are the printed ones."""
    rows = {whole(row["source_line"]): row for row in tables["printings"] if row["source_id"] == source["source_id"]}
    for paragraph in reading.paragraphs:
        row = rows[paragraph.line]  # the proof has found every line
        yield from _printing(tables, row, paragraph)
        if mandate := tables.mandates.get(row["mandate_id"]):
            yield from _differs(tables, "mandates", mandate, "text", paragraph.text)
            yield from _differs(tables, "mandates", mandate, "document_id", paragraph.document_id)
        for printed in paragraph.items:
            row = rows[printed.line]
            yield from _printing(tables, row, printed)
            if item := tables.items.get(row["item_id"]):
                yield from _differs(tables, "items", item, "label", printed.label)
                yield from _differs(tables, "items", item, "text", printed.text)


def _printing(tables: Tables, row: PlacedRow, printed: Paragraph | PrintedItem) -> Iterator[Finding]:
    yield from _differs(tables, "printings", row, "marker", printed.marker)
    yield from _differs(tables, "printings", row, "citation", printed.citation)


def _mandates(tables: Tables, printings: list[tuple[str, Printing]]) -> Iterator[Finding]:
    """The fields that the pages settle together; what the document rests on has a rule of its own."""
    by_mandate: dict[str, list[Printing]] = {}
    for mandate_id, printing in printings:
        by_mandate.setdefault(mandate_id, []).append(printing)
    for mandate_id, found in by_mandate.items():
        row = tables.mandates.get(mandate_id)
        if row is None or not _all_read(tables, mandate_id, found):
            continue
        merged = merge(found)
        values: Mapping[str, str] = {name: text for name, text in merged.values.items() if name != "document_basis"}
        for name, text in values.items():
            if name in merged.contradictions:
                message = f"The pages that print {mandate_id} contradict each other."
                yield codes.NOT_AS_READ.finding(message, **tables.place("mandates", row, name))
            else:
                yield from _differs(tables, "mandates", row, name, text)


def _all_read(tables: Tables, mandate_id: str, found: list[Printing]) -> bool:
    """Whether every page that prints the mandate was read: else nothing can be said of the pages together."""
    pages = {row["source_id"] for row in tables["printings"] if row["mandate_id"] == mandate_id}
    return pages == {printing.source_id for printing in found}
