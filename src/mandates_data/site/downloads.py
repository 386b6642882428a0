"""The files to take away: the tables as the package holds them, and all of it in one file of each of several forms.

Each is made by what `convert` and `release build` are made of, so a file from here is the file that they make.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from ..history.layout import layout_of
from ..package.model import Package
from ..package.rows import Tables
from ..package.store import FolderStore, read_bytes
from ..package.zipped import write_zip
from ..release.build import package_files
from .addresses import file_name, refuse_shared
from .forms import FormsApart, forms_of, write_forms

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


APART = 2_000_000
"""Bytes of the files of a package from which on a second process is worth its start (about a third of a second)."""


class Making:
    """The downloads of a package, being made below the folder `root`; a context, which ends what is still being made.

    Raises
    ------
    PackageError, TableError, CapacityError
        A file of the package cannot be read, or a form other than a workbook cannot hold a cell.
    MissingExtraError
        What writes workbooks is not installed.
    """

    def __init__(self, package: Package, root: Path) -> None:
        self._package, self._folder = package, root / FOLDER
        self._folder.mkdir()
        self._name = "-".join(file_name(part) for part in (package.name or "package", package.version) if part)
        refuse_shared(f"{FOLDER}/{file_name(resource.name)}.csv" for resource in package.resources)
        files = _files(package)
        write_zip(self._folder / f"{self._name}.zip", self._name, files.items())
        for resource in package.resources:
            (self._folder / f"{file_name(resource.name)}.csv").write_bytes(files[resource.path])
        self._apart: FormsApart | None = None
        if sum(map(len, files.values())) >= APART:
            self._apart = FormsApart(self._folder / f"{self._name}.zip", self._folder, self._name)

    def __enter__(self) -> Making:
        return self

    def __exit__(self, *_: object) -> None:
        if self._apart is not None:
            self._apart.stop()

    def finish(self) -> list[Download]:
        """Make what is left, write the checksums beside the files, and tell of them."""
        if self._apart is None:
            refused = write_forms(self._package, self._folder, self._name)
        else:
            refused = dict(self._apart.finish())
        found = [self._finished(file) for file in self._files(refused)]
        sums = "".join(f"{one.sha256}  {one.name}\n" for one in found if not one.refused)
        (self._folder / SUMS).write_bytes(sums.encode())
        return found

    def _files(self, refused: Mapping[str, str]) -> Iterator[Download]:
        workbook, *others = (
            Download(f"{self._name}{form.ending}", form.title, form.whom, refused=refused.get(form.ending, ""))
            for form in forms_of(self._package)
        )
        yield workbook
        yield Download(
            f"{self._name}.zip",
            "The package: all tables as CSV, their descriptions, and the archived pages",
            "For research and keeping: what a citation refers to, and what mandates-data validates and compares.",
        )
        yield from others
        for resource in self._package.resources:
            yield Download(f"{file_name(resource.name)}.csv", resource.title or resource.name, table=resource.name)

    def _finished(self, file: Download) -> Download:
        """The file with its size and checksum, now that it is written."""
        if file.refused:
            return file
        content = (self._folder / file.name).read_bytes()
        return replace(file, size=len(content), sha256=hashlib.sha256(content).hexdigest())


def write_downloads(package: Package, root: Path) -> list[Download]:
    """Write the files below the folder `root`. Raises as `Making`."""
    with Making(package, root) as making:
        return making.finish()


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
