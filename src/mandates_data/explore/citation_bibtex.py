"""A citation as an entry of BibTeX, in letters that every TeX reads.

BibTeX counts braces even behind a backslash, so a brace is written as a command. Accented letters are commands too;
a letter for which there is none stays as it is.
"""

from __future__ import annotations

import functools
import re
import unicodedata

from .citation_facts import Cited, DataSet
from .citation_text import edition, notes, occasion, parsed

_SIGNS = {
    "\\": r"\textbackslash{}", "{": r"\textbraceleft{}", "}": r"\textbraceright{}", "%": r"\%", "&": r"\&",
    "#": r"\#", "$": r"\$", "_": r"\_", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': "''",
    "\u2018": "`", "\u2019": "'", "\u201c": "``", "\u201d": "''", "\u2013": "--", "\u2014": "---",
    "\u2026": r"\ldots{}",
    "\u00a0": "~", "\u00a7": r"\S{}", "\u00a9": r"\copyright{}",
    "\u00df": r"{\ss}", "\u00e6": r"{\ae}", "\u00c6": r"{\AE}", "\u00f8": r"{\o}", "\u00d8": r"{\O}",
    "\u0131": r"{\i}", "\u0142": r"{\l}", "\u0141": r"{\L}", "\u00a1": "!`", "\u00bf": "?`",
}  # fmt: skip
_ACCENTS = {
    "\u0300": "`", "\u0301": "'", "\u0302": "^", "\u0303": "~", "\u0308": '"', "\u0304": "=", "\u0307": ".",
    "\u0327": "c ", "\u030c": "v ", "\u030a": "r ", "\u0306": "u ", "\u0328": "k ", "\u030b": "H ",
}  # fmt: skip
_NO_KEY = re.compile(r"[^A-Za-z0-9.:+/-]+")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def as_bibtex(data_set: DataSet, cited: Cited | None, shown_at: str = "") -> str:
    """The entry, its last line end included. Fields of which nothing is known are left out."""
    key, fields = _data_set(data_set, shown_at) if cited is None else _cited(data_set, cited, shown_at)
    lines = [f"  {name} = {value}," for name, value in fields.items() if value]
    return "\n".join([f"@misc{{{_NO_KEY.sub('-', key)},", *lines, "}"]) + "\n"


def _data_set(data_set: DataSet, shown_at: str) -> tuple[str, dict[str, str]]:
    key = "-".join(part for part in (data_set.name or "data-set", data_set.version) if part)
    return key, {
        "author": _braced(" and ".join(f"{{{escaped(author)}}}" for author in data_set.authors)),
        "title": _field(data_set.title, whole=True),
        "year": _braced(data_set.released_on[:4]),
        "month": _month(data_set.released_on),
        "url": _braced(_address(shown_at)),
        "note": _field(", ".join(part for part in ("Data set", edition(data_set)) if part)),
    }


def _cited(data_set: DataSet, cited: Cited, shown_at: str) -> tuple[str, dict[str, str]]:
    return f"mandate-{cited.row_id}", {
        "key": _field(cited.document),
        "title": _field(", ".join([cited.document, *cited.place_in_document]), whole=True),
        "year": _braced(cited.year),
        "month": _month(cited.adopted_on),
        "howpublished": _field(occasion(cited)),
        "url": _braced(_address(cited.url or next((one.url for one in cited.printings if one.url), ""))),
        "note": _field(" ".join(notes(data_set, cited, shown_at))),
    }


def _field(text: str, *, whole: bool = False) -> str:
    """A text in braces; `whole` keeps a style from changing its capitals."""
    shown = escaped(text)
    return _braced(f"{{{shown}}}" if whole and shown else shown)


def _braced(text: str) -> str:
    return f"{{{text}}}" if text else ""


def _month(iso: str) -> str:
    found = parsed(iso)
    return "" if found is None else _MONTHS[found.month - 1]


def _address(url: str) -> str:
    r"""An address stands as it is, but for what would end the field or break the line.

    >>> print(_address("http://example.org/{a b}?c=1%20&d"))
    http://example.org/%7Ba%20b%7D?c=1%20&d
    """
    return re.sub(r"[{}\\\s]", lambda found: "".join(f"%{byte:02X}" for byte in found[0].encode()), url)


def escaped(text: str) -> str:
    r"""A text as TeX sets it letter by letter.

    >>> print(escaped("Nuevo Le\u00f3n: 5 % {of} R&D_1"))
    Nuevo Le{\'o}n: 5 \% \textbraceleft{}of\textbraceright{} R\&D\_1
    """
    return "".join(map(_escaped, unicodedata.normalize("NFC", text).translate(_BLANKS)))


_BLANKS = {ord(sign): " " for sign in "\t\n\r\v\f\u2028\u2029"}


@functools.lru_cache(1000)
def _escaped(sign: str) -> str:
    if sign in _SIGNS:
        return _SIGNS[sign]
    apart = unicodedata.normalize("NFD", sign)
    if len(apart) == 2 and apart[1] in _ACCENTS and apart[0].isascii() and apart[0].isalpha():
        dotless = apart[0] in "ij" and apart[1] not in _BELOW
        return "{" + f"\\{_ACCENTS[apart[1]]}{chr(92) if dotless else ''}{apart[0]}" + "}"
    return sign


_BELOW = frozenset("\u0327\u0328")
"""Accents that leave an i its dot."""
