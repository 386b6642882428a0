"""A small package with every table that is counted, few enough rows to count by hand, and the command on it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

TABLES: Mapping[str, str] = {
    "summits": """
summit_id,city,start_date
1998-gamma,Gamma,1998-04-18
1996-beta,Beta,1996-12-07
1994-alpha,Alpha,1994-12-09
""",
    "documents": """
document_id,summit_id,kind
1994-alpha-dec,1994-alpha,declaration
1994-alpha-poa,1994-alpha,plan_of_action
1998-gamma-dec,1998-gamma,declaration
""",
    "mandates": """
mandate_id,document_id,role,text
m1,1994-alpha-dec,mandate,Combat drugs and arms.
m2,1994-alpha-poa,preamble,Recognizing that drugs kill:
m3,1994-alpha-poa,mandate,[Entrust the OAS to:] Study arms - now.
m4,1998-gamma-dec,mandate,"Continue to combat drugs, with CICAD."
m5,1998-gamma-dec,mandate,Strengthen CICAD.
""",
    "items": """
item_id,mandate_id,position,label,text
m4.a,m4,1,a,Report on it.
""",
    "subtopics": """
code,title
ARMS,Illicit arms
DRUGS,Illicit drugs
HEALTH,Health
""",
    "mandate_subtopics": """
mandate_id,code,coder,rank,basis
m1,DRUGS,adjudicated,1,drugs
m1,ARMS,adjudicated,2,arms
m2,DRUGS,adjudicated,1,drugs
m3,ARMS,adjudicated,1,arms
m4,DRUGS,adjudicated,1,drugs
m1,ARMS,first,1,arms
""",
    "acts": """
mandate_id,verb,complement,strength,basis
m1,combat,,committing,Combat
m2,recognize,,declaratory,Recognizing
m3,study,,committing,Study
m4,continue,combat,hortatory,Continue
m5,combat,,hortatory,Combat
""",
    "entities": """
entity_id,kind,name,acronym
cicad,body,Drug Abuse Control Commission,CICAD
oas,body,Organization of American States,OAS
treaty,instrument,Treaty of Nothing,
""",
    "mentions": """
mention_id,entity_id,mandate_id,item_id
m3.1,oas,m3,
m4.1,cicad,m4,
m4.2,cicad,m4,m4.a
m5.1,cicad,m5,
m2.1,oas,m2,
""",
    "lineages": """
lineage_id,position,mandate_id,previous_id,basis
drugs,1,m1,,
drugs,2,m4,m1,the same
arms,1,m1,,
arms,2,m3,m1,the same
""",
    "corrections": """
correction_id,kind,version
m1.text.1,spacing,0.1.1
m3.text.1,spacing,0.1.1
m4.text.1,typo,0.2.0
m5.text.1,spacing,
""",
}

ENUMS: Mapping[tuple[str, str], Sequence[str]] = {
    ("acts", "strength"): ("declaratory", "hortatory", "committing", "directing"),
    ("corrections", "kind"): ("typo", "spacing", "punctuation"),
}


def counted(folder: Path, *, without: Sequence[str] = (), **tables: str) -> Path:
    """A package of the tables above, some left out, some with another content; gives its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for name, content in {**TABLES, **tables}.items():
        if name in without:
            continue
        text = content.lstrip("\n")
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")
        fields = [
            {"name": field, "type": "string"}
            | ({"constraints": {"enum": list(ENUMS[name, field])}} if (name, field) in ENUMS else {})
            for field in next(csv.reader(io.StringIO(text)))
        ]
        resources.append({"name": name, "path": f"{name}.csv", "schema": {"fields": fields}})
    descriptor = {"name": "small", "version": "1.2.3", "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor, indent=2) + "\n", encoding="utf-8")
    return folder


def with_rows(table: str, *rows: Sequence[str]) -> str:
    """The content of a table above with more rows."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerows(rows)
    return TABLES[table] + out.getvalue()


def run(*arguments: str, cwd: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    """The command as a shell calls it."""
    command = [sys.executable, "-m", "mandates_data", *arguments]
    environment = {**os.environ, **variables}
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=cwd, env=environment, check=False)
