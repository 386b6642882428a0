"""Which encoding a file is in that is not UTF-8, as the base proves.

A byte of such a file can be a dozen letters. It is settled where rows of the base, found by their keys, have their very
letters in one encoding and in no other, and nothing that differs from the base speaks against it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..package.model import Schema
from ..validate import codes_file
from ..validate.findings import quoted
from .base import BaseTable
from .decoding import Decoded, possible
from .layout import Reading
from .matching import Damages, match
from .values import Left, Place

BaseOf = Callable[[Schema], BaseTable | None]
ReadingsOf = Callable[[bytes], Iterator[Reading]]
_MEND = "Save the file as UTF-8 in the program that made it."


@dataclass(frozen=True, slots=True)
class _Evidence:
    """A candidate with how many cells it reads as the base has them, and whether a cell speaks against it."""

    decoded: Decoded
    reading: Reading
    cells: int
    refuted: bool


def proven(content: bytes, readings_of: ReadingsOf, base_of: BaseOf) -> tuple[Decoded, Reading] | Left:
    """The file read in the one encoding that the base proves, or why there is none."""
    weighed = [evidence for decoded in possible(content) if (evidence := _weighed(decoded, readings_of, base_of))]
    best = max((evidence.cells for evidence in weighed), default=0)
    good = [evidence for evidence in weighed if evidence.cells == best]
    if not best or any(evidence.refuted for evidence in good):
        return _unproven(content, "The base does not prove which encoding it is in.")
    if len(good) > 1:
        return _unproven(content, _both(good[0], good[1]))
    return good[0].decoded, good[0].reading


def without_base(content: bytes) -> Left:
    """What is said of a file that is not UTF-8 where there is no base."""
    mend = f"{_MEND} Or name the base that proves its letters: --against git:REV."
    return _unproven(content, "Which letters its bytes stand for cannot be known from the file alone.", mend)


def _unproven(content: bytes, why: str, mend: str = _MEND) -> Left:
    line, seen = 1, ""
    try:
        content.decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line += before.count(b"\n") + before.count(b"\r") - before.count(b"\r\n")
        seen = content[error.start : error.end].hex(" ")
    said = f"The file is not UTF-8 (from the bytes {seen} on). {why}"
    return Left("encoding", said, mend, codes_file.WRONG_ENCODING.code, Place(line=line))


def _weighed(decoded: Decoded, readings_of: ReadingsOf, base_of: BaseOf) -> _Evidence | None:
    reading = next((one for one in readings_of(decoded.text) if one.fits), None)
    base = base_of(reading.schema) if reading is not None and reading.schema is not None else None
    if reading is None or reading.schema is None or base is None:
        return None
    rows = [[record.cells[place] for place in reading.places] for record in reading.records]
    keys = match(rows, reading.schema, base, Damages(reading.schema))
    cells = 0
    proven_letters: set[str] = set()
    others: list[tuple[str, str]] = []
    for row, key in zip(rows, keys, strict=True):
        for old, new in zip(() if key is None else base.rows[key], row, strict=False):
            if new.isascii():
                continue
            if old == new:
                cells += 1
                proven_letters.update(sign for sign in new if not sign.isascii())
            elif old is not None:
                others.append((old, new))
    return _Evidence(decoded, reading, cells, any(_refutes(old, new, proven_letters) for old, new in others))


def _refutes(old: str, new: str, proven_letters: set[str]) -> bool:
    """Whether the cells differ only in letters beyond ASCII that nothing proves: so nobody edited, it was misread."""
    if len(old) != len(new):
        return False
    pairs = [(before, now) for before, now in zip(old, new, strict=True) if before != now]
    return all(not before.isascii() and not now.isascii() and now not in proven_letters for before, now in pairs)


def _both(first: _Evidence, second: _Evidence) -> str:
    """The first cell that two encodings read differently."""
    for one, other in zip(first.reading.records, second.reading.records, strict=False):
        for left, right in zip(one.cells, other.cells, strict=False):
            if left != right:
                return f"On line {one.line} it could say {quoted(left)} or {quoted(right)}."
    return "The base does not prove which encoding it is in."
