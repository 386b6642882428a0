"""What kind of change a cell saw, by the typed values of both schemas."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

from ..errors import CellError
from ..package.model import Field, Schema
from ..package.types import TEXT_TYPES, compile_field
from .changeset import CellChange, CellKind, CellTuple, Key, RowChange, row_of

Row = Sequence[str]
_JSON_TYPES = frozenset({"array", "object", "geojson"})


class RowComparer:
    """Compares two rows with one key. Columns are those of each side, in its order.

    Parameters
    ----------
    old, new
        The columns of each side.
    old_schema, new_schema
        The schemas that say which texts are missing values.
    """

    def __init__(self, old: Sequence[Field], new: Sequence[Field], *, old_schema: Schema, new_schema: Schema) -> None:
        self._alike = [field.name for field in old] == [field.name for field in new]
        places = {field.name: place for place, field in enumerate(new)}
        self._both = [
            (place, places[field.name], field.name) for place, field in enumerate(old) if field.name in places
        ]
        olds = {field.name: field for field in old}
        self._gone = [(place, field.name) for place, field in enumerate(old) if field.name not in places]
        self._come = [(place, field.name) for place, field in enumerate(new) if field.name not in olds]
        self._judges = {name: Judge(olds[name], new[there], old_schema, new_schema) for _, there, name in self._both}

    def changes(self, old: Row, new: Row) -> list[CellTuple]:
        """The cells that differ, by the names of their fields."""
        if self._alike and old == new:
            return []
        found: list[CellTuple] = [
            (name, old[here], new[there], self._judges[name](old[here], new[there]))
            for here, there, name in self._both
            if old[here] != new[there]
        ]
        found += [(name, old[place], None, "field_removed") for place, name in self._gone if old[place]]
        found += [(name, None, new[place], "field_added") for place, name in self._come if new[place]]
        if len(found) > 1:
            found.sort(key=operator.itemgetter(0))
        return found

    def changes_at(self, places: Sequence[tuple[int, str, str]]) -> list[CellTuple]:
        """The same of the cells at some places, where the columns of both sides are alike."""
        found: list[CellTuple] = []
        for place, old, new in places:
            name = self._both[place][2]
            found.append((name, old, new, self._judges[name](old, new)))
        if len(found) > 1:
            found.sort(key=operator.itemgetter(0))
        return found

    def missing_texts(self, field: str) -> tuple[frozenset[bytes], frozenset[bytes]] | None:
        """What stands for a missing value on each side, in a field of texts; None in any other field."""
        return self._judges[field].missing if field in self._judges else None

    def row(self, key: Key, old: Row, new: Row) -> RowChange | None:
        """The change of the row with that key; None where no cell differs."""
        cells = self.changes(old, new)
        return row_of(("changed", key, cells, {})) if cells else None

    def cell(self, field: str, old: str, new: str) -> CellChange | None:
        """The change of one cell, which is empty where a side has not the field; None where there is none."""
        if field in self._judges:
            return CellChange(field, old, new, self._judges[field](old, new)) if old != new else None
        if any(name == field for _, name in self._gone):
            return CellChange(field, old, None, "field_removed") if old else None
        if any(name == field for _, name in self._come):
            return CellChange(field, None, new, "field_added") if new else None
        return None


class Judge:
    """Names the kind of change between two unequal texts of one field.

    A text that is no value of its type is only ever `changed`, and so is one whose field has another type now.
    """

    def __init__(self, old: Field, new: Field, old_schema: Schema, new_schema: Schema) -> None:
        self._old, self._new = old_schema.missing_values_of(old), new_schema.missing_values_of(new)
        self._same = _comparison(old, new) if old.type == new.type and old.type not in TEXT_TYPES else None

    @property
    def missing(self) -> tuple[frozenset[bytes], frozenset[bytes]] | None:
        """See `RowComparer.missing_texts`."""
        if self._same is not None:
            return None
        old, new = (
            frozenset(text.encode("utf-8", "surrogatepass") for text in side) for side in (self._old, self._new)
        )
        return old, new

    def __call__(self, before: str, after: str) -> CellKind:
        """The kind."""
        kind = kind_of(was_missing=before in self._old, is_missing=after in self._new)
        if kind == "changed" and self._same is not None and self._same(before, after):
            return "respelled"
        return kind


def kind_of(*, was_missing: bool, is_missing: bool) -> CellKind:
    """The kind of a change between two texts, of which each may stand for a missing value."""
    if was_missing:
        return "respelled" if is_missing else "filled"
    return "cleared" if is_missing else "changed"


def _comparison(old: Field, new: Field) -> Callable[[str, str], bool] | None:
    try:
        old_value, new_value = compile_field(old), compile_field(new)
    except CellError:
        return None
    exact = _exact_json if old.type in _JSON_TYPES else None

    def same(before: str, after: str) -> bool:
        try:
            left, right = old_value(before), new_value(after)
            if exact:
                left, right = exact(before), exact(after)
            return left == right or _both_no_number(left, right)
        except (CellError, RecursionError, ArithmeticError):
            return False

    return same


def _both_no_number(left: object, right: object) -> bool:
    return isinstance(left, Decimal) and isinstance(right, Decimal) and left.is_nan() and right.is_nan()


def _exact_json(text: str) -> Any:
    """A JSON value in which true is not 1, numbers have all their digits and the order of members is none."""
    return json.loads(
        text,
        parse_int=_number,
        parse_float=_number,
        object_pairs_hook=lambda pairs: ("object", sorted(pairs, key=operator.itemgetter(0))),
    )


def _number(text: str) -> tuple[str, Decimal]:
    return "number", Decimal(text)
