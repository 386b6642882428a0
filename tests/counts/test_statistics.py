"""What is counted on a package of five paragraphs, by hand."""

from pathlib import Path

import pytest
from counted_packages import ROOT, TABLES, counted, with_rows

from mandates_data.errors import MandatesDataError, PackageError, TableError, UnknownNameError
from mandates_data.explore.statistics.choices import STATISTICS, statistic
from mandates_data.explore.statistics.model import Asked, Statistic, wide
from mandates_data.package.opening import open_package


def count(folder: Path, name: str, **asked: object) -> Statistic:
    return statistic(name, open_package(folder), Asked(**asked))  # type: ignore[arg-type]


@pytest.fixture
def small(tmp_path: Path) -> Path:
    return counted(tmp_path / "small")


def test_summits_stand_in_the_order_of_their_days_with_their_mandates_preambles_and_items(small: Path) -> None:
    found = count(small, "summits")
    assert found.rows == (
        ("1994-alpha", "Alpha", 1994, 2, 2, 1, 0),
        ("1996-beta", "Beta", 1996, 0, 0, 0, 0),
        ("1998-gamma", "Gamma", 1998, 1, 2, 0, 1),
    )
    assert found.total == ("all summits", None, None, 3, 4, 1, 1)
    assert (found.n, found.n_of, found.data) == (4, "mandates", "small 1.2.3")


def test_documents_have_their_words_without_lead_ins(small: Path) -> None:
    assert count(small, "documents").rows == (
        ("1994-alpha-dec", "declaration", 1994, 1, 0, 0, 4),
        ("1994-alpha-poa", "plan_of_action", 1994, 1, 1, 0, 7),
        ("1998-gamma-dec", "declaration", 1998, 2, 0, 1, 11),
    )


def test_lengths_are_those_of_mandates_with_their_items(small: Path) -> None:
    found = count(small, "words")
    assert found.rows == (
        ("1994-alpha", 1994, 2, 7, 3, 3.5, 3.5, 4),
        ("1998-gamma", 1998, 2, 11, 2, 5.5, 5.5, 9),
    )
    assert found.total == ("all summits", None, 4, 18, 2, 3.5, 4.5, 9)


def test_preambles_count_as_mandates_where_they_are_asked_for(small: Path) -> None:
    assert count(small, "words", preambles=True).rows[0] == ("1994-alpha", 1994, 3, 11, 3, 4.0, 3.7, 4)
    assert "are counted as well: 1." in count(small, "words", preambles=True).notes[0]
    assert "are left out: 1." in count(small, "words").notes[0]


def test_primary_codes_are_those_of_rank_one_and_zeros_are_rows_too(small: Path) -> None:
    found = count(small, "codes")
    assert found.rows == (
        ("ARMS", "Illicit arms", "1994-alpha", 1994, 1),
        ("ARMS", "Illicit arms", "1998-gamma", 1998, 0),
        ("DRUGS", "Illicit drugs", "1994-alpha", 1994, 1),
        ("DRUGS", "Illicit drugs", "1998-gamma", 1998, 1),
        ("HEALTH", "Health", "1994-alpha", 1994, 0),
        ("HEALTH", "Health", "1998-gamma", 1998, 0),
    )
    assert (found.n, found.n_of) == (3, "coded mandates")
    assert "Without a code by this coder: 1 of 4 mandates." in found.notes


def test_every_code_counts_where_it_is_asked_for(small: Path) -> None:
    found = count(small, "codes", codes="every")
    assert found.values("mandates") == [2, 0, 1, 1, 0, 0]
    assert any("the sums exceed" in note for note in found.notes)


def test_another_coder_may_be_counted(small: Path) -> None:
    found = count(small, "codes", coder="first")
    assert (found.values("mandates"), found.n) == ([1, 0, 0, 0, 0, 0], 1)


def test_codings_of_several_coders_are_never_added_up(small: Path) -> None:
    both = count(small, "codes", coder="first").values("mandates"), count(small, "codes").values("mandates")
    assert both == ([1, 0, 0, 0, 0, 0], [1, 0, 1, 1, 0, 0])


def test_pairs_are_shown_beside_each_other_with_their_sum(small: Path) -> None:
    shown = wide(count(small, "codes"))
    assert shown.heads == ("code", "title", "1994", "1998", "all")
    assert shown.rows == (
        ("ARMS", "Illicit arms", 1, 0, 1),
        ("DRUGS", "Illicit drugs", 1, 1, 2),
        ("HEALTH", "Health", 0, 0, 0),
    )


def test_two_summits_of_one_year_are_told_apart_by_their_names(tmp_path: Path) -> None:
    twice = "summit_id,city,start_date\n1994-alpha,A,1998-01-01\n1998-gamma,B,1998-02-02\n1996-beta,C,1996-01-01\n"
    shown = wide(count(counted(tmp_path, summits=twice), "codes"))
    assert shown.heads[2:4] == ("1994-alpha", "1998-gamma")


def test_strength_goes_from_the_weakest_class_to_the_strongest(small: Path) -> None:
    assert count(small, "strength").rows == (
        ("hortatory", "1994-alpha", 1994, 0),
        ("hortatory", "1998-gamma", 1998, 2),
        ("committing", "1994-alpha", 1994, 2),
        ("committing", "1998-gamma", 1998, 0),
    )


def test_verbs_stand_together_the_most_frequent_first(small: Path) -> None:
    assert count(small, "verbs").rows == (
        ("combat", "hortatory", 1, 1, 1998, 1998),
        ("combat", "committing", 1, 1, 1994, 1994),
        ("continue", "hortatory", 1, 1, 1998, 1998),
        ("study", "committing", 1, 1, 1994, 1994),
    )


def test_a_mandate_that_names_an_entity_twice_is_one_mandate_and_two_mentions(small: Path) -> None:
    found = count(small, "entities")
    assert [(row[0], row[3], row[4], *row[6:]) for row in found.rows] == [
        ("cicad", "CICAD", "1994-alpha", 0, 0),
        ("cicad", "CICAD", "1998-gamma", 2, 3),
        ("oas", "OAS", "1994-alpha", 1, 1),
        ("oas", "OAS", "1998-gamma", 0, 0),
        ("treaty", None, "1994-alpha", 0, 0),
        ("treaty", None, "1998-gamma", 0, 0),
    ]
    assert (found.n, found.n_of) == (3, "of 4 mandates that name any")


def test_mentions_in_preambles_count_with_the_preambles(small: Path) -> None:
    assert count(small, "entities", preambles=True).rows[2][6:] == (2, 2)


def test_lineages_have_their_length_and_the_summits_that_they_span(small: Path) -> None:
    assert count(small, "lineages").rows == (
        ("arms", 2, 1, 1994, 1994, 0, "m1"),
        ("drugs", 2, 2, 1994, 1998, 4, "m1"),
    )


def test_corrections_go_by_kind_and_version_the_unreleased_last(small: Path) -> None:
    found = count(small, "corrections")
    assert wide(found).heads == ("kind", "0.1.1", "0.2.0", "not released", "all")
    assert wide(found).rows == (("typo", 0, 1, 0, 1), ("spacing", 2, 0, 1, 3))


@pytest.mark.parametrize("name", STATISTICS)
def test_tables_without_rows_are_counted_as_nothing(name: str, tmp_path: Path) -> None:
    heads = {table: text.lstrip("\n").split("\n")[0] + "\n" for table, text in TABLES.items()}
    found = count(counted(tmp_path, **heads), name)
    assert (found.rows, found.n, found.total) == ((), 0, None)


@pytest.mark.parametrize("name", STATISTICS)
def test_every_row_has_a_value_a_column_and_every_column_says_what_it_is(name: str, small: Path) -> None:
    found = count(small, name)
    assert {len(row) for row in (*found.rows, *filter(None, [found.total]))} == {len(found.columns)}
    assert all(column.description and column.name.isidentifier() for column in found.columns)
    assert found.unit
    assert "Known weaknesses" in found.caveat


@pytest.mark.parametrize("name", STATISTICS)
def test_a_missing_table_is_named_with_what_can_be_counted(name: str, tmp_path: Path) -> None:
    lacking = STATISTICS[name].tables[-1]
    with pytest.raises(PackageError) as caught:
        count(counted(tmp_path, without=[lacking]), name)
    assert f"small 1.2.3 has no table {lacking}, which the statistic {name} is made from." in str(caught.value)
    assert "choose from what this one allows: " in str(caught.value)


def test_a_package_without_any_of_the_tables_gets_a_plain_answer(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"has no tables summits, documents, mandates, items, .* Name a package or"):
        count(counted(tmp_path, without=list(TABLES), birds="bird\nsparrow\n"), "summits")


def test_a_missing_field_is_named(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="There is no field 'strength'"):
        count(counted(tmp_path, acts="mandate_id,verb\nm1,combat\n"), "strength")


@pytest.mark.parametrize(
    ("table", "row", "name"),
    [
        ("mandates", ("m9", "nowhere", "mandate", "x"), "summits"),
        ("documents", ("d9", "nowhere", "declaration"), "documents"),
        ("items", ("x.a", "m9", "1", "a", "x"), "words"),
        ("mandate_subtopics", ("m9", "DRUGS", "adjudicated", "1", "x"), "codes"),
        ("mandate_subtopics", ("m3", "NOTHING", "adjudicated", "1", "x"), "codes"),
        ("mandate_subtopics", ("m3", "DRUGS", "adjudicated", "first", "x"), "codes"),
        ("acts", ("m9", "combat", "", "committing", "x"), "strength"),
        ("mentions", ("x", "nobody", "m1", ""), "entities"),
        ("mentions", ("x", "oas", "m9", ""), "entities"),
        ("lineages", ("drugs", "3", "m9", "", ""), "lineages"),
        ("lineages", ("drugs", "last", "m1", "", ""), "lineages"),
    ],
)
def test_a_cell_that_leads_nowhere_is_named_with_its_file(
    table: str, row: tuple[str, ...], name: str, tmp_path: Path
) -> None:
    with pytest.raises(TableError, match=rf"{table}\.csv has .* Run: mandates-data validate"):
        count(counted(tmp_path, **{table: with_rows(table, row)}), name)


@pytest.mark.parametrize(
    ("name", "asked", "said"),
    [
        ("codse", {}, "There is no statistic 'codse'. Did you mean 'codes'?"),
        ("codes", {"coder": "nobody"}, "There is no coder 'nobody'. Coders: adjudicated, first."),
        ("summits", {"preambles": True}, "summits does not take preambles."),
        ("verbs", {"coder": "first"}, "verbs does not take coder. It takes preambles."),
    ],
)
def test_what_cannot_be_asked_for_is_refused(name: str, asked: dict[str, object], said: str, small: Path) -> None:
    with pytest.raises(MandatesDataError) as caught:
        count(small, name, **asked)
    assert said in str(caught.value)


def test_codes_are_primary_or_every(small: Path) -> None:
    with pytest.raises(UnknownNameError, match="There is no choice of codes 'all'"):
        count(small, "codes", codes="all")


# -- What has to hold between the counts -------------------------------------------------------------------------------


def of(name: str, package: Path, *columns: str) -> int:
    found = count(package, name)
    return sum(int(value or 0) for column in columns for value in found.values(column))


@pytest.mark.parametrize("package", ["small", "published"])
def test_the_counts_agree_with_each_other(package: str, small: Path) -> None:
    folder = small if package == "small" else ROOT
    for column in ("mandates", "preambles", "items"):
        assert of("summits", folder, column) == of("documents", folder, column)
    assert of("summits", folder, "mandates") == of("words", folder, "mandates") == count(folder, "words").n


def test_each_mandate_has_one_primary_code_one_strength_and_one_verb(small: Path) -> None:
    assert of("codes", small, "mandates") == count(small, "codes").n == 3
    assert of("strength", small, "mandates") == of("verbs", small, "mandates") == 4
