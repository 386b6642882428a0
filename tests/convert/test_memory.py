"""Tables stream: ten times the rows take no more memory, on the way out and on the way back."""

from __future__ import annotations

import gc
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from exported_packages import ROUND, back, field, out, schema, write_package

from mandates_data.convert import json_rows, parquet, sqlite_reading, xlsx_reading
from mandates_data.package import reader

FEW, MANY = 300, 3_000
FREE = 400_000
"""Bytes that a longer table may take more, for buffers; its rows alone are ten times as much."""


@pytest.fixture(autouse=True)
def _small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches that three hundred rows fill."""
    monkeypatch.setattr(reader.TableReader.batches, "__defaults__", (100,))
    for module in (parquet, json_rows, sqlite_reading, xlsx_reading):
        monkeypatch.setattr(module, "_BATCH", 100)
    monkeypatch.setattr(json_rows, "_CHUNK", 10_000)


def package_of(folder: Path, rows: int) -> Path:
    text = "".join(f"{n:06},{n},{n * 0.5},{'x' * 1_000}\n" for n in range(rows))
    described = schema("id", field("n", "integer"), field("half", "number"), "text", primaryKey="id")
    return write_package(folder, {"t": (described, f"id,n,half,text\n{text}".replace(".0,", ","))})


def peak(work: Callable[[], object]) -> int:
    """The most bytes that Python held while the work was done."""
    gc.collect()
    tracemalloc.start()
    try:
        work()
        return tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()


@pytest.mark.parametrize("name", ROUND)
def test_memory_does_not_grow_with_the_table(tmp_path: Path, name: str) -> None:
    format_ = ROUND[name]
    out(package_of(tmp_path / "first", 10), format_, tmp_path / "o")  # what is imported or kept is so now
    peaks = {}
    for rows in (FEW, MANY):
        package = package_of(tmp_path / f"p{rows}", rows)
        there = peak(lambda package=package, rows=rows: out(package, format_, tmp_path / f"o{rows}"))  # type: ignore[misc]
        source = tmp_path / f"o{rows}"
        source = source if format_.many else source / f"all{format_.suffix}"
        here = peak(lambda source=source, rows=rows: back(source, format_, tmp_path / f"b{rows}"))  # type: ignore[misc]
        peaks[rows] = (there, here)
        expected = (package / "table0.csv").read_bytes()
        assert (tmp_path / f"b{rows}" / "t.csv").read_bytes() == expected
    assert len(expected) > 3_000_000
    assert peaks[MANY][0] < peaks[FEW][0] + FREE
    assert peaks[MANY][1] < peaks[FEW][1] + FREE
