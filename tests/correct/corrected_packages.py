"""Small packages with a ledger of corrections, and the form of an issue on them."""

from __future__ import annotations

import csv
import json
import shutil
from pathlib import Path
from typing import Any

from mandates_data.diff.correcting.correct import correct
from mandates_data.diff.correcting.values import Corrected, RefusedError, Wanted
from mandates_data.diff.patching import patch, write_patched
from mandates_data.package.opening import open_package

ROOT = Path(__file__).resolve().parents[2]
LEDGER = ("correction_id", "table", "row_id", "field", "old", "new", "kind", "reason", "evidence", "version")
TEXT = "Fight the trafick of arms , and of drugs"
MENDED = "Fight the traffic of arms , and of drugs"
BODIES = 'id,text,owner,day\na-1,"Fight the trafick of arms , and of drugs",b-1,2001-04-20\n'


def text_field(name: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "type": "string", **more}


def small(folder: Path, rows: str = "", *, own: dict[str, Any] | None = None) -> Path:
    """A package of the tables `acts`, `owners` and `corrections`, with these rows in the ledger; gives its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    reference = [{"fields": ["owner"], "reference": {"resource": "owners", "fields": ["id"]}}]
    acts = [text_field("id"), text_field("text", constraints={"required": True}), text_field("owner")]
    acts.append({"name": "day", "type": "date"})
    required = {"constraints": {"required": True}}
    ledger = [text_field(name, **(required if name in LEDGER[6:9] else {})) for name in LEDGER]
    ledger[8]["constraints"] = {"required": True, "pattern": r"(text|https?://\S+)"}
    tables = [
        ("acts", {"fields": acts, "primaryKey": ["id"], "foreignKeys": reference}, BODIES),
        (
            "owners",
            {"fields": [text_field("id"), text_field("name")], "primaryKey": ["id"]},
            "id,name\nb-1,Ana\nb-2,Eva\n",
        ),
        ("corrections", {"fields": ledger, "primaryKey": ["correction_id"]}, ",".join(LEDGER) + "\n" + rows),
    ]
    resources = []
    for name, schema, content in tables:
        (folder / f"{name}.csv").write_text(content, encoding="utf-8", newline="")
        resources.append({"name": name, "path": f"{name}.csv", "schema": schema})
    ours = {"bookkeeping": ["corrections"], "corrections": {"table": "corrections"}} if own is None else own
    descriptor = {"name": "small", "resources": resources, "mandates_data": ours}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2) + "\n", encoding="utf-8")
    return folder


def published(folder: Path) -> Path:
    """A copy of the published package."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "datapackage.json", folder)
    return folder


def wanted(to: str | None = MENDED, row: str = "a-1", field: str = "text", **more: Any) -> Wanted:
    words = {"kind": "typo", "reason": "A letter is wrong.", "evidence": "text"}
    return Wanted(row, field, to, **{**words, **more})


def corrected(folder: Path, asked: Wanted) -> Corrected:
    """Make a correction and write it."""
    package = open_package(folder)
    found = correct(package, asked)
    write_patched(folder, patch(package, found.changeset))
    return found


def refusals(folder: Path, asked: Wanted) -> list[str]:
    """Why a correction is refused, as `kind: sentence`; empty where it is not."""
    try:
        correct(open_package(folder), asked)
    except RefusedError as error:
        return [f"{one.kind}: {one.sentence}" for one in error.refusals]
    return []


def rows(folder: Path, name: str) -> list[dict[str, str]]:
    path = folder / open_package(folder).resource(name).path
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, strict=True))


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def form(**parts: str) -> str:
    """The text that GitHub makes of the form."""
    said = {
        "Row": "a-1",
        "Column": "text",
        "Printed value": f"```text\n{TEXT}\n```",
        "Corrected value": f"```text\n{MENDED}\n```",
        "Kind of mistake": "typo: a letter is wrong, missing or doubled",
        "Reason": "A letter is wrong.",
        "Evidence": "text",
    }
    said |= {label.replace("_", " "): value for label, value in parts.items()}
    return "\n\n".join(f"### {label}\n\n{value}" for label, value in said.items()) + "\n"
