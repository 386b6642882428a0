"""A conversion as a whole: everything is written beside its place first, and takes it only when all of it is there."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..errors import CapacityError, CellError, PackageError, UnknownNameError, WriteError, brief
from ..package.model import Package, Schema
from ..package.store import FolderStore
from .back import files_behind, tables_in, written_by_convert
from .beside import NAME, descriptor_beside, refuse_foreign
from .csv_tables import write_canonical
from .formats import Format
from .placing import Place, files_of, move, move_in, new_file, staged, writing
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
        _check_fields(table.name, table.schema)
        if f"{table.name}{format_.suffix}" == NAME:
            raise PackageError(f"A table called {table.name} would take the place of {NAME}.", "Rename the table.")
        if written_by_convert(table.resource):
            raise PackageError(f"{table.resource.path} was itself written by convert.", _way_back(package))
    if not format_.many:
        return _single(export, format_, _file_target(package, format_, target))
    folder = _folder_target(target, format_.name)
    if format_.beside:
        with writing(folder):
            refuse_foreign(folder, format_)
    write = format_.writer()
    with staged(folder, folder) as stage:
        for table in export.tables:
            write(Export(package, (table,)), new_file(stage, f"{table.name}{format_.suffix}"))
        if format_.beside:
            new_file(stage, NAME).write_bytes(descriptor_beside(export, format_))
        return _written(move_in(stage, Place.of(folder, files_of(package))), format_.suffix)


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
    with staged(folder, folder) as stage:
        for table in tables:
            found.append(table.name)
            if names and table.name not in names:
                continue
            _check_fields(table.name, table.schema)
            try:
                write_canonical(table.schema, table.texts(), new_file(stage, f"{_plain(table.name, str(source))}.csv"))
            except CellError as error:
                raise CapacityError(
                    f"A value of the table {table.name} in {source} does not fit its schema: expected "
                    f"{error.expected}. Nothing was written.",
                    "Mend it there, or convert the package again.",
                ) from error
        if unknown := [name for name in names if name not in found]:
            raise UnknownNameError.of("table", unknown[0], found)
        return _written(move_in(stage, Place.of(folder, files_behind(source))), ".csv")


def _plain(name: str, source: str) -> str:
    """A table's or package's name, when a file can have it: it is no path."""
    if not _FILE_NAME.fullmatch(name):
        raise PackageError(
            f"{source} uses the name {brief(name, 60)}, which no file is given here.",
            "Use a name of letters, digits, - and _.",
        )
    return name


_FILE_NAME = re.compile(r'[^./\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff][^/\\:*?"<>|\x00-\x1f\x7f\ud800-\udfff]{0,199}')


def _check_fields(table: str, schema: Schema) -> None:
    for name in schema.field_names:
        if _NO_TEXT.search(name):
            raise PackageError(
                f"Table {table}: the field {brief(name, 60)} has a character in its name that no table can hold.",
                "Rename it.",
            )


_NO_TEXT = re.compile("[\0\ud800-\udfff]")
"""A null character, or half of one that UTF-8 holds only whole."""


def _way_back(package: Package) -> str:
    if isinstance(package.store, FolderStore):
        return f'Bring it back first: mandates-data convert "{package.store.label}" --to csv'
    return "Unpack it into a folder, and bring that back: mandates-data convert FOLDER --to csv"


def _single(export: Export, format_: Format, target: Path) -> list[Written]:
    with writing(target):
        Place.of(target, files_of(export.package)).check(target)
    real = Path(os.path.realpath(target))
    with staged(target, real.parent) as stage:
        format_.writer()(export, stage / real.name)
        real.parent.mkdir(parents=True, exist_ok=True)
        move(stage / real.name, target)
    return [Written(target, "", target.stat().st_size)]


def _written(files: Sequence[Path], suffix: str) -> list[Written]:
    tables = ["" if file.name == NAME else file.name.removesuffix(suffix) for file in files]
    return [Written(file, table, file.stat().st_size) for file, table in zip(files, tables, strict=True)]


def _file_target(package: Package, format_: Format, target: Path | None) -> Path:
    own = _plain(package.name or "package", "The package") + format_.suffix
    if target is None:
        return Path(own)
    with writing(target):
        return target / own if target.is_dir() else target


def _folder_target(target: Path | None, name: str) -> Path:
    folder = target or Path(name)
    with writing(folder):
        taken = folder.exists() and not folder.is_dir()
    if taken:
        raise WriteError(f"{folder} is a file; this format writes a file a table.", "Name a folder with -o.")
    return folder
