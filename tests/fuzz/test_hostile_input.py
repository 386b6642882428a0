"""No input makes a traceback: the cases that once did, and a short run of new ones; `make fuzz` is the long one."""

from __future__ import annotations

import sys
from itertools import islice
from pathlib import Path

import pytest
from fuzz.mutate import by_chance
from fuzz.oracle import Bench
from fuzz.targets import TARGETS

from fuzz.cases import Case

KEPT = sorted((Path(__file__).parent / "cases").glob("*.json"))
SEED = 20261124
CASES = 120
FEWER = {"site": 25, "explore": 60, "correct": 60}
"""Targets whose cases take longer."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the cases name files as POSIX does")


@pytest.mark.parametrize("path", KEPT, ids=lambda path: path.stem)
def test_a_case_that_once_failed_does_not(path: Path, place: Bench) -> None:
    _outcome, failure = place.run(Case.decode(path.read_bytes()))
    assert failure is None, failure


@pytest.mark.parametrize("target", TARGETS)
def test_hostile_input_gives_a_result_or_a_documented_error(target: str, place: Bench, tmp_path: Path) -> None:
    sys.stdout.write(f"seed {SEED}\n")
    for number, case in enumerate(islice(by_chance(target, SEED, whole=False), FEWER.get(target, CASES))):
        outcome, failure = place.run(case)
        if failure is not None:
            kept = tmp_path / f"{target}.json"
            kept.write_bytes(case.encode())
            pytest.fail(f"seed {SEED}, case {number}: {failure.signature}\n{failure.detail}\nkept: {kept}")
        assert outcome
