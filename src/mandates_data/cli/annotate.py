"""`mandates-data annotate`: the tables of mentions and deadlines, from the texts and what was decided on them."""

from __future__ import annotations

import json

import click

from ..errors import PackageError
from ..mandates.annotate import annotate, changed_by, read_sources, uncovered, write_annotation
from ..package.opening import INSTALLED, open_package
from ..package.store import FolderStore
from ..render.annotation import as_json, as_text
from ..validate.findings import visible
from .options import format_option


@click.command("annotate")
@click.option("--package", "package_", metavar="DIR", help="The package; left out, the one around the current folder.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 where a file would change.")
@format_option("text", "json")
def command(package_: str | None, *, check: bool, format_: str) -> None:
    """Find the names and dates in the texts, and write the tables mentions and deadlines.

    What a wording or a date means is decided by hand, in data/source/lexicon.csv and data/source/dates.csv. A mention
    that is known keeps its identifier; what came, went and changed is listed. Where a decision is missing or two of
    them clash, nothing is written.

    Exit codes: 0 the tables are as the decisions say, 1 refused (or, with --check, a file would change), 2 could not
    run.
    """
    package = open_package(package_)
    if not isinstance(package.store, FolderStore) or package.store.folder.name == INSTALLED:
        raise PackageError(
            "The tables of an installed or packed package are not changed.", "Name the folder of yours with --package."
        )
    sources = read_sources(package)
    annotation = annotate(sources)
    changed = changed_by(package, annotation) if check else write_annotation(package, annotation)
    paths = [path.relative_to(package.store.folder).as_posix() for path in changed]
    left = uncovered(sources, annotation)
    if format_ == "json":
        click.echo(json.dumps(as_json(annotation, left, paths, check=check), indent=2, ensure_ascii=False))
    else:
        for line in as_text(annotation, left, paths, check=check):
            click.echo(visible(line))
    click.get_current_context().exit(1 if annotation.faults or (check and paths) else 0)
