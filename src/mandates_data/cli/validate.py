"""`mandates-data validate`: whether a package is sound, and what is wrong with it."""

from __future__ import annotations

import os
import sys

import click

from ..validate.findings import Report
from ..validate.run import validate
from .options import format_option, package_argument
from .rulebook import extra_rules


@click.command("validate", short_help="Say whether a package is sound, and what is wrong with it.")
@package_argument
@format_option("text", "json")
@click.option("--against", metavar="REV", help="Judge the changes since this package or git revision, such as main.")
@click.option("--conformance", is_flag=True, help="Ask frictionless too, and fail where it disagrees.")
def command(package: str | None, format_: str, *, against: str | None, conformance: bool) -> None:
    """Say whether a package is sound, and what is wrong with it, where, and how to mend it.

    Checked are the descriptor and its schemas, the files, every cell, the keys, the references between tables, and
    the rules that the package asks for.

    Exit codes: 0 sound (warnings do not count), 1 errors, 2 could not run.
    """
    report = validate(package, extra_rules=extra_rules(), against=against)
    if conformance:
        from ..conformance import compare

        told = compare(package, report)
        if report.sound and not told:
            click.echo("Frictionless, the reference implementation, judges the same.", err=True)
        report = report.with_findings(told)
    _write(report, format_)
    click.get_current_context().exit(0 if report.sound else 1)


def _write(report: Report, format_: str) -> None:
    if format_ == "json":
        from ..render.findings_json import write_json

        write_json(report, sys.stdout)
        return
    from ..render.findings_text import write_text

    terminal = sys.stdout.isatty()
    width = None
    if terminal:
        import shutil

        width = shutil.get_terminal_size().columns
    write_text(report, sys.stdout, width=width, colour=terminal and not os.environ.get("NO_COLOR"))
