"""A contributor opens a table of the published package in LibreOffice and saves it: the base brings back every byte.

The ways are those of its dialogues: its own defaults, semicolons in the encoding of Windows, a workbook that is saved
as CSV later, and columns whose special numbers (dates, yes and no) it was told to find.
"""

import shutil
import subprocess
from pathlib import Path

import pytest
from mended_packages import commit

from mandates_data.mending.run import mend, write
from mandates_data.mending.values import Mending
from mandates_data.package.opening import open_package

ROOT = Path(__file__).resolve().parents[2]
OFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(OFFICE is None, reason="needs LibreOffice: install the package libreoffice-calc")

CSV = "csv:Text - txt - csv (StarCalc)"
WINDOWS = f"{CSV}:59,34,1,1"
ALL_QUOTED = f"{CSV}:44,34,76,1,,0,true"
UTF_8 = "CSV:44,34,76,1"


def saved(folder: Path, home: Path, steps: list[tuple[str, str]]) -> Path:
    """The tables of a folder after LibreOffice has opened them and saved them in each of the forms, one after another.

    A step is a filter to open with (empty for its own choice) and a form to save in.
    """
    for number, (opened_as, form) in enumerate(steps):
        target = home / f"step{number}"
        command = [str(OFFICE), "--headless", f"-env:UserInstallation={(home / 'profile').as_uri()}"]
        command += [f"--infilter={opened_as}"] if opened_as else []
        command += ["--convert-to", form, "--outdir", str(target), *map(str, sorted(folder.iterdir()))]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        folder = target
    return folder


def published(folder: Path) -> Path:
    """A copy of the published package, committed."""
    folder.mkdir()
    shutil.copy(ROOT / "datapackage.json", folder)
    for name in ("data", "schemas"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("source"))
    commit(folder)
    return folder


def tables(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "data").glob("*.csv"))}


def after(tmp_path: Path, steps: list[tuple[str, str]]) -> tuple[Path, dict[str, bytes], Mending]:
    """The package whose tables went through LibreOffice and `fmt --against git:HEAD`, and its tables before."""
    folder = published(tmp_path / "p")
    before = tables(folder)
    plain = tmp_path / "plain"
    shutil.copytree(folder / "data", plain)
    for path in saved(plain, tmp_path, steps).iterdir():
        shutil.copy(path, folder / "data" / path.name)
    assert tables(folder) != before
    opened = open_package(folder)
    mending = mend(opened, "git:HEAD")
    write(opened, mending)
    return folder, before, mending


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([("", "csv")], id="its own defaults"),
        pytest.param([(UTF_8, WINDOWS)], id="semicolons and cp1252"),
        pytest.param([("", WINDOWS)], id="semicolons and cp1252, opened by default"),
        pytest.param([(UTF_8, ALL_QUOTED)], id="every text quoted"),
        pytest.param([(UTF_8, "xlsx"), ("", "csv")], id="a workbook, then CSV"),
        pytest.param([(UTF_8, "xlsx"), ("", WINDOWS)], id="a workbook, then semicolons and cp1252"),
        pytest.param([(UTF_8, "ods"), ("", "csv")], id="its own workbook, then CSV"),
        pytest.param([("", "csv"), (UTF_8, "xlsx"), ("", WINDOWS)], id="three times over"),
    ],
)
def test_every_byte_comes_back(steps: list[tuple[str, str]], tmp_path: Path) -> None:
    folder, before, mending = after(tmp_path, steps)
    assert [name for name, content in tables(folder).items() if content != before[name]] == []
    assert (mending.left, [edit for table in mending.tables for edit in table.edits]) == (0, [])
    git = subprocess.run(["git", "-C", str(folder), "status", "--short"], capture_output=True, text=True, check=True)
    assert git.stdout == ""


@pytest.mark.parametrize(
    "steps",
    [
        pytest.param([("", "csv")], id="its own defaults"),
        pytest.param([(UTF_8, WINDOWS)], id="semicolons and cp1252"),
        pytest.param([(UTF_8, "xlsx"), ("", "csv")], id="a workbook, then CSV"),
    ],
)
def test_the_one_correction_that_was_meant_is_all_that_stays(steps: list[tuple[str, str]], tmp_path: Path) -> None:
    folder = published(tmp_path / "p")
    before = tables(folder)
    plain = tmp_path / "plain"
    shutil.copytree(folder / "data", plain)
    for path in saved(plain, tmp_path, steps).iterdir():
        content = path.read_bytes()
        if path.name == "mandates.csv":
            assert content.count(b"peacekeeping efforts") == 1
            content = content.replace(b"peacekeeping efforts", b"peace efforts")
        (folder / "data" / path.name).write_bytes(content)
    opened = open_package(folder)
    mending = mend(opened, "git:HEAD")
    write(opened, mending)
    edits = [(table.resource, edit.place.row_key, edit.place.field) for table in mending.tables for edit in table.edits]
    assert edits == [("mandates", "1998-santiago-poa-024", "text")]
    after = tables(folder)
    assert [name for name in after if after[name] != before[name]] == ["corrections.csv", "mandates.csv"]
    assert after["mandates.csv"] == before["mandates.csv"].replace(b"peacekeeping efforts", b"peace efforts")
    ledgers = [side["corrections.csv"].decode().split("\n") for side in (before, after)]
    (draft,) = [line for line in ledgers[1] if line not in ledgers[0]]
    assert [line for line in ledgers[1] if line != draft] == ledgers[0]
    assert draft.startswith("1998-santiago-poa-024.text.1,mandates,1998-santiago-poa-024,text,")
    assert draft.endswith(",,,,")
