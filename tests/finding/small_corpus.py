"""A package of six mandates at three summits, made up for these tests, with the tables for reading where asked for."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from mandates_data.package.model import Package
from mandates_data.package.opening import open_package

Rows = Sequence[Sequence[str]]

FIELDS: dict[str, tuple[str, ...]] = {
    "summits": ("summit_id", "name", "city", "country", "start_date", "end_date"),
    "documents": ("document_id", "summit_id", "kind", "title", "cited_as", "adopted_on", "symbol", "url"),
    "topics": ("topic_id", "parent_topic_id", "title"),
    "sources": ("source_id", "title", "publisher", "language", "path", "sha256", "url", "archived_on"),
    "mandates": ("mandate_id", "document_id", "document_basis", "section", "paragraph", "role", "text"),
    "items": ("item_id", "mandate_id", "position", "label", "text"),
    "printings": ("source_id", "source_line", "mandate_id", "item_id", "citation"),
    "mandate_topics": ("mandate_id", "topic_id", "position"),
    "corrections": ("correction_id", "table", "row_id", "field", "old", "new"),
    "retired_ids": ("retirement_id", "retired_id", "table", "version", "replaced_by", "reason"),
    "subtopics": ("code", "title"),
    "mandate_subtopics": ("mandate_id", "code", "coder", "rank"),
    "entities": ("entity_id", "kind", "name", "acronym"),
    "mentions": ("mention_id", "entity_id", "mandate_id", "item_id"),
    "acts": ("mandate_id", "verb", "complement", "strength"),
    "lineages": ("lineage_id", "position", "mandate_id", "previous_id", "basis"),
}
KEYS = {
    "printings": ["source_id", "source_line"],
    "mandate_topics": ["mandate_id", "topic_id"],
    "mandate_subtopics": ["mandate_id", "code", "coder"],
    "lineages": ["lineage_id", "mandate_id"],
}

BASIC: dict[str, Rows] = {
    "summits": [
        ("1990-oslo", "First Summit", "Oslo", "NOR", "1990-05-01", "1990-05-03"),
        ("1995-quebec", "Second Summit", "Québec", "CAN", "1995-05-30", "1995-06-02"),
        ("2000-lima", "Third Summit", "Lima", "PER", "", ""),
    ],
    "documents": [
        ("1990-oslo-dec", "1990-oslo", "declaration", "Declaration of Oslo", "Declaration Oslo", "1990-05-03", "", ""),
        (
            "1995-quebec-poa", "1995-quebec", "plan_of_action", "Plan of Action", "Plan of Action Québec", "",
            "DOC/1 & 2", "http://example.org/plan_e.asp?a=1%20&b={c}",
        ),
        ("2000-lima-dec", "2000-lima", "declaration", "", "Declaration Lima", "", "", ""),
    ],
    "topics": [("security", "", "Security"), ("security-drugs", "security", "Drug Problem"), ("work", "", "Labour")],
    "sources": [
        ("page", "Mandates", "The Office", "en", "data/source/page.txt", "abc", "http://example.org/p", "2020-01-31")
    ],
    "mandates": [
        ("1990-oslo-dec-001", "1990-oslo-dec", "printed", "", "3", "mandate",
         "We will organise the control of firearms and anti-personnel mines in every sub-region."),
        ("1990-oslo-dec-002", "1990-oslo-dec", "printed", "", "", "preamble", "Recognising the value of our defence:"),
        ("1995-quebec-poa-001", "1995-quebec-poa", "printed", "Arms", "", "mandate",
         "Organize the control of firearms, and destroy antipersonnel mines."),
        ("1995-quebec-poa-002", "1995-quebec-poa", "inferred", "", "", "mandate",
         "Adopt programs against drugs, drugs and drugs."),
        ("2000-lima-dec-001", "2000-lima-dec", "printed", "", "", "mandate",
         "We will support the subregional programmes, as follows:"),
    ],
    "items": [
        ("2000-lima-dec-001.a", "2000-lima-dec-001", "1", "a", "labour and Cyber-crime;"),
        ("2000-lima-dec-001.b", "2000-lima-dec-001", "2", "b", "the fight against cybercrime and drugs in São Paulo."),
    ],
    "printings": [
        ("page", "2", "1990-oslo-dec-001", "", "(Declaration Oslo, 1990)."),
        ("page", "10", "1990-oslo-dec-001", "", "(Declaration Oslo, 1990)"),
        ("page", "4", "1995-quebec-poa-001", "", "(Plan of Action Québec, 1995)"),
        ("page", "5", "1995-quebec-poa-002", "", ""),
        ("page", "6", "2000-lima-dec-001", "", ""),
        ("page", "7", "2000-lima-dec-001", "2000-lima-dec-001.a", ""),
        ("page", "8", "2000-lima-dec-001", "2000-lima-dec-001.b", "(Declaration Lima, 2000)"),
    ],
    "mandate_topics": [
        ("1990-oslo-dec-001", "security", "1"),
        ("1995-quebec-poa-002", "security-drugs", "1"),
        ("2000-lima-dec-001", "work", "1"),
    ],
    "corrections": [
        ("1995-quebec-poa-002.text.1", "mandates", "1995-quebec-poa-002", "text",
         "Adopt programs against drugs, drug's and drugs.", "Adopt programs against drugs, drugs and drugs."),
    ],
    "retired_ids": [
        ("1990-oslo-dec-009.1", "1990-oslo-dec-009", "mandates", "0.2.0", "1990-oslo-dec-001", "The same twice."),
        ("1990-oslo-dec-008.1", "1990-oslo-dec-008", "mandates", "0.2.0", "", "No mandate."),
    ],
}  # fmt: skip

READING: dict[str, Rows] = {
    "subtopics": [("ARMS", "Firearms"), ("DRUGS", "The drug problem")],
    "mandate_subtopics": [
        ("1990-oslo-dec-001", "ARMS", "adjudicated", "1"),
        ("1995-quebec-poa-001", "ARMS", "first", "1"),
        ("1995-quebec-poa-002", "DRUGS", "adjudicated", "1"),
        ("2000-lima-dec-001", "DRUGS", "adjudicated", "1"),
    ],
    "entities": [
        ("office", "body", "Office on Drugs", "OOD"),
        ("drugs-meeting", "meeting", "Meeting on Drugs", ""),
    ],
    "mentions": [
        ("m1", "office", "1995-quebec-poa-002", ""),
        ("m2", "office", "2000-lima-dec-001", "2000-lima-dec-001.b"),
        ("m3", "drugs-meeting", "1990-oslo-dec-001", ""),
    ],
    "acts": [
        ("1990-oslo-dec-001", "organize", "", "committing"),
        ("1995-quebec-poa-001", "organize", "", "committing"),
        ("1995-quebec-poa-002", "adopt", "", "directing"),
        ("2000-lima-dec-001", "support", "", "hortatory"),
    ],
    "lineages": [
        ("arms", "1", "1990-oslo-dec-001", "", "“the control of firearms”"),
        ("arms", "2", "1995-quebec-poa-001", "1990-oslo-dec-001", "“the control of firearms” again."),
        ("drugs", "1", "1995-quebec-poa-002", "", "“programs against drugs”"),
        ("drugs", "2", "2000-lima-dec-001", "1995-quebec-poa-002", "“programmes”"),
    ],
}


def write(folder: Path, *, reading: bool = False, own: Mapping[str, Any] | None = None, **tables: Rows) -> Path:
    """Write the package, with changed tables and settings where they are given; a table of None is left out."""
    rows = {**BASIC, **(READING if reading else {}), **tables}
    (folder / "data").mkdir(parents=True)
    for table, cells in rows.items():
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows([FIELDS[table], *cells])
        (folder / f"data/{table}.csv").write_bytes(out.getvalue().encode("utf-8"))
    descriptor = {
        "name": "small",
        "version": "0.3.0",
        "title": "A small corpus",
        "contributors": [{"title": "The makers", "roles": ["creator"]}, {"title": "A helper", "roles": ["editor"]}],
        "mandates_data": {
            "corrections": {"table": "corrections"},
            "retired_ids": "retired_ids",
            "bookkeeping": ["corrections", "retired_ids", "printings"],
            **(own or {}),
        },
        "resources": [
            {
                "name": table,
                "path": f"data/{table}.csv",
                "schema": {
                    "fields": [{"name": name, "type": "string"} for name in FIELDS[table]],
                    "primaryKey": KEYS.get(table, [FIELDS[table][0]]),
                },
            }
            for table in rows
        ],
    }
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def small(folder: Path, **given: Any) -> Package:
    """The same, opened."""
    return open_package(write(folder / "small", **given))
