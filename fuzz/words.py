"""Words of commands, questions and other arguments, right ones and hostile ones."""

from __future__ import annotations

from collections.abc import Mapping

from . import tables

WORDS = (
    "", "-", "--", "-h", "--help", "--version", "--format", "--format=json", "--format=x", "json", "text", "package",
    "package.zip", "package/datapackage.json", "other", "out", "page.txt", "nothing", "--table", "first", "second",
    "mandates",
    "--to", "csv", "jsonl", "sqlite", "xlsx", "parquet", "--nested", "--excel", "-o", "validate", "diff", "convert",
    "extract",
    "explain", "MD204", "md1", "MD", "é", "\udce9", "\ud800", "\n", "x" * 5000, "git:HEAD", "git:", "git:-x",
    "git:\0", "~", ".",
    "package/first.csv", "--check", "--topic", "--against", "--strict", "--select", "--ignore", "MD2,", "--report",
    "json=out", "markdown=x/y",
    "--exceptions", "exceptions.csv", "--processes", "2", "0", "github", "markdown",  "--package", "--decisions",
    "page.decisions.csv", "\u202e", "[red]",
    "%s", "{0}", "search", "similar", "cite", "stats", "codes", "show", "history", "resolve", "agreement", "annotate",
    "correct", "site", "release", "check", "prepare", "build", "--year", "--any", "--printed", "--whole", "--limit",
    "--lineage", "--same-summit", "--codes", "every", "--coder", "first", "--address", "https://example.org",
    "javascript:x", "--undo", "--to", "--kind", "typo", "--version", "0.1.0", "1994-miami-poa-001", "csl-json",
    "bibtex", "csv", "--from-issue", "--evidence", "--reason", "--field", "--table", "--document", "--entity",
    "other/data/mandates.csv", "2001-quebec-poa-022",
)  # fmt: skip
_QUERIES = (
    "", " ", "*", "**", "a*", "*a", '"', '""', '"*"', '"a b', '"a b*" c', "\u201ca b\u201d", "-", "--", "NOT a OR (b)",
    "a" * 3000, "a " * 1000, "a* " * 50, '"a" ' * 60, "(a+)+$", "[a", "\\", "%", "\0", "\ud800", "\u0301", "e\u0301*",
    "\u0130", "\ufb03", "\u1e9e", "\u200b", "\xad", "anti\u2010personnel", "O'Brien's", "mines " * 40, "\U0001f600",
    "\n", "\x1b[31m", "the of and", "programme", "<hurt>", "\u0669", "1e9", "drug traffic" * 100,
)  # fmt: skip
_WHERE = (
    "year=1998", "year=0000-9999", "year=2004-1998", "year=\u0661\u0669\u0669\u0668", "year=", "year=19980",
    "topic=security", "topic=", "topic=*", "document=plan", "document=" + "plan " * 900, "summit=quebec",
    "summit=qu\u0301", "role=preamble", "role=x", "code=DRUG", "code=\n", "entity=oas", "entity=\ud800",
    "verb=support", "verb=\x1b[31m",
    "strength=hortatory", "nothing=x", "=", "year", "x" * 5000,
)  # fmt: skip
_IDENTIFIERS = (
    "", "2001-quebec-poa-004", "2001-quebec-poa-004.b01", "2001-quebec-poa-022", "1998-santiago-dec-001", "security",
    "security/100", "/", "//", "a/b/c/d", "x" * 5000, "\0", "\n", "\ud800", "\x1b[31m", "..", "2001-QUEBEC-POA-004",
    "antipersonnel-mines/1", "oas", "ARMS", "0.1.0", "0.1.1-00001", "<hurt>", " 2001-quebec-poa-004", "\u202e",
)  # fmt: skip
ARGUMENTS: Mapping[str, tuple[str | None, ...]] = {
    "query": _QUERIES,
    "where": _WHERE,
    "row_id": _IDENTIFIERS,
    "coder": ("", "first", "second", "adjudicated", "nobody", "\n", "x" * 5000),
    "address": (
        "",
        "https://example.org/",
        "http://a",
        "https://example.org/?a=1&b=<hurt>",
        "https://a.b/c#d",
        "https://a:9",
        "https://example.org/'",
        "https://example.org//",
        "https://example.org/%00",
        "https://\xe9.org/",
        "https://a/\u202e",
    ),
    "text": (None, *tables.CELLS),
    "field": ("text", "title", "document_id", "mandate_id", "name", "citation", "", "nothing", "x" * 5000, "\n"),
    "kind": (None, "typo", "spacing", "punctuation", "name", "attribution", "", "x", "\n"),
    "reason": (None, "", "It is so.", "x" * 100_000, "\n", "\x1b[31m", "\ud800", "=1+1"),
    "evidence": (None, "text", "https://example.org/", "javascript:x", "", "\n", "https://" + "x" * 5000),
    "table": (None, "mandates", "items", "documents", "corrections", "changes", "nothing", "", "\n"),
    "to": ("parquet", "json", "jsonl", "sqlite", "xlsx", "csv", "nested", "excel"),
}
"""What an argument may become; others become a word or a path."""
