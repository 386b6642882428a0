"""Issue forms as GitHub writes them, and what the steps of correct.yml make of them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pull_requests import git
from steps import Runner

ROW = "1994-miami-poa-001"
NOTHING = "_No response_"

# It writes down what it was asked for, and keeps the text that it was given.
GH = """#!/bin/bash
printf '%s\\n' "$*" >> "{log}"
case "$*" in
  *"--body-file"*) cp "${{@: -1}}" "{posted}" ;;
esac
"""


class Answer(NamedTuple):
    """The runners of both jobs, what gh was asked for, and what it was given to post."""

    draft: Runner
    publish: Runner
    asked: str
    posted: str


def form(
    printed: str,
    corrected: str,
    *,
    row: str = ROW,
    reason: str = "The word is misspelt.",
    kind: str = "typo: a letter is wrong, missing or doubled",
    evidence: str = "text",
) -> str:
    """The text of an issue: GitHub puts what the form renders as text into a fence, but for what was left empty."""
    shown = printed if printed == NOTHING else f"```text\n{printed}\n```"
    return (
        f"### Row\n\n{row}\n\n### Column\n\ntext\n\n### Printed value\n\n{shown}\n\n"
        f"### Corrected value\n\n```text\n{corrected}\n```\n\n### Kind of mistake\n\n{kind}\n\n"
        f"### Reason\n\n{reason}\n\n### Evidence\n\n{evidence}\n"
    )


def with_origin(folder: Path, checkout: Path) -> Path:
    """The checkout, with an empty repository to push to."""
    git(folder, "init", "--quiet", "--bare", "origin.git")
    git(checkout, "remote", "add", "origin", str(folder / "origin.git"))
    return checkout


def answered(folder: Path, checkout: Path, body: str | None) -> Answer:
    """What the workflow does with the form of issue 7."""
    event: Mapping[str, object] = {"issue": {"number": 7, "body": body}}
    (folder / "event.json").write_text(json.dumps(event), encoding="utf-8")
    variables = {"GITHUB_EVENT_PATH": str(folder / "event.json")}
    github = {"event": {**event, "repository": {"default_branch": "main"}}, "repository": "them/data", "token": "t"}
    draft = Runner(folder, checkout, {"github": github}, variables)
    draft.job("correct.yml", "draft")
    git(checkout, "checkout", "--quiet", "--", ".")  # the second job has a checkout of its own
    publish = Runner(folder, checkout, {"github": github}, variables)
    publish.program("gh", GH.format(log=folder / "gh.log", posted=folder / "posted.md"))
    publish.job("correct.yml", "publish")
    posted = folder / "posted.md"
    return Answer(
        draft,
        publish,
        (folder / "gh.log").read_text(encoding="utf-8"),
        posted.read_text(encoding="utf-8") if posted.exists() else "",
    )


def commands(*runners: Runner) -> list[str]:
    """The lines of their steps that a runner of GitHub takes for commands."""
    return [line for runner in runners for step in runner.steps for line in step.commands]
