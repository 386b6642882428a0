"""The text: one by one while few, together when many, neutral whatever stands in a cell."""

import dataclasses

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
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

from mandates_data.render.findings_text import write_text
from mandates_data.validate.exceptions import Exceptions
from mandates_data.validate.findings import Finding, Report
from mandates_data.validate.policy import Policy


def lines_of(findings, **how):
    return written(write_text, Report(tuple(findings), (), "p"), rules=RULES, **how).splitlines()


def test_three_findings_of_a_cause_are_told_one_by_one_and_four_together():
    three = lines_of([zeros(2, "7", "007"), zeros(3, "8", "008"), zeros(4, "9", "009")])
    assert three[4] == 'data/documents.csv:4:C  MD225  doc-4, symbol: "9" has lost its leading zeros.'
    four = lines_of([zeros(2, "7", "007"), zeros(3, "8", "008"), zeros(4, "9", "009"), zeros(5, "1", "001")])
    assert four[0] == "data/documents.csv  MD225  symbol: A cell has not the form of its column (4 places)."
    assert four[4] == '        5:C  doc-5: "1" has lost its leading zeros. Write "001".'


def test_twenty_findings_of_a_column_are_told_one_by_one_and_twenty_one_together():
    assert lines_of(map(whole_number, range(2, 22)))[20] == (
        'data/topics.csv:21:B  MD202  position: "x" is not a whole number.'
    )
    assert lines_of(map(whole_number, range(2, 23)))[0] == (
        "data/topics.csv  MD202  position: A cell is not a whole number (21 places)."
    )


def test_many_findings_stand_where_the_first_of_them_does():
    findings = [date(2), *map(whole_number, range(2, 23)), date(3)]
    codes = [line.split()[1] for line in lines_of(findings)[:-1] if line.startswith("data/")]
    assert codes == ["MD204", "MD202", "MD204"]


def test_what_most_share_is_said_once_and_what_one_has_alone_beside_it():
    findings = [date(line) for line in range(2, 23)] + [date(23, mend="Write 2009-04-13.")]
    lines = lines_of(findings)
    assert lines[1] == "        Write the date as YYYY-MM-DD."
    assert lines[2] == '        2:F  "04/06/2009" is no date.'
    assert lines[23] == '        23:F  "04/06/2009" is no date. Write 2009-04-13.'


def test_a_rule_that_is_not_known_is_told_by_its_first_finding():
    findings = [dataclasses.replace(whole_number(line), code="MD299") for line in range(2, 30)]
    assert lines_of(findings)[0] == 'data/topics.csv  MD299  position: "x" is not a whole number (28 places).'


def test_a_finding_that_stands_for_several_says_so():
    assert lines_of([date(2, count=12)])[0].endswith('"04/06/2009" is no date. (12 places)')


def test_the_first_ten_thousand_findings_are_worded_and_the_others_counted():
    def dates():
        return map(date, range(2, 12_002))

    lines = written(write_text, Counted(Endless(dates), 12_000), rules=RULES).splitlines()
    assert lines[0] == "data/documents.csv  MD204  adopted_on: A cell is not a date in the stated form (12,000 places)."
    assert lines[10_001] == '        10001:F  "04/06/2009" is no date.'
    assert lines[10_002:] == [
        "        and 2,000 more",
        "2,000 of 12,000 findings are only counted here. All of them: --format json",
        "big is not sound: 1 table, 1 row, 12,000 errors, 0 warnings. On a code: mandates-data explain MD204",
    ]


def test_another_column_is_told_also_when_ten_thousand_are_worded():
    def both():
        yield from map(date, range(2, 10_002))
        yield from map(whole_number, range(2, 4))

    lines = written(write_text, Counted(Endless(both), 10_002), rules=RULES).splitlines()
    assert lines[10_002:10_006] == [
        "data/topics.csv  MD202  position: A cell is not a whole number (2 places).",
        "        Write digits only, such as 12.",
        '        2:B  "x" is not a whole number.',
        "        and 1 more",
    ]


def test_more_columns_than_can_be_told_apart_are_told_by_code_and_file():
    def endless():
        for number in range(5_010):
            yield date(number + 2, field=f"f{number}")

    lines = written(write_text, Counted(Endless(endless), 5_010), rules=RULES).splitlines()
    assert lines[-12] == "data/documents.csv  MD204  A cell is not a date in the stated form (10 places)."
    assert lines[-11] == '        5002:F  "04/06/2009" is no date.'
    assert lines[-1].startswith("big is not sound: 1 table, 1 row, 5,010 errors")


def test_what_the_policy_leaves_out_is_said():
    few = Policy(frozenset({"MD204", "MD202"}), frozenset({"MD132"}), strict=True)
    report = Report((Finding("MD512", "warning", "Gone."),), (), "p", excepted=3)
    assert written(write_text, report, policy=few).splitlines()[1:] == [
        "Looked at MD202, MD204 only. Not looked at: MD132. Accepted by exceptions: 3 findings. Warnings fail too.",
        "p is sound: 0 tables, 0 rows, 0 errors, 1 warning. On a code: mandates-data explain MD512",
    ]
    many = Policy(frozenset(f"MD{number}" for number in range(201, 216)), exceptions=Exceptions("e.csv"))
    assert written(write_text, Report((), (), "p", excepted=1), policy=many).splitlines() == [
        "Looked at 15 rules only. Accepted by e.csv: 1 finding.",
        "p is sound: 0 tables, 0 rows, no errors, no warnings.",
    ]


def test_colour_is_on_the_code_alone():
    assert lines_of([date(2)], colour=True)[0] == (
        'data/documents.csv:2:F  \x1b[31mMD204\x1b[0m  adopted_on: "04/06/2009" is no date.'
    )
    assert lines_of([Finding("MD512", "warning", "Gone.")], colour=True)[0] == (
        "package  \x1b[33mMD512\x1b[0m warning  Gone."
    )


@pytest.mark.parametrize("text", HOSTILE)
@pytest.mark.parametrize("width", [None, 50])
def test_no_cell_becomes_a_command_or_moves_the_terminal(text, width):
    found = Finding("MD204", "error", text, path=text, line=1, field=text, row_key=text, mend=text)
    output = written(write_text, Report((found,), (), text), width=width)
    assert commands_in(output) == []
    assert not set(output) & set("\x1b\r\x00\u202e\u2028\u3000\ud800")


@settings(deadline=None)
@given(reports, st.none() | st.integers(1, 120))
def test_law_the_text_is_neutral_and_tells_every_code(report, width):
    output = written(write_text, report, width=width)
    assert commands_in(output) == []
    assert {finding.code for finding in report.findings} <= set(output.split())
