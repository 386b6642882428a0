"""Dates, times and durations of the Table Schema standard; `types.compile_field` is the way in."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ..errors import CellError
from .model import Field

if TYPE_CHECKING:
    import datetime as dt
    from decimal import Decimal

Cast = Callable[[str], object]

_DATE = r"([0-9]{4})-([0-9]{2})-([0-9]{2})"
_TIME = r"([0-9]{2}):([0-9]{2}):([0-9]{2})"
_ZONE = r"(Z|[+-](?:0[0-9]|1[0-3]):[0-5][0-9]|[+-]14:00)?"
_DATETIME = r"([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.([0-9]+))?" + _ZONE
_YEARS = r"(-?(?!0000(?![0-9]))(?:[1-9][0-9]{3,}|0[0-9]{3}))"  # XML Schema 1.0 has no year 0000
_YEAR = _YEARS + _ZONE
_YEARMONTH = _YEARS + r"-(0[1-9]|1[0-2])" + _ZONE
_DURATION = (
    r"(-?)P(?=[0-9T])(?:([0-9]+)Y)?(?:([0-9]+)M)?(?:([0-9]+)D)?"
    r"(?:T(?=[0-9])(?:([0-9]+)H)?(?:([0-9]+)M)?(?:([0-9]+(?:\.[0-9]+)?)S)?)?"
)

_ANY_DATE = ("%Y-%m-%d", "%Y/%m/%d", "%Y.%m.%d", "%Y%m%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y")
_ANY_TIME = ("%H:%M:%S", "%H:%M", "%H:%M:%S.%f", "%I:%M %p", "%I:%M:%S %p")
"""What `any` reads. The standard leaves it open; forms in which day and month could be mistaken are not among them."""


def date(field: Field) -> Cast:
    """See `types.compile_field`."""
    from datetime import date as make

    patterns = _patterns(field, _ANY_DATE)
    if patterns:
        return _by_pattern(patterns, lambda moment: moment.date(), _said(field, "a date"))

    fullmatch = re.compile(_DATE).fullmatch

    def cast(text: str) -> object:
        found = fullmatch(text)
        if found is None:
            raise CellError("a date written YYYY-MM-DD, such as 2009-04-19")
        try:
            return make(int(found[1]), int(found[2]), int(found[3]))
        except ValueError as error:
            raise CellError("a day that the calendar has, written YYYY-MM-DD") from error

    return cast


def time(field: Field) -> Cast:
    """See `types.compile_field`."""
    from datetime import time as make

    patterns = _patterns(field, _ANY_TIME)
    if patterns:
        return _by_pattern(patterns, lambda moment: moment.timetz(), _said(field, "a time"))

    fullmatch = re.compile(_TIME).fullmatch

    def cast(text: str) -> object:
        found = fullmatch(text)
        if found is None:
            raise CellError("a time written hh:mm:ss, such as 15:00:00")
        try:
            return make(int(found[1]), int(found[2]), int(found[3]))
        except ValueError as error:
            raise CellError("a time between 00:00:00 and 23:59:59") from error

    return cast


def datetime(field: Field) -> Cast:
    """See `types.compile_field`. Of a fraction of a second six digits are kept; `T24:00:00` is the next day's start."""
    from datetime import datetime as make
    from datetime import timedelta

    day_time = (f"{d}{gap}{t}" for d in _ANY_DATE for gap in ("T", " ") for t in (*_ANY_TIME, "%H:%M:%S%z"))
    patterns = _patterns(field, tuple(day_time))
    if patterns:
        return _by_pattern(patterns, lambda moment: moment, _said(field, "a date with a time"))
    expected = "a date and a time written YYYY-MM-DDThh:mm:ss, such as 2024-01-26T15:00:00"

    fullmatch = re.compile(_DATETIME).fullmatch

    def cast(text: str) -> object:
        found = fullmatch(text)
        if found is None:
            raise CellError(expected)
        year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
        micro = int((found[7] or "0")[:6].ljust(6, "0"))
        midnight = hour == 24 and not (minute or second or (found[7] or "").strip("0"))
        try:
            moment = make(year, month, day, 0 if midnight else hour, minute, second, micro, _zone(found[8]))
            return moment + timedelta(days=1) if midnight else moment
        except (ValueError, OverflowError) as error:
            raise CellError("a day and a time that the calendar has, written YYYY-MM-DDThh:mm:ss") from error

    return cast


def _zone(text: str | None) -> Any:
    if text is None:
        return None
    from datetime import UTC, timedelta, timezone

    if text == "Z":
        return UTC
    minutes = int(text[1:3]) * 60 + int(text[4:6])
    return timezone(timedelta(minutes=-minutes if text[0] == "-" else minutes))


def _patterns(field: Field, anything: tuple[str, ...]) -> tuple[str, ...]:
    pattern = field.format.removeprefix("fmt:")
    if pattern == "any":
        return anything
    return () if pattern == "default" else (pattern,)


def _said(field: Field, what: str) -> str:
    pattern = field.format.removeprefix("fmt:")
    if pattern == "any":
        return f"{what} in a form that cannot be mistaken, such as {_EXAMPLES[what]}"
    for code, letters in _LETTERS.items():
        pattern = pattern.replace(code, letters)
    return f"{what} written {pattern}"


_EXAMPLES = {"a date": "2009-04-19", "a time": "15:00:00", "a date with a time": "2024-01-26T15:00:00"}
_LETTERS = {
    "%Y": "YYYY", "%y": "YY", "%m": "MM", "%d": "DD", "%H": "hh", "%I": "hh", "%M": "mm", "%S": "ss", "%f": "ffffff",
    "%p": "AM/PM", "%B": "Month", "%b": "Mon", "%A": "Weekday", "%a": "Day", "%j": "day of the year", "%z": "+hhmm",
    "%%": "%",
}  # fmt: skip


def _by_pattern(patterns: tuple[str, ...], part: Callable[[dt.datetime], object], expected: str) -> Cast:
    from datetime import datetime as moment

    def cast(text: str) -> object:
        if text.isascii() or not any(letter.isdigit() and not letter.isascii() for letter in text):
            for pattern in patterns:
                try:
                    return part(moment.strptime(text, pattern))
                except (ValueError, OverflowError, re.error):
                    continue
        raise CellError(expected)

    return cast


def year(_field: Field) -> Cast:
    """See `types.compile_field`. XML Schema lets a time zone follow; it is dropped."""
    fullmatch = re.compile(_YEAR).fullmatch

    def cast(text: str) -> object:
        found = fullmatch(text)
        if found is None or len(text) > 20:
            raise CellError("a year written YYYY, such as 2009")
        return int(found[1])

    return cast


def yearmonth(_field: Field) -> Cast:
    """See `types.compile_field`. XML Schema lets a time zone follow; it is dropped."""
    fullmatch = re.compile(_YEARMONTH).fullmatch

    def cast(text: str) -> object:
        found = fullmatch(text)
        if found is None or len(text) > 20:
            raise CellError("a year and a month written YYYY-MM, such as 2009-04")
        return int(found[1]), int(found[2])

    return cast


@dataclass(frozen=True)
class Duration:
    """A length of time as XML Schema holds it: whole months, and seconds beside them.

    One is longer than another when it ends later from each of four starting points that XML Schema names
    ("Order relation on duration"); where they disagree, as for a month and 30 days, neither comparison holds.

    >>> duration(Field("d", "duration"))("P1Y2M3DT4H")
    Duration(months=14, seconds=Decimal('273600'))
    """

    months: int
    seconds: Decimal

    def __lt__(self, other: Duration) -> bool:
        return all(_end(self, *start) < _end(other, *start) for start in _STARTS)

    def __gt__(self, other: Duration) -> bool:
        return other < self

    def __le__(self, other: Duration) -> bool:
        return self == other or self < other

    def __ge__(self, other: Duration) -> bool:
        return self == other or other < self


_STARTS = ((1696, 9), (1697, 2), (1903, 3), (1903, 7))


def _end(length: Duration, year_: int, month: int) -> Decimal:
    total = year_ * 12 + month - 1 + length.months
    return _days_before(total // 12, total % 12 + 1) * 86400 + length.seconds


def _days_before(year_: int, month: int) -> int:
    """Days from a fixed day to the first of a month, in the Gregorian calendar drawn out both ways.

    >>> _days_before(2000, 3) - _days_before(2000, 2)
    29
    """
    year_ -= month <= 2
    return 365 * year_ + year_ // 4 - year_ // 100 + year_ // 400 + (153 * ((month + 9) % 12) + 2) // 5


def duration(_field: Field) -> Cast:
    """See `types.compile_field`."""
    from decimal import Decimal

    fullmatch = re.compile(_DURATION).fullmatch

    def cast(text: str) -> object:
        found = fullmatch(text) if len(text) <= 200 else None
        if found is None or text.endswith(("P", "T")):
            raise CellError("a length of time written PnYnMnDTnHnMnS, such as P1Y6M or PT90M")
        years, months, days, hours, minutes = (int(part or 0) for part in found.groups()[1:6])
        seconds = ((days * 24 + hours) * 60 + minutes) * 60 + Decimal(found[7] or 0)
        sign = -1 if found[1] else 1
        return Duration(sign * (years * 12 + months), sign * seconds)

    return cast
