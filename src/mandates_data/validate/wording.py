"""Words for what is wrong with a cell, for someone who has never programmed."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import dataclass

from ..errors import CellError
from ..package.model import Field
from .findings import quoted

_NOUNS = {
    "integer": "a whole number", "number": "a number", "date": "a date", "time": "a time of day",
    "datetime": "a date with a time", "boolean": "one of the words for yes and no", "year": "a year",
    "yearmonth": "a month of a year", "duration": "a length of time", "list": "a list of this kind",
    "array": "a JSON list", "object": "a JSON object", "geopoint": "a point on the globe",
    "geojson": "a shape in GeoJSON",
}  # fmt: skip
_FORMATS = {"email": "an e-mail address", "uri": "a web address", "binary": "Base64 data", "uuid": "a UUID"}
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SLASHED = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})"
_PLACEHOLDERS = frozenset({"na", "n/a", "#n/a", "nan", "null", "none", "nil", "-", "--", "?", "unknown", "tbd"})


@dataclass(frozen=True, slots=True)
class Words:
    """A message, the next step, the text that would mend the cell, and what a program did, where these are known."""

    message: str
    mend: str
    fix: str | None = None
    cause: str | None = None


def other_type(field: Field, text: str, expected: str, cast: Callable[[str], object], *, may_be_missing: bool) -> Words:
    """What to say of a cell that is no value of its field's type."""
    if field.type == "date" and field.format == "default" and (found := re.fullmatch(_SLASHED, text)):
        return _slashed_date(text, int(found[1]), int(found[2]), int(found[3]))
    if (respelled := _respelled(field, text)) is not None:
        return respelled
    noun = _FORMATS.get(field.format, "of this kind") if field.type == "string" else _NOUNS[field.type]
    bare = text.strip()
    if bare != text and _reads(cast, bare):
        return Words(f"{quoted(text)} has spaces or line breaks around it.", f"Write {quoted(bare)}.", bare)
    if may_be_missing and text.strip().lower() in _PLACEHOLDERS | {""}:
        return Words(f"{quoted(text)} is not {noun}.", "If the value is not known, leave the cell empty.", "")
    return Words(f"{quoted(text)} is not {noun}.", f"Needed here: {expected}.")


def _respelled(field: Field, text: str) -> Words | None:
    """What a program made of the value, where it looks like that, told apart from a slip of a person."""
    from .programs.spellings import meanings

    found = meanings(text, field)
    if found is None:
        return None
    kind, values = found
    if len(values) > 1:
        said = f"{quoted(text)} could mean {' or '.join(map(quoted, values))}."
        return Words(said, "Write the one that is meant, in that form.", cause=kind.slug)
    said = f"{quoted(text)} {kind.words}."
    if not values:
        return Words(said, "Put the value back from its last good version.", cause=kind.slug)
    return Words(said, f"Write {values[0]}.", values[0], kind.slug)


def _reads(cast: Callable[[str], object], text: str) -> bool:
    try:
        cast(text)
    except CellError:
        return False
    return True


def _slashed_date(text: str, first: int, second: int, year: int) -> Words:
    from datetime import date

    readings = []
    for day, month in dict.fromkeys(((first, second), (second, first))):
        try:
            readings.append(date(year, month, day))
        except ValueError:
            continue
    mend = "Write the date as YYYY-MM-DD."
    if not readings:
        return Words(f"{quoted(text)} is no day that the calendar has.", mend)
    if len(readings) == 1:
        fix = readings[0].isoformat()
        return Words(f"{quoted(text)} is not written as YYYY-MM-DD.", f"Write {fix}.", fix, _REWRITTEN)
    said = " or ".join(f"{day.day} {_MONTHS[day.month - 1]}" for day in readings)
    return Words(f"{quoted(text)} could mean {said}.", mend, cause=_REWRITTEN)


_REWRITTEN = "date-rewritten"


def other_form(text: str, example: str | None, pattern: str, matches: Callable[[str], object]) -> Words:
    """What to say of a text that is not built as its column asks."""
    bare = " ".join(text.split()) if matches(" ".join(text.split())) else text.strip()
    if bare != text and matches(bare):
        where = "around it" if bare == text.strip() else "where none belong"
        return Words(f"{quoted(text)} has spaces or line breaks {where}.", f"Write {quoted(bare)}.", bare)
    if matches(text.lower()):
        return Words(f"{quoted(text)} has capital letters where small ones belong.", f"Write {quoted(text.lower())}.",
                     text.lower())  # fmt: skip
    like = f"Write it like {quoted(example)}." if example else f"Its form is described as {quoted(pattern, 200)}."
    return Words(f"{quoted(text)} does not have the form of this column.", like)


def some(values: Collection[str], limit: int = 12) -> str:
    """The values in a row, cut where they are many.

    >>> some(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    shown = [value if len(value) <= 40 else value[:39] + "…" for value in list(values)[:limit]]
    more = len(values) - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")


def nearest(text: str, values: Collection[str]) -> str | None:
    """The value that the text was probably meant to be.

    >>> nearest("preambel", ["mandate", "preamble"])
    'preamble'
    """
    if len(text) > 200 or len(values) > 1000:
        return None
    from difflib import get_close_matches

    plain = {value.strip().casefold(): value for value in values}
    found = plain.get(text.strip().casefold())
    if found is not None:
        return found
    close = get_close_matches(text, values, n=1, cutoff=0.75)
    return close[0] if close else None
