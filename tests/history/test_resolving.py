"""What an identifier of any age means today."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from released_packages import CHANGES, CORRECTIONS, RETIRED, Draft, fields, opened

from mandates_data.errors import PackageError, UnknownNameError
from mandates_data.history.resolving import AmbiguousIdentifierError, Resolution, Step, resolve
from mandates_data.package.model import Package

Retired = tuple[str, str, str, str]
"""Identifier, version, replacement, reason."""


def package(current: Sequence[str], retired: Sequence[Retired] = (), changes: Sequence[Sequence[str]] = ()) -> Package:
    draft = Draft(own={"retired_ids": "retired", "bookkeeping": ["releases", "changes", "retired"]})
    draft.add("words", fields("id", "text"), [(key, "x") for key in current])
    rows = [(f"{row[0]}.{n}", row[0], "words", *row[1:]) for n, row in enumerate(retired, 1)]
    draft.add("retired", RETIRED, rows)
    return opened(draft.release("0.1.0", changes))


def told(found: Resolution) -> tuple[str, tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    return found.status, found.current, found.withdrawn, found.lost


def test_a_row_that_is_there_is_current() -> None:
    assert resolve("a", package(["a"])) == Resolution("a", "words", "current", ("a",), package="small", version="0.1.0")


def test_a_chain_of_replacements_is_followed_to_its_end() -> None:
    found = resolve("a", package(["c"], [("a", "0.2.0", "b", "Joined."), ("b", "0.3.0", "c", "Joined again.")]))
    assert told(found) == ("replaced", ("c",), (), ())
    assert found.steps == (Step("a", ("b",), "0.2.0", "Joined."), Step("b", ("c",), "0.3.0", "Joined again."))


def test_a_split_names_all_parts_each_once() -> None:
    retired = [
        ("a", "0.2.0", "b", "Two paragraphs."),
        ("a", "0.2.0", "c", "Two paragraphs."),
        ("b", "0.3.0", "d", "B."),
        ("c", "0.3.0", "d", "C."),
        ("c", "0.3.0", "e", "C."),
    ]
    found = resolve("a", package(["d", "e"], retired))
    assert told(found) == ("replaced", ("d", "e"), (), ())
    assert found.steps[0] == Step("a", ("b", "c"), "0.2.0", "Two paragraphs.")


def test_what_nothing_replaces_is_withdrawn_with_its_release_and_reason() -> None:
    found = resolve("a", package(["b"], [("a", "0.2.0", "", "Not a mandate.")]))
    assert told(found) == ("withdrawn", (), ("a",), ())
    assert found.steps == (Step("a", (), "0.2.0", "Not a mandate."),)


def test_a_chain_that_ends_in_nothing_is_withdrawn() -> None:
    found = resolve("a", package([], [("a", "0.2.0", "b", "B."), ("b", "0.3.0", "", "No.")]))
    assert told(found) == ("withdrawn", (), ("b",), ())


def test_a_split_of_which_one_part_is_withdrawn_is_replaced_by_the_other() -> None:
    retired = [("a", "0.2.0", "b", "S."), ("a", "0.2.0", "c", "S."), ("c", "0.3.0", "", "No.")]
    assert told(resolve("a", package(["b"], retired))) == ("replaced", ("b",), ("c",), ())


@pytest.mark.parametrize(
    ("retired", "lost"),
    [
        ([("a", "0.2.0", "a", "Itself.")], "a"),
        ([("a", "0.2.0", "b", "B."), ("b", "0.3.0", "a", "A.")], "a"),
        ([("a", "0.2.0", "b", "B."), ("b", "0.3.0", "c", "C."), ("c", "0.4.0", "b", "B.")], "a"),
        ([("a", "0.2.0", "nowhere", "?")], "nowhere"),
    ],
)
def test_a_circle_and_a_replacement_that_is_not_there_are_survived(retired: list[Retired], lost: str) -> None:
    assert told(resolve("a", package([], retired))) == ("replaced", (), (), (lost,))


def test_a_row_that_is_there_is_current_whatever_is_said_of_it() -> None:
    assert told(resolve("a", package(["a"], [("a", "0.2.0", "b", "?")])))[:2] == ("current", ("a",))


def test_a_retirement_that_is_not_released_has_no_version() -> None:
    assert resolve("a", package(["b"], [("a", "", "b", "Joined.")])).steps == (Step("a", ("b",), "", "Joined."),)


def test_without_a_retirement_the_changes_tell_that_a_row_went() -> None:
    changes = [("words", "a", "", "removed"), ("words", "b", "", "renamed", "b", "c")]
    assert resolve("a", package(["c"], (), changes)).steps == (Step("a", (), "0.1.0", ""),)
    assert told(resolve("b", package(["c"], (), changes))) == ("replaced", ("c",), (), ())


def test_what_was_never_given_has_what_is_near_it() -> None:
    found = resolve("1994-miami-01", package(["1994-miami-001", "2001-quebec-001"]))
    assert (found.status, found.table, found.near) == ("never_given", "", ("1994-miami-001",))
    assert resolve("zzz", package(["1994-miami-001"])).near == ()


def test_an_identifier_of_two_tables_wants_the_table() -> None:
    draft = Draft(history=None)
    draft.remove("releases")
    draft.remove("changes")
    draft.add("topics", fields("topic"), [("security",)])
    draft.add("sources", fields("source"), [("security",)])
    draft.add("pairs", fields("left", "right", primaryKey=["left", "right"]), [("security", "x")])
    both = opened(draft.files("0.1.0"))
    with pytest.raises(AmbiguousIdentifierError) as error:
        resolve("security", both)
    assert str(error.value) == (
        "'security' is an identifier of topics and of sources. Say which is meant, with the table (--table topics)."
    )
    assert resolve("security", both, table="sources").table == "sources"
    assert resolve("security/x", both).table == "pairs"
    with pytest.raises(UnknownNameError, match="There is no table 'topic'"):
        resolve("security", both, table="topic")


def test_a_table_that_only_says_more_on_the_rows_of_another_is_not_meant_unless_it_is_named() -> None:
    draft = Draft(history=None)
    draft.remove("releases")
    draft.remove("changes")
    draft.add("topics", fields("topic"), [("security",)])
    key = {"fields": ["topic"], "reference": {"resource": "topics", "fields": ["topic"]}}
    draft.add("notes", fields("topic", foreignKeys=[key]), [("security",)])
    package = opened(draft.files("0.1.0"))
    assert resolve("security", package).table == "topics"
    assert resolve("security", package, table="notes").table == "notes"


def test_a_ledger_that_is_named_and_not_there_is_told() -> None:
    draft = Draft(own={"retired_ids": "gone"})
    with pytest.raises(PackageError, match=r"`mandates_data\.retired_ids` names no table of the package"):
        resolve("a", opened(draft.files("0.1.0")))


def test_the_forms_of_the_ledgers_here_are_those_of_the_published_package() -> None:
    from mandates_data.package.opening import installed_folder, open_package

    published = open_package(installed_folder())
    for name, form in (("changes", CHANGES), ("corrections", CORRECTIONS), ("retired_ids", RETIRED)):
        assert published.resource(name).schema.field_names == tuple(field["name"] for field in form["fields"])
