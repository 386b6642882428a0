"""Two packages that began as one, merged."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ..content import PackageContent, TableContent
from .conflicts import Conflict, in_order, or_none
from .tables import merge_table, same_table
from .values import merged_value, settled_order


@dataclass(frozen=True, slots=True)
class Merge:
    """The merged package and the conflicts, none where all goes together."""

    content: PackageContent
    conflicts: tuple[Conflict, ...] = ()


def merge(base: PackageContent, ours: PackageContent, theirs: PackageContent) -> Merge:
    """What both sides changed, in one package: `merge(o, a, o)` and `merge(o, a, a)` are `a`.

    Tables are merged by their primary keys and cells, schemas and descriptors by their members, fields by their
    names. Where the two sides do not go together, the package stays as in ours, and a conflict says so. Without one,
    `merge(o, a, b)` is `merge(o, b, a)`; with some, both ways have the same ones.

    Parameters
    ----------
    base, ours, theirs
        The packages with the rows of all their tables.
    """
    conflicts: list[Conflict] = []
    sides = base, ours, theirs
    tables: dict[str, TableContent] = {}
    for name in dict.fromkeys(table.name for side in sides for table in side.tables):
        table = _table(name, [side.table(name) for side in sides], conflicts)
        if table is not None:
            tables[name] = table
    descriptor = _descriptor(sides, conflicts)
    listed = [[table.name for table in side.tables] for side in sides]

    def tell_order() -> None:
        conflicts.append(Conflict("order", "", (), "", "/resources", *listed))

    unsure = {each.table for each in conflicts if each.kind in ("table_added", "table_removed")}
    names = settled_order(listed, tables, unsure, tell_order)
    content = PackageContent({**descriptor, "resources": list(names)}, tuple(tables[name] for name in names))
    return Merge(content, in_order(conflicts))


def _descriptor(sides: Sequence[PackageContent], conflicts: list[Conflict]) -> Any:
    """The descriptor, but for the tables that it lists."""

    def tell(place: str, *values: Any) -> None:
        conflicts.append(Conflict("property", "", (), "", place, *map(or_none, values)))

    return merged_value([{**side.descriptor, "resources": True} for side in sides], tell)


def _table(name: str, sides: Sequence[TableContent | None], conflicts: list[Conflict]) -> TableContent | None:
    base, ours, theirs = sides
    if ours is not None and theirs is not None:
        if base is not None:
            return merge_table(base, ours, theirs, conflicts.append)
        if same_table(ours, theirs):
            return min(ours, theirs, key=lambda table: repr(table.description))
    elif base is None:
        return ours or theirs
    elif (kept := ours or theirs) is None or same_table(base, kept):
        return None
    kind: Any = "table_added" if base is None else "table_removed"
    conflicts.append(Conflict(kind, name, (), "", "", *map(_rows, sides)))
    return ours


def _rows(table: TableContent | None) -> int | None:
    return None if table is None else len(table.rows or ())
