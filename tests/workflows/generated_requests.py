"""Pull requests by the hundred: true corrections, additions and damage of every kind, from one seed each.

The generator knows what a contributor meant, what a program then made of it, and which cells it spoiled.
"""

from __future__ import annotations

import csv
import io
import json
import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pull_requests import git

FIELDS = {
    "documents": [
        ("document_id", "string"),
        ("code", "string"),
        ("adopted_on", "date"),
        ("section", "string"),
        ("title", "string"),
    ],
    "notes": [("note_id", "string"), ("document_id", "string"), ("text", "string")],
    "corrections": [
        (name, "string") for name in ("correction_id", "table", "row_id", "field", "old", "new", "reason", "version")
    ],
    "retired_ids": [(name, "string") for name in ("retirement_id", "retired_id", "table", "version", "replaced_by")],
}
PROMISES = {
    "canonical": True,
    "bookkeeping": ["corrections", "retired_ids"],
    "corrections": {"table": "corrections"},
    "retired_ids": "retired_ids",
}
Rows = dict[str, list[str]]
Tables = dict[str, Rows]
WORDS = tuple("We agree to strengthen the cooperation of our countries in education, health and disasters".split())  # noqa: SIM905
NAMES = ["Québec", "Bogotá", "São Paulo", "Asunción", "Panamá", "Lima", "Mérida", "Nuevo León"]


def base_tables() -> Tables:
    """What is published: 30 documents and 60 notes."""
    dice = random.Random(0)
    documents = {}
    for number in range(30):
        key = f"doc-{number:02}"
        title = f"Declaration of {NAMES[number % 8]}: {' '.join(dice.sample(WORDS, 6))}"
        day = f"{1994 + number % 28}-{1 + number % 9:02}-{13 + number % 15}"
        documents[key] = [key, f"{number + 1:04}", day, f"{number // 10 + 1}.{(number % 10) * 10:02}", title]
    notes = {}
    for number in range(60):
        key = f"note-{number:02}"
        said = f"In {NAMES[number % 8]} they said “{' '.join(dice.sample(WORDS, 9))}”"
        notes[key] = [key, f"doc-{number % 30:02}", said]
    return {"documents": documents, "notes": notes, "corrections": {}, "retired_ids": {}}


BASE = base_tables()


def canonical(table: str, rows: Rows) -> bytes:
    """The one form of a table."""
    return written(table, [rows[key] for key in sorted(rows)])


def written(table: str, rows: list[list[str]], **how: Any) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, **({"lineterminator": "\n"} | how))
    writer.writerow([name for name, _kind in FIELDS[table]])
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def write_tables(folder: Path, tables: Tables) -> None:
    for name, rows in tables.items():
        (folder / f"{name}.csv").write_bytes(canonical(name, rows))


def published(folder: Path) -> Path:
    """The package, committed on `main` in a repository of its own."""
    folder.mkdir()
    write_tables(folder, base_tables())
    resources = []
    for name, fields in FIELDS.items():
        described = [{"name": each, "type": kind} for each, kind in fields]
        schema: dict[str, Any] = {
            "$schema": "https://datapackage.org/profiles/2.0/tableschema.json",
            "fields": described,
            "primaryKey": [fields[0][0]],
        }
        if name == "notes":
            reference = {"resource": "documents", "fields": ["document_id"]}
            schema["foreignKeys"] = [{"fields": ["document_id"], "reference": reference}]
        resources.append(
            {"name": name, "path": f"{name}.csv", "type": "table", "format": "csv", "schema": schema}
            | {
                "$schema": "https://datapackage.org/profiles/2.0/dataresource.json",
                "encoding": "utf-8",
                "dialect": {"$schema": "https://datapackage.org/profiles/2.0/tabledialect.json"},
            }
        )
    descriptor = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "generated",
        "id": "generated",
        "licenses": [{"name": "CC0-1.0"}],
        "mandates_data": PROMISES,
        "resources": resources,
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message=Base")
    return folder


@dataclass
class Proposal:
    """A pull request.

    Attributes
    ----------
    meant
        The tables as the contributor wants them.
    sent
        The bytes of the files that a program then wrote otherwise.
    spoiled
        Cells, by table, key and field, whose text is another than was meant.
    kinds
        What was done, for a message.
    """

    meant: Tables
    sent: dict[str, bytes] = field(default_factory=dict)
    spoiled: set[tuple[str, str, str]] = field(default_factory=set)
    kinds: list[str] = field(default_factory=list)

    def write(self, folder: Path) -> None:
        """Put it into a checkout of the base."""
        write_tables(folder, self.meant)
        for table, content in self.sent.items():
            (folder / f"{table}.csv").write_bytes(content)


def column(table: str, name: str) -> int:
    return [each for each, _kind in FIELDS[table]].index(name)


def correct(proposal: Proposal, dice: random.Random) -> None:
    """Some words of some cells, each with its row in the ledger."""
    for table, name in (("documents", "title"), ("notes", "text")):
        for key in dice.sample(sorted(BASE[table]), dice.randint(0, 3)):
            at = column(table, name)
            old = proposal.meant[table][key][at]
            word = dice.choice([word for word in WORDS if word in old])
            new = old.replace(word, dice.choice(["peace", "justice", "commerce"]), 1)
            proposal.meant[table][key][at] = new
            identifier = f"{key}.{name}.1"
            proposal.meant["corrections"][identifier] = [identifier, table, key, name, old, new, "Another copy.", ""]


def add(proposal: Proposal, dice: random.Random) -> None:
    """New rows."""
    for _ in range(dice.randint(1, 3)):
        number = dice.randint(100, 9999)
        key = f"doc-{number}"
        proposal.meant["documents"][key] = [key, f"{number}", "2026-11-24", "9.90", f"Declaration {number} of Lima"]
        proposal.meant["notes"][f"note-{number}"] = [f"note-{number}", key, f"On declaration {number}"]


def _spoil(proposal: Proposal, rows: list[list[str]], name: str, how: Callable[[str], str]) -> None:
    at = column("documents", name)
    for row in rows:
        now = how(row[at])
        if now != row[at]:
            proposal.spoiled.add(("documents", row[0], name))
            row[at] = now


def _day(form: str) -> Callable[[str], str]:
    def reformatted(text: str) -> str:
        year, month, day = text.split("-")
        return form.format(y=year, m=month, d=day, mm=int(month), dd=int(day))

    return reformatted


CELLS: dict[str, tuple[str, Callable[[str], str]]] = {
    "leading zeros": ("code", lambda text: text.lstrip("0")),
    "trailing zeros": ("section", lambda text: text.rstrip("0").rstrip(".")),
    "days first": ("adopted_on", _day("{d}/{m}/{y}")),
    "months first": ("adopted_on", _day("{mm}/{dd}/{y}")),
    "dotted days": ("adopted_on", _day("{dd}.{mm}.{y}")),
    "garbled": ("title", lambda text: text.encode("utf-8").decode("cp1252", "replace")),
}
FORMS: dict[str, Callable[[list[list[str]]], bytes]] = {
    "byte order mark": lambda rows: b"\xef\xbb\xbf" + written("documents", rows),
    "windows line ends": lambda rows: written("documents", rows, lineterminator="\r\n"),
    "semicolons": lambda rows: written("documents", rows, delimiter=";"),
    "tabs in UTF-16": lambda rows: written("documents", rows, delimiter="\t").decode().encode("utf-16"),
    "all quoted": lambda rows: written("documents", rows, quoting=csv.QUOTE_ALL),
    "no last line end": lambda rows: written("documents", rows).rstrip(b"\n"),
}


def damage(proposal: Proposal, dice: random.Random) -> None:
    """What a program did to the table of documents: cells, order and form."""
    rows = [list(row) for _key, row in sorted(proposal.meant["documents"].items())]
    kinds = dice.sample(sorted(CELLS), dice.randint(0, 3))
    dates = [kind for kind in kinds if CELLS[kind][0] == "adopted_on"]
    for kind in kinds:
        if kind not in dates[1:]:
            _spoil(proposal, [row for row in rows if row[0] in BASE["documents"]], *CELLS[kind])
            proposal.kinds.append(kind)
    if dice.random() < 0.4 or not kinds:
        dice.shuffle(rows)
        proposal.kinds.append("shuffled")
    form = dice.choice(sorted(FORMS))
    proposal.kinds.append(form)
    proposal.sent["documents"] = FORMS[form](rows)


def proposal(seed: int) -> Proposal:
    """The pull request of a seed; every fourth is free of damage."""
    dice = random.Random(seed)
    found = Proposal(base_tables())
    for kind, chance in ((correct, 0.7), (add, 0.4)):
        if dice.random() < chance:
            kind(found, dice)
            found.kinds.append(kind.__name__)
    if seed % 4:
        damage(found, dice)
    return found
