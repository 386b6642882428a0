"""What flows through a conversion: a package on its way out, and tables on their way back, both in batches."""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..errors import CellError, PackageError
from ..package.model import Package, Resource, Schema
from ..package.parse import parse_schema
from ..package.reader import read_rows
from .columns import Column, Value, columns_of, refused

Row = Sequence[Value]


@dataclass(frozen=True)
class OutTable:
    """A table of the package on its way out."""

    package: Package
    resource: Resource

    @property
    def name(self) -> str:
        """The table's name."""
        return self.resource.name

    @property
    def schema(self) -> Schema:
        """The table's schema."""
        return self.resource.schema

    @property
    def columns(self) -> tuple[Column, ...]:
        """The table's columns, in the schema's order."""
        return columns_of(self.resource.schema)

    def batches(self) -> Iterator[list[tuple[int, tuple[Value, ...]]]]:
        """The rows in batches: the line each begins on, and its typed values in the schema's order.

        Raises
        ------
        TableError
            The table cannot be read as rows.
        CapacityError
            A cell would not come back as it is; the message names it.
        """
        columns = self.columns
        for batch in read_rows(self.package, self.resource):
            yield [(record.line, self._typed(columns, record.line, record.cells)) for record in batch]

    def _typed(self, columns: tuple[Column, ...], line: int, cells: list[str]) -> tuple[Value, ...]:
        try:
            return tuple([column.value(cell) for column, cell in zip(columns, cells, strict=True)])
        except CellError:
            for column, cell in zip(columns, cells, strict=True):
                try:
                    column.value(cell)
                except CellError as error:
                    raise refused(self.name, line, column, cell, error) from error
            raise


@dataclass(frozen=True)
class Export:
    """A package on its way out, with the tables that were asked for."""

    package: Package
    tables: tuple[OutTable, ...]

    @property
    def facts(self) -> dict[str, str]:
        """What is said of the package in a file of another format: texts of its descriptor, empty where it has none."""
        names = ("name", "id", "version", "created", "title", "description")
        return {name: value if isinstance(value := self.package.raw.get(name), str) else "" for name in names}

    def setting(self, name: str) -> Any:
        """A setting from the descriptor's `mandates_data`; None where it has none."""
        return self.package.setting(name)


@dataclass(frozen=True)
class BackTable:
    """A table on its way back: its name, its schema, and its rows in batches of typed values in the schema's order."""

    name: str
    schema: Schema
    rows: Iterator[Sequence[Row]] = field(repr=False)

    def texts(self) -> Iterator[list[str]]:
        """The rows as cells.

        Raises
        ------
        CellError
            A value is not of its field's type.
        """
        columns = columns_of(self.schema)
        for number, row in enumerate(itertools.chain.from_iterable(self.rows), 1):
            if len(row) != len(columns):
                raise CellError(f"{len(columns)} values in row {number}")
            try:
                yield [column.text(value) for column, value in zip(columns, row, strict=True)]
            except CellError as error:
                raise _placed(columns, row, number, error) from error


def _placed(columns: Sequence[Column], row: Row, number: int, error: CellError) -> CellError:
    """The error of a row with its place: the row, counting from 1, and the first field that has one."""
    for column, value in zip(columns, row, strict=True):
        try:
            column.text(value)
        except CellError as found:
            return CellError(f"{found.expected} in row {number}, field {column.field.name}", found.kind)
    return error


def schema_text(schema: Schema) -> str:
    """A Table Schema as one line of JSON, to be kept inside a file of another format."""
    return json.dumps(schema.raw, ensure_ascii=False, separators=(",", ":"), sort_keys=False)


def schema_from_text(text: str | bytes, where: str) -> Schema:
    """The Table Schema that `schema_text` wrote.

    Raises
    ------
    PackageError
        The text is no Table Schema; `where` names the file.
    """
    try:
        return parse_schema(json.loads(text), f"the schema in {where}")
    except (ValueError, RecursionError) as error:
        raise PackageError(f"The schema in {where} is not JSON.", "Convert the package again.") from error


def export_of(package: Package, names: Sequence[str] = ()) -> Export:
    """The package, or the tables of it that are named, ready to be written.

    Raises
    ------
    UnknownNameError
        There is no table of that name.
    """
    resources = [package.resource(name) for name in dict.fromkeys(names)] if names else list(package.resources)
    return Export(package, tuple(OutTable(package, resource) for resource in resources))
