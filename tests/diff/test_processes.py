"""A table split over processes gives what one process gives. Each test has a process of its own, without threads."""

from __future__ import annotations

import os
import subprocess
import sys
import textwrap

import pytest
from diffed_packages import package

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are not forked here")


def run(tmp_path, old, new, code):
    package(tmp_path / "o", "id,a,b\n" + old)
    package(tmp_path / "n", "id,a,b\n" + new)
    start = f"""
        import os
        from mandates_data.diff import canonical, processes
        from mandates_data.diff.changeset_file import write_changeset
        from mandates_data.diff.compare import compare
        from mandates_data.errors import TableError
        from mandates_data.package.opening import open_package
        canonical.SMALL = 0
        started = []
        start = processes._start
        processes._start = lambda task, new: started.append(start(task, new)) or started[-1]
        old, new = (open_package({str(tmp_path)!r} + side) for side in ("/o", "/n"))
        def file(count):
            import io
            out = io.BytesIO()
            write_changeset(compare(old, new, processes=count), out)
            return out.getvalue()
    """
    script = textwrap.dedent(start) + textwrap.dedent(code)
    done = subprocess.run([sys.executable, "-W", "error", "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout.split()


OLD = [f"{n:04},a b c d e f g h i j k l m {n},x\n" for n in range(400)]
NEW = [
    line.replace(",x", ",y") if n % 7 == 0 else line.replace(f"{n:04}", f"{n:04}z", 1) if n % 11 == 0 else line
    for n, line in enumerate(OLD)
    if n % 13
]


def test_the_same_changeset_from_any_number_of_processes(tmp_path):
    code = """
        whole = file(1)
        for count in (2, 3, 5):
            assert file(count) == whole
        print(len(started), len(whole) > 10_000)
    """
    assert run(tmp_path, "".join(OLD), "".join(NEW), code) == ["7", "True"]


def test_a_part_without_changes_leaves_no_comma_behind(tmp_path):
    code = """
        import json
        assert file(3) == file(1)
        print(len(json.loads(file(3))["resources"][0]["rows"]))
    """
    for place in (0, 200, 399):
        new = [line.replace(",x", ",y") if n == place else line for n, line in enumerate(OLD)]
        assert run(tmp_path / str(place), "".join(OLD), "".join(new), code) == ["1"]


def test_a_table_that_is_not_canonical_in_one_part_is_compared_otherwise(tmp_path):
    moved = [*NEW[:300], *reversed(NEW[300:])]
    code = "print(file(4) == file(1))"
    assert run(tmp_path, "".join(OLD), "".join(moved), code) == ["True"]


def test_a_key_that_stands_twice_in_another_part_is_an_error(tmp_path):
    code = """
        try:
            compare(old, new, processes=3)
        except TableError as error:
            print("stands on an earlier line" in str(error))
    """
    assert run(tmp_path, "".join(OLD), "".join([*NEW, NEW[3]]), code) == ["True"]


def test_the_work_of_a_process_that_dies_is_done_here(tmp_path):
    code = """
        whole, parent, count = file(1), os.getpid(), canonical.compare_by_walking
        def dies(*arguments):
            if os.getpid() != parent:
                os._exit(9)
            return count(*arguments)
        canonical.compare_by_walking = dies
        print(file(3) == whole)
    """
    assert run(tmp_path, "".join(OLD), "".join(NEW), code) == ["True"]


def test_where_threads_are_under_way_no_process_is_started(tmp_path):
    code = """
        import threading
        stop = threading.Event()
        threading.Thread(target=stop.wait).start()
        same = file(3) == file(1)
        stop.set()
        print(same, len(started))
    """
    assert run(tmp_path, "".join(OLD), "".join(NEW), code) == ["True", "0"]
