"""One side of a table comparison: its columns and rows, read whatever form the file is in.

How a file is written (line ends, a byte order mark, the order of columns, quotes) is no difference between tables, so
it is no reason to refuse one. Whatever leaves a doubt about a cell is.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NoReturn

from ..errors import MandatesDataError, TableError
from ..package.model import Field, Package, Resource
from ..package.reader import Flaw, TableReader

HARMLESS = frozenset(
    {
        "byte-order-mark",
        "null-character",
        "carriage-returns",
        "mixed-line-ends",
        "no-final-line-end",
        "line-break-in-cell",
    }
)
"""Flaws of a file under which its cells are still beyond doubt."""

_NOT_DELIMITED = frozenset({"json", "jsonl", "ndjson", "geojson", "xlsx", "xls", "ods", "parquet", "sqlite", "arrow"})
_NEXT = "Run: mandates-data validate"


@dataclass(frozen=True)
class Table:
    """A table of a package as it is compared.

    `columns` are the schema's fields in its order, then what else the file's header names, by name, as fields of any
    type. A field that the file lacks, where its schema lets it, is a column of missing values.
    """

    package: Package
    resource: Resource
    columns: tuple[Field, ...]
    places: tuple[int | None, ...]
    header: tuple[str, ...]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(field.name for field in self.columns)

    @property
    def key(self) -> tuple[str, ...]:
        """The fields of the primary key."""
        return self.resource.schema.primary_key

    def rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line that it starts on, its cells in the order of `columns`.

        Raises
        ------
        TableError
            The file leaves a doubt about a cell.
        """
        width = len(self.header) or len(self.columns)
        straight = self.places == tuple(range(width))
        fills = [self._missing(field) for field in self.columns]
        with _reader(self.package, self.resource, lone=width == 1) as reader:
            if tuple(reader.header) != self.header:
                refuse(self.package, self.resource, 1, "it changed while it was compared")
            for batch in reader.batches():
                for record in batch:
                    cells = record.cells
                    if len(cells) != width:
                        refuse(self.package, self.resource, record.line, f"it has {len(cells)} cells, not {width}")
                    if not straight:
                        pairs = zip(self.places, fills, strict=True)
                        cells = [fill if place is None else cells[place] for place, fill in pairs]
                    yield record.line, cells

    def _missing(self, field: Field) -> str:
        texts = self.resource.schema.missing_values if field.missing_values is None else field.missing_values
        return texts[0] if texts else ""


def open_table(package: Package, resource: Resource) -> Table:
    """The table, after a look at its header.

    Raises
    ------
    TableError
        It cannot be read, or its header and its schema do not go together.
    """
    if resource.format in _NOT_DELIMITED:
        refuse(package, resource, 0, f"its format {resource.format!r} cannot be compared", "Compare CSV tables.")
    fields = resource.schema.fields
    with _reader(package, resource, lone=True) as reader:
        header = reader.header
    if not resource.dialect.header:
        if not fields:
            refuse(package, resource, 0, "neither a header nor a schema names its columns")
        table = Table(package, resource, fields, tuple(range(len(fields))), ())
    else:
        _check_header(package, resource, header)
        extra = sorted(set(header) - set(resource.schema.field_names))
        columns = (*fields, *(Field(name) for name in extra))
        at = {name: place for place, name in enumerate(header)}
        table = Table(package, resource, columns, tuple(at.get(f.name) for f in columns), tuple(header))
    for name in table.key:
        if name not in table.names:
            refuse(package, resource, 0, f"its schema's primary key names {name!r}, which is no column")
    return table


def _check_header(package: Package, resource: Resource, header: Sequence[str]) -> None:
    schema = resource.schema
    counts = Counter(header)
    known = set(schema.field_names)
    twice = [name for name in header if counts[name] > 1]
    if twice:
        refuse(package, resource, 1, f"two columns are called {twice[0]!r}")
    missing = [name for name in schema.field_names if name not in counts]
    extra = [name for name in header if name not in known]
    if missing and schema.fields_match not in ("superset", "partial"):
        refuse(package, resource, 1, f"the header has no column {missing[0]!r}, which the schema names")
    if extra and schema.fields and schema.fields_match not in ("subset", "partial"):
        refuse(package, resource, 1, f"the header has a column {extra[0]!r}, which the schema does not name")


def refuse(package: Package, resource: Resource, line: int, why: str, next_step: str = "") -> NoReturn:
    """Say that the table cannot be compared, on which side, where and why."""
    label = package.store.label if package.store is not None else package.name
    where = f"{resource.path}:{line}" if line else resource.path
    raise TableError(f"{where} in {label} cannot be compared: {why}.", next_step or f"{_NEXT} {label}")


@contextlib.contextmanager
def _reader(package: Package, resource: Resource, *, lone: bool) -> Iterator[TableReader]:
    """A reader that refuses every flaw that is not harmless. A blank line may be the empty cell of a `lone` column."""

    def on_flaw(flaw: Flaw) -> None:
        if flaw.kind not in HARMLESS and (flaw.kind != "blank-line" or lone):
            refuse(package, resource, flaw.line, flaw.kind.replace("-", " "))

    assert package.store is not None
    try:
        with package.store.open(resource.path) as file:
            yield TableReader(file, resource.dialect, resource.encoding, on_flaw)
    except OSError as error:
        raise MandatesDataError(f"Cannot read {resource.path}: {error.strerror}.", "Check the file.") from error
