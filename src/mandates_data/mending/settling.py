"""What the base settles: cells that a program has damaged are put back, what a person changed is kept."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..package.model import Schema
from .base import BaseTable, Key
from .matching import Damages, match
from .misread import find_misreading


@dataclass(frozen=True, slots=True)
class PutBack:
    """A cell put back: the number of its row, the place of its column, its texts, and what had happened."""

    row: int
    place: int
    seen: str
    text: str
    kind: str
    words: str


@dataclass(frozen=True, slots=True)
class Kept:
    """A cell that a person changed; `doubt` are the words of what a program may have done instead."""

    row: int
    place: int
    old: str
    new: str
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The rows after what the base proves, and what was done. `known` are the base's cells of each row."""

    rows: list[list[str]]
    known: list[Sequence[str | None] | None]
    put_back: tuple[PutBack, ...]
    kept: tuple[Kept, ...]
    removed: int

    @property
    def added(self) -> int:
        """How many rows the base has not."""
        return sum(1 for cells in self.known if cells is None)


Explains = Callable[[str, str, str, str], bool]
"""Whether the ledger of corrections says of a cell (row, field, old, new) that a person changed it so."""


def settle(rows: Sequence[Sequence[str]], schema: Schema, base: BaseTable, explains: Explains) -> Settled:
    """Compare each row with its row in the base, cell by cell. What the ledger explains is no damage."""
    damages = Damages(schema)
    keys = match(rows, schema, base, damages)
    known = [None if key is None else base.rows[key] for key in keys]
    differing = list(_differing(rows, known))
    misreading = find_misreading(rows, known)
    mended = [list(row) for row in rows]
    put_back: list[PutBack] = []
    kept: list[Kept] = []
    for number, place, old, new in differing:
        if explains("/".join(keys[number] or ()), schema.field_names[place], old, new):
            kept.append(Kept(number, place, old, new))
            continue
        damage = damages.of(place, old, new)
        if damage is not None and damage.sure:
            put_back.append(PutBack(number, place, new, old, damage.kind, damage.words))
            mended[number][place] = old
            continue
        if misreading is not None and (text := misreading.undone(new)) != new:
            put_back.append(PutBack(number, place, new, text, "garbled", misreading.words))
            mended[number][place] = text
            damage = damages.of(place, old, text)
        if mended[number][place] != old:
            doubt = damage.words if damage is not None else ""
            kept.append(Kept(number, place, old, mended[number][place], doubt))
    return Settled(mended, known, tuple(put_back), tuple(kept), _removed(base, keys))


def _removed(base: BaseTable, keys: Sequence[Key | None]) -> int:
    return len(base.rows) - len({key for key in keys if key is not None})


def _differing(
    rows: Sequence[Sequence[str]], known: Sequence[Sequence[str | None] | None]
) -> Iterator[tuple[int, int, str, str]]:
    for number, (row, before) in enumerate(zip(rows, known, strict=True)):
        if before is None or list(before) == list(row):
            continue
        for place, (old, new) in enumerate(zip(before, row, strict=True)):
            if old is not None and old != new:
                yield number, place, old, new
