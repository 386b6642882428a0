"""Orders and JSON values merged three ways. Neither side is treated otherwise than the other, but in a conflict."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import combinations
from typing import Any

from ..documents import ABSENT, pointer, reordered, same_json, same_text

Tell = Callable[[str, Any, Any, Any], None]
"""Told the JSON Pointer of a conflict, and the base, ours and theirs there (each may be `ABSENT`)."""

_WHOLE = frozenset({"primaryKey"})
"""Lists that mean something only as a whole: the items of two of them are no third one."""


def merged_order(sides: Sequence[Sequence[str]], wanted: Collection[str]) -> tuple[tuple[str, ...], bool]:
    """The wanted names in the order that both sides ask for, and whether they ask for one that cannot be.

    `sides` are base, ours and theirs. Of two names the order is that of the side which changed it. What neither side
    settles goes by the alphabet, names that one side added in a row staying together.

    >>> merged_order(("abc", "bac", "abcd"), "abcd")
    (('b', 'a', 'c', 'd'), False)
    >>> merged_order(("abc", "bac", "acb"), "abc")
    (('a', 'c', 'b'), True)
    """
    names = set(wanted)
    old, left, right = ([name for name in side if name in names] for side in sides)
    for changed, other in ((left, right), (right, left)):
        if len(changed) == len(names) and other in (old, changed):
            return tuple(changed), False
    return _sorted_by_pairs(old, left, right, names)


def _sorted_by_pairs(
    old: list[str], left: list[str], right: list[str], names: set[str]
) -> tuple[tuple[str, ...], bool]:
    places = [{name: place for place, name in enumerate(side)} for side in (old, left, right)]
    before: dict[str, set[str]] = {name: set() for name in names}
    for one, other in combinations(sorted(names), 2):
        first = _first(one, other, *places)
        if first is not None:
            before[other if first == one else one].add(first)
    done: list[str] = []
    contradictory = False
    while before:
        free = [name for name, earlier in before.items() if not earlier]
        contradictory = contradictory or not free
        name = _next(done, free, [left, right], places) or min(
            free or before, key=lambda each: (places[0].get(each, len(old)) if not free else 0, each)
        )
        done.append(name)
        del before[name]
        for earlier in before.values():
            earlier.discard(name)
    return tuple(done), contradictory


def _first(
    one: str, other: str, old: Mapping[str, int], left: Mapping[str, int], right: Mapping[str, int]
) -> str | None:
    """Which of two names comes first; None where nothing settles it."""
    was, ours, theirs = (
        (one if side[one] < side[other] else other) if one in side and other in side else None
        for side in (old, left, right)
    )
    if ours is None or theirs is None or ours == theirs:
        return ours or theirs
    if was is None:
        return None
    return theirs if ours == was else ours


def _next(done: list[str], free: list[str], sides: list[list[str]], places: list[dict[str, int]]) -> str | None:
    """The new name that a side has right behind the new one that was placed last."""
    if not done or done[-1] in places[0]:
        return None
    followers = set()
    for side, at in zip(sides, places[1:], strict=True):
        place = at.get(done[-1], len(side)) + 1
        followers.update(side[place : place + 1])
    return min((name for name in followers if name in free and name not in places[0]), default=None)


def settled_order(
    sides: Sequence[Sequence[str]], wanted: Collection[str], unsure: Collection[str], tell: Callable[[], None]
) -> tuple[str, ...]:
    """The wanted names in their merged order; where there is none, as ours has them, and that is told.

    Names that are `unsure`, since ours and theirs differ on whether they are there at all, are no cause to tell.
    """
    order, contradictory = merged_order(sides, wanted)
    if merged_order(sides, set(wanted) - set(unsure))[1]:
        tell()
        contradictory = True
    return order_of_ours(sides[1], sides[2], wanted) if contradictory else order


def order_of_ours(ours: Sequence[str], theirs: Sequence[str], wanted: Collection[str]) -> tuple[str, ...]:
    """The wanted names as ours has them; each of the others behind what it stands behind in theirs.

    >>> order_of_ours("bac", "acxb", "abcx")
    ('b', 'a', 'c', 'x')
    """
    left, right = ([name for name in side if name in set(wanted)] for side in (ours, theirs))
    return tuple(reordered(left, [name for name in right if name in set(left)], right))


def merged_value(sides: Sequence[Any], tell: Tell, path: str = "") -> Any:
    """A JSON value merged from base, ours and theirs, of which any may be `ABSENT`.

    What both sides changed differently is told, and stays as in ours. Objects are merged member by member. Lists of
    distinct items are merged as sets in order, unless both sides took away the same item: it may be one that both
    changed.

    >>> merged_value([{"a": 1, "l": [1]}, {"a": 2, "l": [1, 2]}, {"a": 1, "l": [0, 1]}], print)
    {'a': 2, 'l': [0, 1, 2]}
    """
    base, ours, theirs = sides
    if all(isinstance(side, dict) for side in sides):
        return _merged_members(sides, tell, path)
    if same_json(ours, theirs):
        return _as_written(base, ours, theirs)
    if same_json(base, ours):
        return theirs
    if same_json(base, theirs):
        return ours
    if all(isinstance(side, list) for side in sides):
        items = _merged_items(sides) if path.rpartition("/")[2] not in _WHOLE else None
        if items is not None:
            return items
    tell(path, base, ours, theirs)
    return ours


def _as_written(base: Any, ours: Any, theirs: Any) -> Any:
    """One value in the writing of the side that changed how it is written."""
    if ours is ABSENT:
        return ours
    if base is not ABSENT and same_text(base, ours):
        return theirs
    if base is not ABSENT and same_text(base, theirs):
        return ours
    return min(ours, theirs, key=json.dumps)


def _merged_members(sides: Sequence[Mapping[str, Any]], tell: Tell, path: str) -> dict[str, Any]:
    members = {
        name: merged_value([side.get(name, ABSENT) for side in sides], tell, pointer(path, name))
        for name in dict.fromkeys(name for side in sides for name in side)
    }
    kept = [name for name, value in members.items() if value is not ABSENT]
    order, _ = merged_order([list(side) for side in sides], kept)
    return {name: members[name] for name in order}


def _merged_items(sides: Sequence[list[Any]]) -> list[Any] | None:
    """The items of three lists as one; None where they do not settle it."""
    old, left, right = items = [{json.dumps(item, sort_keys=True): item for item in side} for side in sides]
    if any(len(distinct) < len(side) for distinct, side in zip(items, sides, strict=True)):
        return None
    if old.keys() - left.keys() - right.keys():
        return None
    wanted = (left.keys() & right.keys()) | (left.keys() ^ right.keys()) - old.keys()
    order, contradictory = merged_order([list(each) for each in items], wanted)
    if contradictory:
        return None
    return [
        _as_written(old.get(text, ABSENT), left[text], right[text])
        if text in left and text in right
        else left.get(text, right.get(text))
        for text in order
    ]
