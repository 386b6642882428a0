"""Where frictionless and the standard's text part, one entry each. A test fails when an entry is no longer needed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from ..package.model import Resource
from .cases import (
    broken_address,
    digits_of_pattern,
    end_of_day,
    grouped_integer,
    led_by_the_point,
    long_year,
    named_with_blanks,
    no_json_number,
    not_a_number,
    not_lexical,
    number_with_words,
    odd_address,
    of_code,
    of_type,
    other_hash,
    passed_by_python,
    refused_by_python,
    stopped_at,
    unknown_to_python,
)
from .judgements import Said

Side = Literal["ours", "theirs"]
"""Which of the two finds a fault."""


@dataclass(frozen=True, slots=True)
class Known:
    """A difference that is settled: `side` finds the fault, the other passes it; `either` says that both happens.

    `sentence` is of the standard, `reason` says what frictionless does; `covers` tells whether a judgement is a case.
    """

    name: str
    side: Side | Literal["either"]
    reason: str
    sentence: str
    covers: Callable[[Said, Resource], bool]


KNOWN: tuple[Known, ...] = (
    Known(
        "lexical form", "ours",
        "frictionless reads cells with Python's own functions, which take spaces around a number, underscores and "
        "non-Latin digits in it, and dates without their zeros.",
        'Table Schema, "date": "The lexical representation MUST be yyyy-mm-dd"; "number": "a non-empty finite-length '
        'sequence of decimal digits"; the other types refer to XML Schema.',
        not_lexical,
    ),
    Known(
        "pattern of the whole value", "ours",
        "frictionless puts ^ and $ around a pattern, so that cat|dog takes catXX, and a line end passes after it.",
        'Table Schema, "pattern": "The values of this field MUST conform to the standard XML Schema regular expression '
        'syntax", in which an expression describes whole values.',
        passed_by_python,
    ),
    Known(
        "patterns that are not Python's", "theirs",
        "frictionless reads a pattern as one of Python, whose classes of characters are not those of XML Schema.",
        'Table Schema, "pattern": "The values of this field MUST conform to the standard XML Schema regular expression '
        'syntax", by which \\w has no _ and [a-z-[aeiou]] takes one class away from another.',
        refused_by_python,
    ),
    Known(
        "patterns that Python cannot read", "ours",
        "frictionless stops at a pattern that Python's reader refuses, so it is not shown to it.",
        'Table Schema, "pattern": "The values of this field MUST conform to the standard XML Schema regular expression '
        'syntax", which has \\p{L}.',
        unknown_to_python,
    ),
    Known(
        "keys of lists and JSON", "ours",
        "frictionless stops at lists and objects that are to be unique or part of a key, so they are not shown to it.",
        'Table Schema, "unique": "Fields: all".',
        stopped_at,
    ),
    Known(
        "names of columns with blanks", "ours",
        "frictionless takes blanks away around the names in a header.",
        'Table Schema, "fieldsMatch": "The data source MUST have exactly the same fields as defined in the fields '
        'array."',
        named_with_blanks,
    ),
    Known(
        "keys that are no number", "either",
        "frictionless takes NaN for unlike itself, so that two rows may have it as their key and none refers to it.",
        'Table Schema, "uniqueKeys": "It is directly modeled on the concept of unique constraint in SQL", where NaN '
        'equals itself.',
        not_a_number,
    ),
    Known(
        "references with a missing part", "ours",
        "frictionless takes two missing parts of a reference for equal, so that it leads to a row that lacks the same.",
        'Table Schema, "foreignKeys": "values in a field (or fields) on the table connect to values"; a missing '
        'value is none.',
        of_code("MD402"),
    ),
    Known(
        "unique keys", "ours",
        "frictionless does not read uniqueKeys.",
        'Table Schema, "uniqueKeys": "A unique key is a field or a set of fields that are required to have unique '
        'logical values in each row in the table."',
        of_code("MD306"),
    ),
    Known(
        "categories", "ours",
        "frictionless does not read categories.",
        'Table Schema, "categories": "The logical representation of data in the field MUST exactly match one of the '
        'values in categories."',
        of_code("MD227"),
    ),
    Known(
        "part of a primary key", "ours",
        "frictionless refuses a missing primary key only where all its parts are missing.",
        'Table Schema, "primaryKey": "the fields cannot be null, so their use in the primary key is equivalent to '
        'adding required: true to their constraints".',
        of_code("MD304"),
    ),
    Known(
        "other hashes", "ours",
        "frictionless checks md5 and sha256 alone.",
        'Data Resource, "hash": "Other algorithms can be indicated by prefixing the hash\'s value with the algorithm '
        'name in lower-case."',
        other_hash,
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
        "end of the day", "ours",
        "frictionless takes 24:00:00 for midnight.",
        'Table Schema, "time": "The field contains a time without a date", so that there is no next day to begin.',
        end_of_day,
    ),
    Known(
        "JSON without numbers that are none", "ours",
        "frictionless reads JSON with Python's own reader, which takes NaN and Infinity.",
        'Table Schema, "object": "The field contains a valid JSON object"; JSON (RFC 8259) has no NaN.',
        no_json_number,
    ),
    Known(
        "addresses with blanks", "ours",
        "frictionless looks for a scheme and a host alone.",
        'Table Schema, "string": "uri: A valid URI"; RFC 3986 has no blanks and no letters beyond ASCII in one.',
        of_type("string", form="uri"),
    ),
    Known(
        "UUIDs without hyphens", "ours",
        "frictionless reads them with Python's own function, which takes braces and does without hyphens.",
        'Table Schema, "string": "uuid: A string that is a uuid"; RFC 9562 writes it with its four hyphens.',
        of_type("string", form="uuid"),
    ),
    Known(
        "Base64 with other signs", "ours",
        "frictionless reads Base64 with Python's own function, which passes over every sign that is none of it.",
        'Table Schema, "string": "binary: A base64 encoded string"; RFC 4648, section 3.3, has other signs refused.',
        of_type("string", form="binary"),
    ),
    Known(
        "dates that could be mistaken", "either",
        "With the format `any` frictionless guesses, and takes 1 for a day of this month; we read some forms, and no "
        "other.",
        'Table Schema, "datetime": "The implementing library can attempt to parse the datetime via a range of '
        'strategies", and "It is NOT RECOMMENDED to use any format".',
        of_type("date", "time", "datetime", form="any"),
    ),
    Known(
        "digits of other scripts in dates", "ours",
        "frictionless reads dates of a stated form with Python's strptime, which takes digits of every script.",
        'Table Schema, "datetime": "Values in the this field SHOULD be parsable by Python / C standard strptime using '
        '<PATTERN>"; those of C take ASCII digits alone.',
        digits_of_pattern,
    ),
    Known(
        "bounds of durations", "ours",
        "frictionless takes a bound of a duration for an invalid descriptor, so it is not shown to it.",
        'Table Schema, "minimum": "Fields: integer, number, date, time, datetime, duration, year, yearmonth".',
        of_type("duration", kind="demand"),
    ),
    Known(
        "allowed values of lists", "ours",
        "frictionless takes an enum of a list for an invalid descriptor, so it is not shown to it.",
        'Table Schema, "enum": "Fields: all".',
        of_type("list", kind="demand"),
    ),
    Known(
        "signs between thousands", "theirs",
        "frictionless reads groupChar in numbers alone, so that it knows no cell and no allowed value of whole numbers "
        "with it.",
        'Table Schema, "integer": "groupChar: A string whose value is used to group digits within the integer."',
        grouped_integer,
    ),
    Known(
        "numbers among words", "theirs",
        "With bareNumber false frictionless takes away all that is no digit, and NaN and INF with it.",
        'Table Schema, "number": "the contents of this field may contain leading and/or trailing non-numeric '
        'characters (which implementors MUST therefore strip)".',
        number_with_words,
    ),
    Known(
        "numbers that begin with the point", "either",
        "With bareNumber false frictionless takes away all that is no digit at the front, the decimal point of .5 too.",
        'Table Schema, "number": "Leading and trailing zeroes are optional."',
        led_by_the_point,
    ),
    Known(
        "e-mail addresses of other scripts", "theirs",
        "frictionless refuses e-mail addresses with signs beyond ASCII, or whose domain ends in a digit or a "
        "single letter.",
        'Table Schema, "string": "email: A valid email address"; RFC 6531 has signs of all scripts, and by RFC 5321 a '
        'domain may end in letters and digits of any number.',
        odd_address,
    ),
    Known(
        "e-mail addresses with spaces", "ours",
        "frictionless passes a line end or a no-break space before the @ of an e-mail address.",
        'Table Schema, "string": "email: A valid email address"; by RFC 5322 there is no space in its name.',
        broken_address,
    ),
    Known(
        "years beyond four digits", "theirs",
        "frictionless takes years of four digits alone, and no time zone after them.",
        'Table Schema, "year": "A calendar year as per XMLSchema gYear", which has a sign, further digits and a zone.',
        long_year,
    ),
)  # fmt: skip


def known(said: Said, side: Side, resource: Resource) -> Known | None:
    """The settled difference that a judgement of one side alone is a case of, if any."""
    return next((entry for entry in KNOWN if entry.side in (side, "either") and entry.covers(said, resource)), None)
