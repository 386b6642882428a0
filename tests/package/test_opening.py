"""What a user may name as a package, and what is said where there is none."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from mandates_data.errors import PackageError
from mandates_data.package.opening import installed_folder, open_package, open_store


def test_folder_descriptor_and_nothing_at_all_name_the_same_package(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert open_package(folder).name == "small"
    assert open_package(str(folder / "datapackage.json")).name == "small"
    monkeypatch.chdir(folder / "data")
    assert open_package().name == "small"


def test_outside_any_package_the_installed_one_is_meant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert open_package().name == "summits-of-the-americas-mandates"
    assert (installed_folder() / "datapackage.json").is_file()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows lets nobody remove a current folder")
@pytest.mark.parametrize("name", [None, "git:HEAD"])
def test_in_a_current_folder_that_is_gone_a_package_has_to_be_named(
    name: str | None, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    with pytest.raises(PackageError, match=r"The current folder is gone\. Change into one that is there\."):
        open_store(name)
    assert open_package(folder).name == "small"


def test_descriptor_of_another_name_is_read(folder: Path) -> None:
    (folder / "datapackage.json").rename(folder / "other.json")
    assert open_package(folder / "other.json").name == "small"


@pytest.mark.parametrize(
    "name",
    [
        "gone", "gone.json", "gone.zip", "gone.whl", "file.txt", "empty", "x" * 300, "", "a\0b", "a\nb", "\ud800.zip",
        "git:", "git:--help", "git:\ud800", "git:a\0b", "git:" + "x" * 200_000, "git:a\nb",
    ],
)  # fmt: skip
def test_what_is_no_package_is_one_line_with_the_next_step(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file.txt").write_text("x", "utf-8")
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackageError) as told:
        open_store(name)
    assert told.value.next_step
    assert "\n" not in str(told.value)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "datapackage.json:1:1 is not JSON"),
        (b'{"name": \n x}', "datapackage.json:2:2 is not JSON"),
        (b'\xff\xfe{"a": 1}', "datapackage.json is not UTF-8 (byte 1)"),
        (b'{"name": "caf\xe9"}', "datapackage.json is not UTF-8 (byte 14)"),
        (b'{"a": 1, "a": 2}', "datapackage.json says 'a' twice in one object"),
        (b'{"a": NaN}', "datapackage.json is not JSON that can be read: NaN is not a JSON number"),
        (b"[" * 100_000, "datapackage.json is not JSON that can be read"),
        (b"9" * 5000, "datapackage.json is not JSON that can be read"),
        (b'{\n<<<<<<< HEAD\n"a": 1\n=======\n', "datapackage.json holds the marks of an unfinished merge (<<<<<<<)."),
        (b"[]", "datapackage.json is not a JSON object"),
        (b"{}", "datapackage.json lists no resources"),
        (b'{"resources": []}', "datapackage.json lists no resources"),
        (b'\xef\xbb\xbf{"resources": []}', "datapackage.json"),
    ],
)
def test_descriptor_that_is_not_json_is_told_with_its_place(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "datapackage.json").write_bytes(content)
    with pytest.raises(PackageError) as told:
        open_package(tmp_path)
    assert str(told.value).startswith(said)


def test_descriptor_that_is_too_large_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from mandates_data.package import parse

    monkeypatch.setattr(parse, "MAX_DESCRIPTOR", 10)
    (tmp_path / "datapackage.json").write_bytes(b" " * 11)
    with pytest.raises(PackageError, match="larger than 10 bytes"):
        open_package(tmp_path)
