"""Whether whoever filled in a form gave the whole cell: not one word of it, nor the quotation marks of the file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

_FEW = 5
"""Words of a cell of which all may change: a title, a name."""


def unquoted(text: str) -> str | None:
    """The cell that a file writes so, in quotation marks; None where the text is not written so.

    >>> unquoted('"the ""Plan"" of 1994"'), unquoted("the Plan")
    ('the "Plan" of 1994', None)
    """
    inside = text[1:-1].replace('""', "")
    if len(text) < 2 or not text[0] == text[-1] == '"' or '"' in inside:
        return None
    return text[1:-1].replace('""', '"')


def faults_of_whole(old: str, new: str) -> Iterator[str]:
    """Why the new text is hardly meant to be the whole cell, as a sentence."""
    cell = unquoted(new)
    if cell is not None and unquoted(old) is None and not old.startswith('"'):
        yield "The corrected value stands in quotation marks, which the cell has not: leave them out."
        return
    before, after = Counter(old.split()), Counter((cell or new).split())
    if before.total() > _FEW and (before & after).total() * 2 < before.total():
        yield (
            "The corrected value takes the place of the whole cell, and most of its words would be gone: copy the "
            "printed value, and change in it what is wrong."
        )
