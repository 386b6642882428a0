"""What `compare` yields: nothing where both agree, a finding that names both sides where they do not."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import pytest

from mandates_data.conformance import RULE, compare
from mandates_data.errors import MissingExtraError
from mandates_data.package.opening import open_package
from mandates_data.validate.findings import Finding, Report
from mandates_data.validate.run import validate

Writer = Callable[..., Path]
SCHEMA: dict[str, Any] = {
    "fields": [{"name": "id", "type": "integer"}, {"name": "note", "type": "string"}],
    "primaryKey": ["id"],
}
TABLE = b'id,note\n1,"two\nlines"\n\nx,\n'


@pytest.fixture
def faulty(tmp_path: Path, write_package: Writer) -> Path:
    """A table with a cell of two lines, a blank line and a wrong number on line 5."""
    return write_package(tmp_path, {"t": (SCHEMA, TABLE)})


def test_agreement_on_faults_is_no_finding(faulty: Path) -> None:
    report = validate(faulty)
    assert [(one.code, one.line) for one in report.findings if one.severity == "error"] == [("MD113", 4), ("MD202", 5)]
    assert compare(faulty, report) == []


def test_fault_that_we_leave_out_is_told_with_the_line_of_the_file(faulty: Path) -> None:
    report = validate(faulty)
    blind = Report(tuple(one for one in report.findings if one.code != "MD202"))
    (finding,) = compare(faulty, blind)
    assert (finding.code, finding.resource, finding.path, finding.line, finding.field) == (
        "MD599",
        "t",
        "t.csv",
        5,
        "id",
    )
    assert finding.seen == "x"
    assert finding.severity == "error"
    assert finding.message.startswith("Frictionless finds a fault, type, where we find none (type-error: ")


def test_fault_that_we_make_up_is_told(faulty: Path) -> None:
    report = validate(faulty)
    made_up = Finding("MD202", "error", "Made up.", resource="t", path="t.csv", line=2, field="id", seen="1")
    (finding,) = compare(faulty, report.with_findings([made_up]))
    assert finding.line == 2
    assert finding.message == 'We find a fault, type, where frictionless finds none (MD202: Made up.). The cell is "1".'


def test_report_of_another_package_disagrees(faulty: Path) -> None:
    assert {finding.code for finding in compare(faulty, Report(()))} == {RULE.code}


@pytest.mark.parametrize("kind", ["folder", "descriptor", "zip", "git", "package"])
def test_package_of_every_kind_is_compared(
    kind: str, faulty: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reference: Any = faulty
    if kind == "descriptor":
        reference = faulty / "datapackage.json"
    elif kind == "zip":
        reference = tmp_path / "packed.zip"
        with zipfile.ZipFile(reference, "w") as packed:
            for name in ("datapackage.json", "t.csv"):
                packed.write(faulty / name, name)
    elif kind == "git":
        git = ["git", "-C", str(faulty), "-c", "user.name=A", "-c", "user.email=a@example.org"]
        for command in (["init", "-q"], ["add", "."], ["commit", "-q", "-m", "Begin"]):
            subprocess.run([*git, *command], check=True, capture_output=True)
        (faulty / "t.csv").unlink()
        monkeypatch.chdir(faulty)
        reference = "git:HEAD"
    elif kind == "package":
        reference = open_package(faulty)
    report = validate(reference if kind != "package" else faulty)
    assert compare(reference, report) == []
    assert len(compare(reference, Report(()))) == 2


def test_nothing_is_compared_after_a_fault_that_ends_the_reading(tmp_path: Path, write_package: Writer) -> None:
    folder = write_package(tmp_path, {"t": (SCHEMA, b'id,note\n1,"open\nx,\n')})
    report = validate(folder)
    assert "MD110" in {finding.code for finding in report.findings}
    assert compare(folder, report) == []


def test_nothing_is_compared_where_the_descriptor_is_wrong(tmp_path: Path, write_package: Writer) -> None:
    schema = {"fields": [{"name": "id", "type": "whole"}]}
    folder = write_package(tmp_path, {"t": (schema, b"id\n1\n")})
    assert compare(folder, validate(folder)) == []


def test_faults_beyond_the_first_thousand_are_compared_too(tmp_path: Path, write_package: Writer) -> None:
    rows = "".join(f"x{number},\n" for number in range(1500))
    folder = write_package(tmp_path, {"t": (SCHEMA, f"id,note\n{rows}".encode())})
    assert compare(folder, validate(folder)) == []
    assert len(compare(folder, Report(()))) == 1500


def test_more_than_frictionless_takes_by_default_is_named_alike(tmp_path: Path, write_package: Writer) -> None:
    schema = {
        "fields": [
            {"name": "Größe Nr. 1", "type": "integer", "missingValues": [{"value": "-99", "label": "refused"}]},
            {"name": "b", "type": "number", "constraints": {"exclusiveMaximum": 3}},
        ],
        "primaryKey": "Größe Nr. 1",
    }
    folder = write_package(tmp_path, {"t": (schema, "Größe Nr. 1,b\n1,2\n2,3\n".encode())})
    path = folder / "datapackage.json"
    raw = json.loads(path.read_text("utf-8"))
    raw["resources"][0]["name"] = "Table No. 1"
    path.write_text(json.dumps(raw), "utf-8")
    report = validate(folder)
    assert [one.code for one in report.findings if one.severity == "error"] == ["MD224"]
    assert compare(folder, report) == []


def test_nothing_is_fetched(faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_arguments: object, **_named: object) -> NoReturn:
        raise AssertionError("the network was asked")

    for name in ("create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, refuse)
    monkeypatch.setattr(socket.socket, "connect", refuse)
    assert compare(faulty, validate(faulty)) == []


def test_without_frictionless_the_command_that_installs_it_is_named(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "frictionless", None)
    with pytest.raises(MissingExtraError, match=r'pip install "mandates-data\[conformance\]"'):
        compare(faulty, validate(faulty))
