"""Rules on the resources of a package (Data Resource standard, version 2)."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from ...errors import brief
from ...package.reader import is_text_encoding
from .documents import Defect, Documents, Node


def path_hidden(documents: Documents) -> Iterator[Defect]:
    """Paths must not go through hidden folders (glossary, "URL or Path"). Worse paths are refused before this."""
    for node, way, path in _paths(documents):
        if path and any(part.startswith(".") for part in path.split("/")):
            yield node.defect(way, "A part of this path begins with a dot, which the standard forbids.", "data/x.csv")


def _paths(documents: Documents) -> Iterator[tuple[Node, tuple[str | int, ...], str]]:
    for resource in documents.resources:
        for name in ("path", "schema", "dialect"):
            path = resource.text(name)
            if path is not None:
                yield resource, (name,), path
        for number, item in enumerate(resource.listed("path")):
            if isinstance(item, str):
                yield resource, ("path", number), item


def resource_name_repeated(documents: Documents) -> Iterator[Defect]:
    """A resource's name must be its own (Data Resource, "name")."""
    names = Counter(node.text("name") for node in documents.resources)
    for node in documents.resources:
        name = node.text("name")
        if name is not None and names[name] > 1:
            yield node.defect("name", f"{names[name]} resources are called {brief(name)}.", "a name of its own")


def data_here_and_there(documents: Documents) -> Iterator[Defect]:
    """A resource must have `path` or `data`, and only one of them (Data Resource, "path or data")."""
    for node in documents.resources:
        if "path" in node.value and "data" in node.value:
            yield node.defect("data", "A resource has `path` or `data`, not both.", "one of them")
        elif not {"path", "data", "url"} & node.value.keys():
            yield node.defect((), "Neither `path` nor `data` says where the rows are.", '"path": ...')


def inline_data_malformed(documents: Documents) -> Iterator[Defect]:
    """Inline data is a list or object, or text with its format; of a table, rows (Data Resource, "Inline Data")."""
    for node in documents.resources:
        if "data" not in node.value:
            continue
        data = node.value["data"]
        if node.text("type") == "table":
            rows = isinstance(data, list) and all(isinstance(row, (list, dict)) for row in data)
            if not rows:
                yield node.defect("data", "The `data` of a table is a list of rows.", "[[...], [...]]")
        elif isinstance(data, str):
            if "format" not in node.value and "mediatype" not in node.value:
                yield node.defect("data", "Data given as text needs a `format` or a `mediatype`.", '"format": "csv"')
        elif not isinstance(data, (list, dict)):
            yield node.defect("data", "`data` must be a list, an object or a text.", "[...]")


def format_unlike_path(documents: Documents) -> Iterator[Defect]:
    """`format` is expected to be the file's extension, without the dot (Data Resource, "format")."""
    for node in documents.resources:
        form, path = node.text("format"), node.text("path") or ""
        extension = path.rpartition("/")[2].rpartition(".")[2].lower() if "." in path.rpartition("/")[2] else ""
        if form is not None and (form != form.lower() or form.startswith(".") or (extension and form != extension)):
            yield node.defect(
                "format", f"The file's extension is {brief(extension)}, the format {brief(form)}.", extension
            )


def mediatype_malformed(documents: Documents) -> Iterator[Defect]:
    """`mediatype` is a media type, two words with a slash (Data Resource, "mediatype")."""
    word = r"[A-Za-z0-9][A-Za-z0-9!#$&^_.+-]*"
    for node in documents.resources:
        mediatype = node.text("mediatype")
        if mediatype is not None and not re.fullmatch(rf"{word}/{word}(\s*;\s*{word}=[^;\s]+)*", mediatype):
            yield node.defect("mediatype", "`mediatype` must be a media type.", "text/csv")


def encoding_not_known(documents: Documents) -> Iterator[Defect]:
    """`encoding` should be a preferred MIME name of IANA's list (Data Resource, "encoding")."""
    for node in documents.resources:
        encoding = node.text("encoding")
        if encoding is not None and not is_text_encoding(encoding):
            yield node.defect("encoding", f"No encoding called {brief(encoding)} is known here.", "utf-8")


def bytes_negative(documents: Documents) -> Iterator[Defect]:
    """`bytes` is the size of the file (Data Resource, "bytes")."""
    for node in documents.resources:
        size = node.value.get("bytes")
        if isinstance(size, int) and not isinstance(size, bool) and size < 0:
            yield node.defect("bytes", "A size cannot be less than 0.", "the size of the file in bytes")


_DIGITS = {"md5": 32, "sha1": 40, "sha224": 56, "sha256": 64, "sha384": 96, "sha512": 128}
"""Hexadecimal digits of the algorithms that people use."""


def hash_malformed(documents: Documents) -> Iterator[Defect]:
    """`hash` is a bare MD5, or the lower-case name of another algorithm, a colon and the digits ("hash")."""
    for node in documents.resources:
        written = node.text("hash")
        if written is None:
            continue
        name, colon, digits = written.rpartition(":")
        length = _DIGITS.get(name if colon else "md5", len(digits))
        if not re.fullmatch(r"[0-9A-Fa-f]+", digits) or len(digits) != length or (colon and not name.islower()):
            expected = "sha256: and 64 digits 0 to 9, a to f; or the 32 of an MD5"
            yield node.defect("hash", "`hash` is not written as the standard has it.", expected)


def hash_not_checkable(documents: Documents) -> Iterator[Defect]:
    """The hash is of an algorithm that is not known here, so it proves nothing."""
    for node in documents.resources:
        name = (node.text("hash") or "").rpartition(":")[0]
        if name.islower() and name not in _DIGITS:
            yield node.defect(
                "hash", f"The algorithm {brief(name)} is not known here; nothing is checked.", "sha256:..."
            )


def table_without_schema(documents: Documents) -> Iterator[Defect]:
    """A tabular resource should have a schema (Data Resource, "schema")."""
    for node in documents.resources:
        if node.text("type") == "table" and "schema" not in node.value:
            yield node.defect((), "This table has no `schema`: nothing in its cells can be checked.", '"schema": ...')
