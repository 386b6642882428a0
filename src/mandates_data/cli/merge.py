"""`mandates-data merge`: what two sides made of one package, in one package again."""

from __future__ import annotations

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from ..diff.merging.files import SIDECAR, MergedFiles, merge_packages, sidecar_in, whole_package
from ..diff.patching import Patched, write_patched
from ..errors import PackageError, WriteError
from ..history.references import open_package
from ..package.model import Package
from ..package.opening import INSTALLED
from ..package.store import FolderStore
from ..render.merge_json import merge_json
from ..render.merge_text import write_conflicts, write_files_text, write_line
from ..render.shown_texts import plural
from ..validate.exceptions import exceptions_of
from ..validate.findings import Report
from ..validate.policy import Policy, judged
from ..validate.run import validate
from .options import format_option
from .rulebook import extra_rules, rules_by_code


@dataclass(frozen=True, slots=True)
class Result:
    """The merge with the report on its result, and what is written where; `folder` is None where nothing is."""

    sides: tuple[str, str, str]
    merged: MergedFiles
    report: Report
    folder: Path | None
    patched: Patched


@click.command("merge", short_help="Merge what two sides changed in a package, by key and cell.")
@click.argument("base")
@click.argument("ours")
@click.argument("theirs")
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Folder to write to, new or empty.")
@click.option("--check", is_flag=True, help="Write nothing; say what would be.")
@format_option("text", "json")
def command(base: str, ours: str, theirs: str, output: Path | None, format_: str, *, check: bool) -> None:
    """Merge into OURS what THEIRS has changed since BASE, by key and cell.

    BASE, OURS and THEIRS are folders, datapackage.json files, zips, wheels, git:REV or versions. OURS is written where
    it is a folder; else name one with -o. Where both sides changed the same thing differently, what OURS says stands,
    and the conflict goes to merge-conflicts.json beside the descriptor, never into a table. The result is validated.

    Exit codes: 0 merged; 1 conflicts, or errors in the result (it is written all the same); 2 could not run, and then
    nothing is written.
    """
    try:
        opened = open_package(base), open_package(ours), open_package(theirs)
        folder = None if check else _folder(opened[1], output)
        result = _result((base, ours, theirs), merge_packages(*opened), folder, own=output is None)
    except RecursionError as error:
        raise PackageError("A descriptor is nested too deep to be merged.", "Make it flatter.") from error
    if folder is not None:
        write_patched(folder, result.patched)
    _show(result, format_)
    click.get_current_context().exit(int(bool(result.merged.conflicts) or not result.report.sound))


def _folder(ours: Package, output: Path | None) -> Path:
    """The folder to write to."""
    if output is not None:
        if output.exists() and not (output.is_dir() and not any(output.iterdir())):
            raise WriteError(f"{output} is there already, and not an empty folder.", "Name a new one with -o.")
        return output
    if not isinstance(ours.store, FolderStore):
        raise PackageError(
            "OURS is no folder that could be written.", "Name a folder to write with -o, or use --check."
        )
    if ours.store.folder.name == INSTALLED:
        raise PackageError("The tables of the installed package are not changed.", "Name a folder to write with -o.")
    return ours.store.folder


def _result(sides: tuple[str, str, str], merged: MergedFiles, folder: Path | None, *, own: bool) -> Result:
    """The merge once it is validated, with the files to write, that of the conflicts among them."""
    store = merged.store
    report = validate(store, extra_rules=extra_rules())
    sound = report.sound
    policy = Policy(exceptions=exceptions_of(store))
    report = judged(report, policy, rules_by_code() if policy.exceptions.entries else ())
    patched = merged.patched
    if not own:
        patched = Patched(whole_package(merged, _beside(merged, looked=sound)), ())
    stale = own and sidecar_in(store)
    if merged.conflicts:
        text = merge_json(sides, merged.conflicts, patched, report, written=True)
        patched = Patched({**patched.write, SIDECAR: text.encode()}, patched.remove)
    elif stale:
        patched = Patched(patched.write, (*patched.remove, SIDECAR))
    return Result(sides, merged, report, folder, patched)


def _beside(merged: MergedFiles, *, looked: bool) -> set[str]:
    """The files of ours that the rules of the package read, such as archived pages; a new folder needs them too.

    Rules run on sound tables only, so where the merged ones are not, those of ours show which files that are.
    """
    store = merged.store
    if not looked:
        store = store.before()
        validate(store, extra_rules=extra_rules())
    return store.used - merged.files_before


def _show(result: Result, format_: str) -> None:
    merged, report, written = result.merged, result.report, result.folder is not None
    if format_ == "json":
        click.echo(merge_json(result.sides, merged.conflicts, result.patched, report, written=written), nl=False)
        return
    terminal = sys.stdout.isatty()
    width = shutil.get_terminal_size().columns if terminal else None
    write_conflicts(merged.conflicts, sys.stdout, width=width)
    write_files_text(result.patched, sys.stdout, written=written)
    write_line(sys.stdout, _outcome(result), width=width)
    from ..render.findings_text import write_text

    colour = terminal and not os.environ.get("NO_COLOR")
    rules = rules_by_code() if report.errors or report.warnings else {}
    write_text(report, sys.stdout, width=width, colour=colour, rules=rules)


def _outcome(result: Result) -> str:
    """What has become of the two sides, in a sentence or two."""
    conflicts = len(result.merged.conflicts)
    if not conflicts:
        same = not result.patched.write and not result.patched.remove
        return "Merged: ours has it all already." if same else "Merged without a conflict."
    if result.folder is None:
        return f"{plural(conflicts, 'conflict')}, in which ours would stand."
    return (
        f"{plural(conflicts, 'conflict')}, listed in {SIDECAR}. Ours stands there: settle them, and remove that file."
    )
