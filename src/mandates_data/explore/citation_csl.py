"""A citation as CSL-JSON: an item of `csl-data.json`, the schema of the Citation Style Language 1.0.

`event` and not `event-title` names the summit: every processor knows the older name.
"""

from __future__ import annotations

from typing import Any

from .citation_facts import Cited, DataSet
from .citation_text import notes, parsed


def as_csl(data_set: DataSet, cited: Cited | None, shown_at: str = "") -> dict[str, Any]:
    """The item; members of which nothing is known are left out."""
    item = _data_set(data_set, shown_at) if cited is None else _cited(data_set, cited, shown_at)
    return {name: value for name, value in item.items() if value}


def _data_set(data_set: DataSet, shown_at: str) -> dict[str, Any]:
    return {
        "id": data_set.name or "data-set",
        "type": "dataset",
        "title": data_set.title,
        "author": [{"literal": author} for author in data_set.authors],
        "issued": _dates(data_set.released_on),
        "version": data_set.edition,
        "URL": shown_at,
    }


def _cited(data_set: DataSet, cited: Cited, shown_at: str) -> dict[str, Any]:
    page = cited.printings[0] if cited.printings else None
    days = [one for one in (cited.start_date, cited.end_date) if one]
    return {
        "id": cited.row_id,
        "type": "document",
        "title": cited.document,
        "section": ", ".join(cited.place_in_document).removeprefix("section "),
        "genre": cited.kind.replace("_", " "),
        "number": cited.symbol,
        "issued": _dates(cited.adopted_on) or _year(cited.year),
        "event": cited.summit,
        "event-place": ", ".join(part for part in (cited.city, cited.country) if part),
        "event-date": _dates(*days),
        "container-title": data_set.title,
        "version": data_set.edition,
        "archive": page.publisher if page else "",
        "archive_location": f"{page.path}:{page.line}" if page else "",
        "source": page.title if page else "",
        "language": page.language if page else "",
        "URL": cited.url or (page.url if page else ""),
        "accessed": _dates(page.archived_on) if page and page.url and not cited.url else {},
        "note": " ".join(notes(data_set, cited, shown_at)),
    }


def _dates(*days: str) -> dict[str, Any]:
    """One day, or a first and a last; nothing where one of them is no date."""
    found = [parsed(day) for day in days]
    parts = [[day.year, day.month, day.day] for day in found if day is not None]
    return {"date-parts": parts} if parts and len(parts) == len(found) else {}


def _year(year: str) -> dict[str, Any]:
    return {"date-parts": [[int(year)]]} if year.isascii() and year.isdigit() else {}
