"""The size and hash of each table that a descriptor states, taken anew of the files as they will be."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

from ..package.model import Package, Resource
from ..package.refresh import descriptor_text
from ..package.store import read_bytes

_CHUNK = 1 << 20
_BARE = "md5"  # Data Resource standard, `hash`: digits alone are an MD5
_ALGORITHMS = {"md5": "md5", "sha1": "sha1", "sha-1": "sha1", "sha256": "sha256", "sha-256": "sha256",
               "sha512": "sha512", "sha-512": "sha512"}  # fmt: skip


def refreshed(package: Package, tables: Mapping[str, bytes | None]) -> tuple[bytes, tuple[str, ...]] | None:
    """The descriptor's text with the stated sizes and hashes of these tables, and the tables for which they change.

    What a table does not state is not added. None where nothing changes.

    Parameters
    ----------
    tables
        By name: the bytes that will be written, None for the file as it is.
    """
    assert package.store is not None
    before = read_bytes(package.store, package.store.descriptor)
    raw = json.loads(before)
    changed = []
    for entry, resource in zip(raw["resources"], package.resources, strict=True):
        if resource.name in tables and _restated(entry, package, resource, tables[resource.name]):
            changed.append(resource.name)
    return (_in_its_style(raw, package.raw, before), tuple(changed)) if changed else None


def _restated(entry: dict[str, Any], package: Package, resource: Resource, content: bytes | None) -> bool:
    if resource.bytes is None and resource.hash is None:
        return False
    algorithm, colon, _digits = (resource.hash or "").rpartition(":")
    known = _ALGORITHMS.get(algorithm.lower() or _BARE)
    size, digits = _measured(package, resource, content, known)
    stated: dict[str, int | str] = {}
    if resource.bytes is not None:
        stated["bytes"] = size
    if resource.hash is not None and known is not None:
        stated["hash"] = f"{algorithm}{colon}{digits}"
    fresh = {name: value for name, value in stated.items() if entry[name] != value}
    if "hash" in fresh and fresh["hash"] == str(entry["hash"]).lower():
        del fresh["hash"]
    entry.update(fresh)
    return bool(fresh)


def _measured(package: Package, resource: Resource, content: bytes | None, algorithm: str | None) -> tuple[int, str]:
    digest = hashlib.new(algorithm or _BARE, usedforsecurity=False)
    size = 0
    for chunk in [content] if content is not None else _chunks(package, resource):
        size += len(chunk)
        digest.update(chunk)
    return size, digest.hexdigest()


def _chunks(package: Package, resource: Resource) -> Iterator[bytes]:
    assert package.store is not None
    file: BinaryIO
    with package.store.open(resource.path) as file:
        while chunk := file.read(_CHUNK):
            yield chunk


def _in_its_style(raw: Any, as_read: Any, before: bytes) -> bytes:
    """The JSON as the descriptor was written, so that a git diff shows the changed values alone.

    Where it was written by no habit that is known, it is written as `make data` does.
    """
    for indent in (2, 4, "\t", None, 1, 3):
        for ascii_only in (False, True):
            for end in ("\n", ""):
                if _dumped(as_read, indent, end, ascii_only=ascii_only) == before:
                    return _dumped(raw, indent, end, ascii_only=ascii_only)
    try:
        return descriptor_text(raw)
    except UnicodeEncodeError:  # half a character, which JSON can say and UTF-8 cannot
        return _dumped(raw, 2, "\n", ascii_only=True)


def _dumped(raw: Any, indent: int | str | None, end: str, *, ascii_only: bool) -> bytes:
    return (json.dumps(raw, indent=indent, ensure_ascii=ascii_only) + end).encode("utf-8", "surrogatepass")
