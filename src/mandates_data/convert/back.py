"""From what `convert` has written, in whatever format, back to tables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from ..errors import PackageError, brief
from ..package.model import Package, Resource
from ..package.opening import open_package
from .beside import NAME
from .formats import NESTED
from .placing import files_of
from .tables import BackTable

Reader = Callable[[Path, Resource], BackTable]


def tables_in(source: Path) -> Iterator[BackTable] | None:
    """The tables in a file or folder that `convert` has written; None where `source` is none of its formats.

    Raises
    ------
    PackageError
        It is of such a format, but damaged or of other makers; or it may not be read.
    """
    try:
        if source.is_dir():
            return _in_folder(source)
        if not source.is_file():
            return None
        if source.name == NAME:
            return _in_folder(source.parent)
        suffix = source.suffix.lower()
        return _FILES[suffix](source) if suffix in _FILES else _by_its_start(source)
    except OSError as error:
        what = f"Cannot read {brief(str(source))}: {error.strerror}."
        raise PackageError(what, "Check the path and its rights.") from error


def files_behind(source: Path) -> list[Path]:
    """The files that `tables_in` reads."""
    folder = source.parent if source.name == NAME else source
    return [*files_of(open_package(folder))] if (folder / NAME).is_file() else [source]


def _in_folder(folder: Path) -> Iterator[BackTable] | None:
    parquet = sorted(path for path in folder.glob("*.parquet") if path.is_file())
    if (folder / NAME).is_file():
        package = open_package(folder)
        return _beside(package, folder) if any(map(written_by_convert, package.resources)) else None
    return (table for path in parquet for table in _parquet(path)) if parquet else None


def written_by_convert(resource: Resource) -> bool:
    """Whether a table is in a form of `convert` that only the way back reads."""
    return _reader_of(resource) is not None


def _beside(package: Package, folder: Path, wanted: str = "") -> Iterator[BackTable]:
    for resource in package.resources:
        reader = _reader_of(resource)
        if reader is None:
            raise PackageError(
                f"{resource.path} in {folder} is not of a format that can be read back.", "Convert the package again."
            )
        if wanted in ("", resource.path):
            assert package.store is not None
            package.store.open(resource.path).close()  # refuses what is no file: a named pipe would keep us waiting
            yield reader(folder / resource.path, resource)


def _reader_of(resource: Resource) -> Reader | None:
    from . import csv_tables, json_rows

    own = resource.raw.get("mandates_data")
    if resource.format == "csv":
        return csv_tables.read_excel if isinstance(own, dict) and own.get("excel") is True else None
    if resource.format in ("json", "jsonl"):
        read = json_rows.read_array if resource.format == "json" else json_rows.read_lines
        return lambda path, table: read(path, table.name, table.schema)
    return None


def _parquet(path: Path) -> Iterator[BackTable]:
    from .parquet import read

    return read(path)


def _sqlite(path: Path) -> Iterator[BackTable]:
    from .sqlite import read

    return read(path)


def _xlsx(path: Path) -> Iterator[BackTable]:
    from .xlsx import read

    return read(path)


def _by_its_start(path: Path) -> Iterator[BackTable] | None:
    """A database or workbook under a name of its own, as `-o` may have given it."""
    with path.open("rb") as file:
        start = file.read(16)
    if start == b"SQLite format 3\0":
        return _sqlite(path)
    is_archive = start.startswith(b"PK\3\4") and path.suffix.lower() not in (".zip", ".whl")
    return _xlsx(path) if is_archive else None


def _one_json(path: Path) -> Iterator[BackTable] | None:
    if path.suffix.lower() == ".json" and _is_object(path):
        return None  # a descriptor of another name
    if path.name.endswith(NESTED.suffix):
        raise PackageError(
            f"{path} holds nested documents, from which no way leads back.", "Convert the package to json instead."
        )
    if not (path.parent / NAME).is_file():
        raise PackageError(
            f"There is no {NAME} beside {path}, so the schema of its table is not known.",
            f"Put the {NAME} there that convert wrote with it.",
        )
    package = open_package(path.parent)
    if path.name not in [resource.path for resource in package.resources]:
        raise PackageError(f"{path.parent / NAME} does not list {path.name}.", "Convert the package again.")
    return _beside(package, path.parent, path.name)


def _is_object(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(4096).lstrip().startswith(b"{")


_FILES: dict[str, Callable[[Path], Iterator[BackTable] | None]] = {
    ".parquet": _parquet,
    ".sqlite": _sqlite,
    ".sqlite3": _sqlite,
    ".db": _sqlite,
    ".xlsx": _xlsx,
    ".json": _one_json,
    ".jsonl": _one_json,
}
