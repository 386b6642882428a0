"""What happened to a row, and what became of an identifier, as text."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import IO

from ..diff.changeset import CellChange
from ..history.records import Correction
from ..history.resolving import Resolution
from ..history.telling import Event, RowHistory
from .changeset_view import NOTES, Part, cell_view
from .shown_texts import escaped

_RED, _GREEN, _BOLD, _PLAIN = "\x1b[31m", "\x1b[32m", "\x1b[1m", "\x1b[0m"
_WIDEST = 120


def write_history(history: RowHistory, out: IO[str], *, width: int | None = None, colour: bool = False) -> None:
    """Write what is told of a row, release by release.

    Lines are broken at `width`; None leaves them as long as they are, for another program to read.
    """
    writer = _Writer(out, width, colour=colour)
    resolution = history.resolution
    if resolution.status == "never_given":
        writer.lines(_state(resolution))
        return
    writer.heading(f"{resolution.table} {resolution.identifier}")
    writer.lines(_state(resolution), "  ")
    if history.since:
        writer.lines([f"Known since {_dated(history.since, history.since_on)}."], "  ")
    events = [*history.events, *history.belonging]
    if not events:
        writer.lines(["Nothing about it has changed since."] if history.since else ["No change of it is told."], "  ")
    order = sorted(events, key=lambda event: _versions(history).index(event.version))
    for version, group in groupby(order, key=lambda event: event.version):
        told = list(group)
        writer.heading(_dated(version, told[0].released_on) if version else "not yet released", before="\n")
        for event in told:
            writer.event(event, resolution)


def write_resolution(resolution: Resolution, out: IO[str], *, width: int | None = None, colour: bool = False) -> None:
    """Write what became of an identifier, and how."""
    _Writer(out, width, colour=colour).lines(_state(resolution))


def _versions(history: RowHistory) -> list[str]:
    from ..history.records import release_order

    return sorted({event.version for event in (*history.events, *history.belonging)}, key=release_order)


def _dated(version: str, day: str) -> str:
    return f"{version} ({day})" if day else version


def _state(resolution: Resolution) -> Iterator[str]:
    """What the identifier means today, then step by step how that came."""
    name = resolution.identifier
    if resolution.status == "never_given":
        yield f"{name} was never given."
        yield f"Near it: {', '.join(resolution.near)}." if resolution.near else "No identifier looks like it."
        return
    if resolution.status == "current":
        yield f"{name} is current: a row of {resolution.table}."
        return
    if resolution.status == "withdrawn":
        yield f"{name} was withdrawn; nothing stands in its place."
    elif resolution.current:
        several = " (it was split)" if len(resolution.current) > 1 else ""
        yield f"{name} was replaced by {_listed(resolution.current)}{several}."
    else:
        yield f"{name} was replaced, and the way does not end in a row that there is."
    for step in resolution.steps:
        when = f"not in {resolution.table} from {step.version} on" if step.version else "not yet released"
        said = f"replaced by {_listed(step.replaced_by)}" if step.replaced_by else "withdrawn"
        why = f": {step.reason}" if step.reason else ", no reason is written down"
        yield f"- {step.retired_id}: {said} ({when}){why}"
    if resolution.status == "replaced" and resolution.withdrawn:
        yield f"Withdrawn on the way: {_listed(resolution.withdrawn)}."
    if resolution.lost:
        yield f"Where it leads is not known, or goes round in a circle, at: {_listed(resolution.lost)}."


def _listed(names: Sequence[str]) -> str:
    return f"{', '.join(names[:-1])} and {names[-1]}" if len(names) > 1 else "".join(names)


class _Writer:
    def __init__(self, out: IO[str], width: int | None, *, colour: bool) -> None:
        self._out = out
        self._width = None if width is None else max(20, min(width, _WIDEST))
        self._colour = colour

    def heading(self, text: str, before: str = "") -> None:
        """A line that stands out."""
        shown = escaped(text)
        self._out.write(f"{before}{_BOLD}{shown}{_PLAIN}\n" if self._colour else f"{before}{shown}\n")

    def lines(self, texts: Iterator[str] | Sequence[str], indent: str = "") -> None:
        """Sentences, each on a line of its own, broken where the window ends."""
        for text in texts:
            self._write(escaped(text), indent)

    def event(self, event: Event, resolution: Resolution) -> None:
        """What happened, with the words that changed, and why."""
        own = event.table == resolution.table and event.row_id == resolution.identifier
        of = "" if own else f"{event.table} {event.row_id}"
        if event.field:
            self._cell(event, of)
        else:
            self._write(escaped(f"{of or 'the row'} {_happened(event)}"), "  ")
        for correction in event.corrections:
            self.lines(_why(correction), "    ")
        if event.reason:
            self.lines([f"why: {event.reason}"], "    ")

    def _cell(self, event: Event, of: str) -> None:
        kind = event.change if event.change in NOTES else "changed"
        view = cell_view(CellChange(event.field, event.old, event.new, kind), quotes=True)  # type: ignore[arg-type]
        between = "" if view.words else " -> "
        body = between.join([self._marked(part) if view.words else part.text for part in view.parts])
        notes = f" ({'; '.join(map(escaped, view.notes))})" if view.notes else ""
        self._write(f"{escaped(' '.join(filter(None, [of, event.field])))}: {body}{notes}", "  ")

    def _marked(self, part: Part) -> str:
        if part.kind not in ("old", "new"):
            return part.text
        text = f"[-{part.text}-]" if part.kind == "old" else f"{{+{part.text}+}}"
        return f"{_RED if part.kind == 'old' else _GREEN}{text}{_PLAIN}" if self._colour else text

    def _write(self, text: str, indent: str) -> None:
        if self._width is None or len(indent + text) <= self._width:
            self._out.write(f"{indent}{text}\n")
            return
        broken = textwrap.wrap(
            text,
            self._width,
            initial_indent=indent,
            subsequent_indent=f"{indent}  ",
            break_long_words=False,
            break_on_hyphens=False,
        )
        self._out.write("\n".join(broken) + "\n")


def _happened(event: Event) -> str:
    if event.new_id:
        return f"was renamed to {event.new_id}"
    if event.change == "added":
        return "was added"
    if event.replaced_by:
        return f"was retired, replaced by {_listed(event.replaced_by)}"
    return {"removed": "was removed", "retired": "was withdrawn"}.get(event.change, f"was {event.change}")


def _why(correction: Correction) -> Iterator[str]:
    evidence = "the text itself" if correction.evidence == "text" else correction.evidence
    details = "; ".join(filter(None, [correction.kind, f"evidence: {evidence}" if evidence else ""]))
    yield f"why: {correction.reason or 'no reason is written down'}{f' ({details})' if details else ''}"
    yield f"correction {correction.correction_id}"
