"""What programs leave in texts, told by the text alone: garbled letters, unseen signs, code, errors of spreadsheets.

Each function looks for one thing, and says what the text was where there is no doubt. Real text in any language of the
west stays unnamed: non-breaking spaces where French puts them, joiners in scripts that need them, `CAFÉ”`.
"""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterator

from . import damage_kinds as kinds
from . import garbled, signs
from .damage_kinds import Damage, Kind
from .damage_values import is_error

Trace = tuple[Kind, str | None]
"""A kind, and what the text was before; None where that cannot be known."""


def traces_in(text: str) -> Iterator[Damage]:
    """All that programs have left in a text, what is worst first."""
    for look in _ASCII if text.isascii() else _ALL:
        for kind, original in look(text):
            yield Damage(kind.slug, kind.words, original)
            if kind in (kinds.ERROR_VALUE, kinds.TOO_NARROW):
                return


def _error(text: str) -> Iterator[Trace]:
    if is_error(text):
        yield kinds.ERROR_VALUE, None
    elif re.fullmatch("#{3,}", text):
        yield kinds.TOO_NARROW, None


def _replaced(text: str) -> Iterator[Trace]:
    if signs.LOST in text:
        yield kinds.REPLACED, None


def _garbled(text: str) -> Iterator[Trace]:
    """Where a byte was lost on the way (`â€` for a closing quotation mark), nobody knows what the text was."""
    found = garbled.made_whole(text)
    if found is not None:
        whole, times = found
        kind = kinds.GARBLED if times == 1 else kinds.GARBLED_TWICE
        yield kind, None if _HALF.search(whole) else whole
    elif _HALF.search(text) and signs.LOST not in text:
        yield kinds.GARBLED, garbled.from_windows(text)


_HALF = re.compile("[a-z]Ã(?![^\\W\\d_])|â€|[\x80-\x9f\ufffd]")


def _question_marks(text: str) -> Iterator[Trace]:
    """A question mark inside a word. Web addresses have them, too."""
    if re.search(r"[^\W\d_]\?[a-zß-öø-ÿ]", text) and not re.search(r"[/=@]|www\.", text):
        yield kinds.QUESTION_MARKS, None


_UNSEEN = re.compile(f"[{signs.UNSEEN}{signs.CONTROLS}]")


def _unseen(text: str) -> Iterator[Trace]:
    """Joiners and marks of direction belong to scripts that have them: Arabic, Hebrew, those of India, emoji."""
    if any(unseen.group() not in signs.JOINERS or not _other_script(text) for unseen in _UNSEEN.finditer(text)):
        yield kinds.UNSEEN, _UNSEEN.sub("", text)


def _other_script(text: str) -> bool:
    return any("\u0590" <= sign < "\u1e00" or sign > "\u2fff" for sign in text)


_SPECIAL = re.compile(
    f"(?<![«‹0-9\u2e80-\u9fff\uff00-\uffef])[{signs.SPACES}](?![:;!?»›%€$°\u2e80-\u9fff\uff00-\uffef])"
    f"|(?<=[0-9])[{signs.SPACES}](?=[.,)]|$)"
)


def _spaces(text: str) -> Iterator[Trace]:
    """Not those that typography asks for: before French punctuation, inside numbers, between Chinese signs."""
    if _SPECIAL.search(text):
        yield kinds.SPECIAL_SPACES, _SPECIAL.sub(" ", text)


_MARKS = re.compile(f"[{signs.MARKS}]")


def _apart(text: str) -> Iterator[Trace]:
    joined = unicodedata.normalize("NFC", text)
    if joined != text and _MARKS.search(text):
        yield kinds.DECOMPOSED, joined


_ENTITY = re.compile("&(?:[A-Za-z]{2,8}[0-9]{0,2}|#[0-9]{1,6}|#[xX][0-9A-Fa-f]{1,5});")
_TAG = re.compile(
    r"</?(?:a|abbr|b|br|body|center|code|div|em|font|h[1-6]|head|hr|html|i|img|li|meta|o:p|ol|p|script|small|span|strong"
    r"|style|sub|sup|table|tbody|td|th|tr|u|ul)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)


def _markup(text: str) -> Iterator[Trace]:
    tags = _TAG.search(text)
    plain = html.unescape(text)
    if _ENTITY.search(text) and plain != text:
        yield kinds.MARKUP, None if tags else plain
    elif tags:
        yield kinds.MARKUP, None


_EXCEL = re.compile("_x00([01][0-9A-Fa-f])_")


def _excel(text: str) -> Iterator[Trace]:
    if _EXCEL.search(text):
        plain = _EXCEL.sub(lambda found: chr(int(found[1], 16)), text)
        yield kinds.EXCEL_CODE, re.sub("\r\n?", "\n", plain)


def _exponent(text: str) -> Iterator[Trace]:
    """With its sign and two digits, as a spreadsheet writes it: a person writes 1.5e6, or 1,500,000."""
    if re.fullmatch(r"[+-]?[0-9][.,][0-9]+E[+-][0-9]{2,3}", text):
        yield kinds.EXPONENT, None


_WRAPPED = re.compile('="((?:[^"]|"")*)"')


def _formula(text: str) -> Iterator[Trace]:
    """Numbers and telephone numbers begin with a sign, too, and a sign alone is a word of its own."""
    if wrapped := _WRAPPED.fullmatch(text):
        yield kinds.FORMULA_WRAPPED, wrapped[1].replace('""', '"')
    elif text[:1] in ("\t", "\r"):
        yield kinds.BEGINS_UNSEEN, text.lstrip("\t\r")
    elif text[:1] in tuple(signs.RUNS) and not re.fullmatch(r"[+-]?[0-9\s.,()/%-]*|.\W*", text):
        yield kinds.RUNS, None


def _apostrophe(text: str) -> Iterator[Trace]:
    if re.fullmatch(r"'(?:[=+@-].*|[0-9][0-9.,/: -]*)", text, re.DOTALL):
        yield kinds.APOSTROPHE_LEFT, text[1:]


_ASCII: tuple[Callable[[str], Iterator[Trace]], ...] = (
    _error, _question_marks, _unseen, _markup, _excel, _exponent, _formula, _apostrophe,
)  # fmt: skip
_ALL = (_error, _replaced, _garbled, _question_marks, _unseen, _spaces, _apart, _markup, _excel, _exponent, _formula,
        _apostrophe)  # fmt: skip
