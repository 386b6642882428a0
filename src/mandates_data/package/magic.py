"""What a file is by its first bytes, where it is no table of text."""

from __future__ import annotations

import re
from typing import Literal

Found = Literal["not-text", "web-page", "json-file", "pointer-file"]

_ZIPPED = (
    (b"[Content_Types].xml", "an Excel workbook"),
    (b"xl/", "an Excel workbook"),
    (b"opendocument.spreadsheet", "a LibreOffice spreadsheet"),
    (b".iwa", "a Numbers spreadsheet"),
)
_BYTES = (
    (rb"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (rb"%PDF-", "a PDF"),
    (rb"\x1f\x8b", "a gzip archive"),
    (rb"BZh[1-9]1AY", "a bzip2 archive"),
    (rb"\xfd7zXZ\x00", "an xz archive"),
    (rb"7z\xbc\xaf", "a 7z archive"),
    (rb"Rar!\x1a", "a RAR archive"),
    (rb"\x28\xb5\x2f\xfd", "a zstd archive"),
    (rb"PAR1[\x00-\x1f]", "a Parquet file"),
    (rb"SQLite format 3\x00", "an SQLite database"),
    (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a", "a picture"),
    (rb"\{\\rtf", "a word processor's document"),
)
_PATTERNS = tuple((re.compile(pattern, re.DOTALL), said) for pattern, said in _BYTES)
_PAGE = re.compile(rb"\s*(?:<!--.{0,400}?-->\s*)?<(?:!doctype|html|head|body|table|meta|script|div)\b", re.I | re.S)
_XML = re.compile(rb"\s*<\?xml\b", re.IGNORECASE)
_JSON = re.compile(rb'\s*(?:\{\s*(?:"[^"\n]*"\s*:|\}?\s*$)|\[\s*(?:[\[{"\]]|$))')
_WIDE = re.compile(rb"(?:[^\x00]\x00){4}|(?:\x00[^\x00]){4}")


def what_it_is(start: bytes) -> tuple[Found, str] | None:
    """The kind of a file that is no table, and its name in words; None where the bytes may begin a table.

    >>> what_it_is(b"%PDF-1.7"), what_it_is(b"<!DOCTYPE html>"), what_it_is(b"city,country")
    (('not-text', 'a PDF'), ('web-page', 'a web page'), None)
    """
    if start.startswith(b"PK\x03\x04"):
        return "not-text", next((said for sign, said in _ZIPPED if sign in start), "a zip archive")
    if start.startswith(b"version https://git-lfs"):
        return "pointer-file", "a pointer"
    for pattern, said in _PATTERNS:
        if pattern.match(start):
            return "not-text", said
    text = start.removeprefix(b"\xef\xbb\xbf")
    for form, kind, said in _FORMS:
        if form.match(text):
            return kind, said
    return None


_FORMS: tuple[tuple[re.Pattern[bytes], Found, str], ...] = (
    (_PAGE, "web-page", "a web page"),
    (_XML, "web-page", "an XML file"),
    (_JSON, "json-file", "JSON"),
)


def is_wide(start: bytes) -> bool:
    """Whether every other byte is null, as in UTF-16 of plain letters."""
    return _WIDE.match(start) is not None
