"""What programs make of formulas, of words for yes and no, and of nothing."""

from __future__ import annotations

import re
from fractions import Fraction

from ...package.model import Field
from . import damage_kinds as kinds
from .damage_kinds import Kind
from .damage_numbers import change_of_number

Said = tuple[Kind, ...]

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
    kind = _no_value(old, new) or _quoted(old, new) or _calculated(old, new) or _boolean(old, new, field)
    return (kind,) if kind else change_of_number(old, new, field)


def _no_value(old: str, new: str) -> Kind | None:
    if is_error(new) and not is_error(old):
        return kinds.ERROR_VALUE
    if re.fullmatch("#{3,}", new) and not re.fullmatch("#+", old):
        return kinds.TOO_NARROW
    if not old:
        return kinds.EMPTY_FILLED if new in _FILLED else kinds.MAYBE_FILLED if new in _MAYBE_FILLED else None
    return kinds.WORD_EMPTIED if not new and old in _EMPTIED else None


def _quoted(old: str, new: str) -> Kind | None:
    """A mark put before a text, so that a spreadsheet takes it for a text or for a formula."""
    marked = {
        '="' + old.replace('"', '""') + '"': kinds.FORMULA_WRAPPED,
        ("=" if old[:1] in tuple("+-@") else "\0") + old: kinds.FORMULA_PREFIXED,
    }
    return kinds.APOSTROPHE_LOST if old == "'" + new and new else marked.get(new)


def _calculated(old: str, new: str) -> Kind | None:
    value = calculated(old)
    if value is not None and new in _shown(value):
        return kinds.EVALUATED
    fraction = re.fullmatch(r"([0-9]{1,4}) ([0-9]{1,3})/([1-9][0-9]{0,2})", old)
    if fraction and new in _shown(int(fraction[1]) + Fraction(int(fraction[2]), int(fraction[3]))):
        return kinds.FRACTION
    return None


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


def _boolean(old: str, new: str, field: Field) -> Kind | None:
    yes, no = set(_YES), set(_NO)
    if field.type == "boolean":
        yes |= {str(word).lower() for word in field.true_values} | {"1"}
        no |= {str(word).lower() for word in field.false_values} | {"0"}
    elif old.lower() not in ("true", "false"):
        return None
    for words in (yes, no):
        if old.lower() in words and new.lower() in words - {"t", "f"}:
            return kinds.BOOLEAN
    return None


def yes_or_no(text: str) -> bool | None:
    """What a word for yes or no says that a program writes; None where it is none.

    >>> yes_or_no("VERDADERO"), yes_or_no("falso"), yes_or_no("maybe")
    (True, False, None)
    """
    word = text.strip().lower()
    if word in ("1.0", "0.0"):
        return word == "1.0"
    return True if word in _YES else False if word in _NO else None
