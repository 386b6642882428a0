"""Tables of any size from the real texts: a package of `documents` and `mandates`, about 530 bytes a row.

The rows are in canonical order and form. What is random comes from one seed, so the same call makes the same bytes.
"""

from __future__ import annotations

import csv
import json
import random
import shutil
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
FIELDS: tuple[dict[str, Any], ...] = (
    {
        "name": "mandate_id",
        "type": "string",
        "constraints": {"required": True, "pattern": "[0-9]{4}(-[a-z]+)+-[0-9]{7}"},
    },
    {
        "name": "document_id",
        "type": "string",
        "constraints": {"required": True, "pattern": "[0-9]{4}(-[a-z]+)+"},
    },
    {"name": "section", "type": "string", "constraints": {"pattern": "(\\S|\\S.*\\S)", "maxLength": 80}},
    {"name": "paragraph", "type": "string", "constraints": {"pattern": "[0-9]+(\\.[0-9]+)*"}},
    {"name": "role", "type": "string", "constraints": {"required": True, "enum": ["mandate", "preamble"]}},
    {"name": "position", "type": "integer", "constraints": {"required": True, "minimum": 1, "maximum": 10_000_000}},
    {"name": "adopted_on", "type": "date", "constraints": {"minimum": "1994-01-01", "maximum": "2022-12-31"}},
    {"name": "weight", "type": "number", "constraints": {"minimum": 0, "maximum": 1}},
    {"name": "citation", "type": "string", "constraints": {"minLength": 3}},
    {
        "name": "text",
        "type": "string",
        "constraints": {"required": True, "minLength": 10, "maxLength": 5000},
    },
)
NAMES = tuple(field["name"] for field in FIELDS)
SCHEMA = {
    "fields": list(FIELDS),
    "primaryKey": ["mandate_id"],
    "foreignKeys": [{"fields": ["document_id"], "reference": {"resource": "documents", "fields": ["document_id"]}}],
}
DOCUMENTS = {
    "fields": [
        {"name": "document_id", "type": "string", "constraints": {"required": True}},
        {"name": "title", "type": "string"},
    ],
    "primaryKey": ["document_id"],
}
DIALECT = {"delimiter": ",", "header": True, "headerRows": [1], "skipInitialSpace": False}


def make(folder: Path, rows: int, seed: int = 1994) -> Path:
    """A package of that many sound rows in `folder`, which must not be there yet."""
    return write(folder, sound_rows(rows, seed))


def write(folder: Path, rows: Iterator[Sequence[str]]) -> Path:
    """A package of those rows, as they are."""
    (folder / "data").mkdir(parents=True)
    resources = [
        {"name": name, "path": f"data/{name}.csv", "type": "table", "encoding": "utf-8", "dialect": DIALECT,
         "schema": schema}
        for name, schema in (("documents", DOCUMENTS), ("mandates", SCHEMA))
    ]  # fmt: skip
    descriptor = {"name": "bench", "mandates_data": {"canonical": True}, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    with (folder / "data" / "documents.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("document_id", "title"))
        writer.writerows(sorted((row["document_id"], row["title"]) for row in _read("documents")))
    with (folder / "data" / "mandates.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(NAMES)
        writer.writerows(rows)
    return folder


def sound_rows(rows: int, seed: int) -> Iterator[list[str]]:
    """Rows in the order of their key that keep every rule of `SCHEMA`."""
    chance = random.Random(seed)
    mandates, texts = _read("mandates"), [row["text"] for row in _read("mandates")]
    documents = sorted({row["document_id"] for row in mandates})
    per = -(-rows // len(documents))
    days = [date(1994, 12, 9) + timedelta(days) for days in range(10_000)]
    for number in range(rows):
        document = documents[number // per]
        of = mandates[chance.randrange(len(mandates))]
        text = f"{texts[chance.randrange(len(texts))]} {texts[chance.randrange(len(texts))][:20].strip()}"
        yield [
            f"{document}-{number % per:07}",
            document,
            of["section"],
            of["paragraph"],
            of["role"],
            str(number + 1),
            days[chance.randrange(len(days))].isoformat(),
            f"{chance.random():.4f}",
            f"Paragraph {number % 97}, {of['section'] or 'General'}",
            text,
        ]


def _read(table: str) -> list[dict[str, str]]:
    with (ROOT / "data" / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def broken_rows(rows: Iterator[list[str]], every: int, seed: int = 7) -> Iterator[list[str]]:
    """The same rows with one cell damaged in each `every`-th of them, in one of nine ways."""
    chance = random.Random(seed)
    for number, row in enumerate(rows):
        if number % every == every // 2:
            place, cell = DAMAGES[chance.randrange(len(DAMAGES))]
            row[place] = cell
        yield row


DAMAGES = (
    (1, "1994-nowhere-dec"),
    (2, " Section"),
    (3, "6,10"),
    (4, "Mandate"),
    (5, "1e3"),
    (6, "04/19/2009"),
    (7, "1.5"),
    (8, "p1"),
    (9, ""),
)
"""Each a column's place and a cell that breaks a rule there."""


def changed_rows(rows: Iterator[list[str]], every: int) -> Iterator[list[str]]:
    """The same rows with a word of each `every`-th text written otherwise, as a person corrects it."""
    for number, row in enumerate(rows):
        if number % every == every // 2:
            row[-1] = row[-1].replace(" ", " indeed ", 3)
        yield row


def shuffled(package: Path, folder: Path, seed: int = 3) -> Path:
    """A copy of a package in which the rows of `mandates` are in another order: in another one for each folder."""
    shutil.copytree(package, folder)
    table = folder / "data" / "mandates.csv"
    header, *lines = table.read_bytes().splitlines(keepends=True)
    random.Random(f"{seed} {folder.name}").shuffle(lines)
    with table.open("wb") as file:
        file.write(header)
        file.writelines(lines)
    return folder
