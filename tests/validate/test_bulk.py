"""Whichever gear reads a table, whole or in parts, in one process or in several: the same report."""

import json
import sys

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_packages import field, places, report_on, resource, write_package

from mandates_data.validate import run, spill, table, workers
from mandates_data.validate.findings import Report
from mandates_data.validate.log import IN_MEMORY, SpooledFindings

FIELDS = [
    field("id", constraints={"pattern": "[a-z0-9]+"}),
    field("n", "integer", constraints={"minimum": 2, "unique": True}),
    field("up"),
    field("text", constraints={"required": True, "maxLength": 6}),
]
KEYS = {"primaryKey": ["id"], "foreignKeys": [{"fields": ["up"], "reference": {"fields": ["id"]}}]}
ROWS = st.lists(
    st.one_of(
        st.sampled_from(
            ["a,2,,x\n", "b,3,a,y\n", "c,4,zz,\n", "d,x,a,long text\n", "e,6\n", "\n", "f,7,a,é\n", "g,8,a,1,2\n",
             'h,9,a,"x,y"\n', 'i,10,a,"x ""y"\n', "A!,1,,z\n", "k,12,a,x\r\n", 'l,13,a,"two\nlines"\n',
             'm,14,a,"x"y\n', "n,15,a,z"]
        ),
    ),
    max_size=14,
)  # fmt: skip


def exact(folder):
    """The report of the reference alone, which reads record by record."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("mandates_data.package.batches.is_plain", lambda _dialect, _encoding: False)
        return run.validate(folder, processes=1)


@settings(deadline=None, max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=ROWS, canonical=st.booleans())
def test_tables_that_are_split_in_bulk_are_judged_as_those_read_record_by_record(tmp_path, rows, canonical):
    content = "id,n,up,text\n" + "".join(rows)
    own = {"canonical": canonical}
    folder = write_package(tmp_path / "t", (resource("t", FIELDS, **KEYS), content), own=own)
    assert run.validate(folder).to_dict() == exact(folder).to_dict()


def in_parts(folder, monkeypatch, size):
    """The report of two processes that take so many bytes at a time."""
    monkeypatch.setattr(table, "LARGE", 0)
    monkeypatch.setattr(table, "CHUNK", 0)
    monkeypatch.setattr(workers, "CHUNK", size)
    return run.validate(folder, processes=2)


SOUND = "".join(f"a{n:03},{n + 2},{'' if n % 3 else 'a000'},x{n}\n" for n in range(200))


@pytest.mark.parametrize(
    "damage",
    [
        [],
        [("a050,52,,x50", "a050,52,,")],
        [("a050,52,,x50", "a050,52"), ("a151,153,,x151", "a151,153,,x,y"), ("a100,", "a099,")],
        [("a150,152,a000,x150", "a150,152,a000,long text"), ("a010,", "a190,")],
        [("a010,", "a190,"), ("a190,192", "a190,193")],
        [("a120,122,a000", "a120,122,gone"), ("a000,2,a000", "a000,2,a200")],
        [("a100,102,,x100\n", 'a100,102,,"x\n100"\n'), ("a180,182,a000,x180", "a180,x,a000,x180")],
        [("a100,102,,x100\n", 'a100,102,,"x100\n')],
        [("a100,102,,x100\n", "a100,102,,x100\r\n")],
        [("a199,201,,x199\n", "a199,201,,x199")],
        [("a100,102,,x100\n", "\n\na100,102,,x100\n"), ("a170", "Ñ")],
    ],
    ids=range(11),
)
@pytest.mark.parametrize("size", [7, 100, 1000, 100_000])
def test_several_processes_say_what_one_says(tmp_path, monkeypatch, damage, size):
    content = "id,n,up,text\n" + SOUND
    for old, new in damage:
        assert old in content
        content = content.replace(old, new, 1)
    folder = write_package(tmp_path, (resource("t", FIELDS, **KEYS, hash="md5:0", bytes=1), content))
    expected = exact(folder).to_dict()
    assert in_parts(folder, monkeypatch, size).to_dict() == expected


def test_keys_beyond_what_memory_should_hold_are_compared_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(spill, "IN_MEMORY", 50)
    monkeypatch.setattr(spill, "_BUFFER", 2)
    parent = resource("one", [field("id")], primaryKey=["id"]), "id\n" + "".join(f"k{n % 400}\n" for n in range(500))
    key = {"fields": ["of"], "reference": {"resource": "one", "fields": ["id"]}}
    child = (
        resource("two", [field("of"), field("n", "integer", constraints={"unique": True})], foreignKeys=[key]),
        "of,n\n" + "".join(f"k{n},{n % 450}\n" for n in range(500)),
    )
    monkeypatch.setattr("mandates_data.validate.keys.FEW", 10)
    report = report_on(tmp_path, parent, child)
    twice = [f"MD305 {n + 2}:A" for n in range(400, 500)]
    absent = [f"MD401 {n + 2}:A" for n in range(400, 450)]
    both = [f"{code} {n + 2}:{letter}" for n in range(450, 500) for code, letter in (("MD401", "A"), ("MD303", "B"))]
    assert places(report.findings) == [*twice, *absent, *both]


def test_more_findings_than_memory_should_hold_are_told_in_order_and_counted(tmp_path):
    count = IN_MEMORY + 500
    content = "id,n\n" + "".join(f"{n:06},{'x' if n % 2 else n}\n\n" for n in range(count))
    fields = [field("id"), field("n", "integer", constraints={"maximum": -1})]
    report = report_on(tmp_path, (resource("t", fields, primaryKey=["id"]), content))
    assert isinstance(report.findings, SpooledFindings)
    assert report.errors == count + count
    assert len(report.findings) == count + 1
    lines = [one.line for one in report.findings if one.code != "MD113"]
    assert lines == [2 * n + 2 for n in range(count)]
    assert report.findings[0].code == "MD224"
    assert report.findings[1].code == "MD113"
    assert json.loads(json.dumps(report.to_dict()))["errors"] == 2 * count


def test_further_findings_stand_behind_those_of_a_long_report(tmp_path):
    content = "n\n" + "x\n" * (IN_MEMORY + 1)
    report = report_on(tmp_path, (resource("t", [field("n", "integer")]), content))
    more = report.with_findings([report.findings[0]])
    assert isinstance(more, Report)
    assert (more.errors, report.errors) == (IN_MEMORY + 2, IN_MEMORY + 1)
    assert list(more.findings)[-1] == report.findings[0]


def test_a_module_in_the_current_folder_is_not_taken_for_one_of_the_library(tmp_path, monkeypatch):
    folder = write_package(tmp_path / "t", (resource("t", FIELDS, **KEYS), "id,n,up,text\n" + SOUND))
    for name in ("csv", "pickle", "operator", "mandates_data"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('not ours')", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    assert in_parts(folder, monkeypatch, 100).sound


def test_a_process_that_is_killed_is_one_line_with_the_next_step(tmp_path, monkeypatch):
    folder = write_package(tmp_path, (resource("t", FIELDS, **KEYS), "id,n,up,text\n" + SOUND))
    monkeypatch.setattr(workers, "serve", None)
    monkeypatch.setattr(sys, "executable", "/bin/true")
    with pytest.raises(workers.WorkerError, match="A process that helped to read"):
        in_parts(folder, monkeypatch, 100)
