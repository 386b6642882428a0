"""What two sides changed in ways that do not go together. In the result ours stands there, and never a mark."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from ..changeset import Key
from ..documents import ABSENT

ConflictKind = Literal[
    "cell", "row_removed", "row_added", "column_removed", "column_added", "property", "order", "key_changed",
    "rows_without_key", "table_removed", "table_added", "table_unreadable", "digest",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Conflict:
    """One conflict, with its place and what stands there on each side, None where nothing does.

    Attributes
    ----------
    kind
        `cell`: both changed a cell. `row_removed`, `column_removed`, `table_removed`: one removed what the other
        changed. `row_added`, `column_added`, `table_added`: both added it, differently. `property`: both changed a
        property of a descriptor or schema. `order`: both moved tables or columns. `key_changed`: one changed the
        primary key, the other rows. `rows_without_key`: rows of a table without a key that may be the same ones.
        `table_unreadable` and `digest`: git's merge driver could not merge a file, or not tell its digest.
    table
        Empty where the package's own descriptor is meant.
    key
        The row's key; empty where no row is meant.
    field
        The column; empty where a whole row or table is meant, or its descriptor.
    property
        A JSON Pointer (RFC 6901) from the field, where there is one, else from the resource, whose schema is
        `/schema` and whose dialect is `/dialect`, else from the package.
    base, ours, theirs
        Cells are texts, rows objects of cells by field, tables their number of rows.
    """

    kind: ConflictKind
    table: str = ""
    key: Key = ()
    field: str = ""
    property: str = ""
    base: Any = None
    ours: Any = None
    theirs: Any = None

    def swapped(self) -> Conflict:
        """The same seen from the other side."""
        return dataclasses.replace(self, ours=self.theirs, theirs=self.ours)


TellConflict = Callable[[Conflict], None]


def or_none(value: Any) -> Any:
    """What of a JSON document is not there, as None."""
    return None if value is ABSENT else value


def in_order(conflicts: list[Conflict]) -> tuple[Conflict, ...]:
    """The package first, then table by table: what is said of it, then its rows by their keys."""
    return tuple(sorted(conflicts, key=lambda each: (each.table, each.key, each.field, each.property, each.kind)))
