"""A copy of the package with a few made-up edits, so that `make run` has something to compare.

Usage: edited_copy.py FOLDER. The folder is made anew.
"""

from __future__ import annotations

import csv
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Copy the package, edit the copy, and say what was edited."""
    if len(sys.argv) != 2:
        print(__doc__, file=sys.stderr)
        return 2
    copy = Path(sys.argv[1])
    if copy.exists() and not (copy / "datapackage.json").is_file():
        print(f"{copy} is there and is no package: name another folder.", file=sys.stderr)
        return 2
    shutil.rmtree(copy, ignore_errors=True)
    copy.mkdir(parents=True)
    shutil.copy(ROOT / "datapackage.json", copy)
    for folder in ("data", "schemas"):
        shutil.copytree(ROOT / folder, copy / folder)
    mandates = _read(copy / "data" / "mandates.csv")
    mandates[1][-1] = mandates[1][-1].replace(" the ", " THE ", 1)
    _write(copy / "data" / "mandates.csv", mandates)
    print(f"  mandates: one word of {mandates[1][0]} in capitals")
    items = _read(copy / "data" / "items.csv")
    removed = items.pop()
    _write(copy / "data" / "items.csv", items)
    print(f"  items: {removed[0]} removed")
    topics = _read(copy / "data" / "topics.csv")
    topics.append(["tourism", *[""] * (len(topics[0]) - 2), "Tourism"])
    _write(copy / "data" / "topics.csv", topics)
    print("  topics: tourism added")
    return 0


def _read(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, strict=True))


def _write(path: Path, rows: list[list[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(rows)


if __name__ == "__main__":
    sys.exit(main())
