"""The run over a package: every table, then the descriptor; and the writing, all files or none."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

from ..errors import PackageError
from ..package.files import write_files
from ..package.model import Package
from ..package.store import FilesInstead, FolderStore
from ..validate.changes.against import open_base
from ..validate.changes.ledgers import Ledgers
from .descriptor import refreshed
from .drafting import with_drafts
from .table import mend_table
from .values import Left, Mending, TableMending


def mend(package: Package, against: str | Package | None = None, tables: Sequence[str] = ()) -> Mending:
    """What is to be done to a package. Nothing is written.

    Parameters
    ----------
    package
        What to mend.
    against
        A reference to the base, that is, the package as it was before somebody changed it: what a program has damaged
        is put back from there. A git revision is looked up where the package lies. None without one.
    tables
        Names of the tables to mend; empty for all.

    Raises
    ------
    PackageError
        The base cannot be opened.
    UnknownNameError
        There is no table of such a name.
    """
    assert package.store is not None
    wanted = [package.resource(name).name for name in tables] or list(package.resource_names)
    base = open_base(against, package.store) if against is not None else None
    shared = _shared(package)
    ledgers = _ledgers(package, base, shared) if base is not None else None
    mended = tuple(
        _twice(package, name) if name in shared else mend_table(package, package.resource(name), base, ledgers)
        for name in wanted
    )
    mended = with_drafts(package, mended, ledgers)
    contents = {table.path: table.content for table in mended if table.content is not None}
    whole = {table.resource: table.content for table in mended if table.state in ("canonical", "mended")}
    restated = refreshed(package, whole)
    if restated is not None:
        contents[package.store.descriptor] = restated[0]
    label = base.store.label if base is not None and base.store is not None else None
    return Mending(package.name or package.store.label, label, mended, restated[1] if restated else (), contents)


def write(package: Package, mending: Mending) -> list[Path]:
    """Write what `mend` found, all files or none, and give the paths that changed.

    Raises
    ------
    PackageError
        The package is no folder, and cannot be written.
    WriteError
        A file cannot be written; every file is as it was.
    """
    folder = folder_of(package)
    return write_files({folder / path: content for path, content in mending.contents.items()})


def folder_of(package: Package) -> Path:
    """The folder of a package that can be written."""
    if not isinstance(package.store, FolderStore):
        label = package.store.label if package.store is not None else package.name
        raise PackageError(
            f"{label} is no folder, and only a folder is written.", "Unpack it, or look only: --check or --diff."
        )
    return package.store.folder


def _ledgers(package: Package, base: Package, shared: set[str]) -> Ledgers:
    """The ledgers of both, that of corrections read as it will be once it is mended itself."""
    named = package.setting("corrections")
    name = named.get("table") if isinstance(named, Mapping) else named
    if isinstance(name, str) and name in package.resource_names and name not in shared:
        ledger = mend_table(package, package.resource(name), base)
        if ledger.content is not None and package.store is not None:
            store = FilesInstead({ledger.path: ledger.content}, package.store)
            return Ledgers(dataclasses.replace(package, store=store), base)
    return Ledgers(package, base)


def _shared(package: Package) -> set[str]:
    """The names of tables whose file stands for another one too, or is the descriptor."""
    store = package.store
    assert store is not None
    folder = store.folder if isinstance(store, FolderStore) else Path()
    files = {resource.name: (folder / resource.path).resolve() for resource in package.resources}
    counts = Counter([*files.values(), (folder / store.descriptor).resolve()])
    return {name for name, file in files.items() if counts[file] > 1}


def _twice(package: Package, name: str) -> TableMending:
    """A file that is two tables, or the descriptor, cannot be brought into the form of one of them."""
    resource = package.resource(name)
    said = f"The file {resource.path} stands for more than this table in the descriptor."
    left = Left("shared-file", said, "Give each table a file of its own.")
    return TableMending(resource.name, resource.path, "left", left=(left,))
