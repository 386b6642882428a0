"""The release that a package is compared with, and whether its own version is out already.

A version is out once it is tagged in git (`v0.1.0` or `0.1.0`). One that stands in the table of releases without a tag
is in preparation, and a further run makes it anew.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from ..diff.bump import Promises
from ..diff.retired import retired_identifiers
from ..errors import PackageError
from ..history.layout import Layout, layout_of, releases_of
from ..history.references import names_version, released, tagged_revisions
from ..package.model import Package
from ..package.refresh import content_digest
from ..package.store import FolderStore
from ..package.versions import Version, is_version
from ..validate.changes.against import open_base


def folder_of(package: Package) -> Path:
    """The folder that the package lies in.

    Raises
    ------
    PackageError
        It is packed, or is a git revision.
    """
    if not isinstance(package.store, FolderStore):
        raise PackageError("A release is made from a folder.", "Unpack the package and name its folder.")
    return package.store.folder


def layout_or_refuse(package: Package) -> Layout:
    """Where the package keeps its history.

    Raises
    ------
    PackageError
        It keeps none; the message says how to begin.
    """
    found = layout_of(package)
    if found is None:
        raise PackageError(
            "The package keeps no history of its releases.",
            "To begin, add a table with the fields version, released_on, summary and sha256, and to the descriptor: "
            '"mandates_data": {"history": {"patches": "history", "releases": "<that table>"}}.',
        )
    return found


def own_version(package: Package) -> Version:
    """The package's version.

    Raises
    ------
    PackageError
        It has none of three numbers.
    """
    if not is_version(package.version):
        raise PackageError(f"The package's version is {package.version!r}.", "Write three numbers, as in 0.1.0.")
    return Version.read(package.version)


def tagged(package: Package, version: Version) -> Package | None:
    """The package in the git revision that is tagged as the version; None where there is no such tag."""
    return next(tagged_revisions(package, version), None)


def is_same(one: Package, other: Package) -> bool:
    """Whether two packages have the same content, but for the tables that tell of releases."""
    left_out = [layout.ledgers if (layout := layout_of(each)) else () for each in (one, other)]
    stores = (one.store, other.store)
    assert stores[0] is not None
    assert stores[1] is not None
    return content_digest(stores[0], left_out[0]) == content_digest(stores[1], left_out[1])


def named(reference: str, package: Package) -> Package:
    """The base that the user names: a version, a package or a git revision."""
    if names_version(reference):
        version = Version.read(reference)
        return tagged(package, version) or released(reference, package)
    assert package.store is not None
    return open_base(reference, package.store)


def release_before(
    package: Package, version: Version | None = None, leave_out: Collection[Version] = ()
) -> Package | None:
    """The last release, or the last before a version, that the package knows of; None where there is none."""
    known = [one.version for one in releases_of(package) if one.version not in leave_out]
    known = [one for one in known if version is None or one < version]
    return named(str(known[-1]), package) if known else None


def in_preparation(package: Package) -> bool:
    """Whether the package's own version stands in its table of releases and is not out."""
    version = own_version(package)
    return version in {one.version for one in releases_of(package)} and tagged(package, version) is None


def base_of(package: Package, against: str | None = None) -> Package | None:
    """What the package as it is has to be compared with: the one named, or the last release before its changes."""
    if against is not None:
        return named(against, package)
    layout_or_refuse(package)
    version = own_version(package)
    out = tagged(package, version)
    if out is not None and not is_same(out, package):
        return out
    return release_before(package, version)


def promises_of(package: Package) -> Promises:
    """What the package promises of its rows: which tables are bookkeeping, and which identifiers are retired."""
    name = package.setting("retired_ids")
    retired = retired_identifiers(package, name) if isinstance(name, str) and name else {}
    return Promises(frozenset(package.bookkeeping), retired)
