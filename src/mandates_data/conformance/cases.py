"""Which judgements are cases of a settled difference: for each entry of `known.KNOWN`, true of as little as can be."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable

from ..package.model import Field, Resource
from ..package.patterns import full_match
from .judgements import INTEGRITY, Kind, Said
from .opinion import UNHASHABLE, by_python

_ZONE = r"(Z|[+-]((0[0-9]|1[0-3]):[0-5][0-9]|14:00))?"
_FORMS = {
    "date": r"[0-9]{4}-[0-9]{2}-[0-9]{2}",
    "time": r"[0-9]{2}:[0-9]{2}:[0-9]{2}",
    "datetime": r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]+)?" + _ZONE,
    "year": r"-?(?!0000)(0[0-9]{3}|[1-9][0-9]{3,})" + _ZONE,
    "yearmonth": r"-?(?!0000)(0[0-9]{3}|[1-9][0-9]{3,})-[0-9]{2}" + _ZONE,
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


def not_lexical(said: Said, resource: Resource) -> bool:
    """A cell that is not written as its type asks, in a field of the default format."""
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


def of_type(*types: str, kind: Kind = "type", form: str = "") -> Callable[[Said, Resource], bool]:
    """Covers faults of a kind in fields of some types, and where it is given, of one format."""

    def covers(said: Said, resource: Resource) -> bool:
        field = _field(said, resource)
        fits = field is not None and field.type in types and (not form or field.format == form)
        return fits and said.judgement.kind == kind

    return covers


def end_of_day(said: Said, resource: Resource) -> bool:
    """The time 24:00:00."""
    return of_type("time")(said, resource) and said.cell == "24:00:00"


def digits_of_pattern(said: Said, resource: Resource) -> bool:
    """A date or time of a stated form, with a sign beyond ASCII."""
    of_time = of_type("date", "time", "datetime")(said, resource)
    return of_time and re.search("[^\\W0-9A-Za-z_]", said.cell or "") is not None


def no_json_number(said: Said, resource: Resource) -> bool:
    """JSON with NaN or Infinity in it."""
    of_json = of_type("object", "array", "geojson")(said, resource)
    return of_json and re.search(r"NaN|Infinity", said.cell or "") is not None


def grouped_integer(said: Said, resource: Resource) -> bool:
    """A whole number of a field that has a sign between thousands."""
    field = _field(said, resource)
    grouped = field is not None and field.type == "integer" and bool(field.group_char)
    return grouped and said.judgement.kind in ("type", "demand")


def number_with_words(said: Said, resource: Resource) -> bool:
    """A number that may have words around it."""
    field = _field(said, resource)
    return field is not None and not field.bare_number and said.judgement.kind == "type"


def long_year(said: Said, resource: Resource) -> bool:
    """A year as XML Schema writes it, and only it."""
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


def passed_by_python(said: Said, resource: Resource) -> bool:
    """A text that Python's reading of the pattern passes."""
    found = _pattern(said, resource)
    if found is None or said.code != "MD225":
        return False
    compiled = by_python(found[0])
    return compiled is not None and compiled.match(found[1]) is not None


def refused_by_python(said: Said, resource: Resource) -> bool:
    """A text that fits, and that Python's reading of the pattern refuses."""
    found = _pattern(said, resource)
    if found is None or not full_match(found[0])(found[1]):
        return False
    compiled = by_python(found[0])
    return compiled is not None and compiled.match(found[1]) is None


def unknown_to_python(said: Said, resource: Resource) -> bool:
    """A text judged by a pattern that Python cannot read."""
    found = _pattern(said, resource)
    return found is not None and said.code == "MD225" and by_python(found[0]) is None


def stopped_at(said: Said, resource: Resource) -> bool:
    """A fault of a key or a unique field that is not shown to frictionless, or of a reference to such a key."""
    unhashable = {field.name for field in resource.schema.fields if field.type in UNHASHABLE}
    if said.judgement.kind == "unique":
        return said.judgement.field in unhashable
    if said.judgement.kind == "primary key" or (said.code == "MD116" and said.field in resource.schema.primary_key):
        return not unhashable.isdisjoint(resource.schema.primary_key)
    keys = [key.fields for key in resource.schema.foreign_keys]
    return said.judgement.kind == "reference" and any(not unhashable.isdisjoint(key) for key in keys)


def named_with_blanks(said: Said, resource: Resource) -> bool:
    """A fault of a header in which the name of a field has blanks around it."""
    return said.judgement.kind == "header" and has_blanks((said.cell or "").split("\n"), resource.schema.field_names)


def has_blanks(columns: Iterable[str], names: Collection[str]) -> bool:
    """Whether one of the columns has the name of a field but for blanks around it."""
    return any(one not in names and one.strip() in names for one in columns)


def led_by_the_point(said: Said, resource: Resource) -> bool:
    """A number that frictionless reads without its leading decimal sign: a cell's, or a bound's."""
    if said.judgement.kind in INTEGRITY:
        names = {said.judgement.field, *resource.schema.primary_key}
        names.update(name for key in resource.schema.foreign_keys for name in key.fields)
        return any(one.name in names and one.type == "number" and not one.bare_number for one in resource.schema.fields)
    field = _field(said, resource)
    if field is None or field.bare_number or field.type != "number" or said.judgement.kind not in ("demand", "type"):
        return False
    of = field.constraints
    bounds = (of.minimum, of.maximum, of.exclusive_minimum, of.exclusive_maximum, *(of.enum or ()))
    texts = [said.cell, *bounds]
    led = re.compile(rf"[^0-9-]*{re.escape(field.decimal_char)}[0-9]")
    return any(led.match(text) for text in texts if isinstance(text, str))


def not_a_number(said: Said, _resource: Resource) -> bool:
    """A key with NaN in it: the cell of a number, or a reference that names it."""
    if said.judgement.kind not in INTEGRITY:
        return False
    return re.search("(?i)\\bnan\\b", f"{said.cell} {said.message}") is not None


def odd_address(said: Said, resource: Resource) -> bool:
    """An e-mail address with signs beyond ASCII, or one that ends in a digit or in one letter after the point."""
    cell = said.cell or ""
    odd = not cell.isascii() or re.search(r"\.[A-Za-z]{2,}$", cell) is None
    return of_type("string", form="email")(said, resource) and odd


def broken_address(said: Said, resource: Resource) -> bool:
    """An e-mail address with a space in it, of whatever kind."""
    return of_type("string", form="email")(said, resource) and re.search(r"\s", said.cell or "") is not None


def other_hash(said: Said, resource: Resource) -> bool:
    """A hash of another kind than md5 and sha256."""
    name = (resource.hash or "").partition(":")[0]
    return said.judgement.kind == "hash" and name in ("sha1", "sha512")


def of_code(*codes: str) -> Callable[[Said, Resource], bool]:
    """Covers our findings of some codes."""
    return lambda said, _resource: said.code in codes
