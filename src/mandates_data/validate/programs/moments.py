"""Dates and times as people and programs write them: every reading that a text allows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_MONTHS = (
    "january jan enero ene janeiro janvier janv januar janner jan",
    "february feb febrero fevereiro fev fevrier fevr februar",
    "march mar marzo marco mars marz mrz",
    "april apr abril abr avril avr",
    "may mayo maio mai",
    "june jun junio junho juin juni",
    "july jul julio julho juillet juil juli",
    "august aug agosto ago aout",
    "september sep sept septiembre set setembro septembre setiembre",
    "october oct octubre outubro out octobre oktober okt",
    "november nov noviembre novembro novembre",
    "december dec diciembre dic dezembro dez decembre dezember",
)
"""The names of the months and how spreadsheets shorten them, in English, Spanish, Portuguese, French and German."""
_MONTH = {name: n for n, names in enumerate(_MONTHS, 1) for name in names.split()}
NAMES = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
         "December")  # fmt: skip
"""The months, for messages."""

_NAME = r"(?P<name>[^\W\d_]{3,12})\.?"
_DAY = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th|er|\.|º)?"
_YEAR = r"(?P<year>[0-9]{4}|['’]?[0-9]{2})"
_GAP = r"[ ./-]{0,2}(?:de )?"
_WEEKDAY = r"(?:[^\W\d_]{2,13}\.?,? )?"
_NUMBERS = re.compile(r"([0-9]{1,4})([-/. ]|\. )([0-9]{1,2})\2([0-9]{1,4})\.?")
_NAMED = (
    re.compile(rf"{_WEEKDAY}{_DAY}{_GAP}{_NAME},?{_GAP}{_YEAR}"),
    re.compile(rf"{_WEEKDAY}{_NAME}[ .-]?{_DAY},?[ -]{{1,2}}{_YEAR}"),
    re.compile(rf"{_YEAR}[ ./-]{_NAME}[ ./-]{_DAY}"),
    re.compile(rf"{_DAY}{_GAP}{_NAME}"),
    re.compile(rf"{_NAME}[ .-]{{0,2}}{_DAY}"),
    re.compile(rf"{_NAME}{_GAP}{_YEAR}"),
    re.compile(rf"{_YEAR}[ ./-]?{_NAME}"),
)
_ZONE = r"(?P<zone>Z|UTC| ?GMT|[+-][0-9]{2}:?[0-9]{2})?"
_CLOCK = (
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2})(?:[.,](?P<rest>[0-9]{1,9}))?)?"
    r"(?P<half>\s?[AaPp]\.?\s?[Mm]\.?)?" + _ZONE
)
_TIME = re.compile(_CLOCK)
_WITH_TIME = re.compile(rf"(?P<moment>.*?)(?:T|,? +){_CLOCK}")
_LONGEST = 50


@dataclass(frozen=True, slots=True)
class Moment:
    """One reading of a text. `year` is None where the text has none; `short` says that it has two digits only.

    `day` is None where the text names a month; `clock` holds hours, minutes and seconds.
    """

    year: int | None
    month: int
    day: int | None
    short: bool = False
    clock: tuple[int, int, int] | None = None
    zone: str | None = None

    @property
    def real(self) -> bool:
        """Whether the calendar has such a day."""
        if not 1 <= self.month <= 12 or (self.year == 0 and not self.short):
            return False
        try:
            date(2000 if self.short or self.year is None else self.year, self.month, self.day or 1)
        except ValueError:
            return False
        return True

    def same_day(self, other: Moment) -> bool:
        """Whether both can mean the same day: what one of them leaves out counts as the same."""
        if self.month != other.month or (self.day or other.day) != (other.day or self.day):
            return False
        if self.year is None or other.year is None:
            return True
        return self.year % 100 == other.year % 100 if self.short or other.short else self.year == other.year


def month_named(name: str) -> int | None:
    """The number of a month by its name or its short name.

    >>> month_named("Août"), month_named("dic"), month_named("day")
    (8, 12, None)
    """
    plain = unicodedata.normalize("NFD", name.casefold())
    return _MONTH.get("".join(c for c in plain if not unicodedata.combining(c)))


def readings(text: str) -> list[Moment]:
    """Every day (with its time of day, where there is one) that a text can mean, day first, then month first.

    >>> [(m.month, m.day) for m in readings("04/06/2009")]
    [(6, 4), (4, 6)]
    >>> readings("19-Apr-98")[0].same_day(readings("1998-04-19")[0])
    True
    """
    if len(text) > _LONGEST or not re.search("[0-9]", text):
        return []
    found = _WITH_TIME.fullmatch(text)
    clock = read_clock(found) if found else None
    if found and clock:
        days = _days(found["moment"])
        return [Moment(m.year, m.month, m.day, m.short, clock, found["zone"]) for m in days if m.day]
    return list(_days(text))


def _days(text: str) -> Iterator[Moment]:
    seen: set[Moment] = set()
    for moment in (*_numbered(text), *_with_name(text)):
        if moment.real and moment not in seen:
            seen.add(moment)
            yield moment


def _numbered(text: str) -> Iterator[Moment]:
    if found := _NUMBERS.fullmatch(text):
        first, second, third = found[1], found[3], found[4]
        if len(first) == 4 or (len(first) <= 2 and len(third) <= 2):
            short = len(first) != 4
            yield Moment(int(first), int(second), int(third), short)
        if len(first) <= 2 and len(third) != 3:
            short = len(third) != 4
            yield Moment(int(third), int(second), int(first), short)
            yield Moment(int(third), int(first), int(second), short)
        if len(first) == 4 and found[2] != "-":
            yield Moment(int(first), int(third), int(second))
    elif re.fullmatch("[12][0-9]{7}", text):
        yield Moment(int(text[:4]), int(text[4:6]), int(text[6:]))
    elif found := re.fullmatch(r"([0-9]{4})[-/.]([0-9]{1,2})", text):
        yield Moment(int(found[1]), int(found[2]), None)
    elif found := re.fullmatch(r"([0-9]{1,2})[-/.]([0-9]{4})", text):
        yield Moment(int(found[2]), int(found[1]), None)


def _with_name(text: str) -> Iterator[Moment]:
    for pattern in _NAMED:
        found = pattern.fullmatch(text)
        month = month_named(found["name"]) if found else None
        if found and month:
            parts = found.groupdict()
            year = (parts.get("year") or "").lstrip("'’")
            day = int(parts["day"]) if parts.get("day") else None
            yield Moment(int(year) if year else None, month, day, len(year) == 2)


def partial(text: str) -> list[Moment]:
    """What a spreadsheet takes for a date though it is none: `1-2`, `6.10`, `3/98`; the days and months it can mean.

    >>> [(m.month, m.day, m.year) for m in partial("1-2")]
    [(2, 1, None), (1, 2, None), (1, None, 2), (2, None, 1)]
    """
    found = re.fullmatch(r"([0-9]{1,2})([-/.]|\. ?)([0-9]{1,2})\.?", text)
    if not found:
        return []
    first, second = int(found[1]), int(found[3])
    moments = [Moment(None, second, first), Moment(None, first, second)]
    moments += [Moment(second, first, None, short=True), Moment(first, second, None, short=True)]
    return [moment for moment in dict.fromkeys(moments) if moment.real and moment.day != 0]


def clock_of(text: str) -> tuple[int, int, int] | None:
    """A time of day in hours, minutes and seconds; None where the text is none.

    >>> clock_of("3:05 PM"), clock_of("24:00")
    ((15, 5, 0), None)
    """
    found = _TIME.fullmatch(text) if len(text) <= _LONGEST else None
    return read_clock(found) if found else None


def read_clock(found: re.Match[str]) -> tuple[int, int, int] | None:
    """The time of day that the named groups of a match hold; None where no clock shows it."""
    hour, minute, second = int(found["hour"]), int(found["minute"]), int(found["second"] or 0)
    if half := found["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.strip()[0] in "Pp" else 0)
    return (hour, minute, second) if hour < 24 and minute < 60 and second < 60 else None


def of_serial(number: int, *, since_1904: bool = False) -> date | None:
    """The day that a spreadsheet counts as that number; None beyond its calendar.

    Excel counts from 1900 and takes that year for a leap year, so that days before March 1900 are one off; files from
    old Macs count from 1904.

    >>> of_serial(35904).isoformat(), of_serial(34442, since_1904=True).isoformat()
    ('1998-04-19', '1998-04-19')
    """
    if not 0 < number <= (2_957_003 if since_1904 else 2_958_465):
        return None
    return (date(1904, 1, 1) if since_1904 else date(1899, 12, 30)) + timedelta(days=number)
