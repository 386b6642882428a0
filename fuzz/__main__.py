"""`python -m fuzz`: hostile input for some minutes; `python -m fuzz replay FILE`: a kept case again.

Exit codes: 0 nothing was found, 1 something was (the path of a small case of it is printed), 2 it could not run.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from random import SystemRandom
from typing import Any

from .cases import Case, temporary_folder

SHARES = {
    "open": 1,
    "validate": 3,
    "against": 2,
    "load": 1,
    "convert": 2,
    "back": 2,
    "diff": 2,
    "fmt": 2,
    "extract": 1,
    "command": 2,
    "site": 3,
    "explore": 2,
    "tell": 1,
    "annotate": 1,
    "correct": 1,
}
"""How the time is divided among the targets."""
SILENCE = 180.0
"""Seconds without a word from a process, after which it is taken to hang where no signal of ours reaches it."""
ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True)
class Outcome:
    """What a target's run came to: seconds, cases by their outcome, and where the case of each failure is kept."""

    target: str
    seconds: float = 0.0
    outcomes: dict[str, int] = field(default_factory=dict)
    failures: dict[str, str] = field(default_factory=dict)

    @property
    def cases(self) -> int:
        """How many cases were run."""
        return sum(self.outcomes.values())


def main(words: list[str] | None = None) -> int:
    """Run, or run a kept case again."""
    words = sys.argv[1:] if words is None else words
    if words[:1] == ["replay"]:
        return replay([Path(word) for word in words[1:]])
    given = _parsed(words)
    guided = not given.by_chance and importlib.util.find_spec("atheris") is not None
    seed = SystemRandom().randrange(2**31) if given.seed is None else given.seed
    targets = given.targets.split(",") if given.targets else list(SHARES)
    if unknown := [target for target in targets if target not in SHARES]:
        print(f"There is no target {unknown[0]}. Targets: {', '.join(SHARES)}", file=sys.stderr)
        return 2
    how = "guided by atheris" if guided else "by chance"
    print(f"{given.minutes:g} minutes {how}, seed {seed}, {given.jobs} at a time. Kept cases: {given.out}", flush=True)
    whole = 60.0 * given.minutes * given.jobs / sum(SHARES[target] for target in targets)
    options = ["--seed", str(seed), *["--guided"] * guided, *["--without-patterns"] * given.without_patterns]

    def one(target: str) -> Outcome:
        outcome = watched(target, given.out, whole * SHARES[target], options)
        print(summary(outcome), flush=True)
        return outcome

    began = time.monotonic()
    with ThreadPoolExecutor(given.jobs) as pool:
        outcomes = list(pool.map(one, targets))
    return conclusion(outcomes, time.monotonic() - began, seed)


def _parsed(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m fuzz", description=__doc__)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--seed", type=int, help="left out, another one each time; it is printed")
    parser.add_argument("--targets", default="", help=f"some of {','.join(SHARES)}")
    parser.add_argument("--jobs", type=int, default=1, help="how many targets at a time")
    parser.add_argument("--by-chance", action="store_true", help="without atheris")
    parser.add_argument("--without-patterns", action="store_true", help="no patterns that take exponential time")
    parser.add_argument("--out", type=Path, default=ROOT / "build" / "fuzz")
    return parser.parse_args(words)


def watched(target: str, out: Path, seconds: float, options: list[str], silence: float = SILENCE) -> Outcome:
    """Run a target in a process of its own. When that ends before its time, the case it was at is a failure."""
    out.mkdir(parents=True, exist_ok=True)
    state = out / f"{target}.state.json"
    state.unlink(missing_ok=True)
    with temporary_folder() as base, open(out / f"{target}.log", "wb") as log:
        words = [target, str(out), str(base), "--seconds", str(seconds), *options]
        process = subprocess.Popen([sys.executable, "-m", "fuzz.worker", *words], cwd=ROOT, stdout=log, stderr=log)
        began = time.monotonic()
        while process.poll() is None:
            time.sleep(0.2)
            told = _modified(state) if state.exists() else began
            if time.monotonic() - max(told, began) > silence:
                process.kill()
                process.wait()
                return _ended(target, out, state, "a hang in C: the process had to be killed")
    read = _read(target, state)
    if process.returncode != (1 if read.failures else 0):
        return _ended(target, out, state, f"the process ended with {_named(process.returncode)}")
    return read


def _modified(path: Path) -> float:
    """When a file was last written, on the clock of `time.monotonic`."""
    return time.monotonic() - (time.time() - path.stat().st_mtime)


def _named(code: int) -> str:
    return signal.Signals(-code).name if code < 0 else f"exit code {code}"


def _ended(target: str, out: Path, state: Path, how: str) -> Outcome:
    outcome = _read(target, state)
    kept = out / "failures" / f"{target}-ended.json"
    current = out / f"{target}.current.json"
    if current.exists():
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(current.read_bytes())
    log = out / f"{target}.log"
    print(f"{target}: {how}. The end of {log}:", file=sys.stderr)
    print(log.read_text(encoding="utf-8", errors="replace")[-1500:], file=sys.stderr)
    return Outcome(target, outcome.seconds, outcome.outcomes, {**outcome.failures, how: str(kept)})


def _read(target: str, state: Path) -> Outcome:
    value: dict[str, Any] = json.loads(state.read_text(encoding="utf-8")) if state.exists() else {}
    return Outcome(target, value.get("seconds", 0.0), value.get("outcomes", {}), value.get("failures", {}))


def summary(outcome: Outcome) -> str:
    """One line on a target."""
    by_size = sorted(outcome.outcomes.items(), key=lambda item: (-item[1], item[0]))
    most = ", ".join(f"{name} {count:,}" for name, count in by_size[:6])
    found = f"{len(outcome.failures)} FAILURES" if outcome.failures else "nothing found"
    return f"{outcome.target:<9} {outcome.cases:>8,} cases  {outcome.seconds:>5.0f} s  {found}  ({most})"


def conclusion(outcomes: list[Outcome], seconds: float, seed: int) -> int:
    """Say what all of it came to; the exit code."""
    cases = sum(outcome.cases for outcome in outcomes)
    print(f"{cases:,} cases of {len(outcomes)} targets in {seconds:.0f} s, seed {seed}.")
    for outcome in outcomes:
        for signature, path in outcome.failures.items():
            print(f"{outcome.target}: {signature}\n    again: python -m fuzz replay {path}")
    if empty := [outcome.target for outcome in outcomes if not outcome.cases and not outcome.failures]:
        print(f"No case was run of: {', '.join(empty)}", file=sys.stderr)
        return 2
    return 1 if any(outcome.failures for outcome in outcomes) else 0


def replay(paths: list[Path]) -> int:
    """Run kept cases again and say what comes of each."""
    from .oracle import GENEROUS, bench

    failed = False
    with bench() as place:
        for path in paths:
            outcome, failure = place.run(Case.decode(path.read_bytes()), GENEROUS)
            failed = failed or failure is not None
            print(f"{path}: {outcome}" if failure is None else f"{path}: {failure.signature}\n{failure.detail}")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
