"""What a person reads, held whole. The snapshots are written by hand; none is missing and none is left over."""

import dataclasses
from pathlib import Path

from rendered_reports import RULES, a_report, written

from mandates_data.render.findings_github import write_annotations
from mandates_data.render.findings_markdown import write_markdown
from mandates_data.render.findings_text import write_text

FOLDER = Path(__file__).parent / "snapshots"
SUMMARY = "Read all of them in the summary of this job."
REPORT = a_report()
WITHOUT_NUMBERS = dataclasses.replace(REPORT, findings=tuple(one for one in REPORT.findings if one.code != "MD202"))

WRITTEN = {
    "report.txt": lambda: written(write_text, REPORT, rules=RULES),
    "report-narrow.txt": lambda: written(write_text, WITHOUT_NUMBERS, rules=RULES, width=46),
    "report.md": lambda: written(write_markdown, REPORT, rules=RULES),
    "report.github": lambda: written(write_annotations, REPORT, rules=RULES, folder="pkg", elsewhere=SUMMARY),
}


def held(name):
    return (FOLDER / name).read_text(encoding="utf-8")


def test_the_text_is_as_it_is_held():
    assert WRITTEN["report.txt"]() == held("report.txt")


def test_the_text_on_a_narrow_terminal_is_as_it_is_held():
    assert WRITTEN["report-narrow.txt"]() == held("report-narrow.txt")
    assert max(map(len, held("report-narrow.txt").splitlines())) <= 46


def test_the_markdown_is_as_it_is_held():
    assert WRITTEN["report.md"]() == held("report.md")


def test_the_annotations_are_as_they_are_held():
    assert WRITTEN["report.github"]() == held("report.github")


def test_no_snapshot_is_missing_and_none_is_left_over():
    assert {path.name for path in FOLDER.iterdir()} == set(WRITTEN)
