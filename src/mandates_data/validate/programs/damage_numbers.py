"""What programs make of numbers, and of texts that look like numbers."""

from __future__ import annotations

import re
import struct
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext

from ...package.model import Field
from . import damage_kinds as kinds
from .damage_kinds import Kind

Said = tuple[Kind, ...]

_PLAIN = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?")
_EXPONENT = re.compile(r"([+-]?[0-9](?:[.,][0-9]+)?)[eE]([+-]?[0-9]{1,3})")
_CODE = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)[eE]([+-]?[0-9]{1,3})")
_MARKS = ((",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."), ("\u2019", "."), ("\xa0", ","), ("\u202f", ","))
"""What stands between thousands and before decimals, by language."""
_LONGEST = 400
"""Characters of the longest number that is looked at."""


def change_of_number(old: str, new: str, field: Field) -> Said:
    """The kinds that together make `new` of `old`, where a program took it for a number; empty where none does."""
    if not new or len(old) > _LONGEST or len(new) > _LONGEST or not re.search("[0-9]", new):
        return ()
    if not re.match(r"[\s(]*[-+$€£¥.,'0-9]", old):
        return ()
    plain = old
    if field.decimal_char == "," and re.fullmatch("[+-]?[0-9]*,[0-9]+", old):
        plain = old.replace(",", ".")
    found = _PLAIN.fullmatch(plain)
    if found and (found[2] or found[3]):
        return _of_plain(plain, new, found[1], found[2], found[3])
    return _of_other(old, new)


def _of_plain(old: str, new: str, sign: str, whole: str, decimals: str | None) -> Said:
    made = list(_bare(old, sign, whole, decimals))
    made += [(text, (*said, *more)) for bare, said in made for text, more in _marked(bare)]
    for text, said in made:
        if text == new and said:
            return said
    return _shortened(Decimal(old), new) or _with_sign(old, new, [text for text, _said in made])


def _with_sign(old: str, new: str, made: list[str]) -> Said:
    """A percentage, an amount of money, and a number whose point was taken for a mark between thousands."""
    if re.fullmatch(r"-?[0-9]+(?:[.,][0-9]+)? ?%", new):
        percent = Decimal(new.rstrip(" %").replace(",", "."))
        return (kinds.PERCENT,) if percent == Decimal(old) * 100 else ()
    amount = re.sub(r"^[$€£¥]\s?|(?<=^-)[$€£¥]\s?|\s?[$€£¥]$", "", new)
    if amount != new:
        return (kinds.CURRENCY,) if amount in made else ()
    thousands = re.fullmatch(r"[+-]?[1-9][0-9]{0,2}\.[0-9]{3}", old) and old.replace(".", "") == new
    return (kinds.POINT_AS_THOUSANDS,) if thousands else ()


def _bare(old: str, sign: str, whole: str, decimals: str | None) -> Iterator[tuple[str, Said]]:
    """What a program makes of a plain number before it puts marks into it."""
    minus = "-" if sign == "-" else ""
    digits = whole.lstrip("0") or "0"
    changes: Said = (kinds.PLUS_LOST,) if sign == "+" else ()
    if whole != digits and whole:
        changes = (*changes, kinds.LEADING_ZEROS)
    elif not whole:
        changes = (*changes, kinds.ZERO_BEFORE_POINT)
    part = decimals or ""
    yield old, ()
    yield minus + digits + (f".{part}" if part else ""), (*changes, kinds.FINAL_POINT) if decimals == "" else changes
    if part.rstrip("0") != part:
        fewer = (*changes, kinds.TRAILING_ZEROS)
        for size in range(len(part.rstrip("0")), len(part)):
            yield minus + digits + (f".{part[:size]}" if size else ""), fewer
        if not (digits + part).strip("0"):
            yield "0", fewer
    if decimals is None:
        for zeros in ("0", "00"):
            yield f"{minus}{digits}.{zeros}", (*changes, kinds.DECIMALS_ADDED)
    elif len(part) < 3:
        for size in range(len(part) + 1, 4):
            yield f"{minus}{digits}.{part.ljust(size, '0')}", (*changes, kinds.ZEROS_ADDED)
    yield from _as_float(minus, digits, part, changes)


def _as_float(minus: str, digits: str, part: str, changes: Said) -> Iterator[tuple[str, Said]]:
    """Numbers as computers hold them: fifteen digits in a spreadsheet, seventeen in a program."""
    number = float(f"{minus}{digits}.{part or '0'}")
    if number in (float("inf"), float("-inf")):
        return
    if not part and len(digits) > 15:
        lost = (*changes, kinds.DIGITS_LOST)
        yield minus + digits[:15] + "0" * (len(digits) - 15), lost
        yield minus + str(abs(int(number))), lost
        with localcontext(prec=15):
            yield format(+Decimal(minus + digits), "f"), lost
    if part:
        for text in {format(Decimal(f"{number:.17g}"), "f"), format(Decimal(repr(_single(number))), "f")}:
            if len(text) > len(minus + digits + part) + 1:
                yield text, (*changes, kinds.FLOAT_NOISE)
        exact = Decimal(f"{minus}{digits}.{part}")
        for size in range(5, len(part)):
            for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
                with localcontext(prec=_LONGEST):
                    text = format(exact.quantize(Decimal(1).scaleb(-size), rounding), "f")
                if len(text.lstrip("-")) in (10, 11, 12, 16, 17):
                    yield text, (*changes, kinds.DECIMALS_CUT)


def _single(number: float) -> float:
    try:
        return float(struct.unpack("f", struct.pack("f", number))[0])
    except OverflowError:
        return number


def _marked(number: str) -> Iterator[tuple[str, Said]]:
    """A number with a decimal comma, with marks between its thousands, or both."""
    whole, point, part = number.partition(".")
    if point:
        yield f"{whole},{part}", (kinds.DECIMAL_COMMA,)
    digits = whole.lstrip("+-")
    if len(digits) > 3 and not digits.startswith("0"):
        groups = f"{int(digits):,}"
        for mark, sign in _MARKS:
            text = whole[: len(whole) - len(digits)] + groups.replace(",", mark)
            for rest in (sign + part,) if point else ("", sign + "00"):
                yield text + rest, (kinds.THOUSANDS,)


def _shortened(value: Decimal, new: str) -> Said:
    found = _EXPONENT.fullmatch(new)
    if not found:
        return ()
    mantissa = found[1].replace(",", ".")
    size = len(mantissa.lstrip("+-").replace(".", ""))
    for rounding in (ROUND_HALF_UP, ROUND_HALF_EVEN):
        with localcontext(prec=size, rounding=rounding):
            if +value == Decimal(f"{mantissa}e{found[2]}") and value:
                return (kinds.EXPONENT,)
    return ()


def _of_other(old: str, new: str) -> Said:
    """Texts that are no plain numbers, but that a spreadsheet reads as such."""
    plain = _PLAIN.fullmatch(new)
    value = Decimal(new) if plain and new.strip("+-.") else None
    if (found := _CODE.fullmatch(old)) and abs(int(found[2])) < 300:
        read = Decimal(old)
        return (kinds.READ_AS_EXPONENT,) if read == value or _shortened(read, new) else ()
    for form, kind, read_as in _READ_AS:
        if value is not None and form.fullmatch(old) and read_as(old) == value:
            return (kind,)
    return ()


_READ_AS: tuple[tuple[re.Pattern[str], Kind, Callable[[str], Decimal]], ...] = (
    (re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?"), kinds.THOUSANDS_LOST,
     lambda text: Decimal(text.replace(",", ""))),
    (re.compile(r"[+-]?[0-9]+,[0-9]+"), kinds.COMMA_TO_POINT, lambda text: Decimal(text.replace(",", "."))),
    (re.compile(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})? ?%"), kinds.PERCENT, lambda text: Decimal(text.rstrip(" %")) / 100),
    (re.compile(r"\([0-9]{1,20}(?:\.[0-9]+)?\)"), kinds.BRACKETS_AS_MINUS, lambda text: -Decimal(text[1:-1])),
)  # fmt: skip
"""Texts that a spreadsheet reads as a number, and the number."""


_WHOLE = re.compile(r"[+-]?[0-9]{1,3}(?:([ .,'\u2019\xa0\u202f])[0-9]{3})(?:\1[0-9]{3})*")


def whole_or_decimal(text: str, field: Field) -> Iterator[tuple[Kind, list[str]]]:
    """What a number in the signs of another language can mean, in the signs of its column.

    >>> [(kind.slug, values) for kind, values in whole_or_decimal("1.234,5", Field("n", "number"))]
    [('thousands-marks-added', ['1234.5'])]
    """
    point = field.decimal_char
    bare = re.sub(r"^[$€£¥]\s?|(?<=^[+-])[$€£¥]\s?|\s?[$€£¥]$", "", text)
    found: list[tuple[Kind, str]] = []
    if match := _WHOLE.fullmatch(bare):
        found.append((kinds.THOUSANDS, bare.replace(match[1], "")))
    for mark, sign in _MARKS:
        if re.fullmatch(rf"[+-]?[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+{re.escape(sign)}[0-9]+", bare):
            found.append((kinds.THOUSANDS, bare.replace(mark, "").replace(sign, point)))
    if match := re.fullmatch(r"([+-]?[0-9]+)([.,])([0-9]+)", bare):
        kind = kinds.DECIMALS_ADDED if not match[3].strip("0") else kinds.DECIMAL_COMMA
        found.append((kind, match[1] if kind is kinds.DECIMALS_ADDED else f"{match[1]}{point}{match[3]}"))
    if bare != text:
        found = [(kinds.CURRENCY, value) for _kind, value in found] or [(kinds.CURRENCY, bare)]
    if re.fullmatch(r"\([0-9.,]+\)", text):
        found = [(kinds.BRACKETS_AS_MINUS, "-" + text[1:-1])]
    if re.fullmatch(r"-?[0-9]{1,12}(?:\.[0-9]{1,12})? ?%", text):
        value = format((Decimal(text.rstrip(" %")) / 100).normalize(), "f")
        found = [(kinds.PERCENT, value.replace(".", point))]
    if found:
        yield found[0][0], [value for _kind, value in found]
