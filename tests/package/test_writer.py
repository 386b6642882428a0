"""The canonical form: one byte sequence for one table, which reads back as it was."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.errors import MandatesDataError
from mandates_data.package.model import Dialect, Field, Schema
from mandates_data.package.reader import Flaw, TableReader
from mandates_data.package.writer import canonical, format_row, key_of

NAMES = ("id", "part", "note")


def schema(*key: str) -> Schema:
    return Schema(fields=tuple(Field(name, "string") for name in NAMES), primary_key=key)


def read(content: bytes) -> tuple[list[str], list[list[str]], list[Flaw]]:
    flaws: list[Flaw] = []
    reader = TableReader(io.BytesIO(content), Dialect(), "utf-8", flaws.append)
    return reader.header, [record.cells for batch in reader.batches() for record in batch], flaws


@pytest.mark.parametrize(
    ("cells", "line"),
    [
        (["a", "b"], "a,b\n"),
        (["", ""], ",\n"),
        ([""], '""\n'),
        ([" a ", "\tb"], " a ,\tb\n"),
        (["a,b"], '"a,b"\n'),
        (['say "x"'], '"say ""x"""\n'),
        (['"'], '""""\n'),
        (["a\nb", "c\rd"], '"a\nb","c\rd"\n'),
        (["a;b", "'c'", "=1+1", "007", "NULL"], "a;b,'c',=1+1,007,NULL\n"),
        (["é", "日本", "😀", "\u2028"], "é,日本,😀,\u2028\n"),
    ],
)
def test_cells_are_quoted_only_where_they_need_it(cells: list[str], line: str) -> None:
    assert format_row(cells) == line


def test_rows_are_sorted_by_the_key_as_text_part_by_part() -> None:
    rows = [["b", "1", ""], ["a", "10", ""], ["a", "9", ""], ["B", "1", ""], ["é", "1", ""], ["a-", "0", ""]]
    content = canonical(schema("id", "part"), rows)
    assert content.decode() == "id,part,note\nB,1,\na,10,\na,9,\na-,0,\nb,1,\né,1,\n"


def test_key_of_another_order_than_the_fields_is_used_in_its_own_order() -> None:
    assert key_of(schema("part", "id"))(["x", "1", "n"]) == ("1", "x")


def test_table_without_a_key_is_sorted_by_whole_rows() -> None:
    assert canonical(schema(), [["b", "", ""], ["a", "2", ""], ["a", "1", ""]]) == b"id,part,note\na,1,\na,2,\nb,,\n"


def test_empty_table_is_its_header() -> None:
    assert canonical(schema("id"), []) == b"id,part,note\n"


def test_key_that_names_no_field_is_one_line() -> None:
    with pytest.raises(MandatesDataError, match="gone"):
        canonical(schema("gone"), [["a", "b", "c"]])


CELL = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=6)
KEY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=3)
ROWS = st.lists(st.tuples(KEY, KEY, CELL).map(list), max_size=8, unique_by=lambda row: (row[0], row[1]))


@given(rows=ROWS)
@settings(deadline=None, max_examples=200)
def test_what_is_written_is_read_back(rows: list[list[str]]) -> None:
    header, found, flaws = read(canonical(schema("id", "part"), rows))
    assert header == list(NAMES)
    assert sorted(found) == sorted(rows)
    assert {flaw.kind for flaw in flaws} <= {"line-break-in-cell", "mixed-line-ends"}


@given(rows=ROWS, data=st.data())
@settings(deadline=None, max_examples=200)
def test_shuffled_rows_give_the_same_bytes(rows: list[list[str]], data: st.DataObject) -> None:
    shuffled = data.draw(st.permutations(rows))
    assert canonical(schema("id", "part"), shuffled) == canonical(schema("id", "part"), rows)
    assert canonical(schema(), shuffled) == canonical(schema(), rows)


@given(rows=ROWS)
@settings(deadline=None, max_examples=200)
def test_canonical_form_of_the_canonical_form_is_itself(rows: list[list[str]]) -> None:
    once = canonical(schema("id", "part"), rows)
    assert canonical(schema("id", "part"), read(once)[1]) == once


@given(rows=st.lists(st.lists(CELL, min_size=1, max_size=1), max_size=5))
@settings(deadline=None, max_examples=200)
def test_table_of_one_column_keeps_its_empty_cells(rows: list[list[str]]) -> None:
    one = Schema(fields=(Field("only", "string"),))
    found: Any = read(canonical(one, rows))[1]
    assert sorted(found) == sorted(rows)
