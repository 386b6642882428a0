"""Words for a cell whose published value is known: what it was, what a program has done to it, how to mend it."""

from __future__ import annotations

import dataclasses
import re
from itertools import takewhile

from ..findings import Finding, quoted
from ..programs.damage import Damage

_SHORT = 80
"""Characters up to which a cell is quoted whole."""

_BEFORE = 25
"""Characters of a longer cell that are quoted before the first difference."""

_ORDERS = re.compile(r"(Add|Check|Correct|Delete|Fill|Give|Leave|Make|Mend|Put|Shorten|Write)\b")
"""How a mend begins that can go on after "or"."""


def settled(finding: Finding, old: str, damage: Damage | None) -> Finding:
    """The finding on a cell, with the value that was published there.

    Where a program has done it, the finding says so and the fix is the published value, whatever the look of the cell
    suggested: the base knows better.
    """
    new = finding.seen or ""
    sure = damage is not None and damage.sure
    guessed = finding.fix is not None and (sure or finding.fix == old)
    mend = keep_it(old, new) if guessed else f"{_was(old, new)} {_or_else(finding.mend, _keep(old))}"
    message, fix = finding.message, old if sure else finding.fix
    if damage is not None and damage.words not in message:
        message = f"{message} {'It' if sure else 'Perhaps nobody meant it: it'} {damage.words}."
    cause = damage.kind if damage is not None and sure else finding.cause
    return dataclasses.replace(finding, message=message, mend=mend, fix=fix, cause=cause)


def keep_it(old: str, new: str) -> str:
    """The next step where nothing but the published value is right."""
    return f"{_was(old, new)} {_keep(old)}."


def shown(text: str, other: str) -> str:
    """A cell as a message quotes it: whole where it is short, else around the first place where it differs.

    >>> shown("the wich", "the which"), shown("", "x")
    ('"the wich"', 'empty')
    """
    if not text:
        return "empty"
    if len(text) <= _SHORT:
        return quoted(text)
    first = sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(text, other, strict=False)))
    start = max(0, min(first, len(text) - _SHORT + _BEFORE) - _BEFORE)
    end = start + _SHORT
    return quoted(f"{'…' if start else ''}{text[start:end]}{'…' if end < len(text) else ''}", 2 * _SHORT)


def _was(old: str, new: str) -> str:
    if not old:
        return "The published cell is empty."
    if re.fullmatch(r"[\w.:/+-]{1,40}", old):
        return f"The published value is {old}."
    verb = "is" if len(old) <= _SHORT else "reads"
    return f"The published value {verb} {shown(old, new)}."


def _or_else(mend: str | None, keep: str) -> str:
    """What to do instead of keeping the published value: the finding's own mend, said of a new value.

    >>> _or_else("Write the date as YYYY-MM-DD.", "Keep it")
    'Keep it, or write your new date as YYYY-MM-DD.'
    >>> _or_else("Needed here: a whole number.", "Keep it")
    'Keep it, or mend yours. Needed here: a whole number.'
    """
    if not mend:
        return f"{keep}."
    if _ORDERS.match(mend):
        mend = mend.replace("Write the date as", "Write your new date as")
        return f"{keep}, or {mend[0].lower()}{mend[1:]}"
    return f"{keep}, or mend yours. {mend}"


def _keep(old: str) -> str:
    return "Keep it" if old else "Leave it so"
