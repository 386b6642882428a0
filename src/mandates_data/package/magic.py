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
_BEGINNINGS = (
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file"),
    (b"%PDF-", "a PDF"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"\xfd7zXZ\x00", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x28\xb5\x2f\xfd", "a zstd archive"),
    (b"PAR1\x15", "a Parquet file"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"{\\rtf", "a word processor's document"),
)
_PAGE = rb"(?:<!--.{0,400}?-->\s*)?<(?:!doctype|html|head|body|table|meta|script|div)\b"
_JSON = rb'\{\s*(?:"[^"\n]*"\s*:|\}?\s*$)|\[\s*(?:[\[{"\]]|$)'


def what_it_is(start: bytes) -> tuple[Found, str] | None:
    """The kind of a file that is no table, and its name in words; None where the bytes may begin a table.

    >>> what_it_is(b"%PDF-1.7"), what_it_is(b"<!DOCTYPE html>"), what_it_is(b"city,country")
    (('not-text', 'a PDF'), ('web-page', 'a web page'), None)
    """
    if start.startswith(b"PK\x03\x04"):
        return "not-text", next((said for sign, said in _ZIPPED if sign in start), "a zip archive")
    for beginning, said in _BEGINNINGS:
        if start.startswith(beginning):
            return "not-text", said
    if start.startswith(b"version https://git-lfs"):
        return "pointer-file", "a pointer"
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if text.startswith(b"<"):
        if re.match(_PAGE, text, re.IGNORECASE | re.DOTALL):
            return "web-page", "a web page"
        return ("web-page", "an XML file") if text.lower().startswith(b"<?xml") else None
    return ("json-file", "JSON") if text.startswith((b"{", b"[")) and re.match(_JSON, text) else None


def is_wide(start: bytes) -> bool:
    """Whether every other byte is null, as in UTF-16 of plain letters."""
    if len(start) < 8:
        return False
    first, second = start[0:8:2], start[1:8:2]
    return (all(first) and not any(second)) or (all(second) and not any(first))
