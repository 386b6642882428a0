"""Rules that hold for every object of a descriptor: kinds of values, what must be there, old spellings."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Any

from ...package.store import DESCRIPTOR
from .documents import Defect, Documents, Node, Place
from .shapes import ALLOWED, ANY_VALUE, NOT_EMPTY, REQUIRED, SHAPES, Kind, Shape, objects


def unreadable_file(documents: Documents) -> Iterator[Defect]:
    """A schema or dialect file is not there, or is not a JSON object (glossary, "Descriptor")."""
    yield from documents.unread


def wrong_kind_of_value(documents: Documents) -> Iterator[Defect]:
    """A property is not of the kind that the standard gives it (text, list, true or false, ...)."""
    for kind, node in objects(documents):
        for name, shape in SHAPES[kind].items():
            if name in node.value:
                for way, kind_of_value in _misfits(node.value[name], shape, (name,)):
                    what = f"`{name}`" if way == (name,) else f"Each item of `{name}`"
                    yield node.defect(way, f"{what} must be {kind_of_value}.", kind_of_value)


def _misfits(value: Any, shape: Shape, way: Place) -> Iterator[tuple[Place, str]]:
    """The places at and below `way` whose value is not of its kind, each with the name of that kind."""
    if not shape.fits(value):
        yield way, shape.named
    elif shape.of is not None and isinstance(value, list):
        for number, item in enumerate(value):
            yield from _misfits(item, shape.of, (*way, number))


def value_not_known(documents: Documents) -> Iterator[Defect]:
    """A property has none of the few values that the standard lists for it."""
    for kind, node in objects(documents):
        for name, allowed in ALLOWED.get(kind, {}).items():
            value = node.value.get(name)
            if isinstance(value, list) and len(value) == 1:
                value = value[0]  # told by `old_spelling`
            if isinstance(value, list) or (isinstance(value, str) and value not in allowed):
                known = ", ".join(allowed)
                yield node.defect(name, f"`{name}` must be one of: {known}.", known)


def required_property_absent(documents: Documents) -> Iterator[Defect]:
    """A property that the standard requires is not there."""
    for kind, node in objects(documents):
        for name in REQUIRED.get(kind, ()):
            if name not in node.value:
                yield node.defect((), f"This {kind} has no `{name}`.", f'"{name}": ...')


def empty_list(documents: Documents) -> Iterator[Defect]:
    """A list that must have an item has none."""
    for kind, node in objects(documents):
        for name in NOT_EMPTY.get(kind, ()):
            if node.value.get(name) == []:
                yield node.defect(name, f"`{name}` is empty.", "a list with at least one item")


_PROFILE = re.compile(r"https?://[^\s/]+/\S+")
_OFFICIAL = re.compile(r"https?://datapackage\.org/profiles/(?P<version>[^/]+)/(?P<what>[a-z]+)\.json")
_PROFILES: dict[Kind, str] = {
    "package": "datapackage", "resource": "dataresource", "dialect": "tabledialect", "schema": "tableschema",
}  # fmt: skip


def schema_address_malformed(documents: Documents) -> Iterator[Defect]:
    """`$schema` is not the address of a profile for that kind of object. It is compared, never fetched."""
    for kind, node in objects(documents):
        address = node.text("$schema")
        if address is None or kind not in _PROFILES:
            continue
        official = _OFFICIAL.fullmatch(address)
        if official is not None and official["what"] != _PROFILES[kind]:
            message = f"`$schema` is the address for a {official['what']}, but this is a {kind}."
            yield node.defect("$schema", message, _recommended(kind))
        elif not _PROFILE.fullmatch(address):
            yield node.defect("$schema", "`$schema` must be a complete web address.", _recommended(kind))


def schema_version_not_two(documents: Documents) -> Iterator[Defect]:
    """Without `$schema` at the root of a file version 1.0 is meant; the recommended values are those of version 2."""
    for kind, node in objects(documents):
        if kind not in _PROFILES or node.place:
            continue
        official = _OFFICIAL.fullmatch(node.text("$schema") or "")
        if "$schema" not in node.value:
            yield node.defect((), "There is no `$schema`, so version 1.0 of the standard is meant.", _recommended(kind))
        elif official is not None and not official["version"].startswith("2."):
            message = f"`$schema` asks for version {official['version']} of the standard; version 2 is checked here."
            yield node.defect("$schema", message, _recommended(kind))


def _recommended(kind: Kind) -> str:
    return f"https://datapackage.org/profiles/2.0/{_PROFILES[kind]}.json"


def descriptor_name_unusual(documents: Documents) -> Iterator[Defect]:
    """A published descriptor must be called `datapackage.json` (Data Package, "Descriptor")."""
    name = documents.store.descriptor
    if name != DESCRIPTOR:
        yield documents.package.defect((), f"The descriptor is called {name}.", DESCRIPTOR)


_OLD: dict[Kind, dict[str, str]] = {
    "package": {"profile": "`$schema`", "author": "`contributors`", "license": "`licenses`"},
    "resource": {"profile": '`"type": "table"` and `$schema`', "url": "`path`"},
    "contributor": {"role": "`roles`, a list"},
    "dialect": {"caseSensitiveHeader": "nothing: it was removed", "csvddfVersion": "nothing: it was removed"},
}
_ONE_TEXT: dict[Kind, tuple[str, ...]] = {
    "schema": ("primaryKey",), "foreign key": ("fields",), "reference": ("fields",),
}  # fmt: skip


def old_spelling(documents: Documents) -> Iterator[Defect]:
    """A property is written as in an earlier version, which readers still understand ("Backward Compatibility")."""
    for kind, node in objects(documents):
        for name, today in _OLD.get(kind, {}).items():
            if name in node.value:
                yield node.defect(name, f"`{name}` is of an earlier version; today it is {today}.", today)
        for name in _ONE_TEXT.get(kind, ()):
            text = node.text(name)
            if text is not None:
                yield node.defect(name, f"`{name}` is one text; today it is a list.", f'["{text}"]')
        yield from _old_values(kind, node)


def _old_values(kind: Kind, node: Node) -> Iterator[Defect]:
    if kind == "schema":
        for number, key in enumerate(node.listed("uniqueKeys")):
            if isinstance(key, str):
                yield node.defect(("uniqueKeys", number), "A unique key is a list of names.", f'["{key}"]')
        if len(node.listed("fieldsMatch")) == 1:
            # The text says string; the profile of version 2.0 types it as a list by mistake.
            yield node.defect("fieldsMatch", "`fieldsMatch` is one text, not a list.", "exact")
    if kind == "reference" and node.value.get("resource") == "":
        yield node.defect("resource", "For the same table `resource` is left out today.", "no `resource`")
    if kind == "field" and (node.text("format") or "").startswith("fmt:"):
        form = str(node.text("format")).removeprefix("fmt:")
        yield node.defect("format", "The prefix `fmt:` is of an earlier version.", form)


_OF_CONSTRAINTS = frozenset({*SHAPES["constraints"], *ANY_VALUE["constraints"]})


def misspelt_property(documents: Documents) -> Iterator[Defect]:
    """A property is not of the standard but looks like one that is; programs would pass over it without a word.

    Custom properties are allowed (glossary, "Custom Properties"), so this is a guess.
    """
    for kind, node in objects(documents):
        standard = _standard(kind)
        for name in node.value:
            if name in standard:
                continue
            meant = _alike(kind).get(_folded(name))
            if meant is not None:
                yield node.defect(name, f"`{name}` is no property of the standard. `{meant}` is.", meant)
            elif kind == "field" and name in _OF_CONSTRAINTS:
                message = f"`{name}` says nothing here: it belongs into the field's `constraints`."
                yield node.defect(name, message, f"constraints.{name}")


@functools.cache
def _standard(kind: Kind) -> frozenset[str]:
    return frozenset({*SHAPES[kind], *ANY_VALUE.get(kind, ()), *_OLD.get(kind, {})})


@functools.cache
def _alike(kind: Kind) -> dict[str, str]:
    return {_folded(name): name for name in sorted(_standard(kind))}


def _folded(name: str) -> str:
    """A name without case, marks and plural: what people mix up."""
    return re.sub(r"[^a-z]", "", name.lower()).removesuffix("s")


def constraint_not_known(documents: Documents) -> Iterator[Defect]:
    """A field is given a rule that the standard has not: nobody checks it (Table Schema, "Field Constraints")."""
    for kind, node in objects(documents):
        if kind == "constraints":
            for name in node.value:
                if name not in _OF_CONSTRAINTS and _folded(name) not in _alike(kind):
                    yield node.defect(name, f"The standard has no `{name}` for fields; nothing is checked by it.")


def reference_not_followed(documents: Documents) -> Iterator[Defect]:
    """`$ref` stands where the standard has an object or a path: nothing is read through it."""
    for _kind, node in objects(documents):
        if "$ref" in node.value:
            yield node.defect("$ref", "`$ref` is not of this standard and is not followed.", "the object itself")
