"""The published tables against the archived page, read here with nothing but the csv module and string methods.

Every number and text in this file was counted or copied by eye from data/source/security.txt.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "data/source/security.txt").read_text(encoding="utf-8").split("\n")

Row = dict[str, str]


def rows(table: str) -> list[Row]:
    with (ROOT / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


MANDATES = {row["mandate_id"]: row for row in rows("mandates")}
ITEMS = {row["item_id"]: row for row in rows("items")}
PRINTINGS = {int(row["source_line"]): row for row in rows("printings")}


def mandate_at(line: int) -> Row:
    """The mandate that the page prints on that line."""
    assert PRINTINGS[line]["item_id"] == ""
    return MANDATES[PRINTINGS[line]["mandate_id"]]


def item_at(line: int) -> Row:
    return ITEMS[PRINTINGS[line]["item_id"]]


def test_there_are_139_paragraphs_and_7_items() -> None:
    assert len(MANDATES) == 139
    assert len(ITEMS) == 7
    assert len(PRINTINGS) == 146


def test_the_page_numbers_123_paragraphs_1_and_gives_16_their_official_number() -> None:
    of_mandates = [row["marker"] for row in PRINTINGS.values() if not row["item_id"]]
    assert of_mandates.count("1.") == 123
    official = [marker for marker in of_mandates if marker != "1."]
    numbers = [f"6.{n}" for n in range(1, 14)] + ["7.1", "7.2", "7.3"]
    assert sorted(official) == sorted(f"• {number}" for number in numbers)
    assert len(official) == 16


@pytest.mark.parametrize(
    ("document", "count"),
    [
        ("1994-miami-dec", 2),
        ("1994-miami-poa", 16),
        ("1998-santiago-dec", 3),
        ("1998-santiago-poa", 32),
        ("2001-quebec-dec", 2),
        ("2001-quebec-poa", 27),
        ("2004-nuevo-leon-dec", 4),
        ("2005-mar-del-plata-dec", 4),
        ("2005-mar-del-plata-poa", 3),
        ("2009-port-of-spain-dec", 11),
        ("2012-cartagena-mandates", 9),
        ("2015-panama-mandates", 8),
        ("2018-lima-commitment", 3),
        ("2022-los-angeles-digital", 10),
        ("2022-los-angeles-governance", 3),
        ("2022-los-angeles-health", 2),
    ],
)
def test_each_document_has_as_many_paragraphs_as_the_page_cites_for_it(document: str, count: int) -> None:
    assert sum(row["document_id"] == document for row in MANDATES.values()) == count


def test_official_numbers_6_1_and_6_10_stay_two_paragraphs() -> None:
    first, tenth = mandate_at(276), mandate_at(294)
    assert (first["paragraph"], tenth["paragraph"]) == ("6.1", "6.10")
    assert first["text"].startswith("The problems of illegal drug and related criminal activities pose grave threats")
    assert tenth["text"].startswith("Hold a working-level conference, to be followed by a ministerial conference")


def test_official_numbers_that_the_page_lacks_stand_only_where_a_source_states_them() -> None:
    with_number = {row["mandate_id"]: row["paragraph"] for row in MANDATES.values() if row["paragraph"]}
    assert len(with_number) == 16 + 3
    assert [mandate_at(line)["paragraph"] for line in (94, 96, 98, 100)] == ["68", "69", "70", ""]


def test_ids_count_a_document_s_paragraphs_in_page_order() -> None:
    for document in {row["document_id"] for row in MANDATES.values()}:
        in_page_order = [
            row["mandate_id"]
            for _, row in sorted(PRINTINGS.items())
            if not row["item_id"] and MANDATES[row["mandate_id"]]["document_id"] == document
        ]
        assert in_page_order == [f"{document}-{n:03}" for n in range(1, len(in_page_order) + 1)]


def test_the_seven_items_keep_their_letters_and_the_lost_bullet_is_an_item() -> None:
    assert [item_at(line)["label"] for line in (14, 16, 22, 46, 150, 152, 154)] == ["g", "h", "c", "d", "", "", ""]
    assert [item_at(line)["position"] for line in (150, 152, 154)] == ["1", "2", "3"]
    assert item_at(14)["item_id"].endswith(".g")
    assert item_at(154)["item_id"].endswith(".b03")
    assert PRINTINGS[154]["marker"] == ""
    assert item_at(154)["text"].startswith("Developing, within the framework of CICAD, a long-term strategy")


def test_four_mandates_are_cited_on_their_last_item_only_and_two_not_at_all() -> None:
    by_item = {row["mandate_id"] for row in MANDATES.values() if row["document_basis"] == "item"}
    assert by_item == {mandate_at(line)["mandate_id"] for line in (12, 20, 44, 148)}
    inferred = {row["mandate_id"] for row in MANDATES.values() if row["document_basis"] == "inferred"}
    assert inferred == {mandate_at(line)["mandate_id"] for line in (134, 136)}
    assert {MANDATES[mandate]["document_id"] for mandate in inferred} == {"2004-nuevo-leon-dec"}
    assert PRINTINGS[134]["citation"] == PRINTINGS[136]["citation"] == ""


def test_citations_stand_exactly_as_printed_in_twenty_spellings() -> None:
    citations = Counter(row["citation"] for row in PRINTINGS.values() if row["citation"])
    assert sum(citations.values()) == 137
    assert citations["(Plan of Action Québec, 2001)."] == 21
    assert citations["( Plan of Action Québec, 2001)."] == 5
    assert citations["Plan of Action Québec, 2001)."] == 1
    assert citations["(Declaration of Principles Miami, 1994)"] == 1
    assert citations["(Declaration of Principles Miami, 1994)."] == 1
    assert citations["(Lima Commitment. Peru, 2018)"] == 3
    assert citations["(Migration, Initiatives VII Summit of the Americas, Panama City, 2015)."] == 1
    assert len(citations) == 20


def test_sections_come_from_the_citation() -> None:
    sections = Counter(row["section"] for row in MANDATES.values())
    assert sections == {
        "": 139 - 17,
        "Migration": 1,
        "Security": 7,
        "Citizen Security and Transnational Organized Crime": 9,
    }


def test_bracketed_lead_ins_stay_in_the_text() -> None:
    led_in = [row for row in MANDATES.values() if row["text"].startswith("[")]
    assert len(led_in) == 4
    for row in led_in:
        assert row["text"].startswith("[Entrust the OAS, through the Committee on the Hemispheric Security, to:] ")


def test_three_preambles_introduce_eighteen_mandates() -> None:
    preambles = [row["mandate_id"] for row in MANDATES.values() if row["role"] == "preamble"]
    assert sorted(preambles) == sorted(mandate_at(line)["mandate_id"] for line in (142, 170, 178))
    reach = Counter(row["preamble_id"] for row in MANDATES.values() if row["preamble_id"])
    assert [reach[mandate_at(line)["mandate_id"]] for line in (142, 170, 178)] == [6, 3, 9]
    assert mandate_at(198)["preamble_id"] == "", "whether the preamble reaches terrorism is in doubt"


def test_what_the_page_lacks_is_said_and_not_filled() -> None:
    completeness = Counter(row["completeness"] for row in MANDATES.values())
    assert completeness == {"whole": 139 - 3 - 9, "items_missing": 3, "opening_missing": 9}
    assert {mandate_at(line)["completeness"] for line in (12, 20, 44)} == {"items_missing"}
    assert {mandate_at(line)["completeness"] for line in range(212, 229, 2)} == {"opening_missing"}


def printed(row_id: str, text: str) -> str:
    """The text without its corrections, which stand in the ledger in their order."""
    steps = [row for row in rows("corrections") if (row["row_id"], row["field"]) == (row_id, "text")]
    for step in sorted(steps, key=lambda row: int(row["correction_id"].rpartition(".")[2]), reverse=True):
        assert step["new"] == text
        text = step["old"]
    return text


def test_every_text_without_its_corrections_stands_on_its_line_with_marker_blanks_and_citation() -> None:
    for line, printing in PRINTINGS.items():
        row_id = printing["item_id"] or printing["mandate_id"]
        text = printed(row_id, {**MANDATES, **ITEMS}[row_id]["text"])
        rest = PAGE[line - 1]
        for part in (printing["marker"], text, printing["citation"]):
            blank, found, rest = rest.partition(part) if part else ("", "", rest)
            assert found == part, f"line {line}"
            assert not blank.strip(), f"line {line}"
        assert not rest.strip(), f"line {line}"


def test_every_other_line_is_blank_or_one_of_eight_lines_that_hold_no_mandate() -> None:
    others = {PAGE[n].strip() for n in range(len(PAGE)) if n + 1 not in PRINTINGS} - {""}
    assert others == {
        "Organization of American States Summits of the Americas",
        "Follow-up and Implementation: Mandates",
        "2",
        "Click here for Related Ministerials",
        "SECURITY",
        "MANDATES",
        "_" * 47,
        "© Summits of the Americas",
    }


FIRST_CORRECTIONS = {
    "1998-santiago-poa-007": ("and other related crimes , in accordance", "and other related crimes, in accordance"),
    "1998-santiago-poa-019": ("in the Hemisphere and in its subRegions.", "in the Hemisphere and in its subregions."),
    "2001-quebec-poa-002": ("elements of the global drug problem ;", "elements of the global drug problem;"),
    "2001-quebec-poa-003": ("situation of each country ;", "situation of each country;"),
    "2001-quebec-poa-004": ("to combat this scourge ; Recommend:", "to combat this scourge; Recommend:"),
    "2001-quebec-poa-005": ("of the risk of drug consumption ;", "of the risk of drug consumption;"),
    "2001-quebec-poa-006": ("from drug and arms trafficking ;", "from drug and arms trafficking;"),
    "2001-quebec-poa-007": ("of persons and illicit crops ;", "of persons and illicit crops;"),
    "2001-quebec-poa-014": ("at the national level if required ;", "at the national level if required;"),
    "2001-quebec-poa-017": ("as defined at the Santiago Summit ;", "as defined at the Santiago Summit;"),
    "2001-quebec-poa-019": ("states in the Hemisphere , security is", "states in the Hemisphere, security is"),
    "2001-quebec-poa-022": ("an anti-personnel- landmine-free zone;", "an anti-personnel-landmine-free zone;"),
    "2004-nuevo-leon-dec-003": ("to global anti- money laundering and", "to global anti-money laundering and"),
}
"""The corrections of release 0.1.1, with a few words on either side, read by eye."""


def test_release_0_1_1_corrects_thirteen_texts_and_nothing_else_in_them() -> None:
    first = [row for row in rows("corrections") if row["version"] == "0.1.1"]
    assert sorted(row["row_id"] for row in first) == sorted(FIRST_CORRECTIONS)
    for row in first:
        wrong, right = FIRST_CORRECTIONS[row["row_id"]]
        assert (row["table"], row["field"], row["old"].count(wrong)) == ("mandates", "text", 1)
        assert row["new"] == row["old"].replace(wrong, right)
        assert row["reason"]
    address = "https://2009-2017.state.gov/p/wha/rls/139384.htm"
    assert {row["row_id"]: row["evidence"] for row in first if row["evidence"] != "text"} == {
        "1998-santiago-poa-019": address
    }


def test_the_first_release_is_the_page_as_printed() -> None:
    assert rows("releases")[0]["version"] == "0.1.0"
    assert [row for row in rows("changes") if row["version"] == "0.1.0"] == []


def test_nothing_of_the_made_up_pages_is_published() -> None:
    published = " ".join(row["text"] for row in MANDATES.values())
    for word in ("Encourage port authorities", "tide tables", "keep a calendar of training"):
        assert word not in published


def test_the_release_s_digest_is_taken_as_the_codebook_says(tmp_path: Path) -> None:
    for name in ("data", "schemas", "history"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("datapackage.json", "CHANGELOG.md", "CITATION.cff"):
        shutil.copy(ROOT / name, tmp_path / name)
    command = [
        sys.executable,
        "-m",
        "mandates_data",
        "release",
        "prepare",
        "--version",
        "9.0.0",
        "--against",
        str(ROOT),
    ]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    descriptor = json.loads((tmp_path / "datapackage.json").read_text(encoding="utf-8"))
    digests = {}
    for resource in descriptor["resources"]:
        del resource["bytes"], resource["hash"]
        digests[resource["schema"]] = hashlib.sha256((tmp_path / resource["schema"]).read_bytes()).hexdigest()
        if resource["name"] not in ("releases", "changes"):
            digests[resource["path"]] = hashlib.sha256((tmp_path / resource["path"]).read_bytes()).hexdigest()
    words = json.dumps(descriptor, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    digests["datapackage.json"] = hashlib.sha256(words.encode()).hexdigest()
    lines = "".join(f"{digests[path]}  {path}\n" for path in sorted(digests))
    with (tmp_path / "data" / "releases.csv").open(encoding="utf-8", newline="") as file:
        last = list(csv.DictReader(file))[-1]
    assert (last["version"], last["sha256"]) == ("9.0.0", hashlib.sha256(lines.encode()).hexdigest())


def test_sizes_and_hashes_in_the_descriptor_are_those_of_the_files() -> None:
    for resource in json.loads((ROOT / "datapackage.json").read_text(encoding="utf-8"))["resources"]:
        content = (ROOT / resource["path"]).read_bytes()
        assert resource["bytes"] == len(content)
        assert resource["hash"] == "sha256:" + hashlib.sha256(content).hexdigest()


def test_the_archived_page_is_the_one_that_was_read() -> None:
    digest = hashlib.sha256((ROOT / "data/source/security.txt").read_bytes()).hexdigest()
    assert digest == "39d1f84c0a70870fa82e13730a62533ba809f4bfe5afd81a23bef15dbef89110"
    assert [row["sha256"] for row in rows("sources")] == [digest]
