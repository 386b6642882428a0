"""One target, run in a process of its own: `python -m fuzz.worker TARGET OUT BASE --seconds S --seed N`.

With `--guided`, atheris (libFuzzer) chooses what to change next by the branches that a case has reached; else chance
does. Either way a failure is made small and kept, and the run goes on: only what ends the process ends the run.
"""

from __future__ import annotations

import argparse
import contextlib
import dataclasses
import importlib
import json
import os
import pkgutil
import re
import sys
import time
import traceback
from collections import Counter
from pathlib import Path
from random import Random
from typing import Any

from .cases import Case

_ROOM = 3 * 1024**3
"""Bytes of address space beyond what the libraries take: the machine is not to suffer from what we look for."""
_ATTEMPTS = {"hang": 4, "memory": 20}
_PATIENCE = 30.0
"""Seconds that are spent on making one failing case small."""
_CORPUS_FILE = 2_000_000


class Recorder:
    """Runs cases, counts what came of them, and keeps a small case of every failure that is new.

    Attributes
    ----------
    outcomes
        How many cases came to what.
    failures
        Where the case of each failure is kept, by its signature.
    """

    def __init__(self, target: str, out: Path, bench: Any, limits: Any) -> None:
        self._target = target
        self._out = out
        self._bench = bench
        self._limits = limits
        self._began = time.monotonic()
        self._told = 0.0
        self.outcomes: Counter[str] = Counter()
        self.failures: dict[str, str] = {}
        (out / "failures").mkdir(parents=True, exist_ok=True)

    @property
    def seconds(self) -> float:
        """Since the first case."""
        return time.monotonic() - self._began

    def run(self, case: Case) -> None:
        """Run one case. What it is stands on disk meanwhile, for the case that ends this process."""
        if not self.outcomes:
            self._began = time.monotonic()  # what was made ready before is not counted
        (self._out / f"{self._target}.current.json").write_bytes(case.encode())
        outcome, failure = self._bench.run(case, self._limits)
        self.outcomes[outcome] += 1
        if failure is not None and failure.signature not in self.failures:
            self._keep(case, failure)
        if self.seconds - self._told > 0.5:
            self.tell()

    def tell(self) -> None:
        """Write down how far it is: the one who waits sees by it that this process is alive."""
        self._told = self.seconds
        state = {"seconds": self.seconds, "outcomes": self.outcomes, "failures": self.failures}
        place = self._out / f"{self._target}.state.json"
        beside = place.with_suffix(".part")
        beside.write_text(json.dumps(state), encoding="utf-8")
        beside.replace(place)

    def _keep(self, case: Case, failure: Any) -> None:
        from .shrink import shrunk

        name = re.sub(r"[^A-Za-z0-9]+", "-", f"{self._target} {failure.signature}").strip("-")[:120]
        path = self._out / "failures" / f"{name}.json"
        self.failures[failure.signature] = str(path)
        path.write_bytes(case.encode())
        path.with_suffix(".txt").write_text(f"{failure.signature}\n\n{failure.detail}\n", encoding="utf-8")
        self.tell()

        until = self.seconds + _PATIENCE

        def fails(tried: Case) -> bool:
            self.tell()
            if self.seconds > until:
                return False
            found = self._bench.run(tried, self._limits)[1]
            return found is not None and found.signature == failure.signature

        path.write_bytes(shrunk(case, fails, _ATTEMPTS.get(failure.kind, 400)).encode())


def main(words: list[str] | None = None) -> int:
    """Run one target for its time."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("target")
    parser.add_argument("out", type=Path)
    parser.add_argument("base", type=Path, help="an empty folder, which whoever starts this removes")
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--guided", action="store_true")
    parser.add_argument("--without-patterns", dest="patterns", action="store_false")
    given = parser.parse_args(words)
    if given.guided:
        _instrument()
    from .oracle import GENEROUS, Bench

    _leave_room()
    out = given.out.resolve()
    limits = dataclasses.replace(GENEROUS, patterns=given.patterns)
    recorder = Recorder(given.target, out, Bench(given.base), limits)
    try:
        (_guided if given.guided else _by_chance)(recorder, given, out)
    finally:
        recorder.tell()
    return 1 if recorder.failures else 0


def _by_chance(recorder: Recorder, given: argparse.Namespace, _out: Path) -> None:
    """Until the time is up: any case of the beginning, changed a few times."""
    from .mutate import by_chance

    for case in by_chance(given.target, given.seed, patterns=given.patterns):
        recorder.run(case)
        if recorder.seconds >= given.seconds:
            return


def _guided(recorder: Recorder, given: argparse.Namespace, out: Path) -> None:
    """Until the time is up: what atheris chooses, changed by us. Does not return: libFuzzer ends the process."""
    import atheris

    from .mutate import crossed, much_mutated
    from .seeds import seeds

    corpus = out / "corpus" / given.target
    corpus.mkdir(parents=True, exist_ok=True)
    for number, case in enumerate(seeds(given.target)):
        (corpus / f"seed-{number:03}").write_bytes(case.encode())

    def one(data: bytes) -> None:
        with contextlib.suppress(ValueError):
            recorder.run(Case.decode(data))
        if recorder.outcomes and recorder.seconds >= given.seconds:
            recorder.tell()
            os._exit(1 if recorder.failures else 0)

    def change(data: bytes, largest: int, seed: int) -> bytes:
        rng = Random(seed)
        try:
            case = Case.decode(data)
        except ValueError:
            case = rng.choice(seeds(given.target, whole=False))
        try:
            new = much_mutated(case, rng, patterns=given.patterns).encode()
        except Exception:  # noqa: BLE001 - a bug of ours: libFuzzer would not let the process end
            traceback.print_exc()
            sys.stderr.flush()
            os._exit(3)
        return new if len(new) <= largest else data

    def cross(data: bytes, other: bytes, largest: int, seed: int) -> bytes:
        try:
            new = crossed(Case.decode(data), Case.decode(other), Random(seed)).encode()
        except ValueError:
            return data
        return new if len(new) <= largest else data

    flags = {
        "max_len": _CORPUS_FILE, "timeout": 1_000_000, "rss_limit_mb": 0, "seed": given.seed % 2**31 + 1,
        "len_control": 0, "verbosity": 0, "print_final_stats": 0, "artifact_prefix": f"{out}/",
    }  # fmt: skip
    words = [sys.argv[0], *(f"-{name}={value}" for name, value in flags.items()), str(corpus)]
    atheris.Setup(words, one, custom_mutator=change, custom_crossover=cross)
    atheris.Fuzz()


def _instrument() -> None:
    """Import all of our library so that atheris sees its branches."""
    import atheris

    with atheris.instrument_imports(include=["mandates_data"], enable_loader_override=False):
        package = importlib.import_module("mandates_data")
        for module in pkgutil.walk_packages(package.__path__, "mandates_data."):
            if not module.name.endswith("__main__") and ".conformance" not in module.name:
                importlib.import_module(module.name)


def _leave_room() -> None:
    """Let memory run out for this process before it does for the machine."""
    try:
        import resource
    except ImportError:  # Windows
        return
    with contextlib.suppress(OSError, ValueError), open("/proc/self/statm", encoding="ascii") as file:
        taken = int(file.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (taken + _ROOM, resource.getrlimit(resource.RLIMIT_AS)[1]))


if __name__ == "__main__":
    sys.exit(main())
