"""Two canonical tables, compared by walking both files once: lines that are equal are never parsed.

A file is first proven, in bulk, to be such that a line is a row (`prove`): UTF-8, LF, as many cells on each line as
there are columns, no line break inside quotes, no quote inside an unquoted cell, keys rising from line to line as text
and so none twice. Memory holds two blocks of lines, whatever the size of the files. A table that is not so is
`NotCanonicalError`, and `keyed` compares it.
"""

from __future__ import annotations

import csv
import operator
from collections.abc import Callable, Iterable, Iterator
from itertools import chain, zip_longest
from typing import BinaryIO, TypeAlias

from ..errors import TableError
from ..package.model import Dialect
from ..package.writer import format_row
from .cells import RowComparer
from .changeset import RowChange
from .tables import Table

BLOCK = 1 << 20
"""Bytes of lines that are looked at together."""

Key: TypeAlias = bytes | tuple[bytes, ...]
_BESIDE_QUOTES = frozenset({b"", b",", b"\n"})
"""What stands outside before an opening quote and after a closing one; nothing, where two quotes stand for one."""


class NotCanonicalError(Exception):
    """The table has to be compared by key instead; no error of the user's."""


class Form:
    """How the lines of one table are taken apart."""

    def __init__(self, table: Table) -> None:
        names = table.names
        self.names = names
        self._places = [names.index(name) for name in table.key]
        self._leading = self._places == list(range(len(self._places)))
        self._whole = len(self._places) == len(names)
        self._commas = len(names) - 1
        self.header = format_row(names).encode()

    def cells(self, line: bytes) -> list[str]:
        """The cells of a line."""
        return next(csv.reader((line.decode(),), strict=True))

    def key(self, line: bytes) -> Key:
        """The key of a line, in an order like that of its text by code points, part by part."""
        return next(iter(self.keys([line], line)))

    def keys(self, lines: list[bytes], block: bytes) -> list[Key]:
        """The keys of lines; `block` is all of them joined."""
        count = len(self._places)
        if not self._leading or self._whole:
            return self._parsed_keys(lines)
        if count == 1:
            keys: list[Key] = [line.partition(b",")[0] for line in lines]
            quoted = b'"' in block and b'"' in b"".join(keys)  # type: ignore[arg-type]  # all bytes here
        else:
            keys = [tuple(line.split(b",", count)[:count]) for line in lines]
            quoted = b'"' in block and b'"' in b"".join(chain.from_iterable(keys))  # type: ignore[arg-type]  # as above
        return self._parsed_keys(lines) if quoted else keys

    def _parsed_keys(self, lines: list[bytes]) -> list[Key]:
        rows = csv.reader((line.decode() for line in lines), strict=True)
        if len(self._places) == 1:
            place = self._places[0]
            return [row[place].encode() for row in rows]
        return [tuple(row[place].encode() for place in self._places) for row in rows]

    def prove(self, lines: list[bytes], last: Key | None) -> Key | None:
        """The key of the last of these lines, when each is a row and the keys rise from `last` on.

        Raises
        ------
        NotCanonicalError
            Some line may be no row, or a key does not rise.
        """
        if not lines:
            return last
        block = b"".join(lines)
        if not block.endswith(b"\n") or b"\r" in block:
            raise NotCanonicalError
        self._prove_structure(lines, block)
        keys = self.keys(lines, block)
        first = keys[0]
        rises = last is None or last < first  # type: ignore[operator]  # keys of one table are of one kind
        if not rises or not all(map(operator.lt, keys, keys[1:])):
            raise NotCanonicalError
        return keys[-1]

    def _prove_structure(self, lines: list[bytes], block: bytes) -> None:
        try:
            block.decode()
        except UnicodeDecodeError as error:
            raise NotCanonicalError from error
        outside = block
        if b'"' in block:
            pieces = block.split(b'"')
            if len(pieces) % 2 == 0 or b"\n" in b"".join(pieces[1::2]):
                raise NotCanonicalError
            outsides = pieces[::2]
            starts, ends = ({piece[:1] for piece in outsides[1:]}, {piece[-1:] for piece in outsides[:-1]})
            if not starts | ends <= _BESIDE_QUOTES:
                raise NotCanonicalError
            outside = b'"'.join(outsides)
        commas = set(map(_count_commas, outside.splitlines()))
        if commas != {self._commas} or (not self._commas and b"\n" in lines):
            raise NotCanonicalError


_count_commas = operator.methodcaller("count", b",")


def may_be_walked(old: Table, new: Table) -> bool:
    """Whether two tables have the same columns and key, and are written as a canonical table says it is."""
    return (
        bool(old.key)
        and old.key == new.key
        and old.names == new.names
        and all(
            table.resource.encoding.lower().replace("_", "-") in ("utf-8", "utf8")
            and _is_plain(table.resource.dialect)
            and table.header == table.names
            for table in (old, new)
        )
    )


def _is_plain(dialect: Dialect) -> bool:
    stated = (dialect.delimiter, dialect.quote_char, dialect.double_quote, dialect.escape_char, dialect.comment_char)
    return stated == (",", '"', True, None, None) and dialect.header and not dialect.skip_initial_space


def prove(old: Table | None, new: Table | None) -> None:
    """Read both files to the end and prove that they can be walked. A side that is None is an empty table.

    Raises
    ------
    NotCanonicalError
        One of them cannot.
    """
    form = Form(_either(old, new))
    with _open(old) as old_file, _open(new) as new_file:
        blocks = zip_longest(_blocks(old, old_file, form), _blocks(new, new_file, form), fillvalue=list[bytes]())
        old_last: Key | None = None
        new_last: Key | None = None
        for old_lines, new_lines in blocks:
            same = old_last == new_last and old_lines == new_lines
            old_last = form.prove(old_lines, old_last)
            new_last = old_last if same else form.prove(new_lines, new_last)


def walk(old: Table | None, new: Table | None, comparer: RowComparer) -> Iterator[RowChange]:
    """The rows that differ, in the order of their keys. Both files must be proven.

    Raises
    ------
    TableError
        A file is no longer what was proven.
    """
    form = Form(_either(old, new))
    try:
        with _open(old) as old_file, _open(new) as new_file:
            steps = _steps(_blocks(old, old_file, form), _blocks(new, new_file, form), form.key)
            for before, after in steps:
                change = _row_change(form, before, after, comparer, _either(old, new).key)
                if change is not None:
                    yield change
    except (NotCanonicalError, csv.Error, ValueError) as error:
        path = _either(old, new).resource.path
        raise TableError(f"{path} changed while it was compared.", "Compare again.") from error


def _row_change(
    form: Form, before: bytes | None, after: bytes | None, comparer: RowComparer, key: tuple[str, ...]
) -> RowChange | None:
    old, new = (None if line is None else form.cells(line) for line in (before, after))
    row = dict(zip(form.names, old or new or [], strict=True))
    of_key = tuple(row[name] for name in key)
    if old is None:
        return RowChange("added", of_key, row=row)
    if new is None:
        return RowChange("removed", of_key, row=row)
    return comparer.row(of_key, old, new)


def _steps(
    old_blocks: Iterable[list[bytes]], new_blocks: Iterable[list[bytes]], key: Callable[[bytes], Key]
) -> Iterator[tuple[bytes | None, bytes | None]]:
    """Pairs of lines that are not equal; None where the other side has no line with this key."""
    old_blocks, new_blocks = iter(old_blocks), iter(new_blocks)
    old: list[bytes] = []
    new: list[bytes] = []
    here = there = 0
    while True:
        if here == len(old):
            old, here = next(old_blocks, []), 0
        if there == len(new):
            new, there = next(new_blocks, []), 0
        if not old or not new:
            break
        if here == there and old == new:
            here = there = len(old)
            continue
        while here < len(old) and there < len(new):
            before, after = old[here], new[there]
            if before == after:
                here, there = here + 1, there + 1
                continue
            old_key, new_key = key(before), key(after)
            goes = old_key <= new_key  # type: ignore[operator]  # keys of one table are of one kind
            comes = old_key >= new_key  # type: ignore[operator]  # as above
            yield before if goes else None, after if comes else None
            here, there = here + goes, there + comes
    for before in chain(old[here:], chain.from_iterable(old_blocks)):
        yield before, None
    for after in chain(new[there:], chain.from_iterable(new_blocks)):
        yield None, after


def _blocks(table: Table | None, file: BinaryIO, form: Form) -> Iterator[list[bytes]]:
    if table is None:
        return
    if file.readline() != form.header:
        raise NotCanonicalError
    while lines := file.readlines(BLOCK):
        yield lines


def _open(table: Table | None) -> BinaryIO:
    if table is None:
        import io

        return io.BytesIO()
    assert table.package.store is not None
    return table.package.store.open(table.resource.path)


def _either(old: Table | None, new: Table | None) -> Table:
    table = old if old is not None else new
    assert table is not None
    return table
