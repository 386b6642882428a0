"""`resolve`: what an identifier of any age means today."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from ..errors import MandatesDataError
from ..package.model import Package
from ..package.opening import installed_folder
from .records import Records, read_records
from .references import open_package

Status = Literal["current", "replaced", "withdrawn", "never_given"]
_MANY = 5000
"""Identifiers beyond which near ones are looked for among the neighbours in order alone."""


@dataclass(frozen=True, slots=True)
class Step:
    """One identifier that went out of use, and what took its place; nothing where it was withdrawn.

    `version` is the first release without it, empty where that is still to come. `reason` is empty where none is
    written down.
    """

    retired_id: str
    replaced_by: tuple[str, ...]
    version: str
    reason: str


@dataclass(frozen=True, slots=True)
class Resolution:
    """What an identifier means in a package.

    Attributes
    ----------
    identifier, table
        What was asked for; the table is empty where no table ever had the identifier.
    status
        `current`: a row has it. `replaced`: others stand for it now. `withdrawn`: nothing does. `never_given`: no table
        has it or had it.
    current
        The identifiers that stand for it today: itself, or where the replacements lead, each once.
    steps
        How they lead there, the identifier itself first; several replacements in one step are a split.
    withdrawn
        Where the way ends in an identifier that nothing replaces.
    lost
        Where it ends in an identifier that the package does not know, or comes back to where it was.
    near
        Known identifiers that look like one that was never given.
    package, version
        Of the package that was asked.
    """

    identifier: str
    table: str
    status: Status
    current: tuple[str, ...] = ()
    steps: tuple[Step, ...] = ()
    withdrawn: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()
    near: tuple[str, ...] = ()
    package: str = ""
    version: str = ""


class AmbiguousIdentifierError(MandatesDataError):
    """Several tables have or had the identifier, and none is named."""


def resolve(identifier: str, package: str | Path | Package | None = None, *, table: str | None = None) -> Resolution:
    """What an identifier of any age means today: current, replaced by others, withdrawn, or never given.

    Parameters
    ----------
    identifier
        The key of a row, the parts of a composite one joined with `/`.
    package
        What `open_package` takes; None for the one that came with this library, whatever the current folder is.
    table
        The table that is meant, where several have the identifier.

    Raises
    ------
    AmbiguousIdentifierError
        Several tables have or had it.
    UnknownNameError
        There is no table of that name.
    PackageError, TableError
        The package, or one of its tables, cannot be read.

    Examples
    --------
    >>> import mandates_data
    >>> mandates_data.resolve("1994-miami-dec-001").status
    'current'
    """
    return resolved(records_of(package), identifier, table)


def records_of(package: str | Path | Package | None) -> Records:
    """The records of the package that is named, of the one that came with this library where none is."""
    if isinstance(package, Package):
        return read_records(package)
    return read_records(open_package(installed_folder() if package is None else package))


def resolved(records: Records, identifier: str, table: str | None = None) -> Resolution:
    """The same, from records that are read; see `resolve`."""
    names = records.package.resource_names if table is None else (records.package.resource(table).name,)
    ids = {name: records.row_ids(name) for name in names}
    known = [name for name in names if identifier in ids[name] or _past(records, name, identifier) is not None]
    known = [name for name in known if records.package.resource(name).schema.extends not in known]
    asked = (records.package.name, records.package.version)
    if not known:
        near = _near(identifier, {*_all_ids(records, ids)})
        return Resolution(identifier, "", "never_given", (), (), (), (), near, *asked)
    if len(known) > 1:
        raise AmbiguousIdentifierError(
            f"{identifier!r} is an identifier of {' and of '.join(known)}.",
            f"Say which is meant, with the table (--table {known[0]}).",
        )
    way = _Way(records, known[0], ids[known[0]])
    way.follow(identifier)
    status: Status = "current" if identifier in ids[known[0]] else "replaced" if way.replaced else "withdrawn"
    ends = tuple(way.current), tuple(way.steps), tuple(way.withdrawn), tuple(way.lost)
    return Resolution(identifier, known[0], status, *ends, (), *asked)


class _Way:
    """From an identifier to where its replacements lead, each looked at once, however they go round."""

    def __init__(self, records: Records, table: str, ids: Collection[str]) -> None:
        self._records, self._table, self._ids = records, table, ids
        self._seen: set[str] = set()
        self.current: list[str] = []
        self.steps: list[Step] = []
        self.withdrawn: list[str] = []
        self.lost: list[str] = []

    @property
    def replaced(self) -> bool:
        """Whether anything took the place of the first identifier that stands for it still, or is not known."""
        return bool(self.current) or bool(self.lost)

    def follow(self, identifier: str) -> None:
        """Go on from here to all ends; breadth first, so that steps come in the order of their distance."""
        waiting = [identifier]
        while waiting:
            here = waiting.pop(0)
            if here in self._seen:
                continue
            self._seen.add(here)
            if here in self._ids:
                self.current.append(here)
                continue
            step = _past(self._records, self._table, here)
            if step is None:
                self.lost.append(here)
                continue
            self.steps.append(step)
            if not step.replaced_by:
                self.withdrawn.append(here)
            waiting += step.replaced_by
        if not (self.current or self.withdrawn or self.lost):
            self.lost.append(identifier)  # it only goes round


def _past(records: Records, table: str, identifier: str) -> Step | None:
    """What became of an identifier that is out of use; None where nothing is known of it."""
    listed = records.retirements.get((table, identifier), ())
    ends = [
        change
        for change in records.changes.get(table, ())
        if not change.field and change.change in ("removed", "renamed") and change.before == identifier
    ]
    if listed:
        replaced_by = tuple(dict.fromkeys(one.replaced_by for one in listed if one.replaced_by))
        version = next((one.version for one in listed if one.version), "") or (ends[-1].version if ends else "")
        return Step(identifier, replaced_by, version, "; ".join(dict.fromkeys(o.reason for o in listed if o.reason)))
    if ends:
        last = ends[-1]
        return Step(identifier, (last.after,) if last.after != identifier else (), last.version, "")
    return None


def _all_ids(records: Records, ids: dict[str, frozenset[str]]) -> Iterator[str]:
    for name, listed in ids.items():
        if name not in records.package.bookkeeping:
            yield from listed
        yield from (change.before for change in records.changes.get(name, ()) if not change.field)
    yield from (identifier for table, identifier in records.retirements if table in ids)


def _near(identifier: str, known: Collection[str]) -> tuple[str, ...]:
    if len(known) > _MANY:
        listed = sorted(known)
        place = bisect_left(listed, identifier)
        known = listed[max(0, place - _MANY // 2) : place + _MANY // 2]
    return tuple(get_close_matches(identifier, sorted(known), n=3))
