"""A workbook holds the tables as texts that Excel leaves alone, and gives them back."""

from __future__ import annotations

import io
import json
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from exported_packages import (
    AWKWARD,
    REAL,
    UNHELD,
    Tables,
    export,
    field,
    made_up,
    schema,
    there_and_back,
)
from hypothesis import given
from hypothesis import strategies as st

from mandates_data.convert import xlsx
from mandates_data.convert.tables import export_of
from mandates_data.convert.xlsx_texts import MAX_COLUMNS, plain, sheet_names, spelled
from mandates_data.errors import CapacityError, MandatesDataError, MissingExtraError, PackageError
from mandates_data.package.opening import open_package
from mandates_data.package.reader import read_rows

PEOPLE = schema(
    field("id", title="Person", description="Who it is.", constraints={"required": True}),
    field("rank", "integer", constraints={"minimum": 1}),
    field("since", "date"),
    field("active", "boolean"),
    field("note"),
    primaryKey=["id"],
)
ROWS = [["007", "1", "2001-04-20", "true", "=1+1"], ["é", "", "", "", "Well " * 30], ["x", "2", "", "false", ""]]


def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def written(folder: Path, tables: Tables, **metadata: Any) -> Path:
    target = folder / "x.xlsx"
    xlsx.write(export(folder / "p", tables, **metadata), target)
    return target


@pytest.fixture
def people(tmp_path: Path) -> Path:
    """A workbook of one table."""
    return written(tmp_path, {"people": (PEOPLE, ROWS)}, title="Staff", created="2026-11-24T00:00:00Z")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The published tables as a workbook."""
    target = tmp_path_factory.mktemp("real") / "mandates.xlsx"
    xlsx.write(export_of(open_package(REAL)), target)
    return target


def edited(path: Path, entry: str, *changes: tuple[str, str]) -> Path:
    """The workbook with texts in one of its entries replaced; each must be there."""
    return replaced(path, entry, lambda text: _changed(text, *changes))


def _changed(text: str, *changes: tuple[str, str]) -> str:
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return text


def replaced(path: Path, entry: str, change: Any) -> Path:
    with zipfile.ZipFile(path) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    contents[entry] = change(contents[entry].decode()).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in contents.items():
            archive.writestr(name, content)
    return path


def cells_of(path: Path) -> dict[str, list[list[str]]]:
    return {table.name: list(table.texts()) for table in xlsx.read(path)}


def one_line(path: Path) -> str:
    with pytest.raises(MandatesDataError) as error:
        cells_of(path)
    assert str(path) in str(error.value)
    assert "\n" not in str(error.value)
    return str(error.value)


def test_a_sheet_a_table_and_three_that_tell_of_them(people: Path) -> None:
    assert book(people).sheetnames == ["people", "_fields", "_tables", "_package"]


def test_cells_are_texts_and_missing_ones_are_empty(people: Path) -> None:
    sheet = book(people)["people"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["id", "rank", "since", "active", "note"],
        ["007", "1", "2001-04-20", "true", "=1+1"],
        ["é", None, None, None, "Well " * 30],
        ["x", "2", None, "false", None],
    ]
    full = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {(cell.data_type, cell.number_format) for cell in full} == {("s", "@")}


def test_the_header_is_bold_and_stays_in_sight(people: Path) -> None:
    for sheet in book(people):
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])
        assert not sheet["A2"].font.bold


def test_columns_are_as_wide_as_their_texts_and_long_texts_are_wrapped(people: Path) -> None:
    sheet = book(people)["people"]
    assert [sheet.column_dimensions[letter].width for letter in "ABCDE"] == [5, 6, 12, 8, 60]
    assert [bool(cell.alignment.wrap_text) for cell in sheet[3]] == [False, False, False, False, True]


def test_what_is_typed_into_new_rows_is_text_as_well(people: Path) -> None:
    sheet = book(people)["people"]
    assert sheet.column_dimensions["A"].number_format == "@"


@pytest.mark.parametrize("text", ["=1+1", "=", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "=cmd|' /C calc'!A0"])
def test_a_text_that_begins_like_a_formula_is_marked_as_text(tmp_path: Path, text: str) -> None:
    path = written(tmp_path, {"t": (schema("a"), [[text], ["1+1"]])})
    sheet = book(path)["t"]
    assert [(cell.data_type, cell.quotePrefix) for (cell,) in sheet["A2:A3"]] == [("s", True), ("s", False)]
    with zipfile.ZipFile(path) as archive:
        assert not any(b"<f" in archive.read(name) for name in archive.namelist() if "worksheets" in name)


def test_a_header_that_begins_like_a_formula_is_marked_as_text(tmp_path: Path) -> None:
    cell = book(written(tmp_path, {"t": (schema("=a"), [])}))["t"]["A1"]
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=a", "s", True)


def test_error_values_of_excel_are_texts(tmp_path: Path) -> None:
    cell = book(written(tmp_path, {"t": (schema("a"), [["#N/A"]])}))["t"]["A2"]
    assert (cell.value, cell.data_type) == ("#N/A", "s")


def test_the_dictionary_says_what_each_field_is(people: Path) -> None:
    rows = [[cell.value for cell in row] for row in book(people)["_fields"].iter_rows(max_row=3)]
    assert rows == [
        ["table", "field", "type", "title", "description", "rules"],
        ["people", "id", "string", "Person", "Who it is.", "primary key; required"],
        ["people", "rank", "integer", None, None, "at least 1"],
    ]


def test_the_facts_of_the_package_are_told(people: Path) -> None:
    rows = [[cell.value for cell in row] for row in book(people)["_package"].iter_rows()]
    assert ["title", "Staff"] in rows
    assert ["created", "2026-11-24T00:00:00Z"] in rows
    assert book(people).properties.title == "Staff"


def test_a_schema_that_is_too_long_for_a_cell_stands_in_several(tmp_path: Path) -> None:
    described = schema(field("a", description="_x0041_ 😀 =" * 9000), field("b", description="\uffff\x01"))
    path = written(tmp_path, {"t": (described, [["1", "2"]])})
    rows = [[cell.value for cell in row] for row in book(path)["_tables"].iter_rows(min_row=2)]
    assert len(rows) > 10
    assert {(row[0], row[1], row[2]) for row in rows} == {("1", "t", "t")}
    assert max(len(row[6].encode("utf-16-le")) // 2 for row in rows) <= 32_767
    (table,) = xlsx.read(path)
    assert table.schema.raw == described
    assert list(table.texts()) == [["1", "2"]]


def test_tables_whose_names_excel_cannot_have_keep_their_own(tmp_path: Path) -> None:
    long = "a" * 40
    names = ["a/b", "A:b", "_fields", "History", "'quoted'", long + "1", long + "2", "😀" * 20, "x\ty", "x\ny", "''"]
    tables = {name: (schema("c"), [[str(number)]]) for number, name in enumerate(names)}
    path = written(tmp_path, tables)
    sheets = book(path).sheetnames
    assert sheets[:5] == ["a_b", "A_b~2", "_fields~2", "History~2", "quoted"]
    assert sheets[5:8] == ["a" * 31, "a" * 29 + "~2", "😀" * 15]
    assert all(len(sheet.encode("utf-16-le")) <= 62 and not re.search(r"[\[\]:*?/\\]", sheet) for sheet in sheets)
    assert cells_of(path) == {name: [[str(number)]] for number, name in enumerate(names)}


@given(st.lists(st.text(max_size=40), max_size=6))
def test_no_two_sheets_have_one_name(names: list[str]) -> None:
    sheets = [name.casefold() for name in sheet_names(names, ["_tables"])]
    assert len({*sheets, "_tables", "history"}) == len(names) + 2
    assert all(1 <= len(sheet.encode("utf-16-le", "surrogatepass")) // 2 <= 31 for sheet in sheet_names(names, []))


def test_the_published_tables_come_back_cell_by_cell(real: Path) -> None:
    package = open_package(REAL)
    tables = list(xlsx.read(real))
    assert [table.name for table in tables] == list(package.resource_names)
    for table in tables:
        cells = [record.cells for batch in read_rows(package, package.resource(table.name)) for record in batch]
        assert list(table.texts()) == cells


def test_the_published_workbook_says_when_it_was_made(real: Path) -> None:
    created = json.loads((REAL / "datapackage.json").read_text(encoding="utf-8"))["created"]
    year, month, day = map(int, created[:10].split("-"))
    properties = book(real).properties
    assert properties.created == properties.modified
    assert properties.created.isoformat() == f"{created[:10]}T00:00:00"
    with zipfile.ZipFile(real) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(year, month, day, 0, 0, 0)}


def test_the_same_package_gives_the_same_bytes(real: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    xlsx.write(export_of(open_package(REAL)), tmp_path / "again.xlsx")
    assert (tmp_path / "again.xlsx").read_bytes() == real.read_bytes()


@pytest.mark.parametrize("created", ["", "1066-10-14", "9999-12-31T23:59:59-23:00", "yesterday"])
def test_a_package_without_a_time_that_zip_files_know_is_of_1980(tmp_path: Path, created: str) -> None:
    path = written(tmp_path, {"t": (schema("a"), [])}, created=created)
    with zipfile.ZipFile(path) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_awkward_cells_come_back() -> None:
    rows = [["k", text] for text in AWKWARD]
    assert there_and_back(xlsx.write, xlsx.read, {"t": (schema("k", "a"), rows)}) == {"t": rows}


def test_openpyxl_sees_the_texts_that_need_no_escape(tmp_path: Path) -> None:
    texts = [text for text in AWKWARD if "\r" not in text and "_" not in text and text.strip()]
    sheet = book(written(tmp_path, {"t": (schema("a"), [[text] for text in texts])}))["t"]
    assert [cell.value for (cell,) in sheet.iter_rows(min_row=2)] == texts


@given(st.text(st.sampled_from("_xX0041Ff5 \r\n\ta"), max_size=30))
def test_a_text_is_spelled_so_that_it_is_read_as_it_was(text: str) -> None:
    assert plain(spelled(text)) == text
    assert "\r" not in spelled(text)
    assert not text or spelled(text).strip()


def test_texts_are_spelled_as_the_workbooks_standard_says() -> None:
    assert spelled("a_x000D_") == "a_x005F_x000D_"
    assert spelled("a\rb") == "a_x000D_b"
    assert spelled("a_b_xyz") == "a_b_xyz"
    assert spelled("  ") == "_x0020_ "


def test_rows_that_are_wholly_missing_come_back_where_there_is_no_key() -> None:
    rows = [[""], ["a"], [""], [""], ["b"], [""]]
    assert there_and_back(xlsx.write, xlsx.read, {"t": (schema("a"), rows)}) == {"t": rows}


def test_a_missing_value_that_is_no_empty_cell_comes_back() -> None:
    described = schema("a", field("n", "integer"), missingValues=["NA", "-"])
    rows = [["x", "1"], ["NA", "NA"], ["null", "2"]]
    assert there_and_back(xlsx.write, xlsx.read, {"t": (described, rows)}) == {"t": rows}


def test_an_empty_text_that_is_not_missing_is_refused_by_name(tmp_path: Path) -> None:
    described = schema("k", "a", missingValues=["NA"])
    with pytest.raises(CapacityError, match=r"^Table t, line 3, field a: '' .*not empty, since in Excel"):
        written(tmp_path, {"t": (described, [["1", "x"], ["2", ""]])})


def test_the_longest_text_that_excel_holds_comes_back_and_no_longer_one() -> None:
    rows = [["x" * 32_767], ["😀" * 16_383], ["é" * 32_767]]
    assert there_and_back(xlsx.write, xlsx.read, {"t": (schema("a"), rows)}) == {"t": rows}
    for text in ("x" * 32_768, "😀" * 16_384):
        with pytest.raises(CapacityError, match=r"^Table t, line 2, field a: .*at most 32,767 characters"):
            there_and_back(xlsx.write, xlsx.read, {"t": (schema("a"), [[text]])})


@pytest.mark.parametrize("character", [*UNHELD["xlsx"][:3], "\x0b", "\x1f", "\uffff", "\ud800"])
def test_what_xml_cannot_hold_is_refused_by_name(tmp_path: Path, character: str) -> None:
    made = made_up(tmp_path / "p", schema("a", "b"), ("x", "y"), ("x", f"y{character}"))
    with pytest.raises(CapacityError, match=r"^Table t, line 3, field b: "):
        xlsx.write(made, tmp_path / "x.xlsx")


def test_more_rows_than_a_sheet_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx, "MAX_ROWS", 3)
    assert written(tmp_path, {"t": (schema("a"), [["1"], ["2"]])}).is_file()
    with pytest.raises(CapacityError, match=r"^Table t, line 4: an Excel sheet ends after 3 rows"):
        written(tmp_path, {"t": (schema("a"), [["1"], ["2"], ["3"]])})


def test_more_columns_than_a_sheet_has_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_COLUMNS == 16_384
    monkeypatch.setattr(xlsx, "MAX_COLUMNS", 2)
    with pytest.raises(CapacityError, match=r"^Table t has 3 columns; an Excel sheet holds 1 to 2"):
        written(tmp_path, {"t": (schema("a", "b", "c"), [])})


@pytest.mark.parametrize(("table", "name"), [("t", "a\x01"), ("t\x01", "a"), ("t", "a" * 32_768)])
def test_names_that_excel_cannot_hold_are_refused(tmp_path: Path, table: str, name: str) -> None:
    with pytest.raises(CapacityError, match="Excel cannot hold its name or that of a field"):
        written(tmp_path, {table: (schema(name), [])})


def test_a_type_that_excel_cannot_show_is_shown_as_far_as_it_goes(tmp_path: Path) -> None:
    path = written(tmp_path, {"t": (schema(field("a", "\x08text")), [["1"]])})
    assert [cell.value for cell in book(path)["_fields"][2]][:3] == ["t", "a", "\ufffdtext"]
    assert cells_of(path) == {"t": [["1"]]}


def test_a_refusal_leaves_no_file_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(temporary))
    tables: Tables = {"good": (schema("a"), [["1"]]), "bad": (schema("a"), [["1"], ["\x01"]])}
    with pytest.raises(CapacityError):
        written(tmp_path, tables)
    assert list(temporary.iterdir()) == []
    assert not (tmp_path / "x.xlsx").exists()


def test_without_openpyxl_the_message_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(MissingExtraError) as error:
        written(tmp_path, {"t": (schema("a"), [])})
    assert str(error.value) == (
        'Excel workbooks need openpyxl, which is not installed. Run: pip install "mandates-data[excel]"'
    )


def test_a_workbook_saved_again_by_openpyxl_comes_back(people: Path) -> None:
    again = book(people)
    again["people"]["E4"] = "new"
    again.save(people)
    assert cells_of(people) == {"people": [*ROWS[:2], ["x", "2", "", "false", "new"]]}


def test_texts_that_the_sheets_share_are_read_as_they_are(people: Path) -> None:
    shared = (
        '<sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><si><t>_x005F_x0041_ x005F_</t></si>'
        '<si><r><t xml:space="preserve">two </t></r><r><t>runs</t></r><rPh sb="0" eb="1"><t>no</t></rPh></si></sst>'
    )
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings"
    link = f'<Relationship Id="rId99" Type="{kind}" Target="sharedStrings.xml"/></Relationships>'
    edited(people, "xl/_rels/workbook.xml.rels", ("</Relationships>", link))
    with zipfile.ZipFile(people, "a") as archive:
        archive.writestr("xl/sharedStrings.xml", shared)
    inline = re.compile(r't="inlineStr"><is><t>(007|é)</t></is>')
    texts = iter("01")
    replaced(people, "xl/worksheets/sheet1.xml", lambda xml: inline.sub(lambda _: f't="s"><v>{next(texts)}</v>', xml))
    assert [row[0] for row in cells_of(people)["people"]] == ["_x0041_ x005F_", "two runs", "x"]


def test_a_number_or_a_boolean_that_somebody_typed_is_read_where_the_field_is_one(people: Path) -> None:
    again = book(people)
    again["people"]["B3"] = 7
    again["people"]["B4"] = 8.0
    again["people"]["D3"] = False
    again.save(people)
    assert [row[1:4:2] for row in cells_of(people)["people"]] == [["1", "true"], ["7", "false"], ["8", "false"]]


@pytest.mark.parametrize(
    ("place", "value", "message"),
    [
        ("A2", 7, "row 2, column id: expected a cell that is a text"),
        ("B2", "seven", "row 2, column rank: expected a whole number"),
        ("B2", 1.5, "row 2, column rank: expected a whole number"),
        ("B2", "=1+1", "row 2, column rank: expected a cell that is a text"),
        ("C3", 36_923, "row 3, column since: expected a cell that is a text"),
        ("C3", "20/4/2001", "row 3, column since: expected a date"),
        ("D2", "#N/A", "row 2, column active: expected a cell that is a text"),
        ("F2", "aside", "row 2: a value stands to the right of the table"),
        ("A1", "identifier", "the header is ['identifier', 'rank', 'since', 'active', 'note']"),
        ("F1", "more", "the header is ['id', 'rank', 'since', 'active', 'note', 'more']"),
    ],
)
def test_a_cell_that_was_changed_for_the_worse_is_named(people: Path, place: str, value: Any, message: str) -> None:
    again = book(people)
    again["people"][place] = value
    again.save(people)
    assert message in one_line(people)


def test_rows_that_a_spreadsheet_leaves_empty_are_no_rows_of_a_table_with_a_key(people: Path) -> None:
    again = book(people)
    again["people"]["A9"].number_format = "@"
    again.save(people)
    assert cells_of(people) == {"people": ROWS}


@pytest.mark.parametrize("content", [b"", b"a,b\n", b"PK\3\4", b"\xd0\xcf\x11\xe0 an old workbook"])
def test_a_file_that_is_no_workbook_is_one_line(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "x.xlsx").write_bytes(content)
    assert "is no sound Excel workbook" in one_line(tmp_path / "x.xlsx")


def test_a_file_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    assert "Cannot read" in one_line(tmp_path / "x.xlsx")


def test_a_workbook_of_other_makers_is_told(tmp_path: Path) -> None:
    openpyxl.Workbook().save(tmp_path / "x.xlsx")
    assert "was not written by mandates-data: it has no sheet _tables" in one_line(tmp_path / "x.xlsx")


@pytest.mark.parametrize(
    ("entry", "change"),
    [
        ("xl/workbook.xml", ('name="people"', 'name="other"')),
        ("xl/workbook.xml", ("</workbook>", "")),
        ("xl/workbook.xml", ('r:id="rId1"', 'r:id="rId77"')),
        ("xl/worksheets/sheet1.xml", ("</sheetData>", "")),
        ("xl/worksheets/sheet1.xml", ('r="A2"', 'r="ZZZ2"')),
        ("xl/worksheets/sheet1.xml", ('<row r="2">', '<row r="two">')),
        ("xl/worksheets/sheet1.xml", ('<row r="2">', '<row r="99999999">')),
        ("xl/worksheets/sheet1.xml", ('t="inlineStr"><is><t>007</t></is>', 't="s"><v>5</v>')),
        ("xl/worksheets/sheet3.xml", ("<t>schema</t>", "<t>else</t>")),
        ("xl/worksheets/sheet3.xml", ('{"fields"', '{"fields')),
        ("xl/worksheets/sheet3.xml", ('<c r="A2"', '<c r="J2"')),
    ],
)
def test_a_damaged_workbook_is_one_line(people: Path, entry: str, change: tuple[str, str]) -> None:
    assert one_line(edited(people, entry, change))


def test_an_entry_that_is_missing_is_one_line(people: Path) -> None:
    with zipfile.ZipFile(people) as archive:
        contents = {name: archive.read(name) for name in archive.namelist()}
    for missing in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"):
        with zipfile.ZipFile(people, "w") as archive:
            for name in contents.keys() - {missing}:
                archive.writestr(name, contents[name])
        assert "is no sound Excel workbook" in one_line(people)


def test_entities_that_grow_without_end_are_refused(people: Path) -> None:
    bomb = '<!DOCTYPE b [<!ENTITY a "aaaaaaaaaa">' + "".join(
        f'<!ENTITY {name} "{f"&{before};" * 10}">' for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    change = (">007<", ">&i;<")
    edited(people, "xl/worksheets/sheet1.xml", change, ("<worksheet ", f"{bomb}]><worksheet "))
    assert "is no sound Excel workbook" in one_line(people)


def test_damage_anywhere_in_the_file_makes_no_traceback(people: Path) -> None:
    whole = people.read_bytes()
    for start in range(0, len(whole), 97):
        people.write_bytes(whole[:start] + b"\xff\x00\x7f" + whole[start + 3 :])
        assert one_line_or_read(people) in ("one line", ["people"])
        people.write_bytes(whole[:start])
        assert one_line_or_read(people) == "one line"


def one_line_or_read(path: Path) -> str | list[str]:
    try:
        return list(cells_of(path))
    except MandatesDataError as error:
        return str(error) if "\n" in str(error) else "one line"


def test_tables_can_be_read_after_all_were_listed(real: Path) -> None:
    tables = list(xlsx.read(real))
    assert sum(len(list(table.texts())) for table in tables[4:6]) == 146


OFFICE = shutil.which("soffice")
CHANGED_BY_LIBREOFFICE = ["a\r\nb", "_x005F_x0041_", "__x0041_x0042_"]
"""It makes one line end of two characters, and does not write the last two so that anybody could read them."""


@pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: install the package libreoffice-calc")
def test_a_workbook_saved_again_by_libreoffice_comes_back(real: Path, tmp_path: Path) -> None:
    rows = [["k", text] for text in AWKWARD if text not in CHANGED_BY_LIBREOFFICE]
    tables: Tables = {"awkward": (schema("k", "a"), rows), "people": (PEOPLE, ROWS)}
    path = written(tmp_path, tables)
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    form = ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", "again"]
    command = [str(OFFICE), "--headless", profile, *form, str(path), str(real)]
    subprocess.run(command, check=True, cwd=tmp_path, capture_output=True, timeout=120)
    assert cells_of(tmp_path / "again" / path.name) == {"awkward": rows, "people": ROWS}
    assert cells_of(tmp_path / "again" / real.name) == cells_of(real)


def test_a_workbook_is_read_without_openpyxl(people: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    assert cells_of(people) == {"people": ROWS}


def test_what_is_no_workbook_at_all_is_a_package_error() -> None:
    with pytest.raises(PackageError):
        next(xlsx.read(Path(io.__file__)))
