"""The findings of a run in bounded memory: few lie in memory, many in a temporary file, and both are read by line.

A run of findings is what one pass over a table tells, in the order of lines; a table may have several (its cells, its
keys, its references), which are merged when they are read.
"""

from __future__ import annotations

import heapq
import marshal
import operator
import weakref
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, fields
from itertools import islice
from typing import IO, Any, cast, overload

from .findings import Finding

Counts = Mapping[tuple[str, str], int]
"""How many defects there are, by code and severity."""


@dataclass(frozen=True, slots=True)
class Packed:
    """Findings as bytes that another process can send, how many these are, and how many defects they stand for."""

    content: bytes = b""
    size: int = 0
    counts: Counts = field(default_factory=dict)


IN_MEMORY = 10_000
"""Findings that a report holds in memory."""

_NAMES = tuple(one.name for one in fields(Finding))
_pack = cast(Callable[[Finding], tuple[Any, ...]], operator.attrgetter(*_NAMES))
_LINE = _NAMES.index("line")
_SPOOL = 4 << 20


def pack(findings: Iterable[Finding]) -> Packed:
    """The findings, packed."""
    counts: Counter[tuple[str, str]] = Counter()
    kept = []
    for finding in findings:
        counts[finding.code, finding.severity] += finding.count
        kept.append(_pack(finding))
    return Packed(marshal.dumps(kept), len(kept), dict(counts)) if kept else Packed()


def _unpack(content: bytes, lines_before: int) -> Iterator[Finding]:
    for values in marshal.loads(content):  # noqa: S302 - written by `pack`, by ourselves
        yield Finding(*values) if not lines_before else Finding(*_moved(values, lines_before))


def _moved(values: tuple[Any, ...], lines: int) -> tuple[Any, ...]:
    return *values[:_LINE], values[_LINE] + lines, *values[_LINE + 1 :]


def _place(finding: Finding) -> tuple[bool, int, int, str]:
    whole = finding.count > 1 and finding.line is None
    return whole, finding.line or 0, finding.column or 0, finding.code


class FindingLog:
    """Collects the findings of all tables."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, str]] = Counter()
        self._runs: dict[str, list[FindingRun]] = {}
        self._file: IO[bytes] | None = None
        self.kept = 0

    @property
    def errors(self) -> int:
        """How many defects make the package unsound."""
        return sum(count for (_code, severity), count in self.counts.items() if severity == "error")

    def run(self, table: str = "") -> FindingRun:
        """A new run of findings on a table; the package itself has no name."""
        run = FindingRun(self)
        self._runs.setdefault(table, []).append(run)
        return run

    def add(self, findings: Iterable[Finding], table: str = "") -> None:
        """Some findings on a table, in any order."""
        self.run(table).add(sorted(findings, key=_place))

    def on(self, table: str) -> Iterator[Finding]:
        """Those on one table, by line."""
        return _merged(self._runs.get(table, ()))

    def findings(self, tables: Sequence[str]) -> Sequence[Finding]:
        """All of them: those on the package, then by table in this order, then by line."""
        order = ["", *tables, *(name for name in self._runs if name not in tables and name)]
        runs = [self._runs[name] for name in order if name in self._runs]
        if self.kept <= IN_MEMORY:
            return tuple(finding for of_table in runs for finding in _merged(of_table))
        return SpooledFindings(self, runs)

    def store(self, content: bytes) -> tuple[int, int]:
        """Put bytes into the file; where they are."""
        if self._file is None:
            import tempfile

            self._file = tempfile.TemporaryFile(prefix="mandates-data-")  # noqa: SIM115 - closed with this object
            weakref.finalize(self, self._file.close)
        start = self._file.seek(0, 2)
        self._file.write(content)
        return start, len(content)

    def stored(self, start: int, size: int) -> bytes:
        """The bytes at a place of the file."""
        assert self._file is not None
        self._file.seek(start)
        return self._file.read(size)


class FindingRun:
    """Findings in the order of lines, except for those without one, which may come at any time."""

    def __init__(self, log: FindingLog) -> None:
        self._log = log
        self._blocks: list[tuple[int, bytes | tuple[int, int]]] = []
        self._held = 0
        self._whole: list[Finding] = []

    def add(self, findings: Iterable[Finding]) -> None:
        """The next findings."""
        with_line = []
        for finding in findings:
            if finding.line is not None:
                with_line.append(finding)
            else:
                self._whole.append(finding)
                self._log.counts[finding.code, finding.severity] += finding.count
                self._log.kept += 1
        self.add_packed(pack(with_line))

    def add_packed(self, packed: Packed, lines_before: int = 0) -> None:
        """What `pack` gave in another process, of a part of the table that so many lines stand before."""
        if not packed.size:
            return
        self._log.counts.update(packed.counts)
        self._log.kept += packed.size
        self._held += len(packed.content)
        self._blocks.append((lines_before, packed.content))
        if self._held > _SPOOL:
            self._blocks = [
                (before, self._log.store(block) if isinstance(block, bytes) else block)
                for before, block in self._blocks
            ]
            self._held = 0

    def __iter__(self) -> Iterator[Finding]:
        """The findings, by place."""
        return heapq.merge(sorted(self._whole, key=_place), self._with_line(), key=_place)

    def _with_line(self) -> Iterator[Finding]:
        for lines_before, block in self._blocks:
            content = block if isinstance(block, bytes) else self._log.stored(*block)
            yield from _unpack(content, lines_before)


def _merged(runs: Sequence[FindingRun]) -> Iterator[Finding]:
    return iter(runs[0]) if len(runs) == 1 else heapq.merge(*runs, key=_place)


class SpooledFindings(Sequence[Finding]):
    """More findings than memory should hold. Each iteration reads them anew; an index costs as much as getting there.

    `counts` says how many defects there are, by code and severity, at no cost.
    """

    def __init__(self, log: FindingLog, runs: Sequence[Sequence[FindingRun]], more: Sequence[Finding] = ()) -> None:
        self._log, self._runs, self._more = log, runs, tuple(more)
        self.counts: Counts = log.counts + Counter[tuple[str, str]]()
        for finding in self._more:
            self.counts = Counter(self.counts) + Counter({(finding.code, finding.severity): finding.count})

    def __iter__(self) -> Iterator[Finding]:
        """Every finding, in order."""
        for runs in self._runs:
            yield from _merged(runs)
        yield from self._more

    def __len__(self) -> int:
        """How many findings there are."""
        return self._log.kept + len(self._more)

    @overload
    def __getitem__(self, index: int) -> Finding: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[Finding, ...]: ...
    def __getitem__(self, index: int | slice) -> Finding | tuple[Finding, ...]:
        """The finding, or those, at that place."""
        if isinstance(index, slice):
            return tuple(islice(self, *index.indices(len(self))))
        if not 0 <= index < len(self):
            raise IndexError(index)
        return next(islice(self, index, None))

    def with_more(self, more: Iterable[Finding]) -> SpooledFindings:
        """The same with further findings at the end."""
        return SpooledFindings(self._log, self._runs, (*self._more, *more))
