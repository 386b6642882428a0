"""What is promised of every result, and how it is held against that."""

from __future__ import annotations

import contextlib
import functools
import json
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any, BinaryIO, cast

import jsonschema


class BrokenPromiseError(Exception):
    """A result is not what is promised of it. `what` is the promise, the message what was seen."""

    def __init__(self, what: str, seen: object = "") -> None:
        super().__init__(f"{what}: {str(seen)[:1500]}")
        self.what = what


class Text:
    """A text that is written to a file, since memory is what we measure."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.file = path.open("w", encoding="utf-8", errors="backslashreplace", newline="")

    @property
    def binary(self) -> BinaryIO:
        """The same file for what writes bytes."""
        return cast(BinaryIO, self.file.buffer)

    @property
    def size(self) -> int:
        """Its bytes."""
        return self._path.stat().st_size

    def lines(self) -> Iterator[str]:
        """Its lines, each with its end."""
        with self._path.open(encoding="utf-8", newline="\n") as file:
            yield from file

    def value(self) -> Any:
        """The JSON value that it is."""
        return json.loads(self._path.read_bytes())


@contextlib.contextmanager
def written() -> Iterator[Text]:
    """A text to be written, in the current folder."""
    handle, name = tempfile.mkstemp(prefix=".rendered.", dir=".")
    os.close(handle)
    text = Text(Path(name))
    with text.file:
        yield text


@functools.lru_cache(maxsize=4)
def _validator(name: str) -> Any:
    schema = json.loads((files("mandates_data.render") / f"schemas/{name}.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


_ENOUGH = 200
"""Findings that are held against their schema: the judge of that is slow, and is not who is judged."""
_MOST = 5_000_000
"""Bytes of JSON that are read."""


def keeps(name: str, text: Text) -> None:
    """The JSON, as it leaves the process, keeps its published schema."""
    if text.size > _MOST:
        return
    value = text.value()
    if "findings" in value:
        value["findings"] = value["findings"][:_ENOUGH]
    wrong = next(iter(_validator(name).iter_errors(value)), None)
    if wrong is not None:
        raise BrokenPromiseError(f"a {name} keeps its schema", f"{wrong.json_path}: {wrong.message}")


def only_signs(texts: Iterable[str], what: str, *, colour: bool = False) -> None:
    """No character that a terminal obeys, but line ends and, where asked for, colours."""
    found = next((hit for text in texts if (hit := (_COLOURED if colour else _OBEYED).search(text))), None)
    if found is not None:
        raise BrokenPromiseError(f"{what} has no character that a terminal obeys", repr(found.group()))


_OBEYED = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")
_COLOURED = re.compile("[\x00-\x09\x0b-\x1a\x1c-\x1f\x7f-\x9f]")
