"""What both sides say of a table, in one vocabulary: a judgement names a row, a field and a kind of fault."""

from __future__ import annotations

import bisect
import dataclasses
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from ..package.model import Dialect, Package, Resource
from ..package.reader import Flaw, TableReader
from ..validate.findings import Finding

Kind = Literal[
    "type", "demand", "short row", "long row", "blank row", "unique", "primary key", "reference", "header", "size",
    "hash", "file",
]  # fmt: skip

KINDS: Mapping[str, Kind] = {
    **dict.fromkeys((f"MD{number}" for number in range(202, 216)), "type"),
    **dict.fromkeys((f"MD{number}" for number in (201, 304, *range(221, 228))), "demand"),
    **dict.fromkeys((f"MD{number}" for number in range(101, 113)), "file"),
    **dict.fromkeys((f"MD{number}" for number in range(114, 122)), "header"),
    "MD113": "blank row",
    "MD122": "long row",
    "MD123": "blank row",
    "MD131": "size",
    "MD132": "hash",
    "MD301": "short row",
    "MD302": "long row",
    "MD303": "unique",
    "MD305": "primary key",
    "MD306": "unique",
    "MD401": "reference",
    "MD402": "reference",
}
"""The kind of each of our codes; codes that are not here are judged by us alone."""

INTEGRITY: frozenset[Kind] = frozenset({"unique", "primary key", "reference"})
"""Kinds that rest on the values of other rows."""

OF_ROWS: frozenset[Kind] = INTEGRITY | {"type", "demand", "short row", "long row", "blank row"}

THEIR_KINDS: Mapping[str, Kind] = {
    "type-error": "type",
    "constraint-error": "demand",
    "missing-cell": "short row",
    "extra-cell": "long row",
    "blank-row": "blank row",
    "unique-error": "unique",
    "primary-key": "primary key",
    "foreign-key": "reference",
    "byte-count": "size",
    "hash-count": "hash",
    **dict.fromkeys(
        ("blank-header", "extra-label", "missing-label", "blank-label", "duplicate-label", "incorrect-label",
         "unmatched-header", "header-error", "label-error"), "header",
    ),
}  # fmt: skip
"""The kind of each of frictionless's error types; all others are of the file."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A fault of a table: `line` is that of the file on which the row begins, 0 where no row is meant."""

    resource: str
    kind: Kind
    line: int = 0
    field: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """A judgement with what its side said: our finding, or frictionless's message.

    `cell` is the text judged; of a header the names of all its columns, one a line. `field` is named also where the
    judgement leaves it out.
    """

    judgement: Judgement
    message: str
    cell: str | None = None
    code: str = ""
    field: str | None = None


class Rows:
    """The lines on which the records of a table begin, header, blank lines and comments among them."""

    def __init__(self, package: Package, resource: Resource) -> None:
        starts: list[int] = []
        self.header: Sequence[str] = ()
        self._empty: set[int] = set()
        self._ends_empty: set[int] = set()
        schema = resource.schema
        missing = frozenset({""}).union(*(schema.missing_values_of(field) for field in schema.fields))
        width = len(schema.fields) or None
        assert package.store is not None
        with package.store.open(resource.path) as file:
            reader = TableReader(file, _all_records(resource.dialect), resource.encoding, _blank_lines(starts))
            for batch in reader.batches():
                if batch and not self.header:
                    self.header = batch[0].cells
                starts.extend(record.line for record in batch)
                size = len(self.header)
                self._ends_empty.update(record.line for record in batch if not any(record.cells[size:]))
                self._empty.update(record.line for record in batch if missing.issuperset(record.cells[:width]))
        self._starts: Sequence[int] = sorted(starts)

    def line(self, number: int) -> int:
        """The line of a record by its number, counting from 1; 0 where there is none."""
        return self._starts[number - 1] if 0 < number <= len(self._starts) else 0

    def start(self, line: int) -> int:
        """The line on which the record begins that has this line."""
        place = bisect.bisect_right(self._starts, line) - 1
        return self._starts[place] if place >= 0 else 0

    def ends_empty(self, line: int) -> bool:
        """Whether the cells of this row beyond the last column are empty, or there are none."""
        return line in self._ends_empty

    def is_empty(self, line: int) -> bool:
        """Whether the row that begins on this line has cells, and none under a field has a value."""
        return line in self._empty


def _blank_lines(lines: list[int]) -> Callable[[Flaw], None]:
    def note(flaw: Flaw) -> None:
        if flaw.kind == "blank-line":
            lines.append(flaw.line)

    return note


def _all_records(dialect: Dialect) -> Dialect:
    return dataclasses.replace(dialect, comment_char=None, header=False)


def ours(finding: Finding, rows: Mapping[str, Rows]) -> Said | None:
    """Our finding as a judgement; None where frictionless has no opinion of that kind."""
    kind = KINDS.get(finding.code)
    if kind is None or finding.severity != "error" or finding.resource is None:
        return None
    line = field = None
    if finding.code == "MD122" and finding.line == 1:
        kind = "header"
    if kind in OF_ROWS and finding.line is None:
        return None  # it stands for all those that were counted and not listed
    if kind in OF_ROWS:
        line = rows[finding.resource].start(finding.line or 0) if finding.resource in rows else finding.line
        field = finding.field if kind in ("type", "demand", "unique") and finding.code != "MD306" else None
    judgement = Judgement(finding.resource, kind, line or 0, field or "")
    seen = "\n".join(rows[finding.resource].header) if kind == "header" and finding.resource in rows else finding.seen
    return Said(judgement, finding.message, seen, finding.code, finding.field)


def theirs(error: Any, resource: str, rows: Mapping[str, Rows]) -> Said:
    """One of frictionless's errors as a judgement. It counts records; we name the line of the file."""
    kind = THEIR_KINDS.get(error.type, "file")
    if error.type == "error" and "unique labels" in str(error.message):
        kind = "header"
    line = field = None
    if kind in OF_ROWS:
        number = getattr(error, "row_number", 0)
        line = rows[resource].line(number) if resource in rows else number
        field = getattr(error, "field_name", "") if kind in ("type", "demand", "unique") else ""
    judgement = Judgement(resource, kind, line or 0, field or "")
    return Said(judgement, str(error.message), getattr(error, "cell", None), str(error.type))
