"""What the files of a release hold of a mandate, each read by a library that is not ours."""

from __future__ import annotations

import contextlib
import hashlib
import io
import json
import sqlite3
import tarfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pyarrow.parquet
from released_repositories import rows


def texts_by_file(folder: Path, mandate: str) -> Iterator[tuple[str, str]]:
    """Of every file in the folder but the checksums, its name and the mandate's text in it."""
    for path in sorted(folder.iterdir()):
        if path.name != "SHA256SUMS":
            yield path.name, _reader(path)(path, mandate)


def table_of(path: Path, table: str) -> dict[str, dict[str, str]]:
    """The rows of a table in a zip, a wheel or a source archive."""
    return rows(_member(path, f"data/{table}.csv"))


def stated_and_true_digests(folder: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The checksums by file, as `SHA256SUMS` states them and as they are."""
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    stated = {name: digest for digest, name in (line.split("  ") for line in lines)}
    files = [path for path in folder.iterdir() if path.name != "SHA256SUMS"]
    return stated, {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def _reader(path: Path) -> Callable[[Path, str], str]:
    if path.name.endswith("-parquet.zip"):
        return _in_parquet
    return {".sqlite": _in_sqlite, ".xlsx": _in_workbook, ".json": _in_nested}.get(path.suffix, _in_archive)


def _in_archive(path: Path, mandate: str) -> str:
    return table_of(path, "mandates")[mandate]["text"]


def _member(path: Path, end: str) -> bytes:
    if path.suffix == ".gz":
        with tarfile.open(path) as archive:
            (name,) = [one for one in archive.getnames() if one.endswith(f"/{end}")]
            return archive.extractfile(name).read()
    with zipfile.ZipFile(path) as archive:
        (name,) = [one for one in archive.namelist() if one.endswith(f"/{end}")]
        return archive.read(name)


def _in_parquet(path: Path, mandate: str) -> str:
    table = pyarrow.parquet.read_table(io.BytesIO(_member(path, "mandates.parquet")))
    (text,) = [row["text"] for row in table.to_pylist() if row["mandate_id"] == mandate]
    return text


def _in_sqlite(path: Path, mandate: str) -> str:
    with contextlib.closing(sqlite3.connect(path)) as database:
        ((text,),) = database.execute("SELECT text FROM mandates WHERE mandate_id = ?", (mandate,)).fetchall()
    return text


def _in_workbook(path: Path, mandate: str) -> str:
    book = openpyxl.load_workbook(path, read_only=True)
    with contextlib.closing(book):
        header, *lines = book["mandates"].iter_rows(values_only=True)
    (text,) = [dict(zip(header, line, strict=True))["text"] for line in lines if line[0] == mandate]
    return text


def _in_nested(path: Path, mandate: str) -> str:
    documents = json.loads(path.read_text(encoding="utf-8"))
    (text,) = [document["text"] for document in documents if document["mandate_id"] == mandate]
    return text
