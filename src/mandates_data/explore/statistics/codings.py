"""Mandates by what they are about, and by what they say is to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from ...errors import UnknownNameError
from ...package.rows import Row as TableRow
from .base import SUMMIT, YEAR, by_size, counted, grid, preamble_note, said, summits_of
from .facts import Facts, Mandate
from .model import Across, Asked, Column, Row, Statistic


def by_code(facts: Facts, asked: Asked) -> Statistic:
    """Each code of the codebook with each summit, and how many mandates have it."""
    mandates = counted(facts, asked)
    titles = {row["code"]: row["title"] for row in facts["subtopics"]}
    coded: set[str] = set()
    pairs: set[tuple[str, str]] = set()  # a code given twice to a mandate counts once
    for row in _of_coder(facts, asked.coder):
        mandate = facts.mandate(row, "mandate_subtopics")
        facts.known(titles, row["code"], "mandate_subtopics", "code")
        rank = facts.whole(row, "mandate_subtopics", "rank")
        if mandate.mandate_id in mandates:
            coded.add(mandate.mandate_id)
            if asked.codes == "every" or rank == 1:
                pairs.add((mandate.mandate_id, row["code"]))
    found = Counter((code, mandates[key].summit.summit_id) for key, code in pairs)
    summits = summits_of(facts, mandates.values())
    rows: list[Row] = [
        (code, titles[code] or None, summit.summit_id, summit.year, found[code, summit.summit_id])
        for code, summit in grid(list(titles), summits)
    ]
    every = asked.codes == "every"
    uncoded = len(mandates) - len(coded)
    return Statistic(
        "codes",
        f"Mandates by {'every' if every else 'primary'} code and summit",
        "number of mandates",
        len(coded),
        "coded mandates",
        (
            Column("code", "string", "the code, as the table subtopics defines it"),
            Column("title", "string", "what it stands for"),
            SUMMIT,
            YEAR,
            Column("mandates", "integer", f"mandates that have it as {'any' if every else 'the first'} of their codes"),
        ),
        tuple(rows),
        facts.package.name,
        facts.package.version,
        notes=said(
            f"Coder: {asked.coder}.",
            "A mandate counts under each of its codes, so the sums exceed the number of mandates." if every else "",
            f"Without a code by this coder: {uncoded} of {len(mandates)} mandates." if uncoded else "",
            preamble_note(facts, asked),
        ),
        across=Across(("code", "title"), "summit_id", "year", "mandates", ("mandates",)),
    )


def _of_coder(facts: Facts, coder: str) -> list[TableRow]:
    """The codings of one coder.

    Raises
    ------
    UnknownNameError
        There is no coding of that coder.
    """
    found = [row for row in facts["mandate_subtopics"] if row["coder"] == coder]
    if not found and (coders := sorted({row["coder"] for row in facts["mandate_subtopics"]})):
        raise UnknownNameError.of("coder", coder, coders)
    return found


def by_strength(facts: Facts, asked: Asked) -> Statistic:
    """Each class of strength with each summit, and how many mandates have it."""
    mandates = counted(facts, asked)
    acts = _acts_of(facts, mandates)
    found = Counter(
        (strength, mandates[key].summit.summit_id)
        for key, strength in {(row["mandate_id"], row["strength"]) for row in acts}
    )
    classes = facts.listed("acts", "strength", (row["strength"] for row in acts))
    rows: list[Row] = [
        (strength, summit.summit_id, summit.year, found[strength, summit.summit_id])
        for strength, summit in grid(classes, summits_of(facts, mandates.values()))
    ]
    judged = len({row["mandate_id"] for row in acts})
    return Statistic(
        "strength",
        "Mandates by strength of the commitment and summit",
        "number of mandates",
        judged,
        "mandates with a verb",
        (
            Column("strength", "string", "class of strength of the leading verb, the weakest first"),
            SUMMIT,
            YEAR,
            Column("mandates", "integer", "mandates of that class"),
        ),
        tuple(rows),
        facts.package.name,
        facts.package.version,
        notes=said(_without_verb(len(mandates), judged), preamble_note(facts, asked)),
        across=Across(("strength",), "summit_id", "year", "mandates", ("mandates",)),
    )


def by_verb(facts: Facts, asked: Asked) -> Statistic:
    """Each leading verb with each class of strength that it has, the most frequent first."""
    mandates = counted(facts, asked)
    acts = _acts_of(facts, mandates)
    pairs: dict[tuple[str, str], set[str]] = {}
    for row in acts:
        pairs.setdefault((row["verb"], row["strength"]), set()).add(row["mandate_id"])
    order = facts.listed("acts", "strength", (row["strength"] for row in acts))
    sizes = Counter({verb: sum(len(own) for pair, own in pairs.items() if pair[0] == verb) for verb, _ in pairs})
    ranked = {verb: n for n, verb in enumerate(by_size(sizes))}
    rows: list[Row] = []
    for verb, strength in sorted(pairs, key=lambda pair: (ranked[pair[0]], order.index(pair[1]))):
        own = [mandates[key].summit for key in pairs[verb, strength]]
        years = sorted(summit.year for summit in own if summit.year is not None)
        spanned = len({summit.summit_id for summit in own})
        rows.append((verb, strength, len(own), spanned, years[0] if years else None, years[-1] if years else None))
    judged = len({row["mandate_id"] for row in acts})
    return Statistic(
        "verbs",
        "Leading verbs of the mandates",
        "number of mandates",
        judged,
        "mandates with a verb",
        (
            Column("verb", "string", "leading verb of the mandate, in its base form"),
            Column("strength", "string", "class of strength that it has there"),
            Column("mandates", "integer", "mandates that it leads"),
            Column("summits", "integer", "summits at which it does"),
            Column("first", "integer", "year of the first of them; missing where no day is given"),
            Column("last", "integer", "year of the last of them"),
        ),
        tuple(rows),
        facts.package.name,
        facts.package.version,
        notes=said(_without_verb(len(mandates), judged), preamble_note(facts, asked)),
    )


def _acts_of(facts: Facts, mandates: Mapping[str, Mandate]) -> list[TableRow]:
    """The acts of the mandates that count."""
    return [row for row in facts["acts"] if facts.mandate(row, "acts").mandate_id in mandates]


def _without_verb(mandates: int, judged: int) -> str:
    return f"Without a verb in the table acts: {mandates - judged} of {mandates} mandates." if mandates > judged else ""
