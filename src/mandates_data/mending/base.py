"""The base as an oracle: what every row of a table was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import MandatesDataError
from ..package.model import Field, Package, Resource, Schema
from ..package.reader import read_rows
from .values import Left

Key = tuple[str, ...]


@dataclass(frozen=True)
class BaseTable:
    """The rows of the base by their key, each with its cells in the order of the columns that were asked for.

    A key that stands twice in the base proves nothing, and is left out. A column that the base lacks, or in which it
    holds values of another type, is None.
    """

    rows: Mapping[Key, Sequence[str | None]]


def base_table(base: Package, resource: Resource, schema: Schema) -> BaseTable | Left:
    """The base's rows of a table, or why it cannot say what they were."""
    said = "The base cannot say what the rows were: "
    if not schema.primary_key:
        return Left("no-base", f"{said}the table has no key by which to find them again.", counts=False)
    if resource.name not in base.resource_names:
        return Left("no-base", f"{said}it has no table {resource.name}.", counts=False)
    other = base.resource(resource.name)
    names = other.schema.field_names
    if not set(schema.primary_key) <= set(names):
        return Left("no-base", f"{said}it has another key.", counts=False)
    places = [
        names.index(field.name) if field.name in names and _same_kind(field, other.schema.field(field.name)) else None
        for field in schema.fields
    ]
    keys = [names.index(name) for name in schema.primary_key]
    rows: dict[Key, Sequence[str | None]] = {}
    seen: Counter[Key] = Counter()
    try:
        for batch in read_rows(base, other):
            for record in batch:
                cells = [None if place is None else record.cells[place] for place in places]
                of_row = tuple([record.cells[place] for place in keys])
                seen[of_row] += 1
                rows[of_row] = cells
    except MandatesDataError as error:
        return Left("no-base", f"{said}{error.message}", error.next_step)
    return BaseTable({of_row: cells for of_row, cells in rows.items() if seen[of_row] == 1})


def _same_kind(one: Field, other: Field) -> bool:
    return (one.type, one.format, one.decimal_char) == (other.type, other.format, other.decimal_char)


def same_bytes(base: Package, package: Package, resource: Resource) -> bool:
    """Whether the table's file is the base's, byte for byte."""
    if resource.name not in base.resource_names:
        return False
    assert base.store is not None
    assert package.store is not None
    path = base.resource(resource.name).path
    if not base.store.exists(path):
        return False
    with package.store.open(resource.path) as now, base.store.open(path) as before:
        while True:
            chunk = now.read(1 << 20)
            if chunk != before.read(1 << 20):
                return False
            if not chunk:
                return True
