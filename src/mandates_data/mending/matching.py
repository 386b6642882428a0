"""Which row of the base each row of a file is: by its key, or by a key that a program has damaged."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from ..package.model import Schema
from ..package.writer import key_of
from ..validate.programs.damage import Damage, damage_of
from .base import BaseTable, Key

Cells = Sequence[str]
_PAIRS = 2_000
"""Comparisons of keys up to which every vanished row is compared; beyond, only those that are `_Near`."""
_RARE = 20
"""Rows in which a cell stands at most for it to say anything of which row it is."""
_MEMO = 100_000


class Damages:
    """`damage_of`, by column of a schema, remembering what it was asked before."""

    def __init__(self, schema: Schema) -> None:
        self._fields = schema.fields
        self._known: dict[tuple[int, str, str], Damage | None] = {}

    def of(self, place: int, old: str, new: str) -> Damage | None:
        """What a program did to a cell of the column at `place`."""
        asked = (place, old, new)
        if asked not in self._known:
            if len(self._known) >= _MEMO:
                self._known.clear()
            self._known[asked] = damage_of(old, new, self._fields[place])
        return self._known[asked]

    def alike(self, place: int, old: str, new: str) -> bool:
        """Whether a cell is the old one, perhaps damaged."""
        return old == new or self.of(place, old, new) is not None


def match(rows: Sequence[Cells], schema: Schema, base: BaseTable, damages: Damages) -> list[Key | None]:
    """The key in the base of each row, None for a row that is new or could be several.

    A row whose key is not in the base, or stands twice, is taken for a damaged one where exactly one row of the base
    that has vanished could have become it, and the other cells, or the same damage in other rows, speak for it.
    """
    of_row = key_of(schema)
    keys = [tuple(of_row(row)) for row in rows]
    groups: defaultdict[Key, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        groups[key].append(number)
    found = [key if key in base.rows else None for key in keys]
    vanished = [key for key in base.rows if key not in groups]
    open_keys = [key for key, numbers in groups.items() if key not in base.rows or len(numbers) > 1]
    if vanished and open_keys:
        matcher = _Matcher(rows, schema, base, damages)
        picked = matcher.picked(open_keys, vanished, groups)
        for number, key in picked.items():
            found[number] = key
    return found


class _Matcher:
    def __init__(self, rows: Sequence[Cells], schema: Schema, base: BaseTable, damages: Damages) -> None:
        self._rows = rows
        self._schema = schema
        self._base = base
        self._damages = damages
        self._key_places = [schema.field_names.index(name) for name in schema.primary_key]
        self._others = [place for place in range(len(schema.fields)) if place not in self._key_places]

    def picked(
        self, open_keys: Sequence[Key], vanished: Sequence[Key], groups: Mapping[Key, Sequence[int]]
    ) -> dict[int, Key]:
        """The vanished key that each row had, where that is beyond doubt."""
        near = _Near(vanished, self._base, self._others)
        all_pairs = len(vanished) * sum(len(groups[key]) for key in open_keys) <= _PAIRS
        picks: dict[int, Key] = {}
        lone: list[tuple[int, Key, Key]] = []
        for key in open_keys:
            own = [key] if key in self._base.rows else []
            for number in groups[key]:
                row = self._rows[number]
                damaged = [old for old in (vanished if all_pairs else near.to(key, row)) if self._kinds(old, key)]
                old = self._best(row, [*own, *damaged]) if damaged else None
                if old is not None and old != key:
                    picks[number] = old
                elif old is None and len(damaged) == 1 and not own:
                    lone.append((number, damaged[0], key))
        return _once(picks | self._proven_by_others(picks, lone))

    def _proven_by_others(self, picks: Mapping[int, Key], lone: Sequence[tuple[int, Key, Key]]) -> dict[int, Key]:
        """Rows of which nothing else is left but their key, damaged as the keys of other rows were."""
        of_row = key_of(self._schema)
        proven = {self._kinds(old, tuple(of_row(self._rows[number]))) for number, old in picks.items()}
        return {number: old for number, old, key in lone if self._kinds(old, key) in proven}

    def _kinds(self, old: Key, new: Key) -> tuple[str, ...]:
        """What a program did to each part of a key; nothing where it cannot have become the other."""
        kinds = []
        for place, before, now in zip(self._key_places, old, new, strict=True):
            damage = self._damages.of(place, before, now) if before != now else None
            if before != now and (damage is None or not damage.sure):
                return ()
            kinds.append(damage.kind if damage is not None else "")
        return tuple(kinds)

    def _best(self, row: Cells, candidates: Sequence[Key]) -> Key | None:
        """The one candidate all of whose other cells are alike, else the only one of whose cells half are."""
        shares = {key: self._share(row, key) for key in candidates}
        for least in (1.0, 0.5):
            good = [key for key, share in shares.items() if share >= least]
            if good:
                return good[0] if len(good) == 1 else None
        return None

    def _share(self, row: Cells, key: Key) -> float:
        """The share of the row's other cells that are those of the base, perhaps damaged. Empty ones do not count."""
        alike = total = 0
        for place in self._others:
            old = self._base.rows[key][place]
            if old is not None and (old or row[place]):
                total += 1
                alike += self._damages.alike(place, old, row[place])
        return alike / total if total else 1.0


def _once(picks: Mapping[int, Key]) -> dict[int, Key]:
    """The picks without those that two rows claim."""
    claims = Counter(picks.values())
    return {number: old for number, old in picks.items() if claims[old] == 1}


class _Near:
    """Vanished rows that a row may be: those whose key has its letters and digits, or that share a rare cell."""

    def __init__(self, vanished: Sequence[Key], base: BaseTable, others: Sequence[int]) -> None:
        self._others = others
        self._by_letters: defaultdict[str, list[Key]] = defaultdict(list)
        self._by_cell: defaultdict[tuple[int, str | None], list[Key]] = defaultdict(list)
        for key in vanished:
            self._by_letters[_letters(key)].append(key)
            for place in others:
                self._by_cell[place, base.rows[key][place]].append(key)

    def to(self, key: Key, row: Cells) -> Iterable[Key]:
        """The keys of those rows, each once."""
        shared = [self._by_cell.get((place, row[place]), ()) for place in self._others if row[place]]
        rare = (keys for keys in shared if len(keys) <= _RARE)
        return dict.fromkeys(chain(self._by_letters.get(_letters(key), ()), *rare))


def _letters(key: Key) -> str:
    """A key's letters and digits but for zeros, accents and case, which programs lose.

    >>> _letters(("007", "Á")) == _letters(("7", "a"))
    True
    """
    folded = unicodedata.normalize("NFKD", "/".join(key)).casefold()
    return "".join(sign for sign in folded if (sign.isalnum() and sign != "0") or sign == "/")
