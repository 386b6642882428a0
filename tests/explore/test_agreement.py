"""How far two coders agree: against numbers published or worked out by hand, and in every odd case in words."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data import agreement
from mandates_data.errors import MandatesDataError
from mandates_data.explore.agreement import Agreement
from mandates_data.explore.measures import NEVER_DIFFER, ONE_SIDED, ONE_VALUE, Estimate, alpha, kappa, masi, percent

pytest.importorskip("krippendorff")
pytest.importorskip("statsmodels")

Row = tuple[str, str, str, str]
Write = Callable[..., Path]


@pytest.fixture
def table(tmp_path: Path) -> Write:
    def write(rows: Sequence[Sequence[str]], header: str = "mandate_id,code,coder,rank") -> Path:
        path = tmp_path / "codings.csv"
        path.write_text("\n".join([header, *(",".join(row) for row in rows), ""]), encoding="utf-8")
        return path

    return write


def pairs_of(table: list[list[int]]) -> list[tuple[int, int]]:
    return [(one, two) for one, row in enumerate(table) for two, count in enumerate(row) for _ in range(count)]


def close(found: Estimate, value: float, low: float, high: float, within: float = 5e-7) -> bool:
    assert found.value is not None
    assert found.low is not None
    assert found.high is not None
    return all(
        abs(a - b) <= within for a, b in zip((found.value, found.low, found.high), (value, low, high), strict=True)
    )


# -- published and hand-made numbers ----------------------------------------------------------------------------------


def test_kappa_and_its_interval_are_those_that_the_manual_of_statpsych_prints() -> None:
    """R package statpsych, ci.kappa(.05, 31, 12, 4, 58): 0.6756757, 0.5317210 to 0.8196303."""
    assert close(kappa(pairs_of([[31, 12], [4, 58]])), 0.6756757, 0.5317210, 0.8196303)


def test_kappa_by_hand() -> None:
    """20 + 15 of 50 are the same, 0.7; by chance 0.5 * 0.6 + 0.5 * 0.4 = 0.5; (0.7 - 0.5) / (1 - 0.5) = 0.4."""
    assert kappa(pairs_of([[20, 5], [10, 15]])).value == pytest.approx(0.4)


def test_alpha_of_the_nominal_example_of_krippendorff() -> None:
    """Computing Krippendorff's Alpha-Reliability (2011), part B: twelve articles, two observers, 0.692."""
    assert alpha(list(zip("aabbdcccedda", "babbbccceddd", strict=True))).value == pytest.approx(0.692, abs=5e-4)


def test_alpha_of_the_binary_example_of_krippendorff() -> None:
    """The same paper, part A: ten articles, 0.095."""
    assert alpha(list(zip("0100000010", "1110010000", strict=True))).value == pytest.approx(0.095, abs=5e-4)


def test_the_interval_of_alpha_is_that_of_the_binomial_distribution_which_the_draws_have() -> None:
    """Of 12 units 3 differ. Drawn anew, none differ in 3.2 % and up to 6 in 98.6 %: these are the two ends.

    Expected by chance are 448 of 552, so alpha is 1 at one end and 1 - (6/12) / (448/552) at the other.
    """
    found = alpha(list(zip("aabbdcccedda", "babbbccceddd", strict=True)))
    assert (found.low, found.high) == (pytest.approx(0.383929, abs=1e-6), 1.0)


def test_percent_agreement_has_the_exact_interval() -> None:
    """Where all n agree, the lower end p has p ** n = 0.025; for n = 10 that is 0.6915."""
    assert close(percent(10, 10), 1.0, 0.6915, 1.0, within=5e-5)
    assert close(percent(0, 10), 0.0, 0.0, 0.3085, within=5e-5)


@pytest.mark.parametrize(
    ("one", "two", "distance"), [("a", "a", 0), ("a", "b", 1), ("a", "ab", 2 / 3), ("ab", "bc", 8 / 9)]
)
def test_masi_is_what_passonneau_defines(one: str, two: str, distance: float) -> None:
    assert masi(frozenset(one), frozenset(two)) == masi(frozenset(two), frozenset(one)) == pytest.approx(distance)


def test_alpha_of_sets_by_hand() -> None:
    """Observed (2/3) / 4 = 1/6. By chance 2 * (3*1*2/3 + 3*4*1 + 1*4*2/3) / (8*7) = 25/42. 1 - (1/6)/(25/42) = 0.72."""
    sets = [(frozenset(one), frozenset(two)) for one, two in (("a", "a"), ("a", "ab"), ("b", "b"), ("b", "b"))]
    assert alpha(sets, masi).value == pytest.approx(0.72)


# -- a whole table ----------------------------------------------------------------------------------------------------

FOUR: list[Row] = [
    ("u1", "A", "ann", "1"), ("u1", "A", "bob", "1"),
    ("u2", "A", "ann", "1"), ("u2", "A", "bob", "2"), ("u2", "B", "bob", "1"),
    ("u3", "B", "ann", "1"), ("u3", "B", "bob", "1"),
    ("u4", "B", "ann", "1"), ("u4", "B", "bob", "1"),
]  # fmt: skip


def test_codes_primary_code_and_sets_are_told_apart(table: Write) -> None:
    found = agreement(table(FOUR))
    assert (found.first, found.second, found.units) == ("ann", "bob", 4)
    primary, sets = found.overall
    assert (primary.of, primary.agreed, primary.percent.value) == ("primary", 3, 0.75)
    assert primary.kappa.value == pytest.approx(0.5)  # same 3/4; by chance 1/2 * 1/4 + 1/2 * 3/4 = 1/2
    assert (sets.of, sets.agreed) == ("sets", 3)
    assert sets.alpha.value == pytest.approx(0.72)  # as worked out above
    assert [(one.code, one.first, one.second, one.both) for one in found.codes] == [("A", 2, 2, 2), ("B", 2, 3, 2)]
    assert found.codes[1].kappa.value == pytest.approx(0.5)


def test_a_frame_gives_the_same_as_the_file(table: Write) -> None:
    frame = pd.DataFrame(FOUR, columns=["mandate_id", "code", "coder", "rank"]).astype({"rank": "Int64"})
    assert agreement(frame) == agreement(table(FOUR))


def test_the_order_of_the_rows_and_another_run_change_nothing(table: Write) -> None:
    once = agreement(table(FOUR))
    again = agreement(table(FOUR[::-1]))
    assert (once.overall, once.codes) == (again.overall, again.codes)


def test_units_that_one_coder_left_out_count_for_nothing_and_are_named(table: Write) -> None:
    found = agreement(table([*FOUR, ("u5", "A", "ann", "1"), ("u6", "A", "bob", "1")]))
    assert (found.units, found.only_first, found.only_second) == (4, ("u5",), ("u6",))
    assert found.overall == agreement(table(FOUR)).overall


def test_without_ranks_there_is_no_primary_code(table: Write) -> None:
    found = agreement(table([row[:3] for row in FOUR], header="unit,code,coder"))
    assert [one.of for one in found.overall] == ["sets"]


def test_a_field_with_one_value_a_unit(table: Write) -> None:
    rows = [("u1", "ann", "x"), ("u1", "bob", "x"), ("u2", "ann", "x"), ("u2", "bob", "y"), ("u3", "ann", ""),
            ("u3", "bob", "")]  # fmt: skip
    found = agreement(table(rows, header="unit,coder,strength"), field="strength")
    assert [(one.of, one.agreed) for one in found.overall] == [("strength", 2)]
    assert [one.code for one in found.codes] == ["x", "y"]


def test_of_three_coders_two_are_named_or_first_and_second_are_meant(table: Write) -> None:
    rows = [("u1", "A", coder, "1") for coder in ("first", "second", "third")]
    assert agreement(table(rows)).second == "second"
    assert agreement(table(rows), first="third", second="first").first == "third"
    with pytest.raises(MandatesDataError, match="Name both coders"):
        agreement(table(rows), first="third")


# -- what cannot be told ----------------------------------------------------------------------------------------------


def test_a_code_that_only_a_third_coder_gave_has_no_kappa(table: Write) -> None:
    rows = [*[("u1", "A", coder, "1") for coder in ("first", "second")], ("u1", "Z", "third", "1")]
    found = agreement(table(rows))
    assert [(one.code, one.kappa.value, one.kappa.note) for one in found.codes] == [
        ("A", None, "both gave it to every unit"),
        ("Z", None, "neither gave it"),
    ]
    assert [(one.kappa.value, one.alpha.value) for one in found.overall] == [(None, None), (None, None)]
    assert found.overall[0].alpha.note == ONE_VALUE


def test_where_they_never_differ_there_is_no_interval() -> None:
    pairs = [("a", "a"), ("b", "b")]
    assert kappa(pairs) == alpha(pairs) == Estimate(1.0, note=NEVER_DIFFER)


def test_where_one_coder_never_gave_a_code_kappa_is_0() -> None:
    assert kappa([(True, False), (False, False), (False, False)]) == Estimate(0.0, note=ONE_SIDED)


def test_where_they_always_differ_kappa_is_less_than_chance_and_has_no_interval() -> None:
    assert kappa([("a", "b"), ("b", "a")]).value == -1
    assert kappa([("a", "b"), ("b", "a")]).low is None


def test_one_unit_has_no_interval_of_alpha() -> None:
    assert alpha([("a", "b")]) == Estimate(0.0, note="one unit has no interval")


REFUSED: list[tuple[str, list[tuple[str, ...]], dict[str, str], str]] = [
    ("mandate_id,code,coder,rank", [], {}, "has no coder"),
    ("mandate_id,code,coder,rank", [("u1", "A", "ann", "1")], {}, "only the coder 'ann'"),
    ("mandate_id,code,rank", [("u1", "A", "1")], {}, "no column 'coder'"),
    ("mandate_id,coder,rank", [("u1", "ann", "1")], {}, "no column 'code'"),
    ("mandate_id,code,coder,rank", list(FOUR), {"field": "strength"}, "no column 'strength'"),
    ("mandate_id,code,coder,rank", list(FOUR), {"first": "eve"}, "no coder 'eve'"),
    ("mandate_id,code,coder,rank", list(FOUR), {"first": "ann", "second": "ann"}, "Name two different coders"),
    ("mandate_id,code,coder,rank", [*FOUR, ("u1", "A", "cy", "1")], {}, "--first and --second"),
    ("mandate_id,code,coder,rank", [*FOUR, ("u4", "B", "bob", "2")], {}, "bob has 'u4' twice, with 'B'"),
    ("mandate_id,code,coder,rank", [*FOUR, ("u4", "A", "bob", "1")], {}, "2 codes of rank 1"),
    ("mandate_id,code,coder,rank", [*FOUR, ("u9", "A", "bob", "2")], {}, "no code of rank 1"),
    ("mandate_id,code,coder,rank", [*FOUR, ("", "A", "bob", "1")], {}, ":11: the mandate_id is empty"),
    ("mandate_id,code,coder,rank", [*FOUR, ("u9", "", "bob", "1")], {}, ":11: the code is empty"),
    ("mandate_id,code,coder,rank", [*FOUR, ("u9", "A", "bob")], {}, ":11 cannot be read as a table: row too short"),
    ("mandate_id,code,coder,code", list(FOUR), {}, "two columns are called 'code'"),
    ("coder,code", [("ann", "A"), ("bob", "A")], {}, "Put what is coded into the first column"),
    ("unit,code,coder", [("u1", "A", "ann"), ("u2", "A", "bob")], {}, "No unit was coded by both"),
    (
        "unit,coder,x",
        [("u1", "ann", "A"), ("u1", "ann", "B"), ("u1", "bob", "A")],
        {"field": "x"},
        "ann has 'u1' twice",
    ),
]


@pytest.mark.parametrize(("header", "rows", "asked", "words"), REFUSED, ids=[one[3] for one in REFUSED])
def test_what_cannot_be_compared_is_refused_with_the_next_step(
    table: Write, header: str, rows: list[tuple[str, ...]], asked: dict[str, str], words: str
) -> None:
    with pytest.raises(MandatesDataError) as told:
        agreement(table(rows, header=header), **asked)
    assert words in str(told.value)
    assert told.value.next_step


@pytest.mark.parametrize("content", [b"", b"\xff\xfe\x00", b"{}", b"a", b'"', b"unit,code,coder\n\n"])
def test_a_file_that_is_no_such_table_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "codings.csv"
    path.write_bytes(content)
    with pytest.raises(MandatesDataError):
        agreement(path)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MandatesDataError, match="Name a CSV file"):
        agreement(tmp_path / "none.csv")


def test_a_missing_library_is_named(table: Write, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "krippendorff", None)
    with pytest.raises(MandatesDataError, match=r"pip install \"mandates-data\[statistics\]\""):
        agreement(table(FOUR))


codings = st.dictionaries(
    st.sampled_from("stuvwxyz"), st.tuples(*[st.sets(st.sampled_from("ABC"), min_size=1)] * 2), min_size=1
)


@settings(deadline=None, max_examples=60)  # two comparisons each, with thousands of draws
@given(codings)
def test_any_two_codings_have_numbers_within_their_intervals_and_no_warning(given_sets: Any) -> None:
    rows = [
        (unit, code, coder, str(rank))
        for unit, sets in given_sets.items()
        for coder, codes in zip(("ann", "bob"), sets, strict=True)
        for rank, code in enumerate(sorted(codes), start=1)
    ]
    found = agreement(pd.DataFrame(rows, columns=["unit", "code", "coder", "rank"]))
    for one in estimates(found):
        assert (one.low is None) == (one.high is None)
        assert one.value is not None or one.note
        assert one.low is None or one.high is None or one.value is None or -1 <= one.low <= one.value <= one.high <= 1
    swapped = agreement(pd.DataFrame(rows, columns=["unit", "code", "coder", "rank"]), first="bob", second="ann")
    assert [one.percent for one in swapped.overall] == [one.percent for one in found.overall]
    assert [one.alpha.value for one in swapped.overall] == [one.alpha.value for one in found.overall]


def estimates(found: Agreement) -> list[Estimate]:
    overall = [each for one in found.overall for each in (one.percent, one.kappa, one.alpha)]
    return [*overall, *(each for one in found.codes for each in (one.percent, one.kappa))]
