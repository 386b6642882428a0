"""What is known of a mandate, an item or the whole data set that a citation can say; what is not known is empty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..history.layout import releases_of, standing_of
from ..package.model import Package
from ..package.rows import Row, Tables
from .passages import not_there


@dataclass(frozen=True, slots=True)
class DataSet:
    """The package: its name, title, version, the day of that release, and who made it.

    `standing` is `with later changes` or `not released` where the tables are not those of a release under that version;
    else empty, also where the package keeps no history that could tell.
    """

    name: str
    title: str
    version: str
    released_on: str
    standing: str
    authors: tuple[str, ...]

    @property
    def edition(self) -> str:
        """The version, and how the package stands to it."""
        return ", ".join(part for part in (self.version, self.standing) if part)


_STANDINGS = {"changed": "with later changes", "unreleased": "not released"}


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
    standing = _STANDINGS.get(standing_of(package), "")
    return DataSet(package.name, title, package.version, days.get(package.version, ""), standing, _authors(package))


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


class Citable:
    """The mandates and items of a package with what a citation can say of them; each table is read once.

    Raises
    ------
    TableError
        A table cannot be read.
    """

    def __init__(self, package: Package) -> None:
        self._package = package
        tables = Tables(package)
        self._mandates = tables.by_key("mandates", "mandate_id")
        self._items = tables.by_key("items", "item_id")
        self._documents = tables.by_key("documents", "document_id")
        self._summits = tables.by_key("summits", "summit_id")
        self._sources = tables.by_key("sources", "source_id")
        self._printings = tables.grouped("printings", "mandate_id")

    def of(self, row_id: str) -> Cited:
        """What is known of a mandate or an item.

        Raises
        ------
        UnknownNameError
            No mandate and no item has the identifier: the message says what replaced it, or which are near.
        """
        item = self._items.get(row_id, Row())
        mandate = self._mandates.get(item["mandate_id"] or row_id)
        if mandate is None:
            raise not_there(self._package, row_id)
        document = self._documents.get(mandate["document_id"], Row())
        summit = self._summits.get(document["summit_id"], Row())
        return Cited(
            row_id=row_id,
            mandate_id=mandate["mandate_id"],
            item_id=item["item_id"],
            label=item["label"],
            section=mandate["section"],
            paragraph=mandate["paragraph"],
            document_basis=mandate["document_basis"],
            document=document["title"] or document["cited_as"] or mandate["document_id"],
            kind=document["kind"],
            symbol=document["symbol"],
            adopted_on=document["adopted_on"],
            url=document["url"],
            summit=summit["name"],
            city=summit["city"],
            country=summit["country"],
            start_date=summit["start_date"],
            end_date=summit["end_date"],
            printings=tuple(self._lines(mandate["mandate_id"], item["item_id"])),
        )

    def _lines(self, mandate_id: str, item_id: str) -> Iterator[Printing]:
        """The lines that print it. An item whose own line has no citation is cited as its mandate is."""
        rows = sorted(self._printings.get(mandate_id, ()), key=_place)
        of_mandate = {row["source_id"]: row["citation"] for row in rows if row["citation"]}
        for row in rows:
            if row["item_id"] == item_id:
                source = self._sources.get(row["source_id"], Row())
                yield Printing(
                    citation=row["citation"] or of_mandate.get(row["source_id"], ""),
                    line=row["source_line"],
                    path=source["path"],
                    sha256=source["sha256"],
                    title=source["title"],
                    publisher=source["publisher"],
                    language=source["language"],
                    url=source["url"],
                    archived_on=source["archived_on"],
                )


def _place(printing: Row) -> tuple[str, int, str]:
    return printing["source_id"], len(printing["source_line"]), printing["source_line"]
