"""No cell of the tables, and no query, makes a traceback of what reads them."""

from __future__ import annotations

import io
import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import BASIC, READING, small

import mandates_data
from mandates_data.errors import MandatesDataError
from mandates_data.explore.searching import search
from mandates_data.explore.similarity import similar
from mandates_data.package.model import Package
from mandates_data.package.opening import open_package
from mandates_data.render.explore_json import citation_json, found_json, similar_json
from mandates_data.render.explore_text import write_chains, write_found, write_similar

ROOT = Path(__file__).resolve().parents[2]
ODD = [
    "",
    "0",
    "-1",
    "9" * 30,
    "\u0663\u0664",
    "2001-W16-7",
    "(",
    "[",
    "{0}",
    "\\",
    "a/b",
    "**",
    '"',
    "x" * 999,
    "\u202e",
]


def all_of_it(package: Package, row_id: str, query: str) -> str:
    """Everything that is asked and shown; where it cannot be done, the error's message."""
    out = io.StringIO()
    for ask in (
        lambda: write_found(search(query, package, any_word=True), out, limit=3, whole=False, width=60, colour=True),
        lambda: out.write(found_json(search(query, package))),
        lambda: write_similar(similar(row_id, package), out, width=60),
        lambda: write_chains(similar(row_id, package, follow=True), out, width=None, colour=True),
        lambda: out.write(similar_json(similar(row_id, package, follow=True))),
        lambda: out.write(citation_json(mandates_data.cite(row_id, package))),
        lambda: out.write(citation_json(mandates_data.cite(None, package))),
    ):
        try:
            ask()
        except MandatesDataError as error:
            out.write(str(error))
    return out.getvalue()


@pytest.mark.parametrize("seed", range(12))
def test_no_cell_makes_a_traceback(tmp_path: Path, seed: int) -> None:
    dice = random.Random(f"odd cells {seed}")
    tables = {name: [list(row) for row in rows] for name, rows in {**BASIC, **READING}.items()}
    for _ in range(8):
        row = dice.choice(tables[dice.choice(sorted(tables))])
        row[dice.randrange(len(row))] = dice.choice([*ODD, "1990-oslo-dec-001", "2000-lima-dec-001.a"])
    package = small(tmp_path, reading=True, **tables)
    for row_id in ("1990-oslo-dec-001", "1995-quebec-poa-001", "2000-lima-dec-001.b"):
        assert all_of_it(package, row_id, "drugs firearms")
    for field in ("document", "summit", "year", "topic", "role", "code", "entity", "verb", "strength"):
        for value in dice.sample(ODD, 3):
            assert narrowed(package, field, value)


def narrowed(package: Package, field: str, value: str) -> str:
    try:
        return str(search("", package, where={field: value}).searched)
    except MandatesDataError as error:
        return str(error)


PUBLISHED = open_package(ROOT)


@settings(max_examples=12, deadline=None)
@given(st.text(max_size=60), st.text(max_size=20))
def test_no_query_and_no_identifier_makes_a_traceback(query: str, row_id: str) -> None:
    assert all_of_it(PUBLISHED, row_id, query)
