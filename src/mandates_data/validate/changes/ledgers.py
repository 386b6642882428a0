"""What a package promises of its published rows: corrections are written down, identifiers are kept.

The promises are the descriptor's (`mandates_data`), so any package can make them:

- `"corrections": {"table": NAME}`: every changed cell has a row there, with the fields of `CORRECTION`. `"fields":
  {TABLE: [FIELD, ...]}` beside it limits the promise in some tables to some fields; an empty list is none.
- `"retired_ids": NAME`: a row that goes has its key in that table, with the fields of `RETIREMENT`.

Tables of `bookkeeping` are exempt. Without a property its promise is not made, and nothing is held against it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from ...errors import MandatesDataError
from ...package.model import Package, Resource
from ...package.reader import read_rows
from ..findings import Finding, quoted
from . import codes_contribution as codes

CORRECTION = ("correction_id", "table", "row_id", "field", "old", "new")
"""`old` and `new` are whole cells; `row_id` is the primary key, its parts joined with `/`."""

RETIREMENT = ("retired_id", "table")

VERSION = "version"
"""The field of a table of bookkeeping that names the release of a row; empty until it is released."""

Cells = Sequence[str]
"""A row of the base, its cells in the order of the base's schema."""

CellName = tuple[str, str, str]
"""Table, row and field."""


class Ledgers:
    """The two ledgers of a package and of its base revision.

    Parameters
    ----------
    package, base
        The promises are those of the package; where it no longer makes one that the base made, those of the base.
    """

    def __init__(self, package: Package, base: Package) -> None:
        self._package = package
        self._bookkeeping = frozenset((*package.bookkeeping, *base.bookkeeping))
        self._unusable: list[Finding] = []
        corrections = self._named("corrections", CORRECTION, base)
        self._correctable = _fields(package.setting("corrections") or base.setting("corrections"))
        self._steps: dict[CellName, list[tuple[str, str]]] = {}
        self._count: Counter[CellName] = Counter()
        self._tables = {
            "corrections": corrections if corrections and self._read_corrections(corrections, base) else None
        }
        retired = self._named("retired_ids", RETIREMENT, base)
        now = _rows(package, retired, RETIREMENT) if retired else None
        self._tables["retired_ids"] = retired if now is not None else None
        self._retired = frozenset((row[1], row[0]) for row in now or ())
        self._retired_before = frozenset((row[1], row[0]) for row in _rows(base, retired, RETIREMENT) or ())

    def findings(self) -> Iterator[Finding]:
        """The promises that cannot be held against anything."""
        yield from self._unusable

    def keeps_ids(self, table: str) -> bool:
        """Whether the keys of this table are never to vanish unsaid."""
        return self._tables["retired_ids"] is not None and table not in self._bookkeeping

    def is_retired(self, table: str, row_id: str) -> bool:
        """Whether an identifier is said to be out of use."""
        return (table, row_id) in self._retired

    def was_retired(self, table: str, row_id: str) -> bool:
        """Whether the base revision said so already."""
        return (table, row_id) in self._retired_before

    def wants_correction(self, table: str, field: str) -> bool:
        """Whether a change of a published cell in this column needs a row in the ledger."""
        if self._tables["corrections"] is None or table in self._bookkeeping:
            return False
        return table not in self._correctable or field in self._correctable[table]

    def explains(self, cell: CellName, old: str, new: str) -> bool:
        """Whether the rows that came into the ledger since the base, and those that left it, lead from old to new.

        A row that left it is a correction withdrawn: it leads back.
        """
        reached, waiting = {old}, [old]
        while waiting:
            here = waiting.pop()
            found = {after for before, after in self._steps.get(cell, ()) if before == here} - reached
            reached |= found
            waiting += found
        return new != old and new in reached

    def came(self, cell: CellName, old: str, new: str) -> bool:
        """Whether a row of the ledger that leads a cell from old to new came into it since the base."""
        return (old, new) in self._steps.get(cell, ())

    def next_correction(self, cell: CellName) -> str:
        """The identifier that the next correction of a cell has."""
        return f"{cell[1]}.{cell[2]}.{self._count[cell] + 1}"

    def table(self, name: str) -> str:
        """The table of a ledger, by the name of its property."""
        return str(self._tables[name])

    def path(self, name: str) -> str:
        """Where that table's file is."""
        return self._package.resource(self.table(name)).path

    def is_bookkeeping(self, table: str) -> bool:
        """Whether the rows of a table are records of work, and no data."""
        return table in self._bookkeeping

    def is_released(self, base: Resource, row: Cells) -> bool:
        """Whether a base row of a table of bookkeeping carries the version of a release: then it is history."""
        if base.name not in self._bookkeeping or VERSION not in base.schema.field_names:
            return False
        return row[base.schema.field_names.index(VERSION)] not in base.schema.missing_values_of(
            base.schema.field(VERSION)
        )

    def is_open(self, base: Resource, row: Cells) -> bool:
        """Whether a released row tells of the very version that the package still has.

        What it says of the content (a digest, say) follows the content until the next version begins.
        """
        names = base.schema.field_names
        return base.schema.primary_key == (VERSION,) and row[names.index(VERSION)] == self._package.version

    def _named(self, name: str, fields: tuple[str, ...], base: Package) -> str | None:
        """The table of a ledger; None where none is promised, or the promise cannot be kept."""
        value = self._package.setting(name)
        value = base.setting(name) if value is None else value
        if value is None:
            return None
        table = value.get("table") if isinstance(value, Mapping) else value
        lacking = self._lacking(table, fields)
        if lacking is None:
            return str(table)
        rule = codes.LEDGER_UNUSABLE
        path = self._package.store.descriptor if self._package.store else None
        self._unusable.append(rule.finding(f"`mandates_data.{name}` {lacking}.", path=path, mend=rule.mend))
        return None

    def _lacking(self, table: object, fields: tuple[str, ...]) -> str | None:
        if not isinstance(table, str):
            return "names no table"
        if table not in self._package.resource_names:
            return f"names the table {quoted(table)}, which is not there"
        missing = [name for name in fields if name not in self._package.resource(table).schema.field_names]
        return f"names the table {quoted(table)}, which has no column {quoted(missing[0])}" if missing else None

    def _read_corrections(self, table: str, base: Package) -> bool:
        now = _rows(self._package, table, CORRECTION)
        if now is None:
            return False  # the table's own findings tell why
        before = _rows(base, table, CORRECTION) or set()
        for _name, of_table, row_id, field, _old, _new in now:
            self._count[of_table, row_id, field] += 1
        for _name, of_table, row_id, field, old, new in now - before:
            self._steps.setdefault((of_table, row_id, field), []).append((old, new))
        for _name, of_table, row_id, field, old, new in before - now:
            self._steps.setdefault((of_table, row_id, field), []).append((new, old))
        return True


def _fields(value: Any) -> dict[str, frozenset[str]]:
    listed = value.get("fields") if isinstance(value, Mapping) else None
    if not isinstance(listed, Mapping):
        return {}
    return {table: frozenset(map(str, names)) for table, names in listed.items() if isinstance(names, list)}


def _rows(package: Package, table: str | None, fields: tuple[str, ...]) -> set[tuple[str, ...]] | None:
    """Some fields of all rows of a ledger; None where it is not there or cannot be read."""
    if table is None or table not in package.resource_names:
        return None
    resource = package.resource(table)
    names = resource.schema.field_names
    if not set(fields) <= set(names):
        return None
    places = [names.index(name) for name in fields]
    try:
        return {tuple(record.cells[p] for p in places) for rows in read_rows(package, resource) for record in rows}
    except MandatesDataError:
        return None
