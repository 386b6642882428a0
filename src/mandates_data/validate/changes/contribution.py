"""The judge of a changed row: its base row is the oracle, so that damage is told from corrections.

How the two rows were found is not its business: a walk of two canonical files and a look-up by key call it alike.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ...package.model import Field, Resource
from ...package.reader import Record
from ..findings import Finding, quoted
from ..programs.damage import damage_of
from . import codes_contribution as codes
from . import pairing
from .changed_cells import CellJudge
from .gone import GoneRows
from .ledgers import Cells, Ledgers
from .matched import Both, MatchedTable

_HELD = 10_000
"""Rows of each kind that wait until it is known whether they only have another key; what is more does not wait."""


@dataclass(frozen=True, slots=True)
class _Waiting:
    """A row that may be another one of the base: what was found on it, and the base row of its key, if there is one."""

    record: Record
    found: tuple[Finding, ...]
    old: Cells | None


class TableContribution:
    """Judges the rows of one table that differ from the base revision.

    Call `judge` with each of them (with equal rows too, if that is easier), then `finish`.

    Parameters
    ----------
    base, resource
        The table in the base revision, and the table now.
    places
        Where each field's column is in the file.
    ledgers
        What the package promises.
    """

    def __init__(self, base: Resource, resource: Resource, places: Mapping[str, int], ledgers: Ledgers) -> None:
        self.table = MatchedTable(base, resource, places)
        self._ledgers = ledgers
        self._cells = CellJudge(self.table, ledgers)
        self._gone = GoneRows(self.table, ledgers)
        self._keeps_ids = ledgers.keeps_ids(resource.name)
        self._removed: list[Cells] = []
        self._waiting: list[_Waiting] = []

    def judge(self, old: Cells | None, new: Record | None, found: Sequence[Finding] = ()) -> Iterator[Finding]:
        """The final findings on one row, but for those that come with `finish`, when all rows are known.

        Parameters
        ----------
        old
            The base row, its cells in the order of the base's schema; None for a row that the base has not.
        new
            The row of the file, as wide as its header; None for a row that is gone.
        found
            All that was found on the new row otherwise, references included. It is given back, on changed cells with
            the published value and where a program has done it with that cause. No cell has a second finding.
        """
        if new is None:
            if old is not None:
                self._remove(old)
        elif old is not None and not self._says_something_else(old, new):
            yield from self._cells.findings(old, new, found)
        elif len(self._waiting) < _HELD:
            self._waiting.append(_Waiting(new, tuple(found), old))
        else:
            yield from self._stays(_Waiting(new, tuple(found), old), ())

    def finish(self) -> Iterator[Finding]:
        """What can be said once every row was judged: changed keys, rows that are gone, identifiers used again."""
        olds = [*self._removed, *(row.old for row in self._waiting if row.old is not None)]
        pairs = self._pairs(olds)
        origin = {there: olds[here] for here, there in pairs.items()}
        moved_on = {self.table.old_key(olds[here]) for here in pairs}
        for number, row in enumerate(self._waiting):
            if number in origin:
                yield from self._moved(origin[number], row)
            else:
                yield from self._stays(row, moved_on)
        for here, old in enumerate(self._removed):
            if here not in pairs:
                self._gone.add(old)
        yield from self._gone.findings()

    def _remove(self, old: Cells) -> None:
        if len(self._removed) < _HELD:
            self._removed.append(old)
        else:
            self._gone.add(old)

    def _pairs(self, olds: Sequence[Cells]) -> dict[int, int]:
        """The places of base rows that are found again under another key, each with that of the waiting row."""
        table, waiting = self.table, self._waiting
        pairs = dict(pairing.by_rest([*map(table.old_rest, olds)], [table.new_rest(row.record) for row in waiting]))
        taken = set(pairs.values())
        removed = [(here, table.old_key(old)) for here, old in enumerate(self._removed) if here not in pairs]
        fresh = [
            (there, key)
            for there, row in enumerate(waiting)
            if row.old is None and there not in taken and (key := table.new_key(row.record)) is not None
        ]
        return pairs | dict(pairing.by_key(removed, fresh, self._damaged_key))

    def _damaged_key(self, old: tuple[str, ...], new: tuple[str, ...]) -> bool:
        fields = [self.table.resource.schema.field(name) for name in self.table.key]
        parts = zip(fields, old, new, strict=True)
        return all(here == there or _surely_damaged(here, there, field) for field, here, there in parts)

    def _moved(self, old: Cells, row: _Waiting) -> Iterator[Finding]:
        """A row that stands in the base under another key."""
        yield from self._cells.findings(old, row.record, row.found)
        keys = [both for both in self.table.differing(old, row.record) if both.in_key]
        told = {finding.field for finding in row.found}
        if any(both.field.name in told or self._is_damaged(both, old, row.record) for both in keys):
            return  # the cells of the key have said it
        if not self._keeps_ids:
            self._gone.add(old, self.table.new_id(row.record))
        elif not self._gone.may_go(old):
            yield self._id_changed(old, row.record, keys)

    def _id_changed(self, old: Cells, new: Record, keys: Sequence[Both]) -> Finding:
        was, now = self.table.old_id(old), self.table.new_id(new)
        field = keys[0].field.name if keys else self.table.key[0]
        fix = old[keys[0].here] if len(keys) == 1 else None
        said = f"All other cells of this row are those of the published row {quoted(was)}."
        retire = self._gone.retire(was, f", replaced_by {quoted(now)}")
        mend = f"Put {quoted(was)} back. If it has to change, {retire}."
        return self.table.at(codes.ID_CHANGED, new, field, said, expected=was, mend=mend, fix=fix)

    def _stays(self, row: _Waiting, moved_on: Collection[tuple[str, ...]]) -> Iterator[Finding]:
        """A row that is new, or has another content than the base row of its key."""
        key, row_id = self.table.new_key(row.record), self.table.new_id(row.record)
        said = None
        if row.old is None:
            yield from row.found
            if self._keeps_ids and self._ledgers.was_retired(self.table.resource.name, row_id):
                said = f"{quoted(row_id)} was retired before, and names a row again."
        elif key in moved_on:
            yield from row.found
            said = f"{quoted(row_id)} named another row, which has another identifier now."
        else:
            yield from self._cells.findings(row.old, row.record, row.found)
            said = f"{quoted(row_id)} named a row with another content: {self._sample(row.old)}."
        if said and not any(finding.field in self.table.key for finding in row.found):
            yield self.table.at(codes.ID_REUSED, row.record, self.table.key[0], said)

    def _sample(self, old: Cells) -> str:
        longest = max((both for both in self.table.both if not both.in_key), key=lambda both: len(old[both.here]))
        return f"its {longest.field.name} was {quoted(old[longest.here])}"

    def _says_something_else(self, old: Cells, new: Record) -> bool:
        """Whether the row may be another one under the same key, in a table that promises that this does not happen."""
        if not self._keeps_ids:
            return False
        differing = self.table.differing(old, new)
        if not differing or not pairing.says_something_else(self.table.old_rest(old), self.table.new_rest(new)):
            return False
        return not any(self._is_damaged(both, old, new) for both in differing)

    @staticmethod
    def _is_damaged(both: Both, old: Cells, new: Record) -> bool:
        return _surely_damaged(old[both.here], new.cells[both.place], both.field)


def _surely_damaged(old: str, new: str, field: Field) -> bool:
    damage = damage_of(old, new, field)
    return damage is not None and damage.sure
