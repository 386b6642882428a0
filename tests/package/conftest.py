"""A small sound package on disk, in a zip and in a git repository."""

from __future__ import annotations

import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

SCHEMA: dict[str, Any] = {"fields": [{"name": "id", "type": "string"}, {"name": "note"}], "primaryKey": ["id"]}


def _write(folder: Path, **resource: Any) -> Path:
    (folder / "data").mkdir(parents=True, exist_ok=True)
    (folder / "data" / "t.csv").write_bytes(b"id,note\na,one\nb,\n")
    (folder / "t.schema.json").write_text(json.dumps(SCHEMA), "utf-8")
    table = {"name": "t", "path": "data/t.csv", "schema": "t.schema.json", **resource}
    (folder / "datapackage.json").write_text(json.dumps({"name": "small", "resources": [table]}), "utf-8")
    return folder


def _pack(folder: Path, archive: Path, prefix: str = "") -> Path:
    with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as packed:
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                packed.write(path, prefix + path.relative_to(folder).as_posix())
    return archive


def _git(folder: Path, *arguments: str) -> str:
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"]
    done = subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True, text=True)
    return done.stdout.strip()


@pytest.fixture(scope="session")
def write_package() -> Callable[..., Path]:
    """A function that writes the package into a folder; what it is given is put into its resource."""
    return _write


@pytest.fixture(scope="session")
def pack() -> Callable[..., Path]:
    """A function that packs a folder into a zip, its files below a prefix."""
    return _pack


@pytest.fixture(scope="session")
def git() -> Callable[..., str]:
    """A function that runs git in a folder."""
    return _git


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The sound package in a folder of its own."""
    return _write(tmp_path / "package")
