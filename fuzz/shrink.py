"""A failing case made small: whatever is not needed for the same failure is taken away."""

from __future__ import annotations

import dataclasses
import functools
import io
import json
import zipfile
from collections.abc import Callable, Iterator, Sequence
from random import Random
from typing import Any, TypeVar

from .archives import packed
from .cases import Case

Test = Callable[[Case], bool]
Item = TypeVar("Item")
Part = TypeVar("Part")


class _SpentError(Exception):
    """No attempt is left."""


def shrunk(case: Case, fails: Test, attempts: int = 400) -> Case:
    r"""The smallest case that was found for which `fails` still holds, in so many attempts.

    >>> case = Case("x", {}, {"a.csv": b"id\n1\n2\nboom\n3\n", "b.json": b"{}"})
    >>> shrunk(case, lambda tried: b"boom" in tried.files.get("a.csv", b"")).files
    {'a.csv': b'boom'}
    """
    best = [case]

    def test(tried: Case) -> bool:
        nonlocal attempts
        if attempts <= 0:
            raise _SpentError
        attempts -= 1
        if not fails(tried):
            return False
        best[0] = tried
        return True

    try:
        before = None
        while before != best[0]:
            before = best[0]
            for step in (_drop_files, _shorten_arguments, _shrink_files):
                step(best[0], test)
    except _SpentError:
        pass
    return best[0]


def _drop_files(case: Case, test: Test) -> None:
    for path in [*case.files, *case.links]:
        without = case.without(path)
        if test(without):
            case = without


def _shorten_arguments(case: Case, test: Test) -> None:
    for name, value in case.arguments.items():
        if isinstance(value, list):
            tried = functools.partial(_with_argument, case, name)
            case = tried(_fewer(value, _of(test, tried)))


def _with_argument(case: Case, name: str, words: Sequence[Any]) -> Case:
    return dataclasses.replace(case, arguments={**case.arguments, name: list(words)})


def _shrink_files(case: Case, test: Test) -> None:
    for path in case.files:
        tried = functools.partial(case.with_file, path)
        case = tried(_smaller(case.files[path], _of(test, tried)))


def _of(test: Test, make: Callable[[Part], Case]) -> Callable[[Part], bool]:
    """The test of a case, as one of the part of it that changes."""
    return lambda part: test(make(part))


def _smaller(content: bytes, fails: Callable[[bytes], bool]) -> bytes:
    if content.startswith(b"PK"):
        return _smaller_archive(content, fails)
    try:
        value = json.loads(content) if content[:1] in b"{[" else None
        if value:
            return _smaller_json(value, content, fails)
    except (ValueError, RecursionError):
        pass
    kept = _fewer(content.splitlines(keepends=True), lambda lines: fails(b"".join(lines)))
    content = b"".join(kept)
    return bytes(_fewer(list(content), lambda left: fails(bytes(left)))) if len(content) < 2000 else content


def _fewer(items: Sequence[Item], fails: Callable[[Sequence[Item]], bool]) -> Sequence[Item]:
    """The items without those runs that are not needed: half of them first, then ever fewer."""
    size = max(1, len(items) // 2)
    while items:
        start = 0
        while start < len(items):
            tried = [*items[:start], *items[start + size :]]
            if fails(tried):
                items = tried
            else:
                start += size
        if size == 1:
            break
        size //= 2
    return items


def _smaller_json(value: Any, content: bytes, fails: Callable[[bytes], bool]) -> bytes:
    changed = True
    while changed:
        changed = False
        for tried in _simpler(value):
            text = json.dumps(tried, indent=1).encode()
            if fails(text):
                value, content, changed = tried, text, True
                break
    return content


def _simpler(value: Any) -> Iterator[Any]:
    """The value without one of its parts, the largest parts first."""
    if isinstance(value, dict):
        for name in value:
            yield {key: item for key, item in value.items() if key != name}
        for name, item in value.items():
            yield from ({**value, name: inner} for inner in _simpler(item))
    elif isinstance(value, list):
        for number in range(len(value)):
            yield value[:number] + value[number + 1 :]
        for number, item in enumerate(value):
            yield from ([*value[:number], inner, *value[number + 1 :]] for inner in _simpler(item))
    elif isinstance(value, str) and len(value) > 8:
        yield value[: len(value) // 2]


def _smaller_archive(content: bytes, fails: Callable[[bytes], bool]) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = [(info, archive.read(info)) for info in archive.infolist()]
    except Exception:  # noqa: BLE001 - what makes it no archive is what is looked for
        return content
    if not fails(packed(members, Random(0))):
        return content  # it is the packing that matters
    members = list(_fewer(members, lambda kept: fails(packed(list(kept), Random(0)))))
    for number, (info, inside) in enumerate(members):

        def fails_with(tried: bytes, number: int = number, info: zipfile.ZipInfo = info) -> bool:
            return fails(packed([*members[:number], (info, tried), *members[number + 1 :]], Random(0)))

        members[number] = (info, _smaller(inside, fails_with))
    return packed(members, Random(0))
