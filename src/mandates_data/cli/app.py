"""The group of commands, and the one place where a failure becomes a line on stderr and an exit code.

Exit codes are those of diff(1): 0 clean or same, 1 findings or differences, 2 could not run. A bug keeps its
traceback.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import sys
from collections.abc import Iterator, Sequence
from typing import TextIO

import click

from .._version import installed_version
from ..errors import MandatesDataError

COMMANDS: dict[str, str] = {
    "agreement": "Say how far two coders agree, with intervals.",
    "annotate": "Find the names and dates in the texts, as the lexicon says what they mean.",
    "cite": "Say how to cite a mandate, or the data set, with its version.",
    "convert": "Write the tables as Parquet, JSON, SQLite or Excel, and back as CSV.",
    "correct": "Correct a cell, and write down from what, why and by which evidence.",
    "diff": "Say which rows and cells differ between two packages.",
    "explain": "Print the page on a finding's code.",
    "extract": "Read an archived page of the official site into the tables.",
    "fmt": "Bring tables into canonical form, and put back what a program has damaged.",
    "git-config": "Let git merge and diff the tables of a package by key and cell.",
    "history": "Say what happened to a mandate, or to any row, and in which release.",
    "merge": "Merge what two sides changed in a package, by key and cell.",
    "patch": "Apply a changeset that diff has written to a package, or take it back.",
    "plot": "Draw the counts, or a commitment through the summits, as PNG or SVG.",
    "release": "Check the version, prepare a release, and build its files.",
    "resolve": "Say whether an identifier is current, and what replaced it if not.",
    "search": "Find the mandates that have certain words, the best first.",
    "show": "Show a row with its corrections: what was printed, and what stands there now.",
    "similar": "Find the mandates most like one, and follow its lineages.",
    "site": "Build static pages to explore the mandates.",
    "stats": "Count the mandates, what they are about and whom they name.",
    "validate": "Say whether a package is sound, and what is wrong with it.",
}
"""Each command with its line in `--help`; its module in this folder has its name, `_` for `-`."""

FOR_GIT = ("git-diff", "git-merge")
"""Commands that git calls, once `git-config` has told it to; `--help` does not list them."""


class _ReaderGoneError(Exception):
    """Nobody reads our output to its end."""


class LazyGroup(click.Group):
    """Loads a command's module when it is called: `--help` needs none of them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of the commands, as `--help` lists them."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command of that name, or None."""
        if cmd_name not in COMMANDS and cmd_name not in FOR_GIT:
            return None
        module = importlib.import_module(f".{cmd_name.replace('-', '_')}", __package__)
        command = module.command
        assert isinstance(command, click.Command)
        return command

    def invoke(self, ctx: click.Context) -> object:
        """Call the command; where the reader of its output is gone, click would end with 1, which says "findings"."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError as error:
            raise _ReaderGoneError from error

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The list of commands in `--help`, from `COMMANDS` alone."""
        with formatter.section("Commands"):
            formatter.write_dl(sorted(COMMANDS.items()))


def _show_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    if wanted:
        click.echo(f"mandates-data {installed_version()}")
        context.exit()


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, expose_value=False, is_eager=True, callback=_show_version, help="Show it.")
def cli() -> None:
    """The mandates of the Summits of the Americas as a Data Package, and the toolkit that keeps it sound.

    PACKAGE is a folder, a datapackage.json, a zip, a wheel, git:REV or a version such as 0.1.0. Left out,
    it is the package around the current folder, else the one that is installed.

    Exit codes: 0 clean or same, 1 findings or differences, 2 could not run.
    """


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit with its code."""
    _open_what_is_closed()
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a console that lacks a letter shows it escaped instead of failing
            stream.reconfigure(encoding="utf-8" if not stream.isatty() else None, errors="backslashreplace")
    try:
        code = cli.main(args=arguments, prog_name="mandates-data", standalone_mode=False)
        sys.stdout.flush()
    except MandatesDataError as error:
        from ..render.summary import neutral  # a path that the message quotes is no command to a terminal or a runner

        _note(neutral(f"mandates-data: error: {error}"))
        code = error.exit_code
    except click.ClickException as error:
        with _may_be_lost(sys.stderr):
            error.show()
        code = 2
    except (click.Abort, KeyboardInterrupt):
        _note("mandates-data: stopped; no file is left half written.")
        code = 130
    except (_ReaderGoneError, BrokenPipeError):
        _forget(sys.stdout)
        code = 141  # as a shell reports `| head`: neither "clean" nor "findings" was said to the end
    except OSError as error:
        _forget(sys.stdout)
        what = f"Cannot read or write {error.filename!r}" if error.filename else "Cannot write the result"
        next_step = "Make room, or check the path and its rights."
        _note(f"mandates-data: error: {what}: {error.strerror or error}. {next_step}")
        code = 2
    sys.exit(code if isinstance(code, int) else 0)


def _open_what_is_closed() -> None:
    """Let a stream that the caller has closed (`>&-`) lead nowhere; the exit code still says what was found."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 # open to the end


def _note(note: str) -> None:
    with _may_be_lost(sys.stderr):
        click.echo(note, err=True)


@contextlib.contextmanager
def _may_be_lost(stream: TextIO) -> Iterator[None]:
    """Where a note can be written nowhere (a full disk), the exit code alone says what happened."""
    try:
        yield
    except OSError:
        _forget(stream)


def _forget(stream: TextIO) -> None:
    """Keep Python from writing at its end what could not be written before."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())
