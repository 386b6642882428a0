"""The proof finds every change of one character in a text, a citation, a marker or a page, but in a blank gap."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import random
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from mandates_data.mandates.provenance import is_line, prove_page
from mandates_data.mandates.tables import PlacedRow, Tables, read_tables
from mandates_data.package.opening import open_package
from mandates_data.package.store import FolderStore

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "data/source/security.txt").read_text(encoding="utf-8")
NBSP = "\u00a0"
CHARACTERS = [*"aEé 0126.,;:()[]-_•©\"'\t\n", NBSP, "\u2019", "\u200b", "\u2003", "\u0301", "\U0001f600"]

CITATIONS = sorted({row["citation"] for row in read_tables(open_package(ROOT))["printings"]} - {""}, key=len)[::-1]


class Overlay(FolderStore):
    """The published package with another security page."""

    def __init__(self, page: str) -> None:
        super().__init__(ROOT)
        self.page = page.encode("utf-8")

    def open(self, path: str) -> BinaryIO:
        return io.BytesIO(self.page) if path == "data/source/security.txt" else super().open(path)


@pytest.fixture(scope="module")
def tables() -> Tables:
    return read_tables(open_package(ROOT))


def found(tables: Tables, page: str = PAGE, **changed: tuple[PlacedRow, ...]) -> bool:
    """Whether the proof fails. The digest of the page is the changed page's own."""
    digest = hashlib.sha256(page.encode("utf-8")).hexdigest()
    sources = tuple(PlacedRow((row | {"sha256": digest}).items(), row.line) for row in tables["sources"])
    package = dataclasses.replace(tables.package, store=Overlay(page))
    changed_tables = Tables(package, {**tables.rows, "sources": sources, **changed})
    return any(list(prove_page(changed_tables, source)) for source in sources) or leads_elsewhere(changed_tables)


def leads_elsewhere(tables: Tables) -> bool:
    """Whether a corrected text is not where its corrections lead.

    The proof begins with what they say was printed, so that such a text is for the ledger's own rule to find.
    """
    return any(
        tables.ledger.newest(name, row[key], "text", row["text"]) != row["text"]
        for name, key in (("mandates", "mandate_id"), ("items", "item_id"))
        for row in tables[name]
    )


def one_character(text: str, dice: random.Random) -> str:
    """The text with one character put in, taken out or replaced by another."""
    while True:
        place, new = dice.randrange(len(text) + 1), dice.choice(CHARACTERS)
        kind = dice.choice(("insert", "delete", "replace"))
        end = place if kind == "insert" else place + 1
        changed = text[:place] + ("" if kind == "delete" else new) + text[end:]
        if changed != text:
            return changed


def apart_from_gaps(page: str) -> list[str]:
    """The lines that print something, with whatever blanks there are before the citation left out."""
    lines = [line for line in page.split("\n") if line.strip(f" {NBSP}")]
    for number, line in enumerate(lines):
        citation = next((citation for citation in CITATIONS if line.endswith(citation)), "")
        if citation:
            lines[number] = f"{line[: -len(citation)].rstrip(f' {NBSP}')}|{citation}"
    return lines


PRINTED = apart_from_gaps(PAGE)


def test_the_published_package_is_proved(tables: Tables) -> None:
    assert not found(tables)


@pytest.mark.parametrize("table", ["mandates", "items"])
@pytest.mark.parametrize("seed", range(3))
def test_every_change_of_a_text_is_found(tables: Tables, table: str, seed: int) -> None:
    dice = random.Random(f"text {table} {seed}")
    for _ in range(80):
        rows = list(tables[table])
        place = dice.randrange(len(rows))
        text = one_character(rows[place]["text"], dice)
        rows[place] = PlacedRow((rows[place] | {"text": text}).items(), rows[place].line)
        assert found(tables, **{table: tuple(rows)}), text


@pytest.mark.parametrize("field", ["citation", "marker", "source_line"])
@pytest.mark.parametrize("seed", range(3))
def test_every_change_of_a_citation_marker_or_line_is_found(tables: Tables, field: str, seed: int) -> None:
    dice = random.Random(f"{field} {seed}")
    for _ in range(80):
        rows = list(tables["printings"])
        place = dice.randrange(len(rows))
        text = one_character(rows[place][field], dice)
        rows[place] = PlacedRow((rows[place] | {field: text}).items(), rows[place].line)
        assert found(tables, printings=tuple(rows)), (rows[place]["source_line"], text)


@pytest.mark.parametrize("seed", range(6))
def test_every_change_of_the_page_is_found_but_in_a_blank_gap(tables: Tables, seed: int) -> None:
    dice = random.Random(f"page {seed}")
    in_gaps = 0
    for _ in range(100):
        page = one_character(PAGE, dice)
        if apart_from_gaps(page) == PRINTED:
            in_gaps += 1
        else:
            assert found(tables, page), set(page.split("\n")) - set(PAGE.split("\n"))
    assert in_gaps < 10, "nearly every change counts"


@pytest.mark.parametrize("seed", range(4))
def test_every_change_of_a_line_that_is_no_mandate_is_found(tables: Tables, seed: int) -> None:
    """Head, foot, separators, list numbers and the blank lines around them, where chance seldom leads."""
    dice = random.Random(f"frame {seed}")
    lines = PAGE.split("\n")
    frame = [n for n, line in enumerate(lines) if not line.startswith("  ")]
    for _ in range(100):
        number = dice.choice(frame) if dice.random() < 0.8 else dice.randrange(len(lines))
        start = lines[number][:8] if number not in frame else lines[number]
        changed = one_character(start, dice) + lines[number][len(start) :]
        page = "\n".join([*lines[:number], changed, *lines[number + 1 :]])
        if apart_from_gaps(page) != PRINTED:
            assert found(tables, page), (number + 1, changed)


def test_each_character_of_head_and_foot_matters(tables: Tables) -> None:
    head, foot = PAGE.index("  1. Support"), PAGE.rindex("2")
    for place in [*range(head), *range(foot, len(PAGE))]:
        if PAGE[place] in f" \n{NBSP}" and apart_from_gaps(PAGE[:place] + PAGE[place + 1 :]) == PRINTED:
            continue
        assert found(tables, PAGE[:place] + PAGE[place + 1 :]), place
        assert found(tables, PAGE[:place] + "#" + PAGE[place + 1 :]), place


@pytest.mark.parametrize("gap", ["", " ", "   ", NBSP])
def test_a_blank_gap_before_the_citation_is_free(tables: Tables, gap: str) -> None:
    assert not found(
        tables, PAGE.replace(" (Plan of Action Santiago, 1998).", f"{gap}(Plan of Action Santiago, 1998).")
    )


def test_without_a_citation_no_blank_may_follow_the_text() -> None:
    assert is_line("  1. Act.", "  1. ", "Act.", "")
    assert not is_line("  1. Act. ", "  1. ", "Act.", "")
    assert not is_line("  1. Act. ", "  1. ", "Act. ", "")
    assert not is_line("  1. (Plan, 2001)", "  1. ", "", "(Plan, 2001)")


def test_text_and_citation_may_not_share_characters() -> None:
    assert not is_line("  1. Act (a, 2001)", "  1. ", "Act (a", "(a, 2001)")


def test_an_old_text_in_the_ledger_is_proved_like_a_text(bench: Any) -> None:
    row = bench.rows("mandates")[0]
    new = row["text"].replace("Recognizing", "Recognising")
    bench.change("mandates", row["mandate_id"], text=new)
    assert "MD603" in bench.codes()
    row_id = row["mandate_id"]
    names = {"correction_id": f"{row_id}.text.1", "table": "mandates", "row_id": row_id, "field": "text"}
    bench.add("corrections", **names, old=row["text"], new=new, kind="typo", reason="A test.", evidence="text")
    assert bench.codes() == set()
    bench.change("corrections", f"{row_id}.text.1", old=row["text"].replace("Recognizing", "Recognizinf"))
    assert "MD603" in bench.codes()


@pytest.mark.parametrize("seed", range(3))
def test_the_whole_run_finds_a_changed_page_whose_digest_was_stored(bench: Any, seed: int) -> None:
    dice = random.Random(f"run {seed}")
    page = PAGE
    while apart_from_gaps(page) == PRINTED:
        page = one_character(PAGE, dice)
    content = page.encode("utf-8")
    (bench.folder / "data/source/security.txt").write_bytes(content)
    bench.change("sources", "security", sha256=hashlib.sha256(content).hexdigest())
    codes = bench.codes()
    assert "MD602" not in codes
    assert codes & {"MD603", "MD604"}
