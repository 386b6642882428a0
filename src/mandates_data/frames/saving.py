"""`save`: a frame back to the canonical CSV of its table. `load` and then `save` gives the same bytes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd

from ..errors import CellError, TableError
from ..package.files import replacing
from ..package.model import Field, Schema
from ..package.spelling import speller
from ..package.writer import canonical
from .loading import PackageLike, opened


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
    spell = speller(schema, field)
    texts = []
    for place, (value, is_missing) in enumerate(zip(series, series.isna(), strict=True)):
        try:
            texts.append(blank if is_missing else spell(value))
        except CellError as error:
            raise TableError(
                f"Row {place} of the frame, {field.name}: {value!r}, expected {error.expected}.",
                "Mend the cell and save again.",
            ) from error
    return texts
