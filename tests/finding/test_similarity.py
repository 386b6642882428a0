"""What is like a mandate, and the lineages in which it stands."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_corpus import small

import mandates_data
from mandates_data.errors import MandatesDataError, UnknownNameError
from mandates_data.explore.likeness import Weighing
from mandates_data.explore.similarity import similar

ROOT = Path(__file__).resolve().parents[2]


def test_the_most_like_comes_first_and_is_shown_word_by_word(tmp_path: Path) -> None:
    found = similar("1995-quebec-poa-001", small(tmp_path))
    assert found.likes[0].passage.row_id == "1990-oslo-dec-001"
    assert found.closest is not None
    assert (found.closest.earlier_id, found.closest.later_id) == ("1990-oslo-dec-001", "1995-quebec-poa-001")
    assert [(piece.old, piece.new) for piece in found.closest.pieces] == [
        ("We will organise", "Organize"),
        (" the control of firearms", " the control of firearms"),
        (" and anti-personnel", ", and destroy antipersonnel"),
        (" mines", " mines"),
        (" in every sub-region", ""),
        (".", "."),
    ]


def test_the_earlier_text_is_the_old_one_whichever_is_asked_for(tmp_path: Path) -> None:
    closest = similar("1990-oslo-dec-001", small(tmp_path)).closest
    assert closest is not None
    assert (closest.earlier_id, closest.later_id) == ("1990-oslo-dec-001", "1995-quebec-poa-001")


def test_its_own_summit_is_left_out_unless_it_is_asked_for(tmp_path: Path) -> None:
    package = small(tmp_path)
    others = {like.passage.summit_id for like in similar("1995-quebec-poa-001", package).likes}
    with_own = {like.passage.row_id for like in similar("1990-oslo-dec-001", package, same_summit=True).likes}
    assert "1995-quebec" not in others
    assert "1990-oslo-dec-002" in with_own
    assert "1990-oslo-dec-001" not in with_own


def test_an_item_is_not_compared_with_its_own_mandate(tmp_path: Path) -> None:
    found = similar("2000-lima-dec-001.b", small(tmp_path, reading=True), same_summit=True)
    assert {like.passage.mandate_id for like in found.likes} & {"2000-lima-dec-001"} == set()
    assert [chain.lineage_id for chain in found.lineages] == ["drugs"]


def test_pieces_joined_are_the_two_texts() -> None:
    found = similar("2009-port-of-spain-dec-008", ROOT)
    assert found.closest is not None
    assert found.closest.later_id == "2009-port-of-spain-dec-008"
    assert "".join(piece.new for piece in found.closest.pieces) == found.passage.text


@pytest.mark.parametrize(
    ("row_id", "known"),
    [
        ("2005-mar-del-plata-dec-002", "2004-nuevo-leon-dec-003"),
        ("2005-mar-del-plata-dec-001", "2004-nuevo-leon-dec-001"),
        ("2009-port-of-spain-dec-010", "2005-mar-del-plata-dec-004"),
        ("2009-port-of-spain-dec-008", "2001-quebec-poa-015"),
        ("2001-quebec-poa-019", "1998-santiago-poa-021"),
        ("2001-quebec-poa-027", "1998-santiago-poa-017"),
        ("2015-panama-mandates-001", "2012-cartagena-mandates-009"),
    ],
)
def test_what_was_taken_up_nearly_word_for_word_is_found_first(row_id: str, known: str) -> None:
    assert similar(row_id, ROOT, limit=1).likes[0].passage.row_id == known


def test_a_text_with_no_word_of_others_is_like_nothing(tmp_path: Path) -> None:
    mandates = [
        ("a", "1990-oslo-dec", "printed", "", "", "mandate", "peace"),
        ("b", "2000-lima-dec", "printed", "", "", "mandate", "arms"),
    ]
    found = similar("a", small(tmp_path, mandates=mandates, items=[], corrections=[]))
    assert (found.likes, found.closest) == ((), None)


def test_a_package_without_lineages_has_none_and_says_so_where_they_are_followed(tmp_path: Path) -> None:
    package = small(tmp_path)
    assert similar("1990-oslo-dec-001", package).lineages == ()
    with pytest.raises(UnknownNameError, match="There is no table 'lineages'"):
        mandates_data.lineages("1990-oslo-dec-001", package)


def test_a_lineage_is_followed_with_scores_and_words(tmp_path: Path) -> None:
    (chain,) = mandates_data.lineages("1995-quebec-poa-001", small(tmp_path, reading=True))
    first, second = chain.links
    assert (first.link.mandate_id, first.score, first.words) == ("1990-oslo-dec-001", None, None)
    assert (second.link.previous_id, second.link.position) == ("1990-oslo-dec-001", 2)
    assert second.score is not None
    assert 0 < second.score < 1
    assert second.words is not None
    assert second.words.pieces[1].same


@pytest.mark.parametrize("limit", [0, -1, 1001])
def test_a_limit_that_makes_no_sense_is_an_error(tmp_path: Path, limit: int) -> None:
    with pytest.raises(MandatesDataError, match=f"The limit is {limit}"):
        similar("1990-oslo-dec-001", small(tmp_path), limit=limit)


@pytest.mark.parametrize(
    ("row_id", "message"),
    [
        ("1990-oslo-dec-009", "'1990-oslo-dec-009' is out of use since 0.2.0; replaced by 1990-oslo-dec-001."),
        ("1990-oslo-dec-008", "'1990-oslo-dec-008' is out of use since 0.2.0, and nothing stands in its place."),
        ("1990-oslo-dec-01", "There is no mandate or item '1990-oslo-dec-01'."),
        ("1990-oslo-dec", "'1990-oslo-dec' is a row of documents, no mandate and no item."),
        ("", "There is no mandate or item ''."),
    ],
)
def test_an_identifier_that_names_no_text_is_told_why(tmp_path: Path, row_id: str, message: str) -> None:
    package = small(tmp_path)
    for asked in (similar, mandates_data.cite):
        with pytest.raises(UnknownNameError) as told:
            asked(row_id, package)
        assert told.value.message == message
        assert told.value.next_step


WORDS = st.lists(st.sampled_from(["arms", "drugs", "peace", "traffic", "trafficking", "the"]), max_size=8).map(" ".join)


@given(st.dictionaries(st.sampled_from("abcdef"), WORDS, min_size=2))
def test_likeness_is_symmetric_and_between_0_and_1(texts: dict[str, str]) -> None:
    weighing = Weighing(texts)
    for one in texts:
        for other in texts:
            if one != other:
                score = weighing.likeness(one, other)
                assert score == weighing.likeness(other, one)
                assert 0 <= score <= 1 + 1e-9


def test_equal_texts_are_as_like_as_can_be() -> None:
    weighing = Weighing({"a": "control of arms", "b": "Control of arms!", "c": "peace"})
    assert weighing.likeness("a", "b") == pytest.approx(1)
    assert weighing.likeness("a", "c") == 0
