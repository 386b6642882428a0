"""`--against`: changed cells, with what the base knows of them."""

import pytest
from contributions import change, change_of, codes, promised
from small_packages import field, resource

SUMMITS = resource(
    "summits",
    [field("id"), field("code"), field("day", "date"), field("text"), field("seats", "number")],
    primaryKey=["id"],
)
HEADER = "id,code,day,text,seats\n"
BASE = HEADER + "miami,007,2009-04-19,We condemn terrorism,12.5\nlima,010,2018-04-13,We reaffirm,8\n"


def now(old, new):
    assert BASE.count(old) == 1
    return BASE.replace(old, new)


def test_a_package_that_did_not_change_has_no_findings(tmp_path):
    assert change_of(tmp_path, SUMMITS, BASE, BASE) == ()


def test_rows_in_another_order_are_no_change(tmp_path):
    header, first, second = BASE.splitlines(keepends=True)
    assert change_of(tmp_path, SUMMITS, BASE, header + second + first) == ()


def test_a_cell_that_a_program_changed_is_damage_and_its_original_is_the_fix(tmp_path):
    (found,) = change_of(tmp_path, SUMMITS, BASE, now("007", "7"))
    assert (found.code, found.severity) == ("MD701", "error")
    assert (found.resource, found.path, found.line, found.column_letter) == ("summits", "summits.csv", 2, "B")
    assert (found.row_key, found.field, found.seen, found.fix) == ("miami", "code", "7", "007")
    assert found.message.startswith('"7" has lost its leading zeros')
    assert found.mend == "The published value is 007. Keep it."
    assert found.cause == "leading-zeros-lost"


def test_what_a_person_may_have_meant_as_well_is_a_question(tmp_path):
    base = BASE.replace("miami,", "quebec,").replace("We condemn terrorism", "Québec")
    (found,) = change_of(tmp_path, SUMMITS, base, base.replace("Québec", "Quebec"))
    assert (found.code, found.severity, found.fix) == ("MD702", "warning", None)
    assert found.message == '"Quebec" has lost its accent.'
    assert found.mend == "The published value is Québec. Keep it. If you did mean to change it, leave it as it is."


def test_a_correction_by_a_person_is_no_damage(tmp_path):
    assert change_of(tmp_path, SUMMITS, BASE, now("We condemn terrorism", "We condemn all terrorism")) == ()


def test_a_finding_on_a_changed_cell_names_the_published_value(tmp_path):
    (found,) = change_of(tmp_path, SUMMITS, BASE, now("2009-04-19", "04/06/2009"))
    assert found.code == "MD204"
    assert found.message == '"04/06/2009" could mean 4 June or 6 April.'
    assert found.mend == "The published value is 2009-04-19. Keep it, or write your new date as YYYY-MM-DD."
    assert found.fix is None


def test_a_finding_on_a_cell_as_it_was_published_stays_as_it_is(tmp_path):
    base = BASE.replace("2018-04-13", "13 April")
    (found,) = change_of(tmp_path, SUMMITS, base, base.replace("We reaffirm", "We affirm"))
    assert found.code == "MD204"
    assert "published" not in found.mend


def test_damage_that_breaks_a_rule_too_is_one_finding_with_its_cause_and_fix(tmp_path):
    fields = [field("id"), field("code", constraints={"pattern": "[0-9]{3}", "minLength": 2})]
    described = resource("t", fields, primaryKey=["id"])
    (found,) = change_of(tmp_path, described, "id,code\na,007\n", "id,code\na,7\n")
    assert found.code == "MD221"
    assert found.message.endswith(" It has lost its leading zeros, as a spreadsheet drops them.")
    assert found.mend.startswith("The published value is 007. Keep it")
    assert (found.fix, found.cause) == ("007", "leading-zeros-lost")


def test_damage_to_a_reference_is_one_finding(tmp_path):
    key = [{"fields": ["other"], "reference": {"fields": ["id"]}}]
    described = resource("t", [field("id"), field("other")], primaryKey=["id"], foreignKeys=key)
    (found,) = change_of(tmp_path, described, "id,other\n007,\nb,007\n", "id,other\n007,\nb,7\n")
    assert (found.code, found.field, found.fix) == ("MD401", "other", "007")
    assert "leading zeros" in found.message


def test_an_emptied_cell_that_needs_a_value_names_the_published_one(tmp_path):
    described = resource("t", [field("id"), field("n", constraints={"required": True})], primaryKey=["id"])
    (found,) = change_of(tmp_path, described, "id,n\na,Miami Beach\n", "id,n\na,\n")
    assert found.code == "MD201"
    assert found.mend.startswith('The published value is "Miami Beach". Keep it, or write the value.')


def test_a_cell_that_was_empty_says_so(tmp_path):
    described = resource("t", [field("id"), field("n", "integer")], primaryKey=["id"])
    (found,) = change_of(tmp_path, described, "id,n\na,\n", "id,n\na,many\n")
    assert found.mend.startswith("The published cell is empty. Leave it so, or mend yours. ")


def test_a_long_text_is_quoted_where_it_differs(tmp_path):
    long = " ".join(f"word{n}" for n in range(200))
    described = resource("t", [field("id"), field("text", constraints={"maxLength": len(long)})], primaryKey=["id"])
    base = f"id,text\na,{long}\n"
    (found,) = change_of(tmp_path, described, base, base.replace("word100", "word100 and more"))
    assert found.code == "MD222"
    assert "word99 word100 word101" in found.mend
    assert len(found.mend) < 250


def test_a_change_in_one_cell_leaves_findings_on_other_cells_alone(tmp_path):
    base = BASE.replace("12.5", "twelve")
    found = change_of(tmp_path, SUMMITS, base, base.replace("007", "7"))
    assert codes(found) == ["MD701 miami code", "MD203 miami seats"]
    assert "published" not in found[1].mend


def test_a_new_row_is_judged_without_a_base(tmp_path):
    found = change_of(tmp_path, SUMMITS, BASE, BASE + "quito,7,soon,New,1\n")
    assert codes(found) == ["MD204 quito day"]
    assert "published" not in found[0].mend


def test_a_column_whose_type_changed_is_not_held_against_its_old_cells(tmp_path):
    before = resource("t", [field("id"), field("code")], primaryKey=["id"])
    after = resource("t", [field("id"), field("code", "integer")], primaryKey=["id"])
    report = change(tmp_path, [(before, "id,code\na,007\n")], [(after, "id,code\na,7\n")])
    assert report.findings == ()


def test_a_table_without_a_key_has_no_oracle(tmp_path):
    described = resource("t", [field("id"), field("code")])
    assert change_of(tmp_path, described, "id,code\na,007\n", "id,code\na,7\n") == ()


@pytest.mark.parametrize("cell", ['"7\n"', '"two\nlines"'])
def test_lines_are_those_of_the_cell_after_a_line_break(tmp_path, cell):
    described = resource("t", [field("id"), field("note"), field("code")], primaryKey=["id"])
    base = f"id,note,code\na,{cell},007\nb,{cell},008\n"
    found = change_of(tmp_path, described, base, base.replace("008", "8"))
    assert [(one.code, one.line, one.fix) for one in found] == [("MD701", 5, "008")]


def test_the_finding_of_a_cell_after_a_line_break_is_matched_to_its_row(tmp_path):
    described = resource("t", [field("id"), field("note"), field("n", "integer")], primaryKey=["id"])
    base = 'id,note,n\na,"two\nlines",1\nb,,2\n'
    (found,) = change_of(tmp_path, described, base, base.replace(",1\n", ",one\n"))
    assert (found.code, found.line, found.row_key) == ("MD202", 3, "a")
    assert found.mend.startswith("The published value is 1. ")


def test_what_was_written_down_as_a_correction_is_no_damage(tmp_path):
    row = "miami.code.1,summits,miami,code,007,7,The page prints 7.,\n"
    assert promised(tmp_path, SUMMITS, BASE, now("007", "7"), corrections=("", row)) == ()


def test_damage_in_a_package_with_a_ledger_names_the_way_for_those_who_meant_it(tmp_path):
    (found,) = promised(tmp_path, SUMMITS, BASE, now("007", "7"))
    assert found.code == "MD701"
    assert found.mend.endswith("If you did mean to change it, add a row to corrections.csv.")
