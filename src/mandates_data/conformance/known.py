"""Where frictionless and the standard's text part, one entry each. A test fails when an entry is no longer needed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from typing import Literal

from ..package.model import Field, Resource
from ..package.patterns import full_match
from .judgements import INTEGRITY, Kind, Said
from .opinion import UNHASHABLE, by_python

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


_FORMS = {
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "time": r"[0-9]{2}:[0-9]{2}:[0-9]{2}",
    "datetime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?(Z|[+-][0-9]{2}:[0-9]{2})?",
    "year": r"-?[0-9]{4,}(Z|[+-][0-9]{2}:[0-9]{2})?",
    "yearmonth": r"-?[0-9]{4,}-[0-9]{2}(Z|[+-][0-9]{2}:[0-9]{2})?",
    "geopoint": r"[0-9.eE+-]+, ?[0-9.eE+-]+",
    "duration": r"-?P(?=[0-9T])([0-9]+Y)?([0-9]+M)?([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+(\.[0-9]+)?S)?)?",
}
"""The lexical forms that the standard takes from XML Schema, written a second time, apart from the core's own."""


def _form(field: Field) -> str | None:
    group, point = re.escape(field.group_char or ""), re.escape(field.decimal_char)
    digits = f"[0-9]+({group}[0-9]+)*" if group else "[0-9]+"
    if field.type == "integer":
        return f"[+-]?{digits}"
    if field.type == "number":
        special = "[nN][aA][nN]|-?[iI][nN][fF]"
        return f"[+-]?({digits}({point}[0-9]*)?|{point}[0-9]+)([eE][+-]?[0-9]+)?|{special}"
    return _FORMS.get(field.type)


def _field(said: Said, resource: Resource) -> Field | None:
    name = said.judgement.field
    return resource.schema.field(name) if name in resource.schema.field_names else None


def _not_lexical(said: Said, resource: Resource) -> bool:
    field = _field(said, resource)
    if field is None or said.judgement.kind != "type" or said.cell is None or field.format != "default":
        return False
    if not field.bare_number:
        return not said.cell.isascii() or "_" in said.cell
    cells = [said.cell]
    if field.type == "list":
        cells, field = said.cell.split(field.delimiter), Field(field.name, field.item_type)
    form = _form(field)
    return form is not None and not all(re.fullmatch(form, cell, re.ASCII) for cell in cells)


def _of_type(*types: str, kind: Kind = "type", form: str = "") -> Callable[[Said, Resource], bool]:
    """Covers faults of a kind in fields of some types, and where it is given, of one format."""

    def covers(said: Said, resource: Resource) -> bool:
        field = _field(said, resource)
        fits = field is not None and field.type in types and (not form or field.format == form)
        return fits and said.judgement.kind == kind

    return covers


def _end_of_day(said: Said, resource: Resource) -> bool:
    return _of_type("time")(said, resource) and said.cell == "24:00:00"


def _digits_of_pattern(said: Said, resource: Resource) -> bool:
    of_time = _of_type("date", "time", "datetime")(said, resource)
    return of_time and re.search("[^\\W0-9A-Za-z_]", said.cell or "") is not None


def _no_json_number(said: Said, resource: Resource) -> bool:
    of_json = _of_type("object", "array", "geojson")(said, resource)
    return of_json and re.search(r"NaN|Infinity", said.cell or "") is not None


def _grouped_integer(said: Said, resource: Resource) -> bool:
    field = _field(said, resource)
    grouped = field is not None and field.type == "integer" and bool(field.group_char)
    return grouped and said.judgement.kind in ("type", "demand")


def _number_with_words(said: Said, resource: Resource) -> bool:
    field = _field(said, resource)
    return field is not None and not field.bare_number and said.judgement.kind == "type"


def _long_year(said: Said, resource: Resource) -> bool:
    field = _field(said, resource)
    if field is None or field.type not in ("year", "yearmonth") or said.judgement.kind != "type" or said.cell is None:
        return False
    return re.fullmatch(_FORMS[field.type], said.cell, re.ASCII) is not None


def _pattern(said: Said, resource: Resource) -> tuple[str, str] | None:
    """The pattern and the cell of a fault of that kind."""
    field = _field(said, resource)
    pattern = field.constraints.pattern if field is not None else None
    if pattern is None or said.cell is None or said.judgement.kind != "demand":
        return None
    return pattern, said.cell


def _passed_by_python(said: Said, resource: Resource) -> bool:
    found = _pattern(said, resource)
    if found is None or said.code != "MD225":
        return False
    compiled = by_python(found[0])
    return compiled is not None and compiled.match(found[1]) is not None


def _refused_by_python(said: Said, resource: Resource) -> bool:
    found = _pattern(said, resource)
    if found is None or not full_match(found[0])(found[1]):
        return False
    compiled = by_python(found[0])
    return compiled is not None and compiled.match(found[1]) is None


def _unknown_to_python(said: Said, resource: Resource) -> bool:
    found = _pattern(said, resource)
    return found is not None and said.code == "MD225" and by_python(found[0]) is None


def _stopped_at(said: Said, resource: Resource) -> bool:
    """A fault of a key or a unique field that is not shown to frictionless, or of a reference to such a key."""
    unhashable = {field.name for field in resource.schema.fields if field.type in UNHASHABLE}
    if said.judgement.kind == "unique":
        return said.judgement.field in unhashable
    if said.judgement.kind == "primary key":
        return not unhashable.isdisjoint(resource.schema.primary_key)
    keys = [key.fields for key in resource.schema.foreign_keys]
    return said.judgement.kind == "reference" and any(not unhashable.isdisjoint(key) for key in keys)


def _named_with_blanks(said: Said, resource: Resource) -> bool:
    """A fault of a header in which the name of a field has blanks around it."""
    return said.judgement.kind == "header" and has_blanks((said.cell or "").split("\n"), resource.schema.field_names)


def has_blanks(columns: Iterable[str], names: Collection[str]) -> bool:
    """Whether one of the columns has the name of a field but for blanks around it."""
    return any(one not in names and one.strip() in names for one in columns)


def _column_of_key(said: Said, resource: Resource) -> bool:
    fewer = resource.schema.fields_match in ("superset", "partial")
    return said.code == "MD116" and fewer and said.field in resource.schema.primary_key


def _led_by_the_point(said: Said, resource: Resource) -> bool:
    """A number that frictionless reads without its leading decimal sign: a cell's, or a bound's."""
    field = _field(said, resource)
    if field is None or field.bare_number or field.type != "number" or said.judgement.kind not in ("demand", "type"):
        return False
    of = field.constraints
    bounds = (of.minimum, of.maximum, of.exclusive_minimum, of.exclusive_maximum, *(of.enum or ()))
    texts = [said.cell, *bounds]
    led = re.compile(rf"[^0-9-]*{re.escape(field.decimal_char)}[0-9]")
    return any(led.match(text) for text in texts if isinstance(text, str))


def _not_a_number(said: Said, resource: Resource) -> bool:
    """A key with NaN in it: the cell of a number, or a reference that names it."""
    if said.judgement.kind not in INTEGRITY:
        return False
    return re.search("(?i)\\bnan\\b", said.cell or said.message) is not None


def _odd_address(said: Said, resource: Resource) -> bool:
    """An e-mail address with digits at its end or letters beyond ASCII."""
    cell = said.cell or ""
    odd = not cell.isascii() or not cell.rpartition(".")[2].isalpha()
    return _of_type("string", form="email")(said, resource) and odd


def _broken_address(said: Said, resource: Resource) -> bool:
    return _of_type("string", form="email")(said, resource) and re.search(r"\s", said.cell or "") is not None


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
        _passed_by_python,
    ),
    Known(
        "patterns that are not Python's", "theirs",
        "frictionless reads a pattern as one of Python, whose classes of characters are not those of XML Schema.",
        'Table Schema, "pattern": "The values of this field MUST conform to the standard XML Schema regular expression '
        'syntax", by which \\w has no _ and [a-z-[aeiou]] takes one class away from another.',
        _refused_by_python,
    ),
    Known(
        "patterns that Python cannot read", "ours",
        "frictionless stops at a pattern that Python's reader refuses, so it is not shown to it.",
        'Table Schema, "pattern": "The values of this field MUST conform to the standard XML Schema regular expression '
        'syntax", which has \\p{L}.',
        _unknown_to_python,
    ),
    Known(
        "keys of lists and JSON", "ours",
        "frictionless stops at lists and objects that are to be unique or part of a key, so they are not shown to it.",
        'Table Schema, "unique": "Fields: all".',
        _stopped_at,
    ),
    Known(
        "names of columns with blanks", "ours",
        "frictionless takes blanks away around the names in a header.",
        'Table Schema, "fieldsMatch": "The data source MUST have exactly the same fields as defined in the fields '
        'array."',
        _named_with_blanks,
    ),
    Known(
        "columns of a key", "ours",
        "With the fieldsMatch superset or partial frictionless does without a column of the primary key.",
        'Table Schema, "primaryKey": "the fields cannot be null, so their use in the primary key is equivalent to '
        'adding required: true to their constraints".',
        _column_of_key,
    ),
    Known(
        "keys that are no number", "either",
        "frictionless takes NaN for unlike itself, so that two rows may have it as their key and none refers to it.",
        'Table Schema, "uniqueKeys": "It is directly modeled on the concept of unique constraint in SQL", where NaN '
        'equals itself.',
        _not_a_number,
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
        "end of the day", "ours",
        "frictionless takes 24:00:00 for midnight.",
        'Table Schema, "time": "The field contains a time without a date", so that there is no next day to begin.',
        _end_of_day,
    ),
    Known(
        "JSON without numbers that are none", "ours",
        "frictionless reads JSON with Python's own reader, which takes NaN and Infinity.",
        'Table Schema, "object": "The field contains a valid JSON object"; JSON (RFC 8259) has no NaN.',
        _no_json_number,
    ),
    Known(
        "addresses with blanks", "ours",
        "frictionless looks for a scheme and a host alone.",
        'Table Schema, "string": "uri: A valid URI"; RFC 3986 has no blanks and no letters beyond ASCII in one.',
        _of_type("string", form="uri"),
    ),
    Known(
        "UUIDs without hyphens", "ours",
        "frictionless reads them with Python's own function, which takes braces and does without hyphens.",
        'Table Schema, "string": "uuid: A string that is a uuid"; RFC 9562 writes it with its four hyphens.',
        _of_type("string", form="uuid"),
    ),
    Known(
        "Base64 with other signs", "ours",
        "frictionless reads Base64 with Python's own function, which passes over every sign that is none of it.",
        'Table Schema, "string": "binary: A base64 encoded string"; RFC 4648, section 3.3, has other signs refused.',
        _of_type("string", form="binary"),
    ),
    Known(
        "dates that could be mistaken", "ours",
        "With the format `any` frictionless guesses, and takes 1 for a day of this month.",
        'Table Schema, "datetime": "The implementing library can attempt to parse the datetime via a range of '
        'strategies", and "It is NOT RECOMMENDED to use any format".',
        _of_type("date", "time", "datetime", form="any"),
    ),
    Known(
        "digits of other scripts in dates", "ours",
        "frictionless reads dates of a stated form with Python's strptime, which takes digits of every script.",
        'Table Schema, "datetime": "Values in the this field SHOULD be parsable by Python / C standard strptime using '
        '<PATTERN>"; those of C take ASCII digits alone.',
        _digits_of_pattern,
    ),
    Known(
        "bounds of durations", "ours",
        "frictionless takes a bound of a duration for an invalid descriptor, so it is not shown to it.",
        'Table Schema, "minimum": "Fields: integer, number, date, time, datetime, duration, year, yearmonth".',
        _of_type("duration", kind="demand"),
    ),
    Known(
        "allowed values of lists", "ours",
        "frictionless takes an enum of a list for an invalid descriptor, so it is not shown to it.",
        'Table Schema, "enum": "Fields: all".',
        _of_type("list", kind="demand"),
    ),
    Known(
        "signs between thousands", "theirs",
        "frictionless reads groupChar in numbers alone, and so neither cells nor allowed values of whole numbers with it.",
        'Table Schema, "integer": "groupChar: A string whose value is used to group digits within the integer."',
        _grouped_integer,
    ),
    Known(
        "numbers among words", "theirs",
        "With bareNumber false frictionless takes away all that is no digit, and NaN and INF with it.",
        'Table Schema, "number": "the contents of this field may contain leading and/or trailing non-numeric '
        'characters (which implementors MUST therefore strip)".',
        _number_with_words,
    ),
    Known(
        "numbers that begin with the point", "either",
        "With bareNumber false frictionless takes away all that is no digit at the front, the decimal point of .5 too.",
        'Table Schema, "number": "Leading and trailing zeroes are optional."',
        _led_by_the_point,
    ),
    Known(
        "e-mail addresses of other scripts", "theirs",
        "frictionless refuses e-mail addresses with letters beyond ASCII, or whose domain ends in a digit.",
        'Table Schema, "string": "email: A valid email address"; RFC 6531 has letters of all scripts, and by RFC 5321 a '
        'domain may end in letters and digits.',
        _odd_address,
    ),
    Known(
        "e-mail addresses with spaces", "ours",
        "frictionless passes a line end or a no-break space before the @ of an e-mail address.",
        'Table Schema, "string": "email: A valid email address"; by RFC 5322 there is no space in its name.',
        _broken_address,
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
    return next((entry for entry in KNOWN if entry.side in (side, "either") and entry.covers(said, resource)), None)
