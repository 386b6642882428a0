"""The agreement of two coders as text and as JSON."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from ..errors import one_line
from ..explore.agreement import Agreement, OfCode, Overall
from ..explore.measures import DRAWS, LEVEL, NEVER_DIFFER, Estimate
from .plain_json import document

SHOWN_UNITS = 5
_OVERALL = {"primary": "primary code", "sets": "all codes"}


def as_text(found: Agreement) -> str:
    """The numbers for a person, in two tables, with notes on those that cannot be had."""
    return "".join(f"{line}\n" for line in _lines(found))


def _lines(found: Agreement) -> Iterator[str]:
    units = "unit" if found.units == 1 else "units"
    who = f"{one_line(found.first)} and {one_line(found.second)}, {one_line(found.field)}"
    yield f"{who}: {found.units:,} {units} that both have coded"
    for coder, alone in ((found.first, found.only_first), (found.second, found.only_second)):
        if alone:
            shown = ", ".join(one_line(unit) for unit in alone[:SHOWN_UNITS])
            more = f" and {len(alone) - SHOWN_UNITS:,} more" if len(alone) > SHOWN_UNITS else ""
            yield f"Left out, coded by {one_line(coder)} alone: {shown}{more}"
    yield ""
    overall = ("", "same", "percent agreement", "Cohen's kappa", "Krippendorff's alpha")
    yield from _table([overall, *(_overall(one) for one in found.overall)], numbers=(1,))
    yield ""
    counts = tuple(one_line(name) for name in (found.field, found.first, found.second, "both"))
    yield from _table(
        [(*counts, "percent agreement", "Cohen's kappa"), *(_of_code(one) for one in found.codes)], numbers=(1, 2, 3)
    )
    yield ""
    yield from _notes(found)


def _overall(one: Overall) -> tuple[str, ...]:
    return (_OVERALL.get(one.of) or one_line(one.of), f"{one.agreed:,}", *_numbers(one.percent, one.kappa, one.alpha))


def _of_code(one: OfCode) -> tuple[str, ...]:
    counts = (f"{number:,}" for number in (one.first, one.second, one.both))
    return (one_line(one.code), *counts, *_numbers(one.percent, one.kappa))


def _numbers(share: Estimate, *others: Estimate) -> Iterator[str]:
    yield _shown(share, 100, 1)
    yield from (_shown(other, 1, 2) for other in others)


def _shown(one: Estimate, times: int, digits: int) -> str:
    """A number with its interval; a dash where there is none."""
    if one.value is None:
        return "-"
    value = f"{one.value * times:.{digits}f}"
    if one.low is None or one.high is None:
        return value
    return f"{value} ({one.low * times:.{digits}f} to {one.high * times:.{digits}f})"


def _table(rows: Sequence[tuple[str, ...]], numbers: tuple[int, ...]) -> Iterator[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    for row in rows:
        cells = (
            cell.rjust(width) if place in numbers else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _notes(found: Agreement) -> Iterator[str]:
    yield f"In brackets: the {LEVEL * 100:.0f} % interval; that of alpha by {DRAWS:,} draws, the same ones each time."
    if any(one.of == "sets" for one in found.overall):
        yield "All codes: same where both gave the same set; alpha by MASI, which counts sets that share codes in part."
    reasons: dict[str, list[str]] = {}
    estimates = list(_estimates(found))
    if any(one.note == NEVER_DIFFER for _, one in estimates):
        yield "Without brackets: the two never differ there, so no interval can be made."
    for name, one in estimates:
        if one.note and one.note != NEVER_DIFFER:
            reasons.setdefault(one.note, []).append(name)
    for reason, names in reasons.items():
        yield f"{', '.join(names)}: {reason}."


def _estimates(found: Agreement) -> Iterator[tuple[str, Estimate]]:
    for overall in found.overall:
        name = _OVERALL.get(overall.of) or one_line(overall.of)
        yield f"kappa of {name}", overall.kappa
        yield f"alpha of {name}", overall.alpha
    for of_code in found.codes:
        yield one_line(of_code.code), of_code.kappa


def as_json(found: Agreement) -> str:
    """The agreement for a program; `schemas/agreement.schema.json` describes it."""
    members = {
        "first": found.first,
        "second": found.second,
        "field": found.field,
        "units": found.units,
        "only_first": list(found.only_first),
        "only_second": list(found.only_second),
        "level": LEVEL,
        "overall": [
            {"of": one.of, "agreed": one.agreed}
            | {"percent": _json(one.percent), "kappa": _json(one.kappa), "alpha": _json(one.alpha)}
            for one in found.overall
        ],
        "codes": [
            {"code": one.code, "first": one.first, "second": one.second, "both": one.both}
            | {"percent": _json(one.percent), "kappa": _json(one.kappa)}
            for one in found.codes
        ],
    }
    return document("agreement", 1, members)


def _json(one: Estimate) -> dict[str, Any]:
    return {"value": one.value, "low": one.low, "high": one.high, "note": one.note}
