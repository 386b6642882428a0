"""What a release writes, step by step, in a repository of its own."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from prepared_packages import (
    append,
    command,
    edit,
    files_of,
    git,
    make_package,
    prepared_in,
    released,
)

from mandates_data.errors import PackageError, TableError
from mandates_data.history.references import released as release_of
from mandates_data.package.opening import open_package
from mandates_data.release.prepare import NotSoundError, RefusedError

CORRECTION = "kite.note.1,birds,kite,note,the wich,the which,typo,A letter is missing.,"


@pytest.fixture
def first(tmp_path: Path) -> Path:
    """The release 0.1.0, tagged."""
    folder = make_package(tmp_path / "birds")
    released(folder, "v0.1.0", date="2026-01-10", summary="The first birds.")
    return folder


def correct(folder: Path) -> None:
    edit(folder, "data/birds.csv", "the wich", "the which")
    append(folder, "corrections", CORRECTION)


def test_the_first_release_has_a_row_and_no_patch(first: Path) -> None:
    version, day, summary, digest = (first / "data/releases.csv").read_text().splitlines()[1].split(",")
    assert (version, day, summary, len(digest)) == ("0.1.0", "2026-01-10", "The first birds.", 64)
    assert not (first / "history").exists()
    assert json.loads((first / "datapackage.json").read_text())["created"] == "2026-01-10T00:00:00Z"


def test_a_correction_is_told_everywhere(first: Path) -> None:
    correct(first)
    edit(first, "CHANGELOG.md", "## [Unreleased]\n", "## [Unreleased]\n\nA word of mine.\n")
    prepared = prepared_in(first, date="2026-02-01")
    assert (prepared.version, prepared.base, prepared.bump.level) == ("0.1.1", "0.1.0", "patch")
    assert sorted(prepared.write) == [
        "CHANGELOG.md",
        "data/changes.csv",
        "data/corrections.csv",
        "data/releases.csv",
        "datapackage.json",
        "history/0.1.1.json",
    ]
    assert (first / "data/corrections.csv").read_text().endswith("A letter is missing.,0.1.1\n")
    assert (first / "data/changes.csv").read_text().splitlines()[1:] == [
        "0.1.1-00001,0.1.1,birds,kite,note,changed,the wich,the which,kite.note.1"
    ]
    assert (first / "CHANGELOG.md").read_text().partition("## [0.1.0]")[0] == (
        "# Changelog\n\n## [Unreleased]\n\n## [0.1.1] - 2026-02-01\n\nA word of mine.\n\n"
        "<!-- written by `mandates-data release prepare` -->\n### Changes of the data\n\n"
        '- In kite, note: "the which" now, not "the wich" (typo; A letter is missing).\n'
        "<!-- end of what it wrote -->\n\n"
    )


def test_a_new_table_is_told_in_one_sentence_with_how_many_rows_it_has(first: Path) -> None:
    (first / "data/nests.csv").write_text("nest_id\na\nb\n", encoding="utf-8", newline="")
    descriptor = json.loads((first / "datapackage.json").read_text(encoding="utf-8"))
    schema = {"fields": [{"name": "nest_id", "type": "string"}], "primaryKey": ["nest_id"]}
    descriptor["resources"].append({"name": "nests", "path": "data/nests.csv", "encoding": "utf-8", "schema": schema})
    (first / "datapackage.json").write_text(json.dumps(descriptor, indent=2) + "\n", encoding="utf-8")
    assert prepared_in(first, date="2026-02-01").version == "0.2.0"
    entry = (first / "CHANGELOG.md").read_text(encoding="utf-8").partition("## [0.1.0]")[0]
    assert [line for line in entry.splitlines() if line.startswith("- ")] == [
        "- The table nests was added, with 2 rows."
    ]


def test_a_second_run_changes_nothing(first: Path) -> None:
    correct(first)
    prepared_in(first, date="2026-02-01")
    before = files_of(first)
    again = prepared_in(first)
    assert (again.write, again.remove) == ({}, ())
    assert files_of(first) == before


def test_a_run_after_a_further_edit_makes_the_same_release_anew(first: Path, tmp_path: Path) -> None:
    correct(first)
    prepared_in(first, date="2026-02-01")
    edit(first, "data/birds.csv", "Heron,", "Heron,grey")
    anew = prepared_in(first)
    assert (anew.version, anew.base, anew.changes) == ("0.1.1", "0.1.0", 2)

    other = make_package(tmp_path / "other")
    released(other, "v0.1.0", date="2026-01-10", summary="The first birds.")
    correct(other)
    edit(other, "data/birds.csv", "Heron,", "Heron,grey")
    prepared_in(other, date="2026-02-01")
    assert files_of(first) == files_of(other)


def test_an_edit_that_calls_for_more_takes_a_new_number_in_place_of_the_prepared_one(first: Path) -> None:
    correct(first)
    prepared_in(first, date="2026-02-01")
    append(first, "birds", "owl,Owl,")
    with pytest.raises(RefusedError, match=r"0\.1\.1 is too small: after 0\.1\.0 the least is 0\.2\.0\. owl was added"):
        prepared_in(first)
    anew = prepared_in(first, version="0.2.0")
    assert (anew.base, anew.remove) == ("0.1.0", ("history/0.1.1.json",))
    assert [path.name for path in (first / "history").iterdir()] == ["0.2.0.json"]
    assert "0.1.1" not in (first / "CHANGELOG.md").read_text() + (first / "data/releases.csv").read_text()
    assert (first / "data/corrections.csv").read_text().endswith(",0.2.0\n")


def test_three_releases_in_a_row_and_each_is_rebuilt_from_the_last(first: Path) -> None:
    correct(first)
    released(first, "v0.1.1", date="2026-02-01")
    append(first, "birds", "owl,Owl,")
    released(first, "v0.2.0", date="2026-03-01")
    edit(first, "data/birds.csv", "owl,Owl,", "owl-2,Owl,")
    append(first, "retired_ids", "owl.1,owl,birds,,owl-2,There are two.")
    assert released(first, "v0.3.0", date="2026-04-01").version == "0.3.0"
    package = open_package(first)
    assert [release_of(version, package).version for version in ("0.1.0", "0.1.1", "0.2.0", "0.3.0")] == [
        "0.1.0",
        "0.1.1",
        "0.2.0",
        "0.3.0",
    ]
    assert (first / "data/changes.csv").read_text().splitlines()[1:] == [
        "0.1.1-00001,0.1.1,birds,kite,note,changed,the wich,the which,kite.note.1",
        "0.2.0-00001,0.2.0,birds,owl,,added,,,",
        "0.3.0-00001,0.3.0,birds,owl,,renamed,owl,owl-2,",
    ]
    assert (first / "data/retired_ids.csv").read_text().endswith("owl.1,owl,birds,0.3.0,owl-2,There are two.\n")
    assert "- owl of birds is called owl-2 now (There are two).\n" in (first / "CHANGELOG.md").read_text()


def test_an_identifier_that_vanishes_is_refused_with_the_missing_row(first: Path) -> None:
    edit(first, "data/birds.csv", "heron,Heron,\n", "")
    before = files_of(first)
    with pytest.raises(RefusedError, match=r"retired_id heron, table birds\. Add it, or .*--version 0\.2\.0"):
        prepared_in(first)
    assert files_of(first) == before
    assert prepared_in(first, version="0.2.0", date="2026-02-01").version == "0.2.0"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ({"date": "2026-02-30"}, "is not a day of the calendar"),
        ({"date": "2026-01-09"}, "is before that of the release before"),
        ({"version": "0.1.0"}, "0.1.0 is out already"),
        ({"version": "0.0.9"}, "too small|is out already"),
        ({"version": "0.1"}, "is not a version"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(first: Path, words: dict[str, str], said: str) -> None:
    correct(first)
    before = files_of(first)
    with pytest.raises(PackageError, match=said):
        prepared_in(first, **words)
    assert files_of(first) == before


def test_without_a_change_a_release_has_to_be_asked_for(first: Path) -> None:
    assert prepared_in(first).write == {}
    code = prepared_in(first, version="0.1.1", date="2026-02-01", summary="The code alone.")
    assert (code.bump.level, code.changes) == ("none", 0)


@pytest.mark.parametrize(
    ("row", "error"), [(",Nobody,", NotSoundError), ("kite,Kite,twice", TableError), ("owl,Owl", TableError)]
)
def test_a_package_that_would_not_be_sound_is_not_released(first: Path, row: str, error: type[Exception]) -> None:
    append(first, "birds", row)
    before = files_of(first)
    with pytest.raises(error):
        prepared_in(first, version="0.2.0")
    assert files_of(first) == before


def test_a_table_that_is_not_in_canonical_form_is_not_released(first: Path) -> None:
    append(first, "birds", "eagle,Eagle,")
    with pytest.raises(RefusedError, match="canonical form"):
        prepared_in(first)


def test_a_package_without_a_history_is_told_how_to_begin(tmp_path: Path) -> None:
    folder = make_package(tmp_path / "birds", history={})
    done = command(folder, "prepare")
    assert (done.returncode, done.stdout) == (2, "")
    assert "To begin, add a table with the fields version, released_on, summary and sha256" in done.stderr


def test_the_commands_say_what_they_did_and_end_in_their_codes(first: Path) -> None:
    correct(first)
    checked = command(first, "check")
    assert (checked.returncode, checked.stdout) == (
        1,
        """\
The changes since 0.1.0 call for a patch release, 0.1.1 or later: 0.1.0 is too small.
  patch  note was changed in birds: kite.
""",
    )
    assert command(first, "prepare", "--date", "2026-02-01", "--check").returncode == 1
    assert command(first, "prepare", "--date", "2026-02-01").returncode == 0
    again = command(first, "prepare")
    assert (again.returncode, again.stdout) == (0, "0.1.1 is prepared already; no file changes.\n")
    assert command(first, "check").returncode == 0
    git(first, "add", "-A")
    git(first, "commit", "-q", "-m", "0.1.1")
    git(first, "tag", "v0.1.1")
    assert command(first, "check").stdout.startswith("The changes since 0.1.0 call for a patch release")
    assert json.loads(command(first, "check", "--against", "0.1.1", "--format", "json").stdout)["level"] == "none"
