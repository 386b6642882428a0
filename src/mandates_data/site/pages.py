"""Which pages there are: the address of each, its template, and what that is given beside what all of them get."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..explore.citing import Citation, Citations
from ..package.model import Package
from .addresses import page, picture
from .charts import (
    Chart,
    Line,
    Matrix,
    by_code,
    by_document,
    by_summit,
    codes_over_time,
    entities_over_time,
    line_of,
    over_time,
)
from .downloads import Download
from .model import Cover, Mandate, Site

Context = Mapping[str, Any]
Picture = Chart | Matrix | Line


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
        ("lineages.html", "Commitments over time", bool(site.lineages)),
        ("releases.html", "Releases", True),
        ("codebook.html", "Codebook", True),
        ("downloads.html", "Downloads", True),
        ("about.html", "How to cite", True),
    ]
    return [(address, label) for address, label, there in entries if there]


def pages_of(site: Site, package: Package, citations: Citations) -> Iterator[Page]:
    """Every page but those of `pages_on_downloads`, in an order that is always the same."""
    yield from map(_picture, _on_first_page(site))
    yield Page("explore.html", "explore.html", {})
    yield from _summits(site)
    for mandate in site.mandates.values():
        yield _mandate(mandate, site.cover, citations)
    for maker in (_codes, _entities, _lineages):
        yield from maker(site, package)
    yield from _releases(site)
    for source_id, source in site.sources.items():
        yield Page(page("sources", source_id), "source.html", {"source": source})
    if weaknesses := weaknesses_of(package):
        yield Page("limits.html", "limits.html", {"weaknesses": weaknesses})
    yield Page("codebook.html", "codebook.html", {"tables": package.resources})
    yield Page("about.html", "about.html", _about(site.cover, package, citations))


def pages_on_downloads(site: Site, downloads: Sequence[Download], dataset: str) -> Iterator[Page]:
    """The pages that say what there is to take away: the list of it, and the first page, for machines."""
    yield Page("index.html", "index.html", {"charts": _on_first_page(site), "dataset": dataset})
    yield Page("downloads.html", "downloads.html", {"downloads": downloads})


def _on_first_page(site: Site) -> list[Chart]:
    return [chart for chart in (by_summit(site), by_document(site), by_code(site)) if chart.bars]


def _picture(shown: Picture) -> Page:
    return Page(shown.address, "picture.svg", {"shown": shown})


def _mandate(mandate: Mandate, cover: Cover, citations: Citations) -> Page:
    address = page("mandates", mandate.mandate_id)
    citation = citations.of(mandate.mandate_id, f"{cover.address}{address}" if cover.address else "")
    return Page(address, "mandate.html", {"mandate": mandate, **_cited(citation)})


def _cited(citation: Citation) -> Context:
    csl = json.dumps([citation.csl], ensure_ascii=False, indent=2)
    return {"footnote": citation.footnote, "in_full": citation.text, "bibtex": citation.bibtex, "csl": csl}


def _summits(site: Site) -> Iterator[Page]:
    loose = [row for row in site.documents.values() if row["summit_id"] not in site.summits]
    yield Page("summits.html", "summits.html", {"loose": loose})
    for summit_id, summit in site.summits.items():
        documents = site.documents_of[summit_id]
        yield Page(page("summits", summit_id), "summit.html", {"summit": summit, "documents": documents})
    for document_id, document in site.documents.items():
        told = {"document": document, "summit": site.summits.get(document["summit_id"])}
        yield Page(page("documents", document_id), "document.html", {**told, "mandates": site.of_document[document_id]})


def _codes(site: Site, package: Package) -> Iterator[Page]:
    if not site.codes:
        return
    chart, matrix = by_code(site), codes_over_time(site)
    told = _told_of(package, "mandate_subtopics")
    yield Page("codes.html", "codes.html", {"chart": chart, "matrix": matrix, "told": told})
    if matrix.drawn:
        yield _picture(matrix)
    for code, row in site.codes.items():
        mandates = site.of_code[code]
        shown = over_time(site, mandates, row["title"] or code, picture("codes", code))
        context = {"code": row, "mandates": mandates, "chart": shown, "told": told}
        yield from _with_picture(Page(page("codes", code), "code.html", context), shown)


def _entities(site: Site, package: Package) -> Iterator[Page]:
    if not site.entities:
        return
    matrix = entities_over_time(site)
    told = _told_of(package, "mentions")
    yield Page("entities.html", "entities.html", {"matrix": matrix, "told": told})
    if matrix.drawn:
        yield _picture(matrix)
    for entity_id, row in site.entities.items():
        mandates = site.of_entity[entity_id]
        shown = over_time(site, mandates, row["name"] or entity_id, picture("entities", entity_id))
        context = {"entity": row, "mandates": mandates, "chart": shown, "told": told}
        yield from _with_picture(Page(page("entities", entity_id), "entity.html", context), shown)


def _with_picture(made: Page, chart: Chart) -> Iterator[Page]:
    yield made
    if chart.bars:
        yield _picture(chart)


def _lineages(site: Site, package: Package) -> Iterator[Page]:
    if not site.lineages:
        return
    told = _told_of(package, "lineages")
    yield Page("lineages.html", "lineages.html", {"told": told})
    for lineage_id, steps in site.lineages.items():
        line = line_of(site, lineage_id, steps)
        context = {"lineage_id": lineage_id, "steps": steps, "line": line, "told": told}
        yield Page(page("lineages", lineage_id), "lineage.html", context)
        if line.dots:
            yield _picture(line)


def weaknesses_of(package: Package) -> list[dict[str, str]]:
    """What the descriptor says a reader should beware of (`mandates_data.weaknesses`), each with `title` and `text`."""
    listed = package.setting("weaknesses")
    found = []
    for one in listed if isinstance(listed, list) else []:
        if isinstance(one, Mapping) and isinstance(one.get("title"), str) and isinstance(one.get("text"), str):
            found.append({"title": one["title"], "text": one["text"]})
    return found


def _told_of(package: Package, table: str) -> str:
    """What the descriptor says of how the rows of a table came to be: what follows its first sentence."""
    description = package.resource(table).description if table in package.resource_names else ""
    return description.partition(". ")[2]


def _releases(site: Site) -> Iterator[Page]:
    yield Page("releases.html", "releases.html", {})
    for release in site.releases:
        yield Page(page("releases", release.version), "release.html", {"release": release})


def _about(cover: Cover, package: Package, citations: Citations) -> Context:
    return {
        **_cited(citations.of(None, cover.address)),
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
