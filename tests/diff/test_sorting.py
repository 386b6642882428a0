"""Tables in any form are sorted in temporary files, so that their size does not matter."""

from __future__ import annotations

import random
import tracemalloc

from diffed_packages import package
from hypothesis import given, settings
from hypothesis import strategies as st

from mandates_data.diff import sorting
from mandates_data.diff.changeset import CellChange, RowChange
from mandates_data.diff.compare import diff
from mandates_data.diff.sorting import SortedRows

rows = st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), max_size=40)


def key(cells):
    return (cells[0],)


@given(rows, st.sampled_from([1, 500, 1 << 24]))
@settings(deadline=None)
def test_rows_come_in_the_order_of_their_keys_and_lines_however_many_runs_they_take(listed, run):
    sorting.RUN, before = run, sorting.RUN
    try:
        with SortedRows(((line, list(cells)) for line, cells in enumerate(listed)), key) as found:
            expected = sorted(((cells[0],), line, list(cells)) for line, cells in enumerate(listed))
            assert [list(found), list(found)] == [expected, expected]
    finally:
        sorting.RUN = before


def test_a_shuffled_table_gives_the_same_changeset_from_many_runs(tmp_path, monkeypatch):
    old = [f"{n:04},a,\n" for n in range(300)]
    new = [line for line in old if not line.startswith("0003")]
    new[101] = "0102,a,b\n"
    random.Random(3).shuffle(new)
    packages = [package(tmp_path / str(n), "id,a,b\n" + "".join(lines)) for n, lines in enumerate((old, new))]
    monkeypatch.setattr(sorting, "RUN", 4000)
    (table,) = diff(*packages).resources
    assert table.rows == (
        RowChange("removed", ("0003",), row={"id": "0003", "a": "a", "b": ""}),
        RowChange("changed", ("0102",), (CellChange("b", "", "b", "filled"),)),
    )


def test_memory_does_not_grow_with_the_table(monkeypatch):
    monkeypatch.setattr(sorting, "RUN", 1 << 18)
    monkeypatch.setattr(sorting, "_BUFFERS", 1 << 18)

    def peak(count):
        tracemalloc.start()
        chance = random.Random(1)
        with SortedRows(((n, [str(chance.random()), "x" * 100]) for n in range(count)), key) as found:
            assert sum(1 for _ in found) == count
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(20_000) < 2 * peak(5_000)
