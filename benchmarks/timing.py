"""Measure two commands side by side: interleaved in one run, so that a busy moment hits both."""

from __future__ import annotations

import os
import statistics
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Target:
    """What the first side is held to, beside the second: at most `more` seconds on top, or at most `times` as long."""

    more: float | None = None
    times: float | None = None

    def __str__(self) -> str:
        if self.more is None and self.times is None:
            return "none"
        return f"at most {self.more * 1000:.0f} ms more" if self.more is not None else f"at most {self.times} times"


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two commands that are timed as whole processes. Both must end in one of `exits`."""

    title: str
    ours: tuple[str, ...]
    theirs: tuple[str, ...]
    shown: tuple[str, str]
    target: Target
    rounds: int = 15
    exits: tuple[int, ...] = (0,)


@dataclass(frozen=True, slots=True)
class Outcome:
    """The medians of both sides, in seconds, and of the differences and ratios of each round."""

    comparison: Comparison
    ours: float
    theirs: float
    more: float
    times: float

    @property
    def met(self) -> bool:
        """Whether the target is kept, by the median of the rounds."""
        target = self.comparison.target
        if target.more is None and target.times is None:
            return True
        return self.more <= target.more if target.more is not None else self.times <= (target.times or 1)


def measure(comparison: Comparison, folder: Path) -> Outcome:
    """Run both sides alternately, `rounds` times after one round that does not count."""
    pairs = []
    for number in range(comparison.rounds + 1):
        sides = [comparison.ours, comparison.theirs]
        seconds = [timed(side, folder, comparison.exits) for side in (sides if number % 2 else reversed(sides))]
        pairs.append(tuple(seconds if number % 2 else reversed(seconds)))
    kept = pairs[1:]
    return Outcome(
        comparison,
        statistics.median(ours for ours, _ in kept),
        statistics.median(theirs for _, theirs in kept),
        statistics.median(ours - theirs for ours, theirs in kept),
        statistics.median(ours / theirs for ours, theirs in kept),
    )


def timed(command: Sequence[str], folder: Path, exits: Sequence[int] = (0,)) -> float:
    """Seconds that the command takes as a whole process; what it prints goes to a file."""
    with tempfile.TemporaryFile() as out:
        start = time.perf_counter()
        code = subprocess.run(
            command, cwd=folder, stdout=out, stderr=subprocess.STDOUT, env=environment(), check=False
        ).returncode
        seconds = time.perf_counter() - start
        if code not in exits:
            out.seek(0)
            raise SystemExit(f"{' '.join(command)} ended in {code}:\n{out.read(10_000).decode(errors='replace')}")
    return seconds


def environment() -> dict[str, str]:
    """The environment of a measured command: Python keeps what it has compiled, as it does of an installed package."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
