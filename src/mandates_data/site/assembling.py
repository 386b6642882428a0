"""From a package's tables to what the pages show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..diff.words import word_diff
from ..errors import PackageError
from ..history.layout import is_as_released, layout_of
from ..mandates.lineages import Link
from ..package.corrections import promise_of
from ..package.model import Package
from .model import Change, Code, Correction, Cover, Item, Mandate, Release, Site, Stretch, TableChanges
from .tables import Row, Tables

_CODERS = ("adjudicated", "first", "second")
"""Whose codes are shown: those of the first of them that coded a mandate."""


def site_of(package: Package, address: str = "") -> Site:
    """All that the pages show of a package.

    Parameters
    ----------
    address
        Where the site will be published, for citations; empty where that is not known.

    Raises
    ------
    PackageError
        The package has no table of mandates.
    TableError
        A table cannot be read.
    """
    tables = Tables(package)
    if "mandates" not in tables:
        raise PackageError("The package has no table of mandates, which the pages show.", "Name another package.")
    mandates = {mandate.mandate_id: mandate for mandate in _mandates(tables)}
    if len(mandates) < len(tables["mandates"]):
        raise PackageError("Two mandates have one identifier.", "Run: mandates-data validate")
    return Site(
        cover=_cover(package, tables, address),
        summits=_chronological(tables.by_key("summits", "summit_id")),
        documents=_documents(tables),
        mandates=mandates,
        codes=tables.by_key("subtopics", "code"),
        entities=dict(sorted(tables.by_key("entities", "entity_id").items(), key=lambda pair: _named(pair[1]))),
        lineages=_lineages(tables, mandates),
        releases=tuple(_releases(package, tables)),
    )


def _cover(package: Package, tables: Tables, address: str) -> Cover:
    release = tables.by_key("releases", "version").get(package.version, Row())
    description = package.raw.get("description")
    return Cover(
        title=package.title or package.name or "Mandates",
        name=package.name or "package",
        version=package.version,
        description=description if isinstance(description, str) else "",
        released_on=release["released_on"],
        exact=is_as_released(package),
        address=address.rstrip("/") + "/" if address else "",
    )


def _chronological(summits: dict[str, Row]) -> dict[str, Row]:
    return dict(sorted(summits.items(), key=lambda pair: (pair[1]["start_date"], pair[0])))


def _documents(tables: Tables) -> dict[str, Row]:
    """The documents by identifier; one that only the mandates name has a row of its own, with nothing else in it."""
    found = tables.by_key("documents", "document_id")
    for row in tables["mandates"]:
        if row["document_id"] not in found:
            found[row["document_id"]] = Row(document_id=row["document_id"])
    return found


def _named(entity: Row) -> tuple[str, str]:
    return entity["name"].casefold(), entity["entity_id"]


# -- Mandates ---------------------------------------------------------------------------------------------------------


def _mandates(tables: Tables) -> Iterator[Mandate]:
    summits, documents = tables.by_key("summits", "summit_id"), _documents(tables)
    topics, topics_of = tables.by_key("topics", "topic_id"), tables.grouped("mandate_topics", "mandate_id")
    items, printings = tables.grouped("items", "mandate_id"), tables.grouped("printings", "mandate_id")
    mentions, acts = tables.grouped("mentions", "mandate_id"), tables.grouped("acts", "mandate_id")
    deadlines, steps = tables.grouped("deadlines", "mandate_id"), _steps(tables)
    codes, corrections, entities = _codes(tables), _corrections(tables), tables.by_key("entities", "entity_id")
    introduced = tables.grouped("mandates", "preamble_id")
    near = _neighbours(tables["mandates"])
    for row in tables["mandates"]:
        mandate_id = row["mandate_id"]
        document = documents[row["document_id"]]
        named = [mention for mention in mentions.get(mandate_id, ()) if mention["entity_id"] in entities]
        points = sorted(items.get(mandate_id, ()), key=lambda item: (_whole(item["position"]), item["item_id"]))
        yield Mandate(
            row=row,
            document=document,
            summit=summits.get(document["summit_id"], Row()),
            stretches=tuple(stretches(row["text"], [one for one in named if not one["item_id"]])),
            items=tuple(_item(item, named) for item in points),
            topics=tuple(topics.get(one["topic_id"], one) for one in topics_of.get(mandate_id, ())),
            printings=tuple(printings.get(mandate_id, ())),
            corrections=tuple(
                correction for row_id in (mandate_id, *(p["item_id"] for p in points))
                for correction in corrections.get(row_id, ())
            ),
            codes=tuple(codes.get(mandate_id, ())),
            entity_ids=tuple(dict.fromkeys(one["entity_id"] for one in sorted(named, key=_reading_order))),
            acts=tuple(acts.get(mandate_id, ())),
            deadlines=tuple(deadlines.get(mandate_id, ())),
            steps=tuple(steps.get(mandate_id, ())),
            previous_id=near[mandate_id][0],
            next_id=near[mandate_id][1],
            introduces=tuple(one["mandate_id"] for one in introduced.get(mandate_id, ()) if mandate_id),
        )  # fmt: skip


def _item(item: Row, named: Sequence[Row]) -> Item:
    return Item(item, tuple(stretches(item["text"], [one for one in named if one["item_id"] == item["item_id"]])))


def _reading_order(mention: Row) -> tuple[str, int]:
    return mention["item_id"], _whole(mention["start"])


def stretches(text: str, mentions: Sequence[Row]) -> Iterator[Stretch]:
    """A text as pieces that name an entity and pieces that do not; joined, they are the text.

    A mention is left out where its words do not stand where it says, and where a longer or earlier one stands there.
    """
    placed = [(_whole(one["start"]), _whole(one["end"]), one) for one in mentions]
    sound = [(start, end, one) for start, end, one in placed if start < end and text[start:end] == one["surface"]]
    here = 0
    for start, end, one in sorted(sound, key=lambda place: (place[0], -place[1])):
        if start >= here:
            if start > here:
                yield Stretch(text[here:start])
            yield Stretch(text[start:end], one["entity_id"])
            here = end
    if here < len(text) or not text:
        yield Stretch(text[here:])


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() else -1


def _neighbours(rows: Iterable[Row]) -> dict[str, tuple[str, str]]:
    """The mandates before and after each in its document; empty at the ends."""
    by_document: dict[str, list[str]] = {}
    for row in rows:
        by_document.setdefault(row["document_id"], []).append(row["mandate_id"])
    return {
        here: (before, after)
        for listed in by_document.values()
        for before, here, after in zip(["", *listed], listed, [*listed[1:], ""], strict=False)
    }


def _codes(tables: Tables) -> dict[str, list[Code]]:
    """The codes of each mandate by rank, as the first of the coders gave them."""
    known = tables.by_key("subtopics", "code")
    by_mandate: dict[str, dict[str, list[Row]]] = {}
    for row in tables["mandate_subtopics"]:
        if row["code"] in known:
            by_mandate.setdefault(row["mandate_id"], {}).setdefault(row["coder"], []).append(row)
    found = {}
    for mandate_id, by_coder in by_mandate.items():
        coder = next((one for one in _CODERS if one in by_coder), min(by_coder))
        rows = sorted(by_coder[coder], key=lambda row: (_whole(row["rank"]), row["code"]))
        found[mandate_id] = [Code(known[row["code"]], row["basis"], coder) for row in rows]
    return found


def _corrections(tables: Tables) -> dict[str, list[Correction]]:
    """The corrections of mandates and items by row, the oldest first."""
    promise = promise_of(tables.package)
    found: dict[str, list[Correction]] = {}
    for row in tables[promise.table] if promise else ():
        if row["table"] in ("mandates", "items"):
            item_id = row["row_id"] if row["table"] == "items" else ""
            correction = Correction(row, item_id, word_diff(row["old"], row["new"]))
            found.setdefault(row["row_id"], []).append(correction)
    for steps in found.values():
        steps.sort(key=lambda one: (one.row["field"], _whole(one.row["correction_id"].rpartition(".")[2])))
    return found


# -- Lineages and releases --------------------------------------------------------------------------------------------


def _step(row: Row) -> Link:
    return Link(row["lineage_id"], _whole(row["position"]), row["mandate_id"], row["previous_id"], row["basis"])


def _steps(tables: Tables) -> dict[str, list[Link]]:
    return {name: [_step(row) for row in rows] for name, rows in tables.grouped("lineages", "mandate_id").items()}


def _lineages(tables: Tables, mandates: dict[str, Mandate]) -> dict[str, tuple[Link, ...]]:
    return {
        name: tuple(sorted((_step(row) for row in rows if row["mandate_id"] in mandates), key=lambda s: s.position))
        for name, rows in tables.grouped("lineages", "lineage_id").items()
    }


def _releases(package: Package, tables: Tables) -> Iterator[Release]:
    """The releases that the package knows, the newest first."""
    layout = layout_of(package)
    if layout is None:
        return
    changes = tables.grouped(layout.changes, "version") if layout.changes else {}
    rows = sorted(tables[layout.releases], key=lambda row: [_whole(part) for part in row["version"].split(".")])
    for place in reversed(range(len(rows))):
        by_table: dict[str, list[Row]] = {}
        for row in changes.get(rows[place]["version"], ()):
            by_table.setdefault(row["table"], []).append(row)
        told = tuple(_table_changes(name, by_table[name]) for name in by_table)
        yield Release(rows[place], told, first=place == 0)


def _table_changes(table: str, rows: Sequence[Row]) -> TableChanges:
    return TableChanges(
        table,
        tuple(dict.fromkeys(row["row_id"] for row in rows if row["change"] == "added")),
        tuple(dict.fromkeys(row["row_id"] for row in rows if row["change"] == "removed")),
        tuple(
            Change(row, word_diff(row["old"], row["new"])) for row in rows if row["change"] not in ("added", "removed")
        ),
    )
