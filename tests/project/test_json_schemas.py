"""What every command writes with `--format json` holds to its published JSON Schema."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from mandates_data.cli.app import COMMANDS

ROOT = Path(__file__).resolve().parents[2]
EXAMPLES = ROOT / "tests" / "examples"
SCHEMAS = files("mandates_data.render") / "schemas"

VERSIONS = {"report": 2, "changeset": 2}
"""The versions of those forms that have changed since the first."""

OUTPUTS: dict[str, tuple[str, ...]] = {
    "agreement": ("agreement", str(ROOT / "data" / "mandate_subtopics.csv")),
    "report": ("validate", str(EXAMPLES / "MD401-reference-unknown" / "bad")),
    "rules": ("explain",),
    "changeset": ("diff", str(EXAMPLES / "MD305-key-twice" / "good"), str(ROOT)),
    "extraction": ("extract", str(ROOT / "data" / "source" / "security.txt"), "--package", str(ROOT), "--check"),
    "annotation": ("annotate", "--package", str(ROOT), "--check"),
    "mending": ("fmt", str(EXAMPLES / "MD305-key-twice" / "bad"), "--check", "--diff"),
    "patch": ("patch", str(ROOT / "tests/patch/small"), str(ROOT / "tests/patch/small.changes.json"), "--check"),
    "merge": ("merge", *(str(EXAMPLES / "MD305-key-twice" / "good"),) * 3, "--check"),
    "git-config": ("git-config", "--remove", "--check"),
    "correction": (
        "correct", "1998-santiago-poa-019", "text", "--to", "Another text.", "--kind", "typo", "--reason", "A test.",
        "--evidence", "text", "--package", str(ROOT), "--dry-run",
    ),
    "row": ("show", "1998-santiago-poa-019", "--package", str(ROOT)),
    "release": ("release", "check", str(ROOT)),
    "history": ("history", "1994-miami-dec-001", str(ROOT)),
    "resolution": ("resolve", "1994-miami-dec-001", str(ROOT)),
    "search": ("search", "firearms", "--year", "1998-2009", "--package", str(ROOT)),
    "similar": ("similar", "1998-santiago-poa-010", "--package", str(ROOT)),
    "citation": ("cite", "2009-port-of-spain-dec-001", "--package", str(ROOT)),
    "statistic": ("stats", "summits", str(ROOT)),
    "choices": ("plot",),
    "picture": ("plot", "summits", str(ROOT), "-o", "summits.svg"),
    "site": ("site", str(ROOT), "-o", "out"),
    "conversion": ("convert", str(ROOT), "--to", "json", "-o", "out"),
}  # fmt: skip
"""The command behind each form, on the package or on an example."""


def published() -> list[str]:
    return sorted(entry.name.removesuffix(".schema.json") for entry in SCHEMAS.iterdir())


def schema_of(form: str) -> Any:
    return json.loads((SCHEMAS / f"{form}.schema.json").read_text(encoding="utf-8"))


def test_every_command_has_its_form_and_every_form_its_command() -> None:
    assert sorted(OUTPUTS) == published()
    assert sorted({command for command, *_ in OUTPUTS.values()}) == sorted(COMMANDS)


@pytest.mark.parametrize("form", OUTPUTS)
def test_what_a_command_writes_holds_to_its_schema(form: str, tmp_path: Path) -> None:
    subprocess.run(["git", "init", "--quiet"], cwd=tmp_path, check=True)  # git-config asks for a repository
    command = [sys.executable, "-m", "mandates_data", *OUTPUTS[form], "--format", "json"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", cwd=tmp_path, check=False)
    assert (done.returncode in (0, 1), done.stderr) == (True, "")
    value = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(schema_of(form))
    judge = jsonschema.Draft202012Validator(schema_of(form))
    judge.validate(value)
    assert (value["format"], value["format_version"]) == (f"mandates-data/{form}", VERSIONS.get(form, 1))
    assert not judge.is_valid({**value, "format_version": value["format_version"] + 1})
    assert not judge.is_valid({**value, "another": 1})
    assert not any(judge.is_valid({key: value[key] for key in value if key != left_out}) for left_out in value)
