"""A copy of the published package to work on, and hands to change it with."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from mandates_data.mandates.annotate import Annotation, annotate, read_sources, write_annotation
from mandates_data.mandates.decisions import parse_decisions
from mandates_data.mandates.extract import Extraction, extract, write_extraction
from mandates_data.mandates.rules import check_mandates
from mandates_data.package.opening import open_package
from mandates_data.package.writer import canonical
from mandates_data.validate.findings import Finding

ROOT = Path(__file__).resolve().parents[2]
PAGES = Path(__file__).resolve().parent / "pages"
EMPTIED = ("topics", "sources", "mandates", "items", "printings", "mandate_topics", "mentions", "deadlines")
ABOUT_THE_PAGE = [("", "language", "en"), ("", "publisher", "OAS"), ("", "rights", "quoted")]

Row = dict[str, str]


class Bench:
    """A package in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def rows(self, table: str) -> list[Row]:
        with (self.folder / f"data/{table}.csv").open(encoding="utf-8", newline="") as file:
            return list(csv.DictReader(file))

    def write(self, table: str, rows: list[Row]) -> None:
        schema = open_package(self.folder).resource(table).schema
        cells = [[row[name] for name in schema.field_names] for row in rows]
        (self.folder / f"data/{table}.csv").write_bytes(canonical(schema, cells))

    def change(self, table: str, key: str, /, **cells: str) -> None:
        """Change cells of the one row whose key is `key`, its parts joined with `/`."""
        rows = self.rows(table)
        names = open_package(self.folder).resource(table).schema.primary_key
        found = [row for row in rows if "/".join(row[name] for name in names) == key]
        assert len(found) == 1, key
        assert cells.keys() <= found[0].keys()
        found[0].update(cells)
        self.write(table, rows)

    def add(self, table: str, /, **cells: str) -> None:
        names = open_package(self.folder).resource(table).schema.field_names
        assert cells.keys() <= set(names)
        self.write(table, [*self.rows(table), {name: cells.get(name, "") for name in names}])

    def remove(self, table: str, /, **cells: str) -> None:
        rows = self.rows(table)
        kept = [row for row in rows if any(row[name] != text for name, text in cells.items())]
        assert len(kept) < len(rows)
        self.write(table, kept)

    def empty(self) -> None:
        """As before the first page was read."""
        for table in EMPTIED:
            self.write(table, [])
        for path in (self.folder / "data/source").iterdir():
            if path.name.endswith((".txt", ".decisions.csv")):
                path.unlink()

    def without_annotations(self) -> None:
        """As where nobody has decided on names and dates: for tests of pages that are made up."""
        for name in ("lexicon", "dates", "uncovered"):
            (self.folder / f"data/source/{name}.csv").unlink()
        for table in ("mentions", "deadlines"):
            self.write(table, [])

    def annotate(self) -> Annotation:
        """Find names and dates, and write the tables where all is decided."""
        package = open_package(self.folder)
        annotation = annotate(read_sources(package))
        write_annotation(package, annotation)
        return annotation

    def page(self, name: str, text: str, decisions: list[tuple[str, str, str]] | None = None) -> Path:
        """A page with its decisions (line, decision, value), in a folder outside the package."""
        path = self.folder.parent / "archive" / f"{name}.txt"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(["line", "decision", "value", "reason"])
        for row in decisions or []:
            writer.writerow([*row, "A reason."])
        path.with_suffix(".decisions.csv").write_bytes(out.getvalue().encode("utf-8"))
        return path

    def extract(self, page: Path, topic: str = "") -> Extraction:
        """Read a page in, and write the tables where it is accepted."""
        package = open_package(self.folder)
        extraction = extract(package, page, topic=topic)
        write_extraction(package, extraction)
        return extraction

    def findings(self) -> list[Finding]:
        return list(check_mandates(open_package(self.folder)))

    def codes(self) -> set[str]:
        return {finding.code for finding in self.findings()}

    def codes_but_of_codings(self) -> set[str]:
        """The codes, without those that say that a new mandate waits to be coded, or that an old one is another now."""
        return self.codes() - {"MD631", "MD632", "MD633"}

    def tables(self) -> dict[str, bytes]:
        """The bytes of every file of the package."""
        return {
            path.relative_to(self.folder).as_posix(): path.read_bytes()
            for path in sorted(self.folder.rglob("*"))
            if path.is_file()
        }

    def security(self) -> tuple[list[str], list[tuple[str, str, str]]]:
        """The lines of the security page and its decisions, to be changed and read again."""
        text = (ROOT / "data/source/security.txt").read_text(encoding="utf-8")
        decisions = parse_decisions((ROOT / "data/source/security.decisions.csv").read_bytes(), "decisions")
        return text.split("\n"), [(str(d.line or ""), d.name, d.value) for d in decisions]


@pytest.fixture
def bench(tmp_path: Path) -> Bench:
    """The published package, copied."""
    folder = tmp_path / "package"
    folder.mkdir()
    shutil.copytree(ROOT / "data", folder / "data")
    shutil.copytree(ROOT / "schemas", folder / "schemas")
    shutil.copy(ROOT / "datapackage.json", folder / "datapackage.json")
    assert json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["resources"]
    return Bench(folder)


@pytest.fixture
def form() -> Callable[[str], str]:
    """The text of a made-up page in one of the forms that the official site has."""
    return lambda name: (PAGES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.fixture
def about_the_page() -> list[tuple[str, str, str]]:
    """The three decisions that every page needs."""
    return list(ABOUT_THE_PAGE)
