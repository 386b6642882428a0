"""`mandates-data stats`: counts of the mandates as small tables."""

from __future__ import annotations

import sys

import click

from ..explore.statistics.choices import STATISTICS, statistic
from ..explore.statistics.model import CODES, Asked
from ..history.references import open_package, released
from .options import choices, format_option, package_argument, terminal


@click.command("stats", short_help="Count the mandates, what they are about and whom they name.")
@click.argument("name", required=False)
@package_argument
@click.option("--version", "version", metavar="VERSION", help="A release of the package, such as 0.1.0.")
@click.option("--codes", type=click.Choice(CODES), default=CODES[0], show_default=True, help="Which codes count.")
@click.option("--coder", default="adjudicated", show_default=True, help="Whose codings are counted.")
@click.option("--preambles", is_flag=True, help="Count preambles as mandates.")
@format_option("text", "json", "markdown", "csv")
def command(  # noqa: PLR0913 - one parameter an option
    name: str | None, package: str | None, version: str | None, codes: str, coder: str, format_: str, *, preambles: bool
) -> None:
    """Count the mandates of PACKAGE: NAME says by what. Left out, the names are listed.

    Each count comes with its unit, the data's version and what to beware of; with --format csv these go to standard
    error. csv and json have a row for each pair, such as a code and a summit, zeros included.

    Exit codes: 0 counted, 2 could not be counted.
    """
    if name is None:
        choices("stats", {key: (one.title, one.tables) for key, one in STATISTICS.items()}, format_)
        return
    opened = released(version, None if package is None else open_package(package)) if version else open_package(package)
    counted = statistic(name, opened, Asked(codes, coder, preambles))
    if format_ == "json":
        from ..render.statistics_json import as_json

        click.echo(as_json(counted), nl=False)
    elif format_ == "text":
        from ..render.statistics_text import as_text

        click.echo(as_text(counted, width=terminal(sys.stdout)[0]), nl=False)
    else:
        from ..render.statistics_markdown import about, as_csv, as_markdown

        click.echo(as_markdown(counted) if format_ == "markdown" else as_csv(counted), nl=False)
        if format_ == "csv":
            click.echo("".join(f"{line}\n" for line in about(counted)), nl=False, err=True)
