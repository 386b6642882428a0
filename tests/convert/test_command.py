"""`mandates-data convert` as a shell sees it."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from exported_packages import REAL, field, refused, schema, shell, tree, write_package

SCHEMA = json.loads((files("mandates_data.render") / "schemas/conversion.schema.json").read_text(encoding="utf-8"))
TABLES = {
    "t": (schema("id", field("n", "integer"), primaryKey="id"), "id,n\na,1\nb,2\n"),
    "u": (schema("é"), "é\nx\n"),
}
T_JSON = '[\n{"id":"a","n":1},\n{"id":"b","n":2}\n]\n'


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the package `p` in it."""
    write_package(tmp_path / "p", TABLES, mandates_data={"nested_root": "t"})
    monkeypatch.chdir(tmp_path)
    return tmp_path


def conversion(*arguments: str | Path) -> list[dict[str, Any]]:
    """The files that `convert --format json` names, when its output holds to the published schema."""
    done = shell("convert", *arguments, "--format", "json")
    assert (done.returncode, done.stderr) == (0, "")
    value = json.loads(done.stdout)
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    jsonschema.Draft202012Validator(SCHEMA).validate(value)
    found: list[dict[str, Any]] = value["files"]
    return found


def test_the_text_names_each_file_with_its_size(here: Path) -> None:
    done = shell("convert", "p", "--to", "json", "--table", "t", "-o", "new/folder")
    assert (done.returncode, done.stderr) == (0, "")
    first, second = done.stdout.splitlines()
    assert first.startswith("new/folder/datapackage.json  ")
    assert second == "new/folder/t.json  39 bytes"
    assert (here / "new" / "folder" / "t.json").read_text(encoding="utf-8") == T_JSON


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        ("--to parquet", {"parquet/t.parquet": "t", "parquet/u.parquet": "u"}),
        ("--to json", {"json/datapackage.json": None, "json/t.json": "t", "json/u.json": "u"}),
        ("--to json --nested", {"small.nested.json": None}),
        ("--to jsonl --table u", {"jsonl/datapackage.json": None, "jsonl/u.jsonl": "u"}),
        ("--to sqlite", {"small.sqlite": None}),
        ("--to xlsx -o .", {"small.xlsx": None}),
        ("--to csv -o q/é", {"q/é/datapackage.json": None, "q/é/t.csv": "t", "q/é/u.csv": "u"}),
        ("--to csv --excel", {"csv/datapackage.json": None, "csv/t.csv": "t", "csv/u.csv": "u"}),
    ],
)
def test_the_json_names_each_file_with_its_table_and_size(
    here: Path, arguments: str, expected: dict[str, str | None]
) -> None:
    found = conversion("p", *arguments.split())
    assert [(file["path"], file["table"]) for file in found] == list(expected.items())
    assert [file["bytes"] for file in found] == [(here / path).stat().st_size for path in expected]


def test_the_way_back_is_told_in_the_same_form(here: Path) -> None:
    conversion("p", "--to", "sqlite")
    assert conversion("small.sqlite", "--to", "csv", "--table", "u") == [
        {"path": "csv/u.csv", "table": "u", "bytes": 5}
    ]
    assert tree(here / "csv") == {"u.csv": "é\nx\n".encode()}


def test_without_a_package_the_one_around_the_current_folder_is_converted(here: Path) -> None:
    done = shell("convert", "--to", "jsonl", "--table", "u", "-o", "../out", folder=here / "p")
    assert (done.returncode, done.stderr) == (0, "")
    assert (here / "out" / "u.jsonl").read_text(encoding="utf-8") == '{"é":"x"}\n'


def test_a_zip_and_a_descriptor_are_packages_as_well(here: Path) -> None:
    with zipfile.ZipFile("p.zip", "w") as archive:
        for path in (here / "p").iterdir():
            archive.write(path, path.name)
    for source, folder in (("p.zip", "one"), ("p/datapackage.json", "two")):
        conversion(source, "--to", "json", "-o", folder)
        assert (here / folder / "t.json").read_text(encoding="utf-8") == T_JSON


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ("", "Missing option '--to'. Choose from:"),
        ("--to", "Option '--to' requires an argument."),
        ("--to stata", "'--to': 'stata' is not one of 'parquet', 'json', 'jsonl', 'sqlite', 'xlsx', 'csv'."),
        ("--to csv --nested", "--nested goes with --to json."),
        ("--to json --excel", "--excel goes with --to csv."),
        ("--to json --table", "Option '--table' requires an argument."),
        ("--to json --format yaml", "'--format': 'yaml' is not one of 'text', 'json'."),
        ("p q --to json", "Got unexpected extra argument (q)"),
        ("--from csv", "No such option"),
    ],
)
def test_wrong_arguments_end_in_2_and_are_told(here: Path, arguments: str, message: str) -> None:
    done = shell("convert", *arguments.split())
    assert (done.returncode, done.stdout) == (2, "")
    assert f"Error: {message}" in done.stderr or f"Error: Invalid value for {message}" in done.stderr
    assert "Traceback" not in done.stderr
    assert sorted(path.name for path in here.iterdir()) == ["p"]


def test_a_table_that_is_not_there_is_told_with_those_that_are(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    known = "Tables: t, u."
    assert refused(capsys, "p", "--to", "json", "--table", "v") == f"There is no table 'v'. {known}"
    for to in ("json", "sqlite", "xlsx", "parquet"):
        target = here / to
        shell("convert", "p", "--to", to, "-o", target)
        assert refused(capsys, target, "--to", "csv", "--table", "v", "-o", "back") == f"There is no table 'v'. {known}"
    assert not (here / "back").exists()


@pytest.mark.parametrize("source", ["nowhere", "p/table0.csv", "empty", "notes.txt", "notes", "git:main"])
@pytest.mark.parametrize("to", ["csv", "json"])
def test_what_is_no_package_is_one_line(here: Path, capsys: pytest.CaptureFixture[str], source: str, to: str) -> None:
    (here / "empty").mkdir()
    (here / "notes.txt").write_text("Dear all,\n", encoding="utf-8")
    (here / "notes").write_bytes(b"")
    message = refused(capsys, source, "--to", to)
    assert message.startswith(
        ("There is no package at ", "There is no datapackage.json in ", "There is no git revision ")
    )
    assert not (here / to).exists()


@pytest.mark.parametrize("suffix", ["", ".json", ".sqlite", ".parquet"])
def test_a_name_that_no_file_can_have_is_one_line(here: Path, capsys: pytest.CaptureFixture[str], suffix: str) -> None:
    name = "x" * 300 + suffix
    for to in ("csv", "json", "sqlite"):
        assert refused(capsys, name, "--to", to).startswith(("Cannot read 'xxx", "There is no "))
        assert refused(capsys, "p", "--to", to, "-o", name).startswith("Cannot write xxx")
    assert sorted(path.name for path in here.iterdir()) == ["p"]


def test_a_folder_that_may_not_be_entered_is_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(_folder: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("mandates_data.convert.back._in_folder", closed)
    told = "Cannot read 'p': Permission denied. Check the path and its rights."
    assert refused(capsys, "p", "--to", "csv") == told


@pytest.mark.parametrize("to", ["parquet", "sqlite", "xlsx"])
def test_what_convert_has_written_leads_to_csv_alone(here: Path, capsys: pytest.CaptureFixture[str], to: str) -> None:
    target = here / f"small.{to}"
    shell("convert", "p", "--to", to, "-o", target)
    assert refused(capsys, target, "--to", "json") == (
        f"{target} was itself written by convert, which leads from there to plain CSV alone. "
        "Use --to csv, or name the package that it was made from."
    )


def test_a_database_or_workbook_under_a_name_of_its_own_comes_back(here: Path) -> None:
    for to in ("sqlite", "xlsx"):
        shell("convert", "p", "--to", to, "-o", f"my.{to}.copy")
        shell("convert", f"my.{to}.copy", "--to", "csv", "-o", f"from {to}")
        assert tree(here / f"from {to}") == {"t.csv": b"id,n\na,1\nb,2\n", "u.csv": "é\nx\n".encode()}


def test_a_descriptor_that_convert_wrote_stands_for_its_folder(here: Path) -> None:
    shell("convert", "p", "--to", "json")
    done = shell("convert", "json/datapackage.json", "--to", "csv", "--table", "t")
    assert (done.returncode, done.stdout) == (0, "csv/t.csv  13 bytes\n")


def test_a_packed_conversion_has_to_be_unpacked_first(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell("convert", "p", "--to", "json")
    shutil.make_archive("packed", "zip", "json")
    assert refused(capsys, "packed.zip", "--to", "csv") == (
        "t.json was itself written by convert. "
        "Unpack it into a folder, and bring that back: mandates-data convert FOLDER --to csv"
    )


WITHOUT = "import sys; sys.modules[sys.argv.pop(1)] = None; from mandates_data.cli.app import main; main()"


@pytest.mark.parametrize(
    ("library", "to", "message"),
    [
        ("pyarrow", "parquet", 'Parquet needs pyarrow, which is not installed. {} "mandates-data[parquet]"'),
        ("openpyxl", "xlsx", 'Excel workbooks need openpyxl, which is not installed. {} "mandates-data[excel]"'),
    ],
)
def test_a_library_that_is_not_installed_is_named_with_its_extra(
    here: Path, library: str, to: str, message: str
) -> None:
    message = message.format("Run: pip install")
    command = [sys.executable, "-c", WITHOUT, library, "convert", "p", "--to", to]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stdout, done.stderr) == (
        2,
        "",
        f"mandates-data: error: {message.format('Run: pip install')}\n",
    )
    assert sorted(path.name for path in here.iterdir()) == ["p"]


def test_without_the_extras_the_other_formats_work(here: Path) -> None:
    for to in ("json", "jsonl", "sqlite", "csv"):
        command = [sys.executable, "-c", WITHOUT.replace("sys.argv.pop(1)", "'pyarrow'"), "convert", "p", "--to", to]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_a_parquet_file_without_pyarrow_is_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "t.parquet").write_bytes(b"PAR1")
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    assert refused(capsys, "t.parquet", "--to", "csv").startswith("Parquet needs pyarrow, which is not installed.")


def test_the_published_package_is_nested_by_its_mandates(tmp_path: Path) -> None:
    target = tmp_path / "nested.json"
    done = shell("convert", REAL, "--to", "json", "--nested", "-o", target)
    assert (done.returncode, done.stderr) == (0, "")
    documents = json.loads(target.read_text(encoding="utf-8"))
    assert len(documents) == 139
    first = documents[0]
    assert first["mandate_id"] == "1994-miami-dec-001"
    assert first["document"]["document_id"] == "1994-miami-dec"
    assert first["document"]["summit"]["city"] == "Miami"
    assert [link["topic"]["title"] for link in first["mandate_topics"]] == ["Security"]
    assert [len(first[name]) for name in ("items", "printings")] == [0, 1]
    assert sum(len(document["items"]) for document in documents) == 7


def test_no_way_leads_back_from_nested_documents(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell("convert", "p", "--to", "json", "--nested")
    assert refused(capsys, "small.nested.json", "--to", "csv") == (
        "small.nested.json holds nested documents, from which no way leads back. Convert the package to json instead."
    )


def test_nesting_under_a_table_that_is_not_named_is_one_line(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    told = "The descriptor names no table to nest under ({}). Say"
    assert refused(capsys, "p", "--to", "json", "--nested", "--table", "u").startswith(told.format("'t'"))
    write_package(here / "q", TABLES)
    assert refused(capsys, "q", "--to", "json", "--nested").startswith(told.format("None"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such names")
def test_a_name_that_a_terminal_would_obey_is_written_out(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "a\n\x1b[31mb").write_bytes(b"PK\3\4")
    assert refused(capsys, "a\n\x1b[31mb", "--to", "csv").startswith("a\\n\\x1b[31mb is no sound Excel workbook")


def test_a_terminal_of_few_columns_breaks_no_name(here: Path) -> None:
    done = shell("convert", "p", "--to", "csv", "--table", "t", "-o", "a-long-folder-name/another-one", COLUMNS="20")
    assert "a-long-folder-name/another-one/t.csv  13 bytes\n" in done.stdout
