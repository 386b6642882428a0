"""A pattern as a machine: which characters may follow which, and in how many ways.

This is Glushkov's automaton: one place for each character of the pattern (repetitions written out), and from each place
the places that may come next. The number beside a step says in how many ways a program that tries one reading after the
other can take it, so that `(a+)+` is told apart from `a+`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from .charsets import LAST, Charset
from .pattern_syntax import Anchor, Chars, Choice, Node, Repeat
from .pattern_syntax import Sequence as InOrder

Steps = dict[int, int]
"""Places, each with the number of ways to it."""

_MOST_WAYS = 10**9


class TooLargeError(Exception):
    """The machine would have more places or steps than were allowed."""


@dataclass
class Machine:
    """Places by number, from 0; `first` and `last` are those at which a text may begin and end.

    Attributes
    ----------
    chars
        The characters of each place.
    follow
        The steps from each place.
    empty
        Whether the empty text fits.
    """

    chars: list[Charset] = field(default_factory=list)
    follow: list[Steps] = field(default_factory=list)
    first: Steps = field(default_factory=dict)
    last: Steps = field(default_factory=dict)
    empty: bool = False


@dataclass(frozen=True, slots=True)
class _Piece:
    """A part of the pattern: in how many ways it is empty, and where it begins and ends."""

    empty: int
    first: Steps
    last: Steps


_NOTHING = _Piece(1, {}, {})


def machine(root: Node, most: int, *, longest: int | None = None) -> Machine:
    """The machine of a pattern.

    Parameters
    ----------
    root
        The pattern.
    most
        How many places it may have; ten times as many steps.
    longest
        Repetitions that are counted further than this are taken as endless: the machine then fits more texts, each in
        as many ways at least.

    Raises
    ------
    TooLargeError
        It would be larger.
    """
    builder = _Builder(most, longest)
    whole = builder.piece(root)
    return Machine(builder.chars, builder.follow, whole.first, whole.last, bool(whole.empty))


class _Builder:
    def __init__(self, most: int, longest: int | None) -> None:
        self.chars: list[Charset] = []
        self.follow: list[Steps] = []
        self._most = most
        self._longest = longest
        self._left = 10 * most

    def piece(self, node: Node) -> _Piece:
        if isinstance(node, Chars):
            return self._place(node.chars)
        if isinstance(node, InOrder):
            made = _NOTHING
            for part in node.parts:
                made = self._then(made, self.piece(part))
            return made
        if isinstance(node, Choice):
            return self._either([self.piece(branch) for branch in node.branches])
        if isinstance(node, Repeat):
            return self._repeat(node)
        assert isinstance(node, Anchor)
        raise AssertionError("anchors are settled before")

    def _place(self, chars: Charset) -> _Piece:
        if len(self.chars) >= self._most:
            raise TooLargeError
        self.chars.append(chars)
        self.follow.append({})
        place = {len(self.chars) - 1: 1}
        return _Piece(0, place, place)

    def _join(self, last: Steps, first: Steps) -> None:
        self._left -= len(last) * len(first)
        if self._left < 0:
            raise TooLargeError
        for place, ways in last.items():
            steps = self.follow[place]
            for follower, more in first.items():
                steps[follower] = min(steps.get(follower, 0) + ways * more, _MOST_WAYS)

    def _then(self, one: _Piece, two: _Piece) -> _Piece:
        self._join(one.last, two.first)
        first = _sum(one.first, two.first, one.empty)
        last = _sum(two.last, one.last, two.empty)
        return _Piece(min(one.empty * two.empty, _MOST_WAYS), first, last)

    @staticmethod
    def _either(pieces: list[_Piece]) -> _Piece:
        made = _Piece(0, {}, {})
        for one in pieces:
            first, last = _sum(made.first, one.first, 1), _sum(made.last, one.last, 1)
            made = _Piece(min(made.empty + one.empty, _MOST_WAYS), first, last)
        return made

    def _repeat(self, node: Repeat) -> _Piece:
        least, most = node.least, node.most
        if self._longest is not None and max(least, most or 0) > self._longest:
            least, most = min(least, 1), None
        made = _NOTHING
        for _ in range(least if most is not None else max(least - 1, 0)):
            made = self._then(made, self.piece(node.part))
        if most is None:
            return self._then(made, self._endless(node.part, optional=least == 0))
        return self._then(made, self._at_most(node.part, most - least))

    def _endless(self, part: Node, *, optional: bool) -> _Piece:
        once = self.piece(part)
        self._join(once.last, once.first)
        return _Piece(once.empty + optional, once.first, once.last)

    def _at_most(self, part: Node, times: int) -> _Piece:
        """So many times or less, as (a(a(a)?)?)? is for three."""
        made = _NOTHING
        for _ in range(times):
            made = self._then(self.piece(part), made)
            made = _Piece(min(made.empty + 1, _MOST_WAYS), made.first, made.last)
        return made


def _sum(one: Steps, two: Steps, times: int) -> Steps:
    if not times or not two:
        return one
    made = dict(one)
    for place, ways in two.items():
        made[place] = min(made.get(place, 0) + ways * times, _MOST_WAYS)
    return made


class Alphabet:
    """All characters, sorted into kinds: those of one kind are in the same sets of a machine."""

    def __init__(self, sets: Sequence[Charset]) -> None:
        distinct = list(dict.fromkeys(sets))
        changes: dict[int, int] = {0: 0}
        for number, chars in enumerate(distinct):
            for low, high in chars:
                changes[low] = changes.get(low, 0) ^ (1 << number)
                changes[high + 1] = changes.get(high + 1, 0) ^ (1 << number)
        self._starts: list[int] = []
        self._kinds: list[int] = []
        known: dict[int, int] = {}
        inside = 0
        for start in sorted(changes):
            inside ^= changes[start]
            if start <= LAST:
                self._starts.append(start)
                self._kinds.append(known.setdefault(inside, len(known)))
        bits = {chars: 1 << number for number, chars in enumerate(distinct)}
        self.fits = [sum(1 << kind for mask, kind in known.items() if mask & bits[chars]) for chars in sets]
        """For each set, the kinds of characters in it, as bits of a number."""
        self.size = len(known)

    def kind(self, sign: str) -> int:
        """The number of a character's kind."""
        from bisect import bisect_right

        return self._kinds[bisect_right(self._starts, ord(sign)) - 1]


_REMEMBERED = 20_000


class Matcher:
    """Tells whether a whole text fits, in time that grows with its length and nothing else.

    It keeps all readings of the text at once and takes one step for each character, so that no pattern and no text can
    hold it up. Python's own matcher is faster by far where it need not go back.
    """

    def __init__(self, made: Machine) -> None:
        self._alphabet = Alphabet(made.chars)
        self._of_kind = [0] * self._alphabet.size
        for place, kinds in enumerate(self._alphabet.fits):
            for kind in range(self._alphabet.size):
                if kinds >> kind & 1:
                    self._of_kind[kind] |= 1 << place
        size = len(made.follow)
        self._follow = [*map(_bits, made.follow), _bits(made.first)]
        self._start = 1 << size
        self._ends = _bits(made.last) | (made.empty << size)
        self._kinds: dict[str, int] = {}
        self._steps: dict[tuple[int, int], int] = {}

    def __call__(self, text: str) -> bool:
        """Whether the whole text fits."""
        places, kinds, steps = self._start, self._kinds, self._steps
        for sign in text:
            kind = kinds.get(sign, -1)
            if kind < 0:
                kind = kinds[sign] = self._alphabet.kind(sign)
            reached = steps.get((places, kind))
            places = self._step(places, kind) if reached is None else reached
            if not places:
                return False
        return bool(places & self._ends)

    def _step(self, places: int, kind: int) -> int:
        reached, rest = 0, places
        while rest:
            lowest = rest & -rest
            reached |= self._follow[lowest.bit_length() - 1]
            rest ^= lowest
        if len(self._steps) >= _REMEMBERED:
            self._steps.clear()
        reached &= self._of_kind[kind]
        self._steps[places, kind] = reached
        return reached


def _bits(steps: Iterable[int]) -> int:
    """Places as the bits of a number."""
    made = 0
    for place in steps:
        made |= 1 << place
    return made
