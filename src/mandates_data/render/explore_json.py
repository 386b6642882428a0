"""What a search found, what is like a mandate, and how to cite one, as JSON with a published JSON Schema each."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from ..explore.citing import Citation
from ..explore.passages import Passage
from ..explore.searching import Found
from ..explore.similarity import Chain, Compared, Similar
from .plain_json import document


def found_json(found: Found, limit: int | None = None) -> str:
    """The hits, of which at most `limit` are written; `schemas/search.schema.json` describes it."""
    return document(
        "search",
        1,
        {
            "query": found.query,
            "where": {field: list(values) for field, values in found.where.items()},
            "text": found.text,
            "package": found.package,
            "version": found.version,
            "searched": found.searched,
            "found": len(found.hits),
            "hits": [
                {
                    **_passage(hit.passage),
                    "score": hit.score,
                    "stretches": [{"text": one.text, "marked": one.marked} for one in hit.stretches],
                }
                for hit in found.hits[:limit]
            ],
        },
    )


def similar_json(similar: Similar) -> str:
    """What is like a mandate; `schemas/similar.schema.json` describes it."""
    return document(
        "similar",
        1,
        {
            **_passage(similar.passage),
            "form": similar.text,
            "package": similar.package,
            "version": similar.version,
            "similar": [{**_passage(like.passage), "score": like.score} for like in similar.likes],
            "closest": _compared(similar.closest),
            "lineages": [_chain(chain) for chain in similar.lineages],
        },
    )


def citation_json(citation: Citation) -> str:
    """How to cite something, in every form; `schemas/citation.schema.json` describes it."""
    cited = citation.cited
    return document(
        "citation",
        1,
        {
            "row_id": citation.row_id or None,
            "package": citation.data_set.name,
            "version": citation.data_set.version,
            "text": citation.text,
            "footnote": citation.footnote,
            "bibtex": citation.bibtex,
            "csl_json": dict(citation.csl),
            "data_set": _known(asdict(citation.data_set)),
            "cited": None if cited is None else _known(asdict(cited)),
        },
    )


def _known(facts: dict[str, Any]) -> dict[str, Any]:
    """Facts with null where nothing is known."""
    told: dict[str, Any] = {}
    for name, value in facts.items():
        if isinstance(value, tuple | list):
            told[name] = [_known(one) if isinstance(one, dict) else one for one in value]
        else:
            told[name] = value or None
    return told


def _passage(passage: Passage) -> dict[str, Any]:
    return {
        "row_id": passage.row_id,
        "mandate_id": passage.mandate_id,
        "item_id": passage.item_id or None,
        "document_id": passage.document_id,
        "document": passage.document,
        "summit_id": passage.summit_id or None,
        "year": int(passage.year) if passage.year.isascii() and passage.year.isdigit() else None,
        "text": passage.text,
    }


def _chain(chain: Chain) -> dict[str, Any]:
    return {
        "lineage_id": chain.lineage_id,
        "links": [
            {
                "position": one.link.position,
                "mandate_id": one.link.mandate_id,
                "previous_id": one.link.previous_id or None,
                "basis": one.link.basis,
                "document": one.passage.document,
                "score": one.score,
                "words": _compared(one.words),
            }
            for one in chain.links
        ],
    }


def _compared(compared: Compared | None) -> dict[str, Any] | None:
    if compared is None:
        return None
    return {
        "earlier_id": compared.earlier_id,
        "later_id": compared.later_id,
        "words": [{"same": p.old} if p.same else {"old": p.old, "new": p.new} for p in compared.pieces],
    }
