"""One table from its first byte to its last: proved in bulk, on several processes where it is large."""

from __future__ import annotations

import contextlib
import functools
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO, cast

from ..errors import PackageError, UnsafeReferenceError
from ..package.batches import Batch, BatchReader
from ..package.corrections import promise_of
from ..package.model import Package, Resource
from ..package.reader import FATAL, Flaw, Record, TableReader, is_text_encoding
from ..package.store import FolderStore, Store
from . import codes_cell, codes_file
from .batch import BatchChecker, BatchFacts, TablePlan
from .canonical import CanonicalCheck, promised
from .chunks import CHUNK, ChunkFacts
from .file_causes import cause_findings, other_headers, unexplained
from .findings import Finding, TableCount
from .header_causes import SAMPLE
from .keys import KeyIndex, KeyPlan, Reference
from .log import FindingLog
from .spill import absent, repeated
from .stored import Watched
from .structure import Header, flaw_findings, judge_header, other_delimiter
from .unfinished import told_once

LARGE = 6 * CHUNK
"""Bytes from which on a table is worth the start of other processes."""

Progress = Callable[[str, int], None]
"""Told the name of a table, and how many of its bytes were checked."""


_LONGEST_HEADER = 100_000
"""Bytes of a first line that are looked at for another separator."""


class TableCheck:
    """Checks one table of a package.

    Parameters
    ----------
    package, resource
        What to check.
    indexes
        The keys of this table that are unique or that another table refers to; filled on the way.
    references
        The foreign keys of this table; what they cannot resolve yet they keep.
    log
        Where the findings go.
    processes
        How many processes may be kept busy.

    Attributes
    ----------
    rows
        How many rows were read.
    """

    def __init__(  # noqa: PLR0913 - each a part of the run that no other knows
        self,
        package: Package,
        resource: Resource,
        indexes: Sequence[KeyIndex],
        references: Sequence[Reference],
        log: FindingLog,
        *,
        processes: int = 1,
        progress: Progress | None = None,
    ) -> None:
        assert package.store is not None
        self._store: Store = package.store
        self._resource = resource
        self._promised = promised(package)
        promise = promise_of(package)
        self._is_ledger = promise is not None and promise.table == resource.name
        self._others = other_headers(package, resource)
        self._indexes = indexes
        self._references = references
        self._log = log
        self._run = log.run(resource.name)
        self._processes = processes
        self._progress = progress or (lambda _table, _bytes: None)
        self._checker: BatchChecker | None = None
        self._empty: list[KeyIndex] = []
        """Keys of columns that the file may lack, and does: no row has one."""
        self.rows = 0

    def count(self) -> TableCount:
        """How much was read."""
        return TableCount(self._resource.name, self.rows)

    def run(self) -> None:
        """Check the table, all but the references that have to wait for another one: see `check_references`."""
        resource = self._resource
        place = {"resource": resource.name, "path": resource.path}
        if not self._store.exists(resource.path):
            self._store.check(resource.path)
            rule = codes_file.FILE_MISSING
            self._tell([rule.finding(f"There is no file {resource.path}.", mend=rule.mend, **place)])
            return
        if not is_text_encoding(resource.encoding):
            return  # told by the check of the descriptor
        try:
            with self._store.open(resource.path) as file:
                self._file(file)
        except UnsafeReferenceError:
            raise
        except PackageError as error:
            rule = codes_file.UNREADABLE
            self._tell([rule.finding(error.message, mend=error.next_step or rule.mend, **place)])

    def check_references(self) -> None:
        """Look up what had to wait, once every table was read."""
        for number, reference in enumerate(self._references):
            if self._checker is None or not reference.target.complete or not reference.pending:
                continue
            plan = replace(self._checker.plan.references[number], known=reference.target.few())
            lines = absent(reference.pending, reference.target.entries)
            unknown = functools.partial(self._checker.unknown, plan)
            self._log.run(self._resource.name).add(map(unknown, self._records(lines)))

    def _file(self, file: BinaryIO) -> None:
        resource = self._resource
        flaws: list[Flaw] = []
        watched = Watched(file, resource)
        reader = BatchReader(watched.as_file(), resource.dialect, resource.encoding, flaws.append)
        dead = any(flaw.kind in FATAL for flaw in flaws)
        header = (
            Header(usable=False) if dead else judge_header(reader.header, resource, lambda: self._first_rows(reader))
        )
        if any((flaw.kind, flaw.line) == ("text-after-quote", 1) for flaw in flaws):
            header, flaws = self._with_its_cause(header, flaws)
        self._tell(header.findings)
        errors = self._log.errors
        facts = BatchFacts(canonical=reader.canonical_header)
        if header.usable:
            self._tell(self._unchecked())
            self._plan(header, reader.header)
            self._rows(reader, watched, facts)
            flaws = unexplained(flaws, facts.causes, facts.end)
            self._tell(cause_findings(facts.causes, resource))
            self._finish(facts, complete=not any(flaw.kind in FATAL for flaw in flaws))
        on_file = list(flaw_findings(flaws, reader.line_ends, resource, canonical=self._promised))
        clean = not header.findings and not on_file and self._log.errors == errors
        if header.usable and self._promises() and clean and not (facts.canonical and reader.bulk):
            self._hold_promise(flaws)
        self._tell(on_file)
        self._tell(watched.findings())

    def _with_its_cause(self, header: Header, flaws: list[Flaw]) -> tuple[Header, list[Flaw]]:
        """A header that could not be read, as one cause where another separator is why; and what else was met."""
        with self._store.open(self._resource.path) as file:
            line = file.readline(_LONGEST_HEADER).decode("utf-8-sig", "replace").strip()
        cause = other_delimiter(line, self._resource)
        if cause is None:
            return header, flaws
        return Header((cause,), usable=False), [flaw for flaw in flaws if flaw.kind != "text-after-quote"]

    def _tell(self, findings: Iterable[Finding]) -> None:
        self._log.add(findings, self._resource.name)

    # -- what is asked of the rows ------------------------------------------------------------------------------------

    def _plan(self, header: Header, names: Sequence[str]) -> None:
        missing = {one.field for one in header.findings if one.code == codes_file.COLUMN_MISSING.code}
        away = [index for index in self._indexes if not set(index.fields) <= header.places.keys()]
        unread = missing | (set(names) - header.places.keys())
        self._empty = [index for index in away if unread.isdisjoint(index.fields)]
        self._indexes = [index for index in self._indexes if set(index.fields) <= header.places.keys()]
        self._references = [one for one in self._references if set(one.fields) <= header.places.keys()]
        plan = TablePlan(
            self._resource,
            header,
            tuple(index.plan(collect=True) for index in self._indexes),
            tuple(reference.plan() for reference in self._references),
            self._promises() and not header.findings,
            self._others,
        )
        size = self._size()
        primary = self._resource.schema.primary_key
        if (size is None or size >= CHUNK) and self._begins_in_order(plan):
            keys = (index.plan(collect=index.wanted or index.fields != primary) for index in self._indexes)
            plan = replace(plan, keys=tuple(keys))
        self._checker = BatchChecker(plan)

    def _begins_in_order(self, plan: TablePlan) -> bool:
        """Whether the keys of the first rows rise: then the others are expected to, and none has to be remembered."""
        with self._store.open(self._resource.path) as file:
            reader = BatchReader(file, self._resource.dialect, self._resource.encoding, lambda _flaw: None)
            first = next(reader.batches(plan.header.width), None) if reader.bulk else None
        if first is None or not first.lines:
            return False
        facts = BatchChecker(plan).check(first)
        primary = self._resource.schema.primary_key
        return any(key.rises for index, key in zip(self._indexes, facts.keys, strict=True) if index.fields == primary)

    def _first_rows(self, reader: BatchReader) -> list[Record]:
        rows = reader.first_records(SAMPLE)
        if rows is None:
            resource = self._resource
            with self._store.open(resource.path) as file:
                exact = TableReader(file, resource.dialect, resource.encoding, lambda _flaw: None)
                rows = next(exact.batches(SAMPLE), [])
        return rows

    def _unchecked(self) -> Iterator[Finding]:
        rule = codes_cell.JSON_SCHEMA
        place = {"resource": self._resource.name, "path": self._resource.path, "mend": rule.mend}
        for field in self._resource.schema.fields:
            if field.constraints.json_schema is not None:
                said = "The schema describes the inside of these cells (jsonSchema), which is not checked."
                yield rule.finding(said, field=field.name, **place)

    # -- going over the rows ------------------------------------------------------------------------------------------

    def _rows(self, reader: BatchReader, watched: Watched, facts: BatchFacts) -> None:
        size = self._size()
        if size is None or size < LARGE or self._processes < 2 or not reader.bulk:
            chunks = self._alone(reader, watched)
        else:
            chunks = self._in_parallel(reader, watched, size)
        for found in chunks:
            self._take(found, facts)
            if found.end:
                break

    def _alone(self, reader: BatchReader, watched: Watched) -> Iterator[BatchFacts]:
        assert self._checker is not None
        for batch in reader.batches(self._checker.plan.header.width):
            facts = self._checker.check(batch)
            self._run.add(told_once(facts.findings) if self._is_ledger else facts.findings)
            yield facts
            self._progress(self._resource.name, watched.size)

    def _in_parallel(self, reader: BatchReader, watched: Watched, size: int) -> Iterator[BatchFacts]:
        """The facts of each chunk. From the first one that cannot be split, the rest is read record by record."""
        assert self._checker is not None
        from .workers import Work, check_in_parallel

        work = Work(self._path().absolute(), self._checker.plan)
        lines = 1
        with watched.beside():
            for start, chunk in check_in_parallel(work, reader.start, size, self._processes):
                if not chunk.split:
                    break
                if chunk.height:  # none where one long line covers several chunks
                    yield self._placed(chunk, reader, lines)
                lines += chunk.height
                self._progress(self._resource.name, start)
            else:
                reader.finish()
                return
        with self._store.open(self._resource.path) as file:
            file.seek(start - 1)
            file.readline()
            reader.go_on(file, lines)
            yield from self._alone(reader, watched)

    def _placed(self, chunk: ChunkFacts, reader: BatchReader, lines: int) -> BatchFacts:
        """The facts of a chunk with the lines of the file, once its findings and flaws are told."""
        self._run.add_packed(chunk.findings, lines)
        reader.note_flaws(replace(flaw, line=flaw.line + lines) for flaw in chunk.flaws)
        for end, count, first in chunk.line_ends:
            reader.count_lines(end, count, first + lines)
        facts = chunk.facts
        for key in facts.keys:
            key.entries = [(of, line + lines if line > 0 else line - lines) for of, line in key.entries]
        facts.pending = [[(of, line + lines) for of, line in entries] for entries in facts.pending]
        facts.causes = [cause.moved(lines) for cause in facts.causes]
        facts.end = facts.end and facts.end + lines
        return facts

    def _take(self, found: BatchFacts, facts: BatchFacts) -> None:
        self.rows += found.rows
        assert self._checker is not None
        for index, key in zip(self._indexes, found.keys, strict=True):
            index.entries.add(key.entries)
            key.entries = []
        for reference, entries in zip(self._references, found.pending, strict=True):
            reference.pending.add(entries)
        found.pending = [[] for _ in found.pending]
        found.findings = []
        facts.extend(found)

    # -- what the rows say together -----------------------------------------------------------------------------------

    def _finish(self, facts: BatchFacts, *, complete: bool) -> None:
        assert self._checker is not None
        for index in self._empty:
            index.complete = complete
        for number, (index, plan) in enumerate(zip(self._indexes, self._checker.plan.keys, strict=True)):
            index.complete = complete
            rises = plan.fields == self._resource.schema.primary_key and (not facts.keys or facts.keys[number].rises)
            merging = any(cause.rule.code == codes_file.CONFLICT.code for cause in facts.causes)
            if plan.rule is None or rises or merging:  # a merge that nobody sorted out has rows twice
                continue
            if not plan.collect:
                self._collect(index)
            self._log.run(self._resource.name).add(self._repeated(index, plan))

    def _repeated(self, index: KeyIndex, plan: KeyPlan) -> Iterator[Finding]:
        assert self._checker is not None
        first_lines: dict[int, int] = {}

        def lines() -> Iterator[int]:
            for line, first in repeated(index.entries):
                first_lines[line] = first
                yield line

        for record in self._records(lines()):
            yield self._checker.twice(plan, record, first_lines.pop(record.line))

    def _collect(self, index: KeyIndex) -> None:
        """Read the file again for the keys alone, since they do not rise from row to row."""
        assert self._checker is not None
        plan = self._checker.plan
        checker = BatchChecker(replace(plan, keys=(index.plan(collect=True),), references=(), canonical=False))
        for batch in self._batches():
            index.entries.add(checker.key_facts(batch)[0].entries)

    def _records(self, lines: Iterable[int]) -> Iterator[Record]:
        """The records that begin on these lines, which rise. The file is read again, up to the last of them."""
        wanted = iter(lines)
        line = next(wanted, None)
        if line is None:
            return
        for batch in self._batches():
            place = 0
            while line is not None and batch.lines and line <= batch.lines[-1]:
                while batch.lines[place] != line:
                    place += 1
                yield batch.record(place)
                line = next(wanted, None)
            if line is None:
                return

    def _batches(self) -> Iterator[Batch]:
        assert self._checker is not None
        resource = self._resource
        with self._store.open(resource.path) as file:
            reader = BatchReader(file, resource.dialect, resource.encoding, lambda _flaw: None)
            for batch in reader.batches(self._checker.plan.header.width):
                settled = self._checker.causes.settle(batch)
                yield settled.batch
                if settled.end:
                    return

    # -- the promise of canonical form --------------------------------------------------------------------------------

    def _promises(self) -> bool:
        schema = self._resource.schema
        return (
            self._promised
            and set(schema.primary_key) <= set(schema.field_names)
            and self._resource.dialect.header
            and bool(schema.fields)
        )

    def _hold_promise(self, flaws: Sequence[Flaw]) -> None:
        resource = self._resource
        with contextlib.ExitStack() as closing:
            check = CanonicalCheck(closing.enter_context(self._store.open(resource.path)), resource)
            file = closing.enter_context(self._store.open(resource.path))
            for batch in TableReader(file, resource.dialect, resource.encoding, lambda _flaw: None).batches():
                check.add(batch)
            self._tell(check.findings(flaws))

    # -- the file -----------------------------------------------------------------------------------------------------

    def _path(self) -> Path:
        return cast(FolderStore, self._store).folder / self._resource.path

    def _size(self) -> int | None:
        """Bytes of the file; None where it does not lie on a disk by itself."""
        return self._path().stat().st_size if type(self._store) is FolderStore else None
