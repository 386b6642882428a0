"""How fast `diff` is on two tables of 200,000 rows of which one in ten changed, beside GNU `diff -u` on the same files.

Prints times, memory and ratios; run it with `python benchmarks/bench_diff.py [ROWS]`.
"""

from __future__ import annotations

import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROWS = 200_000
FIELDS = ("mandate_id", "document_id", "section", "paragraph", "role", "text")
WORDS = ["the", "of", "and", "security", "hemisphere", "cooperation,", "states", "commit", "crime", "organized"]


def main() -> None:
    """Make the tables, run both, print the ratios."""
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make(folder, rows)
        (folder / "same").symlink_to(folder / "old")
        tables = [folder / side / "t.csv" for side in ("old", "new")]
        size = sum(table.stat().st_size for table in tables)
        print(f"{rows:,} rows, two files of {size / 2e6:.0f} MB")
        reading = best(read_both, tables)
        gnu = best(run, ["diff", "-u", *map(str, tables)])
        print(f"read both files      {reading:6.2f} s")
        print(f"GNU diff -u          {gnu:6.2f} s")
        for label, other, how in (
            ("diff, nothing changed", "same", "json"),
            ("diff --format json", "new", "json"),
            ("diff --format text", "new", "text"),
            ("diff, shuffled", "shuffled", "json"),
        ):
            ours = [sys.executable, "-m", "mandates_data", "diff", str(folder / "old"), str(folder / other)]
            taken = best(run, [*ours, "--format", how])
            print(f"{label:21}{taken:6.2f} s   {taken / gnu:5.2f} of GNU diff, {taken / reading:5.1f} of reading")
        peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
        print(f"most memory of any: {peak:.0f} MB (the shuffled one)")


def make(folder: Path, rows: int) -> None:
    """Three packages: old, new with one row in ten changed, and new with its rows in another order."""
    chance = random.Random(7)
    old = [line(number, chance) for number in range(rows)]
    new = [text.replace(" crime", " Crime", 1) if number % 10 == 3 else text for number, text in enumerate(old)]
    shuffled = new.copy()
    chance.shuffle(shuffled)
    schema = {"fields": [{"name": name, "type": "string"} for name in FIELDS], "primaryKey": ["mandate_id"]}
    descriptor = {"name": "bench", "resources": [{"name": "t", "path": "t.csv", "schema": schema}]}
    for name, lines in (("old", old), ("new", new), ("shuffled", shuffled)):
        (folder / name).mkdir()
        (folder / name / "datapackage.json").write_text(json.dumps(descriptor))
        (folder / name / "t.csv").write_text(",".join(FIELDS) + "\n" + "".join(lines), encoding="utf-8")


def line(number: int, chance: random.Random) -> str:
    """One row, with a text of about 450 characters in quotes or none."""
    text = " ".join(chance.choices(WORDS, k=60)).replace(",", "," if number % 2 else "")
    cell = f'"{text}"' if "," in text else text
    return f"1998-santiago-poa-{number:07},1998-santiago-poa,Security,{number % 90},mandate,{cell}\n"


def read_both(tables: list[Path]) -> None:
    """Read all bytes of both files."""
    for table in tables:
        with table.open("rb") as file:
            while file.read(1 << 20):
                pass


def run(command: list[str]) -> None:
    """Run a command whose exit code may be 0 or 1, its output thrown away."""
    assert subprocess.run(command, stdout=subprocess.DEVNULL, check=False).returncode in (0, 1)


def best(work, argument, times: int = 3) -> float:  # type: ignore[no-untyped-def]  # any function of one argument
    """The shortest of some runs, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work(argument)
        taken.append(time.perf_counter() - start)
    return min(taken)


if __name__ == "__main__":
    main()
