"""What a package itself tells of its past: its releases, changes, corrections and retired identifiers, as values.

Which tables those are, its descriptor says (`mandates_data`: `history`, `corrections`, `retired_ids`); what it does not
name is empty here. Nothing is rebuilt.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ..diff.tables import open_table
from ..errors import PackageError
from ..package.model import Package, Resource
from ..package.versions import Version, is_version
from .layout import layout_of, releases_of

_CHANGE = ("version", "table", "row_id", "change")
_CORRECTION = ("correction_id", "table", "row_id", "field", "old", "new")
_RETIREMENT = ("retired_id", "table", "replaced_by")


@dataclass(frozen=True, slots=True)
class Change:
    """A row of the table of changes: what a release did to a row, or to one `field` of it."""

    version: str
    table: str
    row_id: str
    field: str
    change: str
    old: str
    new: str
    correction_id: str

    @property
    def before(self) -> str:
        """The key that the row had before; another one where it was renamed."""
        return self.old if self.change == "renamed" and self.old else self.row_id

    @property
    def after(self) -> str:
        """The key that the row has afterwards."""
        return self.new if self.change == "renamed" and self.new else self.row_id


@dataclass(frozen=True, slots=True)
class Correction:
    """A row of the ledger of corrections; `version` is empty until it is released."""

    correction_id: str
    table: str
    row_id: str
    field: str
    old: str
    new: str
    kind: str
    reason: str
    evidence: str
    version: str


@dataclass(frozen=True, slots=True)
class Retirement:
    """A row of the table of retired identifiers; `version` is empty until it is released."""

    retired_id: str
    table: str
    replaced_by: str
    reason: str
    version: str


@dataclass(frozen=True)
class Records:
    """All of it. `released_on` has the day of each release that the package knows, the first one first."""

    package: Package
    released_on: Mapping[str, str]
    changes: Mapping[str, tuple[Change, ...]]
    corrections: tuple[Correction, ...]
    retirements: Mapping[tuple[str, str], tuple[Retirement, ...]]

    def row_ids(self, table: str) -> frozenset[str]:
        """The keys of a table's rows, their parts joined with `/`; none where it has no primary key."""
        return frozenset(key for key, _cells in rows_of(self.package, self.package.resource(table)))


def read_records(package: Package) -> Records:
    """What the package tells of its past.

    Raises
    ------
    PackageError
        One of the tables is named and not there, or lacks a field.
    TableError
        One cannot be read beyond doubt.
    """
    layout = layout_of(package)
    changes: dict[str, list[Change]] = defaultdict(list)
    if layout is not None and layout.changes:
        for cells in _cells(package, layout.changes, _CHANGE, Change):
            change = Change(**cells)
            changes[change.table].append(change)
    named = _named(package, "corrections")
    corrections = [Correction(**cells) for cells in _cells(package, named, _CORRECTION, Correction)] if named else []
    named = _named(package, "retired_ids")
    retirements: dict[tuple[str, str], list[Retirement]] = defaultdict(list)
    for cells in _cells(package, named, _RETIREMENT, Retirement) if named else ():
        retirement = Retirement(**cells)
        retirements[retirement.table, retirement.retired_id].append(retirement)
    return Records(
        package,
        {str(release.version): release.released_on for release in releases_of(package)},
        {table: tuple(listed) for table, listed in changes.items()},
        tuple(corrections),
        {key: tuple(listed) for key, listed in retirements.items()},
    )


def rows_of(package: Package, resource: Resource) -> Iterator[tuple[str, Mapping[str, str]]]:
    """The key of each row and its cells by field; nothing where the table has no primary key."""
    table = open_table(package, resource)
    for _line, cells in table.rows() if table.key else ():
        row = dict(zip(table.names, cells, strict=True))
        yield "/".join([row[name] for name in table.key]), row


def release_order(version: str) -> tuple[int, Version]:
    """What brings versions into order; what is not yet released comes last."""
    return (0, Version.read(version)) if is_version(version) else (1, Version(0, 0, 0))


def _named(package: Package, name: str) -> str:
    """The table of a ledger as the descriptor names it; empty where it names none."""
    said = package.setting(name)
    if isinstance(said, Mapping):
        said = said.get("table")
    if said is None:
        return ""
    if not isinstance(said, str) or said not in package.resource_names:
        raise PackageError(f"`mandates_data.{name}` names no table of the package.", f"Mend `mandates_data.{name}`.")
    return said


def _cells(package: Package, name: str, needed: Sequence[str], form: type[Any]) -> Iterator[dict[str, str]]:
    """The rows of a ledger as the members of `form`; a field that it lacks and may lack is empty."""
    table = open_table(package, package.resource(name))
    missing = [field for field in needed if field not in table.names]
    if missing:
        raise PackageError(f"The table {name!r} has no field {missing[0]!r}.", "Mend its schema.")
    places = [(field, table.names.index(field) if field in table.names else None) for field in form.__slots__]
    for _line, cells in table.rows():
        yield {field: "" if place is None else cells[place] for field, place in places}
