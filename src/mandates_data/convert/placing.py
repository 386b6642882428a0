"""Where the files of a conversion go: written beside their places first, and never over what they are made from."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import PackageError, WriteError
from ..package.model import Package
from ..package.store import FolderStore


@dataclass(frozen=True, slots=True)
class Place:
    """A target that may be written: none of `sources` is replaced, which are files that the conversion reads."""

    path: Path
    sources: frozenset[tuple[int, int]]

    @classmethod
    def of(cls, path: Path, sources: Iterable[Path]) -> Place:
        """The place at `path`; `sources` need not be there."""
        return cls(path, frozenset(found for source in sources if (found := _identity(source))))

    def check(self, file: Path) -> None:
        """Nothing, when `file`, in this place or the place itself, may be replaced.

        Raises
        ------
        WriteError
            It is a folder, a device, or one of the files that are converted.
        """
        if file.is_dir():
            raise WriteError(f"{file} is a folder.", "Name another one with -o.")
        if file.exists() and not file.is_file():
            raise WriteError(f"{file} is a device, not a file.", "Name a file with -o.")
        if _identity(file) in self.sources:
            raise WriteError(
                f"{file} is a file of what is converted, and would be lost.", "Name another place with -o."
            )


def files_of(package: Package) -> list[Path]:
    """The files of a package that lies in a folder; none for other packages, which no conversion can reach."""
    store = package.store
    if not isinstance(store, FolderStore):
        return []
    named = (table.raw.get(part) for table in package.resources for part in ("schema", "dialect"))
    paths = [store.descriptor, *(table.path for table in package.resources)]
    return [store.folder / path for path in (*paths, *named) if isinstance(path, str)]


@contextlib.contextmanager
def writing(target: Path) -> Iterator[None]:
    """Say whatever the system has against writing `target` in one line."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or str(error)
        raise WriteError(f"Cannot write {target}: {reason}.", "Choose another place with -o.") from error


@contextlib.contextmanager
def staged(target: Path, folder: Path) -> Iterator[Path]:
    """A folder that is gone in the end, whatever happens: in `folder`, or the nearest folder above that is there."""
    with writing(target):
        there = next((path for path in (folder, *folder.parents) if path.is_dir()), folder)
        stage = Path(tempfile.mkdtemp(prefix=".convert.", suffix=".part", dir=there))
    try:
        with writing(target):
            yield stage
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def new_file(stage: Path, name: str) -> Path:
    """The path of a further file in a stage.

    Raises
    ------
    PackageError
        A file of that name is there already: two tables have one name, or names that the system takes for one.
    """
    if (stage / name).exists():
        raise PackageError(f"Two tables would be written to {name}.", "Leave one of them out, or rename it.")
    return stage / name


def move_in(stage: Path, place: Place) -> list[Path]:
    """Move all files of a stage to the folder `place`, once every one of them may go there; in order of their names."""
    place.path.mkdir(parents=True, exist_ok=True)
    files = sorted(stage.iterdir())
    for file in files:
        place.check(place.path / file.name)
    return [move(file, place.path / file.name) for file in files]


def move(file: Path, target: Path) -> Path:
    """Let a finished file take its place, where it keeps the rights of the one before; gives `target`.

    A symbolic link stays: the file that it leads to is replaced.
    """
    real = Path(os.path.realpath(target))
    with contextlib.suppress(FileNotFoundError):
        file.chmod(real.stat().st_mode & 0o777)
    file.replace(real)
    return target


def _identity(path: Path) -> tuple[int, int] | None:
    """What tells a file from all others, however it is named; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
