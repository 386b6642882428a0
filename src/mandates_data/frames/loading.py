"""`load`: a table of the published package, or of any other, as a typed pandas frame."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from ..errors import CellError, TableError, UnknownNameError
from ..package.corrections import read_ledger
from ..package.model import Field, Package, Resource
from ..package.opening import installed_folder, open_package
from ..package.reader import Record, read_rows
from .columns import BadCellError, column

PackageLike = str | Path | Package
"""What names a package: a folder, a `datapackage.json`, a zip, a wheel, `git:REV`, a version, or an open package."""


TextForm = Literal["corrected", "printed"]
"""The cells as they stand, or as they were before the first correction of them: the words of the page."""


def opened(package: PackageLike | None, version: str | None = None) -> Package:
    """The package that is named; None for the one that came with this library, whatever the current folder is.

    With `version`, that release of it, which is rebuilt; `0.1.0` as the package is a release of the one that came with
    this library.
    """
    if isinstance(package, Package) and version is None:
        return package
    from ..history.references import names_version, released

    if version is not None:
        return released(version, opened(package))
    if names_version(package):
        return released(str(package), opened(None))
    assert not isinstance(package, Package)
    return open_package(installed_folder() if package is None else package)


def load(
    table: str,
    package: PackageLike | None = None,
    *,
    version: str | None = None,
    ids: Iterable[str] | None = None,
    text: TextForm = "corrected",
) -> pd.DataFrame:
    """A table as a typed frame, offline.

    Parameters
    ----------
    table
        Its name, as `tables()` lists it.
    package
        Another package than the one that came with this library: a folder, a `datapackage.json`, a zip, a wheel or
        `git:REV`.
    version
        A release of the package, such as `0.1.0`: it is rebuilt from the one at hand, offline.
    ids
        Only the rows with these keys, in this order; the parts of a composite key are joined with `/`. One that was
        retired gives a `RetiredIdWarning` that names what replaced it, and no row.
    text
        `"printed"` undoes every correction: the cells as the source has them. A package without a ledger of
        corrections has none to undo.

    Returns
    -------
    pandas.DataFrame
        One row a record, in the order of the file, numbered from 0; the columns in the order of the schema, keys
        among them. Texts are `str`, whole numbers `Int64`, dates `datetime64[s]`, truth values `boolean`, other
        numbers `float64`; what the schema enumerates is an ordered category. Missing are the cells that the schema
        says are (in the published tables: the empty ones), as `NaN`, `NaT` or `pd.NA`; the texts `NA`, `null` and
        `n/a` stay texts. `frame.attrs` has `name`, `title`, `description`, `package`, `version` and, under `fields`,
        the `title`, `description` and `type` of each column, all as plain JSON values.

    Raises
    ------
    UnknownNameError
        The package has no such table, or never had one of the `ids`.
    TableError
        The file cannot be read as rows, a cell is no value of its field (the message names the line), or corrections
        cannot be undone, since they do not lead to the cell as it stands.
    CapacityError
        pandas cannot hold a value (a whole number beyond 64 bits).
    PackageError
        There is no package, its descriptor cannot be understood, or it knows no such release.

    Examples
    --------
    >>> import mandates_data
    >>> summits = mandates_data.load("summits")
    >>> str(summits["start_date"].dtype)
    'datetime64[s]'
    """
    found = opened(package, version)
    frame = read_frame(found, found.resource(table), text)
    if ids is None:
        return frame
    from .picking import picked

    return picked(frame, found, found.resource(table), ids)


def load_all(
    package: PackageLike | None = None, *, version: str | None = None, text: TextForm = "corrected"
) -> dict[str, pd.DataFrame]:
    """Every table as a typed frame, by its name, in the order of the descriptor.

    Parameters
    ----------
    package, version, text
        As for `load`, which also says how the columns are typed.

    Raises
    ------
    TableError, CapacityError, PackageError
        As `load` does, for the first table that cannot be read.
    """
    found = opened(package, version)
    return {resource.name: read_frame(found, resource, text) for resource in found.resources}


def read_frame(package: Package, resource: Resource, text: TextForm = "corrected") -> pd.DataFrame:
    """The frame of a resource of a package that is open; see `load`."""
    records = [record for batch in read_rows(package, resource) for record in batch]
    schema = resource.schema
    width = len(schema.fields)
    for record in records:
        if len(record.cells) != width:
            raise TableError(
                f"{resource.path}:{record.line} has {len(record.cells)} cells, the schema has {width} fields.",
                "Run: mandates-data validate",
            )
    if text != "corrected":
        records = _undone(package, resource, records, text)
    cells = list(zip(*(record.cells for record in records), strict=True)) or [()] * width
    columns = {
        field.name: _column(resource, field, texts, records) for field, texts in zip(schema.fields, cells, strict=True)
    }
    frame = pd.DataFrame(columns)
    frame.attrs = attributes(package, resource)
    return frame


def _undone(package: Package, resource: Resource, records: list[Record], text: str) -> list[Record]:
    """The records with the corrections undone."""
    if text != "printed":
        raise UnknownNameError.of("text", text, ("corrected", "printed"))
    ledger = read_ledger(package)
    if ledger is None:
        return records
    return [Record(record.line, ledger.undone(resource, record.cells)) for record in records]


def _column(resource: Resource, field: Field, texts: tuple[str, ...], records: list[Record]) -> pd.Series[Any]:
    try:
        return column(resource.schema, field, texts)
    except BadCellError as error:
        raise TableError(
            f"{resource.path}:{records[error.index].line}, {field.name}: {error.text!r}, expected {error.expected}.",
            "Run: mandates-data validate",
        ) from error
    except CellError as error:
        raise TableError(
            f"The schema of {resource.name} cannot be used: field {field.name}, expected {error.expected}.",
            "Run: mandates-data validate",
        ) from error


def attributes(package: Package, resource: Resource) -> dict[Hashable, Any]:
    """What the package says of a table, as the plain JSON values of `frame.attrs`."""
    schema = resource.schema
    return {
        "name": resource.name,
        "title": resource.title or schema.title,
        "description": resource.description or schema.description,
        "package": package.name,
        "version": package.version,
        "fields": {
            field.name: {"title": field.title, "description": field.description, "type": field.type}
            for field in schema.fields
        },
    }
