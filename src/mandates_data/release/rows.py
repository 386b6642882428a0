"""The rows of `changes` that a release brings: one for a row that came, went or changed its key, one for a cell."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from ..diff.changeset import Comparison, RowChange, TableComparison
from ..diff.tables import open_table
from ..package.model import Package


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the table of changes, without its number. A renamed row has its old key in `row_id` and `old`."""

    table: str
    row_id: str
    field: str
    change: str
    old: str
    new: str
    correction_id: str = ""
    because: str = ""


def table_rows(package: Package, name: str) -> list[dict[str, str]]:
    """The rows of a table by field; none where there is no such table."""
    if name not in package.resource_names:
        return []
    table = open_table(package, package.resource(name))
    return [dict(zip(table.names, cells, strict=True)) for _, cells in table.rows()]


def changes_of(
    comparison: Comparison, left_out: Iterable[str], corrections: Iterable[Mapping[str, str]]
) -> list[Change]:
    """The changes of all tables that have a key, but for those `left_out`, in the order of tables and keys.

    `corrections` are the rows of the ledger that are new in the release.
    """
    without = set(left_out)
    by_cell: dict[tuple[str, str, str], list[Mapping[str, str]]] = {}
    for row in corrections:
        by_cell.setdefault((row["table"], row["row_id"], row["field"]), []).append(row)
    found = []
    for table in comparison.tables:
        if table.change.name not in without and table.change.key:
            for change in _of_table(table):
                found.append(_with_correction(change, by_cell.get((change.table, change.row_id, change.field), ())))
    return found


def _with_correction(change: Change, corrections: Iterable[Mapping[str, str]]) -> Change:
    for row in corrections:
        if row["new"] == change.new:
            said = "; ".join(part.rstrip(".") for part in (row.get("kind", ""), row.get("reason", "")) if part)
            return dataclasses.replace(change, correction_id=row["correction_id"], because=said)
    return change


def _of_table(table: TableComparison) -> Iterator[Change]:
    name = table.change.name
    into = {rename.old: rename.new for rename in table.renames if rename.basis == "declared"}
    came = set(into.values())
    added = {row.key: row for row in table.rows() if row.kind == "added" and row.key in came}
    for row in table.rows():
        row_id = "/".join(row.key)
        if row.kind == "changed":
            for cell in row.cells:
                if not cell.kind.startswith("field_"):
                    yield Change(name, row_id, cell.field, cell.kind, cell.old or "", cell.new or "")
        elif row.key in into:
            yield from _renamed(table, row, added[into[row.key]])
        elif row.key not in came:
            yield Change(name, row_id, "", row.kind, "", "")


def _renamed(table: TableComparison, old: RowChange, new: RowChange) -> Iterator[Change]:
    name, before, after = table.change.name, "/".join(old.key), "/".join(new.key)
    yield Change(name, before, "", "renamed", before, after)
    for field in old.row:
        cells = old.row[field], new.row.get(field)
        if field not in table.change.key and cells[1] is not None and cells[0] != cells[1]:
            kind = "changed" if all(cells) else "filled" if cells[1] else "cleared"
            yield Change(name, after, field, kind, cells[0], cells[1])
