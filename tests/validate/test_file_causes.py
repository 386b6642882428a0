"""What was done to a whole file is one finding, and silences all that it brings about."""

import io
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_packages import field, findings_in, places, report_on, resource, write_package

from mandates_data.validate import run, table, workers

ID = field("id", example="p-1", constraints={"pattern": "[a-z]-[0-9]+", "required": True})
FIELDS = [ID, field("n", "integer", constraints={"minimum": 1}), field("name")]
KEY = {"primaryKey": ["id"]}
ROWS = ["p-1,10,Miami", "p-2,20,Lima", "p-3,30,Quito"]
HEADER = "id,n,name"


def found_in(folder, lines, **more):
    return findings_in(folder, FIELDS, "\n".join(lines) + "\n", **(KEY | more))


def test_a_sound_table_has_no_finding(tmp_path):
    assert found_in(tmp_path, [HEADER, *ROWS]) == ()


@pytest.mark.parametrize("name", ["", "Unnamed: 0", "index", "X", "...1"])
@pytest.mark.parametrize("first", [0, 1])
def test_a_column_that_counts_the_rows_is_one_finding(tmp_path, name, first):
    rows = [f"{n},{row}" for n, row in enumerate(ROWS, first)]
    (found,) = found_in(tmp_path, [f"{name},{HEADER}", *rows])
    assert (found.code, found.line, found.column_letter) == ("MD121", 1, "A")


def test_the_other_columns_are_judged_where_they_stand(tmp_path):
    rows = [f"{n},{row}" for n, row in enumerate([*ROWS, "p-4,x,Bogotá"])]
    assert places(found_in(tmp_path, ["," + HEADER, *rows])) == ["MD121 1:A", "MD202 5:C"]


def test_a_column_that_does_not_count_is_only_not_described(tmp_path):
    assert places(found_in(tmp_path, [f"index,{HEADER}", *[f"7,{row}" for row in ROWS]])) == ["MD117 1:A"]
    assert places(found_in(tmp_path / "b", [f"weight,{HEADER}", *[f"{n},{row}" for n, row in enumerate(ROWS)]])) == [
        "MD117 1:A"
    ]


def test_rows_that_are_counted_under_a_header_that_is_not_are_one_finding(tmp_path):
    rows = [f"{n},{row}" for n, row in enumerate(ROWS, 1)]
    (found,) = found_in(tmp_path, [HEADER, *rows])
    assert (found.code, found.line, found.count) == ("MD121", 2, 3)
    assert found.message == "A cell that only counts the rows stands before the others on lines 2, 3 and 4."


def test_empty_columns_at_the_end_are_one_finding(tmp_path):
    (found,) = found_in(tmp_path, [f"{HEADER},,", *[f"{row},," for row in ROWS]])
    assert (found.code, found.line, found.column_letter) == ("MD122", 1, "D")
    assert found.message == "2 empty columns stand after the last one."


def test_a_nameless_column_with_something_in_it_is_not_called_empty(tmp_path):
    found = found_in(tmp_path, [f"{HEADER},", *[f"{row},x" for row in ROWS]])
    assert places(found) == ["MD117 1:D"]


def test_empty_cells_after_the_last_column_are_one_finding_and_the_rows_are_judged(tmp_path):
    found = found_in(tmp_path, [HEADER, "p-1,x,Miami,,", "p-2,20,Lima", "p-3,30,Quito,"])
    assert places(found) == ["MD122 2:-", "MD202 2:B"]
    assert found[0].message == "Empty cells stand after the last column on lines 2 and 4."
    assert found[0].count == 2


def test_rows_of_commas_are_one_finding_with_their_first_lines(tmp_path):
    (found,) = found_in(tmp_path, [HEADER, *ROWS, *[",,"] * 9])
    assert (found.code, found.line, found.count) == ("MD123", 5, 9)
    assert found.message == "There are only commas on lines 5, 6, 7, 8, 9 and 4 more."


def test_rows_of_commas_of_any_width_are_no_rows(tmp_path):
    report = report_on(tmp_path, (resource("t", FIELDS, **KEY), "\n".join([HEADER, ",,", *ROWS, ",,,,", ""])))
    assert places(report.findings) == ["MD123 2:-"]
    assert report.rows == 3


def test_an_empty_value_in_a_table_of_one_column_is_a_row(tmp_path):
    assert findings_in(tmp_path, [field("a")], 'a\n""\nx\n') == ()


def test_numbered_identifiers_are_one_finding(tmp_path):
    (found,) = found_in(tmp_path, [HEADER, *[f"{n},{n}0,Miami" for n in range(1, 400)]])
    assert (found.code, found.line, found.column_letter, found.field) == ("MD124", 2, "A", "id")
    assert found.message == "The rows are numbered 1, 2, 3 … instead of having their identifiers."
    assert found.expected == "p-1"


def test_numbered_identifiers_silence_the_references_to_them(tmp_path):
    child = resource(
        "u", [field("of")], foreignKeys=[{"fields": ["of"], "reference": {"resource": "t", "fields": ["id"]}}]
    )
    parent = resource("t", FIELDS, **KEY), HEADER + "\n1,10,Miami\n2,20,Lima\n3,30,Quito\n"
    assert places(report_on(tmp_path, parent, (child, "of\np-1\np-2\n")).findings) == ["MD124 2:A"]


def test_identifiers_that_may_be_numbers_are_left_alone(tmp_path):
    fields = [field("id"), field("n", "integer")]
    assert findings_in(tmp_path, fields, "id,n\n1,1\n2,2\n3,3\n", **KEY) == ()


def test_a_merge_that_nobody_sorted_out_is_one_finding(tmp_path):
    lines = [
        HEADER,
        "<<<<<<< HEAD",
        ROWS[0],
        "p-2,20,Lima",
        "=======",
        ROWS[0],
        "p-2,21,Lima",
        ">>>>>>> branch",
        ROWS[2],
    ]
    (found,) = found_in(tmp_path, lines)
    assert (found.code, found.line, found.count) == ("MD125", 2, 1)
    assert found.message == "The marks of an unfinished merge stand on lines 2, 5 and 8."


def test_a_merge_in_the_header_is_one_finding(tmp_path):
    (found,) = found_in(tmp_path, ["<<<<<<< HEAD", HEADER, "=======", "id,n,title", ">>>>>>> branch", *ROWS])
    assert (found.code, found.line) == ("MD125", 1)


def test_the_header_again_is_one_finding(tmp_path):
    (found,) = found_in(tmp_path, [HEADER, ROWS[0], "", HEADER, ROWS[1], HEADER, ROWS[2]])
    assert (found.code, found.line, found.count) == ("MD126", 4, 2)
    assert found.message == "The header stands again on lines 4 and 6."


OTHER = resource("topics", [field("topic"), field("title")]), "topic,title\nsecurity,Security\n"


@pytest.mark.parametrize("gap", [[], ["", ""]])
def test_another_table_pasted_below_is_one_finding(tmp_path, gap):
    lines = [HEADER, *ROWS, *gap, "topic,title", "security,Security", '"a,b', "", "x,y,z,w"]
    report = report_on(tmp_path, (resource("t", FIELDS, **KEY), "\n".join(lines)), OTHER)
    line = 5 + len(gap)
    assert places(report.findings) == [f"MD126 {line}:-"]
    assert report.findings[0].message == (
        f"From line {line} on stands another table, topics. Nothing after it was checked."
    )
    assert report.tables[0].rows == 3


def test_a_row_of_totals_is_one_finding(tmp_path):
    (found,) = found_in(tmp_path, [HEADER, *ROWS, "Total,60,3 cities"])
    assert (found.code, found.line, found.seen) == ("MD130", 5, "Total")
    assert found.message == 'The row begins with "Total": it adds up the others.'
    (found,) = found_in(tmp_path / "short", [HEADER, *ROWS, "TOTAL:,60"])
    assert found.code == "MD130"


def test_a_total_that_keeps_all_rules_is_a_row_like_others(tmp_path):
    fields = [field("group"), field("n", "integer")]
    assert findings_in(tmp_path, fields, "group,n\nmen,1\nwomen,2\nTotal,3\n") == ()


@pytest.mark.parametrize(
    ("content", "code", "message"),
    [
        ("sep=;\nid;n;name\n", "MD129", 'The first line is "sep=;", a note to Excel, and no header.'),
        ("sep=,\nid,n,name\n", "MD129", 'The first line is "sep=", a note to Excel, and no header.'),
        ('"id,n,name"\n"p-1,10,Miami"\n', "MD134", 'The whole header stands in quotation marks: "id,n,name".'),
        ("<!doctype html>\n<html>", "MD127", "The file is a web page, not a table."),
        ("\n\n  <HTML><head>", "MD127", "The file is a web page, not a table."),
        ('<?xml version="1.0"?>\n<Workbook/>', "MD127", "The file is an XML file, not a table."),
        ('{"id": "p-1"}\n', "MD128", "The file holds JSON, not a table."),
        ("[\n{\n", "MD128", "The file holds JSON, not a table."),
        ("version https://git-lfs.github.com/spec/v1\n", "MD133", "The file is a pointer to the table, not the table."),
        (b"\x1f\x8b\x08\x00abc", "MD103", "The file holds a gzip archive, not text."),
        (b"%PDF-1.7\n", "MD103", "The file holds a PDF, not text."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "MD103", "The file holds an old Excel or Word file, not text."),
        ("id,n,name\np-1,10,Miami\n".encode("utf-16"), "MD105", "Some bytes are no utf-8: UTF-16."),
        ("id,n,name\np-1,10,Miami\n".encode("utf-16-le"), "MD105", "Some bytes are no utf-8: UTF-16."),
    ],
)  # fmt: skip
def test_a_file_that_is_no_table_is_one_finding(tmp_path, content, code, message):
    (found,) = findings_in(tmp_path, FIELDS, content, **KEY)
    assert (found.code, found.message) == (code, message)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("[Content_Types].xml", "an Excel workbook"),
        ("mimetype", "a LibreOffice spreadsheet"),
        ("Index/Document.iwa", "a Numbers spreadsheet"),
        ("t.csv", "a zip archive"),
    ],
)
def test_what_is_zipped_is_named(tmp_path, name, said):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(name, "application/vnd.oasis.opendocument.spreadsheet" if name == "mimetype" else "id,n\n")
    (found,) = findings_in(tmp_path, FIELDS, out.getvalue(), **KEY)
    assert (found.code, found.message) == ("MD103", f"The file holds {said}, not text.")


@pytest.mark.parametrize("header", ["[id],n,name", "{id},n,name", "PAR1,PAR2,name", "xl/,n,name", "version,n,name"])
def test_a_header_that_only_looks_like_another_format_is_a_header(tmp_path, header):
    names = header.split(",")
    assert findings_in(tmp_path, [field(name) for name in names], header + "\na,b,c\n") == ()


def test_a_file_of_windows_is_one_finding_that_says_so(tmp_path):
    content = "id,n,name\n" + "".join(f"p-{n},1,Bogotá\n" for n in range(400))
    (found,) = findings_in(tmp_path, FIELDS, content.encode("cp1252"), **KEY)
    assert (found.code, found.line) == ("MD105", 2)
    assert found.mend.startswith('In the encoding of Windows (Windows-1252) they are "á". Save the file')


# -- Laws -------------------------------------------------------------------------------------------------------------

LINES = st.lists(
    st.sampled_from([*ROWS, "p-4,40,x,", "p-5,50,y,,,", ",,", ",", ",,,,", HEADER, "topic,title", "Total,1,x", "Total",
                     "",
                     "p-6,x,Z", "p-7,70", "1,p-8,80,w", "=======", "<<<<<<< a", ">>>>>>> b", "p-9,90,é"]),
    max_size=12,
)  # fmt: skip


@settings(deadline=None, max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(lines=LINES)
def test_a_file_is_judged_alike_however_it_is_read(tmp_path, lines):
    content = "\n".join([HEADER, *lines, ""])
    folder = write_package(tmp_path / "t", (resource("t", FIELDS, **KEY), content), OTHER)
    with pytest.MonkeyPatch.context() as patch:
        bulk = run.validate(folder).to_dict()
        patch.setattr(table, "LARGE", 0)
        patch.setattr(table, "CHUNK", 0)
        patch.setattr(workers, "check_in_parallel", _in_this_process(patch, 30))
        parts = run.validate(folder, processes=2).to_dict()
        patch.setattr("mandates_data.package.batches.is_plain", lambda _dialect, _encoding: False)
        exact = run.validate(folder, processes=1).to_dict()
    assert bulk == exact
    assert parts == exact


def _in_this_process(patch, size):
    """The chunks that other processes would be given, without the other processes."""
    from mandates_data.validate.batch import BatchChecker
    from mandates_data.validate.chunks import check_chunk

    def check(work, start, end, _count):
        with work.path.open("rb") as file:
            for at in range(start, end, size):
                yield at, check_chunk(file, at, min(at + size, end), BatchChecker(work.plan))

    return check
