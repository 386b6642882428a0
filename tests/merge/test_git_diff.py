"""`git diff` through the driver, in repositories of their own."""

from __future__ import annotations

import pytest
from repositories import Repository


@pytest.fixture
def repository(tmp_path):
    return Repository(tmp_path / "repository")


def test_a_changed_cell_is_shown_by_its_key_with_its_words(repository):
    repository.edit("data/t.csv", "2,two,q", "2,two more words,q", refresh=False)
    repository.edit("data/t.csv", "3,three,r\n", "", refresh=False)
    assert repository.git("diff") == (
        "data/t.csv\n"
        "t: 1 row removed, 1 row changed (1 cell changed)\n"
        "~ t 2\n"
        '    a: "two" -> "two more words"\n'
        "- t 3\n"
        '    id: "3"\n'
        '    a: "three"\n'
        '    b: "r"\n'
    )


def test_between_two_commits_too_and_git_itself_shows_lines_when_asked(repository):
    repository.edit("data/t.csv", "2,two,q", "2,TWO,q", refresh=False)
    repository.commit("Change")
    assert '    a: "two" -> "TWO"\n' in repository.git("diff", "HEAD~1", "HEAD")
    assert "+2,TWO,q\n" in repository.git("diff", "--no-ext-diff", "HEAD~1", "HEAD")


def test_a_column_that_came_is_shown_as_one(repository):
    repository.write("data/t.csv", "id,a,b,c\n1,one,p,n\n2,two,q,\n3,three,r,\n")
    assert "column c, which the schema does not name, came or went with 1 value" in repository.git("diff")


def test_a_table_that_came_or_went_is_shown_with_its_rows(repository):
    repository.git("rm", "--quiet", "data/t.csv")
    assert "data/t.csv\nt: table removed, 3 rows\n- t 1\n" in repository.git("diff", "--cached")
    assert "data/t.csv\nt: table added, 3 rows\n+ t 1\n" in repository.git("diff", "--cached", "-R")


def test_a_renamed_table_is_shown_with_the_cells_that_changed(repository):
    repository.git("mv", "data/t.csv", "data/things.csv")
    repository.edit("datapackage.json", "data/t.csv", "data/things.csv", refresh=False)
    repository.edit("data/things.csv", "2,two,q", "2,TWO,q")
    repository.git("add", "--all")
    shown = repository.git("diff", "--cached", "-M10%")
    assert "data/t.csv -> data/things.csv\nt: 1 row changed (1 cell changed)\n" in shown


def test_the_descriptor_is_shown_by_its_properties_without_those_that_are_generated(repository):
    repository.edit("data/t.csv", "2,two,q", "2,TWO,q")
    assert "datapackage.json\nonly sizes and digests of tables differ\n" in repository.git("diff")
    repository.edit("datapackage.json", '"version": "1.0.0"', '"version": "1.0.1"', refresh=False)
    assert 'package: 1 property changed\n  ~ version: "1.0.0" -> "1.0.1"\n' in repository.git("diff")


def test_what_cannot_be_read_is_shown_line_by_line(repository):
    repository.write("data/t.csv", 'id,a,b\n1,"one,p\n')
    shown = repository.git("diff")
    assert "data/t.csv\nshown line by line: " in shown
    assert '\n+1,"one,p\n' in shown


def test_a_file_that_is_no_table_is_shown_line_by_line(repository):
    repository.write("data/notes.csv", "free\n")
    repository.git("add", "--all")
    assert repository.git("diff", "--cached") == "data/notes.csv\n@@ -0,0 +1 @@\n+free\n"


def test_a_path_in_conflict_is_named(repository):
    for name, text in (("mine", "ONE"), ("other", "Uno")):
        repository.branch(name, "main")
        repository.edit("data/t.csv", "1,one,", f"1,{text},", refresh=False)
        repository.commit(name)
    repository.git("merge", "--no-edit", "mine", code=1)
    assert "* Unmerged path data/t.csv\n" in repository.git("diff", "--cached")


def test_nothing_that_a_terminal_or_a_runner_obeys_is_printed(repository):
    repository.edit("data/t.csv", "2,two,q", "2,\x1b[2Jtwo,q", refresh=False)
    assert "\x1b" not in repository.git("diff")
