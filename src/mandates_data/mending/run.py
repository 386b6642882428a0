"""The run over a package: every table, then the descriptor; and the writing, all files or none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from ..errors import PackageError
from ..package.files import write_files
from ..package.model import Package
from ..package.store import FolderStore
from .base import open_base
from .descriptor import refreshed
from .table import mend_table
from .values import Left, Mending, TableMending


def mend(package: Package, against: str | None = None, tables: Sequence[str] = ()) -> Mending:
    """What is to be done to a package. Nothing is written.

    Parameters
    ----------
    package
        What to mend.
    against
        A reference to the base, that is, the package as it was before somebody changed it: what a program has damaged
        is put back from there. `git:REV` is looked up where the package lies. None without one.
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
    base = open_base(against, package) if against is not None else None
    shared = _shared(package)
    mended = tuple(
        _twice(package, name) if name in shared else mend_table(package, package.resource(name), base)
        for name in wanted
    )
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
