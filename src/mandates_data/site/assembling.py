"""From a package's tables to what the pages show."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..diff.words import word_diff
from ..errors import PackageError
from ..explore.citation_facts import data_set_of
from ..history.layout import layout_of
from ..mandates.lineages import read_lineages
from ..package.model import Package
from ..package.rows import Row, Tables
from ..package.store import read_bytes
from .joining import Joined, whole
from .model import Change, Cover, Release, Site, Source, SourceLine, TableChanges


def site_of(package: Package, address: str = "", newest: str = "") -> Site:
    """All that the pages show of a package.

    Parameters
    ----------
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
        cover=_cover(package, tables, address, newest),
        summits=_chronological(tables.by_key("summits", "summit_id")),
        documents=documents,
        mandates=mandates,
        codes=tables.by_key("subtopics", "code"),
        entities=dict(sorted(tables.by_key("entities", "entity_id").items(), key=lambda pair: _named(pair[1]))),
        lineages={
            lineage.lineage_id: tuple(link for link in lineage.links if link.mandate_id in mandates)
            for lineage in lineages
        },
        releases=tuple(_releases(package, tables)),
        sources={row["source_id"]: _source(package, tables, row) for row in tables["sources"]},
    )


def _cover(package: Package, tables: Tables, address: str, newest: str) -> Cover:
    data_set = data_set_of(package)
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


def _source(package: Package, tables: Tables, row: Row) -> Source:
    """An archived page as the package holds it; without lines where it does not."""
    store, path = package.store, row["path"]
    assert store is not None
    if not path or not store.exists(path):
        return Source(row, ())
    on_line: dict[str, list[str]] = {}
    for printing in tables["printings"]:
        if printing["source_id"] == row["source_id"]:
            on_line.setdefault(printing["source_line"], []).append(printing["mandate_id"])
    lines = read_bytes(store, path).decode("utf-8", "replace").split("\n")
    return Source(
        row,
        tuple(
            SourceLine(number, text, tuple(dict.fromkeys(on_line.get(str(number), ()))))
            for number, text in enumerate(lines, 1) if text.strip()
        ),
    )  # fmt: skip


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


def _releases(package: Package, tables: Tables) -> Iterator[Release]:
    """The releases that the package knows, the newest first."""
    layout = layout_of(package)
    if layout is None:
        return
    changes = tables.grouped(layout.changes, "version") if layout.changes else {}
    rows = sorted(tables[layout.releases], key=lambda row: [whole(part) for part in row["version"].split(".")])
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
