"""One batch of rows under all rules on cells and keys: proved in bulk, judged one by one where there is a doubt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..package.batches import Batch
from ..package.model import Resource
from ..package.reader import Record
from . import codes_row, wording
from .cells import Column, compile_columns
from .file_causes import Cause, FileCauses, Headers, joined
from .findings import Finding, quoted
from .keys import KeyPlan, KeyReader, ReferencePlan, is_whole, rise, says_nothing, whole_entries
from .rows import RowChecker
from .spill import Entry
from .structure import Header

_REMEMBERED = 10_000
"""Wrong references whose nearest key is remembered."""


@dataclass(slots=True)
class KeyFacts:
    """The keys of a batch: the first and last of them, whether they rise, and where they are asked for all of them."""

    first: Any = None
    last: Any = None
    rises: bool = True
    entries: list[Entry] = field(default_factory=list)

    def extend(self, after: KeyFacts) -> None:
        """Take in the keys of the batch that comes next."""
        if after.first is not None:
            self.rises = self.rises and after.rises and (self.last is None or rise([self.last, after.first]))
            self.first = after.first if self.first is None else self.first
            self.last = after.last
        self.rises = self.rises and after.rises
        self.entries += after.entries


@dataclass(slots=True)
class BatchFacts:
    """What is known of a batch once it was checked.

    Attributes
    ----------
    rows
        How many records it has.
    findings
        By line.
    keys, pending
        One a plan, in the order of the plans.
    canonical
        Whether it is proven to be written and sorted in canonical form, in itself.
    first_text, last_text
        The primary key, or the whole row, of the first and last record, as it is written.
    causes
        What was done to whole rows, which are no records any more.
    end
        The line from which on no row is of this table; 0 where there is none.
    """

    rows: int = 0
    findings: list[Finding] = field(default_factory=list)
    keys: list[KeyFacts] = field(default_factory=list)
    pending: list[list[Entry]] = field(default_factory=list)
    canonical: bool = False
    first_text: Any = None
    last_text: Any = None
    causes: list[Cause] = field(default_factory=list)
    end: int = 0

    def extend(self, after: BatchFacts) -> None:
        """Take in the facts of the batch that comes next."""
        if self.keys:
            for key, more in zip(self.keys, after.keys, strict=True):
                key.extend(more)
            for pending, entries in zip(self.pending, after.pending, strict=True):
                pending.extend(entries)
        else:
            self.keys, self.pending = after.keys, after.pending
        self.rows += after.rows
        self.findings += after.findings
        self.causes = joined([*self.causes, *after.causes]) if after.causes else self.causes
        self.end = after.end
        sorted_ = self.last_text is None or after.first_text is None or _not_after(self.last_text, after.first_text)
        self.canonical = self.canonical and after.canonical and sorted_
        if after.first_text is not None:
            self.first_text = after.first_text if self.first_text is None else self.first_text
            self.last_text = after.last_text


@dataclass(frozen=True, slots=True)
class TablePlan:
    """All that the checks of a table's batches need to know. It can be sent to another process."""

    resource: Resource
    header: Header
    keys: tuple[KeyPlan, ...] = ()
    references: tuple[ReferencePlan, ...] = ()
    canonical: bool = False
    others: Headers = ()


class BatchChecker:
    """Checks batches of one table, in any order and in any process."""

    def __init__(self, plan: TablePlan) -> None:
        self.plan = plan
        places = plan.header.places
        columns = compile_columns(plan.resource.schema, codes_row.KEY_MISSING)
        self._width = plan.header.width
        self._columns: list[tuple[Column, int]] = [(columns[name], place) for name, place in places.items()]
        self.causes = FileCauses(plan.resource, plan.header, self._columns, plan.others)
        self.judge = RowChecker(plan.resource, places)
        self._keys = [(key, KeyReader(key.fields, columns, places)) for key in plan.keys]
        self._references = [(key, KeyReader(key.fields, columns, places)) for key in plan.references]
        self._names: dict[tuple[str, ...], list[str]] = {}
        self._near: dict[tuple[str, ...], dict[str, str | None]] = {}
        order = plan.resource.schema.primary_key or plan.resource.schema.field_names
        self._order = KeyReader(order, columns, places) if plan.canonical else None

    def check(self, batch: Batch) -> BatchFacts:
        """All that can be told of a batch alone."""
        settled = self.causes.settle(batch)
        batch = settled.batch
        facts = BatchFacts(len(batch.lines) + len(batch.odd), causes=list(settled.causes), end=settled.end)
        facts.findings += self._odd(batch.odd)
        facts.findings += self._cells(batch)
        facts.keys = self.key_facts(batch)
        for reference, reader in self._references:
            facts.pending.append(self._refer(reference, reader, batch, facts.findings))
        self._canonical(batch, facts)
        if len(facts.findings) > 1:
            facts.findings.sort(key=lambda found: (found.line or 0, found.column or 0, found.code))
        return facts

    def _cells(self, batch: Batch) -> Iterator[Finding]:
        if not batch.lines:
            return
        for column, place in self._columns:
            values = batch.columns[place]
            doubtful = column.unproven(values)
            if doubtful:
                doubtful = {value for value in doubtful if column.problems(value)}
            if doubtful:
                for number, value in enumerate(values):
                    if value in doubtful:
                        yield from self.judge.cell(column, batch.record(number))

    def key_facts(self, batch: Batch) -> list[KeyFacts]:
        """What the keys of a batch say, one a plan."""
        return [self._facts_of(key, reader, batch) for key, reader in self._keys]

    def _facts_of(self, plan: KeyPlan, reader: KeyReader, batch: Batch) -> KeyFacts:
        keys = reader.keys(batch.columns) if batch.lines else []
        facts = KeyFacts()
        if keys:
            facts = KeyFacts(keys[0], keys[-1], rise(keys) and is_whole(keys[0]) and is_whole(keys[-1]))
        if plan.collect:
            facts.entries = whole_entries(keys, batch.lines)
            # A row that is not judged still has its key, so that rows which refer to it are not blamed.
            facts.entries += [(key, -row.line) for row in batch.odd if is_whole(key := reader.key(row))]
            if batch.odd:
                facts.entries.sort(key=lambda entry: abs(entry[1]))
        return facts

    def _refer(self, plan: ReferencePlan, reader: KeyReader, batch: Batch, findings: list[Finding]) -> list[Entry]:
        """The references that cannot be looked up yet; those that can be judged now go to the findings."""
        keys = reader.keys(batch.columns) if batch.lines else []
        unknown = set(keys).difference(plan.known or ())
        if not all(map(is_whole, unknown)):
            half = {key for key in unknown if not is_whole(key) and not says_nothing(key)}
            unknown = set(filter(is_whole, unknown))
            if half:
                rows = ((key, number) for number, key in enumerate(keys) if key in half)
                findings += [self._half(plan, key, batch.record(number)) for key, number in rows]
        if not unknown:
            return []
        if plan.known is None:
            return [(key, line) for key, line in zip(keys, batch.lines, strict=True) if key in unknown]
        rows_of = (number for number, key in enumerate(keys) if key in unknown)
        findings += [self.unknown(plan, batch.record(number)) for number in rows_of]
        return []

    def _half(self, plan: ReferencePlan, key: Any, record: Record) -> Finding:
        empty = [name for name, part in zip(plan.fields, key, strict=True) if part is None]
        said = f"{', '.join(empty)} is empty, though another part of the reference ({', '.join(plan.fields)}) is not."
        return self.judge.at(codes_row.REFERENCE_HALF, record, empty[0], said, expected="all parts, or none")

    def unknown(self, plan: ReferencePlan, record: Record) -> Finding:
        """The finding on a row whose reference names nothing."""
        places = self.plan.header.places
        text = "/".join(record.cells[places[name]] for name in plan.fields)
        where = "this table" if plan.own else plan.target
        said = f"{quoted(text)} names no row of {where} ({', '.join(plan.target_fields)})."
        near = self._nearest(plan, text)
        mend = f"Did you mean {quoted(near)}?" if near else None
        return self.judge.at(
            codes_row.REFERENCE_UNKNOWN, record, plan.fields[0], said, expected=f"a key of {where}", mend=mend
        )

    def _nearest(self, plan: ReferencePlan, text: str) -> str | None:
        """The key that was probably meant; the same name is looked up once."""
        if plan.fields not in self._names:
            self._names[plan.fields] = sorted(map(_as_text, plan.known or ()))
        known = self._near.setdefault(plan.fields, {})
        if text not in known:
            if len(known) > _REMEMBERED:
                known.clear()
            known[text] = wording.nearest(text, self._names[plan.fields])
        return known[text]

    def twice(self, plan: KeyPlan, record: Record, first: int) -> Finding:
        """The finding on a row whose key stands on an earlier line."""
        assert plan.rule is not None
        places = self.plan.header.places
        text = "/".join(record.cells[places[name]] for name in plan.fields)
        said = f"{quoted(text)} stands in {', '.join(plan.fields)} on line {first} already."
        return self.judge.at(plan.rule, record, plan.fields[0], said, expected="a value that no other row has")

    def _odd(self, records: Sequence[Record]) -> Iterator[Finding]:
        for record in records:
            size = len(record.cells)
            rule = codes_row.ROW_TOO_SHORT if size < self._width else codes_row.ROW_TOO_LONG
            cells = "1 cell" if size == 1 else f"{size} cells"
            said = f"The row has {cells}, the header {self._width}."
            yield self.judge.at(rule, record, None, said, expected=f"{self._width} cells")

    def _canonical(self, batch: Batch, facts: BatchFacts) -> None:
        if self._order is None:
            return
        facts.canonical = batch.is_canonical()
        if not batch.lines:
            return
        texts = self._order.texts(batch.columns)
        facts.first_text, facts.last_text = texts[0], texts[-1]
        keys = zip(self.plan.keys, facts.keys, strict=True)
        told = self._order.plain and any(plan.fields == self._order.fields and key.rises for plan, key in keys)
        rises = told or rise(texts) or all(map(_not_after, texts, texts[1:]))
        facts.canonical = facts.canonical and rises


def _not_after(one: Any, other: Any) -> bool:
    return bool(one <= other)


def _as_text(key: Any) -> str:
    return "/".join(map(str, key)) if isinstance(key, tuple) else str(key)
