"""A large table whose base revision is known: only the rows that differ are checked, so that cost follows the change.

That is enough where the base promises canonical form (its rows are then in order, and were checked before), the schema
and the way of writing are the same, no key but the primary one has to be unique, no table refers to this one, and all
that this one refers to is still there. Of anything else, and wherever a changed line is not canonical, the caller has
to read the whole table.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Any, BinaryIO

from ...errors import MandatesDataError
from ...package.batches import Batch
from ...package.columns import Block, is_plain, split_block
from ...package.model import Package, Resource
from ...package.reader import read_rows
from ...package.store import FolderStore
from ...package.walk import NotInOrderError, Step, walk
from ...package.writer import format_row
from ..batch import BatchChecker, TablePlan
from ..canonical import promised
from ..findings import Finding
from ..keys import KeyIndex, Reference
from ..stored import Watched
from ..structure import Header
from .contribution import TableContribution
from .ledgers import Ledgers

LEAST = 8 << 20
"""Bytes from which on a table is worth being walked."""

MOST = 100_000
"""Changed rows that are held in memory; of more, the whole table is read."""


class ChangedRows:
    """The rows of one table that differ from the base revision.

    Parameters
    ----------
    package, base, resource
        The two revisions, and the table of the first.
    indexes, references
        The keys of the table that are unique or referred to, and its foreign keys, whose targets were read.
    ledgers
        What the package promises.
    """

    def __init__(
        self,
        package: Package,
        base: Package,
        resource: Resource,
        indexes: Sequence[KeyIndex],
        references: Sequence[Reference],
        ledgers: Ledgers,
    ) -> None:
        self._package, self._base, self._resource, self._ledgers = package, base, resource, ledgers
        self._indexes, self._references = indexes, references
        self._header = format_row(resource.schema.field_names).encode()
        names = resource.schema.field_names
        self._places = {name: place for place, name in enumerate(names)}
        self._key = tuple(self._places[name] for name in resource.schema.primary_key if name in self._places)

    def findings(self) -> tuple[int, list[Finding]] | None:
        """How many rows are new or changed, and all findings on the table; None where it has to be read whole."""
        if not (self._is_large() and self._may_be_walked() and all(map(self._still_there, self._references))):
            return None
        store, base_store = self._package.store, self._base.store
        assert store is not None
        assert base_store is not None
        before = self._base.resource(self._resource.name)
        with store.open(self._resource.path) as new, base_store.open(before.path) as old:
            steps = self._steps(old, new)
            found = None if steps is None else self._judged(steps, before)
            if found is None:
                return None
            placed = _on_lines(found, [step.offset for step in steps or () if step.new], new)
        with store.open(self._resource.path) as file:
            placed += Watched(file, self._resource).findings()
        return sum(step.new is not None for step in steps or ()), placed

    # -- whether the rows that differ are enough ----------------------------------------------------------------------

    def _is_large(self) -> bool:
        store = self._package.store
        if not isinstance(store, FolderStore) or not store.exists(self._resource.path):
            return False
        return (store.folder / self._resource.path).stat().st_size >= LEAST

    def _may_be_walked(self) -> bool:
        now, store = self._resource, self._base.store
        if store is None or not promised(self._base) or now.name not in self._base.resource_names:
            return False
        before = self._base.resource(now.name)
        return (
            bool(self._key)
            and len(self._key) == len(now.schema.primary_key)
            and (before.schema.raw, before.dialect.raw) == (now.schema.raw, now.dialect.raw)
            and before.encoding == now.encoding == "utf-8"
            and now.dialect.delimiter == ","
            and now.dialect.header
            and is_plain(now.dialect, now.encoding)
            and not any(field.constraints.json_schema for field in now.schema.fields)
            and all(index.fields == now.schema.primary_key and not index.wanted for index in self._indexes)
            and store.exists(before.path)
        )

    def _still_there(self, reference: Reference) -> bool:
        """Whether all keys of the base that this reference could name are there now, and known one by one."""
        known = reference.target.few()
        if known is None or reference.own or reference.target_name not in self._base.resource_names:
            return False
        target = self._base.resource(reference.target_name)
        names = target.schema.field_names
        if not set(reference.target.fields) <= set(names):
            return False
        plain = [target.schema.field(name).type == "string" for name in reference.target.fields]
        places = [names.index(name) for name in reference.target.fields]
        try:
            rows = [record.cells for batch in read_rows(self._base, target) for record in batch]
        except MandatesDataError:
            return False
        keys = [tuple(cells[place] for place in places) for cells in rows]
        return all(plain) and all((key if len(key) > 1 else key[0]) in known for key in keys if all(key))

    # -- the rows that differ -----------------------------------------------------------------------------------------

    def _steps(self, old: BinaryIO, new: BinaryIO) -> list[Step] | None:
        size = len(self._header)
        if not old.read(size) == new.read(size) == self._header:
            return None
        try:
            steps = list(islice(walk(old, new, (size, size), self._key_of), MOST + 1))
        except NotInOrderError:
            return None
        return steps if len(steps) <= MOST else None

    def _key_of(self, line: bytes) -> Any:
        block = split_block(line, len(self._places))
        if block is None or not block.columns[0]:
            raise NotInOrderError
        return tuple(block.columns[place][0] for place in self._key)

    def _judged(self, steps: Sequence[Step], before: Resource) -> list[Finding] | None:
        """The findings on the rows, settled by the base; the line of each is its number among the rows that are new."""
        new, old = (self._split(lines) for lines in ([s.new for s in steps], [s.old for s in steps]))
        if new is None or old is None or not new.is_canonical():
            return None
        plan = TablePlan(
            self._resource,
            Header((), self._places, len(self._places)),
            references=tuple(reference.plan() for reference in self._references),
        )
        batch = Batch(range(1, new.height + 1), new.columns, block=new)
        by_row: dict[int, list[Finding]] = {}
        if new.height:
            facts = BatchChecker(plan).check(batch)
            if facts.causes:  # some of the lines are no rows
                return None
            for finding in facts.findings:
                by_row.setdefault(finding.line or 0, []).append(finding)
        contribution = TableContribution(before, self._resource, self._places, self._ledgers)
        settled: list[Finding] = []
        old_rows = zip(*old.columns, strict=True)
        number = 0
        for step in steps:
            cells = None if step.old is None else next(old_rows)
            record = None if step.new is None else batch.record(number)
            number += step.new is not None
            settled += contribution.judge(cells, record, by_row.get(number, ()) if record is not None else ())
        return settled + list(contribution.finish())

    def _split(self, lines: Sequence[bytes | None]) -> Block | None:
        """Lines as columns, all of one width; None where they are not."""
        content = b"".join(line for line in lines if line)
        if not content:
            return Block([[] for _ in self._places], range(0), 0, "\n")
        block = split_block(content, len(self._places))
        return block if block is not None and not block.odd and not block.blank else None


def _on_lines(found: Sequence[Finding], offsets: Sequence[int], file: BinaryIO) -> list[Finding]:
    """Findings whose line is a number into `offsets`, on the lines of the file: counted only where there are any."""
    numbers = sorted({finding.line for finding in found if finding.line is not None})
    lines = dict(zip(numbers, _lines_at([offsets[number - 1] for number in numbers], file), strict=True))
    return [
        finding if finding.line is None else dataclasses.replace(finding, line=lines[finding.line]) for finding in found
    ]


def _lines_at(offsets: Sequence[int], file: BinaryIO) -> Iterator[int]:
    """The line that begins at each of these bytes, which rise."""
    file.seek(0)
    at, line = 0, 1
    for offset in offsets:
        while at < offset:
            block = file.read(min(1 << 20, offset - at))
            line += block.count(b"\n")
            at += len(block)
        yield line
