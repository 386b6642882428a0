"""Where keys cannot be compared: faults that rest on a cell which one side reads and the other does not."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ..package.model import Package
from .judgements import Judgement

Cell = tuple[str, int, str]


class Doubts:
    """What is in doubt in the tables of a package.

    Parameters
    ----------
    package
        The package.
    ours, theirs
        The judgements of both sides.
    settled
        Tables and lines of rows that are not compared.
    """

    def __init__(
        self,
        package: Package,
        ours: Collection[Judgement],
        theirs: Collection[Judgement],
        settled: Iterable[tuple[str, int]],
    ) -> None:
        self._package = package
        both = [*ours, *theirs]
        self._tables = {name for name, _line in settled} | {j.resource for j in both if j.kind == "header"}
        self._cells: set[Cell] = {(j.resource, j.line, j.field) for j in both if j.kind == "type"}
        self._columns = {(j.resource, j.field) for j in both if j.kind == "type" and (j not in ours or j not in theirs)}
        self._of_no_type = {(name, field) for name, _line, field in self._cells}

    def covers(self, judgement: Judgement) -> bool:
        """Whether a fault of a key, a unique field or a reference rests on what is in doubt.

        A row of another width, and one with a cell of no type in its key, has no key to one side and one to the other;
        a column of which one side alone refuses a cell may have a key more or less for every other row.
        """
        schema = self._package.resource(judgement.resource).schema
        if judgement.kind == "unique":
            return self._rests_on(judgement, (judgement.field,))
        if judgement.kind == "primary key":
            return self._rests_on(judgement, schema.primary_key)
        return any(
            self._rests_on(judgement, key.fields)
            or self._leads_to(key.resource or judgement.resource, key.reference_fields)
            for key in schema.foreign_keys
        )

    def _rests_on(self, judgement: Judgement, fields: tuple[str, ...]) -> bool:
        name, line = judgement.resource, judgement.line
        in_row = any((name, line, field) in self._cells for field in fields)
        return name in self._tables or in_row or any((name, field) in self._columns for field in fields)

    def _leads_to(self, name: str, fields: tuple[str, ...]) -> bool:
        disputed = any((name, field) in self._columns for field in fields)
        # Frictionless takes a cell of no type for a missing part of a key, so that a half empty reference finds it.
        half = len(fields) > 1 and any((name, field) in self._of_no_type for field in fields)
        return name in self._tables or disputed or half
