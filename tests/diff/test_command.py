"""What a shell sees of `mandates-data diff`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from diffed_packages import schema, write_package

TABLES = {"t": (schema(["id", "a"]), "id,a\n1,x\n"), "u": (schema(["id"]), "id\n1\n")}
CHANGED = {**TABLES, "t": (schema(["id", "a"]), "id,a\n1,y\n")}
TEXT = 't: 1 row changed (1 cell changed)\n~ t 1\n    a: "x" -> "y"\n'


def run(*arguments, cwd=None, **environment):
    command = [sys.executable, "-m", "mandates_data", "diff", *map(str, arguments)]
    done = subprocess.run(
        command, capture_output=True, cwd=cwd, env={**os.environ, **environment}, encoding="utf-8", check=False
    )
    assert "Traceback" not in done.stderr
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def old(tmp_path):
    return write_package(tmp_path / "old", TABLES)


@pytest.fixture
def new(tmp_path):
    return write_package(tmp_path / "new", CHANGED)


def test_the_same_packages_end_in_0(old):
    assert run(old, old) == (0, "no changes\n", "")


def test_differences_end_in_1(old, new):
    assert run(old, new) == (1, TEXT, "")
    assert run(old, new, "--table", "t") == (1, TEXT, "")
    assert run(old, new, "--table", "u") == (0, "no changes\n", "")


def test_json_is_the_same_bytes_each_time(old, new):
    code, out, _ = run(old, new, "--format", "json")
    assert (code, run(old, new, "--format", "json", PYTHONHASHSEED="7")[1]) == (1, out)
    assert json.loads(out)["resources"][0]["rows"] == [
        {"kind": "changed", "key": ["1"], "cells": [{"field": "a", "kind": "changed", "old": "x", "new": "y"}]}
    ]


BROKEN = {
    "a key twice": "id,a\n1,x\n1,y\n",
    "an unclosed quote": 'id,a\n1,"x\n',
    "another header": "id,c\n1,x\n",
    "another encoding": b"id,a\n1,\xe9\n",
    "nothing": "",
}


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN)
@pytest.mark.parametrize("how", ["text", "json"])
def test_a_comparison_that_fails_ends_in_2_and_prints_nothing_as_a_result(tmp_path, old, content, how):
    """The broken table comes after one with differences."""
    tables = {"a": (schema(["id"]), "id\n1\n"), "t": (schema(["id", "a"]), content)}
    bad = write_package(tmp_path / "bad", tables)
    for pair in ((old, bad), (bad, old), (bad, bad)):
        code, out, err = run(*pair, "--format", how)
        assert (code, out) == (2, "")
        assert err.startswith("mandates-data: error: data/t.csv")
        assert err.count("\n") == 1


def test_what_is_not_there_ends_in_2(tmp_path, old, new):
    (new / "data/t.csv").unlink()
    for arguments in ((old, new), (new, old), (old, tmp_path / "nowhere"), (old, old, "--table", "v"), (old, "git:no")):
        code, out, err = run(*arguments, cwd=tmp_path)
        assert (code, out) == (2, "")
        assert err.startswith("mandates-data: error: ")


@pytest.mark.parametrize("depth", [400, 600, 900])
def test_a_descriptor_that_is_nested_deep_never_gives_a_traceback(tmp_path, old, depth):
    text = (old / "datapackage.json").read_text()
    deep = write_package(tmp_path / "deep", TABLES)
    (deep / "datapackage.json").write_text('{"deep": ' + '{"a": ' * depth + "1" + "}" * depth + "," + text[1:])
    for pair in ((old, deep), (deep, old), (deep, deep)):
        for how in ("text", "json"):
            code, out, err = run(*pair, "--format", how)
            assert (code in (0, 1) and not err) or (code == 2 and not out and err.count("\n") == 1)


def test_a_descriptor_and_a_zip_are_packages_too(tmp_path, old, new):
    with zipfile.ZipFile(tmp_path / "new.zip", "w") as archive:
        for path in new.rglob("*.*"):
            archive.write(path, path.relative_to(new))
    assert run(old / "datapackage.json", tmp_path / "new.zip") == (1, TEXT, "")


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")
def test_git_revisions_are_packages_and_nothing_is_checked_out(tmp_path):
    def git(*arguments):
        names = ("user.name=n", "user.email=e@example.org", "commit.gpgsign=false", "core.autocrlf=false")
        settings = [part for name in names for part in ("-c", name)]
        subprocess.run(["git", *settings, *arguments], cwd=repository, check=True, capture_output=True)

    repository = write_package(tmp_path / "repository", TABLES)
    git("init", "--initial-branch=main")
    git("add", ".")
    git("commit", "--message", "old")
    write_package(repository, CHANGED)
    assert run("git:HEAD", ".", cwd=repository) == (1, TEXT, "")
    git("commit", "--all", "--message", "new")
    assert run("git:HEAD~1", "git:main", cwd=repository) == (1, TEXT, "")
    assert run("git:main", repository, cwd=repository) == (0, "no changes\n", "")


def test_tables_in_no_canonical_form_give_the_same_text(tmp_path, old):
    shuffled = write_package(tmp_path / "s", {**TABLES, "t": (schema(["id", "a"]), "a,id\r\n\r\nz,2\r\ny,1\r\n")})
    added = '+ t 2\n    id: "2"\n    a: "z"\n'
    changed = '~ t 1\n    a: "x" -> "y"\n'
    assert run(old, shuffled) == (1, f"t: 1 row added, 1 row changed (1 cell changed)\n{changed}{added}", "")


RETIRED = (
    schema(["retirement_id", "retired_id", "table", "replaced_by"], ("retirement_id",)),
    "retirement_id,retired_id,table,replaced_by\n",
)


def test_markdown_and_html_end_in_the_same_codes(old, new):
    assert run(old, old, "--format", "markdown") == (0, "### No changes: `small 1.0.0`\n\n", "")
    for how, start in (("markdown", "### Changes: `small 1.0.0`\n"), ("html", "<!doctype html>\n")):
        code, out, err = run(old, new, "--format", how)
        assert (code, err, out.startswith(start)) == (1, "", True)


def test_counts_alone_and_a_limit(tmp_path, old):
    many = write_package(tmp_path / "m", {**TABLES, "t": (schema(["id", "a"]), "id,a\n1,y\n2,\n3,\n")})
    counts = "t: 2 rows added, 1 row changed (1 cell changed)\n"
    assert run(old, many, "--stat") == (1, counts, "")
    shown = '~ t 1\n    a: "x" -> "y"\n'
    assert run(old, many, "--limit", "1") == (1, f"{counts}{shown}  2 more rows not shown (--limit 1)\n", "")
    assert json.loads(run(old, many, "--stat", "--format", "json")[1])["resources"][0]["counts"]["rows_added"] == 2


def test_what_was_left_out_is_said(old, new):
    assert run(old, new, "--only", "added") == (0, "left out: all but added (--only)\nno other changes\n", "")
    assert run(old, new, "--ignore-field", "t.a") == (
        0,
        "left out: the field t.a (--ignore-field)\nno other changes\n",
        "",
    )


def test_retired_identifiers_are_found_by_the_descriptor(tmp_path):
    tables = {"r": RETIRED, "t": (schema(["id", "a"]), "id,a\n1,x\n")}
    renamed = {"r": (RETIRED[0], RETIRED[1] + "1.1,1,t,2\n"), "t": (schema(["id", "a"]), "id,a\n2,y\n")}
    own = {"mandates_data": {"retired_ids": "r"}}
    sides = [write_package(tmp_path / str(n), each, **own) for n, each in enumerate((tables, renamed))]
    assert run(*sides, "--table", "t") == (
        1,
        't: 1 row renamed\n> t 1 -> 2 (declared in the retired identifiers)\n    a: "x" -> "y"\n',
        "",
    )


WRONG = {
    "a key without fields": ["--key", "t"],
    "a key twice": ["--key", "t=a", "--key", "t=id"],
    "a key of no field": ["--key", "t=c"],
    "a key of no table": ["--key", "w=id"],
    "a field that is nowhere": ["--ignore-field", "c"],
    "a field that rows are matched by": ["--ignore-field", "id"],
    "a kind that is none": ["--only", "moved"],
    "a limit of JSON": ["--limit", "3", "--format", "json"],
    "words of text": ["--words"],
}


@pytest.mark.parametrize("options", WRONG.values(), ids=WRONG)
def test_options_that_ask_for_what_cannot_be_end_in_2(old, new, options):
    code, out, err = run(old, new, *options)
    assert (code, out) == (2, "")
    assert "rror: " in err


def test_colour_is_for_a_terminal_alone(old, new):
    assert "\x1b" not in run(old, new)[1]
    pty = pytest.importorskip("pty")
    seen = {}
    for name, environment in (("colour", {}), ("none", {"NO_COLOR": "1"})):
        ours, theirs = pty.openpty()
        command = [sys.executable, "-m", "mandates_data", "diff", str(old), str(new)]
        subprocess.run(command, stdout=theirs, env={**os.environ, "NO_COLOR": "", **environment}, check=False)
        os.close(theirs)
        seen[name] = os.read(ours, 10_000).decode()
        os.close(ours)
    assert ("\x1b[33m~ t 1" in seen["colour"], "\x1b" in seen["none"]) == (True, False)
