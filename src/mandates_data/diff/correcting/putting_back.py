"""Whether a change of a cell puts back what an earlier correction removed: the whole cell, or some words of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..words import tokens, word_diff

_BESIDE = 3
"""Tokens on either side that have to be the same for two changes to be at one place."""

Stretch = tuple[tuple[str, ...], str, str, tuple[str, ...]]
"""A change of words: what stands before it, what it takes out, what it puts in, and what stands after it."""


def put_back(earlier: Sequence[Mapping[str, str]], old: str, new: str) -> Mapping[str, str] | None:
    """The newest of the earlier corrections of a cell that a change of it undoes; None where it undoes none.

    >>> first = {"correction_id": "a.text.1", "old": "the wich one", "new": "the which one"}
    >>> put_back([first], "the which one", "the wich one, again")["correction_id"]
    'a.text.1'
    >>> put_back([first], "the which one", "the which one.")
    """
    for row in reversed(earlier):
        if row["old"] == new:
            return row
    changes = set(_stretches(old, new))
    for row in reversed(earlier):
        if changes.intersection(_stretches(row["new"], row["old"])):
            return row
    return None


def _stretches(old: str, new: str) -> Iterator[Stretch]:
    pieces = word_diff(old, new)
    for place, piece in enumerate(pieces):
        if not piece.same:
            before = tokens("".join(each.old for each in pieces[:place])[-200:])[-_BESIDE:]
            after = tokens("".join(each.old for each in pieces[place + 1 :])[:200])[:_BESIDE]
            yield tuple(before), piece.old, piece.new, tuple(after)
