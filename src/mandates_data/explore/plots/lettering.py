"""Texts as they are drawn: harmless, in the one font that matplotlib brings along, measured and broken to fit."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from ...errors import MissingExtraError, one_line

_LONGEST = 2000
_MORE = "…"
_UNKNOWN = "\N{REPLACEMENT CHARACTER}"


def require_matplotlib() -> None:
    """Nothing, where matplotlib can be loaded.

    Raises
    ------
    MissingExtraError
        It is not installed.
    """
    try:
        import matplotlib.figure  # noqa: F401 # the functions below import it by name
    except ImportError as error:
        raise MissingExtraError(
            "A picture needs matplotlib, which is not installed.", 'Run: pip install "mandates-data[plot]"'
        ) from error


@lru_cache(maxsize=2)
def font(*, bold: bool) -> Any:
    """The font of matplotlib itself, whatever fonts and settings the system has: the same letters everywhere."""
    from matplotlib import get_data_path
    from matplotlib.font_manager import FontProperties

    file = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return FontProperties(fname=Path(get_data_path()) / "fonts" / "ttf" / file)


@lru_cache(maxsize=4096)
def clean(text: str) -> str:
    """The text on one line, with what nobody sees written out and a sign for what the font has no letter for.

    Marks that turn the direction of writing would otherwise move the letters after them.
    """
    from matplotlib.font_manager import get_font

    known = get_font(font(bold=False).get_file())
    shown = one_line(text, _LONGEST)
    return "".join(sign if sign.isascii() or known.get_char_index(ord(sign)) else _UNKNOWN for sign in shown)


@lru_cache(maxsize=8192)
def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """How wide a clean text is, in inches, at a size in points: the same for both kinds of file."""
    from matplotlib.textpath import text_to_path

    chosen = font(bold=bold).copy()
    chosen.set_size(size)
    width, _height, _descent = text_to_path.get_text_width_height_descent(text, chosen, ismath=False)
    return float(width) / 72


def cut(text: str, size: float, room: float, *, bold: bool = False) -> str:
    """The text, which loses its end where it is wider than `room` inches."""
    shown = clean(text)
    if width_of(shown, size, bold=bold) <= room:
        return shown
    low, high = 0, len(shown)
    while low < high:
        middle = (low + high + 1) // 2
        if width_of(shown[:middle].rstrip() + _MORE, size, bold=bold) <= room:
            low = middle
        else:
            high = middle - 1
    return shown[:low].rstrip() + _MORE


def broken(text: str, size: float, room: float, *, lines: int = 99, bold: bool = False) -> list[str]:
    """The text in lines that fit into `room` inches, broken between words; the last of `lines` loses its end."""
    words = clean(text).split(" ")
    found: list[str] = []
    while words:
        taken = _fitting(words, size, room, bold=bold)
        if len(found) == lines - 1 and taken < len(words):
            last = cut(" ".join(words), size, room, bold=bold)
            whole, _blank, _part = last.rpartition(" ")
            return [*found, f"{whole}{_MORE}" if whole else last]
        line = " ".join(words[:taken])
        if width_of(line, size, bold=bold) > room:  # one word that is wider than all the room
            line = cut(line, size, room, bold=bold)
        found.append(line)
        words = words[taken:]
    return found


def _fitting(words: Sequence[str], size: float, room: float, *, bold: bool) -> int:
    """How many of the words fit on a line; one at least."""
    taken = 1
    while taken < len(words) and width_of(" ".join(words[: taken + 1]), size, bold=bold) <= room:
        taken += 1
    return taken
