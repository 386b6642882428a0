"""How far two coders agree: over all codes, and a code at a time."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import TableError
from .coded import CODE, TwoCodings, read_codings
from .measures import Estimate, alpha, kappa, libraries, masi, percent

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Overall:
    """A comparison of all that was given. `of` is primary, sets, or the field that holds one value a unit."""

    of: str
    agreed: int
    percent: Estimate
    kappa: Estimate
    alpha: Estimate


@dataclass(frozen=True)
class OfCode:
    """One code, given or not: how many units have it by each coder and by both, and how far that agrees."""

    code: str
    first: int
    second: int
    both: int
    percent: Estimate
    kappa: Estimate


@dataclass(frozen=True)
class Agreement:
    """Two coders compared on the units that both have coded.

    `only_first` and `only_second` are units that one of them alone has coded; they count for nothing.
    """

    first: str
    second: str
    field: str
    units: int
    only_first: tuple[str, ...]
    only_second: tuple[str, ...]
    overall: tuple[Overall, ...]
    codes: tuple[OfCode, ...]


def agreement(
    codings: str | Path | pd.DataFrame, *, first: str | None = None, second: str | None = None, field: str | None = None
) -> Agreement:
    """How far two coders agree: percent agreement, Cohen's kappa and Krippendorff's alpha, with 95 % intervals.

    Parameters
    ----------
    codings
        A CSV file with the columns of `mandate_subtopics`, or a frame such as `load("mandate_subtopics")`: the unit in
        the first column, then `coder`, `code` and, where codes are ranked, `rank` (1 is the primary code).
    first, second
        The coders. Left out: the only two, or `first` and `second` where there are more.
    field
        A column that holds one value a unit, such as `strength` of an act. Left out: `code`, of which a unit may have
        several.

    Returns
    -------
    Agreement
        Numbers that cannot be had (a code that nobody gave) are None, with a note that says why.

    Raises
    ------
    MissingExtraError
        The libraries of the extra `statistics` are not installed.
    TableError, UnknownNameError
        The codings cannot be read, or have not what was asked for; or no unit was coded by both.
    """
    libraries()
    two = read_codings(codings, first=first, second=second, column=field or CODE, many=field is None)
    if not two.both:
        raise TableError(
            f"No unit was coded by both {two.first} and {two.second}.", "Compare coders who have coded the same units."
        )
    overall = _of_sets(two) if field is None else [_one_valued(field, [_only(two, unit) for unit in two.both])]
    return Agreement(
        two.first,
        two.second,
        field or CODE,
        len(two.both),
        tuple(unit for unit in two.of_first if unit not in two.of_second),
        tuple(unit for unit in two.of_second if unit not in two.of_first),
        tuple(overall),
        tuple(_of_code(two, code) for code in two.known),
    )


def _of_sets(two: TwoCodings) -> list[Overall]:
    sets = [(two.of_first[unit].codes, two.of_second[unit].codes) for unit in two.both]
    same = sum(one == other for one, other in sets)
    no_kappa = Estimate(None, note="kappa knows no sets that are partly the same; see alpha")
    found = [Overall("sets", same, percent(same, len(sets)), no_kappa, alpha(sets, masi))]
    if two.ranked:
        found.insert(0, _one_valued("primary", [(two.of_first[u].primary, two.of_second[u].primary) for u in two.both]))
    return found


def _only(two: TwoCodings, unit: str) -> tuple[str, str]:
    """The one value that each coder gave."""
    (one,), (other,) = two.of_first[unit].codes, two.of_second[unit].codes
    return one, other


def _one_valued(of: str, pairs: Sequence[tuple[Hashable, Hashable]]) -> Overall:
    same = sum(one == other for one, other in pairs)
    return Overall(of, same, percent(same, len(pairs)), kappa(pairs), alpha(pairs))


def _of_code(two: TwoCodings, code: str) -> OfCode:
    pairs = [(code in two.of_first[unit].codes, code in two.of_second[unit].codes) for unit in two.both]
    first, second = (sum(pair[place] for pair in pairs) for place in (0, 1))
    both, same = sum(one and other for one, other in pairs), sum(one == other for one, other in pairs)
    found = kappa(pairs)
    if found.value is None:
        found = Estimate(None, note="both gave it to every unit" if both else "neither gave it")
    return OfCode(code, first, second, both, percent(same, len(pairs)), found)
