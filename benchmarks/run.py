"""Measure every comparison, print it, and write docs/benchmarks.md. `make bench` runs this."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import bench_validate
from bench_startup import COMPARISONS
from memory import Peak
from timing import Outcome, measure

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("mandates-data", "click", "frictionless", "pandas", "pandera")


def main() -> int:
    """Print a line a comparison and write the page; 1 where a target is missed."""
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="mandates-data-bench-") as name:
        folder = Path(name)
        print(f"Making tables of {bench_validate.ROWS:,} rows")
        made = bench_validate.Tables(folder)
        for comparison in (*COMPARISONS, *bench_validate.comparisons(made)):
            outcome = measure(comparison, ROOT)
            outcomes.append(outcome)
            times = f"{milliseconds(outcome.ours)} beside {milliseconds(outcome.theirs)}"
            print(f"{comparison.title}: {times}, {outcome.times:.3f}, {verdict(outcome)}", flush=True)
        told = bench_validate.counted(made)
        peaks = list(bench_validate.peaks(made, folder))
    (ROOT / "docs" / "benchmarks.md").write_text(page(outcomes, peaks, told), encoding="utf-8", newline="")
    kept = all(outcome.met for outcome in outcomes) and all(peak.megabytes <= most for _, peak, most in peaks)
    return 0 if kept else 1


def page(outcomes: list[Outcome], peaks: Sequence[tuple[str, Peak, int]], told: str) -> str:
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
            f"{outcome.times:.3f}",
            verdict(outcome),
        )
        lines.append(f"| {' | '.join(cells)} |")
    lines += ["", told, "", *memory(peaks)]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    return "\n".join([*lines, "", f"Python {platform.python_version()}, {versions}. {machine}.", ""])


def memory(peaks: Sequence[tuple[str, Peak, int]]) -> list[str]:
    """The table on memory, in lines."""
    lines = [
        "The most memory of `mandates-data validate`, all processes together (proportional set size, sampled):",
        "",
        "| table | memory | processes | target |",
        "|---|---:|---:|---|",
    ]
    for title, peak, most in peaks:
        kept = "kept" if peak.megabytes <= most else "missed"
        lines.append(f"| {title} | {peak.megabytes:.0f} MB | {peak.processes} | at most {most} MB: {kept} |")
    return lines


def milliseconds(seconds: float) -> str:
    """Seconds in words."""
    return f"{seconds * 1000:.0f} ms"


def verdict(outcome: Outcome) -> str:
    """The target and whether it is kept."""
    if str(outcome.comparison.target) == "none":
        return "none, reported"
    return f"{outcome.comparison.target}: {'kept' if outcome.met else 'missed'}"


if __name__ == "__main__":
    sys.exit(main())
