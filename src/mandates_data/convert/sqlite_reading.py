"""The tables of a SQLite database, as typed values."""

from __future__ import annotations

import contextlib
import datetime as dt
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..errors import PackageError
from ..package.model import Schema
from .columns import Column, columns_of
from .sqlite_layout import quoted, row_number
from .tables import BackTable, Row, schema_from_text

_MAGIC = b"SQLite format 3\0"
_BATCH = 8192
_ANOTHER = "Name a file that convert wrote, or convert the package again."


def database_tables(path: Path) -> Iterator[BackTable]:
    """The tables of a database, in the order of its table `_tables`.

    Raises
    ------
    PackageError
        As `sqlite.read` says.
    """
    with _opened(path) as database:
        names = {name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        if "_tables" not in names:
            raise PackageError(f"{path} was not written by mandates-data: it has no table _tables.", _ANOTHER)
        tables = database.execute('SELECT t.name, t."schema" FROM "_tables" AS t ORDER BY t.position').fetchall()
    for name, text in tables:
        if not isinstance(name, str) or not isinstance(text, str) or name not in names:
            raise PackageError(f"{path} lists a table {name!r} in _tables that it does not have.", _ANOTHER)
        schema = schema_from_text(text, str(path))
        yield BackTable(name, schema, _rows(path, name, schema))


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[sqlite3.Connection]:
    """The database, to be read only; whatever SQLite objects to is said in one line."""
    try:
        with path.open("rb") as file:
            if file.read(len(_MAGIC)) != _MAGIC:
                raise PackageError(f"{path} is no SQLite database.", _ANOTHER)
    except OSError as error:
        raise PackageError(f"Cannot read {path}: {error.strerror or error}.", "Check the path.") from error
    try:
        with contextlib.closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as database:
            yield database
    except (sqlite3.Error, UnicodeError) as error:
        raise PackageError(f"{path} is damaged: {error}.", _ANOTHER) from error


def _rows(path: Path, name: str, schema: Schema) -> Iterator[list[Row]]:
    columns = columns_of(schema)
    number = row_number(schema)
    with _opened(path) as database:
        held = [row[1] for row in database.execute(f"PRAGMA table_info({quoted(name)})")]
        if missing := [column.field.name for column in columns if column.field.name not in held]:
            raise PackageError(f"The table {name} in {path} has no column {missing[0]!r}.", _ANOTHER)
        listed = ", ".join(f"t.{quoted(column.field.name)}" for column in columns)
        order = f" ORDER BY t.{number}" if number else ""
        cursor = database.execute(f"SELECT {listed} FROM {quoted(name)} AS t{order}")  # noqa: S608 # quoted
        first = 1
        while batch := cursor.fetchmany(_BATCH):
            yield [_typed(path, name, columns, place, row) for place, row in enumerate(batch, first)]
            first += len(batch)


def _typed(path: Path, name: str, columns: tuple[Column, ...], place: int, row: tuple[Any, ...]) -> Row:
    values: list[Any] = []
    for column, value in zip(columns, row, strict=True):
        try:
            values.append(None if value is None else _FROM[column.kind](value))
        except (TypeError, ValueError) as error:
            raise PackageError(
                f"{path}, table {name}, row {place}, column {column.field.name}: {value!r:.60} is no value of type "
                f"{column.field.type}.",
                "Mend it in the database.",
            ) from error
    return values


def _as(kind: type, value: Any) -> Any:
    if type(value) is not kind:
        raise TypeError(kind)
    return value


def _boolean(value: Any) -> bool:
    if type(value) is not int or value not in (0, 1):
        raise TypeError(bool)
    return value == 1


def _float(value: Any) -> float:
    return float(_as(int, value) if isinstance(value, int) else _as(float, value))


def _date(value: Any) -> dt.date:
    day = dt.date.fromisoformat(_as(str, value))
    if day.isoformat() != value:
        raise ValueError(value)
    return day


_FROM: dict[str, Callable[[Any], Any]] = {
    "text": lambda value: _as(str, value),
    "integer": lambda value: _as(int, value),
    "number": _float,
    "boolean": _boolean,
    "date": _date,
}
