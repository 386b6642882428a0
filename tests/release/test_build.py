"""The files of a release: the same bytes wherever and whenever, and none of a package that is not as released."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from prepared_packages import command, edit, git, make_package, released

ROOT = Path(__file__).resolve().parents[2]
PARTS = ("src", "data", "schemas", "history", "datapackage.json", "pyproject.toml", "README.md", "CHANGELOG.md")


def test_a_build_holds_every_form_and_its_checksums_are_right(tmp_path: Path) -> None:
    folder = make_package(tmp_path / "birds")
    released(folder, "v0.1.0", date="2026-01-10")
    done = command(folder, "build", "-o", "../out")
    assert (done.returncode, done.stderr) == (0, "")
    names = ["birds-0.1.0-parquet.zip", "birds-0.1.0.sqlite", "birds-0.1.0.xlsx", "birds-0.1.0.zip"]
    out = tmp_path / "out"
    assert sorted(path.name for path in out.iterdir()) == ["SHA256SUMS", *names]
    sums = "".join(f"{hashlib.sha256((out / name).read_bytes()).hexdigest()}  {name}\n" for name in names)
    assert (out / "SHA256SUMS").read_text() == sums
    with zipfile.ZipFile(out / "birds-0.1.0.zip") as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(2026, 1, 10, 0, 0, 0)}
        assert archive.read("birds-0.1.0/data/birds.csv") == (folder / "data/birds.csv").read_bytes()
    assert command(tmp_path, "check", "out/birds-0.1.0.zip", "--against", str(folder)).returncode == 0


def test_a_package_that_has_changed_since_it_was_prepared_is_not_built(tmp_path: Path) -> None:
    folder = make_package(tmp_path / "birds")
    released(folder, "v0.1.0", date="2026-01-10")
    edit(folder, "data/birds.csv", "Heron,", "Heron,grey")
    done = command(folder, "build", "-o", "../out")
    assert (done.returncode, done.stdout) == (1, "")
    assert "is not what its table of releases says of 0.1.0" in done.stderr
    assert not (tmp_path / "out").exists()


def copy_of_the_project(folder: Path) -> Path:
    folder.mkdir()
    for name in (*PARTS, "LICENSE", "LICENSE-DATA"):
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(ROOT / name, folder)
    return folder


def test_the_project_is_built_to_the_same_bytes_in_another_folder_at_another_time_under_another_mask(
    tmp_path: Path,
) -> None:
    here, there = copy_of_the_project(tmp_path / "here"), copy_of_the_project(tmp_path / "elsewhere")
    for folder in (here, there):
        assert command(folder, "prepare", "--date", "2026-11-24").returncode == 0
    for path in there.rglob("*"):
        os.utime(path, (1_000_000_000, 1_000_000_000))
        path.chmod(0o700 if path.is_dir() else 0o600)
    called = [sys.executable, "-m", "mandates_data", "release", "build"]
    outs = []
    for folder, mask, zone in ((here, 0o022, "UTC"), (there, 0o077, "Asia/Tokyo")):
        outs.append(tmp_path / f"{folder.name}-out")
        done = subprocess.run(
            [*called, str(folder), "-o", str(outs[-1])],
            env={**os.environ, "TZ": zone},
            cwd=tmp_path,
            umask=mask,
            capture_output=True,
            check=False,
        )
        assert (done.returncode, done.stderr) == (0, b"")
    one, other = ({path.name: path.read_bytes() for path in out.iterdir()} for out in outs)
    assert len(one) == 8
    assert [name for name in one if one[name] != other.get(name)] == []


def test_building_again_gives_the_same_bytes_in_place(tmp_path: Path) -> None:
    folder = make_package(tmp_path / "birds")
    git(folder, "add", "-A")
    released(folder, "v0.1.0", date="2026-01-10")
    outs = []
    for _ in range(2):
        assert command(folder, "build", "-o", "../out").returncode == 0
        outs.append({path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()})
    assert outs[0] == outs[1]


def test_a_file_that_is_a_link_out_of_the_package_is_not_packed(tmp_path: Path) -> None:
    folder = make_package(tmp_path / "birds")
    released(folder, "v0.1.0", date="2026-01-10")
    (tmp_path / "secret").write_text("nobody's business")
    (folder / "README.md").unlink(missing_ok=True)
    (folder / "README.md").symlink_to(tmp_path / "secret")
    done = command(folder, "build", "-o", "../out")
    assert (done.returncode, done.stdout) == (2, "")
    assert "README.md" in done.stderr
    assert "Traceback" not in done.stderr
    assert list((tmp_path / "out").iterdir()) == []
