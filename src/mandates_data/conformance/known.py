"""Where frictionless and the standard's text part, one entry each. A test fails when an entry is no longer needed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..package.model import Field, Resource
from .judgements import Said

Side = Literal["ours", "theirs"]


@dataclass(frozen=True, slots=True)
class Known:
    """A difference that is settled: `side` finds the fault, the other passes it.

    `sentence` is of the standard, `reason` says what frictionless does; `covers` tells whether a judgement is a case.
    """

    name: str
    side: Side
    reason: str
    sentence: str
    covers: Callable[[Said, Resource], bool]


_LEXICAL = {
    "integer": r"[+-]?[0-9]+",
    "number": r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]+)?|[nN][aA][nN]|-?[iI][nN][fF]",
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "time": r"[0-9]{2}:[0-9]{2}:[0-9]{2}",
    "datetime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?",
    "year": r"-?[0-9]{4,}(Z|[+-][0-9]{2}:[0-9]{2})?",
    "yearmonth": r"-?[0-9]{4,}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?",
    "duration": r"-?P([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?",
}
"""The lexical forms that the standard takes from XML Schema, written a second time, apart from the core's own."""


def _field(said: Said, resource: Resource) -> Field | None:
    name = said.judgement.field
    return resource.schema.field(name) if name in resource.schema.field_names else None


def _not_lexical(said: Said, resource: Resource) -> bool:
    field = _field(said, resource)
    if field is None or said.judgement.kind != "type" or said.cell is None or field.format != "default":
        return False
    form = _LEXICAL.get(field.type)
    if form is None or field.group_char or field.decimal_char != "." or not field.bare_number:
        return False
    return re.fullmatch(form, said.cell, re.ASCII) is None


def _long_year(said: Said, resource: Resource) -> bool:
    field = _field(said, resource)
    if field is None or field.type not in ("year", "yearmonth") or said.judgement.kind != "type" or said.cell is None:
        return False
    return re.fullmatch(_LEXICAL[field.type], said.cell, re.ASCII) is not None


def _half_matched(said: Said, resource: Resource) -> bool:
    field = _field(said, resource)
    pattern = field.constraints.pattern if field is not None else None
    if said.code != "MD225" or pattern is None or said.cell is None:
        return False
    return re.match(f"^{pattern}$", said.cell) is not None


def _other_hash(said: Said, resource: Resource) -> bool:
    name = (resource.hash or "").partition(":")[0]
    return said.judgement.kind == "hash" and name in ("sha1", "sha512")


def _of_code(*codes: str) -> Callable[[Said, Resource], bool]:
    return lambda said, _resource: said.code in codes


KNOWN: tuple[Known, ...] = (
    Known(
        "lexical form", "ours",
        "frictionless reads cells with Python's own functions, which take spaces around a number, underscores and "
        "non-Latin digits in it, and dates without their zeros.",
        'Table Schema, "date": "The lexical representation MUST be yyyy-mm-dd"; "number": "a non-empty finite-length '
        'sequence of decimal digits"; the other types refer to XML Schema.',
        _not_lexical,
    ),
    Known(
        "pattern of the whole value", "ours",
        "frictionless puts ^ and $ around a pattern, so that cat|dog takes catXX, and a line end passes after it.",
        'Table Schema, "pattern": "The values of this field MUST conform to the standard XML Schema regular expression '
        'syntax", in which an expression describes whole values.',
        _half_matched,
    ),
    Known(
        "unique keys", "ours",
        "frictionless does not read uniqueKeys.",
        'Table Schema, "uniqueKeys": "A unique key is a field or a set of fields that are required to have unique '
        'logical values in each row in the table."',
        _of_code("MD306"),
    ),
    Known(
        "categories", "ours",
        "frictionless does not read categories.",
        'Table Schema, "categories": "The logical representation of data in the field MUST exactly match one of the '
        'values in categories."',
        _of_code("MD227"),
    ),
    Known(
        "part of a primary key", "ours",
        "frictionless refuses a missing primary key only where all its parts are missing.",
        'Table Schema, "primaryKey": "the fields cannot be null, so their use in the primary key is equivalent to '
        'adding required: true to their constraints".',
        _of_code("MD304"),
    ),
    Known(
        "other hashes", "ours",
        "frictionless checks md5 and sha256 alone.",
        'Data Resource, "hash": "Other algorithms can be indicated by prefixing the hash\'s value with the algorithm '
        'name in lower-case."',
        _other_hash,
    ),
    Known(
        "form of the file", "ours",
        "frictionless passes byte order marks, NUL characters, unclosed quotes, text after a closing quote and mixed "
        "line ends.",
        'Data Resource, "encoding": "It is RECOMMENDED to use UTF-8 (without BOM)"; Table Dialect, "quoteChar" and '
        '"lineTerminator".',
        lambda said, _resource: said.judgement.kind == "file",
    ),
    Known(
        "years beyond four digits", "theirs",
        "frictionless takes years of four digits alone, and no time zone after them.",
        'Table Schema, "year": "A calendar year as per XMLSchema gYear", which has a sign, further digits and a zone.',
        _long_year,
    ),
)  # fmt: skip


def known(said: Said, side: Side, resource: Resource) -> Known | None:
    """The settled difference that a judgement of one side alone is a case of, if any."""
    return next((entry for entry in KNOWN if entry.side == side and entry.covers(said, resource)), None)
