"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import IO, Any, TypeVar

import click

Command = TypeVar("Command", bound=Callable[..., Any])


def package_argument(command: Command) -> Command:
    """PACKAGE: a reference for `mandates_data.history.references.open_package`, None where it is left out."""
    return click.argument("package", required=False)(command)


def format_option(*formats: str) -> Callable[[Command], Command]:
    """`--format`: the first one is the default."""
    return click.option(
        "--format",
        "format_",
        type=click.Choice(formats),
        default=formats[0],
        show_default=True,
        help="How the result is written to standard output.",
    )


def terminal(out: IO[str]) -> tuple[int | None, bool]:
    """How wide a terminal is, and whether it shows colours; None and False where no terminal is written to."""
    if not out.isatty():
        return None, False
    import shutil

    return shutil.get_terminal_size().columns, not os.environ.get("NO_COLOR")


def choices(command: str, known: Mapping[str, tuple[str, tuple[str, ...]]], format_: str) -> None:
    """Print what a command may be asked for: each name with its line and the tables that it is made from."""
    import sys

    from ..history.references import open_package
    from ..render.statistics_json import choices_json
    from ..render.statistics_text import choices_text

    there = open_package(None).resource_names
    titles = {name: title for name, (title, _tables) in known.items()}
    lacking = {name: [one for one in tables if one not in there] for name, (_title, tables) in known.items()}
    if format_ == "json":
        click.echo(choices_json(command, titles, lacking), nl=False)
    else:
        click.echo(choices_text(command, titles, lacking, terminal(sys.stdout)[0]), nl=False)
