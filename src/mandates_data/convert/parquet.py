"""Apache Parquet: one file a table, typed, with the schema and the package's facts in the file's metadata.

Columns are string, int64, double, bool or date32; every other type of the Table Schema travels as its cell's text.
Titles and descriptions stand in the metadata of each column, the Table Schema and the facts of the package (`name`,
`version`, `created`, ...) in that of the file, under keys that begin with `mandates_data:`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import MissingExtraError, PackageError, TableError
from .columns import Column
from .tables import BackTable, Export, OutTable, Row, schema_from_text, schema_text

if TYPE_CHECKING:
    import pyarrow as pa

_OURS = "mandates_data:"
_BATCH = 65_536


def write(export: Export, target: Path) -> None:
    """Write the one table of `export` to the file `target`, a row group a batch.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    CapacityError, TableError
        As `OutTable.batches` does; also where a required field has no value, which a column of the file may not lack.
    """
    pa = _pyarrow()
    import pyarrow.parquet as pq

    (table,) = export.tables
    schema = _arrow_schema(pa, export, table)
    kinds = [field.type for field in schema]
    # The statistics' writer is part of the file: pinned pyarrow, pinned bytes; contents compare in any version.
    with pq.ParquetWriter(target, schema, compression="zstd") as writer:
        for rows in _gathered(table):
            arrays = [pa.array([row[n] for row in rows], type=kind) for n, kind in enumerate(kinds)]
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def read(path: Path) -> Iterator[BackTable]:
    """The table in a file that `write` made.

    Raises
    ------
    MissingExtraError
        pyarrow is not installed.
    PackageError
        The file is damaged, or holds no Table Schema of ours.
    """
    pa = _pyarrow()
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(path)
    except (pa.ArrowException, OSError) as error:
        raise PackageError(f"{path} is not a sound Parquet file.", "Convert or download it again.") from error
    with file:
        metadata = file.schema_arrow.metadata or {}
        name, schema_json = (metadata.get(f"{_OURS}{key}".encode()) for key in ("table", "schema"))
        if name is None or schema_json is None:
            raise PackageError(f"{path} was not written by mandates-data: it holds no schema.", "Name a file that was.")
        schema = schema_from_text(schema_json, str(path))
        if tuple(file.schema_arrow.names) != schema.field_names:
            raise PackageError(f"The columns of {path} are not those of its schema.", "Convert the package again.")
        yield BackTable(name.decode("utf-8", "replace"), schema, _rows(pa, file, path))


def _rows(pa: Any, file: Any, path: Path) -> Iterator[list[Row]]:
    try:
        for batch in file.iter_batches(_BATCH):
            yield list(zip(*(column.to_pylist() for column in batch.columns), strict=True))
    except (pa.ArrowException, OSError, ValueError, OverflowError) as error:  # the last two: no text, no day
        reason = " ".join(str(error).split()).rstrip(".")  # Arrow writes several lines
        raise PackageError(f"{path} is damaged: {reason}.", "Convert or download it again.") from error


def _gathered(table: OutTable) -> Iterator[list[Row]]:
    """Rows in batches large enough for a row group; one empty batch for an empty table."""
    rows: list[Row] = []
    written = False
    required = [n for n, column in enumerate(table.columns) if column.field.constraints.required]
    for batch in table.batches():
        _refuse_gaps(table, batch, required)
        rows += [row for _line, row in batch]
        if len(rows) >= _BATCH:
            yield rows
            rows, written = [], True
    if rows or not written:
        yield rows


def _refuse_gaps(table: OutTable, batch: Sequence[tuple[int, Row]], required: Sequence[int]) -> None:
    for line, row in batch:
        for n in required:
            if row[n] is None:
                name = table.schema.field_names[n]
                raise TableError(
                    f"Table {table.name}, line {line}: {name} has no value. Nothing was written.",
                    "Run: mandates-data validate",
                )


def _arrow_schema(pa: Any, export: Export, table: OutTable) -> pa.Schema:
    types = {"text": pa.string(), "integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_()}
    types["date"] = pa.date32()

    def field(column: Column) -> Any:
        told = {"title": column.field.title, "description": column.field.description, "type": column.field.type}
        nullable = not column.field.constraints.required
        return pa.field(column.field.name, types[column.kind], nullable, {k: v for k, v in told.items() if v})

    facts = {f"package_{name}": value for name, value in export.facts.items() if value}
    own = {"table": table.name, "title": table.resource.title, "description": table.resource.description}
    own |= {"schema": schema_text(table.schema), **facts}
    metadata = {f"{_OURS}{name}": value for name, value in own.items()}
    return pa.schema([field(column) for column in table.columns], metadata)


def _pyarrow() -> Any:
    try:
        import pyarrow as pa
    except ImportError as error:
        raise MissingExtraError(
            "Parquet needs pyarrow, which is not installed.", 'Run: pip install "mandates-data[parquet]"'
        ) from error
    return pa
