"""One table from its bytes to its canonical ones, as far as that is beyond doubt."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence

from ..errors import PackageError
from ..package.model import Package, Resource, Schema
from ..package.store import read_bytes
from ..package.writer import canonical, key_of
from ..validate import codes_file
from ..validate.canonical import promised
from ..validate.changes.ledgers import Ledgers
from ..validate.findings import quoted
from .base import BaseTable, base_table, same_bytes
from .decoding import Decoded, decoded
from .describing import why_left
from .encodings import proven, without_base
from .forms import headers, look, other_form
from .layout import QUOTES, Reading, as_stated, readings
from .settling import PutBack, Settled, settle
from .values import Edit, Left, Place, Repair, Restored, TableMending
from .watching import Watch


def mend_table(
    package: Package, resource: Resource, base: Package | None = None, ledgers: Ledgers | None = None
) -> TableMending:
    """What is done to one table.

    A file in canonical form is read in flat memory; any other, or one that differs from the base, as a whole.

    Parameters
    ----------
    package, resource
        The table, and where it is read.
    base
        What the rows were; None where nothing is known of that.
    ledgers
        The ledger of corrections, which says what a person changed; None where there is none to ask.
    """
    assert package.store is not None
    wants_other = other_form(package, resource)
    if wants_other:
        counts = promised(package)
        left = Left("other-form", wants_other, "Correct the descriptor." if counts else "", counts=counts)
        return TableMending(resource.name, resource.path, "other-form", left=(left,))
    if not package.store.exists(resource.path):
        package.store.check(resource.path)
        rule = codes_file.FILE_MISSING
        said = f"There is no file {resource.path}."
        return _left(resource, Left("file-missing", said, rule.mend, rule.code))
    try:
        if base is None or same_bytes(base, package, resource):
            looked = look(package, resource)
            if looked is not None:
                return TableMending(resource.name, resource.path, "canonical", looked.rows, left=looked.left)
        return _Mender(package, resource, base, ledgers).mended(read_bytes(package.store, resource.path))
    except PackageError as error:
        return _left(resource, Left("unreadable", error.message, error.next_step, codes_file.UNREADABLE.code))


def _left(resource: Resource, *left: Left, encoding: str = "utf-8") -> TableMending:
    return TableMending(resource.name, resource.path, "left", left=left, encoding=encoding)


class _Mender:
    """Mends one table whose bytes are all in memory."""

    def __init__(self, package: Package, resource: Resource, base: Package | None, ledgers: Ledgers | None) -> None:
        self._package = package
        self._ledgers = ledgers
        self._resource = resource
        self._base = base
        self._bases: dict[tuple[str, ...], BaseTable | Left] = {}

    def mended(self, content: bytes) -> TableMending:
        """What is done to the table that has these bytes."""
        found = self._read(content)
        if not isinstance(found, tuple):
            return found
        text, reading = found
        assert reading.schema is not None
        rows = [[record.cells[place] for place in reading.places] for record in reading.records]
        base = self._base_of(reading.schema)
        settled = settle(rows, reading.schema, base, self._explains) if isinstance(base, BaseTable) else None
        if settled is not None:
            rows = settled.rows
        returns = next((n for n, row in enumerate(rows) if any("\r" in cell for cell in row)), None)
        if returns is not None:
            return self._with_return(reading.records[returns].line, text.encoding)
        written = _Written(self._resource, self._package, reading, rows)
        new = written.content()
        stays = new == content
        return dataclasses.replace(
            written.described(settled, base if isinstance(base, Left) else None, stays=stays),
            state="canonical" if stays else "mended",
            repairs=() if stays else _repairs(text, written, restored=settled is not None and settled.put_back != ()),
            encoding=text.encoding,
            content=None if stays else new,
        )

    def _read(self, content: bytes) -> tuple[Decoded, Reading] | TableMending:
        text = decoded(content)
        if text is None:
            return self._in_other_encoding(content)
        tried = list(self._readings(text.text))
        reading = next((one for one in tried if one.fits), None)
        if reading is not None:
            return text, reading
        stated = as_stated(text.text, self._resource)
        return _left(self._resource, *why_left(text.text, tried, stated, self._resource), encoding=text.encoding)

    def _in_other_encoding(self, content: bytes) -> tuple[Decoded, Reading] | TableMending:
        start = as_stated(content[:4096], self._resource)
        if any(flaw.kind == "not-text" for flaw in start.flaws):
            return _left(self._resource, *why_left(b"", (), start, self._resource))
        if self._base is None:
            return _left(self._resource, without_base(content))

        def base_of(schema: Schema) -> BaseTable | None:
            found = self._base_of(schema)
            return found if isinstance(found, BaseTable) else None

        result = proven(content, self._readings, base_of)
        return _left(self._resource, result) if isinstance(result, Left) else result

    def _readings(self, text: bytes) -> Iterator[Reading]:
        return readings(text, self._resource, headers(self._package, self._resource))

    def _base_of(self, schema: Schema) -> BaseTable | Left | None:
        if self._base is None:
            return None
        names = schema.field_names
        if names not in self._bases:
            self._bases[names] = base_table(self._base, self._resource, schema)
        return self._bases[names]

    def _explains(self, row: str, field: str, old: str, new: str) -> bool:
        return self._ledgers is not None and self._ledgers.explains((self._resource.name, row, field), old, new)

    def _with_return(self, line: int, encoding: str) -> TableMending:
        rule = codes_file.LINE_BREAK_IN_CELL
        said = "A cell of the row that begins here holds a line break of Windows or of an old Mac."
        left = Left("carriage-return", said, rule.mend, rule.code, Place(line=line))
        return _left(self._resource, left, encoding=encoding)


def _repairs(text: Decoded, written: _Written, *, restored: bool) -> tuple[Repair, ...]:
    """What is said to be mended of the file as such; something, where no cell is said to be."""
    found = (*text.repairs, *written.reading.repairs, *written.order())
    return found if found or restored else (QUOTES,)


class _Written:
    """The rows of a table as they will be written, with the way from each old place to the new one."""

    def __init__(self, resource: Resource, package: Package, reading: Reading, rows: list[list[str]]) -> None:
        assert reading.schema is not None
        self.reading = reading
        self._resource = resource
        self._package = package
        self._schema = reading.schema
        self._rows = rows
        self._key = key_of(reading.schema)
        # The writer keeps rows of one key in the order that they come in: by all their cells, whatever the file's was.
        self._order = sorted(range(len(rows)), key=lambda number: (tuple(self._key(rows[number])), rows[number]))
        self._new_lines: dict[int, int] | None = None

    def content(self) -> bytes:
        """The canonical bytes."""
        return canonical(self._schema, [self._rows[number] for number in self._order])

    def order(self) -> list[Repair]:
        """What of the order of columns and rows changes."""
        found = []
        if list(self.reading.places) != sorted(self.reading.places):
            found.append(Repair("column-order", "the order of the columns"))
        if [self._rows[number] for number in self._order] != self._rows:
            found.append(Repair("row-order", "the order of the rows"))
        return found

    def described(self, settled: Settled | None, no_base: Left | None, *, stays: bool) -> TableMending:
        """All but the bytes, and what became of the file as such."""
        if not stays:
            self._find_new_lines()
        found = TableMending(self._resource.name, self._resource.path, "mended", len(self._rows))
        left = (*([no_base] if no_base else ()), *self._doubts(settled), *self._named(settled))
        if settled is None:
            return dataclasses.replace(found, left=left)
        return dataclasses.replace(
            found,
            restored=tuple(map(self._restored, settled.put_back)),
            left=left,
            edits=tuple(Edit(self._place(one.row, one.place), one.old, one.new) for one in settled.kept),
            added=settled.added,
            removed=settled.removed,
        )

    def _find_new_lines(self) -> None:
        self._new_lines = {}
        line = 2 + sum(name.count("\n") for name in self._schema.field_names)
        for number in self._order:
            self._new_lines[number] = line
            line += 1 + sum(cell.count("\n") for cell in self._rows[number])

    def _doubts(self, settled: Settled | None) -> Iterator[Left]:
        """Changes that a program may have made, or the person: they are kept, and shown."""
        for one in settled.kept if settled else ():
            if one.doubt:
                said = f"{quoted(one.new)} {one.doubt}, or you meant it. Before: {quoted(one.old)}."
                mend = "It is kept. Where you did not mean it, write what stood there before."
                yield Left(
                    "perhaps-damage", said, mend, place=self._place(one.row, one.place), seen=one.new, counts=False
                )

    def _restored(self, one: PutBack) -> Restored:
        return Restored(self._place(one.row, one.place), one.seen, one.text, one.kind, one.words)

    def _place(self, row: int, place: int | None) -> Place:
        lines = self._new_lines
        return Place(
            self.reading.records[row].line,
            None if place is None else self.reading.places[place] + 1,
            None if place is None else self._schema.field_names[place],
            "/".join(self._key(self._rows[row])) if self._schema.primary_key else None,
            None if lines is None else lines[row],
            None if lines is None or place is None else place + 1,
        )

    def _named(self, settled: Settled | None) -> Sequence[Left]:
        """What of the rows has to be named. The watch is told the number of a row for its line."""
        watch = Watch(self._resource, self._schema, promised=promised(self._package))
        columns = list(zip(*[self._rows[number] for number in self._order], strict=True))
        watch.add(self._order, columns, [settled.known[number] for number in self._order] if settled else None)
        return [self._placed(one) for one in watch.left()]

    def _placed(self, left: Left) -> Left:
        row, column = left.place.line, left.place.column
        if row is None:
            return left
        return dataclasses.replace(left, place=self._place(row, None if column is None else column - 1))
