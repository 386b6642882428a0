"""Patterns of XML Schema (its part 2, appendix F, "Regular Expressions") as trees.

What Perl's patterns have besides is understood where it changes nothing but the spelling (`(?:a)`, `a+?`), and named,
so that a finding can tell it. What looks around, refers back or switches something is named and not gone into.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NoReturn

from . import charsets
from .charsets import Charset

MOST_TIMES = 1_000_000
"""The largest number of repetitions that is read."""

_DEEPEST = 60
_TIMES = re.compile(r"\{([0-9]*)(,?)([0-9]*)\}")
_LOOK = re.compile(r"\(\?(?:P?<(?P<name>[^>=!]*)>|<?[=!]|P[=>]|[:>#(|]|[A-Za-z^-]+[:)])?")
_SIGNS = {"n": "\n", "r": "\r", "t": "\t"}
_FOREIGN_SIGNS = {"f": "\f", "v": "\v", "a": "\a", "0": "\0"}
_CODES = {"x": 2, "u": 4, "U": 8}
_ESCAPED = frozenset("\\|.?*+(){}-[]^$")
"""Signs that a backslash makes ordinary: XML Schema's, and `$`, which needs none there but everywhere else."""

_LOOKS = {
    "(?=": "a look ahead, (?= ... )",
    "(?!": "a look ahead, (?! ... )",
    "(?<=": "a look behind, (?<= ... )",
    "(?<!": "a look behind, (?<! ... )",
    "(?>": "(?> ... )",
    "(?#": "a comment",
    "(?(": "a condition",
}


@dataclass(frozen=True, slots=True)
class Chars:
    """One character of a set. `dot` tells that it was written as `.`."""

    chars: Charset
    dot: bool = False


@dataclass(frozen=True, slots=True)
class Anchor:
    """A bare `^` or `$`: see `anchored`."""

    sign: str


@dataclass(frozen=True, slots=True)
class Sequence:
    """One part after the other."""

    parts: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the branches."""

    branches: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """The part so many times; `most` is None where there is no end."""

    part: Node
    least: int
    most: int | None


Node = Chars | Anchor | Sequence | Choice | Repeat


class PatternError(ValueError):
    """A pattern has a mistake; the message ends a sentence and names the character."""


class _NotOursError(Exception):
    """A part that makes the pattern something else than one of XML Schema."""


@dataclass(frozen=True, slots=True)
class Tree:
    """A pattern as it was read.

    Attributes
    ----------
    root
        The pattern; None where it has a part that is not understood here.
    foreign
        The first part that XML Schema does not know, in words; empty where there is none.
    has_anchor
        Whether a bare `^` or `$` stands in it.
    """

    root: Node | None
    foreign: str
    has_anchor: bool


def read(pattern: str) -> Tree:
    """The tree of a pattern.

    Raises
    ------
    PatternError
        The pattern has a mistake.
    """
    reader = _Reader(pattern)
    try:
        root: Node | None = anchored(reader.pattern())
    except _NotOursError:
        root = None
    return Tree(root, reader.foreign, reader.has_anchor)


def anchored(node: Node, *, first: bool = True, last: bool = True) -> Node:
    """The tree with its bare `^` and `$` settled.

    To XML Schema they are ordinary signs, and patterns match whole values without them. In the standard's own example,
    `^a.*$`, they stand for the ends. So at an end of the pattern they stand for that end, which says nothing new, and
    elsewhere for themselves.
    """
    if isinstance(node, Anchor):
        at_end = first if node.sign == "^" else last
        return Sequence() if at_end else Chars(((ord(node.sign), ord(node.sign)),))
    if isinstance(node, Sequence):
        return _anchored_sequence(node.parts, first=first, last=last)
    if isinstance(node, Choice):
        return Choice(tuple(anchored(branch, first=first, last=last) for branch in node.branches))
    if isinstance(node, Repeat):
        once = node.most == 1 and not isinstance(node.part, Anchor)
        return _repeated(anchored(node.part, first=first and once, last=last and once), node.least, node.most)
    return node


def _repeated(part: Node, least: int, most: int | None) -> Node:
    """The repetition, without rounds in which nothing is taken: a million of them would be gone through one by one."""
    if most == 0 or not _takes_any(part):
        return Sequence()
    return Repeat(part, 0 if _may_be_empty(part) else least, most)


def _takes_any(node: Node) -> bool:
    """Whether a character stands in it at all."""
    if isinstance(node, Sequence):
        return any(map(_takes_any, node.parts))
    if isinstance(node, Choice):
        return any(map(_takes_any, node.branches))
    return not isinstance(node, Repeat) or _takes_any(node.part)


def _may_be_empty(node: Node) -> bool:
    """Whether the empty text fits."""
    if isinstance(node, Sequence):
        return all(map(_may_be_empty, node.parts))
    if isinstance(node, Choice):
        return any(map(_may_be_empty, node.branches))
    return isinstance(node, Repeat) and (node.least == 0 or _may_be_empty(node.part))


def _anchored_sequence(parts: tuple[Node, ...], *, first: bool, last: bool) -> Node:
    size = len(parts)
    begin = next((n for n, part in enumerate(parts) if part != Anchor("^")), size)
    end = next((n for n, part in enumerate(reversed(parts)) if part != Anchor("$")), size)
    settled = [
        anchored(part, first=first and n <= begin, last=last and n >= size - 1 - end) for n, part in enumerate(parts)
    ]
    kept = tuple(part for part in settled if part != Sequence())
    return kept[0] if len(kept) == 1 else Sequence(kept)


class _Reader:
    """Reads a pattern from left to right."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._at = 0
        self._depth = 0
        self.foreign = ""
        self.has_anchor = False

    def pattern(self) -> Node:
        node = self._choice()
        if self._at < len(self._text):
            self._fail("there is a ) without its (")
        return node

    def _fail(self, what: str, at: int | None = None) -> NoReturn:
        raise PatternError(f"{what}, at character {(self._at if at is None else at) + 1}")

    def _peek(self, text: str) -> bool:
        return self._text.startswith(text, self._at)

    def _take(self) -> str:
        sign = self._text[self._at]
        self._at += 1
        return sign

    def _note(self, words: str) -> None:
        self.foreign = self.foreign or words

    def _refuse(self, words: str) -> NoReturn:
        self._note(words)
        raise _NotOursError

    def _choice(self) -> Node:
        branches = [self._branch()]
        while self._peek("|"):
            self._at += 1
            branches.append(self._branch())
        return branches[0] if len(branches) == 1 else Choice(tuple(branches))

    def _branch(self) -> Node:
        parts: list[Node] = []
        while self._at < len(self._text) and self._text[self._at] not in "|)":
            parts.append(self._times(self._atom()))
        return parts[0] if len(parts) == 1 else Sequence(tuple(parts))

    def _atom(self) -> Node:
        start = self._at
        sign = self._take()
        if sign == "(":
            return self._group(start)
        if sign == "[":
            return Chars(self._class(start))
        if sign == ".":
            return Chars(charsets.others(charsets.LINE_ENDS), dot=True)
        if sign == "\\":
            return Chars(self._escape(start))
        if sign in "^$":
            self.has_anchor = True
            return Anchor(sign)
        if sign in "*+?" or (sign == "{" and self._is_quantity(start)):
            self._fail(f"nothing stands before {sign} that could be repeated", start)
        if sign in "{}]":
            self._note(f"{sign} without a backslash")
        return Chars(_one(sign))

    def _group(self, start: int) -> Node:
        if self._peek("?"):
            found = _LOOK.match(self._text, start)
            opened = found.group() if found else "(?"
            if found is None or opened == "(?" or (found["name"] is not None and not found["name"].isidentifier()):
                self._fail("(? begins nothing that is known", start)
            shown = _LOOKS.get(opened, opened)
            if opened != "(?:" and not found["name"]:
                self._refuse(shown)
            self._note("(?: ... )" if opened == "(?:" else shown)
            self._at = found.end()
        self._depth += 1
        if self._depth > _DEEPEST:
            self._fail("it is nested too deeply", start)
        node = self._choice()
        if not self._peek(")"):
            self._fail("there is a ( without its )", start)
        self._at += 1
        self._depth -= 1
        return node

    def _times(self, node: Node) -> Node:
        start = self._at
        found = self._quantity()
        if found is None:
            return node
        written = self._text[start : self._at]
        if self._peek("?"):
            self._note(f"{written} followed by ?")
            self._at += 1
        elif self._peek("+"):
            self._refuse(f"{written} followed by +")
        if self._text[self._at : self._at + 1] in ("*", "+", "?") or self._is_quantity(self._at):
            self._fail(f"{written} is followed by another repetition")
        return Repeat(node, *found)

    def _is_quantity(self, at: int) -> bool:
        found = _TIMES.match(self._text, at)
        return found is not None and bool(found[1] or found[3])

    def _quantity(self) -> tuple[int, int | None] | None:
        plain: dict[str, tuple[int, int | None]] = {"*": (0, None), "+": (1, None), "?": (0, 1)}
        known = plain.get(self._text[self._at : self._at + 1])
        if known is not None:
            self._at += 1
            return known
        if not self._is_quantity(self._at):
            return None
        found = _TIMES.match(self._text, self._at)
        assert found is not None
        if not found[1]:
            self._note("{ without a number after it")
        if max(len(found[1]), len(found[3])) > 7:
            self._fail(f"it repeats more than {MOST_TIMES:,} times")
        least = int(found[1] or 0)
        most = int(found[3]) if found[3] else None if found[2] else least
        if most is not None and most < least:
            self._fail(f"{most} is less than {least}")
        if max(least, most or 0) > MOST_TIMES:
            self._fail(f"it repeats more than {MOST_TIMES:,} times")
        self._at = found.end()
        return least, most

    def _class(self, start: int) -> Charset:
        """A class of characters, whose [ has been taken."""
        negated = self._peek("^")
        self._at += negated
        self._depth += 1
        if self._depth > _DEEPEST:
            self._fail("it is nested too deeply", start)
        spans: list[tuple[int, int]] = []
        taken: Charset = ()
        begin = self._at
        while not (self._peek("]") and self._at > begin):
            if self._at >= len(self._text):
                self._fail("there is a [ without its ]", start)
            if self._peek("-[") and self._at > begin:
                self._at += 2
                taken = self._class(self._at - 1)
                if not self._peek("]"):
                    self._fail("after a class that is taken away the ] is missing")
                break
            spans.extend(self._item(begin))
        self._at += 1
        self._depth -= 1
        chars = charsets.charset(spans)
        return charsets.without(charsets.others(chars) if negated else chars, taken)

    def _item(self, begin: int) -> Charset:
        """The next character, range or backslash with what follows, between [ and ]."""
        start = self._at
        low = self._member(begin)
        if not self._peek("-") or self._text[self._at + 1 : self._at + 2] in ("]", "[", ""):
            return low
        if self._text[start] == "-" and start > begin:
            self._note("- in the middle of [ and ], without a backslash")
            return low
        self._at += 1
        high = self._member(begin)
        if len(low) != 1 or low[0][0] != low[0][1] or len(high) != 1 or high[0][0] != high[0][1]:
            self._fail("a - stands beside a group of characters", start)
        if high[0][0] < low[0][0]:
            self._fail(f"{self._text[start : self._at]} goes backwards", start)
        return ((low[0][0], high[0][0]),)

    def _member(self, begin: int) -> Charset:
        start = self._at
        sign = self._take()
        if sign == "\\":
            return self._escape(start)
        if sign == "[":
            self._note("[ between [ and ], without a backslash")
        elif sign == "]":
            self._note("] between [ and ], without a backslash")
        elif sign == "-" and start > begin and self._at < len(self._text) and not self._peek("]"):
            self._note("- in the middle of [ and ], without a backslash")
        return _one(sign)

    def _escape(self, start: int) -> Charset:
        """What a backslash, which has been taken, and the signs after it stand for."""
        if self._at >= len(self._text):
            self._fail("nothing follows the last backslash", start)
        sign = self._take()
        if sign in _SIGNS:
            return _one(_SIGNS[sign])
        if sign in "sSiIcCdDwW":
            return charsets.of_letter(sign)
        if sign in "pP":
            return self._property(sign, start)
        if sign in _ESCAPED:
            return _one(sign)
        return self._foreign_escape(sign, start)

    def _foreign_escape(self, sign: str, start: int) -> Charset:
        if sign in _CODES:
            code = self._text[self._at : self._at + _CODES[sign]]
            if not re.fullmatch(rf"[0-9A-Fa-f]{{{_CODES[sign]}}}", code) or int(code, 16) > charsets.LAST:
                self._fail(f"\\{sign} needs {_CODES[sign]} digits", start)
            self._at += len(code)
            self._note(f"\\{sign}")
            return _one(chr(int(code, 16)))
        if sign in _FOREIGN_SIGNS:
            self._note(f"\\{sign}")
            return _one(_FOREIGN_SIGNS[sign])
        if sign in "123456789bBAZz":
            self._refuse(f"\\{sign}")
        if sign.isascii() and sign.isalnum():
            self._fail(f"\\{sign} stands for nothing", start)
        self._note(f"\\{sign}")
        return _one(sign)

    def _property(self, sign: str, start: int) -> Charset:
        found = re.compile(r"\{([^{}]*)\}").match(self._text, self._at)
        if found is None:
            self._fail(f"\\{sign} needs a name between {{ and }}", start)
        self._at = found.end()
        chars = charsets.of_property(found[1])
        if chars is None:
            self._fail(f"no kind of characters is called {found[1]}", start)
        return chars if sign == "p" else charsets.others(chars)


def _one(sign: str) -> Charset:
    return ((ord(sign), ord(sign)),)
