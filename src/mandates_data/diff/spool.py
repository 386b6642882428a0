"""Row changes on their way from the comparison to whoever reads them: counted, and out of memory when they are many.

They are kept as the JSON that is written in the end, so that writing it is copying.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import weakref
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import IO, BinaryIO, TypeAlias

from .changeset import CellKind, Counts, Key, Rename, ResourceChange, RowChange, TableComparison
from .notation import Written, row_from
from .renames import RenameFinder

IN_MEMORY = 4 * 1024**2
"""Bytes of rows that are held in memory, a table."""
BETWEEN = b",\n    "
_BATCH = 256
_OF_FIELD = frozenset({"field_added", "field_removed"})
Declared = Collection[tuple[str, str]]
"""Pairs of a retired identifier and what replaced it (empty where nothing did), a key's parts joined with `/`."""

State: TypeAlias = tuple["Counter[str]", "Counter[str]", "Counter[str]", RenameFinder]


class RowSpool:
    """Takes the rows of one table, once, and gives them as often as asked for.

    Parameters
    ----------
    key
        The fields that the rows were matched by.
    columns
        The columns of both sides.
    declared
        The retired identifiers of the table.
    file
        Where the rows are kept; left out, in memory as long as they are few.
    """

    def __init__(
        self, key: Key, columns: Collection[str], declared: Declared = (), file: IO[bytes] | None = None
    ) -> None:
        if file is None:
            file = tempfile.SpooledTemporaryFile(IN_MEMORY)  # noqa: SIM115 - it lives as long as `self`
            weakref.finalize(self, file.close)
        self._files = [file]
        self._rows: Counter[str] = Counter()
        self._cells: Counter[str] = Counter()
        self._fields: Counter[str] = Counter()
        self._finder = RenameFinder(key, declared, columns)
        self.has_rows = False

    def fill(self, rows: Iterable[Written]) -> None:
        """Take all rows."""
        waiting: list[bytes] = []
        for kind, key, cells, whole, text in rows:
            waiting.append(text)
            if kind == "changed":
                self._rows[kind] += self._count(cells)
            else:
                self._finder.add(kind, key, whole)
                self._rows[kind] += 1
            if len(waiting) == _BATCH:
                self._write(waiting)
                waiting = []
        self._write(waiting)

    def _write(self, lines: list[bytes]) -> None:
        if lines:
            self._files[-1].write((BETWEEN if self.has_rows else b"") + BETWEEN.join(lines))
            self.has_rows = True

    def _count(self, cells: Sequence[tuple[str, CellKind]]) -> bool:
        """Whether a changed row is more than the values of fields that came or went."""
        told = False
        for field, kind in cells:
            if kind in _OF_FIELD:
                self._fields[field] += 1
            else:
                self._cells[kind] += 1
                told = True
        return told

    def rows(self) -> Iterator[RowChange]:
        """The rows that were taken."""
        for file in self._files:
            file.seek(0)
            for line in file:
                yield row_from(json.loads(line.rstrip(b",\n")))

    def copy(self, out: BinaryIO) -> None:
        """Write the rows as JSON."""
        begun = False
        for file in self._files:
            if begun and file.seek(0, 2):
                out.write(BETWEEN)
            begun = begun or bool(file.seek(0, 2))
            file.seek(0)
            shutil.copyfileobj(file, out, 1 << 20)

    def state(self) -> State:
        """What is counted, to be told to the process that asked for it."""
        return self._rows, self._cells, self._fields, self._finder

    def absorb(self, file: IO[bytes], state: State) -> None:
        """Take the rows that another process has written into a file, after one's own."""
        weakref.finalize(self, file.close)
        self._files.append(file)
        rows_counted, cells, fields, finder = state
        self._rows.update(rows_counted)
        self._cells.update(cells)
        self._fields.update(fields)
        self._finder.absorb(finder)
        self.has_rows = self.has_rows or bool(file.seek(0, 2))

    def compared(self, change: ResourceChange, renames: tuple[Rename, ...] | None = None) -> TableComparison:
        """The comparison of the table whose rows these are; its `renames` are found where they are not given."""
        if renames is None:
            renames = self._finder.renames() if change.kind == "changed" else ()
        declared = sum(rename.basis == "declared" for rename in renames)
        counts = Counts(
            rows_added=self._rows["added"] - declared,
            rows_removed=self._rows["removed"] - declared,
            rows_changed=self._rows["changed"],
            rows_renamed=declared,
            **{f"cells_{kind}": self._cells[kind] for kind in ("changed", "filled", "cleared", "respelled")},
            field_values=dict(sorted(self._fields.items())),
        )
        return TableComparison(change, counts, renames, self.rows, self.copy, self.has_rows)
