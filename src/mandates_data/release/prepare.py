"""All that a release writes into a package, computed before any file is touched, and proven before it is written.

What is written follows from the package, the release before it and the given words alone: so a second run changes
nothing, and a run after a further edit makes the same release anew.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from ..diff.bump import Bump
from ..diff.content import canonical_files, read_content
from ..diff.patching import Patched, write_patched
from ..errors import MandatesDataError, PackageError
from ..history.layout import releases_of
from ..history.rebuilding import rebuilt
from ..package.model import Package
from ..package.parse import read_package
from ..package.store import read_bytes
from ..package.versions import Version
from ..validate.findings import Report
from ..validate.run import ExtraRules, validate
from .bases import (
    folder_of,
    in_preparation,
    is_same,
    layout_or_refuse,
    named,
    own_version,
    release_before,
    tagged,
)
from .changelog import data_sentences, with_release
from .check import bump_between, compared
from .files import ReleaseFiles, with_files
from .rows import Change, changes_of
from .sentences import reason_sentence

CHANGELOG = "CHANGELOG.md"
CITATION = "CITATION.cff"
_OWN_SUMMARY = "Changes of the data: "


@dataclass(frozen=True, slots=True)
class Words:
    """What a maintainer says of a release; None where it is left to the package."""

    against: str | None = None
    version: str | None = None
    date: str | None = None
    summary: str | None = None


@dataclass(frozen=True, slots=True)
class Prepared:
    """A release and the files that it writes and removes, by path from the package's folder.

    `base` is the version before, empty for the first release. Nothing is written where the version is out already
    and nothing has changed since.
    """

    version: str
    base: str
    bump: Bump
    changes: int
    write: Mapping[str, bytes]
    remove: tuple[str, ...] = ()


class NotSoundError(PackageError):
    """The package as it would be released has errors; `report` has them."""

    exit_code = 1

    def __init__(self, report: Report) -> None:
        self.report = report
        super().__init__(
            f"The release would not be sound: {report.errors:,} error{'s' if report.errors != 1 else ''}.",
            "Nothing was written. Run: mandates-data validate",
        )


class RefusedError(PackageError):
    """The package cannot be released so; nothing was written."""

    exit_code = 1


def prepare(package: Package, words: Words = Words(), rules: Mapping[str, ExtraRules] | None = None) -> Prepared:
    """What a release of the package writes.

    Parameters
    ----------
    package
        A package in a folder, with `mandates_data.history`.
    words
        What is said of the release. Left out, the version is the least that the changes call for, the day is today
        (or that of the release as it was prepared before), the summary a count of the changes.
    rules
        The rules beyond the standard that the package may ask for (see `validate`).

    Raises
    ------
    RefusedError
        The version is too small or out already, the day is none, or an identifier vanishes.
    NotSoundError
        The package would have errors.
    PackageError
        The package keeps no history, is in no folder, or the release before is not found.
    """
    layout = layout_or_refuse(package)
    folder = folder_of(package)
    own = own_version(package)
    wanted = None if words.version is None else Version.read(words.version)
    replaced = _replaced(package, own, wanted)
    out = tagged(package, own)
    if out is not None and wanted in (None, own) and is_same(out, package):
        return Prepared(str(own), "", Bump("none"), 0, {})
    base = _base(package, words.against, wanted, replaced)
    comparison = None if base is None else compared(base, package)
    bump = Bump("none") if base is None or comparison is None else bump_between(base, package, comparison)
    version = _version(package, base, bump, wanted)
    release = ReleaseFiles(package, layout, base, version, _day(package, words.date, base, version, replaced))
    changes = changes_of(comparison, package.bookkeeping, release.new_corrections) if comparison else []
    retired = [(row["table"], row["retired_id"], row.get("reason", "")) for row in release.newly_retired]
    sentences = data_sentences(changes, bump, retired)
    contents = release.contents(changes, _summary(package, words.summary, version, replaced, changes))
    contents[folder / CHANGELOG] = with_release(
        _text(folder / CHANGELOG), str(version), release.date, sentences, str(replaced or "")
    ).encode("utf-8")
    if citation := _text(folder / CITATION):
        contents[folder / CITATION] = _cited(citation, str(version), release.date).encode("utf-8")
    _check(folder, package, contents, base, rules)
    held = {path: content for path, content in contents.items() if not _holds(path, content)}
    stale = [layout.patch(replaced)] if replaced not in (None, version) else []
    return Prepared(
        str(version),
        "" if base is None else base.version,
        bump,
        len(changes),
        {path.relative_to(folder).as_posix(): content for path, content in held.items()},
        tuple(path for path in stale if (folder / path).is_file()),
    )


def write_prepared(package: Package, prepared: Prepared) -> None:
    """Write the files of a release, all of them or none.

    Raises
    ------
    WriteError
        A file cannot be written.
    """
    write_patched(folder_of(package), Patched(prepared.write, prepared.remove))


def _replaced(package: Package, own: Version, wanted: Version | None) -> Version | None:
    """The release in preparation that is made anew.

    Another version is only taken for a new number of it where tags are used here: without any, nobody knows whether
    the one in the table is out.
    """
    if not in_preparation(package):
        return None
    if wanted in (None, own):
        return own
    earlier = [one.version for one in releases_of(package) if one.version < own]
    return own if earlier and tagged(package, earlier[-1]) is not None else None


def _base(package: Package, against: str | None, wanted: Version | None, replaced: Version | None) -> Package | None:
    if against is not None:
        return named(against, package)
    own = own_version(package)
    out = tagged(package, own) if wanted is None else None
    if out is not None:
        return out
    return release_before(package, leave_out=() if replaced is None else (replaced,))


def _version(package: Package, base: Package | None, bump: Bump, wanted: Version | None) -> Version:
    """The version of the release, which must not be out and must be great enough."""
    own = own_version(package)
    if wanted is not None:
        _refuse_what_is_out(package, wanted)
    if base is None:
        return wanted or own
    before = own_version(base)
    least = before.raised(bump.level)
    gone = [reason for reason in bump.reasons if reason.what == "row_removed"]
    if gone and (wanted is None or wanted < before.raised("major")):
        raise RefusedError(
            f"{reason_sentence(gone[0])} A row is missing in the table of retired identifiers: "
            f"retired_id {'/'.join(gone[0].keys[0])}, table {gone[0].table}.",
            f"Add it, or say that the release is a major one: --version {before.raised('major')}",
        )
    if wanted is None and own > before:
        wanted = own
    if wanted is None and bump.level == "none":
        raise RefusedError(
            f"The data have not changed since {before}.",
            f"For a release of the code alone, say its version: --version {before.raised('patch')}",
        )
    version = wanted or least
    if version <= before or version < least:
        forced = f" {reason_sentence(bump.forcing[0])}" if bump.forcing else ""
        needed = max(least, before.raised("patch"))
        raise RefusedError(
            f"The version {version} is too small: after {before} the least is {needed}.{forced}",
            f"Say --version {needed}",
        )
    _refuse_what_is_out(package, version)
    return version


def _refuse_what_is_out(package: Package, version: Version) -> None:
    if tagged(package, version) is not None:
        raise RefusedError(f"The version {version} is out already: it is tagged in git.", "Say a greater --version.")


def _day(package: Package, said: str | None, base: Package | None, version: Version, replaced: Version | None) -> str:
    known = {one.version: one.released_on for one in releases_of(package)}
    text = said or known.get(replaced or version) or dt.datetime.now(dt.UTC).date().isoformat()
    try:
        day = dt.datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=dt.UTC).date()
    except ValueError:
        raise RefusedError(f"The day {text!r} is not a day of the calendar.", "Write it as in 2026-11-24.") from None
    before = {} if base is None else {one.version: one.released_on for one in releases_of(base)}
    last = before.get(own_version(base)) if base is not None else None
    if last and day.isoformat() < last:
        raise RefusedError(f"The day {day} is before that of the release before, {last}.", "Say a later --date.")
    return day.isoformat()


def _summary(
    package: Package, said: str | None, version: Version, replaced: Version | None, changes: Sequence[Change]
) -> str:
    known = {one.version: one.summary for one in releases_of(package)}
    kept = known.get(replaced or version, "")
    if said or (kept and not kept.startswith(_OWN_SUMMARY)):
        return " ".join((said or kept).split())
    counts = {kind: sum(change.change == kind for change in changes) for kind in ("added", "removed", "renamed")}
    cells = sum(bool(change.field) for change in changes)
    parts = [f"{count:,} row{'s' if count > 1 else ''} {kind}" for kind, count in counts.items() if count]
    parts += [f"{cells:,} cell{'s' if cells > 1 else ''} changed"] if cells else []
    return f"{_OWN_SUMMARY}{', '.join(parts) or 'none in the rows of a table'}."


def _check(
    folder: Path,
    package: Package,
    contents: Mapping[Path, bytes],
    base: Package | None,
    rules: Mapping[str, ExtraRules] | None,
) -> None:
    """Prove that the release is sound, and that the one before can be rebuilt from it."""
    assert package.store is not None
    store = with_files(package.store, folder, contents)
    report = validate(store, extra_rules=rules)
    if report.errors:
        raise NotSoundError(report)
    new = read_package(store)
    for path, content in canonical_files(read_content(new), store.descriptor).items():
        if path != store.descriptor and read_bytes(store, path) != content:
            raise RefusedError(
                f"{path} is not in canonical form, so that later releases could not lead back to it.",
                "Run: mandates-data fmt (a schema is JSON with two spaces and one final line end)",
            )
    if base is None:
        return
    try:
        rebuilt(new, own_version(base))
    except MandatesDataError as error:
        raise RefusedError(
            f"The release {base.version} could not be rebuilt from this one: {error.message}",
            "Compare with the release as it was, by its tag: --against git:v" + base.version,
        ) from error


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def _cited(text: str, version: str, date: str) -> str:
    """A citation file with version and day of the release, where it has these lines."""
    text = re.sub(r"(?m)^version: .*$", f"version: {version}", text)
    return re.sub(r"(?m)^date-released: .*$", f"date-released: {date}", text)


def _holds(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes() == content
