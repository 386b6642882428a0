"""`fmt --against` drafts the row of the ledger that a change by hand lacks, and says what only a person can add."""

import csv
import json
import subprocess

import pytest
from mended_packages import commit

from mandates_data.mending.run import mend, write
from mandates_data.package.opening import open_package
from mandates_data.validate.run import validate

NAMES = ("correction_id", "table", "row_id", "field", "old", "new", "kind", "reason", "evidence", "version")
BASE = "id,text\na-1,Fight the trafick of arms\na-2,Meet again\n"
DRAFT = "a-1.text.1,acts,a-1,text,Fight the trafick of arms,Fight the traffic of arms,,,,\n"


@pytest.fixture
def folder(tmp_path):
    """A package with a ledger, in a repository of its own."""
    text = [{"name": name, "type": "string"} for name in ("id", "text")]
    ledger = [{"name": name, "type": "string"} for name in NAMES]
    for field in ledger[6:9]:
        field["constraints"] = {"required": True}
    descriptor = {
        "name": "small",
        "mandates_data": {"bookkeeping": ["corrections"], "corrections": "corrections"},
        "resources": [
            {"name": "acts", "path": "acts.csv", "schema": {"fields": text, "primaryKey": ["id"]}},
            {
                "name": "corrections",
                "path": "corrections.csv",
                "schema": {"fields": ledger, "primaryKey": ["correction_id"]},
            },
        ],
    }
    (tmp_path / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    (tmp_path / "acts.csv").write_bytes(BASE.encode())
    (tmp_path / "corrections.csv").write_bytes((",".join(NAMES) + "\n").encode())
    commit(tmp_path)
    return tmp_path


def edit(folder, old="trafick", new="traffic"):
    path = folder / "acts.csv"
    path.write_bytes(path.read_bytes().replace(old.encode(), new.encode()))


def fmt(folder, against="git:HEAD", tables=()):
    opened = open_package(folder)
    mending = mend(opened, against, tables)
    write(opened, mending)
    return mending


def ledger(folder):
    return (folder / "corrections.csv").read_text(encoding="utf-8").partition("\n")[2]


def test_a_change_that_the_ledger_does_not_explain_gets_a_draft(folder):
    edit(folder)
    mending = fmt(folder)
    assert ledger(folder) == DRAFT
    (left,) = mending.tables[1].left
    assert (left.kind, left.code, left.place.line) == ("draft", "MD713", 2)
    assert left.message == "The correction lacks its kind, its reason and its evidence."
    assert (
        left.mend
        == 'Fill them in there, or run: mandates-data correct a-1 text --kind KIND --reason "WHY" --evidence ADDRESS'
    )
    assert [repair.words for repair in mending.tables[1].repairs] == ["1 correction drafted"]


def test_validate_asks_for_the_rest_in_one_finding(folder):
    edit(folder)
    fmt(folder)
    found = [one for one in validate(folder, against="git:HEAD").findings if one.severity == "error"]
    assert [(one.code, one.row_key, one.field, one.message) for one in found] == [
        ("MD713", "a-1.text.1", "kind", "The correction lacks its kind, its reason and its evidence.")
    ]


def test_a_draft_is_written_once_and_named_until_it_is_finished(folder):
    edit(folder)
    fmt(folder)
    again = fmt(folder)
    assert (again.changed, again.left, ledger(folder)) == ((), 1, DRAFT)


def test_a_change_on_top_of_a_correction_begins_where_that_one_ended(folder):
    edit(folder)
    (folder / "corrections.csv").write_bytes((",".join(NAMES) + "\n" + DRAFT.replace(",,,,", ",typo,x,text,")).encode())
    edit(folder, "arms", "weapons")
    fmt(folder)
    rows = list(csv.DictReader((folder / "corrections.csv").read_text(encoding="utf-8").splitlines()))
    assert [(row["correction_id"], row["old"], row["new"]) for row in rows] == [
        ("a-1.text.1", "Fight the trafick of arms", "Fight the traffic of arms"),
        ("a-1.text.2", "Fight the traffic of arms", "Fight the traffic of weapons"),
    ]


@pytest.mark.parametrize(
    ("against", "tables"), [(None, ()), ("git:HEAD", ("acts",))], ids=["no base", "another table alone"]
)
def test_no_draft_where_nothing_is_known_or_asked(folder, against, tables):
    edit(folder)
    assert fmt(folder, against, tables).left == 0
    assert ledger(folder) == ""


def test_an_explained_change_and_a_new_row_get_none(folder):
    edit(folder)
    (folder / "corrections.csv").write_bytes((",".join(NAMES) + "\n" + DRAFT.replace(",,,,", ",typo,x,text,")).encode())
    edit(folder, "a-2,Meet again\n", "a-2,Meet again\na-3,Trade\n")
    assert fmt(folder).changed == ()
    git = subprocess.run(["git", "-C", str(folder), "diff", "--stat"], capture_output=True, text=True, check=True)
    assert "acts.csv" in git.stdout


def repaired(mending):
    return [repair.words for repair in mending.tables[1].repairs]


def test_a_draft_follows_a_cell_that_is_changed_again(folder):
    edit(folder)
    fmt(folder)
    edit(folder, "traffic", "trade")
    assert repaired(fmt(folder)) == ["1 draft of a correction brought up to date"]
    assert ledger(folder) == DRAFT.replace("Fight the traffic of", "Fight the trade of")


def test_a_draft_goes_where_the_cell_is_as_before(folder):
    edit(folder)
    fmt(folder)
    edit(folder, "traffic", "trafick")
    mending = fmt(folder)
    assert repaired(mending) == ["1 draft of a correction taken back: the cell is as before"]
    assert (mending.left, ledger(folder)) == (0, "")


def test_a_correction_of_which_a_person_has_said_something_stays_as_it_is(folder):
    begun = DRAFT.replace(",,,,", ",typo,,,")
    edit(folder)
    (folder / "corrections.csv").write_bytes((",".join(NAMES) + "\n" + begun).encode())
    edit(folder, "traffic", "trafick")
    fmt(folder)
    assert ledger(folder) == begun


def test_a_draft_that_the_base_has_too_stays(folder):
    (folder / "corrections.csv").write_bytes((",".join(NAMES) + "\n" + DRAFT).encode())
    commit(folder)
    fmt(folder)
    assert ledger(folder) == DRAFT


def test_a_cell_that_has_to_have_a_value_and_was_emptied_gets_no_draft(folder):
    descriptor = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    descriptor["resources"][0]["schema"]["fields"][1]["constraints"] = {"required": True}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    commit(folder)
    edit(folder, "Meet again", "")
    fmt(folder)
    assert ledger(folder) == ""
