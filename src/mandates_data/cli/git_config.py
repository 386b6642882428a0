"""`mandates-data git-config`: git merges and compares the package's files by key and cell from then on, or no more."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import click

from ..diff.drivers.setup import Change, carry_out, plan
from ..render.shown_texts import escaped
from .options import format_option


@click.command("git-config", short_help="Let git merge and diff the tables of a package by key and cell.")
@click.option("--remove", is_flag=True, help="Take it all back.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where something would change.")
@format_option("text", "json")
def command(format_: str, *, remove: bool, check: bool) -> None:
    """Set up git's merge and diff for the package around the current folder, in this clone alone.

    It writes to .git/config, .git/info/attributes and .git/info/exclude, and to no file of yours. From then on `git
    merge`, `git rebase` and `git cherry-pick` merge tables by key and cell, and `git diff` shows cells and words (`git
    diff --no-ext-diff` lines as before). Run it again when a table gets a new folder, or Python another place.

    Exit codes: 0 done, or nothing to do; 1 with --check, something would change; 2 could not run.
    """
    top, changes = plan(Path.cwd(), remove=remove)
    if not check:
        carry_out(top, changes)
    differs = any(change.differs for change in changes)
    if format_ == "json":
        _show_json(changes, written=not check)
    else:
        _show(changes, written=not check)
    click.get_current_context().exit(int(check and differs))


def _show_json(changes: Sequence[Change], *, written: bool) -> None:
    listed = [{"file": f".git/{c.file}", "name": c.name, "before": c.before, "after": c.after} for c in changes]
    document = {"format": "mandates-data/git-config", "format_version": 1, "written": written, "settings": listed}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))


def _show(changes: Sequence[Change], *, written: bool) -> None:
    if not any(change.differs for change in changes):
        click.echo("Nothing to change.")
    for change in changes:
        if change.differs:
            done = "removed" if change.after is None else "set" if written else "would be set"
            done = "would be removed" if change.after is None and not written else done
            click.echo(f".git/{change.file}, {change.name}: {done}")
            for line in (change.after or "").split("\n"):
                if line:
                    click.echo(f"    {escaped(line)}")
