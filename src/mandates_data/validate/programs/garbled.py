"""Text that was written in one encoding and read in another: how it comes out, and what it was.

UTF-8 read as Windows-1252 turns `é` into `Ã©`; saved and read so again, into `ÃƒÂ©`.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator

from . import signs

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


# -- Without knowing what stood there ---------------------------------------------------------------------------------

_LIKELY = re.compile(
    "[\x80-\u017f\u0192\u02c6\u02dc\u2010-\u203a\u20ac\u2122\u2190-\u2193\u2212\ufb01\ufb02\ufeff\ufffd\U0001f300-\U0001faff]"
)
"""What garbled text of the west was: its letters, punctuation and signs. Anything else might be text in itself."""
_PUNCTUATION = "‘’‚“”„–—…‹›«»"
"""Second signs of garbled letters that may also follow a capital letter by themselves, as in `CAFÉ”`."""
_OFTEN = 4


def made_whole(text: str) -> tuple[str, int] | None:
    """What a garbled text was, and how many times over it was garbled; None where nothing speaks for that.

    >>> made_whole("QuÃ©bec"), made_whole("QuÃƒÂ©bec"), made_whole("“CAFÉ”, NÃO") is None
    (('Québec', 1), ('Québec', 2), True)
    """
    if text.isascii():
        return None
    found = []
    for encoding in signs.LEADS:
        whole, times = text, 0
        while times < _OFTEN and (better := _once(whole, encoding)) != whole:
            whole, times = better, times + 1
        if times:
            found.append((whole, times))
    return min(found, key=lambda one: len(one[0]), default=None)  # the right encoding joins the most signs


def from_windows(text: str) -> str | None:
    r"""What a text was that Windows wrote and that was read as Latin-1; None where it does not look like one.

    >>> from_windows("it\x92s")
    'it’s'
    """
    whole = _CONTROLS.sub(lambda found: found.group().encode("latin-1").decode("cp1252", "replace"), text)
    return whole if whole != text and "\ufffd" not in whole else None


def _once(text: str, encoding: str) -> str:
    find, table = _finder(encoding)
    return find.sub(lambda found: _letters(found, table), text)


@functools.cache
def _finder(encoding: str) -> tuple[re.Pattern[str], dict[str, int]]:
    """What UTF-8 read in another encoding looks like, and the byte of each sign."""
    table = {bytes([n]).decode(encoding, "ignore") or chr(n): n for n in range(128, 256)}
    if encoding == "cp1252":
        table |= {chr(n): n for n in range(128, 160)}
    after = "[" + re.escape("".join(sign for sign, n in table.items() if n < 0xC0)) + "]"
    of_two, of_three, of_four = (
        "[" + "".join(sign for sign in signs.LEADS[encoding] if low <= table[sign] < high) + "]"
        for low, high in ((0xC2, 0xE0), (0xE0, 0xF0), (0xF0, 0xF5))
    )
    forms = (f"{lead}{after}{{{n}}}" for n, lead in enumerate((of_two, of_three, of_four), 1) if lead != "[]")
    return re.compile(f"(?:{'|'.join(forms)})+"), table


def _letters(found: re.Match[str], table: dict[str, int]) -> str:
    garbled = found.group()
    letters = bytes([table[sign] for sign in garbled]).decode("utf-8", "ignore")
    if len(letters.encode("utf-8")) != len(garbled):
        return garbled  # bytes that are no letters at all
    if not all(map(_LIKELY.match, letters)):
        same_script = len(letters) > 1 and all(letter.isalpha() and letter > "\u017f" for letter in letters)
        return letters if same_script else garbled
    before, after = found.string[: found.start()][-1:], found.string[found.end() :][:1]
    if len(garbled) == 2 and garbled[1] in _PUNCTUATION:
        in_word = before.islower() or (after.isupper() if before.isupper() else after.isalpha())
        return letters if in_word else garbled
    if len(garbled) == 2 and garbled[0] == "√":  # also the sign of a root
        return letters if before.isalpha() or after.isalpha() else garbled
    return letters
