"""Which pages there are: the address of each, its template, and what that is given beside what all of them get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..package.model import Package
from .addresses import page
from .charts import by_code, by_document, by_summit, codes_over_time, entities_over_time, line_of, over_time
from .citing import bibtex, footnote
from .downloads import Download
from .model import Cover, Mandate, Site

Context = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be made: its address from the root of the site, its template, and what only it is given."""

    address: str
    template: str
    context: Context


def menu_of(site: Site) -> list[tuple[str, str]]:
    """What the line at the top leads to: nothing that is not there."""
    entries = [
        ("explore.html", "Explore", True),
        ("summits.html", "Summits", True),
        ("codes.html", "Subjects", bool(site.codes)),
        ("entities.html", "Treaties and bodies", bool(site.entities)),
        ("lineages.html", "Commitments", bool(site.lineages)),
        ("releases.html", "Releases", True),
        ("codebook.html", "Codebook", True),
        ("downloads.html", "Downloads", True),
        ("about.html", "How to cite", True),
    ]
    return [(address, label) for address, label, there in entries if there]


def pages_of(site: Site, package: Package, downloads: Sequence[Download], dataset: str) -> Iterator[Page]:
    """Every page, in an order that is always the same."""
    charts = [chart for chart in (by_summit(site), by_document(site), by_code(site)) if chart.bars]
    yield Page("index.html", "index.html", {"charts": charts, "dataset": dataset})
    yield Page("explore.html", "explore.html", {})
    yield from _summits(site)
    for mandate_id, mandate in site.mandates.items():
        yield _mandate(mandate, site.cover, page("mandates", mandate_id))
    for maker in (_codes, _entities, _lineages, _releases):
        yield from maker(site)
    yield Page("codebook.html", "codebook.html", {"tables": package.resources})
    yield Page("downloads.html", "downloads.html", {"downloads": downloads})
    yield Page("about.html", "about.html", _about(site.cover, package))


def _mandate(mandate: Mandate, cover: Cover, address: str) -> Page:
    cited = {"footnote": footnote(mandate, cover, address), "bibtex": bibtex(mandate, cover, address)}
    return Page(address, "mandate.html", {"mandate": mandate, **cited})


def _summits(site: Site) -> Iterator[Page]:
    loose = [row for row in site.documents.values() if row["summit_id"] not in site.summits]
    yield Page("summits.html", "summits.html", {"loose": loose})
    for summit_id, summit in site.summits.items():
        documents = site.documents_of[summit_id]
        yield Page(page("summits", summit_id), "summit.html", {"summit": summit, "documents": documents})
    for document_id, document in site.documents.items():
        told = {"document": document, "summit": site.summits.get(document["summit_id"])}
        yield Page(page("documents", document_id), "document.html", {**told, "mandates": site.of_document[document_id]})


def _codes(site: Site) -> Iterator[Page]:
    if not site.codes:
        return
    yield Page("codes.html", "codes.html", {"chart": by_code(site), "matrix": codes_over_time(site)})
    for code, row in site.codes.items():
        mandates = site.of_code[code]
        told = {"code": row, "mandates": mandates, "chart": over_time(site, mandates, row["title"] or code)}
        yield Page(page("codes", code), "code.html", told)


def _entities(site: Site) -> Iterator[Page]:
    if not site.entities:
        return
    yield Page("entities.html", "entities.html", {"matrix": entities_over_time(site)})
    for entity_id, row in site.entities.items():
        mandates = site.of_entity[entity_id]
        told = {"entity": row, "mandates": mandates, "chart": over_time(site, mandates, row["name"] or entity_id)}
        yield Page(page("entities", entity_id), "entity.html", told)


def _lineages(site: Site) -> Iterator[Page]:
    if not site.lineages:
        return
    yield Page("lineages.html", "lineages.html", {})
    for lineage_id, steps in site.lineages.items():
        told = {"lineage_id": lineage_id, "steps": steps, "line": line_of(site, steps)}
        yield Page(page("lineages", lineage_id), "lineage.html", told)


def _releases(site: Site) -> Iterator[Page]:
    yield Page("releases.html", "releases.html", {})
    for release in site.releases:
        yield Page(page("releases", release.version), "release.html", {"release": release})


def _about(cover: Cover, package: Package) -> Context:
    where = f" {cover.address}" if cover.address else ""
    released = f", {cover.released_on}" if cover.released_on else ""
    return {
        "citation": f"{cover.title}, version {cover.edition}{released}.{where}",
        "licences": _described(package, "licenses"),
        "sources": _described(package, "sources"),
    }


def _described(package: Package, name: str) -> list[dict[str, str]]:
    """The licences or sources that the descriptor names, with their titles and addresses."""
    listed = package.raw.get(name)
    found = []
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, Mapping):
            told = {key: value for key in ("name", "title", "path") if isinstance(value := one.get(key), str)}
            found.append({"title": told.get("title") or told.get("name", ""), "path": told.get("path", "")})
    return found
