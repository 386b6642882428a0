"""A built site as its links see it: what each page leads to, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

_VOID = {"meta", "link", "input", "br", "img", "hr"}


@dataclass
class Seen(HTMLParser):
    """The addresses, anchors, elements, attributes and text of one page."""

    links: list[str] = field(default_factory=list)
    anchors: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attributes: set[str] = field(default_factory=set)
    text: str = ""
    unclosed: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.tags.append(tag)
        self.attributes |= set(told)
        self.links += [value for name in ("href", "src", "action") if (value := told.get(name)) is not None]
        self.anchors += [value for value in [told.get("id")] if value is not None]
        if tag not in _VOID:
            self.unclosed.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.unclosed.pop() == tag, f"</{tag}> closes another element"

    def handle_data(self, data: str) -> None:
        if not self.unclosed or self.unclosed[-1] not in ("script", "style"):
            self.text += data


def see(path: Path) -> Seen:
    """A page, read to its end; every element in it is closed."""
    seen = Seen()
    seen.feed(path.read_text(encoding="utf-8"))
    seen.close()
    assert seen.unclosed == []
    return seen


def pages(root: Path) -> dict[str, Seen]:
    """Every page of a site by its address."""
    return {path.relative_to(root).as_posix(): see(path) for path in sorted(root.rglob("*.html"))}


def broken(root: Path) -> Iterator[str]:
    """Every link inside the site that leads to no file, or to no place in its page."""
    found = pages(root)
    for here, seen in found.items():
        for link in seen.links:
            parts = urlsplit(link)
            if parts.scheme:
                continue
            target = (root / here).parent / unquote(parts.path) if parts.path else root / here
            address = target.resolve().relative_to(root.resolve()).as_posix()
            anchored = parts.fragment and "=" not in parts.fragment  # after # the explore page has what was asked
            if not target.is_file() or (anchored and unquote(parts.fragment) not in found[address].anchors):
                yield f"{here}: {link}"


def outside(root: Path) -> set[str]:
    """Every address outside the site that a page leads to."""
    links = {link for seen in pages(root).values() for link in seen.links}
    return {link for link in links if urlsplit(link).scheme and link != "data:,"}
