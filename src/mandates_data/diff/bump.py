"""The least version number that a change of the data calls for, and the changes that force it.

- major: a table or field removed, a type or the reading of a field changed, a rule tightened, a key changed, a field
  added or moved under `fieldsMatch: exact`, a row removed or its key changed
- minor: the same with a row, where its identifier is retired; a row, table or field added, a rule loosened, a
  reference changed
- patch: a cell corrected, filled or cleared; what descriptor and schema say in words
- none: a value spelled otherwise with the same typed value; a file written otherwise or moved

Rows of bookkeeping tables, `version` and `created` do not count. What a row counts for is a promise of the package as
well, so two changes of promises are major: a retirement that is taken back, and a table whose rows begin or cease to
count. With that, two changes together never call for more than the greater one (design, law 7).
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from ..errors import ChangesetError
from ..package.model import Field, Schema
from ..package.parse import parse_schema
from ..package.versions import Level
from .changeset import Changeset, Comparison, Description, Key, Rename, ResourceChange, RowChange
from .tightening import Direction, field_directions, reading_changes, schema_directions

LEVELS: tuple[Level, ...] = get_args(Level)
EXAMPLES = 3
"""Keys that a reason names, of as many rows as there are."""

What = Literal[
    "bookkeeping_changed",
    "cell_changed",
    "described",
    "field_added",
    "field_moved",
    "field_removed",
    "key_changed",
    "reading_changed",
    "reference_changed",
    "retirement_removed",
    "row_added",
    "row_removed",
    "row_retired",
    "rule_changed",
    "rule_loosened",
    "rule_tightened",
    "table_added",
    "table_removed",
    "type_changed",
]
_RULE: Mapping[Direction, tuple[Level, What]] = {
    "tighter": ("major", "rule_tightened"),
    "looser": ("minor", "rule_loosened"),
    "other": ("major", "rule_changed"),
}
_WRITTEN = frozenset({"path", "format", "mediatype", "encoding", "dialect", "schema", "bytes", "hash"})
"""Properties of a resource that say where and how its file is written, or follow from it."""
_STAMPS = frozenset({"version", "created"})
_JUDGED = frozenset(
    {"primaryKey", "foreignKeys", "uniqueKeys", "fieldsMatch", "missingValues", "type", "format", "constraints"}
    | {"categories", "categoriesOrdered", "decimalChar", "groupChar", "bareNumber", "trueValues", "falseValues"}
    | {"delimiter", "itemType"}
)
"""Properties of schemas and fields whose meaning is judged; the others are words."""


@dataclass(frozen=True, slots=True)
class Promises:
    """What a package promises of its rows beyond the standard; the caller knows where it says so.

    `bookkeeping` are the tables whose rows are no data. `retired` has, by table, pairs of a retired identifier and
    what replaced it, as `retired_identifiers` reads them.
    """

    bookkeeping: frozenset[str] = frozenset()
    retired: Mapping[str, frozenset[tuple[str, str]]] = dataclasses.field(default_factory=dict)

    def identifiers(self, table: str) -> frozenset[str]:
        """The retired identifiers of a table."""
        return frozenset(retired for retired, _ in self.retired.get(table, ()))


@dataclass(frozen=True, slots=True)
class Reason:
    """Changes of one kind in one place, and the level that they force.

    `field` and `property` (by its name in the standard) are empty where the whole table is meant; `table` is empty
    where the package is. `keys` are those of the first rows of `count`, and `new_keys` the keys that they have now,
    empty where none is known.
    """

    level: Level
    what: What
    table: str = ""
    field: str = ""
    property: str = ""
    keys: tuple[Key, ...] = ()
    new_keys: tuple[Key, ...] = ()
    count: int = 1


@dataclass(frozen=True, slots=True)
class Bump:
    """The least level of a change, and its reasons, those that force it first."""

    level: Level
    reasons: tuple[Reason, ...] = ()

    @property
    def forcing(self) -> tuple[Reason, ...]:
        """The reasons of the level itself."""
        return tuple(reason for reason in self.reasons if reason.level == self.level)


_NOTHING = Promises()


def least_bump(changes: Changeset | Comparison, old: Promises = _NOTHING, new: Promises = _NOTHING) -> Bump:
    """The least bump that the changes of a package call for.

    Parameters
    ----------
    changes
        All that differs between two packages.
    old, new
        What each side promises of its rows.

    Raises
    ------
    ChangesetError
        Something was left out of the comparison.
    """
    sides = (changes.old.descriptor, changes.new.descriptor)
    if changes.left_out or sides[0] is None or sides[1] is None:
        raise ChangesetError("A version can be told from a whole comparison only.", "Compare all tables and kinds.")
    reasons = [*_of_promises(set(sides[0]["resources"]) & set(sides[1]["resources"]), old, new)]
    for part in changes.metadata:
        name = _root(part.path)
        if name not in _STAMPS:
            reasons.append(Reason("patch", "described", property=name))
    for change, rows, renames in _tables(changes):
        reasons += _of_table(change)
        if change.kind == "changed" and change.name not in old.bookkeeping & new.bookkeeping:
            reasons += _of_rows(change.name, rows(), renames, new.identifiers(change.name))
    return _summed(reasons)


def _root(pointer: str) -> str:
    """The first member that a JSON Pointer names."""
    return pointer.split("/")[1].replace("~1", "/").replace("~0", "~")


Table = tuple[ResourceChange, Callable[[], Iterable[RowChange]], tuple[Rename, ...]]


def _tables(changes: Changeset | Comparison) -> Iterator[Table]:
    if isinstance(changes, Comparison):
        for table in changes.tables:
            yield table.change, table.rows, table.renames
    else:
        for change in changes.resources:
            yield change, change.rows.__iter__, ()


def _summed(reasons: Iterable[Reason]) -> Bump:
    """All reasons, those of one kind in one place together, the greatest level first."""
    found: dict[tuple[str, ...], Reason] = {}
    for reason in reasons:
        place = (reason.table, reason.field, reason.property, reason.what)
        other = found.get(place)
        found[place] = reason if other is None else dataclasses.replace(other, count=other.count + reason.count)
    listed = sorted(found.items(), key=lambda item: (-LEVELS.index(item[1].level), item[0]))
    return Bump(listed[0][1].level, tuple(reason for _, reason in listed)) if listed else Bump("none")


def _of_promises(tables: set[str], old: Promises, new: Promises) -> Iterator[Reason]:
    for table in sorted(tables & (old.bookkeeping ^ new.bookkeeping)):
        yield Reason("major", "bookkeeping_changed", table)
    for table in sorted(tables & old.retired.keys()):
        back = sorted(old.identifiers(table) - new.identifiers(table))
        if back:
            examples = tuple((identifier,) for identifier in back[:EXAMPLES])
            yield Reason("major", "retirement_removed", table, keys=examples, count=len(back))


def _of_table(change: ResourceChange) -> Iterator[Reason]:
    """What a table's descriptor and schema call for."""
    if change.kind != "changed":
        yield (
            Reason("major", "table_removed", change.name)
            if change.kind == "removed"
            else Reason("minor", "table_added", change.name)
        )
        return
    for property_ in change.metadata:
        name = _root(property_.path)
        if name not in _WRITTEN:
            yield Reason("patch", "described", change.name, property=name)
    if change.old is None or change.new is None:  # made by hand, of rows alone
        return
    found = list(_of_schema(change.name, change.old, change.new))
    for part in change.schema:
        name = _root(part.property) if part.property else ""
        if name and name not in _JUDGED:
            found.append(Reason("patch", "described", change.name, part.field or "", name))
    if change.schema and not found:  # written otherwise, meaning the same; the digest of the release differs
        found.append(Reason("patch", "described", change.name))
    yield from found


def _of_schema(table: str, old: Description, new: Description) -> Iterator[Reason]:
    before, after = parse_schema(old.schema), parse_schema(new.schema)
    if before.primary_key != after.primary_key:
        yield Reason("major", "key_changed", table, property="primaryKey")
    if set(before.foreign_keys) != set(after.foreign_keys):
        yield Reason("minor", "reference_changed", table, property="foreignKeys")
    for name, direction in schema_directions(before, after):
        yield Reason(*_RULE[direction], table, property=name)
    yield from _of_columns(table, old.columns, new.columns, exact=after.fields_match == "exact")
    for name in old.columns:
        if name in new.columns:
            yield from _of_field(table, _field(before, name), _field(after, name), before, after)


def _field(schema: Schema, name: str) -> Field:
    """A column that the schema does not name holds anything."""
    return schema.field(name) if name in schema.field_names else Field(name)


def _of_columns(table: str, old: tuple[str, ...], new: tuple[str, ...], *, exact: bool) -> Iterator[Reason]:
    """Fields that came, went or moved. Where a schema promises them in order, one more moves all behind it."""
    from .documents import longest_in_order

    for name in old:
        if name not in new:
            yield Reason("major", "field_removed", table, name)
    for name in new:
        if name not in old:
            yield Reason("major" if exact else "minor", "field_added", table, name)
    both = [name for name in old if name in new]
    kept = longest_in_order(both, {name: place for place, name in enumerate(new)})
    for name in both if exact else ():
        if name not in kept:
            yield Reason("major", "field_moved", table, name)


def _of_field(table: str, old: Field, new: Field, before: Schema, after: Schema) -> Iterator[Reason]:
    if old.type != new.type:
        yield Reason("major", "type_changed", table, old.name, "type")
        return
    for name in reading_changes(old, new):
        yield Reason("major", "reading_changed", table, old.name, name)
    if before.missing_values_of(old) != after.missing_values_of(new):
        yield Reason("major", "reading_changed", table, old.name, "missingValues")
    for name, direction in field_directions(old, new):
        yield Reason(*_RULE[direction], table, old.name, name)


_ROWS: Mapping[str, tuple[Level, What]] = {
    "added": ("minor", "row_added"),
    "removed": ("major", "row_removed"),
    "retired": ("minor", "row_retired"),
}


def _of_rows(
    table: str, rows: Iterable[RowChange], renames: tuple[Rename, ...], retired: frozenset[str]
) -> Iterator[Reason]:
    """What the rows of a table call for, summed while they pass: there may be millions."""
    into = {rename.old: rename.new for rename in renames}
    renamed = {rename.new for rename in renames if rename.basis == "declared"}
    counts: dict[str, int] = {}
    keys: dict[str, list[Key]] = {"added": [], "removed": [], "retired": []}
    cells: dict[str, tuple[int, list[Key]]] = {}
    for row in rows:
        if row.kind == "changed":
            for cell in row.cells:
                if cell.kind in ("changed", "filled", "cleared"):
                    count, examples = cells.get(cell.field, (0, []))
                    cells[cell.field] = (count + 1, [*examples, row.key] if count < EXAMPLES else examples)
            continue
        if row.kind == "added" and row.key in renamed:
            continue  # told with the row that it was
        kind = "retired" if row.kind == "removed" and "/".join(row.key) in retired else str(row.kind)
        counts[kind] = counts.get(kind, 0) + 1
        if len(keys[kind]) < EXAMPLES:
            keys[kind].append(row.key)
    for kind, count in counts.items():
        now = tuple(into.get(key, ()) for key in keys[kind]) if kind != "added" else ()
        yield Reason(*_ROWS[kind], table, keys=tuple(keys[kind]), new_keys=now, count=count)
    for field, (count, examples) in cells.items():
        yield Reason("patch", "cell_changed", table, field, keys=tuple(examples), count=count)
