"""One nested JSON document a row: the row with the rows that it leads to and those that lead to it.

The shape follows from the foreign keys. A row that a foreign key leads to stands as an object under the field's name
without `_id` (a mandate's `document_id` gives `document`, whose `summit_id` gives `summit`). The rows of other tables
that lead to the root row stand as an array under their table's name (`items`, `printings`, `mandate_topics`), each
with what it leads to in turn. Foreign keys of a table to itself stay identifiers, and a key with a missing part leads
nowhere. Where such a name is a field's already, or two keys of a table lead to the root, the name says the fields too
(`pairs_by_left_id`), so nothing is left out.

The other tables are held in memory while the root table streams. There is no way back: the tables themselves are
offered as json.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from ..errors import PackageError
from ..package.model import ForeignKey
from .json_rows import as_object, dumped
from .tables import Export, OutTable

Object = Mapping[str, Any]
_Link = tuple[str, str, ForeignKey]
"""The name that rows go by in a document, their table, and the foreign key between."""


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


def _free(wanted: Sequence[str], key: ForeignKey, taken: set[str], table: str = "") -> str:
    """The first name that nothing beside it has; it is taken from then on."""
    last = f"{table or key.resource}_by_{'_'.join(key.fields)}"
    numbered = (f"{last}_{number}" for number in itertools.count(2))
    label = next(name for name in itertools.chain(wanted, [last], numbered) if name not in taken)
    taken.add(label)
    return label


def _objects(table: OutTable) -> Iterator[Object]:
    columns = table.columns
    for batch in table.batches():
        for _line, row in batch:
            yield as_object(columns, row)


class _Nesting:
    """Looks rows up by the keys that lead to them."""

    def __init__(self, export: Export, root: OutTable) -> None:
        self._tables = {table.name: table for table in export.tables}
        for table in export.tables:
            _check_keys(table, self._tables)
        self._root = root
        self._rows = {name: list(_objects(table)) for name, table in self._tables.items() if table is not root}
        self._parents = {name: list(self._links_up(table)) for name, table in self._tables.items()}
        self._children = list(self._links_down())
        self._indexes: dict[tuple[str, tuple[str, ...]], dict[tuple[Any, ...], list[Object]]] = {}

    def _links_up(self, table: OutTable) -> Iterator[_Link]:
        """The foreign keys of a table to others, each with the name that its row goes by."""
        taken = set(table.schema.field_names)
        for key in table.schema.foreign_keys:
            if key.resource in self._rows and key.resource != table.name:
                own = [key.fields[0].removesuffix("_id")] if len(key.fields) == 1 else []
                yield _free([*own, key.resource], key, taken), key.resource, key

    def _links_down(self) -> Iterator[_Link]:
        """The foreign keys of other tables to the root, each with the name that its rows go by."""
        taken = {*self._root.schema.field_names, *(label for label, _resource, _key in self._parents[self._root.name])}
        for name in self._rows:
            keys = [key for key in self._tables[name].schema.foreign_keys if key.resource == self._root.name]
            for key in keys:
                yield _free([name] if len(keys) == 1 else [], key, taken, name), name, key

    def document(self, row: Object) -> dict[str, Any]:
        """The row of the root table with all that belongs to it."""
        found = self._with_parents(self._root.name, row, frozenset({self._root.name}))
        for label, name, key in self._children:
            children = self._found(name, key.fields, tuple(row[field] for field in key.reference_fields))
            above = frozenset({self._root.name, name})
            found[label] = [self._with_parents(name, child, above) for child in children]
        return found

    def _with_parents(self, name: str, row: Object, above: frozenset[str]) -> dict[str, Any]:
        found = dict(row)
        for label, resource, key in self._parents[name]:
            if resource not in above:
                wanted = tuple(row[field] for field in key.fields)
                parents = self._found(resource, key.reference_fields, wanted)
                if parents:
                    found[label] = self._with_parents(resource, parents[0], above | {resource})
        return found

    def _found(self, name: str, fields: tuple[str, ...], wanted: tuple[Any, ...]) -> list[Object]:
        """The rows of a table with these values; a key with a missing part leads nowhere."""
        return [] if None in wanted else self._index(name, fields).get(wanted, [])

    def _index(self, name: str, fields: tuple[str, ...]) -> dict[tuple[Any, ...], list[Object]]:
        if (name, fields) not in self._indexes:
            index: dict[tuple[Any, ...], list[Object]] = {}
            for row in self._rows[name]:
                index.setdefault(tuple(row[field] for field in fields), []).append(row)
            self._indexes[name, fields] = index
        return self._indexes[name, fields]
