"""What is wrong with a cell, and in which words."""

import pytest
from small_packages import field, findings_in, places

ID = field("id")


def found_in_cell(folder, described, text):
    quoted = '"' + text.replace('"', '""') + '"'
    return findings_in(folder, [ID, described], f"id,{described['name']}\nr1,{quoted}\n", primaryKey=["id"])


def test_a_date_with_two_readings_is_told_so(tmp_path):
    (found,) = found_in_cell(tmp_path, field("adopted_on", "date"), "04/06/2009")
    assert found.message == '"04/06/2009" could mean 4 June or 6 April.'
    assert found.mend == "Write the date as YYYY-MM-DD."
    assert found.fix is None
    assert (found.line, found.column_letter, found.field, found.row_key) == (2, "B", "adopted_on", "r1")
    assert found.seen == "04/06/2009"
    assert found.expected == "a date written YYYY-MM-DD, such as 2009-04-19"


@pytest.mark.parametrize(
    ("kind", "text", "message", "fix"),
    [
        ("date", "19/04/2009", '"19/04/2009" is not written as YYYY-MM-DD.', "2009-04-19"),
        ("date", "4/4/2009", '"4/4/2009" is not written as YYYY-MM-DD.', "2009-04-04"),
        ("date", "31/31/2009", '"31/31/2009" is no day that the calendar has.', None),
        ("date", "2009-02-30", '"2009-02-30" is not a date.', None),
        ("integer", " 7 ", '" 7 " has spaces or line breaks around it.', "7"),
        ("integer", "n/a", '"n/a" is not a whole number.', ""),
        ("integer", "1_000", '"1_000" is not a whole number.', None),
        ("number", "3,5", '"3,5" has a decimal comma, as a spreadsheet in some languages writes it.', "3.5"),
        ("number", "1,234", '"1,234" could mean "1234" or "1.234".', None),
        ("number", "12 apples", '"12 apples" is not a number.', None),
        ("integer", "1.234", '"1.234" has got marks between its thousands, as a spreadsheet shows them.', "1234"),
        ("integer", "7.0", '"7.0" has got decimals that a program put there.', "7"),
        (
            "integer",
            "1.23E+15",
            '"1.23E+15" is the number as a spreadsheet shortens it, with an E and lost digits.',
            None,
        ),
        ("integer", "7\xa0", '"7\\xa0" has non-breaking or other special spaces where plain ones stood.', "7"),
        ("date", "35904", '"35904" is the date as a spreadsheet counts it, in days.', "1998-04-19"),
        ("date", "19-Apr-1998", '"19-Apr-1998" is the date as a spreadsheet rewrites it.', "1998-04-19"),
        ("date", "19-Apr-98", '"19-Apr-98" could mean "1998-04-19" or "2098-04-19".', None),
        (
            "datetime",
            "26/01/2024 15:00",
            '"26/01/2024 15:00" is the date as a spreadsheet rewrites it.',
            "2024-01-26T15:00:00",
        ),
        ("yearmonth", "Dec-1994", '"Dec-1994" is the date as a spreadsheet rewrites it.', "1994-12"),
        ("time", "3:05 PM", '"3:05 PM" is the time as a spreadsheet rewrites it.', "15:05:00"),
        ("boolean", "VERDADERO", '"VERDADERO" is the word for yes or no as a program rewrites it.', "true"),
        ("date", "#REF!", '"#REF!" is the error that a spreadsheet shows where it cannot calculate.', None),
        ("boolean", "ja", '"ja" is not one of the words for yes and no.', None),
    ],
)
def test_a_cell_of_another_type_is_told_in_plain_words(tmp_path, kind, text, message, fix):
    (found,) = found_in_cell(tmp_path, field("x", kind), text)
    assert (found.message, found.fix) == (message, fix)


@pytest.mark.parametrize(
    ("described", "good", "bad", "code"),
    [
        (field("x", constraints={"minLength": 2}), "éé", "é", "MD221"),
        (field("x", "array", constraints={"maxLength": 1}), "[1]", "[1, 2]", "MD222"),
        (field("x", "integer", constraints={"minimum": 2}), "2", "1", "MD223"),
        (field("x", "integer", constraints={"exclusiveMinimum": 2}), "3", "2", "MD223"),
        (field("x", "number", constraints={"maximum": "1.5"}), "1.50", "1.51", "MD224"),
        (field("x", "number", constraints={"maximum": 1}), "-INF", "NaN", "MD224"),
        (field("x", "number", constraints={"exclusiveMaximum": 1}), "0.999", "1.0", "MD224"),
        (field("x", "date", constraints={"minimum": "1994-12-09"}), "1994-12-09", "1994-12-08", "MD223"),
        (field("x", "yearmonth", constraints={"maximum": "2001-04"}), "2001-04", "2001-05", "MD224"),
        (field("x", "duration", constraints={"maximum": "P1M"}), "P27D", "P32D", "MD224"),
        (
            field("x", "datetime", constraints={"minimum": "2001-01-01T12:00:00Z"}),
            "2001-01-01T12:00:00",
            "2001-01-01T12:00:00+01:00",
            "MD223",
        ),
        (field("x", constraints={"pattern": "cat|dog"}), "dog", "dogs", "MD225"),
        (field("x", constraints={"pattern": "a.*"}), "abc", "abc\n", "MD225"),
        (field("x", constraints={"pattern": "a.*"}), "abc", "xabc", "MD225"),
        (field("x", "integer", constraints={"enum": [1, "2"]}), "02", "3", "MD226"),
        (field("x", "object", constraints={"enum": [{"a": 1}]}), '{"a": 1}', "{}", "MD226"),
        (field("x", "integer", categories=[{"value": 0, "label": "no"}]), "0", "1", "MD227"),
        (field("x", "boolean", constraints={"enum": [True]}), "1", "0", "MD226"),
    ],
)
def test_what_the_schema_asks_is_held_on_the_typed_value(tmp_path, described, good, bad, code):
    assert found_in_cell(tmp_path / "good", described, good) == ()
    assert [one.code for one in found_in_cell(tmp_path / "bad", described, bad)] == [code]


def test_all_that_is_wrong_with_a_value_is_told(tmp_path):
    described = field("x", constraints={"minLength": 3, "pattern": "[a-z]+", "enum": ["abc"]})
    assert [one.code for one in found_in_cell(tmp_path, described, "1")] == ["MD221", "MD225", "MD226"]


def test_a_value_of_another_type_is_judged_no_further(tmp_path):
    described = field("x", "integer", constraints={"minimum": 5, "enum": [5]})
    assert [one.code for one in found_in_cell(tmp_path, described, "four")] == ["MD202"]


def test_a_near_miss_is_asked_about(tmp_path):
    (found,) = found_in_cell(tmp_path, field("role", constraints={"enum": ["mandate", "preamble"]}), "preambel")
    assert found.message == '"preambel" is not among the values allowed: mandate, preamble.'
    assert found.mend == 'Did you mean "preamble"?'


def test_spaces_that_spoil_a_form_are_named(tmp_path):
    described = field("code", example="USA", constraints={"pattern": "[A-Z]{3}"})
    (found,) = found_in_cell(tmp_path, described, "USA ")
    assert (found.message, found.fix) == ('"USA " has spaces or line breaks around it.', "USA")


def test_missing_values_are_those_that_the_schema_lists(tmp_path):
    described = field("x", "integer", missingValues=["-"], constraints={"required": True})
    content = "id,x\na,-\nb,\nc,1\n"
    found = findings_in(tmp_path, [ID, described], content)
    assert places(found) == ["MD201 2:B", "MD202 3:B"]
    assert found[0].message == '"-" stands for a missing value, and every row needs a value here.'


def test_a_cell_after_a_line_break_is_told_on_its_own_line(tmp_path):
    fields = [field("a"), field("n", "integer")]
    found = findings_in(tmp_path, fields, 'a,n\n"two\nlines",x\none,y\n')
    assert places(found) == ["MD202 3:B", "MD202 4:B"]


def test_every_finding_is_told_however_many_there_are(tmp_path):
    rows = "".join("x\n" for _ in range(11_000))
    found = findings_in(tmp_path, [field("n", "integer")], "n\n" + rows)
    assert len(found) == 11_000
    assert [one.line for one in found] == list(range(2, 11_002))
    assert {one.code for one in found} == {"MD202"}


def test_a_type_that_does_not_exist_is_told_once_and_leaves_the_cells_alone(tmp_path):
    assert {one.code for one in findings_in(tmp_path, [field("n", "money")], "n\nx\ny\n")} == {"MD565"}
