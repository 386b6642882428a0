"""Measure every comparison, print it, and write docs/benchmarks.md. `make bench` runs this."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

import bench_diff
import bench_site
import bench_validate
from bench_diff import PeerOutcome
from bench_startup import COMPARISONS
from memory import Peak
from timing import Comparison, Outcome, measure

ROOT = Path(__file__).resolve().parent.parent
LIBRARIES = ("mandates-data", "click", "frictionless", "pandas", "pandera")


def main(rows: int = bench_validate.ROWS) -> int:
    """Print a line a comparison and write the page; 1 where a target is missed."""
    outcomes = measured(COMPARISONS)
    with tempfile.TemporaryDirectory(prefix="mandates-data-bench-") as name:
        folder = Path(name)
        print(f"Making tables of {rows:,} rows", flush=True)
        made = bench_validate.Tables(folder, rows)
        outcomes += measured(bench_validate.comparisons(made))
        told = [bench_validate.counted(made)]
        peaks = list(bench_validate.peaks(made, folder))
    with tempfile.TemporaryDirectory(prefix="mandates-data-bench-") as name:
        print("Making tables to compare", flush=True)
        pair = bench_diff.Tables(Path(name), rows)
        told += bench_diff.counted(pair)
        outcomes += measured(bench_diff.comparisons(pair))
        peaks += bench_diff.peaks(pair)
        peers = list(bench_diff.peers(pair))
    print("Building and visiting pages", flush=True)
    pages = bench_site.measured()
    text = page(outcomes, peaks, peers, told, pages)
    (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8", newline="")
    small = all(peak.megabytes <= most for _, peak, most in peaks)
    fast = bench_diff.fast_enough(peers) and all(outcome.met for outcome in outcomes)
    return 0 if small and fast and pages.met else 1


def measured(comparisons: Iterable[Comparison]) -> list[Outcome]:
    """The outcomes, each printed when it is there."""
    outcomes = []
    for comparison in comparisons:
        outcome = measure(comparison, ROOT)
        outcomes.append(outcome)
        times = f"{milliseconds(outcome.ours)} beside {milliseconds(outcome.theirs)}"
        print(f"{comparison.title}: {times}, {outcome.times:.3f}, {verdict(outcome)}", flush=True)
    return outcomes


def page(
    outcomes: Sequence[Outcome],
    peaks: Sequence[tuple[str, Peak, int]],
    peers: Sequence[PeerOutcome],
    told: Sequence[str],
    pages: bench_site.Outcome,
) -> str:
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
    lines += ["", *told, "", *others(peers), "", *memory(peaks)]
    versions = ", ".join(f"{name} {importlib.metadata.version(name)}" for name in LIBRARIES)
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores"
    lines += ["", f"Python {platform.python_version()}, {versions}. {machine}.", "", *bench_site.section(pages), ""]
    return "\n".join(lines)


def others(peers: Sequence[PeerOutcome]) -> list[str]:
    """The other programs that compare tables by a key, in lines."""
    kept = "kept" if bench_diff.fast_enough(peers) else "missed"
    lines = [
        "Other programs on the same tables with one row in ten edited: `benchmarks/diff_peers.py` has each write every",
        "row that came or went and every changed cell with its old and new value. What it writes is compared with what",
        f"`mandates-data diff --format json` writes. One that is not done after {bench_diff.LIMIT} s, or that takes",
        "four fifths of the free memory, is stopped; its time is what it took until then. Medians of",
        f"{bench_diff.ROUNDS} rounds in turn with ours. {bench_diff.versions()}.",
        f"Target: the fastest one with the same answer takes at least {bench_diff.LEAST} times as long: {kept}.",
        "",
        "| program | its time | ours beside it | times as long | its memory | its answer |",
        "|---|---:|---:|---:|---:|---|",
    ]
    for peer in peers:
        least = "" if peer.same else "over "
        cells = (
            peer.name,
            milliseconds(peer.theirs),
            milliseconds(peer.ours),
            f"{least}{peer.times:.1f}",
            f"{peer.megabytes:.0f} MB",
            peer.said,
        )
        lines.append(f"| {' | '.join(cells)} |")
    return lines


def memory(peaks: Sequence[tuple[str, Peak, int]]) -> list[str]:
    """The table on memory, in lines."""
    lines = [
        "The most memory of a command (`validate` where none is named), all its processes together (proportional set",
        "size, sampled):",
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
    sys.exit(main(*map(int, sys.argv[1:])))
