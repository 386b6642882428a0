"""Topics of the official site: from a page's heading to rows of `topics`, and back.

A heading has the topic in capitals and nested topics after colons: `SECURITY: Harbour Safety`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

Row = Mapping[str, str]

_SMALL_WORDS = frozenset(
    {"a", "an", "and", "as", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"}
)


def topics_of(heading: str) -> list[dict[str, str]]:
    """The rows of `topics` that a heading names, outermost first.

    >>> [row["topic_id"] for row in topics_of("SECURITY: Harbour Safety")]
    ['security', 'security-harbour-safety']
    >>> topics_of("SCIENCE AND TECHNOLOGY")[0]["title"]
    'Science and Technology'
    """
    parts = heading.split(": ")
    titles = [_with_initials(parts[0]), *parts[1:]]
    rows: list[dict[str, str]] = []
    for title in titles:
        parent = rows[-1]["topic_id"] if rows else ""
        name = f"{parent}-{_slug(title)}".strip("-")
        rows.append({"topic_id": name, "parent_topic_id": parent, "title": title})
    return rows


def heading_of(topic_id: str, topics: Iterable[Row]) -> str:
    """The heading that a page on the topic prints; empty where `topics` has no such row.

    >>> heading_of("security-harbour-safety", topics_of("SECURITY: Harbour Safety"))
    'SECURITY: Harbour Safety'
    """
    by_id = {row["topic_id"]: row for row in topics}
    titles: list[str] = []
    while topic_id in by_id and len(titles) <= len(by_id):
        titles.insert(0, by_id[topic_id]["title"])
        topic_id = by_id[topic_id]["parent_topic_id"]
    return ": ".join([titles[0].upper(), *titles[1:]]) if titles else ""


def is_heading(line: str) -> bool:
    """Whether a line has the form of a heading, with words that `heading_of` gives back.

    >>> is_heading("SECURITY: Harbour Safety"), is_heading("Click here for Related Ministerials")
    (True, False)
    """
    rows = topics_of(line)
    return rows[0]["topic_id"].strip("0123456789-") != "" and heading_of(rows[-1]["topic_id"], rows) == line


def _with_initials(capitals: str) -> str:
    words = capitals.lower().split(" ")
    return " ".join(word if n and word in _SMALL_WORDS else word[:1].upper() + word[1:] for n, word in enumerate(words))


def _slug(title: str) -> str:
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
