"""Damage to JSON: descriptors, schemas, tables of conversions, and what they keep inside."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from random import Random
from typing import Any

from mandates_data.package.model import FIELD_TYPES, FIELDS_MATCH
from mandates_data.validate.descriptors.shapes import ANY_VALUE, SHAPES, Kind

from . import raw, tables

NAMES = sorted({name for shapes in (*SHAPES.values(), *ANY_VALUE.values()) for name in shapes} | {"value", "label"})
"""Every property that the standard knows."""

SCALARS: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 7, 2**31, 2**63, 2**64, -(2**63) - 1, 10**400, 0.5, -0.0, 1e308, 5e-324, 1e16, "", " ",
    "id", "name", "first", "second", "a", "0", "٣", "x" * 300, "x" * 100_000, "\ud800", "\udc00\ud800", "\0", "\n",
    "\x1b[31m",
    "\u202e", "e\u0301", "../secret", "/etc/hosts", "http://example.org/x", "file:///x", "~", "C:\\x", ".", "a/../b",
    "null",
    "datapackage.json", "$schema", "#/definitions/x",
)  # fmt: skip

TYPICAL: Mapping[str, tuple[Any, ...]] = {
    "type": (*FIELD_TYPES, "table", "delimited", "json"),
    "format": (
        "default", "any", "array", "object", "topojson", "email", "uri", "uuid", "binary", "csv", "json", "%Y-%m-%d",
        "%d/%m/%y", "%", "%%", "%Q", "%j", "%U %a", "%-d", "%Y" * 50, "%H:%M", "%s", "%z", "%Z", "%c", "%p", "%\ud800",
    ),
    "encoding": (
        "utf-8", "UTF8", "utf-8-sig", "utf-16", "utf-16-be", "utf-32", "utf-7", "latin-1", "cp1252", "ascii", "cp037",
        "big5", "shift_jis", "iso2022_jp", "gb18030", "hz", "idna", "punycode", "rot13", "base64", "zlib", "bz2", "hex",
        "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem", "charmap", "string_escape", "utf\0-8", "ü",
    ),
    "fieldsMatch": (*FIELDS_MATCH, ["partial"], ["exact", "equal"], []),
    "itemType": ("string", "integer", "boolean", "number", "datetime", "date", "time", "array"),
    "delimiter": (",", ";", "\t", "|", " ", "", ",,", "\n", "\\", '"', "\0", "é", "😀", "a"),
    "quoteChar": ('"', "'", None, "", "\n", ",", "a", "😀", "\0"),
    "escapeChar": ("\\", None, '"', "", "a", "\r"),
    "commentChar": ("#", "", None, "i", "##", '"'),
    "lineTerminator": ("\n", "\r\n", "\r", "", "x"),
    "header": (True, False), "headerRows": ([1], [1, 2], [], [0], [2]), "skipInitialSpace": (True, False),
    "doubleQuote": (True, False), "bareNumber": (True, False), "decimalChar": (".", ",", "", "1", "e", "-", "ab"),
    "groupChar": (",", " ", ".", "", "1", "-", "ab", "\\"), "trueValues": ([], ["yes"], ["no"], [""], [1], ["1"]),
    "falseValues": ([], ["no"], [""], [None]), "missingValues": (
        [], [""], ["-"], ["", "-", "NA"], [{"value": "-", "label": "none"}], ["a", "a"], [" "], ["7"], ["\ud800"],
    ),
    "categories": (
        ["small"], [{"value": "small", "label": "S"}], [1, 2], [None], [[]], ["small", "small"], [{"value": [1]}],
        [True, 1],
    ),
    "categoriesOrdered": (True, False), "enum": (["a"], [1, "1"], [None], [[1]], [{"a": 1}], ["2001-04-20"], [1.5]),
    "minimum": (0, "0", "2001-04-20", "P1D", 1e308, 10**400, [1], {"lon": 1}, "", True),
    "maximum": (9, "9", "2001-04-20", "P1D", -1e308, "NaN", "[1]", None, False),
    "exclusiveMinimum": (0, "7", "2001", "PT1S"), "exclusiveMaximum": (0, "7", "2001-04", "PT1S"),
    "minLength": (0, 1, 2**63, 10**400, -1), "maxLength": (0, 1, 2**63, 10**400, -1),
    "required": (True, False), "unique": (True, False), "jsonSchema": ({}, {"$ref": "http://example.org/"}, True),
    "primaryKey": (["id"], "id", ["id", "id"], ["id", "nothing"], [], [["id"]], "", ["\ud800"]),
    "uniqueKeys": ([["id"]], [["id", "n"]], ["id"], [[]], [["nothing"]], [["id"], ["id"]]),
    "foreignKeys": (
        [{"fields": ["id"], "reference": {"fields": ["id"]}}],
        [{"fields": ["id"], "reference": {"resource": "first", "fields": ["id"]}}],
        [{"fields": ["id", "of"], "reference": {"resource": "second", "fields": ["id", "of"]}}],
        [{"fields": ["id", "id"], "reference": {"resource": "", "fields": ["id", "of"]}}],
        [{"fields": [], "reference": {"fields": []}}], [{}],
    ),
    "path": (
        "first.csv", "data/second.csv", ["first.csv"], ["first.csv", "data/second.csv"], [], "nothing.csv", ".", "data",
        "datapackage.json", "first.csv/x", "a" * 300, "a/" * 600, "x\0.csv", "../first.csv", "link.csv",
        "http://a/b.csv",
        "./first.csv", "data//second.csv", "CON", "\ud800.csv", "second.json", "first.csv/", "pipe",
    ),
    "schema": ("second.json", "datapackage.json", "first.csv", "nothing.json", {}, {"fields": []}, "link.csv", "pipe",
    []),
    "dialect": ("second.json", {}, {"delimiter": ";"}, {"header": False}, {"$schema": "x"}, "nothing.json", []),
    "bytes": (0, 1, -1, 2**70, 1.0, True, "1"), "version": ("1.0.0", "0.0.1-a+b", "1", "v1", "9" * 400 + ".0.0"),
    "hash": ("sha256:" + "0" * 64, "0" * 32, "md5:", "sha1:x", "crc:1", ":", "sha256:" + "z" * 64, "shake_128:00"),
    "name": ("id", "first", "second", "a b", "", ".", "..", "/", "a/b", "NUL", "x" * 250, "ünï", "Sheet", "'a'", "[a]",
             "_tables", "sqlite_x", "\ud800", "id\0", "ID", '"', "rowid", "datapackage", "a\nb", "\U0001f600"),
    "created": ("2026-01-01T00:00:00Z", "now", "2026-13-01", ""), "$schema": (
        "https://datapackage.org/profiles/2.0/datapackage.json", "https://datapackage.org/profiles/1.0/x.json", "x",
    ),
    "licenses": ([{"name": "CC0-1.0"}], [{}], [], [{"path": "http://["}]), "homepage": ("http://[", "x", "ftp://a"),
    "email": ("a@b.c", "@", "a" * 70_000 + "@"), "roles": (["creator"], [], [1]), "rdfType": ("http://[::1", "x y"),
    "mediatype": ("text/csv", "text", "/", "x" * 400), "resources": ([], [{}], ["x"]), "fields": ([], [{}], ["x"]),
    "mandates_data": (
        {"canonical": True}, {"rules": ["mandates"]}, {"rules": ["nothing", 7]}, {"rules": "mandates"}, [],
        {"excel": True},
        {"bookkeeping": ["first"], "nested_root": "first"}, {"nested_root": "second"}, {"converted_to": "json"},
    ),
    "coordinates": ([], [0, 0], [[0, 0]], None), "position": ("0", "-1", "9" * 30, "x"),
}  # fmt: skip
"""Values that a property may have and that change the way, sound ones among them."""

PATTERNS = (
    "[a-z]+", "", ".*", "(", "\\p{L}", "a{2,1}", "a{99999999999}", "[a-z-[b]]", "(?P<a>b)", "(?i)a", "^a$", "\\d",
    "\\", "[[:alpha:]]",
    "a" * 5000, "(" * 300 + ")" * 300, "\ud800", "\0", "a|b", "cat|dog", "(?<=a)b", "(a)\\1", "x*+", "[\\w--a]",
)  # fmt: skip
SLOW_PATTERNS = (
    "(a+)+",
    "(a|a)*",
    "(a|aa)+b",
    "([a-z]+)*!",
    "(.*)*x",
    "(a*)*b",
    "(\\w+\\s?)*:",
    "((a{1,9}){1,9}){1,9}",
    ".*.*.*.*x",
)
"""Patterns that take exponential time on a long cell."""


def damaged(content: bytes, rng: Random, *, patterns: bool = True) -> bytes:
    """The JSON after one change; of its text where it is no JSON, and now and then."""
    if rng.random() < 0.15:
        return raw.damaged(content, rng)
    try:
        value = json.loads(content)
    except (ValueError, RecursionError):
        return _lines(content, rng, patterns=patterns)
    try:
        return written(changed(value, rng, patterns=patterns), rng)[: raw.LARGEST]
    except RecursionError:
        return raw.damaged(content, rng)


def _lines(content: bytes, rng: Random, *, patterns: bool) -> bytes:
    """One line of JSON Lines changed."""
    lines = content.split(b"\n")
    number = rng.randrange(len(lines))
    try:
        value = json.loads(lines[number])
    except (ValueError, RecursionError):
        return raw.damaged(content, rng)
    lines[number] = json.dumps(changed(value, rng, patterns=patterns)).encode()
    return b"\n".join(lines)[: raw.LARGEST]


def written(value: Any, rng: Random) -> bytes:
    """JSON as one of several makers writes it."""
    text = json.dumps(value, indent=rng.choice((None, 1, 2)), ensure_ascii=rng.random() < 0.5)
    if rng.random() < 0.02:
        name = f'"{rng.choice(NAMES)}":'
        text = text.replace(name, f"{name} 1, {name}", 1)
    if rng.random() < 0.02:
        text = text.replace(
            rng.choice(("0", "1", "true", "null", '""')),
            rng.choice(("1e999", "-0", "NaN", "1E400", "[", "Infinity")),
            1,
        )
    return text.encode("utf-8", "surrogatepass")


def changed(value: Any, rng: Random, *, patterns: bool = True) -> Any:
    """The value with one place of it changed: a property of the standard given another meaning, or anything."""
    places = list(_places(value))
    described = [(way, kind) for way in places if (kind := _kind(value, way))]
    if described and rng.random() < 0.6:
        return _given(value, *rng.choice(described), rng, patterns=patterns)
    where = places[int(len(places) * rng.random())] if rng.random() < 0.5 else rng.choice(_deep(places))
    return _at(value, where, lambda old, name: rng.choice(_ACTS)(old, name, rng, patterns))


def _kind(value: Any, way: tuple[Any, ...]) -> Kind | None:
    """What the standard calls the object at that place; None where it says nothing of it."""
    last = way[-1] if way and isinstance(way[-1], str) else way[-2] if len(way) > 1 else ""
    named = _KINDS.get(last)
    if not way and isinstance(value, dict):
        named = "package" if "resources" in value else "schema" if "fields" in value else None
    return named if named and isinstance(_found(value, way), dict) else None


_KINDS: Mapping[Any, Kind] = {
    "resources": "resource", "schema": "schema", "dialect": "dialect", "fields": "field", "constraints": "constraints",
    "foreignKeys": "foreign key", "reference": "reference",
}  # fmt: skip


def _found(value: Any, way: tuple[Any, ...]) -> Any:
    for step in way:
        value = value[step]
    return value


def _given(value: Any, way: tuple[Any, ...], kind: Kind, rng: Random, *, patterns: bool) -> Any:
    """One property of an object given a value that it may have, or taken away."""
    name = rng.choice([*SHAPES[kind], *ANY_VALUE.get(kind, ())])

    def change(old: Any, _name: str) -> Any:
        if name in old and rng.random() < 0.15:
            return {key: item for key, item in old.items() if key != name}
        return {**old, name: typical(name, rng, patterns=patterns)}

    return _at(value, way, change)


def _places(value: Any, way: tuple[Any, ...] = ()) -> Any:
    yield way
    if len(way) < 40:
        items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
        for step, item in items:
            yield from _places(item, (*way, step))


def _deep(places: list[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    """Objects and what is nearest to the root more often: there are few of them, and they decide the most."""
    shallow = [place for place in places if len(place) < 5]
    return shallow or places


def _at(value: Any, way: tuple[Any, ...], change: Callable[[Any, str], Any], name: str = "") -> Any:
    if not way:
        return change(value, name)
    step, rest = way[0], way[1:]
    inner = _at(value[step], rest, change, step if isinstance(step, str) else name)
    if isinstance(value, dict):
        return {key: inner if key == step else item for key, item in value.items()}
    return [inner if number == step else item for number, item in enumerate(value)]


def typical(name: str, rng: Random, *, patterns: bool) -> Any:
    """A value for a property of that name."""
    if name == "pattern":
        return rng.choice((*PATTERNS, *SLOW_PATTERNS) if patterns else PATTERNS)
    known = TYPICAL.get(name)
    return rng.choice(known) if known and rng.random() < 0.9 else _scalar(rng)


def with_pattern(content: bytes, pattern: str) -> bytes:
    """A descriptor or schema whose every field demands that pattern."""
    try:
        value = json.loads(content)
        fields = [way for way in _places(value) if _kind(value, way) == "field"]
    except (ValueError, RecursionError):
        return content
    for way in reversed(fields):  # those inside others first: a change of the outer one may take them away
        value = _at(value, way, lambda old, _: {**old, "type": "string", "constraints": {"pattern": pattern}})
    return json.dumps(value, indent=1).encode()


def _scalar(rng: Random) -> Any:
    return rng.choice(SCALARS) if rng.random() < 0.7 else rng.choice(tables.CELLS)


def _replace(old: Any, name: str, rng: Random, patterns: bool) -> Any:
    return typical(name, rng, patterns=patterns)


def _other_kind(old: Any, name: str, rng: Random, patterns: bool) -> Any:
    return rng.choice((str(old)[:200], [old], {"value": old}, {}, [], None, 0, True, 1.5))


def _nest(old: Any, name: str, rng: Random, patterns: bool) -> Any:
    for _ in range(rng.choice((1, 2, 30, 150))):
        old = [old] if rng.random() < 0.5 else {rng.choice(NAMES): old}
    return old


def _add(old: Any, name: str, rng: Random, patterns: bool) -> Any:
    if isinstance(old, dict):
        new = rng.choice(NAMES) if rng.random() < 0.95 else _scalar_name(rng)
        return {**old, new: typical(new, rng, patterns=patterns)}
    if isinstance(old, list):
        item = rng.choice(old) if old and rng.random() < 0.7 else typical(name, rng, patterns=patterns)
        return [*old, *[item] * rng.choice((1, 1, 2, 60))]
    return _replace(old, name, rng, patterns)


def _scalar_name(rng: Random) -> str:
    return str(rng.choice(SCALARS))[:500]


def _remove(old: Any, name: str, rng: Random, patterns: bool) -> Any:
    if isinstance(old, dict) and old:
        gone = rng.choice(sorted(old))
        return {key: item for key, item in old.items() if key != gone}
    if isinstance(old, list) and old:
        gone = rng.randrange(len(old))
        return old[:gone] + old[gone + 1 :]
    return _replace(old, name, rng, patterns)


def _rename(old: Any, name: str, rng: Random, patterns: bool) -> Any:
    if not isinstance(old, dict) or not old:
        return _replace(old, name, rng, patterns)
    gone = rng.choice(sorted(old))
    return {rng.choice(NAMES) if key == gone else key: item for key, item in old.items()}


def _shuffle(old: Any, name: str, rng: Random, patterns: bool) -> Any:
    if isinstance(old, list):
        return rng.sample(old, len(old))
    if isinstance(old, dict):
        return dict(rng.sample(sorted(old.items(), key=lambda item: item[0]), len(old)))
    return _replace(old, name, rng, patterns)


_ACTS: tuple[Callable[[Any, str, Random, bool], Any], ...] = (
    _replace, _replace, _replace, _other_kind, _nest, _add, _add, _add, _remove, _remove, _rename, _shuffle,
)  # fmt: skip
