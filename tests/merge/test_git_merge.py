"""Real merges, rebases and cherry-picks through the driver, in repositories of their own."""

from __future__ import annotations

import json

import pytest
from repositories import FIELDS, Repository


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path / "repository")


def corrected(repository, number, old, new):
    """A correction with its row in the ledger, as a contributor makes it."""
    repository.edit("data/t.csv", f"{number},{old},", f"{number},{new},")
    repository.write("data/l.csv", repository.read("data/l.csv") + f"{number}.a.1,{new}\n")
    repository.refresh()
    repository.commit(f"Correct {number}")


def two_corrections(repository):
    repository.branch("mine")
    corrected(repository, "1", "one", "ONE")
    repository.branch("other")
    corrected(repository, "2", "two", "TWO")
    repository.git("checkout", "--quiet", "mine")


def is_whole(repository):
    assert repository.read("data/t.csv") == "id,a,b\n1,ONE,p\n2,TWO,q\n3,three,r\n"
    assert repository.read("data/l.csv") == "correction_id,new\n1.a.1,ONE\n2.a.1,TWO\n"
    assert repository.git("status", "--porcelain") == ""
    assert "small 1.0.0 is sound: " in repository.command("validate")


def test_two_corrections_of_neighbouring_rows_merge_without_a_conflict_and_the_result_is_sound(repository):
    two_corrections(repository)
    repository.git("merge", "--no-edit", "other")
    is_whole(repository)


def test_so_does_a_branch_that_has_fallen_behind_and_is_rebased(repository):
    two_corrections(repository)
    repository.git("checkout", "--quiet", "main")
    repository.git("merge", "--quiet", "--ff-only", "other")
    repository.git("checkout", "--quiet", "mine")
    repository.git("rebase", "main")
    is_whole(repository)


def test_so_does_a_commit_that_is_picked(repository):
    two_corrections(repository)
    repository.git("cherry-pick", "other")
    is_whole(repository)


def test_so_does_a_package_in_a_folder_of_its_repository(tmp_path):
    repository = Repository(tmp_path / "repository", "some folder/package")
    two_corrections(repository)
    repository.git("merge", "--no-edit", "other")
    is_whole(repository)


def test_without_the_driver_git_would_not_merge_them(repository):
    repository.command("git-config", "--remove")
    two_corrections(repository)
    assert "CONFLICT" in repository.git("merge", "--no-edit", "other", code=1)


def conflicting(repository):
    repository.branch("mine")
    repository.edit("data/t.csv", "1,one,p", "1,ONE,p")
    repository.commit("Mine")
    repository.branch("other")
    repository.edit("data/t.csv", "1,one,p", "1,Uno,P")
    repository.commit("Other")
    repository.git("checkout", "--quiet", "mine")


def test_a_conflict_leaves_ours_in_the_table_and_is_told_in_the_file_of_conflicts(repository):
    conflicting(repository)
    shown = repository.git("merge", "--no-edit", "other", code=1)
    assert "t 1, a: both sides changed this cell." in shown
    assert '    theirs: "one" -> "Uno"' in shown
    assert repository.read("data/t.csv") == "id,a,b\n1,ONE,P\n2,two,q\n3,three,r\n"
    assert repository.git("diff", "--name-only", "--diff-filter=U") == "data/t.csv\n"
    [conflict] = json.loads(repository.read("merge-conflicts.json"))["conflicts"]
    assert (conflict["table"], conflict["key"], conflict["field"]) == ("t", ["1"], "a")
    assert (conflict["base"], conflict["ours"], conflict["theirs"]) == ("one", "ONE", "Uno")
    assert "merge-conflicts.json" not in repository.git("status", "--porcelain")
    assert "small 1.0.0 is sound: " in repository.command("validate")


def test_once_settled_and_merged_again_elsewhere_the_old_conflicts_are_gone(repository):
    conflicting(repository)
    repository.git("merge", "--no-edit", "other", code=1)
    repository.commit("Merge")
    repository.branch("third", "other")
    repository.edit("data/t.csv", "3,three,r", "3,drei,r")
    repository.commit("Third")
    repository.git("checkout", "--quiet", "mine")
    repository.edit("data/t.csv", "2,two,q", "2,TWO,q")
    repository.commit("More")
    repository.git("merge", "--no-edit", "third")
    assert not (repository.package / "merge-conflicts.json").exists()
    assert repository.read("data/t.csv") == "id,a,b\n1,ONE,P\n2,TWO,q\n3,drei,r\n"


def test_a_table_whose_file_was_renamed_there_is_merged_with_the_cells_changed_here(repository):
    repository.branch("mine")
    repository.edit("data/t.csv", "1,one,p", "1,ONE,p")
    repository.commit("Mine")
    repository.branch("other")
    repository.git("mv", "data/t.csv", "data/things.csv")
    descriptor = repository.read("datapackage.json").replace("data/t.csv", "data/things.csv")
    repository.write("datapackage.json", descriptor)
    repository.edit("data/things.csv", "2,two,q", "2,TWO,q")
    repository.commit("Rename")
    repository.git("checkout", "--quiet", "mine")
    repository.git("merge", "--no-edit", "other")
    assert repository.read("data/things.csv") == "id,a,b\n1,ONE,p\n2,TWO,q\n3,three,r\n"
    assert "small 1.0.0 is sound: " in repository.command("validate")


def test_columns_that_both_sides_added_are_merged_in_table_and_descriptor(repository):
    for name, column in (("mine", "c"), ("other", "d")):
        repository.branch(name)
        lines = repository.read("data/t.csv").splitlines()
        wider = [f"{line},{column if not number else f'{column}{number}'}" for number, line in enumerate(lines)]
        repository.write("data/t.csv", "\n".join(wider) + "\n")
        raw = json.loads(repository.read("datapackage.json"))
        raw["resources"][0]["schema"]["fields"].append({"name": column, "type": "string"})
        repository.write("datapackage.json", json.dumps(raw))
        repository.refresh()
        repository.commit(name)
    repository.git("checkout", "--quiet", "mine")
    repository.git("merge", "--no-edit", "other")
    assert repository.read("data/t.csv").splitlines()[:2] == ["id,a,b,c,d", "1,one,p,c1,d1"]
    assert "small 1.0.0 is sound: " in repository.command("validate")


def test_files_that_are_no_tables_are_merged_by_git(repository):
    repository.write("data/notes.csv", "free\ntext\n")
    repository.commit("Notes")
    for name, text in (("mine", "FREE\ntext\n"), ("other", "free!\ntext\n")):
        repository.branch(name, "main")
        repository.write("data/notes.csv", text)
        repository.commit(name)
    repository.git("checkout", "--quiet", "mine")
    repository.git("merge", "--no-edit", "other", code=1)
    assert "<<<<<<< ours:data/notes.csv\nFREE\n" in repository.read("data/notes.csv")


def test_a_table_that_cannot_be_read_stays_as_in_ours_and_has_no_marks(repository):
    repository.branch("mine")
    repository.write("data/t.csv", 'id,a,b\n1,"one,p\n')
    repository.commit("Mine")
    repository.branch("other")
    repository.edit("data/t.csv", "1,one,p", "1,Uno,p")
    repository.commit("Other")
    repository.git("checkout", "--quiet", "mine")
    assert "cannot be merged by rows" in repository.git("merge", "--no-edit", "other", code=1)
    assert repository.read("data/t.csv") == 'id,a,b\n1,"one,p\n'


def test_sizes_and_digests_that_nobody_can_tell_are_a_conflict(repository):
    two_corrections(repository)
    repository.git("checkout", "--quiet", "other")
    repository.edit("data/t.csv", "3,three,r", "3,drei,r", refresh=False)
    repository.edit("datapackage.json", '"version": "1.0.0"', '"version": "1.0.1"', refresh=False)
    raw = json.loads(repository.read("datapackage.json"))
    raw["resources"][0]["hash"] = "sha256:" + "0" * 64
    repository.write("datapackage.json", json.dumps(raw, indent=2) + "\n")
    repository.commit("Stale")
    repository.git("checkout", "--quiet", "mine")
    shown = repository.git("merge", "--no-edit", "other", code=1)
    assert "t, hash: its size and digest cannot be told here; once all is merged, run: mandates-data fmt" in shown
    repository.command("validate", code=1)
    repository.command("fmt")
    assert "small 1.0.1 is sound: " in repository.command("validate")


def test_a_table_that_both_added_under_one_name_is_merged_by_its_rows(repository):
    for name, row in (("mine", "5,m,"), ("other", "6,o,")):
        repository.branch(name, "main")
        repository.write("data/new.csv", f"id,a,b\n{row}\n")
        raw = json.loads(repository.read("datapackage.json"))
        raw["resources"].append({"name": "new", "path": "data/new.csv", "encoding": "utf-8", "schema": dict(FIELDS)})
        repository.write("datapackage.json", json.dumps(raw))
        repository.refresh()
        repository.commit(name)
    repository.git("checkout", "--quiet", "mine")
    repository.git("merge", "--no-edit", "other")
    assert repository.read("data/new.csv") == "id,a,b\n5,m,\n6,o,\n"
    assert "small 1.0.0 is sound: " in repository.command("validate")
