"""What is in the wheel, and that two builds of it are the same bytes."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCES = (
    *("src", "data", "schemas", "history", "datapackage.json"),
    *("pyproject.toml", "README.md", "LICENSE", "LICENSE-DATA"),
)


def build(source: Path, folder: Path) -> Path:
    """The wheel of a source tree."""
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    [wheel] = folder.glob("*.whl")
    return wheel


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(ROOT, tmp_path_factory.mktemp("wheel"))


def test_the_wheel_holds_the_whole_package_byte_for_byte(wheel: Path) -> None:
    expected = ["datapackage.json"]
    for folder in ("data", "schemas", "history"):
        expected += [path.relative_to(ROOT).as_posix() for path in (ROOT / folder).rglob("*") if path.is_file()]
    assert {"data/mandates.csv", "data/source/security.txt", "data/source/security.decisions.csv"} <= set(expected)
    with zipfile.ZipFile(wheel) as archive:
        different = [p for p in expected if archive.read(f"mandates_data/_package/{p}") != (ROOT / p).read_bytes()]
    assert different == []


def test_the_wheel_holds_every_module_the_type_marker_and_both_licences(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    modules = {path.relative_to(ROOT / "src").as_posix() for path in (ROOT / "src").rglob("*.py")}
    assert modules | {"mandates_data/py.typed"} <= names
    assert {Path(name).name for name in names if "/licenses/" in name} == {"LICENSE", "LICENSE-DATA"}


def test_the_wheel_holds_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        roots = {name.split("/")[0] for name in archive.namelist()}
        names = archive.namelist()
    assert {root for root in roots if not root.endswith(".dist-info")} == {"mandates_data"}
    assert [name for name in names if name.endswith((".pyc", ".part", ".orig"))] == []


def test_the_wheel_of_a_copy_elsewhere_with_other_times_is_the_same_bytes(wheel: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    copy.mkdir()
    for name in SOURCES:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, copy)
    for path in copy.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
    again = build(copy, tmp_path / "again")
    assert again.name == wheel.name
    assert again.read_bytes() == wheel.read_bytes()
