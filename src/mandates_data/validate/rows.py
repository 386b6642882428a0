"""The one exact judge of a row: which rules it breaks, where, and in what words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..package.model import Resource
from ..package.reader import Record
from .cells import Column
from .findings import Finding, Rule


class RowChecker:
    """Judges rows of one table.

    Parameters
    ----------
    resource
        The table.
    places
        Where each field's column is in the file.
    """

    def __init__(self, resource: Resource, places: Mapping[str, int]) -> None:
        self._resource = resource
        self._places = places

    def cell(self, column: Column, record: Record) -> Iterator[Finding]:
        """All that is wrong with one cell of a row that is as wide as the header."""
        name = column.field.name
        place = self._places[name]
        text = record.cells[place]
        line, key = record.line + _breaks(record, place), self.key(record)
        of = self._resource
        for problem in column.problems(text):
            rule = problem.rule
            yield Finding(
                rule.code, rule.severity, problem.message, of.name, of.path, line, place + 1, name, key, text,
                problem.expected, problem.mend, problem.fix, cause=problem.cause,
            )  # fmt: skip

    def at(self, rule: Rule, record: Record, field: str | None, message: str, **more: str | None) -> Finding:
        """A finding at the cell of a field, or at the whole row where the field is None."""
        place = self._places.get(field) if field is not None else None
        seen = record.cells[place] if place is not None and place < len(record.cells) else None
        details = {"seen": seen, "mend": rule.mend} | {name: value for name, value in more.items() if value is not None}
        return rule.finding(
            message,
            resource=self._resource.name,
            path=self._resource.path,
            line=record.line + _breaks(record, place),
            column=None if place is None else place + 1,
            field=field,
            row_key=self.key(record),
            **details,
        )

    def key(self, record: Record) -> str | None:
        """The row's primary key as text; None where the table has none or the row no value for it."""
        names = self._resource.schema.primary_key
        cells = [
            record.cells[self._places[n]] for n in names if self._places.get(n, len(record.cells)) < len(record.cells)
        ]
        return "/".join(cells) if len(cells) == len(names) and any(cells) else None


def _breaks(record: Record, place: int | None) -> int:
    """Lines between the start of a row and the start of one of its cells."""
    before = "".join(record.cells[: place or 0])
    return before.count("\n") + before.count("\r") - before.count("\r\n")
