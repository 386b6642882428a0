"""A conversion as a whole: everything is written beside its place first, and takes it only when all of it is there."""

from __future__ import annotations

import contextlib
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import CapacityError, CellError, PackageError, UnknownNameError, WriteError, brief
from ..package.model import Package
from .back import tables_in, written_by_convert
from .beside import NAME, descriptor_beside, refuse_foreign
from .csv_tables import write_canonical
from .formats import Format
from .tables import Export, export_of

__all__ = ["Written", "convert_back", "convert_out", "tables_in"]


@dataclass(frozen=True, slots=True)
class Written:
    """A file that a conversion has written, and its size in bytes. `table` is empty where it holds all of them."""

    path: Path
    table: str
    bytes: int


def convert_out(package: Package, format_: Format, target: Path | None, names: Sequence[str] = ()) -> list[Written]:
    """Write a package's tables in a format.

    Parameters
    ----------
    target
        A folder for formats with a file a table, a file (or an existing folder) for the others. None for a folder
        with the format's name, or a file with the package's, in the current folder. Other files in a folder stay.
    names
        The tables; none for all.

    Raises
    ------
    CapacityError
        The format cannot hold a cell, which the message names. Nothing was written.
    TableError, UnknownNameError, MissingExtraError, WriteError
        A table cannot be read, is not there, a library is missing, or the target cannot be written.
    """
    export = export_of(package, names)
    for table in export.tables:
        _plain(table.name, "The package")
        if f"{table.name}{format_.suffix}" == NAME:
            raise PackageError(f"A table called {table.name} would take the place of {NAME}.", "Rename the table.")
        if written_by_convert(table.resource):
            raise PackageError(
                f"{table.resource.path} was itself written by convert.",
                f"Bring it back first: mandates-data convert {package.store.label if package.store else ''} --to csv",
            )
    if not format_.many:
        return _single(export, format_, _file_target(package, format_, target))
    folder = _folder_target(target, format_.name)
    if format_.beside:
        refuse_foreign(folder, format_)
    write = format_.writer()
    with _staged(folder, folder) as stage:
        for table in export.tables:
            write(Export(package, (table,)), stage / f"{table.name}{format_.suffix}")
        if format_.beside:
            (stage / NAME).write_bytes(descriptor_beside(export, format_))
        return _moved(stage, folder, format_.suffix)


def convert_back(source: Path, target: Path | None, names: Sequence[str] = ()) -> list[Written]:
    """Write the tables in what `convert_out` wrote as canonical CSV files, `<table>.csv` in the folder `target`.

    Raises
    ------
    PackageError, CapacityError, WriteError
        The source is damaged, a value in it is not one of its field, or the target cannot be written.
    """
    folder = _folder_target(target, "csv")
    tables = tables_in(source)
    if tables is None:
        raise PackageError(f"{source} is nothing that convert has written.", "Name such a file or folder.")
    found = []
    with _staged(folder, folder) as stage:
        for table in tables:
            found.append(table.name)
            if names and table.name not in names:
                continue
            try:
                write_canonical(table.schema, table.texts(), stage / f"{_plain(table.name, str(source))}.csv")
            except CellError as error:
                raise CapacityError(
                    f"A value of the table {table.name} in {source} does not fit its schema: expected "
                    f"{error.expected}. Nothing was written.",
                    "Mend it there, or convert the package again.",
                ) from error
        if unknown := [name for name in names if name not in found]:
            raise UnknownNameError.of("table", unknown[0], found)
        return _moved(stage, folder, ".csv")


def _plain(name: str, source: str) -> str:
    """A table's or package's name, when a file can have it: it is no path."""
    if not _FILE_NAME.fullmatch(name):
        raise PackageError(
            f"{source} uses the name {brief(name, 60)}, which no file is given here.",
            "Use a name of letters, digits, - and _.",
        )
    return name


_FILE_NAME = re.compile(r'[^./\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff][^/\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff]{0,199}')


def _single(export: Export, format_: Format, target: Path) -> list[Written]:
    with _staged(target, target.parent) as stage:
        staged = stage / target.name
        format_.writer()(export, staged)
        target.parent.mkdir(parents=True, exist_ok=True)
        staged.replace(target)
    return [Written(target, "", target.stat().st_size)]


def _file_target(package: Package, format_: Format, target: Path | None) -> Path:
    own = _plain(package.name or "package", "The package") + format_.suffix
    if target is None:
        return Path(own)
    return target / own if target.is_dir() else target


def _folder_target(target: Path | None, name: str) -> Path:
    folder = target or Path(name)
    if folder.exists() and not folder.is_dir():
        raise WriteError(f"{folder} is a file; this format writes a file a table.", "Name a folder with -o.")
    return folder


@contextlib.contextmanager
def _staged(target: Path, folder: Path) -> Iterator[Path]:
    """A folder that is gone in the end, whatever happens: in `folder`, or the nearest folder above that is there."""
    with _write_errors(target):
        there = next((path for path in (folder, *folder.parents) if path.is_dir()), folder)
        stage = Path(tempfile.mkdtemp(prefix=".convert.", suffix=".part", dir=there))
    try:
        with _write_errors(target):
            yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


@contextlib.contextmanager
def _write_errors(target: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"Cannot write {target}: {reason}.", "Choose another place with -o.") from error


def _moved(stage: Path, folder: Path, suffix: str) -> list[Written]:
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    staged = sorted(stage.iterdir())
    for path in staged:
        if (folder / path.name).is_dir():
            raise WriteError(f"{folder / path.name} is a folder.", "Name another one with -o.")
    for path in staged:
        place = path.replace(folder / path.name)
        table = "" if path.name == NAME else path.name.removesuffix(suffix)
        written.append(Written(place, table, place.stat().st_size))
    return written
