"""Arguments and options that several commands share."""

from __future__ import annotations

import os
from collections.abc import Callable
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
