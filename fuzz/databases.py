"""Damage to SQLite databases and Parquet files: to their bytes, and to what they hold."""

from __future__ import annotations

import contextlib
import io
import sqlite3
import tempfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

from . import jsons, raw, tables

_ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT other.* FROM other, n"
_VALUES: tuple[Any, ...] = (
    None, 0, 1, -1, 2, 2**63 - 1, -(2**63), 0.5, 1e308, float("inf"), b"", b"\xff\x00", "", "a", "2001-04-20",
    "2001-4-2", "x" * 90_000,
    "1", "true", "\ud83d",
)  # fmt: skip


def damaged_sqlite(content: bytes, rng: Random, *, patterns: bool = True) -> bytes:
    """The database after one change; of its bytes where SQLite cannot make it, and now and then."""
    if rng.random() < 0.35:
        return raw.damaged(content, rng)
    with tempfile.TemporaryDirectory() as made:
        path = Path(made) / "a.sqlite"
        path.write_bytes(content)
        try:
            with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as database:
                _change(database, rng, patterns=patterns)
        except (sqlite3.Error, UnicodeError, OverflowError):
            return raw.damaged(content, rng)
        return path.read_bytes()[: raw.LARGEST]


def _change(database: sqlite3.Connection, rng: Random, *, patterns: bool) -> None:
    database.execute("PRAGMA foreign_keys = off")
    database.execute("PRAGMA ignore_check_constraints = on")
    names = [name for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
    name = rng.choice(names or ["nothing"])
    columns = [row[1] for row in database.execute(f"PRAGMA table_info({_quoted(name)})")] or ["x"]
    rng.choice(_SQLITE_ACTS)(database, name, columns, rng, patterns)


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _set(database: sqlite3.Connection, name: str, columns: list[str], rng: Random, _patterns: bool) -> None:
    """A cell, or a column, of another kind."""
    text = tables.cell(rng).encode("utf-8", "replace").decode()
    value = rng.choice(_VALUES) if rng.random() < 0.7 else text
    where = "" if rng.random() < 0.2 else " WHERE rowid = (SELECT rowid FROM " + _quoted(name) + " LIMIT 1)"
    database.execute(f"UPDATE OR IGNORE {_quoted(name)} SET {_quoted(rng.choice(columns))} = ?{where}", (value,))


def _schema(database: sqlite3.Connection, _name: str, _columns: list[str], rng: Random, patterns: bool) -> None:
    """The Table Schema that a table's row in `_tables` keeps."""
    rows = database.execute('SELECT rowid, "schema" FROM _tables').fetchall()
    number, text = rng.choice(rows)
    new = jsons.damaged(str(text).encode("utf-8", "replace"), rng, patterns=patterns)
    database.execute('UPDATE _tables SET "schema" = CAST(? AS TEXT) WHERE rowid = ?', (new, number))


def _structure(database: sqlite3.Connection, name: str, columns: list[str], rng: Random, _patterns: bool) -> None:
    """Another make of tables: what is missing, renamed, only seen, endless or computed."""
    table, column = _quoted(name), _quoted(rng.choice(columns))
    acts = (
        f"DROP TABLE {table}",
        f"ALTER TABLE {table} RENAME TO other",
        f"ALTER TABLE {table} RENAME COLUMN {column} TO other",
        f"ALTER TABLE {table} ADD COLUMN more AS (zeroblob(100000000))",
        f"DELETE FROM {table}",
        f"INSERT INTO {table} SELECT * FROM {table}",
        f"ALTER TABLE {table} RENAME TO other; CREATE VIEW {table} AS SELECT * FROM other",
        f"ALTER TABLE {table} RENAME TO other; CREATE TABLE {table} AS SELECT a.* FROM other a, other b, other c",
        f"ALTER TABLE {table} RENAME TO other; CREATE VIEW {table} AS {_ENDLESS}",
        "PRAGMA user_version = 7; VACUUM",
        "PRAGMA writable_schema = on; UPDATE sqlite_schema SET sql = 'CREATE TABLE x(y)' WHERE type = 'table'",
        f"PRAGMA writable_schema = on; UPDATE sqlite_schema SET rootpage = 1 WHERE name = '{name}'",
        "PRAGMA encoding = 'UTF-16'; VACUUM",
        "PRAGMA journal_mode = wal",
    )
    database.executescript(rng.choice(acts))


_SQLITE_ACTS: tuple[Callable[[sqlite3.Connection, str, list[str], Random, bool], None], ...] = (
    _set,
    _set,
    _schema,
    _structure,
)


def damaged_parquet(content: bytes, rng: Random, *, patterns: bool = True) -> bytes:
    """The Parquet file after one change of its metadata, columns or bytes."""
    if rng.random() < 0.35:
        return raw.damaged(content, rng)
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        table = pq.read_table(io.BytesIO(content))
        out = io.BytesIO()
        pq.write_table(_reshaped(table, rng, patterns=patterns), out)
    except (pa.ArrowException, OSError, ValueError, TypeError, OverflowError):
        return raw.damaged(content, rng)
    return out.getvalue()[: raw.LARGEST]


def _reshaped(table: Any, rng: Random, *, patterns: bool) -> Any:
    import pyarrow as pa

    metadata = dict(table.schema.metadata or {})
    act = rng.randrange(5)
    if act == 0 and metadata:
        key = rng.choice(sorted(metadata))
        return table.replace_schema_metadata({**metadata, key: jsons.damaged(metadata[key], rng, patterns=patterns)})
    if act == 1 and metadata:
        return table.replace_schema_metadata({key: value for key, value in metadata.items() if rng.random() < 0.7})
    number = rng.randrange(max(1, table.num_columns))
    name = table.schema.names[number]
    if act == 2:
        return table.rename_columns(
            [rng.choice(tables.CELLS) if other == name else other for other in table.schema.names]
        )
    if act == 3:
        kinds = (
            pa.string(), pa.int8(), pa.uint64(), pa.float32(), pa.binary(), pa.timestamp("ns"), pa.date64(),
            pa.null(), pa.bool_(),
            pa.decimal128(38, 10), pa.list_(pa.string()), pa.time64("us"), pa.duration("s"), pa.struct([("a",
            pa.string())]),
        )  # fmt: skip
        return table.set_column(number, name, pa.nulls(table.num_rows, rng.choice(kinds)))
    values = (1e308, "x" * 1000, 2**62, True, b"\xff", float("nan"), [1], {"a": 1}, None)
    return table.set_column(number, name, pa.array([rng.choice(values)] * table.num_rows))
