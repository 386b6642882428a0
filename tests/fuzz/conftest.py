"""Makes the fuzzer, which is no part of the library, importable; and a bench to run cases on."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from fuzz.oracle import Bench, bench  # noqa: E402 - the path comes first


@pytest.fixture(scope="module")
def place() -> Iterator[Bench]:
    with bench() as made:
        yield made
