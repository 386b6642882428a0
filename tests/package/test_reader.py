"""The reader: every flaw of a file is told with its exact line, and sound files come out as they went in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from mandates_data.errors import PackageError, TableError
from mandates_data.package.model import Dialect
from mandates_data.package.opening import open_package
from mandates_data.package.reader import FATAL, Flaw, TableReader, read_rows
from mandates_data.validate.run import validate

Rows = list[tuple[int, list[str]]]


def read(content: bytes, dialect: Dialect | None = None, encoding: str = "utf-8") -> tuple[list[str], Rows, list[Flaw]]:
    flaws: list[Flaw] = []
    reader = TableReader(io.BytesIO(content), dialect or Dialect(), encoding, flaws.append)
    rows = [(record.line, record.cells) for batch in reader.batches() for record in batch]
    return reader.header, rows, flaws


def told(content: bytes, dialect: Dialect | None = None, encoding: str = "utf-8") -> list[tuple[str, int]]:
    return [(flaw.kind, flaw.line) for flaw in read(content, dialect, encoding)[2]]


def test_sound_table_has_no_flaw_and_its_lines_are_counted_from_one() -> None:
    header, rows, flaws = read(b'id,note\n1,"a, b"\n2,\n')
    assert header == ["id", "note"]
    assert rows == [(2, ["1", "a, b"]), (3, ["2", ""])]
    assert flaws == []


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", [("empty-file", 0)]),
        (b"id,note\n", []),
        (b"\xef\xbb\xbfid,note\n1,\n", [("byte-order-mark", 1)]),
        (b"\xef\xbb\xbf", [("byte-order-mark", 1), ("empty-file", 0)]),
        (b"\xff\xfei\0d\0\n\0", [("wrong-encoding", 1)]),
        (b"\xfe\xff\0i\0d", [("wrong-encoding", 1)]),
        (b"PK\3\4rest", [("not-text", 0)]),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", [("not-text", 0)]),
        (b"id,note\n1,a\0b\n2,\n", [("null-character", 2)]),
        (b"id,note\r1,a\r", [("carriage-returns", 0)]),
        (b"id,note\r\n1,a\r\n", [("carriage-returns", 0)]),
        (b"id,note\n1,a\n2,b\r\n3,c\n", [("mixed-line-ends", 3)]),
        (b"id,note\r\n1,a\r\n2,b\n", [("mixed-line-ends", 3)]),
        (b"id,note\n1,a\n2,b\r3,c\n", [("mixed-line-ends", 3)]),
        (b"id,note\n1,a", [("no-final-line-end", 2)]),
        (b"id,note", [("no-final-line-end", 1)]),
        (b'id,note\n1,a\n2,"open\n3,c\n', [("unclosed-quote", 3)]),
        (b'id,"note\n1,a\n', [("unclosed-quote", 1)]),
        (b'id,note\n1,"a"b\n2,c\n', [("text-after-quote", 2)]),
        (b'id,note\n1,"a" ,c\n', [("text-after-quote", 2)]),
        (b"id,note\n1,caf\xe9\n2,c\n", [("wrong-encoding", 2)]),
        (b"id,note\n1,a\n2,\xff\n", [("wrong-encoding", 3)]),
        (b"id,caf\xe9\n1,a\n", [("wrong-encoding", 1)]),
        (b"id,note\n1,\xed\xa0\x80\n", [("wrong-encoding", 2)]),
        (b"id,note\n1,a\xc3", [("wrong-encoding", 2)]),
        (b"\nid,note\n1,a\n", [("blank-line", 1)]),
        (b"id,note\n1,a\n\n\n2,b\n", [("blank-line", 3), ("blank-line", 4)]),
        (b"id,note\n1,a\n\n", [("blank-line", 3)]),
        (b"id,note\n1\n2,b\n", [("row-too-short", 2)]),
        (b"id,note\n1,a,b\n2,b\n", [("row-too-long", 2)]),
        (b'id,note\n1,"a\nb"\n2,c\n', [("line-break-in-cell", 2)]),
        (b'id,"no\nte"\n1,c\n', [("line-break-in-cell", 1)]),
        (b'id,note\n1,say "x"\n', []),
    ],
)
def test_each_flaw_is_told_with_its_line(content: bytes, expected: list[tuple[str, int]]) -> None:
    assert told(content) == expected


def test_lines_stay_exact_after_cells_of_several_lines() -> None:
    content = b'id,note\n1,"one\ntwo\nthree"\n2,a\n\n3,"x\r\ny",z\n4\n5,caf\xe9\n'
    _header, rows, flaws = read(content)
    assert rows == [(2, ["1", "one\ntwo\nthree"]), (5, ["2", "a"]), (7, ["3", "x\r\ny", "z"]), (9, ["4"])]
    assert [(flaw.kind, flaw.line) for flaw in flaws if flaw.kind != "mixed-line-ends"] == [
        ("line-break-in-cell", 2),
        ("blank-line", 6),
        ("line-break-in-cell", 7),
        ("row-too-long", 7),
        ("row-too-short", 9),
        ("wrong-encoding", 10),
    ]


def test_lines_are_exact_far_into_a_large_file() -> None:
    content = b"id,note\n" + b'1,"a\nb"\n' * 20_000 + b"2,\xe9\n"
    assert told(content)[-1] == ("wrong-encoding", 40_002)
    content = b"id,note\r\n" + b"1,\xc3\xa9\r\n" * 50_000 + b"2\r\n"
    assert ("row-too-short", 50_002) in told(content)


def test_width_is_told_beside_the_flaw() -> None:
    (flaw,) = read(b"a,b,c\n1,2\n")[2]
    assert (flaw.seen, flaw.width) == ("2", 3)


def test_undecodable_bytes_are_shown_in_hexadecimal() -> None:
    (flaw,) = read(b"a\n\xe9\xe8x\n")[2]
    assert flaw.seen == "e9 e8"


def test_nothing_is_read_after_a_fatal_flaw() -> None:
    for content in (b'a\n1\n"open\n2\n', b'a\n1\n"x"y\n2\n', b"a\n1\n\xff\n2\n"):
        _header, rows, flaws = read(content)
        assert rows == [(2, ["1"])]
        assert flaws[-1].kind in FATAL


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("utf-8-sig", "ñ"),
        ("utf-16", "ñ"),
        ("utf-16-le", "ñ"),
        ("latin-1", "ñ"),
        ("windows-1252", "€"),
        ("UTF8", "ñ"),
        ("shift_jis", "日本"),
        ("gb18030", "日本"),
    ],
)
def test_other_encodings_are_read_as_stated(encoding: str, text: str) -> None:
    header, rows, flaws = read(f"id,note\n1,{text}\n".encode(encoding), encoding=encoding)
    assert header == ["id", "note"]
    assert rows == [(2, ["1", text])]
    assert {flaw.kind for flaw in flaws} <= {"byte-order-mark"}


@pytest.mark.parametrize("encoding", ["excel", "", "base64", "rot13", "hex", "undefined", "a\0b", "idna"])
def test_encoding_that_is_none_of_text_is_one_line(encoding: str) -> None:
    with pytest.raises(PackageError, match="encoding"):
        read(b"a\n1\n", encoding=encoding)


def test_utf_16_without_its_mark_is_told() -> None:
    assert next(kind for kind, _line in told(b"id\n1\n2", encoding="utf-16")) == "wrong-encoding"


@pytest.mark.parametrize(
    ("dialect", "content", "row"),
    [
        (Dialect(delimiter=";"), b"a;b\n1,5;2\n", ["1,5", "2"]),
        (Dialect(delimiter="\t"), b"a\tb\n1\t\n", ["1", ""]),
        (Dialect(quote_char="'"), b"a,b\n'1,5',\"\n", ["1,5", '"']),
        (Dialect(quote_char=None), b'a,b\n"1,2"\n', ['"1', '2"']),
        (Dialect(double_quote=False, escape_char="\\"), b'a,b\n"1\\"5",2\n', ['1"5', "2"]),
        (Dialect(skip_initial_space=True), b'a,b\n1, "x, y"\n', ["1", "x, y"]),
        (Dialect(comment_char="#"), b"#note\na,b\n# 1\n1,2\n", ["1", "2"]),
    ],
    ids=str,
)
def test_dialect_is_obeyed(dialect: Dialect, content: bytes, row: list[str]) -> None:
    header, rows, _flaws = read(content, dialect)
    assert header == ["a", "b"]
    assert [cells for _line, cells in rows] == [row]


def test_table_without_header_begins_on_line_one() -> None:
    assert read(b"1,2\n3,4\n", Dialect(header=False)) == ([], [(1, ["1", "2"]), (2, ["3", "4"])], [])


def test_batches_are_no_larger_than_asked_for() -> None:
    reader = TableReader(io.BytesIO(b"a\n" + b"1\n" * 10), Dialect(), "utf-8", lambda _flaw: None)
    assert [len(batch) for batch in reader.batches(4)] == [4, 4, 2]


def test_cell_of_many_megabytes_is_read() -> None:
    text = "x" * 3_000_000
    assert read(f"a\n{text}\n".encode())[1] == [(2, [text])]


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=8)
TABLES = st.integers(1, 4).flatmap(
    lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width), min_size=1, max_size=6)
)


@given(rows=TABLES, end=st.sampled_from(["\n", "\r\n"]))
@example(rows=[["a"], [""]], end="\n")
@settings(deadline=None, max_examples=200)
def test_what_the_csv_module_writes_is_read_back(rows: list[list[str]], end: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    header, found, flaws = read(out.getvalue().encode())
    assert [header, *(cells for _line, cells in found)] == rows
    assert {flaw.kind for flaw in flaws} <= {"line-break-in-cell", "carriage-returns", "mixed-line-ends"}


@given(content=st.binary(max_size=200), encoding=st.sampled_from(["utf-8", "latin-1", "utf-16", "utf-7", "shift_jis"]))
@settings(deadline=None, max_examples=400)
def test_no_bytes_make_a_traceback_and_lines_never_go_back(content: bytes, encoding: str) -> None:
    flaws: list[Flaw] = []
    reader = TableReader(io.BytesIO(content), Dialect(), encoding, flaws.append)
    lines = [record.line for batch in reader.batches() for record in batch]
    assert lines == sorted(set(lines))
    assert all(line >= 1 for line in lines)
    assert all(flaw.line >= 0 for flaw in flaws)


@given(
    text=st.text(alphabet='a,"\n\r\\; é', max_size=30),
    delimiter=st.sampled_from(",;"),
    quote=st.sampled_from(['"', None]),
)
@settings(deadline=None, max_examples=400)
def test_odd_text_is_rows_or_a_flaw(text: str, delimiter: str, quote: str | None) -> None:
    _header, rows, flaws = read(text.encode(), Dialect(delimiter=delimiter, quote_char=quote))
    assert rows or flaws or text.count("\n") <= 1 or not text


class TestReadRows:
    @staticmethod
    def package(folder: Path, content: bytes, **schema: object) -> Path:
        fields = [{"name": "id"}, {"name": "note", "missingValues": ["-"]}]
        table = {"name": "t", "path": "t.csv", "schema": {"fields": fields, **schema}}
        (folder / "datapackage.json").write_text(json.dumps({"resources": [table]}), "utf-8")
        (folder / "t.csv").write_bytes(content)
        return folder

    def rows(self, folder: Path, content: bytes, **schema: object) -> list[list[str]]:
        package = open_package(self.package(folder, content, **schema))
        return [record.cells for batch in read_rows(package, package.resource("t")) for record in batch]

    def test_columns_come_in_the_schemas_order(self, tmp_path: Path) -> None:
        assert self.rows(tmp_path, b"note,id\nx,1\n", fieldsMatch="equal") == [["1", "x"]]

    def test_column_that_may_be_away_is_filled_with_the_missing_value(self, tmp_path: Path) -> None:
        assert self.rows(tmp_path, b"id\n1\n", fieldsMatch="superset") == [["1", "-"]]

    def test_column_that_may_be_there_is_left_out(self, tmp_path: Path) -> None:
        assert self.rows(tmp_path, b"id,extra,note\n1,?,x\n", fieldsMatch="subset") == [["1", "x"]]

    @pytest.mark.parametrize(
        ("content", "match"),
        [
            (b"note,id\n", "exact"),
            (b"id\n", "exact"),
            (b"id\n", "equal"),
            (b"id,note,extra\n", "equal"),
            (b"id\n", "subset"),
            (b"id,note,extra\n", "superset"),
            (b"id,id,note\n", "subset"),
            (b"", "exact"),
            (b"id,note\n1\n", "exact"),
            (b'id,note\n1,"\n', "exact"),
            (b"id,note\n\xff,\n", "exact"),
        ],
    )
    def test_what_is_no_table_of_the_schema_is_one_line(self, content: bytes, match: str, tmp_path: Path) -> None:
        with pytest.raises(TableError) as refused:
            self.rows(tmp_path, content, fieldsMatch=match)
        assert refused.value.next_step == "Run: mandates-data validate"

    def test_missing_file_is_one_line(self, tmp_path: Path) -> None:
        folder = self.package(tmp_path, b"")
        (folder / "t.csv").unlink()
        package = open_package(folder)
        with pytest.raises(PackageError, match=r"t\.csv"):
            list(read_rows(package, package.resource("t")))

    @pytest.mark.parametrize(
        "dialect",
        [
            {"delimiter": ""},
            {"delimiter": "||"},
            {"delimiter": "\n"},
            {"quoteChar": "''"},
            {"quoteChar": ""},
            {"delimiter": '"'},
            {"escapeChar": "ab", "quoteChar": None},
            {"escapeChar": ",", "quoteChar": None},
            {"commentChar": ""},
            {"delimiter": " ", "skipInitialSpace": True},
            {"quoteChar": "\r"},
        ],
        ids=str,
    )
    def test_dialect_that_cannot_be_read_is_one_line(self, dialect: dict[str, object], tmp_path: Path) -> None:
        table = {"name": "t", "path": "t.csv", "dialect": dialect, "schema": {"fields": [{"name": "a"}]}}
        (tmp_path / "datapackage.json").write_text(json.dumps({"resources": [table]}), "utf-8")
        (tmp_path / "t.csv").write_bytes(b"a\n1\n")
        with pytest.raises(PackageError):
            open_package(tmp_path)
        assert not validate(tmp_path).sound
