"""Pages into tables: identifiers are given once, and a page only ever touches its own rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from mandates_data.mandates.rules import check_mandates
from mandates_data.package.opening import open_package
from mandates_data.validate.run import validate

Decisions = list[tuple[str, str, str]]
Form = Callable[[str], str]

LIMA = "2018-lima-commitment"
REPEATED: Decisions = [
    ("", "topic", "security"),
    ("5", "document", LIMA),
    ("7", "document", LIMA),
    ("9", "document", LIMA),
]


def security(bench: Any, lines: list[str], decisions: Decisions) -> Any:
    return bench.extract(bench.page("security", "\n".join(lines), decisions))


def moved(decisions: Decisions, by: Callable[[int], int]) -> Decisions:
    """The decisions of a page whose lines have moved."""
    values = {"preamble", "item"}
    return [
        (str(by(int(line))) if line else "", name, str(by(int(value))) if name in values else value)
        for line, name, value in decisions
    ]


def text_ids(bench: Any) -> dict[str, str]:
    return {row["mandate_id"]: row["text"] for row in bench.rows("mandates")}


def test_the_published_tables_are_what_the_page_gives(bench: Any) -> None:
    before = bench.tables()
    bench.empty()
    lines, _ = bench.security()
    source = bench.folder.parent / "security.txt"
    source.write_bytes(before["data/source/security.txt"])
    source.with_suffix(".decisions.csv").write_bytes(before["data/source/security.decisions.csv"])
    extraction = bench.extract(source)
    assert (extraction.paragraphs, extraction.items, len(extraction.new), len(lines)) == (139, 7, 139, 315)
    for name in ("lexicon", "dates", "uncovered"):
        (bench.folder / f"data/source/{name}.csv").write_bytes(before[f"data/source/{name}.csv"])
    assert bench.annotate().faults == ()
    assert bench.tables() == before


def test_reading_a_page_again_changes_no_byte(bench: Any) -> None:
    before = bench.tables()
    extraction = bench.extract(bench.folder / "data/source/security.txt")
    assert extraction.new == ()
    assert bench.tables() == before


def test_lines_that_move_keep_their_identifiers(bench: Any) -> None:
    before = text_ids(bench)
    lines, decisions = bench.security()
    lines[10:10] = ["", "", ""]
    assert security(bench, lines, moved(decisions, lambda line: line + 3)).problems == ()
    assert text_ids(bench) == before
    assert {row["source_line"] for row in bench.rows("printings") if row["item_id"] == ""} >= {"15", "21", "309"}
    assert bench.codes_but_of_codings() == set()


def test_paragraphs_that_change_places_keep_their_identifiers(bench: Any) -> None:
    before = text_ids(bench)
    lines, decisions = bench.security()
    lines[61], lines[63] = lines[63], lines[61]
    assert security(bench, lines, decisions).problems == ()
    assert text_ids(bench) == before
    places = {row["mandate_id"]: row["source_line"] for row in bench.rows("printings")}
    assert (places["2015-panama-mandates-002"], places["2015-panama-mandates-003"]) == ("64", "62")
    order = {row["mandate_id"]: row["position"] for row in bench.rows("mandate_topics")}
    assert (order["2015-panama-mandates-002"], order["2015-panama-mandates-003"]) == ("21", "20")


def test_a_new_paragraph_gets_the_next_number_of_its_document(bench: Any) -> None:
    before = text_ids(bench)
    lines, decisions = bench.security()
    lines[10:10] = ["", "  1. Keep the peace at sea. (Security, Initiatives VII Summit of the Americas, 2015)."]
    extraction = security(bench, lines, moved(decisions, lambda line: line + 2))
    assert extraction.new == ("2015-panama-mandates-009",)
    assert text_ids(bench) == before | {"2015-panama-mandates-009": "Keep the peace at sea."}


def test_a_retired_number_is_not_given_again(bench: Any) -> None:
    bench.add(
        "retired_ids",
        retirement_id="2015-panama-mandates-041.1",
        retired_id="2015-panama-mandates-041",
        table="mandates",
        reason="Never printed.",
    )
    lines, decisions = bench.security()
    lines[10] = "  1. Keep the peace at sea. (Initiatives VII Summit of the Americas, Panama City, 2015)."
    assert security(bench, lines, decisions).new == ("2015-panama-mandates-042",)


def test_a_mandate_that_the_page_lost_asks_to_be_retired(bench: Any) -> None:
    before = bench.tables()
    lines, decisions = bench.security()
    lines[305] = ""
    (problem,) = security(bench, lines, decisions).problems
    assert "1994-miami-poa-016 is no longer on the page as it was" in problem.message
    assert bench.tables() == before
    bench.add(
        "retired_ids",
        retirement_id="1994-miami-poa-016.1",
        retired_id="1994-miami-poa-016",
        table="mandates",
        reason="The page lost it.",
    )
    assert security(bench, lines, decisions).problems == ()
    assert len(bench.rows("mandates")) == 138
    assert bench.codes_but_of_codings() == set()


def test_a_corrected_text_stays_corrected_and_is_known_by_what_was_printed(bench: Any) -> None:
    row = next(row for row in bench.rows("mandates") if "peacekeeping efforts." in row["text"])
    new = row["text"].replace("peacekeeping", "peace")
    bench.change("mandates", row["mandate_id"], text=new)
    bench.add(
        "corrections",
        correction_id=f"{row['mandate_id']}.text.1",
        table="mandates",
        row_id=row["mandate_id"],
        field="text",
        old=row["text"],
        new=new,
        kind="typo",
        reason="A test.",
        evidence="text",
    )
    assert bench.extract(bench.folder / "data/source/security.txt").new == ()
    assert text_ids(bench)[row["mandate_id"]] == new
    assert bench.codes_but_of_codings() == set()


def test_a_nested_topic_with_lettered_and_numbered_items(bench: Any, form: Form, about_the_page: Decisions) -> None:
    bench.without_annotations()
    before = bench.tables()
    extraction = bench.extract(bench.page("nested-topic", form("nested-topic"), about_the_page))
    assert extraction.problems == ()
    assert extraction.new == (
        "2022-los-angeles-governance-004",
        "2015-panama-mandates-009",
        "2001-quebec-poa-028",
        "1994-miami-poa-017",
    )
    items = {row["item_id"]: (row["position"], row["label"]) for row in bench.rows("items")}
    assert items["2022-los-angeles-governance-004.a"] == ("1", "a")
    assert items["2022-los-angeles-governance-004.b"] == ("2", "b")
    assert [items[f"2015-panama-mandates-009.{n}"] for n in (1, 2, 3)] == [("1", "1"), ("2", "2"), ("3", "3")]
    topics = {row["topic_id"]: (row["parent_topic_id"], row["title"]) for row in bench.rows("topics")}
    assert topics == {"security": ("", "Security"), "security-harbour-safety": ("security", "Harbour Safety")}
    mandates = {row["mandate_id"]: row for row in bench.rows("mandates")}
    assert mandates["1994-miami-poa-017"]["paragraph"] == "6.14"
    assert mandates["2015-panama-mandates-009"]["section"] == "Security"
    assert mandates["2015-panama-mandates-009"]["document_basis"] == "item"
    assert bench.codes_but_of_codings() == set()
    found = validate(bench.folder, extra_rules={"mandates": check_mandates}).findings
    assert {finding.code for finding in found} == {"MD632", "MD633"}
    after = bench.tables()
    for path in ("data/source/security.txt", "data/documents.csv", "data/corrections.csv"):
        assert after[path] == before[path]
    for table in ("mandates", "items", "printings", "mandate_topics", "sources", "topics"):
        lost = set(before[f"data/{table}.csv"].splitlines()) - set(after[f"data/{table}.csv"].splitlines())
        assert lost == set(), table


def test_a_page_without_heading_asks_for_its_topic(bench: Any, form: Form, about_the_page: Decisions) -> None:
    page = bench.page("no-heading-repeated", form("no-heading-repeated"), [*about_the_page, *REPEATED[1:]])
    assert any("name its topic" in problem.message for problem in bench.extract(page).problems)
    problems = bench.extract(page, topic="peace").problems
    assert any("'peace' is not in the table topics" in problem.message for problem in problems)
    (problem,) = bench.extract(page, topic="security").problems
    assert problem.line == 9


def test_a_near_twin_is_reported_and_never_merged(bench: Any, form: Form, about_the_page: Decisions) -> None:
    before = bench.tables()
    decisions = [*about_the_page, *REPEATED]
    extraction = bench.extract(bench.page("no-heading-repeated", form("no-heading-repeated"), decisions))
    (problem,) = extraction.problems
    assert (problem.kind, problem.line) == ("missing decision", 9)
    assert "near twin of 2018-lima-commitment-001 ('from' where that has nothing)" in problem.message
    assert bench.tables() == before


def test_a_repeated_mandate_keeps_its_identifier_and_a_distinct_twin_gets_its_own(
    bench: Any, form: Form, about_the_page: Decisions
) -> None:
    bench.without_annotations()
    decisions = [*about_the_page, *REPEATED, ("9", "near_twin", "distinct")]
    page = bench.page("no-heading-repeated", form("no-heading-repeated"), decisions)
    assert bench.extract(page).new == (f"{LIMA}-004", f"{LIMA}-005")
    lines = [
        (row["source_id"], row["source_line"]) for row in bench.rows("printings") if row["mandate_id"] == f"{LIMA}-001"
    ]
    assert lines == [("no-heading-repeated", "5"), ("security", "52")]
    after = bench.tables()
    assert bench.extract(page).problems == ()
    assert bench.extract(bench.folder / "data/source/security.txt").problems == ()
    assert bench.tables() == after
    assert bench.codes_but_of_codings() == set()
    found = validate(bench.folder, extra_rules={"mandates": check_mandates}).findings
    assert {finding.code for finding in found} == {"MD632", "MD633"}


def test_the_order_in_which_pages_come_does_not_merge_twins(bench: Any, form: Form, about_the_page: Decisions) -> None:
    bench.empty()
    bench.write("corrections", [])  # these name the identifiers that the page gave when it came first
    bench.without_annotations()
    text = form("nested-topic")
    bench.extract(bench.page("nested-topic", text, about_the_page))
    lines, decisions = bench.security()
    assert security(bench, lines, decisions).problems == ()
    ids = [row["mandate_id"] for row in bench.rows("mandates") if row["document_id"] == "2001-quebec-poa"]
    assert ids == [f"2001-quebec-poa-{n:03}" for n in range(1, 29)]
    assert text_ids(bench)["2001-quebec-poa-001"] == "To keep harbours open in storms where lives are at stake."
    assert bench.codes_but_of_codings() == set()


def test_a_mandate_printed_twice_on_a_page_is_one_mandate(bench: Any, form: Form, about_the_page: Decisions) -> None:
    bench.without_annotations()
    lines = form("nested-topic").split("\n")
    lines[25] = lines[24]
    extraction = bench.extract(bench.page("nested-topic", "\n".join(lines), about_the_page))
    assert (extraction.paragraphs, extraction.mandates) == (5, 4)
    places = [row["source_line"] for row in bench.rows("printings") if row["mandate_id"] == "2001-quebec-poa-028"]
    assert places == ["25", "26"]
    assert bench.codes_but_of_codings() == set()


def test_the_same_text_with_other_items_is_a_near_twin(bench: Any, form: Form, about_the_page: Decisions) -> None:
    page = bench.page("nested-topic", form("nested-topic"), about_the_page)
    bench.extract(page)
    lines = form("nested-topic").split("\n")
    lines[20] = lines[20].replace("1.", "4.").replace("Access to pilots at night", "Tugs")
    other = bench.page("other-page", "\n".join(lines), about_the_page)
    assert [(p.kind, p.line) for p in bench.extract(other).problems] == [("missing decision", 19)]


def test_a_second_page_fills_what_the_first_left_unsaid(bench: Any, form: Form, about_the_page: Decisions) -> None:
    bench.without_annotations()
    bench.extract(bench.page("nested-topic", form("nested-topic"), about_the_page))
    text = form("nested-topic").replace("(Plan of Action Québec, 2001)", "(Ports, Plan of Action Québec, 2001)")
    page = bench.page("second", text, [*about_the_page, ("25", "paragraph", "12")])
    assert bench.extract(page).problems == ()
    row = next(row for row in bench.rows("mandates") if row["mandate_id"] == "2001-quebec-poa-028")
    assert (row["section"], row["paragraph"]) == ("Ports", "12")
    after = bench.tables()
    assert bench.extract(bench.folder / "data/source/nested-topic.txt").problems == ()
    assert bench.tables() == after
    assert bench.codes_but_of_codings() == set()


def test_pages_that_contradict_each_other_are_refused(bench: Any, form: Form, about_the_page: Decisions) -> None:
    first = [*about_the_page, ("25", "paragraph", "11")]
    bench.extract(bench.page("nested-topic", form("nested-topic"), first))
    before = bench.tables()
    page = bench.page("second", form("nested-topic"), [*about_the_page, ("25", "paragraph", "12")])
    (problem,) = bench.extract(page).problems
    assert (problem.line, "contradict each other" in problem.message) == (25, True)
    assert bench.tables() == before


def test_a_decision_that_is_taken_back_leaves_the_tables(bench: Any) -> None:
    lines, decisions = bench.security()
    kept = [row for row in decisions if row[:2] != ("212", "completeness")]
    assert security(bench, lines, kept).problems == ()
    place = next(row["mandate_id"] for row in bench.rows("printings") if row["source_line"] == "212")
    row = next(row for row in bench.rows("mandates") if row["mandate_id"] == place)
    assert row["completeness"] == "whole"
    assert bench.codes_but_of_codings() == set()


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ("    • a. The training", "    • b. The training", 16),  # the label b twice
        ("    2. The depth", "      2. The depth", 22),
        ("    2. The depth of the approach channels;", "    2. The depth. (Plan of Action Miami, 1994).", 22),
        ("  1. To keep", "  To keep", 25),
        ("MANDATES\n", "MANDATE\n", 10),
        ("SECURITY: Harbour Safety", "Security: Harbour Safety", 9),
        ("channels;\n", "channels;\n• and so on\n", 23),
    ],
)
def test_a_page_that_is_not_accounted_for_is_refused_with_the_line(
    bench: Any, form: Form, about_the_page: Decisions, old: str, new: str, line: int
) -> None:
    before = bench.tables()
    text = form("nested-topic")
    assert text.count(old) == 1
    extraction = bench.extract(
        bench.page("nested-topic", text.replace(old, new), [*about_the_page, ("", "topic", "security")])
    )
    assert ("unexplained line", line) in {(problem.kind, problem.line) for problem in extraction.problems}
    assert extraction.files == {}
    assert bench.tables() == before


def test_a_title_that_is_known_otherwise_is_not_overwritten(bench: Any, form: Form, about_the_page: Decisions) -> None:
    bench.add("topics", topic_id="security-harbour-safety", parent_topic_id="security", title="Harbour safety")
    (problem,) = bench.extract(bench.page("nested-topic", form("nested-topic"), about_the_page)).problems
    assert "is known as 'SECURITY: Harbour safety'" in problem.message


def test_the_descriptor_is_refreshed_with_the_tables(bench: Any, form: Form, about_the_page: Decisions) -> None:
    bench.extract(bench.page("nested-topic", form("nested-topic"), about_the_page))
    resource = open_package(bench.folder).resource("items")
    assert resource.bytes == (bench.folder / "data/items.csv").stat().st_size
