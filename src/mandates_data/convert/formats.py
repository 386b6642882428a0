"""The formats by name: the one list that `convert` goes by. A format's module loads when it is used."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ..errors import UnknownNameError
from .tables import Export

Writer = Callable[[Export, Path], None]


@dataclass(frozen=True, slots=True)
class Format:
    """A format. `many`: one file a table, else one file for all. `beside`: what a descriptor beside says of each."""

    name: str
    suffix: str
    many: bool
    module: str
    function: str = "write"
    beside: Mapping[str, Any] = field(default_factory=dict)

    def writer(self) -> Writer:
        """The function that writes it."""
        writer: Writer = getattr(importlib.import_module(f".{self.module}", __package__), self.function)
        return writer


_DIALECT = {
    "$schema": "https://datapackage.org/profiles/2.0/tabledialect.json",
    "header": True,
    "headerRows": [1],
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "skipInitialSpace": False,
}
_CSV = {"format": "csv", "mediatype": "text/csv"}

FORMATS: Mapping[str, Format] = {
    "parquet": Format("parquet", ".parquet", many=True, module="parquet"),
    "json": Format(
        "json",
        ".json",
        many=True,
        module="json_rows",
        function="write_array",
        beside={"format": "json", "mediatype": "application/json"},
    ),
    "jsonl": Format(
        "jsonl",
        ".jsonl",
        many=True,
        module="json_rows",
        function="write_lines",
        beside={"format": "jsonl", "mediatype": "application/jsonl"},
    ),
    "sqlite": Format("sqlite", ".sqlite", many=False, module="sqlite"),
    "xlsx": Format("xlsx", ".xlsx", many=False, module="xlsx"),
    "csv": Format("csv", ".csv", many=True, module="csv_tables", beside=_CSV | {"dialect": _DIALECT}),
}
"""What `--to` takes."""

NESTED = Format("json", ".nested.json", many=False, module="nested")
EXCEL = Format(
    "csv",
    ".csv",
    many=True,
    module="csv_tables",
    function="write_excel",
    beside=_CSV
    | {
        "encoding": "utf-8-sig",  # Python's name, and frictionless's, for UTF-8 after a byte order mark
        "dialect": _DIALECT | {"lineTerminator": "\r\n"},
        "mandates_data": {"excel": True},
    },
)


def format_named(name: str) -> Format:
    """The format of that name.

    Raises
    ------
    UnknownNameError
        There is none.
    """
    if name not in FORMATS:
        raise UnknownNameError(f"There is no format {name!r}.", f"Formats: {', '.join(FORMATS)}.")
    return FORMATS[name]
