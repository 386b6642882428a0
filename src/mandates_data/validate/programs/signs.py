"""Signs that programs leave in texts, written down once: for the screen over whole columns, and for the exact judge."""

from __future__ import annotations

SPACES = "\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
"""Spaces other than the plain one."""

CONTROLS = "".join(map(chr, [*range(1, 9), 11, 12, *range(14, 32), 127]))
"""What a terminal obeys, but for tabs and line breaks. A null character is a fault of the file."""

JOINERS = "\u200c\u200d\u200e\u200f"
"""Signs that nobody sees, and that some scripts need."""

UNSEEN = (
    "\xad\u061c\u180e\u200b\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\u206a"
    "\u206b\u206c\u206d\u206e\u206f\ufeff" + JOINERS
)
"""Signs that nobody sees, but for `CONTROLS`."""

MARKS = "\u0300\u0301\u0302\u0303\u0304\u0306\u0307\u0308\u030a\u030b\u030c\u0323\u0327\u0328"
"""Accents apart from their letters."""

LEADS = {
    "cp1252": "ÂÃÄÅÆËÎÏÐÑ×ØÙâïð",
    "mac_roman": "¬√‚",
    "cp850": "┬├Ô",
    "cp437": "┬├Γ",
}
"""What the first byte of garbled letters looks like, by the encoding in which UTF-8 was read: of the letters of the
west and their punctuation, of Greek, Russian, Hebrew and Arabic letters, and of emoji."""

AFTER_A = "€‚„†\x80\x82\x84\x86"
"""What follows `â` where it is no letter."""

SECOND_CONTROLS = "".join(map(chr, range(0x80, 0xA0)))
"""Control characters that are no part of any text, but what UTF-8 becomes when it is read as Latin-1."""

LOST = "\ufffd"
"""What stands for a letter that could not be read."""

RUNS = "=+-@＝＋－＠"
"""What a cell begins with that a spreadsheet takes for a formula."""
