"""The rows of the base that a table no longer has: retired, history rewritten, or lost."""

from __future__ import annotations

from collections.abc import Iterator

from ..findings import Finding, Rule, quoted
from . import codes_contribution as codes
from .ledgers import Cells, Ledgers
from .matched import MatchedTable

EACH = 20
"""Rows that a reader can still look at one by one."""


class GoneRows:
    """Collects rows that are gone, and judges them by what the package promises of them.

    Up to `each` rows have a finding each; of more, one stands for all.
    """

    def __init__(self, table: MatchedTable, ledgers: Ledgers, *, each: int = EACH) -> None:
        self._table, self._ledgers, self._each_one = table, ledgers, each
        self._name = table.resource.name
        self._released, self._lost, self._removed = _Ids(), _Ids(), _Ids()
        self._under_another_key: tuple[str, str] | None = None

    def add(self, old: Cells, now: str | None = None) -> None:
        """A row that is gone; `now` is the key under which all its other cells stand, where there is one."""
        row_id = self._table.old_id(old)
        if self._ledgers.is_released(self._table.base, old):
            self._released.add(row_id)
        elif self._ledgers.keeps_ids(self._name):
            if not self.may_go(old):
                self._lost.add(row_id)
        elif not self._ledgers.is_bookkeeping(self._name):
            self._removed.add(row_id)
            if now is not None and self._under_another_key is None:
                self._under_another_key = row_id, now

    def may_go(self, old: Cells) -> bool:
        """Whether the row's identifier is retired, or that of another row which is a part of its key."""
        base, names = self._table.base, self._table.base.schema.field_names
        if self._ledgers.is_retired(self._name, self._table.old_id(old)):
            return True
        return any(
            self._ledgers.is_retired(link.resource or base.name, "/".join(old[names.index(n)] for n in link.fields))
            for link in base.schema.foreign_keys
            if set(link.fields) <= set(self._table.key)
        )

    def retire(self, row_id: str, more: str = "") -> str:
        """The words that say how to retire an identifier."""
        path = self._ledgers.path("retired_ids")
        return f"add it to {path} (retired_id {quoted(row_id)}, table {quoted(self._name)}{more})"

    def findings(self) -> Iterator[Finding]:
        """What is wrong with the rows that are gone."""
        rule = codes.HISTORY_REWRITTEN
        yield from self._each(rule, self._released, "The released row {} is gone.", "{:,} released rows are gone", "")
        lost, rule = self._lost, codes.ID_REMOVED
        of_row = "The published row {} is gone, and its identifier is not retired."
        of_many = "{:,} published rows are gone, and their identifiers are not retired"
        mend = f"Put the row back. If it has to go, {self.retire(lost.first[0])}." if lost.count == 1 else ""
        yield from self._each(rule, lost, of_row, of_many, mend)
        yield from self._without_promise()

    def _without_promise(self) -> Iterator[Finding]:
        gone, moved = self._removed, self._under_another_key
        if not gone.count:
            return
        said = f"The row {gone} of the base revision is gone"
        if gone.count > 1:
            said = f"{gone.count:,} rows of the base revision are gone: {gone}"
        if moved is not None:
            said += f"; all other cells of {quoted(moved[0])} stand under {quoted(moved[1])} now"
        yield self._table.on_table(codes.ROWS_REMOVED, f"{said}.", count=gone.count)

    def _each(self, rule: Rule, rows: _Ids, of_row: str, of_many: str, mend: str) -> Iterator[Finding]:
        if rows.count > self._each_one:
            said = f"{of_many.format(rows.count)}: {rows}."
            yield self._table.on_table(rule, said, count=rows.count)
            return
        for row_id in rows.first:
            yield self._table.on_table(rule, of_row.format(quoted(row_id)), row_key=row_id, mend=mend or rule.mend)


class _Ids:
    """Identifiers: how many, and the first of them."""

    def __init__(self) -> None:
        self.count = 0
        self.first: list[str] = []

    def add(self, row_id: str) -> None:
        self.count += 1
        if self.count <= EACH:
            self.first.append(row_id)

    def __str__(self) -> str:
        more = self.count - 3
        return ", ".join(map(quoted, self.first[:3])) + (f" and {more:,} more" if more > 0 else "")
