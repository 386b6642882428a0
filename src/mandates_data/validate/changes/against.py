"""`--against REV`: the findings on a package, settled by the revision that it starts from.

This is the reference: every table is read once more, its rows are looked up by key in the base, and each is judged
by `contribution`. A table may be in any form in which its header can be understood.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from ...errors import MandatesDataError, PackageError, UnsafeReferenceError, brief
from ...package.model import Package, Resource
from ...package.opening import open_store
from ...package.parse import read_package
from ...package.reader import read_rows
from ...package.store import FolderStore, GitStore, Store
from ..findings import Finding, quoted
from ..keys import KeyIndex, Reference
from ..log import FindingLog
from . import codes_contribution as codes
from .against_table import TableAgainst
from .changed_rows import ChangedRows
from .gone import GoneRows
from .ledgers import Ledgers
from .matched import MatchedTable

_BLOCK = 10_000
"""Findings that are brought into order at a time."""


def open_base(reference: str | Path | Package, store: Store) -> Package:
    """The package that a contribution to the one in `store` starts from.

    Parameters
    ----------
    reference
        What `open_store` takes; where there is nothing of that name, a git revision such as `main` or `HEAD~1`.
        A revision is looked for in the repository that holds `store`. A package that is open is itself.

    Raises
    ------
    PackageError
        There is no such package, or its descriptor cannot be understood.
    """
    if isinstance(reference, Package):
        return reference
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


class Against:
    """What the base revision knows of a package, and what it alone can tell.

    Parameters
    ----------
    package, base
        The two revisions.
    log
        Where the settled findings go.
    """

    def __init__(self, package: Package, base: Package, log: FindingLog) -> None:
        self._package, self._base, self._log = package, base, log
        self._ledgers = Ledgers(package, base)
        self._done: set[str] = set()

    def by_changed_rows(
        self, resource: Resource, indexes: Sequence[KeyIndex], references: Sequence[Reference]
    ) -> int | None:
        """Settle a table by its changed rows alone, and give their number; None where it has to be read whole."""
        rows = ChangedRows(self._package, self._base, resource, indexes, references, self._ledgers)
        found = rows.findings()
        if found is None:
            return None
        self._done.add(resource.name)
        self._log.add(found[1], resource.name)
        return found[0]

    def settle(self, found: FindingLog) -> None:
        """All that was found in the tables that were read whole, settled, and what is gone.

        The rows of one base table at a time are held in memory.
        """
        self._log.add(self._ledgers.findings())
        for resource in self._package.resources:
            if resource.name in self._done:
                continue
            settled = found.on(resource.name)
            if resource.name in self._base.resource_names:
                settled = TableAgainst(self._package, self._base, resource, self._ledgers).findings(found)
            while block := list(islice(settled, _BLOCK)):
                self._log.add(block, resource.name)
        for resource in self._base.resources:
            if resource.name not in self._package.resource_names:
                self._log.add(_table_removed(self._package, self._base, resource, self._ledgers), resource.name)


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
