"""The reports of `validate` as a shell sees them: formats, files, choices and exceptions."""

import io
import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from rendered_reports import commands_in

from mandates_data.cli.reports import folder_in_repository
from mandates_data.package.opening import open_store
from mandates_data.validate.exceptions import read_exceptions

EXAMPLES = Path(__file__).parents[1] / "examples"
A_DATE = EXAMPLES / "MD204-not-a-date" / "bad"
A_WARNING = EXAMPLES / "MD109-no-final-line-end" / "bad"
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such files")


def run(*arguments, cwd=None, **environment):
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GITHUB_")}
    return subprocess.run(
        [sys.executable, "-m", "mandates_data", "validate", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=kept | environment,
        cwd=cwd,
        check=False,
    )


def package(folder, rows="Santiago,19 April 1998\n", exceptions=None, name="exceptions.csv"):
    """A copy of an example with rows, and an exceptions file or none."""
    folder.mkdir(parents=True, exist_ok=True)
    example = EXAMPLES / "MD596-exception-unused" / "good"
    descriptor = json.loads((example / "datapackage.json").read_text(encoding="utf-8"))
    if exceptions is None:
        del descriptor["mandates_data"]
    else:
        (folder / name).write_text("code,resource,row_key,field,reason\n" + exceptions, encoding="utf-8")
        descriptor["mandates_data"] = {"exceptions": name}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (folder / "summits.csv").write_text("city,adopted_on\n" + rows, encoding="utf-8")
    return folder


# -- Formats and files ------------------------------------------------------------------------------------------------


def test_one_run_writes_notes_a_summary_and_a_complete_report(tmp_path):
    summary, complete = tmp_path / "summary.md", tmp_path / "new" / "report.json"
    done = run(
        A_DATE, "--format", "github", "--report", f"markdown={summary}", "--report", f"json={complete}",
        GITHUB_STEP_SUMMARY=str(summary),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (1, "")
    assert [command.properties["line"] for command in commands_in(done.stdout)] == ["2"]
    assert summary.read_text(encoding="utf-8") == run(A_DATE, "--format", "markdown").stdout
    assert complete.read_text(encoding="utf-8") == run(A_DATE, "--format", "json").stdout


def test_the_last_note_says_where_all_findings_are(tmp_path):
    folder = package(tmp_path / "p", "".join(f"{number},soon\n" for number in range(12)))
    last = "3 more errors without a note here. "
    summary = {"GITHUB_STEP_SUMMARY": str(tmp_path / "s.md")}
    plain = run(folder, "--format", "github")
    assert commands_in(plain.stdout)[-1].data == last + "Read all of them with: mandates-data validate"
    in_file = run(folder, "--format", "github", "--report", f"json={tmp_path / 'r.json'}", **summary)
    assert commands_in(in_file.stdout)[-1].data == last + "Read all of them in r.json."
    in_summary = run(folder, "--format", "github", "--report", f"markdown={tmp_path / 's.md'}", **summary)
    assert commands_in(in_summary.stdout)[-1].data == last + "Read all of them in the summary of this job."


def test_where_one_file_cannot_be_written_none_is(tmp_path):
    (tmp_path / "file").write_text("kept", encoding="utf-8")
    first, second = tmp_path / "r.json", tmp_path / "file" / "r.md"
    done = run(A_DATE, "--report", f"json={first}", "--report", f"markdown={second}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mandates-data: error: Cannot write ")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("word", ["json", "json=", "json=-", "yaml=r.yaml", "=r.json", ""])
def test_a_report_that_names_no_format_and_file_ends_in_2(tmp_path, word):
    done = run(A_DATE, "--report", word, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "is not FORMAT=FILE, such as json=report.json. Formats: text, json, markdown, github." in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_two_reports_to_one_file_end_in_2(tmp_path):
    done = run(A_DATE, "--report", "json=r", "--report", "text=./r", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert "Two reports cannot go to one file." in done.stderr


def test_a_folder_is_not_replaced_by_a_report(tmp_path):
    done = run(A_DATE, "--report", f"json={tmp_path}")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == f"mandates-data: error: {tmp_path} is not a file. Name a file to write.\n"


@POSIX
def test_a_device_is_not_replaced_by_a_report():
    assert run(A_DATE, "--report", "json=/dev/null").returncode == 2
    assert not Path("/dev/null").is_file()


@POSIX
def test_a_reader_that_goes_away_is_no_failure_of_ours(tmp_path):
    folder = package(tmp_path / "p", "".join(f"{number},soon\n" for number in range(3000)))
    command = (
        f'"{sys.executable}" -m mandates_data validate "{folder}" --format json | head -n 1; echo ${{PIPESTATUS[0]}}'
    )
    done = subprocess.run(["bash", "-c", command], capture_output=True, encoding="utf-8", check=True)
    assert (done.stdout, done.stderr) == ("{\n141\n", "")


@POSIX
@pytest.mark.parametrize("no_colour", ["", "1"])
def test_on_a_terminal_lines_are_broken_and_coloured_but_for_no_color(no_colour):
    import fcntl
    import pty
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 50, 0, 0))
    environment = {name: value for name, value in os.environ.items() if name not in ("COLUMNS", "NO_COLOR")}
    subprocess.run(
        [sys.executable, "-m", "mandates_data", "validate", str(A_DATE)],
        stdout=theirs, env=environment | {"NO_COLOR": no_colour}, check=False,
    )  # fmt: skip
    os.close(theirs)
    shown = os.read(ours, 10_000).decode("utf-8").replace("\r\n", "\n")
    os.close(ours)
    code = "MD204" if no_colour else "\x1b[31mMD204\x1b[0m"
    assert shown.splitlines()[:3] == [
        f'summits.csv:2:B  {code}  adopted_on: "04/06/2009"',
        "    could mean 4 June or 6 April.",
        "        Write the date as YYYY-MM-DD.",
    ]


def test_an_error_that_quotes_a_package_is_no_command(tmp_path):
    folder = package(tmp_path)
    descriptor = (folder / "datapackage.json").read_text(encoding="utf-8")
    hostile = json.dumps("../##[add-mask]x\x1b[2J\n::error::y")
    (folder / "datapackage.json").write_text(descriptor.replace('"summits.csv"', hostile), encoding="utf-8")
    done = run(folder, "--format", "github")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert commands_in(done.stderr) == []
    assert "\x1b" not in done.stderr


# -- The documentation ------------------------------------------------------------------------------------------------


def documented(language):
    """The blocks of the page on reports that are in a language."""
    page = (Path(__file__).parents[2] / "docs" / "reports.md").read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```$", page, re.MULTILINE | re.DOTALL)


def test_the_documented_exceptions_are_read():
    (block,) = documented("csv")
    read = read_exceptions(io.BytesIO(block.encode()), "e.csv")
    assert [(entry.code, entry.place) for entry in read.entries] == [
        ("MD204", ("documents", "1994-miami-dec", "adopted_on")),
        ("MD512", (None, None, None)),
    ]


@POSIX
def test_the_documented_workflow_runs(tmp_path):
    (block,) = documented("yaml")
    (script,) = re.findall(r"^ +(mandates-data validate .*?)^ +- ", block, re.MULTILINE | re.DOTALL)
    command = script.replace("mandates-data", '"$PYTHON" -m mandates_data')
    folder = package(tmp_path / "p")
    environment = os.environ | {"PYTHON": sys.executable, "GITHUB_STEP_SUMMARY": str(tmp_path / "summary.md")}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False
    )
    assert (done.returncode, done.stderr) == (1, "")
    assert [one.properties["line"] for one in commands_in(done.stdout)] == ["2"]
    assert (tmp_path / "summary.md").read_text(encoding="utf-8").startswith("### example-md596 is not sound: ")
    assert json.loads((folder / "report.json").read_text(encoding="utf-8"))["errors"] == 1


# -- Where files are in the repository --------------------------------------------------------------------------------


def test_files_are_named_from_the_folder_that_git_keeps(tmp_path, monkeypatch):
    folder = package(tmp_path / "checkout" / "data" / "p")
    (tmp_path / "checkout" / ".git").mkdir()
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert folder_in_repository(open_store(folder)) == "data/p"
    assert folder_in_repository(open_store(folder / "datapackage.json")) == "data/p"


def test_without_git_files_are_named_from_the_workspace(tmp_path, monkeypatch):
    folder = package(tmp_path / "data" / "p")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert folder_in_repository(open_store(folder)) == "data/p"
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    assert folder_in_repository(open_store(folder)) == ""
    monkeypatch.delenv("GITHUB_WORKSPACE")
    assert folder_in_repository(open_store(folder)) == ""


def test_an_archive_has_no_folder_in_the_repository(tmp_path):
    archive = tmp_path / "p.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in package(tmp_path / "p").iterdir():
            packed.write(path, path.name)
    assert folder_in_repository(open_store(archive)) is None
    (command,) = commands_in(run(archive, "--format", "github").stdout)
    assert set(command.properties) == {"title"}
    assert command.data.startswith("column B, summits.csv, line 2, Santiago, adopted_on: ")


# -- Choices ----------------------------------------------------------------------------------------------------------


def test_what_is_not_selected_is_neither_told_nor_counted():
    done = run(A_DATE, "--select", "MD1,key-twice")
    assert done.returncode == 0
    assert done.stdout.splitlines()[-1] == "example-md204 is sound: 1 table, 1 row, no errors, no warnings."
    assert done.stdout.startswith("Looked at ")
    assert run(A_DATE, "--select", "MD2xx").returncode == 1
    assert run(A_DATE, "--select", "MD1", "--select", "not-a-date").returncode == 1


def test_what_is_ignored_is_neither_told_nor_counted():
    done = run(A_DATE, "--ignore", "md204")
    assert (done.returncode, done.stdout) == (
        0,
        "Not looked at: MD204.\nexample-md204 is sound: 1 table, 1 row, no errors, no warnings.\n",
    )


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_rule_that_is_not_there_ends_in_2_with_the_nearest(option):
    done = run(A_DATE, option, "MD204,not-a-dat")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "mandates-data: error: There is no rule 'not-a-dat'. Did you mean not-a-date?\n"


def test_choices_that_leave_nothing_end_in_2():
    done = run(A_DATE, "--select", "MD204", "--ignore", "MD2")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--ignore leaves nothing of what --select names." in done.stderr


def test_warnings_fail_a_strict_run():
    assert run(A_WARNING).returncode == 0
    done = run(A_WARNING, "--strict")
    assert done.returncode == 1
    assert done.stdout.splitlines()[-2] == "Warnings fail too."
    assert run(A_WARNING, "--strict", "--ignore", "MD109").returncode == 0


# -- Exceptions -------------------------------------------------------------------------------------------------------


def test_the_packages_own_exceptions_are_kept_to(tmp_path):
    folder = package(tmp_path, exceptions="MD204,summits,Santiago,adopted_on,So printed.\n")
    done = run(folder)
    assert (done.returncode, done.stdout.splitlines()[0]) == (0, "Accepted by exceptions.csv: 1 finding.")
    value = json.loads(run(folder, "--format", "json").stdout)
    assert value["policy"]["exceptions"] == "exceptions.csv"
    assert value["policy"]["excepted"] == 1


def test_exceptions_of_the_command_line_take_the_place_of_the_packages(tmp_path):
    folder = package(tmp_path / "p", exceptions="MD204,summits,Santiago,adopted_on,So printed.\n")
    none = tmp_path / "none.csv"
    none.write_text("code,resource,row_key,field,reason\n", encoding="utf-8")
    assert run(folder, "--exceptions", none).returncode == 1


def test_an_exceptions_file_elsewhere_is_named_from_the_package_and_from_the_repository(tmp_path):
    folder = package(tmp_path / "p", "Santiago,1998-04-19\n")
    (tmp_path / ".git").mkdir()
    listed = tmp_path / "ci" / "e.csv"
    listed.parent.mkdir()
    listed.write_text("code,resource,row_key,field,reason\nMD204,summits,Santiago,,So printed.\n", encoding="utf-8")
    done = run(folder, "--exceptions", "ci/e.csv", cwd=tmp_path)
    assert done.stdout.splitlines()[0] == (
        "../ci/e.csv:2:A  MD596  code: No finding needs the exception for MD204, summits, Santiago."
    )
    assert done.returncode == 1
    (command,) = commands_in(run(folder, "--exceptions", listed, "--format", "github").stdout)
    assert command.properties["file"] == "ci/e.csv"


def test_an_exceptions_file_that_is_not_there_ends_in_2(tmp_path):
    done = run(A_DATE, "--exceptions", tmp_path / "gone.csv")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == (
        f"mandates-data: error: Cannot read {tmp_path / 'gone.csv'}: No such file or directory. "
        "Check the path given to --exceptions.\n"
    )


def test_a_comparison_with_a_base_tells_no_exception_for_idle(tmp_path):
    line = "MD204,summits,Santiago,adopted_on,So printed.\n"
    base = package(tmp_path / "base", "Santiago,1998-04-19\n", exceptions=line)
    folder = package(tmp_path / "p", "Santiago,1998-04-19\nLima,2018-04-14\n", exceptions=line)
    assert "MD596" in run(folder).stdout
    assert "MD596" not in run(folder, "--against", base).stdout


def test_an_exception_for_a_rule_that_is_not_there_names_the_nearest(tmp_path):
    folder = package(tmp_path, exceptions="MD2044,summits,Santiago,adopted_on,So printed.\n")
    assert "MD596  code: There is no code MD2044; near it is MD204." in run(folder).stdout
