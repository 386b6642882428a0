"""An earlier release of a package, rebuilt in memory by undoing its release patches one by one.

Tables, schemas and descriptor come out byte for byte as they were released, which the digest in the table of releases
proves. Other files of the package (archived pages, say) are those of the package at hand.
"""

from __future__ import annotations

from ..diff.apply import apply
from ..diff.content import canonical_files, read_content
from ..diff.inversion import invert
from ..errors import ChangesetError, PackageError
from ..package.model import Package
from ..package.parse import read_package
from ..package.refresh import content_digest
from ..package.store import FilesInstead
from ..package.versions import Version
from .layout import Layout, Release, is_as_released, layout_of, releases_of
from .ledgers import cut_off
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
    try:
        return _checked(_undone(package, layout, releases, wanted), layout, wanted)
    except RecursionError as error:
        raise ChangesetError("A release patch is nested too deep.", "Restore the file, or install again.") from error


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
    for patch, step in zip(patches, steps, strict=True):
        try:
            content = apply(cut_off(content, versions[step - 1]), invert(patch))
        except ChangesetError as error:
            raise ChangesetError(
                f"The patch {layout.patch(versions[step])} does not lead back: {error.message}",
                "Restore the file, or install again.",
            ) from error
    assert package.store is not None
    files = canonical_files(content, package.store.descriptor)
    return read_package(FilesInstead(files, package.store, str(wanted.version)))


def _checked(package: Package, layout: Layout, wanted: Release) -> Package:
    """The package, when its content is what the table of releases says it was."""
    store = package.store
    assert store is not None
    old = layout_of(package) or layout
    if content_digest(store, old.ledgers) != wanted.sha256:
        raise ChangesetError(
            f"What the patches lead back to is not the release {wanted.version}: its digest is another one.",
            "A patch or the table of releases was changed by hand, or the release was not in canonical form.",
        )
    return package
