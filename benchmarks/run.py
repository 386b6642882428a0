"""Measure every comparison, print it, and write docs/benchmarks.md. `make bench` runs this."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
from pathlib import Path

from bench_startup import COMPARISONS
from timing import Outcome, measure

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("mandates-data", "click", "frictionless", "pandas")


def main() -> int:
    """Print a line a comparison and write the page; 1 where a target is missed."""
    outcomes = []
    for comparison in COMPARISONS:
        outcome = measure(comparison, ROOT)
        outcomes.append(outcome)
        times = f"{milliseconds(outcome.ours)} beside {milliseconds(outcome.theirs)}"
        print(f"{comparison.title}: {times}, {verdict(outcome)}")
    (ROOT / "docs" / "benchmarks.md").write_text(page(outcomes), encoding="utf-8", newline="")
    return 0 if all(outcome.met for outcome in outcomes) else 1


def page(outcomes: list[Outcome]) -> str:
    """The page in Markdown."""
    lines = [
        "# Benchmarks",
        "",
        "Written by `make bench`. Whole processes, both sides in turn in one run. Times are medians, and so are the",
        "differences and ratios of the rounds. Ratios carry over to other machines, times do not.",
        "",
        "| what | ours | beside it | difference | ratio | target |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for outcome in outcomes:
        ours, theirs = outcome.comparison.shown
        cells = (
            outcome.comparison.title,
            f"`{ours}` {milliseconds(outcome.ours)}",
            f"`{theirs}` {milliseconds(outcome.theirs)}",
            f"{outcome.more * 1000:+.0f} ms",
            f"{outcome.times:.2f}",
            verdict(outcome),
        )
        lines.append(f"| {' | '.join(cells)} |")
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    return "\n".join([*lines, "", f"Python {platform.python_version()}, {versions}. {machine}.", ""])


def milliseconds(seconds: float) -> str:
    """Seconds in words."""
    return f"{seconds * 1000:.0f} ms"


def verdict(outcome: Outcome) -> str:
    """The target and whether it is kept."""
    return f"{outcome.comparison.target}: {'kept' if outcome.met else 'missed'}"


if __name__ == "__main__":
    sys.exit(main())
