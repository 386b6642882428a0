"""What a shell sees of `mandates-data merge`."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from diffed_packages import schema, write_package

ROOT = Path(__file__).resolve().parents[2]
FIELDS = schema(["id", "a"])
POINTING = schema(["id", "t"], foreignKeys=[{"fields": ["t"], "reference": {"resource": "t", "fields": ["id"]}}])
ROWS = "id,a\n1,x\n2,y\n"


def run(*arguments, code):
    command = [sys.executable, "-m", "mandates_data", "merge", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False), done.stdout + done.stderr
    return done.stdout + done.stderr


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def make(tmp_path):
    def made(name, rows, pointing="id,t\n"):
        tables = {"t": (FIELDS, rows), "u": (POINTING, pointing)}
        return write_package(
            tmp_path / name, tables, **{"$schema": "https://datapackage.org/profiles/2.0/datapackage.json"}
        )

    return made


@pytest.fixture
def base(make):
    return make("base", ROWS)


def test_what_theirs_changed_is_written_into_ours(base, make):
    ours, theirs = make("ours", "id,a\n1,X\n2,y\n"), make("theirs", "id,a\n1,x\n2,Y\n")
    shown = run(base, ours, theirs, code=0)
    assert shown.startswith("data/t.csv written\nMerged without a conflict.\n")
    assert (ours / "data/t.csv").read_text() == "id,a\n1,X\n2,Y\n"
    assert "Merged: ours has it all already.\n" in run(base, ours, theirs, code=0)
    assert "merge-conflicts.json" not in content(ours)


def test_a_conflict_is_told_in_words_and_in_a_file_and_ours_stands(base, make):
    ours, theirs = make("ours", "id,a\n1,X\n2,y\n"), make("theirs", "id,a\n1,Z\n2,Y\n")
    shown = run(base, ours, theirs, code=1)
    assert shown.startswith(
        "t 1, a: both sides changed this cell.\n"
        '    ours, which stands: "x" -> "X"\n'
        '    theirs: "x" -> "Z"\n'
        "data/t.csv written\n"
        "merge-conflicts.json written\n"
        "1 conflict, listed in merge-conflicts.json. Ours stands there: settle them, and remove that file.\n"
    )
    assert (ours / "data/t.csv").read_text() == "id,a\n1,X\n2,Y\n"
    document = json.loads((ours / "merge-conflicts.json").read_text())
    assert (document["format"], len(document["conflicts"])) == ("mandates-data/merge", 1)


def test_the_file_of_an_earlier_merge_is_removed_once_there_is_no_conflict(base, make):
    ours, theirs = make("ours", "id,a\n1,X\n2,y\n"), make("theirs", "id,a\n1,Z\n2,y\n")
    run(base, ours, theirs, code=1)
    (ours / "data/t.csv").write_text("id,a\n1,Z\n2,y\n")
    assert "merge-conflicts.json removed\n" in run(base, ours, theirs, code=0)
    assert "merge-conflicts.json" not in content(ours)


def test_no_command_takes_the_file_for_part_of_the_package(base, make, tmp_path):
    ours, theirs = make("ours", "id,a\n1,X\n2,y\n"), make("theirs", "id,a\n1,Z\n2,y\n")
    before = content(ours)
    run(base, ours, theirs, code=1)
    for words in (["validate", ours], ["fmt", ours, "--check"], ["diff", ours, ours], ["convert", ours, "--to", "csv"]):
        command = [sys.executable, "-m", "mandates_data", *map(str, words)]
        done = subprocess.run(command, capture_output=True, cwd=tmp_path, check=False)
        assert (words[0], done.returncode, b"merge-conflicts" in done.stdout) == (words[0], 0, False)
    (ours / "merge-conflicts.json").unlink()
    assert content(ours) == before


def test_another_file_of_that_name_is_not_written_over(base, make):
    ours, theirs = make("ours", "id,a\n1,X\n2,y\n"), make("theirs", "id,a\n1,Z\n2,Y\n")
    (ours / "merge-conflicts.json").write_text("{}")
    before = content(ours)
    assert "merge-conflicts.json is a file of yours" in run(base, ours, theirs, code=2)
    assert content(ours) == before


def test_check_writes_nothing(base, make):
    ours, theirs = make("ours", "id,a\n1,X\n2,y\n"), make("theirs", "id,a\n1,Z\n2,Y\n")
    before = content(ours)
    shown = run(base, ours, theirs, "--check", code=1)
    assert "data/t.csv would be written\n" in shown
    assert "1 conflict, in which ours would stand.\n" in shown
    assert content(ours) == before


def test_a_reference_that_the_merge_breaks_is_a_finding(base, make):
    ours, theirs = make("ours", "id,a\n2,y\n"), make("theirs", ROWS, "id,t\n7,1\n")
    shown = run(base, ours, theirs, code=1)
    assert "Merged without a conflict.\n" in shown
    assert "data/u.csv:2:B  MD401" in shown
    assert (ours / "data/u.csv").read_text() == "id,t\n7,1\n"


def test_the_result_goes_to_a_new_folder_where_it_is_whole(make, base, tmp_path):
    ours, theirs = make("ours", "id,a\n1,X\n2,y\n"), make("theirs", "id,a\n1,x\n2,Y\n")
    before = content(ours)
    run(base, ours, theirs, "-o", tmp_path / "new", code=0)
    assert content(ours) == before
    assert sorted(content(tmp_path / "new")) == ["data/t.csv", "data/u.csv", "datapackage.json"]
    assert (tmp_path / "new/data/t.csv").read_text() == "id,a\n1,X\n2,Y\n"
    assert "not an empty folder" in run(base, ours, theirs, "-o", tmp_path / "new", code=2)


def test_a_zip_needs_a_folder_to_write_to(make, base, tmp_path):
    ours = Path(shutil.make_archive(str(tmp_path / "ours"), "zip", make("packed", "id,a\n1,X\n2,y\n")))
    theirs = make("theirs", "id,a\n1,x\n2,Y\n")
    assert "Name a folder to write with -o" in run(base, ours, theirs, code=2)
    run(base, ours, theirs, "-o", tmp_path / "new", code=0)
    assert (tmp_path / "new/data/t.csv").read_text() == "id,a\n1,X\n2,Y\n"


def test_the_published_package_merged_to_a_new_folder_brings_the_pages_that_its_rules_read(tmp_path):
    sides = [tmp_path / name for name in ("base", "ours", "theirs")]
    for side in sides:
        shutil.copytree(ROOT / "data", side / "data")
        shutil.copytree(ROOT / "schemas", side / "schemas")
        shutil.copy(ROOT / "datapackage.json", side)
    summits = sides[2] / "data/summits.csv"
    summits.write_text(summits.read_text(encoding="utf-8").replace(",Miami,", ",Miami Beach,"), encoding="utf-8")
    run(*sides, "-o", tmp_path / "new", code=0)
    assert "Miami Beach" in (tmp_path / "new/data/summits.csv").read_text(encoding="utf-8")
    assert (tmp_path / "new/data/source/security.txt").is_file()


def test_a_table_that_cannot_be_read_stops_it_before_anything_is_written(base, make):
    ours, theirs = make("ours", "id,a\n1,X\n2,y\n"), make("theirs", "id,a\n1,x\n1,Y\n")
    before = content(ours)
    assert "the key id '1' stands on an earlier line too" in run(base, ours, theirs, code=2)
    assert content(ours) == before


@pytest.mark.parametrize("words", [[], ["one"], ["one", "two", "three"], ["a", "b", "c", "--format", "xml"]])
def test_wrong_arguments_end_in_2(words):
    assert run(*words, code=2) != ""
