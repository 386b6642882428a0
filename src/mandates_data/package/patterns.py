"""Patterns of XML Schema (its part 2, appendix F, "Regular Expressions") told apart from those of Python."""

from __future__ import annotations

import functools
import itertools
import re
import warnings
from collections.abc import Iterator

_PIECE = re.compile(
    r"\\(?:[pP]\{[^}]*\}|.)|\[\^?\]?|\((?:\?(?:<?[=!]|P?<|[:>#(]|[A-Za-z-]+[:)])?)?|\{,|[*+?}][?+]|.", re.DOTALL
)
_ESCAPES = frozenset("nrt\\|.?*+(){}-[]^$sSiIcCdDwWpP")
"""What may follow a backslash in XML Schema, and `$`, which there needs none but everywhere else does.

Python lacks i, c, p and their capitals; `compile_error` tells those.
"""
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


@functools.lru_cache(maxsize=1024)
def _pieces(pattern: str) -> tuple[tuple[str, bool], ...]:
    """The parts of a pattern, each with whether it stands inside a class of characters, between [ and ]."""
    return tuple(_split(pattern))


def _split(pattern: str) -> Iterator[tuple[str, bool]]:
    inside = False
    for found in _PIECE.finditer(pattern):
        piece = found.group()
        if inside and piece[0] == "[" and len(piece) > 1:  # the opening sign of another class, which ends at once
            yield from ((sign, True) for sign in piece[:-1])
            piece = piece[-1]
        if inside and piece == "]":
            inside = False
        yield piece, inside
        if piece[0] == "[":
            inside = True


@functools.lru_cache(maxsize=1024)
def compile_error(pattern: str) -> str:
    """Why a pattern cannot be used here; empty where it can.

    >>> compile_error("[0-9]{4}"), compile_error("(")
    ('', 'missing ), unterminated subpattern at position 0')
    """
    if re.search(r"(?<!\\)(?:\\\\)*\\[pPiIcC]", pattern):
        return r"classes such as \p{L}, \i and \c are not known here"
    pairs = itertools.pairwise(_pieces(pattern)) if "-[" in pattern else ()
    if any(one == ("-", True) and two[0][0] == "[" and two[1] for one, two in pairs):
        return "one class of characters cannot be taken away from another here"
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
    found = (_foreign(piece, inside=inside) for piece, inside in _pieces(pattern))
    return next((words for words in found if words), "")


def _foreign(piece: str, *, inside: bool) -> str:
    words = ""
    if piece[0] == "\\":
        words = "" if piece[1] in _ESCAPES else piece
    elif inside:
        words = "[ between [ and ], without a backslash" if piece[0] == "[" else ""
    elif piece in ("[]", "[^]"):
        words = "] between [ and ], without a backslash"
    elif piece == "{,":
        words = "{ without a number after it"
    elif piece.startswith("(?"):
        words = _GROUPS.get(piece, piece)
    elif len(piece) == 2 and piece != "[^":
        words = f"{piece[0]} followed by {piece[1]}"
    return words


def anchors(pattern: str) -> bool:
    r"""Whether `^` or `$` stands in a pattern other than as an ordinary sign.

    >>> anchors("^a.*$"), anchors(r"[^a]\$"), anchors("a")
    (True, False, False)
    """
    return any(piece in ("^", "$") and not inside for piece, inside in _pieces(pattern))
