"""`mandates-data validate`: whether a package is sound, and what is wrong with it."""

from __future__ import annotations

import contextlib
import os
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from ..errors import MandatesDataError, TableError
from ..history.references import against as base_of
from ..history.references import open_store
from ..package.parse import read_package
from ..package.store import FolderStore, Store
from ..render.progress import Progress
from ..validate.exceptions import Exceptions, exceptions_of, read_exceptions
from ..validate.findings import Report
from ..validate.policy import UNCHECKED, Policy, chosen_codes, judged
from ..validate.run import validate
from .behind import note_if_behind
from .options import format_option, package_argument
from .reports import FORMATS, Reporting, files_named, folder_in_repository
from .rulebook import extra_rules, rules_by_code


@dataclass(frozen=True, slots=True)
class Wanted:
    """What the command line asks for."""

    package: str | None
    format_: str
    against: str | None
    reports: tuple[str, ...]
    select: tuple[str, ...]
    ignore: tuple[str, ...]
    strict: bool
    exceptions: Path | None
    processes: int | None
    conformance: bool


@click.command("validate", short_help="Say whether a package is sound, and what is wrong with it.")
@package_argument
@format_option(*FORMATS)
@click.option("--against", metavar="REV", help="Judge the changes since this package, version or git revision (main).")
@click.option(
    "--report",
    "reports",
    multiple=True,
    metavar="FORMAT=FILE",
    help="Write the report to a file as well; may be repeated.",
)
@click.option(
    "--select",
    multiple=True,
    metavar="CODES",
    help="Look at these rules alone: MD204, not-a-date, MD2 for all that begin so; commas between them.",
)
@click.option("--ignore", multiple=True, metavar="CODES", help="Do not look at these rules.")
@click.option("--strict", is_flag=True, help="Let warnings fail as errors do.")
@click.option(
    "--exceptions",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="The findings that are accepted, with their reasons; left out, the file that the package names.",
)
@click.option(
    "--processes",
    type=click.IntRange(min=1),
    metavar="N",
    help="How many processes a large table may keep busy; left out, as many as there are processors.",
)
@click.option("--conformance", is_flag=True, help="Ask frictionless too, and fail where it disagrees.")
def command(**given: Any) -> None:
    """Say whether a package is sound, and what is wrong with it, where, and how to mend it.

    Checked are the descriptor and its schemas, the files, every cell, the keys, the references between tables, and
    the rules that the package asks for.

    Formats are text, json (complete, at any size), markdown (for the summary of a GitHub job) and github (notes
    beside the lines of a pull request). An exceptions file is a CSV table: code,resource,row_key,field,reason.

    Exit codes: 0 sound (warnings do not count without --strict), 1 errors, 2 could not run.
    """
    wanted = Wanted(**given)
    files = files_named(wanted.reports)
    store = open_store(wanted.package)
    policy = _policy(wanted, store)
    codes = rules_by_code() if policy.exceptions.entries else ()
    unchecked = UNCHECKED if wanted.against is None else ("MD",)  # what did not change was not looked at
    report = judged(_validated(wanted, store), policy, codes, unchecked)
    note_if_behind(wanted.against, store)
    reporting = Reporting(report, policy, folder_in_repository(store), files)
    reporting.write_files()
    reporting.write_out(wanted.format_)
    click.get_current_context().exit(0 if policy.passes(report) else 1)


def _validated(wanted: Wanted, store: Store) -> Report:
    with Progress(sys.stderr) as progress:
        update = progress.of_tables(_bytes(store)) if progress.is_live else None
        report = validate(
            store,
            extra_rules=extra_rules(),
            against=None if wanted.against is None else base_of(wanted.against, store),
            processes=wanted.processes,
            progress=update,
        )
    if wanted.conformance:
        from ..conformance import compare

        told = compare(store, report)
        if report.sound and not told:
            click.echo("Frictionless, the reference implementation, judges the same.", err=True)
        report = report.with_findings(told)
    return report


def _bytes(store: Store) -> int:
    """How many bytes the tables of a folder have; 0 where that is not known."""
    if not isinstance(store, FolderStore):
        return 0
    try:
        package = read_package(store)
        return sum((store.folder / one.path).stat().st_size for one in package.resources)
    except (MandatesDataError, OSError):
        return 0


def _policy(wanted: Wanted, store: Store) -> Policy:
    """What counts in this run.

    Raises
    ------
    UnknownNameError
        A rule is named that is not there.
    PackageError, TableError
        The exceptions file cannot be read.
    """
    select = chosen_codes(wanted.select, rules_by_code().values()) if wanted.select else None
    ignore = chosen_codes(wanted.ignore, rules_by_code().values()) if wanted.ignore else frozenset()
    if select is not None and select <= ignore:
        raise click.UsageError("--ignore leaves nothing of what --select names.")
    named = wanted.exceptions
    exceptions = exceptions_of(store) if named is None else _read(named, store)
    return Policy(select, ignore, wanted.strict, exceptions)


def _read(path: Path, store: Store) -> Exceptions:
    """The exceptions in a file, named as findings name theirs: relative to the package's folder."""
    shown = str(path)
    if isinstance(store, FolderStore):
        with contextlib.suppress(ValueError):  # on Windows there is no way from one drive to another
            shown = os.path.relpath(path, store.folder)
    try:
        with path.open("rb") as file:
            return read_exceptions(file, Path(shown).as_posix())
    except OSError as error:
        raise TableError(f"Cannot read {path}: {error.strerror}.", "Check the path given to --exceptions.") from error
