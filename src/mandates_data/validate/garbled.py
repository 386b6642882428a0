"""Text that was written in one encoding and read in another: how it comes out, and what it was.

UTF-8 read as Windows-1252 turns `é` into `Ã©`; saved and read so again, into `ÃƒÂ©`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

CODE_PAGES = ("cp1252", "latin-1", "mac_roman", "cp850", "cp437")
"""Encodings that read any bytes: Windows, Unix and old Macs in the west, and DOS."""


def _written(text: str, encoding: str) -> bytes | None:
    """The bytes of a text; None where the encoding lacks a letter."""
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        return None


def _read(data: bytes, encoding: str) -> str:
    """Windows reads the five bytes that Windows-1252 leaves open as control characters."""
    if encoding != "cp1252":
        return data.decode(encoding)
    text = data.decode(encoding, "surrogateescape")
    return _OPEN.sub(lambda found: chr(ord(found.group()) - 0xDC00), text)


_OPEN = re.compile("[\udc80-\udcff]")


def read_as(text: str, encoding: str) -> str:
    """What becomes of a text that is saved as UTF-8 and read in another encoding.

    >>> read_as("Québec’s", "cp1252"), read_as("é", "mac_roman")
    ('QuÃ©becâ€™s', '√©')
    """
    return text if text.isascii() else _read(_utf8(text), encoding)


def _utf8(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def misread(text: str) -> Iterator[str]:
    """All ways in which a text comes out that was saved as UTF-8 and read otherwise, once."""
    if text.isascii():
        return
    for encoding in CODE_PAGES:
        yield (out := read_as(text, encoding))
        if encoding == "cp1252" and _CONTROLS.search(out):
            for instead in ("", "\ufffd", "?"):
                yield _CONTROLS.sub(instead, out)


_CONTROLS = re.compile("[\x80-\x9f]")


def misread_twice(text: str) -> Iterator[str]:
    """All ways in which a text comes out to which that happened twice, or three times over."""
    for once in misread(text):
        for encoding in CODE_PAGES:
            twice = read_as(once, encoding)
            yield twice
            if encoding in ("cp1252", "latin-1"):
                yield read_as(twice, encoding)


def wrong_code_page(text: str) -> Iterator[str]:
    """All ways in which a text comes out that was saved in one of the encodings of one byte and read in another.

    What looks less odd than before was made whole, and is left out.
    """
    if text.isascii():
        return
    for written in CODE_PAGES:
        data = _written(text, written)
        for read in CODE_PAGES if data is not None else ():
            out = _read(data or b"", read)
            if out != text and _odd(out) > _odd(text):
                yield out


def _odd(text: str) -> int:
    """How many signs beside a small letter are no small letter and no punctuation: large ones, and symbols."""
    return len(re.findall(r"(?<=[a-z])[^\x00-\x7fß-öø-ÿ«»‘’“”–—…\xa0]", text))


def replaced(text: str) -> Iterator[str]:
    """All ways in which a text comes out whose letters became the sign for "no character", U+FFFD."""
    if text.isascii():
        return
    for written in CODE_PAGES:
        out = (_written(text, written) or b"").decode("utf-8", "replace")
        if "\ufffd" in out:  # else a garbled text was made whole
            yield out
    yield _FOREIGN.sub("\ufffd", text)
    yield _FOREIGN.sub(lambda found: "\ufffd" * len(_utf8(found.group())), text)


_FOREIGN = re.compile("[^\x00-\x7f]")


def question_marks(text: str) -> Iterator[str]:
    """All ways in which a text comes out that was saved in an encoding that lacks some of its letters."""
    if text.isascii():
        return
    for encoding in (*CODE_PAGES, "ascii"):
        yield text.encode(encoding, "replace").decode(encoding)
    yield _FOREIGN.sub(lambda found: "?" * len(_utf8(found.group())), text)
