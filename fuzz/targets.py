"""What is done with the files of a case. Each target runs in the case's folder and says in a word what came of it."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from collections.abc import Callable, Iterator, Mapping
from itertools import islice
from pathlib import Path
from typing import Any

from mandates_data.cli.app import main
from mandates_data.cli.rulebook import extra_rules, rules_by_code
from mandates_data.convert.formats import EXCEL, FORMATS, NESTED
from mandates_data.convert.run import convert_back, convert_out, tables_in
from mandates_data.diff.compare import compare
from mandates_data.errors import MandatesDataError
from mandates_data.frames.describing import describe, tables
from mandates_data.frames.loading import load_all
from mandates_data.frames.pandera_schemas import frame_schema
from mandates_data.mandates.extract import changed_files, extract, write_extraction
from mandates_data.mending.run import mend, write
from mandates_data.mending.values import Mending
from mandates_data.package.model import Package
from mandates_data.package.opening import open_package, open_store
from mandates_data.package.reader import read_rows
from mandates_data.render import (
    changeset_json,
    changeset_text,
    findings_github,
    findings_json,
    findings_markdown,
    findings_text,
    mending_json,
    mending_text,
)
from mandates_data.render.mending_diff import diffs
from mandates_data.validate.exceptions import exceptions_of
from mandates_data.validate.findings import Report
from mandates_data.validate.policy import Policy, judged
from mandates_data.validate.run import validate

from . import readings
from .promises import BrokenPromiseError, keeps, only_signs, written

Arguments = Mapping[str, Any]


def _open(arguments: Arguments) -> str:
    """Open a package and read its tables as rows."""
    package = open_package(_text(arguments, "reference"))
    rows = sum(len(batch) for resource in package.resources for batch in read_rows(package, resource))
    return "rows" if rows else "no rows"


def _validate(arguments: Arguments) -> str:
    """Validate a package, against a base where one is named, and render the report in every way."""
    reference, base = _text(arguments, "reference"), arguments.get("base")
    store = open_store(reference)
    policy = Policy(exceptions=exceptions_of(store))
    found = validate(store, extra_rules=extra_rules(), against=None if base is None else str(base))
    report = judged(found, policy, rules_by_code())
    _in_every_format(report, policy)
    if not report.sound:
        return "sound but for warnings" if not report.errors else "not sound"
    if base is None and not report.excepted:
        _readable(reference)
    return "sound"


def _in_every_format(report: Report, policy: Policy) -> None:
    rules = rules_by_code()
    for colour in (False, True):
        with written() as text:
            width = 80 if colour else None
            findings_text.write_text(report, text.file, width=width, colour=colour, policy=policy, rules=rules)
        only_signs(text.lines(), "the text of a report", colour=colour)
    with written() as document:
        findings_json.write_json(report, document.file, policy=policy)
    keeps("report", document)
    with written() as page:
        findings_markdown.write_markdown(report, page.file, policy=policy, rules=rules)
    if page.size > 1_000_000:
        raise BrokenPromiseError("a summary has at most a million bytes", page.size)
    with written() as notes:
        findings_github.write_annotations(report, notes.file, policy=policy, rules=rules)
    commands = [line for line in notes.lines() if line.lstrip().startswith("::")]
    if len(commands) > 10:
        raise BrokenPromiseError("there are ten annotations at most", commands)


def _readable(reference: str) -> None:
    """What `validate` calls sound can be read: `load`, `convert` and `diff` say "run validate" where it cannot."""
    package = open_package(reference)
    for resource in package.resources:
        if resource.format == "csv" and resource.schema.fields:  # without fields there is nothing to read by
            try:
                sum(len(batch) for batch in read_rows(package, resource))
            except MandatesDataError as error:
                raise BrokenPromiseError("a sound table can be read", error) from error


def _load(arguments: Arguments) -> str:
    """Load every table as a frame, describe it and compile its pandera schema."""
    package = open_package(_text(arguments, "reference"))
    refused = [_refuses(load_all, package), _refuses(tables, package)]
    for name in package.resource_names:
        refused += [_refuses(describe, name, package), _refuses(frame_schema, name, package)]
    return "refused" if any(refused) else "loaded"


def _refuses(step: Callable[..., object], *arguments: object) -> bool:
    try:
        step(*arguments)
    except MandatesDataError:
        return True
    return False


def _convert(arguments: Arguments) -> str:
    """Convert a package, and bring back what was written."""
    package = open_package(_text(arguments, "reference"))
    to = str(arguments.get("to"))
    format_ = {"nested": NESTED, "excel": EXCEL, **FORMATS}.get(to, NESTED)
    target = Path("written") / ("" if format_.many else f"all{format_.suffix}")
    try:
        convert_out(package, format_, target, _names(arguments))
    except MandatesDataError:
        if _left_behind(target):
            raise BrokenPromiseError("a conversion that fails writes nothing", _left_behind(target)) from None
        raise
    if format_ is NESTED or to == "csv" or tables_in(target) is None:
        return "written"
    convert_back(target, Path("back"))
    return "written and back"


def _back(arguments: Arguments) -> str:
    """Bring back what looks like a conversion."""
    source = Path(_text(arguments, "source").replace("\0", "0"))
    try:
        if tables_in(source) is None:
            return "no conversion"
        convert_back(source, Path("back"), _names(arguments))
    except MandatesDataError:
        if _left_behind(Path("back")):
            raise BrokenPromiseError("a conversion that fails writes nothing", _left_behind(Path("back"))) from None
        raise
    return "back"


def _left_behind(target: Path) -> list[str]:
    """What stands where nothing should: the folder itself may be there, or have been."""
    return [path.name for path in target.iterdir()] if target.is_dir() else [target.name] * target.exists()


def _diff(arguments: Arguments) -> str:
    """Compare two packages, and render the comparison in every way; each with itself, too."""
    try:
        old, new = (open_package(_text(arguments, side)) for side in ("old", "new"))
        if _rendered(old, old, _names(arguments)):
            raise BrokenPromiseError("a package does not differ from itself", old.name)
        return "different" if _rendered(old, new, _names(arguments)) else "the same"
    except RecursionError:
        return "nested too deep"  # which the command says in a line


def _rendered(old: Package, new: Package, names: tuple[str, ...]) -> bool:
    comparison = compare(old, new, names)
    with written() as text:
        told = changeset_text.write_text(comparison, text.file)
    with written() as document:
        same = changeset_json.write_json(comparison, document.binary)
    changeset_text.write_text(comparison, io.StringIO(), colour=True)
    keeps("changeset", document)
    only_signs(text.lines(), "the text of a comparison")
    if told != same or told is ([*islice(text.lines(), 2)] == ["no changes\n"]):
        raise BrokenPromiseError("text and JSON agree on whether anything differs", [*islice(text.lines(), 5)])
    return told


def _fmt(arguments: Arguments) -> str:
    """Mend a package, write it, and mend it again: then nothing is left that can be mended."""
    package = open_package("package")
    against = arguments.get("base")
    try:
        mending = mend(package, None if against is None else str(against), _names(arguments))
        shown = diffs(package, mending)
        _mended(mending, shown)
        write(package, mending)
    except RecursionError:
        return "nested too deep"  # which the command says in a line
    again = mend(open_package("package"), None if against is None else str(against), _names(arguments))
    if again.changed:
        raise BrokenPromiseError("what was mended stays as it is", again.changed)
    return "mended" if mending.changed else "left as it is"


def _mended(mending: Mending, shown: dict[str, str]) -> None:
    with written() as text:
        mending_text.write_text(mending, text.file, written=True)
    only_signs(text.lines(), "the text of a mending")
    only_signs(shown.values(), "what a mending would change")
    with written() as document:
        mending_json.write_json(mending, document.file, written=False, diffs=shown)
    keeps("mending", document)


def _extract(arguments: Arguments) -> str:
    """Read a page into a package, write it, and read it again: then, in a sound package, nothing is new."""
    package = open_package("package")
    page = Path(_text(arguments, "page").replace("\0", "0"))
    extraction = extract(package, page, topic=str(arguments.get("topic", "")))
    changed = changed_files(package, extraction)
    if extraction.problems:
        if changed:
            raise BrokenPromiseError("a refused page changes nothing", changed)
        return "refused"
    sound = validate("package", extra_rules=extra_rules()).sound
    write_extraction(package, extraction)
    again = extract(open_package("package"), page, topic=str(arguments.get("topic", "")))
    if sound and (again.problems or again.new):
        raise BrokenPromiseError("a page that was read in is known", (again.problems[:3], again.new[:3]))
    return "read in"


def _command(arguments: Arguments) -> str:
    """Run the command line in this process, as a shell would."""
    words = arguments.get("words")
    said = [str(word) for word in words] if isinstance(words, list) else []
    code, out, err = run_command(said)
    if code not in (0, 1, 2):
        raise BrokenPromiseError("a command exits with 0, 1 or 2", (code, err))
    if code == 2:
        if out:
            raise BrokenPromiseError("a command that could not run prints no result", out)
        if not err.strip():
            raise BrokenPromiseError("a command that could not run says why", said)
        if err.startswith("mandates-data: error: ") and err.count("\n") != 1:
            raise BrokenPromiseError("an error is one line", err)
    elif "--help" not in said and "-h" not in said and _wants_json(said) and out:
        try:
            json.loads(out)
        except ValueError as error:
            raise BrokenPromiseError("--format json prints JSON", (error, out)) from error
    return f"exit {code}"


def _wants_json(words: list[str]) -> bool:
    return "json" in words and "--format" in words and words.index("--format") + 1 == words.index("json")


def run_command(words: list[str]) -> tuple[object, str, str]:
    """Exit code, output and notes of a command that is run in this process.

    Any exception but the one that ends a process is a bug of the command, and is not caught.
    """
    kept = io.BytesIO(), io.BytesIO()
    out, err = (io.TextIOWrapper(stream, encoding="utf-8", newline="") for stream in kept)
    with _streams(out, err):
        try:
            main(words)
        except SystemExit as end:
            code = end.code
        out.flush()
        err.flush()
    said, noted = (stream.getvalue().decode("utf-8") for stream in kept)
    return code, said, noted


@contextlib.contextmanager
def _streams(out: io.TextIOWrapper, err: io.TextIOWrapper) -> Iterator[None]:
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = out, err
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


def _text(arguments: Arguments, name: str) -> str:
    return str(arguments.get(name, ""))


def _names(arguments: Arguments) -> tuple[str, ...]:
    names = arguments.get("tables")
    return tuple(map(str, names)) if isinstance(names, list) else ()


TARGETS: Mapping[str, Callable[[Arguments], str]] = {
    "open": _open,
    "validate": _validate,
    "against": _validate,
    "load": _load,
    "convert": _convert,
    "back": _back,
    "diff": _diff,
    "fmt": _fmt,
    "extract": _extract,
    "command": _command,
    "site": readings.site,
    "explore": readings.explore,
    "tell": readings.tell,
    "annotate": readings.annotated,
    "correct": readings.corrected,
}
