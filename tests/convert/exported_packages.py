"""Small packages on their way into another format and back, and the command as a shell would call it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import strategies as st

from mandates_data.cli.app import main
from mandates_data.convert.columns import Value
from mandates_data.convert.formats import EXCEL, FORMATS, Format
from mandates_data.convert.run import convert_back, convert_out
from mandates_data.convert.tables import BackTable, Export, OutTable, export_of
from mandates_data.package.opening import open_package

Rows = Sequence[Sequence[str]]
Tables = Mapping[str, tuple[Mapping[str, Any], Rows | str]]
"""Tables by name: the Table Schema of each with its rows, or with the text of its file."""

REAL = Path(__file__).resolve().parents[2]

FOLDERS: dict[str, Format] = {name: FORMATS[name] for name in ("parquet", "json", "jsonl", "csv")}
FOLDERS["csv --excel"] = EXCEL
"""The formats with a file a table."""

ROUND: dict[str, Format] = FOLDERS | {name: FORMATS[name] for name in ("sqlite", "xlsx")}
"""All formats that can be brought back."""

UNHELD = {"csv --excel": "\r", "xlsx": "".join(map(chr, [*range(9), 11, 12, *range(14, 32), 0xFFFE, 0xFFFF]))}
"""The characters that a format refuses."""

AWKWARD = [
    "", " ", "  ", "\t", " a ", "007", "+7", "1e5", "1.10", "-0", "NA", "null", "NULL", "None", "nan", "NaN", "TRUE",
    "true", "=1+1", "+1", "-1", "@a", "'", "''x", "'=1", "'a", "#N/A", "_x0041_", "_x000D_", "_x005F_",
    "_x005F_x0041_", "_x0041\r", "__x0041_x0042_", "_X0041_", "a\rb", "a\r\nb", "a\nb", "\n", "\r", '"\n"', "\ta",
    '"', '""', 'a "b", c', ",", "a,b", ";", "é", "e\u0301", "Ação, São José", "😀", "👩\u200d👧", "\U0001d518",
    "\u00a0", "\u2028", "\ufeff", "\x85", "ÿ", "\\", "\\n", "{}", "[1]", "&amp;", "<t>", "]]>", "x" * 5000,
    "2001-04-20", "12/5", "\u2013",
]  # fmt: skip
"""Cells that some program, somewhere, changes."""


def field(name: str, kind: str = "string", **more: Any) -> dict[str, Any]:
    return {"name": name, "type": kind, **more}


def schema(*fields: str | dict[str, Any], **more: Any) -> dict[str, Any]:
    """A Table Schema: a field's name alone is a string field."""
    return {"fields": [field(one) if isinstance(one, str) else one for one in fields], **more}


def canonical_text(rows: Iterable[Sequence[str]]) -> str:
    """Rows in canonical form, written without the code that is tested."""
    return "".join(map(_line, rows))


def _line(row: Sequence[str]) -> str:
    if list(row) == [""]:
        return '""\n'
    cells = ['"' + cell.replace('"', '""') + '"' if set(cell) & set(',"\r\n') else cell for cell in row]
    return ",".join(cells) + "\n"


def write_package(folder: Path, tables: Tables, **metadata: Any) -> Path:
    """A package folder of tables; gives the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    resources: list[dict[str, Any]] = []
    for name, (described, content) in tables.items():
        path = f"table{len(resources)}.csv"
        text = content if isinstance(content, str) else _quoted(described, content)
        (folder / path).write_bytes(text.encode("utf-8"))
        resources.append({"name": name, "path": path, "encoding": "utf-8", "schema": described})
    descriptor = {"name": "small", "version": "1.0.0", **metadata, "resources": resources}
    (folder / "datapackage.json").write_text(json.dumps(descriptor), encoding="utf-8")
    return folder


def _quoted(described: Mapping[str, Any], rows: Rows) -> str:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n", quoting=csv.QUOTE_ALL)
    writer.writerows([[one["name"] for one in described["fields"]], *rows])
    return text.getvalue()


def export(folder: Path, tables: Tables, *names: str, **metadata: Any) -> Export:
    return export_of(open_package(write_package(folder, tables, **metadata)), names)


def out(package: Path, format_: Format, folder: Path) -> Path:
    """What the package was converted to: `folder`, or one file in it."""
    target = folder if format_.many else folder / f"all{format_.suffix}"
    convert_out(open_package(package), format_, target)
    return target


def back(source: Path, format_: Format, folder: Path) -> Path:
    """Where what `out` has written was brought back to."""
    if format_ is FORMATS["csv"]:  # that is a package, and no more than copied
        convert_out(open_package(source), format_, folder)
    else:
        convert_back(source, folder)
    return folder


def round_trip(folder: Path, format_: Format, described: Mapping[str, Any], content: str) -> str:
    """The text of a table's file that comes back."""
    package = write_package(folder / "package", {"t": (described, content)})
    there = out(package, format_, folder / "out")
    return (back(there, format_, folder / "back") / "t.csv").read_bytes().decode("utf-8")


def tree(folder: Path) -> dict[str, bytes | None]:
    """All that is below a folder: the bytes of files, None for folders."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def there_and_back(
    write: Callable[[Export, Path], None], read: Callable[[Path], Iterator[BackTable]], tables: Tables
) -> dict[str, list[list[str]]]:
    """The cells of each table after a file of the format was written and read."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "file"
        write(export(Path(folder) / "package", tables), target)
        return {table.name: list(table.texts()) for table in read(target)}


def shell(*arguments: str | Path, folder: Path | None = None, **environment: str) -> subprocess.CompletedProcess[str]:
    """`mandates-data` with these arguments, as a process of its own."""
    return subprocess.run(
        [sys.executable, "-m", "mandates_data", *map(str, arguments)],
        capture_output=True,
        encoding="utf-8",
        env=os.environ | environment,
        cwd=folder,
        check=False,
        timeout=120,
    )


def refused(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> str:
    """The one line on standard error of a conversion that ends in 2 and says nothing else. A bug would be raised."""
    capsys.readouterr()
    with pytest.raises(SystemExit) as ended:
        main(["convert", *map(str, arguments)])
    told = capsys.readouterr()
    assert (ended.value.code, told.out) == (2, "")
    assert told.err.startswith("mandates-data: error: ")
    assert told.err.count("\n") == 1
    return told.err.removeprefix("mandates-data: error: ").rstrip("\n")


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


def texts(unheld: str = "") -> st.SearchStrategy[str]:
    """Texts of cells, without the characters in `unheld`."""
    awkward = st.sampled_from([text for text in AWKWARD if not set(text) & set(unheld)])
    return awkward | _TEXT.map(lambda text: "".join(one for one in text if one not in unheld))


_CELLS: dict[str, st.SearchStrategy[str]] = {
    "integer": st.integers(-(2**63), 2**63 - 1).map(str),
    "number": st.from_regex(r"-?(0|[1-9][0-9]{0,7})(\.[0-9]{0,6}[1-9])?", fullmatch=True).filter(
        lambda text: text.isascii() and text != "-0"  # SQLite has none
    ),
    "boolean": st.sampled_from(["true", "false"]),
    "date": st.dates().map(str),
    "year": st.integers(1, 9999).map(lambda year: f"{year:04}"),
    "yearmonth": st.sampled_from(["2009-04", "1994-12"]),
    "time": st.sampled_from(["08:00:00", "23:59:59"]),
    "list": st.sampled_from(["a,b", "a", "x,,y"]),
    "object": st.sampled_from(["{}", '{"a": [1, "b"]}', '{ "é":1.0}']),
}


@st.composite
def canonical_tables(draw: st.DrawFn, unheld: str, *, empty_texts: bool = True) -> tuple[dict[str, Any], str]:
    """A Table Schema and a canonical table that fits it, with no character of `unheld`."""
    kinds = draw(st.lists(st.sampled_from(["string", "any", *_CELLS]), min_size=1, max_size=4))
    missing = draw(st.sampled_from([[""], ["NA"], ["", "null"], []]))

    def held(cell: str) -> bool:
        return cell not in missing[1:] and (empty_texts or cell != "" or "" in missing)

    cells = [st.one_of(_CELLS.get(kind, texts(unheld)), *map(st.just, missing[:1])).filter(held) for kind in kinds]
    rows = draw(st.lists(st.tuples(*cells), max_size=6))
    names = [f"f{number}" for number in range(len(kinds))]
    key = draw(st.lists(st.sampled_from(range(len(names))), unique=True, max_size=2))
    if key:  # a table with a key has each of its values once, and none is missing
        rows = [row for row in rows if not {row[place] for place in key} & set(missing)]
        rows = list({tuple(row[place] for place in key): row for row in rows}.values())
    rows.sort(key=lambda row: [row[place] for place in key or range(len(names))])
    fields = [field(name, kind) for name, kind in zip(names, kinds, strict=True)]
    more = {"missingValues": missing} | ({"primaryKey": [names[place] for place in key]} if key else {})
    return schema(*fields, **more), canonical_text([names, *rows])
