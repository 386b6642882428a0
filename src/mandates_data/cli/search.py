"""`mandates-data search`: the mandates and items that have the words, the best first."""

from __future__ import annotations

import sys

import click

from ..explore.searching import search
from ..history.references import open_package
from .options import Command, format_option, terminal

_HELP = {
    "document": "Only of this document: its identifier, or words of its title.",
    "summit": "Only of this summit: its identifier, its city, or words of its name.",
    "year": "Only of summits of this year, or of the years from 1998-2004.",
    "topic": "Only under this topic, and those below it.",
    "role": "Only mandates, or only preambles.",
    "code": "Only with this code of the codebook (table subtopics).",
    "entity": "Only where this body, treaty or meeting is named (table entities).",
    "verb": "Only with this leading verb (table acts).",
    "strength": "Only of this strength: declaratory, hortatory, committing, directing.",
}
_MOST = 100_000


def _filter_options(command: Command) -> Command:
    for field, told in reversed(_HELP.items()):
        command = click.option(f"--{field}", field, metavar="VALUE", multiple=True, help=told)(command)
    return command


@click.command("search", short_help="Find the mandates that have certain words, the best first.")
@click.argument("words", nargs=-1)
@_filter_options
@click.option("--any", "any_word", is_flag=True, help="One of the words is enough.")
@click.option("--printed", is_flag=True, help="Look in the texts as the pages print them, corrections undone.")
@click.option("--limit", type=click.IntRange(1, _MOST), default=10, show_default=True, help="Show so many at most.")
@click.option("--whole", is_flag=True, help="Show whole texts, not what stands around the words.")
@click.option("--package", "package_", metavar="PACKAGE", help="Left out: the one around the current folder.")
@format_option("text", "json")
def command(  # noqa: PLR0913 - one parameter an option
    words: tuple[str, ...],
    *,
    any_word: bool,
    printed: bool,
    limit: int,
    whole: bool,
    package_: str | None,
    format_: str,
    **filters: tuple[str, ...],
) -> None:
    """Find the mandates and items in which all of WORDS stand, the best first, with the words marked.

    Several words in quotes are a phrase, and a star ends the beginning of a word: traffick*. Capitals, accents, hyphens
    and other spellings make no difference: defence finds defense, antipersonnel finds anti-personnel. Filters narrow
    the search; WORDS may be left out beside one. The rarer a word and the shorter the text, the better the place
    (Okapi BM25).

    Exit codes: 0 something was found, 1 nothing was, 2 could not run.
    """
    query = " ".join(f'"{word}"' if any(map(str.isspace, word)) and '"' not in word else word for word in words)
    found = search(
        query,
        open_package(package_),
        where=filters,
        any_word=any_word,
        text="printed" if printed else "corrected",
    )
    if format_ == "json":
        from ..render.explore_json import found_json

        click.echo(found_json(found, limit), nl=False)
    else:
        from ..render.explore_text import write_found

        width, colour = terminal(sys.stdout)
        write_found(found, sys.stdout, limit=limit, whole=whole, width=width, colour=colour)
    click.get_current_context().exit(int(not found.hits))
