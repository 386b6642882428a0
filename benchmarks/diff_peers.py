"""The comparison of two large tables in other programs: what `bench_diff` is measured beside.

Each reads two files and writes one line of JSON for every row that was added, removed or changed: the whole row, or the
cells that differ with their old and new values. Every cell is a text to them, as it is to us: one that is read as a
number would lose how it is written. Needs an environment of its own (`build/bench/venv`, which `make bench` makes).

    python benchmarks/diff_peers.py datacompy OLD.csv NEW.csv CHANGES.jsonl
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

KEY = "mandate_id"
Row = dict[str, Any]


def datacompy(old: str, new: str) -> Iterator[Row]:
    """On polars, which reads and joins on all cores."""
    import polars as pl
    from datacompy import PolarsCompare

    frames = [pl.read_csv(path, infer_schema=False, missing_utf8_is_empty_string=True) for path in (old, new)]
    found = PolarsCompare(*frames, join_columns=KEY)
    for kind, rows in (("removed", found.df1_unq_rows), ("added", found.df2_unq_rows)):
        for row in rows.iter_rows(named=True):
            yield {"kind": kind, "key": [row[KEY]], "row": row}
    names = [name for name in frames[0].columns if name != KEY]
    differs = pl.any_horizontal(~pl.col(f"{name}_match") for name in names)
    for row in found.intersect_rows.filter(differs).iter_rows(named=True):
        cells = [
            {"field": name, "old": row[f"{name}_df1"], "new": row[f"{name}_df2"]}
            for name in names
            if not row[f"{name}_match"]
        ]
        yield {"kind": "changed", "key": [row[KEY]], "cells": cells}


def csv_diff(old: str, new: str) -> Iterator[Row]:
    """With the dialect given: what it guesses of one misreads doubled quotes."""
    import csv_diff as peer

    tables = []
    for path in (old, new):
        with Path(path).open(encoding="utf-8", newline="") as file:
            tables.append(peer.load_csv(file, key=KEY, dialect="excel"))
    found = peer.compare(*tables)
    for kind in ("removed", "added"):
        for row in found[kind]:
            yield {"kind": kind, "key": [row[KEY]], "row": row}
    for row in found["changed"]:
        cells = [{"field": name, "old": cell[0], "new": cell[1]} for name, cell in row["changes"].items()]
        yield {"kind": "changed", "key": [row["key"]], "cells": cells}


def daff(old: str, new: str) -> Iterator[Row]:
    """Its table of differences with the key named and no context, taken apart by its own cells."""
    import daff as peer

    reader = peer.Csv()
    tables = []
    for path in (old, new):
        table = peer.SimpleTable(0, 0)
        reader.parseTable(Path(path).read_text(encoding="utf-8"), table)
        tables.append(table)
    flags = peer.CompareFlags()
    flags.addPrimaryKey(KEY)
    flags.unchanged_context = 0
    flags.ordered = False
    alignment = peer.Coopy.compareTables(*tables, flags).align()
    shown = peer.SimpleTable(0, 0)
    peer.TableDiff(alignment, flags).hilite(shown)
    names = [str(shown.getCell(place, 0)) for place in range(1, shown.get_width())]
    for line in range(1, shown.get_height()):
        sign, *cells = [shown.getCell(place, line) for place in range(shown.get_width())]
        row = {name: cell or "" for name, cell in zip(names, cells, strict=True)}
        if sign in ("+++", "---"):
            yield {"kind": "added" if sign == "+++" else "removed", "key": [row[KEY]], "row": row}
        elif "->" in sign:
            pairs = {name: cell.split(sign) for name, cell in row.items() if sign in cell}
            changed = [{"field": name, "old": pair[0], "new": pair[1]} for name, pair in pairs.items()]
            yield {"kind": "changed", "key": [row[KEY]], "cells": changed}


PEERS = {"datacompy": datacompy, "csv-diff": csv_diff, "daff": daff}


def main(name: str, old: str, new: str, out: str) -> None:
    """Compare, and write the lines."""
    with Path(out).open("w", encoding="utf-8") as file:
        for row in PEERS[name](old, new):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main(*sys.argv[1:5])
