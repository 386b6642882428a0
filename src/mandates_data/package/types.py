"""From a cell's text to its typed value, strictly by the Table Schema standard (version 2, "Field Types").

The lexical forms are those of XML Schema where the standard refers to it: ASCII digits, no space around them, no
underscore between them. `inf` and `nan` in any case, and an exponent after a small or a large E, are numbers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from ..errors import CellError
from . import jsonvalues, temporal
from .model import Field

Cast = Callable[[str], object]

TEXT_TYPES = frozenset({"string", "any"})
"""Types whose typed value is the text itself."""

_MAX_DIGITS = 4300  # what Python turns into a whole number; more than that would be slow on purpose


def compile_field(field: Field) -> Cast:
    """A function from the text of a non-missing cell to its typed value.

    string and any give `str`, integer and year `int`, number `Decimal` (also NaN and the infinities), boolean `bool`,
    date, time and datetime those of `datetime`, yearmonth `(year, month)`, duration `Duration`, list a tuple, array a
    list, object and geojson a dict, geopoint `(longitude, latitude)` as `Decimal`. The function raises `CellError`.

    >>> compile_field(Field("n", "integer"))("+007")
    7

    Raises
    ------
    CellError
        The field's type or format is none of the standard's.
    """
    compile_type = _COMPILERS.get(field.type)
    if compile_type is None:
        raise CellError(f"a type of the standard, not {field.type!r}")
    return compile_type(field)


def constraint_value(field: Field, value: Any) -> object:
    """A bound or an allowed value of the schema as a typed value of the field.

    The standard lets a schema write them as JSON values or as text in the form of the field.

    >>> constraint_value(Field("n", "number"), 1.5)
    Decimal('1.5')

    Raises
    ------
    CellError
        It is no value of the field's type.
    """
    if isinstance(value, str):
        return compile_field(field)(value)
    if field.type == "boolean" or isinstance(value, bool):
        if field.type in ("boolean", "any") and isinstance(value, bool):
            return value
        raise CellError(f"a value of type {field.type}")
    if field.type == "number" and isinstance(value, (int, float)):
        from decimal import Decimal

        return Decimal(str(value))
    if field.type in ("integer", "year") and isinstance(value, (int, float)) and value % 1 == 0:
        return int(value)
    if (field.type == "array" and isinstance(value, list)) or (
        field.type in ("object", "geojson") and isinstance(value, dict)
    ):
        return value
    raise CellError(f"a value of type {field.type}")


def _text(text: str) -> object:
    return text


def _string(field: Field) -> Cast:
    if field.format == "default":
        return _text
    if field.format not in _STRING_FORMATS:
        raise CellError(f"a format of the type string, not {field.format!r}")
    fits, expected = _STRING_FORMATS[field.format]

    def cast(text: str) -> object:
        if not fits(text):
            raise CellError(expected)
        return text

    return cast


_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u0080-\U0010ffff-]+"
_LABEL = r"[A-Za-z0-9\u00a0-\U0010ffff](?:[A-Za-z0-9\u00a0-\U0010ffff-]{0,61}[A-Za-z0-9\u00a0-\U0010ffff])?"
_EMAIL = rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})+"
_PLAIN = r"(?:[A-Za-z0-9._~!$&'()*+,;=:@/-]|%[0-9A-Fa-f]{2})"
_URI = (
    r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?://(?P<host>(?:[^/?#\[\]@\s]*@)?(?:\[[0-9A-Fa-f:.vV]+\](?::[0-9]*)?"
    rf"|{_PLAIN.replace('/', '')}*)))?"
    rf"{_PLAIN}*(?:\?(?:{_PLAIN}|\?)*)?(?:#(?:{_PLAIN}|\?)*)?"
)
_BASE64 = r"(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?"
_UUID = r"[0-9A-Fa-f]{8}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{4}-[0-9A-Fa-f]{12}"


def _is_email(text: str) -> bool:
    """An address as RFC 5322 and 6531 write it without comments or quotes, at a domain with a dot."""
    if len(text) > 254 or len(text.partition("@")[0]) > 64 or any(map(str.isspace, text)):
        return False
    return re.fullmatch(_EMAIL, text) is not None


def _is_uri(text: str) -> bool:
    """An absolute URI by RFC 3986; the schemes of the web need a host."""
    found = re.fullmatch(_URI, text) if text.isascii() else None
    if found is None or found["scheme"] + ":" == text:
        return False
    return bool(found["host"]) or found["scheme"].lower() not in ("http", "https", "ftp")


_STRING_FORMATS: dict[str, tuple[Callable[[str], bool], str]] = {
    "email": (_is_email, "an e-mail address, such as name@example.org"),
    "uri": (_is_uri, "a complete web address, such as https://example.org/page"),
    "binary": (lambda text: re.fullmatch(_BASE64, text) is not None, "data written in Base64, such as aGVsbG8="),
    "uuid": (
        lambda text: re.fullmatch(_UUID, text) is not None,
        "a UUID, such as 123e4567-e89b-42d3-a456-426614174000",
    ),
}


def _integer(field: Field) -> Cast:
    group = field.group_char or ""
    digits = _grouped(group)
    find = _finder(rf"[+-]?{digits}", bare=field.bare_number)
    expected = "a whole number, such as 12"

    def cast(text: str) -> object:
        found = find(text)
        if found is None:
            raise CellError(expected)
        if group:
            found = found.replace(group, "")
        if len(found) > _MAX_DIGITS:
            raise CellError(f"a whole number of at most {_MAX_DIGITS} digits")
        return int(found)

    return cast


def _number(field: Field) -> Cast:
    from decimal import Decimal, InvalidOperation

    group, point = field.group_char or "", field.decimal_char or "."
    digits = _grouped(group)
    mark = re.escape(point)
    find = _finder(rf"[+-]?(?:{digits}(?:{mark}[0-9]*)?|{mark}[0-9]+)(?:[eE][+-]?[0-9]+)?", bare=field.bare_number)
    special = {"nan": Decimal("NaN"), "inf": Decimal("Infinity"), "-inf": Decimal("-Infinity")}
    expected = f"a number, such as 12 or 3{point}5"

    def cast(text: str) -> object:
        found = find(text)
        if found is None:
            value = special.get(text.lower()) if text.isascii() else None
            if value is None:
                raise CellError(expected)
            return value
        if group:
            found = found.replace(group, "")
        try:
            return Decimal(found.replace(point, ".") if point != "." else found)
        except InvalidOperation as error:
            raise CellError("a number whose exponent is not that large") from error

    return cast


def _grouped(group: str) -> str:
    return rf"[0-9]+(?:{re.escape(group)}[0-9]+)*" if group else "[0-9]+"


def _finder(number: str, *, bare: bool) -> Callable[[str], str | None]:
    """A function to the number in a text, or None. Where it is not bare, text around it is stripped.

    A sign that opens the text belongs to the number even when a currency stands between them.
    """
    if bare:
        match = re.compile(number).fullmatch
        return lambda text: text if match(text) else None
    around = re.compile(rf"(?P<sign>[+-](?!\d))?\D*?(?P<number>{number})\D*").fullmatch

    def find(text: str) -> str | None:
        found = around(text)
        if found is None:
            return None
        digits = found["number"]
        return digits if digits[0] in "+-" else (found["sign"] or "") + digits

    return find


def _boolean(field: Field) -> Cast:
    yes, no = ([text for text in texts if isinstance(text, str)] for texts in (field.true_values, field.false_values))
    values = dict.fromkeys(no, False) | dict.fromkeys(yes, True)
    shown = f"{', '.join(yes)} (yes) or {', '.join(no)} (no)"

    def cast(text: str) -> object:
        value = values.get(text)
        if value is None:
            raise CellError(f"one of {shown}")
        return value

    return cast


def _list(field: Field) -> Cast:
    """Items are cast in the default form of their type, as the standard says."""
    item = compile_field(Field(field.name, field.item_type))
    delimiter = field.delimiter or ","

    def cast(text: str) -> object:
        try:
            return tuple(item(part) for part in text.split(delimiter))
        except CellError as error:
            raise CellError(f"a list with {delimiter!r} between its items, each {error.expected}") from error

    return cast


_COMPILERS: dict[str, Callable[[Field], Cast]] = {
    "string": _string,
    "any": lambda _field: _text,
    "integer": _integer,
    "number": _number,
    "boolean": _boolean,
    "list": _list,
    "date": temporal.date,
    "time": temporal.time,
    "datetime": temporal.datetime,
    "year": temporal.year,
    "yearmonth": temporal.yearmonth,
    "duration": temporal.duration,
    "object": jsonvalues.object_,
    "array": jsonvalues.array,
    "geojson": jsonvalues.geojson,
    "geopoint": jsonvalues.geopoint,
}
