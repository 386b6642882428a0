"""The release workflow and what it publishes by use commands that there are, and say the same everywhere."""

from __future__ import annotations

import json
import re
from pathlib import Path

import click
import yaml

from mandates_data.cli.app import cli

ROOT = Path(__file__).resolve().parents[2]
WORKFLOW = yaml.safe_load((ROOT / ".github/workflows/release.yml").read_text(encoding="utf-8"))


def steps() -> list[str]:
    return [step["run"] for job in WORKFLOW["jobs"].values() for step in job["steps"] if "run" in step]


def options(path: list[str]) -> set[str]:
    """The options of a command of ours."""
    context = click.Context(cli)
    found: click.Command | None = cli
    for name in path:
        assert isinstance(found, click.Group)
        found = found.get_command(context, name)
    assert found is not None
    return {option for parameter in found.params for option in parameter.opts}


def test_every_command_of_ours_in_the_workflow_and_the_page_is_there_with_its_options() -> None:
    page = (ROOT / "docs/releasing.md").read_text(encoding="utf-8")
    called = re.findall(
        r"mandates-data release (\w+)([^\n`>]*)",
        "\n".join([*steps(), *re.findall(r"```sh\n(.*?)```", page, re.DOTALL)]),
    )
    assert {name for name, _ in called} == {"check", "prepare", "build"}
    for name, rest in called:
        assert set(re.findall(r"(?<=\s)--?[a-z]+", rest)) <= options(["release", name])


def test_every_make_word_in_the_workflow_is_one() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    words = [word for step in steps() for word in re.findall(r"^make (\w+)$", step)]
    assert words == ["test"]
    assert all(re.search(rf"^{word}:", makefile, re.MULTILINE) for word in words)


def test_the_tag_is_held_against_the_version_and_nothing_is_published_before_the_check() -> None:
    order = [step for step in steps() if "GITHUB_REF_NAME" in step or "release " in step]
    assert '"v$(.venv/bin/mandates-data --version' in order[0]
    assert "release check" in order[1]
    assert "release build" in order[2]
    assert WORKFLOW["jobs"]["assets"]["needs"] == "build"
    assert WORKFLOW["jobs"]["index"]["needs"] == "assets"


def test_zenodo_the_citation_and_the_descriptor_say_the_same() -> None:
    zenodo = json.loads((ROOT / ".zenodo.json").read_text(encoding="utf-8"))
    citation = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    descriptor = json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))
    assert zenodo["title"] == citation["title"]
    assert zenodo["description"] == f"<p>{citation['abstract']}</p>"
    assert zenodo["keywords"] == citation["keywords"]
    assert [one["name"] for one in zenodo["creators"]] == [one["name"] for one in citation["authors"]]
    assert [one["name"] for one in zenodo["creators"]] == [one["title"] for one in descriptor["contributors"]]
    assert zenodo["license"] in citation["license"]
    assert zenodo["license"] in [one["name"] for one in descriptor["licenses"]]
    assert citation["version"] == descriptor["version"]


def test_the_help_of_every_step_is_documented() -> None:
    commands = (ROOT / "docs/commands.md").read_text(encoding="utf-8")
    assert [
        step for step in ("check", "prepare", "build") if f"## `mandates-data release {step}`\n" not in commands
    ] == []
