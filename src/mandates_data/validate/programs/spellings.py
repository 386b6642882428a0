"""Values that are no value of their column because a program spelled them: dates, numbers, words for yes and no.

`respelled` reads what stands there, and gives it back as the column wants it where it can mean one thing only.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta

from ...errors import CellError
from ...package.model import FIELD_TYPES, Field
from ...package.types import compile_field
from . import damage_kinds as kinds
from . import damage_text
from .damage_kinds import Damage, Kind
from .damage_numbers import whole_or_decimal
from .damage_values import is_error, yes_or_no
from .moments import Moment, clock_of, of_serial, readings

Spelled = tuple[Kind, list[str]]
"""A kind, and all that the cell can mean, in plain signs."""


def respelled(text: str, field: Field) -> Damage | None:
    """What a program made of a value that is not text; None where it is a value of the field, or no program's doing."""
    if field.type not in FIELD_TYPES or _reads(text, field):
        return None
    found = meanings(text, field)
    if found is None:
        return None
    kind, values = found
    return Damage(kind.slug, kind.words, values[0] if len(values) == 1 else None)


def meanings(text: str, field: Field) -> Spelled | None:
    """The kind of a cell that is no value of its field, and all the values that it can mean."""
    for kind, values in _spelled(text, field):
        return kind, [value for value in dict.fromkeys(values) if _reads(value, field)]
    return None


def _reads(text: str, field: Field) -> bool:
    try:
        compile_field(field)(text)
    except CellError:
        return False
    return True


def _spelled(text: str, field: Field) -> Iterator[Spelled]:
    if is_error(text):
        yield kinds.ERROR_VALUE, []
    elif re.fullmatch("#{3,}", text):
        yield kinds.TOO_NARROW, []
    plain = damage_text.spaced(text).strip()
    if damage_text.spaced(text) != text and _reads(plain, field):
        yield kinds.SPECIAL_SPACES if len(plain) < len(damage_text.spaced(text)) else kinds.UNSEEN, [plain]
    if text[:1] == "'" and _reads(text[1:], field):
        yield kinds.APOSTROPHE_LEFT, [text[1:]]
    if (wrapped := re.fullmatch('="(.*)"', text)) and _reads(wrapped[1], field):
        yield kinds.FORMULA_WRAPPED, [wrapped[1]]
    if field.type in ("date", "datetime", "yearmonth", "year", "time"):
        yield from _moment(text, field)
    elif field.type in ("integer", "number"):
        yield from _number(text, field)
    elif field.type == "boolean":
        yield from _boolean(text, field)


def _moment(text: str, field: Field) -> Iterator[Spelled]:
    if field.type == "time":
        clock = clock_of(text) or _clock_of_part(text)
        if clock:
            yield kinds.TIME_REWRITTEN, [_written(field, Moment(None, 1, 1, clock=clock))]
        return
    found = [moment for moment in readings(text) if moment.year is not None]
    if found:
        yield kinds.DATE_REWRITTEN, [_written(field, moment) for moment in _with_century(found)]
    elif serial := re.fullmatch(r"([1-9][0-9]{4})(?:[.,]([0-9]+))?", text):
        day = of_serial(int(serial[1]))
        clock = _clock_of_part(f"0.{serial[2]}") if serial[2] else (0, 0, 0)
        if day and clock and (field.type == "datetime" or clock == (0, 0, 0)):
            yield kinds.DATE_SERIAL, [_written(field, Moment(day.year, day.month, day.day, clock=clock))]


def _with_century(found: list[Moment]) -> Iterator[Moment]:
    """Of two digits nobody knows the century: both that are near are meant."""
    for moment in found:
        years = [moment.year or 0]
        if moment.short:
            years = [century + years[0] % 100 for century in (1900, 2000)]
        of_years = (replace(moment, year=year, short=False) for year in years)
        yield from (of_year for of_year in of_years if of_year.real)


def _clock_of_part(text: str) -> tuple[int, int, int] | None:
    """The time of day that a spreadsheet counts as that part of a day."""
    found = re.fullmatch(r"0?[.,]([0-9]{1,17})", text)
    if not found:
        return None
    seconds = round(float(f"0.{found[1]}") * 86400)
    return (seconds // 3600, seconds // 60 % 60, seconds % 60) if seconds < 86400 else None


def _written(field: Field, moment: Moment) -> str:
    """A moment in the form of the field; empty where the calendar or the field has no such one."""
    clock = moment.clock or (0, 0, 0)
    whole = datetime(moment.year or 1, moment.month, moment.day or 1, *clock)
    pattern = field.format.removeprefix("fmt:")
    if field.type == "year":
        return f"{whole.year:04d}" if (whole.month, whole.day) == (1, 1) else ""
    if field.type == "yearmonth":
        return f"{whole.year:04d}-{whole.month:02d}"
    if field.type != "time" and (moment.day is None or (field.type == "date" and any(clock))):
        return ""
    if "%" in pattern:
        return whole.strftime(pattern)
    zone = "Z" if (moment.zone or "").strip() in ("UTC", "GMT") else moment.zone or ""
    parts = {"date": whole.date().isoformat(), "time": whole.time().isoformat()}
    return parts.get(field.type, whole.isoformat() + zone)


def _number(text: str, field: Field) -> Iterator[Spelled]:
    day = next((m for m in readings(text) if m.year is not None and m.day and not m.short), None)
    if day and not re.fullmatch("[0-9]+", text):
        serial = (date(day.year or 1, day.month, day.day or 1) - date(1899, 12, 30)) // timedelta(days=1)
        many = len(readings(text)) > 1
        yield kinds.NUMBER_AS_DATE, [] if many or serial < 61 else [str(serial)]
        return
    if re.fullmatch(r"[+-]?[0-9][.,][0-9]+E[+-]?[0-9]{1,3}", text):
        yield kinds.EXPONENT, []
        return
    yield from whole_or_decimal(text, field)


def _boolean(text: str, field: Field) -> Iterator[Spelled]:
    value = yes_or_no(text)
    if value is not None:
        words = field.true_values if value else field.false_values
        yield kinds.BOOLEAN, [word for word in words if isinstance(word, str)][:1]
