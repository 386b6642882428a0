"""`history_of`: what happened to a row, in which release, and why; and to the rows that belong to it."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..package.model import ForeignKey, Package, Resource
from .layout import is_as_released
from .records import Change, Correction, Records, Retirement, release_order, rows_of
from .resolving import Resolution, records_of, resolved


@dataclass(frozen=True, slots=True)
class Event:
    """What happened to a row, or to one `field` of it, in a release.

    `version` is empty where the event is written down and not yet released; `released_on` is an ISO date, empty where
    the package does not know the release. `change` is one of `added`, `removed`, `renamed`, `changed`, `filled`,
    `cleared` and `respelled` (as in the table of changes), `corrected` (only the ledger of corrections tells of it) or
    `retired` (only the table of retired identifiers does). `row_id` is the key before it, `new_id` the one that the row
    has afterwards where it was renamed. `corrections` are those behind a change of a cell, in the order of the ledger;
    `reason` and `replaced_by` are those of a retirement.
    """

    version: str
    released_on: str
    table: str
    row_id: str
    field: str
    change: str
    old: str = ""
    new: str = ""
    new_id: str = ""
    corrections: tuple[Correction, ...] = ()
    reason: str = ""
    replaced_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RowHistory:
    """What a package tells of a row of it, or of one that it had.

    `since` is the first release that is known to have it, `since_on` its day; both are empty where that is not known.
    `events` are the row's own and those of the keys that it had before, the oldest first; `belonging` those of the
    rows of other tables that name it.
    """

    resolution: Resolution
    since: str = ""
    since_on: str = ""
    events: tuple[Event, ...] = ()
    belonging: tuple[Event, ...] = ()


def history_of(identifier: str, package: str | Path | Package | None = None, *, table: str | None = None) -> RowHistory:
    """What happened to a row, in which release, when and why, with the values before and after.

    It is told by the package's own tables (releases, changes, corrections, retired identifiers); no release is
    rebuilt. Of a row that others name by a foreign key (the items of a mandate), what happened to those is told too;
    one that is gone is known by its key, which begins with that of the row (`1998-santiago-poa-019.g`).

    Parameters
    ----------
    identifier, package, table
        As for `resolve`.

    Returns
    -------
    RowHistory
        Its `resolution` says whether the identifier is in use, replaced, withdrawn or was never given; without events
        in the last case.

    Raises
    ------
    AmbiguousIdentifierError, UnknownNameError, PackageError, TableError
        As `resolve` does.

    Examples
    --------
    >>> import mandates_data
    >>> mandates_data.history_of("1994-miami-dec-001").since
    '0.1.0'
    """
    records = records_of(package)
    resolution = resolved(records, identifier, table)
    if resolution.status == "never_given":
        return RowHistory(resolution)
    resource = records.package.resource(resolution.table)
    ids = _names(records, resource.name, identifier)
    events = [*_events(records, resource.name, ids), *_came_from(records, resource.name, ids)]
    since = _since(records, resource, events)
    return RowHistory(
        resolution,
        since,
        records.released_on.get(since, ""),
        _in_order(events),
        _in_order(_belonging(records, resource, ids)),
    )


def _names(records: Records, table: str, identifier: str) -> set[str]:
    """The identifier, and those under which the same row stood before."""
    found, waiting = {identifier}, [identifier]
    renamed = [change for change in records.changes.get(table, ()) if change.change == "renamed"]
    while waiting:
        here = waiting.pop()
        fresh = {change.before for change in renamed if change.after == here} - found
        found |= fresh
        waiting += fresh
    return found


def _in_order(events: Collection[Event]) -> tuple[Event, ...]:
    return tuple(sorted(events, key=lambda event: release_order(event.version)))


def _events(records: Records, table: str, ids: Collection[str]) -> Iterator[Event]:
    """All that is told of these rows, each thing once."""
    told: set[str] = set()
    ended: set[str] = set()
    for change in records.changes.get(table, ()):
        if change.before in ids or change.after in ids:
            corrections = tuple(_behind(records, change))
            told |= {one.correction_id for one in corrections}
            retirements = () if change.field else _retired(records, table, change)
            ended |= {one.retired_id for one in retirements}
            yield _changed(records, change, corrections, retirements)
    for correction in records.corrections:
        if correction.table == table and correction.row_id in ids and correction.correction_id not in told:
            version, place = correction.version, (correction.table, correction.row_id, correction.field)
            day = records.released_on.get(version, "")
            yield Event(version, day, *place, "corrected", correction.old, correction.new, corrections=(correction,))
    for identifier in sorted(set(ids) - ended):
        retirements = records.retirements.get((table, identifier), ())
        if retirements:
            yield _retirement(records, retirements)


def _behind(records: Records, change: Change) -> Iterator[Correction]:
    """The corrections behind a change of a cell: the one that it names, and others of the cell in that release."""
    for one in records.corrections if change.field else ():
        same_cell = one.table == change.table and one.row_id in (change.before, change.after)
        released_then = same_cell and one.field == change.field and one.version == change.version
        if released_then or (change.correction_id and one.correction_id == change.correction_id):
            yield one


def _retired(records: Records, table: str, change: Change) -> tuple[Retirement, ...]:
    if change.change not in ("removed", "renamed"):
        return ()
    return records.retirements.get((table, change.before), ())


def _changed(
    records: Records, change: Change, corrections: tuple[Correction, ...], retirements: tuple[Retirement, ...]
) -> Event:
    renamed = change.change == "renamed"
    return Event(
        change.version,
        records.released_on.get(change.version, ""),
        change.table,
        change.before,
        change.field,
        change.change,
        "" if renamed else change.old,
        "" if renamed else change.new,
        change.after if renamed else "",
        corrections,
        _reasons(retirements),
        _replacements(retirements),
    )


def _retirement(records: Records, listed: tuple[Retirement, ...]) -> Event:
    version = next((one.version for one in listed if one.version), "")
    return Event(
        version,
        records.released_on.get(version, ""),
        listed[0].table,
        listed[0].retired_id,
        "",
        "retired",
        reason=_reasons(listed),
        replaced_by=_replacements(listed),
    )


def _reasons(retirements: tuple[Retirement, ...]) -> str:
    return "; ".join(dict.fromkeys(one.reason for one in retirements if one.reason))


def _replacements(retirements: tuple[Retirement, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.replaced_by for one in retirements if one.replaced_by))


def _came_from(records: Records, table: str, ids: Collection[str]) -> Iterator[Event]:
    """The retirement of other rows in whose place these stand."""
    for (of_table, identifier), listed in records.retirements.items():
        if of_table == table and identifier not in ids and set(_replacements(listed)) & set(ids):
            yield _retirement(records, listed)


def _since(records: Records, resource: Resource, events: Collection[Event]) -> str:
    """The first release with the row. Where none added it, that is the first of all, unless the row is not released."""
    added = [event.version for event in events if event.change == "added"]
    if added or not records.released_on or resource.name in records.package.bookkeeping:
        return min(added, key=release_order, default="")
    return next(iter(records.released_on)) if is_as_released(records.package) else ""


def _belonging(records: Records, resource: Resource, ids: Collection[str]) -> list[Event]:
    """What happened to the rows of other tables that name one of these, or did."""
    found: list[Event] = []
    for child in records.package.resources:
        keys = [key for key in child.schema.foreign_keys if _leads_to(key, resource)]
        if keys and child.name != resource.name and child.name not in records.package.bookkeeping:
            found += _events(records, child.name, _rows_that_name(records, child, keys, ids))
            found += [event for event in _moved(records, child.name, keys, ids) if event not in found]
    return found


def _leads_to(key: ForeignKey, resource: Resource) -> bool:
    return key.resource == resource.name and key.reference_fields == resource.schema.primary_key


def _rows_that_name(records: Records, child: Resource, keys: list[ForeignKey], ids: Collection[str]) -> set[str]:
    found = {
        row_id
        for row_id, cells in rows_of(records.package, child)
        if any("/".join([cells[name] for name in key.fields]) in ids for key in keys)
    }
    starts = tuple(f"{identifier}{sign}" for identifier in ids for sign in "./")
    found |= {
        change.before
        for change in records.changes.get(child.name, ())
        if not change.field and change.before.startswith(starts)
    }
    return found | {one for table, one in records.retirements if table == child.name and one.startswith(starts)}


def _moved(records: Records, child: str, keys: list[ForeignKey], ids: Collection[str]) -> Iterator[Event]:
    """Rows that came to name one of these, or no longer do."""
    fields = {key.fields[0] for key in keys if len(key.fields) == 1}
    for change in records.changes.get(child, ()):
        if change.field in fields and (change.old in ids or change.new in ids):
            yield _changed(records, change, tuple(_behind(records, change)), ())
