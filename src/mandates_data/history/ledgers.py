"""The tables of releases and of changes, cut off at a release: their later rows had not been written then."""

from __future__ import annotations

import dataclasses

from ..diff.content import PackageContent, Row, TableContent, canonical_files, read_content
from ..package.model import Package
from ..package.parse import read_package
from ..package.store import FilesInstead
from ..package.versions import Version, is_version
from .layout import VERSION, layout_in, layout_of


def cut_off(content: PackageContent, until: Version) -> PackageContent:
    """The content without the rows of later releases in the tables that its own descriptor names as its history.

    A row whose `version` is empty, or no version, stays.
    """
    layout = layout_in(content.descriptor)
    ledgers = layout.ledgers if layout is not None else ()
    tables = (_cut(table, until) if table.name in ledgers else table for table in content.tables)
    return dataclasses.replace(content, tables=tuple(tables))


def _cut(table: TableContent, until: Version) -> TableContent:
    columns = table.description.columns
    if table.rows is None or VERSION not in columns:
        return table
    at = columns.index(VERSION)
    return dataclasses.replace(table, rows=tuple(row for row in table.rows if not _is_later(row, at, until)))


def _is_later(row: Row, at: int, until: Version) -> bool:
    return is_version(row[at]) and Version.read(row[at]) > until


def package_cut_off(package: Package, until: Version) -> Package:
    """The package without the rows of later releases in its tables of releases and changes."""
    layout, store = layout_of(package), package.store
    assert store is not None
    if layout is None:
        return package
    files = canonical_files(cut_off(read_content(package, layout.ledgers), until), store.descriptor)
    return read_package(FilesInstead(files, store))
