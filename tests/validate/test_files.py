"""What is wrong with a table's file, and which findings it silences."""

import pytest
from small_packages import field, findings_in, places, report_on, resource

TWO = [field("city"), field("country", constraints={"enum": ["USA", "CHL"]})]


def test_one_wrong_encoding_is_one_finding(tmp_path):
    rows = "".join(f"Bogotá {n},COL\n" for n in range(400))
    found = findings_in(tmp_path, TWO, ("city,country\n" + rows).encode("cp1252"))
    assert places(found) == ["MD105 2:-"]
    assert found[0].message == "Some bytes are no utf-8: e1."


def test_one_wrong_delimiter_is_one_finding(tmp_path):
    found = findings_in(tmp_path, TWO, "city;country\nMiami;XXX\nLima;YYY\n")
    assert [one.message for one in found] == ["The columns are separated by semicolons, where commas are expected."]


@pytest.mark.parametrize("sign", [";", "\t", "|"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_another_delimiter_is_the_cause_where_every_name_stands_in_quotation_marks_too(tmp_path, sign, mark):
    lines = [sign.join(f'"{cell}"' for cell in line) for line in (("id", "name"), ("1", "Peace, security"))]
    content = (mark + "\n".join(lines) + "\n").encode()
    found = findings_in(tmp_path, [field("id"), field("name")], content, primaryKey=["id"])
    assert "MD114" in [one.code for one in found]
    assert "MD111" not in [one.code for one in found]


def test_text_after_a_quotation_mark_in_a_header_with_the_right_delimiter_is_told_as_such(tmp_path):
    found = findings_in(tmp_path, [field("id"), field("name")], b'"id"x,name\n1,a\n', primaryKey=["id"])
    assert [(one.code, one.line) for one in found] == [("MD111", 1)]


def test_an_unclosed_quote_is_told_where_its_row_begins(tmp_path):
    found = findings_in(tmp_path, TWO, 'city,country\nMiami,USA\n"Santiago,CHL\nLima,PER\nQuito,ECU\n')
    assert places(found) == ["MD110 3:-"]


def test_cells_before_a_fatal_flaw_are_still_judged(tmp_path):
    found = findings_in(tmp_path, TWO, 'city,country\nMiami,XXX\n"Santiago"x,CHL\n')
    assert places(found) == ["MD226 2:B", "MD111 3:-"]


def test_several_blank_lines_are_one_finding_with_a_count(tmp_path):
    (found,) = findings_in(tmp_path, TWO, "city,country\n\nMiami,USA\n\n\n")
    assert (found.code, found.line, found.count) == ("MD113", 2, 3)


@pytest.mark.parametrize(
    ("stated", "ends", "codes"),
    [
        (None, "\n", []),
        (None, "\r\n", []),
        (None, "\r", ["MD107"]),
        ("\n", "\r\n", ["MD107"]),
        ("\r\n", "\r\n", []),
        ("\r\n", "\n", ["MD107"]),
    ],
)
def test_line_ends_are_those_that_the_dialect_states(tmp_path, stated, ends, codes):
    dialect = {} if stated is None else {"lineTerminator": stated}
    found = findings_in(tmp_path, TWO, "city,country\nMiami,USA\n".replace("\n", ends), dialect=dialect)
    assert [one.code for one in found] == codes


@pytest.mark.parametrize(
    ("match", "header", "codes"),
    [
        ("exact", "a,b,c", []),
        ("exact", "b,a,c", ["MD119"]),
        ("exact", "a,b", ["MD116"]),
        ("exact", "a,b,c,d", ["MD117"]),
        ("exact", "a,b,x", ["MD118"]),
        ("exact", "a,b,x,y", ["MD116", "MD117", "MD117"]),
        ("equal", "c,a,b", []),
        ("equal", "c,a", ["MD116"]),
        ("equal", "c,a,b,d", ["MD117"]),
        ("subset", "c,x,a,b", []),
        ("subset", "a,b", ["MD116"]),
        ("superset", "b", []),
        ("superset", "c,b", []),
        ("superset", "b,x", ["MD117"]),
        ("partial", "x,c", []),
        ("partial", "x,y", ["MD115"]),
        ("partial", "a,a,b", ["MD120"]),
    ],
)
def test_the_header_fits_the_schema_in_the_way_that_it_states(tmp_path, match, header, codes):
    row = ",".join("1" for _ in header.split(","))
    fields = [field(name) for name in "abc"]
    found = findings_in(tmp_path, fields, f"{header}\n{row}\n", fieldsMatch=match)
    assert sorted(one.code for one in found) == codes


def test_columns_that_moved_are_judged_by_their_names(tmp_path):
    found = findings_in(tmp_path, [field("n", "integer"), field("city")], "city,n\nMiami,x\n")
    assert places(found) == ["MD119 1:A", "MD202 2:B"]


def test_a_column_that_may_be_away_must_be_there_when_every_row_needs_it(tmp_path):
    fields = [field("a"), field("b", constraints={"required": True})]
    assert places(findings_in(tmp_path, fields, "a\n1\n", fieldsMatch="superset")) == ["MD116 1:-"]


def test_a_table_without_a_header_is_read_by_position(tmp_path):
    fields = [field("city"), field("n", "integer")]
    found = findings_in(tmp_path, fields, "Miami,1\nLima,x\nQuito\n", dialect={"header": False})
    assert places(found) == ["MD202 2:B", "MD301 3:-"]


def test_findings_stand_in_the_order_of_tables_and_lines(tmp_path):
    one = resource("one", [field("n", "integer")]), "n\nx\n1\ny\n"
    two = resource("two", [field("n", "integer")]), "n\nz\n"
    report = report_on(tmp_path, two, one)
    assert [(found.resource, found.line) for found in report.findings] == [("two", 2), ("one", 2), ("one", 4)]


CANONICAL = {"canonical": True}


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ('id,x\n1,a\n2,"b,c"\n', []),
        ('id,x\n1,"a"\n2,b\n', ["MD141 2:-"]),
        ('"id",x\n1,a\n', ["MD141 1:-"]),
        ("id,x\n1,a\n3,b\n2,c\n", ["MD142 4:-"]),
        ('id,x\n1,"a\nb"\n2,c\n', ["MD143 2:-"]),
        ("id,x\n1,a", ["MD109 2:-"]),
        ("id,x\r\n1,a\r\n", ["MD107 -:-"]),
        ("id,x\n2,a\n1\n", ["MD301 3:-"]),
    ],
)
def test_a_promise_of_canonical_form_is_held(tmp_path, content, expected):
    found = findings_in(tmp_path, [field("id"), field("x")], content, own=CANONICAL, primaryKey=["id"])
    assert places(found) == expected
