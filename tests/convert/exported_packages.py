"""Small packages on their way into one file and back."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from mandates_data.convert.columns import Value
from mandates_data.convert.tables import BackTable, Export, OutTable, export_of
from mandates_data.package.opening import open_package

Tables = Mapping[str, tuple[Mapping[str, Any], Sequence[Sequence[str]]]]
REAL = Path(__file__).resolve().parents[2]

AWKWARD = [
    "", " ", "  ", "\t", " a ", "007", "1e5", "NA", "null", "NULL", "None", "nan", "TRUE", "=1+1", "+1", "-1", "@a",
    "'a", "#N/A", "_x0041_", "_x000D_", "_x005F_", "_x005F_x0041_", "_x0041\r", "__x0041_x0042_", "_X0041_", "a\rb",
    "a\r\nb", "a\nb", "\n", "\r", "\ta", '"', '""', "a,b", "é", "e\u0301", "😀", "\u00a0", "\u2028", "\ufeff",
    "\x85", "ÿ", "&amp;", "<t>", "]]>", "x" * 5000, "2001-04-20", "12/5", "\u2013",
]  # fmt: skip
"""Cells that some program, somewhere, changes."""


def field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def schema(*fields: str | dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Table Schema: a field's name alone is a string field."""
    return {"fields": [field(one) if isinstance(one, str) else one for one in fields], **more}


def write_package(folder: Path, tables: Tables, **metadata: Any) -> Path:
    """A package folder of tables, each a Table Schema and its rows; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    resources: list[dict[str, Any]] = []
    for name, (described, rows) in tables.items():
        path = f"table{len(resources)}.csv"
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
        writer.writerows([[one["name"] for one in described["fields"]], *rows])
        (folder / path).write_bytes(text.getvalue().encode("utf-8"))
        resources.append({"name": name, "path": path, "encoding": "utf-8", "schema": described})
    descriptor = {"name": "small", "version": "1.0.0", **metadata, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def export(folder: Path, tables: Tables, *names: str, **metadata: Any) -> Export:
    return export_of(open_package(write_package(folder, tables, **metadata)), names)


def there_and_back(
    write: Callable[[Export, Path], None], read: Callable[[Path], Iterator[BackTable]], tables: Tables
) -> dict[str, list[list[str]]]:
    """The cells of each table after a file of the format was written and read."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "file"
        write(export(Path(folder) / "package", tables), target)
        return {table.name: list(table.texts()) for table in read(target)}


@dataclass(frozen=True)
class MadeUp(OutTable):
    """A table whose rows are these, whatever its file holds: for values that no file can bring."""

    rows: tuple[tuple[Value, ...], ...] = ()

    def batches(self) -> Iterator[list[tuple[int, tuple[Value, ...]]]]:
        yield list(enumerate(self.rows, 2))


def made_up(folder: Path, described: Mapping[str, Any], *rows: tuple[Value, ...]) -> Export:
    base = export(folder, {"t": (described, [])})
    return Export(base.package, (MadeUp(base.package, base.package.resources[0], rows),))


_TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"], exclude_characters="\0"), max_size=20)


def texts(extra: str = "") -> st.SearchStrategy[str]:
    """Texts of cells; without the characters in `extra`."""
    awkward = st.sampled_from([text for text in AWKWARD if not set(text) & set(extra)])
    return awkward | _TEXT.map(lambda text: "".join(one for one in text if one not in extra))


TYPED = {
    "whole": st.integers(-(2**63), 2**63 - 1).map(str) | st.just(""),
    "number": st.sampled_from(["0", "1.5", "-2", "0.1", "1234567890123456", "0.0000001", "179769313486231", ""]),
    "yes": st.sampled_from(["true", "false", ""]),
    "day": st.dates().map(lambda day: day.isoformat()) | st.just(""),
    "year": st.integers(1, 9999).map(lambda year: f"{year:04d}") | st.just(""),
    "time": st.sampled_from(["10:00:00", "23:59:59", ""]),
}
TYPED_SCHEMA = schema(
    "text", field("whole", "integer"), field("number", "number"), field("yes", "boolean"), field("day", "date"),
    field("year", "year"), field("time", "time"),
)  # fmt: skip


def typed_rows(extra: str = "") -> st.SearchStrategy[list[list[str]]]:
    """Rows of `TYPED_SCHEMA`, every cell spelled canonically."""
    return st.lists(st.tuples(texts(extra), *TYPED.values()).map(list), max_size=8)
