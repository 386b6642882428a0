"""The archived pages, line by line, as the package holds them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from ..package.model import Package
from ..package.rows import Row, Tables
from ..package.store import read_bytes


@dataclass(frozen=True, slots=True)
class SourceLine:
    """A line of an archived page, counting from 1, and the mandates that stand on it."""

    number: int
    text: str
    mandate_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Source:
    """An archived page, with its lines that are not empty."""

    row: Row
    lines: tuple[SourceLine, ...]

    def has(self, number: str) -> bool:
        """Whether the line of that number is among them."""
        return number in self._numbers

    @cached_property
    def _numbers(self) -> frozenset[str]:
        return frozenset(str(line.number) for line in self.lines)


def source_of(package: Package, tables: Tables, row: Row) -> Source:
    """An archived page as the package holds it; without lines where it does not."""
    store, path = package.store, row["path"]
    assert store is not None
    if not path or not store.exists(path):
        return Source(row, ())
    on_line: dict[str, list[str]] = {}
    for printing in tables["printings"]:
        if printing["source_id"] == row["source_id"]:
            on_line.setdefault(printing["source_line"], []).append(printing["mandate_id"])
    lines = read_bytes(store, path).decode("utf-8", "replace").split("\n")
    return Source(
        row,
        tuple(
            SourceLine(number, text, tuple(dict.fromkeys(on_line.get(str(number), ()))))
            for number, text in enumerate(lines, 1) if text.strip()
        ),
    )  # fmt: skip
