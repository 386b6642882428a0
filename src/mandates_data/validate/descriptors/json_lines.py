"""On which line of a JSON file a value stands."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping

_PIECE = re.compile(r'"(?:[^"\\]|\\.)*"|[{}\[\],:]|\n|[^\s{}\[\],:"]+', re.DOTALL)


def lines_of_places(
    text: str, wanted: Container[tuple[str | int, ...]], depth: int
) -> Mapping[tuple[str | int, ...], int]:
    r"""The lines (counting from 1) of the wanted values in a JSON text, by the way to each from the root.

    A property of an object stands where its name stands. The text must be JSON.

    Parameters
    ----------
    wanted, depth
        The ways to look for, and how many steps the longest of them has: nothing is kept of any other value, since
        those of a small text that is nested deeply would fill the memory.

    >>> lines_of_places('{\n"fields": [1,\n {"name": "a"}]}', {("fields", 1, "name")}, 3)
    {(): 1, ('fields', 1, 'name'): 3}
    """
    import json

    lines: dict[tuple[str | int, ...], int] = {(): 1}
    way: list[str | int] = []  # the place of the value that comes next, one step for each open object or list

    def keep() -> None:
        if len(way) <= depth and (place := tuple(way)) in wanted:
            lines.setdefault(place, line)

    line = 1
    name_follows = False
    for found in _PIECE.finditer(text):
        piece = found.group()
        if piece == "\n":
            line += 1
        elif piece in "{[":
            keep()
            name_follows = piece == "{"
            way.append("" if name_follows else 0)
        elif piece in "}]":
            way.pop()
            name_follows = False
        elif piece == ",":
            last = way[-1]
            name_follows = isinstance(last, str)
            way[-1] = last + 1 if isinstance(last, int) else last
        elif name_follows and piece[0] == '"':
            way[-1] = json.loads(piece, strict=False)
            keep()
            name_follows = False
        elif piece != ":":
            keep()
    return lines


def place_text(place: tuple[str | int, ...]) -> str:
    """A place as people write it.

    >>> place_text(("resources", 3, "schema", "fields", 2, "name"))
    'resources[3].schema.fields[2].name'
    """
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in place)
    return text.removeprefix(".")
