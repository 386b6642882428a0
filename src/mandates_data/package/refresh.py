"""What of a descriptor can be computed: the `bytes` and `hash` of each resource, and the digest of a release."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

from ..errors import PackageError
from .parse import read_json
from .store import FolderStore, Store, read_bytes

GENERATED = ("bytes", "hash")
"""Properties of a resource that follow from its file (Data Resource standard, `bytes` and `hash`)."""


def descriptor_text(raw: Any) -> bytes:
    r"""A descriptor as it is written here: JSON with two spaces, UTF-8, one final LF.

    Half of a character, which UTF-8 cannot hold, is written as JSON's own escape, `\ud800`.
    """
    return (json.dumps(raw, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "backslashreplace")


def refreshed_descriptor(folder: Path, contents: Mapping[Path, bytes] | None = None) -> bytes:
    """The text of `datapackage.json` in `folder` with the size and SHA-256 digest of every resource.

    Parameters
    ----------
    contents
        Files that are about to be written, by path; they stand in for what the folder holds.
    """
    store = PendingStore(folder, contents or {})
    raw = read_json(store, store.descriptor)
    if not isinstance(raw, dict) or not isinstance(raw.get("resources"), list):
        raise PackageError(f"{folder / store.descriptor} lists no resources.", "Add `resources`, one object a table.")
    for resource in raw["resources"]:
        content = read_bytes(store, resource["path"])
        resource["bytes"] = len(content)
        resource["hash"] = f"sha256:{hashlib.sha256(content).hexdigest()}"
    return descriptor_text(raw)


def content_digest(store: Store, leave_out: Iterable[str] = ()) -> str:
    """SHA-256 digest, in hexadecimal, over the tables, the schemas and the descriptor's own words.

    It is taken over one line a file, `<SHA-256 in hexadecimal>  <path>` and LF, sorted by path: each table but those
    named in `leave_out`, each schema file, and the descriptor as JSON with sorted names, no blanks and without the
    generated properties.
    """
    raw = read_json(store, store.descriptor)
    left_out = set(leave_out)
    parts: dict[str, bytes] = {}
    for resource in raw["resources"]:
        if isinstance(resource.get("schema"), str):
            parts[resource["schema"]] = read_bytes(store, resource["schema"])
        if resource["name"] not in left_out:
            path = resource["path"] if isinstance(resource["path"], str) else resource["path"][0]
            parts[path] = read_bytes(store, path)
        for name in GENERATED:
            resource.pop(name, None)
    words = json.dumps(raw, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    parts[store.descriptor] = words.encode("utf-8")
    lines = (f"{hashlib.sha256(parts[path]).hexdigest()}  {path}\n" for path in sorted(parts))
    return hashlib.sha256("".join(lines).encode("utf-8")).hexdigest()


class PendingStore(FolderStore):
    """A folder as it will be once `contents` are written."""

    def __init__(self, folder: Path, contents: Mapping[Path, bytes]) -> None:
        super().__init__(folder)
        self._contents = {path.resolve(): content for path, content in contents.items()}

    def open(self, path: str) -> BinaryIO:
        """See `Store.open`."""
        content = self._contents.get((self.folder / path).resolve())
        return super().open(path) if content is None else io.BytesIO(content)
