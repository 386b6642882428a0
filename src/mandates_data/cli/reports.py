"""A report in its formats: on standard output, and whole into files."""

from __future__ import annotations

import contextlib
import io
import os
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import click

from ..package.files import replacing
from ..package.store import FolderStore, Store
from ..validate.findings import Report, Rule
from ..validate.policy import Policy
from .rulebook import rules_by_code

FORMATS = ("text", "json", "markdown", "github")


@dataclass(frozen=True, slots=True)
class Reporting:
    """A report with all that its formats are made from.

    Attributes
    ----------
    report, policy
        What was found, and what of it counts.
    folder
        The package's folder in its repository; None where it has none.
    files
        The files that the report goes to, with their formats.
    """

    report: Report
    policy: Policy
    folder: str | None
    files: Sequence[tuple[str, Path]] = ()

    @property
    def rules(self) -> Mapping[str, Rule]:
        """The rules by their codes; none where nothing was found."""
        return rules_by_code() if self.report.errors or self.report.warnings else {}

    def write_files(self) -> None:
        """Write every file: all are on disk beside their places before the first takes its own.

        Raises
        ------
        WriteError
            One of them cannot be written; then none is.
        """
        with contextlib.ExitStack() as stack:
            for format_, path in self.files:
                file = stack.enter_context(replacing(path))
                text = io.TextIOWrapper(file, encoding="utf-8", errors="backslashreplace", newline="")
                self._write(format_, text)
                text.flush()
                text.detach()

    def write_out(self, format_: str) -> None:
        """Write one format to standard output, as wide and as colourful as what stands there."""
        import shutil

        terminal = sys.stdout.isatty()
        width = shutil.get_terminal_size().columns if terminal else None
        self._write(format_, sys.stdout, width=width, colour=terminal and not os.environ.get("NO_COLOR"))
        sys.stdout.flush()

    def _write(self, format_: str, out: IO[str], *, width: int | None = None, colour: bool = False) -> None:
        if format_ == "json":
            from ..render.findings_json import write_json

            write_json(self.report, out, policy=self.policy)
        elif format_ == "markdown":
            from ..render.findings_markdown import write_markdown

            write_markdown(self.report, out, policy=self.policy, rules=self.rules)
        elif format_ == "github":
            from ..render.findings_github import write_annotations

            where = _where_to_read(self.files)
            write_annotations(
                self.report, out, folder=self.folder, elsewhere=where, policy=self.policy, rules=self.rules
            )
        else:
            from ..render.findings_text import write_text

            write_text(self.report, out, width=width, colour=colour, policy=self.policy, rules=self.rules)


def files_named(words: Sequence[str]) -> list[tuple[str, Path]]:
    """The formats and files that `FORMAT=FILE` name.

    Raises
    ------
    click.UsageError
        It is written otherwise, or two reports would go to one file.
    """
    files = []
    for word in words:
        format_, equals, name = word.partition("=")
        if not equals or format_ not in FORMATS or name in ("", "-"):
            known = ", ".join(FORMATS)
            raise click.UsageError(
                f"--report {word} is not FORMAT=FILE, such as json=report.json. Formats: {known}. "
                "Standard output is written by --format."
            )
        files.append((format_, Path(name)))
    if len({os.path.realpath(path) for _format, path in files}) < len(files):
        raise click.UsageError("Two reports cannot go to one file.")
    return files


def folder_in_repository(store: Store) -> str | None:
    """The package's folder relative to the repository around it; None where the package is no folder.

    The repository is the nearest folder that git made one, which GitHub's annotations are relative to; without one it
    is `GITHUB_WORKSPACE`, into which a workflow checks it out.
    """
    if not isinstance(store, FolderStore):
        return None
    folder = store.folder.resolve()
    workspace = os.environ.get("GITHUB_WORKSPACE")
    roots = [parent for parent in (folder, *folder.parents) if (parent / ".git").exists()][:1]
    if not roots and workspace and folder.is_relative_to(Path(workspace).resolve()):
        roots = [Path(workspace).resolve()]
    return folder.relative_to(roots[0]).as_posix() if roots else ""


def _where_to_read(files: Sequence[tuple[str, Path]]) -> str:
    summary = os.environ.get("GITHUB_STEP_SUMMARY")
    for _format, path in files:
        if summary and os.path.realpath(path) == os.path.realpath(summary):
            return "Read all of them in the summary of this job."
    if files:
        return f"Read all of them in {', '.join(path.name for _format, path in files)}."
    return "Read all of them with: mandates-data validate"
