"""What is promised of built pages: no text of a cell is mark-up, and no link leads where it should not."""

from __future__ import annotations

import functools
import json
import os.path
import re
from collections.abc import Iterable, Iterator
from html.parser import HTMLParser
from importlib.resources import files
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree as ET

from .promises import BrokenPromiseError

_VOID = frozenset({"meta", "link", "input"})
"""Elements of the pages that have no end."""
_LINKS = ("href", "src", "action")
_NO_PAGE = re.compile(r"{#.*?#}|{%.*?%}|{{.*?}}", re.DOTALL)

Mark = tuple[str, str]
"""An element and one of its attributes; an empty one for the element itself."""


class _Page(HTMLParser):
    """The elements, links and scripts of one page, and what is wrong with how its elements are closed."""

    def __init__(self) -> None:
        super().__init__()
        self.marks: set[Mark] = set()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.scripts: list[str] = []
        self.wrong: list[str] = []
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.marks |= {(tag, ""), *((tag, name) for name, _value in attrs)}
        if len({name for name, _value in attrs}) < len(attrs):
            self.wrong.append(f"<{tag}> has an attribute twice: {attrs}")
        told = dict(attrs)
        self.links += [value or "" for name, value in attrs if name in _LINKS]
        self.anchors |= {told["id"] or ""} if "id" in told else set()
        if tag not in _VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}> closes another element")

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] == "script":
            self.scripts.append(data)

    def handle_comment(self, data: str) -> None:
        self.wrong.append(f"a comment: {data}")

    def handle_pi(self, data: str) -> None:
        self.wrong.append(f"an instruction: {data}")

    def unknown_decl(self, data: str) -> None:
        self.wrong.append(f"a declaration: {data}")


def _read(text: str) -> _Page:
    page = _Page()
    page.feed(text)
    page.close()
    return page


@functools.lru_cache(maxsize=1)
def _ours() -> frozenset[Mark]:
    """The elements and attributes that the templates write themselves."""
    found: set[Mark] = set()
    for template in (files("mandates_data.site") / "templates").iterdir():
        found |= _read(_NO_PAGE.sub("", template.read_text(encoding="utf-8"))).marks
    return frozenset(found)


def holds(root: Path) -> None:
    """Hold every file of a built site against what is promised of it."""
    root = root.resolve()
    pages = {path.relative_to(root).as_posix(): _page(path, root) for path in sorted(root.rglob("*.html"))}
    for address, page in pages.items():
        for link in page.links:
            _leads_somewhere(root, address, link, pages)
    for path in root.rglob("*.svg"):
        _drawing(path, root)
    _data(root)


def _page(path: Path, root: Path) -> _Page:
    page = _read(path.read_text(encoding="utf-8"))
    here = path.relative_to(root).as_posix()
    if page.wrong or page.open:
        raise BrokenPromiseError("a page is well closed", (here, page.wrong[:3], page.open[:3]))
    if more := page.marks - _ours():
        raise BrokenPromiseError("no text of a cell is mark-up", (here, sorted(more)))
    for script in page.scripts:
        _is_json(here, script)
    return page


def _leads_somewhere(root: Path, here: str, link: str, pages: dict[str, _Page]) -> None:
    """A link leads to a file of the site, to a place in it that is there, or to an address of the web."""
    if link == "data:,":
        return
    try:
        parts = urlsplit(link)
    except ValueError as error:
        raise BrokenPromiseError("a link is an address", (here, link, error)) from error
    if parts.scheme in ("http", "https") and parts.netloc:
        return
    if parts.scheme or parts.netloc or link.startswith(("/", "\\")):
        raise BrokenPromiseError("a link leads out of the folder only to the web", (here, link))
    place = os.path.normpath((root / here).parent / unquote(parts.path) if parts.path else root / here)
    if not place.startswith(f"{root}{os.sep}"):
        raise BrokenPromiseError("a link leads out of the folder only to the web", (here, link))
    if not os.path.isfile(place):  # noqa: PTH113 - normalized as text, as a browser does
        raise BrokenPromiseError("a link leads to a file that is there", (here, link))
    page = pages.get(Path(place).relative_to(root).as_posix())
    asked = "=" in parts.fragment  # after # the explore page has what was asked
    if page is not None and parts.fragment and not asked and unquote(parts.fragment) not in page.anchors:
        raise BrokenPromiseError("a link leads to a place that is there", (here, link))


def _drawing(path: Path, root: Path) -> None:
    """A picture on its own is XML, of elements and attributes of ours."""
    here = path.relative_to(root).as_posix()
    try:
        elements = list(ET.parse(path).iter())
    except ET.ParseError as error:
        raise BrokenPromiseError("a picture is XML", (here, error)) from error
    marks = set(_marks(elements))
    if more := marks - {(tag.lower(), name.lower()) for tag, name in _ours()}:
        raise BrokenPromiseError("no text of a cell is mark-up", (here, sorted(more)))


def _marks(elements: Iterable[ET.Element]) -> Iterator[Mark]:
    for element in elements:
        tag = element.tag.rpartition("}")[2].lower()
        yield tag, ""
        yield from ((tag, name.lower()) for name in element.attrib)


def _data(root: Path) -> None:
    """The script of data says one thing and has nothing in it that could be mark-up; the files of JSON are JSON."""
    script = (root / "assets/data.js").read_text(encoding="ascii")
    if "<" in script or not (script.startswith("var MANDATES={") and script.endswith("};\n")):
        raise BrokenPromiseError("the script of data says one thing", script[:200])
    _is_json("assets/data.js", script.removeprefix("var MANDATES=").removesuffix(";\n"))
    for name in ("croissant.json", "site.json"):
        _is_json(name, (root / name).read_text(encoding="utf-8"))


def _is_json(here: str, text: str) -> None:
    try:
        json.loads(text, parse_constant=_refuse)
    except ValueError as error:
        raise BrokenPromiseError("what machines read is JSON", (here, error)) from error


def _refuse(name: str) -> None:
    raise ValueError(name)
