"""How each mandate is cited: its BibTeX read by pybtex, its CSL-JSON by citeproc-py, both held against the tables.

Each is also made into a list of references, since that is what it is for. The `citation_` tags of a page, for search
engines and reference managers, have no judge that works without their servers: they are held against the tables alone.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
from citeproc.source.json import CiteProcJSON
from pybtex import PybtexEngine
from pybtex.database import BibliographyData, parse_string
from pybtex.exceptions import PybtexError
from pybtex.richtext import Text

from .told import Damages, table, told_by


@dataclass
class Cited:
    """What a page tells, and what the tables say: `mandate_id` is empty for the page of the data set itself."""

    mandate_id: str
    bibtex: str
    csl: str
    tags: dict[str, list[str]]
    document: dict[str, str] = field(default_factory=dict)
    summit: dict[str, str] = field(default_factory=dict)
    addresses: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """Of the document; as the source page names it where its own is not known."""
        return self.document["title"] or self.document["cited_as"]

    @property
    def day(self) -> str:
        """Of adoption, else the year of the summit."""
        return self.document["adopted_on"] or self.summit["start_date"][:4]


def cited(site: Path) -> list[Cited]:
    """All mandates, and the data set itself."""
    documents = {row["document_id"]: row for row in table(site, "documents")}
    summits = {row["summit_id"]: row for row in table(site, "summits")}
    pages = frozenset(row["url"] for row in table(site, "sources"))
    about = told_by(site / "about.html")
    found = [Cited("", about.copied.get("BibTeX", ""), about.copied.get("CSL-JSON", ""), {})]
    for row in table(site, "mandates"):
        told = told_by(site / "mandates" / f"{row['mandate_id']}.html")
        document = documents[row["document_id"]]
        bibtex, csl = told.copied.get("BibTeX", ""), told.copied.get("CSL-JSON", "")
        known = pages | {document["url"]}
        summit = summits[document["summit_id"]]
        found.append(Cited(row["mandate_id"], bibtex, csl, told.tags, document, summit, known))
    return found


def judge(found: list[Cited]) -> list[str]:
    """What is wrong with the citations."""
    return [
        *(f"{one.mandate_id or 'about'}: {wrong}" for one in found for wrong in (*_bibtex(one), *_csl(one))),
        *(f"{one.mandate_id}: {wrong}" for one in found[1:] for wrong in _tags(one)),
        *_all_bibtex(found),
        *_all_csl(found),
    ]


# -- BibTeX -----------------------------------------------------------------------------------------------------------


def _entries(text: str) -> BibliographyData:
    return parse_string(text, "bibtex")


def _bibtex(one: Cited) -> Iterator[str]:
    try:
        entries = list(_entries(one.bibtex).entries.values())
    except PybtexError as error:
        yield f"BibTeX: {error}"
        return
    if len(entries) != 1:
        yield f"BibTeX: {len(entries)} entries"
        return
    fields = {name: str(Text.from_latex(value)) for name, value in entries[0].fields.items()}
    if not one.mandate_id:
        if not fields.get("title") or "author" not in entries[0].persons:
            yield "BibTeX: title or author is missing"
        return
    if not fields.get("title", "").startswith(one.title):
        yield f"BibTeX: the title is {fields.get('title')!r}, not {one.title!r}"
    if fields.get("year") != one.day[:4]:
        yield f"BibTeX: the year is {fields.get('year')!r}, not {one.day[:4]!r}"
    if one.mandate_id not in fields.get("note", "") or one.mandate_id not in entries[0].key:
        yield "BibTeX: the mandate is not named"
    if one.summit["name"] not in fields.get("howpublished", ""):
        yield "BibTeX: the summit is not named"
    if "url" in fields and entries[0].fields["url"] not in one.addresses:
        yield f"BibTeX: the tables have no address {fields['url']!r}"


def _all_bibtex(found: list[Cited]) -> Iterator[str]:
    """All in one file: no key twice, and a list of references is made of them."""
    try:
        together = "\n".join(one.bibtex for one in found)
        made = PybtexEngine().format_from_string(together, style="plain", output_backend="plaintext")
    except PybtexError as error:
        yield f"BibTeX of all: {error}"
        return
    if len(re.findall(r"^\[[0-9]+\] ", made, re.MULTILINE)) != len(found):
        yield "BibTeX of all: the list of references has not all of them"


# -- CSL-JSON ---------------------------------------------------------------------------------------------------------


def _csl(one: Cited) -> Iterator[str]:
    try:
        (item,) = json.loads(one.csl)
    except (ValueError, TypeError):
        yield "CSL-JSON: it is no list of one item"
        return
    if not isinstance(item, dict) or not item.get("id") or not item.get("version"):
        yield "CSL-JSON: id or version is missing"
    elif one.mandate_id:
        expected = {
            "id": one.mandate_id,
            "type": "document",
            "title": one.title,
            "issued": {"date-parts": [[int(part) for part in one.day.split("-")]]},
            "event": one.summit["name"],
        }
        for name, value in expected.items():
            if item.get(name) != value:
                yield f"CSL-JSON: {name} is {item.get(name)!r}, not {value!r}"
        if "URL" in item and item["URL"] not in one.addresses:
            yield f"CSL-JSON: the tables have no address {item['URL']!r}"


def _all_csl(found: list[Cited]) -> Iterator[str]:
    """All in one list: each member is known, no identifier comes twice, and a list of references is made of them."""
    try:
        items = [item for one in found for item in json.loads(one.csl)]
        if len({item["id"].lower() for item in items}) != len(items):
            yield "CSL-JSON of all: an identifier comes twice"
        with warnings.catch_warnings():
            warnings.simplefilter("error")  # it warns of members that it does not know
            made = _references(items)
    except (ValueError, TypeError, KeyError, AttributeError, UserWarning) as error:
        yield f"CSL-JSON of all: {type(error).__name__}: {error}"
        return
    for item, text in zip(items, made, strict=True):
        year = str(item.get("issued", {}).get("date-parts", [[""]])[0][0])
        if item["title"] not in text or year not in text:
            yield f"CSL-JSON: what is made of {item['id']} has not its title and year: {text}"


def _references(items: list[dict[str, Any]]) -> list[str]:
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    made = []
    for item in items:  # one by one: a style puts a list into its own order
        bibliography = CitationStylesBibliography(style, CiteProcJSON([item]), formatter.plain)
        bibliography.register(Citation([CitationItem(item["id"].lower())]))
        made.append("".join(map(str, bibliography.bibliography())))
    return made


# -- Tags -------------------------------------------------------------------------------------------------------------


def _tags(one: Cited) -> Iterator[str]:
    for name in ("citation_title", "citation_publication_date"):
        if len(one.tags.get(name, [])) != 1 or not one.tags[name][0].strip():
            yield f"{name}: it is not there once"
    if [told.replace("/", "-") for told in one.tags.get("citation_publication_date", [])] != [one.day]:
        yield f"citation_publication_date: it is not {one.day}"
    for told in one.tags.get("citation_public_url", []):
        if not re.fullmatch(rf"https?://[^/\s]+/(.*/)?mandates/{re.escape(one.mandate_id)}\.html", told):
            yield f"citation_public_url: {told!r} is not the page's address"


# -- What has to be refused -------------------------------------------------------------------------------------------


def _replaced(found: list[Cited], form: str, before: str, after: str) -> None:
    text = getattr(found[1], form)
    assert re.search(before, text), f"There is nothing to damage: {before}"
    setattr(found[1], form, re.sub(before, after, text, count=1))


DAMAGES: Damages = {
    "BibTeX without its last brace": lambda found: _replaced(found, "bibtex", r"\}\s*$", ""),
    "BibTeX with an open brace": lambda found: _replaced(found, "bibtex", "title = ", "title = {"),
    "BibTeX with a key twice": lambda found: setattr(found[2], "bibtex", found[1].bibtex),
    "BibTeX of another year": lambda found: _replaced(found, "bibtex", r"year = \{[0-9]+", "year = {1066"),
    "BibTeX with another title": lambda found: _replaced(found, "bibtex", r"title = \{+", r"\g<0>No "),
    "no BibTeX": lambda found: setattr(found[1], "bibtex", ""),
    "CSL-JSON that is cut": lambda found: setattr(found[1], "csl", found[1].csl[:-3]),
    "CSL-JSON with a member that there is not": lambda found: _replaced(found, "csl", '"genre"', '"gender"'),
    "CSL-JSON of another day": lambda found: _replaced(found, "csl", r'(?s)("issued".*?)[0-9]{4}', r"\g<1>1066"),
    "CSL-JSON with a text for a date": lambda found: _replaced(found, "csl", r'"event-date"', r'"accessed": 7, \g<0>'),
    "CSL-JSON with an identifier twice": lambda found: setattr(found[2], "csl", found[1].csl),
    "a tag twice": lambda found: found[1].tags["citation_title"].append("another"),
    "a tag of another day": lambda found: found[1].tags.update(citation_publication_date=["1066"]),
}
