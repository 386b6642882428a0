"""What git calls to show the changes of one file, once `git-config` has told it to; nobody else does."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import click

from ..diff.changeset import Comparison
from ..diff.drivers.compared_file import compare_json_files, compare_table_files
from ..diff.drivers.places import place_of
from ..diff.drivers.revisions import git
from ..errors import MandatesDataError
from ..render.changeset_text import write_text
from ..render.summary import neutral

_NOTHING = "/dev/null"
"""What git names in place of a file that is not there."""


@click.command("git-diff", hidden=True, context_settings={"ignore_unknown_options": True})
@click.argument("words", nargs=-1, type=click.UNPROCESSED)
def command(words: tuple[str, ...]) -> None:
    """Show one file's changes for git, by key, cell and word.

    Git hands over the path, then file, name and mode of the old and of the new one, and where the file was renamed its
    new path and what git says of that. Of a path in conflict it hands over the path alone.
    """
    if len(words) < 7:
        click.echo(f"* Unmerged path {neutral(words[0] if words else '')}")
        return
    path, old, new = words[0], words[1], words[4]
    renamed = words[7] if len(words) > 7 else path
    click.echo(neutral(f"{path} -> {renamed}" if renamed != path else path))
    shown = None
    try:
        shown = _shown(renamed, path, *(None if name == _NOTHING else Path(name).read_bytes() for name in (old, new)))
    except (MandatesDataError, RecursionError) as error:
        click.echo(neutral(f"shown line by line: {error}"))
    sys.stdout.write(shown if shown is not None else _lines(old, new))


def _shown(path: str, before: str, old: bytes | None, new: bytes | None) -> str | None:
    """The changes in words; None where it is no file of a package."""
    place = place_of(path, Path.cwd())
    if place is None:
        return None
    if place.is_descriptor or place.schema_of() is not None:
        comparison, only_generated = compare_json_files(old, new)
        if only_generated:
            return "only sizes and digests of tables differ\n"
        text = _text(comparison)
        return text if place.is_descriptor else text.replace("package:", "schema:", 1)
    earlier = place_of(before, Path.cwd())
    resource = place.resource(new) or (earlier.resource() if earlier is not None else None)
    return None if resource is None else _text(compare_table_files(resource, old, new))


def _text(comparison: Comparison) -> str:
    out = io.StringIO()
    write_text(comparison, out, colour=_colour())
    return out.getvalue()


def _colour() -> bool:
    """Whether git shows colours: it hands its output to a pager, and its own settings count."""
    if os.environ.get("NO_COLOR"):
        return False
    seen = sys.stdout.isatty() or os.environ.get("GIT_PAGER_IN_USE") == "true"
    asked = git(Path.cwd(), "config", "--get-colorbool", "color.diff", "true" if seen else "false")
    return asked is not None and asked.strip() == b"true"


def _lines(old: str, new: str) -> str:
    """The changes line by line, as git shows them without us."""
    command = ["git", "diff", "--no-index", "--no-ext-diff", "--no-color", "--", old, new]
    done = subprocess.run(command, capture_output=True, check=False)
    _, mark, body = done.stdout.decode("utf-8", "replace").partition("\n@@ ")
    return mark.lstrip("\n") + body if mark else "the files differ\n" if done.stdout else ""
