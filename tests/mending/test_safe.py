"""What is mended without asking: everything about the file as such that leaves each cell as it is."""

import codecs
from pathlib import Path

import pytest
from mended_packages import fmt, left, mended, package, repairs, table

CANONICAL = 'id,name,day\na,"Lima, Peru",2018-04-13\nb,Québec,2001-04-20\nc,,\n'


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("byte-order-mark", codecs.BOM_UTF8 + CANONICAL.encode()),
        ("byte-order-mark", codecs.BOM_UTF8 * 2 + CANONICAL.encode()),
        ("utf-16", codecs.BOM_UTF16_LE + CANONICAL.encode("utf-16-le")),
        ("utf-16", codecs.BOM_UTF16_BE + CANONICAL.encode("utf-16-be")),
        ("line-ends", CANONICAL.replace("\n", "\r\n").encode()),
        ("line-ends", CANONICAL.replace("\n", "\r").encode()),
        ("line-ends", CANONICAL.replace("\n", "\r\n", 2).encode()),
        ("final-line-end", CANONICAL[:-1].encode()),
        ("separator", 'id;name;day\na;Lima, Peru;2018-04-13\nb;Québec;2001-04-20\nc;;\n'.encode()),
        ("separator", 'id\tname\tday\na\tLima, Peru\t2018-04-13\nb\tQuébec\t2001-04-20\nc\t\t\n'.encode()),
        ("separator", 'id|name|day\na|Lima, Peru|2018-04-13\nb|Québec|2001-04-20\nc||\n'.encode()),
        ("quotes", '"id","name","day"\n"a","Lima, Peru",2018-04-13\n"b","Québec",2001-04-20\nc,"",\n'.encode()),
        ("row-order", 'id,name,day\nc,,\na,"Lima, Peru",2018-04-13\nb,Québec,2001-04-20\n'.encode()),
        ("column-order", 'name,day,id\n"Lima, Peru",2018-04-13,a\nQuébec,2001-04-20,b\n,,c\n'.encode()),
        ("empty-rows", (CANONICAL + "\n\n").encode()),
        ("empty-rows", (CANONICAL + ",,\n,,\n").encode()),
        ("empty-columns", 'id,name,day,,\na,"Lima, Peru",2018-04-13,,\nb,Québec,2001-04-20,,\nc,,,,\n'.encode()),
        ("empty-columns", 'id,,name,day\na,,"Lima, Peru",2018-04-13\nb,,Québec,2001-04-20\nc,,,\n'.encode()),
    ],
)  # fmt: skip
def test_one_thing_is_mended_and_named(kind: str, content: bytes, tmp_path: Path) -> None:
    found = table(fmt(package(tmp_path, content)))
    assert (tmp_path / "t.csv").read_bytes() == CANONICAL.encode()
    assert (found.state, repairs(found), left(found)) == ("mended", [kind], [])


def test_a_header_alone_is_mended_too(tmp_path: Path) -> None:
    assert mended(tmp_path, b'"id","name","day"\n') == b"id,name,day\n"


def test_a_first_line_that_names_the_separator_goes(tmp_path: Path) -> None:
    content = "sep=;\nid;name;day\nb;Lima;\na;Quito;\n"
    found = table(fmt(package(tmp_path, content)))
    assert (tmp_path / "t.csv").read_bytes() == b"id,name,day\na,Quito,\nb,Lima,\n"
    assert repairs(found) == ["sep-line", "separator", "row-order"]


def test_all_of_it_together_is_mended(tmp_path: Path) -> None:
    content = (
        codecs.BOM_UTF16_LE
        + 'sep=\t\r\nday\tname\tid\t\r\n2018-04-13\t"Lima, Peru"\ta\t\r\n\t\tc\t\r\n\t\t\t'.encode("utf-16-le")
    )
    assert mended(tmp_path, content) == b'id,name,day\na,"Lima, Peru",2018-04-13\nc,,\n'


def test_a_canonical_file_is_left_untouched(tmp_path: Path) -> None:
    folder = package(tmp_path, CANONICAL)
    before = (folder / "t.csv").stat()
    mending = fmt(folder)
    assert (table(mending).state, table(mending).rows, mending.changed) == ("canonical", 3, ())
    assert (folder / "t.csv").stat().st_mtime_ns == before.st_mtime_ns


def test_cells_keep_their_spaces_and_their_spelling(tmp_path: Path) -> None:
    content = '"id","name","day"\r\n" a ","  NA ","4.10"\r\n'
    assert mended(tmp_path, content, [{"name": "id"}, {"name": "name"}, {"name": "day"}]) == (
        b"id,name,day\n a ,  NA ,4.10\n"
    )


def test_rows_are_sorted_as_text_part_by_part(tmp_path: Path) -> None:
    fields = [{"name": "a"}, {"name": "b"}]
    content = "a,b\nx,10\nx,9\nx-1,1\nX,1\né,1\n"
    assert mended(tmp_path, content, fields, primaryKey=["a", "b"]) == ("a,b\nX,1\nx,10\nx,9\nx-1,1\né,1\n".encode())


def test_a_table_without_a_key_is_sorted_by_its_rows(tmp_path: Path) -> None:
    fields = [{"name": "a"}, {"name": "b"}]
    assert mended(tmp_path, "a,b\r\n2,x\r\n1,y\r\n1,x\r\n", fields, primaryKey=None) == b"a,b\n1,x\n1,y\n2,x\n"


def test_an_empty_row_at_the_end_goes_whether_or_not_the_table_has_a_key(tmp_path: Path) -> None:
    fields = [{"name": "a"}, {"name": "b"}]
    assert mended(tmp_path, "a,b\r\nx,\r\n,\r\n", fields, primaryKey=None) == b"a,b\nx,\n"


def test_rows_that_stand_in_quotation_marks_as_if_each_were_a_cell_are_taken_apart(tmp_path: Path) -> None:
    content = '"id,name,day"\n"b,""Lima, Peru"","\n"a,Quito,2001-04-20"\n'
    found = table(fmt(package(tmp_path, content)))
    assert (tmp_path / "t.csv").read_text() == 'id,name,day\na,Quito,2001-04-20\nb,"Lima, Peru",\n'
    assert repairs(found) == ["rows-in-quotes", "row-order"]


def test_one_column_of_empty_cells_is_written_with_quotation_marks(tmp_path: Path) -> None:
    content = 'a\r\nx\r\n""\r\n'
    assert mended(tmp_path, content, [{"name": "a"}], primaryKey=None) == b'a\n""\nx\n'


def test_a_table_with_columns_of_its_own_keeps_them_after_the_schema_s(tmp_path: Path) -> None:
    content = "note,day,id,name\r\nn,,b,\r\nm,,a,\r\n"
    assert mended(tmp_path, content, fieldsMatch="subset") == b"id,name,day,note\na,,,m\nb,,,n\n"


def test_a_column_that_may_be_away_is_not_added(tmp_path: Path) -> None:
    assert mended(tmp_path, "name,id\r\nLima,b\r\nQuito,a\r\n", fieldsMatch="superset") == (
        b"id,name\na,Quito\nb,Lima\n"
    )


def test_a_line_break_in_a_cell_stays_and_is_named(tmp_path: Path) -> None:
    content = 'id,name,day\nb,"two\nlines",\na,one,\n'
    found = table(fmt(package(tmp_path, content, own={"canonical": True})))
    assert (tmp_path / "t.csv").read_bytes() == b'id,name,day\na,one,\nb,"two\nlines",\n'
    (named,) = found.left
    assert (named.kind, named.code, named.place.line, named.place.new_line, named.counts) == (
        "line-break-in-cell", "MD143", 2, 3, True,
    )  # fmt: skip


def test_a_line_break_in_a_cell_is_but_a_note_where_nobody_promised_canonical_form(tmp_path: Path) -> None:
    mending = fmt(package(tmp_path, 'id,name,day\na,"two\nlines",\n'))
    assert (left(table(mending)), mending.left, mending.changed) == (["line-break-in-cell 2"], 0, ())
