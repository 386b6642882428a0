"""A version as a reference: from the package, from git, from an archive."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from released_packages import (
    Draft,
    committed,
    fields,
    files_of,
    git,
    opened,
    three_releases,
    without_patches,
    written,
    zipped,
)

from mandates_data.errors import MandatesDataError, PackageError
from mandates_data.history.references import open_package, released

DRAFT = three_releases()
RELEASES = {version: without_patches(files) for version, files in DRAFT.released.items()}


def repository(folder: Path, draft: Draft = DRAFT, *, tags: bool = True, inside: str = "") -> Path:
    """A repository with a commit a release; the package's folder in it."""
    folder.mkdir()
    git(folder, "init", "-q", "-b", "main")
    package = folder / inside
    for version, files in draft.released.items():
        written(package, files)
        committed(folder, f"Release {version}")
        if tags:
            git(folder, "tag", f"v{version}")
    return package


def no_patches(package: Path, *, committing: bool = False) -> None:
    """Take the patches away, so that nothing but git knows the earlier releases."""
    for path in (package / "history").iterdir():
        path.unlink()
    if committing:
        committed(package, "Lose the patches")


@pytest.mark.parametrize("version", ["0.1.0", "0.1.1", "0.2.0"])
def test_a_version_is_a_release_of_the_package_around_the_folder(
    version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written(tmp_path, DRAFT.released["0.2.0"])
    monkeypatch.chdir(tmp_path / "data")
    assert files_of(open_package(version)) == RELEASES[version]


def test_a_folder_of_that_name_goes_before_the_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written(tmp_path, DRAFT.released["0.2.0"])
    written(tmp_path / "0.1.0", DRAFT.released["0.1.1"])
    monkeypatch.chdir(tmp_path)
    assert open_package("0.1.0").version == "0.1.1"


@pytest.mark.parametrize("suffix", [".zip", ".whl"])
@pytest.mark.parametrize("version", ["0.1.0", "0.1.1", "0.2.0"])
def test_an_archive_gives_the_releases_that_it_knows(version: str, suffix: str, tmp_path: Path) -> None:
    inside = "mandates_data/_package/" if suffix == ".whl" else ""
    archive = tmp_path / f"small{suffix}"
    archive.write_bytes(zipped({inside + path: content for path, content in DRAFT.released["0.2.0"].items()}))
    assert files_of(released(version, open_package(archive))) == RELEASES[version]


def test_a_git_revision_gives_the_releases_that_it_knows(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(repository(tmp_path / "r", tags=False))
    assert files_of(released("0.1.0", open_package("git:HEAD~1"))) == RELEASES["0.1.0"]


@pytest.mark.parametrize("inside", ["", "some/where"])
@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "untagged"])
def test_where_the_patches_are_lost_git_has_the_release(inside: str, tags: bool, tmp_path: Path) -> None:
    package = repository(tmp_path / "r", tags=tags, inside=inside)
    no_patches(package, committing=True)
    assert files_of(released("0.1.0", open_package(package))) == RELEASES["0.1.0"]
    assert git(package, "status", "--porcelain") == ""


@pytest.mark.parametrize("tags", [True, False], ids=["tagged", "untagged"])
@pytest.mark.parametrize("version", ["0.1.0", "0.2.0"])
def test_edits_that_are_not_released_are_not_in_the_release(version: str, tags: bool, tmp_path: Path) -> None:
    package = repository(tmp_path / "r", tags=tags)
    edited = (package / "data/words.csv").read_bytes() + b"d,four,\n"
    (package / "data/words.csv").write_bytes(edited)
    assert files_of(released(version, open_package(package))) == RELEASES[version]
    assert (package / "data/words.csv").read_bytes() == edited


def test_a_tag_goes_before_a_tree_that_still_has_the_version_and_a_digest_of_its_own(tmp_path: Path) -> None:
    draft = three_releases()
    package = repository(tmp_path / "r", draft)
    draft.rows["words"].append(("d", "four", ""))
    row = draft.rows["releases"][-1]
    row[3] = draft.digest("0.2.0")  # type: ignore[index] # as `make data` does until the next version begins
    written(package, draft.files("0.2.0"))
    assert files_of(released("0.2.0", open_package(package))) == RELEASES["0.2.0"]
    assert files_of(released("0.1.0", open_package(package))) == RELEASES["0.1.0"]


def test_a_release_is_rebuilt_from_a_revision_where_no_revision_has_it(tmp_path: Path) -> None:
    folder = tmp_path / "r"
    folder.mkdir()
    git(folder, "init", "-q")
    written(folder, DRAFT.released["0.2.0"])
    committed(folder, "Begin late")
    (folder / "data/words.csv").write_bytes(b"id,text,note\n")
    assert files_of(released("0.1.0", open_package(folder))) == RELEASES["0.1.0"]


def test_a_tag_of_another_project_is_not_taken_for_the_release(tmp_path: Path) -> None:
    other = Draft(name="other")
    other.release("0.1.0")
    folder = tmp_path / "r"
    folder.mkdir()
    git(folder, "init", "-q")
    written(folder, other.released["0.1.0"])
    committed(folder, "Another one")
    git(folder, "tag", "v0.1.0")
    written(folder, DRAFT.released["0.2.0"])
    assert files_of(released("0.1.0", open_package(folder))) == RELEASES["0.1.0"]


def test_in_a_shallow_clone_the_next_step_is_told(tmp_path: Path) -> None:
    package = repository(tmp_path / "r")
    no_patches(package, committing=True)
    git(tmp_path, "clone", "-q", "--depth", "1", "--no-tags", package.as_uri(), "shallow")
    with pytest.raises(MandatesDataError) as told:
        released("0.1.0", open_package(tmp_path / "shallow"))
    assert str(told.value).endswith("This clone is shallow. Run: git fetch --unshallow --tags")


def test_without_git_the_patches_are_enough(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = written(tmp_path / "p", DRAFT.released["0.2.0"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert files_of(released("0.1.0", open_package(package))) == RELEASES["0.1.0"]
    no_patches(package)
    with pytest.raises(PackageError, match=r"The patch history/0\.2\.0\.json of the release 0\.2\.0 is not in"):
        released("0.1.0", open_package(package))


@pytest.mark.parametrize("name", ["v0.1.0", "0.1", "0.1.0-rc1", "1.2.3.4"])
def test_what_looks_like_a_version_is_told_how_one_is_written(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(PackageError) as told:
        open_package(name)
    assert str(told.value) == (
        f"There is no package at '{name}', and it is not a version. A version is three numbers, as in 0.1.0."
    )


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mandates_data", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, check=False)


def test_diff_takes_two_versions(tmp_path: Path) -> None:
    folder = written(tmp_path, DRAFT.released["0.2.0"])
    done = run(folder, "diff", "0.1.0", "0.1.1", "--table", "words")
    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout == ("words: 1 row changed (1 cell changed)\n~ words a\n    text: an old [-wrod-]{+word+}\n")
    assert run(folder, "diff", "0.2.0", ".").stdout == "no changes\n"


def test_validate_takes_a_version_and_a_version_as_base(tmp_path: Path) -> None:
    folder = repository(tmp_path / "r")
    done = run(folder, "validate", "0.1.0")
    assert done.returncode == 0
    assert "small 0.1.0 is sound" in done.stdout
    (folder / "data/words.csv").write_bytes(b"id,text,note\na,an old word,\nb,two,x\n")
    against = run(folder, "validate", str(folder), "--against", "0.2.0", "--select", "MD7")
    assert "0.2.0" not in against.stderr
    assert 'The row "c" of the base revision is gone.' in against.stdout


def test_fmt_puts_back_what_a_version_proves(tmp_path: Path) -> None:
    draft = Draft()
    draft.add("words", fields("id", "n"), [("a", "007"), ("b", "x")])
    draft.release("0.1.0")
    draft.rows["words"].append(("c", "y"))
    draft.release("0.1.1")
    folder = repository(tmp_path / "r", draft, tags=False)
    (folder / "data/words.csv").write_bytes(b"id,n\na,7\nb,x\nc,y\n")
    assert run(folder, "fmt", "--against", "0.1.0", "--table", "words").returncode == 0
    assert (folder / "data/words.csv").read_bytes() == b"id,n\na,007\nb,x\nc,y\n"


def test_patch_checks_against_a_version(tmp_path: Path) -> None:
    folder = written(tmp_path, DRAFT.released["0.2.0"])
    (folder / "changes.json").write_text(run(folder, "diff", "0.1.0", "0.1.1", "--format", "json").stdout, "utf-8")
    assert run(folder, "patch", "0.1.0", "changes.json", "--check").returncode == 0
    assert run(folder, "patch", "0.1.1", "changes.json", "--check").returncode == 1
    refused = run(folder, "patch", "0.1.0", "changes.json")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "Only a folder can be patched" in refused.stderr


def test_convert_writes_a_version_of_the_package_around_or_named(tmp_path: Path) -> None:
    folder = written(tmp_path / "p", DRAFT.released["0.2.0"])
    for arguments in (("0.1.0",), ("--version", "0.1.0"), (str(folder), "--version", "0.1.0")):
        out = tmp_path / "-".join(arguments).replace("/", "_")
        done = run(folder, "convert", *arguments, "--to", "csv", "--table", "words", "-o", str(out))
        assert (done.returncode, done.stderr) == (0, "")
        [table] = out.rglob("words.csv")
        assert table.read_bytes() == RELEASES["0.1.0"]["data/words.csv"]
    unknown = run(folder, "convert", "--version", "9.9.9", "--to", "csv", "-o", "x")
    assert unknown.returncode == 2
    assert "knows no release 9.9.9. Releases: 0.1.0, 0.1.1, 0.2.0." in unknown.stderr


def test_a_rebuilt_package_can_itself_be_the_package(tmp_path: Path) -> None:
    last = opened(DRAFT.released["0.2.0"])
    assert files_of(released("0.1.0", released("0.1.1", last))) == RELEASES["0.1.0"]
