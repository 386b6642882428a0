"""What each picture shows of which count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from ...errors import UnknownNameError
from ..statistics import codings, named, texts
from ..statistics.base import by_size, counted, summits_of
from ..statistics.facts import Facts, Summit
from ..statistics.model import CAVEAT, Asked, Statistic
from .chains import Link, chain
from .grids import GridRow, Part, bars, cells, discs, parts_of, refuse_many
from .shades import mixed, shades
from .sheet import Sheet

_TOP = 20


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is drawn: the count, how many rows at most (None for as many as are usual), and which lineage."""

    asked: Asked = field(default_factory=Asked)
    top: int | None = None
    lineage: str | None = None

    def __post_init__(self) -> None:
        if self.top is not None and self.top < 1:
            raise UnknownNameError(f"{self.top} rows cannot be drawn.", "Ask for one at least.")


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands above and below a picture."""

    title: str
    data: str
    n: str
    notes: tuple[str, ...]
    caveat: str = CAVEAT


def summits(sheet: Sheet, facts: Facts, wanted: Wanted) -> Drawn:
    """A bar a summit: mandates and preambles."""
    counts = texts.by_summit(facts, wanted.asked)
    sheet.heading(counts.title, "Number of mandates on the pages read, and of preambles, which only introduce others")
    light, dark = shades(2)
    parts = [Part("mandates", mixed(light, dark, 0.7), "", _whole(counts, "mandates"))]
    if any(preambles := _whole(counts, "preambles")):
        parts.append(Part("preambles", light, "////", preambles))
    bars(sheet, list(facts.summits.values()), parts, "none on the pages read", added=False)
    return Drawn(counts.title, counts.data, f"{counts.n} {counts.n_of}", ())


def strength(sheet: Sheet, facts: Facts, wanted: Wanted) -> Drawn:
    """A bar a summit, its parts the classes of strength."""
    counts = codings.by_strength(facts, wanted.asked)
    sheet.heading(counts.title, "Number of mandates by the class of their leading verb, the weakest class first")
    shown = _summits(facts, wanted)
    table = _table(counts, "strength", "mandates")
    classes = list(dict.fromkeys(str(value) for value in counts.values("strength")))
    parts = parts_of({name: [table[name, summit.summit_id] for summit in shown] for name in classes})
    bars(sheet, shown, parts, "no verb")
    return _drawn(counts, counts.title)


def codes(sheet: Sheet, facts: Facts, wanted: Wanted) -> Drawn:
    """A row a code, a cell a summit."""
    counts = codings.by_code(facts, wanted.asked)
    below = "Number of mandates; the darker, the more"
    sheet.heading(counts.title, below)
    titles = {
        str(code): str(title or "") for code, title in zip(counts.values("code"), counts.values("title"), strict=True)
    }
    rows = _rows(counts, "code", _summits(facts, wanted), titles, wanted.top or len(titles))
    shown = _summits(facts, wanted)
    per_summit = Counter(mandate.summit.summit_id for mandate in counted(facts, wanted.asked).values())
    cells(sheet, shown, rows, [per_summit[summit.summit_id] for summit in shown])
    return _drawn(counts, counts.title, _drawn_of(len(rows), len(titles), "codes"))


def verbs(sheet: Sheet, facts: Facts, wanted: Wanted) -> Drawn:
    """A row a leading verb, a cell a summit."""
    counts = codings.by_verb(facts, wanted.asked)
    mandates = counted(facts, wanted.asked)
    title = "Leading verbs of the mandates by summit"
    sheet.heading(title, "Number of mandates that the verb leads; the darker, the more")
    pairs = {(row["verb"], row["mandate_id"]) for row in facts["acts"] if row["mandate_id"] in mandates}
    table = Counter((verb, mandates[key].summit.summit_id) for verb, key in pairs)
    shown = _summits(facts, wanted)
    order = by_size(Counter(verb for verb, _key in pairs))
    kept = order[: wanted.top or _TOP]
    cells(sheet, shown, [_grid_row(verb, "", table, shown) for verb in kept], None)
    return _drawn(counts, title, _drawn_of(len(kept), len(order), "verbs"))


def entities(sheet: Sheet, facts: Facts, wanted: Wanted) -> Drawn:
    """A row an entity, a disc a summit."""
    counts = named.by_entity(facts, wanted.asked)
    sheet.heading(counts.title, "Number of mandates that name it; the larger and darker the disc, the more")
    names: dict[str, tuple[str, str]] = {}
    for key, name, acronym in zip(*(counts.values(one) for one in ("entity_id", "name", "acronym")), strict=True):
        names[str(key)] = (str(acronym or name or key), str(name or "") if acronym else "")
    shown = _summits(facts, wanted)
    table = _table(counts, "entity_id", "mandates")
    rows = [_grid_row(key, "", table, shown) for key in names]
    there = [GridRow(*names[row.name], row.values, row.total) for row in rows if row.total]
    kept = there[: wanted.top or _TOP]
    discs(sheet, shown, kept)
    return _drawn(counts, counts.title, _drawn_of(len(kept), len(there), "named entities"))


def lineage(sheet: Sheet, facts: Facts, wanted: Wanted) -> Drawn:
    """One chain, each mandate in its words."""
    known = sorted({row["lineage_id"] for row in facts["lineages"]})
    if wanted.lineage is None:
        raise UnknownNameError("Which lineage is to be drawn?", f"Name one. Lineages: {', '.join(known)}.")
    if wanted.lineage not in known:
        raise UnknownNameError.of("lineage", wanted.lineage, known)
    rows = [row for row in facts["lineages"] if row["lineage_id"] == wanted.lineage]
    rows.sort(key=lambda row: facts.whole(row, "lineages", "position"))
    refuse_many(0, len(rows))
    mandates = [facts.mandate(row, "lineages") for row in rows]
    title = f"Lineage {wanted.lineage}: one commitment through the summits"
    sheet.heading(
        title, "From above to below in the order of the lineage; a line leads to the mandate that takes one up"
    )
    links = [
        Link(mandate.mandate_id, row["previous_id"], mandate.summit, mandate.text)
        for row, mandate in zip(rows, mandates, strict=True)
    ]
    chain(sheet, links)
    spanned = len(summits_of(facts, mandates))
    n = f"{len(links)} mandates of {spanned} {'summit' if spanned == 1 else 'summits'}"
    notes = ("A dark disc begins a chain. Texts are cut at four lines.",)
    return Drawn(title, named.by_lineage(facts, wanted.asked).data, n, notes)


def _rows(counts: Statistic, key: str, shown: Sequence[Summit], more: dict[str, str], top: int) -> list[GridRow]:
    """The `top` rows of a grid, the largest first."""
    table = _table(counts, key, "mandates")
    rows = [_grid_row(name, words, table, shown) for name, words in more.items()]
    rows.sort(key=lambda row: (-row.total, row.name))
    return rows[:top]


def _grid_row(name: str, more: str, table: Counter[tuple[str, str]], shown: Sequence[Summit]) -> GridRow:
    values = tuple(table[name, summit.summit_id] for summit in shown)
    return GridRow(name, more, values, sum(values))


def _table(counts: Statistic, key: str, measure: str) -> Counter[tuple[str, str]]:
    """The numbers of a count by key and summit."""
    found: Counter[tuple[str, str]] = Counter()
    for name, summit, value in zip(*(counts.values(one) for one in (key, "summit_id", measure)), strict=True):
        found[str(name), str(summit)] += int(value or 0)
    return found


def _whole(counts: Statistic, name: str) -> list[int]:
    return [int(value or 0) for value in counts.values(name)]


def _summits(facts: Facts, wanted: Wanted) -> list[Summit]:
    return summits_of(facts, counted(facts, wanted.asked).values())


def _drawn_of(drawn: int, there: int, what: str) -> str:
    return f"Drawn: {drawn} of {there} {what}, those with the most mandates." if drawn < there else ""


def _drawn(counts: Statistic, title: str, *notes: str) -> Drawn:
    said = tuple(note for note in (*notes, *counts.notes) if note)
    return Drawn(title, counts.data, f"{counts.n} {counts.n_of}", said, counts.caveat)
