"""Killed at any moment, `fmt` leaves each file as it was or as it should be, never a part of one."""

import random
import subprocess
import sys
from pathlib import Path

import pytest
from mended_packages import fmt, package

ROWS = 3000
TIMES = 100

KILLER = """
import os, random, signal, sys, time
from pathlib import Path
from mandates_data.mending.run import mend, write
from mandates_data.package.opening import open_package

folder, whole = Path(sys.argv[1]), Path(sys.argv[2])
names = ("t.csv", "datapackage.json")
old = {name: (folder / name).read_bytes() for name in names}
new = {name: (whole / name).read_bytes() for name in names}
moments = random.Random(11)

def run():
    opened = open_package(folder)
    write(opened, mend(opened))

started = time.monotonic()
run()
longest = time.monotonic() - started
for turn in range(int(sys.argv[3])):
    for name in names:
        (folder / name).write_bytes(old[name])
    child = os.fork()
    if not child:
        run()
        os._exit(0)
    time.sleep(moments.uniform(0, longest * 1.1))
    os.kill(child, signal.SIGKILL if turn % 2 else signal.SIGTERM)
    os.waitpid(child, 0)
    for name in names:
        found = (folder / name).read_bytes()
        print(name, "old" if found == old[name] else "new" if found == new[name] else f"half written, turn {turn}")
"""


def disordered() -> bytes:
    rows = [f"{number:05},City {number},1994-12-09\r\n" for number in range(ROWS)]
    random.Random(7).shuffle(rows)
    return ("id,name,day\r\n" + "".join(rows)).encode()


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
def test_killed_at_any_moment_it_leaves_old_bytes_or_new_ones(tmp_path: Path) -> None:
    whole = package(tmp_path / "whole", disordered(), bytes=1)
    fmt(whole)
    folder = package(tmp_path / "killed", disordered(), bytes=1)
    command = [sys.executable, "-c", KILLER, str(folder), str(whole), str(TIMES)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert len(lines) == 2 * TIMES
    assert {line for line in lines if not line.endswith((" old", " new"))} == set()
    assert "t.csv old" in lines
