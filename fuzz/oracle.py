"""What every case has to keep: a result or a documented error, in time, in memory, without a warning."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import traceback
import types
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from mandates_data.errors import MandatesDataError

from .cases import Case, temporary_folder
from .packages import typed
from .promises import BrokenPromiseError
from .targets import TARGETS

LIBRARY = "mandates_data"


@dataclass(frozen=True)
class Limits:
    """`seconds` of computing and `bytes` of memory that one case may take; None for no limit.

    Without `patterns`, a schema's pattern that takes too long does not count as a hang.
    """

    seconds: float | None = None
    bytes: int | None = None
    patterns: bool = True


NONE = Limits()
"""For tests, which do not depend on time."""
GENEROUS = Limits(seconds=10.0, bytes=300 * 1024**2)
"""For the long run: inputs are under a megabyte."""


@dataclass(frozen=True)
class Failure:
    """What a case has shown. Cases with the same `signature` have, as far as can be told, the same cause."""

    kind: str
    signature: str
    detail: str


class HangError(BaseException):
    """A case takes too long. No `except Exception` stops it."""


class Bench:
    """A folder that cases are run in, one after the other. Around it lies a sound package, and nothing else."""

    def __init__(self, base: Path) -> None:
        self._base = base
        self._folder = base / "case"
        Case("", {}, typed()).write(base)
        (base / "outside.csv").write_bytes(b"outside,the,package\n")

    def run(self, case: Case, limits: Limits = NONE) -> tuple[str, Failure | None]:
        """Run a case: in a word what came of it, and what is wrong with that."""
        target = TARGETS.get(case.target)
        if target is None:
            return "no target", None
        shutil.rmtree(self._folder, ignore_errors=True)
        self._folder.mkdir()
        case.write(self._folder)
        here = Path.cwd()
        os.chdir(self._folder)
        memory = _Memory()
        try:
            outcome, failure = judged(lambda: target(case.arguments), limits)
        finally:
            os.chdir(here)
        grown = memory.grown()
        if failure is None and limits.bytes is not None and grown > limits.bytes:
            said = f"{grown // 1024**2} MB more than before, for {case.size:,} bytes of input ({outcome})"
            failure = Failure("memory", f"memory {case.target}", said)
        return outcome, failure


@contextlib.contextmanager
def bench() -> Iterator[Bench]:
    """A bench in a temporary folder."""
    with temporary_folder() as base:
        yield Bench(base)


def judged(work: Callable[[], str], limits: Limits) -> tuple[str, Failure | None]:
    """What came of a piece of work, in a word, and what is wrong with that."""
    try:
        with _watched(limits.seconds), warnings.catch_warnings():
            warnings.simplefilter("error")
            warnings.simplefilter("ignore", ResourceWarning)
            return work(), None
    except MandatesDataError as error:
        return type(error).__name__, _of_error(error)
    except BrokenPromiseError as error:
        return "broken promise", Failure("promise", f"promise: {error.what}", str(error))
    except HangError as error:
        slow = not limits.patterns and _in_a_pattern(error.__traceback__)
        return ("slow pattern", None) if slow else ("hang", _failure("hang", "hang", error))
    except MemoryError as error:
        return "memory", _failure("memory", "memory", error)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is what we are looking for
        return type(error).__name__, _failure("traceback", type(error).__name__, error)


def _failure(kind: str, name: str, error: BaseException) -> Failure:
    lines = traceback.format_exception(error, limit=-6)
    return Failure(kind, f"{name} at {_place(error.__traceback__)}", "".join(line[:1000] for line in lines))


def _of_error(error: MandatesDataError) -> Failure | None:
    """A documented error has one line, of a length that a person reads, that says what to do next."""
    text = str(error)
    place = f"{type(error).__name__} at {_place(error.__traceback__)}"
    if "\n" in text or "\r" in text:
        return Failure("message", f"lines in {place}", repr(text[:500]))
    if len(text) > 3000:
        return Failure("message", f"length of {place}", f"{len(text):,} characters: {text[:300]}")
    if any(ord(sign) < 32 or 0x7F <= ord(sign) < 0xA0 for sign in text):
        return Failure("message", f"control characters in {place}", repr(text[:500]))
    return None


@contextlib.contextmanager
def _watched(seconds: float | None) -> Iterator[None]:
    """Raises `HangError` after so many seconds of computing, or six times as many of waiting.

    Computing is what counts: a machine that is busy with other work makes no case slower by that clock.
    """
    if seconds is None or not hasattr(signal, "SIGPROF"):
        yield
        return

    def stop(number: int, _frame: types.FrameType | None) -> None:
        raise HangError(f"more than {seconds} seconds" if number == signal.SIGPROF else "it waits for something")

    clocks = ((signal.SIGPROF, signal.ITIMER_PROF, seconds), (signal.SIGALRM, signal.ITIMER_REAL, 6 * seconds))
    before = [signal.signal(number, stop) for number, _clock, _time in clocks]
    for _number, clock, time in clocks:
        signal.setitimer(clock, time)
    try:
        yield
    finally:
        for (number, clock, _time), handler in zip(clocks, before, strict=True):
            signal.setitimer(clock, 0)
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


class _Memory:
    """How far the memory of this process has grown at most, where Linux tells it."""

    def __init__(self) -> None:
        self._before = 0
        with contextlib.suppress(OSError):
            Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak begins anew
            self._before = _status("VmRSS")

    def grown(self) -> int:
        """Bytes at the peak beyond those at the beginning; 0 where it is not known."""
        return _status("VmHWM") - self._before if self._before else 0


def _status(name: str) -> int:
    with open("/proc/self/status", encoding="ascii", errors="replace") as file:
        for line in file:
            if line.startswith(f"{name}:"):
                return int(line.split()[1]) * 1024
    return 0


def _place(trace: TracebackType | None) -> str:
    """The innermost place in our own library that a traceback goes through: module and function."""
    found = "nowhere"
    for frame in traceback.extract_tb(trace):
        path = Path(frame.filename)
        if LIBRARY in path.parts:
            inside = path.parts[len(path.parts) - path.parts[::-1].index(LIBRARY) :]
            found = f"{'.'.join(inside).removesuffix('.py')}.{frame.name}"
    return found


def _in_a_pattern(trace: TracebackType | None) -> bool:
    """Whether the innermost line matches a pattern: that is C, and has no frame of its own."""
    last = traceback.extract_tb(trace)[-2:]
    return any("match(" in (frame.line or "") for frame in last)
