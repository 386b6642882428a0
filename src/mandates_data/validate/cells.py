"""What a schema asks of one cell, compiled once per field.

A `Column` can do two things: name values that are not proven good, quickly, for a whole batch; and judge one cell
exactly, in words. The first may name a good value, and never leaves out a bad one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..errors import CellError
from ..package.model import Field, Schema
from ..package.patterns import full_match
from ..package.types import TEXT_TYPES, Cast, compile_field, constraint_value
from . import codes_cell as codes
from . import wording
from .findings import Rule, quoted

_MEMO = 65536
"""Values that a column remembers as good."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, in the words of a `Finding`."""

    rule: Rule
    message: str
    expected: str
    mend: str
    fix: str | None = None


Test = Callable[[object, str], Problem | None]
"""Judges the typed value and text of a cell that has one."""


class Column:
    """The checks of one field.

    Parameters
    ----------
    field, schema
        The field and the schema that it stands in.
    missing_rule
        The rule that an empty cell breaks; None where it may be empty.

    Attributes
    ----------
    missing
        Texts that stand for no value.
    plain
        Whether a cell's typed value is its text.
    """

    def __init__(self, field: Field, schema: Schema, missing_rule: Rule | None) -> None:
        self.field = field
        self.missing = schema.missing_values_of(field)
        self.plain = field.type in TEXT_TYPES
        self._missing_rule = missing_rule
        self._cast = _cast(field)
        self._tests = tuple(_tests(field)) if self._cast else ()
        self._proven: set[str] = set()
        self._full_match = None
        if self.plain and field.format == "default":
            self._full_match = _only_pattern(field)
        self._free = self.plain and field.format == "default" and not self._tests

    def unproven(self, values: Sequence[str]) -> Collection[str]:
        """Those of the values in a column of a batch that the exact judge has to look at."""
        if self._cast is None or (self._free and self._missing_rule is None):
            return ()
        if self._free:
            return self.missing.intersection(values)
        fresh = set(values).difference(self._proven)
        doubtful: set[str] = set()
        if not self.missing.isdisjoint(fresh):
            doubtful = fresh & self.missing
            fresh -= doubtful
            doubtful = doubtful if self._missing_rule else set()
        matches = self._full_match
        if matches is not None:
            doubtful.update([value for value in fresh if not matches(value)])
        else:
            doubtful.update([value for value in fresh if self.problems(value)])
        if len(fresh) * 2 < len(values) and len(self._proven) < _MEMO:
            self._proven |= fresh - doubtful
        return doubtful

    def problems(self, text: str) -> list[Problem]:
        """All that is wrong with a cell. A value of another type is judged no further."""
        if self._cast is None:
            return []
        if text in self.missing:
            return [self._missing(text)] if self._missing_rule else []
        try:
            value = self._cast(text)
        except CellError as error:
            return [self._other_type(text, error.expected)]
        return [problem for test in self._tests if (problem := test(value, text)) is not None]

    def typed(self, text: str) -> Any:
        """The value of a cell as keys compare it: hashable, None where it is missing, `UNTYPED` where it has none."""
        if text in self.missing:
            return None
        if self.plain:
            return text
        try:
            value = self._cast(text) if self._cast else UNTYPED
        except CellError:
            return UNTYPED
        if isinstance(value, (dict, list)):
            import json

            try:
                return json.dumps(value, sort_keys=True)
            except RecursionError:
                return text
        return value if value == value else "NaN"  # noqa: PLR0124 - not a number is the one value unlike itself

    def _missing(self, text: str) -> Problem:
        assert self._missing_rule is not None
        seen = "The cell is empty" if not text else f"{quoted(text)} stands for a missing value"
        rule = self._missing_rule
        if rule is codes.REQUIRED:
            return Problem(rule, f"{seen}, and every row needs a value here.", "a value", rule.mend)
        return Problem(rule, f"{seen}, but it is part of the row's key.", "a value", rule.mend)

    def _other_type(self, text: str, expected: str) -> Problem:
        assert self._cast is not None
        rule = codes.BY_TYPE[self.field.type]
        said = wording.other_type(self.field, text, expected, self._cast, may_be_missing="" in self.missing)
        return Problem(rule, said.message, expected, said.mend, said.fix)


class _Untyped:
    """Stands for the value of a cell whose text is no value of its type."""


UNTYPED = _Untyped()


def compile_columns(schema: Schema, key_rule: Rule) -> dict[str, Column]:
    """A `Column` for each field; `key_rule` is what an empty part of the primary key breaks."""
    columns = {}
    for field in schema.fields:
        rule = codes.REQUIRED if field.constraints.required else None
        columns[field.name] = Column(field, schema, key_rule if field.name in schema.primary_key else rule)
    return columns


def _cast(field: Field) -> Cast | None:
    """None where the schema itself is wrong, which the check of the descriptor tells."""
    try:
        return compile_field(field)
    except CellError:
        return None


def _only_pattern(field: Field) -> Callable[[str], object] | None:
    """The one test of a text field whose only test is its pattern."""
    constraints = field.constraints
    others = (constraints.min_length, constraints.max_length, constraints.enum, field.categories)
    if constraints.pattern is None or any(other is not None for other in others) or field.type != "string":
        return None
    return full_match(constraints.pattern)


_SIZED = ("string", "array", "object")
_ORDERED = ("integer", "number", "date", "time", "datetime", "duration", "year", "yearmonth")


def _tests(field: Field) -> Iterable[Test]:
    """The constraints that the standard has for a field of this type; others are a fault of the schema."""
    constraints = field.constraints
    if field.type in _SIZED and constraints.min_length is not None:
        yield _length(codes.MIN_LENGTH, constraints.min_length, field.type == "string")
    if field.type in _SIZED and constraints.max_length is not None:
        yield _length(codes.MAX_LENGTH, constraints.max_length, field.type == "string")
    if field.type in _ORDERED:
        yield from _bounds(field)
    if field.type == "string" and constraints.pattern is not None:
        yield _pattern(field, constraints.pattern)
    if constraints.enum is not None:
        yield from _listed(codes.ENUM, field, constraints.enum)
    if field.categories is not None and field.type in ("string", "integer"):
        yield from _listed(codes.CATEGORIES, field, field.categories)


def _length(rule: Rule, limit: int, of_text: bool) -> Test:
    least = rule is codes.MIN_LENGTH
    unit = "characters" if of_text else "items"
    expected = f"at {'least' if least else 'most'} {limit} {unit}"

    def test(value: object, text: str) -> Problem | None:
        size = len(value)  # type: ignore[arg-type]  # only types that have a length come here
        if (size >= limit) if least else (size <= limit):
            return None
        said = f"{quoted(text)} has {size} {unit}; there must be {expected}."
        return Problem(rule, said, expected, rule.mend)

    return test


def _bounds(field: Field) -> Iterable[Test]:
    constraints = field.constraints
    yield from _bound(codes.MINIMUM, field, constraints.minimum, "or more", lambda value, bound: value >= bound)
    yield from _bound(codes.MAXIMUM, field, constraints.maximum, "or less", lambda value, bound: value <= bound)
    low, high = constraints.exclusive_minimum, constraints.exclusive_maximum
    yield from _bound(codes.MINIMUM, field, low, "(not itself) or more", lambda value, bound: value > bound)
    yield from _bound(codes.MAXIMUM, field, high, "(not itself) or less", lambda value, bound: value < bound)


def _bound(rule: Rule, field: Field, raw: Any, words: str, holds: Callable[[Any, Any], bool]) -> Iterable[Test]:
    if raw is None:
        return
    try:
        bound = constraint_value(field, raw)
    except CellError:
        return
    expected = f"{raw} {words}"

    def test(value: object, text: str) -> Problem | None:
        if _compared(value, bound, holds):
            return None
        side = "smaller" if rule is codes.MINIMUM else "larger"
        return Problem(rule, f"{quoted(text)} is {side} than allowed: {expected}.", expected, rule.mend)

    yield test


def _compared(value: Any, bound: Any, holds: Callable[[Any, Any], bool]) -> bool:
    """Whether a bound holds. A moment without a time zone is taken for UTC; what is not a number keeps no bound."""
    if field_zone := getattr(bound, "tzinfo", None) or getattr(value, "tzinfo", None):
        value, bound = (
            moment if moment.tzinfo else moment.replace(tzinfo=_utc(field_zone)) for moment in (value, bound)
        )
    if value != value:  # noqa: PLR0124 - not a number is the one value unlike itself
        return False
    return bound == bound and holds(value, bound)  # noqa: PLR0124 - as above


def _utc(_zone: object) -> Any:
    from datetime import UTC

    return UTC


def _pattern(field: Field, pattern: str) -> Test:
    """The whole value has to match (XML Schema, appendix F: an expression is anchored at both ends)."""
    matches = full_match(pattern)
    example = field.example if isinstance(field.example, str) and matches(field.example) else None
    expected = f"the form of {quoted(example)}" if example else f"the form {pattern}"

    def test(_value: object, text: str) -> Problem | None:
        if matches(text):
            return None
        said = wording.other_form(text, example, pattern, matches)
        return Problem(codes.PATTERN, said.message, expected, said.mend, said.fix)

    return test


def _listed(rule: Rule, field: Field, raw: Iterable[Any]) -> Iterable[Test]:
    values: list[object] = []
    for item in raw:
        try:
            values.append(constraint_value(field, item))
        except CellError:
            continue
    shown = [str(item) for item in raw]
    hashable = field.type not in ("array", "object", "geojson")
    allowed: Collection[object] = frozenset(values) if hashable else values
    expected = f"one of {wording.some(shown)}"

    def test(value: object, text: str) -> Problem | None:
        if value in allowed:
            return None
        near = wording.nearest(text, shown)
        mend = f"Did you mean {quoted(near)}?" if near else f"Write {expected}."
        return Problem(rule, f"{quoted(text)} is not among the values allowed: {wording.some(shown)}.", expected, mend)

    yield test
