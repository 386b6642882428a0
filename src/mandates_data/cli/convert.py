"""`mandates-data convert`: the tables in other formats, and back."""

from __future__ import annotations

import json
from pathlib import Path

import click

from ..convert.formats import EXCEL, FORMATS, NESTED, Format, format_named
from ..convert.run import Written, convert_back, convert_out, tables_in
from ..errors import PackageError
from ..history.references import open_package, released
from .options import format_option, package_argument


@click.command("convert", short_help="Write the tables as Parquet, JSON, SQLite or Excel, and back as CSV.")
@package_argument
@click.option("--to", "to", type=click.Choice(list(FORMATS)), required=True, help="The format to write.")
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    help="Folder (parquet, json, jsonl, csv) or file (sqlite, xlsx) to write; left out, one in the current folder.",
)
@click.option("--table", "tables", multiple=True, metavar="NAME", help="Convert this table only; may be repeated.")
@click.option("--version", "version", metavar="VERSION", help="A release of the package, such as 0.1.0.")
@click.option("--nested", is_flag=True, help="With json: one nested document a mandate.")
@click.option("--excel", is_flag=True, help="With csv: as Excel opens it with its accents whole.")
@format_option("text", "json")
def command(  # noqa: PLR0913 - one parameter an option
    package: str | None,
    to: str,
    output: Path | None,
    tables: tuple[str, ...],
    version: str | None,
    format_: str,
    *,
    nested: bool,
    excel: bool,
) -> None:
    """Write the tables of PACKAGE in another format, or bring what was so written back as CSV.

    With --to csv, PACKAGE may also be a file or folder that convert has written: the same bytes come back.

    parquet needs the extra parquet, xlsx the extra excel. With --excel a cell that Excel could take for a formula has
    an apostrophe before it; the way back takes it off.

    Exit codes: 0 written, 2 could not be written, and then nothing is.
    """
    if nested and to != "json":
        raise click.UsageError("--nested goes with --to json.")
    if excel and to != "csv":
        raise click.UsageError("--excel goes with --to csv.")
    source = Path(package) if package is not None else None
    if version is not None:
        opened = released(version, None if package is None else open_package(package))
        written = convert_out(opened, _chosen(to, nested=nested, excel=excel), output, tables)
    elif source is None or tables_in(source) is None:
        written = convert_out(open_package(package), _chosen(to, nested=nested, excel=excel), output, tables)
    elif to == "csv" and not excel:
        written = convert_back(source, output, tables)
    else:
        raise PackageError(
            f"{source} was itself written by convert, which leads from there to plain CSV alone.",
            "Use --to csv, or name the package that it was made from.",
        )
    _show(written, format_)


def _chosen(to: str, *, nested: bool, excel: bool) -> Format:
    if nested:
        return NESTED
    return EXCEL if excel else format_named(to)


def _show(written: list[Written], format_: str) -> None:
    if format_ == "json":
        files = [{"path": file.path.as_posix(), "table": file.table or None, "bytes": file.bytes} for file in written]
        document = {"format": "mandates-data/conversion", "format_version": 1, "files": files}
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return
    for file in written:
        click.echo(f"{file.path.as_posix()}  {file.bytes:,} bytes")
