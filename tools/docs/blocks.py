"""Generated blocks inside hand-written Markdown.

A block begins with a comment that names its maker, `<!-- run: mandates-data validate -->` say, and ends with
`<!-- end -->`. All between the two is replaced by what the maker returns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

Maker = Callable[[str, str], str]
"""From the argument after the colon and the block's present content to its new content."""

BLOCK = re.compile(
    r"^<!-- (?P<kind>[a-z]+)(?:: (?P<argument>[^\n]*?))? -->\n(?P<content>.*?)^<!-- end -->$", re.DOTALL | re.MULTILINE
)


def rendered(markdown: str, makers: Mapping[str, Maker]) -> str:
    r"""The text with every block made anew.

    >>> rendered("<!-- loud: yes -->\nno\n<!-- end -->", {"loud": lambda argument, _content: argument.upper()})
    '<!-- loud: yes -->\nYES\n<!-- end -->'

    Raises
    ------
    ValueError
        A block names no known maker, or does not end.
    """
    if len(re.findall(r"^<!-- end -->$", markdown, re.MULTILINE)) != len(BLOCK.findall(markdown)):
        raise ValueError("A block has no beginning or no end.")

    def remade(found: re.Match[str]) -> str:
        kind, argument = found["kind"], found["argument"] or ""
        if kind not in makers:
            raise ValueError(f"There is no maker {kind!r}. Makers: {', '.join(sorted(makers))}.")
        content = makers[kind](argument, found["content"]).strip("\n")
        return f"{found[0].partition('-->')[0]}-->\n{content}\n<!-- end -->"

    return BLOCK.sub(remade, markdown)


def cell(text: object) -> str:
    """A text as the cell of a Markdown table."""
    return str(text).replace("|", "\\|").replace("\n", " ")


def table(header: tuple[str, ...], rows: list[tuple[object, ...]]) -> str:
    """A Markdown table; columns whose name ends in a space are set to the right."""
    rule = ["---:" if name.endswith(" ") else "---" for name in header]
    lines = [[name.strip() for name in header], rule, *[[cell(value) for value in row] for row in rows]]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
