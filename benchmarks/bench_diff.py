"""What `diff` costs on two large tables, beside GNU diff and beside reading the files; and that it finds every edit.

Needs about 2 GB of disk for the tables. `python benchmarks/bench_diff.py [ROWS]` measures these alone.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import tables
from memory import Peak, peak_of
from timing import Comparison, Target, measure

ROOT = Path(__file__).resolve().parent.parent
OURS = str(Path(sys.executable).parent / "mandates-data")
ROWS = 1_000_000
MOST = 100
"""Megabytes."""
READ = "import sys\nfor name in sys.argv[1:]:\n    for line in open(name, 'rb'):\n        pass\n"


@dataclass
class Edits:
    """What was done to the rows on their way: the keys of each kind."""

    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    renamed: set[tuple[str, str]] = field(default_factory=set)

    def apply(self, rows: Iterator[list[str]], every: int, seed: int = 5) -> Iterator[list[str]]:
        """The same rows with one edit in each `every`-th: of ten edits seven are of the text."""
        chance = random.Random(seed)
        for number, row in enumerate(rows):
            if number % every != every // 2:
                yield row
                continue
            kind = chance.randrange(10)
            if kind == 0:
                self.removed.add(row[0])
                continue
            if kind == 1:
                self.added.add(f"{row[0]}-new")
                yield row
                yield [f"{row[0]}-new", *row[1:5], str(10**7 - number), *row[6:9], f"{row[9]} So {number} was added."]
                continue
            if kind == 2:
                self.renamed.add((row[0], f"{row[0]}-b"))
                row[0] += "-b"
            else:
                self.changed.add(row[0])
                row[9] = row[9].replace(" ", " indeed ", 3)
            yield row


class Tables:
    """The packages that are measured, in a folder of their own."""

    def __init__(self, folder: Path, rows: int = ROWS) -> None:
        self.rows = rows
        self.many, self.few = Edits(), Edits()
        self.old = tables.write(folder / "old", tables.sound_rows(rows, 1994))
        self.tenth = tables.write(folder / "tenth", self.many.apply(tables.sound_rows(rows, 1994), 10))
        self.thousand = tables.write(folder / "thousand", self.few.apply(tables.sound_rows(rows, 1994), rows // 1000))


def file(package: Path) -> str:
    """The large table of a package."""
    return str(package / "data" / "mandates.csv")


def comparisons(made: Tables) -> Iterator[Comparison]:
    """Each target of the comparison, ours first."""
    millions = f"{made.rows / 1e6:g} million rows (530 bytes each)"
    shown = "mandates-data diff --format json"
    yield Comparison(
        f"comparing {millions}, one in ten edited, every cell as JSON",
        (OURS, "diff", str(made.old), str(made.tenth), "--format", "json"),
        ("diff", "-u", file(made.old), file(made.tenth)),
        (shown, "diff -u"),
        Target(times=1),
        rounds=3,
        exits=(0, 1),
    )
    few = (OURS, "diff", str(made.old), str(made.thousand), "--format", "json")
    yield Comparison(
        "1,000 edited rows among them, beside reading the lines of both files",
        few,
        (sys.executable, "-c", READ, file(made.old), file(made.thousand)),
        (shown, "for line in file: pass"),
        Target(times=1.5),
        rounds=3,
        exits=(0, 1),
    )
    yield Comparison(
        "the same beside GNU diff",
        few,
        ("diff", "-u", file(made.old), file(made.thousand)),
        (shown, "diff -u"),
        Target(times=1),
        rounds=3,
        exits=(0, 1),
    )


def peaks(made: Tables) -> Iterator[tuple[str, Peak, int]]:
    """Memory of all processes together, with what it may be at most, in megabytes."""
    for title, other in (("one in ten edited", made.tenth), ("1,000 edited", made.thousand)):
        peak = peak_of((OURS, "diff", str(made.old), str(other), "--format", "json"))
        yield f"two tables of {made.rows:,} rows, {title}", peak, MOST


def counted(made: Tables) -> str:
    """That just the edits are told, as a sentence; a bug here ends the benchmark."""
    for other, edits in ((made.tenth, made.many), (made.thousand, made.few)):
        command = (OURS, "diff", str(made.old), str(other), "--format", "json")
        (table,) = json.loads(subprocess.run(command, capture_output=True, check=False).stdout)["resources"]
        told: dict[str, set[str]] = {"changed": set(), "removed": set(), "added": set()}
        for row in table["rows"]:
            told[row["kind"]].add(row["key"][0])
        renamed = {(rename["old"][0], rename["new"][0]) for rename in table["renames"]}
        expected = {
            "changed": edits.changed,
            "removed": edits.removed | {old for old, _ in edits.renamed},
            "added": edits.added | {new for _, new in edits.renamed},
        }
        if told != expected or not edits.renamed <= renamed:
            raise SystemExit(f"diff did not tell just the edits of {other.name}")
    return f"All edits of both tables are told, and no other: {sizes(made.many)}; {sizes(made.few)}."


def sizes(edits: Edits) -> str:
    """How many edits of each kind there are."""
    kinds: dict[str, set[str] | set[tuple[str, str]]] = {
        "changed": edits.changed,
        "removed": edits.removed,
        "added": edits.added,
        "renamed": edits.renamed,
    }
    return ", ".join(f"{len(rows):,} rows {kind}" for kind, rows in kinds.items())


def main(arguments: Sequence[str]) -> None:
    """Make the tables, measure, and print."""
    rows = int(arguments[0]) if arguments else ROWS
    with tempfile.TemporaryDirectory(prefix="mandates-data-bench-") as name:
        made = Tables(Path(name), rows)
        print(counted(made))
        for title, peak, most in peaks(made):
            print(f"{title}: {peak.megabytes:.0f} MB in {peak.processes} processes, at most {most}")
        for comparison in comparisons(made):
            outcome = measure(comparison, ROOT)
            print(f"{comparison.title}: {outcome.ours:.2f} s beside {outcome.theirs:.2f} s, {outcome.times:.2f} times")


if __name__ == "__main__":
    main(sys.argv[1:])
