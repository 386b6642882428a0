"""Keys and references: which rows are there twice, and which are named but not there."""

import pytest
from small_packages import field, findings_in, places, report_on, resource

AB = [field("a"), field("b")]


def test_a_key_that_stands_twice_names_the_first_line(tmp_path):
    (found,) = findings_in(tmp_path, AB, "a,b\nx,1\ny,2\nx,3\n", primaryKey=["a"])
    assert (found.code, found.line, found.row_key) == ("MD305", 4, "x")
    assert found.message == '"x" stands in a on line 2 already.'


def test_keys_are_equal_when_their_typed_values_are(tmp_path):
    found = findings_in(tmp_path, [field("n", "integer")], "n\n7\n8\n07\n+8\n", primaryKey=["n"])
    assert places(found) == ["MD305 4:A", "MD305 5:A"]


def test_a_key_of_two_parts_is_judged_whole(tmp_path):
    found = findings_in(tmp_path, AB, "a,b\nx,1\nx,2\ny,1\nx,1\n", primaryKey=["a", "b"])
    assert places(found) == ["MD305 5:A"]
    assert found[0].row_key == "x/1"


def test_each_missing_part_of_a_key_is_told(tmp_path):
    found = findings_in(tmp_path, [*AB, field("c")], "a,b,c\nx,,1\n,,1\nx,,1\n", primaryKey=["a", "b"])
    assert places(found) == ["MD304 2:B", "MD304 3:A", "MD304 3:B", "MD304 4:B"]


def test_missing_values_are_not_compared_in_unique_fields_and_keys(tmp_path):
    fields = [field("a", constraints={"unique": True}), field("b"), field("c")]
    content = "a,b,c\n,x,\n,x,\n1,x,y\n1,x,y\n"
    found = findings_in(tmp_path, fields, content, uniqueKeys=[["b", "c"]])
    assert places(found) == ["MD303 5:A", "MD306 5:B"]


def test_a_key_that_stands_twice_in_different_batches_is_found(tmp_path):
    rows = "".join(f"k{n}\n" for n in range(9000))
    found = findings_in(tmp_path, [field("a")], f"a\n{rows}k5\n", primaryKey=["a"])
    assert places(found) == ["MD305 9002:A"]


PARENT = resource("parents", [field("id", "integer"), field("kind")], primaryKey=["id"])


def child(**more):
    key = {"fields": ["parent"], "reference": {"resource": "parents", "fields": ["id"]}}
    return resource("children", [field("name"), field("parent", "integer")], foreignKeys=[key], **more)


@pytest.mark.parametrize("parent_first", [True, False])
def test_a_reference_finds_its_row_whichever_table_comes_first(tmp_path, parent_first):
    tables = [(PARENT, "id,kind\n1,a\n2,b\n"), (child(), "name,parent\nx,01\ny,3\nz,\n")]
    report = report_on(tmp_path, *(tables if parent_first else tables[::-1]))
    assert places(report.findings) == ["MD401 3:B"]
    assert report.findings[0].message == '"3" names no row of parents (id).'


def test_a_reference_to_the_same_table_may_point_forward(tmp_path):
    key = {"fields": ["parent"], "reference": {"fields": ["id"]}}
    fields = [field("id"), field("parent")]
    found = findings_in(tmp_path, fields, "id,parent\na,b\nb,\nc,d\n", primaryKey=["id"], foreignKeys=[key])
    assert places(found) == ["MD401 4:B"]
    assert found[0].message == '"d" names no row of this table (id).'


def test_two_tables_may_refer_to_each_other(tmp_path):
    def side(name, other):
        key = {"fields": ["other"], "reference": {"resource": other, "fields": ["id"]}}
        return resource(name, [field("id"), field("other")], primaryKey=["id"], foreignKeys=[key])

    one = side("one", "two"), "id,other\na,x\nb,q\n"
    two = side("two", "one"), "id,other\nx,a\ny,b\n"
    report = report_on(tmp_path, one, two)
    assert [(found.resource, found.code, found.line) for found in report.findings] == [("one", "MD401", 3)]


def test_a_half_empty_reference_is_told_and_an_empty_one_is_not(tmp_path):
    target = resource("t1", AB, primaryKey=["a", "b"]), "a,b\nx,1\n"
    key = {"fields": ["a", "b"], "reference": {"resource": "t1", "fields": ["a", "b"]}}
    source = resource("t2", [field("id"), *AB], foreignKeys=[key]), "id,a,b\n1,x,1\n2,,\n3,x,\n4,,1\n5,x,2\n"
    report = report_on(tmp_path, target, source)
    assert places(report.findings) == ["MD402 4:C", "MD402 5:B", "MD401 6:B"]


def test_a_table_that_cannot_be_read_does_not_make_every_reference_to_it_wrong(tmp_path):
    report = report_on(tmp_path, (PARENT, 'id,kind\n1,"a\n'), (child(), "name,parent\nx,1\ny,2\n"))
    assert places(report.findings) == ["MD110 2:-"]


def test_a_row_that_lost_a_cell_can_still_be_referred_to(tmp_path):
    report = report_on(tmp_path, (PARENT, "id,kind\n1\n"), (child(), "name,parent\nx,1\n"))
    assert places(report.findings) == ["MD301 2:-"]


def test_a_cell_of_another_type_is_not_a_broken_reference_too(tmp_path):
    report = report_on(tmp_path, (PARENT, "id,kind\n1,a\n"), (child(), "name,parent\nx,one\n"))
    assert places(report.findings) == ["MD202 2:B"]


def test_a_near_miss_of_a_reference_is_asked_about(tmp_path):
    key = {"fields": ["summit"], "reference": {"resource": "summits", "fields": ["id"]}}
    target = resource("summits", [field("id")], primaryKey=["id"]), "id\n1994-miami\n2001-quebec\n"
    source = resource("documents", [field("summit")], foreignKeys=[key]), "summit\n1994-maimi\n"
    (found,) = report_on(tmp_path, target, source).findings
    assert found.mend == 'Did you mean "1994-miami"?'


def test_deeply_nested_json_can_be_a_key(tmp_path):
    deep = "[" * 900 + "]" * 900
    found = findings_in(tmp_path, [field("a", "array")], f"a\n{deep}\n[1]\n[ 1 ]\n", primaryKey=["a"])
    assert places(found) == ["MD305 4:A"]
