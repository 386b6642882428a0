"""An earlier release of a package, rebuilt in memory by undoing its release patches one by one.

Tables, schemas and descriptor come out byte for byte as they were released, which the digest in the table of releases
proves. Other files of the package (archived pages, say) are those of the package at hand.
"""

from __future__ import annotations

import dataclasses
import io
from collections.abc import Mapping
from typing import BinaryIO

from ..diff.apply import apply
from ..diff.content import PackageContent, TableContent, canonical_files, read_content
from ..diff.inversion import invert
from ..errors import ChangesetError, PackageError
from ..package.model import Package
from ..package.parse import read_package
from ..package.refresh import content_digest
from ..package.store import Store, check_path
from ..package.versions import Version
from .layout import VERSION, Layout, Release, is_as_released, layout_of, releases_of
from .patches import read_patch


class ChangedSinceReleaseError(PackageError):
    """The package is not as it was released, so that its patches do not lead back from it."""


def rebuilt(package: Package, version: Version) -> Package:
    """The release of that version.

    Parameters
    ----------
    package
        A package just as it was released, of that version or a later one.
    version
        One of the releases that it knows.

    Raises
    ------
    PackageError
        The package does not know that release, keeps no history, or lacks a patch.
    ChangedSinceReleaseError
        The package differs from what was released under its version.
    ChangesetError
        A patch does not lead to what the table of releases says.
    """
    layout, store = layout_of(package), package.store
    assert store is not None
    if layout is None:
        raise PackageError(
            f"{store.label} keeps no history of its releases.", "Name the package of that release itself."
        )
    releases = releases_of(package)
    wanted = next((release for release in releases if release.version == version), None)
    if wanted is None or str(version) not in _until(releases, package.version):
        raise _unknown(version, releases, store.label)
    if not is_as_released(package):
        raise ChangedSinceReleaseError(
            f"{store.label} has changed since {package.version} was released: no earlier release can be made from it.",
            "Name a package that is as it was released, or git:REV.",
        )
    if str(version) == package.version:
        return package
    return _checked(_undone(package, layout, releases, wanted), layout, wanted)


def _until(releases: tuple[Release, ...], current: str) -> list[str]:
    """The versions up to that of the package, which may be followed by rows for releases to come."""
    versions = [str(release.version) for release in releases]
    return versions[: versions.index(current) + 1] if current in versions else []


def _unknown(version: Version, releases: tuple[Release, ...], label: str) -> PackageError:
    known = ", ".join(str(release.version) for release in releases) or "none"
    return PackageError(f"{label} knows no release {version}.", f"Releases: {known}.")


def _undone(package: Package, layout: Layout, releases: tuple[Release, ...], wanted: Release) -> Package:
    """The package with the patches of all later releases taken back, the latest first."""
    versions = [release.version for release in releases]
    last = versions.index(Version.read(package.version))
    steps = range(last, versions.index(wanted.version), -1)
    patches = [read_patch(package, layout, versions[step], versions[step - 1]) for step in steps]
    named = {change.name for patch in patches for change in patch.resources} | set(layout.ledgers)
    content = read_content(package, named & set(package.resource_names))
    ledgers = {name: content.table(name) for name in layout.ledgers}
    content = _emptied(content, layout)
    for patch, step in zip(patches, steps, strict=True):
        try:
            content = apply(content, invert(patch))
        except ChangesetError as error:
            raise ChangesetError(
                f"The patch {layout.patch(versions[step])} does not lead back: {error.message}", "Restore the file."
            ) from error
    content = _filled(content, ledgers, wanted.version)
    assert package.store is not None
    files = canonical_files(content, package.store.descriptor)
    return read_package(RebuiltStore(files, package.store, str(wanted.version)))


def _emptied(content: PackageContent, layout: Layout) -> PackageContent:
    """The package as patches see it: without the rows of the ledgers."""
    tables = (
        dataclasses.replace(table, rows=()) if table.name in layout.ledgers else table for table in content.tables
    )
    return dataclasses.replace(content, tables=tuple(tables))


def _filled(content: PackageContent, ledgers: Mapping[str, TableContent | None], version: Version) -> PackageContent:
    """The package with the rows that the ledgers had in that release: all but those of later versions."""
    tables = tuple(_rows_until(table, ledgers.get(table.name), version) for table in content.tables)
    return dataclasses.replace(content, tables=tables)


def _rows_until(table: TableContent, last: TableContent | None, version: Version) -> TableContent:
    if last is None or last.rows is None:
        return table
    columns = last.description.columns
    missing = [name for name in table.description.columns if name not in columns]
    if missing:
        raise ChangesetError(f"The table {table.name} had a field {missing[0]!r}, whose values are lost.", "")
    at = columns.index(VERSION)
    places = [columns.index(name) for name in table.description.columns]
    kept = (row for row in last.rows if Version.read(row[at]) <= version)
    return dataclasses.replace(table, rows=tuple(tuple([row[place] for place in places]) for row in kept))


def _checked(package: Package, layout: Layout, wanted: Release) -> Package:
    """The package, when its content is what the table of releases says it was."""
    store = package.store
    assert store is not None
    old = layout_of(package) or layout
    if content_digest(store, old.ledgers) != wanted.sha256:
        raise ChangesetError(
            f"What the patches lead back to is not the release {wanted.version}: its digest is another one.",
            "A patch or the table of releases was changed by hand: restore it.",
        )
    return package


class RebuiltStore:
    """The files of a rebuilt release, and beside them those of the package that it was rebuilt from."""

    def __init__(self, files: Mapping[str, bytes], later: Store, label: str) -> None:
        self._files = files
        self._later = later
        self.descriptor = later.descriptor
        self.label = label

    def open(self, path: str) -> BinaryIO:
        """See `mandates_data.package.store.Store.open`."""
        content = self._files.get(check_path(path))
        return self._later.open(path) if content is None else io.BytesIO(content)

    def exists(self, path: str) -> bool:
        """See `mandates_data.package.store.Store.exists`."""
        return path in self._files or self._later.exists(path)

    def check(self, path: str) -> None:
        """See `mandates_data.package.store.Store.check`."""
        if path not in self._files:
            self._later.check(path)
