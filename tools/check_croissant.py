"""Whether Croissant's own validator takes what `mandates-data site` writes, and reads every row by it.

Run by `make croissant`, in an environment of its own: python tools/check_croissant.py build/site
"""

from __future__ import annotations

import csv
import logging
import sys
from pathlib import Path

import mlcroissant


class Refusing(logging.Handler):
    """Keeps every warning: a form that is only nearly right counts as wrong."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.heard.append(record.getMessage())


def main(site: Path) -> int:
    """Print what is wrong, or how much was read."""
    ear = Refusing()
    logging.getLogger().addHandler(ear)
    dataset = mlcroissant.Dataset(jsonld=str(site / "croissant.json"))
    wrong = [*dataset.metadata.ctx.issues.errors, *dataset.metadata.ctx.issues.warnings, *ear.heard]
    read = 0
    for record_set in dataset.metadata.record_sets:
        name = record_set.uuid
        with open(site / "downloads" / f"{name}.csv", encoding="utf-8", newline="") as file:
            rows = sum(1 for _row in csv.reader(file)) - 1
        records = sum(1 for _record in dataset.records(record_set=name))
        read += records
        if records != rows:
            wrong.append(f"{name}: {records} records of {rows} rows were read")
    for one in wrong:
        print(one)
    if not wrong:
        print(f"croissant.json is sound: {read} rows of {len(dataset.metadata.record_sets)} tables were read by it.")
    return bool(wrong)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
