"""The chunks of a file checked by several processes, their facts given in the order of the file.

Each process is a Python of its own that is told a file and a plan over a pipe, so it needs nothing of the caller: no
guard in a script, no way of starting that differs between systems.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from ..errors import MandatesDataError
from ..package.own_python import own_python
from .batch import BatchChecker, TablePlan
from .chunks import CHUNK, ChunkFacts, check_chunk

_AHEAD = 4
"""Chunks for each process that may wait for the ones before them."""

_ASKED = 2
"""Chunks that a process is asked for at a time."""

_SIZE = 8

_KEEP_MEMORY = {"MALLOC_TRIM_THRESHOLD_": str(256 << 20), "MALLOC_MMAP_THRESHOLD_": str(128 << 20)}
"""Lets the C library of GNU keep the memory of a block for the next one, where it would give it back and ask again."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a process has to know before its first chunk. All of it can be pickled."""

    path: Path
    plan: TablePlan


class WorkerError(MandatesDataError):
    """A process that helped has ended before its work was done."""


def check_in_parallel(work: Work, start: int, end: int, count: int) -> Iterator[tuple[int, ChunkFacts]]:
    """The facts of each chunk from byte `start` to byte `end`, each with the byte that it starts at, in order.

    Raises
    ------
    WorkerError
        A process was ended from outside.
    """
    crew = _Crew(work, list(range(start, end, CHUNK)), end)
    try:
        crew.start(count)
        for number, at in enumerate(crew.starts):
            yield at, crew.result(number)
    finally:
        crew.stop()


class _Crew:
    """The processes, with a thread each that hands out chunks and takes in facts."""

    def __init__(self, work: Work, starts: list[int], end: int) -> None:
        self.starts = starts
        self._ends = [*starts[1:], end]
        self._work = pickle.dumps(work)
        self._next = 0
        self._taken = 0
        self._stopped = False
        self._results: dict[int, ChunkFacts | BaseException] = {}
        self._change = threading.Condition()
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self, count: int) -> None:
        """Start the processes, and their threads."""
        for _ in range(min(count, len(self.starts))):
            process = subprocess.Popen(
                own_python(__name__), stdin=subprocess.PIPE, stdout=subprocess.PIPE, env={**os.environ, **_KEEP_MEMORY}
            )
            self._processes.append(process)
            threading.Thread(target=self._drive, args=(process, count), daemon=True).start()

    def stop(self) -> None:
        """End the processes, whatever they are at."""
        with self._change:
            self._stopped = True
            self._change.notify_all()
        for process in self._processes:
            process.kill()
        for process in self._processes:
            process.wait()
            for stream in (process.stdin, process.stdout):
                with contextlib.suppress(OSError):
                    if stream is not None:
                        stream.close()

    def result(self, number: int) -> ChunkFacts:
        """The facts of a chunk, once they are there."""
        with self._change:
            while number not in self._results:
                self._change.wait()
            found = self._results.pop(number)
            self._taken = number + 1
            self._change.notify_all()
        if isinstance(found, BaseException):
            raise found
        return found

    def _drive(self, process: subprocess.Popen[bytes], count: int) -> None:
        asked: list[int] = []
        try:
            assert process.stdin is not None
            assert process.stdout is not None
            _send(process.stdin, self._work)
            while True:
                # One more than it is at, so that it never waits; but a thread that has an answer to take never does.
                while len(asked) < _ASKED and (number := self._take(count, wait=not asked)) >= 0:
                    _send(process.stdin, pickle.dumps((self.starts[number], self._ends[number])))
                    asked.append(number)
                if not asked:
                    break
                found = pickle.loads(_receive(process.stdout))  # noqa: S301 - our own process wrote it
                self._put(asked.pop(0), found)
            process.stdin.close()
        except (OSError, EOFError) as error:
            if not self._stopped:
                said = f"A process that helped to read {len(self.starts)} parts has ended: {error}."
                wrong = WorkerError(said, "Close other programs, or run again with --processes 1.")
                wrong.__cause__ = error
                self._put(asked[0] if asked else self._taken, wrong)

    def _take(self, count: int, *, wait: bool) -> int:
        """The next chunk; -1 where there is none, or none yet."""
        with self._change:
            while not self._stopped and self._next < len(self.starts) and self._next >= self._taken + _AHEAD * count:
                if not wait:
                    return -1
                self._change.wait()
            if self._stopped or self._next >= len(self.starts):
                return -1
            self._next += 1
            return self._next - 1

    def _put(self, number: int, found: ChunkFacts | BaseException) -> None:
        with self._change:
            self._results[number] = found
            self._change.notify_all()


def _send(stream: IO[bytes], content: bytes) -> None:
    stream.write(len(content).to_bytes(_SIZE, "big") + content)
    stream.flush()


def _receive(stream: IO[bytes]) -> bytes:
    head = stream.read(_SIZE)
    if len(head) < _SIZE:
        raise EOFError("it gave no answer")
    content = stream.read(int.from_bytes(head, "big"))
    if len(content) < int.from_bytes(head, "big"):
        raise EOFError("its answer was cut off")
    return content


def serve() -> None:
    """Check chunks until standard input ends: what a helping process runs."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that is helped ends this one
    with open(0, "rb", closefd=False) as questions, open(1, "wb", closefd=False) as answers:
        work: Work = pickle.loads(_receive(questions))  # noqa: S301 - the process that is helped wrote it
        checker = BatchChecker(work.plan)
        with work.path.open("rb", buffering=0) as file:
            while True:
                try:
                    start, end = pickle.loads(_receive(questions))  # noqa: S301 - as above
                except EOFError:
                    return
                found: Any
                try:
                    found = check_chunk(file, start, end, checker)
                except Exception as error:  # noqa: BLE001 - told where it can be read: a bug keeps its traceback
                    import traceback

                    found = RuntimeError("".join(traceback.format_exception(error)))
                _send(answers, pickle.dumps(found, protocol=pickle.HIGHEST_PROTOCOL))
