"""From a package's tables to what the pages show."""

from __future__ import annotations

from ..errors import PackageError
from ..explore.citation_facts import DataSet
from ..mandates.lineages import read_lineages
from ..package.model import Package
from ..package.rows import Row, Tables
from .archive import source_of
from .joining import Joined
from .model import Cover, Site
from .releases import releases_of


def site_of(package: Package, data_set: DataSet, address: str = "", newest: str = "") -> Site:
    """All that the pages show of a package.

    Parameters
    ----------
    data_set
        What a citation says of the package.
    address
        Where the site will be published, for citations; empty where that is not known.
    newest
        A later version, which the pages then point out.

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
    documents, lineages = _documents(tables), read_lineages(package)
    mandates = {mandate.mandate_id: mandate for mandate in Joined(tables, documents, lineages).mandates()}
    if len(mandates) < len(tables["mandates"]):
        raise PackageError("Two mandates have one identifier.", "Run: mandates-data validate")
    return Site(
        cover=_cover(package, data_set, tables, address, newest),
        summits=_chronological(tables.by_key("summits", "summit_id")),
        documents=documents,
        mandates=mandates,
        codes=tables.by_key("subtopics", "code"),
        entities=dict(sorted(tables.by_key("entities", "entity_id").items(), key=lambda pair: _named(pair[1]))),
        lineages={
            lineage.lineage_id: tuple(link for link in lineage.links if link.mandate_id in mandates)
            for lineage in lineages
        },
        releases=tuple(releases_of(package, tables)),
        sources={row["source_id"]: source_of(package, tables, row) for row in tables["sources"]},
    )


def _cover(package: Package, data_set: DataSet, tables: Tables, address: str, newest: str) -> Cover:
    description = package.raw.get("description")
    return Cover(
        title=package.title or package.name or "Mandates",
        name=package.name or "package",
        version=package.version,
        description=description if isinstance(description, str) else "",
        released_on=data_set.released_on,
        edition=data_set.edition or "no version",
        address=address.rstrip("/") + "/" if address else "",
        newest=newest,
        topics=_topics(tables),
    )


def _topics(tables: Tables) -> tuple[str, ...]:
    under = {row["topic_id"] for row in tables["mandate_topics"]}
    return tuple(row["title"] or row["topic_id"] for row in tables["topics"] if row["topic_id"] in under)


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
