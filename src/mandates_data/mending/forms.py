"""Which tables have a canonical form at all, and whether a file is in it, seen by streaming."""

from __future__ import annotations

import codecs
import dataclasses

from ..package.model import Package, Resource, Schema
from ..package.reader import Flaw, TableReader, is_text_encoding
from ..validate.canonical import CanonicalCheck, promised
from .values import Left
from .watching import Watch

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


@dataclasses.dataclass(frozen=True, slots=True)
class Look:
    """A file in canonical form: how many rows it has, and what of them has to be named all the same."""

    rows: int
    left: tuple[Left, ...]


def look(package: Package, resource: Resource) -> Look | None:
    """What there is to say of a file in canonical form, read in flat memory; None as soon as it is not in it."""
    assert package.store is not None
    flaws: list[Flaw] = []
    rows = 0
    with package.store.open(resource.path) as file, package.store.open(resource.path) as again:
        reader = TableReader(file, resource.dialect, resource.encoding, flaws.append)
        schema = schema_of(reader.header, resource.schema)
        if flaws or schema is None or list(schema.field_names) != reader.header:
            return None
        check = CanonicalCheck(again, dataclasses.replace(resource, schema=schema))
        watch = Watch(resource, schema, promised=promised(package))
        for batch in reader.batches():
            if _foreign(flaws):
                return None
            check.add(batch)
            watch.add(batch)
            rows += len(batch)
            if next(check.findings([]), None) is not None or any(record.cells == reader.header for record in batch):
                return None
        if _foreign(flaws):
            return None
    return Look(rows, tuple(watch.left()))


def _foreign(flaws: list[Flaw]) -> bool:
    """Whether the file has a flaw that is to be mended; a line break in a cell is not, since the cell would change."""
    return any(flaw.kind != "line-break-in-cell" for flaw in flaws)
