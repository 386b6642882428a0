r"""Sets of characters as XML Schema names them (its part 2, appendix F): `\d`, `\w`, `\i`, `\p{Lu}`, `\p{IsGreek}`.

A set is a tuple of ranges of code points, both ends included, sorted and apart from each other. The kinds of characters
(`\p{..}`, and so `\d` and `\w`) are those of the Unicode version that Python itself knows.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable, Iterable

Charset = tuple[tuple[int, int], ...]

LAST = 0x10FFFF
EVERY: Charset = ((0, LAST),)
SPACE: Charset = ((9, 10), (13, 13), (32, 32))
"""`\\s`: blank, tab and the two line ends; no other space of Unicode is among them."""

LINE_ENDS: Charset = ((10, 10), (13, 13))
"""What `.` leaves out."""

_FIRST_DIGITS = ((0x30, 0x39), (0x660, 0x669))
_NAME_START = (
    "3A 41-5A 5F 61-7A C0-D6 D8-F6 F8-2FF 370-37D 37F-1FFF 200C-200D 2070-218F 2C00-2FEF 3001-D7FF F900-FDCF FDF0-FFFD "
    "10000-EFFFF"
)
_NAME_MORE = "2D 2E 30-39 B7 300-36F 203F-2040"
_KINDS = {"L": "ultmo", "M": "nce", "N": "dlo", "P": "cdseifo", "Z": "slp", "S": "mcko", "C": "cofn"}
_BLOCKS = """
BasicLatin:0000-007F Latin-1Supplement:0080-00FF LatinExtended-A:0100-017F LatinExtended-B:0180-024F
IPAExtensions:0250-02AF SpacingModifierLetters:02B0-02FF CombiningDiacriticalMarks:0300-036F Greek:0370-03FF
Cyrillic:0400-04FF Armenian:0530-058F Hebrew:0590-05FF Arabic:0600-06FF Syriac:0700-074F Thaana:0780-07BF
Devanagari:0900-097F Bengali:0980-09FF Gurmukhi:0A00-0A7F Gujarati:0A80-0AFF Oriya:0B00-0B7F Tamil:0B80-0BFF
Telugu:0C00-0C7F Kannada:0C80-0CFF Malayalam:0D00-0D7F Sinhala:0D80-0DFF Thai:0E00-0E7F Lao:0E80-0EFF
Tibetan:0F00-0FFF Myanmar:1000-109F Georgian:10A0-10FF HangulJamo:1100-11FF Ethiopic:1200-137F
Cherokee:13A0-13FF UnifiedCanadianAboriginalSyllabics:1400-167F Ogham:1680-169F Runic:16A0-16FF Khmer:1780-17FF
Mongolian:1800-18AF LatinExtendedAdditional:1E00-1EFF GreekExtended:1F00-1FFF GeneralPunctuation:2000-206F
SuperscriptsandSubscripts:2070-209F CurrencySymbols:20A0-20CF CombiningMarksforSymbols:20D0-20FF
LetterlikeSymbols:2100-214F NumberForms:2150-218F Arrows:2190-21FF MathematicalOperators:2200-22FF
MiscellaneousTechnical:2300-23FF ControlPictures:2400-243F OpticalCharacterRecognition:2440-245F
EnclosedAlphanumerics:2460-24FF BoxDrawing:2500-257F BlockElements:2580-259F GeometricShapes:25A0-25FF
MiscellaneousSymbols:2600-26FF Dingbats:2700-27BF BraillePatterns:2800-28FF CJKRadicalsSupplement:2E80-2EFF
KangxiRadicals:2F00-2FDF IdeographicDescriptionCharacters:2FF0-2FFF CJKSymbolsandPunctuation:3000-303F
Hiragana:3040-309F Katakana:30A0-30FF Bopomofo:3100-312F HangulCompatibilityJamo:3130-318F Kanbun:3190-319F
BopomofoExtended:31A0-31BF EnclosedCJKLettersandMonths:3200-32FF CJKCompatibility:3300-33FF
CJKUnifiedIdeographsExtensionA:3400-4DBF CJKUnifiedIdeographs:4E00-9FFF YiSyllables:A000-A48F
YiRadicals:A490-A4CF HangulSyllables:AC00-D7AF PrivateUse:E000-F8FF CJKCompatibilityIdeographs:F900-FAFF
AlphabeticPresentationForms:FB00-FB4F ArabicPresentationForms-A:FB50-FDFF CombiningHalfMarks:FE20-FE2F
CJKCompatibilityForms:FE30-FE4F SmallFormVariants:FE50-FE6F ArabicPresentationForms-B:FE70-FEFF
Specials:FFF0-FFFF HalfwidthandFullwidthForms:FF00-FFEF OldItalic:10300-1032F Gothic:10330-1034F
Deseret:10400-1044F ByzantineMusicalSymbols:1D000-1D0FF MusicalSymbols:1D100-1D1FF
MathematicalAlphanumericSymbols:1D400-1D7FF CJKUnifiedIdeographsExtensionB:20000-2A6DF
CJKCompatibilityIdeographsSupplement:2F800-2FA1F Tags:E0000-E007F
"""
"""The blocks that XML Schema names (appendix F, "Block Escape"), with the ends that they have in Unicode."""


def charset(ranges: Iterable[tuple[int, int]]) -> Charset:
    """The set of all characters in some ranges, which may overlap.

    >>> charset([(5, 9), (1, 3), (4, 6)])
    ((1, 9),)
    """
    joined: list[tuple[int, int]] = []
    for low, high in sorted(ranges):
        if joined and low <= joined[-1][1] + 1:
            joined[-1] = (joined[-1][0], max(high, joined[-1][1]))
        else:
            joined.append((low, high))
    return tuple(joined)


def others(chars: Charset) -> Charset:
    """All characters that are not in a set.

    >>> others(((0, 9), (20, LAST)))
    ((10, 19),)
    """
    starts = [0, *(high + 1 for _low, high in chars)]
    ends = [*(low - 1 for low, _high in chars), LAST]
    return tuple((low, high) for low, high in zip(starts, ends, strict=True) if low <= high)


def without(chars: Charset, taken: Charset) -> Charset:
    """The characters of one set that are not in another.

    >>> without(((1, 9),), ((3, 4), (9, 20)))
    ((1, 2), (5, 8))
    """
    return others(charset((*others(chars), *taken)))


def of_letter(letter: str) -> Charset:
    r"""What a letter after a backslash stands for, one of `sSiIcCdDwW`.

    >>> of_letter("s") == SPACE
    True
    """
    makers: dict[str, Callable[[], Charset]] = {"i": _name_start, "c": _name_char, "d": digits, "w": _word}
    made = SPACE if letter in "sS" else makers[letter.lower()]()
    return made if letter.islower() else others(made)


def of_property(name: str) -> Charset | None:
    r"""What `\p{name}` stands for; None where XML Schema has no such name.

    >>> of_property("IsBasicLatin")
    ((0, 127),)
    """
    if name.startswith("Is"):
        return _blocks().get(name[2:])
    if name[:1] not in _KINDS or len(name) > 2 or (len(name) == 2 and name[1] not in _KINDS[name[0]]):
        return None
    return charset(span for kind, spans in _kinds().items() if kind.startswith(name) for span in spans)


@functools.cache
def digits() -> Charset:
    """The decimal digits of all scripts, all of which lie in the first two planes of Unicode."""
    text = "".join(map(chr, range(0x20000)))
    return tuple((found.start(), found.end() - 1) for found in re.finditer(r"\d+", text))


@functools.cache
def _word() -> Charset:
    return others(charset(span for kind, spans in _kinds().items() if kind[0] in "PZC" for span in spans))


@functools.cache
def _name_start() -> Charset:
    return _ranges(_NAME_START)


@functools.cache
def _name_char() -> Charset:
    return charset((*_name_start(), *_ranges(_NAME_MORE)))


@functools.cache
def _blocks() -> dict[str, Charset]:
    return {name: _ranges(span) for name, _, span in (block.partition(":") for block in _BLOCKS.split())}


def _ranges(written: str) -> Charset:
    ends = [one.partition("-")[::2] for one in written.split()]
    return charset((int(low, 16), int(high or low, 16)) for low, high in ends)


@functools.cache
def _kinds() -> dict[str, Charset]:
    """The characters of each of Unicode's general categories; a tenth of a second, the first time."""
    from unicodedata import category

    found: dict[str, list[tuple[int, int]]] = {}
    start = 0
    for kind, run in itertools.groupby(map(category, map(chr, range(LAST + 1)))):
        end = start + sum(1 for _ in run)
        found.setdefault(kind, []).append((start, end - 1))
        start = end
    return {kind: tuple(spans) for kind, spans in found.items()}


def as_python(chars: Charset) -> str:
    r"""The set as one part of a Python pattern.

    >>> as_python(((48, 57), (97, 97))), as_python(((97, 97),)), as_python(others(((10, 10),)))
    ('[0-9a]', 'a', '[^\\n]')
    """
    if len(chars) == 1 and chars[0][0] == chars[0][1]:
        sign = chr(chars[0][0])
        return re.escape(sign) if sign.isprintable() else _sign(chars[0][0])
    rest = others(chars)
    if not rest:
        return r"(?s:.)"
    if not chars:
        return r"[^\0-\U0010ffff]"
    if chars[:2] == _FIRST_DIGITS and chars == digits():
        return r"\d"
    negated = chars[0][0] == 0 and chars[-1][1] == LAST
    shown = "".join(_span(low, high) for low, high in (rest if negated else chars))
    return f"[^{shown}]" if negated else f"[{shown}]"


def _span(low: int, high: int) -> str:
    middle = "" if high - low < 2 else "-"
    return _sign(low) + middle + (_sign(high) if high > low else "")


def _sign(point: int) -> str:
    sign = chr(point)
    if sign.isalnum() and point < 128:
        return sign
    named = {9: r"\t", 10: r"\n", 13: r"\r"}.get(point)
    if named is not None:
        return named
    if 32 <= point < 127:
        return "\\" + sign if sign in r"\[]^-&~|" else sign
    return f"\\u{point:04x}" if point < 0x10000 else f"\\U{point:08x}"
