"""What belongs to a mandate or an item: document, summit, topics, the lines that print it, items and lineages."""

from __future__ import annotations

from collections.abc import Iterator

from ..diff.correcting.showing import Context, ShownRow
from ..package.model import Package
from .lineages import Lineage, lineages_of
from .tables import KEYS, PlacedRow, Tables, read_tables, whole


def context_of(package: Package, row: ShownRow) -> tuple[Context, ...]:
    """The context of a row of `mandates` or `items`; none for any other.

    Raises
    ------
    UnknownNameError, TableError, PackageError
        As `read_tables` does.
    """
    if row.table not in ("mandates", "items"):
        return ()
    tables = read_tables(package)
    if row.table == "items":
        return tuple(_of_item(tables, row.row_id))
    mandate = tables.mandates.get(row.row_id)
    return () if mandate is None else tuple(_of_mandate(tables, mandate))


def _of_item(tables: Tables, item_id: str) -> Iterator[Context]:
    item = tables.items.get(item_id)
    above = tables.mandates.get(item["mandate_id"]) if item else None
    if above is not None:
        yield Context("mandate", above["mandate_id"], above["text"])
        yield from _of_document(tables, above["document_id"])
    yield from _lines(tables, "item_id", item_id)


def _of_mandate(tables: Tables, mandate: PlacedRow) -> Iterator[Context]:
    mandate_id = mandate["mandate_id"]
    yield from _of_document(tables, mandate["document_id"])
    titles = {row["topic_id"]: row["title"] for row in tables["topics"]}
    for row in tables["mandate_topics"]:
        if row["mandate_id"] == mandate_id:
            yield Context("topic", row["topic_id"], titles.get(row["topic_id"], ""))
    yield from _lines(tables, "mandate_id", mandate_id)
    for item in tables.items_of.get(mandate_id, ()):
        yield Context("item", item["item_id"], f"{item['label']}. {item['text']}" if item["label"] else item["text"])
    for lineage in lineages_of(tables.package, mandate_id):
        yield Context("lineage", lineage.lineage_id, _place_in(lineage, mandate_id))


def _place_in(lineage: Lineage, mandate_id: str) -> str:
    """What the mandate takes up in a lineage, why, and what takes it up."""
    link = lineage.link(mandate_id)
    assert link is not None
    after = lineage.takes_up(mandate_id)
    said = f"takes up {link.previous_id}" if link.previous_id else "begins it"
    taken_up = f"; taken up by {', '.join(after)}" if after else ""
    return f"{link.position} of {len(lineage.links)}, {said}{taken_up}. {link.basis}"


def _of_document(tables: Tables, document_id: str) -> Iterator[Context]:
    document = _row(tables, "documents", document_id)
    if document is None:
        return
    yield Context("document", document_id, document.get("title", "") or document["cited_as"])
    summit = _row(tables, "summits", document["summit_id"])
    if summit is not None:
        place = ", ".join(part for part in (summit["city"], summit["start_date"]) if part)
        name = summit.get("name", "")
        yield Context("summit", document["summit_id"], f"{name} ({place})" if name else place)


def _row(tables: Tables, name: str, key: str) -> PlacedRow | None:
    return next((row for row in tables[name] if row[KEYS[name][0]] == key), None)


def _lines(tables: Tables, field: str, row_id: str) -> Iterator[Context]:
    """The lines of the archived pages that print it, and the citation as it stands there."""
    for row in sorted(tables["printings"], key=lambda row: (row["source_id"], whole(row["source_line"]))):
        if row[field] == row_id and (field == "item_id" or not row["item_id"] or row["citation"]):
            cited = row["citation"] or "no citation is printed"
            yield Context("printed", f"{row['source_id']}/{row['source_line']}", cited)
