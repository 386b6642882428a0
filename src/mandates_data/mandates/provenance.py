"""The proof that every text is what its page prints, and that the page prints nothing else.

With the corrections undone, the line of a printing is its indentation, marker, text, blank gap and citation. Every
other line that is not blank is explained by a rule of `boilerplate` or by a person. The stored digest of the page has
no part in it: a page that was changed together with its digest is found all the same.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..errors import MandatesDataError
from ..package.store import read_bytes
from ..validate.findings import Finding, quoted
from . import codes
from .boilerplate import BLANKS, is_blank, unexplained
from .decisions import parse_decisions
from .facts import decisions_path
from .page import ITEM_INDENT, PARAGRAPH_INDENT, page_lines
from .tables import PlacedRow, Row, Tables, whole
from .topics import heading_of


def prove_page(tables: Tables, source: PlacedRow) -> Iterator[Finding]:
    """Everything that breaks the proof on one archived page."""
    path = source["path"]
    assert tables.package.store is not None
    try:
        lines = page_lines(read_bytes(tables.package.store, path), path)
    except MandatesDataError as error:
        place = tables.place("sources", source, "path")
        yield codes.PAGE_UNREADABLE.finding(error.message, mend=error.next_step, **place)
        return
    printings = [row for row in tables["printings"] if row["source_id"] == source["source_id"]]
    for row in printings:
        yield from _not_as_printed(tables, path, lines, row)
    by_line = {whole(row["source_line"]): row for row in printings}
    others = {n: line for n, line in enumerate(lines, start=1) if n not in by_line and not is_blank(line)}
    yield from _unexplained(tables, source, others, by_line)
    yield from _items_below(tables, by_line)


def _not_as_printed(tables: Tables, path: str, lines: list[str], row: PlacedRow) -> Iterator[Finding]:
    number = whole(row["source_line"])
    place = tables.place("printings", row, "source_line")
    if not 1 <= number <= len(lines):
        message = f"{path} has {len(lines)} lines, so there is no line {row['source_line']}."
        yield codes.NOT_AS_PRINTED.finding(message, **place)
        return
    text = _printed_text(tables, row)
    if text is None:
        return  # the reference leads nowhere, which is a finding of its own
    citation = tables.printed("printings", row, "citation")
    indent = ITEM_INDENT if row["item_id"] else PARAGRAPH_INDENT
    marker = row["marker"]
    head = indent + (f"{marker} " if marker else "")
    if not is_line(lines[number - 1], head, text, citation):
        expected = f"{head}{text}{' ' if citation else ''}{citation}"
        at = _first_difference(lines[number - 1], expected)
        start = max(0, at - 20)
        seen, there = lines[number - 1][start : at + 40], expected[start : at + 40]
        message = f"{path}:{number} prints {quoted(seen)} at character {at + 1}, the tables say {quoted(there)}."
        table, key = ("items", row["item_id"]) if row["item_id"] else ("mandates", row["mandate_id"])
        mend = (
            f"Put back what {table} says of {key}, or its citation here. If the page is wrong, the correction has to "
            "be written down: mandates-data fmt --against REV (main, say) drafts it."
        )
        yield codes.NOT_AS_PRINTED.finding(message, **place, expected=lines[number - 1], mend=mend)


def _first_difference(one: str, other: str) -> int:
    shorter = min(len(one), len(other))
    return next((place for place in range(shorter) if one[place] != other[place]), shorter)


def is_line(line: str, head: str, text: str, citation: str) -> bool:
    """Whether a line is head, text, blank gap and citation, and nothing else. Without a citation there is no gap.

    >>> is_line("  1. Act now. (Plan, 2001).", "  1. ", "Act now.", "(Plan, 2001).")
    True
    >>> is_line("  1. Act now. (Plan, 2001).", "  1. ", "Act now. ", "(Plan, 2001).")
    False
    """
    if not text or text != text.strip(BLANKS) or citation != citation.strip(BLANKS):
        return False
    if not citation:
        return line == head + text
    start, end = len(head) + len(text), len(line) - len(citation)
    return start <= end and line[:start] == head + text and line[end:] == citation and is_blank(line[start:end])


def _printed_text(tables: Tables, row: Row) -> str | None:
    table, key = ("items", row["item_id"]) if row["item_id"] else ("mandates", row["mandate_id"])
    named = (tables.items if row["item_id"] else tables.mandates).get(key)
    return None if named is None else tables.printed(table, named, "text")


def _unexplained(
    tables: Tables, source: PlacedRow, others: Mapping[int, str], by_line: Mapping[int, Row]
) -> Iterator[Finding]:
    heading = heading_of(source["topic_id"], tables["topics"])
    decided = _boilerplate_decided(tables, source)
    first, last = min(by_line, default=0), max(by_line, default=0)
    for number, wrong in unexplained(others, first, last, lambda line: line == heading):
        line = others.get(number, "")
        if number and line.strip(BLANKS) == decided.get(number):
            continue
        place = {"path": source["path"], "line": number or None, "seen": line or None}
        seen = f": {quoted(line)}" if line else ""
        yield codes.LINE_UNEXPLAINED.finding(f"{wrong[0].upper()}{wrong[1:]}{seen}.", **place)


def _boilerplate_decided(tables: Tables, source: Row) -> dict[int, str]:
    store, path = tables.package.store, decisions_path(source)
    assert store is not None
    try:
        decisions = parse_decisions(read_bytes(store, path), path) if store.exists(path) else []
    except MandatesDataError:
        return {}  # told by the reading of the page (MD607)
    return {d.line: d.value for d in decisions if d.name == "boilerplate" and d.line is not None}


def _items_below(tables: Tables, by_line: Mapping[int, PlacedRow]) -> Iterator[Finding]:
    """The lines of items follow the line of their mandate, all of them and in their order."""
    above: PlacedRow | None = None
    seen: list[str] = []
    for _, row in sorted(by_line.items()):
        if not row["item_id"]:
            yield from _all_items(tables, above, seen)
            above, seen = row, []
            continue
        item = tables.items.get(row["item_id"])
        if (
            above is None
            or row["mandate_id"] != above["mandate_id"]
            or (item and item["mandate_id"] != row["mandate_id"])
        ):
            message = f"The item is not of the mandate above it, {above['mandate_id'] if above else 'which is none'}."
            yield codes.ITEMS_AS_PRINTED.finding(message, **tables.place("printings", row, "item_id"))
        else:
            seen.append(row["item_id"])
    yield from _all_items(tables, above, seen)


def _all_items(tables: Tables, above: PlacedRow | None, seen: list[str]) -> Iterator[Finding]:
    if above is None:
        return
    expected = [row["item_id"] for row in tables.items_of.get(above["mandate_id"], [])]
    if seen != expected:
        stands, belongs = ", ".join(seen) or "no items", ", ".join(expected) or "none"
        message = f"Below {above['mandate_id']} the page has {stands}; the table items has {belongs}."
        yield codes.ITEMS_AS_PRINTED.finding(message, **tables.place("printings", above, "mandate_id"))


def texts_are_printed(tables: Tables) -> Iterator[Finding]:
    """Every mandate and every item has a line on a page."""
    mandates = {row["mandate_id"] for row in tables["printings"] if not row["item_id"]}
    items = {row["item_id"] for row in tables["printings"]}
    for table, key, printed in (("mandates", "mandate_id", mandates), ("items", "item_id", items)):
        for row in tables[table]:
            if row[key] not in printed:
                message = f"The table printings has no line for {row[key]}."
                yield codes.NOT_PRINTED.finding(message, **tables.place(table, row, key))
