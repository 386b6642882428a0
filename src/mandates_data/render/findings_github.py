"""A report as GitHub's workflow commands, which the runner shows as annotations beside the lines of a pull request.

The runner shows ten errors and ten warnings of a step and drops the others without a word
(https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands). Here are ten lines at most.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterator, Mapping
from typing import IO

from ..validate.findings import Report, Rule, visible
from ..validate.policy import EVERYTHING, Policy
from .groups import Cell, Group, gathered, number, title_of
from .summary import neutral, notes, verdict

MOST = 10
"""Commands that are written."""

_LINES_NAMED = 5
_KEPT = 1000

Unit = tuple[Group, Cell, int]
"""A command to be: of which group, at which of its cells, and how many findings it stands for."""


def write_annotations(
    report: Report,
    out: IO[str],
    *,
    folder: str | None = "",
    elsewhere: str = "Read all of them with: mandates-data validate",
    policy: Policy = EVERYTHING,
    rules: Mapping[str, Rule] | None = None,
) -> None:
    """Write the commands, errors first, and the report's last lines, which are none.

    Parameters
    ----------
    report, out
        What to write, and where.
    folder
        The package's folder, relative to the repository's, as a POSIX path; None where the package is no folder, so
        that no file of the repository can be named.
    elsewhere
        A sentence that says where the findings are that no command shows.
    policy, rules
        What the report leaves out; the rules by code, which give their titles.
    """
    found = gathered(report.findings, total=_KEPT, cells=MOST + _LINES_NAMED, of_a_cause=MOST + _LINES_NAMED)
    units = _units(found.errors_first(), MOST)
    whole = len(units) == found.found
    if not whole:
        units = _units(found.errors_first(), MOST - 1)
    left = {"error": report.errors, "warning": report.warnings}
    for group, cell, stands_for in units:
        out.write(_command(group, cell, stands_for, folder, title_of(group.code, rules or {})))
        left[group.severity] -= cell.places
    if not whole:
        more = " and ".join(number(count, f"more {kind}") for kind, count in left.items() if count)
        kind = "error" if left["error"] else "warning"
        out.write(f"::{kind} title={_property('More findings')}::{_data(f'{more} without a note here. {elsewhere}')}\n")
    for line in (notes(report, policy), verdict(report)):
        if line:
            out.write(neutral(line) + "\n")


def _units(groups: list[Group], most: int) -> list[Unit]:
    """One for each of the first groups, and as far as they reach one for each further finding of the smaller groups."""
    groups = groups[:most]
    shares = {id(group): 1 for group in groups}
    left = most - len(groups)
    while left > 0:
        hungry = [group for group in groups if not group.is_many and shares[id(group)] < len(group.cells)][:left]
        if not hungry:
            break
        for group in hungry:
            shares[id(group)] += 1
        left -= len(hungry)
    return [unit for group in groups for unit in _of_group(group, shares[id(group)])]


def _of_group(group: Group, share: int) -> Iterator[Unit]:
    """The first cells of a group, the last of which stands for all that follow as well."""
    for number_, cell in enumerate(group.cells[:share], start=1):
        yield group, cell, 1 if number_ < share else group.found - share + 1


def _command(group: Group, cell: Cell, stands_for: int, folder: str | None, title: str) -> str:
    properties = {"title": f"{group.code} {title}".strip()}
    place = [name for name in (cell.row_key, group.field) if name]
    if folder is not None and group.path is not None:
        properties = {"file": posixpath.normpath(posixpath.join(folder, group.path))} | properties
        if cell.line is not None:
            # Not `col`: to GitHub that is a character of the line, to a table the cell.
            properties = {"file": properties.pop("file"), "line": str(cell.line)} | properties
    else:
        place = [group.place, *([] if cell.line is None else [f"line {cell.line}"]), *place]
    if cell.letter:
        place = [f"column {cell.letter}", *place]
    said = f"{', '.join(place)}: {cell.message}" if place else cell.message
    sentences = [said, cell.mend or "", _like_it(group, stands_for)]
    named = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{group.severity} {named}::{_data(' '.join(sentence for sentence in sentences if sentence))}\n"


def _like_it(group: Group, stands_for: int) -> str:
    if stands_for == 1:
        return ""
    after = group.found - stands_for + 1
    lines = [str(cell.line) for cell in group.cells[after : after + _LINES_NAMED] if cell.line is not None]
    where = f", on line{'s' if len(lines) > 1 else ''} {', '.join(lines)}" if lines else ""
    return f"(And {stands_for - 1:,} more like it{where}{' …' if stands_for - 1 > len(lines) > 0 else ''}.)"


def _data(text: str) -> str:
    r"""A text after the second `::` of a command.

    >>> print(_data("100%\n::error::"))
    100%25\n::error::
    """
    return visible(text).replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A text between a `=` and the next comma.

    >>> print(_property("a,b: 5%"))
    a%2Cb%3A 5%25
    """
    return _data(text).replace(":", "%3A").replace(",", "%2C")
