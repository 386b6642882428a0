"""What differs between two pieces of text that the eye may take for one: blanks, signs, and Unicode.

Names of characters and their forms are those of the Unicode Standard (Annex 15 for NFC and NFD).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

Nature = Literal["form", "invisible", "spacing", "punctuation", "look-alike", "capitals", "accents", "words"]
_UNSEEN = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp", "Zs"})
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class Difference:
    """Of what nature a difference is, and a note that names what cannot be seen; empty where all can be."""

    nature: Nature
    note: str = ""


def difference(old: str, new: str) -> Difference:
    """What differs between two pieces that are not the same.

    >>> difference(" ", chr(0xA0)).note
    'spacing: space -> NO-BREAK SPACE (U+00A0)'
    >>> difference("caf" + chr(0xE9), "cafe" + chr(0x301)).note
    'the same letters: composed (NFC) -> decomposed (NFD)'
    """
    for nature, reduced in _NATURES:
        if reduced(old) == reduced(new):
            return Difference(nature, _NOTES[nature](old, new) if nature in _NOTES else "")
    return Difference("words", _odd_ones(old, new))


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _without_invisible(text: str) -> str:
    return "".join([sign for sign in _nfc(text) if not is_invisible(sign)])


def _without_blanks(text: str) -> str:
    return "".join(_without_invisible(text).split())


def _letters_alone(text: str) -> str:
    return "".join([sign for sign in _without_blanks(text) if unicodedata.category(sign)[0] not in "PS"])


def _without_accents(text: str) -> str:
    apart = unicodedata.normalize("NFD", text)
    return "".join([sign for sign in apart if not unicodedata.combining(sign)])


def _looks(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(_ALIKE)


_CYRILLIC = {
    "A": 0x410, "B": 0x412, "E": 0x415, "K": 0x41A, "M": 0x41C, "H": 0x41D, "O": 0x41E, "P": 0x420, "C": 0x421,
    "T": 0x422, "X": 0x425, "a": 0x430, "e": 0x435, "o": 0x43E, "p": 0x440, "c": 0x441, "y": 0x443, "x": 0x445,
    "s": 0x455, "i": 0x456, "j": 0x458,
}  # fmt: skip
_GREEK = {
    "A": 0x391, "B": 0x392, "E": 0x395, "Z": 0x396, "H": 0x397, "I": 0x399, "K": 0x39A, "M": 0x39C, "N": 0x39D,
    "O": 0x39F, "P": 0x3A1, "T": 0x3A4, "Y": 0x3A5, "X": 0x3A7, "o": 0x3BF,
}  # fmt: skip
_ALIKE = {code: latin for letters in (_CYRILLIC, _GREEK) for latin, code in letters.items()}
"""The Cyrillic and Greek letters that are drawn as Latin ones."""

_NATURES: tuple[tuple[Nature, Callable[[str], str]], ...] = (
    ("form", _nfc),
    ("invisible", _without_invisible),
    ("spacing", _without_blanks),
    ("look-alike", _looks),
    ("punctuation", _letters_alone),
    ("capitals", str.casefold),
    ("accents", _without_accents),
)
"""Each with a function under which two pieces are the same when nothing but this differs; the first that fits."""


def is_invisible(sign: str) -> bool:
    """Whether a character leaves no mark and no gap.

    >>> is_invisible(chr(0x200B)), is_invisible(" ")
    (True, False)
    """
    return not sign.isspace() and unicodedata.category(sign) in ("Cf", "Cc", "Cn", "Co", "Cs")


def unseen(sign: str) -> bool:
    """Whether a character cannot be told by the eye from a plain blank or from nothing."""
    return sign != " " and unicodedata.category(sign) in _UNSEEN


def _form_of(text: str) -> str:
    if unicodedata.is_normalized("NFC", text):
        return "composed (NFC)"
    return (
        "decomposed (NFD)" if unicodedata.is_normalized("NFD", text) else "neither composed nor decomposed throughout"
    )


def _names(text: str, wanted: Callable[[str], bool]) -> str:
    """The characters that are wanted, by name, each stretch of one once."""
    stretches = [found[0] for found in re.finditer(r"(.)\1*", text, re.DOTALL) if wanted(found[0][0])]
    shown = [name_of(stretch[0], len(stretch)) for stretch in stretches[:_SHOWN]]
    return ", ".join([*shown, *(["..."] if len(stretches) > _SHOWN else [])]) or "nothing"


def name_of(sign: str, count: int = 1) -> str:
    """A character by its name.

    >>> name_of(" ", 2), name_of(chr(0x200B))
    ('2 spaces', 'ZERO WIDTH SPACE (U+200B)')
    """
    if sign == " ":
        return "space" if count == 1 else f"{count} spaces"
    plain = {"\n": "line break", "\t": "tab", "\r": "carriage return"}.get(sign)
    name = plain or f"{unicodedata.name(sign, 'character')} (U+{ord(sign):04X})"
    return name if count == 1 else f"{count} x {name}"


def _pair(label: str, wanted: Callable[[str], bool]) -> Callable[[str, str], str]:
    return lambda old, new: f"{label}: {_names(old, wanted)} -> {_names(new, wanted)}"


def _signs(old: str, new: str) -> str:
    """Signs of the keyboard can be told apart; curled quotes and dashes cannot."""
    if (old + new).isascii():
        return ""
    return _pair("signs", lambda sign: unicodedata.category(sign)[0] in "PS" or unseen(sign))(old, new)


def _letters(old: str, new: str) -> str:
    """The letters that are not the same ones, as far as they stand one for one."""
    if len(old) == len(new):
        unequal = [pair for pair in zip(old, new, strict=True) if pair[0] != pair[1]]
        old, new = ("".join(side) for side in zip(*unequal, strict=True))
    return _pair("look-alikes", str.isalnum)(old, new)


def _odd_ones(old: str, new: str) -> str:
    """The unseen characters of a piece in which other things differ too."""
    if not any(unseen(sign) for sign in old + new):
        return ""
    return _pair("unseen", unseen)(old, new)


_NOTES: dict[Nature, Callable[[str, str], str]] = {
    "form": lambda old, new: f"the same letters: {_form_of(old)} -> {_form_of(new)}",
    "invisible": _pair("invisible", is_invisible),
    "spacing": _pair("spacing", lambda sign: sign.isspace() or is_invisible(sign)),
    "look-alike": _letters,
    "punctuation": _signs,
}
