"""A small package with a history, in a git repository of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mandates_data.package.opening import open_package
from mandates_data.release.prepare import Prepared, Words, prepare, write_prepared

TABLES: Mapping[str, tuple[Sequence[str], Sequence[str], str]] = {
    "birds": (("bird_id", "name", "note"), ("bird_id",), "heron,Heron,\nkite,Kite,the wich\n"),
    "corrections": (
        ("correction_id", "table", "row_id", "field", "old", "new", "kind", "reason", "version"),
        ("correction_id",),
        "",
    ),
    "retired_ids": (
        ("retirement_id", "retired_id", "table", "version", "replaced_by", "reason"),
        ("retirement_id",),
        "",
    ),
    "releases": (("version", "released_on", "summary", "sha256"), ("version",), ""),
    "changes": (
        ("change_id", "version", "table", "row_id", "field", "change", "old", "new", "correction_id"),
        ("change_id",),
        "",
    ),
}
IDENTITY = {f"GIT_{who}_{what}": "m@example.org" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}


def git(folder: Path, *arguments: str) -> None:
    """Run git in the folder, whoever the user is."""
    variables = {**os.environ, **IDENTITY, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1"}
    subprocess.run(["git", *arguments], cwd=folder, env=variables, check=True, capture_output=True)


def make_package(folder: Path, history: Mapping[str, Any] | None = None) -> Path:
    """The package 0.1.0, not yet prepared, in a fresh repository."""
    (folder / "data").mkdir(parents=True)
    resources = []
    for name, (fields, key, rows) in TABLES.items():
        (folder / f"data/{name}.csv").write_text(",".join(fields) + "\n" + rows, encoding="utf-8", newline="")
        schema = {"fields": [{"name": field, "type": "string"} for field in fields], "primaryKey": list(key)}
        (folder / f"data/{name}.schema.json").write_text(json.dumps(schema, indent=2) + "\n", encoding="utf-8")
        path = f"data/{name}.csv"
        resources.append({"name": name, "path": path, "encoding": "utf-8", "schema": f"data/{name}.schema.json"})
    own: dict[str, Any] = {
        "bookkeeping": ["corrections", "retired_ids", "releases", "changes"],
        "corrections": {"table": "corrections"},
        "retired_ids": "retired_ids",
    }
    if history is None:
        own["history"] = {"patches": "history", "releases": "releases", "changes": "changes"}
    descriptor = {"name": "birds", "version": "0.1.0", "mandates_data": own, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2) + "\n", encoding="utf-8")
    git(folder, "init", "-q")
    return folder


def released(folder: Path, tag: str, **words: str) -> Prepared:
    """Prepare a release, commit and tag it."""
    prepared = prepared_in(folder, **words)
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", tag)
    git(folder, "tag", tag)
    return prepared


def prepared_in(folder: Path, **words: str) -> Prepared:
    """Prepare a release."""
    package = open_package(folder)
    prepared = prepare(package, Words(**words))
    write_prepared(package, prepared)
    return prepared


def edit(folder: Path, path: str, old: str, new: str) -> None:
    """Replace the one place of a text in a file."""
    text = (folder / path).read_text(encoding="utf-8")
    assert text.count(old) == 1
    (folder / path).write_text(text.replace(old, new), encoding="utf-8", newline="")


def append(folder: Path, table: str, row: str) -> None:
    """Add a row at the end of a table."""
    with (folder / f"data/{table}.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"{row}\n")


def files_of(folder: Path) -> dict[str, bytes]:
    """Every file but git's own."""
    paths = (path for path in folder.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def command(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run `mandates-data release` in a folder."""
    called = [sys.executable, "-m", "mandates_data", "release", *arguments]
    return subprocess.run(called, cwd=folder, capture_output=True, encoding="utf-8", check=False)
