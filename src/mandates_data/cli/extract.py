"""`mandates-data extract`: an archived page into the tables of a package."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ..errors import PackageError
from ..mandates.extract import Extraction, changed_files, extract, write_extraction
from ..package.model import Package
from ..package.opening import INSTALLED, open_package
from ..package.store import FolderStore
from ..validate.findings import visible
from .options import format_option

_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command("extract")
@click.argument("page", type=_FILE)
@click.option("--decisions", type=_FILE, help="The decisions on the page; left out, PAGE's .decisions.csv beside it.")
@click.option("--topic", default="", metavar="ID", help="The topic_id, for a page without a heading.")
@click.option("--package", "package_", metavar="DIR", help="The package; left out, the one around the current folder.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file would change.")
@format_option("text", "json")
def command(page: Path, decisions: Path | None, topic: str, package_: str | None, *, check: bool, format_: str) -> None:
    """Read PAGE, an archived page of the official site, into the tables.

    Every line has to be explained, by the grammar of such pages or by a decision: else the page is refused, with its
    lines, and nothing is written. A mandate that is known keeps its identifier.

    Exit codes: 0 the tables hold the page, 1 it is refused (or, with --check, a file would change), 2 could not run.
    """
    package = open_package(package_)
    folder = _own_folder(package)
    extraction = extract(package, page, decisions, topic)
    changed = changed_files(package, extraction) if check else write_extraction(package, extraction)
    paths = [path.relative_to(folder).as_posix() for path in changed]
    if format_ == "json":
        click.echo(json.dumps(_as_json(extraction, paths, check=check), indent=2, ensure_ascii=False))
    else:
        for line in _as_text(extraction, str(page), paths, check=check):
            click.echo(visible(line))
    click.get_current_context().exit(1 if extraction.problems or (check and paths) else 0)


def _own_folder(package: Package) -> Path:
    if not isinstance(package.store, FolderStore) or package.store.folder.name == INSTALLED:
        raise PackageError(
            "The tables of an installed or packed package are not changed.", "Name the folder of yours with --package."
        )
    return package.store.folder


def _as_text(extraction: Extraction, page: str, paths: list[str], *, check: bool) -> Iterator[str]:
    for problem in extraction.problems:
        yield f"{page}:{problem.line or ''}{':' if problem.line else ''} {problem.kind}: {problem.message}."
        if problem.seen:
            yield f"    {problem.seen}"
    if extraction.problems:
        count = len(extraction.problems)
        yield f"{extraction.source_id}: refused, {count} problem{'s' if count > 1 else ''}; nothing was written."
        return
    yield f"{extraction.source_id}: {extraction.paragraphs} paragraphs and {extraction.items} items."
    width = max(map(len, extraction.documents), default=0)
    for document_id, count in extraction.documents.items():
        yield f"  {document_id:<{width}}  {count:>4}"
    yield f"{len(extraction.new)} mandates are new, {extraction.mandates - len(extraction.new)} were known."
    if not paths:
        yield "The tables hold all of it already; no file changes."
    else:
        yield f"{'Would change' if check else 'Written'}: {', '.join(paths)}"


def _as_json(extraction: Extraction, paths: list[str], *, check: bool) -> dict[str, Any]:
    return {
        "format": "mandates-data/extraction",
        "format_version": 1,
        "source_id": extraction.source_id,
        "accepted": not extraction.problems,
        "paragraphs": extraction.paragraphs,
        "items": extraction.items,
        "documents": dict(extraction.documents),
        "mandates": extraction.mandates,
        "new_mandates": list(extraction.new),
        "problems": [
            {"kind": p.kind, "line": p.line or None, "message": p.message, "seen": p.seen} for p in extraction.problems
        ],
        "checked_only": check,
        "changed_files": paths,
    }
