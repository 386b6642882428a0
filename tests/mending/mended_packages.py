"""Small packages for tests of `fmt`, written to a folder and mended there."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from mandates_data.mending.run import mend, write
from mandates_data.mending.values import Mending, TableMending
from mandates_data.package.opening import open_package

CITIES = [
    {"name": "id", "type": "string", "constraints": {"required": True}},
    {"name": "name", "type": "string"},
    {"name": "day", "type": "date"},
]
"""Columns of the table that most tests mend: a key, a text and a date."""


def package(folder: Path, content: bytes | str, fields: list[dict[str, Any]] | None = None, **more: Any) -> Path:
    """A package whose table `t` has these bytes; gives its folder. `own` is the descriptor's `mandates_data`.

    What is no property of a resource belongs to its schema.
    """
    folder.mkdir(parents=True, exist_ok=True)
    own = more.pop("own", None)
    schema: dict[str, Any] = {"fields": CITIES if fields is None else fields, "primaryKey": ["id"]}
    schema |= {key: more.pop(key) for key in list(more) if key in ("primaryKey", "fieldsMatch", "missingValues")}
    schema = {key: value for key, value in schema.items() if value is not None}
    resource = {"name": "t", "path": "t.csv", "schema": schema, **more}
    descriptor: dict[str, Any] = {"name": "small", "resources": [resource]}
    if own is not None:
        descriptor["mandates_data"] = own
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (folder / "t.csv").write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def fmt(folder: Path, against: Path | str | None = None) -> Mending:
    """Mend a package and write it."""
    opened = open_package(folder)
    mending = mend(opened, None if against is None else str(against))
    write(opened, mending)
    return mending


def table(mending: Mending) -> TableMending:
    """The one table of a mending."""
    (only,) = mending.tables
    return only


def mended(folder: Path, content: bytes | str, *more: Any, **schema: Any) -> bytes:
    """The bytes that a table with these bytes has after `fmt`."""
    fmt(package(folder, content, *more, **schema))
    return (folder / "t.csv").read_bytes()


def repairs(found: TableMending) -> list[str]:
    """The kinds of repair, in order."""
    return [repair.kind for repair in found.repairs]


def left(found: TableMending) -> list[str]:
    """What is left, as `kind line`."""
    return [f"{one.kind} {one.place.line or '-'}" for one in found.left]


def commit(folder: Path) -> None:
    """Make a git repository of a folder, with all its files in one commit."""
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org", "-c", "commit.gpgsign=false"]
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "all"]):
        subprocess.run(["git", "-C", str(folder), *who, *arguments], check=True, capture_output=True)


def texts(mapping: Mapping[Path, bytes]) -> dict[str, bytes]:
    """Files by their name."""
    return {path.name: content for path, content in mapping.items()}
