"""The ledger of corrections: which table it is, its rows by cell, and the cells as they were before all of them.

The descriptor's `mandates_data.corrections` is `{"table": NAME}` or the name alone; `"fields": {TABLE: [FIELD, ...]}`
beside it limits the ledger in some tables to some fields. This is the one place that undoes corrections: the proof of
provenance, `load(text="printed")` and `show` ask here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..errors import TableError, brief
from .model import Package, Resource
from .reader import read_rows

FIELDS = ("correction_id", "table", "row_id", "field", "old", "new")
"""What a ledger cannot do without. `old` and `new` are whole cells; `row_id` is the key, its parts joined with `/`."""

WORDS = ("kind", "reason", "evidence")
"""What a person says of a correction, and no program can know."""

VERSION = "version"
"""The release that carries a correction first; empty until then."""

CellName = tuple[str, str, str]
"""Table, row and field."""

_COUNT = re.compile(r"\.([1-9][0-9]{0,8})\Z")


@dataclass(frozen=True, slots=True)
class Promise:
    """What a package says of its ledger: the table, and by table the fields that are corrected through it."""

    table: str
    fields: Mapping[str, tuple[str, ...]]

    def covers(self, table: str, field: str) -> bool:
        """Whether a change of this column is written down in the ledger. A table that is not named is covered whole."""
        return table not in self.fields or field in self.fields[table]


def promise_of(package: Package) -> Promise | None:
    """What the descriptor says of the ledger; None where it says nothing that can be used."""
    value = package.setting("corrections")
    table = value.get("table") if isinstance(value, Mapping) else value
    if not isinstance(table, str):
        return None
    listed = value.get("fields") if isinstance(value, Mapping) else None
    fields = listed if isinstance(listed, Mapping) else {}
    return Promise(table, {str(t): tuple(map(str, names)) for t, names in fields.items() if isinstance(names, list)})


def lacking(package: Package, promise: Promise) -> str | None:
    """Why the ledger cannot be used, as the end of a sentence; None where it can."""
    if promise.table not in package.resource_names:
        return f"names the table {brief(promise.table)}, which is not there"
    names = package.resource(promise.table).schema.field_names
    missing = [name for name in FIELDS if name not in names]
    return f"names the table {brief(promise.table)}, which has no column {brief(missing[0])}" if missing else None


def count_of(correction_id: str) -> int:
    """The number at the end of an identifier; 0 where there is none.

    >>> count_of("1998-santiago-poa-019.text.2"), count_of("text.02")
    (2, 0)
    """
    found = _COUNT.search(correction_id)
    return int(found[1]) if found else 0


class Ledger:
    """The corrections of each cell, oldest first."""

    def __init__(self, corrections: Iterable[Mapping[str, str]]) -> None:
        self.of_cell: dict[CellName, list[Mapping[str, str]]] = {}
        for row in sorted(corrections, key=lambda row: (count_of(row["correction_id"]), row["correction_id"])):
            self.of_cell.setdefault((row["table"], row["row_id"], row["field"]), []).append(row)
        self._of_row: dict[tuple[str, str], list[str]] = {}
        for table, row_id, field in self.of_cell:
            self._of_row.setdefault((table, row_id), []).append(field)

    def of(self, table: str, row_id: str, field: str) -> Sequence[Mapping[str, str]]:
        """The corrections of one cell."""
        return self.of_cell.get((table, row_id, field), ())

    def fields(self, table: str, row_id: str) -> Sequence[str]:
        """The fields of a row that were corrected."""
        return self._of_row.get((table, row_id), ())

    def oldest(self, table: str, row: str, field: str, text: str) -> str:
        """The text before any correction; the text itself where there is none."""
        found = self.of(table, row, field)
        return found[0]["old"] if found else text

    def newest(self, table: str, row: str, field: str, printed: str) -> str:
        """The text after every correction; what was printed where there is none."""
        found = self.of(table, row, field)
        return found[-1]["new"] if found else printed

    def undone(self, resource: Resource, cells: Sequence[str]) -> list[str]:
        """A row of a table, its cells in the schema's order, as it was before all corrections.

        Raises
        ------
        TableError
            The ledger does not lead to a cell as it stands, so that nobody knows what stood there before.
        """
        names = resource.schema.field_names
        row_id = row_id_of(resource, cells)
        undone = list(cells)
        for field in self.fields(resource.name, row_id):
            if field in names:
                place = names.index(field)
                self._check(resource.name, row_id, field, cells[place])
                undone[place] = self.oldest(resource.name, row_id, field, cells[place])
        return undone

    def _check(self, table: str, row_id: str, field: str, text: str) -> None:
        steps = self.of(table, row_id, field)
        here = steps[0]["old"]
        for step in (*steps, {"old": text, "new": text}):
            if step["old"] != here:
                raise TableError(
                    f"The corrections of {field} in {row_id} ({table}) do not lead to the cell as it stands.",
                    "Run: mandates-data validate",
                )
            here = step["new"]


def row_id_of(resource: Resource, cells: Sequence[str]) -> str:
    """The primary key of a row as one text, its parts joined with `/`; the empty text for a table without one."""
    names = resource.schema.field_names
    return "/".join(cells[names.index(name)] for name in resource.schema.primary_key)


def read_ledger(package: Package) -> Ledger | None:
    """The ledger of a package; None where it keeps none.

    Raises
    ------
    TableError
        It is not there, lacks a column, or cannot be read as rows.
    """
    promise = promise_of(package)
    if promise is None:
        return None
    why = lacking(package, promise)
    if why is not None:
        raise TableError(f"`mandates_data.corrections` {why}.", "Correct the name in the descriptor, or add it.")
    return Ledger(_rows(package, package.resource(promise.table)))


def _rows(package: Package, resource: Resource) -> Iterator[Mapping[str, str]]:
    names = resource.schema.field_names
    for batch in read_rows(package, resource):
        for record in batch:
            yield dict(zip(names, record.cells, strict=True))
