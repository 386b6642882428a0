"""The texts that are searched and compared: every mandate and every item, with what it belongs to."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ..errors import UnknownNameError
from ..package.model import Package
from ..package.rows import Row, rows_of


@dataclass(frozen=True, slots=True)
class Passage:
    """A mandate or an item.

    Attributes
    ----------
    row_id, mandate_id
        Its own identifier, and that of the mandate: the same for a mandate.
    item_id
        Empty for a mandate.
    label, paragraph
        As printed: the letter of an item, the number of a paragraph; empty where there is none.
    document_id, document, cited_as
        The document, its official title (else as it is cited), and as the page cites it.
    summit_id, summit, city, year
        The summit, its name, its city, and the year of its first day (empty where it is not known).
    role
        `mandate` or `preamble`; an item has that of its mandate.
    text
        As corrected or as printed, whichever was asked for.
    """

    row_id: str
    mandate_id: str
    item_id: str
    label: str
    paragraph: str
    document_id: str
    document: str
    cited_as: str
    summit_id: str
    summit: str
    city: str
    year: str
    role: str
    text: str


def optional_rows(package: Package, table: str, *fields: str, asked_by: str) -> Iterator[Row]:
    """The rows of a table that not every release has.

    Raises
    ------
    UnknownNameError
        It is not there; the message says what asked for it.
    """
    if table not in package.resource_names:
        whose = " ".join(filter(None, [package.name, package.version])) or "This package"
        raise UnknownNameError(
            f"{whose} has no table {table!r}, which {asked_by} needs.",
            "Name a release that has it with --package, or leave this out.",
        )
    return rows_of(package, table, *fields)


def passages_of(package: Package, *, printed: bool = False) -> list[Passage]:
    """Every mandate in the order of its table, each followed by its items; see `rows_of` for what is raised."""
    summits = {row["summit_id"]: row for row in rows_of(package, "summits", "summit_id", "city", "start_date")}
    documents = {row["document_id"]: row for row in rows_of(package, "documents", "document_id", "summit_id")}
    items: dict[str, list[Row]] = {}
    for row in rows_of(package, "items", "item_id", "mandate_id", "position", "label", "text", printed=printed):
        items.setdefault(row["mandate_id"], []).append(row)
    found = []
    for mandate in rows_of(package, "mandates", "mandate_id", "document_id", "paragraph", "text", printed=printed):
        document = documents.get(mandate["document_id"], Row())
        summit = summits.get(document["summit_id"], Row())
        found.append(_passage(mandate, Row(), document, summit))
        below = sorted(items.get(mandate["mandate_id"], ()), key=lambda row: (len(row["position"]), row["position"]))
        found += [_passage(mandate, item, document, summit) for item in below]
    return found


def _passage(mandate: Row, item: Row, document: Row, summit: Row) -> Passage:
    cited_as = document["cited_as"]
    return Passage(
        row_id=item["item_id"] or mandate["mandate_id"],
        mandate_id=mandate["mandate_id"],
        item_id=item["item_id"],
        label=item["label"],
        paragraph=mandate["paragraph"],
        document_id=mandate["document_id"],
        document=document["title"] or cited_as or mandate["document_id"],
        cited_as=cited_as,
        summit_id=document["summit_id"],
        summit=summit["name"],
        city=summit["city"],
        year=summit["start_date"][:4],
        role=mandate["role"],
        text=item["text"] if item else mandate["text"],
    )


def passage_of(package: Package, passages: list[Passage], row_id: str) -> Passage:
    """The passage of that identifier.

    Raises
    ------
    UnknownNameError
        There is none: the message says what replaced it, or which identifiers are near.
    """
    for passage in passages:
        if passage.row_id == row_id:
            return passage
    raise not_there(package, row_id)


def not_there(package: Package, row_id: str) -> UnknownNameError:
    """Why no mandate and no item has this identifier: it is out of use, or was never given."""
    from ..errors import brief
    from ..history.resolving import AmbiguousIdentifierError, resolve

    try:
        found = resolve(row_id, package)
    except AmbiguousIdentifierError:
        return UnknownNameError(f"{brief(row_id)} is no mandate and no item.", "Copy the identifier of one.")
    if found.status == "never_given":
        step = (
            f"Did you mean {' or '.join(found.near)}?" if found.near else "Copy the identifier from the first column."
        )
        return UnknownNameError(f"There is no mandate or item {brief(row_id)}.", step)
    if found.status == "current":
        return UnknownNameError(
            f"{brief(row_id)} is a row of {found.table}, no mandate and no item.", "Copy the identifier of one."
        )
    since = f" since {found.steps[0].version}" if found.steps and found.steps[0].version else ""
    if not found.current:
        said = f"{brief(row_id)} is out of use{since}, and nothing stands in its place."
        return UnknownNameError(said, "Name an earlier version, which still has it.")
    said = f"{brief(row_id)} is out of use{since}; replaced by {' and '.join(found.current)}."
    return UnknownNameError(said, "Name what replaced it, or an earlier version, which still has it.")
