"""The rules on the two ledgers: corrections of published cells, and identifiers that are no longer in use."""

from __future__ import annotations

from collections.abc import Iterator

from ..diff.correcting.ledger_rules import check_ledger
from ..errors import MandatesDataError
from ..package.reader import read_rows
from ..validate.findings import Finding, quoted
from . import codes
from .tables import Row, Tables


class _Keyed:
    """Rows of any table of the package by their key, read when they are asked for."""

    def __init__(self, tables: Tables) -> None:
        self._package = tables.package
        self._bookkeeping = frozenset(tables.package.bookkeeping)
        self._rows: dict[str, dict[str, Row]] = {}

    def rows(self, table: str) -> dict[str, Row] | None:
        """The rows of a table that holds data; None where there is no such table."""
        if table not in self._package.resource_names or table in self._bookkeeping:
            return None
        if table not in self._rows:
            self._rows[table] = self._read(table)
        return self._rows[table]

    def key(self, table: str) -> tuple[str, ...]:
        return self._package.resource(table).schema.primary_key

    def _read(self, table: str) -> dict[str, Row]:
        resource = self._package.resource(table)
        names = resource.schema.field_names
        found: dict[str, Row] = {}
        try:
            for batch in read_rows(self._package, resource):
                for record in batch:
                    row = dict(zip(names, record.cells, strict=True))
                    found["/".join(row[name] for name in self.key(table))] = row
        except MandatesDataError:
            return {}  # the table's own findings tell why
        return found


def corrections_fit(tables: Tables) -> Iterator[Finding]:
    """What the ledger says of a cell leads to the cell as it stands, and no correction undoes another unsaid."""
    return check_ledger(tables.package)


def retired_not_in_use(tables: Tables) -> Iterator[Finding]:
    """No row has an identifier that was retired."""
    keyed = _Keyed(tables)
    for row in tables["retired_ids"]:
        if row["retired_id"] in (keyed.rows(row["table"]) or {}):
            message = f"The table {row['table']} still has the row {quoted(row['retired_id'])}."
            yield codes.RETIRED_IN_USE.finding(message, **tables.place("retired_ids", row, "retired_id"))


def retirements_fit(tables: Tables) -> Iterator[Finding]:
    """A retirement names a table, is counted from 1, and what replaces its identifier is there or retired too."""
    keyed = _Keyed(tables)
    retired = {row["retired_id"] for row in tables["retired_ids"]}
    counts: dict[str, int] = {}
    for row in sorted(tables["retired_ids"], key=lambda row: (len(row["retirement_id"]), row["retirement_id"])):
        known = keyed.rows(row["table"])
        counts[row["retired_id"]] = counts.get(row["retired_id"], 0) + 1
        name = f"{row['retired_id']}.{counts[row['retired_id']]}"
        if known is None:
            field, wrong = "table", f"There is no table of data called {quoted(row['table'])}."
        elif row["retirement_id"] != name:
            field, wrong = "retirement_id", f"It is {quoted(row['retirement_id'])}; expected {quoted(name)}."
        elif row["replaced_by"] and row["replaced_by"] not in known and row["replaced_by"] not in retired:
            field, wrong = "replaced_by", f"The table {row['table']} has no row {quoted(row['replaced_by'])}."
        else:
            continue
        yield codes.RETIREMENT.finding(wrong, **tables.place("retired_ids", row, field))
