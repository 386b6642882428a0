"""`frame_schema`: a Table Schema as a pandera schema, for frames that people change in pandas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..errors import CellError, MissingExtraError, TableError
from ..package.model import Field, Schema
from ..package.types import TEXT_TYPES, compile_field, constraint_value
from .columns import DTYPES, categories_of
from .loading import PackageLike, opened

if TYPE_CHECKING:
    import pandera.pandas as pa

Rule = tuple[str, str, Callable[[Any], bool]]
"""A rule for single values: its name, what it expects in words, and whether a value keeps it."""


def frame_schema(table: str, package: PackageLike | None = None) -> pa.DataFrameSchema:
    """The pandera schema of a table: `frame_schema("mandates").validate(frame, lazy=True)`.

    It accepts what `load` gives, and judges a frame as `validate` judges the CSV file that `save` writes of it:
    columns and their dtypes, missing values, bounds, lengths, patterns (matched against the whole text), enumerated
    values, unique values, primary and unique keys, and foreign keys within the table. Foreign keys to other tables,
    the pattern of a field that is not text, and `jsonSchema` are left to `validate`. Values are never coerced.

    Parameters
    ----------
    table, package
        As for `load`.

    Returns
    -------
    pandera.pandas.DataFrameSchema
        Its columns carry the titles and descriptions of the fields. `fieldsMatch` says whether columns may be added,
        left out or moved (Table Schema standard, "fieldsMatch").

    Raises
    ------
    MissingExtraError
        pandera is not installed.
    UnknownNameError
        The package has no such table.
    TableError
        The schema asks for something that is no value of its field.
    """
    resource = opened(package).resource(table)
    try:
        return compile_schema(resource.schema, resource.name, resource.title, resource.description)
    except CellError as error:
        raise TableError(
            f"The schema of {table} cannot be used: expected {error.expected}.", "Run: mandates-data validate"
        ) from error


def compile_schema(schema: Schema, name: str, title: str = "", description: str = "") -> pa.DataFrameSchema:
    """The pandera schema of a Table Schema; see `frame_schema`."""
    _require_pandera()
    import pandera.pandas as pa

    matching = schema.fields_match
    return pa.DataFrameSchema(
        {field.name: _column(schema, field) for field in schema.fields},
        checks=[_unique_key(key) for key in schema.unique_keys] + list(_references(schema)),
        unique=list(schema.primary_key) or None,
        report_duplicates="exclude_first",
        strict=matching in ("exact", "equal", "superset"),
        ordered=matching == "exact",
        unique_column_names=True,
        name=name,
        title=title or schema.title or None,
        description=description or schema.description or None,
    )


def _require_pandera() -> None:
    try:
        import pandera.pandas  # noqa: F401 # the functions below import it by name
    except ImportError as error:
        raise MissingExtraError(
            "frame_schema needs pandera, which is not installed.", "Run: pip install 'mandates-data[pandera]'"
        ) from error


def _column(schema: Schema, field: Field) -> pa.Column:
    import pandera.pandas as pa

    checks = [pa.Check(_each(field, fits), name=name, error=f"expected {words}") for name, words, fits in _rules(field)]
    if field.constraints.unique:
        checks.append(
            pa.Check(lambda series: ~_hashable(series).duplicated(), name="unique", error="stands there twice")
        )
    return pa.Column(
        _dtype(schema, field),
        checks=checks,
        nullable=not (field.constraints.required or field.name in schema.primary_key),
        required=schema.fields_match not in ("superset", "partial"),
        title=field.title or None,
        description=field.description or None,
    )


def _dtype(schema: Schema, field: Field) -> Any:
    """What pandera compares the column's dtype with; it lets every unit of a `datetime64` pass for another."""
    if field.type == "datetime":
        return None
    categories = categories_of(schema, field)
    if categories is not None:
        return categories
    named = DTYPES.get(field.type, "object")
    return pd.PeriodDtype("M") if named == "period[M]" else named


def _each(field: Field, fits: Callable[[Any], bool]) -> Callable[[pd.Series[Any]], pd.Series[Any]]:
    """A check of a whole column from one of a single value. A value of another type keeps no rule."""
    plain = _PLAIN.get(field.type, lambda value: value)

    def keeps(value: Any) -> bool:
        try:
            return fits(plain(value))
        except (TypeError, AttributeError, ValueError):
            return False

    return lambda series: pd.Series([keeps(value) for value in series], index=series.index, dtype="bool")


_PLAIN: dict[str, Callable[[Any], Any]] = {
    "number": lambda value: Decimal(repr(float(value))),
    "date": lambda value: value.date(),
    "datetime": lambda value: value.to_pydatetime() if isinstance(value, pd.Timestamp) else value,
    "yearmonth": lambda value: (value.year, value.month),
}
"""From a value in a frame to what `compile_field` gives for it, where the two differ."""


def _rules(field: Field) -> Iterator[Rule]:
    """The rules that a field has for each of its values, those of its type first."""
    constraints = field.constraints
    if field.type == "string" and field.format != "default":
        yield "format", f"the format {field.format}", _reader(field)
    if field.type == "datetime":
        yield "type", "a date with a time", lambda value: value.isoformat() is not None
    for name, words, limit, fits in _bounds(field):
        yield name, f"{words} {limit}", fits
    if constraints.min_length is not None:
        shortest = constraints.min_length
        yield "minLength", f"a length of at least {shortest}", lambda value: len(value) >= shortest
    if constraints.max_length is not None:
        longest = constraints.max_length
        yield "maxLength", f"a length of at most {longest}", lambda value: len(value) <= longest
    if constraints.pattern is not None and field.type in TEXT_TYPES:
        match = re.compile(constraints.pattern).fullmatch
        yield "pattern", f"a text that fits {constraints.pattern}", lambda value: match(value) is not None
    if constraints.enum is not None:
        allowed = [constraint_value(field, value) for value in constraints.enum]
        yield "enum", f"one of {', '.join(map(str, constraints.enum))}", lambda value: value in allowed


def _reader(field: Field) -> Callable[[Any], bool]:
    read = compile_field(field)

    def fits(value: Any) -> bool:
        try:
            read(value)
        except CellError:
            return False
        return True

    return fits


def _bounds(field: Field) -> Iterator[tuple[str, str, Any, Callable[[Any], bool]]]:
    constraints = field.constraints
    if constraints.minimum is not None:
        least: Any = constraint_value(field, constraints.minimum)
        yield "minimum", "at least", constraints.minimum, lambda value: bool(value >= least)
    if constraints.maximum is not None:
        most: Any = constraint_value(field, constraints.maximum)
        yield "maximum", "at most", constraints.maximum, lambda value: bool(value <= most)
    if constraints.exclusive_minimum is not None:
        below: Any = constraint_value(field, constraints.exclusive_minimum)
        yield "exclusiveMinimum", "more than", constraints.exclusive_minimum, lambda value: bool(value > below)
    if constraints.exclusive_maximum is not None:
        above: Any = constraint_value(field, constraints.exclusive_maximum)
        yield "exclusiveMaximum", "less than", constraints.exclusive_maximum, lambda value: bool(value < above)


def _unique_key(key: tuple[str, ...]) -> pa.Check:
    """No two rows share the key; rows that lack a part of it share it with none, as in SQL."""
    import pandera.pandas as pa

    def unique(frame: pd.DataFrame) -> pd.Series[Any]:
        whole = frame[list(key)].dropna().apply(_hashable)
        return ~whole.duplicated().reindex(frame.index, fill_value=False)

    words = f"{', '.join(key)} stand{'' if len(key) > 1 else 's'} there twice"
    return pa.Check(unique, name="uniqueKeys", error=words, ignore_na=False)


def _references(schema: Schema) -> Iterator[pa.Check]:
    """The foreign keys that lead to the table itself."""
    for foreign in schema.foreign_keys:
        if foreign.resource is None:
            yield _reference(foreign.fields, foreign.reference_fields)


def _reference(fields: tuple[str, ...], reference_fields: tuple[str, ...]) -> pa.Check:
    import pandera.pandas as pa

    def known(frame: pd.DataFrame) -> pd.Series[Any]:
        there = set(zip(*(_hashable(frame[name]) for name in reference_fields), strict=True))
        here = zip(*(_hashable(frame[name]) for name in fields), strict=True)
        absent = frame[list(fields)].isna().all(axis="columns")
        return pd.Series([key in there for key in here], index=frame.index, dtype="bool") | absent

    words = f"{', '.join(fields)} leads to no row of the table"
    return pa.Check(known, name="foreignKeys", error=words, ignore_na=False)


def _hashable(series: pd.Series[Any]) -> pd.Series[Any]:
    if series.dtype != "object":
        return series
    return series.map(lambda value: repr(value) if isinstance(value, (list, dict)) else value)
