"""What the pictures show: bars by summit, document and code, and the line of a commitment through the summits.

Each is drawn on a page, with its numbers in a table beside it, and stands in a file of its own to be taken away.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from ..mandates.lineages import Link
from .addresses import page, picture
from .model import Mandate, Site, spoken


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart. `address` is the page that it leads to."""

    label: str
    value: int
    address: str = ""


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars under one title. `address` is that of the file that holds the picture."""

    address: str
    title: str
    unit: str
    bars: tuple[Bar, ...]

    kind: ClassVar[str] = "bars"
    width: ClassVar[int] = 440

    @property
    def height(self) -> int:
        """Of the drawing, in the units of its own system of coordinates."""
        return 36 * len(self.bars) + 2

    @property
    def most(self) -> int:
        """The length of the longest bar, at least 1."""
        return max((bar.value for bar in self.bars), default=1) or 1


def by_summit(site: Site) -> Chart:
    """The mandates of each summit that has one, in the order of time."""
    bars = [
        Bar(site.label_of_summit(summit_id), count, page("summits", summit_id))
        for summit_id in site.summits if (count := site.count_of_summit(summit_id))
    ]  # fmt: skip
    return Chart(picture("by-summit"), "Mandates by summit", "Summit", tuple(bars))


def by_document(site: Site) -> Chart:
    """The mandates of each document that has one."""
    bars = [
        Bar(row["cited_as"] or row["title"] or document_id, count, page("documents", document_id))
        for document_id, row in site.documents.items() if (count := len(site.of_document[document_id]))
    ]  # fmt: skip
    return Chart(picture("by-document"), "Mandates by document", "Document", tuple(bars))


def by_code(site: Site) -> Chart:
    """The mandates of each code, the most frequent first."""
    counted = sorted(site.codes, key=lambda code: (-len(site.of_code[code]), code))
    bars = [
        Bar(site.codes[code]["title"] or code, len(site.of_code[code]), page("codes", code)) for code in counted
    ]  # fmt: skip
    return Chart(picture("by-code"), "Mandates by subject", "Subject", tuple(bars))


def over_time(site: Site, mandates: Sequence[Mandate], what: str, address: str) -> Chart:
    """How many of some mandates each summit adopted; summits without any stay, as a bar of no length."""
    counts = Counter(mandate.document["summit_id"] for mandate in mandates)
    bars = [
        Bar(site.label_of_summit(summit_id), counts[summit_id], page("summits", summit_id))
        for summit_id in site.summits if site.count_of_summit(summit_id)
    ]  # fmt: skip
    return Chart(address, f"{what}, by summit", "Summit", tuple(bars) if counts else ())


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a matrix: one count a column."""

    label: str
    address: str
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts by row and summit. `years` are the short names of the columns, `columns` the whole ones."""

    address: str
    title: str
    unit: str
    years: tuple[str, ...]
    columns: tuple[str, ...]
    rows: tuple[MatrixRow, ...]

    kind: ClassVar[str] = "matrix"
    width: ClassVar[int] = 640

    @property
    def drawn(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.rows and self.years)

    @property
    def height(self) -> int:
        """Of the drawing; as all measures, in the units of its own system of coordinates."""
        return 22 * len(self.rows) + 24

    @property
    def most(self) -> int:
        """The greatest count, at least 1."""
        return max((count for row in self.rows for count in row.counts), default=1) or 1


_ENTITIES = 30
"""Rows of the matrix of entities: more cannot be taken in at a glance, and each entity's page has its own picture."""


def codes_over_time(site: Site) -> Matrix:
    """How many mandates of each summit have each code."""
    named = [(code, row["title"] or code, page("codes", code), site.of_code[code]) for code, row in site.codes.items()]
    named.sort(key=lambda one: (-len(one[3]), one[0]))
    return _matrix(site, picture("codes-over-time"), "Subjects by summit", "Subject", named)


def entities_over_time(site: Site) -> Matrix:
    """How many mandates of each summit name each entity, for those that are named most."""
    named = [
        (key, row["acronym"] or row["name"] or key, page("entities", key), site.of_entity[key])
        for key, row in site.entities.items() if site.of_entity[key]
    ]  # fmt: skip
    named.sort(key=lambda one: (-len(one[3]), one[0]))
    title = f"The {_ENTITIES} named most, by summit" if len(named) > _ENTITIES else "Named in the mandates, by summit"
    return _matrix(site, picture("entities-over-time"), title, "Named", named[:_ENTITIES])


def _matrix(
    site: Site, address: str, title: str, unit: str, named: Sequence[tuple[str, str, str, Sequence[Mandate]]]
) -> Matrix:
    held = [summit_id for summit_id in site.summits if site.count_of_summit(summit_id)]
    rows = []
    for _key, label, leads_to, mandates in named:
        at = Counter(mandate.document["summit_id"] for mandate in mandates)
        rows.append(MatrixRow(label, leads_to, tuple(at[summit_id] for summit_id in held)))
    years = tuple(site.summits[summit_id]["start_date"][:4] or summit_id for summit_id in held)
    return Matrix(address, title, unit, years, tuple(site.label_of_summit(one) for one in held), tuple(rows))


@dataclass(frozen=True, slots=True)
class Spot:
    """A point of a picture with what stands at it."""

    x: float
    y: float
    label: str


@dataclass(frozen=True, slots=True)
class Line:
    """A commitment as a picture: a dot a mandate, placed by its summit, and a link to the one that it takes up."""

    address: str
    title: str
    height: int
    dots: tuple[Spot, ...]
    links: tuple[str, ...]
    years: tuple[Spot, ...]

    kind: ClassVar[str] = "line"
    width: ClassVar[int] = 640


_LEFT, _WIDTH, _TOP, _ROW = 30, 580, 40, 44


def line_of(site: Site, lineage_id: str, steps: Sequence[Link]) -> Line:
    """The picture of a lineage; the dots are numbered as the steps in the list below it."""
    years = sorted({site.mandates[step.mandate_id].year for step in steps})
    across = {year: _LEFT + _WIDTH * (place + 0.5) / max(len(years), 1) for place, year in enumerate(years)}
    in_year: dict[str, int] = {}
    spots: dict[str, Spot] = {}
    for number, step in enumerate(steps, 1):
        year = site.mandates[step.mandate_id].year
        row = in_year[year] = in_year.get(year, -1) + 1
        spots[step.mandate_id] = Spot(round(across[year], 1), _TOP + row * _ROW, str(number))
    links = [
        _curve(spots[step.previous_id], spots[step.mandate_id])
        for step in steps if step.previous_id in spots
    ]  # fmt: skip
    height = _TOP + _ROW * (max(in_year.values(), default=0) + 1)
    labels = tuple(Spot(round(across[year], 1), 0, year) for year in years)
    return Line(
        picture("lineages", lineage_id),
        f"{spoken(lineage_id)}: which mandate takes up which",
        height,
        tuple(spots.values()),
        tuple(links),
        labels,
    )


def _curve(start: Spot, end: Spot) -> str:
    """A path between two dots; one that would go straight down swings out, so that it is seen beside the dots."""
    if start.x == end.x:
        return f"M{start.x} {start.y}C{start.x - 26} {start.y} {end.x - 26} {end.y} {end.x} {end.y}"
    middle = round((start.x + end.x) / 2, 1)
    return f"M{start.x} {start.y}C{middle} {start.y} {middle} {end.y} {end.x} {end.y}"
