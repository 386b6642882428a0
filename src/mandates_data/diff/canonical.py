"""Two canonical tables, compared by walking both files once: lines that are equal are never taken apart."""

from __future__ import annotations

import contextlib
import io
import os
from collections.abc import Iterator, Sequence
from typing import BinaryIO

from ..package.canonical_lines import Form
from ..package.model import Dialect
from ..package.proven_walk import Part, parts, walk
from .cells import RowComparer
from .notation import Written
from .tables import Table
from .walked import Lines

SMALL = 64 * 1024**2
"""Bytes of two files up to which one process is as fast as two."""


def may_be_walked(old: Table, new: Table, key: Sequence[str]) -> bool:
    """Whether two tables have the same columns and this key, and are written as a canonical table says it is."""
    return (
        bool(key)
        and old.names == new.names
        and all(
            table.key == tuple(key)
            and table.resource.encoding.lower().replace("_", "-") in ("utf-8", "utf8")
            and is_plain(table.resource.dialect)
            and table.header == table.names
            for table in (old, new)
        )
    )


def is_plain(dialect: Dialect) -> bool:
    """Whether a canonical file is what the dialect says."""
    stated = (dialect.delimiter, dialect.quote_char, dialect.double_quote, dialect.escape_char, dialect.comment_char)
    return stated == (",", '"', True, None, None) and dialect.header and not dialect.skip_initial_space


def compare_by_walking(
    old: Table | None, new: Table | None, comparer: RowComparer, part: Part | None = None
) -> Iterator[Written]:
    """The rows that differ, in the order of their keys, of a part or of all. A side that is None is an empty table.

    Raises
    ------
    NotCanonicalError
        A file is in another form after all; the rows that were given until then may be wrong.
    """
    table = old or new
    assert table is not None
    lines = Lines(table.names, comparer)
    with _open(old) as before, _open(new) as after:
        for steps in walk(before, after, Form(table.names, table.key), part):
            yield from lines.rows(steps)


def parts_of(old: Table | None, new: Table | None, processes: int) -> list[Part]:
    """What of two tables is to be walked at the same time; none where they are small or not files on a disk."""
    if old is None or new is None or processes < 2:
        return []
    with _open(old) as before, _open(new) as after:
        assert before is not None
        assert after is not None
        try:
            sizes = [os.fstat(file.fileno()).st_size for file in (before, after)]
        except (OSError, io.UnsupportedOperation):
            return []
        return parts(before, after, Form(old.names, old.key), processes) if sum(sizes) > SMALL else []


@contextlib.contextmanager
def _open(table: Table | None) -> Iterator[BinaryIO | None]:
    if table is None:
        yield None
        return
    assert table.package.store is not None
    with table.package.store.open(table.resource.path) as file:
        yield file
