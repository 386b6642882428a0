"""Rules on dialects (Table Dialect standard, version 2), and on what the standard allows but is not done here."""

from __future__ import annotations

from collections.abc import Iterator

from .documents import Defect, Documents

_ONE_CHARACTER = ("quoteChar", "escapeChar")
_ELSEWHERE = ("property", "itemType", "itemKeys", "sheetNumber", "sheetName", "table")
_OTHER_FORMATS = frozenset(
    {"json", "jsonl", "ndjson", "yaml", "xls", "xlsx", "xlsm", "ods", "sqlite", "db", "sql", "parquet", "zip", "gz"}
)


def not_one_character(documents: Documents) -> Iterator[Defect]:
    """`quoteChar` and `escapeChar` are one character, `commentChar` one or more, `delimiter` not empty."""
    for dialect in documents.dialects:
        for name in _ONE_CHARACTER:
            text = dialect.text(name)
            if text is not None and len(text) != 1:
                yield dialect.defect(name, f"`{name}` must be one character.", '"')
        for name in ("commentChar", "delimiter", "lineTerminator"):
            if dialect.text(name) == "":
                yield dialect.defect(name, f"`{name}` is empty.", "one character or more")


def quote_and_escape(documents: Documents) -> Iterator[Defect]:
    """`escapeChar` and `quoteChar` are mutually exclusive (Table Dialect, "escapeChar")."""
    for dialect in documents.dialects:
        if dialect.text("quoteChar") is not None and dialect.text("escapeChar") is not None:
            yield dialect.defect("escapeChar", "A dialect has `quoteChar` or `escapeChar`, not both.", "one of them")


def row_number_below_one(documents: Documents) -> Iterator[Defect]:
    """`headerRows`, `commentRows` and `sheetNumber` count from 1."""
    for dialect in documents.dialects:
        for name in ("headerRows", "commentRows"):
            for place, number in enumerate(dialect.listed(name)):
                if isinstance(number, int) and number < 1:
                    yield dialect.defect((name, place), f"`{name}` counts from 1.", "1")
        sheet = dialect.value.get("sheetNumber")
        if isinstance(sheet, int) and sheet < 1:
            yield dialect.defect("sheetNumber", "`sheetNumber` counts from 1.", "1")


def same_sign_twice(documents: Documents) -> Iterator[Defect]:
    """The same character cannot both part the cells and quote them: no file could be read for certain."""
    for dialect in documents.dialects:
        signs = {"delimiter": ",", "quoteChar": '"', "commentChar": None, "escapeChar": None}
        used: dict[str, str] = {}
        for name, default in signs.items():
            sign = dialect.text(name) if name in dialect.value else default
            if sign in ("\n", "\r", "\r\n"):
                yield dialect.defect(name, f"`{name}` cannot be a line end.", ",")
            elif sign and sign in used:
                yield dialect.defect(name, f"`{name}` and `{used[sign]}` are the same sign.", "another sign")
            elif sign:
                used[sign] = name
            if sign == " " and dialect.value.get("skipInitialSpace") is True:
                yield dialect.defect(name, f"`{name}` is a blank, and `skipInitialSpace` skips blanks.", "another sign")


def property_of_other_formats(documents: Documents) -> Iterator[Defect]:
    """A property for spreadsheets, databases or JSON must be ignored for delimited text ("Tabular Data Formats")."""
    for dialect in documents.dialects:
        for name in _ELSEWHERE:
            if name in dialect.value:
                yield dialect.defect(name, f"`{name}` says nothing about a delimited text file.")


def not_supported(documents: Documents) -> Iterator[Defect]:
    """The standard allows it, this toolkit does not do it: said here rather than read wrongly."""
    for node in documents.resources:
        if "data" in node.value and "path" not in node.value:
            yield node.defect("data", "Tables inside the descriptor are not read here.", "a file, named by `path`")
        if "url" in node.value and "path" not in node.value:
            yield node.defect("url", "`url` is not read here.", "`path`")
        if len(node.listed("path")) > 1:
            yield node.defect("path", "Tables in several files are not read here.", "one file")
        if (node.text("format") or "").lower() in _OTHER_FORMATS:
            yield node.defect("format", "Only delimited text files are read here.", "csv")
    yield from _dialects(documents)


def _dialects(documents: Documents) -> Iterator[Defect]:
    for dialect in documents.dialects:
        if "headerRows" in dialect.value and dialect.value["headerRows"] != [1]:
            yield dialect.defect("headerRows", "Only the first row is read as header here.", "[1]")
        if dialect.value.get("headerJoin", " ") != " ":
            yield dialect.defect("headerJoin", "Header rows are not joined here.", " ")
        if dialect.value.get("commentRows", []) != []:
            yield dialect.defect("commentRows", "Comments are known by `commentChar` alone here.", "[]")
        if "nullSequence" in dialect.value:
            yield dialect.defect("nullSequence", "Missing values are read from the schema here.", "`missingValues`")
        if len(dialect.text("delimiter") or "") > 1:
            yield dialect.defect("delimiter", "Only one character is read as delimiter here.", ",")
        if dialect.value.get("type", "delimited") != "delimited":
            yield dialect.defect("type", "Only delimited text files are read here.", "delimited")
        if (dialect.text("lineTerminator") or "\n") not in ("\n", "\r", "\r\n"):
            yield dialect.defect("lineTerminator", "Lines end in LF, CR or CRLF here.", "\\n")
