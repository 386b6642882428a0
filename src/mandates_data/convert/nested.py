"""One nested JSON document a row: the row with the rows that it leads to and those that lead to it.

The shape follows from the foreign keys. A row that a foreign key leads to stands as an object under the field's name
without `_id` (a mandate's `document_id` gives `document`, whose `summit_id` gives `summit`). The rows of other tables
that lead to the root row stand as an array under their table's name (`items`, `printings`, `mandate_topics`), each
with what it leads to in turn. Foreign keys of a table to itself stay identifiers.

The other tables are held in memory while the root table streams. There is no way back: the tables themselves are
offered as json.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..errors import PackageError
from ..package.model import ForeignKey
from .json_rows import as_object, dumped
from .tables import Export, OutTable

Object = Mapping[str, Any]


def root_of(export: Export) -> OutTable:
    """The table whose rows become documents: `nested_root` in the descriptor's `mandates_data`.

    Raises
    ------
    PackageError
        The descriptor names none that is converted.
    """
    wanted = export.setting("nested_root")
    for table in export.tables:
        if table.name == wanted:
            return table
    raise PackageError(
        f"The descriptor names no table to nest under ({wanted!r}).",
        'Say "mandates_data": {"nested_root": "<table>"} in datapackage.json, and convert that table too.',
    )


def write(export: Export, target: Path) -> None:
    """Write a JSON array with one document a row of the root table, a line each."""
    root = root_of(export)
    nesting = _Nesting(export, root)
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        between = "\n"
        columns = root.columns
        for batch in root.batches():
            for _line, row in batch:
                file.write(between + dumped(nesting.document(as_object(columns, row))))
                between = ",\n"
        file.write("\n]\n")


def _check_keys(table: OutTable, tables: Mapping[str, OutTable]) -> None:
    for key in table.schema.foreign_keys:
        target = table if key.resource is None else tables.get(key.resource)
        sound = len(key.fields) == len(key.reference_fields) and set(key.fields) <= set(table.schema.field_names)
        if not sound or (target and not set(key.reference_fields) <= set(target.schema.field_names)):
            raise PackageError(
                f"A foreign key of the table {table.name} names fields that are not there.",
                "Run: mandates-data validate",
            )


class _Nesting:
    """Looks rows up by the keys that lead to them."""

    def __init__(self, export: Export, root: OutTable) -> None:
        self._tables = {table.name: table for table in export.tables}
        for table in export.tables:
            _check_keys(table, self._tables)
        self._root = root
        self._rows = {
            name: [as_object(table.columns, row) for batch in table.batches() for _line, row in batch]
            for name, table in self._tables.items()
            if table is not root
        }
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Object]]] = {}

    def document(self, row: Object) -> dict[str, Any]:
        """The row of the root table with all that belongs to it."""
        found = self._with_parents(self._root.name, row, frozenset({self._root.name}))
        for name, table in self._tables.items():
            for key in table.schema.foreign_keys:
                if key.resource == self._root.name and name not in found:
                    found[name] = self._children(name, key, row)
        return found

    def _children(self, name: str, key: ForeignKey, row: Object) -> list[dict[str, Any]]:
        wanted = tuple(row[field] for field in key.reference_fields)
        children = self._index(name, key.fields).get(wanted, [])
        return [self._with_parents(name, child, frozenset({self._root.name, name})) for child in children]

    def _with_parents(self, name: str, row: Object, above: frozenset[str]) -> dict[str, Any]:
        found = dict(row)
        for key in self._tables[name].schema.foreign_keys:
            if key.resource is None or key.resource in above or key.resource not in self._rows:
                continue
            wanted = tuple(row[field] for field in key.fields)
            parents = self._index(key.resource, key.reference_fields).get(wanted, [])
            if parents and len(key.fields) == 1:
                label = key.fields[0].removesuffix("_id")
                label = label if label not in found else key.resource
                found[label] = self._with_parents(key.resource, parents[0], above | {key.resource})
        return found

    def _index(self, name: str, fields: tuple[str, ...]) -> dict[tuple[Any, ...], list[Object]]:
        if (name, fields) not in self._indexes:
            index: dict[tuple[Any, ...], list[Object]] = {}
            for row in self._rows[name]:
                index.setdefault(tuple(row[field] for field in fields), []).append(row)
            self._indexes[name, fields] = index
        return self._indexes[name, fields]
