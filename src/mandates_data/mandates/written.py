"""The small tables beside the archived pages that are written by hand and are no tables of the package."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from ..errors import TableError
from ..package.model import Dialect, Package
from ..package.reader import Flaw, TableReader
from ..package.store import read_bytes


def written_rows(package: Package, path: str, columns: tuple[str, ...]) -> Iterator[tuple[int, Sequence[str]]]:
    """The rows of such a table with the line of each; none where the file is not there.

    Raises
    ------
    TableError
        It is no table of just these columns.
    """
    assert package.store is not None
    if not package.store.exists(path):
        return

    def refuse(flaw: Flaw) -> None:
        if flaw.kind not in ("byte-order-mark", "carriage-returns", "no-final-line-end"):
            said = f"{path}:{flaw.line or 1} cannot be read as a table: {flaw.kind.replace('-', ' ')}."
            raise TableError(said, "Save it as comma-separated text in UTF-8.")

    reader = TableReader(io.BytesIO(read_bytes(package.store, path)), Dialect(), "utf-8", refuse)
    if tuple(reader.header) != columns:
        raise TableError(f"{path}: the header is {','.join(reader.header)!r}.", f"Write {','.join(columns)!r}.")
    for batch in reader.batches():
        for record in batch:
            yield record.line, record.cells
