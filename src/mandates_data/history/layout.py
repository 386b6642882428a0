"""Where a package keeps its history, and which releases it knows.

The descriptor's property `mandates_data.history` says it: `patches` is the folder of release patches
(`<patches>/<version>.json`, one for every release but the first), `releases` the table with one row a release (fields
`version`, `released_on`, `summary`, `sha256`), and `changes`, which may be left out, the table that tells the changes
of each release row by row (field `version`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from ..diff.tables import open_table
from ..errors import PackageError, TableError, brief
from ..package.model import Package
from ..package.refresh import content_digest
from ..package.store import check_path
from ..package.versions import Version, is_version

VERSION = "version"
"""The field of both tables that names the release."""
_FIELDS = (VERSION, "released_on", "summary", "sha256")
_NEXT = "Mend `mandates_data.history`."
_MEND = "Write three numbers, as in 0.1.0."


@dataclass(frozen=True, slots=True)
class Layout:
    """The folder of patches, and the names of the two tables; `changes` is empty where there is none."""

    patches: str
    releases: str
    changes: str = ""

    @property
    def ledgers(self) -> tuple[str, ...]:
        """The tables whose rows no patch adds: an earlier release has those up to its own version."""
        return (self.releases, self.changes) if self.changes else (self.releases,)

    def patch(self, version: Version) -> str:
        """The path of the patch that led to a release."""
        return f"{self.patches}/{version}.json"


@dataclass(frozen=True, slots=True)
class Release:
    """A row of the table of releases. `released_on` is an ISO date; `sha256` is that of `content_digest`."""

    version: Version
    released_on: str
    summary: str
    sha256: str


def layout_of(package: Package) -> Layout | None:
    """Where the package keeps its history; None where it keeps none.

    Raises
    ------
    PackageError
        The descriptor's property has not the form that this module describes.
    """
    found = layout_in(package.raw)
    for name in found.ledgers if found is not None else ():
        if name not in package.resource_names:
            raise PackageError(f"`mandates_data.history` names the table {brief(name)}, which is not there.", _NEXT)
        if VERSION not in package.resource(name).schema.field_names:
            raise PackageError(f"The table {name!r} of `mandates_data.history` has no field {VERSION!r}.", _NEXT)
    return found


def layout_in(descriptor: Mapping[str, Any]) -> Layout | None:
    """The same, as a descriptor says it: whether its tables are there is not looked at."""
    own = descriptor.get("mandates_data")
    said = own.get("history") if isinstance(own, Mapping) else None
    if said is None:
        return None
    parts = said if isinstance(said, Mapping) else {}
    patches, releases, changes = (parts.get(name, "") for name in ("patches", "releases", "changes"))
    if not (
        isinstance(patches, str) and isinstance(releases, str) and isinstance(changes, str) and patches and releases
    ):
        raise PackageError("`mandates_data.history` names no folder of patches and table of releases.", _NEXT)
    return Layout(check_path(patches).rstrip("/"), releases, changes)


def releases_of(package: Package) -> tuple[Release, ...]:
    """The releases that the package knows, the first one first; none where it keeps no history.

    Raises
    ------
    TableError
        The table cannot be read, or two rows have one version.
    PackageError
        A version in it is none.
    """
    layout = layout_of(package)
    if layout is None:
        return ()
    table = open_table(package, package.resource(layout.releases))
    missing = [name for name in _FIELDS if name not in table.names]
    if missing:
        raise PackageError(f"The table {layout.releases!r} has no field {missing[0]!r}.", _NEXT)
    places = [table.names.index(name) for name in _FIELDS]
    found: dict[Version, Release] = {}
    for line, cells in table.rows():
        version, *rest = (cells[place] for place in places)
        if not is_version(version):
            raise PackageError(f"{table.resource.path}:{line} has the version {brief(version)}, which is none.", _MEND)
        release = Release(Version.read(version), *rest)
        if release.version in found:
            raise TableError(f"{table.resource.path}:{line} has the version {version} again.", "Keep one row.")
        found[release.version] = release
    return tuple(found[version] for version in sorted(found))


Standing = Literal["released", "changed", "unreleased", "unknown"]
"""Whether a package is just what was released as its version, was changed since, has a version that no release has,
or keeps no history that could tell."""


def standing_of(package: Package) -> Standing:
    """How the package stands to the releases that it knows, by the digest of its content. Raises as `releases_of`."""
    layout = layout_of(package)
    if layout is None or not is_version(package.version):
        return "unknown"
    version = Version.read(package.version)
    store = package.store
    assert store is not None
    digests = [release.sha256 for release in releases_of(package) if release.version == version]
    if not digests:
        return "unreleased"
    return "released" if content_digest(store, layout.ledgers) in digests else "changed"


def is_as_released(package: Package) -> bool:
    """Whether the package is just what its own version was when it was released."""
    return standing_of(package) == "released"
