"""`mandates-data history`: what happened to a row, in which release, and why."""

from __future__ import annotations

import sys

import click

from ..history.references import open_package
from ..history.telling import history_of
from .options import format_option, package_argument, terminal


@click.command("history", short_help="Say what happened to a mandate, or to any row, and in which release.")
@click.argument("identifier", metavar="ID")
@package_argument
@click.option("--table", metavar="NAME", help="The table that is meant, where several have the identifier.")
@format_option("text", "json")
def command(identifier: str, package: str | None, table: str | None, format_: str) -> None:
    """Say what happened to the row ID, in which release, when and why, with the words that changed.

    ID is the key of a row of any table, the parts of a composite one joined with /, in use today or not. It is told by
    PACKAGE itself: its tables of releases, changes, corrections and retired identifiers. Of a mandate, what happened
    to its items is told too. Corrections that are not yet released are told as such.

    Exit codes: 0 told, 1 the identifier was never given, 2 could not run.
    """
    told = history_of(identifier, open_package(package), table=table)
    if format_ == "json":
        from ..render.history_json import write_history as write_json

        write_json(told, sys.stdout)
    else:
        from ..render.history_text import write_history

        width, colour = terminal(sys.stdout)
        write_history(told, sys.stdout, width=width, colour=colour)
    click.get_current_context().exit(int(told.resolution.status == "never_given"))
