"""From an archived page and its decisions to the tables of a package: all of them, or nothing and the reasons."""

from __future__ import annotations

import hashlib
import os
import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from ..errors import MandatesDataError
from ..package.files import write_files
from ..package.model import Package
from ..package.writer import canonical
from .assembly import ARCHIVE, Assembly
from .citations import Citations
from .decisions import Decision, format_decisions, parse_decisions
from .identifiers import assign, known_mandates
from .reading import Problem, read_page
from .tables import Row, read_tables
from .writing import differing, pending

WRITTEN = ("topics", "sources", "mandates", "items", "printings", "mandate_topics")
"""The tables that a page is read into."""


@dataclass(frozen=True)
class Extraction:
    """What reading a page gives.

    Attributes
    ----------
    problems
        Why the page is refused; empty where it is accepted.
    files
        The bytes of every table, of the archived page and of its decisions, by path in the package; empty where the
        page is refused.
    paragraphs, items, mandates
        How many the page prints. A mandate that it prints twice is two paragraphs.
    documents
        How many paragraphs stand in each document.
    new
        The mandates that have got an identifier now, in page order; all others were known.
    """

    source_id: str
    problems: tuple[Problem, ...]
    files: Mapping[str, bytes] = field(repr=False)
    paragraphs: int
    items: int
    mandates: int
    documents: Mapping[str, int]
    new: tuple[str, ...]


def extract(package: Package, page: Path, decisions: Path | None = None, topic: str = "") -> Extraction:
    """Read an archived page into the tables of a package. Nothing is written: `write_extraction` does that.

    Parameters
    ----------
    page
        The page as UTF-8 text. Its name without ending becomes the `source_id`.
    decisions
        Its decisions; left out, `<source_id>.decisions.csv` beside the page, where that is.
    topic
        The `topic_id`, for a page without a heading whose decisions do not name it.

    Raises
    ------
    PageError, TableError, PackageError
        The page, its decisions or the package cannot be read.
    """
    source_id = _source_id(page)
    decided = _read_decisions(decisions, page.with_name(f"{source_id}.decisions.csv"))
    tables = read_tables(package)
    citations = Citations(tables["documents"], tables["summits"])
    content = _read(page)
    reading = read_page(content, str(page), decided, citations, topic)
    assignment = assign(
        reading.paragraphs, known_mandates(tables), (row["retired_id"] for row in tables["retired_ids"])
    )
    work = Assembly(package, tables, citations, source_id, reading, assignment)
    problems = [*reading.problems, *assignment.problems, *work.topic_problems()]
    rows = work.rows() if not problems else {}
    problems += work.problems
    files: dict[str, bytes] = {}
    if not problems:
        work.rows_of_source(rows, hashlib.sha256(content).hexdigest())
        files = _files(package, rows, source_id, content, decided)
    problems.sort(key=lambda problem: (problem.line, problem.kind, problem.message))
    return Extraction(
        source_id=source_id,
        problems=tuple(problems),
        files=files,
        paragraphs=len(reading.paragraphs),
        items=sum(len(paragraph.items) for paragraph in reading.paragraphs),
        mandates=len({known.mandate_id for known in assignment.known}),
        documents=dict(sorted(Counter(paragraph.document_id for paragraph in reading.paragraphs).items())),
        new=tuple(known.mandate_id for known in dict.fromkeys(assignment.known) if known.mandate_id in assignment.new),
    )


def pending_files(package: Package, extraction: Extraction) -> dict[Path, bytes]:
    """Every file that an accepted extraction gives, the refreshed descriptor among them, by its place on disk."""
    return pending(package, extraction.files)


def changed_files(package: Package, extraction: Extraction) -> list[Path]:
    """The files that `write_extraction` would change."""
    return differing(pending_files(package, extraction))


def write_extraction(package: Package, extraction: Extraction) -> list[Path]:
    """Write every file of an accepted extraction, or none. Returns the files that changed."""
    return write_files(pending_files(package, extraction))


def _files(
    package: Package, rows: Mapping[str, list[Row]], source_id: str, content: bytes, decisions: list[Decision]
) -> dict[str, bytes]:
    files = {}
    for name in WRITTEN:
        resource = package.resource(name)
        fields = resource.schema.field_names
        files[resource.path] = canonical(
            resource.schema, [[row.get(name, "") for name in fields] for row in rows[name]]
        )
    files[f"{ARCHIVE}/{source_id}.txt"] = content
    files[f"{ARCHIVE}/{source_id}.decisions.csv"] = format_decisions(decisions)
    return files


def _source_id(page: Path) -> str:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", page.stem, re.ASCII):
        raise MandatesDataError(
            f"The page's name {page.name!r} cannot serve as a source_id.",
            "Rename the file with small letters, digits and hyphens, such as drug-problem.txt.",
        )
    return page.stem


def _read_decisions(named: Path | None, beside: Path) -> list[Decision]:
    path = named or beside
    if named is None and not os.path.exists(beside):  # noqa: PTH110 - a name that is too long is an error to pathlib
        return []
    return parse_decisions(_read(path), str(path))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise MandatesDataError(f"Cannot read {path}: {error.strerror}.", "Check the path.") from error
