"""`mandates-data patch`: apply to a package what `diff --format json` has written."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import click

from ..diff.apply import ConflictError
from ..diff.changeset_file import read_changeset
from ..diff.inversion import invert
from ..diff.patching import Patched, patch, write_patched
from ..errors import ChangesetError, PackageError, brief
from ..history.references import open_package
from ..package.model import Package
from ..package.store import FolderStore
from ..render.shown_texts import escaped, plural
from .options import format_option

_SHOWN = 20
"""Conflicts that are named in the text; all are in the JSON."""


@click.command("patch", short_help="Apply a changeset that diff has written to a package, or take it back.")
@click.argument("package")
@click.argument("changeset")
@click.option("--check", is_flag=True, help="Only say whether it fits, and which files it would write.")
@click.option("--reverse", is_flag=True, help="Lead from the new package back to the old one.")
@format_option("text", "json")
def command(package: str, changeset: str, format_: str, *, check: bool, reverse: bool) -> None:
    """Apply CHANGESET, which `mandates-data diff --format json` has written, to PACKAGE.

    Each value has to be what the changeset says it was; if one is not, nothing is changed. PACKAGE is a folder or a
    datapackage.json, with --check also a zip, a wheel, git:REV or a version; CHANGESET is a file, or - for standard
    input. Tables, schemas and the descriptor are written in canonical form, all of them or none.

    Exit codes: 0 applied, or it fits; 1 it does not fit, and nothing is changed; 2 could not run.
    """
    try:
        changes = read_changeset(_content(changeset))
        opened = open_package(package)
        folder = None if check else _folder(opened)
        patched = patch(opened, invert(changes) if reverse else changes)
    except ConflictError as error:
        _show_conflicts(error, format_)
        click.get_current_context().exit(error.exit_code)
    except RecursionError as error:
        raise PackageError("A descriptor is nested too deep.", "Make it flatter.") from error
    if folder is not None:
        write_patched(folder, patched)
    _show(patched, format_, written=folder is not None)


def _content(reference: str) -> bytes:
    if reference == "-":
        return sys.stdin.buffer.read()
    try:
        return Path(reference).read_bytes()
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise ChangesetError(
            f"Cannot read {brief(reference)}: {why}.", "Name a file, or - for standard input."
        ) from error


def _folder(package: Package) -> Path:
    if not isinstance(package.store, FolderStore):
        raise PackageError("Only a folder can be patched.", "Unpack it and name the folder, or use --check.")
    return package.store.folder


def _show(patched: Patched, format_: str, *, written: bool) -> None:
    if format_ == "json":
        _print(applied=written, fits=True, write=sorted(patched.write), remove=list(patched.remove), conflicts=[])
        return
    done = ("written", "removed") if written else ("would be written", "would be removed")
    for path in sorted(patched.write):
        click.echo(f"{escaped(path)} {done[0]}")
    for path in patched.remove:
        click.echo(f"{escaped(path)} {done[1]}")
    if not patched.write and not patched.remove:
        click.echo("nothing to change")


def _show_conflicts(error: ConflictError, format_: str) -> None:
    if format_ == "json":
        conflicts = [
            {
                "table": each.table,
                "key": list(each.key),
                "place": each.place,
                "expected": each.expected,
                "found": each.found,
            }
            for each in error.conflicts
        ]
        _print(applied=False, fits=False, write=[], remove=[], conflicts=conflicts)
        return
    click.echo(f"The changeset does not fit: {plural(len(error.conflicts), 'conflict')}. Nothing was changed.")
    for conflict in error.conflicts[:_SHOWN]:
        click.echo(f"  {escaped(str(conflict))}")
    if len(error.conflicts) > _SHOWN:
        click.echo(f"  and {len(error.conflicts) - _SHOWN:,} more (--format json has all)")


def _print(**members: object) -> None:
    document = {"format": "mandates-data/patch", "format_version": 1, **members}
    click.echo(json.dumps(document, ensure_ascii=False, indent=2))
