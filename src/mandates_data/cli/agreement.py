"""`mandates-data agreement`: how far two coders agree."""

from __future__ import annotations

import click

from .options import format_option


@click.command("agreement", short_help="Say how far two coders agree, with intervals.")
@click.argument("file", metavar="FILE")
@click.option("--first", metavar="CODER", help="One coder. Left out: the only two, or first and second.")
@click.option("--second", metavar="CODER", help="The other coder.")
@click.option("--field", metavar="COLUMN", help="A column with one value a unit, such as strength. Left out: code.")
@format_option("text", "json")
def command(file: str, first: str | None, second: str | None, field: str | None, format_: str) -> None:
    """Compare two coders of the CSV file FILE: percent agreement, Cohen's kappa, Krippendorff's alpha.

    FILE has the columns of the table mandate_subtopics, whatever package it is of: what is coded in the first column,
    then coder, code, and rank, where 1 is the primary code. Numbers have 95 % intervals. One that cannot be had (a code
    that nobody gave) says why.
    """
    from ..explore.agreement import agreement

    found = agreement(file, first=first, second=second, field=field)
    if format_ == "json":
        from ..render.agreement import as_json

        click.echo(as_json(found), nl=False)
        return
    from ..render.agreement import as_text

    click.echo(as_text(found), nl=False)
