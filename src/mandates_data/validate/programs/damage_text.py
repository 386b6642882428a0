"""What programs make of a text: each function gives the texts that a program leaves, finitely many."""

from __future__ import annotations

import html.entities
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping

from . import damage_kinds as kinds
from . import garbled, signs
from .damage_kinds import Kind

Step = tuple[Kind, Callable[[str], Iterator[str] | tuple[str, ...]]]

_SPACES = re.compile(f"[{signs.SPACES}]")
_UNSEEN = re.compile(f"[{signs.UNSEEN}{signs.CONTROLS}]")

_SINGLE = {"‘": "'", "’": "'", "‚": "'", "‛": "'", "′": "'", "‹": "'", "›": "'"}
_DOUBLE = {"“": '"', "”": '"', "„": '"', "‟": '"', "″": '"'}
_GUILLEMETS = {"«": '"', "»": '"'}
_QUOTES: tuple[dict[int, str], ...] = tuple(
    {ord(curved): plain for curved, plain in marks.items()}
    for marks in (_SINGLE | _DOUBLE, _DOUBLE, _SINGLE, _SINGLE | _DOUBLE | _GUILLEMETS)
)
_DASHES = re.compile("[‐‑‒–—―−]")
_SYMBOLS = (("(c)", "©"), ("(C)", "©"), ("(r)", "®"), ("(R)", "®"), ("(tm)", "™"), ("(TM)", "™"), ("(e)", "€"),
            ("1/2", "½"), ("1/4", "¼"), ("3/4", "¾"), ("-->", "→"), ("->", "→"), ("<-", "←"), ("=>", "⇒"),
            (":)", "☺"), (":(", "☹"))  # fmt: skip
_LIGATURES = "ß:ss æ:ae Æ:AE œ:oe Œ:OE ø:o Ø:O ł:l Ł:L đ:d Đ:D ð:d Ð:D þ:th Þ:Th ı:i"
_PLAIN = {ord(letter): plain for letter, plain in (pair.split(":") for pair in _LIGATURES.split())}
"""Letters that are no letter with an accent, as programs write them in plain ones."""
LIMITS = (32767, 65535, 50000, 255, 256)
"""Characters that a cell holds in Excel, LibreOffice and Google Sheets, and a text field in older programs."""


def unaccented(text: str) -> str:
    """The text without its accents.

    >>> unaccented("Québec, Nuevo León, España")
    'Quebec, Nuevo Leon, Espana'
    """
    if text.isascii():
        return text
    bare = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return unicodedata.normalize("NFC", bare).translate(_PLAIN)


def spaced(text: str) -> str:
    """The text with plain spaces for special ones, and without characters that nobody sees."""
    return text if text.isascii() and text.isprintable() else _UNSEEN.sub("", _SPACES.sub(" ", text))


def _accents(text: str) -> Iterator[str]:
    if len([c for c in unicodedata.normalize("NFC", text) if unaccented(c) != c]) > 1:
        yield unaccented(text)


def _accent(text: str) -> Iterator[str]:
    bare = unaccented(text)
    if bare != unicodedata.normalize("NFC", text):  # a sign that was only joined anew has lost nothing
        yield bare


def _dropped(text: str) -> Iterator[str]:
    """Only where letters go: a person takes quotation marks away."""
    if any(c.isalpha() for c in text if c >= "\x80"):
        yield re.sub("[^\x00-\x7f]", "", text)


def _compatible(text: str) -> Iterator[str]:
    plain = unicodedata.normalize("NFKC", text)
    if plain not in (spaced(text), unicodedata.normalize("NFC", text)):
        yield plain


def _straight(text: str) -> Iterator[str]:
    for marks in _QUOTES:
        yield text.translate(marks)


def curled(text: str) -> str:
    """The text with the curved quotation marks that a word processor puts: opening after a space or an opening sign.

    >>> curled('the so-called "Plan"')
    'the so-called “Plan”'
    """
    return _singles(_doubles(text))


_OPENING = r"(^|[\s(\[{<–—/“‘-])"


def _doubles(text: str) -> str:
    return re.sub(_OPENING + '"', r"\1“", text).replace('"', "”")


def _singles(text: str) -> str:
    return re.sub(_OPENING + "'", r"\1‘", text).replace("'", "’")


def _curled(text: str) -> Iterator[str]:
    yield curled(text)
    yield _doubles(text)
    yield _singles(text)
    yield _doubles(text).replace("'", "’")


def _hyphens(text: str) -> Iterator[str]:
    """An en dash inside a word may be a slip that a person mends."""
    if not _DASHES.search(re.sub(r"(?<=[^\W\d_])[‐‑–](?=[^\W\d_])", "-", text)):
        return
    yield _DASHES.sub("-", text)
    yield text.replace("—", "--")
    yield _DASHES.sub("-", text.replace("—", "--"))


def _dashes(text: str) -> Iterator[str]:
    """Between spaces, and for two hyphens: a single one between words is replaced by people only."""
    spaced_out = re.sub(r"(?<=\S) --? (?=\S)", " – ", text)
    yield spaced_out
    for dash in "—–":
        yield text.replace("--", dash)
        yield spaced_out.replace("--", dash)


def _ellipsis(text: str) -> Iterator[str]:
    yield text.replace("…", "...")
    yield text.replace("...", "…")


def _symbols(text: str) -> Iterator[str]:
    full = text
    for typed, sign in _SYMBOLS:
        if typed in text:
            full = full.replace(typed, sign)
            yield text.replace(typed, sign)
    yield full


def _capital(text: str) -> Iterator[str]:
    yield text[:1].upper() + text[1:]
    yield re.sub(r"(?:^|(?<=[.!?] ))\w", lambda found: found.group().upper(), text)


def _html(text: str) -> Iterator[str]:
    if not text.isascii() or re.search("[&<>\"']", text):
        plain = text.replace("&", "&amp;")
        yield plain
        yield html.escape(text, quote=False)
        yield html.escape(text)
        yield html.escape(text).replace("&#x27;", "&#39;")
        yield text.encode("ascii", "xmlcharrefreplace").decode()
        names = {ord(c): f"&{html.entities.codepoint2name[ord(c)]};" for c in set(text)
                 if c >= "\x80" and ord(c) in html.entities.codepoint2name}  # fmt: skip
        yield text.translate(names)
        yield html.escape(text, quote=False).translate(names)


def _escaped(text: str) -> Iterator[str]:
    import json

    if not text.isascii() or re.search(r"[\"\\\n\r\t']", text):
        yield json.dumps(text)[1:-1]
        yield json.dumps(text, ensure_ascii=False)[1:-1]
        yield text.replace("'", "\\'")
        yield text.replace("\n", "\\n")


def _doubled(text: str) -> Iterator[str]:
    if '"' in text:
        yield text.replace('"', '""')
        yield '"' + text.replace('"', '""') + '"'


def _cut(text: str) -> Iterator[str]:
    for limit in LIMITS:
        if len(text) > limit:
            yield text[:limit]
            yield text[:limit].rstrip()
            yield text.encode("utf-16-le", "surrogatepass")[: 2 * limit].decode("utf-16-le", "ignore")
            yield text.encode("utf-8", "surrogatepass")[:limit].decode("utf-8", "ignore")


def _collapsed(text: str) -> Iterator[str]:
    yield re.sub(" {2,}", " ", text)
    yield re.sub(r"(?<=\S) {2,}(?=\S)", " ", text)


def _trimmed(text: str) -> Iterator[str]:
    yield text.strip()
    yield text.rstrip()
    yield text.lstrip()


def _breaks_lost(text: str) -> Iterator[str]:
    if re.search(r"\S[\r\n]+\S", text):
        yield re.sub(r"[\r\n]+", "", text)


def _breaks_rewritten(text: str) -> Iterator[str]:
    plain = re.sub("\r\n?", "\n", text)
    if "\n" in plain:
        for end in ("\n", "\r\n", "\r", "\\n", "<br>", "<br/>", "<br />", "_x000D_\n", "_x000a_", "\u2028", "\x0b"):
            yield plain.replace("\n", end)


STEPS: tuple[Step, ...] = (
    (kinds.GARBLED, garbled.misread),
    (kinds.GARBLED_TWICE, garbled.misread_twice),
    (kinds.QUESTION_MARKS, garbled.question_marks),
    (kinds.REPLACED, garbled.replaced),
    (kinds.ACCENTS, _accents),
    (kinds.ACCENT, _accent),
    (kinds.DECOMPOSED, lambda text: (unicodedata.normalize("NFD", text),)),
    (kinds.STRAIGHT_QUOTES, _straight),
    (kinds.CURLED_QUOTES, _curled),
    (kinds.DASH_TO_HYPHEN, _hyphens),
    (kinds.HYPHEN_TO_DASH, _dashes),
    (kinds.ELLIPSIS, _ellipsis),
    (kinds.PLAIN_SPACES, lambda text: (_SPACES.sub(" ", text),)),
    (kinds.UNSEEN_LOST, lambda text: (_UNSEEN.sub("", text),)),
    (kinds.TRIMMED, _trimmed),
    (kinds.COLLAPSED, _collapsed),
    (kinds.TABS, lambda text: (text.replace("\t", " "), text.replace("\t", "    "))),
    (kinds.BREAKS_TO_SPACES, lambda text: (re.sub(r"\r\n?|\n", " ", text), re.sub(r"\s*[\r\n]+\s*", " ", text))),
    (kinds.BREAKS_LOST, _breaks_lost),
    (kinds.BREAKS_REWRITTEN, _breaks_rewritten),
    (kinds.COMPATIBLE, _compatible),
    (kinds.SYMBOLS, _symbols),
    (kinds.CAPITAL, _capital),
    (kinds.HTML, _html),
    (kinds.ESCAPED, _escaped),
    (kinds.QUOTES_DOUBLED, _doubled),
    (kinds.CUT, _cut),
    (kinds.DROPPED, _dropped),
    (kinds.COMPOSED, lambda text: (unicodedata.normalize("NFC", text),)),
    (kinds.CODE_PAGE, garbled.wrong_code_page),
    (kinds.APOSTROPHE_ADDED, lambda text: ("'" + text,)),
)
"""Every kind of damage to texts, what explains a change best first."""

_SIGNS: Mapping[Kind, re.Pattern[str]] = {
    kind: re.compile(sign)
    for sign, group in (
        (r"[^\x00-\x7f]", (kinds.GARBLED, kinds.GARBLED_TWICE, kinds.CODE_PAGE, kinds.CURLED_QUOTES, kinds.DECOMPOSED,
                           kinds.HYPHEN_TO_DASH, kinds.SYMBOLS)),
        (r"\?", (kinds.QUESTION_MARKS,)),
        ("\ufffd", (kinds.REPLACED,)),
        ("&", (kinds.HTML,)),
        (r"\\", (kinds.ESCAPED,)),
        ('""', (kinds.QUOTES_DOUBLED,)),
        ("^'", (kinds.APOSTROPHE_ADDED,)),
    )
    for kind in group
}  # fmt: skip
"""What a text must have in it when a kind of damage was done to it last: so that most are not even tried."""

_KEEP_PLAIN = frozenset({kinds.GARBLED_TWICE, kinds.CODE_PAGE})
"""Kinds that leave every plain letter as it is, and that take long to try."""


def last_done(old: str, new: str) -> Iterator[Kind]:
    """Each kind of damage to texts that makes `new` of `old` at once."""
    same = old.encode("ascii", "ignore") == new.encode("ascii", "ignore")
    for kind, step in STEPS:
        sign = _SIGNS.get(kind)
        if (same or kind not in _KEEP_PLAIN) and (sign is None or sign.search(new)) and new in step(old):
            yield kind
    if kind_of_spaces := spaces_between(old, new):
        yield kind_of_spaces


def only_signs_changed(old: str, new: str) -> bool:
    """Whether two things done to a text can have made the other: false at once where a letter was written otherwise.

    Programs leave plain letters as they are, but for accents, symbols, cuts, and the code that they put for signs.
    """
    if "&" in new or "\\" in new or "\n" in old or "\r" in old:
        return True
    left = {_letters(new), _letters(unicodedata.normalize("NFC", new))}
    forms = [old, unicodedata.normalize("NFD", old)]
    forms += [text for step in (_accent, _compatible, _symbols) for text in step(old)]
    long = len(new) > min(LIMITS) - 16
    return any(_letters(form) in left or (long and _letters(form).startswith(tuple(left))) for form in forms)


def _letters(text: str) -> str:
    return re.sub("[^a-z0-9]+", "", text.lower())


def spaces_between(old: str, new: str) -> Kind | None:
    """The kind of a change that is only one of spaces and of characters that nobody sees."""
    if spaced(old) == spaced(new):
        if len(_UNSEEN.findall(new)) > len(_UNSEEN.findall(old)):
            return kinds.UNSEEN
        if len(_SPACES.findall(new)) > len(_SPACES.findall(old)):
            return kinds.SPECIAL_SPACES
    if old and len(new) > len(old) and new.strip() == old.strip():
        return kinds.PADDED
    return None


def is_reworded(old: str, new: str) -> bool:
    """Whether plain letters stand where other plain letters stood, and nothing else was done: that, no program does.

    Says so at once of most of what people correct, and never of what a program did: where two texts differ, programs
    change signs, spaces, accents and the size of letters, put codes that have `&` or a backslash, and cut the end off.

    >>> is_reworded("the Summit of the Americas", "the Summits of the Americas")
    True
    >>> is_reworded("São Paulo", "Sao Paulo"), is_reworded("a  b", "a b"), is_reworded("a & b", "a &amp; b")
    (False, False, False)
    """
    here = _first_difference(old, new)
    end = _first_difference(old[: here - 1 if here else None : -1], new[: here - 1 if here else None : -1])
    gone, come = old[here : len(old) - end], new[here : len(new) - end]
    coded = "&" in new or "\\" in new or "\n" in old or "\r" in old
    plain = gone.isascii() and come.isascii() and not coded
    return plain and bool(come or end) and old[:1] not in ("=", "+", "-", "@") and _letters(gone) != _letters(come)


def _first_difference(one: str, other: str) -> int:
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if other.startswith(one[low:middle], low):
            low = middle
        else:
            high = middle - 1
    return low
