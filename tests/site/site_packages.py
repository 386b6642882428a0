"""Packages whose pages are built in the tests: with every table, with hostile texts, and with many mandates."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

from mandates_data.package.writer import format_row

KEYS = {
    "summits": ["summit_id"], "documents": ["document_id"], "topics": ["topic_id"], "mandates": ["mandate_id"],
    "items": ["item_id"], "sources": ["source_id"],
    "printings": ["source_id", "source_line"], "mandate_topics": ["mandate_id", "topic_id"],
    "corrections": ["correction_id"], "entities": ["entity_id"], "mentions": ["mention_id"],
    "deadlines": ["deadline_id"], "subtopics": ["code"], "mandate_subtopics": ["mandate_id", "code", "coder"],
    "acts": ["mandate_id"], "lineages": ["lineage_id", "position"],
}  # fmt: skip
FIELDS = {
    "summits": "summit_id kind name city country start_date end_date theme evidence",
    "documents": "document_id summit_id kind title cited_as adopted_on symbol url evidence",
    "topics": "topic_id parent_topic_id title",
    "mandates": "mandate_id document_id document_basis section paragraph role preamble_id completeness text",
    "items": "item_id mandate_id position label text",
    "sources": "source_id title path",
    "printings": "source_id source_line mandate_id item_id citation",
    "mandate_topics": "mandate_id topic_id position",
    "corrections": "correction_id table row_id field old new kind reason evidence version",
    "entities": "entity_id kind name acronym adopted_on place reference",
    "mentions": "mention_id entity_id mandate_id item_id start end surface basis",
    "deadlines": "deadline_id mandate_id item_id start end surface date_from date_to kind",
    "subtopics": "code title definition includes excludes example",
    "mandate_subtopics": "mandate_id code coder rank basis",
    "acts": "mandate_id verb complement strength basis",
    "lineages": "lineage_id position mandate_id previous_id basis",
}

SOURCE = "Security\n" + 8 * "\n" + "We support the OSA and its Convention. (Plan of Action Miami).\n"
DOUBTS = """row_id,source_line,printed,why,settles
1994-miami-poa-002,10,its Convention,There may be two.,The plan as adopted
"""
SETTINGS = {
    "corrections": {"table": "corrections"},
    "weaknesses": [{"title": "It is made up", "text": "No summit adopted any of this."}],
}

Rows = Mapping[str, Sequence[Mapping[str, str]]]


def write_package(folder: Path, tables: Rows, **properties: object) -> Path:
    """Write a package with these tables and nothing else; every field is a text."""
    (folder / "data").mkdir(parents=True)
    resources = []
    for name, rows in tables.items():
        fields = FIELDS[name].split()
        lines = [format_row(fields), *(format_row([row.get(field, "") for field in fields]) for row in rows)]
        (folder / "data" / f"{name}.csv").write_text("".join(lines), encoding="utf-8", newline="")
        schema = {"fields": [{"name": field, "type": "string"} for field in fields], "primaryKey": KEYS[name]}
        resources.append({"name": name, "type": "table", "path": f"data/{name}.csv", "schema": schema})
    source = folder / "data" / "source"
    source.mkdir()
    (source / "security.txt").write_text(SOURCE, encoding="utf-8", newline="")
    (source / "doubts.csv").write_text(DOUBTS, encoding="utf-8", newline="")
    told = {"name": "example", "title": "Example mandates", "version": "1.2.3", **properties}
    descriptor = {**told, "mandates_data": SETTINGS, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, ensure_ascii=False), encoding="utf-8")
    return folder


TEXT = "We support the OAS and its Convention on Firearms, and will meet in 1999."

WHOLE: Rows = {
    "summits": [
        {"summit_id": "1994-miami", "kind": "regular", "name": "First Summit", "city": "Miami", "country": "USA",
         "start_date": "1994-12-09", "end_date": "1994-12-11"},
        {"summit_id": "1998-santiago", "kind": "regular", "name": "Second Summit", "city": "Santiago",
         "country": "CHL", "start_date": "1998-04-18", "end_date": "1998-04-19"},
        {"summit_id": "2030-nowhere", "kind": "regular", "name": "A summit to come", "start_date": "2030-01-01"},
    ],
    "documents": [
        {"document_id": "1994-miami-poa", "summit_id": "1994-miami", "title": "Plan of Action",
         "cited_as": "Plan of Action Miami", "url": "https://example.org/plan"},
        {"document_id": "1998-santiago-poa", "summit_id": "1998-santiago", "title": "Plan of Action of Santiago",
         "cited_as": "Plan of Action Santiago", "adopted_on": "1998-04-19"},
    ],
    "topics": [{"topic_id": "security", "title": "Security"}],
    "mandates": [
        {"mandate_id": "1994-miami-poa-001", "document_id": "1994-miami-poa", "paragraph": "6.1", "role": "preamble",
         "completeness": "whole", "text": "Crime threatens all programmes for the Americas."},
        {"mandate_id": "1994-miami-poa-002", "document_id": "1994-miami-poa", "paragraph": "6.2", "role": "mandate",
         "preamble_id": "1994-miami-poa-001", "completeness": "items_missing", "text": TEXT},
        {"mandate_id": "1998-santiago-poa-001", "document_id": "1998-santiago-poa", "role": "mandate",
         "completeness": "whole", "text": "Organise a meeting on anti-personnel mines in Québec."},
    ],
    "items": [
        {"item_id": "1994-miami-poa-002.a", "mandate_id": "1994-miami-poa-002", "position": "1", "label": "a",
         "text": "Ask the OAS for programs against money laundering."},
    ],
    "sources": [{"source_id": "security", "title": "The page on security", "path": "data/source/security.txt"}],
    "printings": [
        {"source_id": "security", "source_line": "10", "mandate_id": "1994-miami-poa-002",
         "citation": "(Plan of Action Miami)."},
    ],
    "mandate_topics": [{"mandate_id": "1994-miami-poa-002", "topic_id": "security", "position": "1"}],
    "corrections": [
        {"correction_id": "1994-miami-poa-002.text.1", "table": "mandates", "row_id": "1994-miami-poa-002",
         "field": "text", "old": TEXT.replace("OAS", "OSA"), "new": TEXT, "kind": "typo",
         "reason": "Two letters changed places.", "evidence": "https://example.org/evidence", "version": "1.2.3"},
    ],
    "entities": [
        {"entity_id": "oas", "kind": "organization", "name": "Organization of American States", "acronym": "OAS",
         "reference": "https://www.oas.org/"},
        {"entity_id": "cifta", "kind": "treaty", "name": "Convention on Firearms"},
    ],
    "mentions": [
        {"mention_id": "1", "entity_id": "oas", "mandate_id": "1994-miami-poa-002", "start": "15", "end": "18",
         "surface": "OAS", "basis": "acronym"},
        {"mention_id": "2", "entity_id": "cifta", "mandate_id": "1994-miami-poa-002", "start": "27", "end": "49",
         "surface": "Convention on Firearms", "basis": "reference: its first mention"},
        {"mention_id": "3", "entity_id": "oas", "mandate_id": "1994-miami-poa-002", "start": "8", "end": "12",
         "item_id": "1994-miami-poa-002.a", "surface": "OAS"},
    ],
    "deadlines": [
        {"deadline_id": "1", "mandate_id": "1994-miami-poa-002", "start": "65", "end": "72",
         "surface": "in 1999", "date_from": "1999-01-01", "date_to": "1999-12-31"},
    ],
    "subtopics": [
        {"code": "ARMS", "title": "Firearms", "definition": "Commitments on firearms.",
         "example": "1994-miami-poa-002"},
        {"code": "NONE", "title": "Nothing", "definition": "A subject that no mandate has."},
    ],
    "mandate_subtopics": [
        {"mandate_id": "1994-miami-poa-002", "code": "ARMS", "coder": "adjudicated", "rank": "1", "basis": "Firearms"},
        {"mandate_id": "1994-miami-poa-002", "code": "NONE", "coder": "first", "rank": "1", "basis": "We"},
    ],
    "acts": [{"mandate_id": "1994-miami-poa-002", "verb": "support", "strength": "committing", "basis": "We support"}],
    "lineages": [
        {"lineage_id": "meetings", "position": "1", "mandate_id": "1994-miami-poa-002", "basis": "The first one."},
        {"lineage_id": "meetings", "position": "2", "mandate_id": "1998-santiago-poa-001",
         "previous_id": "1994-miami-poa-002", "basis": "Another one."},
    ],
}  # fmt: skip
"""A small package that has every table, and in which one row shows each thing that a page can show.

The third mention does not stand where it says, and the code NONE is the first coder's, who was overruled.
"""

SCRIPT = "<script>window.hurt = 1</script>"
HOSTILE_TEXTS = (
    SCRIPT,
    '"><img src=x onerror="window.hurt = 1">',
    "'\"` onmouseover=alert(1) x='",
    "</title></style></textarea><svg onload=window.hurt=1>",
    "{{ 7 * 7 }} {% for x in y %} {# no #}",
    "javascript:window.hurt=1",
    "before \u202eturned\u202c \u2067after\u2069 \u200f end \u202e",
    "]]> --> <!-- \u2028 \u2029 \\u003c/script>",
    "&lt;b&gt; &amp; &#39;",
    "=HYPERLINK(\"x\")",
)  # fmt: skip


def hostile(folder: Path) -> Path:
    """A package in which every text of every row is one of the hostile ones, keys and references included."""
    number = len(HOSTILE_TEXTS)
    tables: dict[str, list[dict[str, str]]] = {}
    for name, fields in FIELDS.items():
        rows = []
        for place in range(number):
            row = dict.fromkeys(fields.split(), HOSTILE_TEXTS[place])
            if name in ("mentions", "deadlines", "items"):
                row |= {"position": "1"} if name == "items" else {"start": "0", "end": str(len(HOSTILE_TEXTS[place]))}
                row |= {"item_id": ""} if name != "items" else {}
            if name == "corrections":
                row |= {"table": "mandates"}
            if name == "mandate_subtopics":
                row |= {"coder": "adjudicated"}
            if name == "lineages":
                row |= {"position": str(place), "previous_id": HOSTILE_TEXTS[place - 1]}
            if name == "printings":
                row |= {"source_line": str(place)}
            rows.append(row)
        tables[name] = rows
    return write_package(folder, tables, title=SCRIPT, description=SCRIPT, homepage="javascript:alert(1)")


def many(folder: Path, count: int) -> Path:
    """A package of so many mandates of about eighty words each, in twenty documents, with codes and entities."""
    words = TEXT.split() + [f"{stem}ing" for stem in ("prevent", "combat", "organis", "strengthen", "traffick")]
    documents = [{"document_id": f"d{n:02}", "summit_id": f"s{n // 2:02}", "title": f"Plan {n}"} for n in range(20)]
    summits = [{"summit_id": f"s{n:02}", "name": f"Summit {n}", "start_date": f"{1994 + n}-01-01"} for n in range(10)]
    mandates, codes = [], []
    for n in range(count):
        text = " ".join([words[(n * 7 + k * (n % 5 + 1)) % len(words)] for k in range(78)])
        mandate_id = f"d{n % 20:02}-{n:05}"
        mandates.append({"mandate_id": mandate_id, "document_id": f"d{n % 20:02}", "text": f"{text} word{n} {n}."})
        codes.append({"mandate_id": mandate_id, "code": f"C{n % 18}", "coder": "adjudicated", "rank": "1"})
    mandates.sort(key=lambda row: row["mandate_id"])
    subtopics = [{"code": f"C{n}", "title": f"Subject {n}"} for n in range(18)]
    tables = {"summits": summits, "documents": documents, "mandates": mandates, "subtopics": subtopics}
    return write_package(folder, {**tables, "mandate_subtopics": codes, "corrections": []})
