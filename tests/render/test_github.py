"""Annotations: ten at most, errors first, and no command but ours."""

import pytest
from hypothesis import given, settings
from rendered_reports import (
    HOSTILE,
    RULES,
    Counted,
    Endless,
    commands_in,
    date,
    reports,
    whole_number,
    written,
    zeros,
)

from mandates_data.render.findings_github import write_annotations
from mandates_data.validate.findings import Finding, Report


def output_of(*findings, **how):
    return written(write_annotations, Report(findings, (), "p"), rules=RULES, **how)


def warning(line):
    return Finding("MD512", "warning", "Gone.", path="datapackage.json", line=line, field=f"f{line}")


def test_ten_findings_have_an_annotation_each():
    commands = commands_in(output_of(*[date(line) for line in range(2, 12)]))
    assert [command.properties["line"] for command in commands] == [str(line) for line in range(2, 12)]
    assert commands[9].data == 'column F, adopted_on: "04/06/2009" is no date. Write the date as YYYY-MM-DD.'


def test_of_eleven_the_tenth_says_what_is_left():
    commands = commands_in(output_of(*[date(line) for line in range(2, 13)]))
    assert [command.properties.get("line") for command in commands] == [*"23456789", "10", None]
    assert commands[8].data.endswith("Write the date as YYYY-MM-DD. (And 2 more like it, on lines 11, 12.)")
    assert (commands[9].name, commands[9].properties) == ("error", {"title": "More findings"})
    assert commands[9].data == ("2 more errors without a note here. Read all of them with: mandates-data validate")


def test_four_of_one_cause_have_one_annotation_together():
    commands = commands_in(output_of(*[zeros(line, "7", "007") for line in range(2, 6)]))
    assert [command.data for command in commands] == [
        'column C, doc-2, symbol: "7" has lost its leading zeros. Write "007". (And 3 more like it, on lines 3, 4, 5.)',
        "3 more errors without a note here. Read all of them with: mandates-data validate",
    ]


def test_errors_come_first_and_every_cause_before_a_second_finding_of_one():
    findings = [*[warning(line) for line in range(1, 6)], *[date(line) for line in range(2, 9)], whole_number(2)]
    commands = commands_in(output_of(*findings))
    places = [(command.name, command.properties.get("file"), command.properties.get("line")) for command in commands]
    assert places == [
        ("error", "data/documents.csv", "2"),
        ("error", "data/documents.csv", "3"),
        ("error", "data/documents.csv", "4"),
        ("error", "data/topics.csv", "2"),
        ("warning", "datapackage.json", "1"),
        ("warning", "datapackage.json", "2"),
        ("warning", "datapackage.json", "3"),
        ("warning", "datapackage.json", "4"),
        ("warning", "datapackage.json", "5"),
        ("error", None, None),
    ]
    assert commands[9].data.startswith("4 more errors without a note here.")


def test_where_only_warnings_are_left_the_last_one_is_a_warning():
    commands = commands_in(output_of(date(2), *[warning(line) for line in range(1, 12)]))
    assert [command.name for command in commands] == ["error", *["warning"] * 9]
    assert commands[9].data.startswith("3 more warnings without a note here.")


def test_both_kinds_that_are_left_are_counted():
    findings = [date(line, field=f"f{line}") for line in range(12)] + [warning(1)]
    assert commands_in(output_of(*findings))[9].data.startswith("3 more errors and 1 more warning without a note here.")


def test_a_million_findings_are_ten_lines():
    def dates():
        for number in range(30_000):
            yield date(number + 2, field=f"f{number % 40}")

    output = written(write_annotations, Counted(Endless(dates), 30_000), rules=RULES)
    assert len(commands_in(output)) == 10
    assert commands_in(output)[9].data.startswith("29,991 more errors without a note here.")
    assert output.splitlines()[10:] == ["big is not sound: 1 table, 1 row, 30,000 errors, 0 warnings."]


def test_a_sound_package_has_no_annotation():
    assert output_of() == "p is sound: 0 tables, 0 rows, no errors, no warnings.\n"


@pytest.mark.parametrize(
    ("folder", "path", "file"),
    [
        ("", "t.csv", "t.csv"),
        (".", "t.csv", "t.csv"),
        ("a/b", "data/t.csv", "a/b/data/t.csv"),
        ("a/b", "../../e.csv", "e.csv"),
        ("a, b: c%", "t.csv", "a, b: c%/t.csv"),
    ],
)
def test_a_file_is_named_from_the_repositorys_folder(folder, path, file):
    (command,) = commands_in(output_of(date(2, path=path), folder=folder))
    assert command.properties["file"] == file


def test_a_package_that_is_no_folder_names_its_files_in_words():
    (command,) = commands_in(output_of(date(2, row_key="k"), folder=None))
    assert command.properties == {"title": "MD204 A cell is not a date in the stated form"}
    assert command.data.startswith("column F, data/documents.csv, line 2, k, adopted_on: ")


def test_what_is_escaped_comes_out_as_it_was():
    (command,) = commands_in(output_of(date(2, "100%, 5:1 %0A", path="a,b:c%2C.csv")))
    assert command.properties["file"] == "a,b:c%2C.csv"
    assert '"100%, 5:1 %0A" is no date.' in command.data


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_becomes_a_command(text):
    found = Finding("MD204", "error", text, path=text, line=1, field=text, row_key=text, mend=text)
    output = written(write_annotations, Report((found,), (), text), rules=RULES)
    (command,) = commands_in(output)
    assert (command.name, set(command.properties)) == ("error", {"file", "line", "title"})
    assert command.properties["line"] == "1"
    assert len(output.splitlines()) == 2


@settings(deadline=None)
@given(reports)
def test_law_there_are_ten_commands_at_most_and_all_are_ours(report):
    output = written(write_annotations, report)
    commands = commands_in(output)
    assert len(commands) == min(len(output.splitlines()) - 1, 10)
    assert (len(commands) == 0) == (not report.findings)
    names = [command.name for command in commands[:-1]]
    assert names == sorted(names, key=["error", "warning"].index)
    for command in commands:
        assert command.name in ("error", "warning")
        assert set(command.properties) <= {"file", "line", "title"}
        assert command.properties.get("line", "1").isdecimal()
