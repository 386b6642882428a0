"""The JSON: complete, one finding a line, the same values whatever stands in a cell."""

import dataclasses
import io
import json
import tracemalloc
from importlib.resources import files

import jsonschema
from hypothesis import given, settings
from rendered_reports import Counted, Endless, commands_in, date, reports, written, zeros

from mandates_data.render.findings_json import write_json
from mandates_data.validate.exceptions import Exceptions
from mandates_data.validate.findings import Finding, Report, TableCount
from mandates_data.validate.policy import Policy

SCHEMA = json.loads((files("mandates_data.render") / "schemas" / "report.schema.json").read_text(encoding="utf-8"))


def test_a_report_is_written_line_by_line():
    report = Report((zeros(2, "7", "007"),), (TableCount("documents", 1),), "small", "1.0.0", excepted=2)
    policy = Policy(frozenset({"MD225", "MD204"}), frozenset({"MD109"}), strict=True, exceptions=Exceptions("e.csv"))
    assert written(write_json, report, policy=policy) == (
        "{\n"
        ' "format": "mandates-data/report",\n'
        ' "format_version": 2,\n'
        ' "package": "small",\n'
        ' "version": "1.0.0",\n'
        ' "sound": false,\n'
        ' "errors": 1,\n'
        ' "warnings": 0,\n'
        ' "policy": {"select": ["MD204", "MD225"], "ignore": ["MD109"], "strict": true, "exceptions": "e.csv", '
        '"excepted": 2},\n'
        ' "tables": [{"resource": "documents", "rows": 1}],\n'
        ' "findings": [\n'
        '  {"code": "MD225", "severity": "error", "message": "\\"7\\" has lost its leading zeros.", '
        '"resource": "documents", "path": "data/documents.csv", "line": 2, "column": 3, "column_letter": "C", '
        '"field": "symbol", "row_key": "doc-2", "seen": null, "expected": null, "mend": "Write \\"007\\".", '
        '"fix": null, "cause": "leading-zeros-lost", "count": 1}\n'
        " ],\n"
        ' "codes": {"MD225": 1}\n'
        "}\n"
    )


def test_a_report_without_findings_is_sound():
    value = json.loads(written(write_json, Report((), (), "p")))
    assert (value["sound"], value["findings"], value["codes"]) == (True, [], {})
    assert value["policy"] == {"select": None, "ignore": [], "strict": False, "exceptions": None, "excepted": 0}
    jsonschema.validate(value, SCHEMA)


def test_every_attribute_of_a_finding_is_there():
    (finding,) = json.loads(written(write_json, Report((date(2),))))["findings"]
    names = {field.name for field in dataclasses.fields(Finding)} | {"column_letter"}
    assert set(finding) == names == set(SCHEMA["$defs"]["finding"]["required"])


def test_each_finding_stands_on_a_line_of_its_own_across_what_is_written_at_once():
    dates = [date(line) for line in range(2, 602)]
    lines = written(write_json, Report(tuple(dates))).splitlines()
    first = lines.index(' "findings": [') + 1
    listed = [json.loads(line.rstrip(",")) for line in lines[first : first + 600]]
    assert [one["line"] for one in listed] == list(range(2, 602))
    assert lines[first + 600 :] == [" ],", ' "codes": {"MD204": 600}', "}"]


def test_counts_are_of_defects():
    value = json.loads(written(write_json, Report((date(2, count=5), date(3)))))
    assert (value["errors"], value["codes"]) == (6, {"MD204": 6})


def test_memory_does_not_grow_with_the_findings():
    def dates():
        return map(date, range(2, 50_002))

    class Nowhere(io.StringIO):
        def write(self, text):
            return len(text)

    tracemalloc.start()
    write_json(Counted(Endless(dates), 50_000), Nowhere())
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 3_000_000


@settings(deadline=None)
@given(reports)
def test_law_the_json_says_what_the_findings_say(report):
    output = written(write_json, report)
    assert output.encode("utf-8").decode("utf-8") == output
    assert commands_in(output) == []
    value = json.loads(output)
    jsonschema.validate(value | {"findings": []}, SCHEMA)
    expected = [finding.to_dict() for finding in report.findings]
    assert value["findings"] == json.loads(json.dumps(expected))
