"""`mandates-data diff`: which rows, cells and words differ between two packages."""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections.abc import Mapping
from typing import IO

import click

from ..diff.changeset import Comparison
from ..diff.compare import compare
from ..diff.processes import available
from ..diff.retired import retired_identifiers
from ..diff.selection import KINDS, check_ignored, select
from ..errors import PackageError
from ..history.references import open_package
from ..package.model import Package
from ..render.changeset_view import Shown
from ..render.progress import Progress
from .options import format_option
from .output import binary_output
from .watching import watched

_SPOOL = 8 * 1024**2
_LIMITS: Mapping[str, int] = {"html": 1000}
"""Rows a table that a rendering shows when no --limit is given."""


def _keys(_context: click.Context, _parameter: click.Parameter, values: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    found = {}
    for value in values:
        table, equals, fields = value.partition("=")
        names = tuple(fields.split(",")) if fields else ()
        if not (table and equals and names and all(names)) or table in found:
            raise click.BadParameter(f"{value!r} is not TABLE=FIELD,FIELD, once a table.")
        found[table] = names
    return found


@click.command("diff")
@click.argument("old")
@click.argument("new")
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Compare this table only; may be repeated.")
@click.option("--key", "keys", multiple=True, metavar="T=F,G", callback=_keys, help="Match the rows of T by F and G.")
@click.option("--only", multiple=True, type=click.Choice(KINDS), help="Changes of this kind only; may be repeated.")
@click.option(
    "--ignore-field", "ignored", multiple=True, metavar="F", help="Leave F (or TABLE.F) out; may be repeated."
)
@click.option("--stat", is_flag=True, help="Counts alone.")
@click.option("--limit", type=click.IntRange(min=0), metavar="N", help="Show at most N rows a table (not with json).")
@click.option("--words", is_flag=True, help="With json: the words of each changed cell too.")
@format_option("text", "json", "markdown", "html")
def command(  # noqa: PLR0913 - one parameter an option
    old: str,
    new: str,
    *,
    tables: tuple[str, ...],
    keys: dict[str, tuple[str, ...]],
    only: tuple[str, ...],
    ignored: tuple[str, ...],
    limit: int | None,
    format_: str,
    stat: bool,
    words: bool,
) -> None:
    """Say which rows, cells and words differ between two packages.

    OLD and NEW are folders, datapackage.json files, zips, wheels, git:REV or versions (0.1.0). Rows are matched by
    primary key; how a file is written (line ends, quotes, the order of its rows) is no difference. A row whose key
    changed is removed and added; where the rest of the row says so, it is told as perhaps renamed.

    --format json is complete: `mandates-data patch` applies it. markdown is for a pull request: it stays under 60,000
    characters and says what it left out.

    Exit codes: 0 the same, 1 differences, 2 could not be compared.
    """
    if words and format_ != "json":
        raise click.UsageError("--words goes with --format json; the other formats show words anyway.")
    if limit is not None and format_ == "json":
        raise click.UsageError("--limit does not go with --format json, which is complete; --stat leaves out the rows.")
    shown = Shown(stat=stat, limit=_LIMITS.get(format_) if limit is None else limit)
    try:
        packages = open_package(old), open_package(new)
        check_ignored(packages, ignored)
        with Progress(sys.stderr, "comparing") as progress:
            sides = watched(packages, tables, available(), progress)
            retired = _retired(*packages)
            comparison = compare(sides[0], sides[1], tables, keys=keys, retired=retired, processes=available())
        comparison = select(comparison, only=only, ignored=ignored)
        differs = _write(comparison, format_, shown, words=words)
    except RecursionError as error:
        raise PackageError("A descriptor is nested too deep to be compared.", "Make it flatter.") from error
    click.get_current_context().exit(int(differs))


def _retired(old: Package, new: Package) -> Mapping[str, frozenset[tuple[str, str]]]:
    """The retired identifiers that either package declares in the table that its descriptor names."""
    found: dict[str, frozenset[tuple[str, str]]] = {}
    for package in (old, new):
        name = package.setting("retired_ids")
        if isinstance(name, str):
            for table, pairs in retired_identifiers(package, name).items():
                found[table] = found.get(table, frozenset()) | pairs
    return found


def _write(comparison: Comparison, format_: str, shown: Shown, *, words: bool) -> bool:
    if format_ == "json":
        from ..render.changeset_json import write_json

        with binary_output() as out:
            return write_json(comparison, out, rows=not shown.stat, words=words)
    # What cannot be rendered must leave no half result behind: all of it, or nothing.
    with tempfile.SpooledTemporaryFile(_SPOOL, "w+", encoding="utf-8", newline="") as spool:
        differs = _render(comparison, format_, spool, shown)
        spool.seek(0)
        shutil.copyfileobj(spool, sys.stdout)
    sys.stdout.flush()
    return differs


def _render(comparison: Comparison, format_: str, out: IO[str], shown: Shown) -> bool:
    if format_ == "markdown":
        from ..render.changeset_markdown import write_markdown

        return write_markdown(comparison, out, shown=shown)
    if format_ == "html":
        from ..render.changeset_html import write_html

        return write_html(comparison, out, shown=shown)
    from ..render.changeset_text import write_text

    colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    return write_text(comparison, out, shown=shown, colour=colour)
