"""Splitting in bulk gives what the csv module gives, or nothing."""

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.package.columns import is_plain, split_block
from mandates_data.package.model import Dialect

PIECES = st.sampled_from(
    ["a", "b", ",", ",", "\n", "\n", '"', '"', '""', "\r\n", "\r", "\0", "é", "“", "x,y\n", "1,2\n", '"p,q",r\n', " "]
)


def records(text, delimiter=","):
    """The records of the csv module with the line that each starts on; None where it refuses."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True, delimiter=delimiter)
    found = []
    try:
        while True:
            line = reader.line_num
            found.append((line, next(reader)))
    except StopIteration:
        return found
    except csv.Error:
        return None


@settings(deadline=None, max_examples=1500)
@given(pieces=st.lists(PIECES, max_size=24), width=st.integers(1, 3), encoding=st.sampled_from(["utf-8", "cp1252"]))
def test_a_block_is_split_as_the_csv_module_splits_it_or_not_at_all(pieces, width, encoding):
    text = "".join(pieces) + "\n"
    block = split_block(text.encode(encoding), width, encoding=encoding)
    if block is None:
        return
    expected = records(text)
    assert expected is not None
    rows = list(zip(block.lines, map(list, zip(*block.columns, strict=True)), strict=True))
    assert sorted([*rows, *block.odd, *((line, []) for line in block.blank)]) == expected
    assert all(len(cells) == width for _line, cells in rows)
    assert all(len(cells) != width for _line, cells in block.odd)
    assert text.count("\n") == block.height


@pytest.mark.parametrize(
    ("text", "columns"),
    [
        ("1,a\n2,b\n", [["1", "2"], ["a", "b"]]),
        ('1,"a, b"\n"2",c\n', [["1", "2"], ["a, b", "c"]]),
        ('"a ""b"" c",\n"",x\n', [['a "b" c', ""], ["", "x"]]),
        ('"""",""""""\n', [['"'], ['""']]),
        ("é,“\n", [["é"], ["“"]]),
        ('"é, ñ",“\r\nb,"Ação"\r\n', [["é, ñ", "b"], ["“", "Ação"]]),
    ],
)
def test_nearly_every_table_is_split(text, columns):
    block = split_block(text.encode(), 2)
    assert block is not None
    assert block.columns == columns


@pytest.mark.parametrize(
    "text",
    ['1,"a\nb"\n', '1,"a\n', '1,a"b"\n', '1,"a"b\n', "1,a\r2,b\n", "1,a\r\n2,b\n", "1,\0\n", "1,a", '1,"a\r\nb"\r\n'],
)
def test_what_wants_a_closer_look_is_given_back(text):
    assert split_block(text.encode(), 2) is None


def test_bytes_that_are_no_text_are_given_back():
    assert split_block("Bogotá,1\n".encode("cp1252"), 2) is None
    assert split_block('"Bogotá, D.C.",1\n'.encode("cp1252"), 2) is None
    assert split_block("Bogotá,1\n".encode(), 2, encoding="ascii") is None


def test_lines_of_another_width_are_told_apart():
    block = split_block(b'a,1\n\nb\nc,"3,4"\nd,5,"6""7"\n', 2)
    assert block is not None
    assert (block.columns, list(block.lines)) == ([["a", "c"], ["1", "3,4"]], [0, 3])
    assert (block.odd, block.blank, block.height) == ([(2, ["b"]), (4, ["d", "5", '6"7'])], [1], 5)


def test_quotation_marks_that_nothing_calls_for_are_not_canonical():
    assert split_block(b'a,"1,2"\n', 2).is_canonical()
    assert not split_block(b'a,"1"\n', 2).is_canonical()
    assert not split_block(b"a,1\r\n", 2).is_canonical()


@pytest.mark.parametrize(
    ("dialect", "encoding", "plain"),
    [
        (Dialect(), "utf-8", True),
        (Dialect(delimiter=";"), "cp1252", True),
        (Dialect(delimiter="·"), "utf-8", False),
        (Dialect(quote_char="'"), "utf-8", False),
        (Dialect(quote_char=None), "utf-8", False),
        (Dialect(double_quote=False), "utf-8", False),
        (Dialect(escape_char="\\"), "utf-8", False),
        (Dialect(comment_char="#"), "utf-8", False),
        (Dialect(skip_initial_space=True), "utf-8", False),
        (Dialect(), "utf-16", False),
        (Dialect(), "utf-8-sig", False),
    ],
)
def test_only_plain_dialects_are_split_in_bulk(dialect, encoding, plain):
    assert is_plain(dialect, encoding) is plain
