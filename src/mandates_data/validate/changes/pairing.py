"""Rows whose key is no longer the one of the base revision, found again by what else they say."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from itertools import islice

Cells = tuple[str, ...]

_LONG = 20
"""Characters from which a cell is taken for the text of its row."""

_SHARED = 0.2
"""The part of its pieces that a text keeps at least when it is edited, and not replaced by another one.

Of the 9,591 pairs of different mandates of the first release, 9,580 share less.
"""

_FEW = 3
"""Changed cells that are enough to take a row without a long text for another one, where no cell is as it was."""

_PAIRS, _TRIES = 1_000_000, 5_000
"""Pairs of keys that are looked at, and of those that have letters in common, that are compared, at most."""


def by_rest(old: Sequence[Cells], new: Sequence[Cells]) -> Iterator[tuple[int, int]]:
    """The places of rows whose cells outside the key are the same, where one row on each side has them.

    A rest without any value says nothing, and neither does one that several rows share.

    >>> list(by_rest([("Miami", "1994"), ("", "")], [("", ""), ("Miami", "1994")]))
    [(0, 1)]
    """
    before, after = Counter(old), Counter(new)
    places = {rest: place for place, rest in enumerate(new) if after[rest] == 1 and any(rest)}
    for place, rest in enumerate(old):
        if before[rest] == 1 and rest in places:
            yield place, places[rest]


def by_key(
    old: Sequence[tuple[int, Cells]], new: Sequence[tuple[int, Cells]], damaged: Callable[[Cells, Cells], bool]
) -> Iterator[tuple[int, int]]:
    """The places of rows whose new key is the old one as a program leaves it, where only one row fits.

    Nothing is tried where there are too many rows to compare each with each.
    """
    if len(old) * len(new) > _PAIRS:
        return
    old_signs, new_signs = [_signs(key) for _, key in old], [_signs(key) for _, key in new]
    all_near = (
        (old[here], new[there])
        for here, one in enumerate(old_signs)
        for there, other in enumerate(new_signs)
        if one <= other or other <= one
    )
    near = list(islice(all_near, _TRIES + 1))
    if len(near) > _TRIES:
        return
    found = [(here, there) for (here, before), (there, after) in near if damaged(before, after)]
    olds, news = Counter(here for here, _ in found), Counter(there for _, there in found)
    yield from ((here, there) for here, there in found if olds[here] == news[there] == 1)


def _signs(key: Cells) -> frozenset[str]:
    """What programs leave of a key: its letters and digits, but for those that they add, drop or exchange."""
    return frozenset(sign for sign in "".join(key).lower() if sign.isascii() and sign.isalnum() and sign != "0")


def says_something_else(old: Cells, new: Cells) -> bool:
    """Whether a row with the same key has another content; the cells are those outside the key.

    The longest text of the old row decides, by how many of its pieces (pairs of words, or three letters in a row
    where there are few words) are still there. A row without a text of 20 letters is another one when it has three
    cells or more with a value on both sides, and none of them is as it was.

    >>> says_something_else(("We condemn terrorism in all its forms.",), ("We condemn terorism in all its forms",))
    False
    >>> says_something_else(("We condemn terrorism in all its forms.",), ("Convene a conference on drugs in 1996.",))
    True
    """
    both = [(before, after) for before, after in zip(old, new, strict=True) if before and after]
    if not both:
        return False
    before, after = max(both, key=lambda pair: len(pair[0]))
    if len(before) >= _LONG:
        return alike(before, after) < _SHARED
    return len(both) >= _FEW and all(before != after for before, after in both)


def alike(old: str, new: str) -> float:
    """The part of two texts' pieces that both have: 1 where they are equal, 0 where nothing is.

    >>> alike("one two three four five six", "one two three four five six")
    1.0
    """
    words = old.split(), new.split()
    size = 2 if min(map(len, words)) > 5 else 0
    left, right = (_pieces(side, 2) if size else _pieces(text, 3) for side, text in zip(words, (old, new), strict=True))
    total = max(left.total(), right.total())
    return (left & right).total() / total if total else float(old == new)


def _pieces(sequence: Sequence[str], size: int) -> Counter[tuple[str, ...]]:
    return Counter(tuple(sequence[start : start + size]) for start in range(len(sequence) - size + 1))
