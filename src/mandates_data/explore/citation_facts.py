"""What is known of a mandate, an item or the whole data set that a citation can say; what is not known is empty."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..history.layout import releases_of
from ..package.model import Package
from .passages import Row, not_there, rows_of


@dataclass(frozen=True, slots=True)
class DataSet:
    """The package: its name, title, version, the day of that release, and who made it."""

    name: str
    title: str
    version: str
    released_on: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Printing:
    """A line of an archived page: the citation that it prints, and the facts about the page."""

    citation: str
    line: str
    path: str
    sha256: str
    title: str
    publisher: str
    language: str
    url: str
    archived_on: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A mandate or an item (`item_id` and `label` are empty for a mandate) with its document, summit and printings."""

    row_id: str
    mandate_id: str
    item_id: str
    label: str
    section: str
    paragraph: str
    document_basis: str
    document: str
    kind: str
    symbol: str
    adopted_on: str
    url: str
    summit: str
    city: str
    country: str
    start_date: str
    end_date: str
    printings: tuple[Printing, ...]

    @property
    def place_in_document(self) -> tuple[str, ...]:
        """Section, paragraph and item, as far as they are printed, in words."""
        return tuple(
            f"{word} {value}"
            for word, value in (("section", self.section), ("paragraph", self.paragraph), ("item", self.label))
            if value
        )

    @property
    def year(self) -> str:
        """Of the adoption, else of the summit; empty where neither is known."""
        return (self.adopted_on or self.start_date)[:4]


def data_set_of(package: Package) -> DataSet:
    """What the package says of itself.

    The title is that of `mandates_data.cited_as` in the descriptor, else the descriptor's own; the authors are its
    contributors, those with the role of a creator or author where there are any.
    """
    cited_as = package.setting("cited_as")
    title = cited_as if isinstance(cited_as, str) and cited_as else package.title or package.name
    days = {str(release.version): release.released_on for release in releases_of(package)}
    return DataSet(package.name, title, package.version, days.get(package.version, ""), _authors(package))


def _authors(package: Package) -> tuple[str, ...]:
    listed = package.raw.get("contributors")
    named = [one for one in listed if isinstance(one, Mapping)] if isinstance(listed, list) else []
    named = [one for one in named if isinstance(one.get("title"), str) and one["title"]]
    makers = [one for one in named if {"creator", "author"} & _roles(one)]
    return tuple(dict.fromkeys(str(one["title"]) for one in makers or named))


def _roles(contributor: Mapping[str, object]) -> set[str]:
    """The roles of a contributor: a list since version 2 of the standard, one text before."""
    roles = contributor.get("roles", contributor.get("role"))
    return {str(role) for role in roles} if isinstance(roles, list) else {str(roles)}


def cited_of(package: Package, row_id: str) -> Cited:
    """What is known of a mandate or an item.

    Raises
    ------
    UnknownNameError
        No mandate and no item has the identifier: the message says what replaced it, or which are near.
    """
    items = _by_key(package, "items", "item_id", "mandate_id", "label")
    mandates = _by_key(package, "mandates", "mandate_id", "document_id", "section", "paragraph", "document_basis")
    item = items.get(row_id, {})
    mandate = mandates.get(item.get("mandate_id", row_id))
    if mandate is None:
        raise not_there(package, row_id)
    document = _by_key(package, "documents", "document_id", "summit_id").get(mandate["document_id"], {})
    summit = _by_key(package, "summits", "summit_id").get(document.get("summit_id", ""), {})
    return Cited(
        row_id=row_id,
        mandate_id=mandate["mandate_id"],
        item_id=item.get("item_id", ""),
        label=item.get("label", ""),
        section=mandate["section"],
        paragraph=mandate["paragraph"],
        document_basis=mandate["document_basis"],
        document=document.get("title") or document.get("cited_as") or mandate["document_id"],
        kind=document.get("kind", ""),
        symbol=document.get("symbol", ""),
        adopted_on=document.get("adopted_on", ""),
        url=document.get("url", ""),
        summit=summit.get("name", ""),
        city=summit.get("city", ""),
        country=summit.get("country", ""),
        start_date=summit.get("start_date", ""),
        end_date=summit.get("end_date", ""),
        printings=_printings(package, mandate["mandate_id"], item.get("item_id", "")),
    )


def _by_key(package: Package, table: str, key: str, *fields: str) -> dict[str, Row]:
    return {row[key]: row for row in rows_of(package, table, key, *fields)}


def _printings(package: Package, mandate_id: str, item_id: str) -> tuple[Printing, ...]:
    """The lines that print it. An item whose own line has no citation is cited as its mandate is."""
    sources = _by_key(package, "sources", "source_id", "path", "sha256")
    rows = [
        row
        for row in rows_of(package, "printings", "source_id", "source_line", "mandate_id", "item_id", "citation")
        if row["mandate_id"] == mandate_id
    ]
    rows.sort(key=lambda row: (row["source_id"], len(row["source_line"]), row["source_line"]))
    own = [row for row in rows if row["item_id"] == item_id]
    of_mandate = {row["source_id"]: row["citation"] for row in rows if row["citation"]}
    return tuple(
        Printing(
            citation=row["citation"] or of_mandate.get(row["source_id"], ""),
            line=row["source_line"],
            path=source.get("path", ""),
            sha256=source.get("sha256", ""),
            title=source.get("title", ""),
            publisher=source.get("publisher", ""),
            language=source.get("language", ""),
            url=source.get("url", ""),
            archived_on=source.get("archived_on", ""),
        )
        for row in own
        for source in (sources.get(row["source_id"], {}),)
    )
