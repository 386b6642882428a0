"""Work on one table split over processes; each writes its rows into a file of its own.

Processes are forked: what they need is there, and a start costs a few milliseconds. Where that cannot be done (another
system, threads under way), one process does it all.
"""

from __future__ import annotations

import os
import pickle
import signal
import tempfile
import threading
from collections.abc import Callable, Iterable, Sequence
from typing import IO

from ..package.canonical_lines import NotCanonicalError
from .notation import Written
from .spool import RowSpool

MOST = 2
"""Processes at once: two keep the whole under 100 MB, whatever the number of cores."""
_NOT_CANONICAL = 3

Task = Callable[[], Iterable[Written]]
Child = tuple[int, Task, IO[bytes], IO[bytes]]
"""Its number, its task, the file for its rows, and the file for what it counted."""


def available() -> int:
    """How many processes may work at once here."""
    if not hasattr(os, "fork") or not hasattr(os, "sched_getaffinity"):
        return 1
    return min(len(os.sched_getaffinity(0)), MOST)


def fill(spool: RowSpool, tasks: Sequence[Task], new: Callable[[IO[bytes]], RowSpool]) -> None:
    """Fill the spool with the rows of all tasks in their order, the first one here and each other one beside.

    `new` makes a spool for another process, which keeps its rows in the file that it is given.

    Raises
    ------
    NotCanonicalError
        One of the tasks raised it.
    """
    if threading.active_count() > 1:
        for task in tasks:
            spool.fill(task())
        return
    children = [_start(task, new) for task in tasks[1:]]
    try:
        spool.fill(tasks[0]())
        while children:
            _collect(spool, children.pop(0))
    finally:
        for number, _, rows, state in children:
            os.kill(number, signal.SIGKILL)
            os.waitpid(number, 0)
            rows.close()
            state.close()


def _start(task: Task, new: Callable[[IO[bytes]], RowSpool]) -> Child:
    rows, state = tempfile.TemporaryFile(), tempfile.TemporaryFile()  # noqa: SIM115 - they outlive this function
    number = os.fork()
    if number == 0:
        code = 1
        try:
            spool = new(rows)
            spool.fill(task())
            pickle.dump(spool.state(), state)
            rows.flush()
            state.flush()
            code = 0
        except NotCanonicalError:
            code = _NOT_CANONICAL
        finally:
            os._exit(code)  # nothing of the parent is to be cleaned up twice
    return number, task, rows, state


def _collect(spool: RowSpool, child: Child) -> None:
    number, task, rows, state = child
    code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    if code == 0:
        state.seek(0)
        spool.absorb(rows, pickle.load(state))  # noqa: S301 - our own child wrote it
    state.close()
    if code != 0:
        rows.close()
    if code == _NOT_CANONICAL:
        raise NotCanonicalError
    if code != 0:  # whatever it is, it comes here again and is told
        spool.fill(task())
