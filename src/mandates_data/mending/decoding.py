"""From the bytes of a file to its text, where that is beyond doubt: UTF-8 with or without its mark, UTF-16 with it."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from dataclasses import dataclass

from .values import Repair

_MARK = "\ufeff"
_UTF16 = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """The text of a file without its mark, as UTF-8; how it was read; what is no longer there."""

    text: bytes
    encoding: str
    repairs: tuple[Repair, ...] = ()


def decoded(content: bytes) -> Decoded | None:
    r"""The text that the bytes hold for certain, None where they are neither UTF-8 nor marked UTF-16.

    >>> decoded(codecs.BOM_UTF16_LE + "é".encode("utf-16-le")).text
    b'\xc3\xa9'
    >>> decoded(b"\xe9") is None
    True
    """
    encoding = _UTF16.get(content[:2])
    try:
        if encoding is not None:
            text = content[2:].decode(encoding)
            repair = Repair("utf-16", "UTF-16 instead of UTF-8")
            return Decoded(text.lstrip(_MARK).encode("utf-8"), encoding, (repair,))
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    bare = content
    while bare.startswith(codecs.BOM_UTF8):
        bare = bare[len(codecs.BOM_UTF8) :]
    repairs = (Repair("byte-order-mark", "a byte order mark"),) if bare != content else ()
    return Decoded(bare, "utf-8", repairs)


ONE_BYTE = {
    "cp1252": "Windows Western",
    "mac_roman": "old Mac",
    "cp850": "DOS Western",
    "cp437": "DOS",
    "iso8859-15": "ISO Western",
    "cp1250": "Windows Central European",
    "cp1254": "Windows Turkish",
    "cp1257": "Windows Baltic",
    "iso8859-2": "ISO Central European",
    "mac_latin2": "old Mac Central European",
    "cp852": "DOS Central European",
    "cp1251": "Windows Cyrillic",
}
"""Encodings in which each byte is a letter: what programs save by habit. Which one it is, only the base can say."""


def possible(content: bytes) -> Iterator[Decoded]:
    """The text under each of `ONE_BYTE` that it could be in; the same text under two of them comes once."""
    seen = set()
    for encoding, called in ONE_BYTE.items():
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if text.isascii() or text in seen or any("\x80" <= sign <= "\x9f" for sign in set(text)):
            continue
        seen.add(text)
        words = f"the encoding {encoding} ({called}) instead of UTF-8"
        yield Decoded(text.encode("utf-8"), encoding, (Repair("encoding", words),))
