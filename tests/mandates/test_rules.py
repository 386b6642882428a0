"""Each rule on mandates: a sound package is told nothing, and each defect is told under its own code.

An example changes the published package; beside it stand the codes that it brings about, and nothing else may come.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from typing import Any

import pytest

from mandates_data.mandates import codes

Example = Callable[[Any], None]

LIMA = "2018-lima-commitment-001"
POA = "2001-quebec-poa"
TWICE = f"{POA}-004"
CICAD = f"{POA}-003"
DATED = "2005-mar-del-plata-poa-003"


def correction(bench: Any, number: int, old: str, new: str, **cells: str) -> None:
    row = {
        "correction_id": f"{LIMA}.section.{number}",
        "table": "mandates",
        "row_id": LIMA,
        "field": "section",
        "old": old,
        "new": new,
        "kind": "name",
        "reason": "A test.",
        "evidence": "text",
    }
    bench.add("corrections", **(row | cells))


def corrected(bench: Any) -> None:
    bench.change("mandates", LIMA, section="Corruption")
    correction(bench, 1, "", "Bribery")
    correction(bench, 2, "Bribery", "Corruption")


def retired(bench: Any, **cells: str) -> None:
    row = {
        "retirement_id": f"{POA}-099.1",
        "retired_id": f"{POA}-099",
        "table": "mandates",
        "replaced_by": f"{POA}-001",
        "reason": "A test.",
    }
    bench.add("retired_ids", **(row | cells))


def page_text(bench: Any, old: str, new: str) -> None:
    path = bench.folder / "data/source/security.txt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def decisions_text(bench: Any, old: str, new: str) -> None:
    path = bench.folder / "data/source/security.decisions.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def without_items_table(bench: Any) -> None:
    (bench.folder / "data/items.csv").unlink()


def latin_page(bench: Any) -> None:
    path = bench.folder / "data/source/security.txt"
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


def without_page(bench: Any) -> None:
    (bench.folder / "data/source/security.txt").unlink()


def without_a_printing(bench: Any) -> None:
    bench.remove("printings", mandate_id=f"{POA}-002")
    bench.remove("mandate_topics", mandate_id=f"{POA}-002")


def items_changed_places(bench: Any) -> None:
    bench.change("items", f"{TWICE}.b01", position="9")
    bench.change("items", f"{TWICE}.b02", position="1")
    bench.change("items", f"{TWICE}.b01", position="2")


def item_of_another(bench: Any) -> None:
    rows = [row for row in bench.rows("printings") if row["item_id"] == "2022-los-angeles-governance-003.c"]
    bench.change("printings", f"security/{rows[0]['source_line']}", mandate_id="2022-los-angeles-governance-002")


def boundary_moved(bench: Any) -> None:
    """The citation stands in the text: the line is still what the tables say, put together."""
    text = next(row["text"] for row in bench.rows("mandates") if row["mandate_id"] == LIMA)
    bench.change("mandates", LIMA, text=f"{text} (Lima Commitment. Peru, 2018)", document_basis="inferred")
    bench.change("printings", "security/52", citation="")


def topic_row_lost(bench: Any) -> None:
    bench.remove("mandate_topics", mandate_id=LIMA)


def other_document(bench: Any) -> None:
    bench.add(
        "documents",
        document_id="1996-santa-cruz-poa",
        summit_id="1998-santiago",
        kind="plan_of_action",
        title="Plan",
        cited_as="Plan of Action Santa Cruz",
        evidence="a test",
    )


def number_of_another_document(bench: Any) -> None:
    for table in ("mandates", "mandate_topics"):
        key = LIMA if table == "mandates" else f"{LIMA}/security"
        bench.change(table, key, mandate_id="2018-lima-commitments-001")
    bench.change("printings", "security/52", mandate_id="2018-lima-commitments-001")
    bench.change("acts", LIMA, mandate_id="2018-lima-commitments-001")
    for coder in ("first", "second", "adjudicated"):
        bench.change("mandate_subtopics", f"{LIMA}/CORR/{coder}", mandate_id="2018-lima-commitments-001")


def topic_nested_elsewhere(bench: Any) -> None:
    bench.add("topics", topic_id="drugs", parent_topic_id="security", title="Drug Problem")


def unlabelled_item_renamed(bench: Any) -> None:
    bench.change("items", f"{TWICE}.b01", item_id=f"{TWICE}.a")
    bench.change("printings", "security/150", item_id=f"{TWICE}.a")


def lexicon_text(bench: Any, old: str, new: str, name: str = "lexicon") -> None:
    path = bench.folder / f"data/source/{name}.csv"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_bytes(text.replace(old, new, 1).encode("utf-8"))


def dates_text(bench: Any, old: str, new: str) -> None:
    lexicon_text(bench, old, new, "dates")


BAD: dict[str, list[tuple[Example, set[str]]]] = {
    "MD600": [(without_items_table, {"MD600"})],
    "MD601": [(latin_page, {"MD601", "MD602"}), (without_page, {"MD601"})],
    "MD602": [
        (lambda b: b.change("sources", "security", sha256="0" * 64), {"MD602"}),
        (lambda b: page_text(b, " (Lima", "  (Lima"), {"MD602"}),
    ],
    "MD603": [
        (lambda b: page_text(b, "subRegions", "subregions"), {"MD602", "MD603"}),
        (lambda b: b.change("items", f"{TWICE}.b01", text="Intensifying efforts."), {"MD603", "MD618"}),
        (lambda b: b.change("printings", "security/52", marker="2."), {"MD603"}),
        (lambda b: b.change("printings", "security/52", citation="(Lima Commitment, 2018)"), {"MD603"}),
        (lambda b: b.change("printings", "security/52", source_line="999"), {"MD603", "MD604", "MD616"}),
    ],
    "MD604": [
        (lambda b: page_text(b, "MANDATES\n", "MANDATES\nMore to come\n"), {"MD602", "MD603", "MD604"}),
        (lambda b: page_text(b, "2\nClick", "\nClick"), {"MD602", "MD604"}),
        (lambda b: b.change("topics", "security", title="Safety"), {"MD604"}),
        (lambda b: page_text(b, "©", "(c)"), {"MD602", "MD604"}),
    ],
    "MD605": [
        (without_a_printing, {"MD604", "MD605", "MD616"}),
        (
            lambda b: b.add("items", item_id=f"{LIMA}.a", mandate_id=LIMA, position="1", label="a", text="More."),
            {"MD605", "MD606"},
        ),
    ],
    "MD606": [(items_changed_places, {"MD606", "MD610"}), (item_of_another, {"MD606", "MD612"})],
    "MD607": [
        (lambda b: decisions_text(b, "134,document", "133,document"), {"MD607"}),
        (lambda b: decisions_text(b, "142,role,preamble", "142,role,overture"), {"MD607"}),
        (lambda b: decisions_text(b, "line,decision,value", "line,decision,is"), {"MD607"}),
    ],
    "MD608": [
        (lambda b: b.change("mandates", LIMA, section="Corruption"), {"MD608"}),
        (lambda b: b.change("mandates", LIMA, paragraph="6"), {"MD608"}),
        (lambda b: b.change("mandates", LIMA, role="preamble"), {"MD608"}),
        (lambda b: b.change("mandates", LIMA, completeness="items_missing"), {"MD608"}),
        (lambda b: b.change("mandates", f"{POA}-002", preamble_id=""), {"MD608"}),
        (lambda b: b.change("sources", "security", publisher="OAS"), {"MD608"}),
        (lambda b: b.change("sources", "security", url="http://www.example.org/"), {"MD608"}),
        (lambda b: b.change("items", "2022-los-angeles-health-001.d", label=""), {"MD608", "MD609", "MD610"}),
        (lambda b: decisions_text(b, "94,paragraph,68", "94,paragraph,86"), {"MD608"}),
        (boundary_moved, {"MD608", "MD621"}),
    ],
    "MD609": [
        (other_document, {"MD609"}),
        (number_of_another_document, {"MD609"}),
        (topic_nested_elsewhere, {"MD609"}),
        (unlabelled_item_renamed, {"MD609", "MD610", "MD620"}),
    ],
    "MD610": [
        (lambda b: b.change("items", f"{TWICE}.b03", position="4"), {"MD610"}),
        (lambda b: b.change("items", "2022-los-angeles-health-001.d", position="4"), {"MD610"}),
    ],
    "MD611": [
        (lambda b: b.change("mandates", f"{POA}-002", preamble_id=f"{POA}-003"), {"MD611"}),
        (lambda b: b.change("mandates", LIMA, preamble_id=f"{POA}-001"), {"MD611"}),
        (lambda b: b.change("mandates", f"{POA}-001", preamble_id=f"{POA}-001"), {"MD611"}),
    ],
    "MD612": [
        (lambda b: b.change("mandates", LIMA, document_basis="inferred"), {"MD612"}),
        (lambda b: b.change("mandates", TWICE, document_basis="printed"), {"MD612"}),
    ],
    "MD613": [
        (lambda b: correction(b, 1, "", "Corruption"), {"MD613"}),
        (lambda b: (corrected(b), b.change("mandates", LIMA, section="Bribery")), {"MD613"}),
        (lambda b: (corrected(b), b.change("corrections", f"{LIMA}.section.2", old="Theft")), {"MD613"}),
        (lambda b: correction(b, 1, "", ""), {"MD613"}),
        (lambda b: (corrected(b), b.remove("corrections", correction_id=f"{LIMA}.section.1")), {"MD608", "MD613"}),
        (lambda b: correction(b, 1, "", "x", table="printings"), {"MD613"}),
        (lambda b: correction(b, 1, "", "x", row_id="2018-lima-commitment-100"), {"MD613"}),
        (lambda b: correction(b, 1, "", "x", field="sections"), {"MD613"}),
        (lambda b: correction(b, 1, LIMA, "x", field="mandate_id"), {"MD613"}),
    ],
    "MD614": [(lambda b: retired(b, retired_id=LIMA, retirement_id=f"{LIMA}.1", replaced_by=""), {"MD614"})],
    "MD615": [
        (lambda b: retired(b, table="mandate"), {"MD615"}),
        (lambda b: retired(b, retirement_id=f"{POA}-099.2"), {"MD615"}),
        (lambda b: retired(b, replaced_by=f"{POA}-098"), {"MD615"}),
    ],
    "MD616": [
        (topic_row_lost, {"MD616"}),
        (lambda b: b.change("mandate_topics", f"{LIMA}/security", position="400"), {"MD616"}),
        (
            lambda b: (
                b.add("topics", topic_id="peace", title="Peace"),
                b.add("mandate_topics", mandate_id=LIMA, topic_id="peace", position="1"),
            ),
            {"MD616"},
        ),
    ],
}

FIREARMS, FIRST = "firearms/1998-santiago-poa-010", "firearms/1994-miami-poa-009"


def line_of_later(bench: Any) -> None:
    bench.add("lineages", lineage_id="later", position="1", mandate_id=LIMA, basis="A test.")
    cells = {"position": "2", "mandate_id": f"{POA}-002", "previous_id": LIMA, "basis": "A test."}
    bench.add("lineages", lineage_id="later", **cells)


BAD["MD640"] = [
    (lambda b: b.change("lineages", "firearms/2015-panama-mandates-006", position="8"), {"MD640"}),
    (lambda b: b.remove("lineages", mandate_id="2001-quebec-poa-014"), {"MD640"}),
]
BAD["MD641"] = [
    (lambda b: b.change("lineages", FIREARMS, previous_id="1994-miami-poa-008"), {"MD641"}),
    (lambda b: b.change("lineages", FIREARMS, previous_id="1998-santiago-poa-010"), {"MD641"}),
    (lambda b: b.change("lineages", FIREARMS, previous_id=f"{POA}-015"), {"MD641"}),
]
BAD["MD642"] = [
    (lambda b: b.change("lineages", FIREARMS, previous_id=""), {"MD642"}),
    (lambda b: b.change("lineages", FIRST, previous_id="1998-santiago-poa-010"), {"MD642"}),
]
BAD["MD643"] = [(line_of_later, {"MD643"})]


DRUGS = f"{POA}-001/DRUGS/adjudicated"
"""The only code of a preamble, as adjudicated."""


def coded_once_more(bench: Any, rank: str) -> None:
    row = {"mandate_id": f"{POA}-001", "code": "MONEY", "coder": "adjudicated", "rank": rank}
    bench.add("mandate_subtopics", **row, basis="the drug problem in the region")


def basis_of_an_earlier_text(bench: Any) -> None:
    """The two passes took words that a correction of 0.1.1 has changed since: they stand as printed."""
    rows = [row for row in bench.rows("mandate_subtopics") if row["basis"].startswith("anti-personnel- landmine")]
    assert [row["coder"] for row in rows] == ["first", "second"]


def basis_between_two_corrections(bench: Any) -> None:
    """Words that stood in a text for the time between two corrections."""
    text = next(row["text"] for row in bench.rows("mandates") if row["mandate_id"] == LIMA)
    between, now = text.replace("informants", "informers"), text.replace("informants", "those who inform")
    bench.change("mandates", LIMA, text=now)
    correction(bench, 1, text, between, field="text", correction_id=f"{LIMA}.text.1")
    correction(bench, 2, between, now, field="text", correction_id=f"{LIMA}.text.2")
    bench.change("acts", LIMA, basis="Protecting whistleblowers, witnesses, and informers")


BAD |= {
    "MD630": [
        (lambda b: b.change("mandate_subtopics", DRUGS, rank="2"), {"MD630"}),
        (lambda b: coded_once_more(b, "1"), {"MD630"}),
        (lambda b: coded_once_more(b, "3"), {"MD630"}),
    ],
    "MD631": [
        (lambda b: b.change("mandate_subtopics", DRUGS, basis="the drug problem of the region"), {"MD631"}),
        (lambda b: b.change("acts", LIMA, basis="Protect whistleblowers"), {"MD631"}),
    ],
    "MD632": [(lambda b: b.remove("mandate_subtopics", mandate_id=LIMA, coder="second"), {"MD632"})],
    "MD633": [(lambda b: b.remove("acts", mandate_id=LIMA), {"MD633"})],
    "MD634": [(lambda b: b.change("subtopics", "ARMS", example=LIMA), {"MD634"})],
}
BAD["MD618"] = [
    (lambda b: b.change("mentions", f"{CICAD}.m01", surface="CICTE"), {"MD618"}),
    (lambda b: b.change("mentions", f"{CICAD}.m01", start="102"), {"MD618"}),
    (lambda b: b.change("mentions", f"{CICAD}.m01", end="9999"), {"MD618"}),
    (lambda b: b.change("mentions", f"{CICAD}.m01", start="108"), {"MD618"}),
    (lambda b: b.change("deadlines", f"{DATED}.d01", end="32"), {"MD618"}),
]
BAD["MD619"] = [
    (lambda b: b.change("mentions", f"{TWICE}.b01.m01", mandate_id=f"{POA}-003"), {"MD619"}),
    (lambda b: b.change("mentions", f"{CICAD}.m01", mention_id=f"{POA}-099.m01"), {"MD619"}),
    (lambda b: b.change("deadlines", f"{DATED}.d01", deadline_id=f"{CICAD}.d01"), {"MD619"}),
]
BAD["MD620"] = [
    (lambda b: b.remove("mentions", mention_id=f"{CICAD}.m01"), {"MD620"}),
    (lambda b: b.remove("deadlines", deadline_id=f"{DATED}.d01"), {"MD620"}),
    (lambda b: b.change("mentions", f"{CICAD}.m01", basis="name"), {"MD620"}),
    (lambda b: b.change("mentions", f"{CICAD}.m01", entity_id="oas"), {"MD620"}),
    (lambda b: b.change("deadlines", f"{DATED}.d01", date_to="2006-12-01"), {"MD620"}),
    (lambda b: lexicon_text(b, "CICAD,cicad,,acronym\n", ""), {"MD620"}),
    (lambda b: lexicon_text(b, "CICAD,cicad,,acronym", "CICAD,cicad,,name"), {"MD620"}),
]
BAD["MD621"] = [
    (lambda b: lexicon_text(b, "CICAD,cicad,,acronym", "CICAD,cicda,,acronym"), {"MD621"}),
    (lambda b: lexicon_text(b, "CICAD,cicad,,acronym", "CICAD,cicad,,initials"), {"MD621"}),
    (lambda b: lexicon_text(b, "CICAD,cicad,,acronym\n", "CICAD,cicad,,acronym\n" * 2), {"MD621"}),
    (lambda b: lexicon_text(b, "CICAD,cicad,,acronym\n", "CICAD,cicad,,acronym\nCICAD,oas,,acronym\n"), {"MD621"}),
    (
        lambda b: lexicon_text(
            b,
            "CICAD,cicad,,acronym\n",
            "CICAD,cicad,,acronym\nIDB-CICAD efforts,oas,,name\njoint IDB-CICAD,cicte,,name\n",
        ),
        {"MD621"},
    ),
    (lambda b: lexicon_text(b, "said Mechanism,mesicic,", "the Mechanism,mesicic,"), {"MD621"}),
    (lambda b: lexicon_text(b, "wording,entity_id", "words,entity_id"), {"MD621"}),
    (lambda b: dates_text(b, "before December 2006,deadline", "before December 2006,due"), {"MD621"}),
    (lambda b: dates_text(b, "2006-11-30", "2006-11-31"), {"MD621"}),
    (lambda b: dates_text(b, "1992-11-05,1992-11-06", "1992-11-06,1992-11-05"), {"MD621"}),
    (lambda b: dates_text(b, f"{DATED},before December 2006", f"{DATED},after December 2006"), {"MD621"}),
    (lambda b: dates_text(b, f"{DATED},", f"{POA}-099,"), {"MD621"}),
    (lambda b: dates_text(b, "1998-santiago-dec-003,May 4,", "1998-santiago-dec-003,meeting,"), {"MD621"}),
]


def put_back_by_name(bench: Any) -> None:
    bench.change("mandates", LIMA, section="Bribery")
    correction(bench, 1, "", "Bribery")
    correction(bench, 2, "Bribery", "Corruption")
    correction(bench, 3, "Corruption", "Bribery", reason=f"{LIMA}.section.2 was wrong.")


def put_back_unsaid(bench: Any) -> None:
    put_back_by_name(bench)
    bench.change("corrections", f"{LIMA}.section.3", reason="A test.")


BAD["MD617"] = [(put_back_unsaid, {"MD617"})]

BAD["MD603"].append((lambda b: b.change("mandates", LIMA, text="Protecting them."), {"MD603"}))
"""The words on which its codings rest are gone with the text: that is not told beside it."""

GOOD: dict[str, Example] = {
    "MD630": lambda b: coded_once_more(b, "2"),
    "MD631": lambda b: (basis_of_an_earlier_text(b), basis_between_two_corrections(b)),
    "MD617": put_back_by_name,
    "MD643": lambda b: b.add("lineages", lineage_id="alone", position="1", mandate_id=LIMA, basis="A test."),
    "MD603": corrected,
    "MD613": corrected,
    "MD614": retired,
    "MD615": lambda b: (
        retired(b),
        retired(b, retirement_id=f"{POA}-099.2", replaced_by=f"{POA}-002"),
        retired(b, retirement_id=f"{POA}-098.1", retired_id=f"{POA}-098", replaced_by=f"{POA}-099"),
    ),
}
"""Changes after which the package is as sound as before; for all other codes that is the published package."""

EXAMPLES = [(code, example, expected) for code, examples in BAD.items() for example, expected in examples]


def test_the_published_package_is_sound(bench: Any) -> None:
    assert bench.findings() == []


def test_every_rule_has_a_bad_example_and_a_code_of_its_own() -> None:
    registered = [rule.code for rule in codes.RULES]
    assert all(re.fullmatch(r"MD6[0-9][0-9]", code) for code in registered)
    assert sorted(registered) == sorted(set(registered)) == sorted(BAD)
    assert all(code in expected for code, _, expected in EXAMPLES)


@pytest.mark.parametrize(("code", "example", "expected"), EXAMPLES, ids=[f"{e[0]}-{n}" for n, e in enumerate(EXAMPLES)])
def test_a_defect_is_told_under_its_code(bench: Any, code: str, example: Example, expected: set[str]) -> None:
    example(bench)
    findings = bench.findings()
    assert {finding.code for finding in findings} == expected
    told = next(finding for finding in findings if finding.code == code)
    assert told.message.endswith(".")
    assert told.path or code == "MD600"


@pytest.mark.parametrize("code", sorted(GOOD))
def test_a_sound_change_is_told_nothing(bench: Any, code: str) -> None:
    GOOD[code](bench)
    assert bench.codes() == set()


def test_a_finding_says_where_the_cell_stands(bench: Any) -> None:
    bench.change("mandates", LIMA, section="Corruption")
    (finding,) = bench.findings()
    assert (finding.path, finding.field, finding.column_letter) == ("data/mandates.csv", "section", "D")
    assert finding.row_key == LIMA
    line = (bench.folder / "data/mandates.csv").read_text(encoding="utf-8").split("\n")[(finding.line or 0) - 1]
    assert line.startswith(LIMA)
    assert finding.message == 'The cell is "Corruption"; the page and its decisions say nothing.'


def test_a_changed_text_is_shown_beside_what_the_page_prints(bench: Any) -> None:
    page_text(bench, "subRegions", "subregions")
    finding = next(finding for finding in bench.findings() if finding.code == "MD603")
    assert finding.path == "data/printings.csv"
    assert "data/source/security.txt:244 prints" in finding.message
    assert "and in its subregions. To that" in finding.message
    assert "and in its subRegions. To that" in finding.message


def test_a_line_that_no_rule_explains_is_named_on_the_page(bench: Any) -> None:
    page_text(bench, "©", "(c)")
    told = [(f.path, f.line) for f in bench.findings() if f.code == "MD604"]
    assert told == [("data/source/security.txt", 315)]


def test_messages_have_no_word_of_programmers() -> None:
    for rule in codes.RULES:
        words = set(re.findall(r"\w+", f"{rule.title} {rule.why} {rule.mend}".lower()))
        assert not words & {"regex", "constraint", "null", "string", "boolean", "exception"}, rule.code


def test_a_table_without_a_field_that_the_rules_need_is_said_once(bench: Any) -> None:
    schema = bench.folder / "schemas/mandates.schema.json"
    schema.write_bytes(schema.read_bytes().replace(b'"section"', b'"part"'))
    table = bench.folder / "data/mandates.csv"
    table.write_bytes(table.read_bytes().replace(b",section,", b",part,", 1))
    assert bench.codes() == {"MD600"}


@pytest.mark.parametrize("seed", range(6))
def test_no_cell_makes_a_traceback(bench: Any, seed: int) -> None:
    dice = random.Random(f"cells {seed}")
    odd = ["", "0", "-1", "9" * 30, "\u0663", "(", "[", "{0}", "\\", "a/b", "../x", "security", LIMA, f"{TWICE}.b01"]
    corrected(bench)
    for _ in range(6):
        table = dice.choice(
            ["summits", "documents", "topics", "sources", "mandates", "items", "printings", "corrections"]
        )
        rows = bench.rows(table)
        row = dice.choice(rows)
        row[dice.choice(list(row))] = dice.choice(odd)
        bench.write(table, rows)
        assert all(re.fullmatch("MD6[0-9][0-9]", code) for code in bench.codes())
