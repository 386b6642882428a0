"""What programs make of numbers, of texts that look like numbers, and of formulas, words for yes and no, and nothing."""

from __future__ import annotations

import re
import struct
from collections.abc import Iterator
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from ..package.model import Field
from . import damage_kinds as kinds
from .damage_kinds import Kind

Said = tuple[Kind, ...]

_PLAIN = re.compile(r"([+-]?)([0-9]*)(?:\.([0-9]*))?")
_EXPONENT = re.compile(r"([+-]?[0-9](?:[.,][0-9]+)?)[eE]([+-]?[0-9]{1,3})")
_CODE = re.compile(r"([+-]?[0-9]+(?:\.[0-9]+)?)[eE]([+-]?[0-9]{1,3})")
_GROUPED = re.compile(r"[+-]?[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_LONGEST = 400
"""Characters of the longest number that is looked at."""

ERRORS = frozenset(
    {"#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#N/A", "#NULL!", "#NUM!", "#SPILL!", "#CALC!", "#FIELD!", "#BLOCKED!",
     "#CONNECT!", "#UNKNOWN!", "#ERROR!", "#GETTING_DATA", "#¡REF!", "#¿NOMBRE?", "#¡VALOR!", "#¡DIV/0!", "#¡NULO!",
     "#¡NUM!", "#N/D", "#NOM?", "#VALEUR!", "#NUL!", "#NOMBRE!", "#NOME?", "#VALOR!", "#NULO!", "#NÚM!", "#BEZUG!",
     "#WERT!", "#ZAHL!", "#NV", "#RIF!", "#VALORE!"}
)  # fmt: skip
"""What spreadsheets show where they cannot calculate, in the languages of the Americas and some others."""

_YES = frozenset({"true", "t", "yes", "verdadero", "verdadeiro", "vrai", "wahr", "vero"})
_NO = frozenset({"false", "f", "no", "falso", "faux", "falsch"})
_FILLED = frozenset({"nan", "NaN", "<NA>", "NaT", "#N/A", "#NULL!", "undefined", "[object Object]"})
_MAYBE_FILLED = frozenset({"NA", "N/A", "n/a", "None", "none", "NULL", "null", "nil", "0", "0.0", "FALSE", "\\N"})
_EMPTIED = frozenset(
    {"NA", "N/A", "n/a", "NULL", "null", "NaN", "nan", "None", "-nan", "-NaN", "#N/A", "#NA", "<NA>", "1.#IND",
     "1.#QNAN", "-1.#IND", "-1.#QNAN", "#N/A N/A"}
)  # fmt: skip


def is_error(text: str) -> bool:
    """Whether a cell is nothing but the error of a spreadsheet.

    >>> is_error("#REF!"), is_error("Err:508"), is_error("#1")
    (True, True, False)
    """
    return text in ERRORS or re.fullmatch(r"Err:5[0-9]{2}", text) is not None


def change_of_value(old: str, new: str, field: Field) -> Said:
    """The kinds that together make `new` of `old`, where both are whole values; empty where none does."""
    if is_error(new):
        return () if is_error(old) else (kinds.ERROR_VALUE,)
    if re.fullmatch("#{3,}", new) and not re.fullmatch("#+", old):
        return (kinds.TOO_NARROW,)
    if not old:
        return (kinds.EMPTY_FILLED,) if new in _FILLED else (kinds.MAYBE_FILLED,) if new in _MAYBE_FILLED else ()
    if not new:
        return (kinds.WORD_EMPTIED,) if old in _EMPTIED else ()
    return _formula(old, new) or _boolean(old, new, field) or _number(old, new, field)


def _formula(old: str, new: str) -> Said:
    if new == "'" + old:
        return (kinds.APOSTROPHE_ADDED,)
    if old == "'" + new:
        return (kinds.APOSTROPHE_LOST,)
    if new == '="' + old.replace('"', '""') + '"':
        return (kinds.FORMULA_WRAPPED,)
    if old[0] in "+-@" and new == "=" + old:
        return (kinds.FORMULA_PREFIXED,)
    value = calculated(old)
    if value is not None and new in _shown(value):
        return (kinds.EVALUATED,)
    fraction = re.fullmatch(r"([0-9]{1,4}) ([0-9]{1,3})/([1-9][0-9]{0,2})", old)
    if fraction and new in _shown(int(fraction[1]) + Fraction(int(fraction[2]), int(fraction[3]))):
        return (kinds.FRACTION,)
    return ()


def calculated(text: str) -> Fraction | None:
    """What a spreadsheet makes of a cell that it takes for a sum or a product of plain numbers.

    >>> calculated("=1+2*3"), calculated("+1-2"), calculated("1-2") is None, calculated("-7") is None
    (Fraction(7, 1), Fraction(-1, 1), True, True)
    """
    number = r"[0-9]{1,15}(?:\.[0-9]{1,15})?"
    if len(text) > 80 or not re.fullmatch(rf"(?:=[+-]?|[+-]){number}(?: ?[-+*/] ?{number})*", text):
        return None
    parts = re.findall(rf"([-+*/]?) ?({number})", text.removeprefix("="))
    if len(parts) == 1 and text[0] != "=":
        return None
    total, term = Fraction(0), Fraction(0)
    for sign, digits in parts:
        value = Fraction(digits)
        if sign == "*":
            term *= value
        elif sign == "/":
            if not value:
                return None
            term /= value
        else:
            total, term = total + term, -value if sign == "-" else value
    return total + term


def _shown(value: Fraction) -> set[str]:
    """How programs write a number, with a point or a comma."""
    texts = {str(value.numerator)} if value.denominator == 1 else {f"{float(value):.{n}g}" for n in (10, 15, 17)}
    if value.denominator == 1:
        texts.add(f"{value.numerator}.0")
    return texts | {text.replace(".", ",") for text in texts}


def _boolean(old: str, new: str, field: Field) -> Said:
    yes, no = set(_YES), set(_NO)
    if field.type == "boolean":
        yes |= {str(word).lower() for word in field.true_values} | {"1"}
        no |= {str(word).lower() for word in field.false_values} | {"0"}
    elif old.lower() not in ("true", "false"):
        return ()
    for words in (yes, no):
        if old.lower() in words and new.lower() in words - {"t", "f"}:
            return (kinds.BOOLEAN,)
    return ()


def _number(old: str, new: str, field: Field) -> Said:
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
    if said := _shortened(Decimal(old), new):
        return said
    for bare, said in _bare(old, sign, whole, decimals):
        if bare == new and bare != old:
            return said
    for bare, said in _bare(old, sign, whole, decimals):
        for marked, more in _marked(bare):
            if marked == new:
                return (*said, *more)
    value = Decimal(old)
    if re.fullmatch(r"-?[0-9]+(?:[.,][0-9]+)? ?%", new) and Decimal(new.rstrip(" %").replace(",", ".")) == value * 100:
        return (kinds.PERCENT,)
    amount = re.sub(r"^[-+]?\s?[$€£¥]\s?|\s?[$€£¥]$", "", new)
    if amount != new:
        said = _of_plain(old, amount, sign, whole, decimals) if amount != old else (kinds.CURRENCY,)
        return (kinds.CURRENCY,) if said else ()
    return ()


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
    yield minus + digits + (f".{part}" if part else ""), changes
    if part.rstrip("0") != part:
        rest = part.rstrip("0")
        for number in (minus + digits, digits) if not digits.strip("0") and not rest else (minus + digits,):
            yield number + (f".{rest}" if rest else ""), (*changes, kinds.TRAILING_ZEROS)
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
        for mark, sign in ((",", "."), (".", ","), (" ", ","), (" ", "."), ("'", "."), ("’", "."), ("\xa0", ","),
                           ("\u202f", ",")):  # fmt: skip
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
    if (found := _CODE.fullmatch(old)) and abs(int(found[2])) < 300:
        value = Decimal(old)
        if _shortened(value, new) or (plain and new.strip("+-.") and Decimal(new) == value):
            return (kinds.READ_AS_EXPONENT,)
    if not plain or not new.strip("+-."):
        return ()
    if _GROUPED.fullmatch(old) and Decimal(old.replace(",", "")) == Decimal(new):
        return (kinds.THOUSANDS_LOST,)
    if re.fullmatch(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+", old) and old.replace(".", "") == new:
        return (kinds.POINT_AS_THOUSANDS,)
    if re.fullmatch("[+-]?[0-9]+,[0-9]+", old) and Decimal(old.replace(",", ".")) == Decimal(new):
        return (kinds.COMMA_TO_POINT,)
    if re.fullmatch(r"-?[0-9]{1,20}(?:\.[0-9]{1,20})? ?%", old) and Decimal(old.rstrip(" %")) == Decimal(new) * 100:
        return (kinds.PERCENT,)
    if re.fullmatch(r"\([0-9]{1,20}(?:\.[0-9]+)?\)", old) and Decimal(new) == -Decimal(old[1:-1]):
        return (kinds.BRACKETS_AS_MINUS,)
    return ()
