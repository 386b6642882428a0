"""`mandates-data fmt`: mend what is safe, put back what the base proves, name the rest."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..errors import PackageError
from ..history.references import against as base_of
from ..history.references import open_package
from ..mending.run import folder_of, mend, write
from ..mending.values import Mending
from ..package.model import Package
from ..package.opening import INSTALLED
from .behind import note_if_behind
from .options import format_option, package_argument


@click.command("fmt", short_help="Bring tables into canonical form, and put back what a program has damaged.")
@package_argument
@click.option(
    "--against",
    metavar="REV",
    help="The package, version or git revision as it was, such as main: it proves what a program changed.",
)
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file would change.")
@click.option("--diff", "diff", is_flag=True, help="Write nothing; show line by line what would change.")
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Mend this table only; may be repeated.")
@format_option("text", "json")
def command(
    package: str | None, against: str | None, tables: tuple[str, ...], format_: str, *, check: bool, diff: bool
) -> None:
    """Bring the tables of PACKAGE into canonical form, and put back what a program has damaged.

    Mended is what is safe: byte order mark, UTF-16, line ends, separator, quotation marks, order of rows and columns,
    empty columns and rows at the end. With --against, a cell that a program has damaged, as the base proves, is put
    back. Whatever else is wrong is left as it stands, and named. All files are written, or none.

    Exit codes: 0 nothing is left to do, 1 something is left that only you can mend (or, with --check or --diff, a file
    would change), 2 could not run.
    """
    only_look = check or diff
    opened = open_package(package)
    if not only_look:
        _refuse_other_folders(opened, named=package is not None)
    try:
        assert opened.store is not None
        mending = mend(opened, None if against is None else base_of(against, opened.store), tables)
        note_if_behind(against, opened.store)
        _finish(opened, mending, format_, only_look=only_look, diff=diff)
    except RecursionError as error:
        raise PackageError("A descriptor is nested too deep to be written anew.", "Make it flatter.") from error
    click.get_current_context().exit(int(mending.left > 0 or (only_look and bool(mending.changed))))


def _refuse_other_folders(package: Package, *, named: bool) -> None:
    """Only a folder that the user named, or stands in, is written."""
    folder = folder_of(package)
    stands_in = Path.cwd().resolve().is_relative_to(folder.resolve())
    if folder.name == INSTALLED or not (named or stands_in):
        raise PackageError(
            "The tables of the installed package are not changed.",
            "Name the folder of a package, or look only: --check or --diff.",
        )


def _finish(package: Package, mending: Mending, format_: str, *, only_look: bool, diff: bool) -> None:
    """Write the files, then say so."""
    lines = None
    if diff:
        from ..render.mending_diff import diffs

        lines = diffs(package, mending)
    if not only_look:
        write(package, mending)
    if format_ == "json":
        from ..render.mending_json import write_json

        write_json(mending, sys.stdout, written=not only_look, diffs=lines)
        return
    from ..render.mending_text import write_text

    for shown in (lines or {}).values():
        sys.stdout.write(shown)
    write_text(mending, sys.stderr if diff else sys.stdout, written=not only_look)
