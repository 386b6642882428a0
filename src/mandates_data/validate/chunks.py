"""A part of a table's file, checked by itself: whole lines from one place of it to another, wherever these fall."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from ..package.batches import BLOCK, BatchReader
from ..package.reader import Flaw
from .batch import BatchChecker, BatchFacts
from .log import Packed, pack

CHUNK = 4 << 20
"""Bytes that one process takes at a time."""


@dataclass(slots=True)
class ChunkFacts:
    """What is known of a chunk; lines are counted from its first one.

    Attributes
    ----------
    split
        Whether the chunk could be split in bulk. If not, nothing else is known of it.
    height
        How many lines it has.
    facts
        Of its rows, all but their findings, which are packed in `findings`.
    flaws
        Of the file.
    line_ends
        How its lines end, with how many do and the first of them.
    """

    split: bool
    height: int = 0
    facts: BatchFacts = field(default_factory=BatchFacts)
    flaws: list[Flaw] = field(default_factory=list)
    line_ends: list[tuple[str, int, int]] = field(default_factory=list)
    findings: Packed = field(default_factory=Packed)


def check_chunk(file: BinaryIO, start: int, end: int, checker: BatchChecker) -> ChunkFacts:
    """Check the lines of a file that begin from byte `start` on and before byte `end`; `start` is not 0."""
    found = ChunkFacts(True, facts=BatchFacts(canonical=True))
    reader = BatchReader.of_body(checker.plan.resource, checker.plan.header.width, found.flaws.append)
    for block in _blocks(file, start, end):
        batch = reader.split(block, found.height)
        if batch is None:
            return ChunkFacts(False)
        found.height += reader.height
        found.facts.extend(checker.check(batch))
        if found.facts.end:
            break
    found.line_ends = [(kind, count, reader.first_lines[kind]) for kind, count in reader.line_ends.items()]
    found.findings = pack(found.facts.findings)
    found.facts.findings = []
    return found


def _blocks(file: BinaryIO, start: int, end: int) -> Iterator[bytes]:
    """The lines, in pieces of about `BLOCK` bytes."""
    file.seek(start - 1)
    data = file.read(end - start + 1)
    here = data.find(b"\n") + 1
    if not here or start - 1 + here >= end:
        return
    if not data.endswith(b"\n"):
        data += _rest_of_line(file)
    while here < len(data):
        cut = data.rfind(b"\n", here, here + BLOCK) + 1
        if not cut:
            cut = data.find(b"\n", here) + 1
        cut = cut or len(data)
        yield data[here:cut]
        here = cut


def _rest_of_line(file: BinaryIO) -> bytes:
    """What stands before the next line end, and that. The file has no buffer: its own `readline` asks byte by byte."""
    pieces = []
    while more := file.read(BLOCK):
        end = more.find(b"\n") + 1
        pieces.append(more[:end] if end else more)
        if end:
            break
    return b"".join(pieces)
