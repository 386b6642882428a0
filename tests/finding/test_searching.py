"""Which texts a search finds, in which order, and how it narrows."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from small_corpus import BASIC, small

import mandates_data
from mandates_data.errors import TableError, UnknownNameError
from mandates_data.explore.queries import QueryError
from mandates_data.explore.searching import search

ROOT = Path(__file__).resolve().parents[2]


def ids(found: Any) -> list[str]:
    return [hit.passage.row_id for hit in found.hits]


def test_every_word_has_to_stand_in_the_text(tmp_path: Path) -> None:
    package = small(tmp_path)
    assert ids(search("control firearms destroy", package)) == ["1995-quebec-poa-001"]
    assert ids(search("control zebra", package)) == []


def test_one_word_is_enough_where_it_is_asked_so(tmp_path: Path) -> None:
    found = search("destroy cybercrime zebra", small(tmp_path), any_word=True)
    assert sorted(ids(found)) == ["1995-quebec-poa-001", "2000-lima-dec-001.a", "2000-lima-dec-001.b"]


def test_items_are_found_as_themselves(tmp_path: Path) -> None:
    (hit,) = search("sao paulo", small(tmp_path)).hits
    assert (hit.passage.row_id, hit.passage.mandate_id) == ("2000-lima-dec-001.b", "2000-lima-dec-001")
    assert hit.passage.document == "Declaration Lima"


def test_the_shorter_text_and_the_more_frequent_word_come_first(tmp_path: Path) -> None:
    package = small(tmp_path)
    assert ids(search("firearms", package)) == ["1995-quebec-poa-001", "1990-oslo-dec-001"]
    assert ids(search("drugs", package)) == ["1995-quebec-poa-002", "2000-lima-dec-001.b"]


def test_the_score_is_that_of_bm25(tmp_path: Path) -> None:
    mandates = [
        ("a", "1990-oslo-dec", "printed", "", "", "mandate", "arms arms peace"),
        ("b", "1990-oslo-dec", "printed", "", "", "mandate", "peace"),
    ]
    (hit,) = search("arms", small(tmp_path, mandates=mandates, items=[], corrections=[])).hits
    # idf = ln(1 + (2 - 1 + 0.5) / (1 + 0.5)) = ln 2; length 3 of an average of 2:
    # ln 2 * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 1.5)) = 0.8356
    assert hit.score == 0.8356


def test_equal_ones_stand_in_the_order_of_the_tables(tmp_path: Path) -> None:
    mandates = [(f"m{n}", "1990-oslo-dec", "printed", "", "", "mandate", "peace") for n in (3, 1, 2)]
    found = search("peace", small(tmp_path, mandates=mandates, items=[], corrections=[]))
    assert ids(found) == ["m3", "m1", "m2"]


def test_stretches_joined_are_the_text(tmp_path: Path) -> None:
    for hit in search("drugs programs", small(tmp_path), any_word=True).hits:
        assert "".join(one.text for one in hit.stretches) == hit.passage.text
        assert any(one.marked for one in hit.stretches)


def test_the_printed_text_is_looked_in_on_request(tmp_path: Path) -> None:
    package = small(tmp_path)
    (hit,) = search('"against drugs"', package, text="printed").hits
    assert hit.passage.text == "Adopt programs against drugs, drug's and drugs."
    assert search("drug", package).hits == ()
    assert len(search("drug", package, text="printed").hits) == 1


def test_a_ledger_that_does_not_lead_to_the_text_is_told(tmp_path: Path) -> None:
    broken = [("1995-quebec-poa-002.text.1", "mandates", "1995-quebec-poa-002", "text", "One.", "Two.")]
    with pytest.raises(TableError, match="do not lead to the cell"):
        search("drugs", small(tmp_path, corrections=broken), text="printed")


@pytest.mark.parametrize(
    ("where", "found"),
    [
        ({"document": "1990-oslo-dec"}, ["1990-oslo-dec-001", "1990-oslo-dec-002"]),
        ({"document": "Declaration of Oslo"}, ["1990-oslo-dec-001", "1990-oslo-dec-002"]),
        ({"document": "declaration oslo", "role": "preamble"}, ["1990-oslo-dec-002"]),
        ({"summit": "Quebec"}, ["1995-quebec-poa-001", "1995-quebec-poa-002"]),
        ({"summit": "second"}, ["1995-quebec-poa-001", "1995-quebec-poa-002"]),
        ({"year": "1990"}, ["1990-oslo-dec-001", "1990-oslo-dec-002"]),
        ({"year": ["1990", "1995"], "role": "mandate"}, ["1990-oslo-dec-001", "1995-quebec-poa-001",
                                                         "1995-quebec-poa-002"]),
        ({"year": "1991-2004"}, ["1995-quebec-poa-001", "1995-quebec-poa-002"]),
        ({"topic": "security"}, ["1990-oslo-dec-001", "1995-quebec-poa-002"]),
        ({"topic": "Drug Problem"}, ["1995-quebec-poa-002"]),
        ({"topic": "labor"}, ["2000-lima-dec-001", "2000-lima-dec-001.a", "2000-lima-dec-001.b"]),
        ({"code": "ARMS"}, ["1990-oslo-dec-001"]),
        ({"code": "drug problem"}, ["1995-quebec-poa-002", "2000-lima-dec-001", "2000-lima-dec-001.a",
                                    "2000-lima-dec-001.b"]),
        ({"entity": "OOD"}, ["1995-quebec-poa-002", "2000-lima-dec-001.b"]),
        ({"entity": "meeting drugs"}, ["1990-oslo-dec-001"]),
        ({"verb": "organise"}, ["1990-oslo-dec-001", "1995-quebec-poa-001"]),
        ({"strength": "directing"}, ["1995-quebec-poa-002"]),
        ({"strength": ["directing", "committing"], "year": "1995"}, ["1995-quebec-poa-001", "1995-quebec-poa-002"]),
    ],
)  # fmt: skip
def test_filters_narrow_the_search(tmp_path: Path, where: dict[str, Any], found: list[str]) -> None:
    told = search(package=small(tmp_path, reading=True), where=where)
    assert ids(told) == found
    assert {hit.score for hit in told.hits} == {0.0}


def test_a_filter_changes_no_score(tmp_path: Path) -> None:
    package = small(tmp_path)
    (narrow,) = search("firearms", package, where={"year": "1990"}).hits
    wide = search("firearms", package).hits[1]
    assert (narrow.passage, narrow.score) == (wide.passage, wide.score)


def test_all_coders_count_where_none_has_settled_the_codes(tmp_path: Path) -> None:
    codings = [("1990-oslo-dec-001", "ARMS", "first", "1"), ("1995-quebec-poa-001", "ARMS", "second", "1")]
    package = small(tmp_path, reading=True, mandate_subtopics=codings)
    assert ids(search(package=package, where={"code": "ARMS"})) == ["1990-oslo-dec-001", "1995-quebec-poa-001"]


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"summit": "Osloo"}, "There is no summit 'Osloo'. Did you mean 'Oslo'?"),
        ({"year": "1992"}, "There is no year '1992'. Did you mean '1995' or '1990'?"),
        ({"year": "1996-1999"}, "There is no year '1996-1999'. Known: 1990, 1995."),
        ({"role": ""}, "There is no role ''. Known: mandate, preamble."),
        ({"document": ""}, "There is no document ''."),
        ({"code": "WAR"}, "There is no code 'WAR'."),
        ({"verb": "sing"}, "There is no verb 'sing'. Known: adopt, organize, support."),
        ({"colour": "red"}, "There is no filter 'colour'."),
    ],
)
def test_a_value_that_nothing_has_is_an_error(tmp_path: Path, where: dict[str, str], message: str) -> None:
    with pytest.raises(UnknownNameError) as told:
        search("drugs", small(tmp_path, reading=True), where=where)
    assert str(told.value).startswith(message)


@pytest.mark.parametrize(
    ("field", "table"),
    [("code", "subtopics"), ("entity", "entities"), ("verb", "acts"), ("strength", "acts")],
)
def test_a_filter_without_its_table_says_which_is_missing(tmp_path: Path, field: str, table: str) -> None:
    with pytest.raises(UnknownNameError) as told:
        search("drugs", small(tmp_path), where={field: "x"})
    assert told.value.message == f"small 0.3.0 has no table '{table}', which the filter {field} needs."


def test_a_year_in_another_form_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="'last year' is no year"):
        search("drugs", small(tmp_path), where={"year": "last year"})


def test_nothing_asked_for_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="Nothing is looked for"):
        search("", small(tmp_path), where={"year": []})


def test_a_package_without_mandates_is_told_which_table_is_missing() -> None:
    with pytest.raises(UnknownNameError, match="There is no table 'summits'"):
        search("birds", ROOT / "docs/examples/birds")


def test_a_form_of_the_text_that_is_none_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="There is no form of the text 'original'"):
        search("drugs", small(tmp_path), text="original")  # type: ignore[arg-type]


def test_an_empty_corpus_has_nothing(tmp_path: Path) -> None:
    package = small(tmp_path, mandates=[], items=[], corrections=[])
    assert search("drugs", package).hits == ()


def test_the_published_mandates_are_searched_by_their_public_name() -> None:
    found = mandates_data.search('"small island"', ROOT)
    assert sorted(ids(found)) == ["1998-santiago-poa-021", "2001-quebec-poa-019"]
    assert (found.package, found.searched) == ("summits-of-the-americas-mandates", 146)


def test_the_made_up_rows_hold_what_the_tests_say_of_them() -> None:
    assert [len(rows) for rows in (BASIC["mandates"], BASIC["items"])] == [5, 2]
