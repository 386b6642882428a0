"""Between a cell's text and a typed value, for formats that have types of their own.

A value has to give back the very text it came from. So a field is typed only where its type has one canonical
spelling (`KINDS`); cells of every other type travel as text. A cell of a typed field that is spelled otherwise
(`1.10`, `TRUE`) is refused by name, never changed.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from ..errors import CapacityError, CellError
from ..package.model import Field, Schema
from ..package.spelling import speller
from ..package.types import compile_field

Kind = Literal["text", "integer", "number", "boolean", "date"]
Value = str | int | float | bool | dt.date | None
"""A typed value; None is a missing one."""

Read = Callable[[str], Any]

_INT64 = range(-(2**63), 2**63)


@dataclass(frozen=True, slots=True)
class Column:
    """A field with its way to a typed value and back.

    `kind` is the Python type of its values: text `str`, integer `int` (64 bits), number `float`, boolean `bool`,
    date `datetime.date`. `missing` is the text of a missing cell, None where the schema has none.
    """

    field: Field
    kind: Kind
    missing: str | None
    all_missing: frozenset[str]
    read: Read
    spell: Callable[[Any], str]

    def value(self, text: str) -> Value:
        """The typed value of a cell.

        Raises
        ------
        CellError
            The text is no value of the field's type, or its value would come back as another text.
        """
        if text in self.all_missing:
            if text != self.missing:
                raise CellError(f"{self.missing!r} for a missing value")
            return None
        value: Value = self.read(text)
        if self.kind != "text" and (back := self.spell(value)) != text:
            raise CellError(f"the value spelled {back!r}")
        return value

    def text(self, value: Any) -> str:
        """The cell of a typed value.

        Raises
        ------
        CellError
            The value is of another type, or missing where the schema has no text for that.
        """
        if value is None:
            if self.missing is None:
                raise CellError("a value: the schema has no missing ones")
            return self.missing
        if self.kind == "text":
            return _checked(value)
        if self.kind in ("integer", "number") and (isinstance(value, bool) or not isinstance(value, (int, float))):
            raise CellError("a number")
        if self.kind == "number" and isinstance(value, int) and not _is_double(value):
            raise CellError("a number that 64 bits hold exactly")
        if isinstance(value, float) and not math.isfinite(value):
            raise CellError("a finite number")
        return self.spell(value)


def columns_of(schema: Schema) -> tuple[Column, ...]:
    """The columns of a table, in the schema's order."""
    return tuple(_column(schema, field) for field in schema.fields)


def refused(table: str, line: int, column: Column, text: str, error: CellError) -> CapacityError:
    """The refusal of one cell, by table, line and field."""
    shown = text if len(text) <= 60 else text[:59] + "…"
    return CapacityError(
        f"Table {table}, line {line}, field {column.field.name}: {shown!r} cannot be converted exactly; "
        f"expected {error.expected}. Nothing was written.",
        "Mend the cell; mandates-data validate says more.",
    )


def _is_double(value: int) -> bool:
    return abs(value) < 2**1023 and int(float(value)) == value


def _checked(value: Any) -> str:
    if not isinstance(value, str):
        raise CellError("a text")
    if "\0" in value:
        raise CellError("a text without a null character")
    if not value.isascii():
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise CellError("a text without half a character") from error
    return value


def _column(schema: Schema, field: Field) -> Column:
    missing = schema.missing_values if field.missing_values is None else field.missing_values
    kind = _kind(field)
    read = _READERS.get(kind, compile_field)(field)
    spell = str if kind == "text" else speller(schema, field)
    return Column(field, kind, missing[0] if missing else None, frozenset(missing), read, spell)


def _kind(field: Field) -> Kind:
    plain = field.bare_number and not field.group_char and field.decimal_char == "."
    if field.type in ("integer", "year") and plain:
        return "integer"
    if field.type == "number" and plain:
        return "number"
    if field.type == "date" and field.format == "default":
        return "date"
    if field.type == "boolean" and field.true_values and field.false_values:
        return "boolean"
    return "text"


def _text(_field: Field) -> Read:
    return lambda text: text


def _integer(field: Field) -> Read:
    cast = compile_field(field)

    def read(text: str) -> Any:
        value = cast(text)
        if value not in _INT64:
            raise CellError("a whole number of at most 64 bits")
        return value

    return read


def _number(field: Field) -> Read:
    cast = compile_field(field)

    def read(text: str) -> Any:
        value = cast(text)
        assert isinstance(value, Decimal)
        if not value.is_finite():
            raise CellError("a finite number")
        return float(value)

    return read


_READERS: dict[Kind, Callable[[Field], Read]] = {"text": _text, "integer": _integer, "number": _number}
