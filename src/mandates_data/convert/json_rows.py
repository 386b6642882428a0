"""JSON, one file a table: an array of objects (json) or an object a line (jsonl, JSON Lines).

Text, whole numbers, numbers and true or false are JSON's own; dates and all other types are their cell's text, and a
missing value is null. Schemas stand beside, in a `datapackage.json` (see `beside`).
"""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import math
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any, NoReturn

from ..errors import CellError, PackageError, brief
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
        return value if value == 0 and math.copysign(1, value) < 0 else int(value)  # JSON has a -0.0, and no whole -0
    return value


def read_array(path: Path, name: str, schema: Schema) -> BackTable:
    """The table in a JSON array of objects."""
    return BackTable(name, schema, _batches(path, schema, _array_objects))


def read_lines(path: Path, name: str, schema: Schema) -> BackTable:
    """The table in JSON Lines."""
    return BackTable(name, schema, _batches(path, schema, _line_objects))


def _batches(path: Path, schema: Schema, objects: Callable[[IO[str]], Iterator[Any]]) -> Iterator[list[Row]]:
    columns = columns_of(schema)
    batch: list[Row] = []
    count = 0
    try:
        with path.open(encoding="utf-8", newline="") as file:
            for found in objects(file):
                count += 1
                batch.append(_row(columns, found, f"{path}, object {count}"))
                if len(batch) >= _BATCH:
                    yield batch
                    batch = []
    except UnicodeDecodeError as error:
        raise PackageError(f"{path} is not UTF-8.", "Save it as UTF-8, or convert the package again.") from error
    except (ValueError, RecursionError) as error:
        reason = error.msg if isinstance(error, json.JSONDecodeError) else str(error)
        raise PackageError(f"{path} cannot be read after object {count}: {reason}.", "Mend the file.") from error
    except OSError as error:
        raise PackageError(f"Cannot read {path}: {error.strerror}.", "Check the path.") from error
    yield batch


def _row(columns: tuple[Column, ...], found: object, where: str) -> Row:
    if not isinstance(found, Mapping) or not {column.field.name for column in columns}.issuperset(found):
        raise PackageError(f"{where} is not a row of its table.", "Keep the names that the schema has.")
    return [_typed(column, found.get(column.field.name), where) for column in columns]


_EXPECTED = {
    "text": "a text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "date": "a day such as 2009-04-19",
}


def _typed(column: Column, value: Any, where: str) -> Value:
    """The value of a JSON object as that of its column."""
    typed: Value = value
    if value is None:
        return None
    if column.kind == "date" and isinstance(value, str):
        with contextlib.suppress(CellError):
            typed = column.read(value)
    if not isinstance(typed, _TYPES[column.kind]) or isinstance(typed, bool) != (column.kind == "boolean"):
        raise PackageError(
            f"{where}, {column.field.name}: expected {_EXPECTED[column.kind]}, and found {brief(value, 60)}.",
            "Mend it there, or convert the package again.",
        )
    return typed


_TYPES: Mapping[str, type | tuple[type, ...]] = {
    "text": str,
    "integer": (int, float),  # other programs write whole numbers as 5.0
    "number": (int, float),
    "boolean": bool,
    "date": dt.date,
}


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("an object has a name twice")
    return found


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_no_twins, parse_constant=_no_constant)


def _line_objects(file: IO[str]) -> Iterator[Any]:
    for line in file:
        if line.strip():
            yield _DECODER.decode(line)


def _array_objects(file: IO[str]) -> Iterator[Any]:
    """The objects of an array, read piece by piece: the array itself is never in memory."""
    pieces = _Pieces(file)
    if pieces.taken() != "[":
        raise ValueError("it does not begin with [")
    sign = pieces.sign()
    if sign == "]":
        pieces.taken()
    while sign != "]":
        if pieces.sign() != "{":
            raise ValueError("an object is expected, beginning with {")
        yield pieces.value()
        sign = pieces.taken()
        if sign not in ("]", ","):
            raise ValueError("a comma or the final ] is missing")
    if pieces.sign():
        raise ValueError("something follows the array")


class _Pieces:
    """The text of a file from a place on, as much of it as a value needs."""

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._text = ""
        self._place = 0

    def sign(self) -> str:
        """The next character that is no blank; empty at the end."""
        while True:
            found = _BLANK.match(self._text, self._place)
            assert found is not None
            self._place = found.end()
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def taken(self) -> str:
        """The same, and go beyond it."""
        sign = self.sign()
        self._place += len(sign)
        return sign

    def value(self) -> Any:
        """The object that begins here."""
        while True:
            try:
                value, self._place = _DECODER.raw_decode(self._text, self._place)
            except json.JSONDecodeError:
                if not self._more():
                    raise
            else:
                return value

    def _more(self) -> bool:
        rest = self._text[self._place :]
        more = self._file.read(max(_CHUNK, len(rest)))
        self._text, self._place = rest + more, 0
        return bool(more)
