"""The tables `mentions` and `deadlines`, made from the texts, the lexicon and the decisions on dates.

**Identifiers.** A mention is `<mandate or item>.m01`, a deadline `.d01`: a number in its text, which is a name and no
position. What is known keeps its identifier: first what stands at the same place (`correct` moves the places along),
then what has the same entity and the same words, in the order of the text. What is new gets the number after the
highest that the text has ever had, retired ones included; so neither a correction nor a new wording renumbers others.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from ..package.files import write_files
from ..package.model import Package
from ..package.writer import canonical
from .lexicon import (
    Dated,
    Fault,
    Uncovered,
    Wording,
    faults_of_dates,
    faults_of_lexicon,
    read_dates,
    read_lexicon,
    read_uncovered,
)  # fmt: skip
from .phrases import phrases_in
from .places import Finder, Text, clashes, deadlines_in, unused
from .tables import PlacedRow, Row, table_rows
from .writing import differing, pending

FIELDS: Mapping[str, tuple[str, ...]] = {
    "mandates": ("mandate_id", "text"),
    "items": ("item_id", "mandate_id", "text"),
    "entities": ("entity_id",),
    "mentions": ("mention_id", "entity_id", "mandate_id", "item_id", "start", "end", "surface", "basis"),
    "deadlines": (
        "deadline_id", "mandate_id", "item_id", "start", "end", "surface", "date_from", "date_to", "kind",
    ),
    "retired_ids": ("retired_id", "table"),
}  # fmt: skip
"""The tables and fields that the annotation needs."""

MADE = ("mentions", "deadlines")
_KEYS = {"mentions": "mention_id", "deadlines": "deadline_id"}
_NUMBER = re.compile(r"\.[md]([0-9]{2,9})\Z")


@dataclass(frozen=True)
class Sources:
    """All that the annotation is made from. `dates` is None where nobody has decided on dates yet."""

    tables: Mapping[str, Sequence[PlacedRow]]
    lexicon: Sequence[Wording]
    dates: Sequence[Dated] | None
    uncovered: Sequence[Uncovered]

    @cached_property
    def texts(self) -> dict[str, Text]:
        """The texts of mandates and items, by the identifier of their row."""
        found = [Text(row["mandate_id"], "", row["text"]) for row in self.tables["mandates"]]
        found += [Text(row["mandate_id"], row["item_id"], row["text"]) for row in self.tables["items"]]
        return {text.row_id: text for text in found}


@dataclass(frozen=True)
class Change:
    """A row that came, went or changed: `old` and `new` by field, None where there is none."""

    table: str
    row_id: str
    old: Row | None
    new: Row | None


@dataclass(frozen=True)
class Annotation:
    """What the annotation gives.

    Attributes
    ----------
    faults
        Why it is refused; empty where it is accepted.
    rows
        The rows of `mentions` and `deadlines`; empty where it is refused.
    changes
        What they change in the tables as they stand.
    """

    faults: tuple[Fault, ...]
    rows: Mapping[str, Sequence[Row]] = field(default_factory=dict)
    changes: tuple[Change, ...] = ()


def read_sources(package: Package) -> Sources:
    """Read all of it.

    Raises
    ------
    UnknownNameError, TableError, PackageError
        A table, a field of it or a hand-written file cannot be read.
    """
    tables = {name: table_rows(package, name, fields) for name, fields in FIELDS.items()}
    return Sources(tables, read_lexicon(package), read_dates(package), read_uncovered(package))


def annotate(sources: Sources) -> Annotation:
    """Find every mention and every date. Nothing is written: `write_annotation` does that."""
    faults = [
        *faults_of_lexicon(sources.lexicon, (row["entity_id"] for row in sources.tables["entities"])),
        *faults_of_dates(sources.dates or ()),
    ]
    if faults:
        return Annotation(tuple(faults))
    mentions, used = [], set()
    finder = Finder(sources.lexicon)
    for text in sources.texts.values():
        found = finder.mentions(text)
        faults += clashes(text, found)
        used |= {one.row for one in found}
        for one in found:
            row = _place(text, one.start, one.end)
            mentions.append({"entity_id": one.row.entity_id, **row, "basis": one.row.basis})
    faults += unused(sources.lexicon, sources.texts, used)
    dated, more = deadlines_in(sources.dates, sources.texts)
    faults += more
    if faults:
        return Annotation(tuple(sorted(faults, key=lambda fault: (fault.path, fault.line, fault.message))))
    deadlines = [
        {**_place(sources.texts[row_id], one.start, one.end), "kind": one.row.kind}
        | {"date_from": one.row.date_from, "date_to": one.row.date_to}
        for row_id, found_there in dated.items()
        for one in sorted(found_there, key=lambda one: (one.start, one.end))
    ]
    rows = {"mentions": _named(sources, "mentions", mentions), "deadlines": _named(sources, "deadlines", deadlines)}
    return Annotation((), rows, tuple(_changes(sources, rows)))


def annotation_files(package: Package, annotation: Annotation) -> dict[Path, bytes]:
    """Every file that an accepted annotation gives, the refreshed descriptor among them, by its place on disk."""
    files = {}
    for name, rows in annotation.rows.items():
        resource = package.resource(name)
        fields = resource.schema.field_names
        files[resource.path] = canonical(resource.schema, [[row.get(one, "") for one in fields] for row in rows])
    return pending(package, files)


def changed_by(package: Package, annotation: Annotation) -> list[Path]:
    """The files that `write_annotation` would change."""
    return differing(annotation_files(package, annotation))


def write_annotation(package: Package, annotation: Annotation) -> list[Path]:
    """Write the tables of an accepted annotation, or nothing. Returns the files that changed."""
    return write_files(annotation_files(package, annotation))


def _place(text: Text, start: int, end: int) -> Row:
    row = {"mandate_id": text.mandate_id, "item_id": text.item_id, "start": str(start), "end": str(end)}
    return row | {"surface": text.text[start:end]}


def row_of(row: Row) -> str:
    """The identifier of the row whose text a mention or deadline stands in."""
    return row["item_id"] or row["mandate_id"]


def _named(sources: Sources, table: str, rows: Sequence[Row]) -> list[Row]:
    """The rows with their identifiers, known or new."""
    key = _KEYS[table]
    left: dict[str, Row] = {row[key]: row for row in sources.tables[table] if _NUMBER.search(row[key])}
    retired = [row["retired_id"] for row in sources.tables["retired_ids"] if row["table"] == table]
    highest = _highest((*left, *retired))
    names: dict[int, str] = {}
    for parts in (("entity_id", "start", "end"), ("entity_id", "surface")):
        known = _by_parts(left, parts)
        for place, row in enumerate(rows):
            same = known.get(_parts(row, parts))
            if place not in names and same:
                names[place] = same.pop(0)
                del left[names[place]]
    found = []
    for place, row in enumerate(rows):
        if place not in names:
            highest[row_of(row)] = highest.get(row_of(row), 0) + 1
            names[place] = f"{row_of(row)}.{table[0]}{highest[row_of(row)]:02}"
        found.append({key: names[place], **row})
    return sorted(found, key=lambda row: row[key])


def _by_parts(rows: Mapping[str, Row], parts: tuple[str, ...]) -> dict[tuple[str, ...], list[str]]:
    """The names of the rows that have the same parts, in the order of the text; misnamed rows are left out."""
    known: dict[tuple[str, ...], list[str]] = {}
    for name, row in sorted(rows.items(), key=lambda pair: (_start(pair[1]), pair[0])):
        if name.rpartition(".")[0] == row_of(row):
            known.setdefault(_parts(row, parts), []).append(name)
    return known


def _parts(row: Row, parts: tuple[str, ...]) -> tuple[str, ...]:
    return (row_of(row), *(row.get(part, "") for part in parts))


def _start(row: Row) -> int:
    return int(row["start"]) if re.fullmatch("[0-9]{1,9}", row["start"]) else 0


def _highest(names: Iterable[str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name in names:
        if number := _NUMBER.search(name):
            row_id = name[: number.start()]
            found[row_id] = max(found.get(row_id, 0), int(number[1]))
    return found


def _changes(sources: Sources, rows: Mapping[str, Sequence[Row]]) -> list[Change]:
    found = []
    for table, made in rows.items():
        key = _KEYS[table]
        old = {row[key]: {name: row[name] for name in FIELDS[table]} for row in sources.tables[table]}
        new = {row[key]: {name: row[name] for name in FIELDS[table]} for row in made}
        for name in sorted(old.keys() | new.keys()):
            if old.get(name) != new.get(name):
                found.append(Change(table, name, old.get(name), new.get(name)))
    return found


def uncovered(sources: Sources, annotation: Annotation) -> list[tuple[str, str]]:
    """Phrases in capitals and acronyms that no mention covers and that are not listed as no names: row and phrase."""
    if annotation.faults:
        return []
    listed = {row.phrase for row in sources.uncovered}
    places: dict[str, list[tuple[int, int]]] = {}
    for row in annotation.rows["mentions"]:
        places.setdefault(row_of(row), []).append((int(row["start"]), int(row["end"])))
    return [
        (text.row_id, phrase.text)
        for text in sources.texts.values()
        for phrase in phrases_in(text.text)
        if phrase.text not in listed and not phrase.is_covered(places.get(text.row_id, ()))
    ]
