"""What a shell sees of `mandates-data extract`."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest

Form = Callable[[str], str]
Decisions = list[tuple[str, str, str]]
SCHEMA = json.loads((files("mandates_data.render") / "schemas/extraction.schema.json").read_text(encoding="utf-8"))


def run(bench: Any, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mandates_data", "extract", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=bench.folder, check=False)


def test_a_page_that_is_in_the_tables_changes_nothing_and_exits_with_0(bench: Any) -> None:
    before = bench.tables()
    done = run(bench, "data/source/security.txt")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "security: 139 paragraphs and 7 items."
    assert lines[1] == "  1994-miami-dec                  2"
    assert lines[-2:] == [
        "0 mandates are new, 139 were known.",
        "The tables hold all of it already; no file changes.",
    ]
    assert bench.tables() == before


def test_check_exits_with_1_where_a_file_would_change_and_writes_none(
    bench: Any, form: Form, about_the_page: Decisions
) -> None:
    assert run(bench, "data/source/security.txt", "--check").returncode == 0
    page = bench.page("nested-topic", form("nested-topic"), about_the_page)
    before = bench.tables()
    done = run(bench, page, "--check")
    assert done.returncode == 1
    assert "Would change: data/topics.csv, data/sources.csv, data/mandates.csv" in done.stdout
    assert bench.tables() == before
    done = run(bench, page, "--package", bench.folder)
    assert done.returncode == 0
    assert "4 mandates are new, 0 were known." in done.stdout
    assert "data/source/nested-topic.decisions.csv, datapackage.json" in done.stdout
    assert run(bench, page, "--check").returncode == 0


def test_a_refused_page_lists_its_lines_and_exits_with_1(bench: Any, form: Form) -> None:
    before = bench.tables()
    page = bench.page("no-heading-repeated", form("no-heading-repeated"))
    done = run(bench, page)
    assert done.returncode == 1
    assert f"{page}:7: missing decision: spacing, brackets and final stop do not explain the citation" in done.stdout
    assert f"{page}: missing decision: the page has no heading" in done.stdout
    assert done.stdout.endswith("no-heading-repeated: refused, 7 problems; nothing was written.\n")
    assert bench.tables() == before


def test_topic_and_decisions_can_be_given_apart(bench: Any, form: Form, about_the_page: Decisions) -> None:
    known = [(str(line), "document", "2018-lima-commitment") for line in (5, 7, 9)]
    page = bench.page("no-heading-repeated", form("no-heading-repeated"), [*about_the_page, *known])
    decisions = page.with_suffix(".decisions.csv").rename(page.with_name("elsewhere.csv"))
    done = run(bench, page, "--topic", "security", "--decisions", decisions)
    assert done.returncode == 1
    assert "near twin of 2018-lima-commitment-001" in done.stdout
    assert "refused, 1 problem; nothing was written." in done.stdout


@pytest.mark.parametrize("accepted", [True, False])
def test_json_keeps_its_schema(bench: Any, form: Form, accepted: bool) -> None:
    page = "data/source/security.txt" if accepted else bench.page("nested-topic", form("nested-topic"))
    done = run(bench, page, "--format", "json")
    told = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.validate(told, SCHEMA, cls=jsonschema.Draft202012Validator)
    assert told["accepted"] is accepted
    assert done.returncode == (0 if accepted else 1)
    assert told["paragraphs"] == (139 if accepted else 4)
    assert [problem["line"] for problem in told["problems"]] == ([] if accepted else [None, None, None])


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.txt", None, "Cannot read gone.txt: No such file or directory. Check the path."),
        ("latin.txt", b"Qu\xe9bec\n", "latin.txt:1 is not UTF-8 text. Save the page as plain text in UTF-8."),
        ("empty.txt", b"", "empty.txt is empty. Archive the page again."),
        ("Two Words.txt", b"text\n", "The page's name 'Two Words.txt' cannot serve as a source_id."),
    ],
)
def test_a_page_that_cannot_be_read_is_one_line_on_stderr_and_exit_code_2(
    bench: Any, name: str, content: bytes | None, message: str
) -> None:
    if content is not None:
        (bench.folder / name).write_bytes(content)
    done = run(bench, name)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith(f"mandates-data: error: {message}")
    assert done.stderr.count("\n") == 1


def test_decisions_that_are_no_table_exit_with_2(bench: Any, form: Form) -> None:
    page = bench.page("nested-topic", form("nested-topic"))
    page.with_suffix(".decisions.csv").write_text("line;decision;value;reason\n", encoding="utf-8")
    done = run(bench, page)
    assert done.returncode == 2
    assert "the header is 'line;decision;value;reason'" in done.stderr


def test_a_package_without_the_tables_exits_with_2(bench: Any, form: Form, tmp_path: Path) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    (folder / "a.csv").write_text("a\n1\n", encoding="utf-8")
    resource = {"name": "a", "path": "a.csv", "schema": {"fields": [{"name": "a", "type": "string"}]}}
    (folder / "datapackage.json").write_text(json.dumps({"resources": [resource]}), encoding="utf-8")
    done = run(bench, bench.page("nested-topic", form("nested-topic")), "--package", folder)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "There is no table 'summits'" in done.stderr


@pytest.mark.parametrize("seed", range(4))
def test_no_page_makes_a_traceback(bench: Any, form: Form, seed: int) -> None:
    """Lines of sound pages, shuffled and cut, are refused with exit code 1; nothing is written."""
    import random

    dice = random.Random(f"page {seed}")
    lines = [*bench.security()[0], *form("nested-topic").split("\n"), "    • a.", "• ", "  1. ", "(", "\t", "\ufeff"]
    before = bench.tables()
    text = "\n".join(
        line[: dice.randrange(len(line) + 1)] if dice.random() < 0.2 else line for line in dice.sample(lines, 90)
    )
    done = run(bench, bench.page("security", text, bench.security()[1]))
    assert (done.returncode, done.stderr) == (1, "")
    assert bench.tables() == before
