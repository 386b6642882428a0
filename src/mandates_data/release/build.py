"""The files of a release: the package as a zip, its tables in other formats, the library, and their checksums.

Every time in them is that of the day of the release, so they come out byte for byte the same whenever and wherever
they are made again with the pinned libraries.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from ..convert.formats import FORMATS, NESTED
from ..convert.run import convert_out
from ..errors import MandatesDataError, MissingExtraError, PackageError, WriteError
from ..history.layout import is_as_released, releases_of
from ..package.model import Package
from ..package.store import read_bytes
from ..package.zipped import write_zip
from ..validate.run import ExtraRules, validate
from .bases import folder_of, layout_or_refuse, own_version
from .prepare import NotSoundError, RefusedError

SUMS = "SHA256SUMS"
_BESIDE = ("README*", "CHANGELOG*", "LICENSE*", "LICENCE*", "CITATION.cff")
"""Files beside the descriptor that belong to a package for reading."""


def build(package: Package, target: Path, rules: Mapping[str, ExtraRules] | None = None) -> list[Path]:
    """Make the files of a release in the folder `target`, all of them or none. Other files there stay.

    Raises
    ------
    RefusedError
        The package is not as it was released.
    NotSoundError
        It has errors.
    MissingExtraError
        A library is missing.
    PackageError
        The package keeps no history or is in no folder, or the library cannot be built.
    WriteError
        The folder cannot be written.
    """
    layout_or_refuse(package)
    folder, version = folder_of(package), own_version(package)
    release = next((one for one in releases_of(package) if one.version == version), None)
    if release is None or not is_as_released(package):
        raise RefusedError(
            f"The package is not what its table of releases says of {version}: it was changed since, or not prepared.",
            "Run: mandates-data release prepare",
        )
    report = validate(package.store, extra_rules=rules)
    if report.errors:
        raise NotSoundError(report)
    day = dt.datetime.strptime(release.released_on, "%Y-%m-%d").replace(tzinfo=dt.UTC)
    try:
        target.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".release.", suffix=".part", dir=target) as stage:
            files = _made(package, folder, Path(stage), day)
            _sum_up(Path(stage), files)
            return [_moved(Path(stage) / name, target / name) for name in (*files, SUMS)]
    except OSError as error:
        raise WriteError(f"Cannot write {target}: {error.strerror or error}.", "Choose another folder.") from error


def _made(package: Package, folder: Path, stage: Path, day: dt.datetime) -> list[str]:
    """Make every file in the stage; their names."""
    name = f"{package.name or 'package'}-{package.version}"
    store = package.store
    assert store is not None
    # By the store, which reads nothing outside the package: a link may lead there.
    files = ((path, read_bytes(store, path)) for path in package_files(package, folder))
    _zip(stage / f"{name}.zip", name, files, day)
    parquet = stage / "parquet"
    for file in convert_out(package, FORMATS["parquet"], parquet):
        assert file.path.is_file()
    tables = ((path.name, path.read_bytes()) for path in sorted(parquet.iterdir()))
    _zip(stage / f"{name}-parquet.zip", f"{name}-parquet", tables, day)
    shutil.rmtree(parquet)
    convert_out(package, FORMATS["sqlite"], stage / f"{name}.sqlite")
    convert_out(package, FORMATS["xlsx"], stage / f"{name}.xlsx")
    if package.setting("nested_root"):
        convert_out(package, NESTED, stage / f"{name}.nested.json")
    if (folder / "pyproject.toml").is_file():
        _library(folder, stage, day)
    return sorted(path.name for path in stage.iterdir())


def package_files(package: Package, folder: Path) -> list[str]:
    """The paths of all files that make up the package for whoever downloads it."""
    found = {"datapackage.json" if package.store is None else package.store.descriptor}
    for resource in package.resources:
        named = (resource.path, resource.raw.get("schema"), resource.raw.get("dialect"))
        found |= {path for path in named if isinstance(path, str)}
    layout = layout_or_refuse(package)
    found |= set(_below(folder, layout.patches))
    sources = package.raw.get("sources")
    for source in sources if isinstance(sources, list) else ():
        path = source.get("path") if isinstance(source, Mapping) else None
        if isinstance(path, str) and package.store is not None and "://" not in path and package.store.exists(path):
            near = Path(path).parent.as_posix()
            found |= {path} if near == "." else set(_below(folder, near))
    found |= {path.name for pattern in _BESIDE for path in folder.glob(pattern) if path.is_file()}
    return sorted(found)


def _below(folder: Path, path: str) -> Iterator[str]:
    for file in (folder / path).rglob("*"):
        if file.is_file() and not any(part.startswith(".") for part in file.relative_to(folder).parts):
            yield file.relative_to(folder).as_posix()


def _zip(target: Path, root: str, files: Iterable[tuple[str, bytes]], day: dt.datetime) -> None:
    """A zip of files, in their order, whose bytes depend on nothing but theirs, their names and the day."""
    write_zip(target, root, files, (day.year, day.month, day.day, day.hour, day.minute, day.second))


def _library(folder: Path, stage: Path, day: dt.datetime) -> None:
    """The wheel and the source archive, by the build backend that is installed here."""
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(stage / "dist"), str(folder)]
    epoch = {"SOURCE_DATE_EPOCH": str(int(day.timestamp()))}
    done = subprocess.run(
        command, capture_output=True, text=True, errors="replace", env={**os.environ, **epoch}, check=False
    )
    if "No module named build" in done.stderr:
        raise MissingExtraError("The wheel is made by the library build, which is not installed.", "Run: make install")
    if done.returncode:
        said = (done.stderr or done.stdout).strip().splitlines() or ["nothing was said"]
        raise PackageError(f"The wheel could not be built: {said[-1]}", "Run: python -m build --no-isolation")
    for file in sorted((stage / "dist").iterdir()):
        file.replace(stage / file.name)
    (stage / "dist").rmdir()


def _sum_up(stage: Path, files: Iterable[str]) -> None:
    """The checksums, in the form that `sha256sum --check` reads."""
    lines = (f"{hashlib.sha256((stage / name).read_bytes()).hexdigest()}  {name}\n" for name in files)
    (stage / SUMS).write_bytes("".join(lines).encode("utf-8"))


def _moved(file: Path, target: Path) -> Path:
    if target.is_dir():
        raise MandatesDataError(f"{target} is a folder.", "Choose another place with -o.")
    mask = os.umask(0)
    os.umask(mask)
    file.chmod(0o666 & ~mask)
    file.replace(target)
    return target
