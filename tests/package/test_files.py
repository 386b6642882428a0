"""A file is replaced whole or not at all, whatever happens in between."""

from __future__ import annotations

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path
from typing import NoReturn

import pytest

from mandates_data.errors import WriteError
from mandates_data.package.files import replacing, replacing_path, write_files


def only(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_file_is_there_when_the_block_ends_and_not_before(tmp_path: Path) -> None:
    target = tmp_path / "new" / "t.csv"
    with replacing(target) as file:
        file.write(b"content")
        assert not target.exists()
    assert target.read_bytes() == b"content"
    assert only(target.parent) == ["t.csv"]


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, SystemExit, MemoryError])
def test_block_that_fails_leaves_the_old_file_and_nothing_beside_it(error: type[BaseException], tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    target.write_bytes(b"old")

    def fail() -> NoReturn:
        with replacing(target) as file:
            file.write(b"new")
            raise error

    with pytest.raises(error):
        fail()
    assert target.read_bytes() == b"old"
    assert only(tmp_path) == ["t.csv"]


def test_library_that_writes_to_a_path_of_its_own_is_no_different(tmp_path: Path) -> None:
    target = tmp_path / "t.db"
    with replacing_path(target) as temporary:
        temporary.write_bytes(b"new")
        assert temporary.parent == target.parent
    assert target.read_bytes() == b"new"

    def fail() -> NoReturn:
        with replacing_path(target) as temporary:
            temporary.write_bytes(b"half")
            raise ValueError("stop")

    with pytest.raises(ValueError, match="stop"):
        fail()
    assert target.read_bytes() == b"new"
    assert only(tmp_path) == ["t.db"]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_rights_of_the_old_file_are_kept_and_new_ones_follow_the_mask(tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    target.write_bytes(b"old")
    target.chmod(0o640)
    with replacing(target) as file:
        file.write(b"new")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640
    before = os.umask(0o027)
    try:
        with replacing(tmp_path / "fresh.csv") as file:
            file.write(b"x")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "fresh.csv").stat().st_mode) == 0o640


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_folder_that_may_not_be_written_to_is_one_line(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(0o555)
    try:
        with pytest.raises(WriteError, match="Permission denied"), replacing(closed / "t.csv") as file:
            file.write(b"x")
    finally:
        closed.chmod(0o755)
    assert only(closed) == []


def test_refused_temporary_file_is_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(**_named: object) -> NoReturn:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.mkstemp", refuse)
    with pytest.raises(WriteError, match=r"Cannot write .*t\.csv: Permission denied\. Choose another place"):
        write_files({tmp_path / "t.csv": b"x"})


def test_full_disk_is_one_line_and_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    target.write_bytes(b"old")
    with pytest.raises(WriteError, match="No space left"), replacing(target):
        raise OSError(28, "No space left on device")
    assert target.read_bytes() == b"old"
    assert only(tmp_path) == ["t.csv"]


@pytest.mark.parametrize("kind", ["folder", "below a file", "long name"])
def test_place_that_cannot_be_a_file_is_one_line(kind: str, tmp_path: Path) -> None:
    (tmp_path / "folder").mkdir()
    (tmp_path / "file").write_bytes(b"x")
    target = {
        "folder": tmp_path / "folder",
        "below a file": tmp_path / "file" / "t.csv",
        "long name": tmp_path / ("x" * 300),
    }
    with pytest.raises(WriteError), replacing(target[kind]) as file:
        file.write(b"x")
    assert only(tmp_path) == ["file", "folder"]


def test_several_files_are_written_and_the_changed_ones_named(tmp_path: Path) -> None:
    same, changed, new = (tmp_path / name for name in ("same", "changed", "below/new"))
    same.write_bytes(b"1")
    changed.write_bytes(b"1")
    os.utime(same, (1, 1))
    assert write_files({same: b"1", changed: b"2", new: b"3"}) == [changed, new]
    assert (same.stat().st_mtime, changed.read_bytes(), new.read_bytes()) == (1, b"2", b"3")
    assert write_files({same: b"1", changed: b"2", new: b"3"}) == []


def test_none_of_several_files_is_written_where_one_cannot_be(tmp_path: Path) -> None:
    first = tmp_path / "first"
    first.write_bytes(b"old")
    (tmp_path / "file").write_bytes(b"x")
    with pytest.raises(WriteError):
        write_files({first: b"new", tmp_path / "file" / "below": b"new", tmp_path / "last": b"new"})
    assert first.read_bytes() == b"old"
    assert only(tmp_path) == ["file", "first"]


KILLED = """
import os, signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)  # ignored in what a shell started in the background
from pathlib import Path
from mandates_data.package.files import replacing
with replacing(Path(sys.argv[1])) as file:
    file.write(b"half" * 100_000)
    file.flush()
    print("writing", flush=True)
    os.kill(os.getpid(), getattr(signal, sys.argv[2]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("name", ["SIGKILL", "SIGTERM", "SIGINT"])
def test_process_killed_while_it_writes_leaves_the_old_file(name: str, tmp_path: Path) -> None:
    target = tmp_path / "t.csv"
    target.write_bytes(b"old")
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(target), name], capture_output=True, text=True, check=False, timeout=60
    )
    assert done.stdout == "writing\n"
    assert done.returncode == -getattr(signal, name)
    assert target.read_bytes() == b"old"
