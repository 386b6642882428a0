"""All tables in one file of each of several forms; in a process of their own where there is much to write.

A workbook takes as long as all the pages. The other process is a Python of its own that opens the zip among the
downloads, so it needs nothing of the caller, and no system starts it in another way.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from .. import errors
from ..convert.formats import FORMATS, NESTED, Format
from ..convert.run import convert_out
from ..errors import CapacityError, MandatesDataError, WriteError
from ..history.references import open_package
from ..package.model import Package
from ..package.own_python import own_python


@dataclass(frozen=True, slots=True)
class Form:
    """A form that holds all tables in one file: what it is, and whom it suits."""

    ending: str
    format: Format
    title: str
    whom: str


WORKBOOK = Form(
    ".xlsx",
    FORMATS["xlsx"],
    "All tables in one Excel workbook, a sheet each, with what every column means",
    "For looking, sorting and filtering: it opens with a double click in Excel and LibreOffice.",
)
_DATABASE = Form(
    ".sqlite", FORMATS["sqlite"], "All tables in one SQLite database", "For questions in SQL, across tables."
)
_NESTED = Form(
    ".nested.json",
    NESTED,
    "One JSON document a mandate, with all that belongs to it",
    "For programmers who want no joins.",
)


def forms_of(package: Package) -> Iterator[Form]:
    """The forms that a package has files of."""
    yield from (WORKBOOK, _DATABASE)
    if package.setting("nested_root"):
        yield _NESTED


def write_forms(package: Package, folder: Path, name: str) -> dict[str, str]:
    """Write a file of each form into `folder`; by ending, why there is none.

    Only a workbook may be missing: it holds less than the others.

    Raises
    ------
    TableError, CapacityError
        A table cannot be read, or another form cannot hold a cell.
    MissingExtraError
        What writes workbooks is not installed.
    """
    refused = {}
    for form in forms_of(package):
        try:
            convert_out(package, form.format, folder / f"{name}{form.ending}")
        except CapacityError as error:
            if form is not WORKBOOK:
                raise
            refused[form.ending] = error.message.removesuffix(" Nothing was written.")
    return refused


class FormsApart:
    """`write_forms` on a package in a zip, while the caller does other things."""

    def __init__(self, archive: Path, folder: Path, name: str) -> None:
        command = [*own_python(__name__), str(archive), str(folder), name]
        self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)

    def finish(self) -> Mapping[str, str]:
        """Wait for the files, and give what `write_forms` gives. Raises as it does, and `WriteError`."""
        said, _ = self._process.communicate()
        if self._process.returncode:
            raise WriteError(
                f"The process that writes the downloads has ended ({self._process.returncode}).",
                "Close other programs, and build the pages again.",
            )
        told = json.loads(said)
        if "error" in told:
            kind, message, step = told["error"]
            raise getattr(errors, kind, MandatesDataError)(message, step)
        refused: Mapping[str, str] = told["refused"]
        return refused

    def stop(self) -> None:
        """End the process, whatever it is at."""
        self._process.kill()
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()


def serve() -> None:
    """What the other process runs."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the process that waits for this one ends it
    archive, folder, name = sys.argv[1:]
    told: dict[str, object]
    try:
        told = {"refused": write_forms(open_package(archive), Path(folder), name)}
    except MandatesDataError as error:
        told = {"error": [type(error).__name__, error.message, error.next_step]}
    sys.stdout.write(json.dumps(told))
