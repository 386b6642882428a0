"""`frame_schema`: a Table Schema as a pandera schema, for frames that people change in pandas."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from ..errors import CellError, MissingExtraError, TableError
from ..package.model import Constraints, Field, ForeignKey, Schema
from ..package.spelling import speller
from ..package.words import constraints_in_words
from ..validate.cells import Column as Judge
from .columns import DTYPES, categories_of
from .loading import PackageLike, opened

if TYPE_CHECKING:
    import pandera.pandas as pa

SeriesCheck = Callable[["pd.Series[Any]"], "pd.Series[Any]"]
"""A check of a column without its missing values: True where a value is good."""


def frame_schema(table: str, package: PackageLike | None = None) -> pa.DataFrameSchema:
    """The pandera schema of a table: `frame_schema("mandates").validate(frame, lazy=True)`.

    It accepts what `load` gives, and judges a frame as `validate` judges the CSV file that `save` writes of it:
    columns and their dtypes, missing values, bounds, lengths, patterns (matched against the whole text), enumerated
    values, unique values, primary and unique keys, and foreign keys within the table. Foreign keys to other tables
    are left to `validate`. Values are never coerced: what is no longer of the dtype that `load` gives is told.

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
        checks=[_unique_key(schema, key) for key in schema.unique_keys]
        + [_reference(schema, key) for key in schema.foreign_keys if key.resource is None],
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
            "frame_schema needs pandera, which is not installed.", 'Run: pip install "mandates-data[pandera]"'
        ) from error


def _column(schema: Schema, field: Field) -> pa.Column:
    import pandera.pandas as pa

    checks = [pa.Check(check, name=name, error=f"expected {words}") for name, words, check in _checks(schema, field)]
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
        return None  # with and without a time zone; the check of the type tells the rest
    categories = categories_of(schema, field)
    if categories is not None:
        return categories
    named = DTYPES.get(field.type, "object")
    return pd.PeriodDtype("M") if named == "period[M]" else named


def _checks(schema: Schema, field: Field) -> Iterator[tuple[str, str, SeriesCheck]]:
    """The checks of a column, one for its type and one a constraint: name, what it expects, and the check itself.

    Each asks the exact judge of `validate` about the cell that `save` would write, so the two cannot disagree.
    """
    bare = dataclasses.replace(field, constraints=Constraints(), categories=None)
    fits = _judge(schema, bare)
    yield "type", f"a value of type {field.type} that a cell can hold", _each(fits)
    reduced = [
        (name, dataclasses.replace(bare, constraints=Constraints(**{name: value})))
        for name in _JUDGED
        if (value := getattr(field.constraints, name)) is not None
    ]
    if field.categories is not None:
        reduced.append(("categories", dataclasses.replace(bare, categories=field.categories)))
    for name, alone in reduced:
        words = "; ".join(constraints_in_words(Schema(()), alone)) or "one of the categories"
        yield name, words, _each(_unless_untyped(fits, _judge(schema, alone)))
    if field.constraints.unique:
        yield "unique", "a value that stands there once", lambda series: _once(_typed(schema, field, series))


_JUDGED = (
    "min_length", "max_length", "minimum", "maximum", "exclusive_minimum", "exclusive_maximum", "pattern", "enum",
)  # fmt: skip


def _judge(schema: Schema, field: Field) -> Callable[[Any], bool]:
    spell = speller(schema, field)
    judge = Judge(field, schema, None)

    def fits(value: Any) -> bool:
        try:
            return not judge.problems(spell(value))
        except CellError:
            return False

    return fits


def _unless_untyped(typed: Callable[[Any], bool], fits: Callable[[Any], bool]) -> Callable[[Any], bool]:
    """A value of another type is told once, by the check of the type."""
    return lambda value: fits(value) or not typed(value)


def _each(fits: Callable[[Any], bool]) -> SeriesCheck:
    return lambda series: pd.Series([fits(value) for value in series], index=series.index, dtype="bool")


def _unique_key(schema: Schema, key: tuple[str, ...]) -> pa.Check:
    """No two rows share the key; rows that lack a part of it share it with none, as in SQL."""
    import pandera.pandas as pa

    def unique(frame: pd.DataFrame) -> pd.Series[Any]:
        return _once(_keys(schema, frame, key))

    error = f"expected no two rows with the same {', '.join(key)}"
    return pa.Check(unique, name="uniqueKeys", error=error, ignore_na=False)


def _reference(schema: Schema, key: ForeignKey) -> pa.Check:
    """A foreign key that leads to the table itself. A row may lack all of it, and not a part of it."""
    import pandera.pandas as pa

    def known(frame: pd.DataFrame) -> pd.Series[Any]:
        there = set(_keys(schema, frame, key.reference_fields).dropna())
        absent = frame[list(key.fields)].isna().all(axis="columns")
        return _keys(schema, frame, key.fields).isin(there) | absent

    error = f"expected {', '.join(key.fields)} to name a row of the table"
    return pa.Check(known, name="foreignKeys", error=error, ignore_na=False)


def _once(keys: pd.Series[Any]) -> pd.Series[Any]:
    """Where a key stands for the first time, or is missing."""
    return ~keys.duplicated() | keys.isna()


def _keys(schema: Schema, frame: pd.DataFrame, names: tuple[str, ...]) -> pd.Series[Any]:
    """The rows' keys as tuples of typed values, None where a part is missing."""
    parts = [_typed(schema, schema.field(name), frame[name]) for name in names]
    keys = [None if any(part is None for part in key) else key for key in zip(*parts, strict=True)]
    return pd.Series(keys, index=frame.index, dtype="object")


def _typed(schema: Schema, field: Field, series: pd.Series[Any]) -> pd.Series[Any]:
    """The values as `validate` compares them, None where one is missing or of another type."""
    spell = speller(schema, field)
    judge = Judge(field, schema, None)

    def typed(value: Any) -> Any:
        try:
            return judge.typed(spell(value))
        except CellError:
            return None

    values = [None if gone else typed(value) for value, gone in zip(series, series.isna(), strict=True)]
    return pd.Series(values, index=series.index, dtype="object")
