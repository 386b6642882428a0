"""How a package's tables stand in a SQLite database: names, types, keys, checks and indexes, as SQL.

Whatever SQLite cannot state of a table is left out and told in words (`Layout.notes`), so that nobody takes the
database for stricter than it is.
"""

from __future__ import annotations

import string
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import CapacityError, CellError, PackageError
from ..package.model import Field, ForeignKey, Schema
from ..package.types import TEXT_TYPES, constraint_value
from .columns import Column
from .tables import Export, OutTable

METADATA = ("_package", "_tables", "_fields")
MAX_COLUMNS = 2000
"""In a table of SQLite as everybody builds it ("Limits In SQLite", sqlite.org)."""

_TYPES = {"text": "TEXT", "integer": "INTEGER", "number": "REAL", "boolean": "INTEGER", "date": "TEXT"}
_ROW_NUMBERS = ("rowid", "_rowid_", "oid")
_SHADOWS = ("", "_data", "_idx", "_docsize", "_config")
"""Tables that FTS5 makes beside its own."""

_FOLDED = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)


@dataclass(frozen=True)
class Layout:
    """The SQL for one table: `create` before its rows are there, `finish` afterwards, and what could not be said."""

    table: OutTable
    create: str
    finish: tuple[str, ...]
    notes: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def layouts_of(export: Export) -> list[Layout]:
    """The SQL for every table of an export.

    Raises
    ------
    CapacityError
        SQLite cannot tell two names apart, or needs a name for itself.
    PackageError
        The descriptor asks for a full-text index over a field that is not there.
    """
    searched = {table.name: _searched(export, table) for table in export.tables}
    names = _Names(export, searched)
    schemas = {table.name: table.schema for table in export.tables}
    return [_layout(table, schemas, searched[table.name], names) for table in export.tables]


def quoted(name: str) -> str:
    '''A name as SQL writes it, whatever is in it.

    >>> quoted('a "key"')
    '"a ""key"""'
    '''
    return '"' + name.replace('"', '""') + '"'


def folded(name: str) -> str:
    """A name as SQLite compares it: without regard to case, in ASCII alone."""
    return name.translate(_FOLDED)


def row_number(schema: Schema) -> str | None:
    """The name under which SQLite gives a row's number, None where the table's own columns hide all of them."""
    taken = {folded(name) for name in schema.field_names}
    return next((name for name in _ROW_NUMBERS if name not in taken), None)


class _Names:
    """The names in use, which are those of tables and indexes together."""

    def __init__(self, export: Export, searched: Mapping[str, Sequence[str]]) -> None:
        self._owners = {name: f"the table {name} of this format" for name in METADATA}
        for table in export.tables:
            self._claim(table.name, f"the table {table.name}")
            _check_columns(table)
        for table in export.tables:
            for suffix in _SHADOWS if searched[table.name] else ():
                self._claim(f"{table.name}_search{suffix}", f"the full-text index of {table.name}")

    def _claim(self, name: str, owner: str) -> None:
        check_name(name, owner)
        if folded(name).startswith("sqlite_"):
            raise CapacityError(f"SQLite keeps names such as {name} for itself.", "Rename the table.")
        if other := self._owners.get(folded(name)):
            raise CapacityError(
                f"SQLite cannot tell {owner} from {other}.", "Rename one of the tables, or convert them one by one."
            )
        self._owners[folded(name)] = owner

    def index(self, table: str, fields: Sequence[str]) -> str:
        """A new name for an index."""
        base = name = f"{table}_by_{'_'.join(fields)}"
        number = 1
        while folded(name) in self._owners:
            number += 1
            name = f"{base}_{number}"
        self._owners[folded(name)] = f"the index {name}"
        return name


def check_name(name: str, owner: str) -> None:
    """Refuse a name that no SQL can write: with a null character, or half of a character."""
    try:
        name.encode()
    except UnicodeEncodeError as error:
        raise CapacityError(f"SQLite cannot hold the name of {owner!a}.", "Rename it.") from error
    if "\0" in name:
        raise CapacityError(f"SQLite cannot hold the name of {owner!a}.", "Rename it.")


def _check_columns(table: OutTable) -> None:
    seen: dict[str, str] = {}
    for name in table.schema.field_names:
        check_name(name, f"the field {name} of {table.name}")
        if other := seen.get(folded(name)):
            raise CapacityError(
                f"Table {table.name}: SQLite cannot tell the fields {other} and {name} apart.", "Rename one of them."
            )
        seen[folded(name)] = name
    if len(seen) > MAX_COLUMNS:
        raise CapacityError(
            f"Table {table.name} has {len(seen):,} fields; SQLite holds {MAX_COLUMNS:,}.",
            "Convert it to another format.",
        )
    if not seen or row_number(table.schema) is None:
        what = "with the fields rowid, _rowid_ and oid" if seen else "without fields"
        raise CapacityError(f"Table {table.name}: SQLite cannot hold a table {what}.", "Leave the table out.")


def _layout(table: OutTable, schemas: Mapping[str, Schema], searched: Sequence[str], names: _Names) -> Layout:
    schema = table.schema
    columns = {column.field.name: column for column in table.columns}
    notes: dict[str, list[str]] = {}
    parts = [_column_sql(column, schema) for column in columns.values()]
    keys = _keys(schema)
    for number, key in enumerate(keys):
        word = "PRIMARY KEY" if number == 0 and schema.primary_key else "UNIQUE"
        parts.append(f"{word} ({_listed(key)})")
    finish = []
    for foreign in schema.foreign_keys:
        target = foreign.resource if foreign.resource and foreign.resource != table.name else None
        if reason := _no_reference(foreign, columns, schema if target is None else schemas.get(target)):
            said = f"not held by the database as a reference to {target or table.name}: {reason}"
            for name in foreign.fields:
                notes.setdefault(name, []).append(said)
        else:
            fields, others = _listed(foreign.fields), _listed(foreign.reference_fields)
            parts.append(f"FOREIGN KEY ({fields}) REFERENCES {quoted(target or table.name)} ({others})")
        if not any(key[: len(foreign.fields)] == foreign.fields for key in keys):
            index = quoted(names.index(table.name, foreign.fields))
            finish.append(f"CREATE INDEX {index} ON {quoted(table.name)} ({_listed(foreign.fields)})")
    if searched:
        finish += _search_sql(table, searched)
    create = f"CREATE TABLE {quoted(table.name)} (\n  " + ",\n  ".join(parts) + "\n)"
    return Layout(table, create, tuple(finish), {name: tuple(said) for name, said in notes.items()})


def _keys(schema: Schema) -> list[tuple[str, ...]]:
    """The keys of a table, each once, the primary one first."""
    unique = [(one.name,) for one in schema.fields if one.constraints.unique]
    keys = ([schema.primary_key] if schema.primary_key else []) + unique + list(schema.unique_keys)
    return list({frozenset(key): key for key in reversed(keys)}.values())[::-1]


def _column_sql(column: Column, schema: Schema) -> str:
    name = column.field.name
    kind = _TYPES[column.kind]
    if schema.primary_key == (name,) and kind == "INTEGER":
        kind = "INT"  # INTEGER would make it the row's number, and the rows would lose their order
    needed = column.field.constraints.required or name in schema.primary_key
    checks = [f" CONSTRAINT {quoted(name)} CHECK ({check})" for check in _checks(column)]
    return f"{quoted(name)} {kind}{' NOT NULL' if needed else ''}{''.join(checks)}"


def _checks(column: Column) -> Iterator[str]:
    """What the schema asks of a value, where SQL says the same; a missing value passes, as in the standard."""
    name, constraints = quoted(column.field.name), column.field.constraints
    if constraints.enum is not None:
        values = [_literal(column, value) for value in constraints.enum]
        if values and None not in values:
            yield f"{name} IN ({', '.join(map(str, values))})"
    bounds = {
        ">=": constraints.minimum,
        "<=": constraints.maximum,
        ">": constraints.exclusive_minimum,
        "<": constraints.exclusive_maximum,
    }
    for sign, bound in bounds.items() if column.kind in ("integer", "number", "date") else ():
        literal = None if bound is None else _literal(column, bound)
        if literal is not None:
            yield f"{name} {sign} {literal}"
    if column.field.type == "string":
        for sign, length in ((">=", constraints.min_length), ("<=", constraints.max_length)):
            if isinstance(length, int):
                yield f"length({name}) {sign} {length}"


def _literal(column: Column, value: Any) -> str | None:
    """A value of the schema in SQL, None where SQLite would not hold it exactly."""
    try:
        typed: Any = constraint_value(column.field, value)
        exact = column.read(str(typed)) if column.kind in ("integer", "number") else typed
    except CellError:
        return None
    if column.kind == "number":
        from decimal import Decimal

        return repr(exact) if Decimal(repr(exact)) == typed else None
    if column.kind in ("integer", "boolean"):
        return str(int(exact))
    text = exact.isoformat() if column.kind == "date" else exact
    if not isinstance(text, str) or (column.kind == "text" and column.field.type not in TEXT_TYPES):
        return None
    return None if "\0" in text or not _writable(text) else "'" + text.replace("'", "''") + "'"


def _writable(text: str) -> bool:
    return not any("\ud800" <= character <= "\udfff" for character in text)


def _no_reference(foreign: ForeignKey, columns: Mapping[str, Column], target: Schema | None) -> str | None:
    """Why SQLite cannot hold a reference; None where it can."""
    if target is None:
        return "that table is not in the database"
    if len(foreign.fields) != len(foreign.reference_fields) or not foreign.fields:
        return "its two sides are not of the same length"
    if frozenset(foreign.reference_fields) not in {frozenset(key) for key in _keys(target)}:
        return f"there, {' and '.join(foreign.reference_fields)} is no key"
    for name, other in zip(foreign.fields, foreign.reference_fields, strict=True):
        here = columns[name].field if name in columns else None
        there = next((one for one in target.fields if one.name == other), None)
        if here is None or there is None or not _same_equality(columns[name], here, there):
            return "the fields are not of one type whose values are equal where their cells are"
    return None


def _same_equality(column: Column, here: Field, there: Field) -> bool:
    if here.type in TEXT_TYPES:
        return there.type in TEXT_TYPES
    return column.kind != "text" and here.type == there.type


def _searched(export: Export, table: OutTable) -> tuple[str, ...]:
    setting = export.setting("full_text")
    listed = setting.get(table.name) if isinstance(setting, Mapping) else None
    fields = tuple(listed) if isinstance(listed, list) else ()
    for name in fields:
        if name not in table.schema.field_names:
            raise PackageError(
                f"The descriptor's mandates_data.full_text lists {name!r}, which is no field of {table.name}.",
                "Mend it in the descriptor.",
            )
    return tuple(dict.fromkeys(fields))


def _search_sql(table: OutTable, fields: Sequence[str]) -> list[str]:
    search, number = quoted(f"{table.name}_search"), row_number(table.schema)
    options = f"content={quoted(table.name)}, content_rowid={quoted(str(number))}"
    tokens = "tokenize='unicode61 remove_diacritics 2'"
    return [
        f"CREATE VIRTUAL TABLE {search} USING fts5({_listed(fields)}, {options}, {tokens})",
        f"INSERT INTO {search} ({search}) VALUES ('rebuild')",  # noqa: S608 # the name is quoted
    ]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(map(quoted, names))
