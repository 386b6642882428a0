"""What `validate` costs on large tables, beside frictionless and pandera: sound and damaged, whole and by its changes.

Needs about 6 GB of disk for the tables, which are made once a run and removed.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import tables
from memory import Peak, peak_of
from timing import Comparison, Target

SCRIPTS = Path(sys.executable).parent
OURS = str(SCRIPTS / "mandates-data")
ROWS = 1_000_000


class Tables:
    """The packages that are measured, in a folder of their own."""

    def __init__(self, folder: Path, rows: int = ROWS) -> None:
        self.rows = rows
        self.sound = tables.write(folder / "sound", tables.sound_rows(rows, 1994))
        self.few = tables.write(folder / "few", tables.broken_rows(tables.sound_rows(rows, 1994), rows // 1000))
        self.all = tables.write(folder / "all", tables.broken_rows(tables.sound_rows(rows, 1994), 1))
        self.changed = tables.write(
            folder / "changed", tables.changed_rows(tables.sound_rows(rows, 1994), rows // 1000)
        )

    def large(self, folder: Path) -> Path:
        """Five times the rows."""
        return tables.write(folder / "large", tables.sound_rows(5 * self.rows, 1994))


def comparisons(made: Tables) -> Iterator[Comparison]:
    """Each target of the validator, ours first."""
    millions = f"{made.rows / 1e6:g} million rows"
    sound = (OURS, "validate", str(made.sound))
    shown = "mandates-data validate"
    yield Comparison(
        f"validating {millions} (530 bytes each)",
        sound,
        (str(SCRIPTS / "frictionless"), "validate", str(made.sound / "datapackage.json")),
        (shown, "frictionless validate"),
        Target(times=round(1 / 15, 3)),
        rounds=1,
    )
    yield Comparison(
        "the same beside pandera on pandas with the same checks",
        sound,
        (sys.executable, str(Path(__file__).with_name("pandera_peer.py")), str(made.sound)),
        (shown, "pandera"),
        Target(times=1),
        rounds=3,
    )
    yield Comparison(
        "1,000 wrong cells among them",
        (OURS, "validate", "--format", "json", str(made.few)),
        sound,
        (f"{shown} --format json, damaged", f"{shown}, sound"),
        Target(times=2),
        rounds=3,
        exits=(0, 1),
    )
    yield Comparison(
        "a wrong cell in every row",
        (OURS, "validate", "--format", "json", str(made.all)),
        sound,
        (f"{shown} --format json, damaged", f"{shown}, sound"),
        Target(times=10),
        rounds=3,
        exits=(0, 1),
    )
    yield Comparison(
        "1,000 changed rows, against the folder that they were changed in",
        (OURS, "validate", str(made.changed), "--against", str(made.sound)),
        (OURS, "validate", str(made.changed)),
        (f"{shown} --against", shown),
        Target(times=0.25),
        rounds=5,
        exits=(0, 1),
    )
    commit(made)
    yield Comparison(
        "the same against a git revision, which git has to unpack first",
        (OURS, "validate", str(made.sound), "--against", "HEAD"),
        sound,
        (f"{shown} --against HEAD", shown),
        Target(),
        rounds=1,
        exits=(0, 1),
    )


def commit(made: Tables) -> None:
    """Commit the changed table where the sound one lies, and put the sound one back: so HEAD differs in 1,000 rows."""
    identity = ("-c", "user.name=Bench", "-c", "user.email=bench@example.org", "-c", "core.bigFileThreshold=1g")
    table = Path("data", "mandates.csv")
    kept = made.sound / "kept.csv"
    (made.sound / table).rename(kept)
    shutil.copy(made.changed / table, made.sound / table)
    for words in (("init", "-q"), ("add", "datapackage.json", "data"), ("commit", "-q", "-m", "The table as changed")):
        subprocess.run(("git", *identity, *words), cwd=made.sound, check=True)
    kept.replace(made.sound / table)


def peaks(made: Tables, folder: Path) -> Iterator[tuple[str, Peak, int]]:
    """Memory of all processes together, with what it may be at most, in megabytes."""
    yield f"{made.rows:,} sound rows", peak_of((OURS, "validate", str(made.sound))), 300
    yield (
        f"{made.rows:,} rows, each wrong, as JSON",
        peak_of((OURS, "validate", "--format", "json", str(made.all))),
        300,
    )
    large = made.large(folder)
    yield f"{5 * made.rows:,} sound rows", peak_of((OURS, "validate", str(large))), 300
    shutil.rmtree(large)


def counted(made: Tables) -> str:
    """That every damage is told at its line, as a sentence; a bug here ends the benchmark."""
    done = subprocess.run((OURS, "validate", "--format", "json", str(made.all)), capture_output=True, check=False)
    report = json.loads(done.stdout)
    lines = {finding["line"] for finding in report["findings"] if finding["resource"] == "mandates"}
    if report["errors"] < made.rows or lines != set(range(2, made.rows + 2)):
        raise SystemExit(f"{report['errors']} errors on {len(lines)} lines, where each of {made.rows} rows is wrong")
    return f"All {made.rows:,} wrong rows are told in the JSON report, each at its line of the file."
