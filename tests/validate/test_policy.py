"""What of a run counts: rules that are looked at, exceptions with their reasons, and strictness."""

import contextlib
import io
import pickle
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_packages import field, report_on, resource, write_package

from mandates_data.cli.rulebook import all_rules
from mandates_data.errors import PackageError, TableError, UnknownNameError, UnsafeReferenceError
from mandates_data.package.opening import open_store
from mandates_data.validate.exceptions import COLUMNS, Entry, Exceptions, exceptions_of, read_exceptions
from mandates_data.validate.findings import Finding, Report
from mandates_data.validate.log import FindingLog
from mandates_data.validate.policy import EVERYTHING, Policy, chosen_codes, judged

HEADER = "code,resource,row_key,field,reason\n"


def finding(code="MD204", resource="t", row_key="7", field="day", **more):
    return Finding(
        code, more.pop("severity", "error"), "Wrong.", resource=resource, row_key=row_key, field=field, **more
    )


def exceptions(lines, path="exceptions.csv"):
    return read_exceptions(io.BytesIO((HEADER + lines).encode()), path)


def kept(policy, *findings):
    used = Counter()
    return list(policy.apply(findings, used)), used


# -- Rules that are looked at -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        (["MD204"], {"MD204"}),
        (["md204"], {"MD204"}),
        (["not-a-date"], {"MD204"}),
        (["Not-A-Date, MD305"], {"MD204", "MD305"}),
        (["MD30"], {"MD301", "MD302", "MD303", "MD304", "MD305", "MD306"}),
        (["MD30x"], {"MD301", "MD302", "MD303", "MD304", "MD305", "MD306"}),
        (["MD4", "MD204"], {"MD401", "MD402", "MD204"}),
        (["MD4xx"], {"MD401", "MD402"}),
    ],
)
def test_rules_are_named_by_code_beginning_or_name(words, codes):
    assert chosen_codes(words, all_rules()) == codes


@pytest.mark.parametrize(
    ("word", "hint"),
    [
        ("MD2044", "Did you mean MD204?"),
        ("not-a-dat", "Did you mean not-a-date?"),
        ("MD9", "All rules: mandates-data explain"),
        ("x", "All rules: mandates-data explain"),
        ("", "All rules: mandates-data explain"),
        ("MDxxx", "All rules: mandates-data explain"),
    ],
)
def test_a_rule_that_is_not_there_is_refused_with_the_nearest(word, hint):
    with pytest.raises(UnknownNameError) as refused:
        chosen_codes(["MD204", word], all_rules())
    assert str(refused.value) == f"There is no rule {word!r}. {hint}"


def test_what_is_ignored_is_left_out_whatever_is_selected():
    policy = Policy(select=frozenset({"MD204", "MD305"}), ignore=frozenset({"MD305"}))
    findings = [finding("MD204"), finding("MD305"), finding("MD401")]
    assert kept(policy, *findings) == ([findings[0]], Counter())
    assert [policy.keep(one) for one in findings] == [True, False, False]


def test_the_policy_of_everything_keeps_all():
    findings = [finding("MD204"), finding("MD305")]
    assert kept(EVERYTHING, *findings) == (findings, Counter())
    assert EVERYTHING.keeps_all


def test_warnings_fail_a_strict_run_alone():
    warned = Report((finding(severity="warning"),))
    assert EVERYTHING.passes(warned)
    assert not Policy(strict=True).passes(warned)
    assert Policy(strict=True).passes(Report(()))
    assert not EVERYTHING.passes(Report((finding(),)))


# -- Exceptions -------------------------------------------------------------------------------------------------------


def test_an_exceptions_file_is_read_line_by_line():
    read = exceptions('md204 ,t,7,day," Because, so. "\nMD512,,,,Why not\n')
    assert read.path == "exceptions.csv"
    assert read.entries == (
        Entry(2, "MD204", ("t", "7", "day"), "Because, so."),
        Entry(3, "MD512", (None, None, None), "Why not"),
    )


@pytest.mark.parametrize(
    ("line", "fits"),
    [
        ("MD204,t,7,day,why\n", True),
        ("MD204,t,,day,why\n", True),
        ("MD204,,7,,why\n", True),
        ("MD204,,,,why\n", True),
        ("MD205,t,7,day,why\n", False),
        ("MD204,u,7,day,why\n", False),
        ("MD204,t,8,day,why\n", False),
        ("MD204,t,7,night,why\n", False),
        ("MD204,t,7 ,day,why\n", False),
    ],
)
def test_an_exception_fits_where_every_cell_that_it_fills_does(line, fits):
    policy = Policy(exceptions=exceptions(line))
    assert policy.keep(finding()) is not fits
    assert kept(policy, finding()) == (([], Counter({0: 1})) if fits else ([finding()], Counter()))


def test_the_first_line_that_fits_is_the_one_that_is_used():
    policy = Policy(exceptions=exceptions("MD204,,,day,wide\nMD204,t,7,day,narrow\nMD204,t,7,day,again\n"))
    assert kept(policy, finding(), finding(count=5)) == ([], Counter({0: 6}))


def test_counts_of_several_processes_are_added_up():
    policy = pickle.loads(pickle.dumps(Policy(exceptions=exceptions("MD204,,,,a\nMD305,,,,b\n"))))
    _kept, first = kept(policy, finding("MD204"), finding("MD305"))
    _kept, second = kept(policy, finding("MD305"), finding("MD401"))
    assert first + second == Counter({0: 1, 1: 2})


@given(st.lists(st.tuples(*[st.sampled_from("ab")] * 4)), st.lists(st.tuples(*[st.sampled_from(["", "a", "b"])] * 4)))
def test_law_an_exception_is_found_as_if_the_lines_were_tried_one_by_one(findings, lines):
    entries = tuple(
        Entry(number, f"MD{code or 'a'}", tuple(part or None for part in place), "why")
        for number, (code, *place) in enumerate(lines, start=2)
    )
    policy = Policy(exceptions=Exceptions("e.csv", entries))
    for code, *place in findings:
        found = finding(f"MD{code}", *place)
        fitting = [
            number
            for number, entry in enumerate(entries)
            if entry.code == found.code
            and all(asked in (None, part) for asked, part in zip(entry.place, place, strict=True))
        ]
        assert policy.exceptions.entry_for(found) == (fitting[0] if fitting else None)
        assert policy.keep(found) == (not fitting)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "e.csv cannot be read: empty file."),
        (b"code,resource\nMD204,t\n", "e.csv is no exceptions file: its first line is not that of one."),
        (b"code;resource;row_key;field;reason\n", "e.csv is no exceptions file: its first line is not that of one."),
        (HEADER.encode() + b"MD204,t\n", "e.csv:2 cannot be read: row too short."),
        (HEADER.encode() + b"MD204,t,1,day,a,b\n", "e.csv:2 cannot be read: row too long."),
        (HEADER.encode() + b'MD204,t,1,day,"why\n', "e.csv:2 cannot be read: unclosed quote."),
        (HEADER.encode() + b"MD204,t,1,day,\xff\n", "e.csv:2 cannot be read: wrong encoding."),
        (HEADER.encode() + b",t,1,day,why\n", "e.csv:2 names no code."),
    ],
)
def test_what_is_no_exceptions_file_is_refused(content, said):
    with pytest.raises(TableError) as refused:
        read_exceptions(io.BytesIO(content), "e.csv")
    assert refused.value.message == said
    assert refused.value.next_step


def test_a_spreadsheets_mark_and_line_ends_do_no_harm():
    content = "\ufeff" + HEADER.replace("\n", "\r\n") + "MD204,,,,why"
    assert read_exceptions(io.BytesIO(content.encode()), "e.csv").entries[0].reason == "why"


@given(st.binary(max_size=300))
def test_law_no_exceptions_file_makes_a_traceback(content):
    with contextlib.suppress(TableError):
        read = read_exceptions(io.BytesIO(HEADER.encode() + content), "e.csv")
        assert all(entry.code for entry in read.entries)


# -- Complaints on them -----------------------------------------------------------------------------------------------


def complaints(lines, *used, policy=None, **how):
    policy = policy or Policy(exceptions=exceptions(lines))
    return [(one.code, one.line, one.field, one.message) for one in policy.complaints(frozenset(used), **how)]


def test_an_exception_that_nothing_needs_is_complained_of():
    assert complaints("MD204,t,7,day,why\nMD305,,,,why\n", 1) == [
        ("MD596", 2, "code", "No finding needs the exception for MD204, t, 7, day.")
    ]


def test_an_exception_without_a_reason_is_complained_of_though_it_is_used():
    assert complaints("MD204,t,,,\nMD305,,,,  \n", 0, 1) == [
        ("MD597", 2, "reason", "The exception for MD204, t has no reason."),
        ("MD597", 3, "reason", "The exception for MD305 has no reason."),
    ]


def test_an_exception_for_a_code_that_is_not_there_says_which_is_near():
    assert complaints("MD2O4,,,,why\nQ,,,,why\n", codes=["MD204"]) == [
        ("MD596", 2, "code", "There is no code MD2O4; near it is MD204."),
        ("MD596", 3, "code", "There is no code Q."),
    ]


def test_an_exception_whose_code_was_not_looked_at_is_not_complained_of():
    listed = exceptions("MD204,,,,why\nMD305,,,,why\n")
    assert complaints("", policy=Policy(ignore=frozenset({"MD204"}), exceptions=listed)) == [
        ("MD596", 3, "code", "No finding needs the exception for MD305.")
    ]
    assert complaints("", policy=Policy(select=frozenset({"MD204"}), exceptions=listed)) == []
    assert complaints("MD204,,,,why\n", unchecked=("MD2",)) == []


def test_complaints_can_be_ignored_like_any_finding():
    assert complaints("", policy=Policy(ignore=frozenset({"MD596"}), exceptions=exceptions("MD204,,,,why\n"))) == []


# -- A whole run ------------------------------------------------------------------------------------------------------

DAYS = resource("t", [field("id"), field("day", "date")], primaryKey=["id"])


def judged_run(folder, rows, lines):
    policy = Policy(exceptions=exceptions(lines))
    return judged(report_on(folder, (DAYS, "id,day\n" + rows)), policy, {rule.code for rule in all_rules()})


def test_what_is_accepted_is_counted_apart(tmp_path):
    report = judged_run(tmp_path, "1,soon\n2,2001-01-01\n", "MD204,t,1,day,The page says so.\n")
    assert (report.findings, report.excepted, report.sound) == ((), 1, True)


def test_an_idle_exception_fails_a_run_that_is_sound_otherwise(tmp_path):
    report = judged_run(tmp_path, "1,2001-01-01\n", "MD204,t,1,day,The page says so.\n")
    (complaint,) = report.findings
    assert (complaint.code, complaint.path, complaint.line, complaint.column) == ("MD596", "exceptions.csv", 2, 1)
    assert not report.sound


def test_an_idle_exception_is_not_told_while_errors_may_hide_what_it_is_for(tmp_path):
    report = judged_run(tmp_path, "1,soon\n", "MD305,t,1,,why\n")
    assert [one.code for one in report.findings] == ["MD204"]


def test_an_exception_for_rules_that_rest_on_sound_tables_is_not_told_where_they_did_not_run(tmp_path):
    report = judged_run(tmp_path, "1,soon\n", "MD204,t,1,day,why\nMD603,,,,why\n")
    assert (report.findings, report.excepted) == ((), 1)


def test_an_exception_for_what_only_a_comparison_finds_is_not_told_without_one(tmp_path):
    report = judged_run(tmp_path, "1,2001-01-01\n", "MD706,,,,why\nMD599,,,,why\n")
    assert report.findings == ()


def test_without_exceptions_and_choices_the_report_is_the_same():
    report = Report((finding(),))
    assert judged(report, Policy(strict=True)) is report


@pytest.mark.parametrize("own", [None, {}, {"exceptions": None}])
def test_a_package_that_names_no_exceptions_has_none(tmp_path, own):
    write_package(tmp_path, (DAYS, "id,day\n"), own=own)
    assert exceptions_of(open_store(tmp_path)).entries == ()


@pytest.mark.parametrize("content", ["", "{", "[]", '{"mandates_data": []}'])
def test_a_descriptor_that_is_none_names_no_exceptions(tmp_path, content):
    (tmp_path / "datapackage.json").write_text(content, encoding="utf-8")
    assert exceptions_of(open_store(tmp_path)).entries == ()


@pytest.mark.parametrize(
    ("path", "error"),
    [("gone.csv", PackageError), ("../e.csv", UnsafeReferenceError), (7, PackageError), ("t.csv", TableError)],
)
def test_a_package_that_names_no_exceptions_file_is_refused(tmp_path, path, error):
    write_package(tmp_path, (DAYS, "id,day\n"), own={"exceptions": path})
    with pytest.raises(error):
        exceptions_of(open_store(tmp_path))


def test_the_columns_are_those_that_the_documentation_names():
    assert ",".join(COLUMNS) + "\n" == HEADER


def test_more_findings_than_memory_holds_are_picked_as_they_are_read():
    log = FindingLog()
    log.add([finding(line=line, row_key=str(line % 3)) for line in range(12_000)], "t")
    log.add([finding("MD305", severity="warning", line=1)], "t")
    listed = exceptions("MD204,t,0,day,why\nMD204,t,1,day,\nMD401,,,,why\n")
    report = judged(Report(log.findings(["t"])), Policy(exceptions=listed))
    assert (report.errors, report.warnings, report.excepted) == (4_001, 1, 8_000)
    assert len(report.findings) == 4_002
    assert [one.code for one in report.findings[:2]] == ["MD305", "MD204"]
    assert report.findings[4_001].code == "MD597"
    assert [one.line for one in report.findings[1:4]] == [2, 5, 8]
    more = report.with_findings([finding("MD599")]).with_findings([finding("MD599")])
    assert (more.errors, len(more.findings), more.findings[-1].code) == (4_003, 4_004, "MD599")
