"""The files to take away, above all the workbook: what is in it, and what happens where it cannot be made."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import time
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from site_packages import WHOLE, write_package
from walking import broken, see

from mandates_data.convert.formats import FORMATS
from mandates_data.convert.run import convert_out
from mandates_data.errors import MissingExtraError, TableError, WriteError
from mandates_data.history.references import open_package
from mandates_data.site.building import build
from mandates_data.site.downloads import write_downloads

WORKBOOK = "example-1.2.3.xlsx"
KIND = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def site_with(folder: Path, text: str, **properties: object) -> Path:
    """The pages of a package of one mandate with this text."""
    mandates = [{**WHOLE["mandates"][0], "text": text}]
    package = write_package(folder / "package", {"mandates": mandates, "corrections": []}, **properties)
    build(open_package(package), folder / "site")
    return folder / "site"


def described(site: Path) -> Mapping[str, Any]:
    page = (site / "index.html").read_text(encoding="utf-8")
    block = re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    told: Mapping[str, Any] = json.loads(block[1])
    return told


def said(site: Path) -> str:
    return " ".join(see(site / "downloads.html").text.split())


def test_the_workbook_has_a_sheet_a_table_and_its_texts(tmp_path: Path) -> None:
    site = site_with(tmp_path, "=Crime & <punishment> in Québec")
    book = openpyxl.load_workbook(site / "downloads" / WORKBOOK)
    assert book.sheetnames == ["mandates", "corrections", "_fields", "_tables", "_package"]
    rows = list(book["mandates"].iter_rows(values_only=True))
    assert rows[0][0] == "mandate_id"
    assert (rows[1][0], rows[1][-1]) == ("1994-miami-poa-001", "=Crime & <punishment> in Québec")


def test_the_workbook_stands_first_among_the_downloads_and_is_told_of_as_what_it_is(tmp_path: Path) -> None:
    site = site_with(tmp_path, "A text.")
    content = (site / "downloads" / WORKBOOK).read_bytes()
    first = described(site)["distribution"][0]
    assert (first["name"], first["encodingFormat"]) == (WORKBOOK, KIND)
    assert first["sha256"] == hashlib.sha256(content).hexdigest()
    assert "All tables in one Excel workbook, a sheet each" in said(site)
    assert "it opens with a double click in Excel and LibreOffice." in said(site)


def test_the_workbook_is_the_same_whenever_it_is_made(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = site_with(tmp_path / "first", "A text.") / "downloads" / WORKBOOK
    monkeypatch.setattr(time, "time", lambda: 2_000_000_000.0)
    later = site_with(tmp_path / "later", "A text.") / "downloads" / WORKBOOK
    assert first.read_bytes() == later.read_bytes()
    with zipfile.ZipFile(first) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_the_workbook_has_the_time_of_the_package(tmp_path: Path) -> None:
    site = site_with(tmp_path, "A text.", created="2026-11-24T00:00:00Z")
    with zipfile.ZipFile(site / "downloads" / WORKBOOK) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 11, 24, 0, 0, 0)}


def test_the_workbook_is_the_one_that_convert_writes(tmp_path: Path) -> None:
    site = site_with(tmp_path, "A text.")
    convert_out(open_package(tmp_path / "package"), FORMATS["xlsx"], tmp_path / "converted.xlsx")
    assert (tmp_path / "converted.xlsx").read_bytes() == (site / "downloads" / WORKBOOK).read_bytes()


TOO_LONG = "x" * 32_768


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (TOO_LONG, "expected a text of at most 32,767 characters, which is all that an Excel cell holds."),
        ("a bell\x07", "expected a text without control characters or halves of characters."),
        ("no sign\ufffe", "expected a text without control characters or halves of characters."),
    ],
)
def test_a_text_that_no_workbook_holds_leaves_out_the_workbook_alone_and_says_why(
    tmp_path: Path, text: str, reason: str
) -> None:
    site = site_with(tmp_path, text)
    left_out(site)
    assert "Table mandates, line 2, field text:" in said(site)
    assert f"cannot be converted exactly; {reason}" in said(site)


def test_more_rows_than_a_sheet_has_leave_out_the_workbook_alone_and_say_why(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mandates_data.convert.xlsx.MAX_ROWS", 3)
    package = write_package(tmp_path / "package", WHOLE)
    build(open_package(package), tmp_path / "site")
    left_out(tmp_path / "site")
    assert "Table summits, line 4: an Excel sheet ends after 3 rows." in said(tmp_path / "site")


def left_out(site: Path) -> None:
    """The workbook is not there, is told of as not there, and everything else is."""
    names = {path.name for path in (site / "downloads").iterdir()}
    assert {"example-1.2.3.zip", "example-1.2.3.sqlite", "mandates.csv", "SHA256SUMS"} <= names
    assert WORKBOOK not in names
    assert WORKBOOK not in (site / "downloads" / "SHA256SUMS").read_text(encoding="utf-8")
    assert WORKBOOK not in {file["name"] for file in described(site)["distribution"]}
    assert "Not in this release, since such a file cannot hold it" in said(site)
    assert "Nothing was written" not in said(site)
    assert list(broken(site)) == []


def test_without_what_writes_workbooks_the_message_names_an_extra(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    package = open_package(write_package(tmp_path / "package", WHOLE))
    with pytest.raises(MissingExtraError, match=r"Excel workbooks need openpyxl"):
        write_downloads(package, tmp_path)
    with pytest.raises(MissingExtraError, match=r"pip install"):
        build(package, tmp_path / "site")
    assert not (tmp_path / "site").exists()


# -- What machines read of the whole ----------------------------------------------------------------------------------


def test_the_years_are_those_of_the_summits_whose_mandates_there_are(tmp_path: Path) -> None:
    build(open_package(write_package(tmp_path / "package", WHOLE)), tmp_path / "site")
    assert described(tmp_path / "site")["temporalCoverage"] == "1994/1998"  # 2030 has no mandate


def test_the_years_of_one_summit_are_one_and_of_none_are_not_told(tmp_path: Path) -> None:
    one = {**WHOLE, "mandates": WHOLE["mandates"][:1]}
    build(open_package(write_package(tmp_path / "one", one)), tmp_path / "site-of-one")
    assert described(tmp_path / "site-of-one")["temporalCoverage"] == "1994"
    assert "temporalCoverage" not in described(site_with(tmp_path, "A text."))


def test_the_identifier_and_the_citation_are_those_of_the_package(tmp_path: Path) -> None:
    told = described(site_with(tmp_path, "A text.", id="urn:uuid:1", contributors=[{"title": "The makers"}]))
    assert told["identifier"] == "urn:uuid:1"
    assert told["creator"] == [{"@type": "Organization", "name": "The makers"}]
    assert told["creditText"].startswith("The makers. Example mandates. Version 1.2.3")


def test_what_is_no_address_on_the_web_is_told_as_none(tmp_path: Path) -> None:
    licenses = [{"path": "LICENSE"}, {"path": "https://example.org/licence"}, {"name": "MIT"}, "MIT"]
    told = described(site_with(tmp_path, "A text.", homepage="javascript:alert(1)", licenses=licenses))
    assert told["license"] == ["https://example.org/licence"]
    assert "url" not in told


@pytest.mark.parametrize(("length", "told_length", "end"), [(5000, 5000, "."), (5001, 5000, "…"), (9000, 5000, "…")])
def test_a_description_is_cut_where_search_engines_stop(
    tmp_path: Path, length: int, told_length: int, end: str
) -> None:
    told = described(site_with(tmp_path, "A text.", description="x" * (length - 1) + "."))["description"]
    assert (len(told), told[-1]) == (told_length, end)


def test_both_descriptions_cite_the_data_as_its_page_does(tmp_path: Path) -> None:
    package = write_package(tmp_path / "package", WHOLE)
    build(open_package(package), tmp_path / "site", "https://example.org/m")
    about = " ".join(see(tmp_path / "site" / "about.html").text.split())
    credit = described(tmp_path / "site")["creditText"]
    croissant = json.loads((tmp_path / "site" / "croissant.json").read_text(encoding="utf-8"))
    assert credit.endswith("https://example.org/m/.")
    assert credit in about
    assert " ".join(croissant["citeAs"].split()) in about


# -- Made in a process of its own -------------------------------------------------------------------------------------


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_what_another_process_makes_is_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = write_package(tmp_path / "package", WHOLE)
    build(open_package(package), tmp_path / "here")
    monkeypatch.setattr("mandates_data.site.downloads.APART", 0)
    build(open_package(package), tmp_path / "apart")
    assert contents(tmp_path / "apart" / "downloads") == contents(tmp_path / "here" / "downloads")
    assert said(tmp_path / "apart") == said(tmp_path / "here")


def test_what_another_process_cannot_put_into_a_workbook_is_said_as_well(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mandates_data.site.downloads.APART", 0)
    site = site_with(tmp_path, "a" * 40_000)
    left_out(site)
    assert "Table mandates, line 2, field text:" in said(site)


def test_what_another_process_cannot_read_is_told_as_here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = write_package(tmp_path / "package", WHOLE)
    (package / "data" / "mandate_topics.csv").write_bytes(b'mandate_id\n"open')
    told = []
    for apart in (10**9, 0):
        monkeypatch.setattr("mandates_data.site.downloads.APART", apart)
        (tmp_path / str(apart)).mkdir()
        with pytest.raises(TableError) as error:
            write_downloads(open_package(package), tmp_path / str(apart))
        told.append(str(error.value))
    assert told[0] == told[1]
    assert "mandate_topics.csv" in told[0]


def test_a_process_that_is_ended_from_outside_is_told_and_nothing_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("mandates_data.site.downloads.APART", 0)
    monkeypatch.setattr("mandates_data.site.forms.sys.executable", shutil.which("false"))
    package = write_package(tmp_path / "package", WHOLE)
    with pytest.raises(WriteError, match=r"The process that writes the downloads has ended \(1\)"):
        build(open_package(package), tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["package"]
