"""Which mandates and items a search is narrowed to: by document, summit, year, topic, role, code, entity or verb.

Several values of one field are alternatives; several fields have to hold together. A value that nothing has is an
error and not an empty result.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence

from ..errors import UnknownNameError, brief
from ..package.model import Package
from ..package.rows import Row, rows_of
from .folding import words_of
from .passages import Passage, optional_rows
from .queries import QueryError

ADJUDICATED = "adjudicated"
"""The coder whose codes count, where several have coded."""

_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?", re.ASCII)
_LISTED = 20

Keys = set[str]
Filter = Callable[[Package, Sequence[Passage], str], Keys]
"""From a value to the identifiers of the passages that have it."""


def narrowed(package: Package, passages: Sequence[Passage], where: Mapping[str, Iterable[str]]) -> list[Passage]:
    """The passages that have one of the values of every field.

    Raises
    ------
    UnknownNameError
        There is no such field or value, or the package lacks the table that knows it.
    QueryError
        A year is none.
    """
    kept = list(passages)
    for field, values in where.items():
        if field not in FILTERS:
            raise UnknownNameError.of("filter", field, tuple(FILTERS))
        keys = set().union(*(FILTERS[field](package, passages, value) for value in values))
        kept = [passage for passage in kept if passage.row_id in keys]
    return kept


def _document(package: Package, passages: Sequence[Passage], value: str) -> Keys:
    names = {p.document_id: (p.cited_as, p.document) for p in passages}
    names |= {
        row["document_id"]: (row["cited_as"], row.get("title", "")) for row in rows_of(package, "documents", "cited_as")
    }
    found = _named("document", value, names)
    return {p.row_id for p in passages if p.document_id in found}


def _summit(package: Package, passages: Sequence[Passage], value: str) -> Keys:
    rows = rows_of(package, "summits", "summit_id", "city")
    found = _named("summit", value, {row["summit_id"]: (row["city"], row.get("name", "")) for row in rows})
    return {p.row_id for p in passages if p.summit_id in found}


def _year(package: Package, passages: Sequence[Passage], value: str) -> Keys:
    years = _YEARS.fullmatch(value.strip())
    if years is None:
        raise QueryError(f"{brief(value)} is no year.", "Write a year, or two with a hyphen between: 1998-2004.")
    first, last = years[1], years[2] or years[1]
    known = sorted({row["start_date"][:4] for row in rows_of(package, "summits", "start_date")} - {""})
    if not any(first <= year <= last for year in known):
        raise _unknown("year", value, known)
    return {p.row_id for p in passages if first <= p.year <= last}


def _topic(package: Package, passages: Sequence[Passage], value: str) -> Keys:
    """The topic with the topics below it."""
    rows = list(rows_of(package, "topics", "topic_id", "parent_topic_id", "title"))
    found = set(_named("topic", value, {row["topic_id"]: (row["title"],) for row in rows}))
    while below := {row["topic_id"] for row in rows if row["parent_topic_id"] in found} - found:
        found |= below
    links = rows_of(package, "mandate_topics", "mandate_id", "topic_id")
    return _with_items(passages, {row["mandate_id"] for row in links if row["topic_id"] in found})


def _role(_package: Package, passages: Sequence[Passage], value: str) -> Keys:
    found = _one_of("role", value, {p.role for p in passages})
    return {p.row_id for p in passages if p.role == found}


def _code(package: Package, passages: Sequence[Passage], value: str) -> Keys:
    subtopics = optional_rows(package, "subtopics", "code", "title", asked_by="the filter code")
    found = _named("code", value, {row["code"]: (row["title"],) for row in subtopics})
    rows = list(optional_rows(package, "mandate_subtopics", "mandate_id", "code", asked_by="the filter code"))
    if any(row.get("coder") == ADJUDICATED for row in rows):
        rows = [row for row in rows if row["coder"] == ADJUDICATED]
    return _with_items(passages, {row["mandate_id"] for row in rows if row["code"] in found})


def _entity(package: Package, _passages: Sequence[Passage], value: str) -> Keys:
    """Where it is mentioned: in the mandate itself, or in the item."""
    entities = optional_rows(package, "entities", "entity_id", "name", "acronym", asked_by="the filter entity")
    names = {row["entity_id"]: (row["acronym"], row["name"]) for row in entities}
    found = _named("entity", value, names)
    rows = optional_rows(package, "mentions", "entity_id", "mandate_id", "item_id", asked_by="the filter entity")
    return {row["item_id"] or row["mandate_id"] for row in rows if row["entity_id"] in found}


def _act(field: str) -> Filter:
    def filtered(package: Package, passages: Sequence[Passage], value: str) -> Keys:
        rows: list[Row] = list(optional_rows(package, "acts", "mandate_id", field, asked_by=f"the filter {field}"))
        found = _one_of(field, value, {row[field] for row in rows})
        return _with_items(passages, {row["mandate_id"] for row in rows if row[field] == found})

    return filtered


FILTERS: Mapping[str, Filter] = {
    "document": _document,
    "summit": _summit,
    "year": _year,
    "topic": _topic,
    "role": _role,
    "code": _code,
    "entity": _entity,
    "verb": _act("verb"),
    "strength": _act("strength"),
}


def _with_items(passages: Sequence[Passage], mandates: Keys) -> Keys:
    return {p.row_id for p in passages if p.mandate_id in mandates}


def _named(field: str, value: str, names: Mapping[str, Sequence[str]]) -> Keys:
    """The identifiers that a value means: itself, else one whose name it is, else those whose names have its words."""
    wanted = _folded(value)
    for found in (
        {key for key in names if _folded(key) == wanted},
        {key for key, own in names.items() if wanted in map(_folded, own)},
        {key for key, own in names.items() if wanted and set(wanted) <= {*_folded(key), *_folded(" ".join(own))}},
    ):
        if found and wanted:
            return found
    raise _unknown(field, value, sorted({*names, *(name for own in names.values() for name in own if name)}))


def _one_of(field: str, value: str, known: Iterable[str]) -> str:
    for name in known:
        if name and _folded(name) == _folded(value):
            return name
    raise _unknown(field, value, sorted({*known} - {""}))


def _folded(text: str) -> tuple[str, ...]:
    return tuple(word.folded for word in words_of(text))


def _unknown(field: str, value: str, known: Sequence[str]) -> UnknownNameError:
    from difflib import get_close_matches

    near = get_close_matches(value[:200], known, n=3)
    if near:
        step = f"Did you mean {' or '.join(map(repr, near))}?"
    elif len(known) <= _LISTED:
        step = f"Known: {', '.join(known)}." if known else "None is known."
    else:
        step = f"Known are {len(known)} names; one is {known[0]!r}."
    return UnknownNameError(f"There is no {field} {brief(value)}.", step)
