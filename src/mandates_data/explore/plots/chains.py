"""A lineage as a chain: each mandate with its summit and its words, tied to the one that it takes up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..statistics.facts import Summit
from .lettering import cut, width_of
from .shades import INK, MUTED, PAPER, shade
from .sheet import BODY, MARGIN, SMALL, WIDTH, Sheet

_LANE = 0.13
_MOST_LANES = 5
_LINES = 4


@dataclass(frozen=True, slots=True)
class Link:
    """A mandate of a chain: the one that it takes up (empty where it begins one), its summit and its text."""

    mandate_id: str
    previous_id: str
    summit: Summit
    text: str


def chain(sheet: Sheet, links: Sequence[Link]) -> None:
    """The links from above to below; a tie that passes others runs beside them, in a lane of its own."""
    place = {link.mandate_id: n for n, link in enumerate(links)}
    lanes = _lanes([(place[link.previous_id], n) for n, link in enumerate(links) if link.previous_id in place])
    years = [str(link.summit.year) if link.summit.year is not None else "?" for link in links]
    node = MARGIN + max(width_of(year, BODY, bold=True) for year in years) + 0.14 + _LANE * max([0, *lanes.values()])
    middles = []
    for link, year in zip(links, years, strict=True):
        top = sheet.y
        sheet.text(MARGIN, top + 0.13, year, bold=True)
        middles.append(top + 0.09)
        left = node + 0.18
        name = cut(link.summit.city or link.summit.summit_id, BODY, 2.5, bold=True)
        sheet.text(left, top + 0.13, name, bold=True)
        beside = left + width_of(name, BODY, bold=True) + 0.1
        mandate_id = cut(link.mandate_id, SMALL, WIDTH - MARGIN - beside)
        sheet.text(beside, top + 0.13, mandate_id, size=SMALL, colour=MUTED)
        sheet.y = top + 0.17
        sheet.paragraph(left, link.text, WIDTH - MARGIN - left, lines=_LINES)
        sheet.y += 0.14
    for (above, below), lane in lanes.items():
        x = node - _LANE * lane
        sheet.line([(x, middles[above]), (x, middles[below])], INK, 1.2)
    for (above, below), lane in lanes.items():
        x = node - _LANE * lane - 0.008
        for middle in (middles[above], middles[below]) if lane else ():
            sheet.line([(x + 0.03, middle), (node, middle)], PAPER, 4.5)  # what it crosses is seen to pass below it
            sheet.line([(x, middle), (node, middle)], INK, 1.2)
    for above, below in (tie for tie, lane in lanes.items() if not lane):
        sheet.line([(node, middles[above]), (node, middles[below])], INK, 1.2)
    for n, middle in enumerate(middles):
        begins = links[n].previous_id not in place
        sheet.disc(node, middle, 0.055, shade(1.0) if begins else shade(0.2))
    sheet.y -= 0.06


def _lanes(ties: Sequence[tuple[int, int]]) -> dict[tuple[int, int], int]:
    """The lane of each tie: 0 between neighbours, else the first beside in which no other tie runs there."""
    found: dict[tuple[int, int], int] = {}
    for tie in sorted({(min(pair), max(pair)) for pair in ties}, key=lambda tie: (tie[1] - tie[0], tie)):
        if tie[1] - tie[0] <= 1:
            found[tie] = 0
            continue
        taken = {lane for other, lane in found.items() if other[0] < tie[1] and tie[0] < other[1]}
        free = (lane for lane in range(1, _MOST_LANES) if lane not in taken)
        found[tie] = next(free, _MOST_LANES)
    return found
