"""Which words of a text changed: two texts as pieces that are the same or differ, in order, and what differs in each.

Texts are compared token by token: a word, or one blank, or one other sign. First what both begin and end with is set
aside; then tokens that stand once in either text and in the same order are held to be the same ones, as patience
diff does; between those the shortest edit is looked for (E. W. Myers, "An O(ND) Difference Algorithm and Its
Variations", 1986), up to `MOST` steps, beyond which all between them is one piece that differs.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST = 250
"""Tokens that may come or go between two anchors before the stretch counts as rewritten."""

_MARKS = "\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f"
_TOKEN = re.compile(rf"(?:[^\W_]|[{_MARKS}])+(?:['\u2019](?:[^\W_]|[{_MARKS}])+)*|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of both texts: the same in both, or not, and then one of them may be empty."""

    old: str
    new: str

    @property
    def same(self) -> bool:
        """Whether it stands in both."""
        return self.old == self.new


Range = tuple[int, int, int, int]
"""From and to in the old tokens, from and to in the new ones."""


def tokens(text: str) -> list[str]:
    """The words of a text, and the signs and blanks between them, one by one.

    >>> tokens("the OAS's plan, 1998")
    ['the', ' ', "OAS's", ' ', 'plan', ',', ' ', '1998']
    """
    return _TOKEN.findall(text)


def word_diff(old: str, new: str) -> tuple[Piece, ...]:
    """The texts as pieces, in turn the same and not.

    >>> [(piece.old, piece.new) for piece in word_diff("an act of crime", "an act of war")]
    [('an act of ', 'an act of '), ('crime', 'war')]

    Joined, the `old` of all pieces are the old text and the `new` the new one.
    """
    olds, news = tokens(old), tokens(new)
    return _pieces(_joined(_slid(list(_changes(olds, news)), olds, news), olds), olds, news)


def smallest_pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The same with every change as small as can be: to follow a place from one text to the other, not to be read.

    >>> [(piece.old, piece.new) for piece in smallest_pieces("a b c", "x b y")]
    [('a', 'x'), (' b ', ' b '), ('c', 'y')]
    """
    olds, news = tokens(old), tokens(new)
    return _pieces(_changes(olds, news), olds, news)


def _pieces(changes: Iterable[Range], olds: Sequence[str], news: Sequence[str]) -> tuple[Piece, ...]:
    pieces: list[Piece] = []
    here = there = 0
    for start, end, other_start, other_end in changes:
        _add(pieces, olds[here:start], news[there:other_start])
        _add(pieces, olds[start:end], news[other_start:other_end])
        here, there = end, other_end
    _add(pieces, olds[here:], news[there:])
    return tuple(pieces)


def _add(pieces: list[Piece], old: Sequence[str], new: Sequence[str]) -> None:
    if old or new:
        pieces.append(Piece("".join(old), "".join(new)))


def _slid(changes: Sequence[Range], olds: Sequence[str], news: Sequence[str]) -> Iterator[Range]:
    """What only came or only went, moved to where it reads best: "new " rather than " new" of "a new plan".

    Where the token before it is also its last one, it may as well begin there, and so to the other side. It begins
    with a sentence if it can, else with a word after a blank. One token that is the same stays between two changes.
    """
    last = -1
    for place, (start, end, other_start, other_end) in enumerate(changes):
        following = changes[place + 1] if place + 1 < len(changes) else (len(olds) + 1,)
        room = (start - last - 1, following[0] - end - 1)
        steps = 0
        if start == end:
            steps = _best_slide(news, other_start, other_end, room)
        elif other_start == other_end:
            steps = _best_slide(olds, start, end, room)
        last = end + steps
        yield start + steps, last, other_start + steps, other_end + steps


def _best_slide(listed: Sequence[str], start: int, end: int, room: tuple[int, int]) -> int:
    """By how many tokens to move a range, at most by so many to the left and to the right."""
    places = [0]
    for steps in range(1, min(room[0], MOST) + 1):
        if listed[start - steps] != listed[end - steps]:
            break
        places.append(-steps)
    for steps in range(min(room[1], MOST)):
        if listed[start + steps] != listed[end + steps]:
            break
        places.append(steps + 1)
    return max(places, key=lambda steps: (_beginning(listed, start + steps), -abs(steps)))


def _beginning(listed: Sequence[str], place: int) -> int:
    if not listed[place][0].isalnum():
        return 0
    if place == 0:
        return 3
    after_blank = listed[place - 1].isspace()
    return after_blank + (after_blank and place > 1 and listed[place - 2] in _ENDS)


_ENDS = frozenset(".!?;:")


def _joined(changes: Iterator[Range], olds: Sequence[str]) -> Iterator[Range]:
    """Changes with nothing but blanks and signs between them as one, unless each of them is a token for a token.

    So "a new plan" for "the old one" is read as one change and not as three, and two corrected words stay two.
    """
    last: Range | None = None
    for change in changes:
        if last is not None and _belong_together(last, change, olds):
            last = (last[0], change[1], last[2], change[3])
            continue
        if last is not None:
            yield last
        last = change
    if last is not None:
        yield last


def _belong_together(left: Range, right: Range, olds: Sequence[str]) -> bool:
    between = olds[left[1] : right[0]]
    if len(between) > 2 or any(token[0].isalnum() for token in between):
        return False
    return not all(_is_one_for_one(change) for change in (left, right))


def _is_one_for_one(change: Range) -> bool:
    return change[1] - change[0] == change[3] - change[2] == 1


def _changes(olds: Sequence[str], news: Sequence[str]) -> Iterator[Range]:
    """The ranges that differ, in order."""
    start, end = _trimmed(olds, news)
    yield from _between_anchors(olds, news, (start, len(olds) - end, start, len(news) - end))


def _trimmed(olds: Sequence[str], news: Sequence[str]) -> tuple[int, int]:
    """How many tokens both begin with, and then end with."""
    shorter = min(len(olds), len(news))
    start = next((n for n in range(shorter) if olds[n] != news[n]), shorter)
    left = shorter - start
    end = next((n for n in range(left) if olds[-1 - n] != news[-1 - n]), left)
    return start, end


def _between_anchors(olds: Sequence[str], news: Sequence[str], whole: Range) -> Iterator[Range]:
    here, there = whole[0], whole[2]
    for old, new in [*_anchors(olds, news, whole), (whole[1], whole[3])]:
        if here < old or there < new:
            yield from _shifted(_shortest_edit(olds[here:old], news[there:new]), here, there)
        here, there = old + 1, new + 1


def _shifted(ranges: Iterator[Range], here: int, there: int) -> Iterator[Range]:
    return ((start + here, end + here, other + there, other_end + there) for start, end, other, other_end in ranges)


def _anchors(olds: Sequence[str], news: Sequence[str], whole: Range) -> list[tuple[int, int]]:
    """The places of tokens that stand once in either text, as many as have the same order in both."""
    before, after = olds[whole[0] : whole[1]], news[whole[2] : whole[3]]
    once = {token for token, count in Counter(before).items() if count == 1 and token[0].isalnum()}
    once &= {token for token, count in Counter(after).items() if count == 1}
    there = {token: place for place, token in enumerate(after, whole[2]) if token in once}
    places = [(here, there[token]) for here, token in enumerate(before, whole[0]) if token in once]
    return _longest_rising(places)


def _longest_rising(places: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The most of the pairs whose second numbers rise (patience sorting)."""
    tops: list[int] = []
    at: list[int] = []
    before: list[int] = []
    for index, (_, value) in enumerate(places):
        pile = bisect_left(tops, value)
        before.append(at[pile - 1] if pile else -1)
        if pile == len(tops):
            tops.append(value)
            at.append(index)
        else:
            tops[pile] = value
            at[pile] = index
    found = []
    index = at[-1] if at else -1
    while index >= 0:
        found.append(places[index])
        index = before[index]
    return found[::-1]


def _shortest_edit(olds: Sequence[str], news: Sequence[str]) -> Iterator[Range]:
    """The ranges that differ, after what both begin and end with."""
    start, end = _trimmed(olds, news)
    before, after = olds[start : len(olds) - end], news[start : len(news) - end]
    pairs = _common(before, after) if before and after else []
    here = there = 0
    for old, new in [*pairs, (len(before), len(after))]:
        if here < old or there < new:
            yield here + start, old + start, there + start, new + start
        here, there = old + 1, new + 1


def _common(olds: Sequence[str], news: Sequence[str]) -> list[tuple[int, int]]:
    """The places of a longest common run (with gaps) of tokens; none where more than `MOST` have to come or go."""
    reach = {1: 0}
    trail: list[dict[int, int]] = []
    for steps in range(min(len(olds) + len(news), MOST) + 1):
        trail.append(dict(reach))
        for diagonal in range(-steps, steps + 1, 2):
            down = diagonal == -steps or (diagonal != steps and reach[diagonal - 1] < reach[diagonal + 1])
            here = reach[diagonal + 1] if down else reach[diagonal - 1] + 1
            there = here - diagonal
            while here < len(olds) and there < len(news) and olds[here] == news[there]:
                here, there = here + 1, there + 1
            reach[diagonal] = here
            if here >= len(olds) and there >= len(news):
                return _walked_back(trail, len(olds), len(news))
    return []


def _walked_back(trail: Sequence[dict[int, int]], here: int, there: int) -> list[tuple[int, int]]:
    found = []
    for steps in range(len(trail) - 1, -1, -1):
        reach, diagonal = trail[steps], here - there
        down = diagonal == -steps or (diagonal != steps and reach[diagonal - 1] < reach[diagonal + 1])
        from_diagonal = diagonal + 1 if down else diagonal - 1
        old, new = reach[from_diagonal], reach[from_diagonal] - from_diagonal
        while (here > max(old, 0) and there > max(new, 0) and steps) or (not steps and here and there):
            here, there = here - 1, there - 1
            found.append((here, there))
        here, there = old, new
    return found[::-1]
