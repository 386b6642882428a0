"""What a schema asks of one cell, compiled once per field.

A `Column` can do two things: name values that are not proven good, quickly, for a whole batch; and judge one cell
exactly, in words. The first may name a good value, and never leaves out a bad one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from ..errors import CellError
from ..package.model import Field, Schema
from ..package.patterns import full_match
from ..package.types import TEXT_TYPES, Cast, compile_field, constraint_value
from . import codes_cell as codes
from . import wording
from .comparable import comparable
from .findings import Rule, quoted
from .programs.suspects import Screen, judged
from .proofs import proof_of

_MEMO = 65536
"""Values that a column remembers as good, and as bad."""

_SHORT = 200
"""Characters of a bad value that is remembered."""


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell, in the words of a `Finding`."""

    rule: Rule
    message: str
    expected: str
    mend: str
    fix: str | None = None
    cause: str | None = None


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
        self._judged: dict[str, list[Problem]] = {}
        self._proof = proof_of(field) if self._cast else None
        self._screen = Screen(field)
        self._varied = field.constraints.pattern is None
        self._whole = proof_of(Field(field.name, "integer")) if field.type == "integer" and self._proof else None
        self._missing_text = next(iter(self.missing)) if len(self.missing) == 1 else None

    def unproven(self, values: Sequence[str]) -> Collection[str]:
        """Those of the values in a column of a batch that the exact judge has to look at."""
        if self._cast is None:
            return ()
        gaps = self._gaps(values)
        if gaps:
            values = [value for value in values if value not in self.missing]
        doubtful = self._doubtful(values) if values else ()
        return (*doubtful, *gaps) if gaps and self._missing_rule else doubtful

    def _gaps(self, values: Sequence[str]) -> Collection[str]:
        if self._missing_text is not None:
            return self.missing if self._missing_text in values else ()
        return self.missing.intersection(values)

    def _doubtful(self, values: Sequence[str]) -> Collection[str]:
        """A column of few values is proven value by value, and the good ones are remembered; any other by its proof."""
        if self._proof is not None and self._varied:
            doubtful, suspects = self._proof(values), self._screen.unproven(values)
            return (*doubtful, *suspects) if suspects else doubtful
        fresh = set(values).difference(self._proven)
        self._varied = self._proof is not None and len(fresh) * 2 > len(values)
        doubtful = {value for value in fresh if self._broken(value)}
        doubtful.update(self._screen.unproven(list(fresh)))
        if len(self._proven) < _MEMO:
            self._proven |= fresh - doubtful
        return doubtful

    def problems(self, text: str) -> list[Problem]:
        """All that is wrong with a cell. A value of another type is judged no further."""
        known = self._judged.get(text)
        if known is not None:
            return known
        found = self._judge(text)
        if found and len(self._judged) < _MEMO and len(text) < _SHORT:
            self._judged[text] = found
        return found

    def _judge(self, text: str) -> list[Problem]:
        if self._cast is None:
            return []
        if text in self.missing:
            return [self._missing(text)] if self._missing_rule else []
        found = self._broken(text)
        return self._explained(text, found) if self.plain and (found or self._screen.active) else found

    def _broken(self, text: str) -> list[Problem]:
        """The rules of the schema that a text breaks which is not missing."""
        assert self._cast is not None
        try:
            value = self._cast(text)
        except CellError as error:
            return [self._other_type(text, error.expected)]
        return [problem for test in self._tests if (problem := test(value, text)) is not None]

    def _explained(self, text: str, found: list[Problem]) -> list[Problem]:
        """What a program left in a text; where that is why a rule of the schema is broken, that rule in its words."""
        expected = "the text without what a program left in it"
        traces = [
            Problem(rule, said.message, expected, said.mend, said.fix, cause) for rule, cause, said in judged(text)
        ]
        if not found:
            return traces
        first = next((trace for trace in traces if trace.fix is not None), None)
        if first is None or first.fix is None or self._broken(first.fix):
            return found
        return [replace(first, rule=found[0].rule, expected=found[0].expected)]

    def typed(self, text: str) -> Any:
        """The value of a cell as keys compare it. None where it is missing, `UNTYPED` where it has none."""
        if text in self.missing:
            return None
        if self.plain:
            return text
        try:
            value = self._cast(text) if self._cast else UNTYPED
        except CellError:
            return UNTYPED
        try:
            return comparable(value) if value is not UNTYPED else UNTYPED
        except RecursionError:  # JSON that is nested too deep to be compared otherwise than as it is written
            return text

    def typed_all(self, texts: Sequence[str]) -> Sequence[Any]:
        """The values of a column of cells: see `typed`."""
        if self.plain:
            if not self._gaps(texts):
                return texts
            return [None if text in self.missing else text for text in texts]
        if self._whole is not None and not self._gaps(texts) and not self._whole(texts):
            return list(map(int, texts))
        typed = {text: self.typed(text) for text in set(texts)}
        return [typed[text] for text in texts]

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
        return Problem(rule, said.message, expected, said.mend, said.fix, said.cause)


UNTYPED = ("no value",)
"""Stands for the value of a cell whose text is no value of its type. A tuple, unlike the value of any single cell."""


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
