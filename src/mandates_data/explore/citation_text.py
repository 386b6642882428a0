"""A citation as a person reads it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from .citation_facts import Cited, DataSet, Printing

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

_DATE = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")


def as_text(data_set: DataSet, cited: Cited | None, shown_at: str = "") -> str:
    """The citation in whole sentences, one line."""
    said = _data_set(data_set, shown_at) if cited is None else [*_what(cited), *notes(data_set, cited, shown_at)]
    return _one_line(said)


def as_footnote(data_set: DataSet, cited: Cited | None, shown_at: str = "") -> str:
    """The same in short: what is cited, its occasion and symbol, and the data set with its version."""
    if cited is None:
        return _one_line(_data_set(data_set, shown_at))
    return _one_line([*_what(cited), *_symbol(cited), _within(data_set, cited, shown_at)])


def _one_line(sentences: Iterable[str]) -> str:
    """Sentences in a line, also where a name or version has a line end in it."""
    return " ".join(" ".join(sentences).splitlines())


def _data_set(data_set: DataSet, shown_at: str) -> list[str]:
    parts = (_authors(data_set), data_set.title, edition(data_set), shown_at)
    return [_stopped(part) for part in parts if part]


def _what(cited: Cited) -> list[str]:
    parts = (", ".join([cited.document, *cited.place_in_document]), occasion(cited))
    return [_stopped(part) for part in parts if part]


def _symbol(cited: Cited) -> list[str]:
    return [f"Symbol {cited.symbol}."] if cited.symbol else []


def _within(data_set: DataSet, cited: Cited, shown_at: str) -> str:
    """The row and the data set that has it, and the address of a page that shows it, where there is one."""
    what = "Item" if cited.item_id else "Mandate"
    within = ". ".join(part for part in (_authors(data_set).rstrip("."), data_set.title) if part)
    found = ", ".join(part for part in (within, _small(edition(data_set)), shown_at) if part)
    return _stopped(f"{what} {cited.row_id} in: {found}")


def notes(data_set: DataSet, cited: Cited, shown_at: str = "") -> list[str]:
    """What neither title nor occasion says: the symbol, the printed citation, the data set, and the archived page."""
    found = _symbol(cited)
    printed = list(dict.fromkeys(printing.citation.strip() for printing in cited.printings if printing.citation))
    if printed:
        quoted = " and ".join(f"“{one}”" for one in printed)
        found.append(f"Printed with the citation {quoted}{'' if quoted.endswith('.”') else '.'}")
    elif cited.document_basis == "inferred":
        found.append("Printed without a citation: the document is inferred.")
    found.append(_within(data_set, cited, shown_at))
    return [*found, *dict.fromkeys(page(printing) for printing in cited.printings)]


def occasion(cited: Cited) -> str:
    """The summit, its city and days, and the day of adoption, as far as they are known."""
    days = span(cited.start_date, cited.end_date)
    summit = ", ".join(part for part in (cited.summit, cited.city, days) if part)
    adopted = f"adopted {day(cited.adopted_on)}" if cited.adopted_on else ""
    return "; ".join(part for part in (summit, adopted) if part)


def edition(data_set: DataSet) -> str:
    """The version, its day, and how the package stands to it."""
    version = f"Version {data_set.version}" if data_set.version else ""
    return ", ".join(part for part in (version, day(data_set.released_on), data_set.standing) if part)


def page(printing: Printing) -> str:
    """The page and line that print it, with the fingerprint of the page; its address and day where they are known."""
    of = f"“{printing.title}” ({printing.publisher})" if printing.publisher else f"“{printing.title}”"
    parts = [f"Archived page {of}" if printing.title else "Archived page", f"{printing.path}, line {printing.line}"]
    parts += [printing.url] if printing.url else []
    parts += [f"archived {day(printing.archived_on)}"] if printing.archived_on else []
    parts += [f"SHA-256 {printing.sha256}"] if printing.sha256 else []
    return _stopped(", ".join(parts))


def day(iso: str) -> str:
    """An ISO date in words; anything else as it is.

    >>> day("2009-04-19"), day("2009")
    ('19 April 2009', '2009')
    """
    found = parsed(iso)
    return iso if found is None else f"{found.day} {MONTHS[found.month - 1]} {found.year}"


def parsed(iso: str) -> date | None:
    """The date; None where the cell is none, or has another form of ISO 8601 (`2001-W16-7`)."""
    try:
        return date.fromisoformat(iso) if _DATE.fullmatch(iso) else None
    except ValueError:
        return None


def span(start: str, end: str) -> str:
    """Two ISO dates as a span of days.

    >>> span("2009-04-17", "2009-04-19"), span("2009-04-30", "2009-05-02"), span("2009-04-17", "")
    ('17 to 19 April 2009', '30 April to 2 May 2009', '17 April 2009')
    """
    first, last = parsed(start), parsed(end)
    if first is None or last is None or first == last:
        return day(start or end)
    if first.year != last.year:
        return f"{day(start)} to {day(end)}"
    month = "" if first.month == last.month else f" {MONTHS[first.month - 1]}"
    return f"{first.day}{month} to {day(end)}"


def _authors(data_set: DataSet) -> str:
    return ", ".join(data_set.authors)


def _stopped(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]
