"""Whether a value in a schema (a bound, an allowed value, an example) is one that its field could hold."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

from ...errors import CellError, PackageError
from ...package.model import Field
from ...package.parse import parse_field
from ...package.types import compile_field, constraint_value
from .documents import Node

_OF_VALUES = ("constraints", "categories", "missingValues", "example")


@functools.lru_cache(maxsize=1024)
def bare_field(field: Node) -> Field | None:
    """The field with its type and format alone; None where these are not right, which other rules tell."""
    raw: Mapping[str, Any] = {name: value for name, value in field.value.items() if name not in _OF_VALUES}
    try:
        parsed = parse_field({**raw, "name": "field"})
        compile_field(parsed)
    except (PackageError, CellError):
        return None
    return parsed


def typed(field: Node, value: Any) -> object:
    """The typed value that `value` stands for in a field's schema.

    The standard lets it be a JSON value or a text in the form of the field ("Field Constraints").

    Raises
    ------
    CellError
        It is none of the field's type.
    """
    bare = bare_field(field)
    if bare is None:
        raise _UntypedError("a field with a type and format of the standard")
    if bare.type == "any":
        return value
    if bare.type == "geopoint" and isinstance(value, (list, dict)):
        value = json.dumps(value)
    try:
        return constraint_value(bare, value)
    except (OverflowError, ValueError) as error:
        if isinstance(error, CellError):
            raise
        raise CellError(f"a value of type {bare.type}") from error


class _UntypedError(CellError):
    """The field itself is not right, so its values cannot be judged."""


def is_value(field: Node, value: Any) -> bool:
    """Whether a value is one of the field's type; yes where the field itself is not right."""
    try:
        typed(field, value)
    except _UntypedError:
        return True
    except CellError:
        return False
    return True


def comparable(field: Node, value: Any) -> object | None:
    """The typed value, or None where there is none."""
    try:
        return typed(field, value)
    except CellError:
        return None
