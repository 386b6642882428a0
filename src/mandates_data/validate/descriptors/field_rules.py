"""Rules on a field: its type, format and the properties that go with a type (Table Schema standard, "Field Types")."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import CellError, brief
from ...package.model import FIELD_TYPES, Field
from ...package.types import compile_field
from .documents import Defect, Documents, Node
from .field_values import is_value
from .table_schema_rules import repeated

FORMATS: dict[str, tuple[str, ...]] = {
    "string": ("default", "email", "uri", "binary", "uuid"),
    "geopoint": ("default", "array", "object"),
    "geojson": ("default", "topojson"),
}
"""Formats other than `default` alone; dates and times may also have `any` or a pattern."""

TEMPORAL = ("date", "time", "datetime")
OF_TYPES: dict[str, tuple[str, ...]] = {
    "decimalChar": ("number",),
    "groupChar": ("number", "integer"),
    "bareNumber": ("number", "integer"),
    "trueValues": ("boolean",),
    "falseValues": ("boolean",),
    "delimiter": ("list",),
    "itemType": ("list",),
}
"""The types that each special property of a field belongs to."""

_DIRECTIVE = re.compile(r"%(.?)", re.DOTALL)
_DIRECTIVES = frozenset("aAwdbBmyYHIMSfzZjUWcxXpGuV%")
_OF_DATE = frozenset("aAwdbBmyYjUWcxGuV")
_OF_TIME = frozenset("HIMSfzZpcX")


def type_of(field: Node) -> str:
    """The type of a field: `any` where none is said."""
    return field.text("type") or "any"


def type_not_known(documents: Documents) -> Iterator[Defect]:
    """`type` is one of the standard's types (Table Schema, "Field Types")."""
    for field in documents.fields:
        name = field.text("type")
        if name is not None and name not in FIELD_TYPES:
            yield field.defect("type", f"The standard has no type {brief(name)}.", ", ".join(FIELD_TYPES))


def format_not_of_type(documents: Documents) -> Iterator[Defect]:
    """`format` is one of those that the type has (Table Schema, "Field Types")."""
    for field in documents.fields:
        form = (field.text("format") or "default").removeprefix("fmt:")
        name = type_of(field)
        known = FORMATS.get(name, ("default",))
        if name in FIELD_TYPES and name not in TEMPORAL and form not in known:
            yield field.defect("format", f"The type {name} has no format {brief(form)}.", ", ".join(known))


def time_pattern_malformed(documents: Documents) -> Iterator[Defect]:
    """A pattern of a date or time is one of Python's and C's `strptime` (Table Schema, "datetime")."""
    for field in documents.fields:
        form = (field.text("format") or "default").removeprefix("fmt:")
        name = type_of(field)
        if name not in TEMPORAL or form in ("default", "any"):
            continue
        letters = _DIRECTIVE.findall(form)
        foreign = [letter for letter in letters if letter not in _DIRECTIVES or not letter]
        needed = {"date": _OF_DATE, "time": _OF_TIME, "datetime": _OF_DATE | _OF_TIME}[name]
        if foreign:
            yield field.defect("format", f"%{foreign[0]} is no sign for a part of a date or time.", "%Y-%m-%d")
        elif not needed & set(letters):
            yield field.defect("format", f"The format says no part of a {name}, as %Y, %m and %H do.", "default")


def format_any(documents: Documents) -> Iterator[Defect]:
    """The format `any` is not recommended: programs guess differently (Table Schema, "datetime")."""
    for field in documents.fields:
        if type_of(field) in TEMPORAL and field.text("format") in ("any", "fmt:any"):
            yield field.defect("format", "With `any` each program guesses how the value is written.", "default")


def property_of_other_type(documents: Documents) -> Iterator[Defect]:
    """A property belongs to another type and says nothing here (Table Schema, "Field Types")."""
    for field in documents.fields:
        for name, types in OF_TYPES.items():
            if name in field.value and type_of(field) in FIELD_TYPES and type_of(field) not in types:
                message = f"`{name}` says nothing about a field of type {type_of(field)}."
                yield field.defect(name, message, f"type {' or '.join(types)}")


def signs_of_number_clash(documents: Documents) -> Iterator[Defect]:
    """`decimalChar` and `groupChar` must be told apart from each other and from digits."""
    for field in documents.fields:
        if type_of(field) not in ("number", "integer"):
            continue
        point, group = field.value.get("decimalChar", "."), field.value.get("groupChar")
        if point == "":
            yield field.defect("decimalChar", "`decimalChar` is empty.", ".")
        if type_of(field) == "number" and isinstance(group, str) and group and group == point:
            yield field.defect("groupChar", "`groupChar` and `decimalChar` are the same sign.", "another sign")
        for name, sign in (("decimalChar", point), ("groupChar", group)):
            if isinstance(sign, str) and re.search(r"[0-9+-]", sign):
                yield field.defect(name, f"`{name}` is a part of numbers themselves.", "another sign")


def truth_values_clash(documents: Documents) -> Iterator[Defect]:
    """A text cannot stand for both true and false."""
    for field in documents.fields:
        if type_of(field) != "boolean":
            continue
        true = field.value.get("trueValues", ["true", "True", "TRUE", "1"])
        false = field.value.get("falseValues", ["false", "False", "FALSE", "0"])
        if not (isinstance(true, list) and isinstance(false, list)):
            continue
        both = [text for text in true if isinstance(text, str) and text in false]
        if both:
            name = "falseValues" if "falseValues" in field.value else "trueValues"
            yield field.defect(name, f"{brief(both[0])} stands for both true and false.", "different texts")


def list_delimiter_empty(documents: Documents) -> Iterator[Defect]:
    """The `delimiter` of a list is a sequence of characters (Table Schema, "list")."""
    for field in documents.fields:
        if type_of(field) == "list" and field.value.get("delimiter") == "":
            yield field.defect("delimiter", "`delimiter` is empty: no item could be told from the next.", ",")


def rdf_type_malformed(documents: Documents) -> Iterator[Defect]:
    """`rdfType` must be a URI (Table Schema, "rdfType")."""
    is_address = compile_field(Field("address", "string", "uri"))
    for field in documents.fields:
        address = field.text("rdfType")
        if address is None:
            continue
        try:
            is_address(address)
        except CellError:
            yield field.defect("rdfType", "`rdfType` must be a complete address.", "http://schema.org/Country")


def categories_of_other_type(documents: Documents) -> Iterator[Defect]:
    """Only text and whole numbers have categories (Table Schema, "categories")."""
    for field in documents.fields:
        if "categories" in field.value and type_of(field) not in ("string", "integer"):
            yield field.defect("categories", f"The type {type_of(field)} has no categories.", "type string or integer")


def categories_malformed(documents: Documents) -> Iterator[Defect]:
    """Categories are all values, or all objects with a `value` and perhaps a text as `label`; of the field's type."""
    for field in documents.fields:
        listed = field.listed("categories")
        labelled = any(isinstance(item, dict) for item in listed)
        for number, item in enumerate(listed):
            way = ("categories", number)
            if labelled and not isinstance(item, dict):
                yield field.defect(way, "Categories are all values or all objects, not both.", '{"value": ...}')
            elif labelled and "value" not in item:
                yield field.defect(way, "This category has no `value`.", '{"value": 0, "label": "apple"}')
            elif labelled and not isinstance(item.get("label", ""), str):
                yield field.defect((*way, "label"), "A label must be text.", "text")
            elif not is_value(field, item["value"] if labelled else item):
                yield field.defect(way, f"This category is no value of type {type_of(field)}.", type_of(field))


def category_repeated(documents: Documents) -> Iterator[Defect]:
    """Categories and their labels must be unique (Table Schema, "categories")."""
    for field in documents.fields:
        yield from repeated(field, "categories", "category")


def order_without_categories(documents: Documents) -> Iterator[Defect]:
    """`categoriesOrdered` says nothing without `categories` (Table Schema, "categoriesOrdered")."""
    for field in documents.fields:
        if "categoriesOrdered" in field.value and "categories" not in field.value:
            yield field.defect("categoriesOrdered", "There are no `categories` that could be in order.", "`categories`")
