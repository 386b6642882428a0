"""Reports made by hand, and how GitHub reads what is made of them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st

from mandates_data.validate.findings import Finding, Report, Rule, TableCount, by_code


class Endless:
    """Findings that are made each time they are iterated, and never held."""

    def __init__(self, make: Callable[[], Iterator[Finding]]) -> None:
        self._make = make

    def __iter__(self) -> Iterator[Finding]:
        return self._make()


@dataclass(frozen=True)
class Counted:
    """The face of a report whose findings are not held in memory."""

    findings: Iterable[Finding]
    errors: int
    warnings: int = 0
    tables: tuple[TableCount, ...] = (TableCount("t", 1),)
    package: str = "big"
    version: str = ""
    rows: int = 1
    excepted: int = 0


RULES = by_code(
    Rule(code, name, title, "", "", severity)
    for code, name, title, severity in (
        ("MD132", "hash-drift", "The file is not the one that the descriptor states", "error"),
        ("MD202", "not-an-integer", "A cell is not a whole number", "error"),
        ("MD204", "not-a-date", "A cell is not a date in the stated form", "error"),
        ("MD225", "wrong-form", "A cell has not the form of its column", "error"),
        ("MD512", "recommended-property-absent", "A recommended property is absent", "warning"),
    )
)

WRITE_DATE = "Write the date as YYYY-MM-DD."


def date(line: int, text: str = "04/06/2009", **more: Any) -> Finding:
    """A date that is none, in column F of documents."""
    place = {"resource": "documents", "path": "data/documents.csv", "line": line, "column": 6, "field": "adopted_on"}
    return Finding("MD204", "error", f'"{text}" is no date.', **{**place, "mend": WRITE_DATE, "seen": text, **more})


def zeros(line: int, text: str, whole: str) -> Finding:
    """A code that has lost its zeros."""
    return Finding(
        "MD225",
        "error",
        f'"{text}" has lost its leading zeros.',
        resource="documents",
        path="data/documents.csv",
        line=line,
        column=3,
        field="symbol",
        row_key=f"doc-{line}",
        mend=f'Write "{whole}".',
        cause="leading-zeros-lost",
    )


def whole_number(line: int) -> Finding:
    """A position that is no whole number."""
    return Finding(
        "MD202",
        "error",
        '"x" is not a whole number.',
        resource="topics",
        path="data/topics.csv",
        line=line,
        column=2,
        field="position",
        mend="Write digits only, such as 12.",
    )


def a_report() -> Report:
    """One finding of the descriptor, one of a file, three dates, five codes of one cause, 21 numbers in one column."""
    absent = Finding("MD512", "warning", "`licenses` is absent.", path="datapackage.json", line=1, mend="Write it.")
    drift = Finding("MD132", "error", "The hash is stale.", resource="documents", path="data/documents.csv")
    dates = (date(2, row_key="doc-2"), date(9, row_key="doc-9"), date(11, row_key="doc-11"))
    codes = (zeros(3, "7", "007"), zeros(4, "8", "008"), zeros(5, "9", "009"), zeros(6, "1", "001"))
    codes += (zeros(7, "2", "002"), zeros(8, "3", "003"))
    numbers = tuple(whole_number(line) for line in range(2, 23))
    tables = (TableCount("documents", 40), TableCount("topics", 21))
    return Report((absent, drift, *dates, *codes, *numbers), tables, "small", "1.0.0")


def written(write: Callable[..., None], report: Any, **how: Any) -> str:
    """What a writer writes."""
    out = io.StringIO()
    write(report, out, **how)
    return out.getvalue()


# -- What stands in cells ---------------------------------------------------------------------------------------------

HOSTILE = (
    "::error::owned",
    "\n::error::owned",
    " \u3000::add-mask::x",
    "##[add-mask]x",
    "%0A::error::owned",
    "%25%0D%0A",
    "${{ secrets.TOKEN }}",
    "a,line=1,title=b::c",
    "\r\n\x1b[31m\x00\u202e\u2028\ud800",
    "@octocat @org/team #12 GH-12 org/repo#3 http://example.org www.example.org a@example.org :+1:",
    "a|b`c`<b>d</b><script>e</script><!-- f -->",
    "![x](http://x.org) [y](z) *a* _b_ ~~c~~ $d$ \\| &amp; </details>",
)

_SIGNS = ":#[]%\n\r@|`<>&\\ ab1"
cells = st.sampled_from(HOSTILE) | st.text(max_size=40) | st.text(alphabet=_SIGNS, max_size=40)
"""Texts that a file can hold."""

findings = st.builds(
    lambda code, severity, message, line, column, count, **texts: Finding(
        code, severity, message or "Wrong.", line=line, column=column if line else None, count=count, **texts
    ),
    st.sampled_from(["MD132", "MD204", "MD225", "MD799"]),
    st.sampled_from(["error", "warning"]),
    cells,
    st.none() | st.integers(1, 10**9),
    st.none() | st.integers(1, 800),
    st.integers(1, 3),
    resource=st.none() | cells,
    path=st.none() | st.sampled_from(["a.csv", "b/c.csv"]) | cells,
    field=st.none() | cells,
    row_key=st.none() | cells,
    seen=st.none() | cells,
    mend=st.none() | cells,
    cause=st.none() | st.sampled_from(["x", "y"]),
)

reports = st.builds(
    lambda found, package: Report(tuple(found), (TableCount("t", 1),), package, "1"),
    st.lists(findings, max_size=40),
    cells,
)


# -- How GitHub's runner reads a log ----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Command:
    """A workflow command with its values as they are shown."""

    name: str
    properties: dict[str, str]
    data: str


def commands_in(log: str) -> list[Command]:
    """Every command in the lines of a log, of the form with `::` and of the older one with `##[`."""
    return [command for line in log.splitlines() if (command := _command(line))]


def _command(line: str) -> Command | None:
    new = re.match(r"\s*::([^ :]+)(?: (.*?))?::(.*)", line, re.DOTALL)
    if new:
        pairs = [pair.split("=", 1) for pair in (new[2] or "").split(",") if "=" in pair]
        return Command(new[1], {name: _shown(value) for name, value in pairs}, _shown(new[3]))
    old = re.search(r"##\[([^ \]]+).*?\](.*)", line)
    return Command(old[1], {}, old[2]) if old else None


def _shown(text: str) -> str:
    for escape, sign in (("%0D", "\r"), ("%0A", "\n"), ("%3A", ":"), ("%2C", ","), ("%25", "%")):
        text = text.replace(escape, sign)
    return text
