"""Patterns of XML Schema (its part 2, appendix F, "Regular Expressions") told apart from those of Python."""

from __future__ import annotations

import re
import warnings

_PIECE = re.compile(
    r"\\(?:[pP]\{[^}]*\}|.)|\[|\]|\((?:\?(?:<?[=!]|P?<|[:>#(]|[A-Za-z-]+[:)])?)?|[*+?}][?+]|[\^$]|.", re.DOTALL
)
_ESCAPES = frozenset("nrt\\|.?*+(){}-[]^$sSiIcCdDwWpP")
"""What may follow a backslash in XML Schema. Python lacks i, c, p and their capitals; `compile_error` tells those."""
_GROUPS = {
    "(?:": "(?: ... )",
    "(?=": "a look ahead, (?= ... )",
    "(?!": "a look ahead, (?! ... )",
    "(?<=": "a look behind, (?<= ... )",
    "(?<!": "a look behind, (?<! ... )",
    "(?>": "(?> ... )",
    "(?#": "a comment",
    "(?(": "a condition",
}


def compile_error(pattern: str) -> str:
    """Why a pattern cannot be used here; empty where it can.

    >>> compile_error("[0-9]{4}"), compile_error("(")
    ('', 'missing ), unterminated subpattern at position 0')
    """
    if re.search(r"(?<!\\)(?:\\\\)*\\[pPiIcC]", pattern):
        return r"classes such as \p{L}, \i and \c are not known here"
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            re.compile(pattern)
        except (re.error, OverflowError) as error:
            return str(error)
        except RecursionError:
            return "it is nested too deeply"
        except (FutureWarning, DeprecationWarning):
            return "one class of characters stands inside another"
    return ""


def foreign_construct(pattern: str) -> str:
    r"""The first part of a pattern that XML Schema does not know; empty where there is none.

    >>> foreign_construct("[a-z]+(-[a-z]+)*"), foreign_construct(r"(?:a|b)"), foreign_construct(r"\bword")
    ('', '(?: ... )', '\\b')
    """
    inside = False
    for found in _PIECE.finditer(pattern):
        piece = found.group()
        if piece[0] == "\\":
            if piece[1] not in _ESCAPES:
                return piece
        elif piece == "[":
            inside = True
        elif piece == "]":
            inside = False
        elif not inside and piece.startswith("(?"):
            return _GROUPS.get(piece, piece)
        elif not inside and len(piece) == 2:
            return f"{piece[0]} followed by {piece[1]}"
    return ""


def anchors(pattern: str) -> bool:
    r"""Whether `^` or `$` stands in a pattern other than as an ordinary sign.

    >>> anchors("^a.*$"), anchors(r"[^a]\$"), anchors("a")
    (True, False, False)
    """
    inside = False
    for found in _PIECE.finditer(pattern):
        piece = found.group()
        if piece == "[":
            inside = True
        elif piece == "]":
            inside = False
        elif piece in "^$" and not inside:
            return True
    return False
