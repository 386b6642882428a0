"""`mandates-data correct`: a cell is corrected, and the ledger says from what, why and by which evidence."""

from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

import click

from ..diff.changeset_file import changeset_bytes
from ..diff.correcting.correct import correct, undo
from ..diff.correcting.issue_form import MOST_BYTES, read_form
from ..diff.correcting.values import Corrected, RefusedError, Wanted
from ..diff.patching import Patched, patch, write_patched
from ..errors import PackageError, WriteError, brief
from ..package.files import replacing
from ..package.model import Package
from ..package.opening import INSTALLED, open_package
from ..package.store import FolderStore
from .options import format_option

_FILE = click.Path(dir_okay=False, path_type=Path)
_MOST_TEXT = 4_000_000


@dataclass(frozen=True, slots=True)
class _Result:
    """Where the result goes: a changeset, the package, or nowhere but the screen."""

    output: Path | None
    format: str
    only_look: bool


@click.command("correct", short_help="Correct a cell, and write down from what, why and by which evidence.")
@click.argument("row_id", required=False)
@click.argument("field", required=False)
@click.option("--to", metavar="TEXT", help="The whole cell as it is to be; - reads it from standard input.")
@click.option("--to-file", type=_FILE, metavar="FILE", help="The same from a file.")
@click.option("--kind", metavar="KIND", help="Of the mistake: typo, spacing, punctuation, name or attribution.")
@click.option("--reason", metavar="TEXT", help="Why the old text is wrong and the new one right.")
@click.option("--evidence", metavar="URL", help="The address of a copy that settles it, or: text.")
@click.option("--table", metavar="NAME", help="The table, where the identifier stands in several.")
@click.option("--undo", "take_back", is_flag=True, help="Take the newest correction of the cell back.")
@click.option("--from-issue", type=_FILE, metavar="FILE", help="Read all of it from the text of an issue form.")
@click.option("--issue-number", type=click.IntRange(min=1), metavar="N", help="Its number, for the reason.")
@click.option("--package", "package_", metavar="PACKAGE", help="Left out: the one around the current folder.")
@click.option("-o", "--output", type=_FILE, metavar="FILE", help="Write a changeset; leave the package as it is.")
@click.option("--dry-run", "--check", "only_look", is_flag=True, help="Write nothing; say what would be done.")
@format_option("text", "json")
def command(  # noqa: PLR0913 - one parameter an option
    row_id: str | None,
    field: str | None,
    *,
    to: str | None,
    to_file: Path | None,
    kind: str | None,
    reason: str | None,
    evidence: str | None,
    table: str | None,
    take_back: bool,
    from_issue: Path | None,
    issue_number: int | None,
    package_: str | None,
    output: Path | None,
    only_look: bool,
    format_: str,
) -> None:
    """Correct the cell in the column FIELD of the row ROW_ID, and write the correction down in the ledger.

    The ledger keeps the whole cell before and after, so that both are always there. Cell, ledger and descriptor are
    written together or not at all. Without --to, the words of the newest correction of the cell are completed,
    as long as it is not released; --undo takes it back.

    With --from-issue, FILE is the text of an issue that was opened with the form (- for standard input). With -o, the
    result is a changeset for `mandates-data patch`.

    Exit codes: 0 done, or it can be done; 1 refused, and nothing is changed; 2 could not run.
    """
    words = (to, to_file, kind, reason, evidence)
    result = _Result(output, format_, only_look)
    try:
        if from_issue is not None:
            if row_id is not None or take_back or any(word is not None for word in (*words, table)):
                raise click.UsageError("--from-issue says all of it: leave out ROW_ID, FIELD and the other options.")
            wanted = read_form(_content(from_issue, MOST_BYTES), issue_number)
            package = open_package(package_)
            _finish(package, correct(package, wanted), result)
            return
        if row_id is None or field is None:
            raise click.UsageError("Name the row and the column: correct ROW_ID FIELD --to TEXT.")
        package = open_package(package_)
        if take_back:
            if any(word is not None for word in words):
                raise click.UsageError("--undo takes a correction back as it is: leave out the other options.")
            _finish(package, undo(package, row_id, field, table), result)
            return
        wanted = Wanted(row_id, field, _new_text(to, to_file), kind, reason, evidence, table=table)
        _finish(package, correct(package, wanted), result)
    except RefusedError as error:
        _show_refusals(error, format_)
        click.get_current_context().exit(error.exit_code)
    except RecursionError as error:
        raise PackageError("A descriptor is nested too deep.", "Make it flatter.") from error


def _new_text(to: str | None, to_file: Path | None) -> str | None:
    """The corrected value; the line end with which a file or a pipe ends is no part of it."""
    if to is not None and to_file is not None:
        raise click.UsageError("Give the corrected value once: --to or --to-file.")
    if to_file is None and to != "-":
        return to
    content = _content(to_file or Path("-"), _MOST_TEXT)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise PackageError("The corrected value is not UTF-8.", "Save it as UTF-8.") from None
    return text.removesuffix("\n").removesuffix("\r")


def _content(path: Path, most: int) -> bytes:
    """What stands in a file, or in standard input; never more than a little over the most."""
    if str(path) == "-":
        return sys.stdin.buffer.read(most + 1)
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except (OSError, ValueError) as error:
        why = error.strerror if isinstance(error, OSError) else str(error)
        raise PackageError(
            f"Cannot read {brief(str(path))}: {why}.", "Name a file, or - for standard input."
        ) from error


def _finish(package: Package, corrected: Corrected, result: _Result) -> None:
    """Write it, then say so."""
    folder = _folder(package) if result.output is None and not result.only_look else None
    patched = patch(package, corrected.changeset)
    files = sorted(patched.write)
    if folder is not None:
        write_patched(folder, patched)
    output = None if result.output is None or result.only_look else result.output
    if output is not None:
        _write_changeset(package, corrected, output, patched)
    if result.format == "json":
        from ..render.correction import as_json

        shown = as_json(corrected, files=files, done=folder is not None, output=None if output is None else str(output))
    else:
        from ..render.correction import as_text

        said = "" if output is None else str(output)
        shown = as_text(corrected, files, done=folder is not None, output=said, width=_width())
    click.echo(shown, nl=False)


def _write_changeset(package: Package, corrected: Corrected, output: Path, patched: Patched) -> None:
    store = package.store
    if isinstance(store, FolderStore):
        own = {(store.folder / path).resolve() for path in patched.write}
        if output.resolve() in own:
            raise WriteError(f"{output} is a file of the package.", "Name another file.")
    with replacing(output) as file:
        file.write(changeset_bytes(corrected.changeset))


def _folder(package: Package) -> Path:
    if not isinstance(package.store, FolderStore) or package.store.folder.name == INSTALLED:
        raise PackageError(
            "The tables of an installed or packed package are not changed.",
            "Name the folder of yours with --package, or write a changeset: -o FILE.",
        )
    return package.store.folder


def _show_refusals(error: RefusedError, format_: str) -> None:
    from ..render.correction import as_json, refused_text

    shown = (
        as_json(None, refusals=error.refusals) if format_ == "json" else refused_text(error.refusals, width=_width())
    )
    click.echo(shown, nl=False)


def _width() -> int | None:
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None
