"""`--against`: corrections that are written down, identifiers that are kept, history that stays."""

import json

import pytest
from contributions import (
    CORRECTIONS,
    NO_CORRECTIONS,
    NONE_RETIRED,
    PROMISES,
    RETIRED,
    change,
    codes,
    committed,
    promised,
)
from small_packages import field, resource, write_package

from mandates_data.validate.run import validate

TEXT = "We condemn terrorism in all its forms and will combat it with unity and vigor"
OTHER = "Convene a special conference of the ministers of justice on extradition in 1996"
THIRD = "Strengthen the exchange of information between customs authorities of the region"
MANDATES = resource("mandates", [field("id"), field("role"), field("text"), field("n", "number")], primaryKey=["id"])
BASE = f"id,role,text,n\na-1,mandate,{TEXT},1.0\na-2,mandate,{OTHER},2.0\n"
EDITED = BASE.replace("condemn", "strongly condemn")
NEW = TEXT.replace("condemn", "strongly condemn")


def correction(old, new, row="a-1", number=1, version=""):
    return f"{row}.text.{number},mandates,{row},text,{old},{new},why,{version}\n"


# -- Corrections ------------------------------------------------------------------------------------------------------


def test_a_changed_text_without_a_row_in_the_ledger_is_told_with_the_row_to_add(tmp_path):
    (found,) = promised(tmp_path, MANDATES, BASE, EDITED)
    assert (found.code, found.severity, found.line, found.column_letter) == ("MD706", "error", 2, "C")
    assert (found.row_key, found.field, found.seen, found.fix) == ("a-1", "text", NEW, None)
    assert found.message == (
        'It was "We condemn terrorism in all its forms and will combat it with unity and vigor" and is '
        '"We strongly condemn terrorism in all its forms and will combat it with unity and…" now; no row of '
        "corrections says why."
    )
    assert found.mend == (
        "Add the row a-1.text.1 to corrections.csv (mandates-data fmt --against drafts it, with the whole cell before "
        "and after), or put the published value back."
    )


def test_a_change_that_a_program_may_have_made_is_asked_about(tmp_path):
    base = BASE.replace("mandate,We", "mandate,Québec. We")
    (found,) = promised(tmp_path, MANDATES, base, base.replace("Québec", "Quebec"))
    assert (found.code, found.fix) == ("MD706", None)
    assert found.message.endswith(" no row of corrections says why. Perhaps nobody meant it: it has lost its accent.")


def test_a_changed_text_with_its_row_is_a_correction(tmp_path):
    assert promised(tmp_path, MANDATES, BASE, EDITED, corrections=("", correction(TEXT, NEW))) == ()


def test_a_correction_in_two_steps_leads_from_the_old_text_to_the_new(tmp_path):
    steps = correction(TEXT, "halfway") + correction("halfway", NEW, number=2)
    assert promised(tmp_path, MANDATES, BASE, EDITED, corrections=("", steps)) == ()


@pytest.mark.parametrize(
    "row",
    [
        correction(TEXT, "another text"),
        correction("another text", NEW),
        correction(TEXT, NEW, row="a-2"),
        correction(TEXT, NEW).replace(",text,", ",role,"),
        correction(TEXT, NEW).replace(",mandates,", ",items,"),
    ],
    ids=["other new", "other old", "other row", "other field", "other table"],
)
def test_a_row_that_says_something_else_does_not_explain_the_change(tmp_path, row):
    found = promised(tmp_path, MANDATES, BASE, EDITED, corrections=("", row))
    assert codes(found) == ["MD706 a-1 text"]


def test_the_next_row_is_counted_after_those_of_the_cell(tmp_path):
    told = correction("older", TEXT)
    (found,) = promised(tmp_path, MANDATES, BASE, EDITED, corrections=(told, told))
    assert found.mend.startswith("Add the row a-1.text.2 ")


def test_a_row_that_was_there_before_does_not_explain_a_change_made_now(tmp_path):
    told = correction(TEXT, NEW)
    found = promised(tmp_path, MANDATES, BASE, EDITED, corrections=(told, told))
    assert codes(found) == ["MD706 a-1 text"]


def test_a_correction_withdrawn_before_its_release_leads_back(tmp_path):
    assert promised(tmp_path, MANDATES, EDITED, BASE, corrections=(correction(TEXT, NEW), "")) == ()


def test_a_release_that_dates_a_correction_is_no_change_of_it(tmp_path):
    rows = correction(TEXT, NEW), correction(TEXT, NEW, version="0.1.1")
    assert promised(tmp_path, MANDATES, EDITED, EDITED, corrections=rows) == ()


def test_a_cell_that_was_filled_or_cleared_wants_a_row_too(tmp_path):
    base = BASE.replace("a-1,mandate,", "a-1,,")
    found = promised(tmp_path, MANDATES, base, BASE.replace("a-2,mandate,", "a-2,,"))
    assert codes(found) == ["MD706 a-1 role", "MD706 a-2 role"]
    assert found[0].message == 'It was empty and is "mandate" now; no row of corrections says why.'


def test_a_value_that_is_only_spelled_otherwise_wants_none(tmp_path):
    assert promised(tmp_path, MANDATES, BASE, BASE.replace("2.0", "2.00")) == ()


def test_a_new_row_wants_none(tmp_path):
    assert promised(tmp_path, MANDATES, BASE, BASE + f"a-3,mandate,{THIRD},3\n") == ()


def test_a_change_in_a_bookkeeping_table_wants_none(tmp_path):
    own = {**PROMISES, "bookkeeping": ["corrections", "retired_ids", "mandates"]}
    assert promised(tmp_path, MANDATES, BASE, EDITED, own=own) == ()


def test_the_promise_can_be_limited_to_some_fields_of_a_table(tmp_path):
    own = {**PROMISES, "corrections": {"table": "corrections", "fields": {"mandates": ["role"]}}}
    now = EDITED.replace("a-2,mandate", "a-2,preamble")
    assert codes(promised(tmp_path, MANDATES, BASE, now, own=own)) == ["MD706 a-2 role"]


def test_a_package_without_a_ledger_wants_none(tmp_path):
    assert promised(tmp_path, MANDATES, BASE, EDITED, own={"retired_ids": "retired_ids"}) == ()


def test_a_cell_that_breaks_a_rule_has_no_second_finding(tmp_path):
    assert codes(promised(tmp_path, MANDATES, BASE, BASE.replace("2.0", "two"))) == ["MD203 a-2 n"]


def test_a_ledger_that_cannot_be_read_is_told_once_and_nothing_is_held_against_it(tmp_path):
    found = promised(tmp_path, MANDATES, BASE, EDITED, corrections=("", "a-1.text.1,mandates\n"))
    assert codes(found) == ["MD301 a-1.text.1"]


# -- Identifiers ------------------------------------------------------------------------------------------------------


def test_a_row_that_is_gone_is_told_with_the_way_to_retire_it(tmp_path):
    now = BASE.splitlines(keepends=True)
    (found,) = promised(tmp_path, MANDATES, BASE, "".join(now[:2]))
    assert (found.code, found.severity, found.line, found.row_key) == ("MD703", "error", None, "a-2")
    assert found.path == "mandates.csv"
    assert found.message == 'The published row "a-2" is gone, and its identifier is not retired.'
    assert found.mend == (
        'Put the row back. If it has to go, add it to retired_ids.csv (retired_id "a-2", table "mandates").'
    )


def test_a_row_whose_identifier_is_retired_may_go(tmp_path):
    now = "".join(BASE.splitlines(keepends=True)[:2])
    assert promised(tmp_path, MANDATES, BASE, now, retired=("", "a-2.1,a-2,mandates,,a-1\n")) == ()


def test_an_identifier_retired_in_another_table_is_not_retired_here(tmp_path):
    now = "".join(BASE.splitlines(keepends=True)[:2])
    found = promised(tmp_path, MANDATES, BASE, now, retired=("", "a-2.1,a-2,items,,\n"))
    assert codes(found) == ["MD703 a-2"]


def test_many_rows_that_are_gone_are_one_finding_with_their_count(tmp_path):
    rows = [f"b-{n:02},mandate,Text number {n} of this table,{n}\n" for n in range(30)]
    (found,) = promised(tmp_path, MANDATES, BASE + "".join(rows), BASE)
    assert (found.code, found.count) == ("MD703", 30)
    assert found.message == (
        '30 published rows are gone, and their identifiers are not retired: "b-00", "b-01", "b-02" and 27 more.'
    )


def test_a_changed_identifier_is_one_finding_at_its_cell(tmp_path):
    (found,) = promised(tmp_path, MANDATES, BASE, BASE.replace("a-2", "a-20"))
    assert (found.code, found.line, found.column_letter, found.field) == ("MD704", 3, "A", "id")
    assert (found.seen, found.fix) == ("a-20", "a-2")
    assert found.message == 'All other cells of this row are those of the published row "a-2".'
    assert found.mend == (
        'Put "a-2" back. If it has to change, add it to retired_ids.csv (retired_id "a-2", table "mandates", '
        'replaced_by "a-20").'
    )


def test_a_changed_identifier_that_is_retired_is_fine(tmp_path):
    now = BASE.replace("a-2", "a-20")
    assert promised(tmp_path, MANDATES, BASE, now, retired=("", "a-2.1,a-2,mandates,,a-20\n")) == ()


def test_a_part_of_a_key_that_changed_is_told_at_that_part(tmp_path):
    described = resource("links", [field("mandate"), field("topic"), field("why")], primaryKey=["mandate", "topic"])
    base = "mandate,topic,why\na-1,security,first\na-2,security,second\n"
    (found,) = promised(tmp_path, described, base, base.replace("a-2,security", "a-2,health"))
    assert (found.code, found.row_key, found.field, found.fix) == ("MD704", "a-2/health", "topic", "security")


def test_identifiers_moved_by_one_row_are_each_told_where_they_belong(tmp_path):
    base = BASE + f"a-3,mandate,{THIRD},3.0\n"
    moved = (
        f"id,role,text,n\na-1,mandate,{TEXT},1.0\na-2,mandate,A row in between that is new and has no number yet,9\n"
    )
    moved += f"a-3,mandate,{OTHER},2.0\na-4,mandate,{THIRD},3.0\n"
    found = promised(tmp_path, MANDATES, base, moved)
    assert [(one.code, one.seen, one.fix) for one in found] == [
        ("MD705", "a-2", None),
        ("MD704", "a-3", "a-2"),
        ("MD704", "a-4", "a-3"),
    ]
    assert found[0].message == '"a-2" named another row, which has another identifier now.'


def test_rows_that_are_alike_beside_their_keys_are_never_taken_for_one_another(tmp_path):
    described = resource("links", [field("mandate"), field("topic")], primaryKey=["mandate", "topic"])
    base = "mandate,topic\na-1,security\na-2,security\n"
    found = promised(tmp_path, described, base, "mandate,topic\na-1,security\na-2,health\n")
    assert codes(found) == ["MD703 a-2/security"]


def test_a_key_that_a_program_damaged_is_damage(tmp_path):
    described = resource("t", [field("id"), field("name")], primaryKey=["id"])
    base = "id,name\n001,Miami\n002,Santiago\n"
    found = promised(tmp_path, described, base, "id,name\n1,Miami\n2,Santiago de Chile\n")
    assert [(one.code, one.field, one.fix) for one in found] == [
        ("MD701", "id", "001"),
        ("MD701", "id", "002"),
        ("MD706", "name", None),
    ]


def test_damaged_keys_are_found_among_many_whose_other_cells_were_damaged_too(tmp_path):
    described = resource("t", [field("id"), field("name")], primaryKey=["id"])
    base = "id,name\n" + "".join(f"{n:03},The “Plan” number {n}\n" for n in range(1, 60))
    now = "id,name\n" + "".join(f'{n},"The ""Plan"" number {n}"\n' for n in range(1, 60))
    found = promised(tmp_path, described, base, now)
    assert [one.fix for one in found if one.field == "id"] == [f"{n:03}" for n in range(1, 60)]
    assert [one.fix for one in found if one.field == "name"] == [f"The “Plan” number {n}" for n in range(1, 60)]
    assert len(found) == 2 * 59


def test_a_damaged_key_that_breaks_its_pattern_is_one_finding(tmp_path):
    described = resource("t", [field("id", constraints={"pattern": "[0-9]{3}"}), field("name")], primaryKey=["id"])
    (found,) = promised(tmp_path, described, "id,name\n001,Miami\n", "id,name\n1,Miami\n")
    assert (found.code, found.fix) == ("MD225", "001")


def test_a_key_that_was_emptied_is_one_finding_with_the_published_key(tmp_path):
    (found,) = promised(tmp_path, MANDATES, BASE, BASE.replace("a-2,", ","))
    assert (found.code, found.line) == ("MD304", 3)
    assert found.mend == "The published value is a-2. Keep it, or write the key of the row."


def test_a_key_that_was_overwritten_with_another_one_is_one_finding(tmp_path):
    (found,) = promised(tmp_path, MANDATES, BASE, BASE.replace("a-2,", "a-1,"))
    assert (found.code, found.line) == ("MD305", 3)
    assert found.mend.startswith("The published value is a-2. Keep it, or ")


def test_a_copied_row_is_told_as_such_and_the_published_one_is_not_touched(tmp_path):
    first, second, third = BASE.splitlines(keepends=True)
    found = promised(tmp_path, MANDATES, BASE, first + second.replace(TEXT, THIRD) + second + third)
    assert codes(found) == ["MD305 a-1 id"]
    assert "published" not in found[0].mend


def test_a_row_goes_with_the_one_that_its_key_names(tmp_path):
    link = [{"fields": ["mandate"], "reference": {"resource": "mandates", "fields": ["id"]}}]
    fields = [field("mandate"), field("topic")]
    links = resource("links", fields, primaryKey=["mandate", "topic"], foreignKeys=link)
    both = "mandate,topic\na-1,security\na-2,security\n"
    ledgers = [(CORRECTIONS, NO_CORRECTIONS)]
    base = [(MANDATES, BASE), (links, both), (RETIRED, NONE_RETIRED), *ledgers]
    less = [(MANDATES, "".join(BASE.splitlines(keepends=True)[:2])), (links, "mandate,topic\na-1,security\n")]
    now = [*less, (RETIRED, NONE_RETIRED + "a-2.1,a-2,mandates,,\n"), *ledgers]
    assert change(tmp_path, base, now, PROMISES).findings == ()


def test_a_reference_to_a_row_that_is_gone_is_told_to_be_as_it_was(tmp_path):
    key = [{"fields": ["mandate"], "reference": {"resource": "mandates", "fields": ["id"]}}]
    items = resource("items", [field("id"), field("mandate")], primaryKey=["id"], foreignKeys=key)
    of_items = (items, "id,mandate\ni-1,a-1\ni-2,a-2\n")
    ledgers = [(CORRECTIONS, NO_CORRECTIONS), (RETIRED, NONE_RETIRED)]
    gone = (MANDATES, "".join(BASE.splitlines(keepends=True)[:2]))
    found = change(tmp_path, [(MANDATES, BASE), of_items, *ledgers], [gone, of_items, *ledgers], PROMISES).findings
    assert codes(found) == ["MD703 a-2", "MD401 i-2 mandate"]
    assert found[1].mend == (
        "The cell is as it was published; the row that it names is gone or has another key. Put that row back, or "
        "correct the reference too."
    )


def test_an_identifier_that_was_retired_before_warns_when_it_is_used_again(tmp_path):
    retired = "a-3.1,a-3,mandates,,\n"
    now = BASE + f"a-3,mandate,{THIRD},3\n"
    (found,) = promised(tmp_path, MANDATES, BASE, now, retired=(retired, retired))
    assert (found.code, found.severity, found.line, found.field) == ("MD705", "warning", 4, "id")
    assert found.message == '"a-3" was retired before, and names a row again.'


def test_a_row_with_another_content_warns_beside_what_is_wrong_with_its_cells(tmp_path):
    found = promised(tmp_path, MANDATES, BASE, BASE.replace(OTHER, THIRD))
    assert codes(found) == ["MD705 a-2 id", "MD706 a-2 text"]
    assert found[0].message == f'"a-2" named a row with another content: its text was "{OTHER}".'


def test_an_edited_text_is_no_other_content(tmp_path):
    edited = TEXT.replace("in all its forms and", "of every kind, and we")
    assert codes(promised(tmp_path, MANDATES, BASE, BASE.replace(TEXT, f'"{edited}"'))) == ["MD706 a-1 text"]


def test_a_package_that_promises_nothing_is_only_warned_that_rows_are_gone(tmp_path):
    now = "".join(BASE.splitlines(keepends=True)[:2])
    (found,) = promised(tmp_path, MANDATES, BASE, now, own={})
    assert (found.code, found.severity, found.count) == ("MD707", "warning", 1)
    assert found.message == 'The row "a-2" of the base revision is gone.'


def test_a_package_that_promises_nothing_is_told_under_which_key_a_row_stands_now(tmp_path):
    (found,) = promised(tmp_path, MANDATES, BASE, BASE.replace("a-2", "a-20"), own={})
    assert found.code == "MD707"
    assert found.message == (
        'The row "a-2" of the base revision is gone; all other cells of "a-2" stand under "a-20" now.'
    )


# -- History ----------------------------------------------------------------------------------------------------------

RELEASED = correction("older", TEXT, version="0.1.0")


def test_a_released_row_that_was_changed_is_history_rewritten(tmp_path):
    rows = RELEASED, RELEASED.replace("why", "because")
    (found,) = promised(tmp_path, MANDATES, BASE, BASE, corrections=rows)
    assert (found.code, found.severity, found.resource, found.row_key) == (
        "MD708",
        "error",
        "corrections",
        "a-1.text.1",
    )
    assert (found.field, found.seen, found.fix) == ("reason", "because", "why")


def test_a_released_row_that_is_gone_is_history_rewritten(tmp_path):
    (found,) = promised(tmp_path, MANDATES, BASE, BASE, corrections=(RELEASED, ""))
    assert (found.code, found.row_key, found.message) == (
        "MD708", "a-1.text.1", 'The released row "a-1.text.1" is gone.',
    )  # fmt: skip


def test_a_released_row_with_another_key_is_history_rewritten(tmp_path):
    rows = RELEASED, RELEASED.replace("a-1.text.1", "a-1.text.7")
    assert codes(promised(tmp_path, MANDATES, BASE, BASE, corrections=rows)) == ["MD708 a-1.text.1"]


def test_a_retirement_that_was_released_stays(tmp_path):
    rows = "z.1,z,mandates,0.1.0,\n", ""
    assert codes(promised(tmp_path, MANDATES, BASE, BASE, retired=rows)) == ["MD708 z.1"]


def test_a_row_that_is_not_released_yet_may_be_changed_and_may_go(tmp_path):
    rows = (
        correction("older", TEXT) + correction("old", OTHER, row="a-2"),
        correction("older", TEXT).replace("why", "x"),
    )
    assert promised(tmp_path, MANDATES, BASE, BASE, corrections=rows) == ()


RELEASES = resource("releases", [field("version"), field("sha256")], primaryKey=["version"])
OF_RELEASES = "version,sha256\n0.1.0,abc\n0.2.0,def\n"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (OF_RELEASES.replace("abc", "xyz"), ["MD708 0.1.0 sha256"]),
        (OF_RELEASES.replace("def", "xyz"), []),
        (OF_RELEASES.replace("0.2.0,def\n", ""), ["MD708 0.2.0"]),
        (OF_RELEASES + "0.3.0,ghi\n", []),
    ],
    ids=["an older one", "the one at hand", "gone", "a new one"],
)
def test_what_is_said_of_a_release_stays_but_for_the_version_at_hand(tmp_path, now, expected):
    own = {"bookkeeping": ["releases"]}
    base = committed(tmp_path, (RELEASES, OF_RELEASES), own=own)
    write_package(tmp_path, (RELEASES, now), own=own)
    path = base / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"version": "0.2.0"}), encoding="utf-8")
    assert codes(validate(tmp_path, against="main").findings) == expected


def test_damage_in_a_released_row_is_damage(tmp_path):
    rows = RELEASED.replace("why", "007"), RELEASED.replace("why", "7")
    assert codes(promised(tmp_path, MANDATES, BASE, BASE, corrections=rows)) == ["MD701 a-1.text.1 reason"]


# -- Promises that cannot be kept -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("corrections", {"table": "no"}, '`mandates_data.corrections` names the table "no", which is not there.'),
        ("corrections", {}, "`mandates_data.corrections` names no table."),
        ("retired_ids", 7, "`mandates_data.retired_ids` names no table."),
        (
            "retired_ids", "mandates",
            '`mandates_data.retired_ids` names the table "mandates", which has no column "retired_id".',
        ),
    ],
)  # fmt: skip
def test_a_ledger_that_is_not_there_is_a_warning(tmp_path, name, value, said):
    (found,) = promised(tmp_path, MANDATES, BASE, BASE, own={**PROMISES, name: value})
    assert (found.code, found.severity, found.path, found.message) == ("MD711", "warning", "datapackage.json", said)


def test_a_promise_is_not_undone_by_taking_it_out_of_the_descriptor(tmp_path):
    tables = [(CORRECTIONS, NO_CORRECTIONS), (RETIRED, NONE_RETIRED)]
    report = change(tmp_path, [(MANDATES, BASE), *tables], [(MANDATES, EDITED), *tables], PROMISES, after=None)
    assert codes(report.findings) == ["MD706 a-1 text"]
