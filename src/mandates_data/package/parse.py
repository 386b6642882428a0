"""From a descriptor's JSON to the frozen values of `model`.

Only what would make a value meaningless is refused here, as `PackageError` with the place in the descriptor.
`mandates_data.validate.descriptors.descriptor` tells everything that the standard has against a descriptor.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from ..errors import PackageError, UnsafeReferenceError, brief
from .model import (
    FIELDS_MATCH,
    Constraints,
    Dialect,
    Field,
    FieldsMatch,
    ForeignKey,
    Package,
    Resource,
    Schema,
)
from .safety import refuse_unsafe
from .store import Store, check_path

MAX_DESCRIPTOR = 8 * 1024**2
"""Bytes that a descriptor or schema file may have; as values they take up to thirty times as much memory."""


def read_json(store: Store, path: str) -> Any:
    """The JSON value in a file of the package.

    Raises
    ------
    PackageError
        The file is not there, is no UTF-8 or no JSON (the message names the line and column), says a name twice, or
        holds half a character.
    """
    with store.open(path) as file:
        content = file.read(MAX_DESCRIPTOR + 1)
    if len(content) > MAX_DESCRIPTOR:
        raise PackageError(f"{path} is larger than {MAX_DESCRIPTOR:,} bytes.", "A descriptor holds no data.")
    try:
        text = content.decode("utf-8")
        value = json.loads(text, object_pairs_hook=_no_twins, parse_constant=_no_constant)
        if _HALF.search(text):
            json.dumps(value, ensure_ascii=False).encode("utf-8")
        return value
    except UnicodeDecodeError as error:
        raise PackageError(f"{path} is not UTF-8 (byte {error.start + 1}).", "Save it as UTF-8.") from error
    except UnicodeEncodeError as error:
        half = brief(str(error.object[error.start]))
        raise PackageError(f"{path} holds {half}, half a character.", "Write all of the character.") from error
    except json.JSONDecodeError as error:
        if any(line.startswith(_MARKS) for line in text.splitlines()):
            raise PackageError(
                f"{path} holds the marks of an unfinished merge (<<<<<<<).",
                "Take it back (git merge --abort, git rebase --abort), run mandates-data git-config, by which git "
                "merges such files by key and cell, and merge again.",
            ) from error
        raise PackageError(
            f"{path}:{error.lineno}:{error.colno} is not JSON: {error.msg}.", "Mend the file at that place."
        ) from error
    except _TwinError as error:
        raise PackageError(f"{path} says {brief(error.args[0])} twice in one object.", "Keep one of them.") from error
    except (RecursionError, ValueError) as error:
        raise PackageError(f"{path} is not JSON that can be read: {error}.", "Mend the file.") from error


_MARKS = ("<<<<<<< ", ">>>>>>> ")
"""How lines begin that git puts around what it could not merge."""

_HALF = re.compile(r"\\u[dD][89A-Fa-f]")
"""What may be half a character (RFC 8259, section 8.2): such a text can be written to no file."""


class _TwinError(Exception):
    pass


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise _TwinError(_said_twice(name for name, _ in pairs))
    return found


def _said_twice(names: Iterable[str]) -> str | None:
    """The first name that stands there again; None where each stands there once."""
    seen = set()
    for name in names:
        if name in seen:
            return name
        seen.add(name)
    return None


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is not a JSON number")


def read_package(store: Store) -> Package:
    """The package whose descriptor the store names, with every schema and dialect that it refers to read in."""
    raw = read_json(store, store.descriptor)
    if not isinstance(raw, Mapping):
        raise PackageError(f"{store.descriptor} is not a JSON object.", "A descriptor is an object with resources.")
    refuse_unsafe(store, raw)
    listed = raw.get("resources")
    if not isinstance(listed, list) or not listed:
        raise PackageError(f"{store.descriptor} lists no resources.", "Add `resources`, one object a table.")
    resources = tuple(parse_resource(item, store, f"resources[{n}]") for n, item in enumerate(listed))
    twice = _said_twice(resource.name for resource in resources)
    if twice is not None:
        raise PackageError(f"Two resources are called {brief(twice)}.", "Give each table a name of its own.")
    texts = {key: value if isinstance(value := raw.get(key), str) else "" for key in ("name", "version", "title")}
    return Package(resources=resources, raw=raw, store=store, **texts)


def parse_resource(raw: Any, store: Store, where: str) -> Resource:
    """One resource. Its schema and dialect may be objects or paths of files in the package."""
    raw = _object(raw, where)
    name = _text(raw, "name", where)
    path = raw.get("path")
    if isinstance(path, list) and len(path) == 1:
        path = path[0]
    if not isinstance(path, str):
        raise PackageError(
            f"{where} ({name}) has no single `path`.", "Name one file; inline data and split files are not supported."
        )
    schema = _resolved(raw.get("schema", {}), store, f"{where}.schema")
    dialect = _resolved(raw.get("dialect", {}), store, f"{where}.dialect")
    return Resource(
        name=name,
        path=check_path(path),
        schema=parse_schema(schema, f"{where}.schema"),
        dialect=parse_dialect(dialect, f"{where}.dialect"),
        encoding=_text(raw, "encoding", where, "utf-8"),
        format=_text(raw, "format", where, path.rpartition(".")[2].lower() if "." in path else "csv"),
        title=_text(raw, "title", where, ""),
        description=_text(raw, "description", where, ""),
        bytes=raw["bytes"] if isinstance(raw.get("bytes"), int) else None,
        hash=raw["hash"] if isinstance(raw.get("hash"), str) else None,
        raw=raw,
    )


def _resolved(value: Any, store: Store, where: str) -> Any:
    if not isinstance(value, str):
        return value
    try:
        return read_json(store, check_path(value))
    except UnsafeReferenceError as error:
        raise UnsafeReferenceError(f"{where}: {error.message}", error.next_step) from error


def parse_schema(raw: Any, where: str = "schema") -> Schema:
    """A Table Schema from its JSON."""
    raw = _object(raw, where)
    listed = raw.get("fields", [])
    if not isinstance(listed, list):
        raise PackageError(f"{where}.fields is not a list.", "List the fields, one object each.")
    fields = tuple(parse_field(item, f"{where}.fields[{n}]") for n, item in enumerate(listed))
    twice = _said_twice(field.name for field in fields)
    if twice is not None:
        raise PackageError(f"{where} has two fields called {brief(twice)}.", "Give each field a name of its own.")
    missing = _missing_values(raw.get("missingValues"), f"{where}.missingValues")
    return Schema(
        fields=fields,
        fields_match=_fields_match(raw.get("fieldsMatch", "exact"), where),
        missing_values=("",) if missing is None else missing,
        primary_key=_key(raw.get("primaryKey"), f"{where}.primaryKey"),
        unique_keys=tuple(
            _key(key, f"{where}.uniqueKeys[{n}]")
            for n, key in enumerate(_list(raw.get("uniqueKeys", []), f"{where}.uniqueKeys"))
        ),
        foreign_keys=tuple(
            _foreign_key(key, f"{where}.foreignKeys[{n}]")
            for n, key in enumerate(_list(raw.get("foreignKeys", []), f"{where}.foreignKeys"))
        ),
        title=_text(raw, "title", where, ""),
        description=_text(raw, "description", where, ""),
        raw=raw,
    )


def parse_field(raw: Any, where: str = "field") -> Field:
    """One field of a Table Schema from its JSON."""
    raw = _object(raw, where)
    kept = {
        attribute: convert(raw[name], f"{where}.{name}")
        for name, (attribute, convert) in _FIELD_PROPERTIES.items()
        if name in raw
    }
    categories = raw.get("categories")
    return Field(
        name=_text(raw, "name", where),
        constraints=parse_constraints(raw.get("constraints", {}), f"{where}.constraints"),
        missing_values=_missing_values(raw.get("missingValues"), f"{where}.missingValues"),
        categories=None if categories is None else _categories(categories, f"{where}.categories"),
        raw=raw,
        **kept,
    )


def parse_constraints(raw: Any, where: str = "constraints") -> Constraints:
    """The constraints of a field from their JSON."""
    raw = _object(raw, where)
    kept = {
        attribute: convert(raw[name], f"{where}.{name}")
        for name, (attribute, convert) in _CONSTRAINT_PROPERTIES.items()
        if name in raw
    }
    return Constraints(**kept)


def parse_dialect(raw: Any, where: str = "dialect") -> Dialect:
    """A Table Dialect from its JSON.

    Raises
    ------
    PackageError
        It asks for something that this reader does not do (several header rows, say); the message names it.
    """
    raw = _object(raw, where)
    for name, allowed in _DIALECT_FIXED.items():
        if name in raw and raw[name] not in allowed:
            raise PackageError(
                f"{where}.{name} is {brief(raw[name])}, which is not supported.",
                f"Leave it out, or write {brief(allowed[0])}." if allowed else "Leave it out.",
            )
    kept = {
        attribute: convert(raw[name], f"{where}.{name}")
        for name, (attribute, convert) in _DIALECT_PROPERTIES.items()
        if name in raw
    }
    dialect = Dialect(raw=raw, **kept)
    _check_signs(dialect, where)
    return dialect


def _check_signs(dialect: Dialect, where: str) -> None:
    """Refuse signs with which no table can be read for certain (or, by the csv module, at all)."""
    signs = [
        ("delimiter", dialect.delimiter),
        ("quoteChar", dialect.quote_char),
        ("escapeChar", dialect.escape_char),
    ]
    for name, sign in signs:
        if sign is not None and (len(sign) != 1 or sign in "\r\n"):
            raise PackageError(f"{where}.{name} is {brief(sign)}, not one character.", "Write one character.")
        if sign == " " and dialect.skip_initial_space:
            raise PackageError(f"{where}.{name} is a blank, and blanks are skipped.", "Leave skipInitialSpace out.")
    if dialect.comment_char == "":
        raise PackageError(f"{where}.commentChar is empty.", "Leave it out.")
    used = [sign for _name, sign in signs if sign is not None]
    if len(set(used)) < len(used):
        raise PackageError(f"{where} gives one sign two meanings.", "Choose different signs.")


def _object(value: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(value, Mapping):
        raise PackageError(f"{where} is not a JSON object.", "Write it between { and }.")
    return value


def _list(value: Any, where: str) -> list[Any]:
    if not isinstance(value, list):
        raise PackageError(f"{where} is not a list.", "Write it between [ and ].")
    return value


def _text(raw: Mapping[str, Any], name: str, where: str, default: str | None = None) -> str:
    value = raw.get(name, default)
    if not isinstance(value, str):
        raise PackageError(f"{where} has no text in `{name}`.", f"Write its {name} as text.")
    return value


def _fields_match(value: Any, where: str) -> FieldsMatch:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    for known in FIELDS_MATCH:
        if value == known:
            return known
    raise PackageError(f"{where}.fieldsMatch is {brief(value)}.", f"Write one of {', '.join(FIELDS_MATCH)}.")


def _key(value: Any, where: str) -> tuple[str, ...]:
    if value is None:
        return ()
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        raise PackageError(f"{where} is not a list of field names.", "Write the names of its fields.")
    return tuple(names)


def _foreign_key(raw: Any, where: str) -> ForeignKey:
    raw = _object(raw, where)
    reference = _object(raw.get("reference"), f"{where}.reference")
    resource = reference.get("resource")
    return ForeignKey(
        fields=_key(raw.get("fields"), f"{where}.fields"),
        resource=resource if isinstance(resource, str) and resource else None,
        reference_fields=_key(reference.get("fields"), f"{where}.reference.fields"),
    )


def _missing_values(value: Any, where: str) -> tuple[str, ...] | None:
    if value is None:
        return None
    texts = [item.get("value") if isinstance(item, Mapping) else item for item in _list(value, where)]
    if not all(isinstance(text, str) for text in texts):
        raise PackageError(f"{where} is not a list of texts.", "Write each as text, or as an object with a `value`.")
    return tuple(str(text) for text in texts)


def _categories(value: Any, where: str) -> tuple[Any, ...]:
    return tuple(item.get("value") if isinstance(item, Mapping) else item for item in _list(value, where))


def _as(kind: type | tuple[type, ...], named: str) -> Callable[[Any, str], Any]:
    def convert(value: Any, where: str) -> Any:
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is int):
            raise PackageError(f"{where} is {brief(value)}, which is not {named}.", f"Write {named}.")
        return tuple(value) if isinstance(value, list) else value

    return convert


def _anything(value: Any, _where: str) -> Any:
    return value


def _format(value: Any, where: str) -> str:
    """A format without the prefix of the standard's first drafts (Table Schema, "type and format")."""
    return str(_str(value, where)).removeprefix("fmt:")


_str, _int, _bool, _tuple = (
    _as(str, "text"),
    _as(int, "a whole number"),
    _as(bool, "true or false"),
    _as(list, "a list"),
)

_FIELD_PROPERTIES: Mapping[str, tuple[str, Callable[[Any, str], Any]]] = {
    "type": ("type", _str),
    "format": ("format", _format),
    "title": ("title", _str),
    "description": ("description", _str),
    "example": ("example", _anything),
    "categoriesOrdered": ("categories_ordered", _bool),
    "decimalChar": ("decimal_char", _str),
    "groupChar": ("group_char", _str),
    "bareNumber": ("bare_number", _bool),
    "trueValues": ("true_values", _tuple),
    "falseValues": ("false_values", _tuple),
    "delimiter": ("delimiter", _str),
    "itemType": ("item_type", _str),
}
_CONSTRAINT_PROPERTIES: Mapping[str, tuple[str, Callable[[Any, str], Any]]] = {
    "required": ("required", _bool),
    "unique": ("unique", _bool),
    "minLength": ("min_length", _int),
    "maxLength": ("max_length", _int),
    "minimum": ("minimum", _anything),
    "maximum": ("maximum", _anything),
    "exclusiveMinimum": ("exclusive_minimum", _anything),
    "exclusiveMaximum": ("exclusive_maximum", _anything),
    "jsonSchema": ("json_schema", _as(dict, "an object")),
    "pattern": ("pattern", _str),
    "enum": ("enum", _tuple),
}
_DIALECT_PROPERTIES: Mapping[str, tuple[str, Callable[[Any, str], Any]]] = {
    "delimiter": ("delimiter", _str),
    "quoteChar": ("quote_char", _as((str, type(None)), "text")),
    "doubleQuote": ("double_quote", _bool),
    "escapeChar": ("escape_char", _as((str, type(None)), "text")),
    "skipInitialSpace": ("skip_initial_space", _bool),
    "header": ("header", _bool),
    "commentChar": ("comment_char", _as((str, type(None)), "text")),
}
_DIALECT_FIXED: Mapping[str, tuple[Any, ...]] = {
    "headerRows": ([1],),
    "headerJoin": (" ",),
    "commentRows": ([],),
    "nullSequence": (),
    "type": ("delimited",),
}
