"""`fmt` as a shell sees it."""

import json
import os
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from mended_packages import commit, package

BASE = "id,name,day\n001,Québec,2001-04-20\n002,Lima,\n"
NOW = "id,name,day\r\n2,Lima,\r\n1,Québec,20/04/2001\r\n"


def run(*arguments: object, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mandates_data", "fmt", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        cwd=cwd,
        check=False,
    )


def as_json(text: str) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(text)
    schema = json.loads((files("mandates_data.render") / "schemas" / "mending.schema.json").read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A package that was committed as `BASE` and is now `NOW`."""
    made = package(tmp_path / "p", BASE, bytes=len(BASE.encode()))
    commit(made)
    (made / "t.csv").write_bytes(NOW.encode())
    return made


def test_what_is_mended_and_put_back_is_said_where_it_now_stands(folder: Path) -> None:
    done = run(folder, "--against", "git:HEAD")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (
        "t.csv: mended: line ends CRLF (Windows) instead of LF, the order of the rows.\n"
        't.csv:3:A  002, id: "2" has lost its leading zeros, as a spreadsheet drops them. Put back: "002".\n'
        't.csv:2:A  001, id: "1" has lost its leading zeros, as a spreadsheet drops them. Put back: "001".\n'
        't.csv:2:C  001, day: "20/04/2001" is the date as a spreadsheet rewrites it. Put back: "2001-04-20".\n'
        "Written: t.csv. 3 cells put back.\n"
    )
    assert (folder / "t.csv").read_text(encoding="utf-8") == BASE


def test_a_second_run_has_nothing_to_do(folder: Path) -> None:
    run(folder, "--against", "git:HEAD")
    done = run(folder, "--against", "git:HEAD")
    assert (done.returncode, done.stdout) == (0, "Every table is in canonical form; nothing to mend.\n")


def test_check_writes_nothing_and_ends_in_1(folder: Path) -> None:
    done = run(folder, "--check", "--against", "git:HEAD")
    assert done.returncode == 1
    assert done.stdout.startswith(
        "t.csv: to be mended: line ends CRLF (Windows) instead of LF, the order of the rows.\n"
    )
    assert done.stdout.endswith("Would change: t.csv. 3 cells put back.\n")
    assert "t.csv:3:C  001, day:" in done.stdout
    assert (folder / "t.csv").read_bytes() == NOW.encode()


def test_check_of_what_is_canonical_ends_in_0(folder: Path) -> None:
    run(folder, "--against", "git:HEAD")
    assert run(folder, "--check").returncode == 0


def test_diff_shows_line_by_line_what_would_change_and_nothing_else(folder: Path) -> None:
    done = run(folder, "--diff", "--against", "git:HEAD")
    assert done.returncode == 1
    assert done.stdout == (
        "--- a/t.csv\n"
        "+++ b/t.csv\n"
        "@@ -1,3 +1,3 @@\n"
        "-id,name,day\\r\n"
        "-2,Lima,\\r\n"
        "-1,Québec,20/04/2001\\r\n"
        "+id,name,day\n"
        "+001,Québec,2001-04-20\n"
        "+002,Lima,\n"
    )
    assert done.stderr.endswith("Would change: t.csv. 3 cells put back.\n")
    assert (folder / "t.csv").read_bytes() == NOW.encode()


@pytest.mark.parametrize("encoding", ["utf-16", "cp1252"])
def test_diff_of_another_encoding_shows_the_text_that_it_was_read_as(encoding: str, folder: Path) -> None:
    (folder / "t.csv").write_bytes(BASE.replace("Lima", "Quito").encode(encoding))
    done = run(folder, "--diff", "--against", "git:HEAD")
    name = {"utf-16": "utf-16-le"}.get(encoding, encoding)
    assert done.stdout.startswith(f"--- a/t.csv ({name})\n+++ b/t.csv\n")
    assert done.returncode == 1


def test_what_is_left_ends_in_1_and_says_what_to_do(folder: Path) -> None:
    (folder / "t.csv").write_text("id,name,day\n001,Québec, Canada,2001-04-20\n002,Lima,\n", encoding="utf-8")
    done = run(folder)
    assert done.returncode == 1
    assert done.stdout == (
        "t.csv: left as it is.\n"
        "t.csv:2  MD302  The row has more cells than the header.\n"
        '        Put a cell that has a comma into quotation marks: "Peace, security".\n'
        "1 thing left that only you can mend.\n"
    )


def test_edits_are_counted_and_kept(folder: Path) -> None:
    (folder / "t.csv").write_text(BASE.replace("Lima", "Quito") + "003,Miami,\n", encoding="utf-8")
    done = run(folder, "--against", "git:HEAD")
    assert done.returncode == 0
    assert done.stdout == (
        "Descriptor: size and hash of t stated anew.\n"
        "Written: datapackage.json. Kept as changes against git:HEAD: 1 edited cell, 1 new row.\n"
    )


def test_the_json_holds_to_its_schema(folder: Path) -> None:
    (folder / "t.csv").write_bytes(NOW.replace("Lima", "Quito").encode())
    done = run(folder, "--against", "git:HEAD", "--format", "json")
    value = as_json(done.stdout)
    (table,) = value["tables"]
    assert (value["written"], value["against"], value["changed_files"], value["left"]) == (
        True, "git:HEAD", ["t.csv", "datapackage.json"], 0,
    )  # fmt: skip
    assert [repair["kind"] for repair in table["repairs"]] == ["line-ends", "row-order"]
    assert table["edits"] == [
        {
            "line": 2, "column": 2, "column_letter": "B", "new_line": 3, "new_column": 2, "field": "name",
            "row_key": "002", "old": "Lima", "new": "Quito",
        }
    ]  # fmt: skip
    assert [(one["seen"], one["text"], one["kind"]) for one in table["restored"]] == [
        ("2", "002", "leading-zeros-lost"),
        ("1", "001", "leading-zeros-lost"),
        ("20/04/2001", "2001-04-20", "date-rewritten"),
    ]


def test_the_json_of_a_look_has_the_diff(folder: Path) -> None:
    (folder / "t.csv").write_bytes(b"id,name,day\r\n1,x,soon\r\n1,x,\r\n")
    done = run(folder, "--diff", "--format", "json")
    value = as_json(done.stdout)
    assert (done.returncode, done.stderr, value["written"]) == (1, "", False)
    assert list(value["diffs"]) == ["t.csv", "datapackage.json"]
    assert {one["kind"] for one in value["tables"][0]["left"]} == {"duplicate-key", "not-a-value"}


def test_one_table_alone_is_mended(folder: Path) -> None:
    assert "Written: t.csv, datapackage.json." in run(folder, "--table", "t").stdout
    done = run(folder, "--table", "u")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "mandates-data: error: There is no table 'u'. Tables: t.\n"


@pytest.mark.parametrize("archive", [True, False])
def test_a_zip_and_a_revision_are_not_written_but_may_be_looked_at(archive: bool, folder: Path, tmp_path: Path) -> None:
    commit_again(folder)
    reference = "git:HEAD"
    if archive:
        reference = str(tmp_path / "p.zip")
        with zipfile.ZipFile(reference, "w") as packed:
            for name in ("datapackage.json", "t.csv"):
                packed.write(folder / name, name)
    done = run(reference, cwd=folder)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"mandates-data: error: {reference} is no folder, and only a folder is written. "
        "Unpack it, or look only: --check or --diff.\n"
    )
    assert run(reference, "--check", cwd=folder).returncode == 1


def test_the_installed_package_is_not_written_by_chance(tmp_path: Path) -> None:
    done = run(cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        "mandates-data: error: The tables of the installed package are not changed. "
        "Name the folder of a package, or look only: --check or --diff.\n"
    )


def test_the_package_around_the_current_folder_is_mended(folder: Path) -> None:
    (folder / "below").mkdir()
    assert run("--against", "git:HEAD", cwd=folder / "below").returncode == 0
    assert (folder / "t.csv").read_text(encoding="utf-8") == BASE


def test_a_base_that_is_not_there_ends_in_2(folder: Path) -> None:
    done = run(folder, "--against", "git:nowhere")
    assert done.returncode == 2
    assert "no git revision 'nowhere'" in done.stderr
    assert (folder / "t.csv").read_bytes() == NOW.encode()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write everywhere")
def test_a_folder_that_may_not_be_written_ends_in_2(folder: Path) -> None:
    folder.chmod(0o555)
    try:
        done = run(folder, "--against", "git:HEAD")
    finally:
        folder.chmod(0o755)
    assert (done.returncode, done.stdout) == (2, "")
    assert (folder / "t.csv").read_bytes() == NOW.encode()


def test_hostile_cells_are_written_out(folder: Path) -> None:
    (folder / "t.csv").write_bytes(b"id,name,day\r\n\x1b[31m,\xc2\x85::error::x,soon\r\n")
    for done in (run(folder, "--diff"), run(folder)):
        assert "\x1b" not in done.stdout + done.stderr
        assert "\x85" not in done.stdout + done.stderr


def commit_again(folder: Path) -> None:
    subprocess.run(
        ["git", "-C", str(folder), "-c", "user.name=Ana", "-c", "user.email=ana@example.org", "commit", "-qam", "now"],
        check=True,
    )


def test_a_base_that_has_moved_on_is_noted_with_the_next_step(folder: Path) -> None:
    git = ["git", "-C", str(folder), "-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    for arguments in (["branch", "ahead"], ["commit", "-q", "--allow-empty", "-m", "mine"], ["switch", "-q", "ahead"]):
        subprocess.run([*git, *arguments], check=True)
    for number in range(2):
        subprocess.run([*git, "commit", "-q", "--allow-empty", "-m", str(number)], check=True)
    subprocess.run([*git, "switch", "-q", "-"], check=True)
    note = (
        "note: ahead has 2 revisions that this checkout lacks, so what came with them looks undone here. "
        "First run: git rebase ahead\n"
    )
    for command in ("fmt", "validate"):
        for base in ("ahead", "git:ahead"):
            called = [sys.executable, "-m", "mandates_data", command, ".", "--against", base]
            done = subprocess.run(called, cwd=folder, capture_output=True, text=True, check=False)
            assert done.stderr == note
    assert run(folder, "--against", "HEAD~1").stderr == ""
