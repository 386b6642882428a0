"""Markdown as GitHub reads it: texts from data that stay texts, and a page that knows how many bytes it may have."""

from __future__ import annotations

import re

from ..validate.findings import visible

_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "$": "<span>$</span>", "[": "&#91;"}
"""What stands for signs of HTML, of tables and of formulas."""

_LINKED = r"@(?=\w)|#(?=\d)|:(?=\S)|\bwww(?=\.)|\bGH(?=-\d)"
"""Places at which GitHub turns plain text into a mention, a reference, an address or a picture."""

_IN_HTML = re.compile(rf"(?P<entity>[&<>|$\[])|(?P<linked>{_LINKED})", re.IGNORECASE)
_IN_MARKDOWN = re.compile(rf"(?P<entity>[&<>|$])|(?P<linked>{_LINKED})|[\\`*_{{}}\[\]~!]", re.IGNORECASE)


def escaped(text: str) -> str:
    r"""A text from data, for the middle of a line or the cell of a table.

    A backslash does not keep GitHub from seeing a mention or a link: it looks at the finished text. There the empty
    element `<wbr>` stands between the signs; unlike a character that nobody sees, it is not copied with them.

    >>> print(escaped("a|b *c* <i> @team #12 http://x"))
    a&#124;b \*c\* &lt;i&gt; @<wbr>team #<wbr>12 http:<wbr>//x
    """
    return _IN_MARKDOWN.sub(_replaced, visible(text))


def escaped_html(text: str) -> str:
    """A text from data inside an element of HTML, where Markdown's own signs mean nothing.

    >>> print(escaped_html("<b> *c* @team"))
    &lt;b&gt; *c* @<wbr>team
    """
    return _IN_HTML.sub(_replaced, visible(text))


def _replaced(found: re.Match[str]) -> str:
    sign = found[0]
    if found["entity"]:
        return _ENTITIES[sign]
    return f"{sign}<wbr>" if found["linked"] else f"\\{sign}"


def row(*cells: str) -> str:
    """A row of a table, of cells that are escaped already."""
    return f"| {' | '.join(cells)} |\n"


def table_head(*names: str) -> str:
    """The head of a table; columns whose name ends in a blank are set to the right."""
    rule = ["---:" if name.endswith(" ") else "---" for name in names]
    return row(*[name.strip() for name in names]) + row(*rule)


class LimitedPage:
    """Parts of a page that together have no more than `limit` bytes of UTF-8."""

    def __init__(self, limit: int) -> None:
        self._left = limit
        self._parts: list[str] = []

    def add(self, part: str, keep: int = 0) -> bool:
        """Add a part, where there is room for it and for `keep` bytes more; whether there was."""
        size = len(part.encode("utf-8"))
        if size + keep > self._left:
            return False
        self._left -= size
        self._parts.append(part)
        return True

    def text(self) -> str:
        """All parts."""
        return "".join(self._parts)
