"""What a mending would change, line by line, as a unified diff."""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from ..mending.values import Mending
from ..package.model import Package
from ..package.store import read_bytes
from ..validate.findings import visible
from .summary import without_commands


def diffs(package: Package, mending: Mending) -> dict[str, str]:
    r"""The diff of each file by its path.

    Signs that nobody sees, such as the line ends of Windows, are written out (`\r`), and so is a byte order mark.
    A file in another encoding is shown as the text that it was read as; its encoding stands in the first line.
    """
    assert package.store is not None
    encodings = {table.path: table.encoding for table in mending.tables}
    found = {}
    for path, content in mending.contents.items():
        before = read_bytes(package.store, path)
        found[path] = "".join(_diff(path, before, content, encodings.get(path, "utf-8")))
    return found


def _diff(path: str, before: bytes, after: bytes, encoding: str) -> Iterator[str]:
    old, new = _lines(before.decode(encoding)), _lines(after.decode("utf-8"))
    other = "" if encoding == "utf-8" else f" ({encoding})"
    lines = difflib.unified_diff(old, new, f"a/{visible(path)}{other}", f"b/{visible(path)}", lineterm="")
    shown = False
    for line in lines:
        shown = True
        yield f"{without_commands(line)}\n"
    if not shown:  # only the encoding changes
        yield f"--- a/{visible(path)}{other}\n+++ b/{visible(path)}\n"


def _lines(text: str) -> list[str]:
    r"""The lines as they are shown: what ends a line otherwise than LF, or does not end it, is visible."""
    lines = text.split("\n")
    last = lines.pop()
    shown = [visible(line) for line in lines]
    return [*shown, f"{visible(last)}\\ (no line end)"] if last else shown
