"""What `mandates-data agreement` prints, and how it ends."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytest.importorskip("krippendorff")
pytest.importorskip("statsmodels")

ROOT = Path(__file__).resolve().parents[2]
ROWS = (
    "unit,code,coder,rank\n"
    "u1,A,ann,1\nu1,A,bob,1\nu2,A,ann,1\nu2,A,bob,2\nu2,B,bob,1\nu3,B,ann,1\nu3,B,bob,1\nu4,B,ann,1\nu4,B,bob,1\n"
)


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "mandates_data", "agreement", *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", check=False)


@pytest.fixture
def codings(tmp_path: Path) -> Path:
    path = tmp_path / "codings.csv"
    path.write_text(ROWS, encoding="utf-8")
    return path


def test_the_numbers_stand_beside_their_codes(codings: Path) -> None:
    done = run(str(codings))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == "ann and bob, code: 4 units that both have coded"
    assert any(line.startswith("primary code     3  75.0 (19.4 to 99.4)") for line in lines)
    assert any(line.split()[:4] == ["A", "2", "2", "2"] for line in lines)
    assert "Without brackets: the two never differ there, so no interval can be made." in lines


def test_units_left_out_are_named(codings: Path) -> None:
    codings.write_text(ROWS + "".join(f"v{number},A,ann,1\n" for number in range(7)), encoding="utf-8")
    assert "Left out, coded by ann alone: v0, v1, v2, v3, v4 and 2 more" in run(str(codings)).stdout


def test_a_name_that_would_move_the_cursor_is_shown_on_one_line(codings: Path) -> None:
    codings.write_text(ROWS.replace("ann", "a\x1b[2Jn"), encoding="utf-8")
    assert "\x1b" not in run(str(codings)).stdout


def test_the_same_file_gives_the_same_bytes() -> None:
    path = str(ROOT / "data/mandate_subtopics.csv")
    assert run(path, "--format", "json").stdout == run(path, "--format", "json").stdout


def test_json_has_the_numbers_in_full(codings: Path) -> None:
    found = json.loads(run(str(codings), "--format", "json").stdout)
    assert found["overall"][1]["alpha"]["value"] == 0.72
    assert found["codes"][0]["kappa"] == {
        "value": 1.0,
        "low": None,
        "high": None,
        "note": "they never differ, so no interval can be made",
    }


def test_a_file_that_cannot_be_compared_ends_in_2_with_one_line(codings: Path) -> None:
    done = run(str(codings), "--first", "eve")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "mandates-data: error: There is no coder 'eve'. Coders: ann, bob.\n"
