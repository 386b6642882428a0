"""Rules on a schema as a whole: its fields, missing values and keys (Table Schema standard, version 2)."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from ...errors import brief
from .documents import Defect, Documents, Node, Place, field_names, fields_of, shown


def field_name_repeated(documents: Documents) -> Iterator[Defect]:
    """A field's name must be its own (Table Schema, "name")."""
    for schema in documents.schemas:
        names = Counter(field_names(schema))
        for field in fields_of(schema):
            if names[field.field] > 1:
                message = f"{names[field.field]} fields are called {brief(field.field)}."
                yield field.defect("name", message, "a name of its own")


def missing_values_malformed(documents: Documents) -> Iterator[Defect]:
    """Missing values are all texts, or all objects with a text as `value` (Table Schema, "missingValues")."""
    for node in _with_missing_values(documents):
        listed = node.listed("missingValues")
        labelled = any(isinstance(item, dict) for item in listed)
        for number, item in enumerate(listed):
            if labelled and not isinstance(item, dict):
                message = "Missing values are all texts or all objects, not both."
                yield node.defect(("missingValues", number), message, '{"value": ...}')
            elif labelled and not isinstance(item.get("value"), str):
                message = "This missing value has no text as `value`."
                yield node.defect(("missingValues", number), message, '{"value": "-99", "label": "refused"}')
            elif labelled and not isinstance(item.get("label", ""), str):
                yield node.defect(("missingValues", number, "label"), "A label must be text.", "text")
            elif not labelled and not isinstance(item, str):
                yield node.defect(("missingValues", number), "A missing value must be text.", f'"{shown(item)}"')


def missing_value_repeated(documents: Documents) -> Iterator[Defect]:
    """Missing values and their labels must be unique (Table Schema, "missingValues")."""
    for node in _with_missing_values(documents):
        yield from repeated(node, "missingValues", "missing value")


def _with_missing_values(documents: Documents) -> Iterator[Node]:
    for schema in documents.schemas:
        yield schema
        yield from fields_of(schema)


def repeated(node: Node, name: str, what: str) -> Iterator[Defect]:
    """The items of a list, or their `value` and `label`, that stand there for a second time."""
    values: set[str] = set()
    labels: set[str] = set()
    for number, item in enumerate(node.listed(name)):
        value = shown(item["value"] if isinstance(item, dict) and "value" in item else item, 10_000)
        if value in values:
            yield node.defect((name, number), f"This {what} stands there twice.", "each once")
        values.add(value)
        label = item.get("label") if isinstance(item, dict) else None
        if isinstance(label, str):
            if label in labels:
                yield node.defect((name, number, "label"), f"This label of a {what} stands there twice.", "each once")
            labels.add(label)


def names_of(value: Any) -> list[str]:
    """The field names of a key, which may be one text by an earlier version of the standard."""
    listed = [value] if isinstance(value, str) else value
    return [name for name in listed if isinstance(name, str)] if isinstance(listed, list) else []


def primary_key_without_field(documents: Documents) -> Iterator[Defect]:
    """The primary key must be of fields that are there, each once (Table Schema, "primaryKey")."""
    for schema in documents.schemas:
        yield from _faults(schema, ("primaryKey",), schema.value.get("primaryKey"))


def unique_key_without_field(documents: Documents) -> Iterator[Defect]:
    """Each unique key must be of fields that are there, each once (Table Schema, "uniqueKeys")."""
    for schema in documents.schemas:
        for number, key in enumerate(schema.listed("uniqueKeys")):
            way = ("uniqueKeys", number)
            if key == []:
                yield schema.defect(way, "This unique key has no field.", "a list of field names")
            yield from _faults(schema, way, key)


def foreign_key_without_field(documents: Documents) -> Iterator[Defect]:
    """The outer `fields` of a foreign key must be there (Table Schema, "foreignKeys")."""
    for schema in documents.schemas:
        for number, key in enumerate(schema.listed("foreignKeys")):
            if isinstance(key, dict):
                yield from _faults(schema, ("foreignKeys", number, "fields"), key.get("fields"))


def _faults(schema: Node, way: Place, key: Any) -> Iterator[Defect]:
    known = field_names(schema)
    seen: set[str] = set()
    for name in names_of(key):
        if name not in known:
            yield schema.defect(way, f"The schema has no field called {brief(name)}.", ", ".join(known))
        elif name in seen:
            yield schema.defect(way, f"The field {brief(name)} stands there twice.", "each field once")
        seen.add(name)


def primary_key_out_of_order(documents: Documents) -> Iterator[Defect]:
    """The primary key is recommended to follow the order of the fields (Table Schema, "primaryKey")."""
    for schema in documents.schemas:
        key = names_of(schema.value.get("primaryKey"))
        known = field_names(schema)
        places = [known.index(name) for name in key if name in known]
        if places != sorted(places):
            in_order = ", ".join(known[place] for place in sorted(places))
            yield schema.defect("primaryKey", "The primary key should have the order of the fields.", in_order)


@dataclass(frozen=True, slots=True)
class Link:
    """A foreign key of a resource: its own schema, its reference, and the schema that this points to, if any."""

    schema: Node
    key: Node
    reference: Node
    target: Node | None


@functools.lru_cache(maxsize=1)
def links(documents: Documents) -> tuple[Link, ...]:
    """Each foreign key of each resource. A schema file that two resources share is gone through for both."""
    return tuple(_links(documents))


def _links(documents: Documents) -> Iterator[Link]:
    for number, schema in sorted(documents.schema_of.items()):
        own = documents.resources[number].text("name") or ""
        for key in schema.objects("foreignKeys"):
            reference = key.child("reference")
            if reference is None:
                continue
            named = reference.text("resource")
            target = documents.resource_named(named) if named else number
            yield Link(
                schema,
                replace(key, resource=own),
                replace(reference, resource=own),
                None if target is None else documents.schema_of.get(target),
            )


def foreign_key_without_resource(documents: Documents) -> Iterator[Defect]:
    """A foreign key's `resource` must be one of the package (Table Schema, "foreignKeys")."""
    for link in links(documents):
        reference = link.reference
        name = reference.text("resource")
        if name and documents.resource_named(name) is None:
            known = ", ".join(node.text("name") or "" for node in documents.resources)
            yield reference.defect("resource", f"The package has no resource called {brief(name)}.", known)


def foreign_key_names_itself(documents: Documents) -> Iterator[Defect]:
    """A reference to the same table must leave `resource` out (Table Schema, "foreignKeys")."""
    for link in links(documents):
        reference = link.reference
        if reference.resource and reference.text("resource") == reference.resource:
            yield reference.defect("resource", "For the same table `resource` is left out.", "no `resource`")


def foreign_key_leaves_package(documents: Documents) -> Iterator[Defect]:
    """`package` in a reference is a recipe, not of the standard: another package is never read."""
    for link in links(documents):
        reference = link.reference
        if "package" in reference.value:
            yield reference.defect("package", "References into other packages are not followed.", "no `package`")


def foreign_key_without_target_field(documents: Documents) -> Iterator[Defect]:
    """The `fields` of a reference must be fields of the other schema (Table Schema, "foreignKeys")."""
    for link in links(documents):
        reference, target = link.reference, link.target
        known = field_names(target) if target is not None else ()
        for name in names_of(reference.value.get("fields")):
            if target is not None and name not in known:
                message = f"The table that this points to has no field called {brief(name)}."
                yield reference.defect("fields", message, ", ".join(known))


def foreign_key_of_other_length(documents: Documents) -> Iterator[Defect]:
    """Both sides of a foreign key must have as many fields (Table Schema, "foreignKeys")."""
    for link in links(documents):
        reference = link.reference
        here, there = names_of(link.key.value.get("fields")), names_of(reference.value.get("fields"))
        if here and there and len(here) != len(there):
            message = f"The foreign key has {len(here)} fields here and {len(there)} there."
            yield reference.defect("fields", message, f"{len(here)} fields")


def foreign_key_to_no_key(documents: Documents) -> Iterator[Defect]:
    """A foreign key should point to a key, as in SQL, on which the standard models it."""
    for link in links(documents):
        reference, target = link.reference, link.target
        there = set(names_of(reference.value.get("fields")))
        if target is None or not there or not there <= set(field_names(target)):
            continue
        keys = [names_of(target.value.get("primaryKey"))]
        keys.extend(names_of(key) for key in target.listed("uniqueKeys"))
        keys.extend([field.field] for field in fields_of(target) if _is_unique(field))
        if not any(set(key) == there for key in keys if key):
            message = f"{', '.join(sorted(there))} is no key of the table that this points to."
            yield reference.defect("fields", message, "a primary key, a unique key or a unique field")


def _is_unique(field: Node) -> bool:
    constraints = field.child("constraints")
    return constraints is not None and constraints.value.get("unique") is True


def foreign_key_of_other_type(documents: Documents) -> Iterator[Defect]:
    """Both sides of a foreign key should be of one type: keys are compared as typed values."""
    for link in links(documents):
        if link.target is None:
            continue
        here, there = _types(link.schema), _types(link.target)
        pairs = zip(names_of(link.key.value.get("fields")), names_of(link.reference.value.get("fields")), strict=False)
        for name, other in pairs:
            if name in here and other in there and here[name] != there[other]:
                types = f"{brief(here[name])} here and {brief(there[other])} there"
                message = f"{brief(name)} and {brief(other)} are of two types, {types}: they are never equal."
                yield link.reference.defect("fields", message, f"both {there[other]}")


def _types(schema: Node) -> dict[str, str]:
    return {field.field: field.text("type") or "any" for field in fields_of(schema)}
