"""Targets of the commands that read the mandates, and of those that write what was decided on them."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

from mandates_data.cli.rulebook import extra_rules
from mandates_data.diff.correcting.correct import correct, undo
from mandates_data.diff.correcting.showing import show
from mandates_data.diff.correcting.values import Corrected, RefusedError, Wanted
from mandates_data.diff.patching import patch, write_patched
from mandates_data.errors import MandatesDataError
from mandates_data.explore.citing import cite
from mandates_data.explore.searching import Found, TextForm, search
from mandates_data.explore.similarity import similar
from mandates_data.explore.statistics.choices import STATISTICS, statistic
from mandates_data.explore.statistics.model import Asked
from mandates_data.history.resolving import resolve
from mandates_data.history.telling import history_of
from mandates_data.mandates.annotate import annotate, changed_by, read_sources, uncovered, write_annotation
from mandates_data.mandates.context import context_of
from mandates_data.package.model import Package
from mandates_data.package.opening import open_package
from mandates_data.render import annotation as annotation_texts
from mandates_data.render import correction as correction_texts
from mandates_data.render import (
    explore_json,
    explore_text,
    history_json,
    history_text,
    row,
    statistics_json,
    statistics_markdown,
    statistics_text,
)
from mandates_data.site.addresses import outside
from mandates_data.site.building import build
from mandates_data.validate.findings import visible
from mandates_data.validate.run import validate

from . import markup
from .promises import BrokenPromiseError, keeps, only_signs, written

Arguments = Mapping[str, Any]
_BEFORE: Mapping[str, bytes] = {"site.json": b'{"format": "mandates-data/site"}\n', "before.txt": b"as it was\n"}
"""What stands where the pages go: a site that was made before."""


def _text(arguments: Arguments, name: str) -> str:
    return str(arguments.get(name, ""))


def _maybe(arguments: Arguments, name: str) -> str | None:
    value = arguments.get(name)
    return None if value is None else str(value)


# -- Pages ------------------------------------------------------------------------------------------------------------


def site(arguments: Arguments) -> str:
    """Build the pages in the place of older ones: all of them, with nothing in them that a cell wrote, or none."""
    address = _text(arguments, "address")
    if address and not outside(address):
        return "no address"
    place = Path("made") / "site"
    place.mkdir(parents=True, exist_ok=True)
    for name, content in _BEFORE.items():
        (place / name).write_bytes(content)
    try:
        built = build(open_package(_text(arguments, "reference")), place, address)
    except MandatesDataError:
        if _contents(place) != _BEFORE or len(list(place.parent.iterdir())) > 1:
            raise BrokenPromiseError(
                "pages that cannot be built change nothing", list(place.parent.iterdir())
            ) from None
        raise
    if len(list(place.parent.iterdir())) > 1 or (place / "before.txt").exists():
        raise BrokenPromiseError("the folder has the new pages and nothing else", list(place.parent.iterdir()))
    found = [path.stat().st_size for path in place.rglob("*") if path.is_file()]
    if (len(found), sum(found)) != (built.files, built.bytes):
        raise BrokenPromiseError("what is said of the pages is so", (built, len(found), sum(found)))
    markup.holds(place)
    return "built"


def _contents(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


# -- Reading ----------------------------------------------------------------------------------------------------------


def explore(arguments: Arguments) -> str:
    """Search, compare, cite and count, and render all of it in every way."""
    package = open_package(_text(arguments, "reference"))
    steps = (_searched, _compared, _cited, *map(_counting, STATISTICS))
    done = [_does(step, package, arguments) for step in steps]
    return "refused" if not any(done) else "answered" if all(done) else "answered in part"


def _does(step: Callable[[Package, Arguments], None], package: Package, arguments: Arguments) -> bool:
    """Whether a step has an answer. Its refusal, as a line, is judged as any other."""
    try:
        step(package, arguments)
    except MandatesDataError as error:
        _is_a_line(error)
        return False
    return True


def _is_a_line(error: MandatesDataError) -> None:
    only_signs([str(error)], f"the refusal {type(error).__name__}")
    if "\n" in str(error) or len(str(error)) > 3000:
        raise BrokenPromiseError("a refusal is a line that a person reads", str(error)) from error


def _searched(package: Package, arguments: Arguments) -> None:
    where: dict[str, list[str]] = {}
    for word in arguments.get("where") or ():
        field, _sign, value = str(word).partition("=")
        where.setdefault(field, []).append(value)
    for printed in (False, True):
        form: TextForm = "printed" if printed else "corrected"
        found = search(_text(arguments, "query"), package, where=where, any_word=printed, text=form)
        _is_a_search(found)
        for whole in (False, True):
            with written() as text:
                explore_text.write_found(found, text.file, limit=100, whole=whole, width=60 if whole else None)
            only_signs(text.lines(), "the text of a search")
        _keeps("search", explore_json.found_json(found, 100))


def _is_a_search(found: Found) -> None:
    scores = [hit.score for hit in found.hits]
    if scores != sorted(scores, reverse=True):
        raise BrokenPromiseError("the best comes first", scores[:50])
    for hit in found.hits:
        if "".join(stretch.text for stretch in hit.stretches) != hit.passage.text:
            raise BrokenPromiseError("a text with its marks is the text", hit.passage.row_id)


def _compared(package: Package, arguments: Arguments) -> None:
    row_id = _text(arguments, "row_id")
    found = similar(row_id, package, limit=9, same_summit=True, text="printed")
    if any(not 0 < like.score <= 1 for like in found.likes):
        raise BrokenPromiseError("likeness is from 0 to 1", [like.score for like in found.likes])
    followed = similar(row_id, package, follow="lineages" in package.resource_names)
    for one, write in ((found, explore_text.write_similar), (followed, explore_text.write_chains)):
        with written() as text:
            write(one, text.file, width=None)
        only_signs(text.lines(), "the text of what is similar")
        _keeps("similar", explore_json.similar_json(one))


def _cited(package: Package, arguments: Arguments) -> None:
    for row_id in (None, _text(arguments, "row_id")):
        citation = cite(row_id, package)
        _keeps("citation", explore_json.citation_json(citation))
        json.dumps([citation.csl], ensure_ascii=False)
        if not _closed(citation.bibtex):
            raise BrokenPromiseError("an entry of BibTeX closes its braces", citation.bibtex)


def _closed(entry: str) -> bool:
    """Whether the braces of an entry are closed at its end, and not before."""
    depth, ends = 0, 0
    for sign in re.sub(r"\\[{}\\]", "", entry).strip():
        depth += (sign == "{") - (sign == "}")
        ends += sign == "}" and depth == 0
        if depth < 0:
            return False
    return depth == 0 and ends == 1 and entry.endswith("}\n")


def _counting(name: str) -> Callable[[Package, Arguments], None]:
    def counted(package: Package, arguments: Arguments) -> None:
        takes = STATISTICS[name].takes
        coder = _text(arguments, "coder") or "adjudicated"
        for codes in ("primary", "every") if "codes" in takes else ("primary",):
            asked = Asked(
                codes, coder if "coder" in takes else "adjudicated", "preambles" in takes and codes == "every"
            )
            found = statistic(name, package, asked)
            _keeps("statistic", statistics_json.as_json(found))
            for width in (None, 40):
                shown = statistics_text.as_text(found, width=width)
                only_signs(shown.splitlines(keepends=True), "the text of a count")
            statistics_markdown.as_markdown(found)
            statistics_markdown.as_csv(found)

    return counted


def _keeps(name: str, shown: str) -> None:
    with written() as document:
        document.file.write(shown)
    keeps(name, document)


def tell(arguments: Arguments) -> str:
    """Show a row, tell its history and resolve its identifier, and render all of it in both ways."""
    package, row_id = open_package(_text(arguments, "reference")), _text(arguments, "row_id")

    def shown(package: Package, _arguments: Arguments) -> None:
        rows = show(package, row_id, _maybe(arguments, "table"))
        if "mandates" in package.rules:
            rows = tuple(one.with_context(context_of(package, one)) for one in rows)
        only_signs(row.as_text(rows, width=50).splitlines(keepends=True), "the text of a row")
        _keeps("row", row.as_json(rows))

    def told(package: Package, _arguments: Arguments) -> None:
        found = history_of(row_id, package, table=_maybe(arguments, "table"))
        with written() as text:
            history_text.write_history(found, text.file)
        only_signs(text.lines(), "the text of a history")
        with written() as document:
            history_json.write_history(found, document.file)
        keeps("history", document)

    def resolved(package: Package, _arguments: Arguments) -> None:
        found = resolve(row_id, package, table=_maybe(arguments, "table"))
        with written() as text:
            history_text.write_resolution(found, text.file)
        only_signs(text.lines(), "the text of a resolution")
        with written() as document:
            history_json.write_resolution(found, document.file)
        keeps("resolution", document)

    done = [_does(step, package, arguments) for step in (shown, told, resolved)]
    return "refused" if not any(done) else "told" if all(done) else "told in part"


# -- Writing ----------------------------------------------------------------------------------------------------------


def annotated(_arguments: Arguments) -> str:
    """Make the tables of mentions and deadlines, and make them again: then nothing changes."""
    package = open_package("package")
    sources = read_sources(package)
    annotation = annotate(sources)
    before = _contents(Path("package"))
    left = uncovered(sources, annotation)
    lines = annotation_texts.as_text(annotation, left, [], check=True)
    only_signs([f"{visible(line)}\n" for line in lines], "the text of an annotation")
    told = annotation_texts.as_json(annotation, left, [], check=True)
    _keeps("annotation", json.dumps(told, ensure_ascii=False))
    if annotation.faults:
        write_annotation(package, annotation)
        if _contents(Path("package")) != before:
            raise BrokenPromiseError("a refused annotation changes nothing")
        return "refused"
    write_annotation(package, annotation)
    package = open_package("package")
    again = annotate(read_sources(package))
    if again.faults or again.changes or (changed := changed_by(package, again)):
        raise BrokenPromiseError("an annotation that was written stays as it is", (again.changes[:3], changed))
    return "annotated"


def corrected(arguments: Arguments) -> str:
    """Correct a cell and take it back: what is refused changes nothing, and what was sound stays so."""
    row_id, field = _text(arguments, "row_id"), _text(arguments, "field")
    to, kind, reason, evidence, table = (_maybe(arguments, name) for name in _OF_CORRECT)
    wanted = Wanted(row_id, field, to, kind, reason, evidence, table=table)
    package = open_package("package")
    before = _contents(Path("package"))
    try:
        _corrects(package, correct(package, wanted))
    except RecursionError:
        return "nested too deep"  # which the command says in a line
    except RefusedError as error:
        _refused(error)
        if _contents(Path("package")) != before:
            raise BrokenPromiseError("a refused correction changes nothing") from error
        return "refused"
    return _taken_back(wanted, before)


_OF_CORRECT = ("text", "kind", "reason", "evidence", "table")


def _corrects(package: Package, made: Corrected) -> None:
    patched = patch(package, made.changeset)
    files = sorted(patched.write)
    for width in (None, 50):
        shown = correction_texts.as_text(made, files, done=True, width=width)
        only_signs(shown.splitlines(keepends=True), "the text of a correction")
    _keeps("correction", correction_texts.as_json(made, files=files, done=True))
    write_patched(Path("package"), patched)


def _refused(error: RefusedError) -> None:
    shown = correction_texts.refused_text(error.refusals, width=None)
    only_signs(shown.splitlines(keepends=True), "the text of a refusal")
    _keeps("correction", correction_texts.as_json(None, refusals=error.refusals))


def _taken_back(wanted: Wanted, before: Mapping[str, bytes]) -> str:
    """After a correction of a package that was sound: it is sound still, and without it again the same bytes."""
    after = _contents(Path("package"))
    _write(before)
    if not validate("package", extra_rules=extra_rules()).sound:
        return "corrected"
    _write(after)
    if faults := list(_faults()):
        raise BrokenPromiseError("a sound package that is corrected is sound", faults)
    package = open_package("package")
    _corrects(package, undo(package, wanted.row_id, wanted.field, wanted.table))
    after = _contents(Path("package"))
    left = [path for path in after if path not in before or _said(path, after[path]) != _said(path, before[path])]
    if left:
        raise BrokenPromiseError("a correction that is taken back leaves everything as it was", sorted(left))
    return "corrected and back"


def _said(path: str, content: bytes) -> Any:
    """What a file says: a descriptor may be laid out anew."""
    return json.loads(content) if path.endswith(".json") else content


def _write(files: Mapping[str, bytes]) -> None:
    for path, content in files.items():
        (Path("package") / path).write_bytes(content)


def _faults() -> Iterator[str]:
    report = validate("package", extra_rules=extra_rules())
    if not report.sound:
        yield from [str(finding)[:300] for finding in report.findings][:3]
