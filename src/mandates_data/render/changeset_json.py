"""A comparison as JSON, complete; `schemas/changeset.schema.json` describes it.

Rows are written as they come, one a line. The counts of a table follow its rows.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Iterator
from itertools import chain
from typing import IO, Any

from ..diff.changeset import (
    Comparison,
    Counter,
    MetadataChange,
    ResourceChange,
    RowChange,
    SchemaChange,
    Side,
    TableComparison,
)

FORMAT = "mandates-data/changeset"
FORMAT_VERSION = 1


def write_json(comparison: Comparison, out: IO[str]) -> bool:
    """Write the comparison; whether anything differs. The same two packages give the same bytes.

    Raises
    ------
    MandatesDataError
        A table can no longer be read; what was written until then is no result.
    """
    head = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "old": _side(comparison.old),
        "new": _side(comparison.new),
        "metadata": [_metadata(change) for change in comparison.metadata],
    }
    out.write("{\n")
    for name, value in head.items():
        out.write(f" {_dump(name)}: {_dump(value)},\n")
    out.write(' "resources": [')
    written = 0
    for table in comparison.tables:
        written += _write_table(table, out, ",\n" if written else "\n")
    same = not written and not comparison.metadata
    out.write(f'{chr(10) + " " if written else ""}],\n "same": {_dump(same)}\n}}\n')
    return not same


def _write_table(table: TableComparison, out: IO[str], before: str) -> bool:
    """Write one table after `before`, where anything differs in it; whether it does."""
    change = table.change
    counter = Counter()
    rows = counter.count(table.rows())
    first = next(rows, None)
    if first is None and change.kind == "changed" and not change.schema and not change.metadata:
        return False
    out.write(f"{before}  {{\n")
    for name, value in _resource_head(change):
        out.write(f"   {_dump(name)}: {_dump(value)},\n")
    out.write('   "rows": [')
    for number, row in enumerate(chain([] if first is None else [first], rows)):
        out.write(("," if number else "") + "\n    " + _dump(_row(row)))
    out.write("\n   ]" if first is not None else "]")
    out.write(f',\n   "counts": {_dump(dataclasses.asdict(counter.result()))}\n  }}')
    return True


def _resource_head(change: ResourceChange) -> Iterator[tuple[str, Any]]:
    yield "name", change.name
    yield "kind", change.kind
    yield "key", list(change.key)
    if change.kind != "changed":
        yield "descriptor", change.descriptor
        yield "table_schema", change.table_schema
        yield "position", change.new_position if change.kind == "added" else change.old_position
    yield "schema", [_schema(part) for part in change.schema]
    yield "metadata", [_metadata(part) for part in change.metadata]


def _side(side: Side) -> dict[str, str]:
    return {"name": side.name, "version": side.version}


def _old_and_new(change: MetadataChange | SchemaChange) -> dict[str, Any]:
    """The values before and after, each only where there was one."""
    values = {"old": change.old, "new": change.new}
    absent = {"added": "old", "removed": "new"}.get(change.kind)
    return {name: value for name, value in values.items() if name != absent}


def _metadata(change: MetadataChange) -> dict[str, Any]:
    return {"kind": change.kind, "path": change.path, **_old_and_new(change)}


def _schema(change: SchemaChange) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": change.kind}
    if change.field is not None:
        found["field"] = change.field
    if change.property:
        found["property"] = change.property
    if change.kind != "moved":
        found |= _old_and_new(change)
    positions = {"old_position": change.old_position, "new_position": change.new_position}
    return found | {name: place for name, place in positions.items() if place is not None}


def _row(row: RowChange) -> dict[str, Any]:
    found: dict[str, Any] = {"kind": row.kind, "key": list(row.key)}
    if row.kind != "changed":
        return found | {"row": dict(row.row)}
    cells = [
        {
            "field": cell.field,
            "kind": cell.kind,
            **({} if cell.old is None else {"old": cell.old}),
            **({} if cell.new is None else {"new": cell.new}),
        }
        for cell in row.cells
    ]
    return found | {"cells": cells}


def _dump(value: Any) -> str:
    """The value on one line. Half a surrogate pair, which a descriptor can hold and UTF-8 cannot, stays an escape."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text
