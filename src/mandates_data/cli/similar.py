"""`mandates-data similar`: the mandates most like one, and its lineages."""

from __future__ import annotations

import sys

import click

from ..explore.searching import TextForm
from ..explore.similarity import MOST, similar
from ..history.references import open_package
from .options import format_option, terminal


@click.command("similar", short_help="Find the mandates most like one, and follow its lineages.")
@click.argument("row_id", metavar="ID")
@click.option("--limit", type=click.IntRange(1, MOST), default=5, show_default=True, help="Show so many at most.")
@click.option("--same-summit", is_flag=True, help="Those of its own summit too.")
@click.option("--lineage", is_flag=True, help="Follow its lineages instead, link by link and word by word.")
@click.option("--printed", is_flag=True, help="Compare the texts as the pages print them, corrections undone.")
@click.option("--package", "package_", metavar="PACKAGE", help="Left out: the one around the current folder.")
@format_option("text", "json")
def command(  # noqa: PLR0913 - one parameter an option
    row_id: str,
    *,
    limit: int,
    same_summit: bool,
    lineage: bool,
    printed: bool,
    package_: str | None,
    format_: str,
) -> None:
    """Find the mandates and items of other summits most like the mandate or item ID, the most like first.

    The score is from 0 (nothing in common) to 1 (the same words): texts are like each other by the words and pairs of
    words that they share, the rarer the weightier. The words that differ from the closest are shown.

    Lineages are not computed but read: which mandate takes up which, with the words that show it (table lineages).

    Exit codes: 0 something was found, 1 nothing was (with --lineage: it stands in none), 2 could not run.
    """
    package = open_package(package_)
    text: TextForm = "printed" if printed else "corrected"
    found = similar(row_id, package, limit=limit, same_summit=same_summit, text=text, follow=lineage)
    if format_ == "json":
        from ..render.explore_json import similar_json

        click.echo(similar_json(found), nl=False)
    else:
        from ..render.explore_text import write_chains, write_similar

        width, colour = terminal(sys.stdout)
        write = write_chains if lineage else write_similar
        write(found, sys.stdout, width=width, colour=colour)
    click.get_current_context().exit(int(not (found.lineages if lineage else found.likes)))
