"""What a page tells machines and people who cite it, as text; and what the tables beside it say."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

Judge = Callable[[Any], list[str]]
"""Says what is wrong; nothing where all is well."""
Damages = Mapping[str, Callable[[Any], object]]
"""Ways to damage what a judge is asked about, in place, each with what it does. The judge has to refuse them all."""


@dataclass
class Told(HTMLParser):
    """The `citation_` tags of a page, its blocks of JSON-LD, and its texts to copy by their labels."""

    tags: dict[str, list[str]] = field(default_factory=dict)
    blocks: list[str] = field(default_factory=list)
    copied: dict[str, str] = field(default_factory=dict)
    _into: tuple[str, str] = ("", "")

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note the tag, or that a text begins that is to be kept."""
        named = {name: value or "" for name, value in attrs}
        if tag == "meta" and named.get("name", "").startswith("citation_"):
            self.tags.setdefault(named["name"], []).append(named.get("content", ""))
        elif tag == "script" and named.get("type") == "application/ld+json":
            self._into = (tag, "")
            self.blocks.append("")
        elif tag == "pre":
            self._into = (tag, named.get("aria-label", ""))

    def handle_endtag(self, tag: str) -> None:
        """The text has ended."""
        if tag == self._into[0]:
            self._into = ("", "")

    def handle_data(self, data: str) -> None:
        """Keep a text."""
        tag, label = self._into
        if tag == "script":
            self.blocks[-1] += data
        elif tag == "pre":
            self.copied[label] = self.copied.get(label, "") + data


def told_by(page: Path) -> Told:
    """What a page tells."""
    told = Told()
    told.feed(page.read_text(encoding="utf-8"))
    told.close()
    return told


def table(site: Path, name: str) -> list[dict[str, str]]:
    """The rows of a table among the downloads."""
    with open(site / "downloads" / f"{name}.csv", encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
