"""The action for any Data Package, and the hooks for pre-commit."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest
from pull_requests import append, edit, formatted, git, repository, spreadsheet
from steps import BIN, ROOT, Runner, read

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the action is held by tests on Linux")
HAS_RELEASE = importlib.util.find_spec("mandates_data.cli.release") is not None
HOOKS = {hook["id"]: hook for hook in read(ROOT / ".pre-commit-hooks.yaml")}


def acted(folder, *changes, within=".", **inputs):
    """The action's runner and outputs, on a repository with these changes after its first commit."""
    checkout = repository(folder / "checkout", within)
    for change in changes:
        change(checkout / within)
    runner = Runner(folder, checkout)
    return runner, runner.action(inputs)


def test_a_sound_package_has_no_findings(tmp_path):
    runner, outputs = acted(tmp_path)
    assert [step.code for step in runner.steps] == [0, 0, 0]
    assert (outputs["findings"], outputs["bump"]) == ("0", "")
    assert Path(outputs["report"]).is_file()


def test_findings_are_counted_and_fail_the_action(tmp_path):
    runner, outputs = acted(tmp_path, append("data/topics.csv", "tourism,nowhere,Tourism\n"), formatted)
    assert outputs["findings"] == "1"
    assert runner.steps[-1].code == 1


def test_a_package_in_a_folder_is_held_against_a_revision(tmp_path):
    runner, outputs = acted(tmp_path, spreadsheet, within="packages/one", package="packages/one", against="main")
    assert int(outputs["findings"]) >= 1
    assert "has lost the zeros at its end" in runner.steps[1].summary


def test_what_is_no_package_is_an_error_with_the_next_step(tmp_path):
    runner, outputs = acted(tmp_path, package="nowhere")
    assert (outputs["findings"], outputs["report"], runner.steps[-1].code) == ("", "", 2)
    (told,) = runner.steps[1].commands
    assert told.startswith("::error title=Not checked::mandates-data: error: There is no package at 'nowhere'.")


def test_a_revision_that_is_not_there_is_an_error_with_the_next_step(tmp_path):
    runner, outputs = acted(tmp_path, against="v9.9.9")
    assert (outputs["findings"], runner.steps[-1].code) == ("", 2)
    assert "fetch-depth: 0" in runner.steps[1].summary


def test_warnings_fail_only_where_the_action_is_strict(tmp_path):
    change = edit("datapackage.json", '"id": "urn:uuid:fbca5873-9e74-4908-af56-4371f67f70bf",', "")
    runner, outputs = acted(tmp_path / "a", change)
    strict, same = acted(tmp_path / "b", change, strict="true")
    assert (outputs["findings"], runner.steps[-1].code) == ("1", 0)
    assert (same["findings"], strict.steps[-1].code) == ("1", 1)


@pytest.fixture(autouse=True)
def _folders(tmp_path):
    for name in "ab":
        (tmp_path / name).mkdir()


def test_the_toolkit_of_the_action_itself_is_installed_by_hashes(tmp_path):
    acted(tmp_path)
    asked = (tmp_path / "pip.log").read_text()
    assert "--only-binary :all: --require-hashes -r" in asked
    assert "requirements/runtime.txt" in asked


def test_a_released_version_is_installed_by_its_number(tmp_path):
    acted(tmp_path, version="0.1.0")
    assert (tmp_path / "pip.log").read_text().strip().endswith("install --only-binary :all: mandates-data==0.1.0")


@pytest.mark.parametrize("version", ["latest", "0.1.0 --pre", "../x", "-r x"])
def test_what_is_no_version_number_is_not_handed_to_pip(tmp_path, version):
    runner, _outputs = acted(tmp_path, version=version)
    assert runner.steps[0].code == 2
    assert not (tmp_path / "pip.log").exists()


@pytest.mark.skipif(not HAS_RELEASE, reason="needs the command release")
@pytest.mark.parametrize(
    ("changes", "bump"),
    [
        ((), "none"),
        ((append("data/topics.csv", "tourism,,Tourism\n"), formatted), "minor"),
        ((edit("data/topics.csv", "Security", "Safety"), formatted), "patch"),
    ],
)
def test_the_version_number_that_a_change_calls_for_is_told(tmp_path, changes, bump):
    _runner, outputs = acted(tmp_path, *changes, against="main")
    assert outputs["bump"] == bump


def hook(checkout, name, *arguments):
    entry = [*HOOKS[name]["entry"].split(" "), *(arguments or HOOKS[name]["args"])]
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    return subprocess.run(
        entry, cwd=checkout, env={**os.environ, "PATH": path}, capture_output=True, text=True, check=False
    )


def test_the_hooks_pass_a_sound_package(tmp_path):
    checkout = repository(tmp_path / "checkout")
    assert sorted(HOOKS) == ["fmt", "release-check", "validate"]
    assert [hook(checkout, name).returncode for name in ("validate", "fmt")] == [0, 0]
    assert git(checkout, "status", "--porcelain") == ""


def test_the_hook_fmt_puts_back_what_a_program_did_since_the_last_commit(tmp_path):
    checkout = repository(tmp_path / "checkout")
    spreadsheet(checkout)
    assert hook(checkout, "validate").returncode == 1
    assert hook(checkout, "fmt", "--against", "HEAD", ".").returncode == 0
    assert git(checkout, "status", "--porcelain") == ""


@pytest.mark.skipif(not HAS_RELEASE, reason="needs the command release")
def test_the_hook_release_check_refuses_a_version_that_is_too_small(tmp_path):
    checkout = repository(tmp_path / "checkout")
    assert hook(checkout, "release-check", "--against", "git:main", ".").returncode == 0
    append("data/topics.csv", "tourism,,Tourism\n")(checkout)
    formatted(checkout)
    assert hook(checkout, "release-check", "--against", "git:main", ".").returncode == 1
