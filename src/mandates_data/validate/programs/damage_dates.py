"""What programs make of dates and times, and of texts and numbers that they take for such."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

from ...package.model import Field
from . import damage_kinds as kinds
from .damage_kinds import Kind
from .moments import Moment, clock_of, of_serial, partial, readings

Said = tuple[Kind, ...]

_SERIAL = re.compile(r"([0-9]{1,7})(?:[.,]([0-9]{1,17}))?")
_MIDNIGHT = (0, 0, 0)
_SHIFT = 1462
"""Days between the calendars of Excel that begin in 1900 and in 1904."""
_EPOCH = date(1970, 1, 1)


def change_of_moment(old: str, new: str, field: Field) -> Said:
    """The kinds that make `new` of `old`, where one of the two is a date or a time; empty where none does."""
    if len(old) > 50 or len(new) > 50 or not re.search("[0-9]", old) or not re.search("[0-9]", new):
        return ()
    if field.type in ("integer", "number", "boolean", "geopoint"):
        kind = _number_as_date(old, new, typed=False)
        return (kind,) if kind else ()
    typed = field.type in ("date", "datetime", "yearmonth", "time", "year")
    for judge in _JUDGES:
        if kind := judge(old, new, typed):
            return (kind,)
    return ()


def _rewritten(old: str, new: str, typed: bool) -> Kind | None:
    """The same day in other signs. In a column of texts only as a spreadsheet writes it: a person restyles a date."""
    if not typed and (not _by_program(new) or (_iso(new) and not _iso(old))):
        return None
    for before in _before(old, typed):
        for after in readings(new):
            if not before.same_day(after) or after.year is None or (before.day is None and after.day not in (None, 1)):
                continue
            if after.day is None and before.day is not None:
                return kinds.DAY_LOST if typed and not after.clock else None
            kind = _clocks(before, after)
            if kind:
                return kinds.SWAPPED if _same_form(old, new) else kind
    return None


def _before(old: str, typed: bool) -> list[Moment]:
    found = readings(old)
    if not typed:
        return [moment for moment in found if moment.year is not None and (moment.day or "-" in old)]
    if re.fullmatch(r"[0-9]{4}", old):
        found.append(Moment(int(old), 1, None))
    return found


def _same_form(old: str, new: str) -> bool:
    """Whether two dates differ in their digits only."""
    return re.sub("[0-9]", "0", old) == re.sub("[0-9]", "0", new)


def _clocks(before: Moment, after: Moment) -> Kind | None:
    if before.clock is None:
        return kinds.DATE_REWRITTEN if after.clock in (None, _MIDNIGHT) else None
    if after.clock is None:
        return kinds.DATE_REWRITTEN if before.clock == _MIDNIGHT else kinds.TIME_LOST
    same = before.clock == after.clock or (before.clock[:2] == after.clock[:2] and not after.clock[2])
    zones = (before.zone or "").replace("Z", "+00:00"), (after.zone or "").replace("Z", "+00:00")
    return kinds.DATE_REWRITTEN if same and (zones[0] == zones[1] or not after.zone) else None


def _by_program(text: str) -> bool:
    """Whether a spreadsheet or a program shows a date so by itself, rather than a person."""
    name = re.search(r"[^\W\d_]{3,}", text.partition("T")[0])
    return name is None or (len(name.group()) < 5 and re.search(r"(?:-|\. ?)[^\W\d_]|[^\W\d_][-.]", text) is not None)


def _serial(old: str, new: str, typed: bool) -> Kind | None:
    """A date as the number of its day, or as the seconds since 1970."""
    found = _SERIAL.fullmatch(new)
    if not found:
        return _epoch(old, new)
    for before in _before(old, typed):
        if before.year is None or before.short:
            continue
        day = date(before.year, before.month, before.day or 1)
        seconds = _seconds(before.clock or _MIDNIGHT)
        shown = float(f"0.{found[2] or 0}") * 86400
        if abs(shown - seconds) > 1 and (found[2] or before.clock is None):
            continue
        for since_1904 in (False, True):
            if of_serial(int(found[1]), since_1904=since_1904) == day and int(found[1]) > 59:
                return kinds.DATE_SERIAL
    return None


def _epoch(old: str, new: str) -> Kind | None:
    if not re.fullmatch(r"-?[0-9]{8,19}", new):
        return None
    for before in readings(old):
        if before.year and not before.short and before.day:
            days = (date(before.year, before.month, before.day) - _EPOCH) // timedelta(days=1)
            seconds = days * 86400 + _seconds(before.clock or _MIDNIGHT)
            if seconds and int(new) in (seconds, seconds * 10**3, seconds * 10**6, seconds * 10**9):
                return kinds.DATE_SERIAL
    return None


def _seconds(clock: tuple[int, int, int]) -> int:
    return clock[0] * 3600 + clock[1] * 60 + clock[2]


def _moved(old: str, new: str, typed: bool) -> Kind | None:
    """Another day, written as before, which a program makes of the first by a known mistake."""
    del typed
    before, after = _iso(old), _iso(new)
    if before is None or after is None or old[10:] != new[10:]:
        return None
    if abs((before - after).days) == _SHIFT:
        return kinds.SHIFTED
    if (before.year, before.month, before.day) == (after.year, after.day, after.month):
        return kinds.SWAPPED
    if (before.month, before.day) == (after.month, after.day) and abs(before.year - after.year) == 100:
        return kinds.CENTURY
    return None


def _iso(text: str) -> date | None:
    if not re.match(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:$|T)", text):
        return None
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def _text_as_date(old: str, new: str, typed: bool) -> Kind | None:
    """`1-2` to `2-Jan`, `MARCH1` to `1-Mar`, `6.10` to `06. Okt`, or to the number or the ISO form of such a day."""
    if typed:
        return None
    befores = [*partial(old), *_named(old)]
    if not befores:
        return None
    afters = list(_shown_by_program(new))
    for before in befores:
        for after in afters:
            if not before.same_day(after) or after.clock not in (None, _MIDNIGHT):
                continue
            if before.day is not None or after.day in (None, 1):
                return kinds.TEXT_AS_DATE
    return None


def _named(old: str) -> Iterator[Moment]:
    """`SEPT2`, `Mar-94`, `2-3-1`, `2001-2`: not what `date-rewritten` knows, a whole day in ISO form."""
    for moment in readings(old):
        if moment.year is None or moment.short or moment.day is None:
            yield moment


def _shown_by_program(new: str) -> Iterator[Moment]:
    found = _SERIAL.fullmatch(new)
    day = of_serial(int(found[1])) if found and not found[2] else None
    if day and 1990 <= day.year <= 2100:
        yield Moment(day.year, day.month, day.day)
    if _by_program(new):
        named = re.search(r"[^\W\d_]{3,}", new) is not None
        for moment in readings(new):
            if moment.year is not None or named:
                yield moment


def _number_as_date(old: str, new: str, typed: bool) -> Kind | None:
    del typed
    if not re.fullmatch("[0-9]{1,6}", old):
        return None
    day = of_serial(int(old))
    for after in readings(new):
        if day is None or after.year is None or after.day is None or after.clock not in (None, _MIDNIGHT):
            continue
        days = (day, day + timedelta(days=1)) if day < date(1900, 3, 1) else (day,)
        if any(Moment(d.year, d.month, d.day).same_day(after) for d in days):
            return kinds.NUMBER_AS_DATE
    return None


def _time(old: str, new: str, typed: bool) -> Kind | None:
    """A time of day, or a text such as `1:30` that was taken for one."""
    before = clock_of(old)
    if before is None:
        return None
    kind = kinds.TIME_REWRITTEN if typed else kinds.TEXT_AS_TIME
    after = clock_of(new)
    if after is not None:
        same = before == after or (before[:2] == after[:2] and not after[2])
        longer = new.count(":") > old.count(":") or len(new.partition(":")[0]) > len(old.partition(":")[0])
        return kind if same and (typed or longer) else None
    found = re.fullmatch(r"0?[.,]([0-9]{2,17})", new)
    if found and abs(float(f"0.{found[1]}") * 86400 - _seconds(before)) < 1:
        return kind
    first = re.match(r"(?:1899-12-3[01]|1900-01-0[01]|[0-9]{1,2}/[0-9]{1,2}/(?:1899|1900))[T ]", new)
    return kind if first and clock_of(new[first.end() :]) == before else None


_JUDGES: tuple[Callable[[str, str, bool], Kind | None], ...] = (
    _text_as_date, _rewritten, _serial, _moved, _time, _number_as_date,
)  # fmt: skip
