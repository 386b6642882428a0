"""From a filled issue form to a pull request, or to an answer: the steps of correct.yml."""

import importlib.util
import sys

import pytest
from issue_forms import ROW, answered, commands, form, with_origin
from pull_requests import git, repository
from steps import WORKFLOWS, Runner, read

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="GitHub runs these steps on Linux"),
    pytest.mark.skipif(
        importlib.util.find_spec("mandates_data.cli.correct") is None, reason="needs the command correct"
    ),
]


def text_of(checkout):
    for line in (checkout / "data" / "mandates.csv").read_text().splitlines():
        if line.startswith(f"{ROW},"):
            return line.split(",", 8)[-1].strip('"').replace('""', '"')
    raise AssertionError(ROW)


def told(folder, body):
    """What the workflow does with a form in a fresh copy of the package."""
    checkout = with_origin(folder, repository(folder / "checkout"))
    return answered(folder, checkout, body(text_of(checkout)) if callable(body) else body)


def test_a_filled_form_becomes_a_pull_request_with_the_cell_and_its_ledger_row(tmp_path):
    draft, publish, asked, posted = told(tmp_path, lambda text: form(text, text.replace(" the ", " teh ", 1)))
    assert [step.code for step in (*draft.steps, *publish.steps)] == [0] * (len(draft.steps) + len(publish.steps))
    assert "pr create --repo them/data --base main --head correction/issue-7" in asked
    changed = git(tmp_path / "checkout", "diff", "--name-only", "main", "correction/issue-7")
    assert changed.split() == ["data/corrections.csv", "data/mandates.csv", "datapackage.json"]
    assert git(tmp_path / "origin.git", "rev-parse", "correction/issue-7")
    assert "From the form in #7. Closes #7." in posted
    assert "`teh`" in posted


def test_a_printed_value_that_does_not_stand_there_is_answered_with_the_sentence(tmp_path):
    _draft, _publish, asked, posted = told(tmp_path, form("Something else.", "Another thing."))
    assert "issue comment 7 --repo them/data" in asked
    assert "pr create" not in asked
    assert posted.startswith("The form cannot be made into a correction yet:\n\n    ")
    assert git(tmp_path / "checkout", "branch", "--list", "correction/*") == ""


@pytest.mark.parametrize(
    "body",
    [
        "",
        None,
        "::error::owned\n##[add-mask]x",
        form("a", "b", row="$(touch pwned) `touch pwned`"),
        form("a", "b", row="../../etc/passwd"),
        form("a", "b", reason="@octocat [a](https://evil.example) <img src=x>"),
        form("::set-output name=a::b%0A::error::c", "${{ github.token }}"),
        "### Row\n\n" + "x" * 200_000,
    ],
)
def test_a_form_that_is_none_is_answered_and_runs_nothing(tmp_path, body):
    draft, publish, asked, posted = told(tmp_path, body)
    assert commands(draft, publish) == []
    assert "issue comment 7" in asked
    assert posted.startswith("The form cannot be made into a correction yet:\n\n    ")
    quoted = posted.split("\n\n", 1)[1].rsplit("\n\n", 1)[0]
    assert all(line.startswith("    ") for line in quoted.splitlines() if line)
    assert not list(tmp_path.rglob("pwned"))
    assert len(posted) < 6000


def test_a_patch_that_reaches_beyond_the_tables_leaves_the_rest_alone(tmp_path):
    checkout = repository(tmp_path / "checkout")
    correction = tmp_path / "temp" / "correction"
    correction.mkdir(parents=True)
    (checkout / "tools" / "checked_comment.py").write_text("evil\n")
    (correction / "correction.patch").write_text(git(checkout, "diff"))
    git(checkout, "checkout", "--quiet", "--", ".")
    github = {"event": {"issue": {"number": 7}, "repository": {"default_branch": "main"}}, "repository": "them/data"}
    publish = Runner(tmp_path, checkout, {"github": github})
    publish.program("gh", "#!/bin/bash\n")
    (step,) = publish.job("correct.yml", "publish")
    assert step.code != 0
    assert git(checkout, "status", "--porcelain") == ""


def test_only_the_job_that_reads_no_text_may_write():
    described = read(WORKFLOWS / "correct.yml")
    assert described["on"] == {"issues": {"types": ["labeled"]}}
    assert described["jobs"]["draft"]["permissions"] == {"contents": "read"}
    assert "make-pull-request" in described["jobs"]["draft"]["if"]
