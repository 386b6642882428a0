"""What the tables say of a mandate, from all the pages that print it.

Each page may add what another leaves unsaid; where two pages contradict each other, a person has to look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import MandatesDataError
from ..package.store import Store, read_bytes
from .citations import Citations
from .decisions import parse_decisions
from .reading import Paragraph, Reading, read_page
from .tables import Row, Tables, whole

FIELDS = ("document_basis", "section", "paragraph", "role", "preamble_id", "completeness")
"""The fields of `mandates` that a page or its decisions settle, beside the document and the text."""

_UNSAID = {"role": "mandate", "completeness": "whole"}
_BASES = ("printed", "item", "inferred")


@dataclass(frozen=True)
class Printing:
    """A paragraph on an archived page, the page, and the identifier of its preamble there (or empty)."""

    source_id: str
    paragraph: Paragraph
    preamble_id: str


@dataclass(frozen=True)
class Merged:
    """The fields (`FIELDS`) of a mandate, and those on which its pages contradict each other."""

    values: Mapping[str, str]
    contradictions: tuple[str, ...]


def merge(printings: Sequence[Printing]) -> Merged:
    """What the pages together say: the best basis of the document, and whatever one of them says and none denies."""
    bases = {printing.paragraph.document_basis for printing in printings}
    values = {"document_basis": next((basis for basis in _BASES if basis in bases), "")}
    contradictions = []
    for name in FIELDS[1:]:
        unsaid = _UNSAID.get(name, "")
        said = sorted({_value(printing, name) for printing in printings} - {unsaid})
        values[name] = said[0] if said else unsaid
        if len(said) > 1:
            contradictions.append(name)
    return Merged(values, tuple(contradictions))


def _value(printing: Printing, name: str) -> str:
    if name == "preamble_id":
        return printing.preamble_id
    return str(getattr(printing.paragraph, name))


def printings_of(source_id: str, reading: Reading, mandate_at: Mapping[int, str]) -> list[tuple[str, Printing]]:
    """The paragraphs of a page with their mandates. `mandate_at` has the mandate of each line."""
    found = []
    for paragraph in reading.paragraphs:
        preamble = mandate_at.get(paragraph.preamble_line or 0, "")
        if mandate := mandate_at.get(paragraph.line):
            found.append((mandate, Printing(source_id, paragraph, preamble)))
    return found


def mandates_by_line(tables: Tables, source_id: str) -> dict[int, str]:
    """The mandate that `printings` has on each line of an archived page."""
    rows = (row for row in tables["printings"] if row["source_id"] == source_id and not row["item_id"])
    return {whole(row["source_line"]): row["mandate_id"] for row in rows}


def decisions_path(source: Row) -> str:
    """The path of a page's decisions in the package, beside the page itself."""
    return source["path"].removesuffix(".txt") + ".decisions.csv"


def archived_reading(store: Store, source: Row, citations: Citations) -> Reading:
    """An archived page of the package, read again with its decisions.

    Raises
    ------
    MandatesDataError
        The page or its decisions are not there or cannot be read.
    """
    path = decisions_path(source)
    decisions = parse_decisions(read_bytes(store, path), path) if store.exists(path) else []
    return read_page(read_bytes(store, source["path"]), source["path"], decisions, citations)


def other_printings(store: Store, tables: Tables, citations: Citations, but: str) -> list[tuple[str, Printing]]:
    """The paragraphs of every archived page but one, with their mandates. A page that cannot be read gives none."""
    found: list[tuple[str, Printing]] = []
    for source in tables["sources"]:
        if source["source_id"] == but:
            continue
        try:
            reading = archived_reading(store, source, citations)
        except MandatesDataError:
            continue  # `validate` tells what is wrong with it
        found += printings_of(source["source_id"], reading, mandates_by_line(tables, source["source_id"]))
    return found
