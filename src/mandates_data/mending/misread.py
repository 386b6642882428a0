"""A whole file whose letters were read in the wrong encoding and saved so: `é` has become `Ã©`, everywhere.

A cell that nobody else touched is put back from the base. One that a person edited in such a file has no equal there:
its letters are read aright, as those of all other cells prove, and the edit is kept.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_CODECS = {"cp1252": "Windows", "mac_roman": "Mac", "cp850": "DOS", "latin-1": "Western"}
_UTF8 = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Misreading:
    """UTF-8 that was taken for another encoding, once or twice over."""

    codec: str
    times: int

    @property
    def words(self) -> str:
        """What happened, as the end of a sentence that starts with the cell."""
        often = " twice over" if self.times > 1 else ""
        return f"has letters that were read in the wrong encoding{often} ({_CODECS[self.codec]})"

    def undone(self, text: str) -> str:
        """The text with each misread letter read aright; what was typed aright stays.

        >>> Misreading("cp1252", 1).undone("QuÃ©bec y Perú")
        'Québec y Perú'
        """
        for _ in range(self.times):
            text = _undone_once(text, self.codec)
        return text


def _undone_once(text: str, codec: str) -> str:
    if text.isascii():
        return text
    pieces = [_byte(sign, codec) for sign in text]
    found: list[str] = []
    place = 0
    while place < len(pieces):
        run = b""
        while place + len(run) < len(pieces) and len(run) < 4 and (byte := pieces[place + len(run)]) is not None:
            run += byte
        letter = _letter(run)
        found.append(letter or text[place])
        place += len(letter.encode("utf-8")) if letter else 1
    return "".join(found)


def _letter(run: bytes) -> str:
    """The letter that a run of bytes begins with in UTF-8, where it takes several of them; else nothing."""
    sequence = _UTF8.match(run)
    try:
        return sequence.group().decode("utf-8") if sequence else ""
    except UnicodeDecodeError:
        return ""


def _byte(sign: str, codec: str) -> bytes | None:
    """The byte that was read as this sign. Five bytes of cp1252 have no letter, and programs leave them as they are."""
    try:
        return sign.encode(codec)
    except UnicodeEncodeError:
        return sign.encode("latin-1") if "\x80" <= sign <= "\x9f" and codec == "cp1252" else None


def find_misreading(rows: Sequence[Sequence[str]], known: Sequence[Sequence[str | None] | None]) -> Misreading | None:
    """How the whole file was misread, as the base proves; None where any of its letters is as it was."""
    changed: list[tuple[str, str]] = []
    for row, before in zip(rows, known, strict=True):
        for new, old in zip(row, before or (), strict=False):
            if old is None or old.isascii():
                continue
            if old == new:
                return None
            changed.append((old, new))
    for times in (1, 2):
        for codec in _CODECS:
            misreading = Misreading(codec, times)
            if any(misreading.undone(new) == old for old, new in changed):
                return misreading
    return None
