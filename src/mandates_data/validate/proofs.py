"""Proofs in bulk: of many cells of one field, those that are not beyond doubt, at the speed of the C library.

A proof may doubt a sound value, and never leaves out an unsound one; who doubts asks the exact judge in `cells`. None
of the values that it is given is missing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence

from ..errors import CellError
from ..package.model import Constraints, Field
from ..package.patterns import full_match
from ..package.types import constraint_value

Proof = Callable[[Sequence[str]], Collection[str]]

_BARE_NUMBER = re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)")
_BARE_NUMBERS = re.compile(r"(?>[+-]?(?>[0-9]++(?:\.[0-9]*+)?+|\.[0-9]++)\n)*+")
_LONGEST = 300
"""Characters of a number whose value is compared in bulk: far fewer than turn it into an infinity."""


def proof_of(field: Field) -> Proof | None:
    """A proof for values of a field; None where each distinct value has to be looked at."""
    constraints = field.constraints
    if constraints.enum is not None or field.categories is not None:
        return None
    if field.type in ("string", "any") and field.format == "default":
        return _text(constraints) if field.type == "string" else _nothing
    if field.type == "integer" and not field.group_char and field.bare_number:
        return _number(field, _whole)
    if field.type == "number" and not field.group_char and field.bare_number and field.decimal_char == ".":
        return _number(field, _decimal)
    return None


def _nothing(_values: Sequence[str]) -> Collection[str]:
    return ()


def _text(constraints: Constraints) -> Proof:
    least, most = constraints.min_length, constraints.max_length
    matches = None if constraints.pattern is None else full_match(constraints.pattern)

    def proof(values: Sequence[str]) -> Collection[str]:
        doubtful: list[str] = []
        if matches is not None and not all(map(matches, values)):
            doubtful = [value for value in values if not matches(value)]
        sizes = set(map(len, values)) if least is not None or most is not None else None
        if sizes and least is not None and min(sizes) < least:
            doubtful += [value for value in values if len(value) < least]
        if sizes and most is not None and max(sizes) > most:
            doubtful += [value for value in values if len(value) > most]
        return doubtful

    return proof if matches or least is not None or most is not None else _nothing


def _number(field: Field, lexical: Proof) -> Proof | None:
    try:
        low, high = _bounds(field)
    except (CellError, ArithmeticError, ValueError):
        return None
    if low is None and high is None:
        return lexical

    def proof(values: Sequence[str]) -> Collection[str]:
        doubtful = lexical(values)
        if doubtful:
            unsure = set(doubtful)
            values = [value for value in values if value not in unsure]
        # Rounding keeps the order of two numbers or makes them equal: so only what is equal to a bound is in doubt.
        rounded = list(map(float, values))
        if low is not None and rounded and min(rounded) <= low:
            doubtful = [*doubtful, *(value for value, of in zip(values, rounded, strict=True) if of <= low)]
        if high is not None and rounded and max(rounded) >= high:
            doubtful = [*doubtful, *(value for value, of in zip(values, rounded, strict=True) if of >= high)]
        return doubtful

    return proof


def _bounds(field: Field) -> tuple[float | None, float | None]:
    constraints = field.constraints
    lows = [constraints.minimum, constraints.exclusive_minimum]
    highs = [constraints.maximum, constraints.exclusive_maximum]
    low = [float(str(constraint_value(field, bound))) for bound in lows if bound is not None]
    high = [float(str(constraint_value(field, bound))) for bound in highs if bound is not None]
    return max(low, default=None), min(high, default=None)


def _whole(values: Sequence[str]) -> Collection[str]:
    joined = "".join(values)
    if joined.isascii() and joined.isdigit() and max(map(len, values)) < _LONGEST and "" not in values:
        return ()
    return [value for value in values if not _is_whole(value)]


def _is_whole(value: str) -> bool:
    digits = value[1:] if value[:1] in ("+", "-") else value
    return digits.isascii() and digits.isdigit() and len(value) < _LONGEST


def _decimal(values: Sequence[str]) -> Collection[str]:
    joined = "\n".join(values) + "\n"
    if _BARE_NUMBERS.fullmatch(joined) and joined.count("\n") == len(values) and max(map(len, values)) < _LONGEST:
        return ()
    return [value for value in values if not _BARE_NUMBER.fullmatch(value) or len(value) >= _LONGEST]
