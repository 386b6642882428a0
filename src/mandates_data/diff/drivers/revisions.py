"""The tables beside a descriptor of another revision: git hands a merge driver one file, and not its commit."""

from __future__ import annotations

import hashlib
import os
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

_HEADS = ("HEAD", "MERGE_HEAD", "CHERRY_PICK_HEAD", "REVERT_HEAD", "REBASE_HEAD", "ORIG_HEAD")
_LOOKED_AT = 50


def git(folder: Path, *arguments: str, content: bytes | None = None) -> bytes | None:
    """What git answers; None where it refuses or is not there."""
    command = ["git", "-C", str(folder), *arguments]
    try:
        done = subprocess.run(command, input=content, capture_output=True, check=False)
    except OSError:
        return None
    return done.stdout if done.returncode == 0 else None


def heads_merged() -> list[str]:
    """The commits that git says it is merging (`git merge` alone does)."""
    prefix = "GITHEAD_"
    return sorted(name.removeprefix(prefix) for name in os.environ if name.startswith(prefix))


def table_beside(folder: Path, descriptor: str, content: bytes, resource: Mapping[str, Any]) -> bytes | None:
    """The table as it stood beside a descriptor of that content, which states its digest; None where it is not found.

    Parameters
    ----------
    folder, descriptor
        The top of the working tree; the descriptor's path from there.
    content
        The descriptor in the revision that is looked for.
    resource
        What that descriptor says of the table.
    """
    path = resource.get("path")
    if not isinstance(path, str):
        return None
    beside = descriptor.rpartition("/")[0]
    path = f"{beside}/{path}" if beside else path
    for commit in _commits(folder, descriptor, content):
        found = git(folder, "cat-file", "blob", f"{commit}:{path}")
        if found is not None and is_as_stated(found, resource):
            return found
    return None


def is_as_stated(content: bytes, resource: Mapping[str, Any]) -> bool:
    """Whether a table has the size and digest that its descriptor states."""
    if resource.get("bytes", len(content)) != len(content):
        return False
    stated = resource.get("hash")
    if not isinstance(stated, str):
        return "bytes" in resource
    algorithm, _, digits = stated.rpartition(":")
    try:
        digest = hashlib.new(algorithm.replace("-", "") or "md5", content, usedforsecurity=False)
    except ValueError:
        return False
    return digest.hexdigest() == digits.lower()


def _commits(folder: Path, descriptor: str, content: bytes) -> Iterator[str]:
    """The commits that have the descriptor with that content, the likeliest first."""
    named = git(folder, "hash-object", "--stdin", content=content)
    if named is None:
        return
    name = named.decode().strip()
    listed = [*heads_merged(), *_HEADS]
    command = ["log", "--all", "-m", f"-n{_LOOKED_AT}", "--format=%H", f"--find-object={name}", "--", descriptor]
    searched = False
    while listed:
        commit = listed.pop(0)
        found = git(folder, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{commit}:{descriptor}")
        if found is not None and found.decode().strip() == name:
            yield commit
        if not listed and not searched:
            searched = True
            listed = (git(folder, *command) or b"").decode().split()
