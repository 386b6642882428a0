"""Changes in plain sentences, for a changelog and for whoever asks why a version has to be what it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..diff.bump import Reason
from ..diff.changeset import Key
from ..errors import one_line

_CONTEXT = 4
"""Words around a difference."""
_SHORT = 60
_LISTED = 10


def reason_sentence(reason: Reason) -> str:
    """What a reason is, in words.

    >>> reason_sentence(Reason("major", "field_removed", "mandates", "role"))
    'The field role was removed from mandates.'
    """
    what, table, field, name = reason.what, reason.table, reason.field, reason.property
    rule = f"{name} of {table}.{field}" if field else f"{name} of {table}"
    fixed = {
        "bookkeeping_changed": f"Whether the rows of {table} count as data was changed.",
        "described": f"What is said of {'.'.join(p for p in (table, field) if p) or 'the package'}"
        f"{f' ({name})' if name else ''} was changed.",
        "field_added": f"The field {field} was added to {table}.",
        "field_moved": f"The field {field} of {table} was moved.",
        "field_removed": f"The field {field} was removed from {table}.",
        "key_changed": f"The primary key of {table} was changed.",
        "reading_changed": f"How values are read was changed: {rule}.",
        "reference_changed": f"A reference of {table} to another table was changed.",
        "rule_changed": f"A rule was changed for another one: {rule}.",
        "rule_loosened": f"A rule was loosened: {rule}.",
        "rule_tightened": f"A rule was tightened: {rule}.",
        "table_added": f"The table {table} was added.",
        "table_removed": f"The table {table} was removed.",
        "type_changed": f"The type of {table}.{field} was changed.",
    }
    return fixed.get(what) or _of_rows(reason)


def _of_rows(reason: Reason) -> str:
    table, named = reason.table, _named(reason.keys, reason.count)
    were = "was" if reason.count == 1 else "were"
    if reason.what == "cell_changed":
        return f"{reason.field} was changed in {table}: {named}."
    if reason.what == "row_added":
        return f"{named} {were} added to {table}."
    if reason.what == "retirement_removed":
        return f"The retirement of {named} in {table} was taken back."
    renamed = [
        f"{'/'.join(old)} to {'/'.join(new)}" for old, new in zip(reason.keys, reason.new_keys, strict=False) if new
    ]
    into = f" (renamed: {', '.join(renamed)})" if renamed else ""
    if reason.what == "row_retired":
        return f"{named} {were} retired from {table}{into}."
    return f"{named} {were} removed from {table} without a retirement{into.replace('renamed', 'perhaps renamed')}."


def _named(keys: Sequence[Key], count: int) -> str:
    shown = [one_line("/".join(key)) if key else "a row" for key in keys]
    more = count - len(shown)
    return f"{', '.join(shown)} and {more:,} more" if more > 0 else listed(shown)


def listed(names: Sequence[str]) -> str:
    """Names in a sentence.

    >>> listed(["a", "b", "c"])
    'a, b and c'
    """
    if len(names) > _LISTED:
        return f"{', '.join(names[:_LISTED])} and {len(names) - _LISTED:,} more"
    return " and ".join(filter(None, [", ".join(names[:-1]), *names[-1:]]))


def cell_sentence(where: str, field: str, old: str, new: str, because: str = "") -> str:
    """What became of a cell.

    >>> cell_sentence("1998-santiago-poa-012", "text", "Support the wich.", "Support the which.", "typo")
    'In 1998-santiago-poa-012, text: "Support the which." now, not "Support the wich." (typo).'
    """
    reason = f" ({because})" if because else ""
    start = f"In {one_line(where)}, {field}:"
    if not old:
        return f"{start} {_quoted(_cut(new))} now, where nothing stood{reason}."
    if not new:
        return f"{start} empty now, not {_quoted(_cut(old))}{reason}."
    before, after = differing(old, new)
    return f"{start} {_quoted(after)} now, not {_quoted(before)}{reason}."


def _quoted(text: str) -> str:
    return f'"{one_line(text)}"'


def _cut(text: str) -> str:
    return text if len(text) <= _SHORT else f"{text[:_SHORT].rstrip()}..."


def differing(old: str, new: str) -> tuple[str, str]:
    """Both texts, the long ones cut to the words that differ and a few around them.

    >>> differing("one two " * 20 + "wich", "one two " * 20 + "which")
    ('... one two one two wich', '... one two one two which')
    """
    if max(len(old), len(new)) <= _SHORT:
        return old, new
    left, right = (re.findall(r"\S+\s*", text) or [text] for text in (old, new))
    least = min(len(left), len(right))
    before = next((n for n in range(least) if left[n] != right[n]), least)
    after = next((n for n in range(least - before) if left[-1 - n] != right[-1 - n]), least - before)
    return _window(left, before, after), _window(right, before, after)


def _window(words: Sequence[str], before: int, after: int) -> str:
    start, end = max(before - _CONTEXT, 0), min(len(words) - after + _CONTEXT, len(words))
    text = "".join(words[start:end])
    return f"{'... ' if start else ''}{text.rstrip() if end < len(words) else text}{' ...' if end < len(words) else ''}"
