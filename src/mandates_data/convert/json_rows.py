"""JSON, one file a table: an array of objects (json) or an object a line (jsonl, JSON Lines).

Text, whole numbers, numbers and true or false are JSON's own; dates and all other types are their cell's text, and a
missing value is null. Schemas stand beside, in a `datapackage.json` (see `beside`).
"""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from ..errors import CellError, PackageError
from ..package.model import Schema
from .columns import Column, Value, columns_of
from .tables import BackTable, Export, Row

_CHUNK = 1024 * 1024
_BATCH = 4096
_BLANK = re.compile(r"[ \t\n\r]*")


def write_array(export: Export, target: Path) -> None:
    """Write the one table of `export` as a JSON array, an object a line."""
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.write("[")
        between = "\n"
        for text in _objects(export):
            file.write(between + text)
            between = ",\n"
        file.write("\n]\n")


def write_lines(export: Export, target: Path) -> None:
    """Write the one table of `export` as JSON Lines."""
    with target.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(text + "\n" for text in _objects(export))


def _objects(export: Export) -> Iterator[str]:
    (table,) = export.tables
    columns = table.columns
    for batch in table.batches():
        for _line, row in batch:
            yield dumped(as_object(columns, row))


def dumped(value: object) -> str:
    """A value as JSON on one line, with its letters unescaped."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def as_object(columns: tuple[Column, ...], row: Row) -> dict[str, Any]:
    """A row as a JSON object, in the order of its columns; a number that is whole has no fraction."""
    return {column.field.name: _plain(value) for column, value in zip(columns, row, strict=True)}


def _plain(value: Value) -> str | int | float | bool | None:
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer() and abs(value) < 2**53:
        return int(value)
    return value


def read_array(path: Path, name: str, schema: Schema) -> BackTable:
    """The table in a JSON array of objects."""
    return BackTable(name, schema, _batches(path, schema, _array_objects))


def read_lines(path: Path, name: str, schema: Schema) -> BackTable:
    """The table in JSON Lines."""
    return BackTable(name, schema, _batches(path, schema, _line_objects))


def _batches(path: Path, schema: Schema, objects: Callable[[IO[str]], Iterator[Any]]) -> Iterator[list[Row]]:
    columns = columns_of(schema)
    names = set(schema.field_names)
    batch: list[Row] = []
    count = 0
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for found in objects(file):
                count += 1
                if not isinstance(found, Mapping) or not names.issuperset(found):
                    raise PackageError(
                        f"{path}: object {count} is not a row of its table.", "Keep the names that the schema has."
                    )
                batch.append([_typed(column, found.get(column.field.name)) for column in columns])
                if len(batch) >= _BATCH:
                    yield batch
                    batch = []
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{path}, after object {count}: this is not JSON ({error}).", "Mend the file.") from error
    except OSError as error:
        raise PackageError(f"Cannot read {path}: {error.strerror}.", "Check the path.") from error
    yield batch


def _typed(column: Column, value: Any) -> Value:
    typed: Value = value
    if column.kind == "date" and isinstance(value, str):
        try:
            typed = column.read(value)
        except CellError:
            return typed  # told with its place when the cell is made
    return typed


def _line_objects(file: IO[str]) -> Iterator[Any]:
    for line in file:
        if line.strip():
            yield json.loads(line)


def _array_objects(file: IO[str]) -> Iterator[Any]:
    """The elements of an array, read piece by piece: the array itself is never in memory."""
    decoder = json.JSONDecoder()
    text = file.read(_CHUNK)
    place = _blank_end(text)
    if text[place : place + 1] != "[":
        raise ValueError("it does not begin with [")
    place += 1
    while True:
        place = _blank_end(text, place)
        if text[place : place + 1] == "]":
            if text[place + 1 :].strip() or file.read(_CHUNK).strip():
                raise ValueError("something follows the array")
            return
        try:
            value, end = decoder.raw_decode(text, place)
            after = _blank_end(text, end)
            if after == len(text):
                raise json.JSONDecodeError("it ends too early", text, end)  # a number may go on in the next piece
        except json.JSONDecodeError:
            more = file.read(max(_CHUNK, len(text) - place))
            if not more:
                raise
            text, place = text[place:] + more, 0
            continue
        yield value
        if text[after] not in ",]":
            raise ValueError("a comma is missing between two objects")
        place = after + (text[after] == ",")


def _blank_end(text: str, start: int = 0) -> int:
    found = _BLANK.match(text, start)
    assert found is not None
    return found.end()
