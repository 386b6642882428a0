"""A made-up package in memory, and a way to change one place of it."""

from __future__ import annotations

import copy
import io
import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from mandates_data.errors import PackageError
from mandates_data.package.store import check_path

HERE = Path(__file__).parent


class MemoryStore:
    """A store of files in memory that notes what was opened."""

    def __init__(self, files: Mapping[str, bytes], descriptor: str = "datapackage.json") -> None:
        self.label = "memory"
        self.descriptor = descriptor
        self.files = files
        self.opened: list[str] = []

    def open(self, path: str) -> BinaryIO:
        self.opened.append(check_path(path))
        if path not in self.files:
            raise PackageError(f"{path!r} is not there.", "Add it.")
        return io.BytesIO(self.files[path])

    def exists(self, path: str) -> bool:
        return path in self.files

    def check(self, path: str) -> None:
        check_path(path)


def _steps(place: str) -> list[str | int]:
    return [int(step[1:-1]) if step.startswith("[") else step for step in re.findall(r"\[\d+\]|[^.\[\]]+", place)]


def _changed(files: dict[str, Any], change: Mapping[str, Any], remove: list[str]) -> dict[str, Any]:
    files = copy.deepcopy(files)
    for place, value in [*change.items(), *((place, None) for place in remove)]:
        file, _, inside = place.rpartition("#")
        file = file or "datapackage.json"
        if not inside:
            files[file] = value
            continue
        at: Any = files[file]
        *way, last = _steps(inside)
        for step in way:
            at = at[step]
        if place in remove:
            del at[last]
        elif isinstance(at, list) and last == len(at):
            at.append(value)
        else:
            at[last] = value
    return files


@pytest.fixture(scope="session")
def store_of() -> Callable[..., MemoryStore]:
    """A function from one example (`change`, `remove`, `text`) to the store of the base package so changed."""
    base = json.loads((HERE / "base.json").read_text("utf-8"))

    def make(example: Mapping[str, Any]) -> MemoryStore:
        files = _changed(base, example.get("change", {}), example.get("remove", []))
        written = {path: json.dumps(value, indent=1).encode() for path, value in files.items()}
        written |= {path: text.encode() for path, text in example.get("text", {}).items()}
        descriptor = example.get("descriptor", "datapackage.json")
        if descriptor != "datapackage.json":
            written[descriptor] = written.pop("datapackage.json")
        return MemoryStore(written, descriptor)

    return make


@pytest.fixture(scope="session")
def memory_store() -> type[MemoryStore]:
    return MemoryStore
