"""Rules on what a field demands of its values (Table Schema standard, "Field Constraints")."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ...package.model import FIELD_TYPES
from ...package.patterns import anchors, compile_error, compiled, explodes, foreign_construct
from .documents import Defect, Documents, Node, Place, shown
from .field_rules import type_of
from .field_values import comparable, is_value

_BOUNDED = ("integer", "number", "date", "time", "datetime", "duration", "year", "yearmonth")
_COLLECTIONS = ("string", "array", "object")
_BOUNDS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum")
APPLIES: dict[str, tuple[str, ...]] = {
    "minLength": _COLLECTIONS,
    "maxLength": _COLLECTIONS,
    **dict.fromkeys(_BOUNDS, _BOUNDED),
    "jsonSchema": ("array", "object"),
    "pattern": ("string",),
}
"""The types that each constraint is for; `required`, `unique` and `enum` are for all."""


def constraint_of_other_type(documents: Documents) -> Iterator[Defect]:
    """A rule of the field is for other types: it cannot be applied (Table Schema, "Fields" of each constraint)."""
    for field, constraints in documents.constrained:
        for name, types in APPLIES.items():
            if name in constraints.value and type_of(field) in FIELD_TYPES and type_of(field) not in types:
                message = f"`{name}` cannot be applied to a field of type {type_of(field)}."
                yield constraints.defect(name, message, f"type {', '.join(types)}")


def length_negative(documents: Documents) -> Iterator[Defect]:
    """`minLength` and `maxLength` count characters or items, so they are not below 0."""
    for _field, constraints in documents.constrained:
        for name in ("minLength", "maxLength"):
            value = constraints.value.get(name)
            if isinstance(value, int) and value < 0:
                yield constraints.defect(name, f"`{name}` cannot be less than 0.", "0 or more")


def bound_not_of_type(documents: Documents) -> Iterator[Defect]:
    """A bound must be a value of the field's type ("Field Constraints")."""
    for field, constraints in documents.constrained:
        for name in _BOUNDS:
            if name not in constraints.value or type_of(field) not in _BOUNDED:
                continue
            if not is_value(field, constraints.value[name]):
                message = f"`{name}` is no value of type {type_of(field)}, so it bounds nothing."
                yield constraints.defect(name, message, f"a value of type {type_of(field)}")


def bounds_contradict(documents: Documents) -> Iterator[Defect]:
    """No value can keep both bounds of a field."""
    for field, constraints in documents.constrained:
        least, most = constraints.value.get("minLength"), constraints.value.get("maxLength")
        if isinstance(least, int) and isinstance(most, int) and least > most:
            yield constraints.defect("maxLength", "`maxLength` is less than `minLength`.", f"{least} or more")
        for low in ("minimum", "exclusiveMinimum"):
            for high in ("maximum", "exclusiveMaximum"):
                if _contradict(field, constraints, low, high):
                    yield constraints.defect(high, f"No value can keep both `{low}` and `{high}`.", "bounds with room")


def _contradict(field: Node, constraints: Node, low: str, high: str) -> bool:
    if low not in constraints.value or high not in constraints.value or type_of(field) not in _BOUNDED:
        return False
    least: Any = comparable(field, constraints.value[low])
    most: Any = comparable(field, constraints.value[high])
    if least is None or most is None:
        return False
    try:
        strict = low.startswith("exclusive") or high.startswith("exclusive")
        return bool(most < least) or (strict and bool(most == least))
    except (TypeError, ArithmeticError):  # a moment with a zone against one without; NaN
        return False


def pattern_unreadable(documents: Documents) -> Iterator[Defect]:
    """`pattern` is a regular expression (Table Schema, "pattern"); this one cannot be read as such."""
    for _field, constraints in documents.constrained:
        pattern = constraints.text("pattern")
        error = None if pattern is None else compile_error(pattern)
        if error:
            yield constraints.defect("pattern", f"The pattern cannot be read: {error}.", "a pattern such as [0-9]{4}")


def pattern_not_xml_schema(documents: Documents) -> Iterator[Defect]:
    """`pattern` must be written as XML Schema writes regular expressions, which lack what Perl's have since."""
    for _field, constraints in documents.constrained:
        pattern = constraints.text("pattern")
        foreign = None if pattern is None else foreign_construct(pattern)
        if pattern is not None and foreign:
            message = f"The pattern has {foreign}, which XML Schema's patterns have not.{_unused(pattern)}"
            yield constraints.defect("pattern", message, "a pattern without it")


def pattern_anchored(documents: Documents) -> Iterator[Defect]:
    """XML Schema's patterns match whole values, and `^` and `$` are ordinary signs in them."""
    for _field, constraints in documents.constrained:
        pattern = constraints.text("pattern")
        if pattern is not None and anchors(pattern):
            message = "Patterns match whole values: ^ and $ are not needed, and some programs take them for signs."
            yield constraints.defect("pattern", message, pattern.removeprefix("^").removesuffix("$"))


def pattern_explodes(documents: Documents) -> Iterator[Defect]:
    """A pattern that can be read in a number of ways which doubles with the text keeps most programs busy for years.

    Here it does not: `package.patterns` sees to that. Others take the schema as it is.
    """
    for _field, constraints in documents.constrained:
        pattern = constraints.text("pattern")
        if pattern is not None and explodes(pattern):
            message = "By this pattern a text can be read in so many ways that other programs may try them for years."
            yield constraints.defect("pattern", message + _unused(pattern), "one way to read each text")


def _unused(pattern: str) -> str:
    return "" if compiled(pattern).judges else " No cell is judged by it."


def enum_not_of_type(documents: Documents) -> Iterator[Defect]:
    """Each allowed value must be one of the field's type ("Field Constraints")."""
    for field, constraints in documents.constrained:
        for number, item in enumerate(constraints.listed("enum")):
            if not is_value(field, item):
                message = f"This allowed value is none of type {type_of(field)}, so no cell can equal it."
                yield constraints.defect(("enum", number), message, f"a value of type {type_of(field)}")


def enum_repeated(documents: Documents) -> Iterator[Defect]:
    """The allowed values are unique (profile of Table Schema, `uniqueItems`)."""
    for _field, constraints in documents.constrained:
        seen: set[str] = set()
        for number, item in enumerate(constraints.listed("enum")):
            if shown(item, 10_000) in seen:
                yield constraints.defect(("enum", number), "This allowed value stands there twice.", "each once")
            seen.add(shown(item, 10_000))


def enum_outside_categories(documents: Documents) -> Iterator[Defect]:
    """`enum` must be a subset of `categories` (Table Schema, "categories")."""
    for field, constraints in documents.constrained:
        categories = [_value(item) for item in field.listed("categories")]
        if not categories:
            continue
        known = [comparable(field, value) for value in categories]
        for number, item in enumerate(constraints.listed("enum")):
            if item not in categories and comparable(field, item) not in known:
                message = "This allowed value is none of the field's categories."
                yield constraints.defect(("enum", number), message, shown(categories))


def _value(item: Any) -> Any:
    return item.get("value") if isinstance(item, dict) else item


def example_not_of_type(documents: Documents) -> Iterator[Defect]:
    """An example is a value of its field (Table Schema, "example")."""
    for field in documents.fields:
        if "example" not in field.value:
            continue
        example = field.value["example"]
        if not is_value(field, example):
            message = f"The example is no value of type {type_of(field)} in the stated format."
            yield field.defect("example", message, f"a value of type {type_of(field)}")
        elif _outside(field, example):
            yield field.defect("example", "The example is not one of the allowed values.", _outside(field, example))


def _outside(field: Node, example: Any) -> str:
    constraints = field.child("constraints")
    allowed = constraints.listed("enum") if constraints is not None else []
    value = comparable(field, example)
    if not allowed or example in allowed or value in [comparable(field, item) for item in allowed]:
        return ""
    return shown(allowed)


def json_schema_reaches_out(documents: Documents) -> Iterator[Defect]:
    """A JSON Schema on values must not refer to anything outside itself: nothing is fetched."""
    for _field, constraints in documents.constrained:
        schema = constraints.child("jsonSchema")
        if schema is None:
            continue
        for way, address in _references(schema.value):
            if not address.startswith("#"):
                yield schema.defect(way, "A JSON Schema here may refer only to parts of itself.", "#/definitions/...")


def _references(schema: Any) -> Iterator[tuple[Place, str]]:
    waiting: list[tuple[Place, Any]] = [((), schema)]
    while waiting:
        way, value = waiting.pop()
        if isinstance(value, dict):
            if isinstance(value.get("$ref"), str):
                yield (*way, "$ref"), value["$ref"]
            waiting.extend(((*way, name), item) for name, item in value.items())
        elif isinstance(value, list):
            waiting.extend(((*way, number), item) for number, item in enumerate(value))
