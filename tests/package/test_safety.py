"""Nothing outside the package is read, and nothing at all where the descriptor asks for it."""

from __future__ import annotations

import io
import json
import os
import stat
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import pytest

from mandates_data.errors import PackageError, UnsafeReferenceError
from mandates_data.package import store as stores
from mandates_data.package.opening import open_package, open_store
from mandates_data.package.safety import references
from mandates_data.package.store import FolderStore, GitStore, ZipStore, check_path, read_bytes
from mandates_data.validate.descriptors.descriptor import check_descriptor
from mandates_data.validate.run import validate

Writer = Callable[..., Path]
Git = Callable[..., str]

OUTSIDE = [
    "../secret.csv",
    "data/../../secret.csv",
    "data/..",
    "..",
    "/etc/passwd",
    "//server/share/t.csv",
    "~/t.csv",
    "C:\\secret.csv",
    "C:secret.csv",
    "c:/secret.csv",
    "data\\t.csv",
    "..\\secret.csv",
    "\\\\server\\share",
    "http://example.org/t.csv",
    "https://example.org/t.csv",
    "HTTPS://example.org/t.csv",
    "ftp://example.org/t.csv",
    "s3://bucket/t.csv",
    "file:///etc/passwd",
    "a\nb.csv",
    "a\0b.csv",
    "",
    "x" * 2000,
]


@pytest.mark.parametrize("path", [*OUTSIDE, "\ud800.csv"])
def test_path_that_leads_out_is_refused(path: str) -> None:
    with pytest.raises(UnsafeReferenceError) as refused:
        check_path(path)
    assert refused.value.exit_code == 2
    assert refused.value.next_step
    assert len(str(refused.value)) < 400


@pytest.mark.parametrize("path", ["t.csv", "data/t.csv", "a..b/c..csv", "a b/ü.csv", "data/t.v2.csv", "x" * 200])
def test_path_inside_is_taken_as_it_is(path: str) -> None:
    assert check_path(path) == path


@pytest.mark.parametrize("name", ["path", "schema", "dialect", "url"])
@pytest.mark.parametrize("path", OUTSIDE)
def test_reference_that_leads_out_is_refused_before_any_other_file_is_opened(
    name: str, path: str, tmp_path: Path, write_package: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = write_package(tmp_path)
    raw = json.loads((folder / "datapackage.json").read_text("utf-8"))
    raw["resources"].append({"name": "second", "path": "data/t.csv", name: path})
    (folder / "datapackage.json").write_text(json.dumps(raw), "utf-8")
    opened: list[str] = []
    real = FolderStore.open

    def watched(self: FolderStore, asked: str) -> Any:
        opened.append(asked)
        return real(self, asked)

    monkeypatch.setattr(FolderStore, "open", watched)
    for judge in (open_package, validate, lambda folder: check_descriptor(open_store(folder))):
        opened.clear()
        with pytest.raises(UnsafeReferenceError, match=rf"resources\[1\]\.{name}"):
            judge(folder)
        assert opened == ["datapackage.json"]


@pytest.mark.parametrize(
    "resource",
    [
        {"path": ["data/t.csv", "../t.csv"]},
        {"path": "data/t.csv", "schema": "https://example.org/schema.json"},
        "https://example.org/resource.json",
    ],
    ids=str,
)
def test_every_kind_of_reference_is_seen(resource: Any, tmp_path: Path, write_package: Writer) -> None:
    folder = write_package(tmp_path)
    raw = json.loads((folder / "datapackage.json").read_text("utf-8"))
    raw["resources"].append(resource)
    (folder / "datapackage.json").write_text(json.dumps(raw), "utf-8")
    with pytest.raises(UnsafeReferenceError):
        validate(folder)


@pytest.mark.parametrize("place", [("name",), ("resources", 0, "path"), ("resources", 0, "name")])
def test_half_a_character_anywhere_in_a_descriptor_is_told(
    place: tuple[str | int, ...], tmp_path: Path, write_package: Writer
) -> None:
    folder = write_package(tmp_path)
    raw = json.loads((folder / "datapackage.json").read_text("utf-8"))
    at = raw
    for step in place[:-1]:
        at = at[step]
    at[place[-1]] = "a\udfffb"
    (folder / "datapackage.json").write_text(json.dumps(raw), "utf-8")
    for judge in (open_package, validate):
        with pytest.raises(PackageError, match=r"datapackage\.json holds '\\udfff', half a character\."):
            judge(folder)


def test_a_character_that_is_written_as_two_halves_is_whole(tmp_path: Path, write_package: Writer) -> None:
    folder = write_package(tmp_path)
    text = (folder / "datapackage.json").read_text("utf-8").replace("{", '{"title": "\\ud83d\\ude00", ', 1)
    (folder / "datapackage.json").write_text(text, "utf-8")
    assert open_package(folder).title == "\N{GRINNING FACE}"


def test_references_are_listed_whatever_else_is_wrong() -> None:
    raw = {"resources": [3, {"path": 1}, {"path": ["a", 2, "b"], "schema": {}, "dialect": "d"}, "r"]}
    assert list(references(raw)) == [
        ("resources[2].path[0]", "a"),
        ("resources[2].path[2]", "b"),
        ("resources[2].dialect", "d"),
        ("resources[3]", "r"),
    ]
    assert list(references([])) == []
    assert list(references({"resources": "x"})) == []


class TestLinksInAFolder:
    @pytest.fixture
    def outside(self, tmp_path: Path) -> Path:
        outside = tmp_path / "outside"
        outside.mkdir()
        (outside / "t.csv").write_bytes(b"id,note\nsecret,\n")
        return outside

    def test_link_to_a_file_outside_is_refused(self, folder: Path, outside: Path) -> None:
        (folder / "data" / "t.csv").unlink()
        (folder / "data" / "t.csv").symlink_to(outside / "t.csv")
        for judge in (open_package, validate):
            with pytest.raises(UnsafeReferenceError, match="symbolic link that leaves"):
                judge(folder)

    def test_link_to_a_folder_outside_is_refused(self, folder: Path, outside: Path) -> None:
        (folder / "data" / "t.csv").unlink()
        (folder / "data").rmdir()
        (folder / "data").symlink_to(outside, target_is_directory=True)
        with pytest.raises(UnsafeReferenceError, match="symbolic link that leaves"):
            open_package(folder)

    def test_relative_link_outside_is_refused(self, folder: Path, outside: Path) -> None:
        (folder / "t.schema.json").unlink()
        (folder / "t.schema.json").symlink_to("../outside/t.csv")
        with pytest.raises(UnsafeReferenceError, match="symbolic link that leaves"):
            open_package(folder)

    def test_link_to_a_sibling_whose_name_begins_alike_is_refused(self, folder: Path) -> None:
        twin = folder.with_name(folder.name + "-twin")
        twin.mkdir()
        (twin / "t.csv").write_bytes(b"id,note\nsecret,\n")
        (folder / "data" / "t.csv").unlink()
        (folder / "data" / "t.csv").symlink_to(twin / "t.csv")
        with pytest.raises(UnsafeReferenceError):
            open_package(folder)

    def test_descriptor_that_is_a_link_outside_is_refused(self, folder: Path, outside: Path) -> None:
        (folder / "datapackage.json").rename(outside / "datapackage.json")
        (folder / "datapackage.json").symlink_to(outside / "datapackage.json")
        with pytest.raises(UnsafeReferenceError):
            open_package(folder)

    def test_link_inside_is_followed(self, folder: Path) -> None:
        (folder / "data" / "t.csv").rename(folder / "real.csv")
        (folder / "data" / "t.csv").symlink_to("../real.csv")
        package = open_package(folder)
        assert package.store is not None
        assert read_bytes(package.store, "data/t.csv") == b"id,note\na,one\nb,\n"
        assert validate(folder).sound

    def test_folder_that_is_itself_reached_by_a_link_is_read(self, folder: Path, tmp_path: Path) -> None:
        (tmp_path / "link").symlink_to(folder, target_is_directory=True)
        assert open_package(tmp_path / "link").name == "small"

    def test_link_in_a_circle_is_one_line(self, folder: Path) -> None:
        (folder / "data" / "t.csv").unlink()
        (folder / "data" / "t.csv").symlink_to("t.csv")
        with pytest.raises(PackageError):
            open_package(folder)

    def test_link_to_nothing_inside_is_a_missing_file(self, folder: Path) -> None:
        (folder / "data" / "t.csv").unlink()
        (folder / "data" / "t.csv").symlink_to("gone.csv")
        assert [finding.code for finding in validate(folder).findings if finding.severity == "error"] == ["MD101"]

    @pytest.mark.skipif(not hasattr(__import__("os"), "mkfifo"), reason="the system has no pipes")
    def test_pipe_is_no_file(self, folder: Path) -> None:
        import os

        (folder / "data" / "t.csv").unlink()
        os.mkfifo(folder / "data" / "t.csv")
        with pytest.raises(PackageError, match="is not a file"):
            FolderStore(folder).open("data/t.csv")
        assert not validate(folder).sound


class TestZips:
    def test_package_in_a_zip_is_the_package(self, folder: Path, tmp_path: Path, pack: Writer) -> None:
        archive = pack(folder, tmp_path / "p.zip")
        assert open_package(archive).resource_names == ("t",)
        assert validate(archive).sound

    def test_package_below_a_folder_of_a_wheel_is_found(self, folder: Path, tmp_path: Path, pack: Writer) -> None:
        archive = pack(folder, tmp_path / "p.whl", "some_library/_package/")
        package = open_package(archive)
        assert package.store is not None
        assert read_bytes(package.store, "data/t.csv").startswith(b"id,note\n")

    def test_zip_that_unpacks_to_too_much_is_refused(
        self, folder: Path, tmp_path: Path, pack: Writer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (folder / "zeros").write_bytes(bytes(100_000))
        archive = pack(folder, tmp_path / "bomb.zip")
        assert archive.stat().st_size < 2_000
        monkeypatch.setattr(stores, "MAX_UNPACKED", 50_000)
        for judge in (open_package, validate):
            with pytest.raises(UnsafeReferenceError, match=r"more than the 50,000 that are allowed; nothing was read"):
                judge(archive)

    def test_zip_that_unpacks_to_a_hundred_times_its_size_is_refused(
        self, folder: Path, tmp_path: Path, pack: Writer
    ) -> None:
        (folder / "zeros").write_bytes(bytes(33 * 1024**2))
        archive = pack(folder, tmp_path / "bomb.zip")
        for judge in (open_package, validate):
            with pytest.raises(UnsafeReferenceError, match=r"more than 100 times as many; nothing was read"):
                judge(archive)

    def test_zip_that_unpacks_to_as_much_but_is_large_itself_is_read(
        self, folder: Path, tmp_path: Path, pack: Writer
    ) -> None:
        (folder / "zeros").write_bytes(bytes(33 * 1024**2))
        (folder / "noise").write_bytes(Random(1).randbytes(400_000))
        archive = pack(folder, tmp_path / "large.zip")
        assert validate(archive).sound

    def test_large_member_is_unpacked_as_it_is_read(
        self, folder: Path, tmp_path: Path, pack: Writer, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stores, "_HELD", 10)
        archive = pack(folder, tmp_path / "p.zip")
        whole = (folder / "data" / "t.csv").read_bytes()
        with ZipStore(archive).open("data/t.csv") as file:
            assert not isinstance(file, io.BytesIO)
            assert file.read() == whole
            assert file.seek(0) == 0
            assert file.read(3) == whole[:3]

    def test_large_member_with_another_fingerprint_is_told_before_anything_of_it_is_given(
        self, folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stores, "_HELD", 10)
        with zipfile.ZipFile(tmp_path / "p.zip", "w", zipfile.ZIP_STORED) as packed:
            for path in ("datapackage.json", "data/t.csv"):
                packed.write(folder / path, path)
        content = (tmp_path / "p.zip").read_bytes()
        whole = (folder / "data" / "t.csv").read_bytes()
        (tmp_path / "p.zip").write_bytes(content.replace(whole, whole[:-2] + b"?\n"))
        with pytest.raises(PackageError, match="is damaged: Bad CRC-32"):
            ZipStore(tmp_path / "p.zip").open("data/t.csv")

    @pytest.mark.skipif(sys.platform == "win32", reason="Windows has no named pipes among its files")
    def test_named_pipe_is_not_waited_for(self, tmp_path: Path) -> None:
        os.mkfifo(tmp_path / "p.zip")
        with pytest.raises(PackageError, match="is not a file"):
            open_package(tmp_path / "p.zip")

    def test_member_that_unpacks_to_more_than_it_says_is_refused(
        self, folder: Path, tmp_path: Path, pack: Writer
    ) -> None:
        (folder / "data" / "t.csv").write_bytes(b"id,note\n" + b"a,x\n" * 20_000)
        archive = pack(folder, tmp_path / "liar.zip")
        size = (8 + 4 * 20_000).to_bytes(4, "little")
        archive.write_bytes(archive.read_bytes().replace(size, (9).to_bytes(4, "little")))
        with pytest.raises(PackageError, match="damaged"):
            ZipStore(archive).open("data/t.csv")

    def test_link_in_a_zip_is_refused(self, folder: Path, tmp_path: Path, pack: Writer) -> None:
        (folder / "data" / "t.csv").unlink()
        archive = pack(folder, tmp_path / "link.zip")
        with zipfile.ZipFile(archive, "a") as packed:
            link = zipfile.ZipInfo("data/t.csv")
            link.external_attr = (stat.S_IFLNK | 0o777) << 16
            packed.writestr(link, "/etc/passwd")
        for judge in (open_package, validate):
            with pytest.raises(UnsafeReferenceError, match="symbolic link inside an archive"):
                judge(archive)

    def test_encrypted_member_is_one_line(self, folder: Path, tmp_path: Path, pack: Writer) -> None:
        archive = pack(folder, tmp_path / "secret.zip")
        content = bytearray(archive.read_bytes())
        for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
            at = content.find(signature)
            while at >= 0:
                content[at + place] |= 1
                at = content.find(signature, at + 4)
        archive.write_bytes(bytes(content))
        with pytest.raises(PackageError, match="is encrypted"):
            open_package(archive)

    @pytest.mark.parametrize("keep", [0, 1, 10, 60, 200, -30, -1])
    def test_cut_zip_is_one_line(self, keep: int, folder: Path, tmp_path: Path, pack: Writer) -> None:
        archive = pack(folder, tmp_path / "cut.zip")
        archive.write_bytes(archive.read_bytes()[:keep])
        with pytest.raises(PackageError, match="not a sound zip file"):
            open_package(archive)

    def test_zip_with_any_changed_byte_is_read_or_told(self, folder: Path, tmp_path: Path, pack: Writer) -> None:
        whole = pack(folder, tmp_path / "p.zip").read_bytes()
        damaged = tmp_path / "damaged.zip"
        told = 0
        for place in range(len(whole)):
            content = bytearray(whole)
            content[place] ^= 0xFF
            damaged.write_bytes(bytes(content))
            try:
                told += not validate(damaged).sound
            except PackageError:
                told += 1
        assert told > len(whole) // 2

    def test_zip_without_a_descriptor_is_told(self, tmp_path: Path) -> None:
        with zipfile.ZipFile(tmp_path / "p.zip", "w") as packed:
            packed.writestr("data/t.csv", "id\n")
        with pytest.raises(PackageError, match=r"There is no datapackage\.json in"):
            open_package(tmp_path / "p.zip")

    def test_zip_with_two_packages_is_told(self, folder: Path, tmp_path: Path, pack: Writer) -> None:
        archive = pack(folder, tmp_path / "p.zip", "one/")
        with zipfile.ZipFile(archive, "a") as packed:
            packed.writestr("two/datapackage.json", "{}")
        with pytest.raises(PackageError, match=r"holds several packages: one/datapackage\.json, two/"):
            open_package(archive)

    def test_file_twice_in_a_zip_is_told(self, folder: Path, tmp_path: Path, pack: Writer) -> None:
        archive = pack(folder, tmp_path / "p.zip")
        with zipfile.ZipFile(archive, "a") as packed, pytest.warns(UserWarning, match="Duplicate name"):
            packed.writestr("data/t.csv", "id,note\nanother,\n")
        with pytest.raises(PackageError, match=r"holds 'data/t\.csv' twice"):
            open_package(archive)

    @pytest.mark.parametrize("name", ["inner.zip/data.csv", "a.zip", "../t.csv", "/etc/passwd"])
    def test_odd_names_of_other_members_do_no_harm(self, name: str, folder: Path, tmp_path: Path, pack: Writer) -> None:
        archive = pack(folder, tmp_path / "p.zip")
        with zipfile.ZipFile(archive, "a") as packed:
            packed.writestr(name, b"PK\3\4")
        assert validate(archive).sound
        with pytest.raises(PackageError):
            ZipStore(archive).open("a.zip/t.csv")

    def test_path_out_of_the_packages_folder_is_refused_in_a_zip_too(
        self, tmp_path: Path, write_package: Writer, pack: Writer
    ) -> None:
        folder = write_package(tmp_path / "package", path="../secret.csv")
        archive = pack(folder, tmp_path / "p.zip", "below/")
        with pytest.raises(UnsafeReferenceError):
            open_package(archive)


class TestGit:
    @pytest.fixture
    def repository(self, folder: Path, git: Git, monkeypatch: pytest.MonkeyPatch) -> Path:
        git(folder, "init", "-q", "-b", "main")
        git(folder, "add", ".")
        git(folder, "commit", "-q", "-m", "Begin")
        monkeypatch.chdir(folder)
        return folder

    def test_revision_is_read_whatever_the_folder_holds_now(self, repository: Path, git: Git) -> None:
        git(repository, "tag", "v1")
        (repository / "data" / "t.csv").write_bytes(b"id,note\nchanged,\n")
        git(repository, "commit", "-q", "-am", "Change")
        (repository / "data" / "t.csv").unlink()
        for revision, content in (("v1", b"id,note\na,one\nb,\n"), ("main", b"id,note\nchanged,\n")):
            package = open_package(f"git:{revision}")
            assert package.store is not None
            assert read_bytes(package.store, "data/t.csv") == content
        assert validate("git:HEAD~1").sound

    def test_package_in_a_folder_below_the_root_is_read(
        self, tmp_path: Path, write_package: Writer, git: Git, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write_package(tmp_path / "root" / "below")
        git(tmp_path / "root", "init", "-q")
        git(tmp_path / "root", "add", ".")
        git(tmp_path / "root", "commit", "-q", "-m", "Begin")
        monkeypatch.chdir(tmp_path / "root" / "below")
        assert validate("git:HEAD").sound

    def test_name_beyond_ascii_is_found(self, repository: Path, git: Git) -> None:
        (repository / "data" / "mañana ü.csv").write_bytes(b"x\n")
        git(repository, "add", ".")
        git(repository, "commit", "-q", "-m", "Add")
        assert read_bytes(GitStore("HEAD", repository), "data/mañana ü.csv") == b"x\n"

    @pytest.mark.parametrize("path", ["data", "data/", "data/gone.csv", "t.csv", ":/data/t.csv", "*", "-x"])
    def test_what_is_no_file_of_the_revision_is_told(self, path: str, repository: Path) -> None:
        store = GitStore("HEAD", repository)
        assert not store.exists(path)
        with pytest.raises(PackageError):
            store.open(path)

    @pytest.mark.parametrize("revision", ["gone", "v9.9", "--help", "-q", "", "HEAD:data", "a b", "\0", "HEAD^{tree}"])
    def test_what_is_no_revision_is_one_line(self, revision: str, repository: Path) -> None:
        with pytest.raises(PackageError, match="git revision"):
            open_package(f"git:{revision}")

    def test_outside_a_repository_is_one_line(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
        with pytest.raises(PackageError, match="There is no git revision 'HEAD' here"):
            open_package("git:HEAD")

    def test_without_git_is_one_line(self, repository: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "")
        with pytest.raises(PackageError, match="Git is not installed"):
            open_package("git:HEAD")

    def test_link_in_a_revision_is_refused(self, repository: Path, git: Git) -> None:
        (repository / "data" / "t.csv").unlink()
        (repository / "data" / "t.csv").symlink_to("/etc/passwd")
        git(repository, "commit", "-q", "-am", "Link")
        for judge in (open_package, validate):
            with pytest.raises(UnsafeReferenceError, match="is not a plain file"):
                judge("git:HEAD")

    def test_revision_without_a_package_is_told(self, repository: Path, git: Git) -> None:
        git(repository, "rm", "-q", "datapackage.json")
        git(repository, "commit", "-q", "-m", "Remove")
        with pytest.raises(PackageError, match=r"'datapackage\.json' is not in git:HEAD"):
            open_package("git:HEAD")
