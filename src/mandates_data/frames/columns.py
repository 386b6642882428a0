"""From the cells of one column, as text, to a typed pandas column.

| field type | dtype | a missing cell is |
|---|---|---|
| string, any | `str` | `NaN` |
| integer, year | `Int64` | `pd.NA` |
| number | `float64` (15 to 17 significant digits; no digit beyond them is kept) | `NaN` |
| boolean | `boolean` | `pd.NA` |
| date | `datetime64[s]`, at midnight | `NaT` |
| datetime | `datetime64[us]`; `datetime64[us, UTC]` where every value has a time zone | `NaT` |
| yearmonth | `period[M]` | `NaT` |
| time, duration, list, array, object, geopoint, geojson | `object` | `None` |

A string, any, integer or year field that enumerates its values is a category in the order of the schema: ordered for
an `enum`; for `categories` alone as `categoriesOrdered` says (Table Schema standard, "categories").
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd

from ..errors import CapacityError, CellError
from ..package.model import Field, Schema
from ..package.types import TEXT_TYPES, compile_field, constraint_value

DTYPES = {
    "string": "str",
    "any": "str",
    "integer": "Int64",
    "year": "Int64",
    "number": "float64",
    "boolean": "boolean",
    "date": "datetime64[s]",
    "datetime": "datetime64[us]",
    "yearmonth": "period[M]",
}
"""The dtype of each field type; `object` for every other."""

_ENUMERABLE = ("string", "any", "integer", "year")
_INT64 = range(-(2**63), 2**63)
_LAST_YEAR = 1_000_000  # a period has no room for all that the standard allows


class BadCellError(CellError):
    """A cell's text is no value of its field. `index` counts the column's cells from 0, `text` is the cell."""

    def __init__(self, index: int, text: str, expected: str, kind: str = "type") -> None:
        super().__init__(expected, kind)
        self.index = index
        self.text = text


def categories_of(schema: Schema, field: Field) -> pd.CategoricalDtype | None:
    """The category dtype of a field that enumerates its values; None where it does not.

    Raises
    ------
    CellError
        The schema enumerates something that is no value of the field's type.
    """
    listed = field.categories if field.categories is not None else field.constraints.enum
    if listed is None or field.type not in _ENUMERABLE:
        return None
    missing = schema.missing_values_of(field)
    values = [constraint_value(field, value) for value in listed if not (isinstance(value, str) and value in missing)]
    ordered = field.constraints.enum is not None or field.categories_ordered
    return pd.CategoricalDtype(pd.Index(list(dict.fromkeys(values)), dtype=DTYPES[field.type]), ordered=ordered)


def column(schema: Schema, field: Field, texts: Sequence[str]) -> pd.Series[Any]:
    """The typed column of a field from its cells; the module's table says how it is typed.

    Raises
    ------
    BadCellError
        The first cell that is no value of the field's type, or not among those that the schema enumerates.
    CapacityError
        A value that pandas cannot hold (a whole number beyond 64 bits).
    """
    values = _typed(schema, field, texts)
    categories = categories_of(schema, field)
    if categories is not None:
        return _category(texts, values, categories)
    build = _BUILD.get(field.type)
    if build is not None:
        return build(values)
    return pd.Series(values, dtype=DTYPES.get(field.type, "object"))


def _typed(schema: Schema, field: Field, texts: Sequence[str]) -> list[Any]:
    """The values of the cells, None where missing; each distinct text is cast once."""
    missing = schema.missing_values_of(field)
    if field.type in TEXT_TYPES:
        return [None if text in missing else text for text in texts]
    cast = compile_field(field)
    known: dict[str, Any] = dict.fromkeys(missing)
    for index, text in enumerate(texts):
        if text not in known:
            try:
                known[text] = cast(text)
            except CellError as error:
                raise BadCellError(index, text, error.expected, error.kind) from error
            _check_capacity(field, text, known[text])
    return [known[text] for text in texts]


def _check_capacity(field: Field, text: str, value: Any) -> None:
    too_large = isinstance(value, int) and value not in _INT64
    if field.type == "yearmonth":
        too_large = abs(value[0]) > _LAST_YEAR
    elif field.type == "number":
        too_large = value.is_finite() and float(value) in (float("inf"), float("-inf"))
    if too_large:
        raise CapacityError(
            f"Field {field.name}: pandas cannot hold {text}, which is too large.",
            "Make the field a string in the schema, or read the table with another tool.",
        )


def _category(texts: Sequence[str], values: list[Any], categories: pd.CategoricalDtype) -> pd.Series[Any]:
    known = set(categories.categories)
    for index, value in enumerate(values):
        if value is not None and value not in known:
            listed = ", ".join(map(str, categories.categories))
            raise BadCellError(index, texts[index], f"one of {listed}", "enum")
    return pd.Series(pd.Categorical(values, dtype=categories))


def _numbers(values: list[Any]) -> pd.Series[Any]:
    return pd.Series([float("nan") if value is None else float(value) for value in values], dtype="float64")


def _months(values: list[Any]) -> pd.Series[Any]:
    months = [None if value is None else pd.Period(year=value[0], month=value[1], freq="M") for value in values]
    return pd.Series(pd.PeriodIndex(months, freq="M"))


def _moments(values: list[Any]) -> pd.Series[Any]:
    zones = {value.tzinfo is not None for value in values if value is not None}
    if zones == {True}:
        utc = [None if value is None else value.astimezone(dt.UTC) for value in values]
        return pd.Series(utc, dtype=pd.DatetimeTZDtype("us", "UTC"))
    return pd.Series(values, dtype="object" if len(zones) == 2 else DTYPES["datetime"])


_BUILD: dict[str, Callable[[list[Any]], pd.Series[Any]]] = {
    "number": _numbers,
    "yearmonth": _months,
    "datetime": _moments,
}
