r"""The grammar of a topic page of the official site, in the text form in which pages are archived.

    page       = head, { paragraph | separator }, foot       (blank lines anywhere; `boilerplate` has head and foot)
    paragraph  = 2 blanks, ( number "." | "• " official ), " ", text [, citation ], { item }
    item       = 4 blanks, ( "• " label "." | "•" | number "." ), " ", text [, citation ]
    official   = number "." number { "." number }             as in "• 6.10", a number of the document itself
    number     = a list number of the page, as in "1."; the pages restart their lists at will
    label      = a letter, a doubled letter or a small roman number, as in "• g."

An item whose bullet was lost is an indented line that a person names (decision `item`). Whatever else the page prints
has to be explained by a rule for boilerplate or by a person (decision `boilerplate`), or the page is refused.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from ..errors import MandatesDataError
from .boilerplate import LIST_HEADING, is_blank
from .topics import is_heading

PARAGRAPH_INDENT = "  "
ITEM_INDENT = "    "

_PARAGRAPH = re.compile(r"  (?P<marker>\d+\.|• (?P<official>\d+(?:\.\d+)+)) (?P<rest>[^ \u00a0].*)", re.ASCII)
_ITEM = re.compile(
    r"    (?P<marker>• (?P<letter>[a-z]|([a-z])\3|[ivx]+)\.|•|(?P<number>\d+)\.) (?P<rest>[^ \u00a0].*)", re.ASCII
)
_BARE = re.compile(r"    (?P<rest>[^ \u00a0].*)")


class PageError(MandatesDataError):
    """A page cannot be read as text at all."""


@dataclass(frozen=True, slots=True)
class ItemLine:
    """A line that is a point under a paragraph. `label` is empty for a bare or lost bullet; `rest` has no marker."""

    line: int
    marker: str
    label: str
    rest: str


@dataclass(slots=True)
class ParagraphLine:
    """A line that is a paragraph, with the items below it. `official` is its printed official number, or empty."""

    line: int
    marker: str
    official: str
    rest: str
    items: list[ItemLine] = field(default_factory=list)


@dataclass(frozen=True)
class Page:
    """What the grammar makes of a page: its paragraphs, and every other line that is not blank, by number."""

    paragraphs: tuple[ParagraphLine, ...]
    others: Mapping[int, str]
    heading: str

    @property
    def first_line(self) -> int:
        """The line of the first paragraph; 0 where there is none."""
        return self.paragraphs[0].line if self.paragraphs else 0

    @property
    def last_line(self) -> int:
        """The last line of the last paragraph; 0 where there is none."""
        if not self.paragraphs:
            return 0
        last = self.paragraphs[-1]
        return last.items[-1].line if last.items else last.line


def page_lines(content: bytes, label: str) -> list[str]:
    """The lines of an archived page: UTF-8, ended by LF. Every other character stays in its line.

    Raises
    ------
    PageError
        The bytes are no UTF-8 text, or hold nothing.
    """
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise PageError(f"{label}:{line} is not UTF-8 text.", "Save the page as plain text in UTF-8.") from error
    if not text.strip():
        raise PageError(f"{label} is empty.", "Archive the page again.")
    if "\r" in text:
        line = text.count("\n", 0, text.index("\r")) + 1
        raise PageError(f"{label}:{line} ends in a carriage return.", "Save the page with line ends as on Unix (LF).")
    return text.split("\n")


def parse_page(lines: list[str], lost_bullets: frozenset[int] = frozenset()) -> Page:
    """The page's lines by the grammar. `lost_bullets` are lines that are items though they have no bullet."""
    paragraphs: list[ParagraphLine] = []
    others: dict[int, str] = {}
    for number, line in enumerate(lines, start=1):
        if is_blank(line):
            continue
        if paragraph := _PARAGRAPH.fullmatch(line):
            marker, official, rest = paragraph.group("marker", "official", "rest")
            paragraphs.append(ParagraphLine(number, marker, official or "", rest))
        elif paragraphs and (item := _item(number, line, lost_bullets)):
            paragraphs[-1].items.append(item)
        else:
            others[number] = line
    return Page(tuple(paragraphs), others, _heading(others))


def _item(number: int, line: str, lost_bullets: frozenset[int]) -> ItemLine | None:
    if found := _ITEM.fullmatch(line):
        label = found["letter"] or found["number"] or ""
        return ItemLine(number, found["marker"], label, found["rest"])
    if number in lost_bullets and (bare := _BARE.fullmatch(line)):
        return ItemLine(number, "", "", bare["rest"])
    return None


def _heading(others: Mapping[int, str]) -> str:
    """The topic heading: the line in capitals just before the list heading, where the page has one."""
    lines = list(others.values())
    if LIST_HEADING not in lines[1:]:
        return ""
    before = lines[lines.index(LIST_HEADING, 1) - 1]
    return before if is_heading(before) else ""
