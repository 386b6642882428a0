"""Whether the version of a package is as great as its changes call for."""

from __future__ import annotations

from dataclasses import dataclass

from ..diff.bump import Bump, least_bump
from ..diff.changeset import Comparison
from ..diff.compare import compare
from ..package.model import Package
from ..package.versions import Version
from .bases import base_of, own_version, promises_of


@dataclass(frozen=True, slots=True)
class Check:
    """The version that a package has, and the least that it may have.

    `base` is the version that it is compared with, empty where this is the first release; `base_label` says where
    that was found. `least` is None where no base says otherwise.
    """

    version: str
    base: str
    base_label: str
    least: str
    bump: Bump

    @property
    def passes(self) -> bool:
        """Whether the version is great enough."""
        return not self.least or Version.read(self.version) >= Version.read(self.least)


def check_version(package: Package, against: str | None = None) -> Check:
    """The check of a package's version.

    Parameters
    ----------
    package
        The package.
    against
        The release to compare with; left out, the last one that the package knows.

    Raises
    ------
    PackageError
        The release is not there, or a version is not three numbers.
    TableError
        A table cannot be compared.
    """
    version = own_version(package)
    base = base_of(package, against)
    if base is None:
        return Check(str(version), "", "", "", Bump("none"))
    before = own_version(base)
    bump = bump_between(base, package, compared(base, package))
    assert base.store is not None
    return Check(str(version), str(before), base.store.label, str(before.raised(bump.level)), bump)


def compared(base: Package, package: Package) -> Comparison:
    """The comparison of two releases, with the renames that either of them declares."""
    retired = {table: set(pairs) for table, pairs in promises_of(base).retired.items()}
    for table, pairs in promises_of(package).retired.items():
        retired.setdefault(table, set()).update(pairs)
    return compare(base, package, retired=retired)


def bump_between(base: Package, package: Package, comparison: Comparison) -> Bump:
    """The least bump of a comparison."""
    return least_bump(comparison, promises_of(base), promises_of(package))
