"""What a package holds, in memory, as a patch takes and gives it; and the canonical files of it."""

from __future__ import annotations

import hashlib
import io
import operator
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, BinaryIO

from ..errors import ChangesetError, PackageError, TableError
from ..package.model import Package, Resource
from ..package.parse import parse_dialect, parse_schema, read_package
from ..package.refresh import descriptor_text
from ..package.store import DESCRIPTOR, check_path
from ..package.writer import format_row
from .canonical import is_plain
from .changeset import Description
from .describe import GENERATED, describe_package, describe_table, left_open
from .documents import same_text
from .keyed import check_key
from .tables import Table, open_table

Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TableContent:
    """A table: what its package says of it, and its rows.

    `rows` have their cells in the order of `description.columns` and are in canonical order; None where the table was
    not read, and then its file stays as it is. `generated` are the `bytes` and `hash` that the descriptor has for it.
    """

    name: str
    description: Description
    rows: tuple[Row, ...] | None = None
    generated: Mapping[str, Any] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class PackageContent:
    """A package: its descriptor, which has the names of its tables in `resources`, and the tables in that order."""

    descriptor: Mapping[str, Any]
    tables: tuple[TableContent, ...]

    def table(self, name: str) -> TableContent | None:
        """The table of that name, None where there is none."""
        return next((table for table in self.tables if table.name == name), None)


def read_content(package: Package, tables: Collection[str] | None = None) -> PackageContent:
    """The package's content, with the rows of these tables, or of all.

    Raises
    ------
    TableError
        A table cannot be read beyond doubt, or a primary key stands twice in it.
    """
    side = describe_package(package)
    assert side.descriptor is not None
    wanted = package.resource_names if tables is None else tables
    return PackageContent(
        side.descriptor, tuple(_table(package, each, each.name in wanted) for each in package.resources)
    )


def _table(package: Package, resource: Resource, wanted: bool) -> TableContent:
    generated = {name: resource.raw[name] for name in GENERATED if name in resource.raw}
    if not wanted:
        description = describe_table(resource, resource.schema.field_names)
        return TableContent(resource.name, description, None, generated)
    table = open_table(package, resource)
    if table.key:
        check_key(table)
    return TableContent(resource.name, describe_table(resource, table.names), _read_rows(table), generated)


def _read_rows(table: Table) -> tuple[Row, ...]:
    return in_canonical_order((tuple(cells) for _, cells in table.rows()), table.names, table.key)


class MemoryStore:
    """A store of files in memory, by path; see `mandates_data.package.store.Store`."""

    def __init__(self, files: Mapping[str, bytes], descriptor: str = DESCRIPTOR, label: str = "memory") -> None:
        self._files = files
        self.descriptor = descriptor
        self.label = label

    def open(self, path: str) -> BinaryIO:
        """See `Store.open`."""
        content = self._files.get(check_path(path))
        if content is None:
            raise PackageError(f"{path!r} is not in {self.label}.", "Name a file of the package.")
        return io.BytesIO(content)

    def exists(self, path: str) -> bool:
        """See `Store.exists`."""
        return path in self._files

    def check(self, path: str) -> None:
        """See `Store.check`: there are no links."""


def package_in_memory(content: PackageContent) -> Package:
    """The package with that content; all tables need their rows."""
    return read_package(MemoryStore(canonical_files(content, DESCRIPTOR)))


def in_canonical_order(rows: Iterator[Row], columns: Row, key: Row) -> tuple[Row, ...]:
    """The rows sorted by their key as text, or by all their cells where there is none."""
    places = [columns.index(name) for name in key]
    return tuple(sorted(rows, key=operator.itemgetter(*places) if places else None))


def canonical_files(content: PackageContent, descriptor: str) -> dict[str, bytes]:
    """The files of the package in canonical form, by path: of the tables those that have their rows.

    Parameters
    ----------
    content
        The package.
    descriptor
        The path of its descriptor.

    Raises
    ------
    ChangesetError
        Two of its files would have one path, or a schema that two tables share would be two schemas.
    TableError
        A table's dialect or encoding is not that of a canonical table.
    """
    files: dict[str, bytes] = {}
    resources = []
    for table in content.tables:
        resource = dict(table.description.descriptor)
        for name, value in (("schema", table.description.schema), ("dialect", table.description.dialect)):
            if isinstance(resource.get(name), str):
                _add(files, resource[name], descriptor_text(value), shared=True)
            elif name in resource:
                resource[name] = value
        content_of_table = None if table.rows is None else _table_bytes(table)
        if content_of_table is not None:
            _add(files, path_of(table), content_of_table)
        resources.append(_with_generated(resource, table, content_of_table))
    whole = {**content.descriptor, "resources": resources}
    _add(files, descriptor, descriptor_text(whole))
    return files


def path_of(table: TableContent) -> str:
    """The path of the table's file."""
    path = table.description.descriptor.get("path")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(path, str):
        raise PackageError(f"The table {table.name} has no single path.", "Give it one file.")
    return check_path(path)


def _add(files: dict[str, bytes], path: str, content: bytes, *, shared: bool = False) -> None:
    if path in files and not (shared and files[path] == content):
        raise ChangesetError(
            f"Two contents would stand in {path}, since two tables share it.", "Give each a file of its own."
        )
    files[check_path(path)] = content


def _table_bytes(table: TableContent) -> bytes:
    description = table.description
    encoding = description.descriptor.get("encoding", "utf-8")
    if not is_plain(parse_dialect(description.dialect)) or str(encoding).lower().replace("_", "-") not in (
        "utf-8",
        "utf8",
    ):
        raise TableError(
            f"The table {table.name} is not one of commas, double quotes, a header and UTF-8.",
            "Only canonical tables can be written.",
        )
    assert table.rows is not None
    return "".join(map(format_row, (description.columns, *table.rows))).encode("utf-8")


def _with_generated(resource: dict[str, Any], table: TableContent, content: bytes | None) -> dict[str, Any]:
    """The resource with the size and digest of its file, where it says them."""
    for name in GENERATED:
        if name not in resource:
            continue
        if content is not None:
            resource[name] = len(content) if name == "bytes" else _digest(resource[name], content)
        elif name in table.generated and same_text(left_open(name, table.generated[name]), resource[name]):
            resource[name] = table.generated[name]
        else:
            raise ChangesetError(f"{name} of the table {table.name} cannot be told without its rows.", "Read it too.")
    return resource


def _digest(algorithm: Any, content: bytes) -> str:
    """The digest of a file, as the placeholder says it is written (`left_open`)."""
    name = algorithm.removesuffix(":") if isinstance(algorithm, str) else "sha256"
    try:
        return f"{algorithm}{hashlib.new(name or 'md5', content, usedforsecurity=False).hexdigest()}"
    except (ValueError, TypeError) as error:
        raise ChangesetError(f"The hash {name!r} is not known.", "Write sha256, sha512, sha1 or md5.") from error


def primary_key(description: Description) -> Row:
    """The primary key that the table's schema states."""
    return parse_schema(description.schema).primary_key
