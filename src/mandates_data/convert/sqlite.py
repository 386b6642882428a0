"""SQLite: one database with the tables, their keys and indexes, and a full-text index over the texts.

Texts are TEXT, whole numbers INTEGER, numbers REAL, true and false 1 and 0, dates TEXT as `2001-04-20`; a missing value
is NULL; every other type of the Table Schema is the TEXT of its cell. Keys, required values, allowed values and bounds
are the database's own. `_package` holds the facts of the package, `_tables` its tables with their schemas, `_fields`
what each column means. The full-text index of a table, `<table>_search`, does not see accents; it covers the fields
that the descriptor lists in `mandates_data.full_text` and is not kept up when a text is changed in the database.
"""

from __future__ import annotations

import contextlib
import math
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..errors import CapacityError, CellError, MandatesDataError, TableError
from .columns import refused
from .sqlite_layout import Layout, layouts_of, quoted
from .sqlite_reading import database_tables
from .tables import BackTable, Export, OutTable, Row, schema_text

APPLICATION = 0x4D445431
"""What the file's header says of who made it (SQLite's `application_id`): "MDT1"."""

VERSION = 1


def write(export: Export, target: Path) -> None:
    """Write all tables of an export to the database `target`, row by row.

    Raises
    ------
    CapacityError
        SQLite cannot hold a name or a value, or a cell would not come back as it is.
    TableError
        A table cannot be read as rows, or breaks a rule of its own schema that the database holds.
    OSError
        The disk is full, say.
    """
    layouts = layouts_of(export)
    target.write_bytes(b"")
    with contextlib.closing(sqlite3.connect(target, isolation_level=None)) as database:
        # The file is thrown away when anything fails, so no journal has to undo it.
        for setting in ("page_size=4096", "journal_mode=OFF", "synchronous=OFF", f"application_id={APPLICATION}"):
            database.execute(f"PRAGMA {setting}")
        database.execute(f"PRAGMA user_version={VERSION}")
        try:
            database.execute("BEGIN")
            _write_metadata(database, export, layouts)
            for layout in layouts:
                _create(database, layout)
            for layout in layouts:
                _fill(database, layout.table)
            for layout in layouts:
                _finish(database, layout)
            _check_references(database)
            database.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise OSError(error.sqlite_errorcode, str(error)) from error


def read(path: Path) -> Iterator[BackTable]:
    """The tables of a database that `write` made, in the order in which they were written.

    Raises
    ------
    PackageError
        The file is no SQLite database, is damaged, or was not made by mandates-data.
    """
    return database_tables(path)


def _write_metadata(database: sqlite3.Connection, export: Export, layouts: list[Layout]) -> None:
    database.execute('CREATE TABLE "_package" ("name" TEXT NOT NULL PRIMARY KEY, "value" TEXT NOT NULL)')
    database.execute(
        'CREATE TABLE "_tables" ("position" INTEGER PRIMARY KEY, "name" TEXT NOT NULL UNIQUE, "title" TEXT NOT NULL, '
        '"description" TEXT NOT NULL, "schema" TEXT NOT NULL)'
    )
    database.execute(
        'CREATE TABLE "_fields" ("table" TEXT NOT NULL, "position" INTEGER NOT NULL, "name" TEXT NOT NULL, '
        '"type" TEXT NOT NULL, "title" TEXT NOT NULL, "description" TEXT NOT NULL, "note" TEXT NOT NULL, '
        'PRIMARY KEY ("table", "position"))'
    )
    try:
        database.executemany('INSERT INTO "_package" VALUES (?, ?)', export.facts.items())
        for position, layout in enumerate(layouts, 1):
            table = layout.table
            titles = (
                table.resource.title or table.schema.title,
                table.resource.description or table.schema.description,
            )
            database.execute(
                'INSERT INTO "_tables" VALUES (?, ?, ?, ?, ?)',
                (position, table.name, *titles, schema_text(table.schema)),
            )
            for number, field in enumerate(table.schema.fields, 1):
                note = "; ".join(layout.notes.get(field.name, ()))
                told = (field.type, field.title, field.description, note)
                database.execute(
                    'INSERT INTO "_fields" VALUES (?, ?, ?, ?, ?, ?, ?)', (table.name, number, field.name, *told)
                )
    except UnicodeEncodeError as error:
        raise CapacityError(
            f"SQLite cannot hold a text of the descriptor or a schema, which has half of a character in it: "
            f"{error.object[max(error.start - 20, 0) : error.end]!a}.",
            "Mend it there.",
        ) from error


def _create(database: sqlite3.Connection, layout: Layout) -> None:
    try:
        database.execute(layout.create)
    except (sqlite3.Error, UnicodeEncodeError) as error:
        raise CapacityError(
            f"Table {layout.table.name}: SQLite cannot hold it ({error}).", "Run: mandates-data validate"
        ) from error


def _finish(database: sqlite3.Connection, layout: Layout) -> None:
    for statement in layout.finish:
        try:
            database.execute(statement)
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:  # the disk, not the statement
                raise
            raise CapacityError(
                f"SQLite cannot make an index or the full-text index of {layout.table.name}: {error}.",
                "Mend mandates_data.full_text in the descriptor, or rename the field.",
            ) from error


class _Feed:
    """The rows of a table as SQLite takes them; remembers where it is, for the message when one is refused."""

    def __init__(self, table: OutTable) -> None:
        self.line = 0
        self.values: Row = ()
        self.columns = table.columns
        self._table = table
        self._makers = [_MAKERS.get(column.kind) for column in self.columns]

    def rows(self) -> Iterator[Row]:
        typed = any(self._makers)
        for batch in self._table.batches():
            for self.line, self.values in batch:
                yield self._made(self.values) if typed else self.values

    def _made(self, values: Row) -> list[Any]:
        made: list[Any] = []
        for make, value, column in zip(self._makers, values, self.columns, strict=True):
            try:
                made.append(value if make is None or value is None else make(value))
            except CellError as error:
                raise refused(self._table.name, self.line, column, str(value), error) from error
        return made


def _number(value: Any) -> float:
    if value == 0 and math.copysign(1, value) < 0:
        raise CellError("0: SQLite has no zero below it")
    return float(value)


_MAKERS: dict[str, Callable[[Any], Any]] = {"boolean": int, "date": lambda day: day.isoformat(), "number": _number}


def _fill(database: sqlite3.Connection, table: OutTable) -> None:
    feed = _Feed(table)
    marks = ", ".join("?" * len(feed.columns))
    try:
        database.executemany(f"INSERT INTO {quoted(table.name)} VALUES ({marks})", feed.rows())  # noqa: S608 # quoted
    except sqlite3.IntegrityError as error:
        raise TableError(
            f"Table {table.name}, line {feed.line}: {_in_words(table, str(error))} Nothing was written.",
            "Run: mandates-data validate",
        ) from error
    except (UnicodeEncodeError, OverflowError, sqlite3.DataError) as error:
        column, value = next(
            ((column, value) for column, value in zip(feed.columns, feed.values, strict=True) if _is_cause(value)),
            (feed.columns[0], feed.values[0]),
        )
        why = CellError("a text of whole characters, of less than a thousand million bytes")
        raise refused(table.name, feed.line, column, ascii(value), why) from error


def _is_cause(value: object) -> bool:
    return isinstance(value, str) and (
        len(value) > 10**8 or any("\ud800" <= character <= "\udfff" for character in value)
    )


def _in_words(table: OutTable, message: str) -> str:
    rule, _, what = message.partition(" constraint failed: ")
    fields = what.replace(f"{table.name}.", "")
    if rule == "UNIQUE":
        return f"another row has the same {fields}."
    if rule == "NOT NULL":
        return f"{fields} has no value."
    return f"{fields} holds a value that its schema does not allow."


def _check_references(database: sqlite3.Connection) -> None:
    row = database.execute("PRAGMA foreign_key_check").fetchone()
    if row is not None:
        table, number, parent, _key = row
        raise MandatesDataError(
            f"Table {table}, row {number}: it refers to a row of {parent} that is not there. Nothing was written.",
            "Run: mandates-data validate",
        )
