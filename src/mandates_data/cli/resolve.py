"""`mandates-data resolve`: what an identifier of any age means today."""

from __future__ import annotations

import sys

import click

from ..history.references import open_package
from ..history.resolving import resolve
from .options import format_option, package_argument, terminal


@click.command("resolve", short_help="Say whether an identifier is current, and what replaced it if not.")
@click.argument("identifier", metavar="ID")
@package_argument
@click.option("--table", metavar="NAME", help="The table that is meant, where several have the identifier.")
@format_option("text", "json")
def command(identifier: str, package: str | None, table: str | None, format_: str) -> None:
    """Say what the identifier ID means today: current, replaced, withdrawn, or never given.

    Replacements are followed to their end, over as many releases as there are. ID is the key of a row of any table of
    PACKAGE, the parts of a composite one joined with /.

    Exit codes: 0 current, 1 replaced, withdrawn or never given, 2 could not run.
    """
    found = resolve(identifier, open_package(package), table=table)
    if format_ == "json":
        from ..render.history_json import write_resolution as write_json

        write_json(found, sys.stdout)
    else:
        from ..render.history_text import write_resolution

        width, colour = terminal(sys.stdout)
        write_resolution(found, sys.stdout, width=width, colour=colour)
    click.get_current_context().exit(int(found.status != "current"))
