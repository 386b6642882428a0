"""What a shell sees of `mandates-data patch`."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import zipfile

import pytest
from diffed_packages import schema, write_package

TABLES = {"t": (schema(["id", "a"]), "id,a\n1,x\n2,y\n"), "u": (schema(["id"]), "id\n1\n")}
CHANGED = {"t": (schema(["id", "a", "b"]), "id,a,b\n1,z,\n2,y,w\n"), "v": (schema(["id"]), "id\n9\n")}


def run(command, *arguments, stdin=None):
    shown = [sys.executable, "-m", "mandates_data", command, *map(str, arguments)]
    done = subprocess.run(shown, capture_output=True, input=stdin, check=False)
    assert b"Traceback" not in done.stderr
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def canonical(folder):
    """The package with its descriptor in canonical form."""
    path = folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text()), indent=2, ensure_ascii=False) + "\n")
    return folder


def content(folder):
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def old(tmp_path):
    return canonical(write_package(tmp_path / "old", TABLES, title="Old"))


@pytest.fixture
def new(tmp_path):
    return canonical(write_package(tmp_path / "new", CHANGED, version="1.1.0"))


@pytest.fixture
def changes(tmp_path, old, new):
    code, out, err = run("diff", old, new, "--format", "json")
    assert (code, err) == (1, "")
    path = tmp_path / "changes.json"
    path.write_text(out, encoding="utf-8")
    return path


def test_a_patch_makes_the_new_package_and_its_reverse_the_old_one(tmp_path, old, new, changes):
    before = content(old)
    assert run("patch", old, changes) == (
        0,
        "data/t.csv written\ndata/v.csv written\ndatapackage.json written\ndata/u.csv removed\n",
        "",
    )
    assert content(old) == content(new)
    assert run("patch", old / "datapackage.json", changes, "--reverse")[0] == 0
    assert content(old) == before


def test_a_patch_is_read_from_standard_input_too(old, new, changes):
    assert run("patch", old, "-", stdin=changes.read_bytes())[0] == 0
    assert content(old) == content(new)


def test_check_changes_nothing_and_says_what_would_be(tmp_path, old, new, changes):
    before = content(old)
    assert run("patch", old, changes, "--check") == (
        0,
        (
            "data/t.csv would be written\ndata/v.csv would be written\ndatapackage.json would be written\n"
            "data/u.csv would be removed\n"
        ),
        "",
    )
    code, out, _ = run("patch", new, changes, "--check")
    assert (code, out.splitlines()[0]) == (1, "The changeset does not fit: 7 conflicts. Nothing was changed.")
    assert run("patch", new, changes, "--check", "--reverse")[0] == 0
    assert content(old) == before


def test_what_does_not_fit_ends_in_1_and_changes_nothing(old, changes):
    (old / "data/t.csv").write_text("id,a\n1,q\n2,y\n")
    before = content(old)
    line = "  t 1 a: 'x' was expected, 'q' is there\n"
    assert run("patch", old, changes) == (
        1,
        f"The changeset does not fit: 1 conflict. Nothing was changed.\n{line}",
        "",
    )
    code, out, _ = run("patch", old, changes, "--format", "json")
    assert (code, json.loads(out)) == (
        1,
        {
            "format": "mandates-data/patch",
            "format_version": 1,
            "applied": False,
            "fits": False,
            "write": [],
            "remove": [],
            "conflicts": [{"table": "t", "key": ["1"], "place": "a", "expected": "x", "found": "q"}],
        },
    )
    assert content(old) == before


def test_a_table_in_another_form_is_written_canonically(old, changes):
    (old / "data/t.csv").write_bytes(b"a,id\r\ny,2\r\nx,1")
    assert run("patch", old, changes)[0] == 0
    assert (old / "data/t.csv").read_bytes() == b"id,a,b\n1,z,\n2,y,w\n"


def test_a_zip_can_be_checked_and_not_patched(tmp_path, old, changes):
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        for path in old.rglob("*.*"):
            archive.write(path, path.relative_to(old))
    assert run("patch", tmp_path / "old.zip", changes, "--check")[0] == 0
    code, out, err = run("patch", tmp_path / "old.zip", changes)
    assert (code, out) == (2, "")
    assert err == (
        "mandates-data: error: Only a folder can be patched. Unpack it and name the folder, or use --check.\n"
    )


@pytest.mark.parametrize("option", [["--only", "added"], ["--ignore-field", "a"], ["--stat"]])
def test_what_is_not_complete_is_refused(tmp_path, old, new, option):
    partial = tmp_path / "partial.json"
    partial.write_text(run("diff", old, new, "--format", "json", *option)[1], encoding="utf-8")
    before = content(old)
    code, out, err = run("patch", old, partial)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert content(old) == before


BAD = {
    "nothing": b"",
    "no JSON": b"{",
    "another JSON": b"[]",
    "another format": b'{"format": "x"}',
    "version 1": b'{"format": "mandates-data/changeset", "format_version": 1}',
    "no UTF-8": b"\xff",
    "twins": b'{"a": 1, "a": 2}',
    "too deep": b'{"format":' * 100_000,
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_what_is_no_changeset_ends_in_2_with_one_line(tmp_path, old, bad):
    (tmp_path / "bad.json").write_bytes(bad)
    code, out, err = run("patch", old, tmp_path / "bad.json")
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_a_changeset_that_is_not_there_ends_in_2(tmp_path, old):
    code, out, err = run("patch", old, tmp_path / "nowhere.json")
    assert (code, out) == (2, "")
    assert err.startswith("mandates-data: error: Cannot read ")


HOSTILE = {
    "out of the package": "../evil.csv",
    "hidden": ".github/workflows/evil.yml",
    "hidden deeper": "data/.git/config",
    "absolute": "/evil.csv",
    "a file of another kind": "README.md",
    "the descriptor": "datapackage.json",
    "another table": "data/t.csv",
    "not plain": "data//./t.csv",
}


@pytest.mark.parametrize("path", HOSTILE.values(), ids=HOSTILE)
def test_a_changeset_writes_no_file_but_tables_of_its_own(tmp_path, old, changes, path):
    (old / "README.md").write_text("Read me.\n")
    document = json.loads(changes.read_text(encoding="utf-8"))
    (added,) = [table for table in document["resources"] if table["kind"] == "added"]
    added["new"]["descriptor"]["path"] = path
    changes.write_text(json.dumps(document), encoding="utf-8")
    before = content(tmp_path)
    code, out, err = run("patch", old, changes)
    assert (code, out, err.count("\n")) == (2, "", 1)
    assert content(tmp_path) == before


def test_a_link_that_leads_out_is_not_followed(tmp_path, old, changes):
    outside = tmp_path / "outside"
    outside.mkdir()
    (old / "link").symlink_to(outside)
    document = json.loads(changes.read_text(encoding="utf-8"))
    document["resources"][-1]["new"]["descriptor"]["path"] = "link/v.csv"
    changes.write_text(json.dumps(document), encoding="utf-8")
    assert run("patch", old, changes)[0] == 2
    assert list(outside.iterdir()) == []


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="rights do not stop this user")
def test_a_folder_that_may_not_be_written_is_left_as_it_was(old, changes):
    before = content(old)
    (old / "data").chmod(0o500)
    code, _, err = run("patch", old, changes)
    (old / "data").chmod(0o700)
    assert (code, err.count("\n")) == (2, 1)
    assert content(old) == before


def test_a_folder_that_lost_a_table_is_told_so(old, changes):
    shutil.rmtree(old / "data")
    code, out, err = run("patch", old, changes)
    assert (code, out, err.count("\n")) == (2, "", 1)


def test_some_tables_can_be_patched_alone(tmp_path, old, new):
    partial = tmp_path / "t.json"
    partial.write_text(run("diff", old, new, "--format", "json", "--table", "t")[1], encoding="utf-8")
    before = (old / "datapackage.json").read_bytes()
    assert run("patch", old, partial) == (0, "data/t.csv written\ndatapackage.json written\n", "")
    assert (old / "data/t.csv").read_bytes() == (new / "data/t.csv").read_bytes()
    assert (old / "data/u.csv").is_file()
    assert run("patch", old, partial, "--reverse")[0] == 0
    assert (old / "datapackage.json").read_bytes() == before


def shared(folder, fields, content):
    """Two tables whose schema is one file."""
    package = write_package(folder, {"t": (schema(fields), content), "u": (schema(fields), content)})
    descriptor = json.loads((package / "datapackage.json").read_text())
    for resource in descriptor["resources"]:
        resource["schema"] = "s.json"
    (package / "datapackage.json").write_text(json.dumps(descriptor))
    (package / "s.json").write_text(json.dumps(schema(fields), indent=2) + "\n")
    return canonical(package)


def test_a_schema_that_two_tables_share_is_patched_once_and_for_both(tmp_path):
    old, new = shared(tmp_path / "o", ["id", "a"], "id,a\n1,x\n"), shared(tmp_path / "n", ["id"], "id\n1\n")
    changes = tmp_path / "changes.json"
    changes.write_text(run("diff", old, new, "--format", "json")[1], encoding="utf-8")
    before = content(old)
    document = json.loads(changes.read_text())
    document["resources"].pop()
    (tmp_path / "half.json").write_text(json.dumps(document))
    code, out, err = run("patch", old, tmp_path / "half.json")
    assert (code, out, "Two contents would stand in s.json" in err) == (2, "", True)
    assert content(old) == before
    assert run("patch", old, changes) == (0, "data/t.csv written\ndata/u.csv written\ns.json written\n", "")
    assert content(old) == content(new)
