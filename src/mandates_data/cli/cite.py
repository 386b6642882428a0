"""`mandates-data cite`: how to cite a mandate, an item or the data set."""

from __future__ import annotations

import json

import click

from ..explore.citing import cite
from ..history.references import open_package, released
from .options import format_option


@click.command("cite", short_help="Say how to cite a mandate, or the data set, with its version.")
@click.argument("row_id", metavar="[ID]", required=False)
@click.option("--package", "package_", metavar="PACKAGE", help="Left out: the one around the current folder.")
@click.option("--version", metavar="VERSION", help="As it was in an earlier release, such as 0.1.0.")
@format_option("text", "bibtex", "csl-json", "json")
def command(row_id: str | None, package_: str | None, version: str | None, format_: str) -> None:
    """Say how to cite the mandate or item ID; without ID, how to cite the data set.

    A citation has the document, the summit with its place and days, the citation that the page prints, the page and its
    line, and the version of the data. What the tables do not know is left out.

    Exit codes: 0 cited, 2 could not run.
    """
    package = open_package(package_)
    if version is not None:
        package = released(version, package)
    citation = cite(row_id, package)
    if format_ == "json":
        from ..render.explore_json import citation_json

        click.echo(citation_json(citation), nl=False)
    elif format_ == "csl-json":
        from ..render.plain_json import safe

        click.echo(safe(json.dumps([citation.csl], ensure_ascii=False, indent=2)))
    else:
        from ..render.summary import neutral

        lines = citation.bibtex if format_ == "bibtex" else f"{citation.text}\n"
        click.echo("".join(f"{neutral(line)}\n" for line in lines.splitlines()), nl=False)
