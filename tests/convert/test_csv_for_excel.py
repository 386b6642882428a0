"""A table for Excel shows its accents whole, has no formula, and comes back, also when Excel has saved it."""

from __future__ import annotations

from pathlib import Path

import pytest
from exported_packages import field, out, refused, schema, shell, write_package

from mandates_data.convert.formats import EXCEL
from mandates_data.convert.run import convert_back
from mandates_data.validate.run import validate

PEOPLE = schema("id", "=note", field("n", "integer"), primaryKey="id")
CONTENT = 'id,=note,n\né,=1+1,-1\nñ,"a, ""b""",\n'


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A table for Excel."""
    return out(write_package(tmp_path / "p", {"people": (PEOPLE, CONTENT)}), EXCEL, tmp_path / "out") / "people.csv"


def brought_back(path: Path) -> str:
    convert_back(path.parent, path.parent / "back")
    return (path.parent / "back" / path.name).read_text(encoding="utf-8")


def test_the_file_begins_with_a_byte_order_mark_and_its_lines_end_as_in_windows(people: Path) -> None:
    assert people.read_bytes() == (b"\xef\xbb\xbf" + 'id,\'=note,n\r\né,\'=1+1,\'-1\r\nñ,"a, ""b""",\r\n'.encode())


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\tx", "'", "'=1", "=cmd|' /C calc'!A0"])
def test_a_cell_that_excel_could_take_for_a_formula_gets_an_apostrophe(tmp_path: Path, cell: str) -> None:
    package = write_package(tmp_path / "p", {"t": (schema("a"), [[cell]])})
    written = (out(package, EXCEL, tmp_path / "out") / "t.csv").read_bytes().decode("utf-8-sig")
    assert written == f"a\r\n'{cell}\r\n"


@pytest.mark.parametrize("cell", ["1+1", "a=b", " =1", "é", "", "#N/A", "007"])
def test_other_cells_are_left_as_they_are(tmp_path: Path, cell: str) -> None:
    package = write_package(tmp_path / "p", {"t": (schema("a", "b"), [["x", cell]])})
    written = (out(package, EXCEL, tmp_path / "out") / "t.csv").read_bytes().decode("utf-8-sig")
    assert written == f"a,b\r\nx,{cell}\r\n"


def test_the_folder_says_that_it_is_for_excel_and_is_no_package_to_convert(
    people: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert '"excel": true' in (people.parent / "datapackage.json").read_text(encoding="utf-8")
    assert "was itself written by convert" in refused(capsys, people.parent, "--to", "json")
    assert "was itself written by convert" in refused(capsys, people.parent, "--to", "csv", "--excel")


def test_the_folder_is_a_sound_package_where_no_cell_needs_an_apostrophe(tmp_path: Path) -> None:
    described = schema("id", field("n", "integer"), primaryKey="id")
    described["$schema"] = "https://datapackage.org/profiles/2.0/tableschema.json"
    own = {"canonical": True}
    package = write_package(tmp_path / "p", {"t": (described, "id,n\né,1\n")}, mandates_data=own)
    report = validate(out(package, EXCEL, tmp_path / "out"))
    assert report.sound


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("\ufeff", ""),
        ("\r\n", "\n"),
        ("id,'=note,n", '"id","\'=note","n"'),
        ("'-1", "-1"),
        ("'=1+1", "=1+1"),
    ],
    ids=["no mark", "line feeds", "quotes", "no apostrophe", "a formula"],
)
def test_what_a_program_makes_of_the_file_comes_back_as_the_same_cells(people: Path, old: str, new: str) -> None:
    text = people.read_bytes().decode("utf-8")
    assert old in text
    people.write_bytes(text.replace(old, new).encode("utf-8"))
    assert brought_back(people) == CONTENT


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("id,'=note,n", "id,note,n", "people.csv: the header is not that of the table people. Restore the first line."),
        ("id,'=note,n\r\n", "", "people.csv: the header is not that of the table people."),
        ("é,'=1+1,'-1", "é;'=1+1;'-1", "people.csv:2 cannot be read as a table: row too short. Save it as CSV UTF-8."),
        ("é,'=1+1,'-1", "é,'=1+1,'-1,", "people.csv:2 cannot be read as a table: row too long."),
        ("é,'=1+1,'-1", "\r\n", "people.csv:2 cannot be read as a table: blank line."),
        ('b"""', "b", "people.csv:3 cannot be read as a table: unclosed quote."),
        ("ñ", "\0", "people.csv:3 cannot be read as a table: null character."),
    ],
)
def test_a_damaged_file_is_one_line(
    people: Path, capsys: pytest.CaptureFixture[str], old: str, new: str, message: str
) -> None:
    text = people.read_bytes().decode("utf-8")
    assert old in text
    people.write_bytes(text.replace(old, new).encode("utf-8"))
    assert message in refused(capsys, people.parent, "--to", "csv", "-o", people.parent / "back")
    assert not (people.parent / "back").exists()


@pytest.mark.parametrize("content", [b"", b"PK\3\4", "id,=note,n\n".encode("utf-16"), b"id,'=note,n\r\n\xe9,,\r\n"])
def test_a_file_in_another_form_is_one_line(people: Path, capsys: pytest.CaptureFixture[str], content: bytes) -> None:
    people.write_bytes(content)
    assert "people.csv" in refused(capsys, people.parent, "--to", "csv", "-o", people.parent / "back")


def test_the_command_says_what_it_brought_back(people: Path) -> None:
    done = shell("convert", "out", "--to", "csv", "--table", "people", "-o", "back", folder=people.parent.parent)
    assert (done.returncode, done.stdout, done.stderr) == (0, "back/people.csv  37 bytes\n", "")
    assert (people.parent.parent / "back" / "people.csv").stat().st_size == len(CONTENT.encode())
