"""The files to take away: the tables as the package holds them, and all of it in one file of each of several forms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..convert.formats import FORMATS, NESTED
from ..convert.run import convert_out
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
    """A file to take away. `table` is empty where it holds several."""

    name: str
    title: str
    size: int
    sha256: str
    table: str = ""

    @property
    def address(self) -> str:
        """Where it stands, from the root of the site."""
        return f"{FOLDER}/{self.name}"


def write_downloads(package: Package, root: Path) -> list[Download]:
    """Write the files below the folder `root`, with their checksums beside them.

    Raises
    ------
    PackageError, TableError, CapacityError
        A file of the package cannot be read, or a form cannot hold a cell.
    """
    folder = root / FOLDER
    folder.mkdir()
    found = list(_made(package, folder))
    sums = "".join(f"{one.sha256}  {one.name}\n" for one in found)
    (folder / SUMS).write_bytes(sums.encode())
    return found


def _made(package: Package, folder: Path) -> Iterator[Download]:
    name = "-".join(file_name(part) for part in (package.name or "package", package.version) if part)
    files = _files(package)
    write_zip(folder / f"{name}.zip", name, files.items())
    yield _of(folder / f"{name}.zip", "The package: all tables as CSV, their descriptions, and the archived pages")
    convert_out(package, FORMATS["sqlite"], folder / f"{name}.sqlite")
    yield _of(folder / f"{name}.sqlite", "All tables in one SQLite database")
    if package.setting("nested_root"):
        convert_out(package, NESTED, folder / f"{name}.nested.json")
        yield _of(folder / f"{name}.nested.json", "One JSON document a mandate, with all that belongs to it")
    refuse_shared(f"{FOLDER}/{file_name(resource.name)}.csv" for resource in package.resources)
    for resource in package.resources:
        path = folder / f"{file_name(resource.name)}.csv"
        path.write_bytes(files[resource.path])
        yield _of(path, resource.title or resource.name, resource.name)


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


def _of(path: Path, title: str, table: str = "") -> Download:
    content = path.read_bytes()
    return Download(path.name, title, len(content), hashlib.sha256(content).hexdigest(), table)
