"""What a schema asks of values, in words."""

from __future__ import annotations

import json
from typing import Any

from .model import Field, Schema


def constraints_in_words(schema: Schema, field: Field) -> list[str]:
    """What the schema asks of a field's values, keys first, each as a short phrase.

    >>> schema = Schema((Field("n", "integer"),), primary_key=("n",))
    >>> constraints_in_words(schema, schema.fields[0])
    ['primary key']
    """
    return [*_keys(schema, field), *_own(field)]


def _keys(schema: Schema, field: Field) -> list[str]:
    words = []
    if field.name in schema.primary_key:
        others = [name for name in schema.primary_key if name != field.name]
        words.append(f"primary key with {', '.join(others)}" if others else "primary key")
    for key in schema.unique_keys:
        if field.name in key:
            others = [name for name in key if name != field.name]
            words.append(f"unique with {', '.join(others)}" if others else "unique")
    for foreign in schema.foreign_keys:
        for name, referenced in zip(foreign.fields, foreign.reference_fields, strict=False):
            if name == field.name:
                words.append(f"refers to {foreign.resource or 'this table'}.{referenced}")
    return words


def _own(field: Field) -> list[str]:
    constraints = field.constraints
    words = [word for word, holds in (("required", constraints.required), ("unique", constraints.unique)) if holds]
    named = {
        "at least": constraints.minimum,
        "more than": constraints.exclusive_minimum,
        "at most": constraints.maximum,
        "less than": constraints.exclusive_maximum,
        "length at least": constraints.min_length,
        "length at most": constraints.max_length,
        "pattern": constraints.pattern,
    }
    words += [f"{word} {json_or_text(value)}" for word, value in named.items() if value is not None]
    if constraints.enum is not None:
        words.append(f"one of {', '.join(map(json_or_text, constraints.enum))}")
    return words


def json_or_text(value: Any) -> str:
    """A value of the schema as it is shown: a text as it is, all else as JSON."""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
