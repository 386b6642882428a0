"""The properties that the standard knows, object by object, and what kind of JSON value each has.

From the sections "Properties" of Data Package, Data Resource and Table Dialect, and "Properties", "Field Types" and
"Field Constraints" of Table Schema, version 2.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from .documents import Documents, Node, fields_of

Kind = Literal[
    "package", "resource", "license", "contributor", "source", "dialect", "schema", "field", "constraints",
    "foreign key", "reference",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Shape:
    """A kind of JSON value; `of` is that of the items where it is a list."""

    named: str
    fits: Callable[[Any], bool]
    of: Shape | None = None


def _is_whole(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _fits(kind: type | tuple[type, ...]) -> Callable[[Any], bool]:
    return lambda value: isinstance(value, kind)


TEXT = Shape("text", _fits(str))
TRUTH = Shape("true or false", _fits(bool))
WHOLE = Shape("a whole number", _is_whole)
OBJECT = Shape("an object, between { and }", _fits(dict))
OBJECT_OR_PATH = Shape("an object, or the path of a file that holds one", _fits((dict, str)))
LIST = Shape("a list, between [ and ]", _fits(list))
TEXTS = Shape("a list of texts", _fits(list), TEXT)
WHOLES = Shape("a list of whole numbers", _fits(list), WHOLE)
OBJECTS = Shape("a list of objects", _fits(list), OBJECT)
NAMES = Shape("a list of field names", _fits((list, str)), TEXT)
KEYS = Shape("a list of lists of field names", _fits(list), NAMES)
PATHS = Shape("a path, or a list of paths", _fits((list, str)), TEXT)
TEXT_OR_LIST = Shape("text", _fits((list, str)), TEXT)

_NAMED = {"title": TEXT, "description": TEXT}
SHAPES: Mapping[Kind, Mapping[str, Shape]] = {
    "package": {
        "$schema": TEXT, "name": TEXT, "id": TEXT, **_NAMED, "homepage": TEXT, "image": TEXT, "version": TEXT,
        "created": TEXT, "keywords": TEXTS, "licenses": OBJECTS, "contributors": OBJECTS, "sources": OBJECTS,
        "resources": OBJECTS,
    },
    "resource": {
        "$schema": TEXT, "name": TEXT, "path": PATHS, "type": TEXT, **_NAMED, "format": TEXT, "mediatype": TEXT,
        "encoding": TEXT, "bytes": WHOLE, "hash": TEXT, "sources": OBJECTS, "licenses": OBJECTS,
        "dialect": OBJECT_OR_PATH, "schema": OBJECT_OR_PATH, "homepage": TEXT,
    },
    "license": {"name": TEXT, "path": TEXT, "title": TEXT},
    "contributor": {
        "title": TEXT, "givenName": TEXT, "familyName": TEXT, "path": TEXT, "email": TEXT, "roles": TEXTS,
        "organization": TEXT,
    },
    "source": {"title": TEXT, "path": TEXT, "email": TEXT, "version": TEXT},
    "dialect": {
        "$schema": TEXT, "header": TRUTH, "headerRows": WHOLES, "headerJoin": TEXT, "commentRows": WHOLES,
        "commentChar": TEXT, "delimiter": TEXT, "lineTerminator": TEXT, "quoteChar": TEXT, "doubleQuote": TRUTH,
        "escapeChar": TEXT, "nullSequence": TEXT, "skipInitialSpace": TRUTH, "property": TEXT, "itemType": TEXT,
        "itemKeys": TEXTS, "sheetNumber": WHOLE, "sheetName": TEXT, "table": TEXT, **_NAMED, "name": TEXT,
    },
    "schema": {
        "$schema": TEXT, "fields": OBJECTS, "fieldsMatch": TEXT_OR_LIST, "missingValues": LIST, "primaryKey": NAMES,
        "uniqueKeys": KEYS, "foreignKeys": OBJECTS, **_NAMED, "name": TEXT,
    },
    "field": {
        "name": TEXT, "type": TEXT, "format": TEXT, **_NAMED, "constraints": OBJECT, "categories": LIST,
        "categoriesOrdered": TRUTH, "missingValues": LIST, "rdfType": TEXT, "decimalChar": TEXT, "groupChar": TEXT,
        "bareNumber": TRUTH, "trueValues": TEXTS, "falseValues": TEXTS, "delimiter": TEXT, "itemType": TEXT,
    },
    "constraints": {
        "required": TRUTH, "unique": TRUTH, "minLength": WHOLE, "maxLength": WHOLE, "jsonSchema": OBJECT,
        "pattern": TEXT, "enum": LIST,
    },
    "foreign key": {"fields": NAMES, "reference": OBJECT},
    "reference": {"resource": TEXT, "fields": NAMES},
}  # fmt: skip

ANY_VALUE: Mapping[Kind, tuple[str, ...]] = {
    "resource": ("data",),
    "field": ("example",),
    "constraints": ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"),
}
"""Properties of the standard whose value may be of any kind."""

REQUIRED: Mapping[Kind, tuple[str, ...]] = {
    "package": ("resources",),
    "resource": ("name",),
    "schema": ("fields",),
    "field": ("name",),
    "foreign key": ("fields", "reference"),
    "reference": ("fields",),
}

NOT_EMPTY: Mapping[Kind, tuple[str, ...]] = {
    "package": ("resources", "licenses", "contributors", "keywords"),
    "resource": ("path", "licenses"),
    "contributor": ("roles",),
    "schema": ("fields", "primaryKey", "uniqueKeys", "foreignKeys"),
    "constraints": ("enum",),
    "foreign key": ("fields",),
    "reference": ("fields",),
}
"""Lists that have an item at least: by the text, or by the profile that the text names (`minItems`)."""

ALLOWED: Mapping[Kind, Mapping[str, tuple[str, ...]]] = {
    "resource": {"type": ("table",)},
    "dialect": {"itemType": ("array", "object")},
    "schema": {"fieldsMatch": ("exact", "equal", "subset", "superset", "partial")},
    "field": {"itemType": ("string", "integer", "boolean", "number", "datetime", "date", "time")},
}


@functools.lru_cache(maxsize=1)
def objects(documents: Documents) -> tuple[tuple[Kind, Node], ...]:
    """Every object of a descriptor that the standard describes, with its kind."""
    return tuple(_objects(documents))


def _objects(documents: Documents) -> Iterator[tuple[Kind, Node]]:
    yield "package", documents.package
    for contributor in documents.package.objects("contributors"):
        yield "contributor", contributor
    for described in documents.described():
        yield from (("license", node) for node in described.objects("licenses"))
        yield from (("source", node) for node in described.objects("sources"))
    yield from (("resource", node) for node in documents.resources)
    yield from (("dialect", node) for node in documents.dialects)
    for schema in documents.schemas:
        yield from _objects_of_schema(schema)


def _objects_of_schema(schema: Node) -> Iterator[tuple[Kind, Node]]:
    yield "schema", schema
    for key in schema.objects("foreignKeys"):
        yield "foreign key", key
        reference = key.child("reference")
        if reference is not None:
            yield "reference", reference
    for field in fields_of(schema):
        yield "field", field
        constraints = field.child("constraints")
        if constraints is not None:
            yield "constraints", constraints
