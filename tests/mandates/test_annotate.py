"""`annotate`: names and dates in the texts, and identifiers that stay."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mandates_data.mandates.phrases import phrases_in

QUEBEC = "2001-quebec-poa-003"


def run(bench: Any, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "mandates_data", "annotate", "--package", str(bench.folder), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


def add_line(bench: Any, name: str, line: str) -> None:
    path = bench.folder / f"data/source/{name}.csv"
    path.write_bytes(path.read_bytes() + f"{line}\n".encode())


def ids(bench: Any, row_id: str = QUEBEC) -> dict[str, str]:
    found = [row for row in bench.rows("mentions") if (row["item_id"] or row["mandate_id"]) == row_id]
    return {row["mention_id"].rpartition(".")[2]: row["surface"] for row in found}


def test_the_published_tables_are_as_annotated(bench: Any) -> None:
    done = run(bench, "--check")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.endswith(
        "264 mentions of 114 entities in 82 texts; 26 dates.\nThe tables hold all of it already; no file changes.\n"
    )


def test_a_new_wording_gets_the_next_number_and_renumbers_nothing(bench: Any) -> None:
    assert ids(bench) == {"m01": "CICAD"}
    add_line(bench, "lexicon", "hemispheric reports,mem,,variant")
    done = run(bench, "--check")
    assert done.returncode == 1
    assert f'+ {QUEBEC}.m02  mem  "hemispheric reports"' in done.stdout
    assert ids(bench) == {"m01": "CICAD"}
    assert run(bench).returncode == 0
    assert ids(bench) == {"m01": "CICAD", "m02": "hemispheric reports"}
    assert bench.codes() == set()


def test_a_name_that_is_gone_is_never_used_again(bench: Any) -> None:
    bench.add(
        "retired_ids", retirement_id=f"{QUEBEC}.m07.1", retired_id=f"{QUEBEC}.m07", table="mentions", reason="A test."
    )
    add_line(bench, "lexicon", "hemispheric reports,mem,,variant")
    assert run(bench).returncode == 0
    assert ids(bench) == {"m01": "CICAD", "m08": "hemispheric reports"}


def test_a_text_that_was_changed_by_hand_keeps_the_names_of_its_mentions(bench: Any) -> None:
    text = next(row["text"] for row in bench.rows("mandates") if row["mandate_id"] == QUEBEC)
    bench.change("mandates", QUEBEC, text=f"By the OAS: {text}")
    bench.annotate()
    assert ids(bench) == {"m01": "CICAD", "m02": "OAS"}


def test_what_went_is_listed_with_what_is_left_to_do(bench: Any) -> None:
    path = bench.folder / "data/source/lexicon.csv"
    path.write_bytes(path.read_bytes().replace(b"MESICIC,mesicic,,acronym\n", b""))
    done = run(bench, "--check")
    assert '- 2005-mar-del-plata-poa-003.m03  mesicic  "MESICIC" at 337-344  (acronym)' in done.stdout
    assert "give 2005-mar-del-plata-poa-003.m03 a row in retired_ids" in done.stdout
    assert '2005-mar-del-plata-poa-003 has "MESICIC", which is in no mention' in done.stdout


def test_a_mention_without_an_entity_that_goes_is_told_like_any_other(bench: Any) -> None:
    rows = bench.rows("mentions")
    bench.write("mentions", [{**rows[0], "mention_id": f"{QUEBEC}.m99", "entity_id": ""}, *rows])
    done = run(bench, "--check")
    assert (done.returncode, done.stderr) == (1, "")
    assert f"- {QUEBEC}.m99  no entity" in done.stdout


def test_decisions_that_clash_are_refused_and_nothing_is_written(bench: Any) -> None:
    add_line(bench, "lexicon", "CICAD,oas,,acronym")
    before = bench.tables()
    done = run(bench)
    assert done.returncode == 1
    assert "'CICAD' stands for the entities cicad and oas in 1994-miami-poa-004: keep one of them" in done.stdout
    assert "nothing was written." in done.stdout
    assert bench.tables() == before


def test_a_date_without_a_decision_is_refused(bench: Any) -> None:
    bench.change("mandates", QUEBEC, text="Report by March 2002 to CICAD.")
    done = run(bench, "--format", "json")
    value = json.loads(done.stdout)
    assert (done.returncode, value["accepted"]) == (1, False)
    assert {one["message"] for one in value["problems"]} == {
        f"The date at 'March' in {QUEBEC} is not decided: add a row with its words.",
        f"The date at '2002' in {QUEBEC} is not decided: add a row with its words.",
    }


def test_a_package_without_decisions_has_no_mentions_and_is_sound(bench: Any) -> None:
    bench.without_annotations()
    assert bench.annotate().rows == {"mentions": [], "deadlines": []}
    assert bench.codes() == set()


def test_a_packed_package_is_not_changed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mandates_data", "annotate", "--package", "0.1.0"],
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("the OAS Committee on Hemispheric Security will", ["OAS Committee on Hemispheric Security", "OAS"]),
        ("Convene a conference. Hold the Special Conference on Security", ["Special Conference on Security"]),
        ("by Ministers, in Chile", []),
    ],
)
def test_phrases_in_capitals(text: str, expected: list[str]) -> None:
    assert [phrase.text for phrase in phrases_in(text)] == expected


@given(st.text(alphabet="AaB .,[\u201c\u201d\"'-\u2019;\u00e9\U0001d49c\u0301\n\t", max_size=40))
def test_no_text_makes_a_traceback_and_every_phrase_is_in_it(text: str) -> None:
    for phrase in phrases_in(text):
        assert text[phrase.start : phrase.end] == phrase.text
        assert all(phrase.start <= start < end <= phrase.end for start, end in phrase.words)


@pytest.mark.parametrize("name", ["lexicon", "dates", "uncovered"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"a,b\n",
        b"wording,entity_id,within,basis\nCICAD\n",
        b'"',
        b"\x00",
        b"\n\n",
        b"\xef\xbb\xbfx\n",
    ],
)
def test_a_file_of_decisions_that_cannot_be_read_is_one_line_with_the_next_step(
    bench: Any, name: str, content: bytes
) -> None:
    (bench.folder / f"data/source/{name}.csv").write_bytes(content)
    done = run(bench, "--check")
    assert done.returncode == 2
    assert (len(done.stderr.splitlines()), "Traceback" in done.stderr) == (1, False)
    assert f"data/source/{name}.csv" in done.stderr
    assert bench.codes() == {"MD621"}


@pytest.mark.parametrize("table", ["mentions", "deadlines"])
@pytest.mark.parametrize("cell", ["", "-1", "x", "9" * 30, "01", "\u0663", "2001-quebec-poa-003", "a.m01"])
def test_no_cell_of_the_tables_makes_a_traceback(bench: Any, table: str, cell: str) -> None:
    rows = bench.rows(table)
    for place, name in enumerate(rows[0]):
        rows[place][name] = cell
    bench.write(table, rows)
    assert all(code.startswith("MD6") for code in bench.codes())
    assert bench.annotate().faults == ()
    assert bench.codes() == set()
