"""The zip that a workbook is: written with one time in all its entries, so that the same tables give the same bytes."""

from __future__ import annotations

import contextlib
import datetime as dt
import shutil
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from openpyxl.workbook import Workbook

_FIRST = dt.datetime(1980, 1, 1)  # noqa: DTZ001, RUF100 # zip files know no zones; before this they know no time
_LAST_YEAR = 2107


def moment(created: str) -> dt.datetime:
    """The package's `created` in UTC, without a zone; 1980-01-01 where it says none, or none that a zip can hold.

    >>> moment("2026-11-24T02:00:00+02:00"), moment("")
    (datetime.datetime(2026, 11, 24, 0, 0), datetime.datetime(1980, 1, 1, 0, 0))
    """
    try:
        time = dt.datetime.fromisoformat(created)
        if time.tzinfo is not None:
            time = time.astimezone(dt.UTC).replace(tzinfo=None)
    except (ValueError, OverflowError):
        return _FIRST
    return time.replace(microsecond=0) if _FIRST.year <= time.year <= _LAST_YEAR else _FIRST


def save(book: Workbook, target: Path, time: dt.datetime) -> None:
    """Write a workbook whose sheets are filled, and nothing in it that depends on when or where it is written."""
    from openpyxl.writer.excel import ExcelWriter

    with _Archive(target, time) as archive:
        ExcelWriter(book, archive).write_data()


def discard(book: Workbook) -> None:
    """Remove the temporary files behind sheets that will not be saved."""
    for sheet in book.worksheets:
        unsaved: Any = sheet
        with contextlib.suppress(OSError, ValueError):  # it is gone already
            if not unsaved.closed:
                unsaved.close()
            unsaved._writer.cleanup()


class _Archive(zipfile.ZipFile):
    def __init__(self, target: Path, time: dt.datetime) -> None:
        super().__init__(target, "w", zipfile.ZIP_DEFLATED)
        self._time = (time.year, time.month, time.day, time.hour, time.minute, time.second)

    def writestr(self, zinfo_or_arcname: Any, data: Any, *_args: Any, **_more: Any) -> None:
        super().writestr(self._entry(zinfo_or_arcname), data)

    def write(self, filename: Any, arcname: Any = None, *_args: Any, **_more: Any) -> None:
        entry = self._entry(str(arcname))
        entry.file_size = Path(filename).stat().st_size
        with open(filename, "rb") as source, self.open(entry, "w") as file:
            shutil.copyfileobj(source, file, 1 << 20)

    def _entry(self, name: str) -> zipfile.ZipInfo:
        entry = zipfile.ZipInfo(name, self._time)
        entry.compress_type = zipfile.ZIP_DEFLATED
        entry.create_system = 3  # the same on every system
        entry.external_attr = 0o600 << 16
        return entry
