"""`--against`: tables and columns that are gone, files in other forms, and the revision as a shell names it."""

import json
import subprocess
import sys
import zipfile

import pytest
from contributions import (
    CORRECTIONS,
    NO_CORRECTIONS,
    NONE_RETIRED,
    PROMISES,
    RETIRED,
    change,
    change_of,
    codes,
    committed,
    git,
    promised,
)
from small_packages import field, resource, write_package

from mandates_data.errors import PackageError
from mandates_data.validate.run import validate

SUMMITS = resource("summits", [field("id"), field("code"), field("city")], primaryKey=["id"])
BASE = "id,code,city\nlima,010,Lima\nmiami,007,Miami\n"
TOPICS = resource("topics", [field("topic"), field("title")], primaryKey=["topic"])
OF_TOPICS = "topic,title\nhealth,Health\nsecurity,Security\n"


# -- Tables and columns -----------------------------------------------------------------------------------------------


def test_a_table_that_is_gone_is_a_warning(tmp_path):
    (found,) = change(tmp_path, [(SUMMITS, BASE), (TOPICS, OF_TOPICS)], [(SUMMITS, BASE)]).findings
    assert (found.code, found.severity, found.resource) == ("MD709", "warning", "topics")
    assert (found.path, found.line) == ("datapackage.json", None)
    assert found.message == 'The table "topics" of the base revision is gone.'


def test_a_table_that_only_has_another_name_is_said_to_have_it(tmp_path):
    subjects = TOPICS | {"name": "subjects"}
    (found,) = change(tmp_path, [(TOPICS, OF_TOPICS)], [(subjects, OF_TOPICS)]).findings
    assert found.message == (
        'The table "topics" of the base revision is gone; the new table "subjects" has the same columns.'
    )


def test_a_table_that_goes_with_identifiers_that_are_not_retired_is_an_error(tmp_path):
    ledgers = [(CORRECTIONS, NO_CORRECTIONS), (RETIRED, NONE_RETIRED)]
    base = [(SUMMITS, BASE), (TOPICS, OF_TOPICS), *ledgers]
    (found,) = change(tmp_path, base, [(SUMMITS, BASE), *ledgers], PROMISES).findings
    assert (found.code, found.severity, found.count) == ("MD703", "error", 2)
    assert found.message == (
        'The table "topics" of the base revision is gone. 2 published rows are gone, and their identifiers are not '
        'retired: "health", "security".'
    )


def test_a_table_that_goes_with_its_identifiers_retired_is_a_warning(tmp_path):
    ledgers = [(CORRECTIONS, NO_CORRECTIONS)]
    base = [(SUMMITS, BASE), (TOPICS, OF_TOPICS), (RETIRED, NONE_RETIRED), *ledgers]
    retired = (RETIRED, NONE_RETIRED + "health.1,health,topics,,\nsecurity.1,security,topics,,\n")
    found = change(tmp_path, base, [(SUMMITS, BASE), retired, *ledgers], PROMISES).findings
    assert codes(found) == ["MD709"]


def test_a_table_that_is_new_is_no_finding(tmp_path):
    assert change(tmp_path, [(SUMMITS, BASE)], [(SUMMITS, BASE), (TOPICS, OF_TOPICS)]).findings == ()


def test_a_file_that_is_gone_is_one_finding_with_the_way_back(tmp_path):
    committed(tmp_path, (SUMMITS, BASE), (TOPICS, OF_TOPICS))
    (tmp_path / "topics.csv").unlink()
    (found,) = validate(tmp_path, against="main").findings
    assert found.code == "MD101"
    assert found.message == "There is no file topics.csv. The base revision has it."
    assert found.mend == (
        "Put it back (git restore --source=main topics.csv), or take the table out of the descriptor."
    )


def test_a_column_that_left_the_schema_is_a_warning(tmp_path):
    without = resource("summits", [field("id"), field("code")], primaryKey=["id"])
    report = change(tmp_path, [(SUMMITS, BASE)], [(without, "id,code\nlima,010\nmiami,7\n")])
    assert codes(report.findings) == ["MD710 city", "MD701 miami code"]
    assert report.findings[0].severity == "warning"
    assert report.findings[0].message == 'The column "city" of the base revision is no longer in the schema.'


def test_a_column_with_another_name_is_told_with_the_new_one(tmp_path):
    renamed = resource("summits", [field("id"), field("code"), field("town")], primaryKey=["id"])
    (found,) = change(tmp_path, [(SUMMITS, BASE)], [(renamed, BASE.replace("city", "town"))]).findings
    assert found.message == ('The column "city" of the base revision is no longer in the schema; "town" is new in it.')


def test_a_column_that_left_only_the_file_is_one_finding(tmp_path):
    assert codes(change_of(tmp_path, SUMMITS, BASE, "id,code\nlima,010\nmiami,007\n")) == ["MD116 city"]


def test_a_key_that_is_no_field_any_more_leaves_the_table_uncompared(tmp_path):
    other = resource("summits", [field("name"), field("code"), field("city")], primaryKey=["name"])
    (found,) = change(tmp_path, [(SUMMITS, BASE)], [(other, BASE.replace("id,", "name,"))]).findings
    assert (found.code, found.field) == ("MD710", "id")
    assert found.message == (
        'The column "id" of the base revision is no longer in the schema; "name" is new in it. It told the rows apart, '
        "so that nothing else in the table was compared."
    )


def test_a_base_that_cannot_be_read_leaves_the_table_uncompared(tmp_path):
    (found,) = change_of(tmp_path, SUMMITS, BASE + "quito\n", BASE)
    assert (found.code, found.severity) == ("MD712", "warning")
    assert "summits.csv:4" in found.message


def test_a_key_that_stands_twice_in_the_base_says_nothing_of_its_rows(tmp_path):
    base = BASE + "miami,009,Miami\n"
    assert change_of(tmp_path, SUMMITS, base, BASE.replace("007", "7")) == ()


def test_another_version_is_no_finding(tmp_path):
    committed(tmp_path, (SUMMITS, BASE))
    path = tmp_path / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"version": "2.0.0"}), encoding="utf-8")
    assert validate(tmp_path, against="main").findings == ()


# -- Files in any form ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("content", "file_findings", "line", "letter"),
    [
        ("id;code;city\nlima;010;Lima\nmiami;7;Miami\n", ["MD114"], 3, "B"),
        ("id\tcode\tcity\nlima\t010\tLima\nmiami\t7\tMiami\n", ["MD114"], 3, "B"),
        ("\ufeffid,code,city\nlima,010,Lima\nmiami,7,Miami\n", ["MD104"], 3, "B"),
        ("id,code,city\r\nlima,010,Lima\r\nmiami,7,Miami\r\n", [], 3, "B"),
        ("code,id,city\n010,lima,Lima\n7,miami,Miami\n", ["MD119"], 3, "A"),
        ("nr,id,code,city\n1,lima,010,Lima\n2,miami,7,Miami\n", ["MD121"], 3, "C"),
        ("id,Code,city\nlima,010,Lima\nmiami,7,Miami\n", ["MD118"], 3, "B"),
        ("id,code,city\n\nlima,010,Lima\nmiami,7,Miami\n", ["MD113"], 4, "B"),
    ],
    ids=["semicolons", "tabs", "mark", "crlf", "moved", "index column", "renamed", "blank line"],
)
def test_a_file_in_another_form_is_still_held_against_its_base(tmp_path, content, file_findings, line, letter):
    found = change_of(tmp_path, SUMMITS, BASE, content)
    assert [one.code for one in found if one.code != "MD701"] == file_findings
    (damage,) = [one for one in found if one.code == "MD701"]
    assert (damage.row_key, damage.line, damage.column_letter, damage.fix) == ("miami", line, letter, "007")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "MD102"),
        (b"id,code,city\nlima,010,Lim\xe1\n", "MD105"),
        (b"lima,010,Lima\nmiami,007,Miami\n", "MD115"),
        (b'id,code,city\nlima,010,"Lima\nmiami,007,Miami\n', "MD110"),
        (b"PK\3\4anything", "MD103"),
    ],
    ids=["empty", "encoding", "no header", "unclosed quote", "zip"],
)
def test_of_a_file_that_cannot_be_read_to_its_end_no_row_is_said_to_be_gone(tmp_path, content, code):
    assert [one.code for one in change_of(tmp_path, SUMMITS, BASE, content)] == [code]


def test_of_a_row_with_a_lost_comma_nothing_else_is_said(tmp_path):
    assert codes(change_of(tmp_path, SUMMITS, BASE, BASE.replace("miami,007", "miami007"))) == ["MD301 miami007"]
    assert codes(change_of(tmp_path / "b", SUMMITS, BASE, BASE.replace("007,", "7"))) == ["MD301 miami"]


def test_a_row_of_empty_cells_is_no_row_of_the_base(tmp_path):
    assert codes(change_of(tmp_path, SUMMITS, BASE, BASE + ",,\n")) == ["MD123"]


def test_a_base_in_another_form_is_still_the_oracle(tmp_path):
    semicolons = SUMMITS | {"dialect": SUMMITS["dialect"] | {"delimiter": ";"}, "encoding": "utf-8-sig"}
    base = "\ufeff" + BASE.replace(",", ";").replace("\n", "\r\n")
    found = change(tmp_path, [(semicolons, base)], [(SUMMITS, BASE.replace("007", "7"))]).findings
    assert codes(found) == ["MD701 miami code"]


def test_the_base_is_a_folder_or_an_archive_as_well(tmp_path):
    old = write_package(tmp_path / "old", (SUMMITS, BASE))
    new = write_package(tmp_path / "new", (SUMMITS, BASE.replace("007", "7")))
    archive = tmp_path / "old.zip"
    with zipfile.ZipFile(archive, "w") as packed:
        for path in old.iterdir():
            packed.write(path, path.name)
    for base in (old, old / "datapackage.json", archive):
        assert codes(validate(new, against=base).findings) == ["MD701 miami code"]


# -- As a shell sees it -----------------------------------------------------------------------------------------------


def run(folder, *arguments):
    command = [sys.executable, "-m", "mandates_data", "validate", *map(str, arguments)]
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def repository(tmp_path):
    folder = committed(tmp_path / "package", (SUMMITS, BASE))
    write_package(folder, (SUMMITS, BASE.replace("007", "7")))
    return folder


def test_damage_ends_in_1_and_a_clean_change_in_0(repository):
    done = run(repository, "--against", "main")
    assert done.returncode == 1
    place, mend, summary = done.stdout.splitlines()
    assert place.startswith('summits.csv:3:B  MD701  miami, code: "7" has lost its leading zeros')
    assert mend == "        The published value is 007. Keep it."
    assert summary.startswith("small is not sound: 1 table, 2 rows, 1 error, 0 warnings.")
    (repository / "summits.csv").write_text(BASE.replace("Lima\n", "Callao\n"), encoding="utf-8")
    assert run(repository, "--against", "main").returncode == 0


def test_without_a_base_nobody_knows_of_the_damage(repository):
    assert run(repository).returncode == 0


@pytest.mark.parametrize("reference", ["main", "git:main", "HEAD", "HEAD~0", "v1", "origin/main"])
def test_a_revision_is_named_as_git_names_it(repository, reference):
    git(repository, "tag", "v1")
    git(repository, "update-ref", "refs/remotes/origin/main", "HEAD")
    assert codes(validate(repository, against=reference).findings) == ["MD701 miami code"]


def test_a_revision_is_looked_for_where_the_package_is(repository, tmp_path):
    done = run(tmp_path, repository, "--against", "main")
    assert (done.returncode, done.stderr) == (1, "")


def test_a_package_in_a_folder_of_a_repository_is_found_there(tmp_path):
    write_package(tmp_path / "data", (SUMMITS, BASE))
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=Base")
    write_package(tmp_path / "data", (SUMMITS, BASE.replace("007", "7")))
    assert codes(validate(tmp_path / "data", against="main").findings) == ["MD701 miami code"]
    assert run(tmp_path / "data", "--against", "main").returncode == 1


def test_a_descriptor_with_another_name_is_that_of_the_base_too(tmp_path):
    write_package(tmp_path, (SUMMITS, BASE))
    (tmp_path / "datapackage.json").rename(tmp_path / "package.json")
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "add", "--all")
    git(tmp_path, "commit", "--quiet", "--message=Base")
    (tmp_path / "summits.csv").write_text(BASE.replace("007", "7"), encoding="utf-8")
    found = validate(tmp_path / "package.json", against="main").findings
    assert codes(tuple(one for one in found if one.resource)) == ["MD701 miami code"]


def test_a_folder_goes_before_a_revision_of_the_same_name(repository, monkeypatch):
    write_package(repository / "main", (SUMMITS, BASE.replace("007", "7")))
    monkeypatch.chdir(repository)
    assert validate(repository, against="main").findings == ()
    assert codes(validate(repository, against="git:main").findings) == ["MD701 miami code"]


@pytest.mark.parametrize("reference", ["nowhere", "git:nowhere", "-x", "a\nb", "x" * 5000])
def test_a_revision_that_is_not_there_ends_in_2_with_the_next_step(repository, reference):
    with pytest.raises(PackageError) as caught:
        validate(repository, against=reference)
    assert caught.value.next_step
    assert "\n" not in str(caught.value)


def test_in_a_shallow_clone_the_message_says_how_to_fetch_the_rest(repository, tmp_path):
    git(repository, "commit", "--quiet", "--all", "--message=Change")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repository}", "shallow")
    assert codes(validate(tmp_path / "shallow", against="HEAD").findings) == []
    with pytest.raises(PackageError, match=r"'HEAD~1' is neither a package nor a git revision here\.") as caught:
        validate(tmp_path / "shallow", against="HEAD~1")
    assert caught.value.next_step.startswith("In a shallow clone, run: git fetch --unshallow")


def test_outside_of_a_repository_a_revision_is_not_there(tmp_path, monkeypatch):
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path))
    folder = write_package(tmp_path / "package", (SUMMITS, BASE))
    done = run(folder, "--against", "main")
    assert (done.returncode, done.stdout) == (2, "")
    assert "'main' is neither a package nor a git revision here." in done.stderr


def test_a_revision_without_a_package_ends_in_2(tmp_path):
    git(tmp_path, "init", "--quiet", "--initial-branch=main")
    git(tmp_path, "commit", "--quiet", "--allow-empty", "--message=Nothing")
    write_package(tmp_path, (SUMMITS, BASE))
    done = run(tmp_path, "--against", "main")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("mandates-data: error: The base revision git:main: ")


def test_nothing_of_the_user_is_touched(repository):
    before = git(repository, "status", "--porcelain"), (repository / "summits.csv").read_bytes()
    run(repository, "--against", "main")
    assert (git(repository, "status", "--porcelain"), (repository / "summits.csv").read_bytes()) == before


def test_findings_come_in_the_order_of_tables_and_lines(tmp_path):
    found = promised(tmp_path, SUMMITS, BASE, "id,code,city\nlima,10,Lima\nmiami,7,Miami\n")
    assert [one.line for one in found] == [2, 3]
