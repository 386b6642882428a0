"""Which removed row and which added row are one row under two keys.

Declared: the table of retired identifiers says that the one replaces the other, in either package.

Suggested, by the rest of the row, which is its cells outside the key that are not empty:

1. All of the rest is equal, and there is a letter in it (a number alone, such as a position, says too little).
2. Else the two share most of a long text: in one field, a cell of at least `LONG` words each, of whose runs of three
   words at least half stand in the other cell, seen from either side, one of them in at most `COMMON` cells a side.

A suggestion is made only where no other row would do on either side. Where more than `MOST` rows were removed or
added there is none; the second rule is for at most `MOST_TEXTS` rows and `MOST_CHARACTERS` of long texts a side.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from typing import Any

from .changeset import Key, Rename

LONG = 12
COMMON = 8
MOST = 100_000
MOST_TEXTS = 1000
MOST_CHARACTERS = 4_000_000
_WORDS = re.compile(r"\w+")
_LETTER = re.compile(r"[^\W\d_]")
Run = tuple[str, str, str, str]
"""A field and three words."""
Runs = dict[str, set[Run]]
"""By field, those of its text, at least one."""


class RenameFinder:
    """Sees the rows that were added or removed, and then tells the renames among them.

    Parameters
    ----------
    key
        The fields that the rows were matched by.
    declared
        Pairs of a retired identifier and what replaced it, a key's parts joined with `/`.
    columns
        The columns of both sides.
    """

    def __init__(self, key: Key, declared: Collection[tuple[str, str]], columns: Iterable[str]) -> None:
        rest = sorted(set(columns) - set(key))
        self._declared = declared
        self._names = {name for pair in declared for name in pair}
        self._sides = {"removed": _Side(rest), "added": _Side(rest)}
        self._known: dict[str, dict[str, Key]] = {"removed": {}, "added": {}}

    def add(self, kind: str, key: Key, row: Mapping[str, str]) -> None:
        """See a row that was added or removed."""
        if not key:
            return
        self._sides[kind].add(key, row)
        if self._names and (name := "/".join(key)) in self._names:
            self._known[kind][name] = key

    def absorb(self, other: RenameFinder) -> None:
        """See what another finder has seen, which are other rows of the same table."""
        for kind, side in other._sides.items():
            self._sides[kind].absorb(side)
            self._known[kind] |= other._known[kind]

    def renames(self) -> tuple[Rename, ...]:
        """The renames, in the order of the old keys. No row is in two of them."""
        found = list(_declared(self._known["removed"], self._known["added"], self._declared))
        removed, added = self._sides["removed"], self._sides["added"]
        for rule in (_equal, _alike):
            removed.leave_out(rename.old for rename in found)
            added.leave_out(rename.new for rename in found)
            found += rule(removed, added)
        return tuple(sorted(found, key=lambda rename: rename.old))


class _Side:
    """What is kept of the rows of one side."""

    def __init__(self, rest: Sequence[str]) -> None:
        self._rest = rest
        self._characters = 0
        self.rests: dict[Key, bytes] = {}
        self.texts: dict[Key, dict[str, str]] = {}
        self.too_many = self.too_long = False

    def add(self, key: Key, row: Mapping[str, str]) -> None:
        if self.too_many:
            return
        cells = [row.get(name, "") for name in self._rest]
        self.rests[key] = _digest("\0".join(cells))
        if not self.too_long:
            texts = {name: cell for name, cell in zip(self._rest, cells, strict=True) if cell.count(" ") >= LONG - 1}
            self.texts[key] = texts
            self._characters += sum(map(len, texts.values()))
        if len(self.rests) > MOST or not self.too_long:
            self._forget()

    def absorb(self, other: _Side) -> None:
        self.rests |= other.rests
        self.texts |= other.texts
        self._characters += other._characters
        self.too_many, self.too_long = self.too_many or other.too_many, self.too_long or other.too_long
        self._forget()

    def _forget(self) -> None:
        """Give up where there is too much to hold."""
        if self.too_long or len(self.texts) > MOST_TEXTS or self._characters > MOST_CHARACTERS:
            self.too_long, self.texts = True, {}
        if self.too_many or len(self.rests) > MOST:
            self.too_many, self.rests, self.texts = True, {}, {}

    def leave_out(self, keys: Iterable[Key]) -> None:
        for key in keys:
            self.rests.pop(key, None)
            self.texts.pop(key, None)


def _digest(rest: str) -> bytes:
    """A short stand-in for the rest of a row; empty where it says too little."""
    if _LETTER.search(rest) is None:
        return b""
    return blake2b(rest.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def _declared(old: Mapping[str, Key], new: Mapping[str, Key], pairs: Collection[tuple[str, str]]) -> Iterator[Rename]:
    """A split or a merger (one row that becomes several, several that become one) is no rename."""
    both = {(before, after) for pair in pairs for before, after in (pair, pair[::-1]) if before in old and after in new}
    yield from (Rename(old[before], new[after], "declared") for before, after in _one_to_one(both))


def _one_to_one(pairs: Collection[tuple[str, str]] | Collection[tuple[Key, Key]]) -> Iterator[tuple[Any, Any]]:
    olds, news = Counter(old for old, _ in pairs), Counter(new for _, new in pairs)
    return ((old, new) for old, new in pairs if olds[old] == news[new] == 1)


def _equal(removed: _Side, added: _Side) -> Iterator[Rename]:
    if removed.too_many or added.too_many:
        return
    before, after = Counter(removed.rests.values()), Counter(added.rests.values())
    by_rest = {rest: key for key, rest in added.rests.items()}
    for key, rest in list(removed.rests.items()):
        if rest and before[rest] == after[rest] == 1:
            yield Rename(key, by_rest[rest], "cells")


def _alike(removed: _Side, added: _Side) -> Iterator[Rename]:
    if removed.too_many or added.too_many or removed.too_long or added.too_long:
        return
    before, after = (
        {key: runs for key, texts in side.texts.items() if (runs := _runs(texts))} for side in (removed, added)
    )
    pairs = {pair for pair in _candidates(before, after) if _share_most(before[pair[0]], after[pair[1]])}
    yield from (Rename(old, new, "text") for old, new in _one_to_one(pairs))


def _candidates(before: Mapping[Key, Runs], after: Mapping[Key, Runs]) -> set[tuple[Key, Key]]:
    olds, news = _places(before), _places(after)
    return {
        (old, new)
        for run in olds.keys() & news.keys()
        if len(olds[run]) <= COMMON and len(news[run]) <= COMMON
        for old in olds[run]
        for new in news[run]
    }


def _places(rows: Mapping[Key, Runs]) -> dict[Run, list[Key]]:
    found: dict[Run, list[Key]] = defaultdict(list)
    for key, fields in rows.items():
        for runs in fields.values():
            for run in runs:
                found[run].append(key)
    return found


def _share_most(old: Runs, new: Runs) -> bool:
    """Whether this is so in one field at least."""
    return any(
        2 * len(old[field] & new[field]) >= max(len(old[field]), len(new[field])) for field in old if field in new
    )


def _runs(texts: Mapping[str, str]) -> Runs:
    """The runs of three words of the long texts, by field."""
    found: Runs = {}
    for field, text in texts.items():
        words = _WORDS.findall(text.casefold())
        if len(words) >= LONG:
            found[field] = {(field, *run) for run in zip(words, words[1:], words[2:], strict=False)}
    return found
