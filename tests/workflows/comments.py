"""The comment under a pull request: what the step of comment.yml makes of an artifact."""

from __future__ import annotations

import zipfile
from collections.abc import Mapping
from pathlib import Path

from steps import ROOT, Runner, Step

HEAD = "0123456789abcdef0123456789abcdef01234567"

# It answers as GitHub's own program does, and writes down what it was asked for.
GH = """#!/bin/bash
printf '%s\\n' "$*" >> "{log}"
case "$*" in
  *"/artifacts?name=comment"*) echo "{artifact}" ;;
  *"/zip") cat "{zip}" ;;
  *"/pulls/"*) echo "{state}" ;;
  *"--paginate"*) echo "{before}" ;;
  *"--method"*) cp "{body}" "{posted}" ;;
esac
"""


def posted(
    folder: Path,
    members: Mapping[str, str | bytes],
    *,
    head: str = HEAD,
    artifact: str = "5",
    state: str | None = None,
    before: str = "",
) -> tuple[Step, list[str], str]:
    """The step's result, what gh was asked for, and what it was given to post.

    `state` is what GitHub says of the pull request, `before` the number of an earlier comment.
    """
    folder.mkdir(exist_ok=True)
    with zipfile.ZipFile(folder / "given.zip", "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    event = {"head_sha": head, "id": "77", "html_url": "https://example.org/run/77"}
    github = {"event": {"workflow_run": event}, "repository": "them/data", "token": "t"}
    runner = Runner(folder, ROOT, {"github": github})
    log, body = folder / "gh.log", folder / "posted.md"
    answers = {
        "log": log,
        "artifact": artifact,
        "zip": folder / "given.zip",
        "state": f"open {head}" if state is None else state,
        "before": before,
        "body": folder / "temp" / "comment" / "whole.md",
        "posted": body,
    }
    runner.program("gh", GH.format(**answers))
    (step,) = runner.job("comment.yml", "comment")
    asked = log.read_text(encoding="utf-8").splitlines()
    return step, asked, body.read_text(encoding="utf-8") if body.exists() else ""
