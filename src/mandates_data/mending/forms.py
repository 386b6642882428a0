"""Which tables have a canonical form at all, and whether a file is in it, seen by streaming."""

from __future__ import annotations

import codecs
import dataclasses
import operator
from collections.abc import Container, Iterator, Sequence
from itertools import islice
from typing import Any

from ..package.batches import Batch, BatchReader
from ..package.model import Package, Resource, Schema
from ..package.reader import Flaw, TableReader, is_text_encoding
from ..validate.canonical import CanonicalCheck, promised
from ..validate.file_causes import other_headers
from ..validate.header_causes import is_marker
from .values import Left
from .watching import Watch, keys_of

_FORMATS = ("csv", "tsv", "txt")
_SIGNS = {";": "semicolons", "\t": "tabs", "|": "bars"}


def other_form(package: Package, resource: Resource) -> str:
    """Why the table is not to be in canonical form, as a sentence; empty where it may be."""
    if resource.format not in _FORMATS:
        return f"Its format is {resource.format}, not CSV."
    if not resource.schema.fields:
        return "Its schema describes no columns."
    unknown = [name for name in resource.schema.primary_key if name not in resource.schema.field_names]
    if unknown:
        return f"Its primary key names {unknown[0]!r}, which is no column."
    if not is_text_encoding(resource.encoding) or codecs.lookup(resource.encoding).name != "utf-8":
        return f"Its descriptor states the encoding {resource.encoding}, where canonical form is UTF-8."
    return _other_dialect(resource, canonical=promised(package))


def _other_dialect(resource: Resource, *, canonical: bool) -> str:
    dialect = resource.dialect
    sign = _SIGNS.get(dialect.delimiter, repr(dialect.delimiter))
    reasons = {
        f"{sign} between columns, where canonical form has commas": dialect.delimiter != ",",
        "no header row": not dialect.header,
        "other quotation marks than canonical form": dialect.quote_char != '"' or not dialect.double_quote,
        "an escape sign": dialect.escape_char is not None,
        "that spaces after a comma are skipped": dialect.skip_initial_space,
        "lines that are comments": dialect.comment_char is not None,
        "other line ends than canonical form": not canonical
        and dialect.raw.get("lineTerminator", "\n") not in ("\n", None),
    }
    stated = next((words for words, holds in reasons.items() if holds), "")
    return f"Its descriptor states {stated}." if stated else ""


def schema_of(names: list[str], schema: Schema) -> Schema | None:
    """The schema of a file with these columns, in canonical order; None where `fieldsMatch` does not allow them.

    Columns of the schema come first, in its order; others follow in the file's own.
    """
    known = [field for field in schema.fields if field.name in names]
    extra = [name for name in names if name not in schema.field_names]
    if not names or len(set(names)) < len(names) or not set(schema.primary_key) <= set(names):
        return None
    if len(known) < len(schema.fields) and schema.fields_match not in ("superset", "partial"):
        return None
    if extra and schema.fields_match not in ("subset", "partial"):
        return None
    if not extra and len(known) == len(schema.fields):
        return schema
    from ..package.model import Field

    return dataclasses.replace(schema, fields=(*known, *map(Field, extra)))


def headers(package: Package, resource: Resource) -> frozenset[tuple[str, ...]]:
    """The headers of all tables, which are no rows of this one; one of a single name may be a row."""
    others = {tuple(names) for _name, names in other_headers(package, resource)}
    own = tuple(resource.schema.field_names)
    return frozenset({*others, own} if len(own) > 1 else others)


def is_record(cells: Sequence[str], no_records: Container[tuple[str, ...]]) -> bool:
    """Whether cells can be a row: no marks of git, not all empty in several columns, and none of the given headers."""
    if is_marker(cells[0]) or (len(cells) > 1 and not any(cells)):
        return False
    return tuple(cells) not in no_records


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """A file in canonical form: how many rows it has, and what of them has to be named all the same."""

    rows: int
    left: tuple[Left, ...]


def look(package: Package, resource: Resource) -> Look | None:
    """What there is to say of a file in canonical form, read in flat memory; None as soon as it is not in it."""
    assert package.store is not None
    flaws: list[Flaw] = []
    with package.store.open(resource.path) as file:
        reader = BatchReader(file, resource.dialect, resource.encoding, flaws.append)
        schema = schema_of(reader.header, resource.schema)
        if flaws or schema is None or list(schema.field_names) != reader.header:
            return None
        found = _Canonical(package, resource, schema)
        if not reader.canonical_header and not found.is_exactly():
            return None
        for batch in reader.batches():
            if not batch.is_canonical() and not found.is_exactly():
                return None
            if _foreign(flaws) or not found.goes_on(batch):
                return None
        return None if _foreign(flaws) else Look(found.rows, tuple(found.watch.left()))


class _Canonical:
    """Whether the batches of a file that come by are in canonical form together."""

    def __init__(self, package: Package, resource: Resource, schema: Schema) -> None:
        self._package = package
        self._resource = dataclasses.replace(resource, schema=schema)
        self._headers = headers(package, resource)
        self._beginnings = {names[0] for names in self._headers}
        self._last: Any = None
        self._exact: bool | None = None
        self.watch = Watch(resource, schema, promised=promised(package))
        self.rows = 0

    def goes_on(self, batch: Batch) -> bool:
        """Whether the rows are in order, and none of them is a header or a mark of git."""
        schema = self._resource.schema
        if batch.odd or any(not is_record(row, self._headers) for row in self._in_doubt(batch)):
            return False
        keys = keys_of(schema, batch.columns) if batch.lines else ()
        in_order = all(map(operator.le, keys, islice(keys, 1, None)))
        if keys:
            in_order = in_order and (self._last is None or self._last <= keys[0])
            self._last = keys[-1]
        self.watch.add(batch.lines, batch.columns)
        self.rows += len(batch.lines)
        return in_order

    def _in_doubt(self, batch: Batch) -> Iterator[Sequence[str]]:
        """The rows that may be none, judged by their first cell."""
        first = batch.columns[0] if batch.lines else ()
        if "" in first or any(map(is_marker, first)) or not self._beginnings.isdisjoint(first):
            yield from zip(*batch.columns, strict=True)

    def is_exactly(self) -> bool:
        """Whether every byte is the writer's, seen record by record: for what cannot be proven in bulk."""
        if self._exact is None:
            self._exact = self._compared()
        return self._exact

    def _compared(self) -> bool:
        assert self._package.store is not None
        resource = self._resource
        store = self._package.store
        with store.open(resource.path) as file, store.open(resource.path) as again:
            check = CanonicalCheck(again, resource)
            flaws: list[Flaw] = []
            for records in TableReader(file, resource.dialect, resource.encoding, flaws.append).batches():
                if _foreign(flaws):
                    return False
                check.add(records)
                if next(check.findings([]), None) is not None:
                    return False
        return next(check.findings([]), None) is None


def _foreign(flaws: list[Flaw]) -> bool:
    """Whether the file has a flaw that is to be mended; a line break in a cell is not, since the cell would change."""
    return any(flaw.kind != "line-break-in-cell" for flaw in flaws)
