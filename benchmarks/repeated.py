"""The published package with its mandates over and over, until there are as many as wanted, with all its tables.

Each mandate that comes again has identifiers of its own, with its items, mentions, codes, act and lineage, and two
words that no other has: a larger collection has more words, and no search is to profit from there being few.
"""

from __future__ import annotations

import csv
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
TABLES = (
    "mandates", "items", "printings", "mandate_topics", "mentions", "deadlines", "mandate_subtopics", "acts",
    "lineages",
)  # fmt: skip
"""Those with a row or more for a mandate."""
NAMING = ("mandate_id", "item_id", "mention_id", "deadline_id", "preamble_id", "previous_id", "lineage_id")
"""The fields whose values belong to one mandate, or to one set of them."""
PLACES = {"printings": ("source_line",), "mandate_topics": ("position",)}
"""The fields that number the mandates from one on, or their lines."""
MORE = 10_000
"""Beyond every such number."""

Row = dict[str, str]


def repeated(folder: Path, count: int) -> Path:
    """A package of that many mandates in `folder`, which must not be there yet."""
    for name in ("data", "schemas", "history"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "datapackage.json", folder)
    published = [row["mandate_id"] for row in _read(folder / "data" / "mandates.csv")]
    wanted = [(again, mandate_id) for again in range(-(-count // len(published))) for mandate_id in published][:count]
    for table in TABLES:
        path = folder / "data" / f"{table}.csv"
        _write(path, list(_rows(table, _read(path), wanted)))
    return folder


def _rows(table: str, rows: list[Row], wanted: list[tuple[int, str]]) -> Iterator[Row]:
    """The rows of a table for each mandate that is wanted, and for each time that it is."""
    of: dict[str, list[Row]] = {}
    for row in rows:
        of.setdefault(row["mandate_id"], []).append(row)
    for again, mandate_id in wanted:
        for row in of.get(mandate_id, ()):
            yield _again(table, row, again) if again else row


def _again(table: str, row: Row, again: int) -> Row:
    named = {name: _named(row[name], again) for name in NAMING if name in row}
    if table == "mandates":
        own = row["mandate_id"].replace("-", "")
        return {**row, **named, "text": f"{row['text']} {own}x{again} {again}x{own}"}
    counted = {name: str(again * MORE + int(row[name])) for name in PLACES.get(table, ())}
    return {**row, **named, **counted}


def _named(identifier: str, again: int) -> str:
    """An identifier of the same form: 1994-miami-dec-7001 for 1994-miami-dec-001, the seventh time it comes again."""
    numbered = re.sub(r"(?<=-)[0-9]{3}(?=\.|$)", rf"{again}\g<0>", identifier)
    return numbered if numbered != identifier or not identifier else f"{identifier}-{again}"


def _read(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _write(path: Path, rows: list[Row]) -> None:
    """The rows in the order of their first field, as the published tables are."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), lineterminator="\n")
        writer.writeheader()
        writer.writerows(sorted(rows, key=lambda row: next(iter(row.values()))))
