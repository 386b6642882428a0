"""A changeset in JSON, value by value, both ways; `changeset_file` has the whole file.

What is read may come from anyone: all that does not have the form that is written is `ChangesetError`.
"""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from json.encoder import encode_basestring
from typing import Any, NoReturn, get_args

from ..errors import ChangesetError, brief
from .changeset import (
    CellChange,
    CellKind,
    CellTuple,
    Counts,
    Description,
    Key,
    Kind,
    MetadataChange,
    Rename,
    RowChange,
    RowTuple,
    SchemaChange,
    Side,
)

ROW_KINDS: tuple[Kind, ...] = get_args(Kind)
CELL_KINDS: tuple[CellKind, ...] = get_args(CellKind)


def dump(value: Any) -> str:
    """The value on one line. Half a surrogate pair, which a descriptor can hold and UTF-8 cannot, stays an escape."""
    text = json.dumps(value, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(value)
    return text


def row_text(row: RowTuple) -> str:
    """A row on one line, as `dump` would write it. Joined by hand: nearly all of a large changeset is rows.

    >>> print(row_text(("changed", ("1",), [("a", "x", "", "cleared")], {})))
    {"kind": "changed", "key": ["1"], "cells": [{"field": "a", "kind": "cleared", "old": "x", "new": ""}]}
    """
    kind, key, cells, whole = row
    shown = ", ".join(map(encode_basestring, key))
    if kind == "changed":
        return f'{{"kind": "changed", "key": [{shown}], "cells": [{", ".join(map(_cell_text, cells))}]}}'
    names, texts = map(encode_basestring, whole), map(encode_basestring, whole.values())
    listed = ", ".join(map("{}: {}".format, names, texts))
    return f'{{"kind": "{kind}", "key": [{shown}], "row": {{{listed}}}}}'


def _cell_text(cell: CellTuple) -> str:
    field, old, new, kind = cell
    before = "" if old is None else f', "old": {encode_basestring(old)}'
    after = "" if new is None else f', "new": {encode_basestring(new)}'
    return f'{{"field": {encode_basestring(field)}, "kind": "{kind}"{before}{after}}}'


Written = tuple[Kind, Key, Sequence[tuple[str, CellKind]], Mapping[str, str], bytes]
"""A row as it goes into a file, in UTF-8, after what is counted of it: its kind; the key and cells of one that came or
went; the fields and kinds of the cells that changed."""


def written(row: RowTuple) -> Written:
    """The row as it goes into a file. Half a surrogate pair, which a name can hold, stays an escape."""
    kind, key, cells, whole = row
    line = row_text(row)
    try:
        text = line.encode()
    except UnicodeEncodeError:
        text = dump(json.loads(line)).encode()
    return kind, key, [(cell[0], cell[3]) for cell in cells], whole, text


def row_from(value: Any) -> RowChange:
    """The row that `row_text` wrote, read as JSON."""
    found = _members(value, "a row", {"kind", "key"}, {"cells", "row", "words"})
    kind = _one_of(found["kind"], ROW_KINDS, "a row's kind")
    key = texts(found["key"], "a row's key")
    if kind != "changed":
        return RowChange(kind, key, row=_row(found.get("row")))
    cells = tuple(map(_cell_from, _list(found.get("cells"), "a changed row's cells")))
    names = [cell.field for cell in cells]
    if not names or sorted(set(names)) != names:
        refuse("the cells of a changed row are not sorted by their fields, each once")
    return RowChange(kind, key, cells)


def _row(value: Any) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(cell, str) for cell in value.values()):
        refuse(f"the cells of an added or removed row are {brief(value)}")
    return value


def _cell_from(value: Any) -> CellChange:
    found = _members(value, "a cell", {"field", "kind"}, {"old", "new", "words"})
    kind = _one_of(found["kind"], CELL_KINDS, "a cell's kind")
    old, new = (None if name not in found else text(found[name], "a cell") for name in ("old", "new"))
    if (old is None) != (kind == "field_added") or (new is None) != (kind == "field_removed") or old == new:
        refuse(f"a cell that is {kind} goes from {brief(old)} to {brief(new)}")
    return CellChange(text(found["field"], "a field's name"), old, new, kind)


def side_json(side: Side) -> dict[str, Any]:
    """A package's side."""
    found: dict[str, Any] = {"name": side.name, "version": side.version}
    return found if side.descriptor is None else {**found, "descriptor": side.descriptor}


def side_from(value: Any) -> Side:
    """The package's side that `side_json` wrote."""
    found = _members(value, "a side", {"name", "version"}, {"descriptor"})
    descriptor = found.get("descriptor")
    if descriptor is not None:
        names = texts(object_(descriptor, "a package's descriptor").get("resources"), "a package's tables")
        if len(set(names)) < len(names):
            refuse("a package has two tables of one name")
    return Side(text(found["name"], "a name"), text(found["version"], "a version"), descriptor)


def description_json(side: Description) -> dict[str, Any]:
    """What one side says of a table: the columns only where they are not the schema's fields."""
    found: dict[str, Any] = {"descriptor": side.descriptor, "table_schema": side.schema}
    if isinstance(side.descriptor.get("dialect"), str) or side.dialect:
        found["dialect"] = side.dialect
    if list(side.columns) != _names(side.schema):
        found["columns"] = list(side.columns)
    return found


def description_from(value: Any) -> Description:
    """The description that `description_json` wrote."""
    found = _members(value, "a table's description", {"descriptor", "table_schema"}, {"dialect", "columns"})
    schema = object_(found["table_schema"], "a Table Schema")
    fields = _list(schema.get("fields", []), "a schema's fields")
    if not all(isinstance(field, dict) and isinstance(field.get("name"), str) for field in fields):
        refuse("a schema has a field without a name")
    columns = texts(found.get("columns", _names(schema)), "a table's columns")
    descriptor = object_(found["descriptor"], "a table's descriptor")
    return Description(descriptor, schema, object_(found.get("dialect", {}), "a dialect"), columns)


def _names(schema: Mapping[str, Any]) -> list[str]:
    return [field["name"] for field in schema.get("fields", ())]


def metadata_json(change: MetadataChange) -> dict[str, Any]:
    """A changed property of a descriptor."""
    return {"kind": change.kind, "path": change.path, **_old_and_new(change)}


def schema_json(change: SchemaChange) -> dict[str, Any]:
    """A change of a Table Schema."""
    found: dict[str, Any] = {"kind": change.kind}
    if change.field is not None:
        found["field"] = change.field
    if change.property:
        found["property"] = change.property
    if change.kind != "moved":
        found |= _old_and_new(change)
    positions = {"old_position": change.old_position, "new_position": change.new_position}
    return found | {name: place for name, place in positions.items() if place is not None}


def rename_json(rename: Rename) -> dict[str, Any]:
    """A rename, declared or suggested."""
    return {"old": list(rename.old), "new": list(rename.new), "basis": rename.basis}


def counts_json(counts: Counts) -> dict[str, Any]:
    """The counts of a table."""
    return dataclasses.asdict(counts)


def _old_and_new(change: MetadataChange | SchemaChange) -> dict[str, Any]:
    """The values before and after, each only where there was one."""
    values = {"old": change.old, "new": change.new}
    absent = {"added": "old", "removed": "new"}.get(change.kind)
    return {name: value for name, value in values.items() if name != absent}


def refuse(why: str) -> NoReturn:
    """Say what is wrong with a changeset that is read."""
    raise ChangesetError(
        f"It is no changeset that can be used: {why}.", "Make it with: mandates-data diff --format json"
    )


def _members(value: Any, what: str, needed: set[str], allowed: set[str]) -> dict[str, Any]:
    found = object_(value, what)
    if not needed <= found.keys() <= needed | allowed:
        refuse(f"{what} has the members {', '.join(sorted(found)) or 'none'}")
    return found


def object_(value: Any, what: str) -> dict[str, Any]:
    """The value, which has to be a JSON object."""
    if not isinstance(value, dict):
        refuse(f"{what} is {brief(value)}")
    return value


def _list(value: Any, what: str) -> list[Any]:
    if not isinstance(value, list):
        refuse(f"{what} are {brief(value)}")
    return value


def texts(value: Any, what: str) -> tuple[str, ...]:
    """The value as texts, which has to be a list of them."""
    return tuple(text(item, what) for item in _list(value, what))


def text(value: Any, what: str) -> str:
    """The value, which has to be a text."""
    if not isinstance(value, str):
        refuse(f"{what} is {brief(value)}")
    return value


def _one_of(value: Any, known: tuple[Any, ...], what: str) -> Any:
    if value not in known:
        refuse(f"{what} is {brief(value)}")
    return value
