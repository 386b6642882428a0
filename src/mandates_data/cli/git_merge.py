"""What git calls to merge one file, once `git-config` has told it to; nobody else does."""

from __future__ import annotations

import io
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from ..diff.drivers.merged_file import MergedFile, merge_descriptor_file, merge_json_file, merge_table_file
from ..diff.drivers.places import Place, place_of
from ..diff.drivers.revisions import git, heads_merged, is_as_stated, table_beside
from ..diff.merging.files import SIDECAR
from ..errors import MandatesDataError
from ..package.files import replacing
from ..package.store import read_bytes
from ..render.merge_sidecar import with_conflicts
from ..render.merge_text import write_conflicts
from ..render.summary import neutral


@click.command("git-merge", hidden=True)
@click.argument("path")
@click.argument("base", type=click.Path(path_type=Path))
@click.argument("ours", type=click.Path(path_type=Path))
@click.argument("theirs", type=click.Path(path_type=Path))
def command(path: str, base: Path, ours: Path, theirs: Path) -> None:
    """Merge one file for git: PATH is its place in the working tree, OURS is written.

    Exit codes: 0 merged; 1 conflicts, in which OURS stands; in a file that is no part of a package git's own.
    """
    sides = [file.read_bytes() for file in (base, ours, theirs)]
    place = place_of(path, Path.cwd())
    merged = None
    try:
        merged = None if place is None else _merged(place, path, sides)
    except (MandatesDataError, RecursionError) as error:
        click.echo(neutral(f"mandates-data: {path} is merged as text: {error}"), err=True)
    if place is None or merged is None:
        _merge_as_text(path, base, ours, theirs)
        return
    if merged.content != sides[1]:
        with replacing(ours) as file:
            file.write(merged.content)
    _tell(place, path, merged)
    click.get_current_context().exit(int(bool(merged.conflicts)))


def _merged(place: Place, path: str, sides: Sequence[bytes]) -> MergedFile | None:
    """The merged file; None where it is no table, schema or descriptor."""
    if place.is_descriptor:
        top = Path.cwd()

        def beside(side: int, resource: Mapping[str, Any]) -> bytes | None:
            return _of_ours(place, resource) if side == 1 else table_beside(top, path, sides[side], resource)

        return merge_descriptor_file(place.package.resources, sides, beside)
    resource = place.schema_of()
    if resource is not None:
        return merge_json_file(resource.name, sides)
    resource = place.resource(sides[1])
    return None if resource is None else merge_table_file(resource, sides)


def _of_ours(place: Place, resource: Mapping[str, Any]) -> bytes | None:
    """The table in the working tree, where it is the one that ours describes."""
    assert place.package.store is not None
    try:
        content = read_bytes(place.package.store, str(resource.get("path")))
    except MandatesDataError:
        return None
    return content if is_as_stated(content, resource) else None


def _merge_as_text(path: str, base: Path, ours: Path, theirs: Path) -> None:
    """Merge as git does without us, marks in the file included."""
    names = [word for name in (f"ours:{path}", f"base:{path}", f"theirs:{path}") for word in ("-L", name)]
    done = subprocess.run(["git", "merge-file", *names, str(ours), str(base), str(theirs)], check=False)
    click.get_current_context().exit(min(done.returncode, 127) if done.returncode > 0 else 0)


def _tell(place: Place, path: str, merged: MergedFile) -> None:
    """Put the conflicts into the file for them, take those of an earlier merge out of it, and say them."""
    sidecar = Path.cwd() / place.folder / SIDECAR
    head = (git(Path.cwd(), "rev-parse", "HEAD") or b"").decode().strip()
    before = sidecar.read_bytes() if sidecar.is_file() else None
    after = with_conflicts(before, ("", head, " ".join(heads_merged())), merged.conflicts)
    if after is None:
        sidecar.unlink(missing_ok=True)
    elif after != before:
        with replacing(sidecar) as file:
            file.write(after)
    if merged.conflicts:
        out = io.StringIO()
        write_conflicts(merged.conflicts, out)
        where = (place.folder / SIDECAR).as_posix()
        click.echo(neutral(f"mandates-data: in {path} ours stands where the two sides conflict; see {where}"), err=True)
        sys.stderr.write(out.getvalue())
