"""Whether a table that promises its canonical form is written so, compared while it is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ..package.model import Package, Resource
from ..package.reader import Flaw, Record
from ..package.writer import format_row, key_of
from . import codes_file as codes
from .findings import Finding, Rule, quoted


def promised(package: Package) -> bool:
    """Whether the descriptor says `"mandates_data": {"canonical": true}`."""
    return package.setting("canonical") is True


class CanonicalCheck:
    """Compares the bytes of a table with the canonical ones of its rows, batch by batch.

    Parameters
    ----------
    file
        A second handle on the table's bytes.
    resource
        The table; its columns must stand in the schema's order.
    """

    def __init__(self, file: BinaryIO, resource: Resource) -> None:
        self._file = file
        self._resource = resource
        self._key = key_of(resource.schema)
        self._last: tuple[str, ...] | None = None
        self._same = True
        self._unsorted: Finding | None = None
        self._other: Finding | None = None
        self._compare([Record(1, list(resource.schema.field_names))])

    def add(self, records: Sequence[Record]) -> None:
        """Go over the next rows, each as wide as the schema."""
        if self._same:
            self._compare(records)
        if self._unsorted is None:
            keys = [self._key(record.cells) for record in records]
            before = [self._last, *keys[:-1]]
            for record, key, last in zip(records, keys, before, strict=True):
                if last is not None and tuple(key) < tuple(last):
                    said = f"The row belongs before the one above it, {quoted('/'.join(last))}."
                    self._unsorted = self._finding(codes.NOT_SORTED, said, record, "/".join(key))
                    break
            self._last = keys[-1] if keys else self._last

    def findings(self, flaws: Sequence[Flaw]) -> Iterator[Finding]:
        """What is not canonical, each rule once, with its first place."""
        breaks = [flaw.line for flaw in flaws if flaw.kind == "line-break-in-cell"]
        if breaks:
            said = "A cell of the row that begins here goes over more than one line."
            finding = self._finding(codes.LINE_BREAK_IN_CELL, said, Record(breaks[0], []), None, count=len(breaks))
            yield finding
        yield from (finding for finding in (self._other, self._unsorted) if finding is not None)

    def _compare(self, records: Sequence[Record]) -> None:
        lines = [format_row(record.cells).encode("utf-8", "surrogateescape") for record in records]
        expected = b"".join(lines)
        actual = self._file.read(len(expected))
        if actual == expected or actual + b"\n" == expected:  # a last line that does not end is told elsewhere
            return
        self._same = False
        start = 0
        for record, line in zip(records, lines, strict=True):
            if actual[start : start + len(line)] != line:
                said = (
                    "The row has quotation marks that it does not need, or is written otherwise than the promised form."
                )
                self._other = self._finding(codes.NOT_CANONICAL, said, record, None)
                return
            start += len(line)

    def _finding(self, rule: Rule, said: str, record: Record, key: str | None, count: int = 1) -> Finding:
        place = {"resource": self._resource.name, "path": self._resource.path, "line": record.line or None}
        return rule.finding(said, row_key=key, mend=rule.mend, count=count, **place)
