"""A count, a picture that was drawn, and the list of either, as JSON; each has its published JSON Schema."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from ..explore.plots.picture import Picture
from ..explore.statistics.model import Statistic
from .plain_json import document


def as_json(statistic: Statistic) -> str:
    """The count; `schemas/statistic.schema.json` describes it. A row has a value a column, null where it is missing."""
    names = statistic.names
    members = {
        **{name: getattr(statistic, name) for name in ("name", "title", "unit", "n", "n_of")},
        "package": statistic.package or None,
        "version": statistic.version or None,
        "notes": list(statistic.notes),
        "caveat": statistic.caveat,
        "fields": [{"name": one.name, "type": one.kind, "description": one.description} for one in statistic.columns],
        "rows": [dict(zip(names, row, strict=True)) for row in statistic.rows],
        "total": None if statistic.total is None else dict(zip(names, statistic.total, strict=True)),
    }
    return document("statistic", 1, members)


def picture_json(picture: Picture, path: str) -> str:
    """The picture that was written; `schemas/picture.schema.json` describes it."""
    members: dict[str, Any] = {
        "path": path,
        "bytes": len(picture.content),
        **{name: getattr(picture, name) for name in ("kind", "name", "title", "caption")},
        "package": picture.package or None,
        "version": picture.version or None,
    }
    return document("picture", 1, members)


def choices_json(command: str, choices: Mapping[str, str], lacking: Mapping[str, Sequence[str]]) -> str:
    """What may be asked of a command; `schemas/choices.schema.json` describes it."""
    listed = [{"name": name, "title": title, "lacking": list(lacking.get(name, ()))} for name, title in choices.items()]
    return document("choices", 1, {"command": command, "choices": listed})
