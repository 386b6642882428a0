"""Text that was written in one encoding and read in another: how it comes out, and what it was.

UTF-8 read as Windows-1252 turns `é` into `Ã©`; saved and read so again, into `ÃƒÂ©`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

CODE_PAGES = ("cp1252", "latin-1", "mac_roman", "cp850", "cp437")
"""Encodings that read any bytes: Windows, Unix and old Macs in the west, and DOS."""


@functools.cache
def _table(encoding: str) -> tuple[str, ...]:
    """The character of each byte. Windows reads the five bytes that Windows-1252 leaves open as control characters."""
    return tuple(bytes([n]).decode(encoding, "ignore") or chr(n) for n in range(256))


@functools.cache
def _bytes(encoding: str) -> dict[int, int]:
    return {ord(character): n for n, character in enumerate(_table(encoding))}


def read_as(text: str, encoding: str) -> str:
    """What becomes of a text that is saved as UTF-8 and read in another encoding.

    >>> read_as("Québec’s", "cp1252"), read_as("é", "mac_roman")
    ('QuÃ©becâ€™s', '√©')
    """
    if text.isascii():
        return text
    table = _table(encoding)
    return "".join([c if c < "\x80" else "".join([table[b] for b in _utf8(c)]) for c in text])


def _utf8(character: str) -> bytes:
    return character.encode("utf-8", "surrogatepass")


def misread(text: str) -> Iterator[str]:
    """All ways in which a text comes out that was saved as UTF-8 and read otherwise, once."""
    if not text.isascii():
        for encoding in CODE_PAGES:
            yield (out := read_as(text, encoding))
            if encoding == "cp1252" and (held := re.sub("[\x80-\x9f]", "", out)) != out:
                yield held
                yield re.sub("[\x80-\x9f]", "\ufffd", out)
                yield re.sub("[\x80-\x9f]", "?", out)


def misread_twice(text: str) -> Iterator[str]:
    """All ways in which a text comes out to which that happened twice."""
    for once in misread(text):
        for encoding in CODE_PAGES:
            yield read_as(once, encoding)


def wrong_code_page(text: str) -> Iterator[str]:
    """All ways in which a text comes out that was saved in one of the encodings of one byte and read in another."""
    if text.isascii():
        return
    for written in CODE_PAGES:
        numbers = _bytes(written)
        if all(ord(c) in numbers for c in text):
            for read in CODE_PAGES:
                table = _table(read)
                yield "".join([table[numbers[ord(c)]] for c in text])


def replaced(text: str) -> Iterator[str]:
    """All ways in which a text comes out whose letters became the sign for "no character", U+FFFD."""
    if text.isascii():
        return
    for written in CODE_PAGES:
        numbers = _bytes(written)
        if all(ord(c) in numbers for c in text):
            yield bytes([numbers[ord(c)] for c in text]).decode("utf-8", "replace")
    yield re.sub("[^\x00-\x7f]", "\ufffd", text)
    yield re.sub("[^\x00-\x7f]", lambda found: "\ufffd" * len(_utf8(found.group())), text)


def question_marks(text: str) -> Iterator[str]:
    """All ways in which a text comes out that was saved in an encoding that lacks some of its letters."""
    if text.isascii():
        return
    for encoding in CODE_PAGES:
        numbers = _bytes(encoding)
        yield "".join([c if ord(c) in numbers else "?" for c in text])
    yield re.sub("[^\x00-\x7f]", "?", text)
    yield re.sub("[^\x00-\x7f]", lambda found: "?" * len(_utf8(found.group())), text)
