"""How far a long run has come, on a terminal alone."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from types import TracebackType
from typing import IO

_PATIENCE = 1.0
"""Seconds that a run may take without a word."""

_PAUSE = 0.1  # seconds between two pictures
_WIDEST = 40  # signs of the bar


class Progress:
    """A bar that appears when a run takes more than a second, and is gone when the block ends.

    Parameters
    ----------
    stream
        Where it is drawn, if that is a terminal: standard error, so that the result stays clean.
    words
        What is being done.
    clock
        Seconds, from any beginning.

    Attributes
    ----------
    is_live
        Whether anything can be drawn at all.
    """

    def __init__(self, stream: IO[str], words: str = "validating", clock: Callable[[], float] = time.monotonic) -> None:
        self._stream = stream
        self._words = words
        self._clock = clock
        self.is_live = _is_terminal(stream)
        self._next = clock() + _PATIENCE
        self._drawn = 0

    def update(self, done: int, total: int) -> None:
        """Say that `done` of `total` bytes are done. To call it often costs little."""
        if not self.is_live:
            return
        now = self._clock()
        if now < self._next:
            return
        self._next = now + _PAUSE
        self._draw(picture(self._words, done, total, _columns(self._stream) - 1))

    def of_tables(self, total: int) -> Callable[[str, int], None]:
        """The same for work that says how many bytes of which table are done; `total` is of all tables."""
        done: dict[str, int] = {}

        def update(table: str, size: int) -> None:
            done[table] = size
            self.update(sum(done.values()), total)

        return update

    def clear(self) -> None:
        """Take the bar away, so that the next line stands where it stood."""
        if self._drawn:
            self._draw("")
            self._drawn = 0

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def _draw(self, text: str) -> None:
        back = "\r" if text else "\r" + " " * self._drawn + "\r"
        try:
            self._stream.write(back + text + " " * (self._drawn - len(text) if text else 0))
            self._stream.flush()
        except (OSError, ValueError):  # the terminal is gone; the work goes on
            self.is_live = False
        self._drawn = len(text)


def picture(words: str, done: int, total: int, width: int) -> str:
    """The bar as a line of at most `width` signs.

    >>> print(picture("validating", 50_000_000, 200_000_000, 50))
    validating [#####                ]  25 % of 200 MB
    """
    if total <= 0:
        return f"{words}, {_size(done)}"[:width]
    part = min(max(done / total, 0.0), 1.0)
    end = f" {part:4.0%} of {_size(total)}".replace("%", " %")
    room = min(_WIDEST, width - len(words) - len(end) - 3)
    if room < 4:
        return f"{words} {part:4.0%}"[:width]
    full = int(part * room)
    return f"{words} [{'#' * full}{' ' * (room - full)}]{end}"


def _size(count: int) -> str:
    return f"{count / 1e6:,.0f} MB" if count >= 1e6 else f"{count / 1e3:,.0f} kB"


def _is_terminal(stream: IO[str]) -> bool:
    try:
        return stream.isatty() and os.environ.get("TERM") != "dumb"
    except ValueError:  # a closed stream
        return False


def _columns(stream: IO[str]) -> int:
    try:
        return os.get_terminal_size(stream.fileno()).columns or 80
    except (OSError, ValueError):
        return 80
