"""The cells of one row that are not as the base has them: damaged, corrected, or changed without a word."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from ...package.reader import Record
from .. import codes_row
from ..cells import UNTYPED, Column
from ..findings import Finding, Rule
from ..programs.damage import Damage, damage_of
from . import codes_contribution as codes
from .ledgers import Cells, Ledgers
from .matched import Both, MatchedTable
from .published import keep_it, settled, shown


class CellJudge:
    """Judges the changed cells of rows, each with one finding at most."""

    def __init__(self, table: MatchedTable, ledgers: Ledgers) -> None:
        self._table, self._ledgers = table, ledgers
        self._name = table.resource.name
        self._columns: dict[str, tuple[Column, Column]] = {}

    def findings(self, old: Cells, new: Record, found: Sequence[Finding]) -> Iterator[Finding]:
        """What was found on a row, those on changed cells with the published value, and what the base adds."""
        rest = list(found)
        for both in self._table.differing(old, new):
            told = [finding for finding in rest if finding.field == both.field.name]
            rest = [finding for finding in rest if finding.field != both.field.name]
            yield from self._cell(both, old, new, told)
        for finding in rest:
            yield self._left_behind(finding) if finding.code == codes_row.REFERENCE_UNKNOWN.code else finding

    def _cell(self, both: Both, row: Cells, new: Record, told: list[Finding]) -> Iterator[Finding]:
        before, after = row[both.here], new.cells[both.place]
        row_id, name = self._table.old_id(row), both.field.name
        written_down = self._ledgers.explains((self._name, row_id, name), before, after)
        # What a person has written down with its reason is no damage, whatever it looks like.
        damage = None if written_down else damage_of(before, after, both.field)
        if told:
            one_cause = damage is not None and damage.sure
            yield from [settled(one, before, damage) for one in (told[:1] if one_cause else told)]
        elif damage is not None and damage.sure:
            yield self._damaged(codes.CELL_DAMAGED, both, before, new, damage)
        elif both.in_key or written_down:
            return  # a changed key is a matter of the whole row
        elif self._ledgers.is_released(self._table.base, row):
            if not self._ledgers.is_open(self._table.base, row):
                yield self._rewritten(both, before, new)
        elif self._respelled(both, before, after):
            return
        elif self._ledgers.wants_correction(self._name, name):
            yield self._unexplained(both, row, new, damage)
        elif damage is not None:
            yield self._damaged(codes.CELL_PERHAPS_DAMAGED, both, before, new, damage)

    def _left_behind(self, finding: Finding) -> Finding:
        """A reference that no longer finds its row, though the cell is as it was published."""
        same = "The cell is as it was published; the row that it names is gone or has another key."
        return dataclasses.replace(finding, mend=f"{same} Put that row back, or correct the reference too.", fix=None)

    def _damaged(self, rule: Rule, both: Both, before: str, new: Record, damage: Damage) -> Finding:
        after = new.cells[both.place]
        mend = keep_it(before, after)
        if not damage.sure:
            mend += " If you did mean to change it, leave it as it is."
        elif self._ledgers.wants_correction(self._name, both.field.name) and not both.in_key:
            mend += f" If you did mean to change it, add a row to {self._ledgers.path('corrections')}."
        said = f"{shown(after, before) if after else 'The cell'} {damage.words}."
        fix = before if damage.sure else None
        return self._table.at(rule, new, both.field.name, said, expected=before, mend=mend, fix=fix, cause=damage.kind)

    def _rewritten(self, both: Both, before: str, new: Record) -> Finding:
        after = new.cells[both.place]
        said = f"The row was released with {shown(before, after)} here; now it is {shown(after, before)}."
        rule, mend = codes.HISTORY_REWRITTEN, keep_it(before, after)
        return self._table.at(rule, new, both.field.name, said, expected=before, mend=mend, fix=before)

    def _unexplained(self, both: Both, row: Cells, new: Record, damage: Damage | None) -> Finding:
        before, after, name = row[both.here], new.cells[both.place], both.field.name
        ledger, path = self._ledgers.table("corrections"), self._ledgers.path("corrections")
        said = f"It was {shown(before, after)} and is {shown(after, before)} now; no row of {ledger} says why."
        if damage is not None:
            said += f" Perhaps nobody meant it: it {damage.words}."
        next_one = self._ledgers.next_correction((self._name, self._table.old_id(row), name))
        mend = (
            f"Add the row {next_one} to {path} (mandates-data fmt --against drafts it, with the whole cell before and "
            "after), or put the published value back."
        )
        return self._table.at(codes.CORRECTION_MISSING, new, name, said, mend=mend)

    def _respelled(self, both: Both, before: str, after: str) -> bool:
        """Whether two texts are one value, as "1.0" and "1" are in a column of numbers."""
        name = both.field.name
        if name not in self._columns:
            schemas = self._table.base.schema, self._table.resource.schema
            self._columns[name] = Column(both.before, schemas[0], None), Column(both.field, schemas[1], None)
        old, new = (column.typed(text) for column, text in zip(self._columns[name], (before, after), strict=True))
        return old is not UNTYPED and bool(old == new)
