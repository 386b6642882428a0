"""Colours that keep their order on a printer without colours, and the patterns that stand beside them."""

from __future__ import annotations

from collections.abc import Sequence

Colour = tuple[float, float, float]

INK: Colour = (0.10, 0.10, 0.10)
MUTED: Colour = (0.34, 0.34, 0.34)
RULE: Colour = (0.80, 0.80, 0.80)
PAPER: Colour = (1.0, 1.0, 1.0)
BLACK: Colour = (0.0, 0.0, 0.0)

_STEPS: tuple[Colour, ...] = ((0.84, 0.91, 0.96), (0.62, 0.79, 0.88), (0.29, 0.57, 0.77), (0.03, 0.19, 0.42))
"""Light to dark; between two of them a shade is mixed."""

PATTERNS = ("", "////", "....", "\\\\\\\\", "xxxx", "----", "oo", "++")
"""Patterns (matplotlib's hatches) that tell neighbours apart where the shades alone would not."""


def shade(share: float) -> Colour:
    """The colour for a share of the greatest value, 0 (light) to 1 (dark)."""
    place = min(max(share, 0.0), 1.0) * (len(_STEPS) - 1)
    below = min(int(place), len(_STEPS) - 2)
    return mixed(_STEPS[below], _STEPS[below + 1], place - below)


def shades(number: int) -> list[Colour]:
    """So many colours from light to dark."""
    return [shade(n / (number - 1) if number > 1 else 1.0) for n in range(number)]


def mixed(first: Colour, second: Colour, share: float) -> Colour:
    """A colour between two."""
    red, green, blue = (a + (b - a) * share for a, b in zip(first, second, strict=True))
    return (red, green, blue)


def luminance(colour: Sequence[float]) -> float:
    """The relative luminance of a colour, 0 (black) to 1 (white), as WCAG 2.2 defines it: what is left of it in grey.

    >>> luminance((1, 1, 1)), luminance((0, 0, 0))
    (1.0, 0.0)
    """
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour)
    return round(0.2126 * red + 0.7152 * green + 0.0722 * blue, 6)


def contrast(first: Sequence[float], second: Sequence[float]) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.2); small text needs 4.5."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def ink_on(colour: Sequence[float]) -> Colour:
    """Black or white, whichever is read better on a colour: one of them always has a contrast of 4.5 at least."""
    return max(BLACK, PAPER, key=lambda ink: contrast(ink, colour))
