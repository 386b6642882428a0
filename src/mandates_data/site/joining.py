"""From the rows of many tables to each mandate with all that belongs to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..diff.words import word_diff
from ..mandates.doubts import Doubt, read_doubts
from ..mandates.lineages import Lineage, Link
from ..package.corrections import promise_of
from ..package.rows import Row, Tables, whole
from .model import Code, Correction, Deadline, Item, Mandate, Stretch

_CODERS = ("adjudicated", "first", "second")
"""Whose codes are shown: those of the first of them that coded a mandate."""


class Joined:
    """The tables of a package by mandate. Raises `TableError` where one of them cannot be read."""

    def __init__(self, tables: Tables, documents: Mapping[str, Row], lineages: Iterable[Lineage]) -> None:
        self._rows = tables["mandates"]
        self._documents = documents
        self._summits = tables.by_key("summits", "summit_id")
        self._topics = tables.by_key("topics", "topic_id")
        self._entities = tables.by_key("entities", "entity_id")
        self._of = {name: tables.grouped(name, "mandate_id") for name in _BY_MANDATE}
        self._codes = _codes(tables)
        self._corrections = _corrections(tables)
        self._steps = _steps(lineages)
        self._doubts = _doubts(tables)
        self._introduced = tables.grouped("mandates", "preamble_id")
        self._near = _neighbours(self._rows)

    def mandates(self) -> Iterator[Mandate]:
        """Every mandate, in the order of its table."""
        return map(self._mandate, self._rows)

    def _mandate(self, row: Row) -> Mandate:
        mandate_id = row["mandate_id"]
        document = self._documents[row["document_id"]]
        named = [one for one in self._all("mentions", mandate_id) if one["entity_id"] in self._entities]
        deadlines = tuple(Deadline(place, one) for place, one in enumerate(self._all("deadlines", mandate_id), 1))
        marks = [*map(_of_mention, named), *map(_of_deadline, deadlines)]
        points = sorted(self._all("items", mandate_id), key=lambda item: (whole(item["position"]), item["item_id"]))
        row_ids = (mandate_id, *(point["item_id"] for point in points))
        previous_id, next_id = self._near[mandate_id]
        return Mandate(
            row=row,
            document=document,
            summit=self._summits.get(document["summit_id"], Row()),
            stretches=tuple(stretches(row["text"], [mark for mark in marks if not mark.item_id])),
            items=tuple(_item(item, marks) for item in points),
            topics=tuple(self._topics.get(one["topic_id"], one) for one in self._all("mandate_topics", mandate_id)),
            printings=tuple(self._all("printings", mandate_id)),
            corrections=tuple(one for row_id in row_ids for one in self._corrections.get(row_id, ())),
            codes=tuple(self._codes.get(mandate_id, ())),
            reasons=_reasons(named),
            doubts=tuple(one for row_id in row_ids for one in self._doubts.get(row_id, ())),
            entity_ids=tuple(dict.fromkeys(one["entity_id"] for one in sorted(named, key=_reading_order))),
            acts=tuple(self._all("acts", mandate_id)),
            deadlines=deadlines,
            steps=tuple(self._steps.get(mandate_id, ())),
            previous_id=previous_id,
            next_id=next_id,
            introduces=tuple(one["mandate_id"] for one in self._introduced.get(mandate_id, ()) if mandate_id),
        )

    def _all(self, table: str, mandate_id: str) -> Sequence[Row]:
        return self._of[table].get(mandate_id, ())


_BY_MANDATE = ("items", "printings", "mandate_topics", "mentions", "acts", "deadlines")


def _reading_order(mention: Row) -> tuple[str, int]:
    return mention["item_id"], whole(mention["start"])


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


# -- What is marked in a text -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a text that name an entity or a time. `deadline` is its number in the mandate's list, else 0."""

    start: int
    end: int
    surface: str
    item_id: str = ""
    entity_id: str = ""
    deadline: int = 0


def _of_mention(row: Row) -> Mark:
    start, end = whole(row["start"]), whole(row["end"])
    return Mark(start, end, row["surface"], row["item_id"], entity_id=row["entity_id"])


def _of_deadline(deadline: Deadline) -> Mark:
    row = deadline.row
    return Mark(whole(row["start"]), whole(row["end"]), row["surface"], row["item_id"], deadline=deadline.number)


def _item(item: Row, marks: Sequence[Mark]) -> Item:
    return Item(item, tuple(stretches(item["text"], [one for one in marks if one.item_id == item["item_id"]])))


def stretches(text: str, marks: Sequence[Mark]) -> Iterator[Stretch]:
    """A text as pieces that are marked and pieces that are not; joined, they are the text.

    A mark is left out where its words do not stand where it says, and where a longer or earlier one stands there.
    """
    sound = [one for one in marks if 0 <= one.start < one.end and text[one.start : one.end] == one.surface]
    here = 0
    for one in sorted(sound, key=lambda mark: (mark.start, -mark.end)):
        if one.start >= here:
            if one.start > here:
                yield Stretch(text[here : one.start])
            yield Stretch(one.surface, one.entity_id, one.deadline)
            here = one.end
    if here < len(text) or not text:
        yield Stretch(text[here:])


# -- Codes, corrections and lineages ----------------------------------------------------------------------------------


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
        rows = sorted(by_coder[coder], key=lambda row: (whole(row["rank"]), row["code"]))
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
        steps.sort(key=lambda one: (one.row["field"], whole(one.row["correction_id"].rpartition(".")[2])))
    return found


def _reasons(named: Sequence[Row]) -> dict[str, str]:
    """By entity, why words that are no name of it are taken for it; only where no other words name it."""
    found: dict[str, str] = {}
    for row in named:
        found.setdefault(row["entity_id"], row["basis"] if ":" in row["basis"] else "")
        if ":" not in row["basis"]:
            found[row["entity_id"]] = ""
    return {entity_id: reason for entity_id, reason in found.items() if reason}


def _doubts(tables: Tables) -> dict[str, list[Doubt]]:
    found: dict[str, list[Doubt]] = {}
    for doubt in read_doubts(tables.package):
        found.setdefault(doubt.row_id, []).append(doubt)
    return found


def _steps(lineages: Iterable[Lineage]) -> dict[str, list[Link]]:
    """The places of each mandate in the lineages."""
    found: dict[str, list[Link]] = {}
    for lineage in lineages:
        for link in lineage.links:
            found.setdefault(link.mandate_id, []).append(link)
    return found
