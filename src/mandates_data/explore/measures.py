"""How far two coders agree, as numbers with 95 % intervals; a number that cannot be had says why, in words.

- Percent agreement: the interval is the exact one of Clopper and Pearson (1934).
- Cohen's kappa (1960): the interval rests on the standard error of Fleiss, Cohen and Everitt (1969), cut at -1 and 1.
- Krippendorff's alpha (Content Analysis, 2004): values are compared as equal or not, sets of codes by MASI
  (Passonneau 2006). The interval draws the units anew and keeps the disagreement that is expected by chance, after
  Hayes and Krippendorff (2007).
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LEVEL = 0.95
DRAWS = 5_000
SEED = 20_220_610
"""Where the draws begin, so that the same file gives the same numbers: the last day of the ninth Summit."""

MOST_CELLS = 50_000_000
"""How many numbers the alpha of a table may take in memory (units by values by values)."""

ONE_VALUE = "both gave the same one to every unit, so agreement cannot be told from chance"
ONE_SIDED = "one gave the same to every unit, which makes kappa 0 whatever the other gave"
NEVER_DIFFER = "they never differ, so no interval can be made"

Distance = Callable[[Any, Any], float]


@dataclass(frozen=True)
class Estimate:
    """A number between -1 and 1 with the ends of its interval; None where there is none, and `note` says why."""

    value: float | None
    low: float | None = None
    high: float | None = None
    note: str = ""


def libraries() -> None:
    """Import what the measures need.

    Raises
    ------
    MissingExtraError
        One of the libraries is not installed.
    """
    try:
        import krippendorff
        import scipy
        import statsmodels  # noqa: F401 # all three, before anything is computed
    except ImportError as error:
        raise MissingExtraError(
            f"agreement needs {error.name}, which is not installed.", 'Run: pip install "mandates-data[statistics]"'
        ) from error
    del krippendorff, scipy


def percent(agreed: int, units: int) -> Estimate:
    """The share of units on which both agree."""
    from scipy.stats import binomtest

    interval = binomtest(agreed, units).proportion_ci(confidence_level=LEVEL, method="exact")
    return _rounded(agreed / units, interval.low, interval.high)


def kappa(pairs: Sequence[tuple[Hashable, Hashable]]) -> Estimate:
    """Cohen's kappa of two one-valued codings; `pairs` has what both gave to each unit."""
    import numpy as np
    from statsmodels.stats.inter_rater import cohens_kappa

    values = _values(pairs)
    if len(values) < 2:
        return Estimate(None, note=ONE_VALUE)
    table = np.zeros((len(values), len(values)), dtype=int)
    for one, other in pairs:
        table[values[one], values[other]] += 1
    if any(len(set(side)) == 1 for side in zip(*pairs, strict=True)):
        return Estimate(0.0, note=ONE_SIDED)
    if all(one == other for one, other in pairs):
        return Estimate(1.0, note=NEVER_DIFFER)
    with np.errstate(invalid="ignore", divide="ignore"):  # in a test against zero, which is not asked for
        found = cohens_kappa(table)
    if not found.std_kappa > 0:
        return Estimate(round(float(found.kappa), 6), note="too little is shared for an interval")
    return _rounded(found.kappa, found.kappa_low, found.kappa_upp)


def alpha(pairs: Sequence[tuple[Any, Any]], distance: Distance | None = None) -> Estimate:
    """Krippendorff's alpha of two codings; values are equal or not where no distance is given."""
    import numpy as np
    from krippendorff import alpha as krippendorff_alpha

    values = _values(pairs)
    if len(values) < 2:
        return Estimate(None, note=ONE_VALUE)
    if len(pairs) * len(values) ** 2 > MOST_CELLS:
        return Estimate(None, note=f"{len(pairs):,} units with {len(values):,} values are too many for it")
    apart = _distances(list(values), distance)
    counts = np.zeros((len(pairs), len(values)), dtype=int)
    for unit, (one, other) in enumerate(pairs):
        counts[unit, values[one]] += 1
        counts[unit, values[other]] += 1

    def metric(_v1: Any, _v2: Any, i1: Any, i2: Any, n_v: Any, dtype: Any = None) -> Any:  # noqa: ARG001 # its form
        return apart[i1, i2]

    level: Any = metric  # its releases type this differently
    found = float(krippendorff_alpha(value_counts=counts, level_of_measurement=level))
    observed = np.array([apart[values[one], values[other]] for one, other in pairs])
    if not observed.any():
        return Estimate(1.0, note=NEVER_DIFFER)
    if len(pairs) < 2:
        return Estimate(round(found, 6), note="one unit has no interval")
    return _rounded(found, *_drawn_anew(observed, found))


def masi(one: frozenset[str], other: frozenset[str]) -> float:
    """How far two sets are apart: 0 where they are equal, 1 where they share nothing.

    The share of what either has that both have, times 1 for equal sets, 2/3 where one holds the other, 1/3 where they
    only overlap; the distance is what is left to 1 (Passonneau 2006, Measuring Agreement on Set-valued Items).

    >>> masi(frozenset("ab"), frozenset("ab")), masi(frozenset("a"), frozenset("b"))
    (0.0, 1.0)
    >>> round(masi(frozenset("a"), frozenset("ab")), 4)
    0.6667
    """
    if one == other:
        return 0.0
    shared = len(one & other) / len(one | other)
    weight = 2 / 3 if one < other or other < one else 1 / 3
    return 1 - shared * weight


def _values(pairs: Sequence[tuple[Any, Any]]) -> dict[Any, int]:
    """Each value that either gave, with a number of its own, whatever the order of the units."""
    return {value: number for number, value in enumerate(sorted({v for pair in pairs for v in pair}, key=_text))}


def _text(value: Any) -> Any:
    return sorted(value) if isinstance(value, frozenset) else value


def _distances(values: list[Any], distance: Distance | None) -> NDArray[np.float64]:
    import numpy as np

    if distance is None:
        return 1 - np.eye(len(values))
    return np.array([[distance(one, other) for other in values] for one in values])


def _drawn_anew(observed: NDArray[np.float64], found: float) -> tuple[float, float]:
    """The interval of alpha, from the distances that were observed unit by unit."""
    import numpy as np
    from scipy.stats import bootstrap

    scale = (1 - found) / observed.mean()  # one through the disagreement expected by chance
    interval = bootstrap(
        (observed,),
        lambda draws, axis: 1 - draws.mean(axis=axis) * scale,
        n_resamples=DRAWS,
        batch=max(1, 10_000_000 // len(observed)),
        confidence_level=LEVEL,
        method="percentile",
        rng=np.random.default_rng(SEED),
    ).confidence_interval
    return float(interval.low), float(interval.high)


def _rounded(value: float, low: float, high: float) -> Estimate:
    """To six decimals, within -1 and 1: beyond that, libraries of different age differ."""
    value, low, high = (round(min(1.0, max(-1.0, float(number))), 6) for number in (value, low, high))
    return Estimate(value, low, high)
