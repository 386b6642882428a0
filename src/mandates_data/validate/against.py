"""`--against REV`: the findings on a package, settled by the revision that it starts from.

This is the reference: every table is read once more, its rows are looked up by key in the base, and each is judged
by `contribution`. A table may be in any form in which its header can be understood.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from ..errors import MandatesDataError, PackageError, UnsafeReferenceError, brief
from ..package.model import Package, Resource
from ..package.opening import open_store
from ..package.parse import read_package
from ..package.reader import read_rows
from ..package.store import FolderStore, GitStore, Store
from . import codes_contribution as codes
from .against_table import TableAgainst
from .findings import Finding, quoted
from .gone import GoneRows
from .ledgers import Ledgers
from .log import FindingLog
from .matched import MatchedTable

_BLOCK = 10_000
"""Findings that are brought into order at a time."""


def open_base(reference: str | Path, store: Store) -> Package:
    """The package that a contribution to the one in `store` starts from.

    Parameters
    ----------
    reference
        What `open_store` takes; where there is nothing of that name, a git revision such as `main` or `HEAD~1`.
        A revision is looked for in the repository that holds `store`.

    Raises
    ------
    PackageError
        There is no such package, or its descriptor cannot be understood.
    """
    base = _base_store(str(reference), store)
    try:
        return read_package(base)
    except PackageError as error:
        raise type(error)(f"The base revision {base.label}: {error.message}", error.next_step) from error


def _base_store(text: str, store: Store) -> Store:
    try:
        is_path = Path(text).exists()
    except (OSError, ValueError):  # a name that no file can have
        is_path = False
    if is_path and not text.startswith("git:"):
        return open_store(text)
    folder = store.folder if isinstance(store, FolderStore) else Path.cwd()
    try:
        found = GitStore(text.removeprefix("git:"), folder)
    except PackageError as error:
        if text.startswith("git:"):
            raise
        raise PackageError(f"{brief(text)} is neither a package nor a git revision here.", error.next_step) from error
    found.descriptor = store.descriptor
    return found


def settle(package: Package, base: Package, found: FindingLog, log: FindingLog) -> None:
    """All that was found, with what the base knows of it, and what the base alone can tell.

    Parameters
    ----------
    found
        What `validate` finds in the tables, all of it.
    log
        Where the settled findings go. The rows of one base table at a time are held in memory.
    """
    ledgers = Ledgers(package, base)
    log.add(ledgers.findings())
    for resource in package.resources:
        settled = found.on(resource.name)
        if resource.name in base.resource_names:
            settled = TableAgainst(package, base, resource, ledgers).findings(found)
        while block := list(islice(settled, _BLOCK)):
            log.add(block, resource.name)
    for resource in base.resources:
        if resource.name not in package.resource_names:
            log.add(_table_removed(package, base, resource, ledgers), resource.name)


def _table_removed(package: Package, base: Package, resource: Resource, ledgers: Ledgers) -> Iterator[Finding]:
    """That a promise is broken with it, else that it is gone."""
    rule = codes.TABLE_REMOVED
    path = package.store.descriptor if package.store else None
    fresh = {r.schema.field_names: r.name for r in package.resources if r.name not in base.resource_names}
    said = f"The table {quoted(resource.name)} of the base revision is gone"
    if resource.schema.field_names in fresh:
        said += f"; the new table {quoted(fresh[resource.schema.field_names])} has the same columns"
    broken = [one for one in _rows_removed(base, resource, ledgers) if one.code != codes.ROWS_REMOVED.code]
    for one in broken:
        yield dataclasses.replace(one, message=f"{said}. {one.message}", path=path, mend=rule.mend)
    if not broken:
        yield rule.finding(f"{said}.", resource=resource.name, path=path, mend=rule.mend)


def _rows_removed(base: Package, resource: Resource, ledgers: Ledgers) -> Iterator[Finding]:
    names = resource.schema.field_names
    table = MatchedTable(resource, resource, {name: place for place, name in enumerate(names)})
    gone = GoneRows(table, ledgers, each=1)
    try:
        for batch in read_rows(base, resource) if table.key else ():
            for record in batch:
                gone.add(record.cells)
    except UnsafeReferenceError:
        raise
    except MandatesDataError:
        return
    yield from gone.findings()
