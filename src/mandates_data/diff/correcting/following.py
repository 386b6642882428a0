"""What else has to change where a cell is corrected: the places in a text that another table holds.

A package names such tables in `mandates_data.places`: by table, where its texts stand, the first whose key column has a
value. Such a table has the columns `start`, `end` (code points, from 0, the end exclusive) and `surface`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from ...package.corrections import row_id_of
from ...package.model import Package, Resource
from ...package.reader import read_rows
from ...validate.findings import quoted
from ..changeset import CellChange, ResourceChange, RowChange
from ..describe import describe_table
from ..tables import open_table
from ..words import smallest_pieces
from .lookup import Cell
from .values import Refusal, RefusedError

Follower = Callable[[Package, Cell, CellChange], Iterable[ResourceChange]]
"""From a package, a cell and its change to the changes that follow in other tables."""

PLACE = ("start", "end", "surface")
_WHOLE = re.compile("0|[1-9][0-9]{0,8}")


@dataclass(frozen=True, slots=True)
class _Texts:
    """Where a text stands that the places count in: a table, its column, and the column that leads to its row."""

    table: str
    key: str
    field: str


class Mover:
    """Says where a place in a text stands once the text is another.

    What the two have in common is found word by word. An end of a place moves with the words around it; where it lies
    in the midst of what was replaced, nobody knows where it went.
    """

    def __init__(self, old: str, new: str) -> None:
        self._new = new
        self._stretches = list(_stretches(old, new))

    def moved(self, start: int, end: int) -> tuple[int, int] | None:
        """The place in the new text; None where an end of it was replaced, or all of it is gone.

        >>> Mover("Ask the Comittee of it.", "Please ask the Committee of it.").moved(8, 16)
        (15, 24)
        """
        first, last = self._first(start), self._last(end)
        return None if first is None or last is None or first >= last else (first, last)

    def _first(self, start: int) -> int | None:
        for equal, (a, b), (c, _d) in self._stretches:
            if a <= start < b:
                return c + start - a if equal else c if start == a else None
        return None

    def _last(self, end: int) -> int | None:
        for equal, (a, b), (c, d) in self._stretches:
            if a < end <= b:
                return c + end - a if equal else d if end == b else None
        return None


def _stretches(old: str, new: str) -> Iterator[tuple[bool, tuple[int, int], tuple[int, int]]]:
    """Stretches of both texts, in order: whether they are equal, and from where to where in each."""
    here = there = 0
    for piece in smallest_pieces(old, new):
        after, other = here + len(piece.old), there + len(piece.new)
        yield piece.same, (here, after), (there, other)
        here, there = after, other


def places_moved(package: Package, cell: Cell, change: CellChange) -> Iterator[ResourceChange]:
    """The places in the corrected text, moved along; one whose words the correction touches gets the new words.

    Raises
    ------
    RefusedError
        The correction cuts through a place or removes it.
    """
    if change.old is None or change.new is None:
        return
    mover = Mover(change.old, change.new)
    for name, texts in _tables_of_places(package).items():
        resource = package.resource(name)
        if not any((one.table, one.field) == (cell.resource.name, cell.field.name) for one in texts):
            continue
        rows, refusals = [], []
        for row in _rows_in(package, resource, texts, cell):
            moved = _moved_row(resource, row, mover, change.new)
            if isinstance(moved, Refusal):
                refusals.append(moved)
            elif moved is not None:
                rows.append(moved)
        if refusals:
            raise RefusedError(refusals)
        if rows:
            described = describe_table(resource, open_table(package, resource).names)
            ordered = tuple(sorted(rows, key=lambda one: one.key))
            key = resource.schema.primary_key
            yield ResourceChange(resource.name, key=key, rows=ordered, old=described, new=described)


def _moved_row(resource: Resource, row: Mapping[str, str], mover: Mover, new: str) -> RowChange | Refusal | None:
    if not _WHOLE.fullmatch(row["start"]) or not _WHOLE.fullmatch(row["end"]):
        return None  # validate tells it
    place = mover.moved(int(row["start"]), int(row["end"]))
    name = row_id_of(resource, list(row.values()))
    if place is None:
        step = f"give {name} a row in retired_ids, take it out of {resource.name}, and correct the text then"
        said = f"The correction cuts through {quoted(row['surface'])}, which {name} of {resource.name} marks: {step}."
        return Refusal("place-lost", said)
    after = {"start": str(place[0]), "end": str(place[1]), "surface": new[place[0] : place[1]]}
    cells = tuple(CellChange(field, row[field], after[field]) for field in PLACE if row[field] != after[field])
    key = tuple(row[field] for field in resource.schema.primary_key)
    return RowChange("changed", key, tuple(sorted(cells, key=lambda one: one.field))) if cells else None


def _rows_in(package: Package, resource: Resource, texts: list[_Texts], cell: Cell) -> Iterator[dict[str, str]]:
    """The rows whose place is in the text of the cell."""
    row_id = row_id_of(cell.resource, cell.row)
    names = resource.schema.field_names
    for batch in read_rows(package, resource):
        for record in batch:
            row = dict(zip(names, record.cells, strict=True))
            home = next((one for one in texts if row[one.key]), None)
            if home is not None and (home.table, home.field, row[home.key]) == (
                cell.resource.name,
                cell.field.name,
                row_id,
            ):
                yield row


def _tables_of_places(package: Package) -> dict[str, list[_Texts]]:
    """What the descriptor says of such tables; what of it cannot be used is left out."""
    said = package.setting("places")
    found = {}
    for name, listed in said.items() if isinstance(said, Mapping) else ():
        if name not in package.resource_names or not isinstance(listed, list):
            continue
        fields = package.resource(name).schema.field_names
        texts = [_Texts(*(str(one.get(part)) for part in ("table", "key", "field"))) for one in listed if _is_map(one)]
        if package.resource(name).schema.primary_key and {*PLACE, *(one.key for one in texts)} <= set(fields):
            found[str(name)] = texts
    return found


def _is_map(value: object) -> bool:
    return isinstance(value, Mapping)


FOLLOWERS: tuple[Follower, ...] = (places_moved,)


def following(package: Package, cell: Cell, change: CellChange) -> list[ResourceChange]:
    """The changes of other tables that a correction brings with it."""
    return [each for follower in FOLLOWERS for each in follower(package, cell, change)]
