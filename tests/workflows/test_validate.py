"""What a pull request is told: the steps of validate.yml, run against good and bad ones."""

import re
import shutil
import subprocess
import sys

import pytest
from pull_requests import append, checked, comment, edit, formatted, git, named, repository, run_checks, spreadsheet
from steps import ROOT, read

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="GitHub runs these steps on Linux")


def failed(runner):
    return [step.name for step in runner.steps if step.code]


def test_a_pull_request_without_a_change_of_data_passes(tmp_path):
    runner = checked(tmp_path, lambda package: (package / "notes.txt").write_text("x\n"))
    assert failed(runner) == []
    assert "is sound" in comment(runner)
    assert "Nothing: the tables say what they said before." in comment(runner)
    assert set(runner.uploaded) == {"comment", "report"}


def test_a_new_topic_passes_and_is_shown(tmp_path):
    runner = checked(tmp_path, append("data/topics.csv", "tourism,,Tourism\n"), formatted)
    assert failed(runner) == []
    assert "added `tourism`" in named(runner, "Show what changes").summary
    assert "added `tourism`" in comment(runner)
    assert (runner.uploaded["comment"] / "number").read_text() == "12\n"


def test_what_a_spreadsheet_did_fails_is_named_and_can_be_undone_with_one_command(tmp_path):
    runner = checked(tmp_path, spreadsheet)
    assert failed(runner) == ["Fail where there is an error", "Ask fmt whether each table is in its one form"]
    said = comment(runner)
    assert re.match(r"### summits-of-the-americas-mandates \d+\.\d+\.\d+ is not sound", said)
    assert "`gh run download 77 --name repairs && git apply repairs.patch`" in said
    assert "What is left for you to do\n\nNothing." in said
    assert "What you change, once that is mended\n\nNothing: the tables say what they said before." in said
    # As the contributor does it, in a checkout of the proposal:
    checkout = tmp_path / "checkout"
    repairs = runner.uploaded["repairs"]
    mended = (checkout / "data" / "mandates.csv").read_bytes()
    git(checkout, "checkout", "--quiet", "--", ".")
    git(checkout, "apply", str(repairs / "repairs.patch"))
    assert (checkout / "data" / "mandates.csv").read_bytes() == mended
    assert mended == (ROOT / "data" / "mandates.csv").read_bytes()
    assert (repairs / "files" / "data" / "mandates.csv").read_bytes() == mended


def test_the_repairs_keep_the_correction_that_was_meant(tmp_path):
    runner = checked(tmp_path, edit("data/topics.csv", "Security", "Security and peace"), spreadsheet)
    assert "Security and peace" in (tmp_path / "checkout" / "data" / "topics.csv").read_text()
    assert "What you change, once that is mended" in comment(runner)
    assert "and peace" in comment(runner)


def test_annotations_stand_beside_the_lines_and_are_ten_at_most(tmp_path):
    def spoil(package):
        path = package / "data" / "documents.csv"
        path.write_text(path.read_text().replace("-04-", "-4-").replace("-12-", "-99-").replace(",declaration,", ",d,"))

    runner = checked(tmp_path, spoil)
    commands = named(runner, "Validate the package").commands
    assert 0 < len(commands) <= 10
    lines = [command for command in commands if command.startswith("::error file=data/documents.csv,line=")]
    assert len(lines) >= 3


def test_a_package_in_a_folder_of_the_repository_is_checked_as_well(tmp_path):
    runner = checked(tmp_path, spreadsheet, within="packages/summits")
    commands = named(runner, "Validate the package").commands
    assert commands[0].startswith("::error file=packages/summits/data/mandates.csv")
    assert (runner.uploaded["repairs"] / "files" / "packages" / "summits" / "data" / "mandates.csv").is_file()


def test_without_a_common_revision_the_package_is_checked_as_it_stands_and_the_checks_fail(tmp_path):
    checkout = repository(tmp_path / "checkout")
    git(checkout, "switch", "--quiet", "--orphan", "proposal")
    git(checkout, "checkout", "--quiet", "main", "--", ".")
    git(checkout, "commit", "--quiet", "--message=Alone")
    runner = run_checks(tmp_path, checkout)
    first = runner.steps[0]
    assert first.commands[0].startswith("::error title=No base::This pull request shares no revision")
    assert "is sound" in comment(runner)
    assert "shares no revision" in comment(runner)
    assert failed(runner) == ["Find the revision that the pull request starts from"]


def test_a_table_that_is_deleted_is_an_error_that_names_the_file(tmp_path):
    runner = checked(tmp_path, lambda package: (package / "data" / "items.csv").unlink())
    assert "Fail where there is an error" in failed(runner)
    assert "items.csv" in comment(runner)


def test_a_table_that_is_deleted_with_its_entry_is_shown_to_be_removed(tmp_path):
    def remove(package):
        (package / "data" / "sources.csv").unlink()
        (package / "datapackage.json").unlink()
        shutil.copy(ROOT / "datapackage.json", package)
        text = (package / "datapackage.json").read_text()
        start = text.index("{", text.rindex("},", 0, text.index('"name": "sources"')))
        end = text.index('"name": "mandates"')
        (package / "datapackage.json").write_text(text[:start] + text[text.rindex("{", 0, end) :])

    runner = checked(tmp_path, remove)
    assert "Fail where there is an error" in failed(runner)
    assert "`sources`" in named(runner, "Show what changes").summary


def test_no_workflow_and_no_action_puts_an_expression_into_a_script():
    files = [ROOT / "action.yml", *(ROOT / ".github" / "workflows").glob("*.yml")]
    scripts = []
    for path in files:
        described = read(path)
        jobs = described["jobs"].values() if "jobs" in described else [described["runs"]]
        scripts += [(path.name, step["run"]) for job in jobs for step in job["steps"] if "run" in step]
    assert len(scripts) > 10
    assert [name for name, script in scripts if "${{" in script] == []


def test_the_scripts_are_bash_that_can_be_read():
    for path in [ROOT / "action.yml", *(ROOT / ".github" / "workflows").glob("*.yml")]:
        described = read(path)
        jobs = described["jobs"].values() if "jobs" in described else [described["runs"]]
        for step in [step for job in jobs for step in job["steps"] if "run" in step]:
            done = subprocess.run(["bash", "-n"], input=step["run"], text=True, capture_output=True, check=False)
            assert done.stderr == "", path.name
