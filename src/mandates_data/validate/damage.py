"""What programs do to cells that nobody asked them to change, told apart from what a person wrote.

`damage_of` knows the cell as it was (the base revision is the oracle) and is exact: the original is the old text.
`suspected` has only the cell, and says what it looks like.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ..package.model import Field


@dataclass(frozen=True, slots=True)
class Damage:
    """A change that a program makes by itself.

    Attributes
    ----------
    kind
        A stable slug, such as `date-rewritten` or `leading-zeros-lost`.
    words
        What happened, as the end of a sentence that starts with the cell: "is the date as a spreadsheet rewrites it".
    original
        The text that stood there before; None where it cannot be known.
    """

    kind: str
    words: str
    original: str | None = None


def damage_of(old: str, new: str, field: Field) -> Damage | None:
    """What a program has done to `old` when it left `new`; None where only a person can have done it.

    >>> damage_of("007", "7", Field("code", "string")).kind
    'leading-zeros-lost'
    >>> damage_of("typo", "type", Field("word", "string")) is None
    True
    """
    del field
    if re.fullmatch(r"0+[0-9]+", old) and old.lstrip("0") == new:
        return Damage("leading-zeros-lost", "has lost its leading zeros, as a spreadsheet drops them", old)
    return None


def suspected(text: str, field: Field) -> Damage | None:
    """What a program has probably done to a cell, judged by the cell alone; None where nothing speaks for it."""
    del text, field
    return None
