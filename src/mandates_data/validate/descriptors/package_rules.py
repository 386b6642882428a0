"""Rules on a package, its licenses, contributors and sources (Data Package standard, version 2)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...errors import CellError
from ...package.model import Field
from ...package.types import compile_field
from .documents import Defect, Documents
from .shapes import objects

_SIMPLE_NAME = re.compile(r"[a-z0-9._-]+")
_SEMANTIC_VERSION = re.compile(
    r"(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)\.(0|[1-9][0-9]*)"
    r"(-(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*)(\.(0|[1-9][0-9]*|[0-9]*[A-Za-z-][0-9A-Za-z-]*))*)?"
    r"(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?"
)
_TIMESTAMP = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}:[0-9]{2}:[0-9]{2})(\.[0-9]+)?([Zz]|[+-][0-9]{2}:[0-9]{2})"
)
_is_address = compile_field(Field("address", "string", "uri"))
_is_email = compile_field(Field("email", "string", "email"))
_is_day = compile_field(Field("day", "date"))
_is_time = compile_field(Field("time", "time"))
_SCHEMES = ("http", "https", "ftp", "ftps")


def name_not_simple(documents: Documents) -> Iterator[Defect]:
    """Names should be of lower-case letters, digits, `.`, `-` and `_` (Data Package and Data Resource, "name")."""
    for node in documents.described():
        name = node.text("name")
        if name is not None and not _SIMPLE_NAME.fullmatch(name):
            message = "The name should have only lower-case letters a to z, digits, `.`, `-` and `_`."
            yield node.defect("name", message, re.sub(r"[^a-z0-9._-]+", "-", name.lower()).strip("-"))


def recommended_property_absent(documents: Documents) -> Iterator[Defect]:
    """A package should say its name, its id and its licenses (Data Package, "Properties")."""
    for name in ("name", "id", "licenses"):
        if name not in documents.package.value:
            yield documents.package.defect((), f"The package has no `{name}`, which it should have.", f'"{name}": ...')


def version_not_semantic(documents: Documents) -> Iterator[Defect]:
    """A version should be a semantic one (Data Package, "version")."""
    version = documents.package.text("version")
    if version is not None and not _SEMANTIC_VERSION.fullmatch(version):
        yield documents.package.defect("version", "The version should have three numbers, as 1.0.0 has.", "1.0.0")


def created_malformed(documents: Documents) -> Iterator[Defect]:
    """`created` must be a date and time as RFC 3339, section 5.6, writes it (Data Package, "created")."""
    created = documents.package.text("created")
    if created is not None and not is_timestamp(created):
        message = "`created` must be a day and a time with its zone."
        yield documents.package.defect("created", message, "2026-11-24T00:00:00Z")


def is_timestamp(text: str) -> bool:
    """Whether a text is a `date-time` of RFC 3339; a leap second is one, at any midnight of a zone.

    >>> is_timestamp("1985-04-12T23:20:50.52Z"), is_timestamp("1985-04-12")
    (True, False)
    """
    found = _TIMESTAMP.fullmatch(text)
    if found is None:
        return False
    time = found[2].removesuffix("60") + "59" if found[2].endswith(":60") else found[2]
    zone = "00:00" if found[4] in "Zz" else found[4][1:]
    return _fits(_is_day, found[1]) and _fits(_is_time, time) and _fits(_is_time, f"{zone}:00")


def _fits(cast: object, text: str) -> bool:
    try:
        cast(text)  # type: ignore[operator]  # a Cast, whose alias the core does not export
    except CellError:
        return False
    return True


def is_web_address(text: str) -> bool:
    """Whether a text is a complete address with one of the schemes that the standard names.

    >>> is_web_address("https://example.org/a"), is_web_address("example.org/a")
    (True, False)
    """
    return text.partition(":")[0].lower() in _SCHEMES and _fits(_is_address, text)


def homepage_malformed(documents: Documents) -> Iterator[Defect]:
    """`homepage` is a web address (Data Package, "homepage")."""
    for node in documents.described():
        address = node.text("homepage")
        if address is not None and not is_web_address(address):
            yield node.defect("homepage", "`homepage` must be a complete web address.", "https://example.org/")


def license_says_nothing(documents: Documents) -> Iterator[Defect]:
    """A license must have a name or a path (Data Package, "licenses")."""
    for kind, node in objects(documents):
        if kind == "license" and "name" not in node.value and "path" not in node.value:
            yield node.defect((), "A license must have a `name`, a `path` or both.", '"name": "CC-BY-4.0"')


def license_name_unusual(documents: Documents) -> Iterator[Defect]:
    """A license's name is an identifier of the Open Definition's list (Data Package, "licenses")."""
    for kind, node in objects(documents):
        name = node.text("name")
        if kind == "license" and name is not None and not re.fullmatch(r"[A-Za-z0-9._-]+", name):
            yield node.defect("name", "A license's name is an identifier without blanks.", "CC-BY-4.0")


def person_or_source_says_nothing(documents: Documents) -> Iterator[Defect]:
    """A contributor or source must have a property at least (Data Package, "contributors", "sources")."""
    for kind, node in objects(documents):
        if kind in ("contributor", "source") and not node.value:
            yield node.defect((), f"This {kind} is empty.", '"title": ...')


def person_or_source_untitled(documents: Documents) -> Iterator[Defect]:
    """A contributor or source is recommended to have a title (Data Package, "contributors", "sources")."""
    for kind, node in objects(documents):
        if kind in ("contributor", "source") and node.value and "title" not in node.value:
            yield node.defect((), f"This {kind} has no `title`, which it should have.", '"title": ...')


def email_malformed(documents: Documents) -> Iterator[Defect]:
    """An `email` holds an e-mail address (Data Package, "contributors", "sources")."""
    for kind, node in objects(documents):
        email = node.text("email")
        if kind in ("contributor", "source") and email is not None and not _fits(_is_email, email):
            yield node.defect("email", "`email` must be an e-mail address.", "name@example.org")


def contributor_path_malformed(documents: Documents) -> Iterator[Defect]:
    """A contributor's `path` is a fully qualified address (Data Package, "contributors")."""
    for contributor in documents.package.objects("contributors"):
        path = contributor.text("path")
        if path is not None and not is_web_address(path):
            yield contributor.defect("path", "A contributor's `path` must be a complete web address.", "https://...")


def path_malformed(documents: Documents) -> Iterator[Defect]:
    """The path of a license, a source or an image is an address or a path inside the package ("URL or Path")."""
    for kind, node in objects(documents):
        for name in {"license": ("path",), "source": ("path",), "package": ("image",)}.get(kind, ()):
            path = node.text(name)
            if path is not None and not is_web_address(path) and _fault(path):
                yield node.defect(name, f"`{name}` {_fault(path)}.", "https://... or folder/file.txt")


def _fault(path: str) -> str:
    """What makes a text no relative path; empty where nothing does."""
    parts = path.split("/")
    if not path or path.startswith(("/", "~")) or ".." in parts or re.match(r"[A-Za-z]:", path):
        return "leaves the package"
    if "\\" in path:
        return "has \\ where / belongs"
    if re.match(r"[A-Za-z][A-Za-z0-9+.-]*:", path):
        return "is an address that is not of http, https, ftp or ftps"
    return "has a hidden part, one that begins with a dot" if any(part.startswith(".") for part in parts) else ""
