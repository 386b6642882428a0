"""What differs between two JSON values of a descriptor, member by member, and applying that to a third."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from .changeset import MetadataChange

OnConflict = Callable[[str, Any, Any], None]
"""Told the JSON Pointer of a value that is not the one stated, the one stated, and the one found (or `ABSENT`)."""


class Absent:
    """Stands for a value that is not there; null is one that is."""

    def __repr__(self) -> str:
        return "nothing"


ABSENT = Absent()


def json_changes(
    old: Mapping[str, Any], new: Mapping[str, Any], path: str = "", leave_out: Collection[str] = ()
) -> Iterator[MetadataChange]:
    """The members of two JSON objects that differ, by JSON Pointer (RFC 6901).

    Objects are compared member by member, lists of one length item by item; any other difference is one change of
    the whole value. The order of an object's members is no difference.

    >>> [(c.kind, c.path, c.old, c.new) for c in json_changes({"a": {"b": 1}}, {"a": {"b": 2}, "c": None})]
    [('changed', '/a/b', 1, 2), ('added', '/c', None, None)]
    """
    for name in sorted(old.keys() | new.keys()):
        if name in leave_out:
            continue
        place = pointer(path, name)
        if name in old and name in new:
            yield from _value_changes(old[name], new[name], place)
        elif name in new:
            yield MetadataChange("added", place, None, new[name])
        else:
            yield MetadataChange("removed", place, old[name], None)


def pointer(path: str, name: str) -> str:
    """The JSON Pointer to a member of what `path` points to.

    >>> pointer("/fields", "a/b")
    '/fields/a~1b'
    """
    return f"{path}/{name.replace('~', '~0').replace('/', '~1')}"


def _value_changes(old: Any, new: Any, path: str) -> Iterator[MetadataChange]:
    if isinstance(old, Mapping) and isinstance(new, Mapping):
        yield from json_changes(old, new, path)
    elif isinstance(old, list) and isinstance(new, list) and len(old) == len(new):
        for place, (left, right) in enumerate(zip(old, new, strict=True)):
            yield from _value_changes(left, right, f"{path}/{place}")
    elif not same_json(old, new):
        yield MetadataChange("changed", path, old, new)


def same_json(old: Any, new: Any) -> bool:
    """Whether two JSON values are the same: 1 is neither 1.0 nor true."""
    if type(old) is not type(new):
        return False
    if isinstance(old, dict):
        return old.keys() == new.keys() and all(same_json(value, new[name]) for name, value in old.items())
    if isinstance(old, list):
        return len(old) == len(new) and all(map(same_json, old, new))
    return bool(old == new)


def same_text(old: Any, new: Any) -> bool:
    """Whether two JSON values are written alike, the order of members included."""
    return json.dumps(old) == json.dumps(new)


def patched(value: Any, old: Any, new: Any, on_conflict: OnConflict, path: str = "") -> Any:
    """`value` with all that differs between `old` and `new`. Where it is `old`, that is `new`, order included.

    What `old` and `new` agree in is left alone, whatever it is in `value`. What of it is not as `old` says, where
    `new` says otherwise, goes to `on_conflict` and stays.

    >>> patched({"a": 1, "z": 0}, {"a": 1}, {"a": 2, "b": 3}, print)
    {'a': 2, 'b': 3, 'z': 0}
    """
    if same_text(value, old) or same_text(old, new):
        return new if same_text(value, old) else value
    if all(isinstance(each, Mapping) for each in (value, old, new)):
        return _patched_members(value, old, new, on_conflict, path)
    if _are_lists_of_one_length(value, old, new):
        triples = zip(value, old, new, strict=True)
        return [patched(*triple, on_conflict, f"{path}/{place}") for place, triple in enumerate(triples)]
    if same_json(old, new):
        return value
    if same_json(value, old):
        return new
    on_conflict(path, old, value)
    return value


def _are_lists_of_one_length(*values: Any) -> bool:
    return all(isinstance(each, list) for each in values) and len({len(each) for each in values}) == 1


def _patched_members(
    value: Mapping[str, Any], old: Mapping[str, Any], new: Mapping[str, Any], on_conflict: OnConflict, path: str
) -> dict[str, Any]:
    members = dict(value)
    for name in {**old, **new}:
        place = pointer(path, name)
        if name not in old:
            if name in value:
                on_conflict(place, ABSENT, value[name])
            members[name] = new[name]
        elif name not in value:
            if name not in new or not same_json(old[name], new[name]):
                on_conflict(place, old[name], ABSENT)
        elif name in new:
            members[name] = patched(value[name], old[name], new[name], on_conflict, place)
        else:
            if not same_json(value[name], old[name]):
                on_conflict(place, old[name], value[name])
            del members[name]
    return {name: members[name] for name in reordered(list(value), list(old), list(new)) if name in members}


def reordered(names: Sequence[str], old: Sequence[str], new: Sequence[str]) -> list[str]:
    """`names` with what came, went or moved between `old` and `new`; exactly `new` where they are `old`.

    What came or moved stands behind what it stands behind in `new`, as far as that is there.

    >>> reordered(["a", "x", "b"], ["a", "b"], ["b", "a", "c"])
    ['b', 'a', 'c', 'x']
    """
    kept = set(longest_in_order([name for name in old if name in set(new)], {name: n for n, name in enumerate(new)}))
    result = [name for name in names if name in kept or (name not in set(old) and name not in set(new))]
    for place, name in enumerate(new):
        if name not in result and (name in names or name not in set(old)):
            before = next((other for other in reversed(new[:place]) if other in result), None)
            result.insert(0 if before is None else result.index(before) + 1, name)
    return result


def longest_in_order(names: Sequence[str], places: Mapping[str, int]) -> tuple[str, ...]:
    """The longest run of names (with gaps) whose places rise; of several, the first by the alphabet.

    The choice is the same seen from either side, so that the way back moves the same names.
    """
    if all(places[left] < places[right] for left, right in pairwise(names)):
        return tuple(names)
    best: list[tuple[int, tuple[str, ...]]] = []
    for index, name in enumerate(names):
        runs = [best[n] for n in range(index) if places[names[n]] < places[name]]
        length, run = min(runs, default=(0, ()))
        best.append((length - 1, (*run, name)))
    return min(best, default=(0, ()))[1]
