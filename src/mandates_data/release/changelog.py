"""The entry of a release in the changelog: what a person wrote under [Unreleased], and the changes of the data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ..diff.bump import Bump
from .rows import Change
from .sentences import cell_sentence, listed, reason_sentence

_BEGIN = "<!-- written by `mandates-data release prepare` -->"
_END = "<!-- end of what it wrote -->"
_MOST = 100
HEAD = "# Changelog\n\n## [Unreleased]\n"
_HEADING = re.compile(r"^## \[(?P<name>[^\]\n]+)\].*\n", re.MULTILINE)


def data_sentences(changes: Sequence[Change], bump: Bump, retired: Iterable[tuple[str, str, str]] = ()) -> list[str]:
    """The changes of the data, one sentence each; rows that came are named together, those of a new table counted.

    `retired` are table, identifier and reason of the identifiers that the release retires.
    """
    filled = {change.table for change in changes}
    new = {reason.table for reason in bump.reasons if reason.what == "table_added"}
    why = {(table, identifier): reason.rstrip(".") for table, identifier, reason in retired}
    found = [
        reason_sentence(reason)
        for reason in bump.reasons
        if reason.what not in ("cell_changed", "row_added", "row_removed", "row_retired", "described")
        and not (reason.what == "table_added" and reason.table in filled)
    ]
    for table in dict.fromkeys(change.table for change in changes):
        of_table = [change for change in changes if change.table == table]
        if table in new:  # all of its rows came with it
            found.append(f"The table {table} was added, with {len(of_table):,} row{'' if len(of_table) == 1 else 's'}.")
            continue
        added = [change.row_id for change in of_table if change.change == "added"]
        if added:
            found.append(f"{listed(added)} {'was' if len(added) == 1 else 'were'} added to {table}.")
        for change in of_table:
            reason = why.get((table, change.row_id), "")
            because = f" ({reason})" if reason else ""
            if change.change == "removed":
                found.append(f"{change.row_id} was removed from {table}{because}.")
            elif change.change == "renamed":
                found.append(f"{change.old} of {table} is called {change.new} now{because}.")
            elif change.field:
                found.append(cell_sentence(change.row_id, change.field, change.old, change.new, change.because))
    if len(found) > _MOST:
        found = [*found[:_MOST], f"And {len(found) - _MOST:,} changes more, which the table of changes has."]
    return found


def with_release(text: str, version: str, date: str, sentences: Sequence[str], replaced: str = "") -> str:
    """The changelog with the entry of a release, at the top of all releases.

    What stands under [Unreleased] moves there, behind what a person wrote in an earlier entry of this release.

    Parameters
    ----------
    text
        The changelog; empty where there is none yet.
    version, date, sentences
        Those of the release.
    replaced
        The version under which the release was prepared before; empty where it was not.
    """
    head, sections = _sections(text or HEAD)
    unreleased = next((body for name, _, body in sections if name == "Unreleased"), "")
    earlier = [body for name, _, body in sections if name in (version, replaced)]
    kept = [_by_hand(body) for body in (*earlier, unreleased)]
    parts = [part for part in kept if part]
    if sentences:
        parts.append("\n".join([_BEGIN, "### Changes of the data", "", *map(_item, sentences), _END]))
    others = [f"{line}{body}" for name, line, body in sections if name not in ("Unreleased", version, replaced)]
    own = f"## [{version}] - {date}\n\n" + "".join(f"{part}\n\n" for part in parts)
    return (head + "## [Unreleased]\n\n" + own + "".join(others)).rstrip("\n") + "\n"


def _sections(text: str) -> tuple[str, list[tuple[str, str, str]]]:
    """What stands before the first heading of a release, and name, heading and body of each."""
    found = list(_HEADING.finditer(text))
    ends = [*(one.start() for one in found[1:]), len(text)]
    head = text[: found[0].start()] if found else text.rstrip("\n") + "\n\n"
    return head, [(one["name"], one[0], text[one.end() : end]) for one, end in zip(found, ends, strict=True)]


def _by_hand(body: str) -> str:
    """A section without what was written by machine."""
    before, begin, rest = body.partition(_BEGIN)
    after = rest.partition(_END)[2] if begin else ""
    return "\n\n".join(part for part in (before.strip("\n"), after.strip("\n")) if part)


def _item(sentence: str) -> str:
    r"""A sentence as the item of a list. Signs of Markdown in it stay signs.

    >>> print(_item("a <b> *c* [d]"))
    - a \<b> \*c\* \[d]
    """
    return "- " + re.sub(r"([\\`*_<\[])", r"\\\1", sentence)
