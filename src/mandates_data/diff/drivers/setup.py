"""Telling a git repository to merge and compare the files of a package by key and cell.

Only files of the repository's own folder are written, none that is committed: `.git/config`, `.git/info/attributes`
and `.git/info/exclude`. Lines of others in them stay as they are.
"""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ...errors import MandatesDataError, PackageError, WriteError
from ...package.files import write_files
from ...package.model import Package
from ...package.parse import read_package
from ...package.store import DESCRIPTOR, FolderStore
from ..merging.files import SIDECAR
from .revisions import git

DRIVER = "mandates-data"
_BEGIN = "# mandates-data git-config: from here to its end, written anew by each run"
_END = "# mandates-data git-config: end"


@dataclass(frozen=True, slots=True)
class Change:
    """One setting: where it stands, its name, and what it is and is to be, None where it is not to be there."""

    file: str
    name: str
    before: str | None
    after: str | None

    @property
    def differs(self) -> bool:
        """Whether there is something to do."""
        return self.before != self.after


def settings() -> Mapping[str, str]:
    """What stands in the repository's configuration. Git calls this Python, wherever it is called from."""
    ours = f"{shlex.quote(Path(sys.executable).as_posix())} -m mandates_data"
    return {
        f"merge.{DRIVER}.name": "tables by key and cell",
        f"merge.{DRIVER}.driver": f"{ours} git-merge %P %O %A %B",
        # A base that git has itself merged from several is for its own use, and has no conflicts to tell.
        f"merge.{DRIVER}.recursive": "binary",
        f"diff.{DRIVER}.command": f"{ours} git-diff",
    }


def attributes(folder: PurePosixPath, package: Package) -> list[str]:
    """The lines that give the package's files to the drivers: descriptor, and what lies beside tables and schemas."""
    paths = [DESCRIPTOR]
    for resource in package.resources:
        for path in (resource.path, resource.raw.get("schema"), resource.raw.get("dialect")):
            if isinstance(path, str):
                place = PurePosixPath(path)
                paths.append((place.parent / f"*{place.suffix}").as_posix())
    return [f"{_pattern(folder, path)} merge={DRIVER} diff={DRIVER}" for path in dict.fromkeys(paths)]


def _pattern(folder: PurePosixPath, path: str) -> str:
    """A path as .gitattributes writes it, from the top of the working tree."""
    place = PurePosixPath(path)
    names = [*folder.parts, *place.parts[:-1]]
    last = place.name if place.name.startswith("*") else _plain(place.name)
    pattern = "/" + "/".join([*map(_plain, names), last])
    if not pattern.isprintable() or any(sign in pattern for sign in ' "'):
        pattern = '"' + pattern.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return pattern


def _plain(name: str) -> str:
    return "".join(f"\\{sign}" if sign in "\\*?[" else sign for sign in name)


def plan(start: Path, *, remove: bool = False) -> tuple[Path, list[Change]]:
    """The top of the repository's working tree, and every setting with what is to be done about it.

    Raises
    ------
    PackageError
        There is no repository around `start`, or no package in it.
    """
    shown = git(start, "rev-parse", "--show-toplevel")
    if not shown:
        raise PackageError("There is no git repository around the current folder.", "Change into one, or: git init")
    top = Path(shown.decode().rstrip("\n"))
    wanted = settings()
    changes = [
        Change("config", name, _configured(top, name), None if remove else value) for name, value in wanted.items()
    ]
    blocks = {"info/attributes": [], "info/exclude": []} if remove else _blocks(start, top)
    for name, lines in blocks.items():
        _, block = _split(_read(_file(top, name)))
        before = "\n".join(block) if block else None
        changes.append(Change(name, DRIVER, before, "\n".join(lines) or None))
    return top, changes


def _blocks(start: Path, top: Path) -> dict[str, list[str]]:
    here = start.resolve()
    around = [each for each in (here, *here.parents) if each.is_relative_to(top.resolve())]
    folder = next((each for each in around if (each / DESCRIPTOR).is_file()), None)
    if folder is None:
        raise PackageError(f"There is no {DESCRIPTOR} around the current folder.", "Change into the package's folder.")
    inner = PurePosixPath(folder.relative_to(top.resolve()).as_posix())
    package = read_package(FolderStore(folder))
    return {
        "info/attributes": attributes(inner, package),
        "info/exclude": [_pattern(inner, SIDECAR).strip('"')],
    }


def carry_out(top: Path, changes: Iterable[Change]) -> None:
    """Do what is to be done.

    Raises
    ------
    WriteError
        Git refuses a setting, or a file cannot be written.
    """
    contents = {}
    for change in changes:
        if change.file == "config" and change.differs:
            value = ["--unset-all", change.name] if change.after is None else [change.name, change.after]
            if git(top, "config", "--local", *([] if change.after is None else ["--replace-all"]), *value) is None:
                raise WriteError(f"Git does not set {change.name}.", "Look whether .git/config may be written.")
        elif change.differs:
            path = _file(top, change.file)
            others, _ = _split(_read(path))
            block = [_BEGIN, *change.after.split("\n"), _END] if change.after is not None else []
            contents[path] = "".join(line + "\n" for line in [*others, *block]).encode("utf-8", "surrogateescape")
    write_files(contents)
    for name in (f"merge.{DRIVER}", f"diff.{DRIVER}"):
        if git(top, "config", "--local", "--get-regexp", f"^{name}\\.") is None:
            git(top, "config", "--local", "--remove-section", name)


def _configured(top: Path, name: str) -> str | None:
    found = git(top, "config", "--local", "--get", name)
    return None if found is None else found.decode("utf-8", "replace").rstrip("\n")


def _file(top: Path, name: str) -> Path:
    shown = git(top, "rev-parse", "--git-path", name)
    if not shown:
        raise MandatesDataError("Git does not say where its files are.", "Run: git status")
    return top / shown.decode().rstrip("\n")


def _read(path: Path) -> list[str]:
    try:
        return path.read_bytes().decode("utf-8", "surrogateescape").splitlines()
    except FileNotFoundError:
        return []


def _split(lines: list[str]) -> tuple[list[str], list[str]]:
    """The lines of others, and those between our two."""
    if _BEGIN not in lines or _END not in lines[lines.index(_BEGIN) :]:
        return [line for line in lines if line != _BEGIN], []
    start = lines.index(_BEGIN)
    end = lines.index(_END, start)
    return [*lines[:start], *lines[end + 1 :]], lines[start + 1 : end]
