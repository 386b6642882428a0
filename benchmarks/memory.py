"""The memory of a command and all its children together, sampled while it runs (Linux: proportional set size)."""

from __future__ import annotations

import math
import os
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from timing import environment

EVERY = 0.02
"""Seconds between two samples."""


@dataclass(frozen=True, slots=True)
class Peak:
    """The most memory of any sample, in megabytes, and the most processes."""

    megabytes: float
    processes: int


@dataclass(frozen=True, slots=True)
class Run:
    """A command that was watched: how long it took, its memory, its exit code, and why it was stopped, if it was."""

    seconds: float
    peak: Peak
    code: int
    stopped: str = ""


def peak_of(command: Sequence[str]) -> Peak:
    """Run a command, its output thrown away, and watch it."""
    with Path(os.devnull).open("wb") as nothing:
        return watched(command, nothing).peak


def watched(command: Sequence[str], out: IO[bytes], seconds: float = math.inf, megabytes: float = math.inf) -> Run:
    """Run a command, its output into a file, until it ends or goes beyond a limit."""
    most, processes, stopped = 0, 0, ""
    start = time.perf_counter()
    with subprocess.Popen(command, stdout=out, stderr=subprocess.DEVNULL, env=environment()) as process:
        while process.poll() is None:
            family = _family(process.pid)
            most = max(most, sum(map(_kilobytes, family)))
            processes = max(processes, len(family))
            if time.perf_counter() - start > seconds:
                stopped = f"stopped after {seconds:.0f} s"
            elif most > megabytes * 1024:
                stopped = f"stopped beyond {megabytes:.0f} MB"
            if stopped:
                process.kill()
                break
            time.sleep(EVERY)
    return Run(time.perf_counter() - start, Peak(most / 1024, processes), process.returncode, stopped)


def spare() -> float:
    """Megabytes that a command may take here before the machine is short of them: four fifths of what is available."""
    lines = Path("/proc/meminfo").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("MemAvailable:")) / 1024 * 0.8


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
