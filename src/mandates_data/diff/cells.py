"""What kind of change a cell saw, by the typed values of both schemas."""

from __future__ import annotations

import json
import operator
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from ..errors import CellError
from ..package.model import Field, Schema
from ..package.types import TEXT_TYPES, compile_field
from .changeset import CellChange, CellKind, RowChange

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
        places = {field.name: place for place, field in enumerate(new)}
        self._both = [
            (place, places[field.name], field.name) for place, field in enumerate(old) if field.name in places
        ]
        olds = {field.name: field for field in old}
        self._gone = [(place, field.name) for place, field in enumerate(old) if field.name not in places]
        self._come = [(place, field.name) for place, field in enumerate(new) if field.name not in olds]
        self._judges: Mapping[str, Judge] = {
            name: judge(olds[name], new[there], old_schema, new_schema) for _, there, name in self._both
        }

    def cells(self, old: Row, new: Row) -> tuple[CellChange, ...]:
        """The cells that differ, by the names of their fields."""
        found = [
            CellChange(name, old[here], new[there], self._judges[name](old[here], new[there]))
            for here, there, name in self._both
            if old[here] != new[there]
        ]
        found += [CellChange(name, old[place], None, "field_removed") for place, name in self._gone if old[place]]
        found += [CellChange(name, None, new[place], "field_added") for place, name in self._come if new[place]]
        if len(found) > 1:
            found.sort(key=_field_name)
        return tuple(found)

    def row(self, key: tuple[str, ...], old: Row, new: Row) -> RowChange | None:
        """The change of the row with that key; None where no cell differs."""
        cells = self.cells(old, new)
        return RowChange("changed", key, cells) if cells else None


_field_name = operator.attrgetter("field")

Judge = Callable[[str, str], CellKind]


def judge(old: Field, new: Field, old_schema: Schema, new_schema: Schema) -> Judge:
    """A function that names the kind of change between two unequal texts of one field.

    A text that is no value of its type is only ever `changed`, and so is one whose field has another type now.
    """
    old_missing, new_missing = old_schema.missing_values_of(old), new_schema.missing_values_of(new)
    same_value = _comparison(old, new) if old.type == new.type and old.type not in TEXT_TYPES else None

    def kind(before: str, after: str) -> CellKind:
        if before in old_missing:
            return "respelled" if after in new_missing else "filled"
        if after in new_missing:
            return "cleared"
        return "respelled" if same_value is not None and same_value(before, after) else "changed"

    return kind


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
