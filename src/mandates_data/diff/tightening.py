"""Whether a schema now allows less than before, more, or something else: what decides a version number.

Each rule is one question, `within(inner, outer)`: is all that the one side allows allowed by the other too? Where the
old rule is within the new one, it is the same or looser; where only the new one is within the old one, it is tighter;
else the two cannot be compared. What is within passes on from rule to rule, and so do the levels: two steps that
tighten nothing do not tighten together (design, law 7).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal

from ..errors import CellError
from ..package.model import Constraints, Field, FieldsMatch, Schema
from ..package.types import constraint_value

Direction = Literal["tighter", "looser", "other"]
"""What became of a rule; `other`: it allows some of what it refused, and refuses some of what it allowed."""

Within = Callable[[Field, Field], bool]


def schema_directions(old: Schema, new: Schema) -> Iterator[tuple[str, Direction]]:
    """The schema's own rules that changed, by their names in the standard; `primaryKey` and `foreignKeys` apart."""
    yield from _told("fieldsMatch", old, new, lambda inner, outer: outer.fields_match in _LOOSER[inner.fields_match])
    yield from _told("uniqueKeys", old, new, lambda inner, outer: _unique_keys(outer) <= _unique_keys(inner))


def field_directions(old: Field, new: Field) -> Iterator[tuple[str, Direction]]:
    """The rules of a field that changed, by their names in the standard. Both have the same type."""
    for name, within in _RULES.items():
        yield from _told(name, old, new, within)


def reading_changes(old: Field, new: Field) -> Iterator[str]:
    """What changed in how the texts of a field of the same type are read, by names of the standard."""
    for name in ("format", *_READ_BY.get(old.type, ())):
        if _reading(old, name) != _reading(new, name):
            yield name


def _told(name: str, old: Any, new: Any, within: Callable[[Any, Any], bool]) -> Iterator[tuple[str, Direction]]:
    looser, tighter = within(old, new), within(new, old)
    if not (looser and tighter):
        yield name, "looser" if looser else "tighter" if tighter else "other"


_LOOSER: Mapping[FieldsMatch, frozenset[FieldsMatch]] = {
    "exact": frozenset({"exact", "equal", "subset", "superset", "partial"}),
    "equal": frozenset({"equal", "subset", "superset", "partial"}),
    "subset": frozenset({"subset", "partial"}),
    "superset": frozenset({"superset", "partial"}),
    "partial": frozenset({"partial"}),
}
"""Which ways to match fields allow all that each allows (Table Schema, `fieldsMatch`)."""


def _unique_keys(schema: Schema) -> frozenset[frozenset[str]]:
    return frozenset(map(frozenset, schema.unique_keys))


def _flag(name: str) -> Within:
    """A rule that holds or not: whoever keeps to it keeps to its absence too."""
    return lambda inner, outer: getattr(inner.constraints, name) or not getattr(outer.constraints, name)


def _only_itself(name: str) -> Within:
    """A rule that nobody can compare with another one: only its absence is known to allow more."""

    def within(inner: Field, outer: Field) -> bool:
        limit = getattr(outer.constraints, name)
        return limit is None or _json(getattr(inner.constraints, name)) == _json(limit)

    return within


def _bound(name: str, *, low: bool) -> Within:
    """A least or greatest value; None is no bound."""

    def within(inner: Field, outer: Field) -> bool:
        limit, ours = getattr(outer.constraints, name), getattr(inner.constraints, name)
        if limit is None or ours is None:
            return limit is None
        return _json(limit) == _json(ours) or (_rises(outer, inner, name) if low else _rises(inner, outer, name))

    return within


def _rises(lower: Field, higher: Field, name: str) -> bool:
    """Whether the bound of one side is at most that of the other; not where the two cannot be compared."""
    values: list[Any] = []
    try:
        for field in (lower, higher):
            values.append(constraint_value(field, getattr(field.constraints, name)))
        if any(getattr(value, "tzinfo", None) for value in values):
            values = [_in_utc(value) for value in values]
        return bool(values[0] <= values[1])
    except (CellError, TypeError, ArithmeticError):
        return False


def _in_utc(moment: Any) -> Any:
    """A moment without a time zone is taken for UTC, as in validation."""
    from datetime import UTC

    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _length(name: str, *, low: bool) -> Within:
    def within(inner: Field, outer: Field) -> bool:
        limit: int | None = getattr(outer.constraints, name)
        ours: int | None = getattr(inner.constraints, name)
        if low:
            return (ours or 0) >= (limit or 0)
        return limit is None or (ours is not None and ours <= limit)

    return within


def _enum(inner: Field, outer: Field) -> bool:
    ours, allowed = inner.constraints.enum, outer.constraints.enum
    return allowed is None or (ours is not None and set(map(_json, ours)) <= set(map(_json, allowed)))


def _categories(inner: Field, outer: Field) -> bool:
    """Categories in an order allow what a part of them in that order does; in no order, what any part does."""
    if outer.categories is None:
        return True
    if inner.categories is None:
        return False
    ours, allowed = list(map(_json, inner.categories)), list(map(_json, outer.categories))
    if not outer.categories_ordered:
        return set(ours) <= set(allowed)
    left = iter(allowed)
    return inner.categories_ordered and all(value in left for value in ours)


def _json(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


_RULES: Mapping[str, Within] = {
    "required": _flag("required"),
    "unique": _flag("unique"),
    "minLength": _length("min_length", low=True),
    "maxLength": _length("max_length", low=False),
    "minimum": _bound("minimum", low=True),
    "maximum": _bound("maximum", low=False),
    "exclusiveMinimum": _bound("exclusive_minimum", low=True),
    "exclusiveMaximum": _bound("exclusive_maximum", low=False),
    "jsonSchema": _only_itself("json_schema"),
    "pattern": _only_itself("pattern"),
    "enum": _enum,
    "categories": _categories,
}

_READ_BY: Mapping[str, tuple[str, ...]] = {
    "number": ("decimalChar", "groupChar", "bareNumber"),
    "integer": ("groupChar", "bareNumber"),
    "boolean": ("trueValues", "falseValues"),
    "list": ("delimiter", "itemType"),
}
"""By type, the properties that say how its texts are read."""


def _reading(field: Field, name: str) -> Any:
    if name in ("trueValues", "falseValues"):
        return frozenset(field.true_values if name == "trueValues" else field.false_values)
    return {
        "format": field.format,
        "decimalChar": field.decimal_char,
        "groupChar": field.group_char,
        "bareNumber": field.bare_number,
        "delimiter": field.delimiter,
        "itemType": field.item_type,
    }[name]


assert len(_RULES) == len(Constraints.__dataclass_fields__) + 1  # no rule of the standard is left out; and categories
