"""What the pages show, as frozen values: nothing in it is mark-up yet, and nothing knows of a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from ..diff.words import Piece
from ..mandates.doubts import Doubt
from ..mandates.lineages import Link
from ..package.rows import Row
from .archive import Source
from .releases import Release


def spoken(identifier: str) -> str:
    """An identifier made of words, as a title.

    >>> spoken("antipersonnel-mines")
    'Antipersonnel mines'
    """
    words = identifier.replace("-", " ")
    return words[:1].upper() + words[1:]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of a text, with the identifier of the entity that it names, or the number of the deadline that it tells.

    Empty and 0 where it does neither.
    """

    text: str
    entity_id: str = ""
    deadline: int = 0


@dataclass(frozen=True, slots=True)
class Correction:
    """A step from one text to the next, word by word. `item_id` is empty where the mandate itself was corrected."""

    row: Row
    item_id: str
    pieces: tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Item:
    """A point under a mandate."""

    row: Row
    stretches: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time that a mandate tells, and its place among those of the mandate, from 1."""

    number: int
    row: Row


@dataclass(frozen=True, slots=True)
class Code:
    """A code that a mandate was given, and the words that it rests on."""

    row: Row
    basis: str
    coder: str


@dataclass(frozen=True, slots=True)
class Mandate:
    """A mandate with all that the tables say of it. The neighbours are those of its document, empty at its ends.

    `reasons` says by entity why a mandate that does not print its name is taken to name it.
    """

    row: Row
    document: Row
    summit: Row
    stretches: tuple[Stretch, ...]
    items: tuple[Item, ...] = ()
    topics: tuple[Row, ...] = ()
    printings: tuple[Row, ...] = ()
    corrections: tuple[Correction, ...] = ()
    codes: tuple[Code, ...] = ()
    entity_ids: tuple[str, ...] = ()
    reasons: Mapping[str, str] = field(default_factory=dict)
    doubts: tuple[Doubt, ...] = ()
    acts: tuple[Row, ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    steps: tuple[Link, ...] = ()
    previous_id: str = ""
    next_id: str = ""
    introduces: tuple[str, ...] = ()

    @property
    def mandate_id(self) -> str:
        """Its identifier."""
        return self.row["mandate_id"]

    @property
    def year(self) -> str:
        """The year of its summit, as far as the table says it."""
        return self.summit["start_date"][:4]

    @property
    def source(self) -> str:
        """The document as the source page names it, with the summit's year where the name has none."""
        name = self.document["cited_as"] or self.document["title"] or self.row["document_id"]
        return name if not self.year or self.year in name else f"{name}, {self.year}"

    @property
    def place(self) -> str:
        """Document, section and paragraph in one line; where none is printed, the last part of the identifier."""
        paragraph = f"paragraph {self.row['paragraph']}" if self.row["paragraph"] else self._numbered
        return ", ".join(part for part in (self.source, self.row["section"], paragraph) if part)

    @property
    def _numbered(self) -> str:
        return f"mandate {self.mandate_id.removeprefix(self.row['document_id'] + '-')}"


@dataclass(frozen=True, slots=True)
class Cover:
    """What every page says of the package.

    `edition` is the version in words, and how the package stands to it; `newest` a later version that was at hand when
    the pages were made, else empty; `topics` are the titles of the topics that the mandates stand under.
    """

    title: str
    name: str
    version: str
    edition: str
    description: str
    released_on: str
    address: str = ""
    newest: str = ""
    topics: tuple[str, ...] = ()

    @property
    def scope(self) -> str:
        """What the mandates are about as a whole, where that is one topic or a few; else empty."""
        listed = ", ".join(self.topics)
        return f"{'topic' if len(self.topics) == 1 else 'topics'} {listed}" if 0 < len(self.topics) <= 3 else ""


@dataclass(frozen=True)
class Site:
    """All that is shown; each mapping in the order in which it is listed."""

    cover: Cover
    summits: Mapping[str, Row]
    documents: Mapping[str, Row]
    mandates: Mapping[str, Mandate]
    codes: Mapping[str, Row] = field(default_factory=dict)
    entities: Mapping[str, Row] = field(default_factory=dict)
    lineages: Mapping[str, tuple[Link, ...]] = field(default_factory=dict)
    releases: tuple[Release, ...] = ()
    sources: Mapping[str, Source] = field(default_factory=dict)

    @cached_property
    def of_document(self) -> Mapping[str, list[Mandate]]:
        """The mandates by document."""
        found: dict[str, list[Mandate]] = {document_id: [] for document_id in self.documents}
        for mandate in self.mandates.values():
            found.setdefault(mandate.row["document_id"], []).append(mandate)
        return found

    @cached_property
    def documents_of(self) -> Mapping[str, list[Row]]:
        """The documents by summit."""
        found: dict[str, list[Row]] = {summit_id: [] for summit_id in self.summits}
        for row in self.documents.values():
            found.setdefault(row["summit_id"], []).append(row)
        return found

    @cached_property
    def of_code(self) -> Mapping[str, list[Mandate]]:
        """The mandates by code."""
        found: dict[str, list[Mandate]] = {code: [] for code in self.codes}
        for mandate in self.mandates.values():
            for code in mandate.codes:
                found[code.row["code"]].append(mandate)
        return found

    @cached_property
    def of_entity(self) -> Mapping[str, list[Mandate]]:
        """The mandates by entity."""
        found: dict[str, list[Mandate]] = {entity_id: [] for entity_id in self.entities}
        for mandate in self.mandates.values():
            for entity_id in mandate.entity_ids:
                found[entity_id].append(mandate)
        return found

    def label_of_summit(self, summit_id: str) -> str:
        """City and year of a summit, as far as the table says them, else its identifier."""
        row = self.summits[summit_id]
        return " ".join(part for part in (row["city"], row["start_date"][:4]) if part) or summit_id

    def count_of_summit(self, summit_id: str) -> int:
        """How many mandates the documents of a summit have."""
        return sum(len(self.of_document[row["document_id"]]) for row in self.documents_of.get(summit_id, ()))
