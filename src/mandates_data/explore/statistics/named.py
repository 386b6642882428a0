"""Who and what is named at which summit, the chains of a commitment, and what has been corrected."""

from __future__ import annotations

from collections import Counter

from ...history.records import release_order
from ...package.rows import Row as TableRow
from .base import SUMMIT, YEAR, by_size, counted, grid, preamble_note, said, summits_of
from .facts import Facts
from .model import Across, Asked, Column, Row, Statistic


def by_entity(facts: Facts, asked: Asked) -> Statistic:
    """Each entity with each summit: how often it is mentioned there, and by how many mandates."""
    mandates = counted(facts, asked)
    entities = {row["entity_id"]: row for row in facts["entities"]}
    mentions: Counter[tuple[str, str]] = Counter()
    naming: set[tuple[str, str]] = set()
    for row in facts["mentions"]:
        facts.known(entities, row["entity_id"], "mentions", "entity_id")
        mandate = facts.mandate(row, "mentions")
        if mandate.mandate_id in mandates:
            mentions[row["entity_id"], mandate.summit.summit_id] += 1
            naming.add((row["entity_id"], mandate.mandate_id))
    named = Counter((entity, mandates[key].summit.summit_id) for entity, key in naming)
    totals = Counter(entity for entity, _mandate in naming)
    order = by_size({key: totals[key] for key in entities})
    rows: list[Row] = [
        (
            entity,
            entities[entity]["kind"] or None,
            entities[entity]["name"] or None,
            entities[entity]["acronym"] or None,
            summit.summit_id,
            summit.year,
            named[entity, summit.summit_id],
            mentions[entity, summit.summit_id],
        )
        for entity, summit in grid(order, summits_of(facts, mandates.values()))
    ]
    return Statistic(
        "entities",
        "Mandates that name an entity, by summit",
        "number of mandates, and of mentions in them",
        len({mandate for _entity, mandate in naming}),
        f"of {len(mandates)} mandates that name any",
        (
            Column("entity_id", "string", "the body, treaty, mechanism, meeting or programme"),
            Column("kind", "string", "what it is"),
            Column("name", "string", "its name"),
            Column("acronym", "string", "its acronym; missing where it has none"),
            SUMMIT,
            YEAR,
            Column("mandates", "integer", "mandates that name it, in their own text or in an item"),
            Column("mentions", "integer", "times that they do, in whatever wording"),
        ),
        tuple(rows),
        facts.package.name,
        facts.package.version,
        notes=said(preamble_note(facts, asked)),
        across=Across(("name", "acronym"), "summit_id", "year", "mandates", ("mandates", "mentions")),
    )


def by_lineage(facts: Facts, _asked: Asked) -> Statistic:
    """Each chain of a commitment: how many mandates it has, and which summits it spans."""
    chains: dict[str, list[TableRow]] = {}
    for row in sorted(facts["lineages"], key=lambda row: (row["lineage_id"], facts.whole(row, "lineages", "position"))):
        chains.setdefault(row["lineage_id"], []).append(row)
    rows: list[Row] = []
    for key, chain in chains.items():
        mandates = {row["mandate_id"]: facts.mandate(row, "lineages") for row in chain}
        summits = summits_of(facts, mandates.values())
        years = [summit.year for summit in summits if summit.year is not None]
        span = (years[0], years[-1], years[-1] - years[0]) if years else (None, None, None)
        rows.append((key, len(mandates), len(summits), *span, chain[0]["mandate_id"]))
    linked = {row["mandate_id"] for row in facts["lineages"]}
    return Statistic(
        "lineages",
        "Lineages: commitments that came back",
        "number of mandates and of summits in a chain",
        len(linked),
        f"of {len(facts.mandates)} mandates and preambles that belong to one",
        (
            Column("lineage_id", "string", "the chain"),
            Column("mandates", "integer", "mandates in it: its length"),
            Column("summits", "integer", "different summits that they are of"),
            Column("first", "integer", "year of the first summit; missing where no day is given"),
            Column("last", "integer", "year of the last summit"),
            Column("years", "integer", "years from the first to the last"),
            Column("begins_with", "string", "the mandate at its beginning"),
        ),
        tuple(rows),
        facts.package.name,
        facts.package.version,
    )


def by_kind_and_version(facts: Facts, _asked: Asked) -> Statistic:
    """Each kind of correction with each version that released one."""
    ledger = facts["corrections"]
    kinds = facts.listed("corrections", "kind", (row["kind"] for row in ledger))
    versions = sorted({row["version"] for row in ledger}, key=release_order)
    found = Counter((row["kind"], row["version"]) for row in ledger)
    rows: list[Row] = [(kind or None, version or None, found[kind, version]) for kind in kinds for version in versions]
    unreleased = sum(not row["version"] for row in ledger)
    return Statistic(
        "corrections",
        "Corrections by kind and version",
        "number of corrections, each of one cell",
        len(ledger),
        "corrections",
        (
            Column("kind", "string", "what sort of mistake was corrected"),
            Column("version", "string", "release that brought the correction; missing for one not released yet"),
            Column("corrections", "integer", "corrections"),
        ),
        tuple(rows),
        facts.package.name,
        facts.package.version,
        notes=said(f"Not released yet: {unreleased}." if unreleased else ""),
        across=Across(("kind",), "version", "version", "corrections", ("corrections",), "not released"),
    )
