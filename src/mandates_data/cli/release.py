"""`mandates-data release`: the steps of a release, each of which can be run twice."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click

from ..history.references import open_package
from ..release.check import check_version
from ..release.prepare import NotSoundError, Prepared, Words, prepare, write_prepared
from ..release.sentences import reason_sentence
from ..render.release_json import built_document, check_document, prepared_document
from ..render.release_text import check_lines, check_markdown
from ..render.shown_texts import plural
from ..render.summary import neutral
from .options import format_option, package_argument
from .rulebook import extra_rules

_MOST_FINDINGS = 10
_AGAINST = click.option(
    "--against", metavar="REV", help="The release before: a version, a package or a git revision; left out, the last."
)


@click.group("release", short_help="Check the version, prepare a release, and build its files.")
def command() -> None:
    """Check the version of a package, prepare a release of it, and build the files to publish.

    The package's descriptor says with mandates_data.history where it keeps its releases. A version is out once it is
    tagged in git; until then, a further run makes the same release anew.
    """


@command.command("check")
@package_argument
@_AGAINST
@format_option("text", "json", "markdown")
def check(package: str | None, against: str | None, format_: str) -> None:
    """Say which version the changes of PACKAGE call for, and why, and refuse a smaller one.

    Exit codes: 0 the version will do, 1 it is too small, 2 could not be told.
    """
    found = check_version(open_package(package), against)
    if format_ == "json":
        _print(check_document(found))
    else:
        for line in (check_lines if format_ == "text" else check_markdown)(found):
            click.echo(neutral(line))
    click.get_current_context().exit(0 if found.passes else 1)


@command.command("prepare")
@package_argument
@_AGAINST
@click.option("--version", metavar="V", help="The version; left out, the least that the changes call for.")
@click.option("--date", metavar="YYYY-MM-DD", help="The day of the release; left out, today.")
@click.option("--summary", metavar="TEXT", help="What it brings, in a sentence; left out, a count of the changes.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file would change.")
@format_option("text", "json")
def prepare_(package: str | None, format_: str, *, check: bool, **said: Any) -> None:
    """Write into PACKAGE all that a release of it needs, all files or none.

    These are the version, the day, the tables of releases and changes, the release in which each correction and
    retirement came, sizes and hashes, the patch that leads back to the release before, and the entry in CHANGELOG.md,
    to which what stands under [Unreleased] moves.

    Exit codes: 0 prepared, 1 it cannot be released so (or, with --check, a file would change), 2 could not run.
    """
    opened = open_package(package)
    try:
        prepared = prepare(opened, Words(**said), extra_rules())
    except NotSoundError as error:
        _show_findings(error)
        raise
    if not check:
        write_prepared(opened, prepared)
    if format_ == "json":
        _print(prepared_document(prepared, written=not check))
    else:
        _show(prepared, written=not check)
    click.get_current_context().exit(1 if check and (prepared.write or prepared.remove) else 0)


@command.command("build")
@package_argument
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FOLDER", help="Where the files go."
)
@format_option("text", "json")
def build_(package: str | None, output: Path, format_: str) -> None:
    """Make the files to publish of PACKAGE, which has to be as it was prepared.

    They are the package as a zip, its tables as Parquet, SQLite, Excel and nested JSON, the wheel and the source
    archive where there is a pyproject.toml, and SHA256SUMS. Built again with the same libraries they are the same
    bytes.

    Exit codes: 0 built, 1 the package is not as it was prepared or not sound, 2 could not run.
    """
    from ..release.build import build

    opened = open_package(package)
    try:
        files = build(opened, output, extra_rules())
    except NotSoundError as error:
        _show_findings(error)
        raise
    if format_ == "json":
        _print(built_document(opened.version, files))
        return
    for file in files:
        click.echo(f"{file.as_posix()}  {file.stat().st_size:,} bytes")


def _show(prepared: Prepared, *, written: bool) -> None:
    if not prepared.write and not prepared.remove:
        click.echo(f"{prepared.version} is prepared already; no file changes.")
        return
    since = f" after {prepared.base}" if prepared.base else ", the first release"
    click.echo(f"{prepared.version}{since}: {plural(prepared.changes, 'change')} of rows and cells.")
    for reason in prepared.bump.forcing:
        click.echo(neutral(f"  {reason.level}: {reason_sentence(reason)}"))
    for path in sorted(prepared.write):
        click.echo(neutral(f"{path} {'written' if written else 'would be written'}"))
    for path in prepared.remove:
        click.echo(neutral(f"{path} {'removed' if written else 'would be removed'}"))


def _show_findings(error: NotSoundError) -> None:
    found = [finding for finding in error.report.findings if finding.severity == "error"]
    for finding in found[:_MOST_FINDINGS]:
        click.echo(neutral(f"{finding.code} {finding.resource or ''}: {finding.message}"), err=True)


def _print(document: dict[str, Any]) -> None:
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
