"""The project in a repository of its own, with its tables out as a first release, whatever version they have here."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

from pull_requests import git
from steps import ROOT

FOLDERS = ("data", "history", "schemas", "src", "tools")
FILES = ("datapackage.json", "pyproject.toml", ".gitattributes", ".gitignore")
PAGES = ("CHANGELOG.md", "CITATION.cff", "LICENSE", "LICENSE-DATA", "README.md")


def first_release(folder: Path) -> Path:
    """A repository in which the tables as they stand are released as 3.4.5 and tagged so.

    The history that they have here is cut off, so that nothing below depends on it or on how far it has come.
    """
    folder.mkdir()
    for name in FOLDERS:
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (*FILES, *PAGES):
        shutil.copy(ROOT / name, folder)
    releases = folder / "data" / "releases.csv"
    releases.write_text(releases.read_text(encoding="utf-8").partition("\n")[0] + "\n", encoding="utf-8", newline="")
    for patch in (folder / "history").glob("*.json"):
        patch.unlink()
    git(folder, "init", "--quiet", "--initial-branch=main")
    words = ("--version", "3.4.5", "--date", "2031-05-06", "--summary", "The tables as they are.")
    assert said(folder, "release", "prepare", *words).startswith("3.4.5, the first release: 0 changes")
    committed(folder, "Release 3.4.5", "v3.4.5")
    return folder


def run(folder: Path, *arguments: str, variables: Mapping[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """Run `mandates-data` in a folder, as a shell does."""
    called = [sys.executable, "-m", "mandates_data", *arguments]
    environment = {**os.environ, "PYTHONUTF8": "1", **(variables or {})}
    return subprocess.run(called, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def said(folder: Path, *arguments: str, code: int = 0) -> str:
    """What a command prints that ends with this code and has nothing to note."""
    done = run(folder, *arguments)
    assert (done.returncode, done.stderr) == (code, ""), done.stdout
    return done.stdout


def committed(folder: Path, message: str, tag: str) -> None:
    """Everything in the folder, committed and tagged."""
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", message)
    git(folder, "tag", tag)


def files_of(folder: Path) -> dict[Path, bytes]:
    """Every file but git's own."""
    return {path: path.read_bytes() for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts}


def rows(content: bytes) -> dict[str, dict[str, str]]:
    """The rows of a table by their first cell, by the csv module alone."""
    read = csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True)
    return {next(iter(row.values())): row for row in read}


def rows_at(folder: Path, revision: str, table: str) -> dict[str, dict[str, str]]:
    """The rows of a table in a revision."""
    return rows(git(folder, "show", f"{revision}:data/{table}.csv").encode("utf-8"))


def differing(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """The keys that only one of them has, and those with another value."""
    return sorted(key for key in old.keys() | new.keys() if old.get(key) != new.get(key))
