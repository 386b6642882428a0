"""Packages with releases of their own, made as a maintainer makes them: content, digest, patch."""

from __future__ import annotations

import copy
import dataclasses
import io
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mandates_data.diff.changeset_file import changeset_bytes
from mandates_data.diff.content import MemoryStore
from mandates_data.history.layout import layout_of
from mandates_data.history.patches import release_patch
from mandates_data.package.model import Package
from mandates_data.package.parse import parse_schema, read_package
from mandates_data.package.refresh import content_digest, descriptor_text
from mandates_data.package.writer import canonical

Files = dict[str, bytes]
Row = Sequence[str]
HISTORY = {"patches": "history", "releases": "releases", "changes": "changes"}


def fields(*names: str, **more: Any) -> dict[str, Any]:
    """A Table Schema of string fields whose first one is the key."""
    return {"fields": [{"name": name, "type": "string"} for name in names], "primaryKey": [names[0]], **more}


RELEASES = fields("version", "released_on", "summary", "sha256")
CHANGES = fields("change_id", "version", "table", "row_id", "field", "change", "old", "new", "correction_id")
CORRECTIONS = fields("correction_id", "table", "row_id", "field", "old", "new", "kind", "reason", "evidence", "version")
RETIRED = fields("retirement_id", "retired_id", "table", "version", "replaced_by", "reason")


@dataclasses.dataclass
class Draft:
    """A package on its way to the next release: change it, then `release` it."""

    name: str = "small"
    metadata: dict[str, Any] = dataclasses.field(default_factory=dict)
    schemas: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    rows: dict[str, list[Row]] = dataclasses.field(default_factory=dict)
    resources: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)
    history: dict[str, str] | None = dataclasses.field(default_factory=lambda: dict(HISTORY))
    own: dict[str, Any] = dataclasses.field(default_factory=dict)
    patches: Files = dataclasses.field(default_factory=dict)
    released: dict[str, Files] = dataclasses.field(default_factory=dict)

    def __post_init__(self) -> None:
        self.add("releases", RELEASES)
        self.add("changes", CHANGES)

    def add(self, table: str, schema: Mapping[str, Any], rows: Sequence[Row] = (), **resource: Any) -> None:
        """Add a table."""
        self.schemas[table] = copy.deepcopy(dict(schema))
        self.rows[table] = list(rows)
        self.resources[table] = {"path": f"data/{table}.csv", "schema": f"schemas/{table}.json", **resource}

    def remove(self, table: str) -> None:
        """Remove a table."""
        for part in (self.schemas, self.rows, self.resources):
            del part[table]

    def files(self, version: str) -> Files:
        """The files as they would be released, patches too; sizes and hashes in the descriptor."""
        import hashlib

        found = dict(self.patches)
        listed = []
        for table, resource in self.resources.items():
            schema = self.schemas[table]
            content = canonical(parse_schema(schema), self.rows[table])
            found[resource["path"]] = content
            if isinstance(resource["schema"], str):
                found[resource["schema"]] = descriptor_text(schema)
            digest = f"sha256:{hashlib.sha256(content).hexdigest()}"
            listed.append({"name": table, **resource, "bytes": len(content), "hash": digest})
            if not isinstance(resource["schema"], str):
                listed[-1]["schema"] = schema
        own = {**self.own, **({"history": self.history} if self.history is not None else {})}
        descriptor = {"name": self.name, "version": version, **self.metadata, "mandates_data": own, "resources": listed}
        found["datapackage.json"] = descriptor_text(descriptor)
        return found

    def release(self, version: str, changes: Sequence[Row] = ()) -> Files:
        """The files of the release; the first has no patch."""
        before = list(self.released)[-1:]
        if self.history is not None:
            changes_table = self.history.get("changes", "")
            if changes_table:
                width = len(self.schemas[changes_table]["fields"]) - 1
                self.rows[changes_table] += [
                    (f"{version}-{place:05}", version, *row, *[""] * (width - len(row) - 1))
                    for place, row in enumerate(changes, 1)
                ]
            releases = self.history["releases"]
            row = [version, "2026-12-01", f"Release {version}.", "0" * 64]
            row += [""] * (len(self.schemas[releases]["fields"]) - len(row))
            self.rows[releases].append(row)
            row[3] = self.digest(version)
            if before:
                old, new = (opened(files) for files in (self.released[before[0]], self.files(version)))
                path = f"{self.history['patches']}/{version}.json"
                self.patches[path] = changeset_bytes(release_patch(old, new))
        self.released[version] = self.files(version)
        return self.released[version]

    def digest(self, version: str) -> str:
        """The digest of the content as it stands."""
        package = opened(self.files(version))
        layout = layout_of(package)
        assert package.store is not None
        return content_digest(package.store, layout.ledgers if layout is not None else ())


def opened(files: Mapping[str, bytes]) -> Package:
    """The package with these files, in memory."""
    return read_package(MemoryStore(files))


def written(folder: Path, files: Mapping[str, bytes]) -> Path:
    """The same as a folder, which holds nothing else."""
    for path in [*folder.rglob("*")] if folder.exists() else ():
        if path.is_file() and ".git" not in path.parts:
            path.unlink()
    for path, content in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    return folder


def files_of(package: Package) -> Files:
    """Descriptor, tables, schemas and dialects of a package, by path."""
    store = package.store
    assert store is not None
    paths = [store.descriptor, *(one.path for one in package.resources)]
    paths += [one.raw[name] for one in package.resources for name in ("schema", "dialect") if name in one.raw]
    found = {}
    for path in filter(lambda path: isinstance(path, str), paths):
        with store.open(path) as file:
            found[path] = file.read()
    return found


def without_patches(files: Mapping[str, bytes]) -> Files:
    """Descriptor, tables and schemas among the files of a release."""
    return {path: content for path, content in files.items() if not path.startswith(("history/", "patches/"))}


def git(folder: Path, *arguments: str) -> str:
    """What git says in that folder, as somebody whose settings are not asked for."""
    settings = ("user.name=A", "user.email=a@example.org", "commit.gpgsign=false", "tag.gpgsign=false")
    command = ["git", "-C", str(folder), *(part for setting in settings for part in ("-c", setting)), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def committed(folder: Path, message: str) -> None:
    """Everything in the folder, as a commit."""
    git(folder, "add", "-A")
    git(folder, "commit", "-q", "-m", message)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """The files as a zip."""
    import zipfile

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for path, content in files.items():
            archive.writestr(path, content)
    return out.getvalue()


def three_releases() -> Draft:
    """A word, a row and a field: releases 0.1.0, 0.1.1 and 0.2.0 of a package with the table `words`."""
    draft = Draft()
    draft.add("words", fields("id", "text"), [("a", "an old wrod"), ("b", "two")])
    draft.release("0.1.0")
    draft.rows["words"] = [("a", "an old word"), ("b", "two")]
    draft.release("0.1.1", [("words", "a", "text", "changed", "an old wrod", "an old word")])
    draft.add("words", fields("id", "text", "note"), [("a", "an old word", ""), ("b", "two", "x"), ("c", "three", "")])
    draft.release("0.2.0", [("words", "c", "", "added")])
    return draft
