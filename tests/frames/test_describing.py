from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from mandates_data import describe, tables
from mandates_data.errors import TableError, UnknownNameError
from mandates_data.package.model import Constraints, Field, ForeignKey, Schema
from mandates_data.package.words import constraints_in_words


def test_the_tables_are_listed_with_their_size_and_key(make_package: Callable[..., Path]) -> None:
    pair = {
        "title": "Pairs",
        "description": "One row a pair.",
        "fields": [{"name": "a"}, {"name": "b"}],
        "primaryKey": ["a", "b"],
    }
    package = make_package(pairs=(pair, "a,b\n1,2\n1,3\n"), bare=({"fields": [{"name": "c"}]}, "c\n"))
    assert tables(package).to_dict("records") == [
        {
            "name": "pairs",
            "title": "Pairs",
            "rows": 2,
            "fields": 2,
            "primary_key": "a, b",
            "description": "One row a pair.",
        },
        {"name": "bare", "title": "", "rows": 0, "fields": 1, "primary_key": "", "description": ""},
    ]


def test_the_columns_of_a_table_are_described_one_a_row(library: Path) -> None:
    described = describe("shelves", library)
    assert described["name"].tolist() == ["shelf_id", "height", "built", "size", "open", "weight"]
    assert described["type"].tolist() == ["string", "integer", "date", "string", "boolean", "number"]
    assert described["dtype"].tolist() == ["str", "Int64", "datetime64[s]", "category", "boolean", "float64"]
    assert described["constraints"].tolist() == [
        "primary key", "at least 1", "", "required; one of small, large", "", "",
    ]  # fmt: skip
    assert described["missing"].tolist() == [0, 1, 1, 0, 1, 1]
    assert described[["title", "description", "example"]].iloc[0].tolist() == ["Shelf", "Its name.", "a1"]
    assert described["example"].isna().tolist() == [False, True, True, True, True, True]


def test_a_description_has_the_same_types_whatever_it_describes(
    library: Path, make_package: Callable[..., Path]
) -> None:
    dtypes = {
        "name": "str", "type": "str", "dtype": "str", "title": "str", "description": "str", "constraints": "str",
        "example": "str", "missing": "int64",
    }  # fmt: skip
    assert describe("shelves", library).dtypes.astype(str).to_dict() == dtypes
    plain = make_package("plain", t=({"fields": [{"name": "a"}]}, "a\n"))
    assert describe("t", plain).dtypes.astype(str).to_dict() == dtypes


def test_every_constraint_and_key_is_said_in_words() -> None:
    field = Field(
        "a",
        "integer",
        constraints=Constraints(
            required=True, unique=True, minimum=1, exclusive_minimum=0, maximum=9, exclusive_maximum=10, enum=(1, 2)
        ),
    )
    text = Field("b", "string", constraints=Constraints(min_length=2, max_length=3, pattern="[a-z]+"))
    schema = Schema(
        (field, text),
        primary_key=("a", "b"),
        unique_keys=(("b",), ("a", "b")),
        foreign_keys=(ForeignKey(("a",), "others", ("id",)), ForeignKey(("b",), None, ("b",))),
    )
    assert constraints_in_words(schema, field) == [
        "primary key with b", "unique with b", "refers to others.id", "required", "unique", "at least 1",
        "more than 0", "at most 9", "less than 10", "one of 1, 2",
    ]  # fmt: skip
    assert constraints_in_words(schema, text) == [
        "primary key with a", "unique", "unique with a", "refers to this table.b", "length at least 2",
        "length at most 3", "pattern [a-z]+",
    ]  # fmt: skip


def test_an_example_that_is_no_text_is_shown_as_json(one_field: Callable[..., Path]) -> None:
    described = describe("t", one_field({"type": "array", "example": [1, "é"]}, "[1]"))
    assert described["example"].tolist() == ['[1, "é"]']


def test_a_table_that_is_not_there_or_cannot_be_read_is_told(make_package: Callable[..., Path]) -> None:
    package = make_package(t=({"fields": [{"name": "a"}]}, "b\n1\n"))
    with pytest.raises(UnknownNameError):
        describe("u", package)
    with pytest.raises(TableError):
        tables(package)


def test_the_published_tables_are_listed_in_the_order_of_the_package() -> None:
    listed = tables()
    assert listed["name"].tolist() == [
        "summits", "documents", "topics", "sources", "mandates", "items", "printings", "mandate_topics",
        "corrections", "retired_ids", "releases", "changes", "entities", "mentions", "deadlines",
    ]  # fmt: skip
    assert pd.Series(listed["description"]).str.len().min() > 20
