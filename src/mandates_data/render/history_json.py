"""What happened to a row, and what became of an identifier, as JSON with a published JSON Schema each."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import IO, Any

from ..history.resolving import Resolution
from ..history.telling import Event, RowHistory


def write_history(history: RowHistory, out: IO[str]) -> None:
    """Write the JSON that `schemas/history.schema.json` describes."""
    document = {
        "format": "mandates-data/history",
        "format_version": 1,
        **_resolution(history.resolution),
        "since": history.since or None,
        "since_on": history.since_on or None,
        "events": [_event(event) for event in history.events],
        "belonging": [_event(event) for event in history.belonging],
    }
    _dump(document, out)


def write_resolution(resolution: Resolution, out: IO[str]) -> None:
    """Write the JSON that `schemas/resolution.schema.json` describes."""
    _dump({"format": "mandates-data/resolution", "format_version": 1, **_resolution(resolution)}, out)


def _resolution(resolution: Resolution) -> dict[str, Any]:
    members = asdict(resolution)
    members["table"] = resolution.table or None
    members["steps"] = [{**asdict(step), "version": step.version or None} for step in resolution.steps]
    return members


def _event(event: Event) -> dict[str, Any]:
    cell = event.field != ""
    return {
        **asdict(event),
        "version": event.version or None,
        "released_on": event.released_on or None,
        "field": event.field or None,
        "old": event.old if cell else None,
        "new": event.new if cell else None,
        "new_id": event.new_id or None,
        "corrections": [{**asdict(one), "version": one.version or None} for one in event.corrections],
    }


def _dump(document: dict[str, Any], out: IO[str]) -> None:
    out.write(json.dumps(document, ensure_ascii=False, indent=2) + "\n")
