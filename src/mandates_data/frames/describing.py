"""What tables and columns there are, as small frames to look at."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd

from ..package.model import Field, Schema
from ..package.reader import read_rows
from .loading import PackageLike, opened, read_frame


def tables(package: PackageLike | None = None) -> pd.DataFrame:
    """The tables of the package, one row each, in the order of the descriptor.

    Parameters
    ----------
    package
        As for `load`; None for the package that came with this library.

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
    found = opened(package)
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


def describe(table: str, package: PackageLike | None = None) -> pd.DataFrame:
    """The columns of a table, one row each, in the order of the schema.

    Parameters
    ----------
    table, package
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
    found = opened(package)
    resource = found.resource(table)
    frame = read_frame(found, resource)
    rows = [
        {
            "name": field.name,
            "type": field.type,
            "dtype": str(frame[field.name].dtype),
            "title": field.title,
            "description": field.description,
            "constraints": "; ".join(constraints_in_words(resource.schema, field)),
            "example": None if field.example is None else _shown(field.example),
            "missing": int(frame[field.name].isna().sum()),
        }
        for field in resource.schema.fields
    ]
    columns = ("name", "type", "dtype", "title", "description", "constraints", "example", "missing")
    return pd.DataFrame(rows, columns=pd.Index(columns)).astype({"example": "str", "missing": "int64"})


def constraints_in_words(schema: Schema, field: Field) -> list[str]:
    """What the schema asks of a field's values, keys first, each as a short phrase.

    >>> schema = Schema((Field("n", "integer"),), primary_key=("n",))
    >>> constraints_in_words(schema, schema.fields[0])
    ['primary key']
    """
    return [*_keys(schema, field), *_own(field)]


def _keys(schema: Schema, field: Field) -> list[str]:
    words = []
    if field.name in schema.primary_key:
        others = [name for name in schema.primary_key if name != field.name]
        words.append(f"primary key with {', '.join(others)}" if others else "primary key")
    for key in schema.unique_keys:
        if field.name in key:
            others = [name for name in key if name != field.name]
            words.append(f"unique with {', '.join(others)}" if others else "unique")
    for foreign in schema.foreign_keys:
        for name, referenced in zip(foreign.fields, foreign.reference_fields, strict=False):
            if name == field.name:
                words.append(f"refers to {foreign.resource or 'this table'}.{referenced}")
    return words


def _own(field: Field) -> list[str]:
    constraints = field.constraints
    words = [word for word, holds in (("required", constraints.required), ("unique", constraints.unique)) if holds]
    named = {
        "at least": constraints.minimum,
        "more than": constraints.exclusive_minimum,
        "at most": constraints.maximum,
        "less than": constraints.exclusive_maximum,
        "length at least": constraints.min_length,
        "length at most": constraints.max_length,
        "pattern": constraints.pattern,
    }
    words += [f"{word} {_shown(value)}" for word, value in named.items() if value is not None]
    if constraints.enum is not None:
        words.append(f"one of {', '.join(map(_shown, constraints.enum))}")
    return words


def _shown(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
