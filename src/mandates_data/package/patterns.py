r"""Patterns of a schema (`constraints.pattern`): what is wrong with one, and whether a text fits it.

A pattern is one of XML Schema, and fits whole texts. It is read by `pattern_syntax`, written anew as a pattern of
Python that fits the same texts, and given to Python's matcher only where `pattern_readings` has shown that no text can
hold that up. Otherwise `pattern_machine` tells, slower and never held up. `docs/patterns.md` says how one maps to the
other.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass

from . import charsets
from .pattern_machine import Matcher, TooLargeError, machine
from .pattern_readings import Readings, readings
from .pattern_syntax import Anchor, Chars, Choice, Node, PatternError, Repeat, Sequence, Tree, read

Fits = Callable[[str], object]
"""Tells whether a whole text fits: something true where it does."""

MOST_PLACES = 5_000
"""How large a pattern may become, its repetitions written out, for the matcher that is never held up."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A pattern that can be used.

    Attributes
    ----------
    fits
        Tells whether a whole text fits, for every text, in time that grows with its length. A pattern that is not
        understood or too large fits every text: what is wrong with it is told of the schema.
    quick
        The same for texts without a carriage return (U+000D), and faster; None where Python's matcher could be held up.
    python
        The pattern that `quick` uses, for Python's `re`, to be matched as a whole.
    """

    fits: Fits
    quick: Fits | None = None
    python: str | None = None

    @property
    def judges(self) -> bool:
        """Whether texts are judged at all."""
        return self.fits is not _anything


def full_match(pattern: str) -> Fits:
    r"""`compiled(pattern).fits`.

    >>> fits = full_match(r"[\p{Lu}-[A-F]]\d*")
    >>> bool(fits("G7")), bool(fits("Ñ")), bool(fits("A7")), bool(fits("G7\n"))
    (True, True, False, False)
    """
    return compiled(pattern).fits


@functools.lru_cache(maxsize=1024)
def compiled(pattern: str) -> Compiled:
    """The pattern ready for use; it is never refused (see `Compiled.fits`)."""
    root = _tree(pattern).root if not compile_error(pattern) else None
    if root is None:
        return Compiled(_anything)
    grown = _readings(pattern)
    if grown.growth == "none":
        return _by_python(root)
    try:
        slow = Matcher(machine(root, MOST_PLACES))
    except TooLargeError:
        return Compiled(_anything)
    limit = grown.safe_length or 0
    if grown.growth == "explosive" or not limit:
        return Compiled(slow)
    fast = _by_python(root).fits
    return Compiled(lambda text: fast(text) if len(text) <= limit else slow(text))


def _anything(_text: str) -> bool:
    return True


def _by_python(root: Node) -> Compiled:
    """Python's `.` takes a carriage return, XML Schema's does not; but it is several times faster than a class."""
    written = to_python(root)
    exact, quick = re.compile(written), to_python(root, dot=".")
    if quick == written:
        return Compiled(exact.fullmatch, exact.fullmatch, written)
    fits, fast = exact.fullmatch, re.compile(quick).fullmatch
    return Compiled(lambda text: fast(text) if "\r" not in text else fits(text), fast, quick)


def to_python(node: Node, *, dot: str = r"[^\n\r]") -> str:
    r"""A pattern of Python that fits the same texts, in the same number of ways, when the whole text is matched.

    >>> to_python(read(r"(\S|\S.*\S)").root)
    '(?:[^\\t\\n\\r ]|[^\\t\\n\\r ][^\\n\\r]*[^\\t\\n\\r ])'
    """
    if isinstance(node, Chars):
        return dot if node.dot else charsets.as_python(node.chars)
    if isinstance(node, Sequence):
        return "".join(to_python(part, dot=dot) for part in node.parts)
    if isinstance(node, Choice):
        return f"(?:{'|'.join(to_python(branch, dot=dot) for branch in node.branches)})"
    assert not isinstance(node, Anchor)
    part = to_python(node.part, dot=dot)
    if not isinstance(node.part, (Chars, Choice)):
        part = f"(?:{part})"
    return part + _times(node)


def _times(node: Repeat) -> str:
    plain = {(0, None): "*", (1, None): "+", (0, 1): "?"}.get((node.least, node.most))
    if plain is not None:
        return plain
    if node.least == node.most:
        return f"{{{node.least}}}"
    return f"{{{node.least},{'' if node.most is None else node.most}}}"


@functools.lru_cache(maxsize=1024)
def _tree(pattern: str) -> Tree:
    return read(pattern)


@functools.lru_cache(maxsize=1024)
def _readings(pattern: str) -> Readings:
    root = _tree(pattern).root
    assert root is not None
    return readings(root)


@functools.lru_cache(maxsize=1024)
def compile_error(pattern: str) -> str:
    """The mistake in a pattern; empty where there is none.

    >>> compile_error("[0-9]{4}"), compile_error("(")
    ('', 'there is a ( without its ), at character 1')
    """
    try:
        _tree(pattern)
    except PatternError as error:
        return str(error)
    return ""


def foreign_construct(pattern: str) -> str:
    r"""The first part of a pattern that XML Schema does not know; empty where there is none.

    >>> foreign_construct("[a-z]+(-[a-z]+)*"), foreign_construct(r"(?:a|b)"), foreign_construct(r"\bword")
    ('', '(?: ... )', '\\b')
    """
    return "" if compile_error(pattern) else _tree(pattern).foreign


def is_understood(pattern: str) -> bool:
    """Whether texts can be judged by the pattern: it has no mistake, and nothing that is not understood here.

    >>> is_understood("(?:a|b)"), is_understood("(?=a)b")
    (True, False)
    """
    return not compile_error(pattern) and _tree(pattern).root is not None


def anchors(pattern: str) -> bool:
    r"""Whether `^` or `$` stands in a pattern other than as an ordinary sign.

    >>> anchors("^a.*$"), anchors(r"[^a]\$"), anchors("a")
    (True, False, False)
    """
    return not compile_error(pattern) and _tree(pattern).has_anchor


def explodes(pattern: str) -> bool:
    """Whether a text of moderate length could keep a program busy for years, or that could not be ruled out.

    >>> explodes("(a+)+b"), explodes("[a-z]+(-[a-z]+)*")
    (True, False)
    """
    return is_understood(pattern) and _readings(pattern).growth == "explosive"
