"""Typed values as keys compare them: plain texts and whole numbers, which any process and any file can hold."""

from __future__ import annotations

import contextlib
from typing import Any

from ..package.temporal import Duration

_LONGEST = 300
"""Digits of a number that is compared as a whole one."""


def comparable(value: Any) -> str | int:
    """A value that equals another's exactly when the two typed values are equal.

    >>> from decimal import Decimal
    >>> comparable(Decimal("7.0")), comparable(Decimal("0.50")), comparable(7)
    (7, 'number 5e-1', 7)

    Raises
    ------
    RecursionError
        It is JSON that is nested too deep.
    """
    from decimal import Decimal

    if isinstance(value, (str, int)):
        return value
    if isinstance(value, (dict, list)):
        import json

        return f"JSON {json.dumps(value, sort_keys=True)}"
    if isinstance(value, Duration):
        value = (value.months, value.seconds)
    if isinstance(value, tuple):
        return "\x1f".join(f"{type(part).__name__} {comparable(part)}" for part in value)
    return _number(value) if isinstance(value, Decimal) else _moment(value)


def _number(value: Any) -> str | int:
    if not value.is_finite():
        return f"number {value}"
    if value.adjusted() < _LONGEST and value == value.to_integral_value():
        return int(value)
    sign, digits, exponent = value.as_tuple()
    shown = "".join(map(str, digits))
    bare = shown.rstrip("0")
    return f"number {'-' * sign}{bare.lstrip('0')}e{exponent + len(shown) - len(bare)}"


def _moment(value: Any) -> str:
    """A day, a time, or a moment; one with a time zone equals the same moment in another."""
    from datetime import UTC, datetime

    if isinstance(value, datetime) and value.tzinfo is not None:
        with contextlib.suppress(OverflowError):  # in the first or last hours that the calendar has
            value = value.astimezone(UTC)
    return f"{type(value).__name__} {value}"
