"""The fuzzer finds what is planted, makes it small, and says so."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import subprocess
import sys
from collections.abc import Callable, Mapping
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

import fuzz.__main__ as driver
import pytest
from fuzz.mutate import LARGEST, by_chance, much_mutated
from fuzz.oracle import Bench, Limits
from fuzz.packages import excerpt
from fuzz.promises import BrokenPromiseError
from fuzz.seeds import seeds
from fuzz.shrink import shrunk
from fuzz.targets import TARGETS, run_command
from fuzz.worker import Recorder

from fuzz import markup, oracle, rows
from fuzz.cases import FOLDER, PIPE, Case
from mandates_data.cli.rulebook import extra_rules
from mandates_data.errors import MandatesDataError
from mandates_data.package.opening import open_package
from mandates_data.package.rows import rows_of
from mandates_data.validate.run import validate

ROOT = Path(__file__).resolve().parents[2]
CASE = Case(
    "planted",
    {"words": ["a", "b"]},
    {"p/t.csv": b"id\n1\n2\n3\n", "p/odd": b"\xff\0", "p/d.json": b'{"a": [1, {"b": "here"}], "c": "x"}'},
    {"p/link": "../p/t.csv", "p/pipe": PIPE, "p/folder": FOLDER},
)
Plant = Callable[[Callable[[Mapping[str, Any]], str]], None]


@pytest.fixture
def plant(monkeypatch: pytest.MonkeyPatch) -> Plant:
    """Give the one target `planted` a meaning."""
    return lambda work: monkeypatch.setattr(oracle, "TARGETS", {"planted": work})


def test_a_case_comes_back_from_its_file() -> None:
    assert Case.decode(CASE.encode()) == CASE
    assert json.loads(CASE.encode())["files"]["p/odd"] == {"base64": "/wA="}


@pytest.mark.parametrize("content", [b"", b"[]", b"{}", b"null", b'{"files": 1}', b"[" * 99_999, b"\xff"])
def test_what_is_no_case_is_a_value_error(content: bytes) -> None:
    with pytest.raises(ValueError, match=r"no case|line 1 column|codec"):
        Case.decode(content)


def test_a_case_is_written_below_its_folder_and_nowhere_else(tmp_path: Path) -> None:
    outside = {"../x": b"1", "/x": b"1", "a/../../x": b"1", "": b"1", "a\0b": b"1", "y" * 999: b"1", "C:\\x": b"1"}
    Case("planted", {}, {**CASE.files, **outside}, CASE.links).write(tmp_path / "in")
    written = sorted(path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*"))
    pipe = [] if sys.platform == "win32" else ["in/p/pipe"]
    assert written == ["in", "in/p", "in/p/d.json", "in/p/folder", "in/p/link", "in/p/odd", *pipe, "in/p/t.csv"]


@pytest.mark.parametrize("target", TARGETS)
def test_the_same_seed_makes_the_same_cases_and_another_seed_others(target: str) -> None:
    def made(seed: int) -> list[bytes]:
        count = len(seeds(target, whole=False)) + 10
        return [case.encode() for case in islice(by_chance(target, seed, whole=False), count)]

    assert made(1) == made(1)
    assert made(1) != made(2)


@pytest.mark.parametrize("target", TARGETS)
def test_a_case_stays_one_of_its_target_and_below_a_megabyte(target: str) -> None:
    rng = Random(7)
    for case in seeds(target, whole=False):
        changed = much_mutated(case, rng, patterns=True)
        assert changed.target == target
        assert changed.size <= LARGEST
        assert Case.decode(changed.encode()) == changed


@pytest.mark.parametrize("target", TARGETS)
def test_what_cases_begin_with_holds(target: str, place: Bench) -> None:
    assert [failure for case in seeds(target) if (failure := place.run(case)[1])] == []


def test_a_traceback_is_found_and_its_place_named(place: Bench, plant: Plant) -> None:
    plant(lambda arguments: str(len(arguments["nothing"])))
    outcome, failure = place.run(CASE)
    assert outcome == "KeyError"
    assert failure is not None
    assert (failure.kind, failure.signature) == ("traceback", "KeyError at nowhere")
    assert 'arguments["nothing"]' in failure.detail


def test_a_documented_error_is_none(place: Bench, plant: Plant) -> None:
    def work(_arguments: Mapping[str, Any]) -> str:
        raise MandatesDataError("It is not there.", "Look elsewhere.")

    plant(work)
    assert place.run(CASE) == ("MandatesDataError", None)


@pytest.mark.parametrize("said", ["two\nlines", "red\x1b[31m", "x" * 5000])
def test_an_error_that_nobody_can_read_is_found(said: str, place: Bench, plant: Plant) -> None:
    class LoudError(MandatesDataError):
        def __str__(self) -> str:
            return said

    def work(_arguments: Mapping[str, Any]) -> str:
        raise LoudError("")

    plant(work)
    failure = place.run(CASE)[1]
    assert failure is not None
    assert failure.kind == "message"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such clock")
def test_a_hang_is_found(place: Bench, plant: Plant) -> None:
    def work(_arguments: Mapping[str, Any]) -> str:
        while True:
            with contextlib.suppress(Exception):  # which does not keep the watchdog away
                sum(range(1000))

    plant(work)
    outcome, failure = place.run(CASE, Limits(seconds=0.05))
    assert outcome == "hang"
    assert failure is not None
    assert failure.signature == "hang at nowhere"


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such clock")
@pytest.mark.parametrize(("patterns", "kind"), [(False, None), (True, "hang")])
def test_a_slow_pattern_counts_when_it_is_asked_for(
    patterns: bool, kind: str | None, place: Bench, plant: Plant
) -> None:
    def work(_arguments: Mapping[str, Any]) -> str:
        import re

        return str(re.fullmatch("(a+)+", "a" * 60 + "!"))

    plant(work)
    failure = place.run(CASE, Limits(seconds=0.05, patterns=patterns))[1]
    assert (failure and failure.kind) == kind


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells the peak of a process")
def test_memory_beyond_the_bound_is_found(place: Bench, plant: Plant) -> None:
    plant(lambda _arguments: str(len(bytearray(b"x") * 120_000_000)))
    outcome, failure = place.run(CASE, Limits(bytes=60_000_000))
    assert outcome == "120000000"
    assert failure is not None
    assert failure.signature == "memory planted"
    assert place.run(CASE, Limits(bytes=300_000_000)) == ("120000000", None)


def test_a_failing_case_becomes_small() -> None:
    def fails(case: Case) -> bool:
        return b"here" in case.files.get("p/d.json", b"") and "b" in case.arguments["words"]

    small = shrunk(CASE, fails)
    assert small.arguments == {"words": ["b"]}
    assert small.links == {}
    assert {path: json.loads(content) for path, content in small.files.items()} == {"p/d.json": {"a": [{"b": "here"}]}}


def test_a_failure_is_kept_once_and_small(place: Bench, plant: Plant, tmp_path: Path) -> None:
    def work(_arguments: Mapping[str, Any]) -> str:
        assert b"2" not in Path("p/t.csv").read_bytes()
        return "fine"

    plant(work)
    recorder = Recorder("planted", tmp_path, place, Limits())
    recorder.run(CASE)
    recorder.run(CASE)
    recorder.run(CASE.with_file("p/t.csv", b"id\n"))
    recorder.tell()
    (path,) = (tmp_path / "failures").glob("*.json")
    assert Case.decode(path.read_bytes()).files == {"p/t.csv": b"2"}
    assert json.loads((tmp_path / "planted.state.json").read_text(encoding="utf-8"))["outcomes"] == {
        "AssertionError": 2,
        "fine": 1,
    }


def test_a_run_says_what_it_ran_and_ends_with_0(tmp_path: Path) -> None:
    words = ["--minutes", "0.01", "--targets", "open,back", "--by-chance", "--seed", "5", "--out", str(tmp_path)]
    done = subprocess.run([sys.executable, "-m", "fuzz", *words], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    first, opened, back, last = done.stdout.splitlines()
    assert first.startswith("0.01 minutes by chance, seed 5,")
    assert opened.startswith("open ")
    assert back.startswith("back ")
    assert "nothing found" in back
    assert last.endswith(" s, seed 5.")


def test_a_run_that_finds_something_prints_the_path_and_ends_with_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    found = driver.Outcome("open", 1.0, {"ValueError": 2, "rows": 5}, {"ValueError at x.y": "kept/open.json"})
    monkeypatch.setattr(driver, "watched", lambda *_arguments: found)
    words = ["--targets", "open", "--by-chance", "--seed", "5", "--out", str(tmp_path)]
    assert driver.main(words) == 1
    _first, line, count, what, again = capsys.readouterr().out.splitlines()
    assert line.endswith("1 FAILURES  (rows 5, ValueError 2)")
    assert count.startswith("7 cases of 1 targets in ")
    assert what == "open: ValueError at x.y"
    assert again == "    again: python -m fuzz replay kept/open.json"


def test_the_case_that_ends_its_process_is_kept(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "open.current.json").write_bytes(CASE.encode())
    outcome = driver.watched("open", tmp_path, 1.0, ["--seed", "no number"])
    assert list(outcome.failures) == ["the process ended with exit code 2"]
    assert Case.decode((tmp_path / "failures" / "open-ended.json").read_bytes()) == CASE
    assert "invalid int value" in capsys.readouterr().err


def test_a_process_that_is_silent_is_ended(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = driver.watched("open", tmp_path, 60.0, [], silence=-1.0)
    assert list(outcome.failures) == ["a hang in C: the process had to be killed"]
    assert "open: a hang in C" in capsys.readouterr().err


def test_no_target_of_that_name_ends_with_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert driver.main(["--targets", "open,shut"]) == 2
    assert capsys.readouterr().err.startswith("There is no target shut. Targets: open, ")


def test_a_kept_case_is_run_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(seeds("open", whole=False)[0].encode())
    assert driver.main(["replay", str(path)]) == 0
    assert capsys.readouterr().out == f"{path}: rows\n"


def test_every_target_has_its_share_of_the_time() -> None:
    assert set(driver.SHARES) == set(TARGETS)


def test_a_command_in_this_process_is_as_in_a_shell() -> None:
    code, out, err = run_command(["explain", "MD999"])
    assert (code, out) == (2, "")
    assert err.startswith("mandates-data: error: There is no code 'MD999'.")


def test_the_excerpt_of_our_package_is_sound_and_each_table_that_has_rows_keeps_some(tmp_path: Path) -> None:
    Case("", {}, excerpt()).write(tmp_path)
    assert validate(tmp_path, extra_rules=extra_rules()).sound
    package = open_package(tmp_path)
    empty = [name for name in package.resource_names if not list(rows_of(package, name))]
    assert (len(package.resource_names), empty) == (19, ["retired_ids"])


@pytest.mark.parametrize(
    ("page", "what"),
    [
        ("<p>a</p><script>b</script>", "what machines read is JSON"),
        ("<p>a</p><hurt></hurt>", "no text of a cell is mark-up"),
        ('<p onclick="x">a</p>', "no text of a cell is mark-up"),
        ("<p>a</p><!-- b -->", "a page is well closed"),
        ("<ul><p>a</ul></p>", "a page is well closed"),
        ("<p>a", "a page is well closed"),
        ('<a href="javascript:x">a</a>', "a link leads out of the folder only to the web"),
        ('<a href="//example.org/">a</a>', "a link leads out of the folder only to the web"),
        ('<a href="../../a.html">a</a>', "a link leads out of the folder only to the web"),
        ('<a href="a.html">a</a>', "a link leads to a file that is there"),
        ('<a href="page.html#a">a</a>', "a link leads to a place that is there"),
    ],
)
def test_a_page_that_breaks_its_promise_is_found(page: str, what: str, tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    with pytest.raises(BrokenPromiseError) as found:
        markup.holds(tmp_path)
    assert found.value.what == what


def test_a_page_that_keeps_its_promises_is_none(tmp_path: Path) -> None:
    page = '<p id="a">&lt;hurt&gt; <a href="page.html#a">a</a> <a href="https://example.org/">b</a></p>'
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets/data.js").write_text('var MANDATES={"a":1};\n', encoding="utf-8")
    for name in ("croissant.json", "site.json"):
        (tmp_path / name).write_text("{}", encoding="utf-8")
    markup.holds(tmp_path)


def test_rows_that_are_damaged_leave_a_table() -> None:
    case = Case("site", {"reference": "package"}, {"package/a.csv": b'id,text\n1,"b\nc"\n2,\n'})
    rng = Random(3)
    for _ in range(200):
        case = rows.damaged(case, rng)
        header, *below = csv.reader(io.StringIO(case.files["package/a.csv"].decode("utf-8"), newline=""))
        assert header == ["id", "text"]
        assert {len(row) for row in below} <= {2}
