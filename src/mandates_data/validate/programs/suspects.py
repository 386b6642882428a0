"""Texts that are allowed where they stand, and yet look like the work of a program.

A `Screen` goes over whole columns at the speed of memory, and leaves out no text of which `traces` has something to
say (a property test holds that); `judged` says it, in words.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Collection, Iterator, Mapping, Sequence

from ...package.columns import beyond_ascii
from ...package.model import Field
from ...package.types import TEXT_TYPES
from .. import codes_cell as codes
from ..findings import Rule, quoted
from ..wording import Words
from . import signs

_first = operator.itemgetter(slice(1))
_BEGINNINGS = frozenset(signs.RUNS + "\t\r#'")
_DIGITS = frozenset("0123456789+-")
_EXPONENT = re.compile("E[+-][0-9]{2}")
_IN_ASCII: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("&", re.compile("&[A-Za-z0-9#]{2,10};")),
    ("<", re.compile("</?[A-Za-z]")),
    ("?", re.compile(r"\?[a-zß-öø-ÿ]")),
    ("_", re.compile("_x00[01]")),
)
"""A sign that is looked for first, and what it has to be part of."""
_ODD = frozenset(signs.LOST + signs.SPACES + signs.UNSEEN + signs.MARKS)
_LEADS = frozenset("".join(signs.LEADS.values()).replace("â", "") + signs.AFTER_A + signs.SECOND_CONTROLS)
_ASCII = bytes(range(128))
_OF_OTHERS = "".join(dict.fromkeys("".join(leads for name, leads in signs.LEADS.items() if name != "cp1252")))
_PAIR = re.compile(
    f"[{signs.LEADS['cp1252'].replace('â', '')}][^\x00-\x7fÀ-ÿ]|â[{signs.AFTER_A}]|[{_OF_OTHERS}][^\x00-\x7f]"
    f"|[a-z]Ã|[{signs.SECOND_CONTROLS}]"
)
"""What garbled letters begin with."""


class Screen:
    """Names the texts of a column that deserve a look."""

    def __init__(self, field: Field) -> None:
        """A column whose values are listed in the schema needs none: what is not listed is told already."""
        listed = field.constraints.enum is not None or field.categories is not None
        self.active = field.type in TEXT_TYPES and field.format == "default" and not listed

    def unproven(self, values: Sequence[str]) -> Collection[str]:
        """Those of the values that show a trace of a program."""
        if not self.active or not values:
            return ()
        rich = [values[place] for place in beyond_ascii(values)]
        if not rich:
            doubtful = set(_in_ascii(values, "\n".join(values)))
        else:
            data = "\n".join(rich).encode("utf-8", "surrogatepass")
            # As one byte a sign, in which a sign of ASCII is found at once.
            joined = "\n".join(filter(str.isascii, values)) + data.decode("latin-1")
            doubtful = {*_in_ascii(values, joined), *_in_others(rich, data)}
        return {value for value in doubtful if _traced(value)} if doubtful else ()


def _traced(value: str) -> bool:
    from .traces import traces_in

    return next(traces_in(value), None) is not None


def _in_ascii(values: Sequence[str], joined: str) -> Iterator[str]:
    beginnings = set(map(_first, values))
    if not beginnings.isdisjoint(_BEGINNINGS):
        yield from (value for value in values if value[:1] in _BEGINNINGS)
    if not beginnings.isdisjoint(_DIGITS) and "E" in joined and _EXPONENT.search(joined):
        yield from filter(_EXPONENT.search, values)
    for sign, form in _IN_ASCII:
        if sign in joined:
            yield from (value for value in values if sign in value and form.search(value))
    for sign in signs.CONTROLS:
        if sign in joined:
            yield from (value for value in values if sign in value)


def _in_others(values: Sequence[str], data: bytes) -> Iterator[str]:
    found = set(data.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    if odd := found & _ODD:
        yield from (value for value in values if not odd.isdisjoint(value))
    if not found.isdisjoint(_LEADS):
        yield from filter(_PAIR.search, values)


def judged(text: str) -> Iterator[tuple[Rule, str, Words]]:
    """Each trace of a program in a text: the rule that it breaks, its cause, and the words for it."""
    from .traces import traces_in

    for trace in traces_in(text):
        rule, said = _SAID[trace.kind]
        mend = rule.mend
        if trace.original is not None:
            mend = f"Write {quoted(trace.original)}, if that is what is meant." if trace.original else mend
        yield rule, trace.kind, Words(f"{quoted(text)} {said}.", mend, trace.original)


_SAID: Mapping[str, tuple[Rule, str]] = {
    "garbled": (codes.GARBLED, "has garbled letters"),
    "garbled-twice": (codes.GARBLED, "has letters that were garbled more than once"),
    "letters-replaced": (codes.LETTERS_LOST, "has lost letters: the sign \ufffd stands in their place"),
    "letters-to-question-marks": (codes.QUESTION_MARKS, "has a question mark where a letter may have stood"),
    "error-value": (codes.SPREADSHEET_ERROR, "is the error of a spreadsheet, not a value"),
    "column-too-narrow": (codes.SPREADSHEET_ERROR, "is what a spreadsheet shows when its column is too narrow"),
    "exponent-form": (codes.SHORTENED, "looks like a number that a spreadsheet shortened"),
    "web-page-code": (codes.MARKUP, "holds a piece of the code of a web page"),
    "excel-code": (codes.MARKUP, "holds a code that Excel puts in place of a sign"),
    "unseen-characters-added": (codes.UNSEEN, "has characters that nobody can see"),
    "special-spaces-added": (codes.SPECIAL_SPACE, "has a space that is no ordinary one"),
    "accents-apart": (codes.ACCENTS_APART, "has accents that are stored apart from their letters"),
    "runs-as-formula": (codes.RUNS, "would be taken for a formula by a spreadsheet"),
    "formula-wrapped": (codes.RUNS, "is wrapped as a formula, so that a spreadsheet leaves it alone"),
    "begins-with-tab": (codes.RUNS, "begins with a tab or line break"),
    "apostrophe-left": (codes.APOSTROPHE, "begins with an apostrophe that a spreadsheet put there"),
}
