"""One table held against the base revision: its rows are looked up by key, in whatever form the file is."""

from __future__ import annotations

import contextlib
import dataclasses
from collections.abc import Iterator, Sequence

from ...errors import MandatesDataError, UnsafeReferenceError
from ...package.model import Dialect, Package, Resource
from ...package.reader import FATAL, Flaw, Record, TableReader, read_rows
from ...package.store import GitStore
from .. import codes_file, codes_row
from ..findings import Finding, quoted
from ..log import FindingLog
from ..structure import Header, judge_header
from . import codes_contribution as codes
from .contribution import TableContribution
from .ledgers import Cells, Ledgers

Key = tuple[str, ...]
BaseRows = dict[Key, Cells | None]
"""The rows of a base table by their key; None for a key that stands twice there, of which nothing can be said."""


class TableAgainst:
    """A table that both revisions have."""

    def __init__(self, package: Package, base: Package, resource: Resource, ledgers: Ledgers) -> None:
        assert package.store is not None
        assert base.store is not None
        self._store, self._base_store = package.store, base.store
        self._base, self._before = base, base.resource(resource.name)
        self._resource, self._ledgers = resource, ledgers

    def findings(self, found: FindingLog) -> Iterator[Finding]:
        """What was found in the table, settled, and what the base adds, in no order."""
        yield from self._columns_removed()
        others = [finding for finding in found.on(self._resource.name) if not _is_on_row(finding)]
        yield from map(self._file_missing, others)
        rows: BaseRows = {}
        try:
            if not any(map(_says_file_is_missing, others)):
                rows = self._base_rows()
        except UnsafeReferenceError:
            raise
        except MandatesDataError as error:
            said = f"In the base revision it cannot be read: {error.message}"
            rule, place = codes.NOT_COMPARED, {"resource": self._resource.name, "path": self._resource.path}
            yield rule.finding(said, mend=rule.mend, **place)
        yield from self._on_rows(rows, _ByRow(found, self._resource.name))

    def _columns_removed(self) -> Iterator[Finding]:
        rule, now, before = codes.COLUMN_REMOVED, self._resource.schema.field_names, self._before.schema.field_names
        schema = self._resource.raw.get("schema")
        path = schema if isinstance(schema, str) else self._store.descriptor
        gone, fresh = [name for name in before if name not in now], [name for name in now if name not in before]
        for name in gone:
            said = f"The column {quoted(name)} of the base revision is no longer in the schema"
            if len(gone) == len(fresh) == 1:
                said += f"; {quoted(fresh[0])} is new in it"
            if name in self._before.schema.primary_key:
                said += ". It told the rows apart, so that nothing else in the table was compared"
            yield rule.finding(f"{said}.", resource=self._resource.name, path=path, field=name, mend=rule.mend)

    def _file_missing(self, finding: Finding) -> Finding:
        label, path = self._base_store.label, self._before.path
        if not _says_file_is_missing(finding) or not self._base_store.exists(path):
            return finding
        back = f"Put it back from {label}"
        if isinstance(self._base_store, GitStore):
            back = f"Put it back (git restore --source={label.removeprefix('git:')} {path})"
        said = f"{finding.message} The base revision has it."
        return dataclasses.replace(finding, message=said, mend=f"{back}, or take the table out of the descriptor.")

    def _base_rows(self) -> BaseRows:
        key, names = self._before.schema.primary_key, self._before.schema.field_names
        rows: BaseRows = {}
        if not key or not set(key) <= set(names):
            return rows
        places = [names.index(name) for name in key]
        for batch in read_rows(self._base, self._before):
            for record in batch:
                of_key = tuple([record.cells[place] for place in places])
                rows[of_key] = None if of_key in rows else record.cells
        return rows

    def _on_rows(self, rows: BaseRows, by_row: _ByRow) -> Iterator[Finding]:
        key = self._before.schema.primary_key
        flaws: list[Flaw] = []
        if rows and set(key) <= set(self._resource.schema.field_names):
            try:
                with contextlib.ExitStack() as closing:
                    reader, header = self._open(closing, flaws, self._resource.dialect)
                    if header.usable and set(key) <= header.places.keys():
                        judge = TableContribution(self._before, self._resource, header.places, self._ledgers)
                        yield from _Walk(judge, rows, header.width).findings(reader, flaws, by_row)
            except UnsafeReferenceError:
                raise
            except MandatesDataError:
                pass  # the check of the table has told it
        yield from by_row.rest()

    def _open(self, closing: contextlib.ExitStack, flaws: list[Flaw], dialect: Dialect) -> tuple[TableReader, Header]:
        """A reader at the first row. Where another sign stands between the columns, the file is read with that."""
        file = closing.enter_context(self._store.open(self._resource.path))
        reader = TableReader(file, dialect, self._resource.encoding, flaws.append)
        if any(flaw.kind in FATAL for flaw in flaws):
            return reader, Header(usable=False)
        resource = dataclasses.replace(self._resource, dialect=dialect)
        header = judge_header(reader.header, resource)
        told = next((one for one in header.findings if one.code == codes_file.WRONG_DELIMITER.code), None)
        if told is None or told.seen is None:
            return reader, header
        flaws.clear()
        return self._open(closing, flaws, dataclasses.replace(dialect, delimiter=told.seen))


class _Walk:
    """The way through the rows of a file."""

    def __init__(self, contribution: TableContribution, rows: BaseRows, width: int) -> None:
        self._contribution, self._rows, self._width = contribution, rows, width
        self._aligned = contribution.table.aligned(width)
        self._seen: set[Key] = set()
        self._all_known = True

    def findings(self, reader: TableReader, flaws: Sequence[Flaw], by_row: _ByRow) -> Iterator[Finding]:
        """All findings on rows, and on those that are gone where the file could be read to its end."""
        copies: dict[Key, list[tuple[Record, list[Finding]]]] = {}
        for batch in reader.batches():
            for record in batch:
                found = by_row.of(record)
                key = self._contribution.table.new_key(record)
                if key is not None and "/".join(key) in by_row.twice and len(record.cells) == self._width:
                    copies.setdefault(key, []).append((record, found))
                else:
                    yield from self._row(key, record, found)
        for key, rows in copies.items():
            yield from self._copies(key, rows)
        if self._all_known and not any(flaw.kind in FATAL for flaw in flaws):
            for key, cells in self._rows.items():
                if key not in self._seen:
                    yield from self._contribution.judge(cells, None)
        yield from self._contribution.finish()

    def _row(self, key: Key | None, record: Record, found: list[Finding]) -> Iterator[Finding]:
        old = None if key is None or key in self._seen else self._rows.get(key)
        if key is not None:
            self._seen.add(key)
        if len(record.cells) != self._width:
            # A cell or a comma is lost, so that its cells may stand in any column: nothing is said of them.
            self._all_known = self._all_known and key in self._rows
            yield from found
        elif key in self._rows and self._rows[key] is None:
            yield from found
        elif found or not self._aligned or old != record.cells:
            yield from self._contribution.judge(old, record, found)

    def _copies(self, key: Key, rows: list[tuple[Record, list[Finding]]]) -> Iterator[Finding]:
        """Rows that share a key: the one that is as published goes first."""
        old, table = self._rows.get(key), self._contribution.table
        if old is not None:
            rows = sorted(rows, key=lambda row: bool(table.differing(old, row[0])))
        for record, found in rows:
            yield from self._row(key, record, found)


class _ByRow:
    """The findings on rows, for rows that come in the order of their lines.

    Attributes
    ----------
    twice
        The keys, as text, that were found to stand twice.
    """

    def __init__(self, found: FindingLog, table: str) -> None:
        self.twice = {one.row_key for one in found.on(table) if one.code == codes_row.KEY_TWICE.code}
        self._found = filter(_is_on_row, found.on(table))
        self._next = next(self._found, None)
        self._before: list[Finding] = []

    def of(self, record: Record) -> list[Finding]:
        """The findings on the lines of a row."""
        if self._next is None:
            return []
        cells = "".join(record.cells)
        last = record.line + cells.count("\n") + cells.count("\r") - cells.count("\r\n")
        of_row: list[Finding] = []
        while self._next is not None and (line := self._next.line or 0) <= last:
            (of_row if line >= record.line else self._before).append(self._next)
            self._next = next(self._found, None)
        return of_row

    def rest(self) -> Iterator[Finding]:
        """Those that are on no row that was read."""
        yield from self._before
        if self._next is not None:
            yield self._next
        yield from self._found


def _is_on_row(finding: Finding) -> bool:
    """Whether a finding is on a row or a cell of it, and not on the file, its header or its way of writing."""
    return finding.line is not None and finding.code[:3] in ("MD2", "MD3", "MD4")


def _says_file_is_missing(finding: Finding) -> bool:
    return finding.code == codes_file.FILE_MISSING.code
