"""A zip whose bytes depend on nothing but the names, the contents and the time that it is given."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from pathlib import Path

Moment = tuple[int, int, int, int, int, int]
"""Year, month, day, hour, minute, second."""
EARLIEST: Moment = (1980, 1, 1, 0, 0, 0)
"""The earliest that a zip can say, where no time is meant."""


def write_zip(target: Path, root: str, files: Iterable[tuple[str, bytes]], moment: Moment = EARLIEST) -> None:
    """Write the files, each by its path and content, below the folder `root` of a zip."""
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(f"{root}/{name}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3  # the same on every system
            entry.external_attr = 0o100644 << 16
            archive.writestr(entry, content, compresslevel=9)
