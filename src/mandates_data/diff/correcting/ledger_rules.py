"""Whether the ledger of corrections fits the tables: the rules that any package can ask for as `corrections`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote
from typing import Any

from ...errors import MandatesDataError
from ...package.corrections import VERSION, CellName, count_of, lacking, promise_of, row_id_of
from ...package.model import Package, Resource
from ...package.reader import read_rows
from ...validate.changes.published import shown
from ...validate.findings import Finding, quoted
from . import codes
from .putting_back import put_back


@dataclass(frozen=True, slots=True)
class _Step:
    """A row of the ledger, and its line."""

    row: Mapping[str, str]
    line: int

    @property
    def cell(self) -> CellName:
        return self.row["table"], self.row["row_id"], self.row["field"]


def check_ledger(package: Package) -> Iterator[Finding]:
    """Each correction names a cell, follows the one before it, and the newest ends with the cell as it stands.

    Beside that, none puts back what an earlier one removed, unless its reason names that one. A package without a
    ledger, or with one that cannot be read, has no findings: others tell that.
    """
    promise = promise_of(package)
    if promise is None or lacking(package, promise) is not None:
        return
    ledger = package.resource(promise.table)
    try:
        steps = list(_steps(package, ledger))
    except MandatesDataError:
        return
    of_cell: dict[CellName, list[_Step]] = {}
    for step in sorted(steps, key=lambda step: (count_of(step.row["correction_id"]), step.row["correction_id"])):
        of_cell.setdefault(step.cell, []).append(step)
    yield from _Check(package, ledger, of_cell).findings()


def _steps(package: Package, ledger: Resource) -> Iterator[_Step]:
    names = ledger.schema.field_names
    for batch in read_rows(package, ledger):
        for record in batch:
            yield _Step(dict(zip(names, record.cells, strict=True)), record.line)


class _Check:
    def __init__(self, package: Package, ledger: Resource, of_cell: Mapping[CellName, Sequence[_Step]]) -> None:
        self._package, self._ledger, self._of_cell = package, ledger, of_cell
        left_out = {*package.bookkeeping, ledger.name}
        self._tables = [name for name in package.resource_names if name not in left_out]
        self._rows = {
            name: self._named_rows(name) for name in {table for table, _, _ in of_cell} if name in self._tables
        }
        self._retired = _retired(package)

    def findings(self) -> Iterator[Finding]:
        """Cell by cell."""
        for (table, row_id, field), steps in self._of_cell.items():
            if table not in self._rows:
                yield self._wrong(steps[0], "table", f"There is no table of data called {quoted(table)}.")
                continue
            schema, row = self._package.resource(table).schema, self._rows[table].get(row_id)
            if row is None and (table, row_id) not in self._retired:
                yield self._wrong(steps[0], "row_id", f"The table {table} has no row {quoted(row_id)}.")
            elif field not in schema.field_names or field in schema.primary_key:
                said = f"{quoted(field)} is no field of {table} that can be corrected."
                yield self._wrong(steps[0], "field", said)
            else:
                yield from self._chain(steps, None if row is None else row[schema.field_names.index(field)])

    def _chain(self, steps: Sequence[_Step], cell: str | None) -> Iterator[Finding]:
        before: str | None = None
        sound = True
        for count, step in enumerate(steps, start=1):
            for field, message in self._faults(step, before, count):
                sound = False
                yield self._wrong(step, field, message)
            before = step.row["new"]
        if cell is not None and before != cell:
            yield self._left_alone(steps, cell)
        elif sound:
            yield from self._put_back(steps)

    def _faults(self, step: _Step, before: str | None, count: int) -> Iterator[tuple[str, str]]:
        row = step.row
        name = f"{row['row_id']}.{row['field']}.{count}"
        if row["correction_id"] != name:
            yield "correction_id", f"It is {quoted(row['correction_id'])}; expected {quoted(name)}."
        if row["old"] == row["new"]:
            yield "new", "It changes nothing: old and new are the same."
        if before is not None and row["old"] != before:
            yield "old", f"The correction before it ends with {quoted(before)}."

    def _left_alone(self, steps: Sequence[_Step], cell: str) -> Finding:
        """The newest correction is not what the cell says: nobody made the change, or somebody changed it since."""
        newest = steps[-1]
        said = f"The cell that it corrects is {shown(cell, newest.row['new'])}."
        if cell == newest.row["old"] and not newest.row.get(VERSION):
            said = f"{said[:-1]}, as before it: the change was never made."
            mend = f"{self._command(newest, '--undo')} takes the row back; then make the correction with --to."
        else:
            mend = (
                "Put back the value that the ledger ends with, or let mandates-data fmt --against draft the next row."
            )
        return self._wrong(newest, "new", said, mend)

    def _put_back(self, steps: Sequence[_Step]) -> Iterator[Finding]:
        for place, step in enumerate(steps):
            row = step.row
            earlier = put_back([one.row for one in steps[:place]], row["old"], row["new"])
            if earlier is None or earlier["correction_id"] in row.get("reason", ""):
                continue
            name = earlier["correction_id"]
            mend = (
                f"{self._command(step, '--undo')} takes it back; where {name} was the mistake, name it in the reason: "
                f"{self._command(step, '--reason TEXT')}."
            )
            said = f"It puts back what {name} removed, and its reason does not name that one."
            yield codes.PUT_BACK.finding(said, **self._place(step, "new"), mend=mend)

    def _command(self, step: _Step, rest: str) -> str:
        return f"mandates-data correct {quote(step.row['row_id'])} {quote(step.row['field'])} {rest}"

    def _wrong(self, step: _Step, field: str, message: str, mend: str | None = None) -> Finding:
        return codes.CORRECTION.finding(message, **self._place(step, field), mend=mend or codes.CORRECTION.mend)

    def _place(self, step: _Step, field: str) -> dict[str, Any]:
        schema = self._ledger.schema
        column = schema.field_names.index(field) + 1
        key = "/".join(step.row[name] for name in schema.primary_key)
        place: dict[str, Any] = {"resource": self._ledger.name, "path": self._ledger.path, "line": step.line}
        return place | {"column": column, "field": field, "row_key": key, "seen": step.row[field]}

    def _named_rows(self, table: str) -> dict[str, Sequence[str]]:
        """The rows of a table that the ledger names; none where it cannot be read, which its own findings tell."""
        resource = self._package.resource(table)
        wanted = {row_id for of_table, row_id, _ in self._of_cell if of_table == table}
        if not set(resource.schema.primary_key) <= set(resource.schema.field_names):
            return {}
        try:
            return {
                row_id: record.cells
                for batch in read_rows(self._package, resource)
                for record in batch
                if (row_id := row_id_of(resource, record.cells)) in wanted
            }
        except MandatesDataError:
            return {}


def _retired(package: Package) -> set[tuple[str, str]]:
    """Table and identifier of each row that is no longer in use."""
    name = package.setting("retired_ids")
    if not isinstance(name, str) or name not in package.resource_names:
        return set()
    resource = package.resource(name)
    names = resource.schema.field_names
    if not {"table", "retired_id"} <= set(names):
        return set()
    places = names.index("table"), names.index("retired_id")
    try:
        return {(r.cells[places[0]], r.cells[places[1]]) for batch in read_rows(package, resource) for r in batch}
    except MandatesDataError:
        return set()
