"""In how many ways a program may read one text by a pattern, and so how long it can take.

Python's matcher, like most, tries one reading of a text after the other. How many there are for the beginnings of a
text is what its time grows with: where there are never more than a fixed number, the time grows with the length alone;
for `(a+)+b` their number doubles with each further a.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Literal

from .pattern_machine import Alphabet, Machine, Steps, TooLargeError, machine
from .pattern_syntax import Node

Growth = Literal["none", "some", "explosive"]

FEW = 100
"""So many readings at most, of any text however long, are as good as one."""

MANY = 2_000
"""So many readings of a text are tried by Python's matcher; where there can be more, another one takes over."""

SHORT = 50
TOO_MANY = 10**7
"""A pattern that can be read in so many ways by a text of SHORT characters is explosive, whatever its law of growth."""

_PLACES = 1_000
_WORK = 200_000
_LONGEST = 300
_PAIRS = 40_000
_ENDLESS = 10**9


@dataclass(frozen=True, slots=True)
class Readings:
    """How the number of readings grows with the text.

    Attributes
    ----------
    growth
        `none`: there are FEW at most, for every text. `explosive`: they double again and again, or are TOO_MANY for a
        text of SHORT characters; also where neither could be shown. `some`: all between.
    safe_length
        A text of so many characters, or fewer, has MANY readings at most; None for `none`, where each text is safe.
    """

    growth: Growth
    safe_length: int | None


def readings(root: Node) -> Readings:
    """How many readings a pattern has: a proof, or the next worse answer."""
    made = _small(root)
    if made is None:
        return Readings("explosive", 0)
    alphabet = Alphabet(made.chars)
    explorer = _Explorer(made, alphabet)
    if explorer.always_few():
        return Readings("none", None)
    length, huge = explorer.lengths()
    explosive = huge or _doubles(made, alphabet)
    return Readings("explosive" if explosive else "some", length)


def _small(root: Node) -> Machine | None:
    """The machine, with long counts taken as endless as far as its size asks for."""
    for longest in (None, 100, 20, 5, 2):
        try:
            return machine(root, _PLACES, longest=longest)
        except TooLargeError:
            continue
    return None


Ways = dict[int, int]
"""For one text: the places at which its last character may stand, each with the number of readings that lead there."""


class _Explorer:
    """Goes through all texts at once, by what can come of them."""

    def __init__(self, made: Machine, alphabet: Alphabet) -> None:
        self._machine = made
        self._fits = alphabet.fits
        self._kinds = [1 << kind for kind in range(alphabet.size)]
        self._left = _WORK

    def always_few(self) -> bool:
        """Whether there are FEW readings at most for every text; no, too, where the search became too long.

        Of two texts the one with more readings at every place stands for both, whatever comes after them.
        """
        kept = _Greatest()
        waiting: list[tuple[int, int, Ways]] = []
        for number, ways in enumerate(self._next({-1: 1})):
            heapq.heappush(waiting, (-sum(ways.values()), number, ways))
        number = len(waiting)
        while waiting:
            _, _, ways = heapq.heappop(waiting)
            if not kept.add(ways):
                continue
            for more in self._next(ways):
                total = sum(more.values())
                if total > FEW or self._left < kept.work:
                    return False
                number += 1
                heapq.heappush(waiting, (-total, number, more))
        return True

    def lengths(self) -> tuple[int, bool]:
        """The longest length of text that has MANY readings at most, and whether SHORT texts have TOO_MANY."""
        self._left = _WORK
        level: list[Ways] = [{-1: 1}]
        safe, most = 0, 1
        for length in range(1, _LONGEST + 1):
            kept = _Greatest()
            for ways in level:
                for more in self._next(ways):
                    kept.add(more)
            level = kept.all()
            self._left -= kept.work
            if self._left < 0:
                break
            if not level:
                return (_ENDLESS, False) if most <= MANY else (safe, most > TOO_MANY)
            most = max(most, *(sum(ways.values()) for ways in level))
            if most <= MANY:
                safe = length
            elif length >= SHORT or most > TOO_MANY:
                break
        return safe, length <= SHORT and most > TOO_MANY

    def _next(self, ways: Ways) -> list[Ways]:
        """What can come of a text by one more character, for each kind of character; -1 is before the first."""
        reached: Steps = {}
        for place, number in ways.items():
            steps = self._machine.first if place < 0 else self._machine.follow[place]
            self._left -= len(steps)
            for follower, more in steps.items():
                reached[follower] = reached.get(follower, 0) + number * more
        fits = self._fits
        found: dict[tuple[int, ...], Ways] = {}
        for kind in self._kinds:
            self._left -= 1
            fitting = {place: number for place, number in reached.items() if fits[place] & kind}
            if fitting:
                found[tuple(fitting)] = fitting
        return list(found.values())


class _Greatest:
    """The greatest of many `Ways`: none of them is at most another one, place by place."""

    def __init__(self) -> None:
        self._at: dict[int, list[Ways]] = {}
        self._all: list[Ways] = []
        self.work = 0

    def add(self, ways: Ways) -> bool:
        """Keep it; False where one that is kept is as great."""
        if any(_at_most(ways, other) for other in self._rivals(ways)):
            return False
        self._all.append(ways)
        for place in ways:
            self._at.setdefault(place, []).append(ways)
        return True

    def all(self) -> list[Ways]:
        """Those that are kept, without those that a later one made needless."""
        return [
            ways
            for ways in self._all
            if not any(other is not ways and _at_most(ways, other) for other in self._rivals(ways))
        ]

    def _rivals(self, ways: Ways) -> list[Ways]:
        """All that can be as great: they have readings at each place that these have."""
        rivals = min((self._at.get(place, []) for place in ways), key=len)
        self.work += len(rivals) * len(ways) + len(ways)
        return rivals


def _at_most(one: Ways, two: Ways) -> bool:
    return len(one) <= len(two) and all(number <= two.get(place, 0) for place, number in one.items())


def _doubles(made: Machine, alphabet: Alphabet) -> bool:
    """Whether a text leads from a place back to it in two ways, so that by going round their number doubles.

    Weber and Seidl, "On the degree of ambiguity of finite automata" (1991), criterion EDA: two readings side by side
    leave one place, part, and are at that place again. Yes, too, where the search would be too long.
    """
    for round_ in _rounds(len(made.follow), lambda place: made.follow[place]):
        inside = set(round_)
        if any(ways > 1 for place in round_ for follower, ways in made.follow[place].items() if follower in inside):
            return True
        try:
            if len(round_) ** 2 > _PAIRS or _parts_and_meets(round_, inside, made, alphabet):
                return True
        except TooLargeError:
            return True
    return False


def _parts_and_meets(round_: list[int], inside: set[int], made: Machine, alphabet: Alphabet) -> bool:
    number = {place: n for n, place in enumerate(round_)}
    size = len(round_)
    fits = alphabet.fits
    left = _WORK

    def pairs(pair: int) -> list[int]:
        nonlocal left
        one, two = round_[pair // size], round_[pair % size]
        left -= len(made.follow[one]) * len(made.follow[two])
        if left < 0:
            raise TooLargeError
        return [
            number[a] * size + number[b]
            for a in made.follow[one]
            if a in inside
            for b in made.follow[two]
            if b in inside and fits[a] & fits[b]
        ]

    for group in _rounds(size * size, pairs):
        same = any(pair // size == pair % size for pair in group)
        if same and any(pair // size != pair % size for pair in group):
            return True
    return False


def _rounds(size: int, follow: Callable[[int], Iterable[int]]) -> list[list[int]]:
    """The groups of numbers below `size` from each of which all others of the group can be reached, and itself.

    Tarjan's algorithm, without recursion.
    """
    order: dict[int, int] = {}
    lowest: dict[int, int] = {}
    open_: list[int] = []
    is_open: set[int] = set()
    found: list[list[int]] = []
    for root in range(size):
        if root in order:
            continue
        work = [(root, iter(follow(root)))]
        while work:
            node, rest = work[-1]
            if node not in order:
                order[node] = lowest[node] = len(order)
                open_.append(node)
                is_open.add(node)
            follower = next((one for one in rest if one not in order or one in is_open), None)
            if follower is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[node])
                if lowest[node] == order[node]:
                    found.append(_closed(node, open_, is_open))
            elif follower in order:
                lowest[node] = min(lowest[node], order[follower])
            else:
                work.append((follower, iter(follow(follower))))
    return [group for group in found if len(group) > 1 or group[0] in follow(group[0])]


def _closed(node: int, open_: list[int], is_open: set[int]) -> list[int]:
    group = []
    while True:
        group.append(open_.pop())
        is_open.remove(group[-1])
        if group[-1] == node:
            return group
