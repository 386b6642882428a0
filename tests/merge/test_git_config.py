"""What `git-config` writes, and that it can be taken back."""

from __future__ import annotations

import json

import pytest
from repositories import Repository


@pytest.fixture
def repository(tmp_path):
    made = Repository(tmp_path / "repository")
    made.command("git-config", "--remove")
    return made


def own(repository):
    """The repository's own files."""
    return {name: (repository.top / ".git" / name).read_bytes() for name in ("config", "info/attributes")}


def test_it_writes_to_the_repositorys_own_files_and_to_no_other(repository):
    repository.command("git-config")
    assert repository.git("status", "--porcelain") == ""
    lines = own(repository)["info/attributes"].decode().splitlines()
    assert [line for line in lines if not line.startswith("#")] == [
        "/datapackage.json merge=mandates-data diff=mandates-data",
        "/data/*.csv merge=mandates-data diff=mandates-data",
    ]
    assert "git-merge %P %O %A %B" in repository.git("config", "merge.mandates-data.driver")
    assert "merge-conflicts.json" in (repository.top / ".git/info/exclude").read_text()


def test_to_run_it_twice_changes_nothing(repository):
    repository.command("git-config")
    before = own(repository)
    assert repository.command("git-config") == "Nothing to change.\n"
    assert own(repository) == before


def test_what_others_wrote_stays_and_all_that_it_wrote_is_taken_back(repository):
    attributes = repository.top / ".git/info/attributes"
    attributes.write_text("*.png binary\n")
    before = own(repository)
    repository.command("git-config")
    attributes.write_text(attributes.read_text() + "*.jpg binary\n")
    assert "removed" in repository.command("git-config", "--remove")
    assert own(repository)["info/attributes"] == b"*.png binary\n*.jpg binary\n"
    assert own(repository)["config"] == before["config"]
    assert repository.command("git-config", "--remove") == "Nothing to change.\n"


def test_check_writes_nothing_and_says_whether_something_would_change(repository):
    before = own(repository)
    assert "would be set" in repository.command("git-config", "--check", code=1)
    assert own(repository) == before
    repository.command("git-config")
    assert "would be removed" in repository.command("git-config", "--remove", "--check", code=1)
    document = json.loads(repository.command("git-config", "--check", "--format", "json"))
    assert {each["before"] == each["after"] for each in document["settings"]} == {True}


def test_a_package_in_a_folder_with_a_blank_in_its_name(tmp_path):
    made = Repository(tmp_path / "repository", "some folder")
    shown = made.git("check-attr", "merge", "some folder/data/t.csv", "some folder/datapackage.json", "data/t.csv")
    assert [line.rpartition(": ")[2] for line in shown.splitlines()] == [
        "mandates-data",
        "mandates-data",
        "unspecified",
    ]


def test_in_a_worktree_the_settings_are_those_of_the_repository(repository):
    repository.git("worktree", "add", "--quiet", "../other")
    repository.package = repository.top.parent / "other"
    repository.command("git-config")
    assert b"mandates-data" in own(repository)["info/attributes"]


def test_where_there_is_no_repository_or_no_package_it_says_so(tmp_path, repository):
    repository.package = tmp_path
    assert "There is no git repository around the current folder" in repository.command("git-config", code=2)
    (repository.top / "datapackage.json").unlink()
    repository.package = repository.top
    assert "There is no datapackage.json around the current folder" in repository.command("git-config", code=2)
