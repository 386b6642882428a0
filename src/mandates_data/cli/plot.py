"""`mandates-data plot`: pictures of the counts, as PNG or SVG."""

from __future__ import annotations

from pathlib import Path

import click

from ..explore.plots.drawing import PICTURES, kind_of, picture, write_picture
from ..explore.plots.kinds import Wanted
from ..explore.statistics.model import CODES, Asked
from ..history.references import open_package, released
from .options import choices, format_option, package_argument


@click.command("plot", short_help="Draw the counts, or a commitment through the summits, as PNG or SVG.")
@click.argument("name", required=False)
@package_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write; it ends in .png or .svg.",
)
@click.option("--version", "version", metavar="VERSION", help="A release of the package, such as 0.1.0.")
@click.option("--codes", type=click.Choice(CODES), default=CODES[0], show_default=True, help="Which codes count.")
@click.option("--coder", default="adjudicated", show_default=True, help="Whose codings are counted.")
@click.option("--preambles", is_flag=True, help="Count preambles as mandates.")
@click.option("--top", type=click.IntRange(min=1), help="Draw so many rows at most: those with the most mandates.")
@click.option("--lineage", metavar="ID", help="The lineage to draw.")
@format_option("text", "json")
def command(  # noqa: PLR0913, PLR0917 - one parameter an option
    name: str | None,
    package: str | None,
    output: Path | None,
    version: str | None,
    codes: str,
    coder: str,
    top: int | None,
    lineage: str | None,
    format_: str,
    *,
    preambles: bool,
) -> None:
    """Draw a picture of PACKAGE: NAME says which. Left out, the names are listed.

    The picture is readable in grey, and says below itself what was counted and on which version. The same data and
    the same version of matplotlib give the same file. Needs the extra plot.

    Exit codes: 0 written, 2 could not be drawn or written, and then nothing is.
    """
    if name is None:
        choices("plot", {key: (one.title, one.tables) for key, one in PICTURES.items()}, format_)
        return
    if output is None:
        raise click.UsageError(f"Say where it is to be written, as in: mandates-data plot {name} -o {name}.png")
    kind = kind_of(output)
    opened = released(version, None if package is None else open_package(package)) if version else open_package(package)
    drawn = picture(name, opened, kind, Wanted(Asked(codes, coder, preambles), top, lineage))
    write_picture(drawn, output)
    if format_ == "json":
        from ..render.statistics_json import picture_json

        click.echo(picture_json(drawn, output.as_posix()), nl=False)
        return
    click.echo(f"{output.as_posix()}  {len(drawn.content):,} bytes")
