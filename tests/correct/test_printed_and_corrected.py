"""Printed and corrected text are both always there: in the proof, in the frames, in `show`, and after `extract`."""

import pytest
from corrected_packages import MENDED, TEXT, corrected, published, rows, small, wanted

from mandates_data import corpus, load, load_all
from mandates_data.cli.rulebook import extra_rules
from mandates_data.diff.correcting.showing import show
from mandates_data.errors import TableError, UnknownNameError
from mandates_data.mandates.annotate import annotate, read_sources, write_annotation
from mandates_data.mandates.context import context_of
from mandates_data.mandates.extract import changed_files, extract
from mandates_data.package.opening import open_package
from mandates_data.validate.run import validate

MANDATE = "1998-santiago-poa-024"
ITEM = "2001-quebec-poa-004.b01"
INFERRED = "1998-santiago-poa-020"


def text_of(folder, table, key, field="text"):
    (row,) = [row for row in rows(folder, table) if next(iter(row.values())) == key]
    return row[field]


@pytest.fixture
def folder(tmp_path):
    """The published package with two corrections of one text, one of an item, and one of a document."""
    folder = published(tmp_path / "p")
    first = text_of(folder, "mandates", MANDATE).replace("peacekeeping", "peace")
    corrected(folder, wanted(first, MANDATE))
    corrected(folder, wanted(first.replace("United Nations", "UN"), MANDATE, kind="name"))
    corrected(folder, wanted(text_of(folder, "items", ITEM).replace("Intensifying", "Intensify"), ITEM))
    corrected(folder, wanted("1998-santiago-dec", INFERRED, "document_id", kind="attribution"))
    package = open_package(folder)
    write_annotation(package, annotate(read_sources(package)))  # "UN" is an acronym, "United Nations" was a name
    return folder


def test_the_proof_of_provenance_holds_with_every_kind_of_correction(folder):
    report = validate(folder, extra_rules=extra_rules())
    assert [(one.code, one.row_key, one.message) for one in report.findings] == []


def test_one_letter_more_than_the_ledger_says_breaks_it(folder):
    path = folder / "data" / "mandates.csv"
    path.write_bytes(path.read_bytes().replace(b"UN peace efforts", b"UN peace effortz"))
    found = {one.code for one in validate(folder, extra_rules=extra_rules()).findings}
    assert found == {"MD132", "MD613"}


def test_reading_the_page_again_keeps_the_corrections(folder):
    package = open_package(folder)
    again = extract(package, folder / "data" / "source" / "security.txt")
    assert again.problems == ()
    assert changed_files(package, again) == []


def test_load_gives_either_text(folder):
    now = load("mandates", folder).set_index("mandate_id")
    page = load("mandates", folder, text="printed").set_index("mandate_id")
    assert now.loc[MANDATE, "text"] == "Increase cooperation with UN peace efforts."
    assert page.loc[MANDATE, "text"] == "Increase cooperation with United Nations peacekeeping efforts."
    assert (now.loc[INFERRED, "document_id"], page.loc[INFERRED, "document_id"]) == (
        "1998-santiago-dec",
        "1998-santiago-poa",
    )
    assert page.equals(load("mandates", text="printed").set_index("mandate_id"))


def test_every_table_but_the_mentions_and_the_corpus_are_as_printed_too(folder):
    page = load_all(folder, text="printed")
    first = load_all(text="printed")
    assert [name for name in page if not page[name].equals(first[name])] == ["corrections", "mentions"]
    assert corpus(folder, text="printed").equals(corpus(text="printed"))
    assert not corpus(folder).equals(corpus())


def test_another_text_than_the_two_is_refused_by_name(folder):
    with pytest.raises(UnknownNameError, match="Did you mean 'printed'"):
        load("mandates", folder, text="prnted")


def test_a_package_without_a_ledger_is_printed_as_it_stands(tmp_path):
    folder = small(tmp_path, own={})
    assert load("acts", folder, text="printed").equals(load("acts", folder))


def test_what_the_ledger_does_not_lead_to_is_not_undone_by_guessing(tmp_path):
    folder = small(tmp_path, f'a-1.text.1,acts,a-1,text,"{MENDED}",another,typo,why,text,\n')
    with pytest.raises(TableError, match=r"corrections of text in a-1 \(acts\) do not lead to the cell"):
        load("acts", folder, text="printed")


def test_show_has_what_was_printed_and_every_step_since(folder):
    (row,) = show(open_package(folder), MANDATE)
    cell = next(cell for cell in row.cells if cell.field == "text")
    assert cell.printed is not None
    assert "peacekeeping" in (cell.printed.old or "")
    assert [step["correction_id"] for step in cell.corrections] == [f"{MANDATE}.text.1", f"{MANDATE}.text.2"]
    assert [cell.field for cell in row.cells if cell.printed] == ["text"]


def test_show_has_the_act_of_a_mandate_where_its_table_is_named(folder):
    package = open_package(folder)
    assert [row.table for row in show(package, MANDATE)] == ["mandates"]
    assert [row.table for row in show(package, MANDATE, "acts")] == ["acts"]


def test_show_names_what_a_mandate_belongs_to(folder):
    package = open_package(folder)
    (row,) = show(package, "2001-quebec-poa-004")
    assert [(one.label, one.row_id) for one in context_of(package, row)] == [
        ("document", "2001-quebec-poa"),
        ("summit", "2001-quebec"),
        ("topic", "security"),
        ("printed", "security/148"),
        ("printed", "security/154"),
        ("item", "2001-quebec-poa-004.b01"),
        ("item", "2001-quebec-poa-004.b02"),
        ("item", "2001-quebec-poa-004.b03"),
        ("lineage", "alternative-development"),
        ("lineage", "drug-costs"),
        ("lineage", "money-laundering-controls"),
        ("lineage", "multilateral-evaluation-mechanism"),
    ]


def test_an_identifier_of_several_tables_shows_each(folder):
    assert [row.table for row in show(open_package(folder), "security")] == ["topics", "sources"]


def test_a_row_that_is_not_there_has_its_nearest_named(tmp_path):
    with pytest.raises(UnknownNameError, match="Did you mean a-1"):
        show(open_package(small(tmp_path)), "a-11")
    assert TEXT in (tmp_path / "acts.csv").read_text(encoding="utf-8")
