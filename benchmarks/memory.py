"""The memory of a command and all its children together, sampled while it runs (Linux: proportional set size)."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

EVERY = 0.02
"""Seconds between two samples."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory of any sample, in megabytes, and the most processes."""

    megabytes: float
    processes: int


def peak_of(command: Sequence[str]) -> Peak:
    """Run a command, its output thrown away, and watch it."""
    most, processes = 0, 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        while process.poll() is None:
            family = _family(process.pid)
            most = max(most, sum(map(_kilobytes, family)))
            processes = max(processes, len(family))
            time.sleep(EVERY)
    return Peak(most / 1024, processes)


def _family(pid: int) -> list[int]:
    found = [pid]
    for children in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            named = children.read_text().split()
        except OSError:  # it has ended
            continue
        for child in map(int, named):
            found += _family(child)
    return found


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:  # as above
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
