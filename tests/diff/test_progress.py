"""How far a comparison has come is seen on a terminal, when it takes long, and leaves nothing behind."""

from __future__ import annotations

import io

from diffed_packages import package

from mandates_data.cli.watching import watched
from mandates_data.diff.compare import compare
from mandates_data.render.progress import Progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_the_bytes_that_are_read_move_the_bar(tmp_path):
    old = package(tmp_path / "o", "id,a,b\n" + "".join(f"{n:05},x,\n" for n in range(2000)))
    new = package(tmp_path / "n", "id,a,b\n" + "".join(f"{n:05},y,\n" for n in range(2000)))
    times = iter(range(0, 10**6, 2))
    stream = Terminal()
    with Progress(stream, "comparing", clock=lambda: float(next(times))) as progress:
        compared = compare(*watched((old, new), (), 1, progress))
        seen = stream.getvalue()
    assert compared.changeset() == compare(old, new).changeset()
    assert "comparing [" in seen
    assert "100 % of 36 kB" in seen
    assert stream.getvalue().endswith("\r")


def test_where_there_is_no_terminal_the_packages_stay_as_they_are(tmp_path):
    sides = (package(tmp_path, "id,a,b\n"),) * 2
    assert watched(sides, (), 1, Progress(io.StringIO(), "comparing")) is sides
