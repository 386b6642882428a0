"""What `diff` costs on two large tables, beside GNU diff, beside reading the files and beside three other programs.

And that it finds every edit, in the order of the keys and in none. Needs about 4 GB of disk for the tables.
`python benchmarks/bench_diff.py [ROWS]` measures these alone.
"""

from __future__ import annotations

import filecmp
import json
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import tables
from diff_peers import PEERS
from memory import Peak, Run, peak_of, spare, watched
from timing import Comparison, Target, measure

ROOT = Path(__file__).resolve().parent.parent
OURS = str(Path(sys.executable).parent / "mandates-data")
ROWS = 1_000_000
MOST = 100
"""Megabytes."""
LEAST = 3
"""How many times as fast as the fastest other program it is to be."""
LIMIT = 120
"""Seconds after which another program is stopped."""
ROUNDS = 3
PEER_PYTHON = ROOT / "build" / "bench" / "venv" / "bin" / "python"
BLOCKS = "import sys\nfor name in sys.argv[1:]:\n    file = open(name, 'rb', 0)\n    while file.read(1 << 20): 0\n"
READ = "import sys\nfor name in sys.argv[1:]:\n    for line in open(name, 'rb'):\n        pass\n"


@dataclass
class Edits:
    """What was done to the rows on their way: the keys of each kind."""

    changed: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    added: set[str] = field(default_factory=set)
    renamed: set[tuple[str, str]] = field(default_factory=set)

    def told(self) -> dict[str, set[str]]:
        """The keys by what is told of them: a key that changed is one removed and one added."""
        return {
            "changed": self.changed,
            "removed": self.removed | {old for old, _ in self.renamed},
            "added": self.added | {new for _, new in self.renamed},
        }

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
        self.rows, self.folder = rows, folder
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
        command(made.old, made.tenth),
        ("diff", "-u", file(made.old), file(made.tenth)),
        (shown, "diff -u"),
        Target(times=1),
        rounds=ROUNDS,
        exits=(0, 1),
    )
    few = command(made.old, made.thousand)
    yield Comparison(
        "1,000 edited rows among them, beside reading the lines of both files",
        few,
        (sys.executable, "-c", READ, file(made.old), file(made.thousand)),
        (shown, "for line in file: pass"),
        Target(times=1.5),
        rounds=ROUNDS,
        exits=(0, 1),
    )
    yield Comparison(
        "the same beside reading both files in blocks of a megabyte, lines not looked for",
        few,
        (sys.executable, "-c", BLOCKS, file(made.old), file(made.thousand)),
        (shown, "while file.read(1 << 20): pass"),
        Target(),
        rounds=ROUNDS,
        exits=(0, 1),
    )
    yield Comparison(
        "the same beside GNU diff",
        few,
        ("diff", "-u", file(made.old), file(made.thousand)),
        (shown, "diff -u"),
        Target(times=1),
        rounds=ROUNDS,
        exits=(0, 1),
    )


def peaks(made: Tables) -> Iterator[tuple[str, Peak, int]]:
    """Memory of all processes together, with what it may be at most, in megabytes."""
    for title, other in (("one in ten edited", made.tenth), ("1,000 edited", made.thousand)):
        yield f"`diff` of two tables of {made.rows:,} rows, {title}", peak_of(command(made.old, other)), MOST


def command(old: Path, new: Path) -> tuple[str, ...]:
    """Our comparison of two packages."""
    return (OURS, "diff", str(old), str(new), "--format", "json")


def written(old: Path, new: Path, out: Path) -> Run:
    """Our comparison of two packages, written into a file."""
    with out.open("wb") as file:
        run = watched(command(old, new), file)
    if run.code != 1:
        raise SystemExit(f"diff of {old} and {new} ended in {run.code}")
    return run


def counted(made: Tables) -> Iterator[str]:
    """That just the edits are told, and in any order of the rows, as sentences; a bug here ends the benchmark."""
    first = made.folder / "changes.json"
    for other, edits in ((made.thousand, made.few), (made.tenth, made.many)):
        written(made.old, other, first)
        (table,) = json.loads(first.read_bytes())["resources"]
        told: dict[str, set[str]] = {"changed": set(), "removed": set(), "added": set()}
        for row in table["rows"]:
            told[row["kind"]].add(row["key"][0])
        renamed = {(rename["old"][0], rename["new"][0]) for rename in table["renames"]}
        if told != edits.told() or not edits.renamed <= renamed:
            raise SystemExit(f"diff did not tell just the edits of {other.name}")
    yield f"All edits of both tables are told, and no other: {sizes(made.many)}; {sizes(made.few)}."
    second = made.folder / "shuffled.json"
    olds, news = (tables.shuffled(side, made.folder / f"shuffled-{side.name}") for side in (made.old, made.tenth))
    run = written(olds, news, second)
    if not filecmp.cmp(first, second, shallow=False):
        raise SystemExit("diff tells shuffled tables otherwise")
    for package in (olds, news):
        shutil.rmtree(package)
    yield (
        "The rows of the first two tables shuffled, each in another order, give the same changeset byte for byte, in "
        f"{run.seconds:.0f} s and {run.peak.megabytes:.0f} MB."
    )


@dataclass(frozen=True, slots=True)
class PeerOutcome:
    """Another program on the same two tables, beside ours in turn: medians in seconds, and what came of it."""

    name: str
    ours: float
    theirs: float
    times: float
    megabytes: float
    said: str

    @property
    def same(self) -> bool:
        """Whether it gave the same answer."""
        return self.said == "the same"


def peers(made: Tables) -> Iterator[PeerOutcome]:
    """Each other program on the tables with one row in ten edited. One that does not finish is run once."""
    if not PEER_PYTHON.exists():
        raise SystemExit(f"There is no {PEER_PYTHON}. Run: make bench")
    changes, out = made.folder / "changes.json", made.folder / "peer.jsonl"
    written(made.old, made.tenth, changes)
    told = answer(json.loads(changes.read_bytes())["resources"][0]["rows"])
    script = str(Path(__file__).with_name("diff_peers.py"))
    for name in PEERS:
        out.unlink(missing_ok=True)
        words = (str(PEER_PYTHON), script, name, file(made.old), file(made.tenth), str(out))
        pairs: list[tuple[Run, Run]] = []
        while len(pairs) < ROUNDS and (not pairs or pairs[-1][1].code == 0):
            ours = written(made.old, made.tenth, changes)
            with tempfile.TemporaryFile() as nothing:
                pairs.append((ours, watched(words, nothing, LIMIT, spare())))
        said = pairs[-1][1].stopped or f"ended in {pairs[-1][1].code}"
        if pairs[-1][1].code == 0:
            with out.open(encoding="utf-8") as lines:
                said = "the same" if answer(map(json.loads, lines)) == told else "another one"
        yield PeerOutcome(
            name,
            statistics.median(ours.seconds for ours, _ in pairs),
            statistics.median(theirs.seconds for _, theirs in pairs),
            statistics.median(theirs.seconds / ours.seconds for ours, theirs in pairs),
            max(theirs.peak.megabytes for _, theirs in pairs),
            said,
        )


def versions() -> str:
    """The versions of the other programs, and of what they stand on."""
    asked = (
        "import sys, importlib.metadata as m; print(', '.join(f'{name} {m.version(name)}' for name in sys.argv[1:]))"
    )
    words = (str(PEER_PYTHON), "-c", asked, *PEERS, "polars")
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def answer(rows: Iterator[Any] | list[Any]) -> dict[tuple[str, str], Any]:
    """Rows by kind and key, with all that two programs have to say alike."""
    return {
        (row["kind"], row["key"][0]): row["row"]
        if row["kind"] != "changed"
        else {cell["field"]: (cell["old"], cell["new"]) for cell in row["cells"]}
        for row in rows
    }


def fast_enough(outcomes: Sequence[PeerOutcome]) -> bool:
    """Whether the fastest program with the same answer takes at least `LEAST` times as long as ours."""
    return min((outcome.times for outcome in outcomes if outcome.same), default=LEAST) >= LEAST


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
        for sentence in counted(made):
            print(sentence, flush=True)
        for title, peak, most in peaks(made):
            print(f"{title}: {peak.megabytes:.0f} MB in {peak.processes} processes, at most {most}", flush=True)
        for comparison in comparisons(made):
            outcome = measure(comparison, ROOT)
            times = f"{outcome.ours:.2f} s beside {outcome.theirs:.2f} s, {outcome.times:.2f} times"
            print(f"{comparison.title}: {times}", flush=True)
        for peer in peers(made):
            beside = f"{peer.ours:.2f} s beside {peer.theirs:.2f} s, {peer.times:.2f} times, {peer.megabytes:.0f} MB"
            print(f"{peer.name}: {beside}, {peer.said}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
