"""A changeset as a JSON file, complete, both ways; `render/schemas/changeset.schema.json` describes it.

Rows are written as they come, one a line. The counts and renames of a table follow its rows.
"""

from __future__ import annotations

import dataclasses
import io
import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, BinaryIO

from ..errors import brief
from .changeset import Changeset, Comparison, Description, ResourceChange, RowChange, TableComparison, tuple_of
from .describe import described_change, package_changes
from .documents import same_json, same_text
from .notation import (
    ROW_KINDS,
    counts_json,
    description_from,
    description_json,
    dump,
    metadata_json,
    object_,
    refuse,
    rename_json,
    row_from,
    schema_json,
    side_from,
    side_json,
    text,
    texts,
    written,
)
from .spool import BETWEEN, RowSpool

RowForm = Callable[[RowChange], Mapping[str, Any]]
FORMAT = "mandates-data/changeset"
FORMAT_VERSION = 2
"""Version 1 had no descriptions of the tables, and could not be applied."""


def write_changeset(
    comparison: Comparison, out: BinaryIO, *, rows: bool = True, row_form: RowForm | None = None
) -> bool:
    """Write the comparison, in UTF-8; whether anything differs. The same two packages give the same bytes.

    `rows` says whether the rows are written, or only their counts, and `row_form` how, if not as they are.
    """
    # What can fail (a description nested too deep) is done before the first byte is written.
    head, tables = _head(comparison), [_table_head(table.change) for table in comparison.tables]
    out.write(head)
    between = b"\n"
    for table_head, table in zip(tables, comparison.tables, strict=True):
        out.write(between + table_head)
        _write_table(table, out, rows=rows, row_form=row_form)
        between = b",\n"
    end = "\n ]" if comparison.tables else "]"
    out.write(f'{end},\n "same": {dump(not comparison.differs)}\n}}\n'.encode())
    return comparison.differs


def changeset_bytes(changeset: Changeset) -> bytes:
    """The file that `write_changeset` writes of a changeset in memory."""
    out = io.BytesIO()
    write_changeset(as_comparison(changeset), out)
    return out.getvalue()


def as_comparison(changeset: Changeset) -> Comparison:
    """The changeset as what is written and rendered. No rename is declared by it."""
    tables = []
    for change in changeset.resources:
        spool = RowSpool(change.key, {name for row in change.rows for name in row.row})
        spool.fill(written(tuple_of(row)) for row in change.rows)
        tables.append(spool.compared(dataclasses.replace(change, rows=())))
    return Comparison(changeset.old, changeset.new, changeset.metadata, tuple(tables), changeset.left_out)


def _head(comparison: Comparison) -> bytes:
    members = {
        "format": FORMAT,
        "format_version": FORMAT_VERSION,
        "old": side_json(comparison.old),
        "new": side_json(comparison.new),
        **({"left_out": list(comparison.left_out)} if comparison.left_out else {}),
        "metadata": [metadata_json(change) for change in comparison.metadata],
    }
    lines = "".join(f" {dump(name)}: {dump(value)},\n" for name, value in members.items())
    return f'{{\n{lines} "resources": ['.encode()


def _write_table(table: TableComparison, out: BinaryIO, *, rows: bool, row_form: RowForm | None) -> None:
    if rows:
        out.write(b'   "rows": [')
        if table.has_rows:
            out.write(b"\n    ")
            if row_form is None:
                table.copy(out)
            else:
                for place, row in enumerate(table.rows()):
                    out.write((BETWEEN if place else b"") + dump(row_form(row)).encode())
            out.write(b"\n   ")
        out.write(b"],\n")
    renames = dump([rename_json(rename) for rename in table.renames])
    out.write(f'   "renames": {renames},\n   "counts": {dump(counts_json(table.counts))}\n  }}'.encode())


def _table_head(change: ResourceChange) -> bytes:
    members = "".join(f"   {dump(name)}: {dump(value)},\n" for name, value in _table_members(change))
    return f"  {{\n{members}".encode()


def _table_members(change: ResourceChange) -> Iterator[tuple[str, Any]]:
    yield "name", change.name
    yield "kind", change.kind
    yield "key", list(change.key)
    sides = [None if side is None else description_json(side) for side in (change.old, change.new)]
    if sides[0] is not None:
        yield "old", sides[0]
    if sides[1] is not None and (sides[0] is None or not same_text(*sides)):
        yield "new", sides[1]
    yield "schema", [schema_json(part) for part in change.schema]
    yield "metadata", [metadata_json(part) for part in change.metadata]


def read_changeset(content: bytes) -> Changeset:
    """The changeset in the bytes of a file that `write_changeset` wrote.

    Raises
    ------
    ChangesetError
        They are none, or contradict themselves.
    """
    try:
        value = json.loads(content.decode("utf-8"), object_pairs_hook=_no_twins)
    except UnicodeDecodeError:
        refuse("it is not UTF-8")
    except (ValueError, RecursionError) as error:
        refuse(f"it is not JSON ({error})")
    try:
        return _changeset(object_(value, "it"))
    except RecursionError:
        refuse("it is nested too deep")


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("a name stands twice in one object")
    return found


def _changeset(value: Mapping[str, Any]) -> Changeset:
    if value.get("format") != FORMAT:
        refuse(f"its format is {brief(value.get('format'))}")
    if value.get("format_version") != FORMAT_VERSION:
        refuse(f"its format version is {brief(value.get('format_version'))}, not {FORMAT_VERSION}")
    old, new = (side_from(value.get(side)) for side in ("old", "new"))
    metadata = package_changes(old, new)
    _check_derived(value.get("metadata"), [metadata_json(change) for change in metadata], "metadata")
    listed = value.get("resources")
    resources = tuple(map(_resource, listed if isinstance(listed, list) else refuse("it lists no tables")))
    names = [change.name for change in resources]
    if sorted(set(names)) != names:
        refuse("its tables are not sorted by name, each once")
    return Changeset(old, new, metadata, resources, texts(value.get("left_out", []), "what it leaves out"))


def _resource(raw: Any) -> ResourceChange:
    value = object_(raw, "a table")
    name, key = text(value.get("name"), "a table's name"), texts(value.get("key"), "a table's key")
    old, new = (description_from(value[side]) if side in value else None for side in ("old", "new"))
    kind = value.get("kind")
    if kind == "changed" and new is None:
        new = old
    if kind not in ROW_KINDS or (old is None) != (kind == "added") or (new is None) != (kind == "removed"):
        refuse(f"table {name} is {brief(kind)} and has not the descriptions of such a one")
    change = described_change(name, key, old, new)
    _check_derived(value.get("schema"), [schema_json(part) for part in change.schema], f"{name}, schema")
    _check_derived(value.get("metadata"), [metadata_json(part) for part in change.metadata], f"{name}, metadata")
    if "rows" not in value:
        refuse("it has counts instead of rows (it was made with --stat)")
    rows = value["rows"]
    found = tuple(map(row_from, rows if isinstance(rows, list) else refuse(f"table {name} lists no rows")))
    _check_rows(change, found)
    return ResourceChange(name, change.kind, key, change.schema, change.metadata, found, old, new)


def _check_derived(listed: Any, derived: list[Any], what: str) -> None:
    """Changes that follow from the descriptions are written for the reader; they may not say something else."""
    if not same_json(listed, derived):
        refuse(f"{what}: what it lists is not what its descriptions say")


def _check_rows(change: ResourceChange, rows: tuple[RowChange, ...]) -> None:
    if not all(set(change.key) <= columns for columns in map(_columns, (change.old, change.new)) if columns):
        refuse(f"table {change.name} has a key that is no column of it")
    keys = [row.key for row in rows]
    if any(len(key) != len(change.key) for key in keys) or (change.key and len(set(keys)) < len(keys)):
        refuse(f"table {change.name} has a row whose key is not of its form, or stands twice")
    columns = {"removed": _columns(change.old), "added": _columns(change.new)}
    for row in rows:
        if change.kind not in ("changed", row.kind):
            refuse(f"table {change.name} is {change.kind}, and a row of it is {row.kind}")
        if row.kind != "changed" and set(row.row) != columns[row.kind]:
            refuse(f"table {change.name} has a row whose cells are not those of its columns")
        if row.kind != "changed" and tuple(row.row[name] for name in change.key) != row.key:
            refuse(f"table {change.name} has a row whose key is not that of its cells")


def _columns(side: Description | None) -> set[str]:
    return set() if side is None else set(side.columns)
