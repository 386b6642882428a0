"""One table from its first byte to its last: proved in bulk, judged row by row only where something is in doubt."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable, Iterator, Sequence

from ..errors import PackageError, UnsafeReferenceError
from ..package.model import Package, Resource
from ..package.reader import FATAL, Flaw, Record, TableReader, is_text_encoding
from ..package.store import Store
from . import codes_cell, codes_file, codes_row
from .canonical import CanonicalCheck, promised
from .cells import Column, compile_columns
from .findings import Finding, TableCount, quoted
from .keys import Columns, KeyIndex, KeyReader, Reference
from .rows import RowChecker
from .stored import Watched
from .structure import Header, flaw_findings, judge_header


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

    Attributes
    ----------
    rows
        How many rows were read.
    """

    def __init__(
        self, package: Package, resource: Resource, indexes: Sequence[KeyIndex], references: Sequence[Reference]
    ) -> None:
        assert package.store is not None
        self._store: Store = package.store
        self._package = package
        self._resource = resource
        self._indexes = indexes
        self._references = references
        self.rows = 0

    def run(self) -> Iterator[Finding]:
        """All findings of the table but those on references that have to wait for another one."""
        resource = self._resource
        place = {"resource": resource.name, "path": resource.path}
        if not self._store.exists(resource.path):
            self._store.check(resource.path)
            rule = codes_file.FILE_MISSING
            yield rule.finding(f"There is no file {resource.path}.", mend=rule.mend, **place)
            return
        if not is_text_encoding(resource.encoding):
            return  # told by the check of the descriptor
        try:
            with self._store.open(resource.path) as file:
                yield from self._file(Watched(file, resource))
        except UnsafeReferenceError:
            raise
        except PackageError as error:
            rule = codes_file.UNREADABLE
            yield rule.finding(error.message, mend=error.next_step or rule.mend, **place)

    def count(self) -> TableCount:
        """How much was read."""
        return TableCount(self._resource.name, self.rows)

    def _file(self, watched: Watched) -> Iterator[Finding]:
        resource = self._resource
        flaws: list[Flaw] = []
        reader = TableReader(watched.as_file(), resource.dialect, resource.encoding, flaws.append)
        dead = any(flaw.kind in FATAL for flaw in flaws)
        header = Header(usable=False) if dead else judge_header(reader.header, resource)
        sound = not header.findings
        yield from header.findings
        with contextlib.ExitStack() as closing:
            promise = self._promise(closing) if sound and header.usable else None
            if header.usable:
                yield from self._unchecked()
                for finding in self._judged(header, reader, flaws, promise):
                    sound = sound and finding.severity != "error"
                    yield finding
            on_file = list(flaw_findings(flaws, reader.line_ends, resource, canonical=promised(self._package)))
            yield from on_file
            if promise is not None and sound and not on_file:
                yield from promise.findings(flaws)
        yield from watched.findings()

    def _promise(self, closing: contextlib.ExitStack) -> CanonicalCheck | None:
        resource = self._resource
        if not promised(self._package) or not set(resource.schema.primary_key) <= set(resource.schema.field_names):
            return None
        if not resource.dialect.header or not resource.schema.fields:
            return None
        return CanonicalCheck(closing.enter_context(self._store.open(resource.path)), resource)

    def _judged(
        self, header: Header, reader: TableReader, flaws: list[Flaw], promise: CanonicalCheck | None
    ) -> Iterator[Finding]:
        rows = _Rows(self._resource, header, self._indexes, self._references)
        for batch in reader.batches():
            self.rows += len(batch)
            yield from rows.findings(batch)
            if promise is not None and not rows.ragged:
                promise.add(batch)
        if not any(flaw.kind in FATAL for flaw in flaws):
            rows.complete()

    def _unchecked(self) -> Iterator[Finding]:
        rule = codes_cell.JSON_SCHEMA
        place = {"resource": self._resource.name, "path": self._resource.path, "mend": rule.mend}
        for field in self._resource.schema.fields:
            if field.constraints.json_schema is not None:
                said = "The schema describes the inside of these cells (jsonSchema), which is not checked."
                yield rule.finding(said, field=field.name, **place)


class _Rows:
    """The rows of a table, batch by batch."""

    def __init__(
        self, resource: Resource, header: Header, indexes: Iterable[KeyIndex], references: Iterable[Reference]
    ) -> None:
        self.ragged = False
        self._width = header.width
        columns = compile_columns(resource.schema, codes_row.KEY_MISSING)
        self._checker = RowChecker(resource, columns, header.places)
        self._columns: list[tuple[Column, int]] = [(columns[name], place) for name, place in header.places.items()]
        self._indexes: list[tuple[KeyIndex, KeyReader]] = []
        self._references: list[Reference] = []
        for index in indexes:
            if set(index.fields) <= header.places.keys():
                self._indexes.append((index, KeyReader(index.fields, columns, header.places)))
        for reference in references:
            if set(reference.fields) <= header.places.keys():
                reference.start(KeyReader(reference.fields, columns, header.places), self._checker.at)
                self._references.append(reference)

    def findings(self, batch: list[Record]) -> Iterator[Finding]:
        """All that can be told of these rows at once."""
        width = self._width
        if any(len(record.cells) != width for record in batch):
            self.ragged = True
            yield from self._ragged([record for record in batch if len(record.cells) != width])
            batch = [record for record in batch if len(record.cells) == width]
        if not batch:
            return
        columns: Columns = list(zip(*[record.cells for record in batch], strict=True))
        for record in self._suspects(batch, columns):
            yield from self._checker.findings(record)
        for index, reader in self._indexes:
            for record, first in index.add(reader.keys(columns), batch):
                yield self._twice(index, reader, record, first)
        for reference in self._references:
            yield from reference.add(columns, batch)

    def complete(self) -> None:
        """Every row of the table was seen."""
        for index, _reader in self._indexes:
            index.complete = True

    def _suspects(self, batch: list[Record], columns: Columns) -> Iterator[Record]:
        doubtful: set[int] = set()
        for column, place in self._columns:
            values = columns[place]
            unproven = column.unproven(values)
            if unproven:
                doubtful.update([number for number, value in enumerate(values) if value in unproven])
        return (batch[number] for number in sorted(doubtful))

    def _ragged(self, records: list[Record]) -> Iterator[Finding]:
        for record in records:
            size = len(record.cells)
            rule = codes_row.ROW_TOO_SHORT if size < self._width else codes_row.ROW_TOO_LONG
            cells = "1 cell" if size == 1 else f"{size} cells"
            said = f"The row has {cells}, the header {self._width}."
            yield self._checker.at(rule, record, None, said, expected=f"{self._width} cells")
            for index, reader in self._indexes:
                index.note(reader.key(record), record)

    def _twice(self, index: KeyIndex, reader: KeyReader, record: Record, first: int) -> Finding:
        rule = index.rule
        assert rule is not None
        names = ", ".join(index.fields)
        said = f"{quoted(reader.text(record))} stands in {names} on line {first} already."
        return self._checker.at(rule, record, index.fields[0], said, expected="a value that no other row has")
