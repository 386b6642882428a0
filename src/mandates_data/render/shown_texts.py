"""Texts from data as they are shown: on one line, cut where they are long, and with what the eye cannot see."""

from __future__ import annotations

import unicodedata

from ..diff.signs import unseen

WIDTH = 72
"""Characters of a text that came or went as a whole that are shown."""


def around_difference(old: str, new: str) -> tuple[str, str]:
    """Both texts, the long ones cut to where they begin to differ.

    >>> around_difference("a" * 100 + "b", "a" * 100 + "c")
    ('…aaaaaaaaaaaaaaaaaaaaaaaab', '…aaaaaaaaaaaaaaaaaaaaaaaac')
    """
    if max(len(old), len(new)) <= WIDTH:
        return old, new
    unequal = (place for place, (left, right) in enumerate(zip(old, new, strict=False)) if left != right)
    shared = next(unequal, min(len(old), len(new)))
    start = max(0, shared - WIDTH // 3)
    return _window(old, start), _window(new, start)


def start_of(text: str) -> str:
    """The beginning of a text, all of it where it is short."""
    return _window(text, 0)


def _window(text: str, start: int) -> str:
    before = "…" if start else ""
    after = "…" if len(text) > start + WIDTH else ""
    return f"{before}{text[start : start + WIDTH]}{after}"


def escaped(text: str) -> str:
    r"""The text with its control, format and unusual space characters written as escapes.

    >>> print(escaped("a" + chr(27) + "[31m" + chr(0xA0) + "é"))
    a\x1b[31m\xa0é
    """
    return text if text.isascii() and text.isprintable() else "".join(map(_escaped_character, text))


def _escaped_character(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii") if unseen(character) else character


def visible(text: str, *, blanks: bool = False, apart: bool = False) -> str:
    r"""The same, with plain blanks as `␣` and with letters apart from their accents, where that is what changed.

    >>> print(visible("  ", blanks=True), visible("e" + chr(0x301), apart=True))
    ␣␣ e\u0301
    """
    shown = escaped(text)
    if blanks:
        shown = shown.replace(" ", "␣")
    if apart:
        shown = "".join([_code(sign) if unicodedata.combining(sign) else sign for sign in shown])
    return shown


def _code(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


def quoted(text: str, *, blanks: bool = False, apart: bool = False) -> str:
    r"""The text between quotes, on one line and without a character that the eye cannot see.

    >>> print(quoted('the "Plan"' + chr(10)))
    "the \"Plan\"\n"
    """
    return '"' + visible(text.replace("\\", "\\\\").replace('"', '\\"'), blanks=blanks, apart=apart) + '"'


def plural(number: int, one: str, many: str = "") -> str:
    """A count with its noun.

    >>> plural(1, "row"), plural(1200, "property", "properties")
    ('1 row', '1,200 properties')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
