"""`mandates-data show`: a row, and of each corrected cell what was printed, and why it was corrected."""

from __future__ import annotations

import shutil
import sys

import click

from ..diff.correcting.showing import show
from ..history.references import open_package
from .options import format_option


@click.command("show", short_help="Show a row with its corrections: what was printed, and what stands there now.")
@click.argument("row_id")
@click.option("--table", metavar="NAME", help="The table; left out, every table that has the identifier.")
@click.option("--package", "package_", metavar="PACKAGE", help="Left out: the one around the current folder.")
@format_option("text", "json")
def command(row_id: str, table: str | None, package_: str | None, format_: str) -> None:
    """Show the row ROW_ID: its cells, and of each that was corrected the words that differ from what was printed.

    ROW_ID is what stands in the column of the key; a key of several columns has its parts joined with /. Of a mandate
    you see its document, summit, topics, citation, items and lineages too.
    """
    package = open_package(package_)
    rows = show(package, row_id, table)
    if "mandates" in package.rules:
        from ..mandates.context import context_of

        rows = tuple(row.with_context(context_of(package, row)) for row in rows)
    if format_ == "json":
        from ..render.row import as_json

        click.echo(as_json(rows), nl=False)
        return
    from ..render.row import as_text

    width = shutil.get_terminal_size().columns if sys.stdout.isatty() else None
    click.echo(as_text(rows, width=width), nl=False)
