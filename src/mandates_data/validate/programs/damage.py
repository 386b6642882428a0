"""What programs do to cells that nobody asked them to change, told apart from what a person wrote.

`damage_of` knows the cell as it was (the base revision is the oracle) and is exact: the original is the old text.
`suspected` has only the cell, and says what it looks like.

A change is damage when a program's known way of rewriting the old text, or two of them one after the other, gives the
new text letter by letter. The other way round it is a mending: accents put back, a hyphen made a dash, garbled letters
made whole are never damage, nor is a change that makes a broken value whole. Where a person may have meant the very
same change, the damage says so (`sure` is false): one accent taken away, a first letter made large, spaces trimmed,
day and month exchanged.
"""

from __future__ import annotations

from collections.abc import Iterator

from ...errors import CellError
from ...package.model import Field
from ...package.types import TEXT_TYPES, compile_field
from . import damage_dates, damage_text, damage_values, spellings, traces
from . import damage_kinds as kinds
from .damage_kinds import Damage as Damage  # noqa: PLC0414 - the name that others import
from .damage_kinds import Kind

_LONG = 200_000
"""Characters from which on a cell is not asked whether two things were done to it."""

_SHORT = 60
"""Characters up to which a cell may be a number, a date or a formula with something else done to it."""


def damage_of(old: str, new: str, field: Field) -> Damage | None:
    """What a program has done to `old` when it left `new`; None where only a person can have done it.

    >>> damage_of("007", "7", Field("code", "string")).kind
    'leading-zeros-lost'
    >>> damage_of("typo", "type", Field("word", "string")) is None
    True
    """
    if old == new or _mended(old, new, field):
        return None
    if len(old) > _SHORT and field.type in TEXT_TYPES and damage_text.is_reworded(old, new):
        return None
    said = next(_explained(old, new, field), ())
    if not any(kind.alone for kind in said):
        return None
    words = ", and ".join(dict.fromkeys(kind.words for kind in said))
    return Damage("+".join(dict.fromkeys(kind.slug for kind in said)), words, old, any(kind.sure for kind in said))


def _explained(old: str, new: str, field: Field) -> Iterator[tuple[Kind, ...]]:
    """The chains of kinds that make `new` of `old`, what explains the change best first."""
    yield from _at_once(old, new, field)
    if max(len(old), len(new)) > _LONG or (len(old) > _SHORT and not damage_text.only_signs_changed(old, new)):
        return
    tried = {old, new}
    for kind, step in damage_text.STEPS:
        for between in step(old) if kind not in kinds.DONE_LAST else ():
            if between not in tried:
                tried.add(between)
                for rest in _at_once(between, new, field):
                    if not (kind in kinds.LOST_LETTERS and set(rest) & kinds.LOST_LETTERS):
                        yield (kind, *rest)


def _at_once(old: str, new: str, field: Field) -> Iterator[tuple[Kind, ...]]:
    if said := damage_values.change_of_value(old, new, field):
        yield said
    if said := damage_dates.change_of_moment(old, new, field):
        yield said
    for kind in damage_text.last_done(old, new):
        yield (kind,)


def _mended(old: str, new: str, field: Field) -> bool:
    """Whether a text that was no value of its column has become one."""
    if field.type in TEXT_TYPES:
        return False
    try:
        cast = compile_field(field)
    except CellError:
        return False
    try:
        cast(new)
    except CellError:
        return False
    try:
        cast(old)
    except CellError:
        return old != ""
    return False


def suspected(text: str, field: Field) -> Damage | None:
    """What a program has probably done to a cell, judged by the cell alone; None where nothing speaks for it.

    In a column of texts, whatever is garbled, unseen, or of the making of a program (`traces`). In any other, what a
    program makes of the values of that type (`spellings`), where the text is none of them. `original` is the text that
    would be right, where there is only one; a person has to know whether it is.

    >>> suspected("QuÃ©bec", Field("city", "string")).original
    'Québec'
    >>> suspected("19/04/2009", Field("day", "date")).original
    '2009-04-19'
    """
    if field.type in TEXT_TYPES:
        return next(traces.traces_in(text), None)
    return spellings.respelled(text, field)
