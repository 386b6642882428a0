"""The lines of a topic page that are no mandate, each by a named rule.

The rules are exact and stand in an order, so that a page in which one character of them was changed, added or lost
is not taken for sound. They come from the topic pages of the official site.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

BLANKS = " \u00a0"
"""What the pages use as blank space. A line of these alone is empty."""

TITLE = "Follow-up and Implementation: Mandates"
COUNTER = "2"
LIST_HEADING = "MANDATES"
SEPARATOR = "_" * 47

_FIXED: Mapping[str, str] = {
    "masthead": "Organization of American States Summits of the Americas",
    "title": TITLE,
    "counter": COUNTER,
    "ministerials link": "Click here for Related Ministerials",
    "list heading": LIST_HEADING,
    "separator": SEPARATOR,
    "footer": "© Summits of the Americas",
}
_TOP = ("masthead", "title", "counter", "ministerials link", "topic heading", "list heading")
_FOOT = ("counter", "footer")
_ALWAYS = frozenset({"masthead", "title", "footer"})

IsHeading = Callable[[str], bool]


def is_blank(line: str) -> bool:
    """Whether nothing is printed on the line."""
    return not line.strip(BLANKS)


def unexplained(lines: Mapping[int, str], first: int, last: int, is_heading: IsHeading) -> Iterator[tuple[int, str]]:
    """Where the lines break the rules: the line number (0 for the page as a whole) and what is wrong.

    Parameters
    ----------
    lines
        The lines that are neither blank nor of a mandate, by number.
    first, last
        The first and the last line of a mandate.
    is_heading
        Tells the heading of the page's topic, which differs from page to page.
    """
    top = {number: line for number, line in lines.items() if number < first}
    foot = {number: line for number, line in lines.items() if number > last}
    between = {number: line for number, line in lines.items() if first < number < last}
    top_seen, top_wrong = _in_order(top, _TOP, is_heading)
    foot_seen, foot_wrong = _in_order(foot, _FOOT, is_heading)
    wrong = top_wrong + foot_wrong + [number for number, line in between.items() if line != SEPARATOR]
    for number in sorted(wrong):
        yield number, "no rule explains this line"
    if wrong:
        return  # what seems to be missing may be one of these
    for rule in sorted(_ALWAYS.difference(top_seen, foot_seen)):
        yield 0, f"the {rule} {_FIXED[rule]!r} is missing"
    if ("counter" in top_seen) != ("counter" in foot_seen):
        yield 0, f"the counter {COUNTER!r} stands at the head or the foot of the page only"


def _in_order(lines: Mapping[int, str], rules: tuple[str, ...], is_heading: IsHeading) -> tuple[list[str], list[int]]:
    """The rules that explain the lines, each used once and in order, and the lines that none of them explains."""
    seen: list[str] = []
    wrong: list[int] = []
    ahead = list(rules)
    for number, line in lines.items():
        if line == SEPARATOR:
            continue
        found = next((rule for rule in ahead if _matches(rule, line, is_heading)), None)
        if found is None:
            wrong.append(number)
        else:
            seen.append(found)
            del ahead[: ahead.index(found) + 1]
    return seen, wrong


def _matches(rule: str, line: str, is_heading: IsHeading) -> bool:
    return is_heading(line) if rule == "topic heading" else line == _FIXED[rule]
