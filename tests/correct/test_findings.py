"""What is found on the ledger of any package that asks for the rules `corrections`, with the command that mends it."""

from corrected_packages import MENDED, TEXT, corrected, small, wanted

from mandates_data.cli.rulebook import extra_rules
from mandates_data.diff.correcting.correct import undo
from mandates_data.diff.patching import patch, write_patched
from mandates_data.package.opening import open_package
from mandates_data.validate.run import validate

OWN = {"bookkeeping": ["corrections"], "corrections": {"table": "corrections"}, "rules": ["corrections"]}


def step(number, old, new, reason="Why."):
    return f'a-1.text.{number},acts,a-1,text,"{old}","{new}",typo,{reason},text,\n'


def errors(folder):
    report = validate(folder, extra_rules=extra_rules())
    return [(one.code, one.row_key, one.message, one.mend) for one in report.findings if one.severity == "error"]


def test_a_row_without_a_change_is_found_and_mended_by_the_command_that_is_named(tmp_path):
    folder = small(tmp_path, step(1, TEXT, MENDED), own=OWN)
    (found,) = errors(folder)
    assert found == (
        "MD613",
        "a-1.text.1",
        f'The cell that it corrects is "{TEXT}", as before it: the change was never made.',
        "mandates-data correct a-1 text --undo takes the row back; then make the correction with --to.",
    )
    package = open_package(folder)
    write_patched(folder, patch(package, undo(package, "a-1", "text").changeset))
    assert errors(folder) == []


def test_a_correction_that_puts_back_a_misprint_is_found_though_more_was_changed(tmp_path):
    folder = small(tmp_path, step(1, "Fight the trafick of arms , and drugs", TEXT), own=OWN)
    later = TEXT.replace("and of drugs", "and drugs").replace(" ,", ",")
    rows = step(1, "Fight the trafick of arms , and drugs", TEXT) + step(2, TEXT, later)
    ledger = folder / "corrections.csv"
    ledger.write_text(ledger.read_text(encoding="utf-8").partition("\n")[0] + "\n" + rows, encoding="utf-8")
    acts = folder / "acts.csv"
    acts.write_text(acts.read_text(encoding="utf-8").replace(TEXT, later), encoding="utf-8")
    assert [(code, key, said) for code, key, said, _mend in errors(folder)] == [
        ("MD617", "a-1.text.2", "It puts back what a-1.text.1 removed, and its reason does not name that one.")
    ]


def test_corrections_made_by_the_command_are_sound(tmp_path):
    folder = small(tmp_path, own=OWN)
    corrected(folder, wanted())
    corrected(folder, wanted(TEXT, reason="a-1.text.1 was wrong."))
    assert errors(folder) == []


def test_a_draft_is_one_finding_with_the_command_that_finishes_it(tmp_path):
    folder = small(tmp_path, step(1, TEXT, MENDED).replace("typo,Why.,text", "typo,,"), own=OWN)
    assert errors(folder) == [
        (
            "MD713",
            "a-1.text.1",
            "The correction lacks its reason and its evidence.",
            'Fill them in there, or run: mandates-data correct a-1 text --reason "WHY" --evidence ADDRESS',
        )
    ]
