"""What the explore page searches: the mandates as a small file of data, which works without a server.

A page that was opened from a folder may not fetch other files, but may load scripts that stand beside it; so the data
are a script that says one thing.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .addresses import file_name
from .model import Mandate, Site
from .spellings import spellings


def explore_data(site: Site) -> bytes:
    """The script that holds the data.

    Facets are lists of identifier and names, in the order in which they are shown; a mandate names its values by their
    places in those lists. Only ASCII stands in it, and no `<`, so that nothing can be taken for mark-up.
    """
    facets = _facets(site)
    places = {name: {key: place for place, (key, *_names) in enumerate(values)} for name, values in facets.items()}
    document = {
        "title": site.cover.title,
        "name": site.cover.name,
        "version": site.cover.edition,
        "edition": site.cover.version,
        "address": site.cover.address,
        "facets": [
            {"name": name, "label": _LABELS[name], "values": facets[name]}
            for name in facets
            if len(facets[name]) > (name in _RARE)
        ],
        "mandates": [_mandate(mandate, places) for mandate in site.mandates.values()],
        "spellings": spellings(),
    }
    text = json.dumps(document, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f"var MANDATES={text};\n".encode("ascii")


_LABELS = {
    "summit": "Summit",
    "document": "Document",
    "code": "Subject",
    "entity": "Named in it",
    "verb": "Verb",
    "strength": "How far it binds",
    "role": "Mandate or preamble",
    "completeness": "Whole on the page",
}

Values = list[tuple[str, ...]]
"""Of a facet: identifier, name as shown, and further names by which it is found."""


_RARE = ("strength", "role", "completeness")
"""Facets that are shown only where they part the mandates."""


def _facets(site: Site) -> dict[str, Values]:
    mandates = site.mandates.values()
    held = [summit_id for summit_id in site.summits if site.count_of_summit(summit_id)]
    entities = sorted(site.entities, key=lambda entity_id: -len(site.of_entity[entity_id]))
    return {
        "summit": [(one, site.label_of_summit(one), site.summits[one]["name"]) for one in held],
        "document": [
            (key, row["cited_as"] or row["title"] or key, row["title"])
            for key, row in site.documents.items() if site.of_document[key]
        ],
        "code": sorted(
            ((key, row["title"] or key) for key, row in site.codes.items()), key=lambda value: value[1].casefold()
        ),
        "entity": [
            (key, site.entities[key]["acronym"] or site.entities[key]["name"] or key, site.entities[key]["name"])
            for key in entities if site.of_entity[key]
        ],
        "verb": _spelled({act["verb"] for mandate in mandates for act in mandate.acts}),
        "strength": _spelled({act["strength"] for mandate in mandates for act in mandate.acts}),
        "role": _spelled({mandate.row["role"] for mandate in mandates}),
        "completeness": _spelled({mandate.row["completeness"] for mandate in mandates}),
    }  # fmt: skip


def _spelled(values: set[str]) -> Values:
    return [(value, value.replace("_", " ")) for value in sorted(values - {""})]


def _mandate(mandate: Mandate, places: Mapping[str, Mapping[str, int]]) -> dict[str, Any]:
    """A mandate with its values by facet; what is empty is left out."""
    has = {
        "summit": [mandate.document["summit_id"]],
        "document": [mandate.row["document_id"]],
        "code": [code.row["code"] for code in mandate.codes],
        "entity": list(mandate.entity_ids),
        "verb": [act["verb"] for act in mandate.acts],
        "strength": [act["strength"] for act in mandate.acts],
        "role": [mandate.row["role"]],
        "completeness": [mandate.row["completeness"]],
    }
    name = file_name(mandate.mandate_id)
    found: dict[str, Any] = {
        "id": mandate.mandate_id,
        "file": "" if name == mandate.mandate_id else name,
        "place": mandate.place,
        "section": mandate.row["section"],
        "paragraph": mandate.row["paragraph"],
        "text": mandate.row["text"],
        "items": [
            " ".join(part for part in (item.row["label"] and f"{item.row['label']}.", item.row["text"]) if part)
            for item in mandate.items
        ],
    }
    for facet, values in has.items():
        found[facet] = [places[facet][value] for value in dict.fromkeys(values) if value in places[facet]]
    return {key: value for key, value in found.items() if value not in ("", [])}
