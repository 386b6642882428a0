"""Texts and names as an Excel workbook holds them.

A workbook is XML in which `_x000D_` stands for a carriage return (ECMA-376 part 1, 22.9.2.19, "ST_Xstring"), so an
underscore before such letters is itself written `_x005F_`. What XML cannot hold at all is not held here either.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ..errors import CellError

MAX_TEXT = 32_767
"""UTF-16 units in a cell ("Excel specifications and limits", Microsoft)."""

MAX_ROWS = 1_048_576
MAX_COLUMNS = 16_384

_IMPOSSIBLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_AMBIGUOUS = re.compile("_(?=[xX][0-9A-Fa-f]{4})")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
_NOT_IN_SHEET_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ud800-\udfff\ufffe\uffff]")
_SHEET_NAME = 31
_BLANK = " \t\n"
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PART = 8000
"""Characters of a long text to a cell: fewer than `MAX_TEXT` however they are written."""


def spelled(text: str) -> str:
    """A text as the workbook's XML spells it.

    >>> spelled("a_x0041_b")
    'a_x005F_x0041_b'

    Raises
    ------
    CellError
        XML cannot hold one of its characters, or Excel not its length.
    """
    if _IMPOSSIBLE.search(text):
        raise CellError("a text without control characters or halves of characters")
    if "_" in text:
        text = _AMBIGUOUS.sub("_x005F_", text)
    if "\r" in text:
        text = text.replace("\r", "_x000D_")
    if text and not text.strip(_BLANK):  # openpyxl does not mark such a text as one to keep, and Excel drops it
        text = f"_x{ord(text[0]):04X}_{text[1:]}"
    if len(text) > MAX_TEXT // 2 and len(text.encode("utf-16-le")) // 2 > MAX_TEXT:
        raise CellError(f"a text of at most {MAX_TEXT:,} characters, which is all that an Excel cell holds")
    return text


def plain(text: str) -> str:
    """The text that a workbook's XML spells so.

    >>> plain("a_x005F_x0041_b")
    'a_x0041_b'
    """
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text


def is_formula(text: str) -> bool:
    """Whether Excel, or whoever copies the cell into another file, could take it for a formula.

    >>> is_formula("=1+1"), is_formula("1+1")
    (True, False)
    """
    return text.startswith(_FORMULA_STARTS)


def shown(text: str) -> str:
    """A text to be read only: shortened where it is endless, with � for what XML cannot hold."""
    cut = text if len(text) <= _PART else text[: _PART - 1] + "…"
    return _IMPOSSIBLE.sub("\ufffd", cut)


def parts(text: str) -> Iterator[str]:
    """A long JSON text in pieces that fit a cell each; what XML cannot hold is written as JSON writes it in ASCII."""
    safe = _IMPOSSIBLE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    for start in range(0, len(safe), _PART):
        yield safe[start : start + _PART]


def sheet_names(names: Iterable[str], taken: Iterable[str]) -> list[str]:
    """A name for a sheet each, as much like the table's own as Excel allows, and no two alike.

    >>> sheet_names(["a/b", "A?B"], [])
    ['a_b', 'A_B~2']
    """
    used = {name.casefold() for name in taken} | {"history"}
    found = []
    for name in names:
        base = _NOT_IN_SHEET_NAMES.sub("_", name).strip("'") or "_"
        sheet, number = _cut(base, ""), 1
        while sheet.casefold() in used:
            number += 1
            sheet = _cut(base, f"~{number}")
        used.add(sheet.casefold())
        found.append(sheet)
    return found


def _cut(base: str, ending: str) -> str:
    while len((base + ending).encode("utf-16-le")) // 2 > _SHEET_NAME:
        base = base[:-1]
    return (base.rstrip("'") or "_") + ending
