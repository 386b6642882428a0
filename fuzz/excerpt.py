"""Our own package cut down to a few mandates and all that its tables say of them: each table keeps a row."""

from __future__ import annotations

import hashlib
import shutil
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from mandates_data.mandates.annotate import annotate, read_sources
from mandates_data.package.opening import open_package
from mandates_data.package.refresh import refreshed_descriptor
from mandates_data.package.rows import Row, rows_of
from mandates_data.package.writer import canonical

ROOT = Path(__file__).resolve().parent.parent
CHOSEN = frozenset(
    {
        "1998-santiago-dec-001", "1998-santiago-poa-022", "2001-quebec-poa-001", "2001-quebec-poa-004",
        "2001-quebec-poa-016", "2001-quebec-poa-022", "2005-mar-del-plata-poa-001",
    }
)  # fmt: skip
"""Mandates that together have an item, a correction, a deadline, a lineage and names."""
_CHANGES = 12

Rows = Mapping[str, list[Row]]


def write_excerpt(folder: Path) -> None:
    """Write it into an empty folder. It is sound: what told of other mandates is gone from the page and the decisions.

    The history before the newest release is left out: patches speak of tables as they were whole.
    """
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "datapackage.json", folder)
    package = open_package(folder)
    whole = {name: list(rows_of(package, name)) for name in package.resource_names}
    rows = _kept(whole)
    _blank_page(folder, {row["source_line"] for row in whole["printings"] if row["mandate_id"] not in CHOSEN})
    for name in ("acts.passes", "adjudication"):
        _keep(folder / f"data/source/{name}.csv", lambda line: line.partition(",")[0] in CHOSEN)
    rows["sources"][0]["sha256"] = hashlib.sha256((folder / "data/source/security.txt").read_bytes()).hexdigest()
    for resource in package.resources:
        cells = [[row[field] for field in resource.schema.field_names] for row in rows[resource.name]]
        (folder / resource.path).write_bytes(canonical(resource.schema, cells))
    _drop_unused(folder)
    (folder / "datapackage.json").write_bytes(refreshed_descriptor(folder))


def _kept(rows: Rows) -> Rows:
    def of(table: str, field: str, values: Iterable[str]) -> list[Row]:
        wanted = set(values)
        return [row for row in rows[table] if row[field] in wanted]

    kept = {
        name: of(name, "mandate_id", CHOSEN) if any("mandate_id" in row for row in rows[name]) else list(rows[name])
        for name in rows
    }
    first = {row["code"]: row["mandate_id"] for row in kept["mandate_subtopics"] if row["rank"] == "1"}
    kept["mandate_subtopics"] = [row for row in kept["mandate_subtopics"] if row["code"] in first]
    kept["lineages"] = [row for row in kept["lineages"] if row["previous_id"] in {"", *CHOSEN}]
    for table, field, by in (
        ("documents", "document_id", "mandates"),
        ("summits", "summit_id", "documents"),
        ("entities", "entity_id", "mentions"),
        ("subtopics", "code", "mandate_subtopics"),
    ):
        kept[table] = of(table, field, (row[field] for row in kept[by]))
    for row in kept["subtopics"]:
        row["example"] = first[row["code"]]
    lines = {row["mandate_id"]: int(row["source_line"]) for row in kept["printings"] if not row["item_id"]}
    _number(sorted(kept["mandate_topics"], key=lambda row: lines[row["mandate_id"]]), "topic_id")
    _number(sorted(kept["lineages"], key=lambda row: int(row["position"])), "lineage_id")
    known = {*CHOSEN, *(row["item_id"] for row in kept["items"])}
    for table in ("corrections", "changes"):
        kept[table] = [row for row in rows[table] if row["table"] in ("mandates", "items") and row["row_id"] in known]
    kept["changes"] = kept["changes"][:_CHANGES]
    return kept


def _number(rows: Iterable[Row], group: str) -> None:
    """Positions from 1 in each group, since rows are gone."""
    counts: Counter[str] = Counter()
    for row in rows:
        counts[row[group]] += 1
        row["position"] = str(counts[row[group]])


def _blank_page(folder: Path, gone: set[str]) -> None:
    """The archived page without those lines, and the decisions on them; other lines keep their numbers."""
    page = folder / "data/source/security.txt"
    content = page.read_text(encoding="utf-8").split("\n")
    left = ("" if str(number) in gone else line for number, line in enumerate(content, 1))
    page.write_text("\n".join(left), encoding="utf-8", newline="")
    _keep(folder / "data/source/security.decisions.csv", lambda line: line.partition(",")[0] not in gone)


def _drop_unused(folder: Path) -> None:
    """Wordings and dates that stand in no text that is left are faults of the files that were written by hand."""
    while faults := annotate(read_sources(open_package(folder))).faults:
        gone = {(fault.path, fault.line) for fault in faults}
        for path in {path for path, _line in gone}:
            lines = (folder / path).read_text(encoding="utf-8").splitlines(keepends=True)
            left = [line for number, line in enumerate(lines, 1) if (path, number) not in gone]
            assert len(left) < len(lines), faults
            (folder / path).write_text("".join(left), encoding="utf-8")


def _keep(path: Path, wanted: Callable[[str], bool]) -> None:
    header, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join([header, *filter(wanted, lines)]), encoding="utf-8", newline="")
