"""Two changesets, one after the other, as one."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Mapping

from ..errors import ChangesetError
from ..package.model import Field
from ..package.parse import parse_schema
from .apply import apply_to_table
from .cells import RowComparer
from .changeset import CellChange, Changeset, Description, Key, ResourceChange, RowChange, in_row_order
from .compare import compare, key_choices
from .content import PackageContent, TableContent, package_in_memory, primary_key
from .describe import described_change, package_changes
from .documents import same_json, same_text
from .inversion import invert_table
from .notation import description_json


def compose(first: Changeset, second: Changeset) -> Changeset:
    """The changeset that does what the two do: `compose(diff(a, b), diff(b, c)) == diff(a, c)`.

    Raises
    ------
    ChangesetError
        The second does not start where the first ends; one of them is not complete; or a table's key differs in such
        a way that the rows of the two cannot be told to be the same ones. Then compare the packages themselves.
    """
    for each in (first, second):
        if each.left_out:
            raise ChangesetError(f"A changeset is not complete: it leaves out {each.left_out[0]}.", "Make it whole.")
    if not same_json(first.new.descriptor, second.old.descriptor):
        _refuse("the package's descriptor")
    befores = {change.name: change for change in first.resources}
    afters = {change.name: change for change in second.resources}
    resources = []
    for name in sorted(befores.keys() | afters.keys()):
        before, after = befores.get(name), afters.get(name)
        change = _composed(before, after) if before and after else before or after
        if change is not None:
            resources.append(change)
    return Changeset(first.old, second.new, package_changes(first.old, second.new), tuple(resources))


def _refuse(what: str) -> None:
    raise ChangesetError(f"The two changesets do not follow on each other: {what} differs.", "Check their order.")


def _composed(first: ResourceChange, second: ResourceChange) -> ResourceChange | None:
    if (first.new is None) != (second.old is None) or not _alike(first.new, second.old):
        _refuse(f"the table {first.name} in the middle")
    old, new = first.old, second.new
    if old is None and new is None:
        return None
    if old is None or new is None or first.new is None:
        change = _by_whole_rows(first, second)
    else:
        middle = _middle_key(first, second)
        rows = _Rows(first, second).composed(middle)
        key = _last_key(first, second, middle)
        rows = rows if key == middle else _matched_anew(rows, middle, key, old, new)
        change = dataclasses.replace(described_change(first.name, key, old, new), rows=in_row_order(rows))
    is_nothing = change.kind == "changed" and not change.rows and _is_written_alike(change)
    return None if is_nothing else change


def _alike(left: Description | None, right: Description | None) -> bool:
    return left is None or right is None or same_json(description_json(left), description_json(right))


def _is_written_alike(change: ResourceChange) -> bool:
    assert change.old is not None
    assert change.new is not None
    return same_text(description_json(change.old), description_json(change.new))


def _by_whole_rows(first: ResourceChange, second: ResourceChange) -> ResourceChange:
    """Where a side has no such table, one of the changesets has all rows of the middle, or both have all of theirs."""
    if first.kind == "added":
        after = apply_to_table(second, apply_to_table(first, None))
        return _whole(first.name, None, after)
    if second.kind == "removed":
        way_back = [invert_table(change) for change in (second, first)]
        return _whole(first.name, apply_to_table(way_back[1], apply_to_table(way_back[0], None)), None)
    old, new = apply_to_table(invert_table(first), None), apply_to_table(second, None)
    packages = [
        package_in_memory(PackageContent({"resources": [first.name]}, (table,))) for table in (old, new) if table
    ]
    (change,) = compare(packages[0], packages[1]).changeset().resources or (
        described_change(first.name, first.key, first.old, second.new),
    )
    return dataclasses.replace(described_change(first.name, change.key, first.old, second.new), rows=change.rows)


def _whole(name: str, old: TableContent | None, new: TableContent | None) -> ResourceChange:
    """A table that came or went, with all its rows."""
    table = old or new
    assert table is not None
    assert table.rows is not None
    description = table.description
    key = primary_key(description)
    rows = [dict(zip(description.columns, row, strict=True)) for row in table.rows]
    sides = [None if side is None else side.description for side in (old, new)]
    return dataclasses.replace(
        described_change(name, key, *sides),
        rows=in_row_order(
            RowChange("removed" if new is None else "added", tuple([row[field] for field in key]), row=row)
            for row in rows
        ),
    )


def _middle_key(first: ResourceChange, second: ResourceChange) -> Key:
    """The fields by which rows of the first, middle and last table are the same ones."""
    if first.key == second.key or not second.rows:
        return first.key
    if not first.rows:
        return second.key
    raise _unmatched(first.name)


def _unmatched(name: str) -> ChangesetError:
    return ChangesetError(
        f"The key of the table {name} changes, and so which of its rows are the same ones.",
        "Compare the first package with the last one.",
    )


def _last_key(first: ResourceChange, second: ResourceChange, middle: Key) -> Key:
    """The fields by which `compare` matches the rows of the first and last table, as far as that is sure."""
    assert first.old is not None
    assert first.new is not None
    assert second.new is not None
    old, between, new = (primary_key(side) for side in (first.old, first.new, second.new))
    if old == new:
        return old
    # Where one of the two changes no row and nothing that rows are matched by, the other one has matched them already.
    if not first.rows and old == between and _has_the_same_columns(first):
        return second.key
    if not second.rows and between == new and _has_the_same_columns(second):
        return first.key
    choices = key_choices(old, first.old.columns, new, second.new.columns)
    if not choices and not middle:
        return ()
    if choices and middle == choices[0]:
        return middle
    raise _unmatched(first.name)


def _has_the_same_columns(change: ResourceChange) -> bool:
    """Whether the change leaves the columns that rows can be matched by."""
    assert change.old is not None
    assert change.new is not None
    return set(change.old.columns) == set(change.new.columns)


def _matched_anew(rows: Iterable[RowChange], now: Key, key: Key, old: Description, new: Description) -> list[RowChange]:
    """Rows that were matched by the fields `now`, matched by some of them, or by any where they are whole rows."""
    if not rows:
        return []
    if not key or (now and not set(key) <= set(now)):
        raise _unmatched(str(old.descriptor.get("name")))
    comparer = _comparer(old, new)
    found: dict[Key, RowChange] = {}
    for row in rows:
        cells = row.row or dict(zip(now, row.key, strict=True))
        of_key = tuple([cells[name] for name in key])
        other = found.pop(of_key, None)
        change: RowChange | None = dataclasses.replace(row, key=of_key)
        if other is not None:
            before, after = (other.row, row.row) if row.kind == "added" else (row.row, other.row)
            olds, news = [before[name] for name in old.columns], [after[name] for name in new.columns]
            change = comparer.row(of_key, olds, news)
        if change is not None:
            found[of_key] = change
    return list(found.values())


def _comparer(old: Description, new: Description) -> RowComparer:
    schemas = [parse_schema(side.schema) for side in (old, new)]
    columns = [
        [schema.field(name) if name in schema.field_names else Field(name) for name in side.columns]
        for schema, side in zip(schemas, (old, new), strict=True)
    ]
    return RowComparer(*columns, old_schema=schemas[0], new_schema=schemas[1])


class _Rows:
    """The rows of a table that is on all three sides."""

    def __init__(self, first: ResourceChange, second: ResourceChange) -> None:
        assert first.old is not None
        assert first.new is not None
        assert second.new is not None
        self._first = first
        self._second = second
        self._old, self._middle, self._new = first.old.columns, frozenset(first.new.columns), second.new.columns
        self._comparer = _comparer(first.old, second.new)

    def composed(self, key: Key) -> list[RowChange]:
        """The rows that differ between the first and last table, matched by these fields."""
        if not key:
            return self._whole_rows()
        befores = {row.key: row for row in self._first.rows}
        afters = {row.key: row for row in self._second.rows}
        found = []
        for of_key in sorted(befores.keys() | afters.keys()):
            row = self._row(of_key, befores.get(of_key), afters.get(of_key))
            if row is not None:
                found.append(row)
        return found

    def _row(self, key: Key, before: RowChange | None, after: RowChange | None) -> RowChange | None:
        kinds = (before.kind if before else "", after.kind if after else "")
        if kinds in _CONTRADICTIONS:
            _refuse(f"the row {'/'.join(key)} of {self._first.name}")
        if before is not None and before.kind == "added":
            row = {name: self._after(name, before.row.get(name, ""), after) for name in self._new}
            return None if kinds[1] == "removed" else RowChange("added", key, row=row)
        if after is not None and after.kind == "removed":
            row = {name: self._before(name, after.row.get(name, ""), before) for name in self._old}
            return RowChange("removed", key, row=row)
        if before is not None and before.kind == "removed":
            if after is None:
                return before
            return self._comparer.row(
                key, [before.row[name] for name in self._old], [after.row[name] for name in self._new]
            )
        if after is not None and after.kind == "added":
            return after
        return self._changed(key, before, after)

    def _after(self, name: str, middle: str, after: RowChange | None) -> str:
        """The value in the last table, of a value in the middle one."""
        cell = _cell(after, name)
        return middle if cell is None else cell.new or ""

    def _before(self, name: str, middle: str, before: RowChange | None) -> str:
        """The value in the first table, of a value in the middle one."""
        cell = _cell(before, name)
        return middle if cell is None else cell.old or ""

    def _changed(self, key: Key, before: RowChange | None, after: RowChange | None) -> RowChange | None:
        names = {cell.field for row in (before, after) if row is not None for cell in row.cells}
        cells = []
        for name in sorted(names):
            left, right = _cell(before, name), _cell(after, name)
            if left is not None and right is not None and name in self._middle and left.new != right.old:
                _refuse(f"{name} in the row {'/'.join(key)} of {self._first.name}")
            old = left.old if left is not None else right.old if right is not None else None
            new = right.new if right is not None else left.new if left is not None else None
            cell = self._comparer.cell(name, old or "", new or "")
            if cell is not None:
                cells.append(cell)
        return RowChange("changed", key, tuple(cells)) if cells else None

    def _whole_rows(self) -> list[RowChange]:
        """Rows that came and went again are none; the others are those of the outer tables."""
        middle = sorted(self._middle)
        came = Counter(_values(row.row, middle) for row in self._first.rows if row.kind == "added")
        removed = [dict(row.row) for row in self._first.rows if row.kind == "removed"]
        for row in self._second.rows:
            if row.kind != "removed":
                continue
            cells = _values(row.row, middle)
            if came[cells] > 0:
                came[cells] -= 1
            else:
                removed.append({name: row.row.get(name, "") for name in self._old})
        stayed = (dict(zip(middle, cells, strict=True)) for cells in came.elements())
        added = [{name: row.get(name, "") for name in self._new} for row in stayed]
        added += [dict(row.row) for row in self._second.rows if row.kind == "added"]
        names = sorted({*self._old, *self._new})
        olds, news = (Counter(_values(row, names) for row in rows) for rows in (removed, added))
        gone = [dict(zip(names, cells, strict=True)) for cells in (olds - news).elements()]
        come = [dict(zip(names, cells, strict=True)) for cells in (news - olds).elements()]
        return [
            *(RowChange("removed", (), row={name: row[name] for name in self._old}) for row in gone),
            *(RowChange("added", (), row={name: row[name] for name in self._new}) for row in come),
        ]


_CONTRADICTIONS = frozenset({("added", "added"), ("removed", "removed"), ("removed", "changed"), ("changed", "added")})


def _cell(row: RowChange | None, name: str) -> CellChange | None:
    return None if row is None else next((cell for cell in row.cells if cell.field == name), None)


def _values(row: Mapping[str, str], names: Iterable[str]) -> tuple[str, ...]:
    return tuple([row.get(name, "") for name in names])
