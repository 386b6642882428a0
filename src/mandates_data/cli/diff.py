"""`mandates-data diff`: which rows and cells differ between two packages."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile

import click

from ..diff.compare import compare
from ..errors import PackageError
from ..package.opening import open_package
from ..render.changeset_json import write_json
from ..render.changeset_text import write_text
from .options import format_option

_SPOOL = 8 * 1024**2


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Compare this table only; may be repeated.")
@format_option("text", "json")
def command(old: str, new: str, tables: tuple[str, ...], format_: str) -> None:
    """Say which rows and cells differ between two packages.

    OLD and NEW are folders, datapackage.json files, zips, wheels or git:REV. Rows are matched by primary key; how a
    file is written (line ends, quotes, the order of its rows) is no difference.

    Exit codes: 0 the same, 1 differences, 2 could not be compared.
    """
    try:
        differs = _compare_and_print(old, new, tables, format_)
    except RecursionError as error:
        raise PackageError("A descriptor is nested too deep to be compared.", "Make it flatter.") from error
    click.get_current_context().exit(int(differs))


def _compare_and_print(old: str, new: str, tables: tuple[str, ...], format_: str) -> bool:
    comparison = compare(open_package(old), open_package(new), tables)
    # What is found wrong only while rows are read must leave no half result behind: all of it, or nothing.
    with tempfile.SpooledTemporaryFile(_SPOOL, "w+", encoding="utf-8", newline="") as spool:
        if format_ == "json":
            differs = write_json(comparison, spool)
        else:
            differs = write_text(comparison, spool, colour=_wants_colour())
        spool.seek(0)
        shutil.copyfileobj(spool, sys.stdout)
    sys.stdout.flush()
    return differs


def _wants_colour() -> bool:
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")
