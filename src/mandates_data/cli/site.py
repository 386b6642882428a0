"""`mandates-data site`: static pages to explore the mandates."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..history.references import open_package, released
from .options import format_option, package_argument

if TYPE_CHECKING:
    from ..site.building import Built


@click.command("site", short_help="Build static pages to explore the mandates.")
@package_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, help="The folder to write.")
@click.option("--version", "version", metavar="VERSION", help="A release of the package, such as 0.1.0.")
@click.option("--address", metavar="URL", help="Where the pages will be published; citations then name it.")
@format_option("text", "json")
def command(package: str | None, output: Path, version: str | None, address: str | None, format_: str) -> None:
    """Build static pages to explore the mandates of PACKAGE.

    The folder is written whole or not at all. One that this command made before is replaced; one that holds other
    files is left alone. The pages need no server: open index.html. They lead to no outside address but those that
    the tables hold. Needs the extra site.

    Exit codes: 0 written, 2 could not be written, and then nothing is.
    """
    from ..site.addresses import outside
    from ..site.building import build

    if address is not None and not outside(address):
        raise click.BadParameter("an address begins with https:// or http://.", param_hint="'--address'")
    opened = open_package(package)
    newest = opened.version
    if version is not None:
        opened = released(version, None if package is None else opened)
    built = build(opened, output, address or "", newest if newest != opened.version else "")
    _show(built, output, format_)


def _show(built: Built, output: Path, format_: str) -> None:
    counts = {"mandates": built.mandates, "pages": built.pages, "files": built.files, "bytes": built.bytes}
    if format_ == "json":
        told = {"path": output.as_posix(), "version": built.version or None, **counts}
        click.echo(json.dumps({"format": "mandates-data/site", "format_version": 1, **told}, indent=2))
        return
    click.echo(f"{output.as_posix()}  {built.pages:,} pages of {built.mandates:,} mandates, version {built.version}")
    click.echo(f"Open {(output / 'index.html').as_posix()}")
