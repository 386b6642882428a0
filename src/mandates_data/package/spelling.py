"""From a typed value back to the text of its cell, in the one spelling that canonical tables use.

Values may be those of `types.compile_field` or what pandas makes of them.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from ..errors import CellError
from .model import Field, Schema
from .temporal import Duration
from .types import TEXT_TYPES, compile_field

Spell = Callable[[Any], str]


def speller(schema: Schema, field: Field) -> Spell:
    """A function from a value that is not missing to the text from which the value is read again.

    The function raises `CellError` for a value of another type and for a text that the schema takes for missing
    or that no table can hold (a null character, half of a character).

    >>> import pandas as pd
    >>> speller(Schema(()), Field("day", "date"))(pd.Timestamp(2009, 4, 19))
    '2009-04-19'

    Raises
    ------
    CellError
        The field's type or format is none of the standard's.
    """
    read = compile_field(field)
    spell = _SPELLINGS[field.type](field)
    missing = schema.missing_values_of(field)

    def checked(value: Any) -> str:
        try:
            text = spell(value)
            text.encode("utf-8")
        except (TypeError, ValueError, AttributeError, LookupError, ArithmeticError) as error:
            raise error if isinstance(error, CellError) else CellError(f"a value of type {field.type}") from error
        if "\0" in text:
            raise CellError("a text without a null character")
        if text in missing:
            raise CellError("a text that does not stand for a missing value")
        if field.type not in TEXT_TYPES:
            read(text)
        return text

    return checked


def _text(_field: Field) -> Spell:
    def spell(value: Any) -> str:
        if not isinstance(value, str):
            raise CellError("a text")
        return value

    return spell


def _integer(_field: Field) -> Spell:
    def spell(value: Any) -> str:
        if value != int(value):
            raise CellError("a whole number")
        return str(int(value))

    return spell


def _number(field: Field) -> Spell:
    def spell(value: Any) -> str:
        number = Decimal(repr(float(value)))
        if not number.is_finite():
            return "INF" if number > 0 else "-INF"
        text = format(number, "f")
        text = text.rstrip("0").rstrip(".") if "." in text else text
        return text.replace(".", field.decimal_char)

    return spell


def _boolean(field: Field) -> Spell:
    def spell(value: Any) -> str:
        if value not in (True, False):
            raise CellError("True or False")
        return field.true_values[0] if value else field.false_values[0]

    return spell


def _date(field: Field) -> Spell:
    def spell(value: Any) -> str:
        if isinstance(value, dt.datetime):
            if value.time() != dt.time():
                raise CellError("a date without a time of day")
            value = value.date()
        return _formatted(field, value)

    return spell


def _moment(field: Field) -> Spell:
    def spell(value: Any) -> str:
        return _formatted(field, value).removesuffix("+00:00") + ("Z" if value.utcoffset() == dt.timedelta() else "")

    return spell


def _formatted(field: Field, value: Any) -> str:
    pattern = field.format.removeprefix("fmt:")
    return str(value.isoformat() if pattern in ("default", "any") else value.strftime(pattern))


def _year(_field: Field) -> Spell:
    return lambda value: f"{'-' if value < 0 else ''}{abs(int(value)):04d}"


def _month(_field: Field) -> Spell:
    return lambda value: f"{'-' if value.year < 0 else ''}{abs(value.year):04d}-{value.month:02d}"


def _duration(_field: Field) -> Spell:
    def spell(value: Duration) -> str:
        sign = "-" if value.months < 0 or value.seconds < 0 else ""
        years, months = divmod(abs(value.months), 12)
        whole, seconds = divmod(abs(value.seconds), 60)
        hours, minutes = divmod(int(whole), 60)
        days, hours = divmod(hours, 24)
        day = "".join(f"{number}{unit}" for number, unit in ((years, "Y"), (months, "M"), (days, "D")) if number)
        time = "".join(f"{number}{unit}" for number, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if number)
        return f"{sign}P{day}{'T' if time else ''}{time}" if day or time else "PT0S"

    return spell


def _list(field: Field) -> Spell:
    return lambda value: field.delimiter.join(str(item) for item in value)


def _json(_field: Field) -> Spell:
    return lambda value: json.dumps(value, ensure_ascii=False)


def _point(_field: Field) -> Spell:
    return lambda value: f"{value[0]}, {value[1]}"


_SPELLINGS: dict[str, Callable[[Field], Spell]] = {
    "string": _text,
    "any": _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "date": _date,
    "datetime": _moment,
    "time": lambda field: lambda value: _formatted(field, value),
    "year": _year,
    "yearmonth": _month,
    "duration": _duration,
    "list": _list,
    "array": _json,
    "object": _json,
    "geojson": _json,
    "geopoint": _point,
}
