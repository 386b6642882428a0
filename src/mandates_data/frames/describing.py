"""What tables and columns there are, as small frames to look at."""

from __future__ import annotations

import pandas as pd

from ..package.reader import read_rows
from ..package.words import constraints_in_words, json_or_text
from .loading import PackageLike, opened, read_frame


def tables(package: PackageLike | None = None, *, version: str | None = None) -> pd.DataFrame:
    """The tables of the package, one row each, in the order of the descriptor.

    Parameters
    ----------
    package, version
        As for `load`; None for the package that came with this library, as it is.

    Returns
    -------
    pandas.DataFrame
        `name`, `title` (`str`), `rows`, `fields` (`int64`), `primary_key` (names joined with `, `; empty where there
        is none) and `description` (`str`). Nothing is missing.

    Raises
    ------
    TableError
        A file cannot be read as rows.
    """
    found = opened(package, version)
    rows = [
        {
            "name": resource.name,
            "title": resource.title or resource.schema.title,
            "rows": sum(len(batch) for batch in read_rows(found, resource)),
            "fields": len(resource.schema.fields),
            "primary_key": ", ".join(resource.schema.primary_key),
            "description": resource.description or resource.schema.description,
        }
        for resource in found.resources
    ]
    return pd.DataFrame(rows)


def describe(table: str, package: PackageLike | None = None, *, version: str | None = None) -> pd.DataFrame:
    """The columns of a table, one row each, in the order of the schema.

    Parameters
    ----------
    table, package, version
        As for `load`.

    Returns
    -------
    pandas.DataFrame
        `name`, `type` (of the schema), `dtype` (of the frame that `load` gives), `title`, `description`,
        `constraints` (in words; empty where any value is allowed), `example` (all `str`; `example` is `NaN` where the
        schema has none) and `missing`, the number of missing cells (`int64`).

    Raises
    ------
    UnknownNameError, TableError
        As `load` does.
    """
    found = opened(package, version)
    resource = found.resource(table)
    frame = read_frame(found, resource)
    dtypes, missing = frame.dtypes.map(str), frame.isna().sum()
    rows = [
        {
            "name": field.name,
            "type": field.type,
            "dtype": dtypes[field.name],
            "title": field.title,
            "description": field.description,
            "constraints": "; ".join(constraints_in_words(resource.schema, field)),
            "example": None if field.example is None else json_or_text(field.example),
            "missing": int(missing[field.name]),
        }
        for field in resource.schema.fields
    ]
    columns = ("name", "type", "dtype", "title", "description", "constraints", "example", "missing")
    return pd.DataFrame(rows, columns=pd.Index(columns)).astype({"example": "str", "missing": "int64"})
