"""A report as Markdown, for the summary of a GitHub job or a comment: counts, then causes, then file by file."""

from __future__ import annotations

from collections.abc import Mapping
from typing import IO

from ..validate.findings import Report, Rule
from ..validate.policy import EVERYTHING, Policy
from .groups import MANY_OF_A_CAUSE, Cell, Gathered, Group, gathered, number, title_of
from .markdown import LimitedPage, escaped, escaped_html, row, table_head
from .summary import notes, verdict

LIMIT = 1_000_000
"""Bytes of a page. GitHub drops a summary of more than 1 MiB whole."""

_CELLS = 100  # that are listed of a group
_TOTAL = 10_000  # that are listed in all
_CAUSES = 50  # rows of the first table
_TAIL = 1000  # bytes that are kept for the end of the page


def write_markdown(
    report: Report,
    out: IO[str],
    *,
    policy: Policy = EVERYTHING,
    rules: Mapping[str, Rule] | None = None,
    limit: int = LIMIT,
) -> None:
    """Write the report; what there is no room for is counted at its end.

    Parameters
    ----------
    report, out
        What to write, and where.
    policy, rules
        What the report leaves out; the rules by code, which give their titles.
    limit
        The most bytes of UTF-8 that are written, 2,000 at least.
    """
    found = gathered(report.findings, total=_TOTAL, cells=_CELLS, of_a_cause=_CELLS)
    page = LimitedPage(limit)
    page.add(f"### {escaped(verdict(report))}\n\n", _TAIL)
    said = notes(report, policy)
    if said:
        page.add(f"{escaped(said)}\n\n", _TAIL)
    listed = 0
    if found.groups:
        _causes(page, found, rules or {})
        listed = sum(_file(page, path, groups) for path, groups in _by_file(found).items())
        if listed < found.found:
            page.add(
                f"**Left out here:** {found.found - listed:,} of {number(found.found, 'finding')}. "
                "All of them: `mandates-data validate --format json`\n\n"
            )
        page.add(f"On a code: `mandates-data explain {found.groups[0].code}`\n")
    out.write(page.text())


def _causes(page: LimitedPage, found: Gathered, rules: Mapping[str, Rule]) -> None:
    """The table of what is wrong, a row a cause."""
    groups = found.errors_first()
    page.add(table_head("", "code", "what is wrong", "where", "how often "), _TAIL)
    for count, group in enumerate(groups):
        where = ", ".join(escaped(name) for name in (group.place, group.field) if name)
        what = escaped(title_of(group.code, rules) or group.cells[0].message)
        line = row(group.severity, group.code, what, where, f"{group.count:,}")
        if count == _CAUSES or not page.add(line, _TAIL):
            page.add(row("", "", f"and {number(len(groups) - count, 'cause')} more", "", ""), _TAIL)
            break
    page.add("\n", _TAIL)


def _by_file(found: Gathered) -> dict[str, list[Group]]:
    """The groups of each file, errors first; those files first that have any."""
    files: dict[str, list[Group]] = {}
    for group in found.errors_first():
        files.setdefault(group.place, []).append(group)
    return files


def _file(page: LimitedPage, path: str, groups: list[Group]) -> int:
    """A file's table, with one row for a group of many, and below it the others of such groups; how many are listed."""
    counts = [
        number(count, kind)
        for kind in ("error", "warning")
        if (count := sum(group.count for group in groups if group.severity == kind))
    ]
    head = table_head("line ", "column", "code", "what is wrong", "how to mend it")
    if not page.add(f"#### {escaped(path)}: {', '.join(counts)}\n\n{head}", 2 * _TAIL):
        return 0
    listed = 0
    for group in groups:
        for cell in group.cells[: None if _is_small(group) else 1]:
            listed += page.add(_row(group, cell), _TAIL)
    page.add("\n", _TAIL)
    return listed + sum(_more(page, group) for group in groups if not _is_small(group))


def _is_small(group: Group) -> bool:
    return group.found <= MANY_OF_A_CAUSE and group.found == len(group.cells)


def _row(group: Group, cell: Cell) -> str:
    what = _said(group, cell)
    if not _is_small(group):
        what += f" **And {group.found - 1:,} more like it.**"
    line = "" if cell.line is None else str(cell.line)
    return row(line, cell.letter, group.code, what, escaped(cell.mend or ""))


def _more(page: LimitedPage, group: Group) -> int:
    """The cells of a group after its first, folded; how many are listed."""
    cells = group.cells[1:]
    if not cells:
        return 0
    title = f"{group.code} in {escaped_html(', '.join(name for name in (group.place, group.field) if name))}"
    same = {cell.mend for cell in cells} == {group.cells[0].mend}
    head = table_head("line ", "column", "what is wrong", *([] if same else ["how to mend it"]))
    rows = []
    for cell in cells:
        line = "" if cell.line is None else str(cell.line)
        rows.append(row(line, cell.letter, _said(group, cell), *([] if same else [escaped(cell.mend or "")])))
    rest = group.found - 1 - len(cells)
    end = f"\nAnd {rest:,} more, which are not listed here.\n\n</details>\n\n" if rest else "\n</details>\n\n"
    opening = f"<details><summary>{title}: {number(group.found - 1, 'more place')}</summary>\n\n"
    return len(rows) if page.add(opening + head + "".join(rows) + end, _TAIL) else 0


def _said(group: Group, cell: Cell) -> str:
    names = ", ".join(name for name in (cell.row_key, group.field) if name)
    places = f" ({cell.places:,} places)" if cell.places > 1 and cell.line is not None else ""
    return escaped(f"{names}: {cell.message}{places}" if names else f"{cell.message}{places}")
