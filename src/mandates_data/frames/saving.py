"""`save`: a frame back to the canonical CSV of its table. `load` and then `save` gives the same bytes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import CellError, TableError
from ..package.files import replacing
from ..package.model import Field, Schema
from ..package.temporal import Duration
from ..package.types import TEXT_TYPES, compile_field
from ..package.writer import canonical
from .loading import PackageLike, opened

Spell = Callable[[Any], str]


def save(frame: pd.DataFrame, table: str, path: str | Path, package: PackageLike | None = None) -> None:
    """Write a frame as the canonical CSV of a table: the same bytes again for a frame as `load` gives it.

    Rows are sorted by the primary key, columns brought into the schema's order; a missing value becomes an empty
    cell, or the first text that the schema takes for missing. The index is not written. Numbers that were spelled in
    another way than pandas would spell them (`1.50`) come out in pandas' way.

    Parameters
    ----------
    frame
        With the columns of the table, in any order.
    table
        Whose schema is meant.
    path
        Where to write; a file there is replaced whole, or left as it is when anything fails.
    package
        As for `load`.

    Raises
    ------
    TableError
        A column is missing or not of the table, or a value is none of its field; nothing was written.
    UnknownNameError
        The package has no such table.
    WriteError
        The file cannot be written.
    """
    content = to_csv(frame, opened(package).resource(table).schema)
    with replacing(Path(path)) as file:
        file.write(content)


def to_csv(frame: pd.DataFrame, schema: Schema) -> bytes:
    """The canonical bytes of a frame with the columns of the schema; see `save`."""
    _check_columns([str(name) for name in frame.columns], schema)
    columns = [_spelled(schema, field, frame[field.name]) for field in schema.fields]
    return canonical(schema, zip(*columns, strict=True))


def _check_columns(names: list[str], schema: Schema) -> None:
    for told, listed in (
        ("no column", [name for name in schema.field_names if name not in names]),
        ("a column that the table has not", [name for name in names if name not in schema.field_names]),
        ("twice the column", [name for name in schema.field_names if names.count(name) > 1]),
    ):
        if listed:
            raise TableError(f"The frame has {told}: {', '.join(listed)}.", "Give it the columns that `load` gives.")


def _spelled(schema: Schema, field: Field, series: pd.Series[Any]) -> list[str]:
    missing = schema.missing_values_of(field)
    blank = "" if "" in missing or not missing else sorted(missing)[0]
    spell = _SPELLINGS[field.type](field)
    read = compile_field(field)
    texts = []
    for place, (value, is_missing) in enumerate(zip(series, series.isna(), strict=True)):
        try:
            texts.append(blank if is_missing else _checked(spell(value), field, missing, read))
        except (CellError, TypeError, ValueError, AttributeError) as error:
            expected = error.expected if isinstance(error, CellError) else f"a value of type {field.type}"
            raise TableError(
                f"Row {place} of the frame, {field.name}: {value!r}, expected {expected}.",
                "Mend the cell and save again.",
            ) from error
    return texts


def _checked(text: str, field: Field, missing: frozenset[str], read: Callable[[str], object]) -> str:
    """The text, when a reader would get the value back from it."""
    if text in missing:
        raise CellError("a text that does not stand for a missing value")
    if "\n" in text or "\r" in text:
        raise CellError("a text on one line")
    if field.type not in TEXT_TYPES:
        read(text)
    return text


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
