"""Rows by field, as texts: for whoever asks what a table says and not what types it has."""

from __future__ import annotations

from collections.abc import Iterator

from .corrections import read_ledger
from .model import Package
from .reader import read_rows


class Row(dict[str, str]):
    """A row; a missing value, and a field that the table has not, is the empty text."""

    def __missing__(self, name: str) -> str:
        return ""


def rows_of(package: Package, table: str, *fields: str, printed: bool = False) -> Iterator[Row]:
    """The rows of a table in its order; with `printed`, as they were before every correction.

    Raises
    ------
    UnknownNameError
        There is no such table, or it lacks one of the `fields`.
    TableError
        It cannot be read as rows, or the ledger of corrections does not lead to it; `validate` tells why.
    """
    resource = package.resource(table)
    schema = resource.schema
    for field in fields:
        schema.field(field)
    ledger = read_ledger(package) if printed else None
    missing = [schema.missing_values_of(field) for field in schema.fields]
    replaced = any(values - {""} for values in missing)
    for batch in read_rows(package, resource):
        for record in batch:
            cells = record.cells if ledger is None else ledger.undone(resource, record.cells)
            if replaced:
                cells = ["" if cell in values else cell for cell, values in zip(cells, missing, strict=True)]
            yield Row(zip(schema.field_names, cells, strict=True))


class Tables:
    """The tables of a package, each read once; a table that is not there has no rows."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self._read: dict[str, tuple[Row, ...]] = {}

    def __contains__(self, name: object) -> bool:
        return name in self.package.resource_names

    def __getitem__(self, name: str) -> tuple[Row, ...]:
        """All rows of a table, in its order. Raises `TableError` where it cannot be read."""
        if name not in self._read:
            self._read[name] = tuple(rows_of(self.package, name)) if name in self else ()
        return self._read[name]

    def by_key(self, name: str, key: str) -> dict[str, Row]:
        """The rows of a table by their value of a field."""
        return {row[key]: row for row in self[name]}

    def grouped(self, name: str, key: str) -> dict[str, list[Row]]:
        """The rows of a table by a field that several may share."""
        found: dict[str, list[Row]] = {}
        for row in self[name]:
            found.setdefault(row[key], []).append(row)
        return found


def whole(text: str) -> int:
    """A cell as a whole number; -1 where it is none, or has more digits than Python reads.

    >>> whole("12"), whole(""), whole("9" * 5000)
    (12, -1, -1)
    """
    return int(text) if text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS else -1


_MOST_DIGITS = 18
