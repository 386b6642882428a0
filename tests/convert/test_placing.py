"""Where a conversion writes: whole files or none, and nothing that it should leave alone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from exported_packages import ROUND, field, out, refused, schema, shell, tree, write_package

from mandates_data.convert.formats import FORMATS
from mandates_data.convert.run import convert_out
from mandates_data.errors import PackageError, WriteError
from mandates_data.package.opening import open_package

CONTENT = "id,n\nb,2\na,1\n"
SOURCE = {"t": (schema("id", field("n", "integer"), primaryKey="id"), CONTENT)}
each_format = pytest.mark.parametrize("name", ROUND)
on_unix = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such links, devices and signals")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with the package `p` in it."""
    write_package(tmp_path / "p", SOURCE)
    monkeypatch.chdir(tmp_path)
    return tmp_path


@each_format
def test_a_second_conversion_takes_the_place_of_the_first(tmp_path: Path, name: str) -> None:
    package = write_package(tmp_path / "p", SOURCE)
    out(package, ROUND[name], tmp_path / "out")
    first = tree(tmp_path / "out")
    (package / "table0.csv").write_text("id,n\na,1\n", encoding="utf-8", newline="")
    out(package, ROUND[name], tmp_path / "out")
    second = tree(tmp_path / "out")
    assert second.keys() == first.keys()
    assert second != first


@each_format
def test_other_files_in_the_folder_stay(tmp_path: Path, name: str) -> None:
    (tmp_path / "out" / "mine").mkdir(parents=True)
    (tmp_path / "out" / "mine" / "notes.txt").write_bytes(b"mine")
    out(write_package(tmp_path / "p", SOURCE), ROUND[name], tmp_path / "out")
    there = tree(tmp_path / "out")
    assert there["mine/notes.txt"] == b"mine"
    assert not [path for path in there if ".part" in path]


@pytest.mark.parametrize("name", ["parquet", "json", "jsonl", "csv", "csv --excel"])
def test_a_file_where_a_folder_is_needed_is_one_line(here: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    (here / "taken").write_bytes(b"mine")
    to = name.split()
    told = "taken is a file; this format writes a file a table. Name a folder with -o."
    assert refused(capsys, "p", "--to", *to, "-o", "taken") == told
    assert refused(capsys, "p", "--to", *to, "-o", Path("taken") / "below").startswith("Cannot write taken")
    assert (here / "taken").read_bytes() == b"mine"


@pytest.mark.parametrize("to", ["sqlite", "xlsx"])
def test_a_folder_where_a_file_is_needed_takes_it_under_the_packages_name(
    here: Path, capsys: pytest.CaptureFixture[str], to: str
) -> None:
    (here / "given" / f"small.{to}").mkdir(parents=True)
    told = f"{Path('given') / f'small.{to}'} is a folder. Name another one with -o."
    assert refused(capsys, "p", "--to", to, "-o", "given") == told
    (here / "given" / f"small.{to}").rmdir()
    shell("convert", "p", "--to", to, "-o", "given")
    assert set(tree(here / "given")) == {f"small.{to}"}


def test_a_folder_in_the_place_of_one_table_stops_all(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (here / "out" / "t.json").mkdir(parents=True)
    assert refused(capsys, "p", "--to", "json", "-o", "out") == (
        f"{Path('out') / 't.json'} is a folder. Name another one with -o."
    )
    assert tree(here / "out") == {"t.json": None}


@pytest.mark.parametrize("to", ["json", "csv"])
def test_the_descriptor_of_another_package_is_not_replaced(
    here: Path, capsys: pytest.CaptureFixture[str], to: str
) -> None:
    before = tree(here / "p")
    assert refused(capsys, "p", "--to", to, "-o", "p") == (
        "p holds a package of its own or of another format, whose datapackage.json would be lost. "
        "Name another folder with -o."
    )
    assert tree(here / "p") == before


@pytest.mark.parametrize("way", [["csv"], ["csv", "--excel"]])
def test_the_tables_that_are_converted_are_not_replaced(
    here: Path, capsys: pytest.CaptureFixture[str], way: list[str]
) -> None:
    package = write_package(here / "q", SOURCE)
    (package / "data").mkdir()
    (package / "table0.csv").rename(package / "data" / "t.csv")
    descriptor = (package / "datapackage.json").read_text(encoding="utf-8")
    (package / "datapackage.json").write_text(descriptor.replace("table0.csv", "data/t.csv"), encoding="utf-8")
    before = tree(package)
    told = (
        f"{Path('q', 'data', 't.csv')} is a file of what is converted, and would be lost. Name another place with -o."
    )
    assert refused(capsys, "q", "--to", *way, "-o", Path("q") / "data") == told
    assert tree(package) == before


@pytest.mark.parametrize("name", ["table0.csv", "datapackage.json"])
@pytest.mark.parametrize("to", ["sqlite", "xlsx"])
def test_no_file_of_the_package_becomes_a_database(
    here: Path, capsys: pytest.CaptureFixture[str], to: str, name: str
) -> None:
    before = tree(here / "p")
    assert "is a file of what is converted" in refused(capsys, "p", "--to", to, "-o", Path("p") / name)
    assert tree(here / "p") == before


def test_tables_for_excel_are_not_replaced_by_what_they_are_brought_back_to(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    shell("convert", "p", "--to", "csv", "--excel", "-o", "for excel")
    before = tree(here / "for excel")
    assert "is a file of what is converted" in refused(capsys, "for excel", "--to", "csv", "-o", "for excel")
    assert tree(here / "for excel") == before


def test_a_table_that_is_there_twice_is_refused_on_its_way_back(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shell("convert", "p", "--to", "parquet", "-o", "pq")
    (here / "pq" / "copy.parquet").write_bytes((here / "pq" / "t.parquet").read_bytes())
    told = "Two tables would be written to t.csv. Leave one of them out, or rename it."
    assert refused(capsys, "pq", "--to", "csv", "-o", "back") == told
    assert not (here / "back").exists()


@pytest.mark.parametrize("name", ["../t", "a/b", "a\\b", "t:x", "", ".t", "n\nl", "x" * 201])
@pytest.mark.parametrize("to", ["json", "parquet", "csv", "sqlite"])
def test_a_table_whose_name_no_file_can_have_is_refused(tmp_path: Path, to: str, name: str) -> None:
    package = write_package(tmp_path / "p", {name: SOURCE["t"]})
    with pytest.raises(PackageError) as error:
        out(package, ROUND[to], tmp_path / "out" / "deeper")
    assert "\n" not in str(error.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["p"]


def test_a_table_called_datapackage_takes_no_descriptors_place(tmp_path: Path) -> None:
    package = write_package(tmp_path / "p", {"datapackage": SOURCE["t"]})
    with pytest.raises(PackageError, match=r"A table called datapackage would take the place of datapackage\.json\."):
        out(package, FORMATS["json"], tmp_path / "out")
    assert out(package, FORMATS["csv"], tmp_path / "out").is_dir()


@on_unix
def test_the_file_behind_a_symbolic_link_is_replaced_and_keeps_its_rights(here: Path) -> None:
    (here / "real").mkdir()
    (here / "real" / "old.sqlite").write_bytes(b"old")
    (here / "real" / "old.sqlite").chmod(0o640)
    (here / "link.sqlite").symlink_to("real/old.sqlite")
    convert_out(open_package("p"), FORMATS["sqlite"], Path("link.sqlite"))
    assert (here / "link.sqlite").is_symlink()
    assert (here / "real" / "old.sqlite").read_bytes().startswith(b"SQLite format 3")
    assert (here / "real" / "old.sqlite").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in (here / "real").iterdir()] == ["old.sqlite"]


@on_unix
def test_a_device_is_not_replaced(here: Path) -> None:
    os.mkfifo("pipe")
    with pytest.raises(WriteError, match=r"^pipe is a device, not a file\."):
        convert_out(open_package("p"), FORMATS["sqlite"], Path("pipe"))
    assert (here / "pipe").is_fifo()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
@each_format
def test_a_folder_that_may_not_be_written_to_is_one_line(tmp_path: Path, name: str) -> None:
    package = write_package(tmp_path / "p", SOURCE)
    (tmp_path / "closed").mkdir()
    (tmp_path / "closed").chmod(0o555)
    try:
        with pytest.raises(WriteError, match="Permission denied"):
            out(package, ROUND[name], tmp_path / "closed" / "out")
    finally:
        (tmp_path / "closed").chmod(0o755)
    assert tree(tmp_path / "closed") == {}


def test_a_refused_folder_is_one_line(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(**_named: object) -> str:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkdtemp", refuse)
    told = "Cannot write new: Permission denied. Choose another place with -o."
    assert refused(capsys, "p", "--to", "json", "-o", "new") == told


@each_format
def test_a_full_disk_leaves_the_old_files(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    package = write_package(tmp_path / "p", SOURCE)
    out(package, ROUND[name], tmp_path / "out")
    before = tree(tmp_path)

    def full(_self: Path, _target: Path) -> Path:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(WriteError, match=r"^Cannot write .*: No space left on device\. Choose another place"):
        out(package, ROUND[name], tmp_path / "out")
    assert tree(tmp_path) == before


KILLED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell started in the background
from mandates_data.package import reader
from mandates_data.cli.app import main
rows = reader.TableReader.batches
def batches(self, size=1):
    for number, batch in enumerate(rows(self, 100)):
        if number == 5:
            print("half way", flush=True)
            os.kill(os.getpid(), getattr(signal, sys.argv.pop()))
        yield batch
reader.TableReader.batches = batches
main(sys.argv[1:-1])
"""
"""The command, which is killed after five hundred rows of a thousand."""


def killed(name: str, *arguments: str) -> None:
    """Run a conversion that is killed half way."""
    command = [sys.executable, "-c", KILLED, "convert", *arguments, name]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, timeout=60)
    assert done.stdout == "half way\n"
    if name == "SIGINT":
        told = done.stderr.strip()  # click ends the line of the terminal's ^C
        assert (done.returncode, told) == (130, "mandates-data: stopped; no file is left half written.")
    else:
        assert (done.returncode, done.stderr) == (-getattr(signal, name), "")


@on_unix
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
@pytest.mark.parametrize("way", ROUND)
def test_a_conversion_killed_half_way_leaves_the_old_files_or_none(here: Path, way: str, name: str) -> None:
    rows = "".join(f"{n:04},{n}\n" for n in range(1000))
    write_package(here / "big", {"s": SOURCE["t"], "t": (SOURCE["t"][0], f"id,n\n{rows}")})
    place = "new" if ROUND[way].many else f"new{ROUND[way].suffix}"
    killed(name, "big", "--to", *way.split(), "-o", place)
    assert not (here / place).exists()
    shell("convert", "p", "--to", *way.split(), "-o", place)
    before = tree(here / place) if (here / place).is_dir() else (here / place).read_bytes()
    killed(name, "big", "--to", *way.split(), "-o", place)
    after = tree(here / place) if (here / place).is_dir() else (here / place).read_bytes()
    if isinstance(after, dict):  # what was written beside is left by a process that nobody asked
        after = {path: content for path, content in after.items() if not path.startswith(".convert.")}
    assert after == before
    if name == "SIGINT":
        assert not list(here.rglob("*.part"))


def test_what_a_killed_conversion_left_does_not_hinder_the_next(here: Path) -> None:
    (here / "out" / ".convert.abcd.part").mkdir(parents=True)
    (here / "out" / ".convert.abcd.part" / "t.parquet").write_bytes(b"PAR1")
    shell("convert", "p", "--to", "parquet", "-o", "out")
    done = shell("convert", "out", "--to", "csv", "-o", "back")
    assert (done.returncode, done.stdout) == (0, "back/t.csv  13 bytes\n")


def test_a_package_in_a_zip_is_converted_beside_it(here: Path) -> None:
    with zipfile.ZipFile("p.zip", "w") as archive:
        for path in (here / "p").iterdir():
            archive.write(path, path.name)
    before = (here / "p.zip").read_bytes()
    done = shell("convert", "p.zip", "--to", "sqlite", "-o", ".")
    assert done.returncode == 0
    assert set(tree(here)) == {"p", "p/datapackage.json", "p/table0.csv", "p.zip", "small.sqlite"}
    assert (here / "p.zip").read_bytes() == before
