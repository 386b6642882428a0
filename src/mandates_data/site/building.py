"""A site as a whole: every file is written beside its place, and the folder takes it only when all are there."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from ..errors import WriteError
from ..explore.citing import Citations
from ..package.model import Package
from .addresses import refuse_shared
from .assembling import site_of
from .downloads import Making
from .exploring import explore_data
from .metadata import croissant, dataset
from .pages import pages_of, pages_on_downloads
from .rendering import Renderer

MARK = "site.json"
"""Tells a folder that was made here, and may be made anew, from any other."""
_ASSETS = ("site.css", "copy.js", "explore.js", "folding.js", "searching.js", "suggesting.js", "table.js")


@dataclass(frozen=True, slots=True)
class Built:
    """What was written: the folder, the version that it shows, and how many pages, files and bytes it has."""

    folder: Path
    version: str
    mandates: int
    pages: int
    files: int
    bytes: int


def build(package: Package, target: Path, address: str = "", newest: str = "") -> Built:
    """Write the pages of a package into the folder `target`, all of them or none.

    A folder that was made here is replaced; one that holds anything else is left alone.

    Parameters
    ----------
    address
        Where the site will be published, as in `https://example.org/mandates/`; empty where that is not known.
    newest
        A later version than that of the package, which every page then points out.

    Raises
    ------
    WriteError
        The folder is a file, holds other files, or cannot be written.
    PackageError, TableError
        The package has no mandates, or cannot be read.
    MissingExtraError
        The template engine is not installed.
    """
    target = Path(os.path.abspath(target))  # noqa: PTH100 # a link in the path stays
    _refuse_other(target)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=f".{target.name}.", suffix=".part", dir=target.parent) as stage:
            made = Path(stage) / "site"
            made.mkdir()
            built = _write(package, made, target, address, newest)
            _swap(made, target, Path(stage) / "before")
    except OSError as error:
        raise WriteError(
            f"Cannot write {target}: {error.strerror or error}.", "Choose another place with -o."
        ) from error
    return built


def _refuse_other(target: Path) -> None:
    if target.exists() and not target.is_dir():
        raise WriteError(f"{target} is not a folder.", "Name another one with -o.")
    if target.is_dir() and any(target.iterdir()) and not _is_ours(target / MARK):
        raise WriteError(f"{target} holds files that are no site made here.", "Name a new or empty folder with -o.")


def _is_ours(mark: Path) -> bool:
    try:
        return bool(json.loads(mark.read_text(encoding="utf-8"))["format"] == "mandates-data/site")
    except (OSError, ValueError, KeyError, TypeError):
        return False


def _write(package: Package, root: Path, target: Path, address: str, newest: str) -> Built:
    with Making(package, root) as making:
        citations = Citations(package)
        site = site_of(package, citations.data_set, address, newest)
        renderer = Renderer(site, package)
        pages = list(pages_of(site, package, citations))
        refuse_shared(page.address for page in pages)
        for folder in {Path(page.address).parent for page in pages} | {Path("assets")}:
            (root / folder).mkdir(parents=True, exist_ok=True)
        for page in pages:
            (root / page.address).write_bytes(renderer.bytes_of(page))
        downloads = making.finish()
    cited = citations.of(None, site.cover.address)
    for page in pages_on_downloads(site, downloads, dataset(site, package, cited, downloads)):
        pages.append(page)
        (root / page.address).write_bytes(renderer.bytes_of(page))
    for name in _ASSETS:
        (root / "assets" / name).write_bytes((files(__package__) / "static" / name).read_bytes())
    (root / "assets" / "data.js").write_bytes(explore_data(site))
    (root / "croissant.json").write_bytes(croissant(site, package, cited, downloads))
    cover = site.cover
    mark = {"format": "mandates-data/site", "format_version": 1, "package": cover.name, "edition": cover.edition}
    (root / MARK).write_text(json.dumps(mark, indent=2) + "\n", encoding="utf-8")
    written = sum(page.address.endswith(".html") for page in pages)
    sizes = [path.stat().st_size for path in root.rglob("*") if path.is_file()]
    return Built(target, cover.version, len(site.mandates), written, len(sizes), sum(sizes))


def _swap(made: Path, target: Path, before: Path) -> None:
    """Put the finished folder in its place; what stood there is put back when that fails."""
    real = Path(os.path.realpath(target))
    real.parent.mkdir(parents=True, exist_ok=True)
    if real.exists():
        real.rename(before)
    try:
        made.rename(real)
    except OSError:
        if before.exists():
            before.rename(real)
        raise
    shutil.rmtree(before, ignore_errors=True)
