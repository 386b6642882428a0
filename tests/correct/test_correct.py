"""A cell is corrected and the ledger says so: what is written, and what is refused in which words."""

import hashlib
import json

import pytest
from corrected_packages import MENDED, TEXT, contents, corrected, published, refusals, rows, small, wanted

from mandates_data.cli.rulebook import extra_rules
from mandates_data.diff.correcting.correct import correct, undo
from mandates_data.diff.correcting.values import RefusedError
from mandates_data.diff.patching import patch, write_patched
from mandates_data.package.opening import open_package
from mandates_data.validate.run import validate

OLD_ROW = f'a-1.text.1,acts,a-1,text,"{TEXT}","{MENDED}",typo,A letter.,text,'


def test_the_cell_changes_and_the_ledger_gets_a_row_with_both_whole_cells(tmp_path):
    folder = small(tmp_path)
    found = corrected(folder, wanted())
    assert (found.action, found.table, found.correction["correction_id"]) == ("added", "acts", "a-1.text.1")
    assert rows(folder, "acts")[0]["text"] == "Fight the traffic of arms , and of drugs"
    assert rows(folder, "corrections") == [
        {
            "correction_id": "a-1.text.1",
            "table": "acts",
            "row_id": "a-1",
            "field": "text",
            "old": "Fight the trafick of arms , and of drugs",
            "new": "Fight the traffic of arms , and of drugs",
            "kind": "typo",
            "reason": "A letter is wrong.",
            "evidence": "text",
            "version": "",
        }
    ]


def test_nothing_else_changes_but_size_and_hash(tmp_path):
    folder = published(tmp_path / "p")
    before = contents(folder)
    old = next(row for row in rows(folder, "mandates") if row["mandate_id"] == "1998-santiago-poa-024")
    corrected(folder, wanted(old["text"].replace("peacekeeping", "peace"), old["mandate_id"]))
    after = contents(folder)
    assert [name for name in after if after[name] != before[name]] == [
        "data/corrections.csv",
        "data/mandates.csv",
        "datapackage.json",
    ]
    assert after["data/mandates.csv"] == before["data/mandates.csv"].replace(b"peacekeeping efforts", b"peace efforts")
    resources = {one["name"]: one for one in json.loads(after["datapackage.json"])["resources"]}
    for name in ("mandates", "corrections"):
        content = after[f"data/{name}.csv"]
        assert (resources[name]["bytes"], resources[name]["hash"]) == (
            len(content),
            f"sha256:{hashlib.sha256(content).hexdigest()}",
        )
    assert validate(folder, extra_rules=extra_rules()).findings == ()


def test_a_second_correction_of_a_cell_is_counted_on_and_begins_where_the_first_ended(tmp_path):
    folder = small(tmp_path)
    corrected(folder, wanted())
    corrected(folder, wanted(MENDED.replace(" ,", ","), kind="spacing"))
    assert [(row["correction_id"], row["old"], row["new"]) for row in rows(folder, "corrections")] == [
        ("a-1.text.1", TEXT, MENDED),
        ("a-1.text.2", MENDED, "Fight the traffic of arms, and of drugs"),
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        (
            wanted(row="a-11"),
            'unknown-row: There is no row with this identifier, "a-11": did you mean a-1?',
        ),
        (
            wanted(row="nothing like it"),
            'unknown-row: There is no row with this identifier, "nothing like it": name one row, and nothing else.',
        ),
        (wanted(field="txt"), 'unknown-field: The table acts has no column "txt": did you mean text?'),
        (
            wanted(field="id"),
            ("key-field: id is the key by which others cite a row of acts, and is never corrected: name one of text, "
            "owner, day."),
        ),
        (
            wanted(TEXT),
            ('same-value: The cell says "Fight the trafick of arms , and of drugs" already: there is nothing to '
            "correct, and where you changed it by hand, mandates-data fmt --against drafts its row."),
        ),
        (wanted(""), "value: The corrected value is missing: every row of acts needs a value in text."),
        (
            wanted("b-3", field="owner"),
            'value: The corrected value names no row of owners, "b-3": write an identifier that stands there.',
        ),
        (
            wanted("soon", field="day"),
            (
                'value: The corrected value cannot stand in day: "soon" is not a date; needed here: a date written '
                "YYYY-MM-DD, such as 2009-04-19."
            ),
        ),
        (
            wanted("two\nlines"),
            "value: The corrected value has a line break, which no cell holds: write it on one line.",
        ),
        (
            wanted("safe\u202e"),
            "value: The corrected value has a sign that nobody sees, RIGHT-TO-LEFT OVERRIDE (U+202E): take it out.",
        ),
        (wanted(evidence=None), "no-evidence: The evidence is missing: give it with --evidence."),
        (wanted(reason=" "), "no-reason: The reason is missing: give it with --reason."),
        (
            wanted(printed="Fight"),
            ('not-as-printed: The cell is not "Fight" but "Fight the trafick of arms , and of drugs": copy it as '
            "it stands now."),
        ),
        (
            wanted(table="corrections"),
            'unknown-table: "corrections" is no table whose cells are corrected: name one of acts, owners.',
        ),
        (
            wanted(row="../a-1"),
            'unknown-row: There is no row with this identifier, "../a-1": copy the identifier from the first column.',
        ),
    ],
)  # fmt: skip
def test_what_cannot_be_corrected_is_refused_with_the_next_step(tmp_path, asked, expected):
    folder = small(tmp_path)
    before = contents(folder)
    assert refusals(folder, asked) == [expected]
    assert contents(folder) == before


def test_all_that_is_wrong_is_said_at_once(tmp_path):
    found = refusals(small(tmp_path), wanted("", kind=None, reason=None, evidence=None))
    assert [one.partition(":")[0] for one in found] == ["value", "no-kind", "no-reason", "no-evidence"]


def test_a_correction_that_puts_back_what_an_earlier_one_removed_is_refused_by_name(tmp_path):
    folder = small(tmp_path)
    corrected(folder, wanted())
    back = "This puts back what the correction a-1.text.1 removed: if that one was wrong, name it in the reason."
    assert refusals(folder, wanted(TEXT)) == [f"puts-back: {back}"]


def test_an_old_misprint_that_comes_back_along_with_a_good_correction_is_refused_too(tmp_path):
    folder = small(tmp_path)
    corrected(folder, wanted())
    found = refusals(folder, wanted("Fight the trafick of arms, and of drugs"))
    assert [one.partition(":")[0] for one in found] == ["puts-back"]


def test_who_names_the_earlier_correction_may_put_it_back(tmp_path):
    folder = small(tmp_path)
    corrected(folder, wanted())
    corrected(folder, wanted(TEXT, reason="a-1.text.1 was wrong: the copy of 2001 has a k."))
    assert rows(folder, "acts")[0]["text"] == TEXT
    assert [row["correction_id"] for row in rows(folder, "corrections")] == ["a-1.text.1", "a-1.text.2"]


def test_a_correction_is_taken_back_as_if_it_had_never_been_made(tmp_path):
    folder = small(tmp_path)
    corrected(folder, wanted("b-2", field="owner"))
    before = contents(folder)
    corrected(folder, wanted())
    package = open_package(folder)
    write_patched(folder, patch(package, undo(package, "a-1", "text").changeset))
    assert contents(folder) == before


def test_a_released_correction_is_not_taken_back(tmp_path):
    folder = small(tmp_path, OLD_ROW + "0.1.1\n")
    (folder / "acts.csv").write_text((folder / "acts.csv").read_text(encoding="utf-8").replace(TEXT, MENDED), "utf-8")
    with pytest.raises(RefusedError, match=r"a-1\.text\.1 was released with 0\.1\.1 and stays"):
        undo(open_package(folder), "a-1", "text")


def test_a_draft_gets_its_words_by_leaving_out_the_value(tmp_path):
    folder = small(tmp_path, OLD_ROW.replace("typo,A letter.,text", ",,") + "\n")
    (folder / "acts.csv").write_text((folder / "acts.csv").read_text(encoding="utf-8").replace(TEXT, MENDED), "utf-8")
    found = corrected(folder, wanted(None))
    assert (found.action, found.cell) == ("completed", None)
    (row,) = rows(folder, "corrections")
    assert (row["kind"], row["reason"], row["evidence"]) == ("typo", "A letter is wrong.", "text")
    assert validate(folder).errors == 0


def test_a_package_without_a_ledger_refuses(tmp_path):
    found = refusals(small(tmp_path, own={}), wanted())
    assert found == [
        "no-ledger: This package keeps no ledger of corrections: name its table in `mandates_data.corrections`."
    ]


def test_a_ledger_that_lacks_a_column_refuses(tmp_path):
    found = refusals(small(tmp_path, own={"corrections": "owners"}), wanted())
    said = "names the table 'owners', which has no column 'correction_id'"
    assert found == [f"no-ledger: `mandates_data.corrections` {said}: correct the name, or add it."]


def test_the_same_package_and_wish_give_the_same_changeset(tmp_path):
    package = open_package(small(tmp_path))
    assert correct(package, wanted()).changeset == correct(package, wanted()).changeset


DRAFT = f'a-1.text.1,acts,a-1,text,"{TEXT}","{MENDED}",,,,\n'


def drafted(folder, ledger=DRAFT):
    """The cell as a person edited it, and the rows that `fmt --against` drafted."""
    small(folder, ledger)
    acts = folder / "acts.csv"
    acts.write_text(acts.read_text(encoding="utf-8").replace(TEXT, MENDED), encoding="utf-8")
    return folder


def test_a_correction_on_top_of_a_draft_takes_its_place(tmp_path):
    folder = drafted(tmp_path)
    better = MENDED.replace(" ,", ",")
    corrected(folder, wanted(better))
    (row,) = rows(folder, "corrections")
    assert (row["correction_id"], row["old"], row["new"], row["kind"]) == ("a-1.text.1", TEXT, better, "typo")
    assert rows(folder, "acts")[0]["text"] == better


def test_the_text_before_a_draft_is_got_back_by_taking_the_draft_back(tmp_path):
    assert refusals(drafted(tmp_path), wanted(TEXT)) == [
        "same-value: That is the text before the draft a-1.text.1: take it back with --undo."
    ]


def test_each_correction_that_lacks_its_words_can_be_completed(tmp_path):
    second = f'a-1.text.2,acts,a-1,text,"{MENDED}","{MENDED}s",,,,\n'
    folder = drafted(tmp_path, DRAFT + second)
    acts = folder / "acts.csv"
    acts.write_text(acts.read_text(encoding="utf-8").replace(MENDED, f"{MENDED}s"), encoding="utf-8")
    for name in ("a-1.text.2", "a-1.text.1"):
        assert corrected(folder, wanted(None)).correction["correction_id"] == name
    assert validate(folder, extra_rules=extra_rules()).errors == 0
