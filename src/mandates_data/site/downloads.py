"""The files to take away: the tables as the package holds them, and all of it in one file of each of several forms.

Each is made by what `convert` and `release build` are made of, so a file from here is the file that they make.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ..convert.formats import FORMATS, NESTED
from ..convert.run import convert_out
from ..errors import CapacityError
from ..history.layout import layout_of
from ..package.model import Package
from ..package.rows import Tables
from ..package.store import FolderStore, read_bytes
from ..package.zipped import write_zip
from ..release.build import package_files
from .addresses import file_name, refuse_shared

FOLDER = "downloads"
SUMS = "SHA256SUMS"


@dataclass(frozen=True, slots=True)
class Download:
    """A file to take away.

    Attributes
    ----------
    title, whom
        What it is, and whom it suits; `whom` is empty for the file of one table.
    table
        The table that it holds; empty where it holds several.
    refused
        Why there is no such file, where its form cannot hold the tables; else empty.
    """

    name: str
    title: str
    whom: str = ""
    table: str = ""
    size: int = 0
    sha256: str = ""
    refused: str = ""

    @property
    def address(self) -> str:
        """Where it stands, from the root of the site."""
        return f"{FOLDER}/{self.name}"

    @property
    def media_type(self) -> str:
        """Its form, as browsers and catalogues call it."""
        return _MEDIA_TYPES[Path(self.name).suffix]


_MEDIA_TYPES = {
    ".csv": "text/csv",
    ".json": "application/json",
    ".sqlite": "application/vnd.sqlite3",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".zip": "application/zip",
}
"""As registered with IANA."""


def write_downloads(package: Package, root: Path) -> list[Download]:
    """Write the files below the folder `root`, with their checksums beside them.

    A workbook holds less than the other forms: where it cannot hold the tables, it alone is missing, and says why.

    Raises
    ------
    PackageError, TableError, CapacityError
        A file of the package cannot be read, or another form cannot hold a cell.
    MissingExtraError
        What writes workbooks is not installed.
    """
    folder = root / FOLDER
    folder.mkdir()
    found = list(_made(package, folder))
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in found if not one.refused)
    (folder / SUMS).write_bytes(sums.encode())
    return found


def _made(package: Package, folder: Path) -> Iterator[Download]:
    name = "-".join(part for part in (file_name(package.name or "package"), package.version) if part)
    yield _workbook(package, folder / f"{name}.xlsx")
    files = _files(package)
    write_zip(folder / f"{name}.zip", name, files.items())
    title = "The package: all tables as CSV, their descriptions, and the archived pages"
    whom = "For research and keeping: what a citation refers to, and what mandates-data validates and compares."
    yield _finished(folder, Download(f"{name}.zip", title, whom))
    convert_out(package, FORMATS["sqlite"], folder / f"{name}.sqlite")
    whom = "For questions in SQL, across tables."
    yield _finished(folder, Download(f"{name}.sqlite", "All tables in one SQLite database", whom))
    if package.setting("nested_root"):
        convert_out(package, NESTED, folder / f"{name}.nested.json")
        title = "One JSON document a mandate, with all that belongs to it"
        yield _finished(folder, Download(f"{name}.nested.json", title, "For programmers who want no joins."))
    refuse_shared(f"{FOLDER}/{file_name(resource.name)}.csv" for resource in package.resources)
    for resource in package.resources:
        file = Download(f"{file_name(resource.name)}.csv", resource.title or resource.name, table=resource.name)
        (folder / file.name).write_bytes(files[resource.path])
        yield _finished(folder, file)


def _workbook(package: Package, path: Path) -> Download:
    title = "All tables in one Excel workbook, a sheet each, with what every column means"
    whom = "For looking, sorting and filtering: it opens with a double click in Excel and LibreOffice."
    file = Download(path.name, title, whom)
    try:
        convert_out(package, FORMATS["xlsx"], path)
    except CapacityError as error:
        return replace(file, refused=error.message.removesuffix(" Nothing was written."))
    return _finished(path.parent, file)


def _files(package: Package) -> dict[str, bytes]:
    """The files that make up the package, by path: all of them where it lies in a folder, else those that it names."""
    store = package.store
    assert store is not None
    if isinstance(store, FolderStore) and layout_of(package) is not None:
        return {path: read_bytes(store, path) for path in package_files(package, store.folder)}
    paths = {store.descriptor}
    for resource in package.resources:
        named = (resource.path, resource.raw.get("schema"), resource.raw.get("dialect"))
        paths |= {path for path in named if isinstance(path, str)}
    for source in Tables(package)["sources"]:
        archived = source["path"]
        beside = (archived, f"{archived.removesuffix(PurePosixPath(archived).suffix)}.decisions.csv")
        paths |= {path for path in beside if archived and store.exists(path)}
    return {path: read_bytes(store, path) for path in sorted(paths)}


def _finished(folder: Path, file: Download) -> Download:
    """The file with its size and checksum, now that it is written."""
    content = (folder / file.name).read_bytes()
    return replace(file, size=len(content), sha256=hashlib.sha256(content).hexdigest())
