"""One change of a case: in a file, between files, or in what is done with them."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from . import archives, databases, jsons, raw, rows, tables
from .cases import FOLDER, PIPE, Case
from .packages import packed
from .seeds import seeds
from .words import ARGUMENTS, WORDS

LARGEST = 900_000
"""Bytes of all files of a case together."""

_LINKS = ("../outside.csv", ".", "..", "link.csv", "base", "package", "package/first.csv", "nothing", PIPE, FOLDER)
CHANGES = (1, 1, 1, 2, 2, 3, 5, 8)
"""How many changes are made to a case at a time."""


def by_chance(target: str, seed: int, *, whole: bool = True, patterns: bool = True) -> Iterator[Case]:
    """The cases that a target begins with, then without end any of them, changed a few times."""
    rng = Random(seed)
    beginning = seeds(target, whole=whole)
    yield from beginning
    while True:
        yield much_mutated(rng.choice(beginning), rng, patterns=patterns)


def much_mutated(case: Case, rng: Random, *, patterns: bool = True) -> Case:
    """The case after one change or several."""
    for _ in range(rng.choice(CHANGES)):
        case = mutated(case, rng, patterns=patterns)
    return case


def mutated(case: Case, rng: Random, *, patterns: bool = True) -> Case:
    """The case after one change, of the same target."""
    what = rng.random()
    if case.target in rows.READERS and rng.random() < 0.6:
        new = rows.damaged(case, rng)
    elif patterns and what < 0.2:
        new = _slow(case, rng)
    elif what < 0.85 and case.files:
        path = rng.choice(sorted(case.files))
        if path.endswith(".json") and rng.random() < 0.3:
            path = rng.choice(sorted(case.files))  # a descriptor is soon past reading
        new = case.with_file(path, damaged(path, case.files[path], rng, patterns=patterns))
    elif what < 0.93:
        new = rng.choice(_BETWEEN)(case, rng)
    else:
        new = dataclasses.replace(case, arguments=_arguments(case, rng))
    return new if new.size <= LARGEST else case


def _slow(case: Case, rng: Random) -> Case:
    """A pattern that may take exponential time, for every field and with cells that it takes that time on."""
    files = dict(case.files)
    pattern, cell = rng.choice(jsons.SLOW_PATTERNS), rng.choice(("a" * 40 + "!", "a" * 300 + "\n", "a " * 30 + "!"))
    for path, content in case.files.items():
        if path.endswith(".json"):
            files[path] = jsons.with_pattern(content, pattern)
        elif path.endswith(".csv"):
            files[path] = tables.filled(content, cell)
    return dataclasses.replace(case, files=files)


def damaged(path: str, content: bytes, rng: Random, *, patterns: bool = True) -> bytes:
    """A file's bytes after damage of its kind."""
    kind = path.rpartition(".")[2].lower()
    if rng.random() < 0.03:
        return raw.damaged(content, rng)
    if kind in ("json", "jsonl"):
        return jsons.damaged(content, rng, patterns=patterns)
    if kind in ("zip", "whl", "xlsx"):
        return archives.damaged(content, rng, patterns=patterns)
    if kind == "sqlite":
        return databases.damaged_sqlite(content, rng, patterns=patterns)
    if kind == "parquet":
        return databases.damaged_parquet(content, rng, patterns=patterns)
    return tables.damaged(content, rng)


def crossed(case: Case, other: Case, rng: Random) -> Case:
    """The case with one file of another one."""
    if not other.files:
        return case
    theirs = rng.choice(sorted(other.files))
    place = theirs if rng.random() < 0.5 or not case.files else rng.choice(sorted(case.files))
    new = case.with_file(place, other.files[theirs])
    return new if new.size <= LARGEST else case


def _drop(case: Case, rng: Random) -> Case:
    return case.without(rng.choice(sorted(case.files))) if case.files else case


def _exchange(case: Case, rng: Random) -> Case:
    if not case.files:
        return case
    one, other = rng.choice(sorted(case.files)), rng.choice(sorted(case.files))
    return case.with_file(one, case.files[other]).with_file(other, case.files[one])


def _link(case: Case, rng: Random) -> Case:
    path = rng.choice([*sorted(case.files), "package/link.csv", "package/pipe", "out"])
    target = rng.choice(_LINKS)
    if target == PIPE and "/" not in path:
        return case  # a pipe that is named on the command line is waited for: that is what pipes are for
    return dataclasses.replace(case.without(path), links={**case.links, path: target})


def _pack(case: Case, rng: Random) -> Case:
    """A folder as a zip of its name."""
    folder = rng.choice(("package", "old", "new", "base"))
    inside = {path.partition("/")[2]: content for path, content in case.files.items() if path.startswith(f"{folder}/")}
    if not inside:
        return case
    arguments = {name: f"{folder}.zip" if value == folder else value for name, value in case.arguments.items()}
    return dataclasses.replace(case, files={**case.files, f"{folder}.zip": packed(inside)}, arguments=arguments)


_BETWEEN: tuple[Callable[[Case, Random], Case], ...] = (_drop, _drop, _exchange, _link, _pack)


def _arguments(case: Case, rng: Random) -> dict[str, Any]:
    arguments = dict(case.arguments)
    name = rng.choice(sorted(arguments))
    old = arguments[name]
    if isinstance(old, list):
        words = list(old)
        place = rng.randint(0, len(words))
        new = [rng.choice(ARGUMENTS.get(name, WORDS))] * rng.randint(0, 1)
        arguments[name] = [*words[:place], *new, *words[place + rng.randint(0, 1) :]]
    elif name in ARGUMENTS:
        arguments[name] = rng.choice(ARGUMENTS[name])
    else:
        paths = [*case.files, *case.links, "package", "package.zip"]
        arguments[name] = rng.choice((rng.choice(WORDS), rng.choice(paths)))
    return arguments
