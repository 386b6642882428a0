"""The base as an oracle: what every row of a table was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import MandatesDataError
from ..package.model import Package, Resource, Schema
from ..package.opening import open_package
from ..package.parse import read_package
from ..package.reader import read_rows
from ..package.store import FolderStore, GitStore
from ..package.writer import key_of
from .values import Left

Key = tuple[str, ...]


def open_base(reference: str, package: Package) -> Package:
    """The base that `reference` names. A git revision is looked up where the package lies."""
    if reference.startswith("git:") and isinstance(package.store, FolderStore):
        return read_package(GitStore(reference[4:], package.store.folder))
    return open_package(reference)


@dataclass(frozen=True)
class BaseTable:
    """The rows of the base by their key, each with its cells in the order of the columns that were asked for.

    A key that stands twice in the base proves nothing, and is left out. A column that the base lacks is None.
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
    places = [names.index(name) if name in names else None for name in schema.field_names]
    key = key_of(schema)
    rows: dict[Key, Sequence[str | None]] = {}
    seen: Counter[Key] = Counter()
    try:
        for batch in read_rows(base, other):
            for record in batch:
                cells = [None if place is None else record.cells[place] for place in places]
                of_row = tuple(key([cell or "" for cell in cells]))
                seen[of_row] += 1
                rows[of_row] = cells
    except MandatesDataError as error:
        return Left("no-base", f"{said}{error.message}", error.next_step)
    return BaseTable({of_row: cells for of_row, cells in rows.items() if seen[of_row] == 1})


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
