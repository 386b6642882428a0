"""What cannot be rebuilt is one clear sentence, and the command ends with 2."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from released_packages import Files, opened, three_releases, written

from mandates_data.errors import MandatesDataError
from mandates_data.history.rebuilding import rebuilt
from mandates_data.package.versions import Version

RELEASED = three_releases().released["0.2.0"]
PATCH = "history/0.1.1.json"


def refusal(files: Files, version: str = "0.1.0") -> str:
    with pytest.raises(MandatesDataError) as told:
        rebuilt(opened(files), Version.read(version))
    assert told.value.exit_code == 2
    return str(told.value)


def with_patch(change: Callable[[dict], object], path: str = PATCH) -> Files:
    value = json.loads(RELEASED[path])
    change(value)
    return {**RELEASED, path: json.dumps(value).encode()}


def table(value: dict, name: str) -> dict:
    return next(each for each in value["resources"] if each["name"] == name)


def test_a_patch_that_is_not_there_is_named() -> None:
    files = {path: content for path, content in RELEASED.items() if path != PATCH}
    assert refusal(files) == (
        "The patch history/0.1.1.json of the release 0.1.1 is not in memory. Restore the file, or install again."
    )


def test_only_the_patches_on_the_way_are_needed() -> None:
    files = {path: content for path, content in RELEASED.items() if path != PATCH}
    assert rebuilt(opened(files), Version(0, 1, 1)).version == "0.1.1"


def test_a_patch_of_another_version_is_told() -> None:
    assert refusal({**RELEASED, PATCH: RELEASED["history/0.2.0.json"]}) == (
        "The patch history/0.1.1.json leads from 0.1.1 to 0.2.0, not from 0.1.0 to 0.1.1. "
        "Restore the file, or install again."
    )


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "it is not JSON"),
        (b"\xff", "it is not UTF-8"),
        (b"[]", "it is []"),
        (b"{}", "its format is None"),
        (b"[" * 100_000, "it is not JSON"),
    ],
)
def test_a_patch_that_is_no_changeset_is_told(content: bytes, said: str) -> None:
    told = refusal({**RELEASED, PATCH: content})
    assert told.startswith("The patch history/0.1.1.json cannot be used: ")
    assert said in told


def test_a_patch_whose_value_is_not_the_one_there_does_not_lead_back() -> None:
    def change(value: dict) -> None:
        table(value, "words")["rows"][0]["cells"][0]["new"] = "an old sword"

    assert refusal(with_patch(change)) == (
        "The patch history/0.1.1.json does not lead back: The changeset does not fit: "
        "words a text: 'an old sword' was expected, 'an old word' is there. Restore the file, or install again."
    )


def test_a_patch_that_leads_to_something_else_is_found_by_the_digest() -> None:
    def change(value: dict) -> None:
        table(value, "words")["rows"][0]["cells"][0]["old"] = "an odd wrod"

    assert "is not the release 0.1.0: its digest is another one" in refusal(with_patch(change))


def test_a_patch_that_would_read_outside_the_package_is_refused() -> None:
    def change(value: dict) -> None:
        words = table(value, "words")
        words["new"] = words["old"]
        words["old"] = {**words["old"], "descriptor": {**words["old"]["descriptor"], "path": "../../etc/passwd"}}
        words["metadata"] = [
            {"kind": "changed", "path": "/path", "old": "../../etc/passwd", "new": words["new"]["descriptor"]["path"]}
        ]

    assert "leaves the package" in refusal(with_patch(change))


def test_a_table_that_has_changed_since_the_release_is_told() -> None:
    assert refusal({**RELEASED, "data/words.csv": RELEASED["data/words.csv"] + b"d,four,\n"}) == (
        "memory has changed since 0.2.0 was released: no earlier release can be made from it. "
        "Name a package that is as it was released, or git:REV."
    )


def test_a_digest_edited_by_hand_is_told() -> None:
    digest = RELEASED["data/releases.csv"].splitlines()[1].rpartition(b",")[2]
    files = {**RELEASED, "data/releases.csv": RELEASED["data/releases.csv"].replace(digest, b"0" * 64)}
    assert "is not the release 0.1.0: its digest is another one" in refusal(files)


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        (b"0.1.1,2026", b"0.1.x,2026", "data/releases.csv:3 has the version '0.1.x', which is none"),
        (b"0.1.1,2026", b"0.1.0,2026", "data/releases.csv:3 has the version 0.1.0 again. Keep one row."),
        (b"version,released_on", b"number,released_on", "'version'"),
        (b"0.1.1,2026", b'"0.1.1,2026', "cannot be compared"),
    ],
)
def test_a_table_of_releases_that_cannot_be_read_is_told(before: bytes, after: bytes, said: str) -> None:
    changed = RELEASED["data/releases.csv"].replace(before, after)
    assert said in refusal({**RELEASED, "data/releases.csv": changed})


@pytest.mark.parametrize(
    ("history", "said"),
    [
        ("history", "`mandates_data.history` names no folder of patches and table of releases."),
        ({"patches": "history"}, "`mandates_data.history` names no folder of patches and table of releases."),
        ({"patches": "history", "releases": "gone"}, "names the table 'gone', which is not there"),
        ({"patches": "history", "releases": "words"}, "The table 'words' of `mandates_data.history` has no field"),
        ({"patches": "../history", "releases": "releases"}, "leaves the package"),
        (None, "keeps no history of its releases"),
    ],
)
def test_a_descriptor_that_says_it_wrongly_is_told(history: object, said: str) -> None:
    descriptor = json.loads(RELEASED["datapackage.json"])
    descriptor["mandates_data"]["history"] = history
    files = {**RELEASED, "datapackage.json": json.dumps(descriptor).encode()}
    assert said in refusal(files)


def test_a_release_that_is_not_known_is_told_with_those_that_are() -> None:
    assert refusal(RELEASED, "0.3.0") == "memory knows no release 0.3.0. Releases: 0.1.0, 0.1.1, 0.2.0."


def test_the_command_says_it_in_one_line_and_ends_with_2(tmp_path: Path) -> None:
    folder = written(tmp_path / "package", {**RELEASED, PATCH: b"{}"})
    command = [sys.executable, "-m", "mandates_data", "diff", "0.1.0", "0.2.0"]
    done = subprocess.run(command, capture_output=True, text=True, cwd=folder, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mandates-data: error: The patch history/0.1.1.json cannot be used: ")
    assert len(done.stderr.splitlines()) == 1
