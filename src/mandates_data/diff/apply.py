"""A changeset applied to a package in memory: strict on every value before, and whole or not at all."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from ..errors import ChangesetError, brief
from .changeset import CellChange, Changeset, Description, Key, ResourceChange
from .content import PackageContent, Row, TableContent, in_canonical_order, primary_key
from .documents import ABSENT, json_changes, patched, reordered
from .schema_changes import fields_apart, fields_together


@dataclass(frozen=True, slots=True)
class Conflict:
    """A value that is not the one that the changeset states.

    `table` is empty where the package's own descriptor is meant. `key` is that of the row, empty where the table's
    descriptor or schema is meant; `place` is the field, or a JSON Pointer. A value is None where there is none.
    """

    table: str
    key: Key
    place: str
    expected: Any
    found: Any

    def __str__(self) -> str:
        where = " ".join(part for part in (self.table or "package", "/".join(self.key), self.place) if part)
        return f"{where}: {_shown(self.expected)} was expected, {_shown(self.found)} is there"


def _shown(value: Any) -> str:
    return "nothing" if value is None or value is ABSENT else brief(value, 80)


class ConflictError(ChangesetError):
    """The package is not the one that the changeset starts from; `conflicts` are all the places. Nothing is changed."""

    exit_code = 1

    def __init__(self, conflicts: Sequence[Conflict]) -> None:
        self.conflicts = tuple(conflicts)
        more = f", and {len(conflicts) - 1:,} more" if len(conflicts) > 1 else ""
        super().__init__(f"The changeset does not fit: {conflicts[0]}{more}.", "Nothing was changed.")


def apply(content: PackageContent, changeset: Changeset) -> PackageContent:
    """The package after the changeset: `apply(a, diff(a, b)) == b`.

    What the changeset does not touch may be otherwise than in the package that it was made from.

    Parameters
    ----------
    content
        A package with the rows of all tables that the changeset has.
    changeset
        A complete changeset.

    Raises
    ------
    ConflictError
        A value before the change is not the one stated, or what is added is there already.
    ChangesetError
        The changeset is not complete.
    """
    if changeset.left_out:
        raise ChangesetError(
            f"The changeset is not complete: it leaves out {changeset.left_out[0]}.", "Make it without such options."
        )
    conflicts: list[Conflict] = []
    descriptor = _descriptor(content, changeset, conflicts)
    tables = {table.name: table for table in content.tables}
    for change in changeset.resources:
        table = _Patch(change, tables.get(change.name), conflicts).result()
        tables.pop(change.name, None)
        if table is not None:
            tables[change.name] = table
    names = [name for name in descriptor["resources"] if name in tables]
    names += [name for name in tables if name not in names]
    if conflicts:
        raise ConflictError(conflicts)
    return PackageContent({**descriptor, "resources": names}, tuple(tables[name] for name in names))


def _descriptor(content: PackageContent, changeset: Changeset, conflicts: list[Conflict]) -> dict[str, Any]:
    old, new = changeset.old.descriptor, changeset.new.descriptor
    if old is None or new is None:
        return dict(content.descriptor)

    def tell(place: str, expected: Any, found: Any) -> None:
        conflicts.append(Conflict("", (), place, _or_none(expected), _or_none(found)))

    ours, before, after = ({**side, "resources": []} for side in (content.descriptor, old, new))
    names = reordered(content.descriptor["resources"], old["resources"], new["resources"])
    return {**patched(ours, before, after, tell), "resources": names}


def _or_none(value: Any) -> Any:
    return None if value is ABSENT else value


def apply_to_table(change: ResourceChange, table: TableContent | None) -> TableContent | None:
    """One table after its change; None where it is gone. Raises as `apply`."""
    conflicts: list[Conflict] = []
    result = _Patch(change, table, conflicts).result()
    if conflicts:
        raise ConflictError(conflicts)
    return result


class _Patch:
    """One table on its way from the old side to the new one. What does not fit goes to `conflicts`."""

    def __init__(self, change: ResourceChange, table: TableContent | None, conflicts: list[Conflict]) -> None:
        self._change = change
        self._table = table
        self._conflicts = conflicts

    def result(self) -> TableContent | None:
        """The table afterwards; None where there is none, or it does not fit at all."""
        change, table = self._change, self._table
        if change.kind == "added":
            if table is not None:
                self._tell((), "", None, "a table of this name")
                return None
            assert change.new is not None
            return TableContent(change.name, change.new, self._sorted([row.row for row in change.rows], change.new))
        if table is None:
            self._tell((), "", "a table of this name", None)
            return None
        if table.rows is None:
            raise ChangesetError(f"The rows of {table.name} are needed.", "Read them too.")
        after = self._described(table.description)
        left = self._rows(table.description, table.rows, after)
        if change.kind == "removed":
            for row in left[:1]:
                self._tell(tuple(row.values()), "", None, f"{len(left):,} more rows")
            return None
        return dataclasses.replace(table, description=after, rows=self._sorted(left, after))

    def _tell(self, key: Key, place: str, expected: Any, found: Any) -> None:
        self._conflicts.append(Conflict(self._change.name, key, place, _or_none(expected), _or_none(found)))

    def _described(self, ours: Description) -> Description:
        """What is said of the table afterwards."""
        old, new = self._change.old, self._change.new
        if old is None:  # made by hand, of rows alone
            return ours

        def tell(place: str, expected: Any, found: Any) -> None:
            self._tell((), place, expected, found)

        if new is None:
            for before, now in ((old.descriptor, ours.descriptor), (old.schema, ours.schema)):
                for difference in json_changes(before, now):
                    tell(difference.path, difference.old, difference.new)
            return ours
        schema = patched(fields_apart(ours.schema), fields_apart(old.schema), fields_apart(new.schema), tell)
        return Description(
            patched(ours.descriptor, old.descriptor, new.descriptor, tell),
            fields_together(schema),
            patched(ours.dialect, old.dialect, new.dialect, tell),
            tuple(reordered(ours.columns, old.columns, new.columns)),
        )

    def _rows(self, before: Description, rows: Sequence[Row], after: Description) -> list[dict[str, str]]:
        """The rows afterwards, with their cells by field."""
        gone = [name for name in before.columns if name not in after.columns]
        come = [name for name in after.columns if name not in before.columns]
        left = [dict(zip(before.columns, row, strict=True)) for row in rows]
        left = self._by_key(left, gone, come) if self._change.key else self._whole(left)
        for row in left:
            for name in gone:
                if value := row.pop(name, ""):
                    self._tell(self._key_of(row), name, "", value)
            for name in come:
                row.setdefault(name, "")
        return left

    def _key_of(self, row: Mapping[str, str]) -> Key:
        return tuple([row.get(name, "") for name in self._change.key])

    def _by_key(self, rows: list[dict[str, str]], gone: Sequence[str], come: Sequence[str]) -> list[dict[str, str]]:
        by_key = {self._key_of(row): row for row in rows}
        if len(by_key) < len(rows):
            self._tell((), ", ".join(self._change.key), "a key that tells the rows apart", "one that does not")
        for change in self._change.rows:
            row = by_key.get(change.key)
            if change.kind == "added":
                if row is not None:
                    self._tell(change.key, "", None, "a row of this key")
                by_key[change.key] = dict(change.row)
            elif row is None:
                self._tell(change.key, "", "a row of this key", None)
            elif change.kind == "removed":
                for name, value in change.row.items():
                    if row.get(name) != value:
                        self._tell(change.key, name, value, row.get(name))
                del by_key[change.key]
            else:
                for cell in change.cells:
                    self._cell(change.key, row, cell, gone, come)
        return list(by_key.values())

    def _cell(self, key: Key, row: dict[str, str], cell: CellChange, gone: Sequence[str], come: Sequence[str]) -> None:
        found = row.get(cell.field)
        if found != cell.old:
            self._tell(key, cell.field, cell.old, found)
        elif (cell.old is None) != (cell.field in come) or (cell.new is None) != (cell.field in gone):
            self._tell(key, cell.field, f"a field as after {cell.kind}", "another one")
        row[cell.field] = cell.new or ""

    def _whole(self, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        """Rows are taken out by the cells that the changeset names, as often as it names them."""
        removed = [change.row for change in self._change.rows if change.kind == "removed"]
        names = sorted({name for row in removed for name in row})
        wanted = Counter(tuple(row.get(name) for name in names) for row in removed)
        left = []
        for row in rows:
            cells = tuple(row.get(name) for name in names)
            if wanted[cells] > 0:
                wanted[cells] -= 1
            else:
                left.append(row)
        for cells, count in wanted.items():
            if count:
                self._tell((), ", ".join(names), f"the row {cells} {count} times more", None)
        return [*left, *(dict(change.row) for change in self._change.rows if change.kind == "added")]

    def _sorted(self, rows: Sequence[Mapping[str, str]], description: Description) -> tuple[Row, ...]:
        columns, key = description.columns, primary_key(description)
        if not set(key) <= set(columns):
            raise ChangesetError(f"The primary key of {self._change.name} names no column of it.", "Mend its schema.")
        for row in rows:
            if row.keys() != set(columns):
                self._tell(self._key_of(row), "", f"the cells {', '.join(columns)}", f"the cells {', '.join(row)}")
                return ()
        cells = in_canonical_order((tuple([row[name] for name in columns]) for row in rows), columns, key)
        places = [columns.index(name) for name in key]
        keys = [tuple([row[place] for place in places]) for row in cells] if key else []
        for left, right in pairwise(keys):
            if left == right:
                self._tell(left, "", "one row of this key", "two")
        return cells
